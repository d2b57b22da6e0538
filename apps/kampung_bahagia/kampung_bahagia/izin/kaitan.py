"""Documents linked with a document, by the reader's own permissions.

The framework's doors answer for any document to anyone signed in, and read past every permission: the decree
numbers and claims of another kelurahan.
"""

import frappe
from frappe.desk.form import linked_with


@frappe.whitelist()
def get(doctype: str, docname: str | int) -> dict[str, list]:
	"""Documents linked with this one that the caller may see, by DocType."""
	frappe.get_doc(doctype, docname).check_permission("read")
	hasil = {}
	for dt, baris in linked_with.get(doctype, docname).items():
		nama = yang_terlihat(dt, [b["name"] for b in baris])
		if terlihat := [b for b in baris if b["name"] in nama]:
			hasil[dt] = terlihat
	return hasil


@frappe.whitelist()
def get_submitted_linked_docs(
	doctype: str, name: str | int, ignore_doctypes_on_cancel_all: str | list | None = None
) -> dict:
	"""The third argument belongs to later versions of the framework; this app cancels nothing."""
	frappe.get_doc(doctype, name).check_permission("read")
	docs = linked_with.get_submitted_linked_docs(doctype, name)["docs"]
	docs = [d for d in docs if d["name"] in yang_terlihat(d["doctype"], [d["name"]])]
	return {"docs": docs, "count": len(docs)}


def yang_terlihat(doctype: str, nama: list[str]) -> set[str]:
	if not frappe.has_permission(doctype, "read"):
		return set()
	return set(
		frappe.get_list(doctype, filters={"name": ["in", nama]}, pluck="name", limit=0, order_by="name")
	)
