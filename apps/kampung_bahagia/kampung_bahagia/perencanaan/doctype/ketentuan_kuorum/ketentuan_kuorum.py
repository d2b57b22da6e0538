from frappe.model.document import Document

from kampung_bahagia.aturan.kuorum import kuorum_tercapai
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku


class KetentuanKuorum(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		with menurut_aturan():
			kuorum_tercapai(1, 1, desimal(self.persen_minimum), bool(self.lebih_dari))
