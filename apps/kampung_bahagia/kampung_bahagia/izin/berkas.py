"""Attachments of the programme's files: always private, listed only to who may see the file itself."""

import frappe
from frappe.core.doctype.file.file import File

from kampung_bahagia.izin.cakupan import di_dalam, kriteria, sebagai_sql

DOCTYPE_BERLAMPIRAN = (
	"RT",
	"Warga",
	"Musyawarah",
	"Kegiatan",
	"Peserta",
	"Surat Keputusan",
	"Pendaftaran BPJS",
	"Klaim",
)


class BerkasProgram(File):
	"""A File that is private from its first byte when it hangs on one of the programme's documents.

	Made private afterwards it would be too late: the framework writes the attachment of a web form, and the
	copy that it makes for an attach field, as public files before any hook runs.
	"""

	def before_insert(self):
		self.tutup()
		super().before_insert()

	def validate(self):
		self.tutup()
		super().validate()

	def tutup(self):
		if self.attached_to_doctype in DOCTYPE_BERLAMPIRAN and not self.is_folder:
			self.is_private = 1


def daftar_file(user: str | None = None) -> str:
	"""List hook of File. Frappe lists the attachments of every DocType that a role may read, in all areas."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	f = frappe.qb.DocType("File")
	boleh = f.attached_to_doctype.isnull() | f.attached_to_doctype.notin(DOCTYPE_BERLAMPIRAN)
	for doctype in DOCTYPE_BERLAMPIRAN:
		boleh |= (f.attached_to_doctype == doctype) & di_dalam(
			f.attached_to_name, doctype, kriteria(doctype, user)
		)
	return sebagai_sql(boleh)
