"""How often a guest may ask: counters in the cache that forget by themselves."""

import frappe
from frappe.utils import cint


def masih_boleh(kunci: str, batas: int, detik: int) -> bool:
	"""Count one more under `kunci`; False beyond `batas` within so many seconds."""
	kunci = frappe.cache.make_key(kunci)
	hitungan = frappe.cache.incrby(kunci, 1)
	if hitungan == 1:
		frappe.cache.expire(kunci, detik)
	return hitungan <= batas


def terhitung(kunci: str) -> int:
	return cint(frappe.cache.get(frappe.cache.make_key(kunci)))
