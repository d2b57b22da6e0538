"""The roster of a group from a table: tried first, then applied wholly or not at all.

A person is found by NIK and name together and never made here. What was recorded is extended, ended or given its
number; the same table a second time changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, formatdate, getdate, now, nowdate, strip_html

from kampung_bahagia.aturan.identitas import periksa_nik
from kampung_bahagia.aturan.kepesertaan import keadaan, rapikan_kpj
from kampung_bahagia.aturan.warga_serupa import nama_baku, nama_mirip
from kampung_bahagia.izin.data_pribadi import SEKALI, batasi_telaah
from kampung_bahagia.izin.dokumen import nama_acak
from kampung_bahagia.perlindungan.doctype.kepesertaan_kota.kepesertaan_kota import (
	ALASAN_TERPENDEK,
	pesan_tumpang_tindih,
)
from kampung_bahagia.tata_kelola.masa_berlaku import bersinggungan
from kampung_bahagia.tata_kelola.unduhan import BerkasXLSX
from kampung_bahagia.wilayah import impor
from kampung_bahagia.wilayah.baca_tabel import (
	baca_nomor_panjang,
	baca_tanggal,
	baca_teks,
)
from kampung_bahagia.wilayah.impor import (
	BARU,
	DITOLAK,
	DIUBAH,
	SAMA,
	BarisTabel,
	ImporTabel,
	coba,
)

DOCTYPE, KEPESERTAAN = "Impor Kepesertaan Kota", "Kepesertaan Kota"
KOLOM = {
	"nik": ("NIK",),
	"nama": ("Nama", "Nama Lengkap"),
	"kelompok": ("Kelompok", "Kelompok Kepesertaan"),
	"mulai": ("Mulai", "TMT", "Mulai Kepesertaan"),
	"sampai": ("Sampai", "Sampai Dengan", "Berakhir"),
	"kpj": ("KPJ", "Nomor Kepesertaan", "Nomor KPJ"),
	"dasar": ("Dasar Kepesertaan", "Dasar", "Nomor SK"),
	"alasan_berhenti": ("Alasan Berhenti",),
}
KOLOM_WAJIB = ("nik", "nama", "kelompok", "mulai")
# what a table may change of a membership that is recorded
BERUBAH = ("sampai", "kpj", "dasar", "alasan_berhenti")
WILAYAH = ("rt", "kelurahan", "kecamatan")


class ImporKepesertaanKota(ImporTabel):
	pass


@dataclass
class Baris(BarisTabel):
	nik: str | None = None
	nama: str = ""
	kelompok: str | None = None
	mulai: date | None = None
	sampai: date | None = None
	kpj: str | None = None
	dasar: str | None = None
	alasan_berhenti: str | None = None
	warga: frappe._dict | None = None
	kepesertaan: str | None = None  # the one that is recorded already


# --- doors ---------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def periksa(nama: str) -> None:
	"""Try the file in the background: every verdict, nothing applied."""
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.check_permission("write")
	batasi_telaah()  # a verdict tells whether a number is known
	impor.antrekan(doc, jalankan, terapkan=False)


@frappe.whitelist(methods=["POST"])
def terapkan(nama: str) -> None:
	"""Apply the file in the background; only one that was tried and had nothing to refuse."""
	impor.antrekan(frappe.get_doc(DOCTYPE, nama), jalankan, terapkan=True)


@frappe.whitelist()
def templat() -> BerkasXLSX:
	"""The table to fill in, with NIK and numbers as text, as XLSX."""
	if not frappe.has_permission(DOCTYPE, "create"):
		raise frappe.PermissionError(_("Jabatan Anda tidak mengimpor kepesertaan kota."))
	contoh = {
		"nik": "1571011708800001",
		"nama": "Contoh (hapus baris ini)",
		"kelompok": "Pekerja Rentan",
		"mulai": "01-01-2026",
		"sampai": "31-12-2026",
		"kpj": "",
		"dasar": "Keputusan Wali Kota Nomor 1 Tahun 2026",
		"alasan_berhenti": "",
	}
	impor.kirim_templat("templat-kepesertaan-kota", "Kepesertaan Kota", KOLOM, contoh)


@frappe.whitelist()
def unduh_hasil(nama: str) -> BerkasXLSX:
	"""The verdict of every row as XLSX."""
	impor.kirim_hasil(frappe.get_doc(DOCTYPE, nama))


# --- the job -------------------------------------------------------------------------


def jalankan(nama: str, terapkan: bool) -> None:
	"""Try or apply, wholly or not at all."""
	doc = frappe.get_doc(DOCTYPE, nama)
	impor.sekaligus(
		doc,
		lambda: _jalankan(doc, terapkan),
		lambda status, catatan: _selesai(doc, [], status, catatan, None),
	)
	if doc.status == "Diterapkan":
		impor.hapus_berkas(DOCTYPE, [nama])  # after the commit: what leaves the disk does not come back
		frappe.db.commit()


def _jalankan(doc: ImporTabel, terapkan: bool) -> None:
	tabel, jejak = impor.baca_berkas(doc, KOLOM, KOLOM_WAJIB, terapkan=terapkan)
	kemajuan = impor.kemajuan(doc)
	kemajuan(25, _("Memeriksa baris"))
	baris = nilai_baris(tabel, kunci=terapkan)
	ditolak = any(b.hasil == DITOLAK for b in baris)
	if terapkan and not ditolak:
		kemajuan(60, _("Menerapkan"))
		terapkan_baris(baris)
	kemajuan(90, _("Menyimpan hasil"))
	status = "Ditolak" if ditolak else "Diterapkan" if terapkan else "Siap Diterapkan"
	_selesai(doc, baris, status, _catatan_hasil(baris, status), None if ditolak else jejak)


def _catatan_hasil(baris: Sequence[Baris], status: str) -> str:
	jumlah = impor.jumlah_hasil([b.hasil for b in baris])
	if status == "Ditolak":
		return _(
			"Ada baris yang ditolak, sehingga tidak satu pun diterapkan. Perbaiki berkas, lalu unggah ulang."
		)
	if status == "Diterapkan":
		return _(
			"{0} kepesertaan baru, {1} diubah, {2} sudah sama. Berkasnya dihapus karena memuat NIK; sidiknya tersimpan."
		).format(*(jumlah[f"jumlah_{k}"] for k in ("baru", "diubah", "sama")))
	return _("Semua baris dapat diterima. Belum ada yang diterapkan.")


def _selesai(doc: ImporTabel, baris: Sequence[Baris], status: str, catatan: str, jejak: str | None) -> None:
	impor.tulis_hasil(
		doc,
		baris,
		lambda b: {"kelompok": b.kelompok},  # no name: verdicts stay when names have to go
		status=status,
		catatan=catatan,
		jejak=jejak,
	)


# --- verdicts ------------------------------------------------------------------------


def nilai_baris(tabel: Sequence[tuple[int, dict]], *, kunci: bool = False) -> list[Baris]:
	"""A verdict for every row, from a handful of queries however many rows there are.

	With `kunci` the residents are locked first, so that nobody records them elsewhere until this transaction ends.
	"""
	baris = [Baris(nomor, nilai) for nomor, nilai in tabel]
	kelompok = {
		g.casefold(): g for g in frappe.get_all("Kelompok Kepesertaan", pluck="name", order_by="name")
	}
	for b in baris:
		_baca(b, kelompok)
	_tetapkan_warga(baris, kunci)
	_bandingkan_semua(baris)
	_periksa_kpj(baris)
	for b in baris:
		if b.galat:
			b.hasil = DITOLAK
	return baris


def _baca(b: Baris, kelompok: dict[str, str]) -> None:
	"""What one row says by itself."""
	n = b.nilai
	b.galat += [f"{KOLOM[k][0]} belum diisi." for k in KOLOM_WAJIB if n[k] is None]
	b.nama = baca_teks(n["nama"]) or ""
	for k in ("mulai", "sampai"):
		setattr(b, k, coba(b, baca_tanggal, n[k], KOLOM[k][0]))
	if b.mulai and b.sampai and b.sampai < b.mulai:
		b.galat.append(f"Sampai ({formatdate(b.sampai)}) mendahului Mulai ({formatdate(b.mulai)}).")
	if n["kelompok"] is not None:
		b.kelompok = kelompok.get(baca_teks(n["kelompok"]).casefold())
		if not b.kelompok:
			b.galat.append(f"Kelompok harus salah satu dari {', '.join(kelompok.values())}.")
	b.dasar = (baca_teks(n["dasar"]) or "")[:140] or None
	b.alasan_berhenti = baca_teks(n["alasan_berhenti"])
	if b.alasan_berhenti and not b.sampai:
		b.galat.append("Isi Sampai: hari terakhir sebelum berhenti.")
	if b.alasan_berhenti and len(b.alasan_berhenti) < ALASAN_TERPENDEK:
		b.galat.append(f"Tulis alasan berhenti, paling sedikit {ALASAN_TERPENDEK} huruf.")
	if kpj := coba(b, baca_nomor_panjang, n["kpj"], "KPJ"):
		b.kpj = coba(b, rapikan_kpj, kpj)
	if nik := coba(b, baca_nomor_panjang, n["nik"], "NIK"):
		hasil = periksa_nik(nik, None, None)
		b.galat += [g.teks for g in hasil.galat]
		b.nik = hasil.bersih if hasil.sah else None


def _tetapkan_warga(baris: Sequence[Baris], kunci: bool) -> None:
	"""The resident with the row's NIK; another name than the one recorded is refused, and the recorded one not told."""
	d, w = frappe.qb.DocType("Data Pribadi"), frappe.qb.DocType("Warga")
	tercatat = {}
	nik = sorted({b.nik for b in baris if b.nik})
	for awal in range(0, len(nik), SEKALI):
		q = (
			frappe.qb.from_(w)
			.join(d)
			.on(d.name == w.name)
			.select(d.nik, w.name, w.nama, w.nik_samar, *(w[k] for k in WILAYAH))
			.where(d.nik.isin(nik[awal : awal + SEKALI]))
			.orderby(w.name)
		)
		for satu in (q.for_update() if kunci else q).run(as_dict=True):
			tercatat[satu.pop("nik")] = satu
	for b in baris:
		if not b.nik:
			continue
		b.warga = tercatat.get(b.nik)
		if not b.warga:
			b.galat.append(
				"NIK ini belum tercatat sebagai warga. Daftarkan dahulu melalui Impor Warga, atau oleh Ketua RT-nya."
			)
		elif b.nama and not nama_mirip(nama_baku(b.nama), nama_baku(b.warga.nama)):
			b.warga = None
			b.galat.append("Nama tidak sesuai dengan warga ber-NIK ini. Cocokkan keduanya dengan KTP.")


def _bandingkan_semua(baris: Sequence[Baris]) -> None:
	"""Against what is recorded, and among the rows of the file."""
	lengkap = [b for b in baris if b.warga and b.kelompok and b.mulai]
	k = frappe.qb.DocType(KEPESERTAAN)
	warga = sorted({b.warga.name for b in lengkap})
	tercatat = defaultdict(list)
	for awal in range(0, len(warga), SEKALI):
		for satu in (
			frappe.qb.from_(k)
			.select(k.name, k.warga, k.kelompok, k.mulai, *(k[f] for f in BERUBAH))
			.where(k.warga.isin(warga[awal : awal + SEKALI]))
			.orderby(k.mulai, k.name)
			.run(as_dict=True)
		):
			tercatat[satu.warga, satu.kelompok].append(satu)
	di_berkas = defaultdict(list)
	for b in lengkap:
		kunci = (b.warga.name, b.kelompok)
		for lain in di_berkas[kunci]:
			if bersinggungan(b.mulai, b.sampai, lain.mulai, lain.sampai):
				b.galat.append(f"Orang ini sudah tertulis untuk masa yang sama pada baris {lain.nomor}.")
		di_berkas[kunci].append(b)
		_bandingkan(b, tercatat[kunci])


def _bandingkan(b: Baris, tercatat: Sequence[frappe._dict]) -> None:
	"""The membership from the same day on is the same one; any other that shares a day is in the way."""
	sama = next((t for t in tercatat if getdate(t.mulai) == b.mulai), None)
	for lain in tercatat:
		if lain is not sama and bersinggungan(b.mulai, b.sampai, lain.mulai, lain.sampai):
			b.galat.append(strip_html(pesan_tumpang_tindih("Orang ini", lain)))
	if not sama:
		return
	b.kepesertaan = sama.name
	beda = []
	for kolom in BERUBAH:
		lama, baru = sama[kolom], getattr(b, kolom)
		if kolom != "sampai" and not baru:  # an empty cell takes nothing away
			setattr(b, kolom, lama)
		elif str(lama or "") != str(baru or ""):
			beda.append(KOLOM[kolom][0] + (f" {_hari(lama)}→{_hari(baru)}" if kolom == "sampai" else ""))
	b.hasil = DIUBAH if beda else SAMA
	b.catatan = f"Berubah: {', '.join(beda)}." if beda else ""


def _hari(nilai: Any) -> str:
	return formatdate(nilai) if nilai else "belum ditentukan"


def _periksa_kpj(baris: Sequence[Baris]) -> None:
	"""A number belongs to one person, in the file and in what is recorded."""
	pemilik: dict[str, str] = {}
	nomor = sorted({b.kpj for b in baris if b.kpj})
	k = frappe.qb.DocType(KEPESERTAAN)
	for awal in range(0, len(nomor), SEKALI):
		pemilik |= dict(
			frappe.qb.from_(k).select(k.kpj, k.warga).where(k.kpj.isin(nomor[awal : awal + SEKALI])).run()
		)
	for b in baris:
		if b.kpj and b.warga and pemilik.setdefault(b.kpj, b.warga.name) != b.warga.name:
			b.galat.append("KPJ ini sudah tercatat untuk orang lain. Cocokkan dengan kartu dari BPJS.")


# --- applying ------------------------------------------------------------------------


def terapkan_baris(baris: Sequence[Baris]) -> None:
	"""New and changed memberships of rows that were all accepted, as sets."""
	pengingat = {
		g.name: cint(g.hari_pengingat)
		for g in frappe.get_all("Kelompok Kepesertaan", fields=["name", "hari_pengingat"], order_by="name")
	}
	hari, waktu, pelaku = getdate(nowdate()), now(), frappe.session.user
	kolom = ("name", "creation", "modified", "owner", "modified_by", "warga", "nama", "nik_samar")
	kolom += ("kelompok", "mulai", *BERUBAH, "status", *WILAYAH)

	def isi(b: Baris) -> list:
		status = keadaan(b.mulai, b.sampai, bool(b.alasan_berhenti), hari, pengingat[b.kelompok])
		w = b.warga
		return [
			b.kepesertaan or nama_acak(),
			*(waktu, waktu, pelaku, pelaku, w.name, w.nama, w.nik_samar, b.kelompok, b.mulai),
			*(getattr(b, k) for k in BERUBAH),
			status,
			*(w[k] for k in WILAYAH),
		]

	impor.sisip_banyak(KEPESERTAAN, kolom, [isi(b) for b in baris if b.hasil == BARU])
	_ubah_banyak(kolom, [isi(b) for b in baris if b.hasil == DIUBAH])


def _ubah_banyak(kolom: Sequence[str], baris: Sequence[Sequence[Any]], sekali: int = 2_000) -> None:
	"""Rows that are there, by name: what a table may change, and the state that follows. The import keeps what changed."""
	satu = f"({', '.join(['%s'] * len(kolom))})"
	ganti = ", ".join(f"`{k}` = VALUES(`{k}`)" for k in (*BERUBAH, "status", "modified", "modified_by"))
	for awal in range(0, len(baris), sekali):
		bagian = baris[awal : awal + sekali]
		frappe.db.sql(
			f"INSERT INTO `tab{KEPESERTAAN}` ({', '.join(f'`{k}`' for k in kolom)}) "  # noqa: S608
			f"VALUES {', '.join([satu] * len(bagian))} ON DUPLICATE KEY UPDATE {ganti}",
			[nilai for b in bagian for nilai in b],
		)
		for b in bagian:
			frappe.clear_document_cache(KEPESERTAAN, b[0])
