"""Workflow Action, the framework's note of which role a file waits for, narrowed to the reader's own area.

The framework shows it to every holder of the role, and lets them delete it: a Ketua RT would learn the files
of all others, and could take them out of a lurah's queue.
"""

import frappe
from frappe.workflow.doctype.workflow_action import workflow_action

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.izin.cakupan import cocok, di_dalam, kriteria, sebagai_sql


def daftar_workflow_action(user: str | None = None) -> str:
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	wa = frappe.qb.DocType("Workflow Action")
	terlihat = wa.reference_doctype.notin(BERALUR)
	for doctype in BERALUR:
		terlihat |= (wa.reference_doctype == doctype) & di_dalam(
			wa.reference_name, doctype, kriteria(doctype, user)
		)
	return sebagai_sql(terlihat)


def boleh_workflow_action(doc, ptype: str | None = None, user: str | None = None) -> bool:
	"""Document hook: read only, and by whoever may read the file itself."""
	user = user or frappe.session.user
	if doc.reference_doctype not in BERALUR or user == "Administrator":
		return workflow_action.has_permission(doc, user)
	k = kriteria(doc.reference_doctype, user)
	kolom = sorted({f for syarat in k for f in syarat})
	if ptype not in (None, "read") or not k:
		return False
	berkas = frappe.db.get_value(doc.reference_doctype, doc.reference_name, [*kolom, "name"], as_dict=True)
	return bool(berkas) and cocok(k, berkas)
