import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt

from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku


class StandarHarga(Document):
	def validate(self):
		self.uraian, self.satuan = " ".join((self.uraian or "").split()), (self.satuan or "").strip()
		if flt(self.harga) <= 0:
			frappe.throw(_("Harga Satuan {0} masih nol.").format(frappe.bold(self.uraian)))
		periksa_masa_berlaku(self, "uraian", "satuan")
