"""What the reports of the planning cost: each beside the same by hand, over the whole city, for DPMPPA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import frappe
from bench_izin import holder
from frappe.utils import getdate, now_datetime, nowdate
from measure import Measure
from stage import Stage, new_request

SQL = Path(__file__).resolve().parents[1] / "sql"
REPORTS = {
	"Kepatuhan Musyawarah": {},
	"Prioritas Usulan": {},
	"Iuran dan Pagu": {"tingkat": "RT"},
	"Kemajuan Kegiatan": {},
	"Rekap Bulanan Lurah": {},
}
GOAL, RUNS = 1.5, 21


def measures(stage: Stage) -> Iterator[Measure]:
	for report in REPORTS:
		yield Measure(
			f"perencanaan.{frappe.scrub(report)}",
			GOAL,
			side(stage, _reported, report),
			side(stage, _by_hand, report),
			runs=RUNS,
		)


def side(
	stage: Stage, make: Callable[[str], Callable[[], list]], report: str, least: int = 1_000
) -> Callable:
	"""A side: the rows of the report, `least` of them or more, made in a request of DPMPPA."""
	known: list[Callable[[], list]] = []

	def prepare() -> Callable[[], object]:
		if not known:
			known.append(stage.full.run(make, report))
			if len(stage.full.run(known[0])) < least:
				raise RuntimeError(f"{report}: {make.__name__} finds next to nothing")
		stage.full.run(new_request, stage.full.run(holder, "DPMPPA"))
		return lambda: stage.full.run(known[0])

	return prepare


def _reported(report: str) -> Callable[[], list]:
	frappe.set_user(holder("DPMPPA"))
	execute = frappe.get_attr(
		f"kampung_bahagia.perencanaan.report.{frappe.scrub(report)}.{frappe.scrub(report)}.execute"
	)
	return lambda: execute({"tahun": getdate(nowdate()).year, **REPORTS[report]})[1]


def _by_hand(report: str) -> Callable[[], list]:
	today = getdate(nowdate())
	first = today.replace(day=1)
	values = {
		"tahun": today.year,
		"kini": now_datetime(),
		"hari_ini": today,
		"awal": first,
		"akhir": (first + timedelta(days=31)).replace(day=1) - timedelta(days=1),
	}
	query = (SQL / f"{frappe.scrub(report)}.sql").read_text().replace("{wilayah}", "1 = 1")
	return lambda: frappe.db.sql(query, values, as_dict=True)
