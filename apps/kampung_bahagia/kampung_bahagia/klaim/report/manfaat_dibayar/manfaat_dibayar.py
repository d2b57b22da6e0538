"""What BPJS paid: claims paid in full, by month, area, kind or benefit, beside the estimate; and how long it took.

A claim counts on the day of its last payment, from which on nothing is owed; the year and month are of that day. The
days are means per claim, in calendar days with one digit, from the hour of the accident until the payment was recorded,
but no later than the end of its day; each office's part of them is from the ledger, and the parts add up to the whole.

By benefit a claim stands with each benefit that it was paid, and with what was estimated for that; one sum for all
benefits stands beside the whole estimate, and what was approved, one sum too, is left out. The line of totals counts
each claim once.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from frappe.utils import flt
from pypika import Case, CustomFunction, Table
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from kampung_bahagia.aturan.manfaat import JENIS, SELURUH
from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.klaim.lama import JABATAN, hari_per_jabatan, selama
from kampung_bahagia.tata_kelola.laporan import (
	TINGKAT,
	TambahHari,
	bila,
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	periksa_pilihan,
	semua,
	terbanyak,
	terlihat,
)

BULAN, JENIS_KLAIM, MANFAAT = "Bulan", "Jenis Klaim", "Manfaat"
DIBAYAR = "Dibayar"  # what DPMPPA still does in this state, no family waits for
UANG = ("perkiraan_manfaat", "nilai_disetujui", "nilai_dibayar", "selisih")
BAGIAN = ("hari_lapor", *JABATAN.values())
HARI = ("hari", *BAGIAN)
AwalBulan = CustomFunction("DATE_FORMAT", ["tanggal", "pola"])


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str, dict | None]:
	"""Columns, a row per month, area or kind with the totals last, a message, and the chart."""
	filters = frappe._dict(filters or {})
	rinci = (BULAN, *TINGKAT, JENIS_KLAIM, MANFAAT)
	filters.tingkat = filters.tingkat or BULAN
	periksa_pilihan(filters.tingkat, rinci)
	periksa_pilihan(filters.jenis, JENIS)
	data = get_data(filters)
	if not data:
		return get_columns(filters.tingkat), [], _("Belum ada klaim yang dibayar pada pilihan ini."), None
	# a claim with two benefits stands in two rows
	semuanya = get_data(frappe._dict(filters, tingkat=JENIS_KLAIM)) if filters.tingkat == MANFAAT else data
	jumlah = jumlahkan(semuanya, ("klaim", "tepat_waktu", *UANG, *HARI)) | {"wilayah": _("Jumlah")}
	pesan = _("Hari adalah rata-rata hari kalender (24 jam) per klaim, menurut Jejak Keputusan.")
	grafik = get_chart(data)
	return get_columns(filters.tingkat), [_rata_rata(b) for b in (*data, jumlah)], pesan, grafik


def get_columns(tingkat: str) -> list[dict]:
	kolom = kolom_laporan(
		("wilayah", _(tingkat), "Data", 200),
		("klaim", _("Klaim"), "Int", 80),
		("perkiraan_manfaat", _("Perkiraan Manfaat"), "Currency", 150),
		("nilai_disetujui", _("Disetujui"), "Currency", 150),
		("nilai_dibayar", _("Dibayar"), "Currency", 150),
		("selisih", _("Dibayar − Perkiraan"), "Currency", 150),
		("tepat_waktu", _("Dibayar Tepat Waktu"), "Int", 170),
		("hari", _("Kejadian sampai Dibayar (hari)"), "Float", 220),
		("hari_lapor", _("Sampai Dilaporkan (hari)"), "Float", 190),
		*((kolom, _("{0} (hari)").format(_(jabatan)), "Float", 140) for jabatan, kolom in JABATAN.items()),
	)
	return [k for k in kolom if tingkat != MANFAAT or k["fieldname"] != "nilai_disetujui"]


def get_data(filters: frappe._dict) -> list[dict]:
	"""Sums of each group; the days too, of all its claims."""
	k = DocType("Klaim")
	syarat = semua(
		terlihat("Klaim"),
		di_wilayah("Klaim", filters),
		pada_masa(k.dibayar_pada, masa(filters)),
		k.dibayar_pada.isnotnull(),
		*([k.jenis == filters.jenis] if filters.jenis else []),
	)
	lama = hari_per_jabatan(k, syarat, TambahHari(k.dibayar_pada, 1), kecuali=[DIBAYAR]).as_("lama")
	query = (
		frappe.qb.from_(k)
		.left_join(lama)
		.on(lama.klaim == k.name)
		.select(
			Count(k.name).as_("klaim"),
			Sum(bila(k.dibayar_pada <= k.batas_bayar)).as_("tepat_waktu"),
			Sum(selama(k.waktu_kejadian, k.dilaporkan_pada)).as_("hari_lapor"),
			*(Sum(lama[f]).as_(f) for f in JABATAN.values()),
		)
		.where(syarat)
	)
	if filters.tingkat == MANFAAT:
		bayar, kira = (_per_manfaat(tabel, k, syarat) for tabel in ("Pembayaran Klaim", "Rincian Manfaat"))
		query = (
			query.join(bayar)
			.on(bayar.klaim == k.name)
			.left_join(kira)
			.on((kira.klaim == k.name) & (kira.manfaat == bayar.manfaat))
		)
		perkiraan = Case().when(bayar.manfaat == SELURUH, k.perkiraan_manfaat).else_(kira.jumlah)
		query = query.select(Sum(perkiraan).as_("perkiraan_manfaat"), Sum(bayar.jumlah).as_("nilai_dibayar"))
		kelompok = urutan = bayar.manfaat
	else:
		query = query.select(*(Sum(k[f]).as_(f) for f in UANG[:3]))
	if filters.tingkat == BULAN:
		kelompok = urutan = AwalBulan(k.dibayar_pada, "%Y-%m-01")
	elif filters.tingkat == JENIS_KLAIM:
		kelompok = urutan = k.jenis
	elif filters.tingkat in TINGKAT:
		kolom, judul = TINGKAT[filters.tingkat]
		wilayah = DocType(filters.tingkat)
		query = query.join(wilayah).on(wilayah.name == k[kolom])
		kelompok, urutan = wilayah[judul], k[kolom]
	query = query.select(kelompok.as_("wilayah")).groupby(urutan, kelompok).orderby(urutan)
	return [_lengkapi(baris, filters.tingkat) for baris in query.run(as_dict=True)]


def _per_manfaat(tabel: str, k: Table, syarat: Criterion) -> QueryBuilder:
	"""The sum of each benefit of each of the claims in one of their tables."""
	b = DocType(tabel)
	return (
		frappe.qb.from_(k)
		.join(b)
		.on(b.parent == k.name)
		.select(b.parent.as_("klaim"), b.manfaat, Sum(b.jumlah).as_("jumlah"))
		.where(syarat)
		.groupby(b.parent, b.manfaat)
	).as_(frappe.scrub(tabel))


def _lengkapi(baris: dict, tingkat: str) -> dict:
	angka = {f: flt(baris[f]) for f in (*UANG[:3], *BAGIAN) if f in baris}
	angka |= {f: int(baris[f]) for f in ("klaim", "tepat_waktu")}
	angka["selisih"] = angka["nilai_dibayar"] - angka["perkiraan_manfaat"]
	angka["hari"] = sum(angka[f] for f in BAGIAN)
	nama = baris["wilayah"]
	if tingkat == BULAN:  # the words of a date without its day
		nama = tanggal_indonesia(date.fromisoformat(nama)).partition(" ")[2]
	return {"wilayah": nama, **angka}


def _rata_rata(baris: dict) -> dict:
	return baris | {f: flt(baris[f] / baris["klaim"], 1) for f in HARI}


def get_chart(data: list[dict]) -> dict:
	"""Estimated and paid in the areas or kinds with the most money; months as they come."""
	terpilih = terbanyak(data, "nilai_dibayar")
	return {
		"data": {
			"labels": [b["wilayah"] for b in terpilih],
			"datasets": [
				{"name": _("Perkiraan"), "values": [b["perkiraan_manfaat"] for b in terpilih]},
				{"name": _("Dibayar"), "values": [b["nilai_dibayar"] for b in terpilih]},
			],
		},
		"type": "bar",
		"fieldtype": "Currency",
		"colors": ["#a0aec0", "#2f855a"],
	}
