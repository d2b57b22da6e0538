from frappe.model.document import Document
from frappe.utils import getdate, nowdate

from kampung_bahagia.aturan.nomor_surat import susun_nomor
from kampung_bahagia.izin import totp
from kampung_bahagia.izin.peran import selaraskan_peran
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan


class PengaturanKampungBahagia(Document):
	def validate(self):
		self.docstatus = 0  # the framework lets a Single be cancelled, which nobody could then save again
		with menurut_aturan():
			susun_nomor(self.templat_nomor_sk, seq=1, tanggal=getdate(nowdate()), rt=1, KEL="KELURAHAN")
		if self._jabatan(self) != self._jabatan(self.get_doc_before_save()):
			totp.periksa(self._jabatan(self))

	def on_update(self):
		if self.has_value_changed("mantan_pejabat_melihat"):
			selaraskan_peran()
		if self._jabatan(self) != self._jabatan(self.get_doc_before_save()):
			totp.terapkan(self._jabatan(self))

	@staticmethod
	def _jabatan(doc) -> set[str]:
		return {b.jabatan for b in doc.jabatan_wajib_totp} if doc else set()
