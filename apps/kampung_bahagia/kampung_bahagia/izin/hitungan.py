"""Counts and searches over the rows that the caller may see.

The framework's own count every row, and their filters would tell digit by digit what is in the others.
"""

import frappe
from frappe.utils import cint, global_search

from kampung_bahagia.izin.kaitan import yang_terlihat
from kampung_bahagia.tata_kelola.isian import saringan


@frappe.whitelist()
def get_count(
	doctype: str,
	filters: str | dict | list | None = None,
	debug: bool | int | str = False,
	cache: bool | int | str = False,
) -> int:
	"""`debug` and `cache` are part of the framework's door; neither is used."""
	baris = frappe.get_list(
		doctype,
		filters=saringan(filters),
		fields=[f"count(distinct `tab{frappe.get_meta(doctype).name}`.name) as jumlah"],
		order_by=None,
	)
	return cint(baris[0].jumlah) if baris else 0


@frappe.whitelist()
def search(text: str, start: int | str = 0, limit: int | str = 20, doctype: str = "") -> list[dict]:
	"""Hits of the global search that the caller may see, at most 100."""
	hasil = global_search.search(text, cint(start), max(1, min(cint(limit), 100)), doctype)
	terlihat = {
		dt: yang_terlihat(dt, [h["name"] for h in hasil if h["doctype"] == dt])
		for dt in {h["doctype"] for h in hasil}
	}
	return [h for h in hasil if h["name"] in terlihat[h["doctype"]]]
