"""Money that was spent, beside the money that was planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError


@dataclass(frozen=True)
class Realisasi:
	"""Sums in rupiah; `melebihi` are the positions (from 1) of lines that cost more than planned."""

	anggaran: Decimal
	realisasi: Decimal
	sisa: Decimal
	melebihi: tuple[int, ...]


def hitung_realisasi(baris: Sequence[tuple[Decimal, Decimal]]) -> Realisasi:
	"""Add up lines of (planned, spent). One line may cost more when others cost less; all of them may not.

	What is left goes back to where it came from (swakelola: the Pokja keeps nothing). Raises AturanError for
	negative amounts, and with both sums when more was spent than planned.
	"""
	for i, (anggaran, realisasi) in enumerate(baris, 1):
		periksa_rupiah(anggaran, f"Anggaran baris {i}")
		periksa_rupiah(realisasi, f"Realisasi baris {i}")
	rencana = sum((a for a, _r in baris), Decimal(0))
	terpakai = sum((r for _a, r in baris), Decimal(0))
	if terpakai > rencana:
		raise AturanError(
			f"Jumlah realisasi {format_rupiah(terpakai)} melebihi nilai kegiatan {format_rupiah(rencana)}, "
			f"lebih {format_rupiah(terpakai - rencana)}. Periksa kembali realisasi setiap baris."
		)
	melebihi = tuple(i for i, (a, r) in enumerate(baris, 1) if r > a)
	return Realisasi(rencana, terpakai, rencana - terpakai, melebihi)
