"""Papers of a claim that were shipped learn which sheet the programme prints for them."""

import frappe

from kampung_bahagia.setup.catatan import _baca


def execute() -> None:
	for dokumen in _baca("jenis_dokumen_klaim"):
		if templat := dokumen.get("templat"):
			frappe.db.set_value(
				"Jenis Dokumen Klaim",
				{"name": dokumen["nama"], "templat": ["is", "not set"]},
				"templat",
				templat,
				update_modified=False,
			)
