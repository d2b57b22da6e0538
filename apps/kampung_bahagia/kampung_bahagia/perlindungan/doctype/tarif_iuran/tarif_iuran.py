from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.aturan.iuran import (
	HasilIuran,
	Lapis,
	hitung_iuran,
	hitung_iuran_upah,
	periksa_lapis,
)
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku, yang_berlaku


class TarifIuran(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		with menurut_aturan():
			periksa_lapis(self.sebagai_lapis())
		self.periksa_tarif_upah()

	def periksa_tarif_upah(self):
		"""Rates on wages stand together, with their source, or not at all."""
		terisi = [bool(self.get(f)) for f in ("jkk_upah_persen", "jkm_upah_persen", "dasar_hukum_upah")]
		if any(terisi) and not all(terisi):
			frappe.throw(_("Bila Upah Diketahui: isi JKK, JKM, dan dasar hukumnya, atau kosongkan semuanya."))

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
	tarif = _tarif_pada(pada)
	with menurut_aturan():
		return tarif.name, hitung_iuran(dasar, tarif.sebagai_lapis())


def iuran_menurut_upah(upah: Sequence[Decimal], bulan: int, pada) -> tuple[str, HasilIuran]:
	"""Name of the tariff in force on the day `pada`, and the premium of these monthly wages (rupiah) over so many
	months by it.

	Throws when no tariff is in force on that day, or it has no rates on wages.
	"""
	tarif = _tarif_pada(pada)
	if not tarif.jkk_upah_persen or not tarif.jkm_upah_persen:
		frappe.throw(
			_(
				"Tarif Iuran {0} belum memuat tarif bila upah diketahui. Mintalah DPMPPA melengkapinya."
			).format(frappe.bold(tarif.name))
		)
	with menurut_aturan():
		return tarif.name, hitung_iuran_upah(
			upah, bulan, desimal(tarif.jkk_upah_persen), desimal(tarif.jkm_upah_persen)
		)


def _tarif_pada(pada) -> TarifIuran:
	nama = yang_berlaku("Tarif Iuran", pada)
	if not nama:
		frappe.throw(
			_("Belum ada Tarif Iuran yang berlaku pada {0}. Hubungi DPMPPA.").format(
				frappe.utils.formatdate(pada)
			)
		)
	return frappe.get_cached_doc("Tarif Iuran", nama)
