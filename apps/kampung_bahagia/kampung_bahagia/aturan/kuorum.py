"""The quorum of a musyawarah, counted in households (KK)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from math import ceil, floor

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tanggal import periksa_tanggal


@dataclass(frozen=True, slots=True)
class Kuorum:
	"""`minimum` is the smallest attendance that suffices.

	`persen` is the attendance cut (not rounded) to two digits, so that it never shows a share that was not
	reached.
	"""

	tercapai: bool
	hadir: int
	diundang: int
	minimum: int
	persen: Decimal
	teks: str


def kuorum_tercapai(
	hadir_kk: int, diundang_kk: int, persen_minimum: Decimal, lebih_dari: bool = False
) -> Kuorum:
	"""Tell whether enough households came.

	`persen_minimum` is met when reached, so 50 means half suffices; with `lebih_dari` it must be exceeded
	("lebih dari separuh"). Raises AturanError for impossible counts or percentages.
	"""
	for nama, jumlah in (("hadir", hadir_kk), ("diundang", diundang_kk)):
		if not isinstance(jumlah, int) or isinstance(jumlah, bool):
			raise AturanError(f"Jumlah KK yang {nama} harus bilangan bulat.")
	if diundang_kk < 1:
		raise AturanError("Jumlah KK yang diundang belum diisi.")
	if hadir_kk < 0:
		raise AturanError("Jumlah KK yang hadir tidak boleh kurang dari nol.")
	if hadir_kk > diundang_kk:
		raise AturanError("Jumlah KK yang hadir melebihi yang diundang.")
	if not isinstance(persen_minimum, Decimal) or not persen_minimum.is_finite():
		raise AturanError("Persen kuorum harus berupa angka desimal pasti.")
	if not 0 < persen_minimum <= 100 or (lebih_dari and persen_minimum == 100):
		raise AturanError("Persen kuorum harus di atas 0 dan dapat dicapai.")

	batas = Fraction(persen_minimum) * diundang_kk / 100
	minimum = floor(batas) + 1 if lebih_dari else ceil(batas)
	tercapai = hadir_kk >= minimum
	persen = (Decimal(hadir_kk * 100) / diundang_kk).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
	hasil = "Kuorum tercapai" if tercapai else "Kuorum belum tercapai"
	teks = f"{hasil}: hadir {hadir_kk} dari {diundang_kk} KK, minimal {minimum} KK."
	return Kuorum(tercapai, hadir_kk, diundang_kk, minimum, persen, teks)


def kuorum_lanjutan(hadir_kk: int, diundang_kk: int, persen: Decimal, lebih_dari: bool = False) -> Kuorum:
	"""The quorum of a meeting that follows a postponed one: `persen` 0 lets any number decide, but not nobody.

	Otherwise as `kuorum_tercapai`, whose errors it raises too.
	"""
	if persen == 0 and not lebih_dari:
		hasil = kuorum_tercapai(hadir_kk, diundang_kk, Decimal(100) / max(diundang_kk, 1))
		tercapai = hadir_kk >= 1
		awal = "Kuorum tercapai" if tercapai else "Kuorum belum tercapai"
		teks = (
			f"{awal}: hadir {hadir_kk} dari {diundang_kk} KK; musyawarah lanjutan sah berapa pun yang hadir."
		)
		return Kuorum(tercapai, hadir_kk, diundang_kk, 1, hasil.persen, teks)
	return kuorum_tercapai(hadir_kk, diundang_kk, persen, lebih_dari)


def paling_awal_lanjutan(ditunda: date, jeda_hari: int) -> date:
	"""First day on which a meeting may follow the one postponed on `ditunda`; never that same day."""
	return periksa_tanggal(ditunda, "Tanggal musyawarah yang ditunda") + timedelta(days=max(1, jeda_hari))
