import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku


class StandarHarga(Document):
	def validate(self):
		self.uraian, self.satuan = " ".join(self.uraian.split()), self.satuan.strip()
		if self.harga <= 0:
			frappe.throw(_("Harga Satuan {0} masih nol.").format(frappe.bold(self.uraian)))
		periksa_masa_berlaku(self, "uraian", "satuan")
