import frappe
from frappe import _
from frappe.model.document import Document


class CatatanTetap(frappe.PermissionError):
	pass


class AksesDataPribadi(Document):
	"""One opening of personal data; written by `izin.data_pribadi` and never touched again."""

	def validate(self):
		if not self.is_new():
			self.tolak()

	def db_update(self):
		self.tolak()

	def on_trash(self):
		self.tolak()

	def tolak(self):
		frappe.throw(
			_("Catatan akses data pribadi tidak dapat diubah atau dihapus."),
			CatatanTetap,
			title=_("Catatan tetap"),
		)


def on_doctype_update():
	frappe.db.add_index("Akses Data Pribadi", ["warga", "pengguna", "waktu"])
	frappe.db.add_index("Akses Data Pribadi", ["pengguna", "waktu"])
	frappe.db.add_index("Akses Data Pribadi", ["waktu"])
