"""How far the people of the programme's activities are protected, per kecamatan, kelurahan or RT.

Counted are the kegiatan that DPMPPA approved, whatever became of them since; a filter on the status counts
those in that state instead, drafts included. The year is that of the planned start. A peserta is protected
(terlindungi) when BPJS certified the registration that names them, also after the cover has ended.

*Hari tak terlindungi* are days on which work was going on outside paid cover, added up over the kegiatan.
Work goes on from the day of Mulai to the day on which it was completed or stopped (to today while it goes on),
both included. A day is covered when it lies in the period of a certified registration
and not before the day on which the premium was paid. Days are days in the site's time zone, WIB.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, flt, nowdate
from pypika.terms import Term

from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	TINGKAT,
	Selisih,
	Tanggal,
	Terbesar,
	Terkecil,
	bila,
	di_wilayah,
	kolom_laporan,
	masa,
	pada_masa,
	terlihat,
	tingkat,
)

PESERTA_TERLINDUNGI = ("Terlindungi", "Berakhir")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	filters = frappe._dict(filters or {})
	filters.tingkat = tingkat(filters)
	data = get_data(filters)
	return get_columns(filters.tingkat), [*data, *get_total(data)], None, get_chart(data)


def get_columns(tingkat: str) -> list[dict]:
	return kolom_laporan(
		("wilayah", _(tingkat), "Data", 220),
		("rt", _("RT dengan Kegiatan"), "Int", 160),
		("kegiatan", _("Kegiatan"), "Int", 100),
		("nilai", _("Nilai Kegiatan"), "Currency", 160),
		("peserta", _("Peserta"), "Int", 100),
		("terlindungi", _("Peserta Terlindungi"), "Int", 160),
		("persen", _("Terlindungi (%)"), "Percent", 130),
		("hari", _("Hari Tak Terlindungi"), "Int", 170),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	"""One row per area with kegiatan, of what the reader may see, in one query."""
	kolom, judul = TINGKAT[filters.tingkat]
	k, daftar, wilayah = DocType("Kegiatan"), DocType("Pendaftaran BPJS"), DocType(filters.tingkat)
	p = DocType("Peserta")
	orang = (
		frappe.qb.from_(p)
		.select(
			p.kegiatan,
			Count("*").as_("peserta"),
			Sum(bila(p.status.isin(PESERTA_TERLINDUNGI))).as_("terlindungi"),
		)
		.where(terlihat("Peserta"))
		.groupby(p.kegiatan)
		.as_("orang")
	)
	query = (
		frappe.qb.from_(k)
		.join(wilayah)
		.on(wilayah.name == k[kolom])
		.left_join(daftar)
		.on((daftar.name == k.pendaftaran) & (daftar.status == "Bersertifikat"))
		.left_join(orang)
		.on(orang.kegiatan == k.name)
		.select(
			wilayah[judul].as_("wilayah"),
			Count(k.rt).distinct().as_("rt"),
			Count(k.name).as_("kegiatan"),
			Sum(k.nilai_kegiatan).as_("nilai"),
			Coalesce(Sum(orang.peserta), 0).as_("peserta"),
			Coalesce(Sum(orang.terlindungi), 0).as_("terlindungi"),
			Sum(hari_berjalan(k) - hari_tertutup(k, daftar)).as_("hari"),
		)
		.where(terlihat("Kegiatan"))
		.where(di_wilayah("Kegiatan", filters))
		.where(pada_masa(k.tanggal_mulai, masa(filters)))
		.where(k.status == filters.status if filters.status else k.docstatus == 1)
		.groupby(k[kolom], wilayah[judul])
		.orderby(k[kolom])
	)
	return [_lengkapi(baris) for baris in query.run(as_dict=True)]


def hari_terakhir(k) -> Term:
	return Coalesce(Tanggal(k.diselesaikan_pada), nowdate())


def hari_berjalan(k) -> Term:
	"""Days of work, zero before Mulai."""
	return Coalesce(Selisih(hari_terakhir(k), Tanggal(k.dimulai_pada)) + 1, 0)


def hari_tertutup(k, daftar) -> Term:
	"""Days of work inside paid cover. Any date that lacks makes the difference NULL: nothing is covered."""
	awal = Terbesar(Tanggal(k.dimulai_pada), Terbesar(daftar.berlaku_mulai, Tanggal(daftar.dibayar_pada)))
	akhir = Terkecil(hari_terakhir(k), daftar.berlaku_sampai)
	return Coalesce(Terbesar(Selisih(akhir, awal) + 1, 0), 0)


def _lengkapi(baris: dict) -> dict:
	baris.update({f: cint(baris[f]) for f in ("rt", "kegiatan", "peserta", "terlindungi", "hari")})
	baris["nilai"] = flt(baris["nilai"])
	baris["persen"] = 100 * baris["terlindungi"] / baris["peserta"] if baris["peserta"] else 0
	return baris


def get_total(data: list[dict]) -> list[dict]:
	"""The framework's own total row takes the mean of percentages; this one weighs them by people."""
	if not data:
		return []
	jumlah = {
		f: sum(b[f] for b in data) for f in ("rt", "kegiatan", "nilai", "peserta", "terlindungi", "hari")
	}
	return [_lengkapi({"wilayah": _("Jumlah"), "bold": 1, **jumlah})]


def get_chart(data: list[dict]) -> dict | None:
	"""Protected and unprotected people in the areas with the lowest coverage."""
	terpilih = sorted((b for b in data if b["peserta"]), key=lambda b: b["persen"])[:BARIS_PADA_GRAFIK]
	if not terpilih:
		return None
	return {
		"data": {
			"labels": [b["wilayah"] for b in terpilih],
			"datasets": [
				{"name": _("Terlindungi"), "values": [b["terlindungi"] for b in terpilih]},
				{
					"name": _("Belum Terlindungi"),
					"values": [b["peserta"] - b["terlindungi"] for b in terpilih],
				},
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#2f855a", "#c53030"],
	}
