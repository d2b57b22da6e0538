"""The ceiling by households, and what is left of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.pagu import LapisPagu, Pemakaian, pagu_untuk, periksa_lapis_pagu, periksa_pagu

JUTA = Decimal(1_000_000)


def lapis(*baris) -> list[LapisPagu]:
	return [LapisPagu(a, b, n * JUTA) for a, b, n in baris]


PERWAL = lapis((1, 59, 50), (60, 100, 70), (101, None, 100))


@pytest.mark.parametrize(
	("kk", "juta"), [(1, 50), (59, 50), (60, 70), (99, 70), (100, 70), (101, 100), (4000, 100)]
)
def test_each_number_of_households_has_its_ceiling(kk, juta):
	assert pagu_untuk(kk, PERWAL) == juta * JUTA


@given(st.integers(1, 10_000))
def test_more_households_never_have_less(kk):
	assert pagu_untuk(kk, PERWAL) <= pagu_untuk(kk + 1, PERWAL)


def test_an_rt_of_unknown_size_has_no_ceiling():
	with pytest.raises(AturanError, match="Jumlah KK"):
		pagu_untuk(0, PERWAL)


@pytest.mark.parametrize(
	("baris", "pesan"),
	[
		([(1, 59, 50), (60, 99, 70), (101, None, 100)], "celah sebelum lapis 3"),
		([(1, 60, 50), (60, None, 70)], "Lapis 2 bertumpang tindih"),
		([(1, 59, 50), (60, 99, 70)], "Lapis terakhir"),
		([(1, None, 50), (60, None, 70)], "bukan lapis 1"),
		([(5, None, 50)], "Lapis 1 harus mulai"),
		([(1, 59, 0), (60, None, 70)], "Pagu lapis 1"),
		([(1, 59, 50), (60, 50, 70), (51, None, 90)], "Batas atas lapis 2"),
		([], "belum mempunyai lapis"),
	],
)
def test_a_table_with_a_hole_or_an_overlap_is_refused_by_its_row(baris, pesan):
	with pytest.raises(AturanError, match=pesan):
		periksa_lapis_pagu(lapis(*baris))


def test_what_fits_to_the_last_rupiah_passes_and_one_more_does_not():
	tahun = Pemakaian(70 * JUTA, terpakai=30 * JUTA, direncanakan=15 * JUTA)
	assert periksa_pagu(25 * JUTA, tahun) == 0
	with pytest.raises(AturanError) as galat:
		periksa_pagu(25 * JUTA + 1, tahun)
	for angka in ("Rp70.000.000", "Rp30.000.000", "Rp15.000.000", "Rp25.000.000", "Rp25.000.001", "Rp1."):
		assert angka in str(galat.value)
