from frappe.model.document import Document

from kampung_bahagia.aturan.pagu import LapisPagu, periksa_lapis_pagu
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku


class KetentuanPagu(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		with menurut_aturan():
			periksa_lapis_pagu(self.sebagai_lapis())

	def sebagai_lapis(self) -> tuple[LapisPagu, ...]:
		return tuple(
			LapisPagu(kk_dari=int(b.kk_dari or 0), kk_sampai=b.kk_sampai or None, pagu=desimal(b.pagu))
			for b in self.lapis
		)
