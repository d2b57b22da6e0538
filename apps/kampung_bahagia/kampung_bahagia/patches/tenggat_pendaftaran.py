"""Give registrations from before their clocks, from what the ledger says of the approval and of the first sending."""

import frappe

from kampung_bahagia.aturan.tenggat import batas_pendaftaran
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import ketentuan_pada
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku


def execute() -> None:
	disetujui = frappe.db.sql(
		"""select k.name, date(min(j.waktu)) from `tabKegiatan` k
		join `tabJejak Keputusan` j on j.rujukan_doctype = 'Kegiatan' and j.rujukan_nama = k.name
			and j.aksi = 'Setujui' and j.ke = 'Disetujui DPMPPA'
		where k.konstruksi = 1 and k.docstatus = 1 and k.batas_pendaftaran is null
		group by k.name order by k.name"""
	)
	kegiatan: dict = {}
	for nama, hari in disetujui:
		kegiatan.setdefault(hari, []).append(nama)
	for hari, nama in sorted(kegiatan.items()):
		if yang_berlaku("Ketentuan Peserta", hari):
			batas = batas_pendaftaran(hari, ketentuan_pada(hari).hari_pendaftaran)
			frappe.db.set_value(
				"Kegiatan", {"name": ["in", nama]}, "batas_pendaftaran", batas, update_modified=False
			)
	frappe.db.sql(
		"""update `tabPendaftaran BPJS` d join `tabKegiatan` k on k.name = d.kegiatan
		left join (
			select rujukan_nama, min(waktu) as dikirim from `tabJejak Keputusan`
			where rujukan_doctype = 'Pendaftaran BPJS' and aksi = 'Kirim' group by rujukan_nama
		) j on j.rujukan_nama = d.name
		set d.batas_pendaftaran = k.batas_pendaftaran, d.dikirim_pada = j.dikirim,
			d.terlambat_daftar = ifnull(greatest(datediff(j.dikirim, k.batas_pendaftaran), 0), 0),
			d.terlambat_bayar = ifnull(greatest(datediff(d.dibayar_pada, k.tanggal_mulai) + 1, 0), 0)
		where d.dikirim_pada is null"""
	)
