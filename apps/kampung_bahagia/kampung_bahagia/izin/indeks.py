"""Indexes by which a list under scope is read in the order in which it is shown.

With an index on the area alone the database fetches and sorts every row of the area, for a lurah some thousand,
to show the newest twenty.
"""

import frappe

from kampung_bahagia.izin.cakupan import TINGKAT


def pasang_indeks(doctype: str) -> None:
	"""From `on_doctype_update` of a DocType that carries its area; does nothing twice."""
	for tingkat in TINGKAT:
		frappe.db.add_index(doctype, [tingkat, "modified"])
