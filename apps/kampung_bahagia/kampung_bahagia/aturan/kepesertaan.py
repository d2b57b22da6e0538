"""Memberships that the city pays for month by month: state, months, contribution and budget.

Whoever is no wage earner pays a fixed contribution for each month (bukan penerima upah, PP 44/2015 jo. PP 82/2019);
how much is a dated tariff record. All amounts are rupiah.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError

BELUM_MULAI, AKTIF, AKAN_HABIS, HABIS, BERHENTI = "Belum Mulai", "Aktif", "Akan Habis", "Habis", "Berhenti"
PROGRAM = ("JKK", "JKM", "JHT")
_TEPAT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class IuranBulanan:
	"""What one month costs: the sum of each programme (keys of PROGRAM), together, and how it comes about."""

	orang: int
	bagian: Mapping[str, Decimal]
	total: Decimal
	perhitungan: str


@dataclass(frozen=True, slots=True)
class KeadaanAnggaran:
	"""`sisa` of the ceiling after what was paid, and `lebih`: by how much the plan passes the ceiling (0 if not)."""

	pagu: Decimal
	rencana: Decimal
	realisasi: Decimal
	sisa: Decimal
	lebih: Decimal


def keadaan(mulai: date, sampai: date | None, dihentikan: bool, hari: date, hari_pengingat: int) -> str:
	"""State of a membership on the day `hari`; both its ends belong to it, an end of None is none.

	From `hari_pengingat` days before its last day on it is about to end.
	"""
	if hari < mulai:
		return BELUM_MULAI
	if sampai is None:
		return AKTIF
	if hari > sampai:
		return BERHENTI if dihentikan else HABIS
	return AKAN_HABIS if (sampai - hari).days <= hari_pengingat else AKTIF


def bulan_dari(hari: date) -> tuple[date, date]:
	"""First and last day of the month in which the day lies."""
	awal = hari.replace(day=1)
	return awal, (awal + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def masuk_bulan(mulai: date, sampai: date | None, bulan: date) -> bool:
	"""Whether a membership is paid for in the month of the day `bulan`: the contribution of a month is not divided."""
	awal, akhir = bulan_dari(bulan)
	return mulai <= akhir and (sampai is None or sampai >= awal)


def periksa_tarif(tarif: Mapping[str, Decimal], program: Mapping[str, bool]) -> Decimal:
	"""The sum of a tariff per person and month. Raises AturanError unless exactly the programmes of the group cost something."""
	for nama in PROGRAM:
		ada = periksa_rupiah(tarif[nama], f"Iuran {nama}") > 0
		if program[nama] and not ada:
			raise AturanError(f"Isi iuran {nama}: kelompok ini mengikuti program {nama}.")
		if ada and not program[nama]:
			raise AturanError(f"Kosongkan iuran {nama}: kelompok ini tidak mengikuti program {nama}.")
		if tarif[nama] != tarif[nama].to_integral_value():
			raise AturanError(f"Iuran {nama} harus rupiah bulat.")
	with localcontext(_TEPAT):
		return sum((tarif[nama] for nama in PROGRAM), Decimal(0))


def iuran_sebulan(orang: int, tarif: Mapping[str, Decimal]) -> IuranBulanan:
	"""The contribution of a month for so many people, each programme apart."""
	if orang < 0:
		raise AturanError("Jumlah peserta tidak boleh kurang dari nol.")
	with localcontext(_TEPAT):
		bagian = {nama: orang * periksa_rupiah(tarif[nama], f"Iuran {nama}") for nama in PROGRAM}
		total = sum(bagian.values(), Decimal(0))
	dipakai = [nama for nama in PROGRAM if tarif[nama]]
	perhitungan = "; ".join(
		f"{nama} {orang} × {format_rupiah(tarif[nama])} = {format_rupiah(bagian[nama])}" for nama in dipakai
	)
	return IuranBulanan(orang, bagian, total, perhitungan)


def keadaan_anggaran(pagu: Decimal, rencana: Decimal, realisasi: Decimal) -> KeadaanAnggaran:
	"""How a ceiling of a year stands; `sisa` is negative when more was paid than it allows."""
	for nilai, nama in ((pagu, "Pagu"), (rencana, "Rencana"), (realisasi, "Realisasi")):
		periksa_rupiah(nilai, nama)
	with localcontext(_TEPAT):
		return KeadaanAnggaran(pagu, rencana, realisasi, pagu - realisasi, max(rencana - pagu, Decimal(0)))


def rapikan_kpj(kpj: str) -> str:
	"""A membership number of BPJS without blanks and signs. Raises AturanError unless it has eleven digits."""
	bersih = re.sub(r"[\s.\-]", "", kpj)
	if not re.fullmatch(r"[0-9]{11}", bersih):
		raise AturanError("Nomor Kepesertaan (KPJ) terdiri dari 11 angka. Cocokkan dengan kartu dari BPJS.")
	return bersih
