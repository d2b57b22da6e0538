from frappe.model.document import Document

from kampung_bahagia.izin import totp
from kampung_bahagia.izin.peran import selaraskan_peran


class PengaturanKampungBahagia(Document):
	def validate(self):
		self.docstatus = 0  # the framework lets a Single be cancelled, which nobody could then save again
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
