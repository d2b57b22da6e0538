"""Notices of an accident by whoever has no account, and what the programme does with them by itself.

A family or a clinic may tell of a suspected accident at work (Permenaker 1/2025 Pasal 8A); the duty to report stays
with the officials, who take a notice over (`ambil_alih`). Whether a number is known is looked up by a job after the
answer has gone: the answer is the same, and as quick, for everyone. Neither the ticket nor the number is stored as it
is: of both only a fingerprint made with the site's key.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, get_datetime, getdate, now_datetime
from frappe.utils.password import get_decrypted_password, get_encryption_key

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.identitas import nomor_hp_e164, periksa_nik
from kampung_bahagia.aturan.kepesertaan import rapikan_kpj
from kampung_bahagia.aturan.kode_verifikasi import (
	BIT_TIKET,
	PANJANG_TIKET,
	baca_kode,
	kelompokkan,
	tulis_kode,
)
from kampung_bahagia.aturan.warga_serupa import nama_baku
from kampung_bahagia.izin.data_pribadi import warga_ber_nik
from kampung_bahagia.klaim import kabar_keluarga
from kampung_bahagia.klaim.doctype.ketentuan_klaim.ketentuan_klaim import ketentuan_pada
from kampung_bahagia.klaim.tenggat import ESKALASI, INGAT, LEWAT, jam_ingat_terjauh, tingkat_pengingat
from kampung_bahagia.tata_kelola.kiriman import BERKAS_TERBESAR, BerkasTidakSah, jenis_berkas
from kampung_bahagia.tata_kelola.pembatas import jaringan, masih_boleh

DOCTYPE = "Pemberitahuan Kecelakaan"
DITERIMA, DITERUSKAN, DITOLAK = "Diterima", "Diteruskan", "Ditolak"
KUNCI = re.compile(r"[0-9a-f]{32}")
# what a guest fills in, with the longest answer; the hour comes as day and time
TERPANJANG = {
	"nama_korban": 140,
	"nik_korban": 30,
	"keadaan_korban": 30,
	"kelurahan": 20,
	"nomor_rt": 10,
	"alamat": 300,
	"tanggal": 10,
	"jam": 8,
	"tempat": 300,
	"kronologi": 2000,
	"faskes": 140,
	"nama_pelapor": 140,
	"hp_pelapor": 25,
	"hubungan": 30,
}
WAJIB = (
	*("nama_korban", "keadaan_korban", "kelurahan", "tanggal", "jam", "tempat", "kronologi"),
	*("nama_pelapor", "hp_pelapor", "hubungan"),
)
PERANGKAP = "situs"  # a field that no person sees
# notices from one network (a hospital, a provider) and of one telephone in so many seconds; tickets of nothing
SEJAM, PER_JARINGAN = 3600, 30
SEHARI, PER_HP = 86_400, 5
JENDELA, SALAH_PER_JARINGAN = 600, 60
KABAR = {INGAT: "pemberitahuan_mendekat", ESKALASI: "pemberitahuan_mendesak", LEWAT: "pemberitahuan_lewat"}


@dataclass(frozen=True, slots=True)
class Jawaban:
	"""What the page says: a ticket, or what is wrong by field ("" for the whole) and whether it was asked too often."""

	tiket: str = ""
	lama: bool = False  # this very notice had arrived before
	galat: Mapping[str, str] = field(default_factory=dict)
	sering: bool = False


def sidik(untuk: str, nilai: str) -> str:
	"""A fingerprint by which the same value is found again, and which tells nobody without the site's key what it is."""
	return hmac.new(get_encryption_key().encode(), f"{untuk}|{nilai}".encode(), hashlib.sha256).hexdigest()


def tiket_dari(kunci: str) -> str:
	"""The ticket of the form with this key: pressed twice, it is the same."""
	return tulis_kode(int(sidik("tiket", kunci), 16) % (1 << BIT_TIKET), PANJANG_TIKET)


def kunci_baru() -> str:
	return secrets.token_hex(16)


def nomor_orang(ketikan: str) -> str | None:
	"""A NIK or a KPJ in digits; None when nothing was typed. Raises AturanError."""
	bersih = re.sub(r"[\s.\-]", "", ketikan or "")
	if not bersih:
		return None
	if re.fullmatch(r"[0-9]{16}", bersih) and periksa_nik(bersih, None, None).sah:
		return bersih
	if len(bersih) == 11:
		return rapikan_kpj(bersih)
	raise AturanError(_("NIK terdiri dari 16 angka dan KPJ 11 angka. Periksa angkanya, atau kosongkan."))


# --- for the page


def terima(kunci: str, isian: Mapping[str, str], foto: bytes | None = None) -> Jawaban:
	"""Write a guest's notice down, once for each `kunci` (32 hexadecimal digits that came with the empty form)."""
	if not KUNCI.fullmatch(kunci):
		return _salah(_("Formulir ini kedaluwarsa. Periksa isian, lalu kirim sekali lagi."))
	tiket = tiket_dari(kunci)
	if menurut_tiket(tiket):
		return Jawaban(kelompokkan(tiket, 4), lama=True)
	galat = _periksa(isian, foto)
	if galat:
		return Jawaban(galat=galat)
	hp = sidik("hp", nomor_hp_e164(isian["hp_pelapor"]))
	if not (
		masih_boleh(f"pemberitahuan:{jaringan()}", PER_JARINGAN, SEJAM)
		and masih_boleh(f"pemberitahuan:hp:{hp}", PER_HP, SEHARI)
	):
		pesan = _(
			"Terlalu banyak pemberitahuan dari sini. Coba lagi nanti, atau hubungi Ketua RT atau lurah."
		)
		return Jawaban(galat={"": pesan}, sering=True)
	return _simpan(tiket, isian, foto)


def _salah(pesan: str) -> Jawaban:
	return Jawaban(galat={"": pesan})


def _periksa(isian: Mapping[str, str], foto: bytes | None) -> dict[str, str]:
	galat = {k: _("Isi bagian ini.") for k in WAJIB if not isian.get(k)}
	galat |= {
		k: _("Paling panjang {0} huruf.").format(n)
		for k, n in TERPANJANG.items()
		if len(isian.get(k, "")) > n
	}
	if isian.get(PERANGKAP):
		galat[""] = _("Ada isian tersembunyi yang terisi. Muat ulang halaman, lalu isi kembali.")
	meta = frappe.get_meta(DOCTYPE)
	for kolom in ("keadaan_korban", "hubungan"):
		if kolom not in galat and isian[kolom] not in meta.get_field(kolom).options.split("\n"):
			galat[kolom] = _("Pilih salah satu.")
	if "kelurahan" not in galat and not frappe.db.exists("Kelurahan", isian["kelurahan"]):
		galat["kelurahan"] = _("Pilih kelurahan dari daftar.")
	if not galat.keys() & {"tanggal", "jam"}:
		galat |= _periksa_waktu(isian)
	for kolom, periksa in (("nik_korban", nomor_orang), ("hp_pelapor", nomor_hp_e164)):
		if kolom not in galat and isian.get(kolom):
			try:
				periksa(isian[kolom])
			except AturanError as salah:
				galat[kolom] = str(salah)
	if foto and (pesan := _periksa_foto(foto)):
		galat["foto"] = pesan
	return galat


def _periksa_waktu(isian: Mapping[str, str]) -> dict[str, str]:
	try:
		waktu = _waktu(isian)
	except ValueError:
		return {"tanggal": _("Isi tanggal dan jam kejadian, misalnya 2026-12-31 dan 19:30.")}
	if waktu > now_datetime():
		return {"tanggal": _("Waktu kejadian tidak boleh sesudah saat ini.")}
	if waktu < add_to_date(now_datetime(), years=-ketentuan_pada(waktu.date()).tahun_kedaluwarsa):
		return {"tanggal": _("Kejadian ini sudah terlalu lama untuk diklaim. Periksa tahunnya.")}
	return {}


def _waktu(isian: Mapping[str, str]) -> datetime:
	return datetime.fromisoformat(f"{isian['tanggal']}T{isian['jam']}").replace(tzinfo=None)


def _periksa_foto(foto: bytes) -> str | None:
	if len(foto) > BERKAS_TERBESAR:
		return _("Foto terlalu besar. Pilih foto yang lebih kecil, atau kirim tanpa foto.")
	try:
		sah = jenis_berkas(foto) != "pdf"
	except BerkasTidakSah:
		frappe.clear_last_message()
		sah = False
	return None if sah else _("Foto tidak dapat dibaca. Pilih foto JPG atau PNG, atau kirim tanpa foto.")


def _simpan(tiket: str, isian: Mapping[str, str], foto: bytes | None) -> Jawaban:
	nilai = {k: isian.get(k) or None for k in TERPANJANG if k not in ("tanggal", "jam")}
	doc = frappe.get_doc({"doctype": DOCTYPE, **nilai, "waktu_kejadian": _waktu(isian), "cara": "Tanpa akun"})
	doc.flags.tiket = tiket
	doc.flags.oleh_sistem = True
	berkas = foto and _simpan_foto(foto)
	if berkas:
		doc.foto = berkas.file_url
	try:
		doc.insert(ignore_permissions=True)
	except frappe.UniqueValidationError:  # pressed twice: the first has just arrived
		frappe.clear_messages()
		frappe.db.rollback()
		if not menurut_tiket(tiket):
			raise
		return Jawaban(kelompokkan(tiket, 4), lama=True)
	if berkas:
		berkas.reload()
		berkas.update(
			{"attached_to_doctype": DOCTYPE, "attached_to_name": doc.name, "attached_to_field": "foto"}
		)
		berkas.save(ignore_permissions=True)
	return Jawaban(kelompokkan(tiket, 4))


def _simpan_foto(foto: bytes):
	nama = f"{frappe.generate_hash(length=12)}.{jenis_berkas(foto)}"
	return frappe.get_doc({"doctype": "File", "file_name": nama, "is_private": 1, "content": foto}).insert(
		ignore_permissions=True
	)


def menurut_tiket(tiket: str) -> str | None:
	"""Name of the notice with this ticket, written without gaps; for rules of the program."""
	return frappe.db.get_value(DOCTYPE, {"sidik_tiket": sidik("sidik tiket", tiket)})


def lacak(ketikan: str) -> str | None:
	"""Where a notice stands, in plain words without anything of the person or of money; None for a ticket of nothing.

	Raises frappe.RateLimitExceededError. A ticket that exists is always answered: many phones share an address.
	"""
	tiket = baca_kode(ketikan, PANJANG_TIKET)
	nama = tiket and menurut_tiket(tiket)
	if not nama:
		if not masih_boleh(f"lacak:{jaringan()}:salah", SALAH_PER_JARINGAN, JENDELA):
			raise frappe.RateLimitExceededError
		return None
	_catat_dilacak(nama)
	return kalimat(frappe.db.get_value(DOCTYPE, nama, ["status", "diterima_pada", "klaim"], as_dict=True))


def kalimat(doc) -> str:
	"""What is told of a notice. That there is a claim is said only once an official has joined the two: before, it
	would answer whether a number typed at random belongs to somebody who was hurt."""
	if doc.status == DITERUSKAN:
		return kabar_keluarga.kalimat(frappe.get_doc("Klaim", doc.klaim), rinci=False)
	if doc.status == DITOLAK:
		return _(
			"Pemberitahuan ini sudah diperiksa dan tidak diteruskan menjadi klaim. Tanyakan sebabnya kepada lurah atau Ketua RT."
		)
	return _("Pemberitahuan diterima pada {0}. Ketua RT dan lurah sedang memeriksanya.").format(
		kabar_keluarga.tanggal(doc.diterima_pada)
	)


def _catat_dilacak(nama: str) -> None:
	"""Counted once an hour from each network: enough to see that the family waits."""
	if masih_boleh(f"lacak:{jaringan()}:{nama}", 1, SEJAM):
		p = frappe.qb.DocType(DOCTYPE)
		frappe.qb.update(p).set(p.jumlah_dilacak, p.jumlah_dilacak + 1).set(
			p.terakhir_dilacak, now_datetime()
		).where(p.name == nama).run()


# --- after the answer


def kenali(nama: str) -> None:
	"""Find out whom a notice is about and what belongs with it, and tell the officials of that area. Once."""
	if frappe.db.get_value(DOCTYPE, nama, "dikenali_pada"):
		return
	nomor = get_decrypted_password(DOCTYPE, nama, "nik_korban", raise_exception=False)
	kaitkan(nama, warga_bernomor(nomor))
	frappe.get_doc(DOCTYPE, nama).run_method("pemberitahuan_masuk")


def kenali_tertunda() -> None:
	"""Every few minutes: what no worker has looked at."""
	for nama in frappe.get_all(
		DOCTYPE,
		{"dikenali_pada": ["is", "not set"], "creation": ["<", add_to_date(now_datetime(), minutes=-1)]},
		pluck="name",
		order_by="creation",
	):
		frappe.enqueue(kenali, queue="short", nama=nama)


def warga_bernomor(nomor: str | None) -> str | None:
	"""Name of the Warga with this NIK or KPJ, for rules of the program; never an answer to a request."""
	if not nomor:
		return None
	if len(nomor) == 16:
		return warga_ber_nik(nomor)
	return frappe.db.get_value("Kepesertaan Kota", {"kpj": nomor}, "warga", order_by="mulai desc")


def kunci_warga(warga: str) -> None:
	"""Whoever writes of an accident of this person comes one after the other: a claim, and what joins notices to it."""
	frappe.db.get_value("Warga", warga, "name", for_update=True)


def kaitkan(nama: str, warga: str | None) -> None:
	"""Write down whom a notice is about, with the area of that person, and which notice and claim tell of the same."""
	if warga:
		kunci_warga(warga)
	doc = frappe.get_doc(DOCTYPE, nama, for_update=True)
	nilai = {"dikenali_pada": now_datetime()}
	if warga:
		nilai |= frappe.db.get_value(
			"Warga", warga, ["name as warga", "rt", "kelurahan", "kecamatan"], as_dict=True
		)
	doc.update(nilai)
	nilai |= {"pertama": _pertama(doc), "klaim": _klaim(doc)}
	simpan_sistem(nama, nilai)
	doc.notify_update()


def simpan_sistem(nama: str, nilai: Mapping[str, object]) -> None:
	"""Past the form: nobody's open form is upset by it."""
	frappe.db.set_value(DOCTYPE, nama, dict(nilai), update_modified=False)


def hari_kejadian(kolom, waktu):
	"""Condition: the hour in `kolom` lies on the day of `waktu`."""
	awal = get_datetime(getdate(waktu))
	return (kolom >= awal) & (kolom < add_to_date(awal, days=1))


def _pertama(doc) -> str | None:
	"""The first notice of the same accident: of the same person, or of the same name in the kelurahan, on one day."""
	p = frappe.qb.DocType(DOCTYPE)
	for satu in (
		frappe.qb.from_(p)
		.select(p.name, p.pertama, p.warga, p.sidik_nik, p.nama_korban, p.kelurahan)
		.where(hari_kejadian(p.waktu_kejadian, doc.waktu_kejadian) & (p.name != doc.name))
		.where((p.creation < doc.creation) | ((p.creation == doc.creation) & (p.name < doc.name)))
		.where(p.status != DITOLAK)
		.orderby(p.creation)
		.orderby(p.name)
		.run(as_dict=True)
	):
		orang_sama = (doc.warga and satu.warga == doc.warga) or (
			doc.sidik_nik and satu.sidik_nik == doc.sidik_nik
		)
		nama_sama = satu.kelurahan == doc.kelurahan and nama_baku(satu.nama_korban) == nama_baku(
			doc.nama_korban
		)
		lain_orang = doc.warga and satu.warga and doc.warga != satu.warga
		if orang_sama or (nama_sama and not lain_orang):
			return satu.pertama or satu.name
	return None


def _klaim(doc) -> str | None:
	"""The claim of this person of this day. Read as it is now: `kunci_warga` is held."""
	if not doc.warga:
		return None
	k = frappe.qb.DocType("Klaim")
	ada = (
		frappe.qb.from_(k)
		.select(k.name)
		.where((k.warga == doc.warga) & hari_kejadian(k.waktu_kejadian, doc.waktu_kejadian))
		.where(k.status != "Ditarik")
		.orderby(k.creation)
		.for_update()
		.run(pluck=True)
	)
	return ada[0] if ada else None


def ingatkan() -> int:
	"""Tell of notices that nobody has taken over, before the first report is due and when it is not made; each once."""
	sekarang = now_datetime()
	jumlah = 0
	for p in frappe.get_all(
		DOCTYPE,
		{
			"status": DITERIMA,
			"pengingat": ["<", LEWAT],
			"batas_tahap_satu": ["<=", add_to_date(sekarang, hours=jam_ingat_terjauh())],
		},
		["name", "waktu_kejadian", "batas_tahap_satu", "pengingat"],
		order_by="batas_tahap_satu, name",
	):
		tingkat = tingkat_pengingat(p.batas_tahap_satu, sekarang, getdate(p.waktu_kejadian))
		if tingkat > cint(p.pengingat):
			simpan_sistem(p.name, {"pengingat": tingkat})
			frappe.get_doc(DOCTYPE, p.name).run_method(KABAR[tingkat])
			jumlah += 1
	return jumlah
