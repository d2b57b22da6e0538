"""When two usulan of a neighbourhood are the same one."""

import re

from rapidfuzz import fuzz

MIRIP = 88  # of 100: a word more, an abbreviation or a slip of the finger


def rapikan(judul: str) -> str:
	"""A title without case, punctuation and idle spaces: two that agree are one usulan."""
	return " ".join(re.findall(r"\w+", judul.casefold()))


def mirip(judul: str, lain: str) -> bool:
	"""Whether two titles nearly agree, in whatever order their words stand. Numbers that differ tell them apart.

	"Drainase Gang 2" is not "Drainase Gang 3", however close the letters are.
	"""
	a, b = rapikan(judul), rapikan(lain)
	angka_a, angka_b = (sorted(re.findall(r"\d+", teks)) for teks in (a, b))
	return angka_a == angka_b and fuzz.token_sort_ratio(a, b) >= MIRIP
