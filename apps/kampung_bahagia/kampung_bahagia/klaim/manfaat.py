"""The estimate of a claim: by the records in force on the day of the accident, and by the wage on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt, formatdate, getdate

from kampung_bahagia.aturan.identitas import umur
from kampung_bahagia.aturan.manfaat import Anak, FaktaManfaat, PerkiraanManfaat, perkirakan
from kampung_bahagia.aturan.tenggat import denda_bayar_klaim
from kampung_bahagia.klaim.ahli_waris import hari_meninggal
from kampung_bahagia.klaim.doctype.ketentuan_manfaat.ketentuan_manfaat import KetentuanManfaat
from kampung_bahagia.klaim.doctype.upah_minimum.upah_minimum import upah_minimum_pada
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku

RINCIAN = ("manfaat", "uraian", "perhitungan", "jumlah", "dasar_hukum")


class KetentuanManfaatTidakAda(frappe.ValidationError):
	pass


@dataclass(frozen=True, slots=True)
class Perkiraan:
	"""An estimate with the records that it rests on.

	`ketentuan` and `upah_minimum` are names of records; None where none is in force. Without a Ketentuan Manfaat there
	is no `hasil`, and `sebab` says why: a report is never held up by an estimate.
	"""

	ketentuan: str | None
	upah_minimum: str | None
	hasil: PerkiraanManfaat | None
	sebab: str = ""


def perkiraan(klaim, **fakta: Any) -> Perkiraan:
	"""Estimate what a claim may bring.

	Of `klaim` its `jenis`, `peserta` and `waktu_kejadian` are read. `fakta` are fields of
	`aturan.manfaat.FaktaManfaat` that are known besides, amounts as Decimal; the monthly wage is the one on record of the
	peserta and the minimum wage that of the day, unless they are given. Throws for facts that cannot be right.
	"""
	hari = getdate(klaim.waktu_kejadian)
	ketentuan = yang_berlaku("Ketentuan Manfaat", hari)
	minimum = upah_minimum_pada(hari)
	nama_minimum = minimum.name if minimum else None
	if not ketentuan:
		return Perkiraan(None, nama_minimum, None, _tidak_ada(hari))
	upah = flt(frappe.db.get_value("Peserta", klaim.peserta, "upah_bulanan"))
	fakta = {
		"upah_bulanan": desimal(upah) if upah else None,
		"upah_minimum": desimal(minimum.upah) if minimum else None,
		**fakta,
	}
	with menurut_aturan():
		hasil = perkirakan(
			klaim.jenis,
			FaktaManfaat(**fakta),
			frappe.get_cached_doc("Ketentuan Manfaat", ketentuan).sebagai_ketentuan(),
		)
	return Perkiraan(ketentuan, nama_minimum, hasil)


def batas_dokumen(pada: date | str) -> dict[str, Decimal]:
	"""`batas_meterai` and `batas_npwp` in rupiah on that day, as `aturan.syarat_dokumen.keadaan_klaim` takes them.

	Raises KetentuanManfaatTidakAda.
	"""
	ketentuan = _ketentuan(pada)
	return {kolom: desimal(ketentuan.get(kolom)) for kolom in ("batas_meterai", "batas_npwp")}


def denda(nilai: Decimal, hari: int, pada: date | str) -> Decimal:
	"""What BPJS owes, for information, on a claim of `nilai` rupiah that it paid `hari` days late, by the rule of the day
	`pada`. Raises KetentuanManfaatTidakAda.
	"""
	with menurut_aturan():
		return denda_bayar_klaim(nilai, hari, desimal(_ketentuan(pada).denda_persen))


def _ketentuan(pada: date | str) -> KetentuanManfaat:
	nama = yang_berlaku("Ketentuan Manfaat", pada)
	if not nama:
		frappe.throw(_tidak_ada(pada), KetentuanManfaatTidakAda)
	return frappe.get_cached_doc("Ketentuan Manfaat", nama)


def _tidak_ada(pada: date | str) -> str:
	return _("Belum ada Ketentuan Manfaat untuk kejadian {0}. Mintalah DPMPPA mencatatnya.").format(
		formatdate(pada)
	)


def nilai(klaim) -> None:
	"""Estimate the claim by what is known of it now, and keep the record and the working that it rests on."""
	anak = ()
	if klaim.jenis == "JKK Meninggal":
		hari = hari_meninggal(klaim)
		anak = tuple(
			Anak(usia=umur(getdate(b.tanggal_lahir), hari))
			for b in klaim.ahli_waris
			if b.hubungan == "Anak"
			and not b.sudah_meninggal
			and b.tanggal_lahir
			and getdate(b.tanggal_lahir) <= hari
		)
	fakta = {"anak": anak}
	if klaim.jenis != "JKM":
		fakta["biaya_perawatan"] = desimal(klaim.biaya_perawatan) if flt(klaim.biaya_perawatan) else None
		if klaim.angkutan and flt(klaim.biaya_angkutan):
			fakta["transportasi"] = {klaim.angkutan: desimal(klaim.biaya_angkutan)}
	if klaim.jenis == "JKK Perawatan":
		fakta["hari_tidak_bekerja"] = cint(klaim.hari_tidak_bekerja) or None
		fakta["cacat_total"] = klaim.akibat == "Cacat Total Tetap"
		if klaim.akibat == "Cacat Sebagian" and flt(klaim.cacat_persen):
			fakta["cacat_persen"] = desimal(klaim.cacat_persen)
	p = perkiraan(klaim, **fakta)
	klaim.ketentuan_manfaat = p.ketentuan
	klaim.perkiraan_manfaat = float(p.hasil.total) if p.hasil else 0
	klaim.catatan_manfaat = "\n".join(p.hasil.catatan) if p.hasil else p.sebab
	baris = [
		{
			"manfaat": b.kelompok,
			"uraian": b.uraian,
			"perhitungan": b.perhitungan,
			"jumlah": float(b.jumlah),
			"dasar_hukum": b.dasar_hukum,
		}
		for b in (p.hasil.baris if p.hasil else ())
	]
	if [{k: b.get(k) for k in RINCIAN} for b in klaim.rincian_manfaat] != baris:
		klaim.set("rincian_manfaat", baris)
