"""Numbers of documents: the first two of a year do not hinder each other."""

from unittest.mock import patch

import frappe
from frappe.utils import getdate, nowdate

from kampung_bahagia.tata_kelola import penomoran


def deret(awalan: str) -> list[int]:
	s = frappe.qb.DocType("Series")
	return frappe.qb.from_(s).select(s.current).where(s.name == awalan).run(pluck=True)


def test_a_fresh_site_has_the_series_of_next_year(db):
	assert deret(f"KPM-{getdate(nowdate()).year + 1}-") == [0]


def test_series_in_use_keep_their_number(db):
	with patch.object(penomoran, "nowdate", return_value="2090-12-31"):
		penomoran.siapkan_deret()
		s = frappe.qb.DocType("Series")
		frappe.qb.update(s).set(s.current, 7).where(s.name == "KGT-2091-").run()
		penomoran.siapkan_deret()
	assert [deret(f"{d}-{t}-") for d in ("KGT", "RNJ") for t in (2090, 2091)] == [[0], [7], [0], [0]]
