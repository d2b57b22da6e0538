from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.aturan.iuran import HasilIuran, Lapis, hitung_iuran, periksa_lapis
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku, yang_berlaku


class TarifIuran(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		with menurut_aturan():
			periksa_lapis(self.sebagai_lapis())

	def sebagai_lapis(self) -> tuple[Lapis, ...]:
		return tuple(
			Lapis(
				batas_atas=desimal(baris.batas_atas) if baris.batas_atas else None,
				jkk_persen=desimal(baris.jkk_persen),
				jkm_persen=desimal(baris.jkm_persen),
			)
			for baris in self.lapis
		)


def iuran_menurut_tarif(dasar: Decimal, pada) -> tuple[str, HasilIuran]:
	"""Name of the tariff in force on the day `pada`, and the premium of `dasar` (rupiah) by it.

	Throws when no tariff is in force on that day.
	"""
	nama = yang_berlaku("Tarif Iuran", pada)
	if not nama:
		frappe.throw(
			_("Belum ada Tarif Iuran yang berlaku pada {0}. Hubungi DPMPPA.").format(
				frappe.utils.formatdate(pada)
			)
		)
	with menurut_aturan():
		return nama, hitung_iuran(dasar, frappe.get_cached_doc("Tarif Iuran", nama).sebagai_lapis())
