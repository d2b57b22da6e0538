"""Encrypt the account numbers of RT that are still stored in clear."""

import frappe
from frappe.utils.password import set_encrypted_password

from kampung_bahagia.aturan.identitas import samarkan_rekening


def execute() -> None:
	for rt, nomor in frappe.db.sql(
		"select name, nomor_rekening from `tabRT` where nomor_rekening regexp '[0-9]' order by name"
	):
		set_encrypted_password("RT", rt, nomor, "nomor_rekening")
		frappe.db.set_value(
			"RT",
			rt,
			{"nomor_rekening": "*" * len(nomor), "rekening_samar": samarkan_rekening(nomor)},
			update_modified=False,
		)
