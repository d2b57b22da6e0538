"""Each kegiatan that went on without paid cover: for how many days, and why.

Work and cover are counted as in Cakupan Perlindungan, whose *Hari Tak Terlindungi* is the sum of these. The year and
month are those of the planned start. What is not construction is not registered as such: its people have the other
cover that was approved with the plan, which stands beside the days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import cint, formatdate
from pypika.terms import Criterion

from kampung_bahagia.perlindungan.report.cakupan_perlindungan.cakupan_perlindungan import (
	hari_berjalan,
	hari_terakhir,
	hari_tertutup,
)
from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	Tanggal,
	Terbesar,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	semua,
	terlihat,
)

JENIS = {"Konstruksi": 1, "Bukan Konstruksi": 0}
HARI = ("berjalan", "tertutup", "hari")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per kegiatan with uncovered days and the totals last, a message, and the chart."""
	data = get_data(frappe._dict(filters or {}))
	if not data:
		return get_columns(), [], _("Tidak ada hari kegiatan tanpa perlindungan."), None
	jumlah = jumlahkan(data, HARI) | {"judul": _("Jumlah: {0} kegiatan").format(len(data))}
	return get_columns(), [*data, jumlah], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("judul", _("Kegiatan"), "Data", 240),
		("kegiatan", _("Nomor"), "Link", 140, "Kegiatan"),
		("nama_rt", _("RT"), "Data", 200),
		("kelurahan", _("Kelurahan"), "Data", 150),
		("status", _("Status"), "Data", 120),
		("dimulai", _("Dimulai"), "Date", 110),
		("berakhir", _("Hari Terakhir"), "Date", 120),
		("terlindungi_mulai", _("Terlindungi Mulai"), "Date", 140),
		("terlindungi_sampai", _("Terlindungi Sampai"), "Date", 140),
		("berjalan", _("Hari Berjalan"), "Int", 120),
		("tertutup", _("Hari Terlindungi"), "Int", 130),
		("hari", _("Hari Tak Terlindungi"), "Int", 160),
		("sebab", _("Sebab"), "Data", 320),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	"""One row per kegiatan with uncovered days that the reader may see, the longest gap first, in one query."""
	if filters.jenis and filters.jenis not in JENIS:
		frappe.throw(_("Pilih Jenis: {0}.").format(", ".join(JENIS)))
	k, daftar, rt, kel = (DocType(n) for n in ("Kegiatan", "Pendaftaran BPJS", "RT", "Kelurahan"))
	berjalan, tertutup = hari_berjalan(k), hari_tertutup(k, daftar)
	syarat = [(k.docstatus == 1) & (berjalan - tertutup > 0)]
	if filters.jenis:
		syarat.append(k.konstruksi == JENIS[filters.jenis])
	query = (
		frappe.qb.from_(k)
		.join(rt)
		.on(rt.name == k.rt)
		.join(kel)
		.on(kel.name == k.kelurahan)
		.left_join(daftar)
		.on((daftar.name == k.pendaftaran) & (daftar.status == "Bersertifikat"))
		.select(
			k.name.as_("kegiatan"),
			k.judul,
			rt.judul.as_("nama_rt"),
			kel.nama.as_("kelurahan"),
			k.status,
			k.konstruksi,
			k.perlindungan_lain,
			Tanggal(k.dimulai_pada).as_("dimulai"),
			Tanggal(hari_terakhir(k)).as_("berakhir"),
			Terbesar(daftar.berlaku_mulai, Tanggal(daftar.dibayar_pada)).as_("terlindungi_mulai"),
			daftar.berlaku_sampai.as_("terlindungi_sampai"),
			berjalan.as_("berjalan"),
			tertutup.as_("tertutup"),
			(berjalan - tertutup).as_("hari"),
		)
		.where(
			semua(
				terlihat("Kegiatan"),
				di_wilayah("Kegiatan", filters),
				pada_masa(k.tanggal_mulai, masa(filters)),
			)
		)
		.where(Criterion.all(syarat))
		.orderby(berjalan - tertutup, order=frappe.qb.desc)
		.orderby(k.name)
	)
	data = query.run(as_dict=True)
	tulis = cache(formatdate)  # many begin and end on the same days
	for baris in data:
		baris.update({f: cint(baris[f]) for f in HARI}, sebab=_sebab(baris, tulis))
	return data


def _sebab(baris: frappe._dict, tulis: Callable[[date], str]) -> str:
	if not baris.konstruksi:
		return _("Bukan konstruksi. Perlindungan lain: {0}").format(_(baris.perlindungan_lain or "tidak ada"))
	if not baris.terlindungi_mulai:
		return _("Belum ada sertifikat")
	sebab = []
	if baris.dimulai < baris.terlindungi_mulai:
		sebab.append(_("Dimulai sebelum perlindungan berlaku {0}").format(tulis(baris.terlindungi_mulai)))
	if baris.berakhir > baris.terlindungi_sampai:
		sebab.append(_("Berlanjut setelah perlindungan berakhir {0}").format(tulis(baris.terlindungi_sampai)))
	return "; ".join(sebab)


def get_chart(data: list[dict]) -> dict:
	"""Uncovered days in the kelurahan that have the most of them."""
	hitungan: dict[str, int] = {}
	for baris in data:
		hitungan[baris["kelurahan"]] = hitungan.get(baris["kelurahan"], 0) + baris["hari"]
	terpilih = sorted(hitungan.items(), key=lambda isi: (-isi[1], isi[0]))[:BARIS_PADA_GRAFIK]
	return {
		"data": {
			"labels": [kelurahan for kelurahan, _n in terpilih],
			"datasets": [{"name": _("Hari Tak Terlindungi"), "values": [n for _k, n in terpilih]}],
		},
		"type": "bar",
		"colors": ["#c53030"],
	}
