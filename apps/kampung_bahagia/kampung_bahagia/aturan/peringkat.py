"""Ranking of the usulan of a musyawarah by the method that the city has chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from kampung_bahagia.aturan.galat import AturanError

SUARA, POIN, MUFAKAT = METODE = ("Suara Terbanyak", "Jumlah Poin", "Mufakat")


@dataclass(frozen=True, slots=True)
class Nilai:
	"""What a usulan received: votes and points, both at least zero."""

	suara: int = 0
	poin: int = 0


@dataclass(frozen=True, slots=True)
class Peringkat:
	"""`peringkat` counts from 1; 0 for a usulan that received nothing. `seri`: another one stands equal."""

	peringkat: int
	seri: bool


def susun_peringkat(usulan: Sequence[Nilai], metode: str) -> list[Peringkat]:
	"""Rank each usulan, in the order given.

	By votes or by points equals share a rank and the next one is skipped (1, 2, 2, 4). By consensus the order
	itself is what was agreed, so nothing is equal. Raises AturanError for an unknown method.
	"""
	if metode not in METODE:
		raise AturanError(f"Metode peringkat {metode} tidak dikenal.")
	if metode == MUFAKAT:
		return [Peringkat(nomor, False) for nomor in range(1, len(usulan) + 1)]
	angka = [satu.suara if metode == SUARA else satu.poin for satu in usulan]
	if any(satu < 0 for satu in angka):
		raise AturanError("Suara dan poin usulan tidak boleh kurang dari nol.")
	return [
		Peringkat(1 + sum(lain > satu for lain in angka), angka.count(satu) > 1)
		if satu
		else Peringkat(0, False)
		for satu in angka
	]
