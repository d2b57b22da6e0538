"""The papers of a claim that the programme prints: which of them when, and their facts (`jinja` in hooks.py).

They are made to be printed, filled in by hand where nothing is known, signed and uploaded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from kampung_bahagia.aturan.ahli_waris import urutan
from kampung_bahagia.aturan.manfaat import KELOMPOK
from kampung_bahagia.izin.data_pribadi import isi_lengkap
from kampung_bahagia.klaim import ahli_waris, kabar_keluarga
from kampung_bahagia.klaim.dokumen import tersedia
from kampung_bahagia.klaim.manfaat import batas_dokumen
from kampung_bahagia.klaim.pertanggungan import sk_yang_menyebut, surat_tugas
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.naskah import kegiatan_surat

TAHAP_SATU, TAHAP_DUA = "Data Laporan Kecelakaan Tahap I", "Data Laporan Kecelakaan Tahap II"
JKM, KRONOLOGI = "Data Pengajuan JKM", "Kronologi Kejadian"
AHLI_WARIS, PENUTUP = "Surat Keterangan Ahli Waris", "Surat Penutup Klaim"
DIPUTUS = ("Disetujui BPJS", "Ditolak BPJS", "Dibayar", "Ditutup")


def _kecelakaan(klaim) -> bool:
	return klaim.jenis != "JKM"


# Print Format: for which claims
NASKAH: dict[str, Callable[[Any], bool]] = {
	TAHAP_SATU: _kecelakaan,
	TAHAP_DUA: _kecelakaan,
	JKM: lambda klaim: not _kecelakaan(klaim),
	KRONOLOGI: lambda klaim: True,
	AHLI_WARIS: ahli_waris.meninggal,
	PENUTUP: lambda klaim: klaim.status in DIPUTUS,
}


class NaskahBelumBerlaku(frappe.ValidationError):
	pass


def untuk_layar(klaim) -> dict[str, Any]:
	"""`daftar`: the Print Formats of this claim; `templat`: by paper of its checklist, the one to print for it."""
	daftar = [format for format, berlaku in NASKAH.items() if berlaku(klaim)]
	jenis = frappe.get_all(
		"Jenis Dokumen Klaim",
		{"name": ["in", [d.jenis_dokumen for d in klaim.dokumen] or [""]], "templat": ["in", daftar]},
		["name", "templat"],
		as_list=True,
		order_by="name",
	)
	return {"daftar": daftar, "templat": dict(jenis)}


def klaim_surat(doc, format: str) -> frappe._dict:
	"""What the papers tell of a claim beyond its own fields: orang, kegiatan, proyek, sk, surat_tugas, rekening.

	NIK, birth, address and account are in full only where the builder of a Berkas BPJS, whose downloads are noted, asks
	for them. Raises NaskahBelumBerlaku for a claim that has no such paper (yet).
	"""
	if not NASKAH[format](doc):
		frappe.throw(
			_("{0} tidak berlaku untuk klaim {1} dalam keadaannya sekarang.").format(
				frappe.bold(format), frappe.bold(doc.name)
			),
			NaskahBelumBerlaku,
		)
	orang = frappe.db.get_value("Peserta", doc.peserta, ["nik_samar", "tugas", "upah_bulanan"], as_dict=True)
	orang.jenis_kelamin = frappe.db.get_value("Warga", doc.warga, "jenis_kelamin")
	orang.lengkap = isi_lengkap([doc.warga]).get(doc.warga) if doc.flags.untuk_bpjs else None
	proyek = frappe.db.get_value(
		"Pendaftaran BPJS",
		{"kegiatan": doc.kegiatan, "nomor_proyek": ["is", "set"]},
		["name", "nomor_proyek", "nomor_sertifikat", "dibayar_pada", "berlaku_mulai", "berlaku_sampai"],
		as_dict=True,
		order_by="creation, name",
	)
	rekening = doc.rekening_samar
	if doc.flags.untuk_bpjs and rekening:
		rekening = doc.get_password("nomor_rekening", raise_exception=False)
	return frappe._dict(
		orang=orang,
		kegiatan=kegiatan_surat(doc),
		proyek=proyek or frappe._dict(),
		sk=sk_yang_menyebut(doc),
		surat_tugas=surat_tugas(doc),
		rekening=rekening,
	)


def waris_surat(doc) -> frappe._dict:
	"""`baris` (rows of the claim, in the order of the law), `hasil` (HasilAhliWaris), and `meninggal_pada`."""
	with menurut_aturan():
		hasil = ahli_waris.hasil(doc)
	return frappe._dict(
		baris=sorted(doc.ahli_waris, key=lambda b: (not b.berhak, urutan(b.hubungan), b.idx)),
		hasil=hasil,
		meninggal_pada=ahli_waris.hari_meninggal(doc),
	)


def bermeterai(doc) -> bool:
	"""Whether what the claim may bring is above the dated limit from which a statement bears a stamp duty."""
	return bool(doc.ketentuan_manfaat) and (
		desimal(doc.perkiraan_manfaat) > batas_dokumen(getdate(doc.waktu_kejadian))["batas_meterai"]
	)


def dokumen_surat(doc) -> list[tuple[str, str]]:
	"""The checklist as a sheet lists it: paper, and whether it is there."""
	return [(d.jenis_dokumen, _keadaan(d)) for d in doc.dokumen]


def _keadaan(d) -> str:
	if tersedia(d):
		return d.sumber or _("Ada")
	if d.berkas:
		return _("Diperbaiki: {0}").format(d.alasan_ditolak)
	return _("Belum ada") if d.wajib else _("Tidak wajib")


def penutup_surat(doc) -> frappe._dict:
	"""What the closing letter tells the family besides the payments: kabar (sentences), beasiswa (rows of the estimate),
	ditolak (bool).
	"""
	return frappe._dict(
		kabar=kabar_keluarga.kalimat(doc),
		beasiswa=[b for b in doc.rincian_manfaat if b.manfaat == KELOMPOK["BEASISWA"]],
		ditolak=not doc.pembayaran and doc.status in ("Ditolak BPJS", "Ditutup"),
	)
