"""Did enough households come?"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.kuorum import kuorum_tercapai

D = Decimal
persen_sah = st.decimals(min_value=D("0.01"), max_value=D("99.99"), places=2)


@pytest.mark.parametrize(
	("hadir", "diundang", "persen", "lebih_dari", "minimum", "tercapai"),
	[
		(50, 100, "50", False, 50, True),
		(49, 100, "50", False, 50, False),
		(50, 100, "50", True, 51, False),
		(51, 100, "50", True, 51, True),
		(51, 101, "50", False, 51, True),
		(50, 101, "50", True, 51, False),
		(2, 3, "66.67", False, 3, False),
		(2, 3, "66.66", False, 2, True),
		(1, 1, "100", False, 1, True),
		(0, 80, "50", False, 40, False),
	],
)
def test_reaching_and_exceeding_a_share(hadir, diundang, persen, lebih_dari, minimum, tercapai):
	hasil = kuorum_tercapai(hadir, diundang, D(persen), lebih_dari)
	assert (hasil.minimum, hasil.tercapai) == (minimum, tercapai)
	assert (hasil.hadir, hasil.diundang) == (hadir, diundang)


def test_sentence_says_what_was_needed():
	assert kuorum_tercapai(61, 80, D(50)).teks == "Kuorum tercapai: hadir 61 dari 80 KK, minimal 40 KK."
	assert kuorum_tercapai(39, 80, D(50)).teks == "Kuorum belum tercapai: hadir 39 dari 80 KK, minimal 40 KK."


def test_share_shown_is_never_more_than_the_share_reached():
	assert kuorum_tercapai(2, 3, D(50)).persen == D("66.66")


@given(st.data(), st.integers(1, 5000), persen_sah, st.booleans())
def test_minimum_is_the_smallest_attendance_that_suffices(data, diundang, persen, lebih_dari):
	hadir = data.draw(st.integers(0, diundang))
	hasil = kuorum_tercapai(hadir, diundang, persen, lebih_dari)
	# Integer arithmetic on hundredths of a percent, as a second way to the same answer.
	kiri, kanan = hadir * 10_000, diundang * int(persen * 100)
	assert hasil.tercapai == (kiri > kanan if lebih_dari else kiri >= kanan)
	assert 1 <= hasil.minimum <= diundang
	assert kuorum_tercapai(hasil.minimum, diundang, persen, lebih_dari).tercapai
	assert not kuorum_tercapai(hasil.minimum - 1, diundang, persen, lebih_dari).tercapai


@pytest.mark.parametrize(
	("hadir", "diundang", "persen", "lebih_dari", "pesan"),
	[
		(0, 0, D(50), False, "diundang belum diisi"),
		(0, -5, D(50), False, "diundang belum diisi"),
		(11, 10, D(50), False, "melebihi"),
		(-1, 10, D(50), False, "kurang dari nol"),
		(5.0, 10, D(50), False, "bilangan bulat"),
		(True, 10, D(50), False, "bilangan bulat"),
		(5, 10, 50.0, False, "desimal pasti"),
		(5, 10, D("NaN"), False, "desimal pasti"),
		(5, 10, D(0), False, "di atas 0"),
		(5, 10, D("100.01"), False, "di atas 0"),
		(5, 10, D(100), True, "dapat dicapai"),
	],
)
def test_impossible_counts_are_refused(hadir, diundang, persen, lebih_dari, pesan):
	with pytest.raises(AturanError, match=pesan):
		kuorum_tercapai(hadir, diundang, persen, lebih_dari)
