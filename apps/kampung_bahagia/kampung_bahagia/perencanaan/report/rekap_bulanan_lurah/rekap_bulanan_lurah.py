"""A month of every RT on one page, as a lurah reports it: meetings, kegiatan, people, accidents, and what waits.

Every RT of the reader's area has its row. To a month belong the musyawarah held in it, the claims of accidents that
happened in it, and each kegiatan whose days, real or still planned, touch it; their people are counted with them.
States are those of today. Waiting for the lurah is what an own step of the Workflow would carry on, of any month.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.workflow import get_workflow
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import cint, flt, getdate, nowdate
from pypika import Case

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.tata_kelola.laporan import (
	Tanggal,
	Terbesar,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	terlihat,
)

# columns: which states of a kegiatan they count
KEADAAN = {
	"disusun": ("Draf", "Dikembalikan"),
	"menunggu": ("Diajukan", "Diverifikasi Lurah"),
	"disetujui": ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi"),
	"berjalan": ("Berjalan", "Serah Terima"),
	"selesai": ("Selesai",),
	"gugur": ("Ditolak", "Dihentikan"),
}
RAPAT = ("musyawarah", "disahkan", "ditunda")
KEGIATAN = (*KEADAAN, "jumlah_kemajuan")
ORANG = ("peserta", "terlindungi")
KLAIM = ("klaim", "klaim_terbuka")
DIJUMLAHKAN = (*RAPAT, *KEGIATAN, *ORANG, *KLAIM, "menunggu_lurah")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per RT with the totals last, a message when there is none, and the chart.

	Without a month in the filters, this one.
	"""
	filters = frappe._dict(filters or {})
	hari_ini = getdate(nowdate())
	filters.tahun = cint(filters.tahun) or hari_ini.year
	filters.bulan = cint(filters.bulan) or hari_ini.month
	data = get_data(filters, masa(filters))
	if not data:
		return get_columns(), [], _("Tidak ada RT pada wilayah ini."), None
	jumlah = _lengkapi({"rt": _("Jumlah"), **jumlahkan(data, DIJUMLAHKAN)})
	return get_columns(), [*data, jumlah], None, get_chart(jumlah)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("rt", _("RT"), "Data", 200),
		("musyawarah", _("Musyawarah"), "Int", 110),
		("disahkan", _("Disahkan"), "Int", 90),
		("ditunda", _("Ditunda"), "Int", 80),
		("disusun", _("Kegiatan Disusun"), "Int", 140),
		("menunggu", _("Menunggu Keputusan"), "Int", 160),
		("disetujui", _("Disetujui"), "Int", 90),
		("berjalan", _("Berjalan"), "Int", 90),
		("kemajuan", _("Kemajuan (%)"), "Percent", 120),
		("selesai", _("Selesai"), "Int", 80),
		("gugur", _("Ditolak atau Dihentikan"), "Int", 180),
		("peserta", _("Peserta"), "Int", 90),
		("terlindungi", _("Peserta Terlindungi"), "Int", 150),
		("klaim", _("Klaim"), "Int", 70),
		("klaim_terbuka", _("Klaim Terbuka"), "Int", 120),
		("menunggu_lurah", _("Menunggu Lurah"), "Int", 130),
	)


def get_data(filters: frappe._dict, hari: tuple[date, date]) -> list[dict]:
	rt = DocType("RT")
	bagian = {
		"rapat": (RAPAT, _rapat(filters, hari)),
		"kerja": (KEGIATAN, _kegiatan(filters, hari)),
		"orang": (ORANG, _orang(filters, hari)),
		"celaka": (KLAIM, _klaim(filters, hari)),
		"antrean": (("menunggu_lurah",), _antrean(filters)),
	}
	query = (
		frappe.qb.from_(rt)
		.select(rt.judul.as_("rt"))
		.where(terlihat("RT"))
		.where(di_wilayah("RT", filters))
		.where(rt.berlaku_mulai <= hari[1])
		.where(rt.berlaku_sampai.isnull() | (rt.berlaku_sampai >= hari[0]))
		.orderby(rt.name)
	)
	for nama, (kolom, isi) in bagian.items():
		isi = isi.as_(nama)
		query = query.left_join(isi).on(isi.rt == rt.name).select(*(isi[f] for f in kolom))
	return [_lengkapi(baris) for baris in query.run(as_dict=True)]


def _rapat(filters, hari):
	m = DocType("Musyawarah")
	return (
		frappe.qb.from_(m)
		.select(
			m.rt,
			Count("*").as_("musyawarah"),
			Sum(bila(m.status == "Disahkan")).as_("disahkan"),
			Sum(bila(m.status == "Ditunda")).as_("ditunda"),
		)
		.where(terlihat("Musyawarah"))
		.where(di_wilayah("Musyawarah", filters))
		.where(pada_masa(m.tanggal, hari))
		.where(m.status != "Dibatalkan")
		.groupby(m.rt)
	)


def _dalam_bulan(k, filters, hari):
	"""Condition: the kegiatan's days touch the month. Work under way goes on until today at least."""
	mulai = Coalesce(Tanggal(k.dimulai_pada), k.tanggal_mulai)
	selesai = (
		Case()
		.when(k.status.isin(KEADAAN["berjalan"]), Terbesar(k.tanggal_selesai, nowdate()))
		.else_(Coalesce(Tanggal(k.diselesaikan_pada), k.tanggal_selesai))
	)
	syarat = (mulai <= hari[1]) & (selesai >= hari[0])
	return syarat & (k.status == filters.status) if filters.status else syarat


def _kegiatan(filters, hari):
	k = DocType("Kegiatan")
	return (
		frappe.qb.from_(k)
		.select(
			k.rt,
			*(Sum(bila(k.status.isin(status))).as_(nama) for nama, status in KEADAAN.items()),
			Sum(bila(k.status.isin(KEADAAN["berjalan"]), k.kemajuan)).as_("jumlah_kemajuan"),
		)
		.where(terlihat("Kegiatan"))
		.where(di_wilayah("Kegiatan", filters))
		.where(_dalam_bulan(k, filters, hari))
		.groupby(k.rt)
	)


def _orang(filters, hari):
	k, p = DocType("Kegiatan"), DocType("Peserta")
	return (
		frappe.qb.from_(k)
		.join(p)
		.on(p.kegiatan == k.name)
		.select(
			k.rt,
			Count("*").as_("peserta"),
			Sum(bila(p.status.isin(("Terlindungi", "Berakhir")))).as_("terlindungi"),
		)
		.where(terlihat("Kegiatan"))
		.where(terlihat("Peserta"))
		.where(di_wilayah("Kegiatan", filters))
		.where(_dalam_bulan(k, filters, hari))
		.groupby(k.rt)
	)


def _klaim(filters, hari):
	c = DocType("Klaim")
	return (
		frappe.qb.from_(c)
		.select(
			c.rt,
			Count("*").as_("klaim"),
			Sum(bila(c.status != "Ditutup")).as_("klaim_terbuka"),
		)
		.where(terlihat("Klaim"))
		.where(di_wilayah("Klaim", filters))
		.where(pada_masa(c.waktu_kejadian, hari))
		.groupby(c.rt)
	)


def _antrean(filters):
	"""Files of every kind in a state from which the Workflow lets the lurah take them on."""
	semua = None
	for doctype in BERALUR:
		status = sorted({t.state for t in get_workflow(doctype).transitions if t.allowed == "Lurah"})
		if not status:
			continue
		t = DocType(doctype)
		satu = (
			frappe.qb.from_(t)
			.select(t.rt, Count("*").as_("banyak"))
			.where(terlihat(doctype))
			.where(di_wilayah(doctype, filters))
			.where(t.status.isin(status))
			.groupby(t.rt)
		)
		semua = satu if semua is None else semua.union_all(satu)
	semua = semua.as_("berkas")
	return frappe.qb.from_(semua).select(semua.rt, Sum(semua.banyak).as_("menunggu_lurah")).groupby(semua.rt)


def _lengkapi(baris: dict) -> dict:
	for f in DIJUMLAHKAN:
		baris[f] = flt(baris[f]) if f == "jumlah_kemajuan" else cint(baris[f])
	baris["kemajuan"] = baris["jumlah_kemajuan"] / baris["berjalan"] if baris["berjalan"] else None
	return baris


def get_chart(jumlah: dict) -> dict:
	"""Kegiatan of the month by state."""
	label = {k["fieldname"]: k["label"] for k in get_columns()}
	return {
		"data": {
			"labels": [label[f] for f in KEADAAN],
			"datasets": [{"name": _("Kegiatan"), "values": [jumlah[f] for f in KEADAAN]}],
		},
		"type": "bar",
		"colors": ["#2f855a"],
	}
