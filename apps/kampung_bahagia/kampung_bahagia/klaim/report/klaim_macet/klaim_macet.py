"""Open claims that stand still: longer with one office than it should take, or past a clock; the longest first.

How many days an office should take at most stands in the Ketentuan Klaim of the day of the accident, its own default
where there is none. The days count from the step that brought the claim into its state; other entries of the ledger do
not begin them anew. Until BPJS has the claim its clock is the next that its form shows, after that the one of the
payment: a stage that nobody reported is no longer what holds it up.
"""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Max
from frappe.utils import cint, now_datetime
from pypika import Case

from kampung_bahagia.aturan.manfaat import JENIS
from kampung_bahagia.klaim.doctype.ketentuan_klaim.ketentuan_klaim import HARI_JABATAN
from kampung_bahagia.klaim.lama import Bulatkan, keadaan_per_jabatan, pada_keadaan, selama
from kampung_bahagia.klaim.pertanggungan import SELESAI
from kampung_bahagia.tata_kelola.jejak import JEJAK, berpindah
from kampung_bahagia.tata_kelola.laporan import (
	PadaJam,
	Tanggal,
	di_wilayah,
	kolom_laporan,
	periksa_pilihan,
	semua,
	terlihat,
)

PEMBAYARAN = "Pembayaran oleh BPJS"
LAMA, LEWAT, KEDUANYA = SEBAB = ("Terlalu Lama", "Tenggat Lewat", "Keduanya")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str, dict | None]:
	"""Columns, a row per claim with their number last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	data = get_data(filters)
	if not data:
		return get_columns(), [], _("Tidak ada klaim yang macet."), None
	pesan = _("Hari kalender (24 jam) sejak langkah terakhir. Batas setiap jabatan ada pada Ketentuan Klaim.")
	return get_columns(), [*data, get_total(data)], pesan, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("jabatan", _("Giliran"), "Data", 160),
		("klaim", _("Klaim"), "Link", 140, "Klaim"),
		("nama", _("Nama"), "Data", 180),
		("jenis", _("Jenis"), "Data", 130),
		("status", _("Status"), "Data", 150),
		("sejak", _("Sejak"), "Datetime", 150),
		("hari", _("Lama (hari)"), "Float", 100),
		("batas_hari", _("Batas Jabatan (hari)"), "Int", 160),
		("tenggat_jenis", _("Tenggat Berikutnya"), "Data", 230),
		("tenggat_pada", _("Batas Tenggat"), "Datetime", 150),
		("sebab", _("Sebab"), "Data", 140),
		("nama_rt", _("RT"), "Data", 190),
		("kelurahan", _("Kelurahan"), "Data", 140),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	keadaan = keadaan_per_jabatan()
	for pilihan, boleh in ((filters.jenis, JENIS), (filters.jabatan, keadaan), (filters.sebab, SEBAB)):
		periksa_pilihan(pilihan, boleh)
	kini = now_datetime()
	k, jejak, aturan, rt, kel = (DocType(n) for n in ("Klaim", JEJAK, "Ketentuan Klaim", "RT", "Kelurahan"))
	ditunggu = [satu for j, semua_ in keadaan.items() for satu in semua_ if filters.jabatan in (None, "", j)]
	syarat = semua(
		terlihat("Klaim"),
		di_wilayah("Klaim", filters),
		k.status.notin(SELESAI) & pada_keadaan(k.status, ditunggu),
		*([k.jenis == filters.jenis] if filters.jenis else []),
	)
	langkah = (
		frappe.qb.from_(k)
		.join(jejak)
		.on((jejak.rujukan_nama == k.name) & (jejak.rujukan_doctype == "Klaim"))
		.select(jejak.rujukan_nama.as_("klaim"), Max(jejak.waktu).as_("sejak"))
		.where(syarat & berpindah(jejak))
		.groupby(jejak.rujukan_nama)
	).as_("langkah")
	jabatan, batas = Case(), Case()
	bawaan = frappe.new_doc("Ketentuan Klaim")
	for nama, semua_ in keadaan.items():
		jabatan = jabatan.when(pada_keadaan(k.status, semua_), nama)
		kolom = HARI_JABATAN[nama]
		batas = batas.when(pada_keadaan(k.status, semua_), Coalesce(aturan[kolom], cint(bawaan.get(kolom))))
	sejak = Coalesce(langkah.sejak, k.dilaporkan_pada)
	hari = selama(sejak, kini)
	menunggu_bayar = k.batas_bayar.isnotnull() & k.dibayar_pada.isnull()
	tenggat_jenis = Case().when(k.diajukan_pada.isnull(), k.tenggat_jenis).when(menunggu_bayar, PEMBAYARAN)
	tenggat_pada = (
		Case()
		.when(k.diajukan_pada.isnull(), k.tenggat_pada)
		.when(menunggu_bayar, PadaJam(k.batas_bayar, "23:59:59"))
	)
	lama, lewat = hari > batas, tenggat_pada < kini
	sebab = Case().when(lama & lewat, KEDUANYA).when(lama, LAMA).else_(LEWAT)
	query = (
		frappe.qb.from_(k)
		.left_join(langkah)
		.on(langkah.klaim == k.name)
		.join(rt)
		.on(rt.name == k.rt)
		.join(kel)
		.on(kel.name == k.kelurahan)
		.left_join(aturan)
		.on(
			(aturan.berlaku_mulai <= Tanggal(k.waktu_kejadian))
			& (aturan.berlaku_sampai.isnull() | (aturan.berlaku_sampai >= Tanggal(k.waktu_kejadian)))
		)
		.select(
			jabatan.as_("jabatan"),
			k.name.as_("klaim"),
			k.nama,
			k.jenis,
			k.status,
			sejak.as_("sejak"),
			Bulatkan(hari, 1).as_("hari"),
			batas.as_("batas_hari"),
			tenggat_jenis.as_("tenggat_jenis"),
			tenggat_pada.as_("tenggat_pada"),
			sebab.as_("sebab"),
			rt.judul.as_("nama_rt"),
			kel.nama.as_("kelurahan"),
		)
		.where(syarat & (lama | lewat))
		.orderby(sejak, k.name)
	)
	if filters.sebab:
		query = query.where(sebab == filters.sebab)
	return query.run(as_dict=True)


def get_total(data: list[dict]) -> dict:
	return {"jabatan": _("Jumlah"), "nama": _("{0} klaim").format(len(data)), "bold": 1}


def get_chart(data: list[dict]) -> dict:
	"""How many claims stand with each office, by what holds them there."""
	jumlah = Counter((b["jabatan"], b["sebab"]) for b in data)
	jabatan = [satu for satu in keadaan_per_jabatan() if any(satu == j for j, _s in jumlah)]
	return {
		"data": {
			"labels": [_(satu) for satu in jabatan],
			"datasets": [
				{"name": _(sebab), "values": [jumlah[satu, sebab] for satu in jabatan]} for sebab in SEBAB
			],
		},
		"type": "bar",
		"colors": ["#d69e2e", "#c0392b", "#744210"],
		"barOptions": {"stacked": 1},
	}
