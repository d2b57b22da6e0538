"""What offices and areas cost: lists under scope, and an approval with everything it triggers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from unittest.mock import patch

import frappe
import stock
from frappe.model.workflow import apply_workflow
from measure import Measure
from stage import Browser, Site, Stage, new_request

from kampung_bahagia.izin import massal

ADMINISTRATOR = "Administrator"
OFFICES = {"ketua-rt": "Ketua RT", "lurah": "Lurah", "dpmppa": "DPMPPA"}
BULK = 20  # files in one bulk action
LISTS = ("Kegiatan", "Peserta", "Klaim")
# frappe.model.std_fields_list of the desk
STANDARD_FIELDS = [
	"name",
	"owner",
	"docstatus",
	"_user_tags",
	"_comments",
	"modified",
	"modified_by",
	"_assign",
	"_liked_by",
	"creation",
	"idx",
]


def measures(stage: Stage) -> Iterator[Measure]:
	for doctype in LISTS:
		for label, office in OFFICES.items():
			yield Measure(
				f"izin.daftar.{doctype.lower()}.{label}",
				1.2,
				listed(lambda: stage.full, doctype, office),
				listed(lambda: stage.full, doctype, ADMINISTRATOR),
			)
	for doctype in LISTS:
		for label, office in (OFFICES | {"administrator": ADMINISTRATOR}).items():
			yield Measure(
				f"izin.skala.{doctype.lower()}.{label}",
				1.3,
				listed(lambda: stage.full, doctype, office),
				listed(lambda: stage.small, doctype, office),
			)
	approvals = Approvals(stage)
	yield Measure(
		"izin.persetujuan",
		1.3,
		approvals.of("Kegiatan"),
		approvals.of(stock.PREFIX + "Kegiatan"),
		runs=31,
		after=approvals.put_back,
	)
	yield Measure(
		"izin.massal",
		0.7,
		approvals.in_bulk("Kegiatan", BULK),
		approvals.of("Kegiatan"),
		runs=15,
		unit=BULK,
		after=approvals.put_back,
	)


def holder(office: str) -> str:
	"""The user who holds this office where most files are: an RT with a claim, its kelurahan."""
	if office == ADMINISTRATOR:
		return office
	k = frappe.db.get_value("Klaim", {}, ["rt", "kelurahan"], as_dict=True, order_by="modified desc")
	area = {"Ketua RT": {"rt": k.rt}, "Lurah": {"kelurahan": k.kelurahan}}.get(office, {})
	return frappe.db.get_value("Penugasan", {"jabatan": office, **area}, "pengguna", order_by="name")


def list_arguments(doctype: str) -> dict[str, str | int]:
	"""What the desk's list view sends to frappe.desk.reportview.get when it is opened."""
	meta = frappe.get_meta(doctype)
	shown = [df.fieldname for df in meta.fields if df.in_list_view or df.fieldname == "status"]
	fields = dict.fromkeys([*STANDARD_FIELDS, *shown, *filter(None, [meta.title_field])])
	return {
		"doctype": doctype,
		"fields": json.dumps([f"`tab{doctype}`.`{field}`" for field in fields]),
		"filters": "[]",
		"order_by": f"`tab{doctype}`.`modified` desc",
		"start": 0,
		"page_length": 20,
		"view": "List",
		"group_by": f"`tab{doctype}`.`name`",
		"with_comment_count": 1,
	}


def listed(site: Callable[[], Site], doctype: str, office: str) -> Callable:
	"""A side: the request of the list view, from the session to the JSON, by the holder of `office`."""
	known: dict = {}

	def prepare() -> Callable[[], object]:
		if not known:
			its = site()
			known.update(
				browser=its.run(lambda: Browser(holder(office))), arguments=its.run(list_arguments, doctype)
			)
			_refuse_empty(request(), doctype, office)
		return request

	def request():
		return known["browser"].post("frappe.desk.reportview.get", known["arguments"])

	return prepare


def _refuse_empty(response, doctype: str, office: str) -> None:
	"""A refusal or an empty list would be quick too."""
	answer = response.get_json()
	if response.status_code != 200 or not answer["message"]["values"]:
		raise RuntimeError(f"the list of {doctype} for {office}: {response.status_code} {answer}")


class Approvals:
	"""Verified kegiatan approved by DPMPPA, and files of the bare twin; put back afterwards."""

	before, action, office = "Diverifikasi Lurah", "Setujui", "DPMPPA"

	def __init__(self, stage: Stage):
		self.stage = stage
		self.waiting: dict[str, list[str]] = {}
		self.taken: dict[str, list[str]] = {}

	def _begin(self, doctype: str) -> None:
		if doctype.startswith(stock.PREFIX):
			frappe.set_user(ADMINISTRATOR)
			stock.bare(doctype.removeprefix(stock.PREFIX))
		self.waiting[doctype] = frappe.get_all(
			doctype, {"status": self.before}, pluck="name", order_by="name desc"
		)
		self.taken[doctype] = []

	def _next(self, doctype: str) -> str:
		if doctype not in self.waiting:
			self._begin(doctype)
		new_request(holder(self.office))
		name = self.waiting[doctype].pop()
		self.taken[doctype].append(name)
		return json.dumps({"doctype": doctype, "name": name})

	def of(self, doctype: str) -> Callable:
		"""A side: one approval of a file of `doctype`, to the end of its transaction."""

		def approve(file: str) -> None:
			apply_workflow(file, self.action)
			frappe.db.commit()

		def prepare() -> Callable[[], object]:
			its = self.stage.full
			file = its.run(self._next, doctype)
			return lambda: its.run(approve, file)

		return prepare

	def in_bulk(self, doctype: str, rows: int) -> Callable:
		"""A side: so many files in one Keputusan Massal, from the request to the last verdict."""

		def approve(names: list[str]) -> None:
			with patch.object(frappe, "enqueue"):  # the work of the background is done here
				its = massal.putuskan(doctype, names, self.action)
			frappe.db.commit()
			massal.kerjakan(its["name"])
			if (done := frappe.db.get_value(massal.MASSAL, its["name"], "berhasil")) != rows:
				raise RuntimeError(f"{its['name']}: only {done} of {rows} were approved")

		def prepare() -> Callable[[], object]:
			its = self.stage.full
			files = [json.loads(its.run(self._next, doctype))["name"] for _ in range(rows)]
			return lambda: its.run(approve, files)

		return prepare

	def put_back(self) -> None:
		for doctype, names in self.taken.items():
			self.stage.full.run(
				stock.put_back, doctype, doctype.removeprefix(stock.PREFIX), names, self.before
			)
		self.taken, self.waiting = {}, {}
