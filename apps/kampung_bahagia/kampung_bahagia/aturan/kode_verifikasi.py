"""Codes by which anyone asks whether a document is genuine: unguessable, and short enough to type from paper."""

import re

ABJAD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which paper and eye confuse with others
PANJANG = 30
BIT = 5 * PANJANG
_KELOMPOK = 5
_TERTUKAR = str.maketrans("OIL", "011")
_BENTUK = re.compile(f"[{ABJAD}]{{{PANJANG}}}")


def tulis_kode(acak: int) -> str:
	"""The code of a random number below 2**BIT: 30 characters. Raises ValueError for another number."""
	if not 0 <= acak < 1 << BIT:
		raise ValueError(f"not a number of {BIT} bits")
	return "".join(ABJAD[acak >> 5 * i & 31] for i in reversed(range(PANJANG)))


def baca_kode(ketikan: str) -> str | None:
	"""The code that somebody typed, with or without gaps, in small letters, O for 0; None when it is none."""
	if len(ketikan) > 4 * PANJANG:
		return None
	kode = re.sub(r"[\s.-]", "", ketikan).upper().translate(_TERTUKAR)
	return kode if _BENTUK.fullmatch(kode) else None


def kelompokkan(kode: str) -> str:
	"""As it is printed, in groups of five: ``7KQ2M-…``."""
	return "-".join(kode[i : i + _KELOMPOK] for i in range(0, len(kode), _KELOMPOK))
