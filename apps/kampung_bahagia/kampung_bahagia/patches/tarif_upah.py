"""Give the tariff that was shipped its rates on wages, where nobody has written any."""

import frappe

from kampung_bahagia.setup.catatan import _baca

KOLOM = ("jkk_upah_persen", "jkm_upah_persen", "dasar_hukum_upah")


def execute() -> None:
	for terkirim in _baca("tarif_iuran"):
		frappe.db.set_value(
			"Tarif Iuran",
			{"nama": terkirim["nama"], "berlaku_mulai": terkirim["berlaku_mulai"], "jkk_upah_persen": 0},
			{kolom: terkirim[kolom] for kolom in KOLOM},
			update_modified=False,
		)
	frappe.db.set_value(
		"Pendaftaran BPJS",
		{"cara_hitung": ["is", "not set"]},
		"cara_hitung",
		"Nilai Kontrak",
		update_modified=False,
	)
	frappe.clear_cache(doctype="Tarif Iuran")
