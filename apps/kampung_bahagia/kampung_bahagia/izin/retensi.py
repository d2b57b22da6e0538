"""Residents who had nothing to do with the programme for years lose their names; figures and decisions stay.

The period is the setting *retensi_tahun*. The right to a benefit lapses five years after the event (Government
Regulation 82/2019), so nothing is taken away before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe.query_builder.functions import Coalesce
from frappe.utils import add_years, cint, getdate, nowdate
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
	for awal in range(0, len(nama), SEKALI):
		warga = nama[awal : awal + SEKALI]
		klaim = _nama("Klaim", "warga", warga)
		hasil["klaim"] += len(klaim)
		hasil["berkas"] += len(_berkas(warga, klaim))
		if not hasil["percobaan"]:
			_anonimkan(warga, klaim)
			frappe.db.commit()
	return hasil


def batas_retensi() -> date:
	"""The day before which a last activity is too old to keep names for."""
	tahun = cint(frappe.db.get_single_value("Pengaturan Kampung Bahagia", "retensi_tahun")) or RETENSI
	return getdate(add_years(nowdate(), -max(tahun, TERPENDEK)))


def sudah_lama(batas: date) -> QueryBuilder:
	"""Query of the names of Warga with personal data and without any activity since `batas` or open claim."""
	w, d = frappe.qb.DocType("Warga"), frappe.qb.DocType("Data Pribadi")
	p, kegiatan = frappe.qb.DocType("Peserta"), frappe.qb.DocType("Kegiatan")
	klaim = frappe.qb.DocType("Klaim")
	h, m = frappe.qb.DocType("Hadirin"), frappe.qb.DocType("Musyawarah")
	bekerja = (
		frappe.qb.from_(p)
		.join(kegiatan)
		.on(kegiatan.name == p.kegiatan)
		.select(p.warga)
		.where(Coalesce(kegiatan.diselesaikan_pada, kegiatan.tanggal_selesai) >= batas)
	)
	mengklaim = (
		frappe.qb.from_(klaim)
		.select(klaim.warga)
		.where(klaim.status.notin(KLAIM_SELESAI) | (klaim.modified >= batas))
	)
	bermusyawarah = (
		frappe.qb.from_(h)
		.join(m)
		.on((m.name == h.parent) & (h.parenttype == "Musyawarah"))
		.select(h.warga)
		.where((m.tanggal >= batas) & h.warga.isnotnull())
	)
	return (
		frappe.qb.from_(w)
		.join(d)
		.on(d.name == w.name)
		.select(w.name)
		.where(w.creation < batas)
		.where(w.name.notin(bekerja) & w.name.notin(mengklaim) & w.name.notin(bermusyawarah))
		.orderby(w.name)
	)


def _anonimkan(warga: Sequence[str], klaim: Sequence[str]) -> None:
	peserta = _nama("Peserta", "warga", warga)
	berkas = _berkas(warga, klaim)
	frappe.db.delete("Data Pribadi", {"name": ["in", warga]})
	_ganti("Warga", "name", warga, nama=TANPA_NAMA, nik=None, nik_samar=None, no_kk=None, no_hp=None)
	_ganti("Peserta", "warga", warga, nama=TANPA_NAMA, nik_samar=None)
	_ganti("Peserta SK", "peserta", peserta, nama=TANPA_NAMA, nik_samar=None)
	_ganti("Hadirin", "warga", warga, nama=TANPA_NAMA)
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
		penerima=None,
		bukti_bayar=None,
		alasan=None,
	)
	_ganti("Saksi Klaim", "parent", klaim, nama=TANPA_ISI, no_hp=None, keterangan=None)
	_ganti("Dokumen Klaim", "parent", klaim, berkas=None, catatan=None)
	_ganti("Akses Data Pribadi", "warga", warga, alasan=None)
	for doctype, nama in (("Warga", warga), ("Peserta", peserta), ("Klaim", klaim)):
		for catatan, (jenis, rujukan) in CATATAN.items():
			if nama:
				frappe.db.delete(catatan, {jenis: doctype, rujukan: ["in", nama]})
	for satu in berkas:  # one by one: the paper itself has to go from the disk
		frappe.delete_doc("File", satu, ignore_permissions=True, delete_permanently=True)


def _nama(doctype: str, kolom: str, nilai: Sequence[str]) -> list[str]:
	if not nilai:
		return []
	return frappe.get_all(doctype, filters={kolom: ["in", nilai]}, pluck="name", order_by="name", limit=0)


def _berkas(warga: Sequence[str], klaim: Sequence[str]) -> list[str]:
	return [
		nama
		for doctype, induk in (("Warga", warga), ("Klaim", klaim))
		if induk
		for nama in frappe.get_all(
			"File",
			filters={"attached_to_doctype": doctype, "attached_to_name": ["in", induk]},
			pluck="name",
			order_by="name",
			limit=0,
		)
	]


def _ganti(doctype: str, kolom: str, nama: Sequence[str], /, **nilai: Any) -> None:
	"""Set-based, past the documents' own rules: a closed file may not change, and its area and states stay."""
	if not nama:
		return
	t = frappe.qb.DocType(doctype)
	query = frappe.qb.update(t).where(t[kolom].isin(list(nama)))
	for satu, isi in nilai.items():
		query = query.set(t[satu], isi)
	query.run()
