import frappe
from frappe import _

from kampung_bahagia.izin.dokumen import DokumenBerwilayah, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks


class DokumenResmi(DokumenBerwilayah):
	"""A signed document, made by `tata_kelola.resmi` alone; afterwards only its validity ends."""

	def validate(self):
		self.periksa_pembuat()
		self.periksa_dasar()

	def on_trash(self):
		frappe.throw(_("Dokumen resmi tidak dapat dihapus."), DokumenTerkunci)

	def periksa_pembuat(self):
		"""No form, request or import makes or changes one. Raises DokumenTerkunci."""
		if not self.flags.oleh_sistem:
			frappe.throw(
				_("Dokumen resmi dibuat oleh penandatanganan dan tidak dapat diisi sendiri."), DokumenTerkunci
			)


def on_doctype_update():
	pasang_indeks("Dokumen Resmi")
	frappe.db.add_unique("Dokumen Resmi", ["rujukan_doctype", "rujukan_nama", "jenis"], "satu_dari_satu")
	frappe.db.add_unique("Dokumen Resmi", ["jenis", "rt", "nomor"], "nomor_sekali")
