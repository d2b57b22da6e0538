from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.perlindungan.kepesertaan_kota import pemakaian


class AnggaranGanda(frappe.UniqueValidationError):
	pass


class AnggaranKepesertaanKota(Document):
	def validate(self):
		if not 2000 <= (self.tahun or 0) <= 2100:
			frappe.throw(_("Isi Tahun antara 2000 dan 2100."))
		self.judul = f"{self.kelompok} {self.tahun}"
		if not self.pagu:
			frappe.throw(_("Isi Pagu lebih dari nol."))
		lain = {"tahun": self.tahun, "kelompok": self.kelompok, "name": ["!=", self.name or ""]}
		if ada := frappe.db.get_value(self.doctype, lain):
			frappe.throw(
				_("Anggaran {0} sudah dicatat: {1}. Ubah yang itu.").format(
					frappe.bold(self.judul), frappe.bold(ada)
				),
				AnggaranGanda,
			)

	def onload(self):
		"""For the form: what of the ceiling is planned, paid and left, and how that is said."""
		if not (self.tahun and self.kelompok):
			return
		keadaan = pemakaian(self.tahun, [self])[self.kelompok]
		self.set_onload("anggaran", {k: float(v) for k, v in keadaan.items()})


def on_doctype_update():
	frappe.db.add_unique("Anggaran Kepesertaan Kota", ["tahun", "kelompok"], "sekali_per_tahun")
