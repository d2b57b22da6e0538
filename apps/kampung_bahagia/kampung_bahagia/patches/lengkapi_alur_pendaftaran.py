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
			terbayar = if(status in ('Lunas', 'Bersertifikat'), tagihan, 0),
			sisa_tagihan = if(status in ('Lunas', 'Bersertifikat'), 0, tagihan)
		where ifnull(cara_bayar, '') = '' or (terbayar = 0 and sisa_tagihan = 0)"""
	)
