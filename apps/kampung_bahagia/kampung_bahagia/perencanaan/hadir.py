"""The attendance list on the residents' own phones: whoever scans the QR at the meeting types their NIK.

Who knows the code of a meeting learns nothing by it: a NIK of nobody, of another RT and one mistyped get the same
answer, names are shown masked, and guesses are counted. The NIK stands in the body of a POST only.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
import segno
from frappe import _
from frappe.utils import cint, get_datetime, get_url, now_datetime

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.identitas import periksa_nik, samarkan_nama
from kampung_bahagia.aturan.tanggal import waktu_indonesia
from kampung_bahagia.izin.cakupan import menjabat
from kampung_bahagia.izin.data_pribadi import warga_ber_nik
from kampung_bahagia.izin.dokumen import KEADAAN_PENYUSUNAN
from kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah import PENGATURAN, QR
from kampung_bahagia.tata_kelola.jembatan import waktu_wib
from kampung_bahagia.tata_kelola.pembatas import masih_boleh, terhitung

BYTE_KODE = 24  # 192 bits
BENTUK_KODE = re.compile(r"[\w-]{32}", re.ASCII)
# answers that a phone may ask for, and NIK that were looked up in vain, in so many seconds; many phones share a
# provider's address, so digits that no NIK can have do not count as a guess: they find out nothing
JENDELA, PER_ALAMAT, SALAH_PER_ALAMAT, SALAH_PER_KODE = 600, 120, 20, 100

BERHASIL, SUDAH, DITOLAK, TERTUTUP, TERLALU_SERING = "berhasil", "sudah", "ditolak", "tertutup", "sering"
KOLOM = ("name", "rt", "jenis", "tanggal", "tempat", "status", "hadir_terbuka", "kk_hadir", "kk_diundang")


@dataclass(frozen=True, slots=True)
class Jawaban:
	"""What the page says: `hasil` one of the words above, `pesan` in Indonesian."""

	hasil: str
	pesan: str


def rapat(kode: str | None) -> frappe._dict | None:
	"""The meeting of a code, with KOLOM; None for a code of none."""
	if not isinstance(kode, str) or not BENTUK_KODE.fullmatch(kode):
		return None
	return frappe.db.get_value("Musyawarah", {"token_hadir": kode}, KOLOM, as_dict=True)


def alasan_tertutup(m: frappe._dict) -> str | None:
	"""Why nobody can sign in now, or None."""
	if m.status not in KEADAAN_PENYUSUNAN or not m.hadir_terbuka:
		return _(
			"Daftar hadir ini sedang ditutup. Mintalah Ketua RT membukanya atau mencatat kehadiran Anda."
		)
	mulai, sampai = jendela(m.tanggal)
	kini = now_datetime()
	if kini < mulai:
		return _("Daftar hadir dibuka {0}. Silakan kembali pada waktu itu.").format(_waktu(mulai))
	if kini > sampai:
		return _("Daftar hadir sudah ditutup {0}. Mintalah Ketua RT mencatat kehadiran Anda.").format(
			_waktu(sampai)
		)
	return None


def jendela(tanggal: datetime) -> tuple[datetime, datetime]:
	"""From when until when (WIB) phones may sign in to a meeting at `tanggal`, by the settings."""
	mulai = get_datetime(tanggal)
	sebelum, sesudah = (
		cint(frappe.db.get_single_value(PENGATURAN, k)) for k in ("hadir_qr_sebelum", "hadir_qr_sesudah")
	)
	return mulai - timedelta(minutes=sebelum), mulai + timedelta(minutes=sesudah)


def _waktu(nilai: datetime) -> str:
	return waktu_indonesia(waktu_wib(nilai))


def catat(kode: str, nik: str) -> Jawaban:
	"""Write down that the resident with this NIK is present, once, and count the quorum anew.

	Takes the lock that a save of the form takes too: of two phones, or of a phone and the form, one comes second
	and finds the first.
	"""
	if not BENTUK_KODE.fullmatch(kode):  # nothing is counted for what cannot be a code
		return tidak_dikenal()
	m = rapat(kode)
	alamat_ip = frappe.local.request_ip
	# codes of no meeting share one counter: whoever makes them up would fill the cache with theirs
	if not masih_boleh(f"hadir:{kode if m else ''}:{alamat_ip}", PER_ALAMAT, JENDELA):
		return _terlalu_sering()
	if not m:
		return tidak_dikenal()
	if sebab := alasan_tertutup(m):
		return Jawaban(TERTUTUP, sebab)
	bersih = re.sub(r"[ .-]", "", nik)
	if not (re.fullmatch(r"[0-9]{16}", bersih) and periksa_nik(bersih, None, None).sah):
		return Jawaban(DITOLAK, _("NIK terdiri dari 16 angka seperti pada KTP. Periksa kembali angkanya."))
	salah = (
		(f"hadir:{kode}:{alamat_ip}:salah", SALAH_PER_ALAMAT),
		(f"hadir:{kode}:salah", SALAH_PER_KODE),
	)
	if any(terhitung(kunci) >= batas for kunci, batas in salah):
		return _terlalu_sering()  # before the NIK is looked up: the right one would tell the guesser
	warga = warga_ber_nik(bersih)
	orang = warga and frappe.db.get_value(
		"Warga", warga, ["name", "nama", "rt", "jenis_kelamin"], as_dict=True
	)
	if not orang or orang.rt != m.rt:
		for kunci, batas in salah:
			masih_boleh(kunci, batas, JENDELA)
		return Jawaban(
			DITOLAK,
			_(
				"NIK ini tidak dapat dicatat pada daftar hadir musyawarah ini. Periksa kembali angkanya. Bila "
				"sudah benar, mintalah Ketua RT mencatat kehadiran Anda."
			),
		)
	return _tulis(m.name, orang)


def _tulis(nama: str, orang: frappe._dict) -> Jawaban:
	doc = frappe.get_doc("Musyawarah", nama, for_update=True)
	if sebab := alasan_tertutup(doc):  # closed while this request waited
		return Jawaban(TERTUTUP, sebab)
	samaran = samarkan_nama(orang.nama)
	if any(h.warga == orang.name for h in doc.hadirin):
		return Jawaban(SUDAH, _("Kehadiran {0} sudah tercatat. Terima kasih.").format(samaran))
	baris = doc.append(
		"hadirin",
		{
			"warga": orang.name,
			"nama": orang.nama,
			"unsur": "Perempuan" if orang.jenis_kelamin == "Perempuan" else "Warga",
			"mewakili_kk": 1,
			"cara": QR,
			"waktu_hadir": now_datetime(),
		},
	)
	try:
		doc.hitung_kuorum()
	except (AturanError, frappe.ValidationError):
		frappe.clear_messages()
		return Jawaban(
			DITOLAK,
			_("Jumlah KK yang hadir melebihi yang diundang. Mintalah Ketua RT memeriksa jumlah undangan."),
		)
	baris.db_insert()
	frappe.db.set_value(
		"Musyawarah",
		nama,
		{k: doc.get(k) for k in ("kk_hadir", "rincian_unsur", "kuorum_tercapai", "keterangan_kuorum")},
		update_modified=False,  # the Ketua RT's form is still good: it takes up these rows when it is saved
	)
	return Jawaban(
		BERHASIL,
		_("Terima kasih, {0}. Kehadiran Anda tercatat {1}.").format(samaran, _waktu(baris.waktu_hadir)),
	)


def tidak_dikenal() -> Jawaban:
	return Jawaban(TERTUTUP, _("Tautan daftar hadir ini tidak dikenal. Pindai ulang kode QR-nya."))


def _terlalu_sering() -> Jawaban:
	return Jawaban(
		TERLALU_SERING,
		_("Terlalu banyak percobaan. Tunggu sepuluh menit, atau mintalah Ketua RT mencatat kehadiran Anda."),
	)


# --- for the desk and for print


@frappe.whitelist(methods=["POST"])
def buka(musyawarah: str, ganti: bool = False) -> dict:
	"""Open the list to phones and return `keadaan`; with `ganti` the code is a new one, the old one dies.

	Raises PermissionError unless the user is Ketua RT there, ValidationError for a meeting that is not a draft.
	"""
	doc = _untuk_ketua(musyawarah)
	kode = doc.token_hadir if doc.token_hadir and not ganti else secrets.token_urlsafe(BYTE_KODE)
	doc.db_set({"hadir_terbuka": 1, "token_hadir": kode})
	return keadaan(musyawarah)


@frappe.whitelist(methods=["POST"])
def tutup(musyawarah: str) -> dict:
	"""Close the list to phones; who signed in stays on it. Raises as `buka`."""
	_untuk_ketua(musyawarah).db_set("hadir_terbuka", 0)
	return keadaan(musyawarah)


def _untuk_ketua(musyawarah: str):
	doc = frappe.get_doc("Musyawarah", musyawarah, for_update=True)
	doc.check_permission("write")
	if not menjabat(frappe.session.user, "Ketua RT", doc):
		frappe.throw(_("Daftar hadir QR dibuka dan ditutup oleh Ketua RT."), frappe.PermissionError)
	if doc.status not in KEADAAN_PENYUSUNAN:
		frappe.throw(
			_("Musyawarah berstatus {0}; daftar hadirnya tidak dapat diubah.").format(
				frappe.bold(_(doc.status))
			)
		)
	return doc


@frappe.whitelist()
def keadaan(musyawarah: str) -> dict:
	"""How full the list is, for a form that asks again and again: `hadir`, `diundang`, `orang`, `tercapai`,
	`keterangan`, `unsur`, `terbuka`; for whoever may open it also `alamat`, `gambar` (SVG as data URI), `masa`."""
	doc = frappe.get_doc("Musyawarah", musyawarah)
	doc.check_permission("read")
	hasil = {
		"hadir": doc.kk_hadir,
		"diundang": doc.kk_diundang,
		"orang": len(doc.hadirin),
		"tercapai": doc.kuorum_tercapai,
		"keterangan": doc.keterangan_kuorum,
		"unsur": doc.rincian_unsur,
		"terbuka": doc.hadir_terbuka,
	}
	if doc.hadir_terbuka and menjabat(frappe.session.user, "Ketua RT", doc):
		mulai, sampai = jendela(doc.tanggal)
		hasil |= {
			"alamat": alamat(doc.token_hadir),
			"gambar": qr_hadir(doc),
			"masa": _("{0} sampai {1}").format(_waktu(mulai), _waktu(sampai)),
		}
	return hasil


def alamat(kode: str) -> str:
	return get_url(f"/hadir?t={kode}")


def qr_hadir(doc) -> str:
	"""The QR of the meeting's attendance page as a data URI (SVG) for print formats; "" when it has no code.

	Asked of the stored meeting and of the reader's right to it: a preview sends whatever document it likes.
	"""
	tersimpan = frappe.get_doc("Musyawarah", doc.name)
	tersimpan.check_permission("read")
	kode = tersimpan.token_hadir
	return segno.make(alamat(kode), error="m").svg_data_uri(scale=4) if kode else ""
