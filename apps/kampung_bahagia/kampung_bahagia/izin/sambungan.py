"""Comments, messages, tasks and shares hang on a document: only who may read it hangs something on it."""

import frappe


def periksa_rujukan(doc, _method: str | None = None) -> None:
	"""Hook before_insert. Raises frappe.PermissionError, or DoesNotExistError when there is no such document.

	The framework's own notes (a comment on each assignment) skip permissions after it asked for them itself.
	"""
	if doc.flags.ignore_permissions and doc.doctype != "ToDo":
		return
	jenis = doc.get("reference_doctype") or doc.get("reference_type") or doc.get("share_doctype")
	nama = doc.get("reference_name") or doc.get("share_name")
	if jenis and nama:
		frappe.get_doc(jenis, nama).check_permission("read")
