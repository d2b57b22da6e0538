"""Registrations may be paid per termin, and called off when their kegiatan was stopped."""

import frappe

from kampung_bahagia.setup.catatan import lengkapi_alur

TERBUKA = ("Disiapkan", "Dikirim", "Ditagih", "Ditolak BPJS", "Diperbaiki")


def execute() -> None:
	lengkapi_alur(
		"Pendaftaran BPJS",
		[
			("Ditagih", "Catat Angsuran Pertama"),
			("Diangsur", "Terbitkan Sertifikat"),
			("Diangsur", "Tolak"),
			*((keadaan, "Batalkan Pendaftaran") for keadaan in TERBUKA),
		],
	)
	frappe.db.sql(
		"""update `tabPendaftaran BPJS` set cara_bayar = 'Lunas Sekaligus',
			terbayar = if(dibayar_pada is null, 0, tagihan),
			sisa_tagihan = if(dibayar_pada is null, tagihan, 0)
		where ifnull(cara_bayar, '') = '' or (terbayar = 0 and sisa_tagihan = 0)"""
	)
