"""Claims may be withdrawn before they reach BPJS, and keep their clocks and the history of their cover."""

import frappe

from kampung_bahagia.klaim import pertanggungan, tenggat
from kampung_bahagia.setup.catatan import _baca, lengkapi_alur

TERBUKA = ("Dilaporkan", "Dikembalikan", "Diverifikasi Lurah", "Diverifikasi DPMPPA")


SYARAT = ("keadaan", "pembawa", "dari_sistem", "keterangan", "wajib", "jkk_meninggal")


def _lengkapi_daftar_dokumen() -> None:
	"""Papers that were shipped learn when they are asked for; those that nobody has yet are added."""
	for dokumen in _baca("jenis_dokumen_klaim"):
		nama = dokumen["nama"]
		if not frappe.db.exists("Jenis Dokumen Klaim", nama):
			frappe.get_doc(dokumen).insert(ignore_permissions=True)
		elif not frappe.db.get_value("Jenis Dokumen Klaim", nama, "pembawa"):
			isi = {kolom: dokumen[kolom] for kolom in SYARAT if kolom in dokumen}
			frappe.db.set_value("Jenis Dokumen Klaim", nama, isi, update_modified=False)


def execute() -> None:
	lengkapi_alur("Klaim", [(keadaan, "Tarik Laporan") for keadaan in TERBUKA])
	_lengkapi_daftar_dokumen()
	frappe.db.sql(  # the hour of the ledger is the hour at which a claim was handed over
		"""update `tabKlaim` k join (
			select rujukan_nama, min(waktu) as pada from `tabJejak Keputusan`
			where rujukan_doctype = 'Klaim' and ke = 'Diajukan ke BPJS' group by rujukan_nama
		) j on j.rujukan_nama = k.name
		set k.diajukan_pada = j.pada where k.diajukan_pada is null"""
	)
	for nama in frappe.get_all("Klaim", {"tenggat_pada": ["is", "not set"]}, pluck="name", order_by="name"):
		klaim = frappe.get_doc("Klaim", nama)
		if klaim.status_pertanggungan and not klaim.riwayat_pertanggungan:
			klaim.append(
				"riwayat_pertanggungan",
				{
					"pada": klaim.dilaporkan_pada,
					"status": klaim.status_pertanggungan,
					"alasan": klaim.alasan_pertanggungan,
				},
			)
		tenggat.hitung(klaim)
		klaim.pengingat = tenggat.LEWAT if klaim.terlambat else 0  # nobody is told of what is long over
		pertanggungan.simpan_diam(klaim, tenggat.KOLOM)
