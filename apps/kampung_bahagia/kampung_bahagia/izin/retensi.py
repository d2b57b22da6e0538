"""Residents who had nothing to do with the programme for years lose their names; figures and decisions stay.

The period is the setting *retensi_tahun*. The right to a benefit lapses five years after the event (Government
Regulation 82/2019), so nothing is taken away before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import frappe
from frappe.query_builder.functions import Coalesce
from frappe.utils import add_years, cint, getdate, nowdate
from frappe.utils.password import decrypt
from pypika.queries import QueryBuilder

TERPENDEK = 5
RETENSI = 10
TANPA_NAMA = "Warga dianonimkan"
TANPA_ISI = "(dianonimkan)"
SEKALI = 500
KLAIM_SELESAI = ("Ditutup",)
# notes of the framework on a document, with their fields that name it
CATATAN = {
	"Version": ("ref_doctype", "docname"),
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"View Log": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
}
# JSON of documents in which people stand, by DocType of the note and what it is of
SALINAN = {
	"Version": ("ref_doctype", ("Musyawarah", "Surat Keputusan", "Surat Tugas")),
	"Deleted Document": (
		"deleted_doctype",
		("Warga", "Peserta", "Klaim", "Kepesertaan Kota", "Musyawarah", "Surat Keputusan", "Surat Tugas"),
	),
}


def anonimkan(percobaan: int = 1) -> dict[str, Any]:
	"""Anonymise everyone whose last activity is older than the period; with `percobaan` only count them.

	`bench --site SITE execute kampung_bahagia.izin.retensi.anonimkan --kwargs "{'percobaan': 0}"`. Commits after
	each batch and can be broken off and run again at any moment.
	"""
	batas = batas_retensi()
	nama = sudah_lama(batas).run(pluck=True)
	hasil = {
		"sebelum": str(batas),
		"warga": len(nama),
		"klaim": 0,
		"berkas": 0,
		"percobaan": bool(cint(percobaan)),
	}
	salinan = {} if hasil["percobaan"] else salinan_menurut_isi()
	for awal in range(0, len(nama), SEKALI):
		warga = nama[awal : awal + SEKALI]
		if not hasil["percobaan"]:
			warga = _masih_lama(warga, batas)
			hasil["warga"] -= len(nama[awal : awal + SEKALI]) - len(warga)
		klaim = _nama("Klaim", "warga", warga)
		hasil["klaim"] += len(klaim)
		hasil["berkas"] += len(_berkas(warga, klaim))
		if not hasil["percobaan"]:
			_anonimkan(warga, klaim, salinan)
			frappe.db.commit()
	tak_dikenal = _pemberitahuan_lama(batas)
	hasil["pemberitahuan"] = len(tak_dikenal)
	if not hasil["percobaan"]:
		anonimkan_pemberitahuan(tak_dikenal)
		frappe.db.commit()
	return hasil


def _masih_lama(warga: Sequence[str], batas: date) -> list[str]:
	"""Those of `warga` who are still without activity, locked: whoever joins a kegiatan now waits for the end."""
	frappe.db.commit()  # what is read from here on is what others have committed
	w = frappe.qb.DocType("Warga")
	frappe.qb.from_(w).select(w.name).where(w.name.isin(list(warga))).orderby(w.name).for_update().run()
	return sudah_lama(batas).where(w.name.isin(list(warga))).run(pluck=True)


def _pemberitahuan_lama(batas: date) -> list[str]:
	"""Notices of accidents to people who were never recognised, which no Warga takes along."""
	return frappe.get_all(
		"Pemberitahuan Kecelakaan",
		{"warga": ["is", "not set"], "creation": ["<", batas], "nama_korban": ["!=", TANPA_NAMA]},
		pluck="name",
		order_by="name",
		limit=0,
	)


def anonimkan_pemberitahuan(nama: Sequence[str]) -> None:
	"""Take from these notices what names people, tells of their health, or lets them be found again."""
	_ganti(
		"Pemberitahuan Kecelakaan",
		"name",
		nama,
		**dict.fromkeys(("kronologi", "tempat", "nama_pelapor", "hp_pelapor"), TANPA_ISI),
		**dict.fromkeys(
			(
				*("nik_korban", "nik_samar", "sidik_nik", "sidik_tiket", "nomor_rt", "alamat", "faskes"),
				*("foto", "alasan", "_comments", "_user_tags"),
			)
		),
		nama_korban=TANPA_NAMA,
	)
	if nama:
		frappe.db.delete("__Auth", {"doctype": "Pemberitahuan Kecelakaan", "name": ["in", nama]})
		for catatan, (jenis, rujukan) in CATATAN.items():
			frappe.db.delete(catatan, {jenis: "Pemberitahuan Kecelakaan", rujukan: ["in", nama]})
	_hapus_berkas(_lampiran("Pemberitahuan Kecelakaan", nama))


def nik_pejabat() -> list[str]:
	"""NIK on the Penugasan in force or to come, by which an official's family is known."""
	rahasia, p = frappe.qb.Table("__Auth"), frappe.qb.DocType("Penugasan")
	tersandi = (
		frappe.qb.from_(p)
		.join(rahasia)
		.on((rahasia.doctype == "Penugasan") & (rahasia.name == p.name) & (rahasia.fieldname == "nik"))
		.select(rahasia.password)
		.where((rahasia.encrypted == 1) & (p.sampai.isnull() | (p.sampai >= nowdate())))
		.run(pluck=True)
	)
	return sorted({decrypt(satu) for satu in tersandi})


def salinan_menurut_isi() -> dict[str, set[tuple[str, str]]]:
	"""Copies of documents (DocType, name) by every name of a row or document that stands in them.

	Read once for the whole run: no index leads from a person to the texts.
	"""
	menurut_isi = defaultdict(set)
	for doctype, (jenis, dari) in SALINAN.items():
		for nama, data in frappe.get_all(
			doctype, {jenis: ["in", dari]}, ["name", "data"], order_by="name", as_list=True, limit=0
		):
			for teks in _teks(json.loads(data or "null")):
				menurut_isi[teks].add((doctype, nama))
	return menurut_isi


def _teks(isi: Any) -> Iterator[str]:
	if isinstance(isi, str):
		yield isi
	elif isinstance(isi, dict | list):
		for satu in isi.values() if isinstance(isi, dict) else isi:
			yield from _teks(satu)


def batas_retensi() -> date:
	"""The day before which a last activity is too old to keep names for."""
	tahun = cint(frappe.db.get_single_value("Pengaturan Kampung Bahagia", "retensi_tahun")) or RETENSI
	return getdate(add_years(nowdate(), -max(tahun, TERPENDEK)))


def sudah_lama(batas: date) -> QueryBuilder:
	"""Query of the names of Warga with personal data and without any activity since `batas`, open claim or office."""
	w, d = frappe.qb.DocType("Warga"), frappe.qb.DocType("Data Pribadi")
	p, kegiatan = frappe.qb.DocType("Peserta"), frappe.qb.DocType("Kegiatan")
	klaim, kabar = frappe.qb.DocType("Klaim"), frappe.qb.DocType("Pemberitahuan Kecelakaan")
	h, m = frappe.qb.DocType("Hadirin"), frappe.qb.DocType("Musyawarah")
	anggota = frappe.qb.DocType("Kepesertaan Kota")
	bekerja = (
		frappe.qb.from_(p)
		.join(kegiatan)
		.on(kegiatan.name == p.kegiatan)
		.select(p.warga)
		.where(
			(Coalesce(kegiatan.diselesaikan_pada, kegiatan.tanggal_selesai) >= batas) & p.warga.isnotnull()
		)
	)
	mengklaim = (
		frappe.qb.from_(klaim)
		.select(klaim.warga)
		.where((klaim.status.notin(KLAIM_SELESAI) | (klaim.modified >= batas)) & klaim.warga.isnotnull())
	)
	diberitahukan = (
		frappe.qb.from_(kabar).select(kabar.warga).where((kabar.creation >= batas) & kabar.warga.isnotnull())
	)
	bermusyawarah = (
		frappe.qb.from_(h)
		.join(m)
		.on((m.name == h.parent) & (h.parenttype == "Musyawarah"))
		.select(h.warga)
		.where((m.tanggal >= batas) & h.warga.isnotnull())
	)
	terlindungi = (
		frappe.qb.from_(anggota)
		.select(anggota.warga)
		.where(anggota.sampai.isnull() | (anggota.sampai >= batas))
	)
	pejabat = nik_pejabat()
	return (
		frappe.qb.from_(w)
		.join(d)
		.on(d.name == w.name)
		.select(w.name)
		.where((w.creation < batas) & (w.modified < batas) & (d.modified < batas))
		.where(Coalesce(d.nik, "").notin(pejabat or ["-"]))
		.where(w.name.notin(bekerja) & w.name.notin(mengklaim) & w.name.notin(bermusyawarah))
		.where(w.name.notin(terlindungi) & w.name.notin(diberitahukan))
		.orderby(w.name)
	)


def _anonimkan(warga: Sequence[str], klaim: Sequence[str], salinan: dict[str, set[tuple[str, str]]]) -> None:
	peserta = _nama("Peserta", "warga", warga)
	_hapus_salinan(
		salinan,
		(
			*warga,
			*peserta,
			*_nama("Kepesertaan Kota", "warga", warga),
			*_nama("Hadirin", "warga", warga),
			*_nama("Peserta SK", "peserta", peserta),
			*_nama("Peserta Berhenti", "peserta", peserta),
			*_nama("Petugas Surat Tugas", "peserta", peserta),
			*_nama("Kehadiran Surat Tugas", "peserta", peserta),
		),
	)
	berkas = _berkas(warga, klaim)
	frappe.db.delete("Data Pribadi", {"name": ["in", warga]})
	_ganti("Warga", "name", warga, nama=TANPA_NAMA, nik=None, nik_samar=None, no_kk=None, no_hp=None)
	_ganti("Peserta", "warga", warga, nama=TANPA_NAMA, nik_samar=None)
	_ganti("Peserta SK", "peserta", peserta, nama=TANPA_NAMA, nik_samar=None)
	_ganti("Peserta Berhenti", "peserta", peserta, nama=TANPA_NAMA, nik_samar=None)
	_ganti("Petugas Surat Tugas", "peserta", peserta, nama=TANPA_NAMA, nik_samar=None)
	_ganti("Kehadiran Surat Tugas", "peserta", peserta, nama=TANPA_NAMA)
	_ganti("Hadirin", "warga", warga, nama=TANPA_NAMA)
	_ganti(
		"Kepesertaan Kota", "warga", warga, nama=TANPA_NAMA, nik_samar=None, kpj=None, alasan_berhenti=None
	)
	_ganti(
		"Klaim",
		"name",
		klaim,
		nama=TANPA_NAMA,
		kronologi=TANPA_ISI,
		tempat=TANPA_ISI,
		nama_pelapor=TANPA_ISI,
		hp_pelapor=TANPA_ISI,
		faskes=None,
		foto=None,
		keputusan=None,
		catatan_pembayaran=None,
		alasan=None,
		akibat=None,
		hasil_waris=None,
		penerima_rencana=None,
		bank=None,
		nomor_rekening=None,
		rekening_samar=None,
		atas_nama=None,
		telaah_rekening=None,
	)
	if klaim:
		frappe.db.delete("__Auth", {"doctype": "Klaim", "name": ["in", klaim]})
	_ganti("Pembayaran Klaim", "parent", klaim, penerima=TANPA_NAMA, bukti=None)
	_ganti("Pengajuan Klaim", "parent", klaim, perbaikan=None, keterangan=None)
	_ganti("Saksi Klaim", "parent", klaim, nama=TANPA_ISI, no_hp=None, keterangan=None)
	_ganti("Dokumen Klaim", "parent", klaim, berkas=None, catatan=None, alasan_ditolak=None)
	_ganti(
		"Ahli Waris Klaim", "parent", klaim, nama=TANPA_NAMA, tanggal_lahir=None, wali=None, keterangan=None
	)
	_ganti("Akses Data Pribadi", "warga", warga, alasan=None)
	_ganti("Perpindahan Warga", "warga", warga, alasan=TANPA_ISI)
	anggota = _nama("Kepesertaan Kota", "warga", warga)
	for doctype, nama in (
		("Warga", warga),
		("Peserta", peserta),
		("Klaim", klaim),
		("Kepesertaan Kota", anggota),
	):
		_ganti(doctype, "name", nama, _comments=None, _user_tags=None)
		for catatan, (jenis, rujukan) in CATATAN.items():
			if nama:
				frappe.db.delete(catatan, {jenis: doctype, rujukan: ["in", nama]})
	anonimkan_pemberitahuan(_nama("Pemberitahuan Kecelakaan", "warga", warga))
	_hapus_berkas(berkas)


def _hapus_berkas(berkas: Sequence[str]) -> None:
	for satu in berkas:  # one by one: the paper itself has to go from the disk
		frappe.delete_doc("File", satu, ignore_permissions=True, delete_permanently=True)


def _hapus_salinan(salinan: dict[str, set[tuple[str, str]]], disebut: Sequence[str]) -> None:
	menurut_jenis = defaultdict(set)
	for satu in disebut:
		for doctype, nama in salinan.get(satu, ()):
			menurut_jenis[doctype].add(nama)
	for doctype, nama in menurut_jenis.items():
		frappe.db.delete(doctype, {"name": ["in", sorted(nama)]})


def _nama(doctype: str, kolom: str, nilai: Sequence[str]) -> list[str]:
	if not nilai:
		return []
	return frappe.get_all(doctype, filters={kolom: ["in", nilai]}, pluck="name", order_by="name", limit=0)


def _berkas(warga: Sequence[str], klaim: Sequence[str]) -> list[str]:
	return [*_lampiran("Warga", warga), *_lampiran("Klaim", klaim)]


def _lampiran(doctype: str, induk: Sequence[str]) -> list[str]:
	if not induk:
		return []
	return frappe.get_all(
		"File",
		filters={"attached_to_doctype": doctype, "attached_to_name": ["in", induk]},
		pluck="name",
		order_by="name",
		limit=0,
	)


def _ganti(doctype: str, kolom: str, nama: Sequence[str], /, **nilai: Any) -> None:
	"""Set-based, past the documents' own rules: a closed file may not change, and its area and states stay."""
	if not nama:
		return
	t = frappe.qb.DocType(doctype)
	query = frappe.qb.update(t).where(t[kolom].isin(list(nama)))
	for satu, isi in nilai.items():
		query = query.set(t[satu], isi)
	query.run()
