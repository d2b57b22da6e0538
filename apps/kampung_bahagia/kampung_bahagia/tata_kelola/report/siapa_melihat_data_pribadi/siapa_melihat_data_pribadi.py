"""Who saw whose personal data, for the notice after a breach (UU 27/2022 article 46: within 72 hours).

Two sources: *Akses Data Pribadi* (masks opened, forms shown with personal data) and the framework's *Access Log*
(documents printed, files downloaded, lists exported). An export or an imported table names no person: it is
listed, with its filters, for whoever asks about one, since it may have held their data.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import add_days, getdate

from kampung_bahagia.izin.data_pribadi import melihat_akses

BATAS = 10_000
# DocTypes whose prints, attachments and exports hold personal data
BERBANYAK_ORANG = ("Impor Penugasan", "Impor Warga")
BERDATA_PRIBADI = ("Warga", "Klaim", "Pemberitahuan Kecelakaan", *BERBANYAK_ORANG)
WILAYAH = ("rt", "kelurahan", "kecamatan")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	if not melihat_akses(frappe.session.user):
		frappe.throw(
			_("Laporan ini hanya untuk pejabat dengan wilayah seluruh kota."), frappe.PermissionError
		)
	filters = frappe._dict(filters or {})
	if not filters.dari or not filters.sampai:
		frappe.throw(_("Isi Dari Tanggal dan Sampai Tanggal."))
	akses, terbitan = _akses(filters), _terbitan(filters)
	pesan = (
		_("Hanya {0} baris terbaru yang ditampilkan. Persempit tanggal atau wilayah.").format(BATAS)
		if BATAS in (len(akses), len(terbitan))
		else None
	)
	return get_columns(), sorted([*akses, *terbitan], key=lambda b: b["waktu"], reverse=True), pesan


def get_columns() -> list[dict]:
	return [
		{"fieldname": "waktu", "label": _("Waktu"), "fieldtype": "Datetime", "width": 160},
		{
			"fieldname": "pengguna",
			"label": _("Pengguna"),
			"fieldtype": "Link",
			"options": "User",
			"width": 200,
		},
		{"fieldname": "jabatan", "label": _("Jabatan"), "fieldtype": "Data", "width": 120},
		{"fieldname": "jenis", "label": _("Cara"), "fieldtype": "Data", "width": 150},
		{"fieldname": "kolom", "label": _("Data"), "fieldtype": "Data", "width": 180},
		{"fieldname": "nama", "label": _("Warga"), "fieldtype": "Data", "width": 160},
		{"fieldname": "warga", "label": _("Pengenal Warga"), "fieldtype": "Data", "width": 110},
		{"fieldname": "rujukan_doctype", "label": _("Jenis Dokumen"), "fieldtype": "Data", "width": 110},
		{"fieldname": "rujukan_nama", "label": _("Dokumen"), "fieldtype": "Data", "width": 140},
		{"fieldname": "alasan", "label": _("Alasan"), "fieldtype": "Data", "width": 240},
		{"fieldname": "alamat_ip", "label": _("Alamat IP"), "fieldtype": "Data", "width": 120},
		{"fieldname": "rt", "label": _("RT"), "fieldtype": "Link", "options": "RT", "width": 180},
	]


def _rentang(filters: frappe._dict) -> tuple[datetime, datetime]:
	"""From the first moment of the first day to the first one after the last."""

	def awal(hari: date) -> datetime:
		return datetime.combine(hari, time())

	return awal(getdate(filters.dari)), awal(getdate(add_days(filters.sampai, 1)))


def _akses(filters: frappe._dict) -> list[dict[str, Any]]:
	a, w = DocType("Akses Data Pribadi"), DocType("Warga")
	mulai, akhir = _rentang(filters)
	query = (
		frappe.qb.from_(a)
		.left_join(w)
		.on(w.name == a.warga)
		.select(
			a.waktu,
			a.pengguna,
			a.jabatan,
			a.jenis,
			a.kolom,
			w.nama,
			a.warga,
			a.rujukan_doctype,
			a.rujukan_nama,
			a.alasan,
			a.alamat_ip,
			a.rt,
		)
		.where((a.waktu >= mulai) & (a.waktu < akhir))
		.orderby(a.waktu, order=frappe.qb.desc)
		.limit(BATAS)
	)
	for kolom in ("pengguna", "warga", *WILAYAH):
		if filters.get(kolom):
			query = query.where(a[kolom] == filters[kolom])
	return query.run(as_dict=True)


def _terbitan(filters: frappe._dict) -> list[dict[str, Any]]:
	"""Prints and downloads of documents and files with personal data, and exports of their lists."""
	log, file = DocType("Access Log"), DocType("File")
	klaim, warga, kabar = DocType("Klaim"), DocType("Warga"), DocType("Pemberitahuan Kecelakaan")
	mulai, akhir = _rentang(filters)
	jenis = Coalesce(file.attached_to_doctype, log.export_from)
	dokumen = Coalesce(file.attached_to_name, log.reference_document)
	banyak_orang = dokumen.isnull() | jenis.isin(BERBANYAK_ORANG)
	query = (
		frappe.qb.from_(log)
		.left_join(file)
		.on((log.export_from == "File") & (file.name == log.reference_document))
		.left_join(klaim)
		.on((jenis == "Klaim") & (klaim.name == dokumen))
		.left_join(kabar)
		.on((jenis == "Pemberitahuan Kecelakaan") & (kabar.name == dokumen))
		.left_join(warga)
		.on(warga.name == Coalesce(klaim.warga, kabar.warga, dokumen))
		.select(
			log.creation.as_("waktu"),
			log.user.as_("pengguna"),
			log.method,
			log.file_type,
			log.filters.as_("saringan"),
			jenis.as_("rujukan_doctype"),
			dokumen.as_("rujukan_nama"),
			warga.name.as_("warga"),
			warga.nama,
			warga.rt,
		)
		.where((log.creation >= mulai) & (log.creation < akhir) & jenis.isin(BERDATA_PRIBADI))
		.orderby(log.creation, order=frappe.qb.desc)
		.limit(BATAS)
	)
	if filters.pengguna:
		query = query.where(log.user == filters.pengguna)
	if filters.warga:
		query = query.where((warga.name == filters.warga) | banyak_orang)
	for kolom in WILAYAH:
		if filters.get(kolom):
			query = query.where((warga[kolom] == filters[kolom]) | banyak_orang)
	return [_sebagai_baris(b) for b in query.run(as_dict=True)]


def _sebagai_baris(b: frappe._dict) -> dict[str, Any]:
	if not b.rujukan_nama:
		b.jenis, b.kolom, b.alasan = _("Ekspor daftar"), _("Kolom yang diekspor"), b.saringan
	elif b.method:
		b.jenis, b.kolom = _("Cetak"), _("Isi dokumen")
	else:
		b.jenis, b.kolom = _("Unduh lampiran"), b.file_type
	return b
