"""What callers send: read once, in one way."""

from __future__ import annotations

import frappe
from frappe import _


def daftar_nama(nilai: str | list, pesan: str) -> list[str]:
	"""Names from a list or from JSON of one, each once and in their order; raises ValidationError(`pesan`) otherwise."""
	try:
		nama = frappe.parse_json(nilai)
	except ValueError:
		nama = None
	if not isinstance(nama, list) or not all(isinstance(satu, str) and satu for satu in nama):
		frappe.throw(pesan)
	return list(dict.fromkeys(nama))


def saringan(nilai: str | dict | list | None) -> dict | list | None:
	"""Filters, which the framework reads without a look. Raises ValidationError for what are none."""
	try:
		saring = frappe.parse_json(nilai or None)
	except ValueError:
		saring = nilai
	if not isinstance(saring, dict | list | None):
		frappe.throw(_("Saringan tidak dikenali. Muat ulang halaman ini."))
	return saring
