from __future__ import annotations

import frappe

from kampung_bahagia.izin.dokumen import DokumenBerwilayah, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks


class RincianIuranKota(DokumenBerwilayah):
	"""Written as a set by the bill of a month (`IuranKepesertaanKota.hitung`), and by nothing else."""

	sumber_wilayah = "kepesertaan"

	def validate(self):
		frappe.throw(
			frappe._("Rincian iuran disusun oleh tagihan bulannya dan tidak diisi sendiri."), DokumenTerkunci
		)

	def on_trash(self):
		self.validate()


def on_doctype_update():
	pasang_indeks("Rincian Iuran Kota")
	frappe.db.add_unique("Rincian Iuran Kota", ["iuran_kota", "warga"], "sekali_per_tagihan")
	frappe.db.add_index("Rincian Iuran Kota", ["bulan", "kelompok"])
