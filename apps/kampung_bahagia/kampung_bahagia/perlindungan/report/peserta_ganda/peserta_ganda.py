"""Residents who are peserta of two kegiatan on the same days, and residents who may be one person twice.

Cover goes by project, so both can be right; a claim names one of them, and whoever decides should know. *Warga
yang Sama* is one Warga in two kegiatan. *Warga Serupa* are two Warga who resemble by the rule of
`aturan.warga_serupa`, also within one kegiatan: a number mistyped makes two of one.

A reader finds each pair of which at least one lies in their area. Of the other, when it does not, they are told
the days alone, as Peserta tells it in its form. Kegiatan that were refused or stopped are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count
from frappe.utils import cint
from pypika import Table
from pypika.terms import Criterion, EmptyCriterion, Term, ValueWrapper

from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku, sebab_serupa
from kampung_bahagia.perlindungan.doctype.peserta.peserta import TIDAK_DIKERJAKAN
from kampung_bahagia.tata_kelola.laporan import (
	BARIS_PADA_GRAFIK,
	Selisih,
	Terbesar,
	Terkecil,
	bila,
	di_wilayah,
	kolom_laporan,
	masa,
	periksa_pilihan,
	semua,
	terlihat,
)

BATAS = 5_000
DIBANDINGKAN = 20_000  # peserta whose likes are looked for at a time
SAMA, SERUPA = "Warga yang Sama", "Warga Serupa"
JENIS = (SAMA, SERUPA)
SEBAB = ("no_kk", "tanggal_lahir")  # one of which two who resemble have in common


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per pair with the totals last, a message when none or not all are shown, and the chart."""
	filters = frappe._dict(filters or {})
	filters.jenis = filters.jenis or SAMA
	periksa_pilihan(filters.jenis, JENIS)
	data = get_data(filters)
	if not data:
		return get_columns(filters.jenis), [], _("Tidak ada peserta ganda pada masa dan wilayah ini."), None
	pesan = None
	if len(data) > BATAS:
		data = data[:BATAS]
		pesan = _("Hanya {0} pasangan pertama yang ditampilkan. Persempit masa atau wilayah.").format(
			frappe.format(BATAS, "Int")
		)
	return get_columns(filters.jenis), [*data, get_total(data)], pesan, get_chart(data)


def get_columns(jenis: str) -> list[dict]:
	orang_lain = (
		("nama_lain", _("Serupa dengan"), "Data", 190),
		("nik_lain", _("NIK Warga Itu (disamarkan)"), "Data", 190),
		("sebab", _("Sebab"), "Data", 230),
	)
	return kolom_laporan(
		("nama", _("Nama"), "Data", 190),
		("nik_samar", _("NIK (disamarkan)"), "Data", 160),
		*(orang_lain if jenis == SERUPA else ()),
		("bersama_mulai", _("Hari yang Sama, dari"), "Date", 170),
		("bersama_selesai", _("Sampai"), "Date", 110),
		("hari", _("Jumlah Hari"), "Int", 110),
		("kegiatan", _("Kegiatan"), "Link", 150, "Kegiatan"),
		("judul", _("Judul"), "Data", 220),
		("rt", _("RT"), "Data", 200),
		("status", _("Status"), "Data", 110),
		("kegiatan_lain", _("Kegiatan Lain"), "Link", 150, "Kegiatan"),
		("judul_lain", _("Judul Kegiatan Lain"), "Data", 230),
		("rt_lain", _("RT Kegiatan Lain"), "Data", 200),
		("status_lain", _("Status di Sana"), "Data", 130),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	"""Pairs by area and name, at most one more than BATAS."""
	if filters.jenis == SAMA:
		p, lain = _peserta("p"), _peserta("lain")
		baris = _pasangan(filters, frappe.qb.from_(p).join(lain).on(lain.warga == p.warga)).limit(BATAS + 1)
		return [_tutup(b) for b in baris.run(as_dict=True)]
	return [_tutup(b) for b in _serupa(filters)][: BATAS + 1]


def _peserta(nama: str) -> Table:
	return DocType("Peserta").as_(nama)


def _pasangan(filters: frappe._dict, query):
	"""The pairs of `query`, which joins Peserta `p` and `lain`: in kegiatan that share a day of the period."""
	p, lain, rt, rt_lain = (
		_peserta("p"),
		_peserta("lain"),
		DocType("RT").as_("rt"),
		DocType("RT").as_("rt_lain"),
	)
	k, k_lain = DocType("Kegiatan").as_("k"), DocType("Kegiatan").as_("k_lain")
	mulai = Terbesar(k.tanggal_mulai, k_lain.tanggal_mulai)
	selesai = Terkecil(k.tanggal_selesai, k_lain.tanggal_selesai)
	return (
		query.join(k)
		.on(k.name == p.kegiatan)
		.join(k_lain)
		.on(k_lain.name == lain.kegiatan)
		.join(rt)
		.on(rt.name == p.rt)
		.join(rt_lain)
		.on(rt_lain.name == lain.rt)
		.select(
			p.name.as_("peserta"),
			lain.name.as_("peserta_lain"),
			p.warga,
			p.nama,
			p.nik_samar,
			p.kelurahan,
			lain.nama.as_("nama_lain"),
			lain.nik_samar.as_("nik_lain"),
			mulai.as_("bersama_mulai"),
			selesai.as_("bersama_selesai"),
			(Selisih(selesai, mulai) + 1).as_("hari"),
			p.kegiatan,
			k.judul,
			rt.judul.as_("rt"),
			p.status,
			lain.kegiatan.as_("kegiatan_lain"),
			k_lain.judul.as_("judul_lain"),
			rt_lain.judul.as_("rt_lain"),
			lain.status.as_("status_lain"),
			_angka(terlihat("Peserta", lain)).as_("boleh"),
		)
		.where(_dicari(filters, p))
		# a pair of which both are looked for is found from both sides, and shown from one
		.where((_angka(_dicari(filters, lain)) == 0) | (p.name < lain.name))
		.where(_dikerjakan(filters, k) & _dikerjakan(filters, k_lain))
		.where((k.tanggal_mulai <= k_lain.tanggal_selesai) & (k_lain.tanggal_mulai <= k.tanggal_selesai))
		.where((p.kegiatan != lain.kegiatan) if filters.jenis == SAMA else (p.warga != lain.warga))
		.orderby(p.rt, p.nama, p.name, lain.name)
	)


def _dicari(filters: frappe._dict, p: Table) -> Criterion:
	"""Of the reader's area, and of what the filters name."""
	syarat = semua(terlihat("Peserta", p), di_wilayah("Peserta", filters, p))
	return syarat & (p.kegiatan == filters.kegiatan) if filters.kegiatan else syarat


def _dikerjakan(filters: frappe._dict, k: Table) -> Criterion:
	syarat = k.status.notin(TIDAK_DIKERJAKAN)
	if hari := masa(filters):
		syarat &= (k.tanggal_mulai <= hari[1]) & (k.tanggal_selesai >= hari[0])
	return syarat


def _angka(syarat: Criterion) -> Term:
	"""1 where the condition holds, 0 elsewhere; an empty condition holds everywhere."""
	return ValueWrapper(1) if isinstance(syarat, EmptyCriterion) else bila(syarat)


def _serupa(filters: frappe._dict) -> Iterator[dict]:
	"""Pairs of one family card or of one birth date, of which the names decide here."""
	if not frappe.has_permission("Warga", "report"):
		frappe.throw(_("Warga serupa hanya untuk jabatan yang melihat data warga."), frappe.PermissionError)
	_batasi(filters)
	p, lain = _peserta("p"), _peserta("lain")
	d, d_lain = DocType("Data Pribadi").as_("d"), DocType("Data Pribadi").as_("d_lain")
	calon = {}
	for kolom in SEBAB:
		query = (
			frappe.qb.from_(p)
			.join(d)
			.on(d.name == p.warga)
			.join(d_lain)
			.on(d_lain[kolom] == d[kolom])
			.join(lain)
			.on(lain.warga == d_lain.name)
			.select(
				d.no_kk, d.tanggal_lahir, d_lain.no_kk.as_("kk_lain"), d_lain.tanggal_lahir.as_("lahir_lain")
			)
		)
		for b in _pasangan(filters, query).run(as_dict=True):
			calon[b.peserta, b.peserta_lain] = b
	for b in sorted(calon.values(), key=lambda b: (b.rt, b.nama, b.peserta, b.peserta_lain)):
		satu = Orang(nama_baku(b.nama), b.pop("no_kk"), b.pop("tanggal_lahir"))
		dua = Orang(nama_baku(b.nama_lain), b.pop("kk_lain"), b.pop("lahir_lain"))
		if sebab := sebab_serupa(satu, dua):
			yield b | {"sebab": _(sebab)}


def _batasi(filters: frappe._dict) -> None:
	p, k = _peserta("p"), DocType("Kegiatan").as_("k")
	((banyak,),) = (
		frappe.qb.from_(p)
		.join(k)
		.on(k.name == p.kegiatan)
		.select(Count("*"))
		.where(_dicari(filters, p))
		.where(_dikerjakan(filters, k))
		.run()
	)
	if banyak > DIBANDINGKAN:
		frappe.throw(
			_(
				"Warga serupa dicari untuk paling banyak {0} peserta sekaligus; di sini {1}. Pilih kelurahan atau RT."
			).format(frappe.format(DIBANDINGKAN, "Int"), frappe.format(banyak, "Int"))
		)


def _tutup(b: dict) -> dict:
	"""The row without what its reader may not see of the other one."""
	b = frappe._dict(b)
	if not cint(b.pop("boleh")):
		b.update(
			nama_lain=_("warga lain"),
			nik_lain=None,
			kegiatan_lain=None,
			judul_lain=_("kegiatan lain"),
			rt_lain=None,
			status_lain=None,
		)
	return b


def get_total(data: list[dict]) -> dict:
	return {
		"nama": _("Jumlah: {0} pasangan").format(len(data)),
		"nik_samar": _("{0} warga").format(len({b["warga"] for b in data})),
		"hari": sum(b["hari"] for b in data),
		"bold": 1,
	}


def get_chart(data: list[dict]) -> dict:
	"""Pairs in the kelurahan with most of them, or in the RT when all are of one kelurahan."""
	nama = dict(frappe.get_all("Kelurahan", fields=["name", "nama"], order_by="name", as_list=True))
	satu_kelurahan = len({b["kelurahan"] for b in data}) == 1
	terbanyak = Counter(b["rt"] if satu_kelurahan else nama[b["kelurahan"]] for b in data).most_common(
		BARIS_PADA_GRAFIK
	)
	return {
		"data": {
			"labels": [w for w, _n in terbanyak],
			"datasets": [{"name": _("Pasangan"), "values": [n for _w, n in terbanyak]}],
		},
		"type": "bar",
		"colors": ["#c05621"],
	}
