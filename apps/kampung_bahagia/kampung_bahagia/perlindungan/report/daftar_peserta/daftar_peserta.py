"""Everyone named for a kegiatan: the work, the decree that names them, and until when they are covered.

Numbers of residents stay masked, in exports too. Of more than BATAS people the first are listed, by RT and
kegiatan, and the message says so; totals and chart always count all of them. The year, and the month in it, are
those that the planned days of the kegiatan touch.
"""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Sum
from pypika import Case
from pypika.terms import Criterion

from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	bila,
	di_wilayah,
	kolom_laporan,
	masa,
	periksa_pilihan,
	semua,
	terlihat,
)

BATAS = 5_000
STATUS = ("Diusulkan", "Terdaftar", "Terlindungi", "Berakhir")
TANPA_SK, BELUM_DITANDATANGANI, DITANDATANGANI = "Belum Ada SK", "Belum Ditandatangani", "Ditandatangani"
KEADAAN_SK = (TANPA_SK, BELUM_DITANDATANGANI, DITANDATANGANI)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per peserta with the totals last, a message when none or not all are shown, and the chart."""
	filters = frappe._dict(filters or {})
	for pilihan, boleh in ((filters.status, STATUS), (filters.sk, KEADAAN_SK)):
		periksa_pilihan(pilihan, boleh)
	hitungan = get_counts(filters)
	if not hitungan:
		return get_columns(), [], _("Belum ada peserta pada masa dan wilayah ini."), None
	data, jumlah = get_data(filters), get_total(hitungan)
	pesan = None
	if len(data) < sum(b.orang for b in hitungan):
		pesan = _(
			"{0} peserta pertama ditampilkan; jumlah dan grafik menghitung semuanya. Persempit wilayah atau kegiatan."
		).format(frappe.format(BATAS, "Int"))
	return get_columns(), [*data, jumlah], pesan, get_chart(hitungan)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("nama", _("Nama"), "Data", 190),
		("nik_samar", _("NIK (disamarkan)"), "Data", 160),
		("status", _("Status"), "Data", 120),
		("kegiatan", _("Kegiatan"), "Link", 150, "Kegiatan"),
		("judul", _("Judul"), "Data", 230),
		("rt", _("RT"), "Data", 200),
		("tugas", _("Tugas"), "Data", 170),
		("usia", _("Usia saat Mulai"), "Int", 130),
		("tanggal_mulai", _("Mulai"), "Date", 110),
		("tanggal_selesai", _("Selesai"), "Date", 110),
		("nomor_sk", _("Nomor SK"), "Data", 260),
		("keadaan_sk", _("Surat Keputusan"), "Data", 170),
		("terlindungi_sampai", _("Terlindungi Sampai"), "Date", 150),
		("catatan_usia", _("Catatan"), "Data", 260),
	)


def _saringan(filters: frappe._dict) -> Criterion:
	"""Over Peserta, Kegiatan and Surat Keputusan, as `_tabel` joins them."""
	p, k, sk = (DocType(d) for d in ("Peserta", "Kegiatan", "Surat Keputusan"))
	syarat = semua(terlihat("Peserta"), di_wilayah("Peserta", filters))
	for kolom in ("kegiatan", "status"):
		if filters.get(kolom):
			syarat &= p[kolom] == filters[kolom]
	if filters.perlu_konfirmasi:
		syarat &= p.catatan_usia != ""
	if filters.sk:
		syarat &= _keadaan_sk(sk) == filters.sk
	if hari := masa(filters):
		syarat &= (k.tanggal_mulai <= hari[1]) & (k.tanggal_selesai >= hari[0])
	return syarat


def _tabel():
	p, k, sk = (DocType(d) for d in ("Peserta", "Kegiatan", "Surat Keputusan"))
	return (
		frappe.qb.from_(p)
		.join(k)
		.on(k.name == p.kegiatan)
		.left_join(sk)
		.on(semua(sk.name == p.surat_keputusan, terlihat("Surat Keputusan")))
	)


def _keadaan_sk(sk) -> Case:
	return (
		Case()
		.when(sk.name.isnull(), TANPA_SK)
		.when(sk.dokumen_resmi.isnull(), BELUM_DITANDATANGANI)
		.else_(DITANDATANGANI)
	)


def get_data(filters: frappe._dict) -> list[dict]:
	"""The first BATAS people. They are chosen by their names alone, so that the database sorts narrow rows."""
	p, k, sk, rt, daftar = (
		DocType(d) for d in ("Peserta", "Kegiatan", "Surat Keputusan", "RT", "Pendaftaran BPJS")
	)
	urutan = (p.rt, p.kegiatan, p.nama, p.name)
	terpilih = _tabel().where(_saringan(filters)).select(p.name).orderby(*urutan).limit(BATAS).as_("terpilih")
	return (
		_tabel()
		.join(terpilih)
		.on(terpilih.name == p.name)
		.join(rt)
		.on(rt.name == p.rt)
		.left_join(daftar)
		.on(
			semua(
				daftar.name == k.pendaftaran,
				daftar.status == "Bersertifikat",
				terlihat("Pendaftaran BPJS"),
			)
		)
		.select(
			p.nama,
			p.nik_samar,
			p.status,
			p.kegiatan,
			k.judul,
			rt.judul.as_("rt"),
			p.tugas,
			p.usia,
			k.tanggal_mulai,
			k.tanggal_selesai,
			sk.nomor.as_("nomor_sk"),
			_keadaan_sk(sk).as_("keadaan_sk"),
			daftar.berlaku_sampai.as_("terlindungi_sampai"),
			p.catatan_usia,
		)
		.orderby(*urutan)
		.run(as_dict=True)
	)


def get_counts(filters: frappe._dict) -> list[frappe._dict]:
	"""How many people (orang), and of them named in a decree (ber_sk), per RT and status."""
	p, sk, rt = DocType("Peserta"), DocType("Surat Keputusan"), DocType("RT")
	hitung = (
		_tabel()
		.where(_saringan(filters))
		.select(p.rt, p.status, Count("*").as_("orang"), Sum(bila(sk.name.isnotnull())).as_("ber_sk"))
		.groupby(p.rt, p.status)
		.as_("hitung")
	)
	kelurahan = DocType("Kelurahan")
	return (
		frappe.qb.from_(hitung)
		.join(rt)
		.on(rt.name == hitung.rt)
		.join(kelurahan)
		.on(kelurahan.name == rt.kelurahan)
		.select(
			hitung.status, hitung.orang, hitung.ber_sk, rt.judul.as_("rt"), kelurahan.nama.as_("kelurahan")
		)
		.orderby(hitung.rt, hitung.status)
		.run(as_dict=True)
	)


def get_total(hitungan: list[frappe._dict]) -> dict:
	per_status: Counter = Counter()
	for b in hitungan:
		per_status[b.status] += b.orang
	return {
		"nama": _("Jumlah: {0} peserta").format(per_status.total()),
		"status": _("{0} terlindungi").format(per_status["Terlindungi"]),
		"keadaan_sk": _("{0} disebut dalam SK").format(sum(int(b.ber_sk) for b in hitungan)),
		"bold": 1,
	}


def get_chart(hitungan: list[frappe._dict]) -> dict:
	"""People of each status in the kelurahan with most of them, or in the RT when all are of one kelurahan."""
	tingkat = "kelurahan" if len({b.kelurahan for b in hitungan}) > 1 else "rt"
	per_status: Counter = Counter()
	per_wilayah: Counter = Counter()
	for b in hitungan:
		per_status[b[tingkat], b.status] += b.orang
		per_wilayah[b[tingkat]] += b.orang
	wilayah = [w for w, _orang in per_wilayah.most_common(BARIS_PADA_GRAFIK)]
	return {
		"data": {
			"labels": wilayah,
			"datasets": [{"name": _(s), "values": [per_status[w, s] for w in wilayah]} for s in STATUS],
		},
		"type": "bar",
		"colors": ["#a0aec0", "#3182ce", "#2f855a", "#744210"],
		"barOptions": {"stacked": 1},
	}
