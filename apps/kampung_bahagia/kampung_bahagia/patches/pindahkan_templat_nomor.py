"""The template of decree numbers, which was a setting, becomes the first dated one."""

import frappe

from kampung_bahagia.setup.catatan import muat_catatan

DULU = {"doctype": "Pengaturan Kampung Bahagia", "field": "templat_nomor_sk"}


def execute() -> None:
	muat_catatan()
	lama = frappe.db.get_value("Singles", DULU, "value", order_by=None)
	if lama:
		nomor = frappe.get_last_doc("Templat Nomor", {"jenis_dokumen": "Keputusan Ketua RT"})
		nomor.templat = lama
		nomor.save(ignore_permissions=True)
	frappe.db.delete("Singles", DULU)
