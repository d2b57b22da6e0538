"""What was sent to BPJS beside what BPJS answered: answered as asked, differing, still awaited, or awaited too long.

A registration waits for BPJS from the moment it was sent until it is billed, and from its first payment until it is
certified; it has waited too long after `batas_hari` days (BPJS delivers within seven, Permenakertrans 44/2015). An
answer differs when the bill is not the premium that was computed, or when the cover leaves out days that were asked
for: from the planned start, or the payment when that came later, to the end of maintenance. Days are in the site's
time zone, WIB. The year and month are those of the sending. What was called off is not awaited any more.
"""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Max
from frappe.utils import cint, nowdate
from pypika import Case

from kampung_bahagia.tata_kelola.laporan import (
	Selisih,
	TambahHari,
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

BATAS_HARI = 7
LEWAT, MENUNGGU, BERBEDA, PERBAIKAN, SESUAI = KEADAAN = (
	"Lewat Batas",
	"Menunggu Jawaban",
	"Berbeda",
	"Perlu Perbaikan",
	"Sesuai",
)
UANG = ("iuran", "tagihan", "selisih")
HARI = ("hari_menunggu", "hari_kurang")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per registration with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	data = get_data(filters)
	if not data:
		return get_columns(), [], _("Tidak ada pendaftaran yang dikirim kepada BPJS pada pilihan ini."), None
	return get_columns(), [*data, get_total(data)], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("keadaan", _("Keadaan"), "Data", 150),
		("pendaftaran", _("Pendaftaran"), "Link", 150, "Pendaftaran BPJS"),
		("judul", _("Kegiatan"), "Data", 220),
		("nama_rt", _("RT"), "Data", 190),
		("kelurahan", _("Kelurahan"), "Data", 140),
		("status", _("Status"), "Data", 120),
		("berkas", _("Berkas"), "Link", 140, "Berkas BPJS"),
		("dikirim_pada", _("Dikirim"), "Date", 110),
		("hari_menunggu", _("Menunggu BPJS (hari)"), "Int", 110),
		("iuran", _("Iuran Dihitung"), "Currency", 130),
		("tagihan", _("Tagihan"), "Currency", 130),
		("selisih", _("Selisih"), "Currency", 120),
		("diminta_mulai", _("Diminta Mulai"), "Date", 110),
		("diminta_sampai", _("Diminta Sampai"), "Date", 110),
		("berlaku_mulai", _("Berlaku Mulai"), "Date", 110),
		("berlaku_sampai", _("Berlaku Sampai"), "Date", 110),
		("hari_kurang", _("Hari Tak Tercakup"), "Int", 110),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	if filters.keadaan and filters.keadaan not in KEADAAN:
		frappe.throw(_("Pilih Keadaan: {0}.").format(", ".join(KEADAAN)))
	batas = BATAS_HARI if filters.batas_hari in (None, "") else cint(filters.batas_hari)
	if batas < 0:
		frappe.throw(_("Batas Jawaban paling sedikit nol hari."))
	d, k, rt, kel = (DocType(n) for n in ("Pendaftaran BPJS", "Kegiatan", "RT", "Kelurahan"))
	dikirim = Coalesce(d.dikirim_pada, d.creation)  # of old files the moment was not written down
	sejak = (
		Case()
		.when(d.status == "Dikirim", Tanggal(dikirim))
		.when(d.status.isin(["Diangsur", "Lunas"]), Tanggal(d.dibayar_pada))
	)
	menunggu = Terbesar(Coalesce(Selisih(nowdate(), sejak), 0), 0)
	selisih = bila(d.tagihan > 0, d.tagihan - d.iuran)
	mulai = Terbesar(k.tanggal_mulai, Coalesce(Tanggal(d.dibayar_pada), k.tanggal_mulai))
	sampai = TambahHari(k.tanggal_selesai, Coalesce(k.masa_pemeliharaan, 0))
	kurang = Terbesar(Coalesce(Selisih(d.berlaku_mulai, mulai), 0), 0) + Terbesar(
		Coalesce(Selisih(sampai, d.berlaku_sampai), 0), 0
	)
	keadaan = (
		Case()
		.when(d.status.isin(["Ditolak BPJS", "Diperbaiki"]), PERBAIKAN)
		.when(sejak.isnotnull() & (menunggu > batas), LEWAT)
		.when(sejak.isnotnull(), MENUNGGU)
		.when((selisih != 0) | (kurang > 0), BERBEDA)
		.else_(SESUAI)
	)
	query = (
		frappe.qb.from_(d)
		.join(k)
		.on(k.name == d.kegiatan)
		.join(rt)
		.on(rt.name == d.rt)
		.join(kel)
		.on(kel.name == d.kelurahan)
		.select(
			keadaan.as_("keadaan"),
			d.name.as_("pendaftaran"),
			k.judul,
			rt.judul.as_("nama_rt"),
			kel.nama.as_("kelurahan"),
			d.status,
			Tanggal(dikirim).as_("dikirim_pada"),
			menunggu.as_("hari_menunggu"),
			d.iuran,
			d.tagihan,
			selisih.as_("selisih"),
			mulai.as_("diminta_mulai"),
			sampai.as_("diminta_sampai"),
			d.berlaku_mulai,
			d.berlaku_sampai,
			kurang.as_("hari_kurang"),
		)
		.where(
			semua(
				terlihat("Pendaftaran BPJS"),
				di_wilayah("Pendaftaran BPJS", filters),
				pada_masa(dikirim, masa(filters)),
			)
		)
		.where((d.diserahkan_bpjs == 1) & (d.status != "Dibatalkan"))
		.orderby(dikirim, d.name)
	)
	if filters.keadaan:
		query = query.where(keadaan == filters.keadaan)
	data = query.run(as_dict=True)
	_lengkapi(data)
	return data


def _berkas_terakhir() -> dict[str, str]:
	"""By registration the last package with it that was sent, of those that the reader may see."""
	berkas, isi = DocType("Berkas BPJS"), DocType("Isi Berkas BPJS")
	query = (
		frappe.qb.from_(isi)
		.join(berkas)
		.on(berkas.name == isi.parent)
		.select(isi.pendaftaran, Max(berkas.name))
		.where(semua(berkas.dikirim_pada.isnotnull(), isi.pendaftaran.isnotnull(), terlihat("Berkas BPJS")))
		.groupby(isi.pendaftaran)
	)
	return dict(query.run())


def _lengkapi(data: list[dict]) -> None:
	"""Plain numbers and the package of each row, written into the rows: thousands are not copied."""
	berkas = _berkas_terakhir()
	for baris in data:
		baris["berkas"] = berkas.get(baris["pendaftaran"])
		for kolom in HARI:
			baris[kolom] = int(baris[kolom] or 0)
		for kolom in UANG:
			baris[kolom] = float(baris[kolom] or 0)


def get_total(data: list[dict]) -> dict:
	return jumlahkan(data, (*UANG, *HARI)) | {
		"keadaan": _("Jumlah"),
		"judul": _("{0} pendaftaran").format(len(data)),
	}


def get_chart(data: list[dict]) -> dict:
	"""How many registrations are in each condition."""
	jumlah = Counter(b["keadaan"] for b in data)
	return {
		"data": {
			"labels": [_(satu) for satu in KEADAAN],
			"datasets": [{"name": _("Pendaftaran"), "values": [jumlah[satu] for satu in KEADAAN]}],
		},
		"type": "bar",
		"colors": ["#2b6cb0"],
	}
