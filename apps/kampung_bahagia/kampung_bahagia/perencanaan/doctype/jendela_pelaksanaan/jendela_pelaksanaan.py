import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.tata_kelola.masa_berlaku import periksa_urutan


class JendelaPelaksanaan(Document):
	def validate(self):
		periksa_urutan(self, "mulai", "selesai")
		self.periksa_sekali()

	def periksa_sekali(self):
		"""One window for each group and year."""
		sama = {"tahun": self.tahun, "kelompok": self.kelompok, "name": ["!=", self.name]}
		if lain := frappe.db.get_value("Jendela Pelaksanaan", sama):
			frappe.throw(
				_("Kelompok {0} tahun {1} sudah mempunyai jendela {2}.").format(
					self.kelompok, self.tahun, frappe.bold(lain)
				)
			)
