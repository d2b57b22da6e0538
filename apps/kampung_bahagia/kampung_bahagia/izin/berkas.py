"""Attachments of the programme's files: always private, listed only to who may see the file itself."""

import frappe

from kampung_bahagia.izin.cakupan import kriteria, sebagai_sql

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
	syarat = []
	for doctype in DOCTYPE_BERLAMPIRAN:
		sql = sebagai_sql(kriteria(doctype, user), doctype) or "1=1"
		syarat.append(
			f"(`tabFile`.`attached_to_doctype` = '{doctype}'"
			f" and `tabFile`.`attached_to_name` in (select `name` from `tab{doctype}` where {sql}))"  # noqa: S608  names of DocTypes
		)
	nama = ", ".join(f"'{d}'" for d in DOCTYPE_BERLAMPIRAN)
	lain = f"ifnull(`tabFile`.`attached_to_doctype`, '') not in ({nama})"
	return f"({lain} or {' or '.join(syarat)})"
