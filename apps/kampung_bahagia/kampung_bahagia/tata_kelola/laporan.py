"""What the reports share: the set that the reader may see, the area and the days that filters name, totals.

A script report goes round the permission hooks, so their criterion stands in each query itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import cint
from pypika import Case, CustomFunction, Table
from pypika.terms import Criterion, EmptyCriterion, Term

from kampung_bahagia.izin.cakupan import kolom_wilayah, kriteria, sebagai_kondisi

# level of grouping: field of a file, which is also the key of its DocType, and the field with its name
TINGKAT = {"Kecamatan": ("kecamatan", "nama"), "Kelurahan": ("kelurahan", "nama"), "RT": ("rt", "judul")}
BARIS_PADA_GRAFIK = 10  # their names must be readable

Tanggal = CustomFunction("DATE", ["waktu"])
Selisih = CustomFunction("DATEDIFF", ["akhir", "awal"])
Terbesar = CustomFunction("GREATEST", ["a", "b"])
Terkecil = CustomFunction("LEAST", ["a", "b"])
TambahHari = CustomFunction("ADDDATE", ["tanggal", "hari"])
PadaJam = CustomFunction("TIMESTAMP", ["hari", "jam"])


def terlihat(doctype: str, tabel: Table | None = None) -> Criterion:
	"""Condition over the table of `doctype`, or another name of it: the rows on which the session's user may report."""
	return sebagai_kondisi(kriteria(doctype, frappe.session.user, "report"), doctype, tabel)


def di_wilayah(doctype: str, filters: frappe._dict, tabel: Table | None = None) -> Criterion:
	"""Condition over the table of `doctype`, or another name of it: lies in the area that the filters name."""
	tabel = tabel or DocType(doctype)
	return Criterion.all(
		[tabel[kolom] == filters[f] for f, kolom in kolom_wilayah(doctype).items() if filters.get(f)]
	)


def semua(*syarat: Criterion) -> Criterion:
	"""All of the conditions at once. Those that hold for every row are left out, since the query builder cannot."""
	return Criterion.all([satu for satu in syarat if not isinstance(satu, EmptyCriterion)])


def tingkat(filters: frappe._dict) -> str:
	"""The level of area by which the filters group, one of TINGKAT; Kelurahan unless they say."""
	dipilih = filters.tingkat or "Kelurahan"
	if dipilih not in TINGKAT:
		frappe.throw(_("Pilih tingkat wilayah: {0}.").format(", ".join(TINGKAT)))
	return dipilih


def periksa_pilihan(pilihan: str | None, boleh: Iterable[str]) -> None:
	"""What a filter chose is one of `boleh`, or nothing. Raises ValidationError that names them."""
	if pilihan and pilihan not in boleh:
		frappe.throw(_("Pilih salah satu: {0}.").format(", ".join(boleh)))


def masa(filters: frappe._dict) -> tuple[date, date] | None:
	"""First and last day of the year, or of the month in it, that the filters name; None without a year."""
	tahun, bulan = cint(filters.tahun), cint(filters.bulan)
	if not tahun:
		return None
	if not 1900 <= tahun <= 2100 or not 0 <= bulan <= 12:
		frappe.throw(_("Isi Tahun antara 1900 dan 2100, dan Bulan antara 1 dan 12."))
	akhir = date(tahun, bulan % 12 + 1, 1) if bulan % 12 else date(tahun + 1, 1, 1)
	return date(tahun, bulan or 1, 1), akhir - timedelta(days=1)


def pada_masa(kolom: Term, hari: tuple[date, date] | None) -> Criterion:
	"""Condition: the date or moment in `kolom` lies in these days, both included."""
	if not hari:
		return EmptyCriterion()
	return (kolom >= hari[0]) & (kolom < hari[1] + timedelta(days=1))


def bila(syarat: Criterion, nilai: Term | int = 1) -> Term:
	"""`nilai` where the condition holds, 0 elsewhere: what sums count."""
	return Case().when(syarat, nilai).else_(0)


def terbanyak(data: Sequence[dict], kolom: str) -> list[dict]:
	"""The rows that a chart has room for: those with most in `kolom`, in the order in which they come."""
	terpilih = sorted(data, key=lambda b: -b[kolom])[:BARIS_PADA_GRAFIK]
	return [b for b in data if b in terpilih]


def jumlahkan(data: Sequence[dict], kolom: Iterable[str]) -> dict:
	"""The line of totals: each of the columns added up, in bold. For a report with rows."""
	return {"bold": 1, **{f: sum(b[f] for b in data) for f in kolom}}


def kolom_laporan(*kolom: tuple[str, str, str, int] | tuple[str, str, str, int, str]) -> list[dict]:
	"""Columns from (field, label, type, width) and, for links, the DocType; fractions with one digit."""
	nama = ("fieldname", "label", "fieldtype", "width", "options")
	return [
		dict(zip(nama, satu, strict=False)) | ({"precision": 1} if satu[2] in ("Percent", "Float") else {})
		for satu in kolom
	]
