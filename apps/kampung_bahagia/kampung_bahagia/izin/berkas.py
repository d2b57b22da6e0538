"""Attachments of the programme's files: always private, listed only to who may see the file itself."""

import frappe

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


def jadikan_privat(file, method: str | None = None) -> None:
	"""A web form stores what it receives as a public file; here it becomes private in the same transaction."""
	if file.attached_to_doctype in DOCTYPE_BERLAMPIRAN and not file.is_private and not file.is_folder:
		file.is_private = 1
		file.save(ignore_permissions=True)


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
