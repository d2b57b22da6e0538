"""The city's other protected groups in a year: people, months, contribution and budget, per group or area.

A budget is a group's, of the whole city: it stands beside groups only, for whoever may see budgets, and not under a
filter by area.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from frappe.utils import cint, flt, getdate, nowdate
from pypika.queries import QueryBuilder

from kampung_bahagia.izin.cakupan import SEMUA, kriteria
from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	TINGKAT,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	semua,
	terlihat,
	tingkat,
)

KELOMPOK = "Kelompok"
KEPESERTAAN, RINCIAN = "Kepesertaan Kota", "Rincian Iuran Kota"
ANGGARAN = "Anggaran Kepesertaan Kota"
ORANG, UANG = ("peserta", "akan_habis", "orang_bulan"), ("iuran", "dibayar")
PAGU = ("pagu", "sisa")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per group or area with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	filters.tahun = cint(filters.tahun) or getdate(nowdate()).year
	filters.tingkat = filters.tingkat or KELOMPOK
	if filters.tingkat != KELOMPOK:
		filters.tingkat = tingkat(filters)
	berpagu = _berpagu(filters)
	data = get_data(filters, berpagu)
	kolom = get_columns(filters.tingkat, berpagu)
	if not data:
		return kolom, [], _("Belum ada kepesertaan kota di wilayah ini."), None
	jumlah = jumlahkan(data, (*ORANG, *UANG, *(PAGU if berpagu else ()))) | {"wilayah": _("Jumlah")}
	return kolom, [*data, jumlah], None, get_chart(data, berpagu)


def _berpagu(filters: frappe._dict) -> bool:
	"""Whether budgets stand beside the rows."""
	sewilayah = filters.kecamatan or filters.kelurahan or filters.rt
	return (
		filters.tingkat == KELOMPOK
		and not sewilayah
		and kriteria(ANGGARAN, frappe.session.user, "report") == SEMUA
	)


def get_columns(tingkat: str, berpagu: bool) -> list[dict]:
	return kolom_laporan(
		("wilayah", _(tingkat), "Data", 200),
		("peserta", _("Peserta Hari Ini"), "Int", 130),
		("akan_habis", _("Akan Habis"), "Int", 110),
		("orang_bulan", _("Orang-Bulan Ditagih"), "Int", 150),
		("iuran", _("Iuran Ditagih"), "Currency", 150),
		("dibayar", _("Dibayar"), "Currency", 150),
		*(
			(("pagu", _("Pagu"), "Currency", 150), ("sisa", _("Sisa Pagu"), "Currency", 150))
			if berpagu
			else ()
		),
	)


def get_data(filters: frappe._dict, berpagu: bool) -> list[dict]:
	baris: dict[str, dict] = {}
	for hitungan in (_peserta(filters), _iuran(filters), _pagu(filters) if berpagu else ()):
		for satu in hitungan:
			kunci = satu.pop("kunci")
			baris.setdefault(kunci, dict.fromkeys((*ORANG, *UANG, *PAGU), 0)).update(satu)
	judul = _judul(filters.tingkat, baris)
	return [_rapi(judul[kunci], baris[kunci], berpagu) for kunci in sorted(baris, key=str.casefold)]


def _kolom(filters: frappe._dict) -> str:
	return "kelompok" if filters.tingkat == KELOMPOK else TINGKAT[filters.tingkat][0]


def _disaring(query: QueryBuilder, doctype: str, tabel, filters: frappe._dict) -> list[dict]:
	kunci = tabel[_kolom(filters)]
	query = query.where(semua(kunci.isnotnull(), terlihat(doctype), di_wilayah(doctype, filters)))
	if filters.kelompok:
		query = query.where(tabel.kelompok == filters.kelompok)
	return query.select(kunci.as_("kunci")).groupby(kunci).orderby(kunci).run(as_dict=True)


def _peserta(filters: frappe._dict) -> list[dict]:
	k, hari = DocType(KEPESERTAAN), nowdate()
	return _disaring(
		frappe.qb.from_(k)
		.select(Count("*").as_("peserta"), Sum(bila(k.status == "Akan Habis")).as_("akan_habis"))
		.where((k.mulai <= hari) & (k.sampai.isnull() | (k.sampai >= hari))),
		KEPESERTAAN,
		k,
		filters,
	)


def _iuran(filters: frappe._dict) -> list[dict]:
	r = DocType(RINCIAN)
	return _disaring(
		frappe.qb.from_(r)
		.select(
			Count("*").as_("orang_bulan"),
			Sum(r.jumlah).as_("iuran"),
			Sum(bila(r.lunas == 1, r.jumlah)).as_("dibayar"),
		)
		.where(pada_masa(r.bulan, masa(filters))),
		RINCIAN,
		r,
		filters,
	)


def _pagu(filters: frappe._dict) -> list[dict]:
	saring = {"tahun": filters.tahun} | ({"kelompok": filters.kelompok} if filters.kelompok else {})
	return frappe.get_all(ANGGARAN, saring, ["kelompok as kunci", "pagu"], order_by="kelompok", limit=0)


def _judul(tingkat: str, kunci) -> dict[str, str]:
	if tingkat == KELOMPOK or not kunci:
		return {k: k for k in kunci}
	return dict(
		frappe.get_all(
			tingkat,
			{"name": ["in", sorted(kunci)]},
			["name", TINGKAT[tingkat][1]],
			as_list=True,
			order_by="name",
			limit=0,
		)
	)


def _rapi(judul: str, b: dict, berpagu: bool) -> dict:
	angka = {f: cint(b[f]) for f in ORANG} | {f: flt(b[f]) for f in UANG}
	if berpagu:
		angka |= {"pagu": flt(b["pagu"]), "sisa": flt(b["pagu"]) - flt(b["dibayar"])}
	return {"wilayah": judul, **angka}


def get_chart(data: list[dict], berpagu: bool) -> dict:
	"""Budget, billed and paid of the rows with the largest contribution."""
	terpilih = sorted(data, key=lambda b: -b["iuran"])[:BARIS_PADA_GRAFIK]
	seri = (*((("pagu", _("Pagu")),) if berpagu else ()), ("iuran", _("Ditagih")), ("dibayar", _("Dibayar")))
	return {
		"data": {
			"labels": [b["wilayah"] for b in terpilih],
			"datasets": [{"name": nama, "values": [b[f] for b in terpilih]} for f, nama in seri],
		},
		"type": "bar",
		"fieldtype": "Currency",
		"colors": [*(["#a0aec0"] if berpagu else []), "#d69e2e", "#2f855a"],
	}
