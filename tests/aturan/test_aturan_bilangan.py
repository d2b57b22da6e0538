"""Amounts and dates as official letters write them."""

from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from num2words import num2words

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.bilangan import format_rupiah, terbilang_rupiah
from kampung_bahagia.aturan.tanggal import (
	WIB,
	hari_indonesia,
	sebagai_wib,
	tanggal_indonesia,
	tanggal_terbilang,
	waktu_indonesia,
)

D = Decimal


@pytest.mark.parametrize(
	("nilai", "kata"),
	[
		("0", "nol rupiah"),
		("11", "sebelas rupiah"),
		("1000", "seribu rupiah"),
		("1001000", "satu juta seribu rupiah"),
		("21000", "dua puluh satu ribu rupiah"),
		("231600.00", "dua ratus tiga puluh satu ribu enam ratus rupiah"),
		("1E+6", "satu juta rupiah"),
		("-62000", "minus enam puluh dua ribu rupiah"),
	],
)
def test_amount_in_words(nilai, kata):
	assert terbilang_rupiah(D(nilai)) == kata


@given(st.integers(0, 10**15 - 1))
def test_words_agree_with_a_second_library(nilai):
	# The other library writes "satu juta satu ribu" where the language has "satu juta seribu".
	assume(nilai < 10_000 or nilai // 1000 % 1000 != 1)
	assert terbilang_rupiah(D(nilai)) == num2words(nilai, lang="id") + " rupiah"


@pytest.mark.parametrize("nilai", [D("0.5"), D("NaN"), D("1E+15"), 1.0, 5])
def test_words_refuse_what_is_not_a_whole_amount(nilai):
	with pytest.raises(AturanError):
		terbilang_rupiah(nilai)


@pytest.mark.parametrize(
	("nilai", "teks"),
	[
		("231600", "Rp231.600"),
		("231600.000", "Rp231.600"),
		("0", "Rp0"),
		("999", "Rp999"),
		("202650.5", "Rp202.650,50"),
		("-62000", "-Rp62.000"),
	],
)
def test_amount_in_digits(nilai, teks):
	assert format_rupiah(D(nilai)) == teks


def test_amount_in_digits_refuses_a_float():
	with pytest.raises(AturanError):
		format_rupiah(231600.0)


@pytest.mark.parametrize(
	("hari", "teks"),
	[
		(date(2025, 7, 9), "9 Juli 2025"),
		(date(2026, 1, 31), "31 Januari 2026"),
		(date(2026, 12, 1), "1 Desember 2026"),
	],
)
def test_date_in_indonesian(hari, teks):
	assert tanggal_indonesia(hari) == teks


def test_date_as_minutes_of_a_meeting_open():
	hari = date(2025, 7, 9)
	assert hari_indonesia(hari) == "Rabu"
	assert tanggal_terbilang(hari) == "sembilan bulan Juli tahun dua ribu dua puluh lima"
	assert hari_indonesia(date(2026, 11, 22)) == "Minggu"
	assert tanggal_terbilang(date(2031, 11, 30)) == "tiga puluh bulan November tahun dua ribu tiga puluh satu"


def test_hour_is_shown_in_wib_whatever_zone_it_came_in():
	assert waktu_indonesia(datetime(2025, 7, 8, 17, 5, tzinfo=timezone.utc)) == "9 Juli 2025 pukul 00.05 WIB"


def test_a_day_with_an_hour_is_not_a_date():
	with pytest.raises(AturanError):
		tanggal_indonesia(datetime(2025, 7, 8, 17, 5, tzinfo=timezone.utc))


def test_stored_hour_without_zone_is_read_as_wib():
	assert sebagai_wib(datetime(2025, 7, 9, 7, 5)) == datetime(2025, 7, 9, 0, 5, tzinfo=timezone.utc)
	assert sebagai_wib(datetime(2025, 7, 9, 0, 5, tzinfo=timezone.utc)).hour == 7
	assert sebagai_wib(datetime(2025, 7, 9, 7, 5)).tzinfo is WIB
