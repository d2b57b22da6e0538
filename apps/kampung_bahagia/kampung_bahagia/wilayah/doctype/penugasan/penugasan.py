import frappe
from frappe import _

from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.izin.peran import selaraskan_peran
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku

# the level of area that an office is given for; Pengawas may stand for one kecamatan or the whole city
TINGKAT_JABATAN = {"Ketua RT": "rt", "Pendamping": "rt", "Lurah": "kelurahan"}
SATU_PEJABAT = {"Ketua RT": "rt", "Lurah": "kelurahan"}


class Penugasan(DokumenBerwilayah):
	def isi_wilayah(self):
		"""An office names its own area; nothing is copied from it upwards."""

	def validate(self):
		self.periksa_bentuk()
		self.periksa_bukan_diri_sendiri()
		self.periksa_wilayah()
		if self.jabatan in SATU_PEJABAT:
			periksa_masa_berlaku(self, "jabatan", SATU_PEJABAT[self.jabatan], mulai="mulai", sampai="sampai")
		else:
			periksa_masa_berlaku(
				self,
				"pengguna",
				"jabatan",
				*(t for t in ("rt", "kecamatan") if self.get(t)),
				mulai="mulai",
				sampai="sampai",
			)

	def periksa_bukan_diri_sendiri(self):
		"""Whoever appoints could otherwise verify and approve the same file in two offices."""
		if self.pengguna == frappe.session.user:
			frappe.throw(_("Penugasan Anda sendiri harus dicatat oleh pejabat lain."), frappe.PermissionError)

	def periksa_wilayah(self):
		"""Exactly the area that the office calls for: an area too many would widen or void its scope."""
		tingkat = TINGKAT_JABATAN.get(self.jabatan)
		if tingkat and not self.get(tingkat):
			frappe.throw(
				_("{0} memerlukan {1}.").format(frappe.bold(self.jabatan), self.meta.get_label(tingkat)),
				frappe.MandatoryError,
			)
		for t in ("rt", "kelurahan", "kecamatan"):
			if t != tingkat and not (self.jabatan == "Pengawas" and t == "kecamatan"):
				self.set(t, None)

	def on_update(self):
		selaraskan_peran(self.pengguna)

	def after_delete(self):
		selaraskan_peran(self.pengguna)
