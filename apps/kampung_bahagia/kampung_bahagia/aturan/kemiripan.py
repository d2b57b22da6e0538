"""Whether two kegiatan are one work: the same place, the same time, nearly the same name.

Splitting a work to stay in the first slice of the tariff costs more premium, not less, yet it also keeps each part
below the limits of oversight: such files are shown to whoever decides, with the evidence; nothing is refused.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from kampung_bahagia.aturan.galat import AturanError

JARI_BUMI = 6_371_000  # metres
LINTANG_INDONESIA = (Decimal("-11.01"), Decimal("6.08"))
BUJUR_INDONESIA = (Decimal("94.97"), Decimal("141.02"))


@dataclass(frozen=True, slots=True)
class Pekerjaan:
	"""What is compared of a kegiatan; `titik` is (latitude, longitude) in degrees or None, `dasar` rupiah."""

	nama: str
	judul: str
	rt: str
	lokasi: str
	titik: tuple[float, float] | None
	mulai: date
	selesai: date
	dasar: Decimal


@dataclass(frozen=True, slots=True)
class Ambang:
	"""From where on two works count as one: metres between them, days between their periods, likeness in percent."""

	meter: int = 100
	hari: int = 30
	persen: int = 80


def periksa_titik(lintang: float, bujur: float) -> tuple[float, float] | None:
	"""The point, or None when neither is given. Raises AturanError for half a point and for one outside Indonesia."""
	if not lintang and not bujur:
		return None
	if not lintang or not bujur:
		raise AturanError("Isi lintang dan bujur kedua-duanya, atau kosongkan kedua-duanya.")
	if not (
		LINTANG_INDONESIA[0] <= Decimal(str(lintang)) <= LINTANG_INDONESIA[1]
		and BUJUR_INDONESIA[0] <= Decimal(str(bujur)) <= BUJUR_INDONESIA[1]
	):
		raise AturanError(
			f"Titik lokasi {lintang}, {bujur} berada di luar Indonesia. Periksa apakah lintang dan bujur tertukar."
		)
	return lintang, bujur


def jarak(a: tuple[float, float], b: tuple[float, float]) -> float:
	"""Metres between two points on the globe (haversine)."""
	lintang_a, bujur_a, lintang_b, bujur_b = map(radians, (*a, *b))
	h = sin((lintang_b - lintang_a) / 2) ** 2
	h += cos(lintang_a) * cos(lintang_b) * sin((bujur_b - bujur_a) / 2) ** 2
	return 2 * JARI_BUMI * asin(sqrt(h))


def mirip(a: str, b: str) -> int:
	"""Likeness of two texts in percent: capitals, signs and the order of words do not count.

	Numbers do: "Lorong 3" and "Lorong 5" are two places however alike they read.
	"""
	a, b = (" ".join(re.findall(r"\w+", teks.casefold())) for teks in (a, b))
	if set(re.findall(r"\d+", a)) != set(re.findall(r"\d+", b)):
		return 0
	return round(fuzz.token_sort_ratio(a, b))


def selang_hari(a: Pekerjaan, b: Pekerjaan) -> int:
	"""Days between the two periods; 0 when they overlap or touch."""
	return max(0, (max(a.mulai, b.mulai) - min(a.selesai, b.selesai)).days - 1)


def setempat(a: Pekerjaan, b: Pekerjaan, ambang: Ambang) -> bool:
	"""The same place: two points near each other, or, where one lacks, the same words in one RT."""
	if a.titik and b.titik:
		return jarak(a.titik, b.titik) <= ambang.meter
	return a.rt == b.rt and mirip(a.lokasi, b.lokasi) >= ambang.persen


def ganda(a: Pekerjaan, b: Pekerjaan, ambang: Ambang) -> bool:
	"""The same work planned twice: same place, overlapping period, similar title."""
	return (
		a.mulai <= b.selesai
		and b.mulai <= a.selesai
		and mirip(a.judul, b.judul) >= ambang.persen
		and setempat(a, b, ambang)
	)


def terpecah(satu: Pekerjaan, lain: list[Pekerjaan], batas: Decimal, ambang: Ambang) -> list[Pekerjaan]:
	"""Those of `lain` that make one work together with `satu`, above `batas` rupiah though each stays within it.

	In one RT the same place or a similar title suffices, between neighbours the place must be the same.
	"""
	if satu.dasar > batas:
		return []
	bagian = [
		b
		for b in lain
		if b.dasar <= batas
		and selang_hari(satu, b) <= ambang.hari
		and (setempat(satu, b, ambang) or (satu.rt == b.rt and mirip(satu.judul, b.judul) >= ambang.persen))
	]
	return bagian if satu.dasar + sum((b.dasar for b in bagian), Decimal(0)) > batas else []
