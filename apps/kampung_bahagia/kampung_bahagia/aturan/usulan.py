"""When two usulan of a neighbourhood are the same one."""

import re

from kampung_bahagia.aturan import kemiripan

MIRIP = 88  # of 100: a word more, an abbreviation or a slip of the finger


def rapikan(judul: str) -> str:
	"""A title without case, punctuation and idle spaces: two that agree are one usulan."""
	return " ".join(re.findall(r"\w+", judul.casefold()))


def mirip(judul: str, lain: str) -> bool:
	"""Whether two titles nearly agree, in whatever order their words stand. Numbers that differ tell them apart."""
	return kemiripan.mirip(judul, lain) >= MIRIP
