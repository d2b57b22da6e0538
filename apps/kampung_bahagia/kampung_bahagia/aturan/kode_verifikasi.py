"""Codes that somebody reads from paper and types: whether a document is genuine, where a notice stands.

Unguessable, and short enough to type or to read out.
"""

import re

ABJAD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which paper and eye confuse with others
PANJANG = 30
BIT = 5 * PANJANG
PANJANG_TIKET = 12
BIT_TIKET = 5 * PANJANG_TIKET
_TERTUKAR = str.maketrans("OIL", "011")


def tulis_kode(acak: int, panjang: int = PANJANG) -> str:
	"""The code of a random number of 5 bits for each of its `panjang` characters. Raises ValueError for another number."""
	if not 0 <= acak < 1 << 5 * panjang:
		raise ValueError(f"not a number of {5 * panjang} bits")
	return "".join(ABJAD[acak >> 5 * i & 31] for i in reversed(range(panjang)))


def baca_kode(ketikan: str, panjang: int = PANJANG) -> str | None:
	"""The code that somebody typed, with or without gaps, in small letters, O for 0; None when it is none."""
	if len(ketikan) > 4 * panjang:
		return None
	kode = re.sub(r"[\s.-]", "", ketikan).upper().translate(_TERTUKAR)
	return kode if len(kode) == panjang and set(kode) <= set(ABJAD) else None


def kelompokkan(kode: str, sekelompok: int = 5) -> str:
	"""As it is printed, in groups: ``7KQ2M-…``."""
	return "-".join(kode[i : i + sekelompok] for i in range(0, len(kode), sekelompok))
