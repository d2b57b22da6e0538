"""One action on many files: who asked for it, and the verdict on each. Worked off by `izin.massal`."""

import frappe
from frappe import _
from frappe.model.document import Document


class KeputusanMassal(Document):
	def before_validate(self):
		self.tolak()

	def on_trash(self):
		self.tolak()

	def tolak(self):
		if not self.flags.oleh_sistem:
			frappe.throw(
				_("Keputusan Massal ditulis oleh sistem. Pilih berkas pada daftar, lalu buka menu Tindakan."),
				frappe.PermissionError,
			)
