"""The premium of registrations that went to BPJS: computed, billed, paid and open, per area or month.

A registration counts in the month in which it was first sent, in the site's time zone, WIB; one that was called off
does not count. Paid and open hold what addenda changed and what of it was settled.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, flt
from pypika import CustomFunction

from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.tata_kelola.laporan import (
	TINGKAT,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	semua,
	terbanyak,
	terlihat,
	tingkat,
)

BULAN = "Bulan"
UANG = ("dasar_iuran", "jkk", "jkm", "iuran", "tagihan", "dibayar", "belum")
Tahun, NomorBulan = CustomFunction("YEAR", ["waktu"]), CustomFunction("MONTH", ["waktu"])


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per area or month with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	if filters.tingkat != BULAN:
		filters.tingkat = tingkat(filters)
	data = get_data(filters)
	if not data:
		return get_columns(filters.tingkat), [], _("Belum ada pendaftaran yang dikirim ke BPJS."), None
	jumlah = jumlahkan(data, ("pendaftaran", *UANG)) | {"wilayah": _("Jumlah")}
	return get_columns(filters.tingkat), [*data, jumlah], None, get_chart(data)


def get_columns(tingkat: str) -> list[dict]:
	return kolom_laporan(
		("wilayah", _(tingkat), "Data", 220),
		("pendaftaran", _("Pendaftaran"), "Int", 110),
		("dasar_iuran", _("Dasar Iuran"), "Currency", 160),
		("jkk", _("Iuran JKK"), "Currency", 130),
		("jkm", _("Iuran JKM"), "Currency", 130),
		("iuran", _("Jumlah Iuran"), "Currency", 140),
		("tagihan", _("Tagihan BPJS"), "Currency", 140),
		("dibayar", _("Dibayar"), "Currency", 140),
		("belum", _("Belum Dibayar"), "Currency", 140),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	d, k = DocType("Pendaftaran BPJS"), DocType("Kegiatan")
	query = (
		frappe.qb.from_(d)
		.join(k)
		.on(k.name == d.kegiatan)
		.select(
			Count(d.name).as_("pendaftaran"),
			*(Sum(d[f]).as_(f) for f in UANG[:5]),
			Sum(d.terbayar + Coalesce(d.tambahan_dibayar, 0)).as_("dibayar"),
			Sum(d.sisa_tagihan + k.tambahan_iuran).as_("belum"),
		)
		.where(
			semua(
				terlihat("Pendaftaran BPJS"),
				di_wilayah("Pendaftaran BPJS", filters),
				pada_masa(d.dikirim_pada, masa(filters)),
			)
		)
		.where(d.dikirim_pada.isnotnull() & (d.status != "Dibatalkan"))
	)
	if filters.tingkat == BULAN:
		tahun, bulan = Tahun(d.dikirim_pada), NomorBulan(d.dikirim_pada)
		query = (
			query.select(tahun.as_("tahun"), bulan.as_("bulan")).groupby(tahun, bulan).orderby(tahun, bulan)
		)
	else:
		kolom, judul = TINGKAT[filters.tingkat]
		wilayah = DocType(filters.tingkat)
		query = (
			query.join(wilayah)
			.on(wilayah.name == d[kolom])
			.select(wilayah[judul].as_("wilayah"))
			.groupby(d[kolom], wilayah[judul])
			.orderby(d[kolom])
		)
	return [_lengkapi(baris) for baris in query.run(as_dict=True)]


def _lengkapi(baris: dict) -> dict:
	angka = {f: flt(baris[f]) for f in UANG} | {"pendaftaran": cint(baris["pendaftaran"])}
	if "bulan" in baris:  # the words of a date without its day
		baris["wilayah"] = tanggal_indonesia(date(baris["tahun"], baris["bulan"], 1)).partition(" ")[2]
	return {"wilayah": baris["wilayah"], **angka}


def get_chart(data: list[dict]) -> dict:
	"""Paid and open in the areas with the largest premium; months as they come."""
	terpilih = terbanyak(data, "iuran")
	return {
		"data": {
			"labels": [b["wilayah"] for b in terpilih],
			"datasets": [
				{"name": _("Dibayar"), "values": [b["dibayar"] for b in terpilih]},
				{"name": _("Belum Dibayar"), "values": [max(b["belum"], 0) for b in terpilih]},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"fieldtype": "Currency",
		"colors": ["#2f855a", "#d69e2e"],
	}
