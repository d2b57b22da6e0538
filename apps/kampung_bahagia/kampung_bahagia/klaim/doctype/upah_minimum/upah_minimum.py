from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from kampung_bahagia.tata_kelola.masa_berlaku import nilai_berlaku, periksa_masa_berlaku

LINGKUP = ("Kota", "Provinsi")  # the city's goes before the province's


class UpahMinimum(Document):
	def validate(self):
		periksa_masa_berlaku(self, "lingkup")
		if flt(self.upah) <= 0:
			frappe.throw(_("Isi Upah Minimum per Bulan."))


def upah_minimum_pada(hari: date | str) -> frappe._dict | None:
	"""`name` and `upah` (rupiah a month) of the record in force on that day; None when there is none."""
	semua = (nilai_berlaku("Upah Minimum", hari, ("name", "upah"), lingkup=satu) for satu in LINGKUP)
	return next((ada for ada in semua if ada), None)
