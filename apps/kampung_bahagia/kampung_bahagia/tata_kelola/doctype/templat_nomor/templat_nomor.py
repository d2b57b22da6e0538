from frappe.model.document import Document
from frappe.utils import getdate

from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku
from kampung_bahagia.tata_kelola.penomoran import isi_templat


class TemplatNomor(Document):
	def validate(self):
		periksa_masa_berlaku(self, "jenis_dokumen")
		self.contoh = isi_templat(
			self.templat, seq=1, tanggal=getdate(self.berlaku_mulai), rt=14, kelurahan="Kenali Asam"
		)
