from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from kampung_bahagia.aturan.nomor_surat import susun_nomor
from kampung_bahagia.izin.peran import selaraskan_peran
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan


class PengaturanKampungBahagia(Document):
	def validate(self):
		with menurut_aturan():
			susun_nomor(self.templat_nomor_sk, seq=1, tanggal=getdate(nowdate()), rt=1, KEL="KELURAHAN")

	def on_update(self):
		if self.has_value_changed("mantan_pejabat_melihat"):
			selaraskan_peran()
