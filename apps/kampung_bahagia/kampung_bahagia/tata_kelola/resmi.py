"""Signed documents and how anyone can verify them.

A document becomes official in the transaction of its final signature and in no other: number, signed file with
its SHA-256, code and ledger entry stand or fall together. Before that there is no code, so no QR that could be
copied onto something else. Who knows the code sees what the paper says already, names masked; the page never
tells whether a code that it does not know is close to one that exists.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import frappe
import segno
from frappe import _
from frappe.utils import get_fullname, get_url, now_datetime
from pypdf import PdfReader

from kampung_bahagia.aturan.identitas import samarkan_nama, samarkan_teks
from kampung_bahagia.aturan.kode_verifikasi import BIT, baca_kode, kelompokkan, tulis_kode
from kampung_bahagia.tata_kelola.cetak import jadikan_pdf
from kampung_bahagia.tata_kelola.pembatas import jaringan, masih_boleh
from kampung_bahagia.tata_kelola.pindaian import BYTE_TERBESAR
from kampung_bahagia.tata_kelola.tanda_tangan.penyedia import (
	Keterangan,
	TandaTanganDitolak,
	cari_kotak,
	layanan_jarak_jauh,
	penyedia_untuk,
)
from kampung_bahagia.tata_kelola.tanda_tangan.periksa import (
	HasilTandaTangan,
	PdfTidakDapatDiperiksa,
	periksa_pdf,
)

RESMI, LOG = "Dokumen Resmi", "Pemindaian Dokumen"
BASAH, ELEKTRONIK = "Basah", "Elektronik"
BERLAKU, DIGANTI, DICABUT = "Berlaku", "Diganti", "Dicabut"
TIDAK_DIKENAL, TIDAK_SAMA, SERING, TERLALU_BESAR = "tidak dikenal", "tidak sama", "sering", "terlalu besar"
# questions from one network in so many seconds: codes of nothing, and files, which cost more than a look-up
JENDELA, SALAH_PER_JARINGAN, BERKAS_PER_JARINGAN = 600, 60, 30
KOLOM = (
	"name",
	"jenis",
	"nomor",
	"perihal",
	"status",
	"tidak_berlaku_sejak",
	"diganti_oleh",
	"penerbit",
	"nama_penanda_tangan",
	"tanggal",
	"cara",
	"ditandatangani_pada",
	"sidik",
	"kode",
	"nama_samar",
)


class BerkasTerpakai(frappe.ValidationError):
	pass


@dataclass(frozen=True, slots=True)
class Putusan:
	"""What the page says: `hasil` is a status of the document or one of the words above."""

	hasil: str
	dokumen: frappe._dict | None = None
	pengganti: frappe._dict | None = None
	berkas_sama: bool | None = None  # None: no file was shown
	tanda_tangan: tuple[HasilTandaTangan, ...] = ()


def kode_baru() -> str:
	return tulis_kode(secrets.randbits(BIT))


def terbitkan(
	doc,
	*,
	jenis: str,
	perihal: str,
	penerbit: str,
	penanda_tangan: str,
	nama_penanda_tangan: str,
	tanggal,
	nama: Iterable[str],
	cara: str,
	berkas: str,
	sidik: str,
	kode: str | None = None,
):
	"""Make `doc`, which has its `nomor` and now its last signature, official; the Dokumen Resmi.

	`berkas`: address of the signed file, attached to `doc`; `sidik`: its SHA-256; `nama`: who is named in it;
	`kode`: when it stands in the signed file already. Raises frappe.UniqueValidationError for a second one, and
	BerkasTerpakai for a file that is another document's.
	"""
	if lain := frappe.db.get_value(RESMI, {"sidik": sidik}, "nomor"):
		frappe.throw(
			_(
				"Berkas ini sudah menjadi naskah bertanda tangan nomor {0}. Unggah berkas milik surat ini."
			).format(frappe.bold(lain)),
			BerkasTerpakai,
		)
	resmi = frappe.get_doc(
		{
			"doctype": RESMI,
			"jenis": jenis,
			"nomor": doc.nomor,
			"perihal": samarkan_teks(perihal),  # guests read it
			"penerbit": penerbit,
			"penanda_tangan": penanda_tangan,
			"nama_penanda_tangan": nama_penanda_tangan,
			"tanggal": tanggal,
			"cara": cara,
			"ditandatangani_pada": now_datetime(),
			"berkas": berkas,
			"sidik": sidik,
			"kode": kode or kode_baru(),
			"nama_samar": "\n".join(samarkan_nama(n) for n in nama),
			"rujukan_doctype": doc.doctype,
			"rujukan_nama": doc.name,
			"rt": doc.rt,
		}
	)
	resmi.flags.oleh_sistem = True
	return resmi.insert(ignore_permissions=True)


def akhiri(nama: str, status: str, sejak: datetime, pengganti: str | None = None) -> None:
	"""The document `nama` is valid no longer: DIGANTI or DICABUT, by the document `pengganti` once
	there is one."""
	resmi = frappe.get_doc(RESMI, nama, for_update=True)
	resmi.update({"status": status, "tidak_berlaku_sejak": sejak, "diganti_oleh": pengganti})
	resmi.flags.oleh_sistem = True
	resmi.save(ignore_permissions=True)


@dataclass(frozen=True, slots=True)
class BerkasTertanda:
	"""A signed PDF, attached to its document: address, SHA-256, and the code that its QR holds."""

	alamat: str
	sidik: str
	kode: str


def tandatangani(doc, jabatan: str, alasan: str) -> BerkasTertanda:
	"""Render `doc`, sign it electronically for the session's user in the office `jabatan`, and attach the PDF.

	Its QR is drawn in the same transaction; whatever fails rolls back number and code with it. Raises
	TandaTanganDitolak, which says why and what to do.
	"""
	if not frappe.conf.host_name:  # else whatever address this request came by would stand in the QR for ever
		frappe.throw(
			_("Alamat situs belum diatur. Mintalah Admin mengisi host_name pada konfigurasi situs."),
			TandaTanganDitolak,
		)
	user, kode = frappe.session.user, kode_baru()
	penyedia = penyedia_untuk(user, frappe.cache.get_value(_kunci_otp(user), expires=True))
	frappe.cache.delete_value(_kunci_otp(user))
	doc.flags.kode_verifikasi = kode
	pdf = jadikan_pdf(doc)
	kotak = cari_kotak(pdf)
	teks = "".join(halaman.extract_text() for halaman in PdfReader(BytesIO(pdf)).pages)
	if not kotak or kelompokkan(kode) not in teks:
		frappe.throw(
			_(
				"Format cetak dokumen ini tidak memuat kotak tanda tangan atau kode verifikasi. Perbaiki dahulu formatnya."
			),
			TandaTanganDitolak,
		)
	lokasi = frappe.db.get_single_value("Pengaturan Kampung Bahagia", "tempat_penetapan")
	isi = penyedia.tandatangani(pdf, Keterangan(get_fullname(user), jabatan, alasan, lokasi), kotak)
	berkas = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{doc.name}.pdf",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"is_private": 1,
			"content": isi,
		}
	).insert(ignore_permissions=True)
	return BerkasTertanda(berkas.file_url, sidik_berkas(isi), kode)


@frappe.whitelist(methods=["POST"])
def titip_otp(otp: str) -> None:
	"""Keep the one-time password of a signing service for the signature that follows within two minutes."""
	if not re.fullmatch(r"[0-9]{4,10}", otp.strip()):
		frappe.throw(_("OTP terdiri dari 4 sampai 10 angka. Periksa kembali angkanya."))
	frappe.cache.set_value(_kunci_otp(frappe.session.user), otp.strip(), expires_in_sec=120)


def _kunci_otp(user: str) -> str:
	return f"otp_tanda_tangan:{user}"


@frappe.whitelist()
def perlu_otp() -> bool:
	"""Whether the session's user signs by a service that asks for a one-time password."""
	return layanan_jarak_jauh(frappe.session.user)


def berkas_elektronik(doc) -> bytes | None:
	"""The signed PDF of a document that was signed electronically: what is printed of it; else None.

	A new rendering would look alike and carry no signature. Whoever asks has been allowed to print `doc`.
	"""
	if not doc.get("dokumen_resmi"):
		return None
	resmi = frappe.db.get_value(RESMI, doc.dokumen_resmi, ["cara", "berkas", "sidik", "status"], as_dict=True)
	if resmi.cara != ELEKTRONIK or resmi.status != BERLAKU:
		return None
	nama = frappe.db.get_value("File", {"file_url": resmi.berkas, "attached_to_name": doc.name})
	isi = Path(frappe.get_doc("File", nama).get_full_path()).read_bytes()
	if sidik_berkas(isi) != resmi.sidik:
		frappe.throw(
			_(
				"Berkas bertanda tangan tidak lagi sama dengan yang ditandatangani. Hubungi Admin Kampung Bahagia."
			)
		)
	return isi


def sidik_berkas(isi: bytes) -> str:
	return hashlib.sha256(isi).hexdigest()


# --- on paper


def alamat(kode: str) -> str:
	return get_url(f"/verifikasi?t={kode}")


def tanda_verifikasi(doc) -> dict[str, str] | None:
	"""QR (`gambar`, a data URI), `kode` in groups, `alamat` and `sidik` for print formats; None until it is signed.

	Asked of the stored document and of the reader's right to it: a preview sends whatever document it likes.
	While it is being signed its code stands in the flags, which no request can fill.
	"""
	if kode := doc.flags.kode_verifikasi:
		return _tanda(kode, None)
	tersimpan = frappe.get_doc(doc.doctype, doc.name) if frappe.db.exists(doc.doctype, doc.name) else None
	if not tersimpan or not tersimpan.dokumen_resmi:
		return None
	tersimpan.check_permission("read")
	kode, sidik = frappe.db.get_value(RESMI, tersimpan.dokumen_resmi, ["kode", "sidik"])
	return _tanda(kode, sidik)


def _tanda(kode: str, sidik: str | None) -> dict[str, str]:
	return {
		# as dots, 300 to an inch: to draw its lines took a twentieth of the time of a whole letter
		"gambar": segno.make(alamat(kode), error="m").png_data_uri(scale=8, border=2),
		"kode": kelompokkan(kode),
		"alamat": get_url("/verifikasi").split("://", 1)[1],
		"sidik": sidik or "",
	}


# --- for the page


def periksa_kode(ketikan: str) -> Putusan:
	"""What there is to say of a code, typed or scanned.

	A code that exists is always answered: many phones share an address, and nobody finds one of 2**150 by trying.
	"""
	kode = baca_kode(ketikan)
	resmi = kode and frappe.db.get_value(RESMI, {"kode": kode}, KOLOM, as_dict=True)
	if not resmi:
		boleh = masih_boleh(f"verifikasi:{jaringan()}:salah", SALAH_PER_JARINGAN, JENDELA)
		return Putusan(TIDAK_DIKENAL if boleh else SERING)
	_catat(resmi, "Kode", resmi.status)
	return Putusan(resmi.status, resmi, _pengganti(resmi))


def periksa_berkas(isi: bytes) -> Putusan:
	"""Whether a file is, byte by byte, one that was signed here, and what its electronic signatures say."""
	if not masih_boleh(f"verifikasi:{jaringan()}:berkas", BERKAS_PER_JARINGAN, JENDELA):
		return Putusan(SERING)
	if len(isi) > BYTE_TERBESAR:
		return Putusan(TERLALU_BESAR)
	resmi = frappe.db.get_value(RESMI, {"sidik": sidik_berkas(isi)}, KOLOM, as_dict=True)
	if not resmi:
		return Putusan(TIDAK_SAMA, tanda_tangan=_tanda_tangan(isi))
	_catat(resmi, "Berkas", resmi.status)
	tanda_tangan = _tanda_tangan(isi) if resmi.cara == ELEKTRONIK else ()
	return Putusan(resmi.status, resmi, _pengganti(resmi), berkas_sama=True, tanda_tangan=tanda_tangan)


def _tanda_tangan(isi: bytes) -> tuple[HasilTandaTangan, ...]:
	"""The signatures in a PDF; none in what is no PDF or cannot be examined."""
	if not isi.startswith(b"%PDF-"):
		return ()
	# reading a stranger's PDF takes a program of its own: one at a time for the whole site
	kunci = frappe.cache.make_key("verifikasi:sedang_membaca")
	if not frappe.cache.set(kunci, 1, ex=60, nx=True):
		return ()
	try:
		return tuple(periksa_pdf(isi))
	except PdfTidakDapatDiperiksa:
		frappe.clear_last_message()
		return ()
	finally:
		frappe.cache.delete(kunci)


def _pengganti(resmi: frappe._dict) -> frappe._dict | None:
	return resmi.diganti_oleh and frappe.db.get_value(
		RESMI, resmi.diganti_oleh, ["nomor", "tanggal", "kode"], as_dict=True
	)


def _catat(resmi: frappe._dict, cara: str, hasil: str) -> None:
	"""That the document was asked for, once an hour from each network: enough to see that many do."""
	asal = jaringan()
	if not masih_boleh(f"verifikasi:{asal}:{resmi.name}:{cara}", 1, 3600):
		return
	pemindaian = frappe.get_doc(
		{
			"doctype": LOG,
			"waktu": now_datetime(),
			"dokumen_resmi": resmi.name,
			"cara": cara,
			"hasil": hasil,
			"alamat_ip": asal,
		}
	)
	pemindaian.flags.oleh_sistem = True
	pemindaian.insert(ignore_permissions=True)
	frappe.local.flags.commit = True  # the page is asked for by GET


def hapus_pemindaian_lama() -> None:
	"""Daily: what guests looked at is kept for a year."""
	batas = frappe.utils.add_years(now_datetime(), -1)
	frappe.db.delete(LOG, {"waktu": ["<", batas]})
