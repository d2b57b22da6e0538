"""Circuit breaker: after too many calls that failed in a row the service is left alone for a while, then tried once.

It is kept in Redis, where all workers see it at once; forgotten, it is closed, and the next failures open it again.
"""

from __future__ import annotations

import frappe

GAGAL, ISTIRAHAT, MENCOBA = "kb_bpjs_gagal", "kb_bpjs_istirahat", "kb_bpjs_mencoba"


def boleh(batas: int, detik_coba: int) -> bool:
	"""Whether a call may be made now. After a pause one caller may, until it tells how that went or `detik_coba` are over."""
	if frappe.cache.exists(ISTIRAHAT):
		return False
	if gagal_beruntun() < batas:
		return True
	return bool(frappe.cache.set(_kunci(MENCOBA), 1, nx=True, ex=detik_coba))


def berhasil() -> None:
	frappe.cache.delete(*map(_kunci, (GAGAL, ISTIRAHAT, MENCOBA)))


def gagal(batas: int, menit: int) -> None:
	if frappe.cache.incr(_kunci(GAGAL)) >= batas:
		frappe.cache.set(_kunci(ISTIRAHAT), 1, ex=menit * 60)
	lepas()


def lepas() -> None:
	"""The call that was allowed is not made after all."""
	frappe.cache.delete(_kunci(MENCOBA))


def gagal_beruntun() -> int:
	return int(frappe.cache.get(_kunci(GAGAL)) or 0)


def sisa_istirahat() -> int:
	"""Seconds until the service is tried again; 0 when it is not left alone."""
	return max(0, frappe.cache.ttl(_kunci(ISTIRAHAT)))


def _kunci(nama: str):
	return frappe.cache.make_key(nama)
