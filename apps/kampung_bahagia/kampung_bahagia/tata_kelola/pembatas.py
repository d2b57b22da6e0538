"""How often somebody may ask: counters in the cache that forget by themselves."""

import ipaddress

import frappe
from frappe.utils import cint


def masih_boleh(kunci: str, batas: int, detik: int) -> bool:
	"""Count one more under `kunci`; False beyond `batas` within so many seconds."""
	kunci = frappe.cache.make_key(kunci)
	# made with its end, so that a program that dies in between leaves no counter that never forgets
	frappe.cache.set(kunci, 0, ex=detik, nx=True)
	return frappe.cache.incrby(kunci, 1) <= batas


def terhitung(kunci: str) -> int:
	return cint(frappe.cache.get(frappe.cache.make_key(kunci)))


def jaringan() -> str:
	"""The network from which this request comes: less than names a person, enough to count by."""
	try:
		alamat = ipaddress.ip_address(frappe.local.request_ip or "")
	except ValueError:
		return ""
	panjang = 24 if alamat.version == 4 else 48
	return str(ipaddress.ip_network(f"{alamat}/{panjang}", strict=False))
