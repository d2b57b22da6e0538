"""Memberships that the city pays for: states, months, contribution, budget, numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.kepesertaan import (
	AKAN_HABIS,
	AKTIF,
	BELUM_MULAI,
	BERHENTI,
	HABIS,
	bulan_dari,
	iuran_sebulan,
	keadaan,
	keadaan_anggaran,
	masuk_bulan,
	periksa_tarif,
	rapikan_kpj,
)

TARIF = {"JKK": Decimal(10_000), "JKM": Decimal(6_800), "JHT": Decimal(0)}
DUA = {"JKK": True, "JKM": True, "JHT": False}
MULAI, SAMPAI = date(2026, 1, 1), date(2026, 12, 31)
hari = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
	("pada", "harap"),
	[
		(date(2025, 12, 31), BELUM_MULAI),
		(MULAI, AKTIF),
		(date(2026, 11, 30), AKTIF),
		(date(2026, 12, 1), AKAN_HABIS),
		(SAMPAI, AKAN_HABIS),
		(date(2027, 1, 1), HABIS),
	],
)
def test_the_first_and_the_last_day_belong_to_a_membership(pada, harap):
	assert keadaan(MULAI, SAMPAI, False, pada, 30) == harap


def test_whoever_was_stopped_is_told_apart_from_whose_term_ran_out():
	assert keadaan(MULAI, SAMPAI, True, date(2027, 1, 1), 30) == BERHENTI


def test_a_membership_without_an_end_never_runs_out():
	assert keadaan(MULAI, None, False, date(2099, 1, 1), 30) == AKTIF


@pytest.mark.parametrize(
	("mulai", "sampai", "harap"),
	[
		(date(2026, 2, 28), None, True),
		(date(2026, 3, 1), None, False),
		(date(2025, 1, 1), date(2026, 2, 1), True),
		(date(2025, 1, 1), date(2026, 1, 31), False),
	],
)
def test_one_day_in_a_month_is_a_month(mulai, sampai, harap):
	assert masuk_bulan(mulai, sampai, date(2026, 2, 14)) is harap


@given(hari, st.integers(0, 900), hari)
def test_a_month_counts_exactly_when_one_of_its_days_is_covered(mulai, lama, bulan):
	sampai = mulai + timedelta(days=lama)
	awal, akhir = bulan_dari(bulan)
	terlindungi = any(mulai <= awal + timedelta(days=n) <= sampai for n in range((akhir - awal).days + 1))
	assert masuk_bulan(mulai, sampai, bulan) is terlindungi


def test_the_published_contribution_of_a_year():
	sebulan = iuran_sebulan(1, TARIF)
	assert (sebulan.bagian["JKK"], sebulan.bagian["JKM"]) == (10_000, 6_800)
	assert sebulan.total == 16_800
	assert sebulan.total * 12 == 201_600  # domain.md: Rp201,600 a year


def test_the_working_names_people_price_and_sum():
	hasil = iuran_sebulan(1_650, TARIF)
	assert hasil.total == 27_720_000
	assert hasil.perhitungan == "JKK 1650 × Rp10.000 = Rp16.500.000; JKM 1650 × Rp6.800 = Rp11.220.000"


@given(st.integers(0, 300_000))
def test_programmes_add_up(orang):
	hasil = iuran_sebulan(orang, TARIF)
	assert hasil.total == sum(hasil.bagian.values()) == orang * 16_800


@pytest.mark.parametrize(
	("ubah", "pesan"),
	[
		({"JKM": Decimal(0)}, "Isi iuran JKM"),
		({"JHT": Decimal(20_000)}, "Kosongkan iuran JHT"),
		({"JKK": Decimal("0.5")}, "rupiah bulat"),
		({"JKK": Decimal(-1)}, "kurang dari nol"),
	],
)
def test_a_tariff_costs_what_its_group_takes_part_in(ubah, pesan):
	assert periksa_tarif(TARIF, DUA) == 16_800
	with pytest.raises(AturanError, match=pesan):
		periksa_tarif(TARIF | ubah, DUA)


def test_a_budget_tells_what_is_left_and_by_how_much_the_plan_passes_it():
	k = keadaan_anggaran(Decimal(100), Decimal(130), Decimal(40))
	assert (k.sisa, k.lebih) == (60, 30)
	k = keadaan_anggaran(Decimal(100), Decimal(90), Decimal(110))
	assert (k.sisa, k.lebih) == (-10, 0)


@pytest.mark.parametrize("kpj", ["12345678901", " 1234 567 8901 ", "123.456.789-01"])
def test_a_number_is_kept_without_signs(kpj):
	assert rapikan_kpj(kpj) == "12345678901"


@pytest.mark.parametrize("kpj", ["", "1234567890", "123456789012", "1234567890a", "١٢٣٤٥٦٧٨٩٠١"])
def test_a_number_has_eleven_digits(kpj):
	with pytest.raises(AturanError, match="11 angka"):
		rapikan_kpj(kpj)
