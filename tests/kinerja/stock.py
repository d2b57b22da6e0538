"""What the framework alone would do: a DocType of the same fields, rows and Workflow, without controller or hooks."""

from __future__ import annotations

from random import Random

import frappe
import seed

PREFIX = "Polos "  # bare


def bare(doctype: str) -> str:
	"""Return the name of the bare twin of `doctype` on the connected site; make it with its rows if there is none."""
	twin = PREFIX + doctype
	if frappe.db.exists("Workflow", twin):
		return twin
	meta = frappe.get_meta(doctype)
	for table in meta.get_table_fields():
		_copy_doctype(table.options)
	_copy_doctype(doctype)
	workflow = frappe.copy_doc(frappe.get_doc("Workflow", doctype))
	workflow.update({"workflow_name": twin, "document_type": twin})
	workflow.insert()
	seed.queue(twin, doctype, Random(twin))  # noqa: S311
	frappe.db.commit()
	frappe.clear_cache()
	return twin


def _copy_doctype(doctype: str) -> None:
	meta, twin = frappe.get_meta(doctype), PREFIX + doctype
	frappe.delete_doc("DocType", twin, force=True, ignore_missing=True)  # what a run that was cut off left
	frappe.db.sql_ddl(f"DROP TABLE IF EXISTS `tab{twin}`")
	tables = {df.options for df in meta.get_table_fields()}
	fields = []
	for df in meta.fields:
		field = df.as_dict(no_default_fields=True)
		if df.options in tables | {doctype}:
			field["options"] = PREFIX + df.options
		fields.append(field)
	frappe.get_doc(
		{
			"doctype": "DocType",
			"name": twin,
			"module": "Custom",
			"custom": 1,
			"autoname": "hash",  # a series belongs to one DocType
			"istable": meta.istable,
			"is_submittable": meta.is_submittable,
			"track_changes": meta.track_changes,
			"title_field": meta.title_field,
			"fields": fields,
			"permissions": [p.as_dict(no_default_fields=True) for p in meta.permissions],
		}
	).insert()
	columns = [c for c in frappe.db.get_table_columns(doctype) if c in frappe.db.get_table_columns(twin)]
	listed = ", ".join(f"`{c}`" for c in columns)
	frappe.db.sql(f"INSERT INTO `tab{twin}` ({listed}) SELECT {listed} FROM `tab{doctype}`")  # noqa: S608
	if meta.istable:
		frappe.db.sql(
			f"UPDATE `tab{twin}` SET parenttype = CONCAT(%s, parenttype)",  # noqa: S608
			PREFIX,
		)
	frappe.db.commit()


def put_back(doctype: str, workflow_of: str, names: list[str], status: str) -> None:
	"""Bring these files back to a draft in the state `status`, as they were before they were approved."""
	for table in (doctype, *(df.options for df in frappe.get_meta(doctype).get_table_fields())):
		t = frappe.qb.DocType(table)
		column = t.name if table == doctype else t.parent
		frappe.qb.update(t).set(t.docstatus, 0).where(column.isin(names)).run()
	t = frappe.qb.DocType(doctype)
	frappe.qb.update(t).set(t.status, status).where(t.name.isin(names)).run()
	actions = frappe.get_all(
		"Workflow Action",
		{"reference_doctype": doctype, "reference_name": ["in", names]},
		pluck="name",
		order_by="name",
	)
	frappe.db.delete("Workflow Action Permitted Role", {"parent": ["in", actions]})
	frappe.db.delete("Workflow Action", {"name": ["in", actions]})
	seed.queue(doctype, workflow_of, Random(), names)  # noqa: S311
	frappe.db.commit()
