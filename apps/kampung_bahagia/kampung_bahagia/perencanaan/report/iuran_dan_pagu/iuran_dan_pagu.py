"""What the RT of an area may spend in a budget year, have spent and plan, and the premium that comes with it.

The ceiling is each RT's by its number of households, from the Ketentuan Pagu in force on the last day of the year, or
today while the year goes on. Spent, planned and left are counted as `perencanaan.pagu` does when it decides. The
premium is that of the same kegiatan: estimated from the base, and billed by BPJS.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, flt, getdate, nowdate

from kampung_bahagia.perencanaan.pagu import DIHENTIKAN, DIRENCANAKAN, TERPAKAI
from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	TINGKAT,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	terlihat,
	tingkat,
)
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku

UANG = ("pagu", "terpakai", "direncanakan", "dasar_iuran", "perkiraan_iuran", "tagihan")
KEGIATAN = (*UANG[1:], "kegiatan")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per area with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	filters.tingkat = tingkat(filters)
	filters.tahun = cint(filters.tahun) or getdate(nowdate()).year
	data = get_data(filters)
	if not data:
		return get_columns(filters.tingkat), [], _("Tidak ada RT pada wilayah ini."), None
	jumlah = _lengkapi({"wilayah": _("Jumlah"), **jumlahkan(data, (*UANG, "rt", "tanpa_pagu", "kegiatan"))})
	return (
		get_columns(filters.tingkat),
		[*data, jumlah],
		_pesan(filters.tahun, jumlah["tanpa_pagu"]),
		get_chart(data),
	)


def get_columns(tingkat: str) -> list[dict]:
	return kolom_laporan(
		("wilayah", _(tingkat), "Data", 220),
		("rt", _("RT"), "Int", 70),
		("kegiatan", _("Kegiatan"), "Int", 90),
		("pagu", _("Pagu"), "Currency", 160),
		("terpakai", _("Terpakai"), "Currency", 160),
		("direncanakan", _("Direncanakan"), "Currency", 160),
		("sisa", _("Sisa Pagu"), "Currency", 160),
		("persen", _("Terserap (%)"), "Percent", 110),
		("dasar_iuran", _("Dasar Iuran"), "Currency", 160),
		("perkiraan_iuran", _("Perkiraan Iuran"), "Currency", 140),
		("tagihan", _("Tagihan BPJS"), "Currency", 140),
	)


def hari_pagu(tahun: int) -> date:
	"""The day whose Ketentuan Pagu counts for a year: today, or the day of that year next to it."""
	return min(max(getdate(nowdate()), date(tahun, 1, 1)), date(tahun, 12, 31))


def get_data(filters: frappe._dict) -> list[dict]:
	kolom, judul = TINGKAT[filters.tingkat]
	k, daftar, rt, lapis = (DocType(d) for d in ("Kegiatan", "Pendaftaran BPJS", "RT", "Lapis Pagu"))
	dana = k.nilai_kegiatan - k.swadaya
	# stopped before its start, a kegiatan has spent nothing
	terpakai = k.status.isin(TERPAKAI) | ((k.status == DIHENTIKAN) & k.dimulai_pada.isnotnull())
	direncanakan = k.status.isin(DIRENCANAKAN)
	kegiatan = (
		frappe.qb.from_(k)
		.left_join(daftar)
		.on(terlihat("Pendaftaran BPJS") & (daftar.name == k.pendaftaran))
		.select(
			k.rt,
			Count(k.name).as_("kegiatan"),
			Sum(bila(terpakai, dana)).as_("terpakai"),
			Sum(bila(direncanakan, dana)).as_("direncanakan"),
			Sum(k.dasar_iuran).as_("dasar_iuran"),
			Sum(k.perkiraan_iuran).as_("perkiraan_iuran"),
			Sum(daftar.tagihan).as_("tagihan"),
		)
		.where(terlihat("Kegiatan"))
		.where(di_wilayah("Kegiatan", filters))
		.where((k.tahun_anggaran == filters.tahun) & (terpakai | direncanakan))
		.groupby(k.rt)
		.as_("kegiatan")
	)
	query = (
		frappe.qb.from_(rt)
		.left_join(kegiatan)
		.on(kegiatan.rt == rt.name)
		.left_join(lapis)
		.on(
			(lapis.parent == yang_berlaku("Ketentuan Pagu", hari_pagu(filters.tahun)))
			& (rt.jumlah_kk > 0)
			& (lapis.kk_dari <= rt.jumlah_kk)
			& ((Coalesce(lapis.kk_sampai, 0) == 0) | (lapis.kk_sampai >= rt.jumlah_kk))
		)
		.select(
			Count(rt.name).as_("rt"),
			Sum(lapis.pagu).as_("pagu"),
			Sum(bila(lapis.name.isnull())).as_("tanpa_pagu"),
			*(Sum(kegiatan[f]).as_(f) for f in KEGIATAN),
		)
		.where(terlihat("RT"))
		.where(di_wilayah("RT", filters))
		.where(rt.berlaku_mulai <= date(filters.tahun, 12, 31))
		.where(rt.berlaku_sampai.isnull() | (rt.berlaku_sampai >= date(filters.tahun, 1, 1)))
	)
	if kolom == "rt":
		query = query.select(rt.judul.as_("wilayah")).groupby(rt.name, rt.judul).orderby(rt.name)
	else:
		wilayah = DocType(filters.tingkat)
		query = (
			query.join(wilayah)
			.on(wilayah.name == rt[kolom])
			.select(wilayah[judul].as_("wilayah"))
			.groupby(rt[kolom], wilayah[judul])
			.orderby(rt[kolom])
		)
	return [_lengkapi(baris) for baris in query.run(as_dict=True)]


def _lengkapi(baris: dict) -> dict:
	for f in ("rt", "tanpa_pagu", "kegiatan"):
		baris[f] = cint(baris[f])
	for f in UANG:
		baris[f] = flt(baris[f])
	baris["sisa"] = baris["pagu"] - baris["terpakai"] - baris["direncanakan"]
	baris["persen"] = 100 * baris["terpakai"] / baris["pagu"] if baris["pagu"] else 0
	return baris


def _pesan(tahun: int, tanpa_pagu: int) -> str | None:
	if not tanpa_pagu:
		return None
	return _("{0} RT belum mempunyai pagu {1}: Jumlah KK atau Ketentuan Pagu belum diisi.").format(
		tanpa_pagu, tahun
	)


def get_chart(data: list[dict]) -> dict:
	"""Spent, planned and left in the areas that have used the largest part of their ceiling."""
	terpilih = sorted(
		data, key=lambda b: -(b["terpakai"] + b["direncanakan"]) / b["pagu"] if b["pagu"] else 0
	)[:BARIS_PADA_GRAFIK]
	return {
		"data": {
			"labels": [b["wilayah"] for b in terpilih],
			"datasets": [
				{"name": _("Terpakai"), "values": [b["terpakai"] for b in terpilih]},
				{"name": _("Direncanakan"), "values": [b["direncanakan"] for b in terpilih]},
				{"name": _("Sisa"), "values": [max(b["sisa"], 0) for b in terpilih]},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"fieldtype": "Currency",
		"colors": ["#2f855a", "#d69e2e", "#cbd5e0"],
	}
