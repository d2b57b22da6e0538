"""How far each kegiatan has come beside its plan, how many days it is late, and how old its last photograph is.

Shown are kegiatan that have started, or those in the chosen state. Planned is the share of the working days of the
period that have passed by today, or by the day on which the work ended (the same curve as in the form). Late are
the days since the planned end, until the work ended or today.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Max
from frappe.utils import getdate, nowdate
from pypika import Case

from kampung_bahagia.aturan.tenggat import daftar_hari_kerja, hari_libur
from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	Terbesar,
	di_wilayah,
	kolom_laporan,
	masa,
	terlihat,
)

_SEHARI = timedelta(days=1)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per kegiatan with the totals last, a message when there is none, and the chart."""
	data = get_data(frappe._dict(filters or {}))
	if not data:
		return get_columns(), [], _("Belum ada kegiatan yang berjalan pada masa dan wilayah ini."), None
	return get_columns(), [*data, get_total(data)], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("kegiatan", _("Kegiatan"), "Link", 160, "Kegiatan"),
		("judul", _("Judul"), "Data", 240),
		("rt", _("RT"), "Data", 200),
		("status", _("Status"), "Data", 120),
		("tanggal_mulai", _("Rencana Mulai"), "Date", 120),
		("tanggal_selesai", _("Rencana Selesai"), "Date", 140),
		("rencana", _("Rencana (%)"), "Percent", 110),
		("kemajuan", _("Kemajuan (%)"), "Percent", 120),
		("selisih", _("Selisih (%)"), "Percent", 100),
		("terlambat", _("Hari Terlambat"), "Int", 120),
		("laporan_terakhir", _("Laporan Terakhir"), "Date", 130),
		("foto_terakhir", _("Foto Terakhir"), "Date", 120),
		("nilai_kegiatan", _("Nilai Kegiatan"), "Currency", 150),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	"""In one query, with the photographs of reports and of the kegiatan itself; the plan by one calendar for all."""
	k, rt, lapor, foto = (DocType(d) for d in ("Kegiatan", "RT", "Kemajuan Kegiatan", "Foto Kegiatan"))
	laporan = (
		frappe.qb.from_(lapor)
		.select(
			lapor.kegiatan,
			Max(lapor.tanggal).as_("tanggal"),
			Max(Case().when(lapor.foto != "", lapor.tanggal)).as_("foto"),
		)
		.where(terlihat("Kemajuan Kegiatan"))
		.where(di_wilayah("Kemajuan Kegiatan", filters))
		.groupby(lapor.kegiatan)
		.as_("laporan")
	)
	gambar = (
		frappe.qb.from_(foto)
		.select(foto.parent, Max(foto.tanggal).as_("tanggal"))
		.where(foto.parenttype == "Kegiatan")
		.groupby(foto.parent)
		.as_("gambar")
	)
	query = (
		frappe.qb.from_(k)
		.join(rt)
		.on(rt.name == k.rt)
		.left_join(laporan)
		.on(laporan.kegiatan == k.name)
		.left_join(gambar)
		.on(gambar.parent == k.name)
		.select(
			k.name.as_("kegiatan"),
			k.judul,
			rt.judul.as_("rt"),
			k.status,
			k.tanggal_mulai,
			k.tanggal_selesai,
			k.kemajuan,
			k.nilai_kegiatan,
			k.diselesaikan_pada,
			laporan.tanggal.as_("laporan_terakhir"),
			# the later one; one that lacks hides the other from GREATEST
			Terbesar(Coalesce(laporan.foto, gambar.tanggal), Coalesce(gambar.tanggal, laporan.foto)).as_(
				"foto_terakhir"
			),
		)
		.where(terlihat("Kegiatan"))
		.where(di_wilayah("Kegiatan", filters))
		.where(k.status == filters.status if filters.status else k.dimulai_pada.isnotnull())
		.orderby(k.rt)
		.orderby(k.name)
	)
	if hari := masa(filters):
		query = query.where((k.tanggal_mulai <= hari[1]) & (k.tanggal_selesai >= hari[0]))
	return _dengan_rencana(query.run(as_dict=True))


def _dengan_rencana(data: list[dict]) -> list[dict]:
	if not data:
		return data
	awal = min(b["tanggal_mulai"] for b in data)
	akhir = max(b["tanggal_selesai"] for b in data)
	kerja = daftar_hari_kerja(awal, akhir, hari_libur(awal, akhir))
	hari_ini = getdate(nowdate())
	for b in data:
		selesai_pada = b.pop("diselesaikan_pada")
		sampai = selesai_pada.date() if selesai_pada else hari_ini
		b["rencana"] = _rencana(kerja, b["tanggal_mulai"], b["tanggal_selesai"], sampai)
		b["selisih"] = b["kemajuan"] - b["rencana"]
		b["terlambat"] = max((sampai - b["tanggal_selesai"]).days, 0)
	return data


def _rencana(kerja: list[date], mulai: date, selesai: date, pada: date) -> float:
	"""`aturan.kemajuan.rencana_pada` for a day of one period, by a list of working days that serves all of them."""
	if pada >= selesai:
		return 100.0
	sebelum = bisect_right(kerja, mulai - _SEHARI)
	semua = bisect_right(kerja, selesai) - sebelum
	lewat = bisect_right(kerja, pada) - sebelum
	return round(100 * lewat / semua, 2) if semua and lewat > 0 else 0.0


def get_total(data: list[dict]) -> dict:
	"""Percentages weighted by the value of the kegiatan, days added up."""
	nilai = sum(b["nilai_kegiatan"] for b in data)
	rata = {
		f: sum(b[f] * b["nilai_kegiatan"] for b in data) / nilai if nilai else 0
		for f in ("rencana", "kemajuan")
	}
	return {
		"judul": _("Jumlah: {0} kegiatan").format(len(data)),
		"bold": 1,
		**rata,
		"selisih": rata["kemajuan"] - rata["rencana"],
		"terlambat": sum(b["terlambat"] for b in data),
		"nilai_kegiatan": nilai,
	}


def get_chart(data: list[dict]) -> dict:
	"""Plan and progress of the kegiatan that are furthest behind."""
	terpilih = sorted(data, key=lambda b: b["selisih"])[:BARIS_PADA_GRAFIK]
	return {
		"data": {
			"labels": [b["judul"] for b in terpilih],
			"datasets": [
				{"name": _("Rencana (%)"), "values": [b["rencana"] for b in terpilih]},
				{"name": _("Kemajuan (%)"), "values": [b["kemajuan"] for b in terpilih]},
			],
		},
		"type": "bar",
		"colors": ["#a0aec0", "#2f855a"],
	}
