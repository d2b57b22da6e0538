"""Whether two records are one resident, who was written down twice with two numbers.

A NIK is unique, and yet people are recorded twice: with a digit mistyped, with a number that was replaced. Likeness
is shown to whoever records; it never refuses, for twins and namesakes exist.
"""

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

AMBANG = 85  # likeness of names in percent from which on they count as one

# what stands before a name and is none, as family cards are copied
_SEBUTAN = {
	*("alm", "almh", "almarhum", "almarhumah", "bapak", "bpk", "ibu", "ny", "tn"),
	*("h", "haji", "hj", "hajjah", "kh", "ustadz", "ustaz"),
	*("dr", "dra", "drs", "ir", "prof"),
}
_MUHAMMAD = {
	*("m", "md", "moch", "moh", "mohd", "much", "muh"),
	*("mochamad", "mohamad", "mohammad", "muhamad", "muhammad"),
}
# older ways of writing one sound
_EJAAN = (
	(re.compile("oe"), "u"),
	(re.compile("dj"), "j"),
	(re.compile("tj"), "c"),
	(re.compile("[ck]h"), "h"),
)
_BERULANG = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Orang:
	"""What is compared of a resident: the name as `nama_baku` gives it, the number as it is stored."""

	nama: str
	no_kk: str | None
	tanggal_lahir: date | None


def nama_baku(nama: str) -> str:
	"""A name without titles, each word in one spelling: "H. Moch. Soekardi, S.Pd." as "muhamad sukardi".

	A name that is nothing but titles is kept.
	"""
	kata = re.findall(r"[^\W\d_]+", nama.split(",", 1)[0].casefold())
	inti = [k for k in kata if k not in _SEBUTAN] or kata
	return " ".join(_kata_baku(k, sendiri=len(inti) == 1) for k in inti)


def _kata_baku(kata: str, *, sendiri: bool) -> str:
	if kata in _MUHAMMAD and not (sendiri and len(kata) == 1):
		return "muhamad"
	for pola, ganti in _EJAAN:
		kata = pola.sub(ganti, kata)
	return _BERULANG.sub(r"\1", kata)


def nama_mirip(a: str, b: str, ambang: int = AMBANG) -> bool:
	"""Whether two names, both as `nama_baku` gives them, may be of one person.

	Neither the order of words counts, nor whether "Nur Hayati" is written as one.
	"""
	return (
		a == b
		or fuzz.token_sort_ratio(a, b) >= ambang
		or fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) >= ambang
	)


def sebab_serupa(a: Orang, b: Orang, ambang: int = AMBANG) -> str | None:
	"""Why the two may be one person, in words for a form; None when nothing says so.

	Two of one family card or of one birth date are compared by name; both together suffice.
	"""
	satu_kk = bool(a.no_kk) and a.no_kk == b.no_kk
	selahir = a.tanggal_lahir is not None and a.tanggal_lahir == b.tanggal_lahir
	if not (satu_kk or selahir):
		return None
	if nama_mirip(a.nama, b.nama, ambang):
		if satu_kk and selahir:
			return "Nama mirip, KK dan tanggal lahir sama"
		return "Nama mirip, KK sama" if satu_kk else "Nama mirip, tanggal lahir sama"
	return "KK dan tanggal lahir sama" if satu_kk and selahir else None
