"""The premium of construction-service insurance (JKK and JKM), when wages are unknown and when they are known.

When they are not, the contract value is cut into slices; each slice's rate falls on that slice only, never on the
whole value (PP 44/2015 jo. PP 82/2019, Permenaker 5/2021 jo. 1/2025). When they are, the rates fall on the monthly
wages, each month (PP 44/2015, PP 49/2020). Slices and rates come from a dated tariff record.
All amounts are rupiah, all rates percent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah, terbilang_rupiah
from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tanggal import periksa_tanggal

# Wide enough that no product of a value and a rate is ever rounded, whatever context the caller runs in.
_TEPAT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Lapis:
	"""One tariff slice: from the slice below up to and including `batas_atas` (None: no upper end)."""

	batas_atas: Decimal | None
	jkk_persen: Decimal
	jkm_persen: Decimal


@dataclass(frozen=True, slots=True)
class RincianLapis:
	"""The working of one slice: `dasar` is the part of the value in it; `jkk` and `jkm` are not rounded."""

	dari: Decimal
	sampai: Decimal | None
	dasar: Decimal
	jkk_persen: Decimal
	jkm_persen: Decimal
	jkk: Decimal
	jkm: Decimal


@dataclass(frozen=True, slots=True)
class HasilIuran:
	"""The premium with its working; `jkk`, `jkm` and `total` are whole rupiah."""

	dasar: Decimal
	rincian: tuple[RincianLapis, ...]
	jkk: Decimal
	jkm: Decimal
	total: Decimal
	terbilang: str


@dataclass(frozen=True, slots=True)
class SelisihIuran:
	"""What an addendum adds (or, when negative, takes off)."""

	jkk: Decimal
	jkm: Decimal
	total: Decimal


def dasar_iuran(nilai: Decimal, ppn: Decimal) -> Decimal:
	"""Return the base of the premium: the value less the amount (not the percentage) of PPN in it."""
	periksa_rupiah(nilai, "Nilai kegiatan")
	periksa_rupiah(ppn, "PPN")
	if ppn > nilai:
		raise AturanError("PPN tidak boleh melebihi nilai kegiatan.")
	with localcontext(_TEPAT):
		return nilai - ppn


def periksa_lapis(lapis: Sequence[Lapis]) -> tuple[Lapis, ...]:
	"""Return the slices when they make a tariff: ascending upper ends, only the last one open, sane rates."""
	if not lapis:
		raise AturanError("Tarif iuran belum mempunyai lapis.")
	sebelumnya = Decimal(0)
	for nomor, satu in enumerate(lapis, start=1):
		for nama, persen in (("JKK", satu.jkk_persen), ("JKM", satu.jkm_persen)):
			if not isinstance(persen, Decimal) or not persen.is_finite() or not 0 <= persen <= 100:
				raise AturanError(f"Persen {nama} lapis {nomor} harus antara 0 dan 100.")
		if satu.batas_atas is None:
			if nomor < len(lapis):
				raise AturanError(f"Hanya lapis terakhir yang tanpa batas atas, bukan lapis {nomor}.")
			continue
		if periksa_rupiah(satu.batas_atas, f"Batas atas lapis {nomor}") <= sebelumnya:
			raise AturanError(f"Batas atas lapis {nomor} harus di atas {format_rupiah(sebelumnya)}.")
		sebelumnya = satu.batas_atas
	if lapis[-1].batas_atas is not None:
		raise AturanError("Lapis terakhir harus tanpa batas atas.")
	return tuple(lapis)


def hitung_iuran(dasar: Decimal, lapis: Sequence[Lapis]) -> HasilIuran:
	"""Compute the premium of `dasar` by marginal slices.

	Only slices that hold a part of the value appear in the working. JKK and JKM are summed apart and each is
	rounded once, half up, to whole rupiah. Raises AturanError for a base or a tariff that cannot be right.
	"""
	periksa_rupiah(dasar, "Dasar iuran")
	rincian: list[RincianLapis] = []
	dari = Decimal(0)
	with localcontext(_TEPAT):
		for satu in periksa_lapis(lapis):
			atas = dasar if satu.batas_atas is None else min(dasar, satu.batas_atas)
			bagian = atas - dari
			if bagian <= 0:
				break
			rincian.append(
				RincianLapis(
					dari=dari,
					sampai=satu.batas_atas,
					dasar=bagian,
					jkk_persen=satu.jkk_persen,
					jkm_persen=satu.jkm_persen,
					jkk=bagian * satu.jkk_persen.scaleb(-2),
					jkm=bagian * satu.jkm_persen.scaleb(-2),
				)
			)
			dari = atas
		jkk = _rupiah_bulat(sum((satu.jkk for satu in rincian), Decimal(0)))
		jkm = _rupiah_bulat(sum((satu.jkm for satu in rincian), Decimal(0)))
		total = jkk + jkm
	return HasilIuran(dasar, tuple(rincian), jkk, jkm, total, terbilang_rupiah(total))


def jumlah_bulan(mulai: date, selesai: date) -> int:
	"""Months of work from `mulai` to `selesai`, both included; one that is begun counts whole."""
	if periksa_tanggal(selesai, "Tanggal selesai") < periksa_tanggal(mulai, "Tanggal mulai"):
		raise AturanError("Tanggal selesai mendahului tanggal mulai.")
	bulan = (selesai.year - mulai.year) * 12 + selesai.month - mulai.month
	return bulan + (selesai.day >= mulai.day)


def hitung_iuran_upah(
	upah: Sequence[Decimal], bulan: int, jkk_persen: Decimal, jkm_persen: Decimal
) -> HasilIuran:
	"""Compute the premium of monthly wages (one or more sums) over so many months.

	JKK and JKM are each rounded once, half up, to whole rupiah. Raises AturanError for wages, months or rates that
	cannot be right.
	"""
	if bulan < 1:
		raise AturanError("Lama bekerja paling sedikit satu bulan.")
	for nama, persen in (("JKK", jkk_persen), ("JKM", jkm_persen)):
		if not isinstance(persen, Decimal) or not persen.is_finite() or not 0 < persen <= 100:
			raise AturanError(f"Persen {nama} dari upah harus di atas 0 sampai 100.")
	with localcontext(_TEPAT):
		sebulan = sum((periksa_rupiah(satu, "Upah") for satu in upah), Decimal(0))
		if sebulan == 0:
			raise AturanError("Upah belum diisi.")
		dasar = sebulan * bulan
		rincian = RincianLapis(
			dari=Decimal(0),
			sampai=None,
			dasar=dasar,
			jkk_persen=jkk_persen,
			jkm_persen=jkm_persen,
			jkk=dasar * jkk_persen.scaleb(-2),
			jkm=dasar * jkm_persen.scaleb(-2),
		)
		jkk, jkm = _rupiah_bulat(rincian.jkk), _rupiah_bulat(rincian.jkm)
		total = jkk + jkm
	return HasilIuran(dasar, (rincian,), jkk, jkm, total, terbilang_rupiah(total))


def selisih_iuran(lama: HasilIuran, baru: HasilIuran) -> SelisihIuran:
	"""Return what an addendum changes: both premiums are computed on the whole value, then subtracted."""
	return SelisihIuran(baru.jkk - lama.jkk, baru.jkm - lama.jkm, baru.total - lama.total)


def _rupiah_bulat(nilai: Decimal) -> Decimal:
	return nilai.quantize(Decimal(1), rounding=ROUND_HALF_UP)
