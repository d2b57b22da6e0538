"""Number and legal bases of decrees, which were settings, become those of the first dated template."""

import frappe

from kampung_bahagia.setup.catatan import muat_catatan

PENGATURAN = "Pengaturan Kampung Bahagia"
# setting of before, its field now, and the kinds of letters that went by it
DULU = (
	("templat_nomor_sk", "templat", ("Keputusan Ketua RT",)),
	("dasar_mengingat", "mengingat", ("Keputusan Ketua RT", "Surat Tugas")),
)


def execute() -> None:
	muat_catatan()
	for dulu, kolom, jenis in DULU:
		baris = {"doctype": PENGATURAN, "field": dulu}
		if lama := frappe.db.get_value("Singles", baris, "value", order_by=None):
			for satu in jenis:
				templat = frappe.get_last_doc("Templat Surat", {"jenis_dokumen": satu})
				templat.set(kolom, lama)
				templat.save(ignore_permissions=True)
		frappe.db.delete("Singles", baris)
