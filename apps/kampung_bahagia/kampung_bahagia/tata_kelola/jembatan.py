"""Between Frappe's values and the pure rules of `aturan`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

import frappe
from frappe.utils import flt, get_datetime

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.tanggal import sebagai_wib


def desimal(nilai) -> Decimal:
	"""Exact Decimal of what Frappe holds: Currency and Float arrive as float, whose repr is the stored value."""
	return Decimal(str(flt(nilai)))


def waktu_wib(nilai) -> datetime | None:
	"""A stored hour (naive, in the site's time zone WIB) as an aware datetime; None stays None."""
	return sebagai_wib(get_datetime(nilai)) if nilai else None


@contextmanager
def menurut_aturan() -> Iterator[None]:
	"""Show a rule's refusal to the user as Frappe shows its own."""
	try:
		yield
	except AturanError as galat:
		frappe.throw(str(galat))
