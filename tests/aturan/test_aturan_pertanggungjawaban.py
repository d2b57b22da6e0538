from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.pertanggungjawaban import hitung_realisasi

D = Decimal
RUPIAH = st.integers(0, 10**9).map(Decimal)


def test_what_is_left_and_which_lines_cost_more():
	hasil = hitung_realisasi([(D(8), D(7)), (D(2), D(3)), (D(5), D(0))])
	assert (hasil.anggaran, hasil.realisasi, hasil.sisa, hasil.melebihi) == (15, 10, 5, (2,))


def test_more_than_everything_is_refused_with_the_numbers():
	with pytest.raises(AturanError, match=r"Rp11 melebihi nilai kegiatan Rp10, lebih Rp1\."):
		hitung_realisasi([(D(8), D(8)), (D(2), D(3))])


@pytest.mark.parametrize("baris", [(D(-1), D(0)), (D(1), D(-1)), (1.5, D(0)), (D("NaN"), D(0))])
def test_impossible_amounts_are_refused(baris):
	with pytest.raises(AturanError):
		hitung_realisasi([baris])


@given(st.lists(st.tuples(RUPIAH, RUPIAH), max_size=60))
def test_the_sums_agree_or_it_is_refused(baris):
	rencana, terpakai = sum(a for a, _ in baris), sum(r for _, r in baris)
	if terpakai > rencana:
		with pytest.raises(AturanError):
			hitung_realisasi(baris)
	else:
		hasil = hitung_realisasi(baris)
		assert hasil.sisa == rencana - terpakai >= 0
		assert len(hasil.melebihi) == sum(r > a for a, r in baris)


@pytest.mark.parametrize(("terpakai", "dari_program", "sisa"), [(10, 7, 0), (5, 2, 5), (3, 0, 7), (0, 0, 7)])
def test_the_residents_share_is_spent_first_and_never_returned(terpakai, dari_program, sisa):
	hasil = hitung_realisasi([(D(10), D(terpakai))], D(3))
	assert (hasil.dana_program, hasil.dari_program, hasil.sisa) == (7, dari_program, sisa)


def test_a_share_above_the_plan_is_refused():
	with pytest.raises(AturanError, match="Swadaya Warga Rp11 melebihi"):
		hitung_realisasi([(D(10), D(0))], D(11))
