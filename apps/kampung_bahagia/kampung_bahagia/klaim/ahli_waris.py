"""The heirs of a claim by the order of the law, and the account that it is to be paid to."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import getdate

from kampung_bahagia.aturan.ahli_waris import PENGURUS, HasilAhliWaris, Kerabat, tentukan_ahli_waris
from kampung_bahagia.aturan.identitas import samarkan_rekening
from kampung_bahagia.aturan.rekening import telaah_rekening
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan


class PenerimaTidakBerhak(frappe.ValidationError):
	pass


def meninggal(klaim) -> bool:
	return klaim.jenis != "JKK Perawatan"


def hasil(klaim) -> HasilAhliWaris:
	"""Who of the relatives on the claim receives."""
	return _putuskan(klaim, _kerabat(klaim))


def nilai(klaim) -> None:
	"""Mark who receives and why others do not; the law is asked anew on each save."""
	klaim.hasil_waris = None
	if not meninggal(klaim):
		klaim.ahli_waris = []
	if not klaim.ahli_waris:
		return
	kerabat = _kerabat(klaim)
	with menurut_aturan():
		putusan = _putuskan(klaim, kerabat)
	berhak = {id(b.kerabat): b for b in putusan.berhak}
	sebab = {id(t.kerabat): t.sebab for t in putusan.tidak_berhak}
	for baris, satu in zip(klaim.ahli_waris, kerabat, strict=True):
		penerima = berhak.get(id(satu))
		baris.berhak, baris.perlu_wali = int(bool(penerima)), int(bool(penerima and penerima.perlu_wali))
		if baris.perlu_wali and not (baris.wali or "").strip():
			baris.keterangan = _("Di bawah umur: isi Nama Wali.")
		else:
			baris.keterangan = (
				_("Dokumen: {0}.").format(", ".join(penerima.dokumen)) if penerima else sebab[id(satu)]
			)
	siapa = _("Yang berhak: {0}.").format(putusan.nama_peringkat) if putusan.berhak else None
	klaim.hasil_waris = "\n".join(
		filter(
			None, [siapa, putusan.pembayaran, *putusan.catatan, _("Dasar: {0}.").format(putusan.dasar_hukum)]
		)
	)


def _kerabat(klaim) -> list[Kerabat]:
	return [
		Kerabat(b.nama, b.hubungan, b.tanggal_lahir and getdate(b.tanggal_lahir), not b.sudah_meninggal)
		for b in klaim.ahli_waris
	]


def _putuskan(klaim, kerabat: list[Kerabat]) -> HasilAhliWaris:
	return tentukan_ahli_waris(kerabat, hari_meninggal(klaim))


def hari_meninggal(klaim) -> date:
	"""The doctor's day, else that of the event."""
	return getdate(klaim.keterangan_dokter_pada or klaim.waktu_kejadian)


def calon_penerima(klaim) -> set[str]:
	"""Names in which the account may be: the entitled or their guardians, else whoever arranged the funeral."""
	berhak = {(b.wali or "").strip() if b.perlu_wali else b.nama for b in klaim.ahli_waris if b.berhak}
	return berhak or {b.nama for b in klaim.ahli_waris if b.hubungan == PENGURUS}


def periksa_rekening(klaim) -> None:
	"""The account is one, and in the name of whoever may receive; differences warn, impossible numbers are refused.

	The number itself is kept encrypted by the framework, which gives back asterisks only. Raises PenerimaTidakBerhak.
	"""
	boleh = calon_penerima(klaim) if klaim.ahli_waris else set()
	if boleh and klaim.penerima_rencana and klaim.penerima_rencana not in boleh:
		frappe.throw(
			_("Nama Penerima harus salah satu yang berhak: {0}.").format(
				frappe.bold(frappe.utils.escape_html(", ".join(sorted(boleh))))
			),
			PenerimaTidakBerhak,
		)
	nomor = klaim.nomor_rekening or ""
	if not nomor:
		klaim.rekening_samar = klaim.telaah_rekening = None
		return
	if klaim.is_dummy_password(nomor):
		if not _berubah(klaim):
			return
		nomor = klaim.get_password("nomor_rekening")
		klaim.nomor_rekening = nomor
	if not klaim.bank or not klaim.atas_nama:
		frappe.throw(_("Lengkapi Bank dan Atas Nama untuk nomor rekening ini."))
	with menurut_aturan():
		telaah = telaah_rekening(nomor, klaim.bank, klaim.atas_nama, klaim.penerima_rencana or klaim.nama)
	klaim.nomor_rekening = telaah.nomor
	klaim.rekening_samar = samarkan_rekening(telaah.nomor)
	klaim.telaah_rekening = " ".join([telaah.teks, *(c.teks for c in telaah.peringatan)])


def _berubah(klaim) -> bool:
	return klaim.is_new() or any(
		klaim.has_value_changed(k) for k in ("bank", "atas_nama", "penerima_rencana")
	)
