"""What it costs to import residents with all checks: beside the framework's own import, and beside bare inserts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import StringIO

import frappe
import seed
from bench_izin import ADMINISTRATOR, holder
from frappe.core.doctype.data_import.importer import Importer
from measure import Measure
from stage import Stage, new_request

from kampung_bahagia.setup.demo.penduduk import LAKI_LAKI, PEREMPUAN, nik
from kampung_bahagia.wilayah.doctype.impor_warga import impor_warga
from kampung_bahagia.wilayah.doctype.impor_warga.impor_warga import KOLOM

ROWS = 10_000
STOCK_ROWS = 100  # through the framework one by one; its time is by the row
RUNS = 5
OFFICE = "DPMPPA"


def measures(stage: Stage) -> Iterator[Measure]:
	residents = Residents(stage)
	yield Measure(
		"warga.impor",
		0.1,
		residents.imported,
		residents.by_data_import,
		runs=RUNS,
		unit=ROWS // STOCK_ROWS,
		after=residents.remove,
	)
	yield Measure(
		"warga.impor.sisipan",
		4,
		residents.imported,
		residents.inserted,
		runs=RUNS,
		after=residents.remove,
	)


class Residents:
	"""The same new residents of the whole city, brought in each way; taken out again before each."""

	def __init__(self, stage: Stage):
		self.stage = stage
		self.people: list[dict] = []
		self.rows: dict[str, list[dict]] = {}  # that an import leaves, by DocType

	def _side(self, make: Callable[[], Callable[[], object]]) -> Callable[[], object]:
		work = self.stage.full.run(make)
		return lambda: self.stage.full.run(work)

	def remove(self) -> None:
		self.stage.full.run(self._remove)

	def _remove(self) -> None:
		new_request(ADMINISTRATOR)
		for doctype in ("Warga", "Data Pribadi"):
			frappe.db.sql(
				f"DELETE FROM `tab{doctype}` WHERE owner IN (%s, %s)",  # noqa: S608
				(ADMINISTRATOR, holder(OFFICE)),
			)
		impor = frappe.get_all("Impor Warga", pluck="name", order_by="name")
		frappe.db.delete("Baris Impor Warga", {"parent": ["in", impor or [""]]})
		frappe.db.delete("Impor Warga")
		for imported in ("Data Import", "Data Import Log"):
			frappe.db.delete(imported)
		frappe.db.commit()

	def _begin(self, user: str) -> None:
		self._remove()
		if not self.people:
			self.people = list(_new_people())
		new_request(user)

	def imported(self) -> Callable[[], object]:
		return self._side(self._imported)

	def _imported(self) -> Callable[[], object]:
		self._begin(holder(OFFICE))
		content = _csv([titles[0] for titles in KOLOM.values()], [[p[k] for k in KOLOM] for p in self.people])
		doc = frappe.get_doc({"doctype": "Impor Warga", "berkas": _file(content)}).insert()
		frappe.db.commit()
		impor_warga.jalankan(doc.name, False)
		self._expect("Impor Warga", doc.name, "Siap Diterapkan")

		def apply() -> None:
			impor_warga.jalankan(doc.name, True)
			self._expect("Impor Warga", doc.name, "Diterapkan")

		return apply

	def by_data_import(self) -> Callable[[], object]:
		return self._side(self._by_data_import)

	def _by_data_import(self) -> Callable[[], object]:
		self._begin(ADMINISTRATOR)
		meta = frappe.get_meta("Warga")
		fields = ("nik", "no_kk", "nama", "jenis_kelamin", "tanggal_lahir", "rt", "alamat", "no_hp")
		rows = [[{**p, "rt": p["rt_name"]}[f] for f in fields] for p in self.people[:: ROWS // STOCK_ROWS]]
		content = _csv([meta.get_label(f) for f in fields], rows)
		doc = frappe.get_doc(
			{
				"doctype": "Data Import",
				"reference_doctype": "Warga",
				"import_type": "Insert New Records",
				"import_file": _file(content),
			}
		).insert()
		frappe.db.commit()

		def bring_in() -> None:
			Importer("Warga", data_import=doc).import_data()
			self._expect("Data Import", doc.name, "Success")

		return bring_in

	def inserted(self) -> Callable[[], object]:
		return self._side(self._inserted)

	def _inserted(self) -> Callable[[], object]:
		"""The rows that an import left, as they are, by many-row statements."""
		if not self.rows:
			self._imported()()
			for doctype in ("Data Pribadi", "Warga"):
				self.rows[doctype] = frappe.db.sql(
					f"SELECT * FROM `tab{doctype}` WHERE owner = %s",  # noqa: S608
					holder(OFFICE),
					as_dict=True,
				)
				if len(self.rows[doctype]) != ROWS:
					raise RuntimeError(f"{doctype}: {len(self.rows[doctype])} rows instead of {ROWS}")
		self._remove()

		def insert() -> None:
			for doctype, its in self.rows.items():
				seed.insert(doctype, its)
			frappe.db.commit()

		return insert

	@staticmethod
	def _expect(doctype: str, name: str, status: str) -> None:
		found = frappe.db.get_value(doctype, name, "status")
		if found != status:
			raise RuntimeError(f"{doctype} {name}: {found}")


def _new_people() -> Iterator[dict]:
	"""Residents whom the seed did not make: of its districts and birthdays, with serials of their own."""
	rt = frappe.get_all("RT", fields=["name", "nomor", "kelurahan", "kecamatan"], order_by="name", limit=0)
	for i in range(ROWS):
		its = rt[i % len(rt)]
		sex = "Laki-laki" if i % 2 == 0 else "Perempuan"
		born = date(1964, 1, 1) + timedelta(days=i * 7 % 13_000)
		kecamatan = its.kecamatan.replace(".", "")
		yield {
			"nik": nik(kecamatan, sex, born, 8_001 + i // 13_000),
			"no_kk": nik(kecamatan, "Laki-laki", date(2016, 1, 1) + timedelta(days=i // 3 % 3_000), 8_001),
			"nama": f"{(LAKI_LAKI if i % 2 == 0 else PEREMPUAN)[i % 20]} {chr(65 + i % 26)}",
			"jenis_kelamin": sex,
			"tanggal_lahir": born.isoformat(),
			"kelurahan": its.kelurahan,
			"rt": f"{its.nomor:03}",
			"rt_name": its.name,
			"alamat": f"Jalan Kenanga No. {i}",
			"no_hp": f"0813{i:08}",
		}


def _csv(headings: list[str], rows: list[list]) -> bytes:
	text = StringIO()
	csv.writer(text).writerows([headings, *rows])
	return text.getvalue().encode()


def _file(content: bytes) -> str:
	return (
		frappe.get_doc({"doctype": "File", "file_name": "warga.csv", "is_private": 1, "content": content})
		.insert(ignore_permissions=True)
		.file_url
	)
