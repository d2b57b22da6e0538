from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate

from kampung_bahagia.aturan.kepesertaan import PROGRAM, periksa_tarif
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku, yang_berlaku


class TarifKepesertaanKota(Document):
	def validate(self):
		periksa_masa_berlaku(self, "kelompok")
		program = frappe.get_cached_doc("Kelompok Kepesertaan", self.kelompok).program()
		with menurut_aturan():
			self.iuran = float(periksa_tarif(self.per_orang(), program))

	def per_orang(self) -> dict[str, Decimal]:
		"""Rupiah per person and month of each of PROGRAM."""
		return {nama: desimal(self.get(nama.lower())) for nama in PROGRAM}


def tarif_pada(kelompok: str, pada) -> TarifKepesertaanKota:
	"""The tariff of the group in force on the day `pada`. Throws when there is none, and says what to do."""
	nama = yang_berlaku("Tarif Kepesertaan Kota", pada, kelompok=kelompok)
	if not nama:
		frappe.throw(
			_("Belum ada Tarif Kepesertaan Kota bagi {0} pada {1}. Catat dahulu tarifnya.").format(
				frappe.bold(kelompok), formatdate(pada)
			)
		)
	return frappe.get_cached_doc("Tarif Kepesertaan Kota", nama)
