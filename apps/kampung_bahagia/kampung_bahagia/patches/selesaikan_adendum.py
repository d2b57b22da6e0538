"""Let an addendum be called off, and DPMPPA record what one changes in a registration that is certified."""

import frappe

from kampung_bahagia.setup.catatan import lengkapi_alur


def execute() -> None:
	lengkapi_alur("Adendum Kegiatan", [("Draf", "Batalkan"), ("Dikembalikan", "Batalkan")])
	alur = frappe.get_doc("Workflow", "Pendaftaran BPJS")
	tertutup = [
		s for s in alur.states if s.state == "Bersertifikat" and s.allow_edit == "Admin Kampung Bahagia"
	]
	for s in tertutup:
		s.allow_edit = "DPMPPA"
	if tertutup:
		alur.save(ignore_permissions=True)
