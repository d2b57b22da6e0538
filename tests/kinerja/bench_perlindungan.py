"""What the reports on participants and registrations cost: each beside the same by hand, over the whole city, for DPMPPA."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
from bench_izin import holder
from bench_perencanaan import GOAL, SQL, side
from frappe.utils import getdate, nowdate
from measure import Measure
from stage import Stage

# the list and what it counts are two statements
REPORTS = {"Daftar Peserta": ("daftar_peserta", "daftar_peserta_jumlah"), "Peserta Ganda": ("peserta_ganda",)}
REGISTRATIONS = {
	"Pendaftaran Terlambat": ("pendaftaran_terlambat",),
	"Hari Kegiatan Tak Terlindungi": ("hari_kegiatan_tak_terlindungi",),
	"Iuran BPJS": ("iuran_bpjs",),
	"Rekonsiliasi BPJS": ("rekonsiliasi_bpjs",),
	"Kepesertaan Kota": ("kepesertaan_kota",),
}
FEWEST = {"Iuran BPJS": 60, "Kepesertaan Kota": 4}  # a row for each kelurahan, and for each group
RUNS = 11


def measures(stage: Stage) -> Iterator[Measure]:
	for report in (*REPORTS, *REGISTRATIONS):
		yield Measure(
			f"{'bpjs' if report in REGISTRATIONS else 'perlindungan'}.{frappe.scrub(report)}",
			GOAL,
			side(stage, _reported, report, FEWEST.get(report, 1_000)),
			side(stage, _by_hand, report, FEWEST.get(report, 1_000)),
			runs=RUNS,
		)


def _reported(report: str) -> Callable[[], list]:
	frappe.set_user(holder("DPMPPA"))
	name = frappe.scrub(report)
	execute = frappe.get_attr(f"kampung_bahagia.perlindungan.report.{name}.{name}.execute")
	return lambda: execute({"tahun": getdate(nowdate()).year})[1]


def _by_hand(report: str) -> Callable[[], list]:
	values = {"tahun": getdate(nowdate()).year, "batas": 5_000, "hari_ini": nowdate()}
	queries = [
		(SQL / f"{name}.sql").read_text().replace("{wilayah_lain}", "1 = 1").replace("{wilayah}", "1 = 1")
		for name in (REPORTS | REGISTRATIONS)[report]
	]
	return lambda: [row for query in queries for row in frappe.db.sql(query, values, as_dict=True)]
