"""The ceiling of an RT's kegiatan in a year, by its number of households (Perwal 18/2025; as data, dated)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError


@dataclass(frozen=True, slots=True)
class LapisPagu:
	"""A row of the table: `pagu` rupiah from `kk_dari` to `kk_sampai` households (None: no upper end)."""

	kk_dari: int
	kk_sampai: int | None
	pagu: Decimal


@dataclass(frozen=True, slots=True)
class Pemakaian:
	"""An RT's year in rupiah: `terpakai` is bound by approvals, `direncanakan` waits for one."""

	pagu: Decimal
	terpakai: Decimal
	direncanakan: Decimal

	@property
	def sisa(self) -> Decimal:
		"""What is left; negative when the ceiling was lowered afterwards."""
		return self.pagu - self.terpakai - self.direncanakan


def periksa_lapis_pagu(lapis: Sequence[LapisPagu]) -> tuple[LapisPagu, ...]:
	"""Return the rows when every number of households has exactly one of them.

	They ascend from 0 or 1 without gap or overlap, and only the last one is open. Raises AturanError, naming the row.
	"""
	if not lapis:
		raise AturanError("Ketentuan pagu belum mempunyai lapis.")
	if lapis[0].kk_dari not in (0, 1):
		raise AturanError("Lapis 1 harus mulai dari 1 KK.")
	berikut = lapis[0].kk_dari
	for nomor, satu in enumerate(lapis, start=1):
		if periksa_rupiah(satu.pagu, f"Pagu lapis {nomor}") == 0:
			raise AturanError(f"Pagu lapis {nomor} masih nol.")
		if satu.kk_dari < berikut:
			raise AturanError(
				f"Lapis {nomor} bertumpang tindih: mulai {satu.kk_dari} KK, seharusnya {berikut} KK."
			)
		if satu.kk_dari > berikut:
			raise AturanError(
				f"Ada celah sebelum lapis {nomor}: mulai {satu.kk_dari} KK, seharusnya {berikut} KK."
			)
		if satu.kk_sampai is None:
			if nomor < len(lapis):
				raise AturanError(f"Hanya lapis terakhir yang tanpa batas atas, bukan lapis {nomor}.")
			break
		if satu.kk_sampai < satu.kk_dari:
			raise AturanError(f"Batas atas lapis {nomor} mendahului batas bawahnya.")
		berikut = satu.kk_sampai + 1
	if lapis[-1].kk_sampai is not None:
		raise AturanError("Lapis terakhir harus tanpa batas atas.")
	return tuple(lapis)


def pagu_untuk(kk: int, lapis: Sequence[LapisPagu]) -> Decimal:
	"""The ceiling (rupiah per year) of an RT with `kk` households. Raises AturanError when `kk` is not known."""
	if kk < 1:
		raise AturanError("Jumlah KK pada RT belum diisi, sehingga pagunya belum diketahui.")
	return next(
		satu.pagu
		for satu in periksa_lapis_pagu(lapis)
		if satu.kk_dari <= kk and (satu.kk_sampai is None or kk <= satu.kk_sampai)
	)


def periksa_pagu(dana: Decimal, pemakaian: Pemakaian) -> Decimal:
	"""What is left after `dana` rupiah more. Raises AturanError with all the numbers when it is too much."""
	periksa_rupiah(dana, "Dana program")
	sisa = pemakaian.sisa - dana
	if sisa < 0:
		raise AturanError(
			f"Pagu RT {format_rupiah(pemakaian.pagu)}: terpakai {format_rupiah(pemakaian.terpakai)}, "
			f"direncanakan {format_rupiah(pemakaian.direncanakan)}, sisa {format_rupiah(pemakaian.sisa)}. "
			f"Kegiatan ini {format_rupiah(dana)}, melebihi sisa pagu {format_rupiah(-sisa)}."
		)
	return sisa
