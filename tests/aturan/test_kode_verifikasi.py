import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan.kode_verifikasi import ABJAD, BIT, PANJANG, baca_kode, kelompokkan, tulis_kode

angka = st.integers(0, (1 << BIT) - 1)


@given(angka, angka)
def test_each_number_has_a_code_of_its_own(a, b):
	assert len(tulis_kode(a)) == PANJANG and set(tulis_kode(a)) <= set(ABJAD)
	assert (a == b) == (tulis_kode(a) == tulis_kode(b))


@given(angka)
def test_what_is_typed_from_paper_is_read(a):
	kode = tulis_kode(a)
	ketikan = kelompokkan(kode).lower().replace("0", "o").replace("1", "l").replace("-", " ")
	assert baca_kode(kode) == baca_kode(kelompokkan(kode)) == baca_kode(f" {ketikan} ") == kode


@pytest.mark.parametrize(
	"ketikan", ["", "0" * 29, "0" * 31, "U" * 30, "é" * 30, "%" * 30, "0" * 10_000, "0\x00" * 15]
)
def test_what_cannot_be_a_code_is_none(ketikan):
	assert baca_kode(ketikan) is None


@pytest.mark.parametrize("acak", [-1, 1 << BIT])
def test_only_numbers_of_its_size_become_codes(acak):
	with pytest.raises(ValueError):
		tulis_kode(acak)


def test_it_is_too_long_to_be_guessed():
	assert BIT >= 128
