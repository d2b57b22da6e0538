"""Files from before the ledger enter it with the state that they have now."""

import frappe

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.tata_kelola.jejak import JEJAK, catat, pasang_penjaga


def execute() -> None:
	pasang_penjaga()
	for doctype in BERALUR:
		tercatat = frappe.get_all(
			JEJAK, {"rujukan_doctype": doctype}, pluck="rujukan_nama", distinct=True, order_by="rujukan_nama"
		)
		for nama in frappe.get_all(
			doctype, {"name": ["not in", tercatat or [""]]}, pluck="name", order_by="creation"
		):
			catat(frappe.get_doc(doctype, nama), aksi="Awal Jejak", dari=None, jabatan=None, penugasan=None)
