"""Link choices of a web form, by the reader's own permissions."""

import json

import frappe
from frappe import _

BATAS = 200


@frappe.whitelist(allow_guest=True)
def get_link_options(web_form_name: str, doctype: str, allow_read_on_all_link_options: bool = False) -> str:
	"""Values (and titles) of `doctype` that the reader may see, for a Link field of a published web form.

	Stands in for Frappe's own, which hands any signed-in user the names of any DocType in full. The third
	argument comes from the browser and widens nothing here.
	"""
	form = frappe.get_doc("Web Form", web_form_name)
	if not any(f.fieldtype == "Link" and f.options == doctype for f in form.web_form_fields):
		frappe.throw(_("Pilihan ini tidak tersedia."), frappe.PermissionError)
	meta = frappe.get_meta(doctype)
	fields = ["name as value"]
	if meta.title_field and meta.show_title_field_in_link:
		fields.append(f"{meta.title_field} as label")
	pilihan = frappe.get_list(doctype, fields=fields, order_by="modified desc", limit=BATAS)
	if len(fields) > 1:
		return json.dumps(pilihan, default=str)
	return "\n".join(str(p.value) for p in pilihan)
