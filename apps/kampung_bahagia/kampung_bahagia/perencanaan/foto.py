"""Photos in the rows of a table: images, private, and attached to the document that shows them."""

import frappe
from frappe import _

GAMBAR = (".jpg", ".jpeg", ".png", ".webp")


def periksa_foto(url: str | None, label: str) -> None:
	"""A private image; `label` names the field in the message."""
	if not url:
		return
	if not url.lower().endswith(GAMBAR):
		frappe.throw(_("{0}: unggah gambar (JPG, PNG, atau WebP).").format(frappe.bold(label)))
	if not url.startswith("/private/files/"):
		frappe.throw(_("{0}: unggah ulang foto; foto disimpan tertutup.").format(frappe.bold(label)))


def lekatkan(doc, url: set[str]) -> None:
	"""Attach what the user uploaded before the document had a name: until then nobody else can open it."""
	if not url:
		return
	f = frappe.qb.DocType("File")
	frappe.qb.update(f).set(f.attached_to_doctype, doc.doctype).set(f.attached_to_name, doc.name).where(
		f.file_url.isin(sorted(url))
		& (f.owner == frappe.session.user)
		& (f.attached_to_name.isnull() | f.attached_to_name.like("new-%"))
	).run()
