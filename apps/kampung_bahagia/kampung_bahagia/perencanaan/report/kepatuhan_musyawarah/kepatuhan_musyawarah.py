"""Whether each RT holds its musyawarah, with quorum and with its papers, and how soon the lurah makes it legitimate.

Every RT of the reader's area has its row, those without a musyawarah too. Counted are meetings invited for the
chosen days that were not called off. Held (terlaksana) is one whose hour has come and that was not postponed. The
days to legitimise run from the meeting to the step in Jejak Keputusan by which it became Disahkan.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, now_datetime

from kampung_bahagia.tata_kelola.laporan import (
	Selisih,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	terlihat,
)

DIJUMLAHKAN = (
	"musyawarah",
	"terlaksana",
	"kuorum",
	"disahkan",
	"ditunda",
	"tanpa_berita_acara",
	"hari",
	"dihitung",
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per RT with the totals last, a message when there is none, and the chart."""
	data = get_data(frappe._dict(filters or {}))
	if not data:
		return get_columns(), [], _("Tidak ada RT pada wilayah ini."), None
	jumlah = _lengkapi({"rt": _("Jumlah"), **jumlahkan(data, DIJUMLAHKAN)})
	return get_columns(), [*data, jumlah], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("rt", _("RT"), "Data", 220),
		("musyawarah", _("Musyawarah"), "Int", 110),
		("terlaksana", _("Terlaksana"), "Int", 110),
		("kuorum", _("Kuorum Tercapai"), "Int", 140),
		("disahkan", _("Disahkan"), "Int", 100),
		("persen", _("Disahkan (%)"), "Percent", 120),
		("rata_hari", _("Hari sampai Disahkan"), "Float", 170),
		("ditunda", _("Ditunda"), "Int", 90),
		("tanpa_berita_acara", _("Tanpa Berita Acara"), "Int", 160),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	hari = masa(filters)
	m, jejak, rt = DocType("Musyawarah"), DocType("Jejak Keputusan"), DocType("RT")
	terlaksana = (m.status != "Ditunda") & (m.tanggal <= now_datetime())
	rapat = (
		frappe.qb.from_(m)
		.left_join(jejak)
		.on(
			(jejak.rujukan_nama == m.name)
			& (jejak.rujukan_doctype == "Musyawarah")
			& (jejak.ke == "Disahkan")
			& (m.status == "Disahkan")
		)
		.select(
			m.rt,
			Count(m.name).as_("musyawarah"),
			Sum(bila(terlaksana)).as_("terlaksana"),
			Sum(bila(terlaksana & (m.kuorum_tercapai == 1))).as_("kuorum"),
			Sum(bila(m.status == "Disahkan")).as_("disahkan"),
			Sum(bila(m.status == "Ditunda")).as_("ditunda"),
			Sum(bila(terlaksana & (Coalesce(m.berita_acara, "") == ""))).as_("tanpa_berita_acara"),
			Sum(Selisih(jejak.waktu, m.tanggal)).as_("hari"),
			Count(jejak.name).as_("dihitung"),
		)
		.where(terlihat("Musyawarah"))
		.where(di_wilayah("Musyawarah", filters))
		.where(pada_masa(m.tanggal, hari))
		.where(m.status == filters.status if filters.status else m.status != "Dibatalkan")
		.groupby(m.rt)
	)
	if filters.jenis:
		rapat = rapat.where(m.jenis == filters.jenis)
	rapat = rapat.as_("rapat")
	query = (
		frappe.qb.from_(rt)
		.left_join(rapat)
		.on(rapat.rt == rt.name)
		.select(rt.judul.as_("rt"), *(rapat[f] for f in DIJUMLAHKAN))
		.where(terlihat("RT"))
		.where(di_wilayah("RT", filters))
		.orderby(rt.name)
	)
	if hari:  # an RT that was divided or joined has no row outside its time
		query = query.where(rt.berlaku_mulai <= hari[1])
		query = query.where(rt.berlaku_sampai.isnull() | (rt.berlaku_sampai >= hari[0]))
	return [_lengkapi(baris) for baris in query.run(as_dict=True)]


def _lengkapi(baris: dict) -> dict:
	for f in DIJUMLAHKAN:
		baris[f] = cint(baris[f])
	baris["persen"] = 100 * baris["disahkan"] / baris["terlaksana"] if baris["terlaksana"] else 0
	baris["rata_hari"] = baris["hari"] / baris["dihitung"] if baris["dihitung"] else None
	return baris


def get_chart(data: list[dict]) -> dict:
	"""RT by how far their best meeting came."""
	sah = sum(1 for b in data if b["disahkan"])
	belum = sum(1 for b in data if b["musyawarah"] and not b["disahkan"])
	return {
		"data": {
			"labels": [_("Sudah Disahkan"), _("Belum Disahkan"), _("Tanpa Musyawarah")],
			"datasets": [{"name": _("RT"), "values": [sah, belum, len(data) - sah - belum]}],
		},
		"type": "bar",
		"colors": ["#2f855a"],
	}
