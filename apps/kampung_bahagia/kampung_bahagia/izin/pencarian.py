"""Search in link fields, their titles and the counts beside a list, by the reader's own permissions.

The framework's doors take from the browser that permissions are not to be asked (`ignore_user_permissions`), and
then list every resident of the city, sifted by fields that the reader may not see; titles and counts ask none at
all. Here nobody is limited by User Permissions, so that the flag has nothing left to say.
"""

from __future__ import annotations

from collections import Counter

import frappe
from frappe import _
from frappe.desk import listview, search
from frappe.utils import cint, escape_html

from kampung_bahagia.tata_kelola.isian import daftar_nama, saringan


@frappe.whitelist()
def search_link(
	doctype: str,
	txt: str,
	query: str | None = None,
	filters: str | dict | list | None = None,
	page_length: int | str = 10,
	searchfield: str | None = None,
	reference_doctype: str | None = None,
) -> list[dict] | None:
	"""What may be chosen in a link field: value, description, label."""
	return search.search_link(
		doctype, txt, query, saringan(filters), max(1, cint(page_length)), searchfield, reference_doctype
	)


@frappe.whitelist()
def search_widget(
	doctype: str,
	txt: str,
	query: str | None = None,
	searchfield: str | None = None,
	start: int | str = 0,
	page_length: int | str = 10,
	filters: str | dict | list | None = None,
	filter_fields: str | list | None = None,
	as_dict: bool | int | str = False,
	reference_doctype: str | None = None,
) -> list | None:
	"""Rows of a search, as lists, or as objects with `as_dict`."""
	kolom = daftar_nama(filter_fields or [], _("Kolom pencarian tidak dikenali. Muat ulang halaman ini."))
	return search.search_widget(
		doctype,
		txt,
		query,
		searchfield,
		max(0, cint(start)),
		max(1, cint(page_length)),
		saringan(filters),
		frappe.as_json(kolom) if kolom else None,
		as_dict,
		reference_doctype,
	)


@frappe.whitelist()
def get_link_title(doctype: str, docname: str | int) -> str:
	"""The title, or the name alone for who may not choose this document."""
	hak = "select" if frappe.only_has_select_perm(doctype) else "read"
	docname = str(docname)
	if not frappe.db.exists(doctype, docname) or not frappe.has_permission(doctype, hak, doc=docname):
		return docname
	return search.get_link_title(doctype, docname)


@frappe.whitelist()
def get_group_by_count(doctype: str, current_filters: str, field: str) -> list[dict]:
	"""Values of a field and how many of the visible documents have each."""
	saring = saringan(current_filters)
	if field not in ("assigned_to", *frappe.get_meta(doctype).get_valid_columns()):
		frappe.throw(_("{0} tidak memiliki kolom {1}.").format(_(doctype), frappe.bold(escape_html(field))))
	if field != "assigned_to":
		return listview.get_group_by_count(doctype, frappe.as_json(saring or []), field)
	frappe.get_list(doctype, filters=saring, order_by="name", limit=1)  # refuses what may not be asked
	tugas = frappe.get_all(
		"ToDo",
		filters={"reference_type": doctype, "status": ["!=", "Cancelled"], "allocated_to": ["is", "set"]},
		fields=["allocated_to", "reference_name"],
		order_by="name",
	)
	if not tugas:
		return []
	terlihat = set(frappe.get_list(doctype, filters=saring, pluck="name", order_by="name", limit=0))
	jumlah = Counter(t.allocated_to for t in tugas if t.reference_name in terlihat)
	return [{"name": nama, "count": banyak} for nama, banyak in jumlah.most_common(50)]
