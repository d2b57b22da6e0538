"""What BPJS paid of a claim: row by row, summed, and held against what was estimated."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import flt, getdate, nowdate

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.manfaat import cocokkan
from kampung_bahagia.aturan.rekening import cocokkan_nama
from kampung_bahagia.izin.data_pribadi import catat_tampilan
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar


class PembayaranTidakSah(frappe.ValidationError):
	pass


def hitung(klaim) -> None:
	"""Check the payments and write their sum; `dibayar_pada` is the day on which nothing was owed any more.

	Raises PembayaranTidakSah.
	"""
	for baris in klaim.pembayaran:
		_periksa_baris(klaim, baris)
	disetujui, dibayar = desimal(klaim.nilai_disetujui), sum(desimal(b.jumlah) for b in klaim.pembayaran)
	if dibayar > disetujui:
		_tolak(
			_(
				"Pembayaran {0} melebihi nilai disetujui {1}. Periksa jumlahnya, atau perbaiki Nilai Disetujui."
			),
			format_rupiah(dibayar),
			format_rupiah(disetujui),
		)
	if (
		klaim.pembayaran
		and klaim.baru_berstatus("Dibayar")
		and dibayar < disetujui
		and not (klaim.catatan_pembayaran or "").strip()
	):
		_tolak(
			_(
				"Baru dibayar {0} dari {1}. Tambahkan pembayarannya, atau tulis sebabnya pada Keterangan Bila "
				"Kurang dari Nilai Disetujui."
			),
			format_rupiah(dibayar),
			format_rupiah(disetujui),
		)
	lunas = klaim.pembayaran and (dibayar == disetujui or klaim.status in ("Dibayar", "Ditutup"))
	klaim.nilai_dibayar = float(dibayar)
	klaim.dibayar_pada = max(getdate(b.tanggal) for b in klaim.pembayaran) if lunas else None


def _periksa_baris(klaim, baris) -> None:
	kosong = [
		_(baris.meta.get_label(f))
		for f in ("manfaat", "tanggal", "jumlah", "penerima", "bukti")
		if not baris.get(f)
	]
	if kosong:
		tolak_dengan_daftar(
			_("Pembayaran baris {0}. Isi dahulu:").format(baris.idx),
			kosong,
			PembayaranTidakSah,
			_("Pembayaran belum lengkap"),
		)
	if not getdate(klaim.waktu_kejadian) <= getdate(baris.tanggal) <= getdate(nowdate()):
		_tolak(_("Pembayaran baris {0}: Tanggal Dibayar harus antara hari kejadian dan hari ini."), baris.idx)
	if flt(baris.jumlah) != int(baris.jumlah):
		_tolak(_("Pembayaran baris {0}: Jumlah ditulis dalam rupiah utuh."), baris.idx)


def _tolak(pesan: str, *isi) -> None:
	frappe.throw(pesan.format(*isi), PembayaranTidakSah, title=_("Pembayaran belum sah"))


@frappe.whitelist()
def perbandingan(klaim: str) -> dict[str, list]:
	"""What was estimated and what was paid: `baris` (manfaat, perkiraan, dibayar, selisih; rupiah, the difference as paid
	less estimated, None where that cannot be told) and `catatan`, sentences on who was paid.

	It is noted who was shown them. Raises PermissionError for a claim whose health data the user does not read.
	"""
	doc = frappe.get_doc("Klaim", klaim)
	doc.check_permission("read")
	doc.periksa_pembaca(_("Jabatan Anda tidak melihat rincian manfaat."))
	catat_tampilan(doc, ["rincian_manfaat"])
	with menurut_aturan():
		hasil = cocokkan(
			[(b.manfaat, desimal(b.jumlah)) for b in doc.rincian_manfaat],
			[(b.manfaat, desimal(b.jumlah)) for b in doc.pembayaran],
		)
	seharusnya = doc.penerima_rencana or (doc.nama if doc.jenis == "JKK Perawatan" else None)
	lain = sorted(
		{
			b.penerima
			for b in doc.pembayaran
			if seharusnya and cocokkan_nama(b.penerima, seharusnya) == "Berbeda"
		}
	)
	return {
		"baris": [
			{
				"manfaat": b.manfaat,
				"perkiraan": float(b.perkiraan),
				"dibayar": float(b.dibayar),
				"selisih": None if b.selisih is None else float(b.selisih),
			}
			for b in hasil
		],
		"catatan": [
			_("Dibayarkan kepada {0}, sedangkan penerima menurut klaim {1}.").format(nama, seharusnya)
			for nama in lain
		],
	}
