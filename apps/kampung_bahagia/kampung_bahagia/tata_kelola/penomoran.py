"""Numbers by which documents are called: a row for each series and year, before the year's first document.

The framework locks the row of a series while it takes a number. Where the row does not exist yet it locks nothing,
and of two who make the first document of a year at the same moment one loses it to a deadlock.
"""

import frappe
from frappe.utils import getdate, nowdate


def siapkan_deret() -> None:
	"""From migrate and daily: the series of this year and the next; those that exist keep their number."""
	tahun = getdate(nowdate()).year
	pola = frappe.get_all(
		"DocType",
		{"module": ["in", frappe.get_module_list("kampung_bahagia")], "autoname": ["like", "%-.YYYY.-.#%"]},
		pluck="autoname",
		order_by="name",
	)
	q = frappe.qb.into("Series").columns("name", "current").ignore()
	for p in pola:
		for t in (tahun, tahun + 1):
			q = q.insert(p.split("#")[0].replace(".", "").replace("YYYY", str(t)), 0)
	q.run()


def ambil_nomor(deret: str) -> int:
	"""The next number of the series `deret`, from 1, in the present transaction.

	Its row stays locked until that transaction ends, and a rollback gives the number back: the numbers run without
	a gap and none is given twice. One statement, so that two who begin a series at the same moment wait for each
	other, too.
	"""
	frappe.db.sql(
		"INSERT INTO `tabSeries` (`name`, `current`) VALUES (%s, 1) ON DUPLICATE KEY UPDATE `current` = `current` + 1",
		deret,
	)
	s = frappe.qb.DocType("Series")
	return frappe.qb.from_(s).select(s.current).where(s.name == deret).run()[0][0]
