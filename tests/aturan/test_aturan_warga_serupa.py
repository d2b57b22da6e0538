"""Two records of one resident are known by name, family card and birth date."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku, sebab_serupa

LAHIR = date(1980, 8, 17)
KK = "1571010101150001"
NAMA = st.text(st.characters(categories=["L", "P", "Zs"]), max_size=40)


def orang(nama, no_kk=KK, lahir=LAHIR):
	return Orang(nama_baku(nama), no_kk, lahir)


@pytest.mark.parametrize(
	("a", "b"),
	[
		("Muhammad Yusuf", "M. Yusuf"),
		("H. Moch. Soekardi, S.Pd.", "Mohd Sukardi"),
		("Siti Aisyah", "AISYAH SITI"),
		("Achmad Djunaidi", "Ahmad Junaidi"),
		("Tjahyono", "Cahyono"),
		("Hj. Nurhayati", "Nur hayati"),
		("Budi Santoso", "Budi Santosa"),
	],
)
def test_one_name_in_two_spellings_is_alike(a, b):
	assert sebab_serupa(orang(a), orang(b))
	assert sebab_serupa(orang(a), orang(b, no_kk="1571010101150002")) == "Nama mirip, tanggal lahir sama"
	assert sebab_serupa(orang(a), orang(b, lahir=date(1990, 1, 1))) == "Nama mirip, KK sama"


@pytest.mark.parametrize(("a", "b"), [("Budi Santoso", "Siti Aminah"), ("Ahmad", "Ahmad Fauzan Hidayat")])
def test_two_names_are_not_alike(a, b):
	assert sebab_serupa(orang(a), orang(b, no_kk="1571010101150002")) is None
	assert sebab_serupa(orang(a), orang(b, lahir=date(1990, 1, 1))) is None


def test_twins_are_shown_and_the_rest_of_a_family_is_not():
	assert sebab_serupa(orang("Hasan"), orang("Wulandari")) == "KK dan tanggal lahir sama"
	assert sebab_serupa(orang("Hasan"), orang("Wulandari", lahir=date(1985, 1, 1))) is None


@given(NAMA)
def test_a_namesake_elsewhere_is_nobody_alike(nama):
	assert sebab_serupa(orang(nama), orang(nama, "1571010101150002", date(1990, 1, 1))) is None


@given(NAMA)
def test_what_is_not_known_is_equal_to_nothing(nama):
	assert sebab_serupa(orang(nama, None, None), orang(nama, None, None)) is None


@given(NAMA, NAMA, st.sampled_from([KK, None]), st.sampled_from([LAHIR, None]))
def test_likeness_has_no_direction(a, b, kk, lahir):
	satu, lain = orang(a, kk), orang(b, lahir=lahir)
	assert sebab_serupa(satu, lain) == sebab_serupa(lain, satu)


@given(NAMA, st.randoms())
def test_everyone_is_alike_to_themselves_however_the_words_stand(nama, acak):
	kata = nama.replace(",", " ").split()
	susunan = acak.sample(kata, len(kata))
	satu = orang(" ".join(kata))
	assert sebab_serupa(satu, satu)
	assert sebab_serupa(satu, replace(satu, nama=nama_baku(" ".join(susunan))))
