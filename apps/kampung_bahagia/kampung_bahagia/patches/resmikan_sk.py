"""Decrees that were signed before there were official documents become such, from their scan as it was bound."""

import frappe

from kampung_bahagia.tata_kelola import resmi


def execute() -> None:
	for nama in frappe.get_all(
		"Surat Keputusan",
		filters={"sidik_pindaian": ["is", "set"], "dokumen_resmi": ["is", "not set"]},
		pluck="name",
		order_by="ditetapkan_pada, name",
	):
		sk = frappe.get_doc("Surat Keputusan", nama)
		# the same scan could be uploaded to two decrees; the later one's Ketua RT uploads its own
		if frappe.db.exists(resmi.RESMI, {"sidik": sk.sidik_pindaian}):
			continue
		sk.jadikan_resmi(resmi.BASAH)
		saat = frappe.db.get_value("File", {"file_url": sk.pindaian, "attached_to_name": sk.name}, "creation")
		frappe.db.set_value(
			resmi.RESMI,
			sk.dokumen_resmi,
			"ditandatangani_pada",
			saat or sk.ditetapkan_pada,
			update_modified=False,
		)
		sk.db_set("dokumen_resmi", sk.dokumen_resmi, update_modified=False)
		if sk.status in (resmi.DIGANTI, resmi.DICABUT):
			sk.akhiri_dokumen()
