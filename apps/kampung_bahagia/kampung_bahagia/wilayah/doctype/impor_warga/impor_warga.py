"""Residents from a table: tried first, then applied batch by batch, each of them wholly or not at all.

Rows that are refused stay out, and the same file with those rows mended brings in the rest: a resident who is
recorded already is recognised by the NIK. New residents are written as sets, past the framework's one by one;
`tests/situs/test_impor_warga.py` holds their rows against what the document itself would have written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_to_date, getdate, now, now_datetime, nowdate, strip_html

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.identitas import (
	isi_dari_nik,
	nomor_hp_e164,
	periksa_nik,
	periksa_no_kk,
	samarkan,
	samarkan_hp,
)
from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku, nama_mirip, sebab_serupa
from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.cakupan import cocok, jabatan_berhak, kriteria, penugasan_berlaku
from kampung_bahagia.izin.dokumen import nama_acak
from kampung_bahagia.izin.peran import sisip_baris
from kampung_bahagia.tata_kelola.jejak import catat
from kampung_bahagia.tata_kelola.unduhan import BerkasXLSX
from kampung_bahagia.wilayah import impor
from kampung_bahagia.wilayah.baca_tabel import (
	baca_nomor_panjang,
	baca_tabel,
	baca_tanggal,
	baca_teks,
	susun_baris,
)
from kampung_bahagia.wilayah.doctype.penugasan.penugasan import pesan_masa_rt
from kampung_bahagia.wilayah.impor import (
	BARU,
	DITOLAK,
	DIUBAH,
	SAMA,
	BarisTabel,
	ImporTabel,
	baca_kelamin,
	tolak_yang_diterapkan,
)

KOLOM = {
	"nik": ("NIK",),
	"no_kk": ("Nomor KK", "No KK", "KK"),
	"nama": ("Nama", "Nama Lengkap", "Nama Lengkap (sesuai KTP)"),
	"jenis_kelamin": ("Jenis Kelamin", "JK", "L/P"),
	"tanggal_lahir": ("Tanggal Lahir", "Tgl Lahir"),
	"kelurahan": ("Kelurahan", "Kode Kelurahan", "Nama Kelurahan"),
	"rt": ("Nomor RT", "RT", "No RT"),
	"alamat": ("Alamat",),
	"no_hp": ("Nomor HP", "No HP", "HP", "Telepon"),
}
KOLOM_WAJIB = ("nik", "no_kk", "nama", "kelurahan", "rt")
SEBUTAN_KELAMIN = {"L": "Laki-laki", "P": "Perempuan"}
SEKALI = 2_000  # rows of one transaction
TAMPIL = 500  # verdicts that a form shows; all of them are downloaded
TERSIMPAN = "arsip"  # under this field of the parent, which it does not have, no form loads the others
TERHENTI_SETELAH = 10  # minutes without a batch
PANJANG_NAMA = 140


class ImporWarga(ImporTabel):
	pass


@dataclass
class Baris(BarisTabel):
	kolom: list[str] = field(default_factory=list)  # headings of what is refused or changes
	wilayah: dict[str, str] = field(default_factory=dict)
	nik: str | None = None
	no_kk: str | None = None
	nama: str = ""
	kelamin: str | None = None
	lahir: date | None = None
	alamat: str | None = None
	no_hp: str | None = None
	warga: str | None = None  # who is recorded with this NIK
	orang: Orang | None = None

	def tolak(self, kolom: str, pesan: str) -> None:
		self.galat.append(pesan)
		self.kolom.append(KOLOM[kolom][0])

	def coba(self, kolom: str, fungsi: Callable, *args) -> Any:
		try:
			return fungsi(*args)
		except AturanError as galat:
			self.tolak(kolom, str(galat))
			return None


# --- doors ---------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def periksa(nama: str) -> None:
	"""Try the file in the background: every verdict, nothing applied."""
	impor.antrekan(_impor_belum_mulai(nama), jalankan, terapkan=False)


@frappe.whitelist(methods=["POST"])
def terapkan(nama: str) -> None:
	"""Apply in the background what the trial accepted; after a failure, what is still missing."""
	impor.antrekan(_impor_belum_mulai(nama), jalankan, terapkan=True)


def _impor_belum_mulai(nama: str) -> ImporTabel:
	doc = frappe.get_doc("Impor Warga", nama)
	doc.check_permission("write")
	if doc.status == "Berjalan":
		frappe.throw(
			_("Impor ini sedang diterapkan, dan dilanjutkan sendiri bila terhenti."), impor.ImporBerjalan
		)
	return doc


@frappe.whitelist()
def templat() -> BerkasXLSX:
	"""The table to fill in, with numbers as text, as XLSX."""
	if not frappe.has_permission("Impor Warga", "create"):
		raise frappe.PermissionError(_("Jabatan Anda tidak mengimpor warga."))
	contoh = {
		"nik": "1571011708800001",
		"no_kk": "1571010101150001",
		"nama": "Contoh (hapus baris ini)",
		"jenis_kelamin": "Laki-laki",
		"tanggal_lahir": "17-08-1980",
		"kelurahan": "15.71.01.1001",
		"rt": "001",
		"alamat": "Jalan Melati No. 1",
		"no_hp": "081234567890",
	}
	impor.kirim_templat("templat-warga", "Warga", KOLOM, contoh)


@frappe.whitelist()
def unduh_hasil(nama: str) -> BerkasXLSX:
	"""The verdict of every row as XLSX."""
	impor.kirim_hasil(frappe.get_doc("Impor Warga", nama))


# --- the job -------------------------------------------------------------------------


def jalankan(nama: str, terapkan: bool) -> None:
	"""Try or apply. One worker at a time; one that dies leaves whole batches behind, and the next goes on there."""
	with _sendiri(nama) as boleh:
		if not boleh:
			return
		doc = frappe.get_doc("Impor Warga", nama)
		doc.check_permission("write")  # the office may have ended while the job waited
		tolak_yang_diterapkan(doc)  # and another job may have been first
		try:
			(_terapkan if terapkan else _periksa)(doc)
		except AturanError as galat:
			frappe.db.rollback()
			doc.db_set({"status": "Ditolak", "catatan": str(galat), "jejak_berkas": None})
		except Exception:
			frappe.db.rollback()
			frappe.log_error(title=f"Impor Warga {nama}")
			doc.reload()
			doc.db_set({"status": "Gagal", "catatan": _catatan_gagal(doc)})
		frappe.db.commit()
		impor.umumkan_selesai(doc)
		if doc.status == "Diterapkan":
			impor.hapus_berkas(
				doc.doctype, [nama]
			)  # after the commit: what leaves the disk does not come back
			frappe.db.commit()


def lanjutkan_yang_terhenti() -> None:
	"""Every few minutes: go on with what a worker left undone when it was killed."""
	for nama in frappe.get_all(
		"Impor Warga",
		{
			"status": "Berjalan",
			"modified": ["<", add_to_date(now_datetime(), minutes=-TERHENTI_SETELAH)],
		},
		pluck="name",
		order_by="creation",
	):
		frappe.enqueue(lanjutkan, queue="long", timeout=1800, nama=nama)


def lanjutkan(nama: str) -> None:
	"""Apply the rest in the name of who began it, if their office still lets them."""
	semula = frappe.session.user
	doc = frappe.get_doc("Impor Warga", nama)
	try:
		frappe.set_user(doc.pelaksana)
		if not frappe.db.get_value("User", doc.pelaksana, "enabled") or not doc.has_permission("write"):
			doc.db_set({"status": "Gagal", "catatan": _catatan_gagal(doc)})
			frappe.db.commit()
			return
		jalankan(nama, True)
	finally:
		frappe.set_user(semula)


@contextmanager
def _sendiri(nama: str) -> Iterator[bool]:
	"""Whether nobody else works on this import; the database itself frees it when a worker dies."""
	kunci = f"{frappe.conf.db_name}.{nama}"
	boleh = frappe.db.sql("SELECT GET_LOCK(%s, 0)", kunci)[0][0] == 1
	try:
		yield boleh
	finally:
		if boleh:
			frappe.db.sql("SELECT RELEASE_LOCK(%s)", kunci)


def _catatan_gagal(doc: ImporTabel) -> str:
	if doc.sampai_baris:
		return _(
			"Impor terhenti setelah baris {0}. Yang sudah diterapkan tetap tersimpan; terapkan lagi untuk melanjutkan."
		).format(doc.sampai_baris)
	return _("Impor terhenti dan belum ada yang diterapkan. Jalankan kembali.")


def _periksa(doc: ImporTabel) -> None:
	isi, nama_berkas = impor.isi_berkas(doc)
	kemajuan = impor.kemajuan(doc)
	kemajuan(5, _("Membaca berkas"))
	baris = baca(isi, nama_berkas)
	for awal in range(0, len(baris), SEKALI):
		kemajuan(20 + 60 * awal // len(baris), _("Memeriksa baris {0}").format(baris[awal].nomor))
		bandingkan(baris[awal : awal + SEKALI])
	kemajuan(85, _("Menyimpan hasil"))
	_simpan_putusan(doc, baris)
	jumlah = impor.jumlah_hasil([b.hasil for b in baris])
	diterima = jumlah["jumlah_ditolak"] < len(baris)
	if not diterima:
		catatan = _("Semua baris ditolak. Perbaiki berkas, lalu unggah ulang.")
	elif jumlah["jumlah_ditolak"]:
		catatan = _(
			"{0} baris ditolak dan akan dilewati; baris lain dapat diterapkan. Belum ada yang diterapkan."
		).format(jumlah["jumlah_ditolak"])
	else:
		catatan = _("Semua baris dapat diterima. Belum ada yang diterapkan.")
	doc.db_set(
		{
			"status": "Siap Diterapkan" if diterima else "Ditolak",
			"catatan": catatan,
			"jejak_berkas": hashlib.sha256(isi).hexdigest() if diterima else None,
			"sampai_baris": 0,
			**jumlah,
		}
	)
	frappe.clear_document_cache(doc.doctype, doc.name)


def _terapkan(doc: ImporTabel) -> None:
	isi, nama_berkas = impor.isi_berkas(doc)
	if doc.jejak_berkas != hashlib.sha256(isi).hexdigest():
		raise AturanError("Berkas berubah sejak diperiksa. Periksa ulang.")
	kemajuan = impor.kemajuan(doc)
	doc.db_set({"status": "Berjalan", "pelaksana": frappe.session.user})
	frappe.db.commit()
	baris = baca(isi, nama_berkas)
	sisa = [b for b in baris if b.nomor > doc.sampai_baris]
	for awal in range(0, len(sisa), SEKALI):
		bagian = sisa[awal : awal + SEKALI]
		kemajuan(10 + 80 * awal // len(sisa), _("Menerapkan baris {0}").format(bagian[0].nomor))
		try:
			_terapkan_bagian(doc, bagian)
		except Exception as galat:
			frappe.db.rollback()
			if not (galat.args and frappe.db.is_unique_key_violation(galat)):
				raise
			# somebody recorded one of them at this moment: seen now, it is no new one
			_terapkan_bagian(doc, bagian)
	hasil = frappe.get_all(
		"Baris Impor Warga", {"parent": doc.name}, pluck="hasil", order_by="baris", limit=0
	)
	jumlah = impor.jumlah_hasil(hasil)
	doc.db_set(
		{
			"status": "Diterapkan",
			"catatan": _(
				"{0} warga baru, {1} diubah, {2} sudah sama, {3} ditolak. Berkasnya dihapus karena memuat NIK; "
				"sidiknya tersimpan."
			).format(*(jumlah[f"jumlah_{k}"] for k in ("baru", "diubah", "sama", "ditolak"))),
			**jumlah,
		}
	)
	doc.reload()
	berhak = jabatan_berhak(doc.doctype, "write")
	tugas = next((p for p in penugasan_berlaku(frappe.session.user) if p.jabatan in berhak), frappe._dict())
	catat(doc, aksi="Terapkan", dari="Siap Diterapkan", jabatan=tugas.jabatan, penugasan=tugas.name)
	frappe.clear_document_cache(doc.doctype, doc.name)


def _terapkan_bagian(doc: ImporTabel, bagian: list[Baris]) -> None:
	"""One batch, its verdicts and how far the import has come, in one transaction."""
	bandingkan(bagian)
	sisip_warga([b for b in bagian if b.hasil == BARU])
	for b in bagian:
		if b.hasil == DIUBAH:
			_ubah(b)
	_perbarui_putusan(doc, bagian)
	doc.db_set("sampai_baris", bagian[-1].nomor)
	frappe.db.commit()


def _ubah(b: Baris) -> None:
	"""Few, and their history is kept: through the controller."""
	frappe.db.savepoint("baris")
	try:
		w = frappe.get_doc("Warga", b.warga)
		w.update({"nama": b.nama, "no_kk": b.no_kk, "tanggal_lahir": b.lahir, "jenis_kelamin": b.kelamin})
		w.update({k: v for k in ("alamat", "no_hp") if (v := getattr(b, k))})
		w.save()
	except (frappe.ValidationError, frappe.PermissionError) as galat:
		frappe.db.rollback(save_point="baris")
		frappe.clear_messages()
		b.hasil = DITOLAK
		b.galat.append(strip_html(str(galat)))


# --- verdicts -------------------------------------------------------------------------


def _simpan_putusan(doc: ImporTabel, baris: Sequence[Baris]) -> None:
	"""Write every verdict; those that ask for a look stand in the form, what must be mended first."""
	frappe.db.delete("Baris Impor Warga", {"parent": doc.name, "parenttype": doc.doctype})
	urut = sorted(baris, key=lambda b: (b.hasil != DITOLAK, not (b.catatan or b.hasil == DIUBAH), b.nomor))
	menurut_letak = defaultdict(list)
	for i, b in enumerate(urut, start=1):
		tampil = i <= TAMPIL and (b.catatan or b.hasil in (DITOLAK, DIUBAH))
		putusan = {
			"idx": i,
			"baris": b.nomor,
			"rt": b.judul_rt[:PANJANG_NAMA],
			"hasil": b.hasil,
			"kolom": _nama_kolom(b),
			"pesan": _pesan(b),
		}
		menurut_letak["hasil" if tampil else TERSIMPAN].append((doc.name, putusan))
	for letak, isi in menurut_letak.items():
		sisip_baris("Baris Impor Warga", letak, isi, induk=doc.doctype)


def _perbarui_putusan(doc: ImporTabel, bagian: Sequence[Baris]) -> None:
	"""What changed since the trial, for somebody recorded or moved a resident meanwhile."""
	t = frappe.qb.DocType("Baris Impor Warga")
	milik = (t.parent == doc.name) & (t.parenttype == doc.doctype)
	semula = dict(
		frappe.qb.from_(t)
		.select(t.baris, t.hasil)
		.where(milik & (t.baris >= bagian[0].nomor) & (t.baris <= bagian[-1].nomor))
		.run()
	)
	for b in bagian:
		if semula.get(b.nomor) != b.hasil:
			(
				frappe.qb.update(t)
				.set(t.hasil, b.hasil)
				.set(t.kolom, _nama_kolom(b))
				.set(t.pesan, _pesan(b))
				.set(t.parentfield, "hasil")
				.where(milik & (t.baris == b.nomor))
				.run()
			)


def _nama_kolom(b: Baris) -> str:
	return ", ".join(dict.fromkeys(b.kolom))[:PANJANG_NAMA]


def _pesan(b: Baris) -> str:
	return " ".join(b.galat) or b.catatan


# --- checking -------------------------------------------------------------------------


def baca(isi: bytes, nama_berkas: str) -> list[Baris]:
	"""Every row with what it says by itself and beside the others. Raises AturanError for a file that is no table."""
	baris = [Baris(n, nilai) for n, nilai in susun_baris(baca_tabel(isi, nama_berkas), KOLOM, KOLOM_WAJIB)]
	hari = getdate(nowdate())
	for b in baris:
		_baca(b, hari)
	_tetapkan_rt(baris, hari)
	_periksa_dalam_berkas(baris)
	return baris


def _baca(b: Baris, hari: date) -> None:
	n = b.nilai
	for k in KOLOM_WAJIB:
		if n[k] is None:
			b.tolak(k, f"{KOLOM[k][0]} belum diisi.")
	b.nama = b.coba("nama", _teks_bersih, n["nama"], "Nama") or ""
	if b.nama and not any(huruf.isalpha() for huruf in b.nama):
		b.tolak("nama", "Nama harus memuat huruf.")
	b.alamat = b.coba("alamat", _teks_bersih, n["alamat"], "Alamat", None)
	hp = baca_teks(n["no_hp"])
	b.no_hp = b.coba("no_hp", nomor_hp_e164, hp) if hp else None
	b.lahir = b.coba("tanggal_lahir", baca_tanggal, n["tanggal_lahir"], KOLOM["tanggal_lahir"][0])
	if b.lahir and b.lahir > hari:
		b.tolak("tanggal_lahir", "Tanggal Lahir sesudah hari ini.")
		b.lahir = None
	galat = len(b.galat)
	kelamin = baca_kelamin(b)
	if len(b.galat) > galat:
		b.kolom.append(KOLOM["jenis_kelamin"][0])
	b.kelamin = SEBUTAN_KELAMIN.get(kelamin)
	_baca_nomor(b, hari)


def _teks_bersih(nilai: Any, nama: str, terpanjang: int | None = PANJANG_NAMA) -> str | None:
	teks = baca_teks(nilai)
	if teks and ("<" in teks or ">" in teks):
		raise AturanError(f"{nama} tidak boleh memuat tanda < atau >.")
	if teks and terpanjang and len(teks) > terpanjang:
		raise AturanError(f"{nama} paling panjang {terpanjang} huruf.")
	return teks


def _baca_nomor(b: Baris, hari: date) -> None:
	"""NIK and family card; what the row does not say of sex and birth date, the NIK does."""
	nik = b.coba("nik", baca_nomor_panjang, b.nilai["nik"], "NIK")
	no_kk = b.coba("no_kk", baca_nomor_panjang, b.nilai["no_kk"], "Nomor KK")
	if nik:
		hasil = periksa_nik(nik, b.kelamin, b.lahir)
		for g in hasil.galat:
			b.tolak("nik", g.teks)
		b.nik = hasil.bersih
		if hasil.sah and not (b.kelamin and b.lahir):
			isi = isi_dari_nik(nik, hari)
			b.kelamin, b.lahir = b.kelamin or isi.jenis_kelamin, b.lahir or isi.tanggal_lahir
	if no_kk:
		kk = periksa_no_kk(no_kk)
		for g in kk.galat:
			b.tolak("no_kk", g.teks)
		b.no_kk = kk.bersih
		b.catatan = " ".join(c.teks for c in kk.peringatan)
		if b.no_kk and b.no_kk == b.nik:
			b.tolak("no_kk", "Nomor KK sama dengan NIK. Salin Nomor KK dari kartu keluarga.")


def _tetapkan_rt(baris: Sequence[Baris], hari: date) -> None:
	"""The RT that is valid today and lies where the user records residents."""
	k = kriteria("Warga", frappe.session.user, "create")
	semula = [len(b.galat) for b in baris]
	sudah: dict[str, str] = {}  # by RT: what keeps its rows out, empty for nothing

	def pilih(b: Baris, calon: list) -> None:
		for rt in calon:
			if rt.name not in sudah:
				sudah[rt.name] = strip_html(pesan_masa_rt(rt, hari, hari) or "")
			if not sudah[rt.name]:
				b.rt, b.judul_rt = rt.name, rt.judul
				b.wilayah = {"rt": rt.name, "kelurahan": rt.kelurahan, "kecamatan": rt.kecamatan}
				if not cocok(k, b.wilayah):
					b.galat.append(f"{rt.judul} berada di luar wilayah tugas Anda.")
				return
		b.galat.append(sudah[calon[-1].name])

	impor.tetapkan_rt(baris, pilih)
	for b, n in zip(baris, semula, strict=True):
		if len(b.galat) > n:
			b.kolom.append(KOLOM["rt"][0])


def _periksa_dalam_berkas(baris: Sequence[Baris]) -> None:
	"""Nobody twice, and who resembles a row above is noted."""
	pemilik: dict[str, Baris] = {}
	sekelompok: dict[tuple[str, Any], list[Baris]] = defaultdict(list)
	baku = {nama: nama_baku(nama) for nama in {b.nama for b in baris}}
	for b in baris:
		if b.nik and (lain := pemilik.setdefault(b.nik, b)) is not b:
			b.tolak("nik", f"NIK ini sudah tertulis pada baris {lain.nomor}. Hapus salah satunya.")
		if b.galat:
			continue
		b.orang = Orang(baku[b.nama], b.no_kk, b.lahir)
		calon = {id(c): c for kunci in (("kk", b.no_kk), ("lahir", b.lahir)) for c in sekelompok[kunci]}
		for c in calon.values():
			if sebab := sebab_serupa(b.orang, c.orang):
				_catat_serupa(b, f"baris {c.nomor}", sebab)
				break
		sekelompok["kk", b.no_kk].append(b)
		sekelompok["lahir", b.lahir].append(b)


def _catat_serupa(b: Baris, dengan: str, sebab: str) -> None:
	catatan = f"Mirip dengan {dengan}: {sebab}. Pastikan orangnya berbeda."
	if catatan not in b.catatan:
		b.catatan = f"{b.catatan} {catatan}".strip()
	b.kolom.append(KOLOM["nama"][0])


def bandingkan(bagian: Sequence[Baris]) -> None:
	"""Set the verdict of each row of one batch against what is recorded, in a few questions to the database."""
	d, w = frappe.qb.DocType("Data Pribadi"), frappe.qb.DocType("Warga")
	nik = sorted({b.nik for b in bagian if not b.galat})
	tercatat = (
		{
			satu.nik: satu
			for satu in frappe.qb.from_(d)
			.join(w)
			.on(w.name == d.name)
			.select(d.nik, d.no_kk, d.tanggal_lahir, d.alamat, d.no_hp, w.name, w.nama, w.jenis_kelamin, w.rt)
			.where(d.nik.isin(nik))
			.run(as_dict=True)
		}
		if nik
		else {}
	)
	for b in bagian:
		if b.galat:
			b.hasil = DITOLAK
		elif satu := tercatat.get(b.nik):
			_bandingkan_satu(b, satu)
		else:
			b.hasil = BARU
	_bandingkan_serupa([b for b in bagian if b.hasil == BARU])


def _bandingkan_satu(b: Baris, satu: Any) -> None:
	"""The same NIK: the same file a second time, a correction, or somebody else's number."""
	b.warga, b.catatan, b.hasil = satu.name, "", DITOLAK
	if satu.rt != b.rt:
		b.tolak("rt", "NIK ini tercatat di RT lain. Bila warga pindah, mintalah lurah mencatat Pindah RT.")
		return
	if not nama_mirip(b.orang.nama, nama_baku(satu.nama)):
		b.tolak("nama", "NIK ini tercatat atas nama lain. Cocokkan dengan KTP.")
		return
	beda = [
		KOLOM[kolom][0]
		for kolom, lama, baru in (
			("no_kk", satu.no_kk, b.no_kk),
			("nama", satu.nama, b.nama),
			("jenis_kelamin", satu.jenis_kelamin, b.kelamin),
			("tanggal_lahir", satu.tanggal_lahir, b.lahir),
			("alamat", satu.alamat, b.alamat or satu.alamat),  # an empty cell takes nothing away
			("no_hp", satu.no_hp, b.no_hp or satu.no_hp),
		)
		if (lama or None) != (baru or None)
	]
	b.hasil, b.kolom = (DIUBAH, beda) if beda else (SAMA, [])
	b.catatan = f"Berubah: {', '.join(beda)}." if beda else ""


def _bandingkan_serupa(baru: Sequence[Baris]) -> None:
	serupa = data_pribadi.serupa({b.nomor: b.orang for b in baru})
	if not serupa:
		return
	letak = {
		w.name: w
		for w in frappe.get_all(
			"Warga",
			{"name": ["in", sorted({sama[0][0] for sama in serupa.values()})]},
			["name", "rt", "kelurahan", "kecamatan", "rt.judul"],
			order_by="name",
			limit=0,
		)
	}
	terlihat = kriteria("Warga", frappe.session.user)
	for b in baru:
		if sama := serupa.get(b.nomor):
			nama, sebab = sama[0]
			w = letak[nama]
			_catat_serupa(
				b,
				f"warga yang tercatat di {w.judul}" if cocok(terlihat, w) else "warga di luar wilayah Anda",
				sebab,
			)


# --- writing --------------------------------------------------------------------------

KOLOM_DASAR = ("name", "creation", "modified", "owner", "modified_by", "docstatus", "idx")


def sisip_warga(baris: Sequence[Baris]) -> None:
	"""New residents as Warga would write them: masks in its own row, the values in Data Pribadi."""
	if not baris:
		return
	waktu, pelaku = now(), frappe.session.user
	dasar = [(nama_acak(), waktu, waktu, pelaku, pelaku, 0, 0) for _b in baris]
	impor.sisip_banyak(
		"Data Pribadi",
		(*KOLOM_DASAR, *data_pribadi.KOLOM),
		[(*d, b.nik, b.no_kk, b.lahir, b.alamat, b.no_hp) for d, b in zip(dasar, baris, strict=True)],
	)
	impor.sisip_banyak(
		"Warga",
		(
			*KOLOM_DASAR,
			*("nama", "nik", "nik_samar", "no_kk", "jenis_kelamin"),
			*("rt", "kelurahan", "kecamatan", "no_hp"),
		),
		[
			(
				*d,
				b.nama,
				samarkan(b.nik),
				samarkan(b.nik),
				samarkan(b.no_kk),
				b.kelamin,
				b.wilayah["rt"],
				b.wilayah["kelurahan"],
				b.wilayah["kecamatan"],
				samarkan_hp(b.no_hp) if b.no_hp else None,
			)
			for d, b in zip(dasar, baris, strict=True)
		],
	)
