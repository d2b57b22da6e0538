import frappe
from frappe import _
from frappe.utils import getdate

from kampung_bahagia.aturan.identitas import periksa_rekening, samarkan_rekening
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku


class RT(DokumenBerwilayah):
	sumber_wilayah = "kelurahan"

	def autoname(self):
		self.periksa_bentuk()
		# the date belongs to the key: after pemekaran a number is given to other neighbours
		self.name = (
			f"{self.kelurahan.replace('.', '')}-{int(self.nomor):03}-{getdate(self.berlaku_mulai):%Y%m%d}"
		)

	def isi_wilayah(self):
		self.kecamatan = frappe.db.get_value("Kelurahan", self.kelurahan, "kecamatan")

	def validate(self):
		self.periksa_dasar()
		self.isi_judul()
		self.periksa_nomor()
		self.samarkan_rekening()
		periksa_masa_berlaku(self, "kelurahan", "nomor")

	def isi_judul(self):
		self.judul = f"RT {int(self.nomor):03} {frappe.db.get_value('Kelurahan', self.kelurahan, 'nama')}"

	def periksa_nomor(self):
		if not 1 <= int(self.nomor) <= 999:
			frappe.throw(_("Nomor RT harus antara 1 dan 999."))

	def samarkan_rekening(self):
		"""The account number itself is kept encrypted by the framework, which gives back asterisks only."""
		nomor = self.nomor_rekening or ""
		if not nomor:
			self.rekening_samar = None
		elif not self.is_dummy_password(nomor):
			with menurut_aturan():
				self.nomor_rekening = periksa_rekening(nomor)
			self.rekening_samar = samarkan_rekening(self.nomor_rekening)
