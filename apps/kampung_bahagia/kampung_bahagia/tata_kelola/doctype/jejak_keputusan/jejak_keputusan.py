"""The ledger of decisions: append only, each entry chained to the one before it by its hash.

Entries are written by `tata_kelola.jejak.catat`, in the transaction of the step that they tell of. The doors of
the framework end here; `jejak.pasang_penjaga` closes the database's own.
"""

import frappe
from frappe import _

from kampung_bahagia.izin.dokumen import DokumenBerwilayah


class JejakTidakBerubah(frappe.PermissionError):
	pass


class JejakKeputusan(DokumenBerwilayah):
	def isi_wilayah(self):
		"""The area stands here as it was when the decision fell."""

	def before_insert(self):
		self.tolak()

	def before_validate(self):
		self.tolak()

	def on_trash(self):
		self.tolak()

	def before_rename(self, *args):
		self.tolak()

	def tolak(self):
		"""Raises JejakTidakBerubah, for Administrator as for everyone."""
		frappe.throw(
			_("Jejak Keputusan ditulis oleh sistem dan tidak dapat ditambah, diubah, atau dihapus."),
			JejakTidakBerubah,
			title=_("Jejak tidak dapat diubah"),
		)


def on_doctype_update():
	frappe.db.add_index("Jejak Keputusan", ["rujukan_nama", "rujukan_doctype"])
