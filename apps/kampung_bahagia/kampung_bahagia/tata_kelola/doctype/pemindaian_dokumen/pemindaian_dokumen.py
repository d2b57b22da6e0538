import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.izin.dokumen import DokumenTerkunci, nama_acak


class PemindaianDokumen(Document):
	"""One look at the verification page that found a document; written by `tata_kelola.resmi` alone."""

	def autoname(self):
		self.name = nama_acak()

	def validate(self):
		if not (self.is_new() and self.flags.oleh_sistem):
			frappe.throw(_("Catatan ini ditulis oleh sistem dan tidak dapat diubah."), DokumenTerkunci)

	def on_trash(self):
		frappe.throw(_("Catatan ini tidak dapat dihapus."), DokumenTerkunci)
