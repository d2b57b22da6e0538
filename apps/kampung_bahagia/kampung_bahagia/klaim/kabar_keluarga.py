"""What a family is told of their claim, in plain words: where it is, what it still needs, and what comes next."""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe import _
from frappe.utils import flt, getdate

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.izin.data_pribadi import catat_tampilan
from kampung_bahagia.klaim import dokumen
from kampung_bahagia.tata_kelola.jembatan import desimal

BELUM_DIAJUKAN = ("Dilaporkan", "Dikembalikan", "Diverifikasi Lurah", "Diverifikasi DPMPPA")


def kalimat(klaim, *, rinci: bool = True) -> str:
	"""Some sentences about the claim as it stands.

	`rinci`: with amounts, papers and reasons, for the family itself. Without it nothing of the person or the money is
	said: what anyone may read who holds a ticket.
	"""
	kata = [KEADAAN[klaim.status](klaim, rinci)]
	if klaim.status in BELUM_DIAJUKAN:
		if klaim.status_pertanggungan == "Di Luar Masa":
			kata.append(
				_(
					"Menurut catatan kami kejadian ini di luar masa perlindungan. Laporan tetap diteruskan; BPJS yang memutuskan."
				)
			)
		elif klaim.status_pertanggungan == "Perlu Telaah":
			kata.append(_("Perlindungan pada saat kejadian masih ditelaah."))
		if klaim.terlambat:
			kata.append(_("Laporan ini lewat dari 2×24 jam. Laporan tetap diproses."))
		if rinci and (kurang := dokumen.kurang(klaim)):
			kata.append(_("Dokumen yang masih diperlukan: {0}.").format("; ".join(kurang)))
	return " ".join(filter(None, kata))


@frappe.whitelist()
def untuk_keluarga(klaim: str) -> dict[str, str]:
	"""`teks` to send to who reported the claim, and `hp`, their number in digits for a WhatsApp address.

	It is noted who was shown them. Raises PermissionError for a claim whose health data the user does not read.
	"""
	doc = frappe.get_doc("Klaim", klaim)
	doc.check_permission("read")
	doc.periksa_pembaca(_("Jabatan Anda tidak mengabari keluarga."))
	catat_tampilan(doc, ["hp_pelapor", "dokumen"])
	teks = _("Kabar klaim {0}: {1}").format(doc.name, kalimat(doc))
	return {"teks": teks, "hp": (doc.hp_pelapor or "").lstrip("+")}


def tanggal(nilai) -> str:
	return tanggal_indonesia(getdate(nilai))


def _paling_lambat(klaim) -> str:
	return _("Pembayaran paling lambat {0}.").format(tanggal(klaim.batas_bayar)) if klaim.batas_bayar else ""


def _dikembalikan(klaim, rinci: bool) -> str:
	sebab = f": {klaim.alasan.rstrip('. ')}" if rinci and klaim.alasan else ""
	return _("Laporan dikembalikan kepada Ketua RT untuk dilengkapi{0}.").format(sebab)


def _diajukan(klaim, rinci: bool) -> str:
	ulang = _("diajukan ulang") if len(klaim.riwayat_pengajuan) > 1 else _("diajukan")
	return _("Klaim {0} ke BPJS Ketenagakerjaan pada {1}. {2}").format(
		ulang, tanggal(klaim.diajukan_pada), _paling_lambat(klaim)
	)


def _disetujui(klaim, rinci: bool) -> str:
	nilai = (
		f" sebesar {format_rupiah(desimal(klaim.nilai_disetujui))}"
		if rinci and flt(klaim.nilai_disetujui)
		else ""
	)
	kata = _("BPJS menyetujui klaim ini{0}. {1}").format(nilai, _paling_lambat(klaim))
	if rinci and klaim.pembayaran:
		sebagian = format_rupiah(desimal(klaim.nilai_dibayar))
		kata = f"{kata} " + _("Sudah dibayar {0}.").format(sebagian)
	return kata


def _ditolak(klaim, rinci: bool) -> str:
	sebab = f": {klaim.keputusan.rstrip('. ')}" if rinci and klaim.keputusan else ""
	return _("BPJS belum menyetujui klaim ini{0}. DPMPPA memeriksa apakah dapat diajukan ulang.").format(
		sebab
	)


def _dibayar(klaim, rinci: bool) -> str:
	if not klaim.dibayar_pada:
		return _ditolak_tetap(klaim, rinci)
	if not rinci:
		return _("BPJS membayar klaim ini pada {0}.").format(tanggal(klaim.dibayar_pada))
	kata = [
		_("{0} {1} kepada {2} pada {3}").format(
			b.manfaat, format_rupiah(desimal(b.jumlah)), b.penerima, tanggal(b.tanggal)
		)
		for b in klaim.pembayaran
	]
	nilai = format_rupiah(desimal(klaim.nilai_dibayar))
	return _("BPJS membayar {0}: {1}.").format(nilai, "; ".join(kata))


def _ditolak_tetap(klaim, rinci: bool) -> str:
	sebab = f": {klaim.keputusan.rstrip('. ')}" if rinci and klaim.keputusan else ""
	return _("Klaim ditutup karena tidak disetujui BPJS{0}.").format(sebab)


def _tetap(teks: str) -> Callable[..., str]:
	return lambda klaim, rinci: _(teks)


KEADAAN: dict[str, Callable[..., str]] = {
	"Dilaporkan": lambda klaim, rinci: _("Laporan diterima pada {0}. Lurah sedang memeriksanya.").format(
		tanggal(klaim.dilaporkan_pada)
	),
	"Dikembalikan": _dikembalikan,
	"Diverifikasi Lurah": _tetap("Lurah sudah memeriksa laporan. Sekarang DPMPPA yang memeriksa."),
	"Diverifikasi DPMPPA": _tetap(
		"DPMPPA sudah memeriksa laporan dan menyiapkan pengajuan ke BPJS Ketenagakerjaan."
	),
	"Diajukan ke BPJS": _diajukan,
	"Disetujui BPJS": _disetujui,
	"Ditolak BPJS": _ditolak,
	"Dibayar": _dibayar,
	"Ditutup": _dibayar,
	"Ditarik": _tetap("Laporan ditarik oleh pelapornya dan tidak diproses."),
}
