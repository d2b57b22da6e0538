"""Claims one by one: their state and age, how long each office held them, the money, and whether the clocks were kept.

Days of an office are calendar days from the ledger, with one digit; those before the report stand apart. A claim ages
from the day of the accident until its last step when it is closed or withdrawn, else until today. A clock that was
not kept by now is late; a claim that was closed or withdrawn waits for none. The year and month are those of the
accident, in the site's time zone, WIB. Nothing here is health data.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import frappe
from frappe import _
from frappe.model.workflow import get_workflow
from frappe.query_builder import DocType
from frappe.utils import now_datetime
from pypika import Case
from pypika.terms import Criterion, Term, ValueWrapper

from kampung_bahagia.aturan.manfaat import JENIS
from kampung_bahagia.klaim.lama import JABATAN, Bulatkan, hari_per_jabatan, keadaan_per_jabatan, selama
from kampung_bahagia.klaim.pertanggungan import SELESAI
from kampung_bahagia.tata_kelola.laporan import (
	Selisih,
	Tanggal,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	periksa_pilihan,
	semua,
	terlihat,
)

TUNTAS = "Selesai"
TEPAT, TERLAMBAT, BERJALAN = "Tepat Waktu", "Terlambat", "Berjalan"
UANG = ("perkiraan_manfaat", "nilai_disetujui", "nilai_dibayar", "selisih")


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str, dict | None]:
	"""Columns, a row per claim with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	data = get_data(filters)
	if not data:
		return get_columns(), [], _("Tidak ada klaim pada pilihan ini."), None
	pesan = _("Hari di setiap jabatan adalah hari kalender (24 jam) menurut Jejak Keputusan.")
	return get_columns(), [*data, get_total(data)], pesan, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("status", _("Status"), "Data", 150),
		("klaim", _("Klaim"), "Link", 140, "Klaim"),
		("nama", _("Nama"), "Data", 180),
		("nik_samar", _("NIK (disamarkan)"), "Data", 150),
		("jenis", _("Jenis"), "Data", 130),
		("nama_rt", _("RT"), "Data", 190),
		("kelurahan", _("Kelurahan"), "Data", 140),
		("kejadian", _("Hari Kejadian"), "Date", 120),
		("usia", _("Usia Klaim (hari)"), "Int", 140),
		("hari_lapor", _("Sampai Dilaporkan (hari)"), "Float", 190),
		*((kolom, _("{0} (hari)").format(_(jabatan)), "Float", 140) for jabatan, kolom in JABATAN.items()),
		("perkiraan_manfaat", _("Perkiraan Manfaat"), "Currency", 150),
		("nilai_disetujui", _("Disetujui"), "Currency", 140),
		("nilai_dibayar", _("Dibayar"), "Currency", 140),
		("selisih", _("Dibayar − Perkiraan"), "Currency", 150),
		("tahap_satu", _("Laporan Tahap I"), "Data", 140),
		("tahap_dua", _("Laporan Tahap II"), "Data", 140),
		("pembayaran", _("Pembayaran"), "Data", 120),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	periksa_pilihan(filters.jenis, JENIS)
	periksa_pilihan(filters.status, [s.state for s in get_workflow("Klaim").states])
	kini = now_datetime()
	k, p, rt, kel, lapor = (DocType(n) for n in ("Klaim", "Peserta", "RT", "Kelurahan", "Laporan Tahap"))
	syarat = semua(
		terlihat("Klaim"),
		di_wilayah("Klaim", filters),
		pada_masa(k.waktu_kejadian, masa(filters)),
		*(k[f] == filters[f] for f in ("jenis", "status") if filters.get(f)),
	)
	lama = hari_per_jabatan(k, syarat, ValueWrapper(kini)).as_("lama")
	tahap_dua = (
		frappe.qb.from_(lapor).select(lapor.parent).where(lapor.tahap == "II").distinct().as_("tahap_dua")
	)
	berakhir = k.status.isin(SELESAI)

	def jam(batas: Term, selesai: Criterion, terlambat: Criterion, kini: date) -> Case:
		return (
			Case()
			.when(batas.isnull(), None)
			.when(terlambat, TERLAMBAT)
			.when(selesai, TEPAT)
			.when(berakhir, None)
			.when(batas < kini, TERLAMBAT)
			.else_(BERJALAN)
		)

	return (
		frappe.qb.from_(k)
		.join(p)
		.on(p.name == k.peserta)
		.join(rt)
		.on(rt.name == k.rt)
		.join(kel)
		.on(kel.name == k.kelurahan)
		.left_join(lama)
		.on(lama.klaim == k.name)
		.left_join(tahap_dua)
		.on(tahap_dua.parent == k.name)
		.select(
			k.status,
			k.name.as_("klaim"),
			k.nama,
			p.nik_samar,
			k.jenis,
			rt.judul.as_("nama_rt"),
			kel.nama.as_("kelurahan"),
			Tanggal(k.waktu_kejadian).as_("kejadian"),
			Selisih(Case().when(berakhir, lama.terakhir).else_(kini), k.waktu_kejadian).as_("usia"),
			Bulatkan(selama(k.waktu_kejadian, k.dilaporkan_pada), 1).as_("hari_lapor"),
			*(Bulatkan(lama[kolom], 1).as_(kolom) for kolom in JABATAN.values()),
			k.perkiraan_manfaat,
			k.nilai_disetujui,
			k.nilai_dibayar,
			bila(k.dibayar_pada.isnotnull(), k.nilai_dibayar - k.perkiraan_manfaat).as_("selisih"),
			jam(k.batas_tahap_satu, k.tahap_satu_pada.isnotnull(), k.terlambat == 1, kini).as_("tahap_satu"),
			jam(
				k.batas_tahap_dua,
				k.diajukan_pada.isnotnull() | tahap_dua.parent.isnotnull(),
				k.terlambat_tahap_dua == 1,
				kini,
			).as_("tahap_dua"),
			jam(k.batas_bayar, k.dibayar_pada.isnotnull(), k.dibayar_pada > k.batas_bayar, kini.date()).as_(
				"pembayaran"
			),
		)
		.where(syarat)
		.orderby(k.waktu_kejadian, k.name)
		.run(as_dict=True)
	)


def get_total(data: list[dict]) -> dict:
	return jumlahkan(data, UANG) | {"status": _("Jumlah"), "nama": _("{0} klaim").format(len(data))}


def get_chart(data: list[dict]) -> dict:
	"""How many claims wait for each office, and how many for none any more."""
	menunggu = {satu: jabatan for jabatan, semua_ in keadaan_per_jabatan().items() for satu in semua_}
	jumlah = Counter(menunggu.get(b["status"], TUNTAS) for b in data)
	label = (*JABATAN, TUNTAS)
	return {
		"data": {
			"labels": [_(satu) for satu in label],
			"datasets": [{"name": _("Klaim"), "values": [jumlah[satu] for satu in label]}],
		},
		"type": "bar",
		"colors": ["#2b6cb0"],
	}
