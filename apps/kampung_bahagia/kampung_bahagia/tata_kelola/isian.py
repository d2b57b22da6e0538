"""What callers send: read once, in one way."""

from __future__ import annotations

import frappe


def daftar_nama(nilai: str | list, pesan: str) -> list[str]:
	"""Names from a list or from JSON of one, each once and in their order; raises ValidationError(`pesan`) otherwise."""
	try:
		nama = frappe.parse_json(nilai)
	except ValueError:
		nama = None
	if not isinstance(nama, list) or not all(isinstance(satu, str) and satu for satu in nama):
		frappe.throw(pesan)
	return list(dict.fromkeys(nama))
