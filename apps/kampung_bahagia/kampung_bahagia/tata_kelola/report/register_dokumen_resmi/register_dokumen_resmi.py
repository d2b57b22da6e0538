"""Every signed document by issuer and number, whether it is still valid, and how often it was verified."""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count

from kampung_bahagia.tata_kelola.laporan import di_wilayah, kolom_laporan, masa, pada_masa, terlihat

STATUS = ("Berlaku", "Diganti", "Dicabut")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per document with the totals last, a message when there is none, and the chart."""
	data = get_data(frappe._dict(filters or {}))
	if not data:
		return get_columns(), [], _("Belum ada dokumen resmi pada masa dan wilayah ini."), None
	return get_columns(), [*data, get_total(data)], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("dokumen", _("Dokumen"), "Link", 150, "Dokumen Resmi"),
		("nomor", _("Nomor"), "Data", 270),
		("tanggal", _("Tanggal"), "Date", 110),
		("jenis", _("Jenis"), "Data", 160),
		("perihal", _("Tentang"), "Data", 280),
		("penerbit", _("Penerbit"), "Data", 230),
		("cara", _("Tanda Tangan"), "Data", 120),
		("status", _("Status"), "Data", 100),
		("pengganti", _("Diganti oleh Nomor"), "Data", 270),
		("diperiksa", _("Kali Diperiksa"), "Int", 120),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	if filters.status and filters.status not in STATUS:
		frappe.throw(_("Pilih status: {0}.").format(", ".join(STATUS)))
	d, log = DocType("Dokumen Resmi"), DocType("Pemindaian Dokumen")
	baru = d.as_("baru")
	dilihat = (
		frappe.qb.from_(log)
		.join(d)
		.on(d.name == log.dokumen_resmi)
		.where(terlihat("Dokumen Resmi"))
		.where(di_wilayah("Dokumen Resmi", filters))
		.select(log.dokumen_resmi, Count("*").as_("kali"))
		.groupby(log.dokumen_resmi)
		.as_("dilihat")
	)
	query = (
		frappe.qb.from_(d)
		.left_join(baru)
		.on(baru.name == d.diganti_oleh)
		.left_join(dilihat)
		.on(dilihat.dokumen_resmi == d.name)
		.select(
			d.name.as_("dokumen"),
			d.nomor,
			d.tanggal,
			d.jenis,
			d.perihal,
			d.penerbit,
			d.cara,
			d.status,
			baru.nomor.as_("pengganti"),
			Coalesce(dilihat.kali, 0).as_("diperiksa"),
		)
		.where(terlihat("Dokumen Resmi"))
		.where(di_wilayah("Dokumen Resmi", filters))
		.where(pada_masa(d.tanggal, masa(filters)))
		.orderby(d.rt)
		.orderby(d.tanggal)
		.orderby(d.name)
	)
	if filters.status:
		query = query.where(d.status == filters.status)
	return query.run(as_dict=True)


def get_total(data: list[dict]) -> dict:
	return {
		"nomor": _("Jumlah: {0} dokumen").format(len(data)),
		"diperiksa": sum(b["diperiksa"] for b in data),
		"bold": 1,
	}


def get_chart(data: list[dict]) -> dict:
	"""Documents by month, of each status."""
	hitung = Counter((f"{b['tanggal']:%Y-%m}", b["status"]) for b in data)
	bulan = sorted({b for b, _s in hitung})
	return {
		"data": {
			"labels": bulan,
			"datasets": [{"name": _(s), "values": [hitung[b, s] for b in bulan]} for s in STATUS],
		},
		"type": "bar",
		"colors": ["#2f855a", "#a0aec0", "#c53030"],
		"barOptions": {"stacked": 1},
	}
