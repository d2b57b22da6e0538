"""Money that was spent, beside the money that was planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError


@dataclass(frozen=True)
class Realisasi:
	"""Sums in rupiah; `melebihi` are the positions (from 1) of lines that cost more than planned.

	`dana_program` is what the programme gave, `dari_program` what was spent of it, `sisa` what of it goes back.
	"""

	anggaran: Decimal
	realisasi: Decimal
	dana_program: Decimal
	dari_program: Decimal
	sisa: Decimal
	melebihi: tuple[int, ...]


def hitung_realisasi(baris: Sequence[tuple[Decimal, Decimal]], swadaya: Decimal = Decimal(0)) -> Realisasi:
	"""Add up lines of (planned, spent). One line may cost more when others cost less; all of them may not.

	What is left of the programme's money goes back to where it came from (swakelola: the Pokja keeps nothing). The
	residents' own share (`swadaya`, rupiah, part of what was planned) is spent first, so that the programme pays
	what is beyond it and never more than that; what the residents did not have to give stays theirs. Raises
	AturanError for negative amounts, for a share above the plan, and with both sums when more was spent than planned.
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
	if periksa_rupiah(swadaya, "Swadaya Warga") > rencana:
		raise AturanError(
			f"Swadaya Warga {format_rupiah(swadaya)} melebihi nilai kegiatan {format_rupiah(rencana)}."
		)
	program = rencana - swadaya
	dari_program = max(terpakai - swadaya, Decimal(0))
	melebihi = tuple(i for i, (a, r) in enumerate(baris, 1) if r > a)
	return Realisasi(rencana, terpakai, program, dari_program, program - dari_program, melebihi)
