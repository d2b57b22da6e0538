"""Construction works that were registered or paid late, and those that are late and still open.

A work is registered late when it was first sent to BPJS after `batas_pendaftaran`, the last of the working days
that the rule of its approval gives; it is paid late when its premium was paid on the planned first day of work or
after it. What is not done yet is measured to today. The days are calendar days after the last day that was in
time, in the site's time zone, WIB. Work that was rejected or stopped waits for nothing any more.
The year and month are those of the planned start.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import cint, nowdate
from pypika.terms import Criterion

from kampung_bahagia.perlindungan.tenggat_pendaftaran import TIDAK_DIKERJAKAN
from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	Selisih,
	Tanggal,
	Terbesar,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	semua,
	terlihat,
)

PERKARA = {"Didaftarkan": "terlambat_daftar", "Dibayar": "terlambat_bayar"}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per late kegiatan with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	data = get_data(filters)
	if not data:
		return get_columns(), [], _("Tidak ada pendaftaran yang terlambat."), None
	return get_columns(), [*data, get_total(data)], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("judul", _("Kegiatan"), "Data", 240),
		("kegiatan", _("Nomor"), "Link", 140, "Kegiatan"),
		("nama_rt", _("RT"), "Data", 200),
		("kelurahan", _("Kelurahan"), "Data", 150),
		("status", _("Status"), "Data", 140),
		("batas_pendaftaran", _("Batas Pendaftaran"), "Date", 140),
		("dikirim_pada", _("Didaftarkan"), "Date", 120),
		("terlambat_daftar", _("Terlambat Didaftarkan (hari)"), "Int", 130),
		("tanggal_mulai", _("Rencana Mulai"), "Date", 120),
		("dibayar_pada", _("Dibayar"), "Date", 120),
		("terlambat_bayar", _("Terlambat Dibayar (hari)"), "Int", 130),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	if filters.perkara and filters.perkara not in PERKARA:
		frappe.throw(_("Pilih Terlambat: {0}.").format(", ".join(PERKARA)))
	k, d, rt, kel = (DocType(n) for n in ("Kegiatan", "Pendaftaran BPJS", "RT", "Kelurahan"))
	berlanjut = k.status.notin(TIDAK_DIKERJAKAN)
	dikirim, dibayar = Tanggal(d.dikirim_pada), Tanggal(d.dibayar_pada)
	daftar = _lewat(
		Selisih(Coalesce(dikirim, nowdate()), k.batas_pendaftaran), berlanjut | dikirim.isnotnull()
	)
	bayar = _lewat(
		Selisih(Coalesce(dibayar, nowdate()), k.tanggal_mulai) + 1, berlanjut | dibayar.isnotnull()
	)
	dipilih = {"Didaftarkan": daftar > 0, "Dibayar": bayar > 0}
	syarat = [dipilih[filters.perkara]] if filters.perkara else [(daftar > 0) | (bayar > 0)]
	if cint(filters.terbuka):
		syarat.append(((daftar > 0) & dikirim.isnull()) | ((bayar > 0) & dibayar.isnull()))
	query = (
		frappe.qb.from_(k)
		.join(rt)
		.on(rt.name == k.rt)
		.join(kel)
		.on(kel.name == k.kelurahan)
		.left_join(d)
		.on(semua(terlihat("Pendaftaran BPJS"), d.name == k.pendaftaran))
		.select(
			k.name.as_("kegiatan"),
			k.judul,
			rt.judul.as_("nama_rt"),
			kel.nama.as_("kelurahan"),
			Coalesce(d.status, k.status).as_("status"),
			k.batas_pendaftaran,
			dikirim.as_("dikirim_pada"),
			daftar.as_("terlambat_daftar"),
			k.tanggal_mulai,
			dibayar.as_("dibayar_pada"),
			bayar.as_("terlambat_bayar"),
		)
		.where(
			semua(
				terlihat("Kegiatan"),
				di_wilayah("Kegiatan", filters),
				pada_masa(k.tanggal_mulai, masa(filters)),
			)
		)
		.where((k.konstruksi == 1) & (k.docstatus == 1))
		.where(Criterion.all(syarat))
		.orderby(k.batas_pendaftaran, k.name)
	)
	return [_lengkapi(baris) for baris in query.run(as_dict=True)]


def _lewat(hari, syarat):
	"""Days past the limit, zero when in time, without a limit, or when nothing is awaited any more."""
	return bila(syarat, Terbesar(Coalesce(hari, 0), 0))


def _lengkapi(baris: dict) -> dict:
	return baris | {f: cint(baris[f]) for f in PERKARA.values()}


def get_total(data: list[dict]) -> dict:
	return jumlahkan(data, PERKARA.values()) | {"judul": _("Jumlah: {0} kegiatan").format(len(data))}


def get_chart(data: list[dict]) -> dict:
	"""Late works in the kelurahan that have the most of them."""
	hitungan: dict[str, list[int]] = {}
	for baris in data:
		satu = hitungan.setdefault(baris["kelurahan"], [0, 0])
		for i, kolom in enumerate(PERKARA.values()):
			satu[i] += baris[kolom] > 0
	terpilih = sorted(hitungan.items(), key=lambda isi: (-sum(isi[1]), isi[0]))[:BARIS_PADA_GRAFIK]
	return {
		"data": {
			"labels": [kelurahan for kelurahan, _n in terpilih],
			"datasets": [
				{"name": _("Didaftarkan"), "values": [n[0] for _k, n in terpilih]},
				{"name": _("Dibayar"), "values": [n[1] for _k, n in terpilih]},
			],
		},
		"type": "bar",
		"colors": ["#d69e2e", "#c53030"],
	}
