"""Give files from before what the plan of a kegiatan now keeps, and what is not construction its way to the start."""

import frappe

from kampung_bahagia.aturan.tenggat import jumlah_hari_kerja
from kampung_bahagia.setup.catatan import lengkapi_alur

PENGATURAN = (
	"syarat_pokja",
	"foto_wajib",
	"batas_selisih_harga",
	"jarak_setempat",
	"jeda_pecahan",
	"kemiripan_judul",
)


def execute() -> None:
	lengkapi_alur("Kegiatan", [("Disetujui DPMPPA", "Mulai")])
	frappe.db.sql(
		"update `tabKegiatan` set tahun_anggaran = year(tanggal_mulai) where ifnull(tahun_anggaran, 0) = 0"
	)
	frappe.db.sql("update `tabKegiatan` set versi = 1 where ifnull(versi, 0) = 0")
	for mulai, selesai in frappe.db.sql(
		"""select distinct tanggal_mulai, tanggal_selesai from `tabKegiatan` where ifnull(hari_kerja, 0) = 0
		order by tanggal_mulai, tanggal_selesai"""
	):
		frappe.db.set_value(
			"Kegiatan",
			{"tanggal_mulai": mulai, "tanggal_selesai": selesai},
			"hari_kerja",
			jumlah_hari_kerja(mulai, selesai),
			update_modified=False,
		)
	frappe.db.sql(
		"""update `tabKegiatan` k join `tabRT` r on r.name = k.rt
		left join `tabJendela Pelaksanaan` j on j.kelompok = r.kelompok and j.tahun = k.tahun_anggaran
		set k.kelompok = r.kelompok, k.jendela_mulai = j.mulai, k.jendela_selesai = j.selesai
		where ifnull(k.kelompok, '') = '' and ifnull(r.kelompok, '') != ''"""
	)
	pengaturan = frappe.get_doc("Pengaturan Kampung Bahagia")
	ada = set(
		frappe.db.sql("select field from tabSingles where doctype = %s", pengaturan.doctype, pluck=True)
	)
	for kolom in set(PENGATURAN) - ada:  # a Single does not take the defaults of new fields by itself
		frappe.db.set_single_value(
			pengaturan.doctype, kolom, pengaturan.meta.get_field(kolom).default, update_modified=False
		)
