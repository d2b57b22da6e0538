"""What the reports on claims cost: each beside the same by hand, over the whole city, for DPMPPA."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import frappe
from bench_izin import holder
from bench_perencanaan import GOAL, SQL, side
from frappe.utils import getdate, now_datetime, nowdate
from measure import Measure
from stage import Stage

REPORTS = {"Klaim": 500, "Klaim Macet": 400, "Manfaat Dibayar": 2}  # rows, at least
RUNS = 21


def measures(stage: Stage) -> Iterator[Measure]:
	for report, least in REPORTS.items():
		yield Measure(
			f"klaim.{frappe.scrub(report)}",
			GOAL,
			side(stage, _reported, report, least),
			side(stage, _by_hand, report, least),
			runs=RUNS,
		)


def _reported(report: str) -> Callable[[], list]:
	frappe.set_user(holder("DPMPPA"))
	name = frappe.scrub(report)
	execute = frappe.get_attr(f"kampung_bahagia.klaim.report.{name}.{name}.execute")
	return lambda: execute({"tahun": getdate(nowdate()).year})[1]


def _by_hand(report: str) -> Callable[[], list]:
	values = {"tahun": getdate(nowdate()).year, "sekarang": now_datetime()}
	query = (SQL / f"{frappe.scrub(report)}.sql").read_text().replace("{wilayah}", "1 = 1")
	return lambda: frappe.db.sql(query, values, as_dict=True)
