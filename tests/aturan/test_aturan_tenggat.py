"""The statutory clocks: hours in WIB, working days, expiry."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.tenggat import (
	WIB,
	batas_bayar,
	batas_bayar_klaim,
	batas_kedaluwarsa,
	batas_pendaftaran,
	batas_tahap_dua,
	batas_tahap_satu,
	denda_bayar_klaim,
	hari_lewat,
	tambah_hari_kerja,
	terlambat,
)

waktu_wib = st.datetimes(
	min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(WIB)
)
tanggal = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))


@pytest.mark.parametrize("batas", [batas_tahap_satu, batas_tahap_dua])
def test_two_days_are_48_hours_even_over_a_weekend(batas):
	jumat_sore = datetime(2025, 7, 11, 16, 30, tzinfo=WIB)
	assert batas(jumat_sore) == datetime(2025, 7, 13, 16, 30, tzinfo=WIB)


def test_limit_is_given_in_wib_for_an_hour_from_another_zone():
	batas = batas_tahap_satu(datetime(2025, 7, 8, 20, 0, tzinfo=timezone.utc))
	assert (batas.day, batas.hour, batas.utcoffset()) == (11, 3, timedelta(hours=7))


def test_changed_regulation_changes_the_hours():
	waktu = datetime(2025, 7, 11, tzinfo=WIB)
	assert batas_tahap_satu(waktu, jam=72) - waktu == timedelta(hours=72)


def test_the_last_moment_is_in_time_and_the_next_is_late():
	batas = batas_tahap_satu(datetime(2025, 7, 11, 16, 30, tzinfo=WIB))
	assert not terlambat(batas, batas)
	assert terlambat(batas, batas + timedelta(microseconds=1))
	assert not terlambat(batas, batas.astimezone(timezone.utc))


@pytest.mark.parametrize("fungsi", [batas_tahap_satu, batas_tahap_dua, batas_kedaluwarsa])
def test_an_hour_without_zone_is_refused(fungsi):
	with pytest.raises(AturanError, match="zona waktu"):
		fungsi(datetime(2025, 7, 11, 16, 30))


def test_lateness_is_not_judged_without_zone():
	with pytest.raises(AturanError, match="zona waktu"):
		terlambat(datetime(2025, 7, 11, tzinfo=WIB), datetime(2025, 7, 11))


@pytest.mark.parametrize("jam", [0, -48])
def test_a_clock_without_hours_is_refused(jam):
	with pytest.raises(AturanError):
		batas_tahap_satu(datetime(2025, 7, 11, tzinfo=WIB), jam=jam)


@pytest.mark.parametrize(
	("mulai", "n", "libur", "akhir"),
	[
		(date(2025, 7, 7), 0, (), date(2025, 7, 7)),
		(date(2025, 7, 7), 4, (), date(2025, 7, 11)),
		(date(2025, 7, 11), 1, (), date(2025, 7, 14)),
		(date(2025, 7, 12), 1, (), date(2025, 7, 14)),
		(date(2025, 7, 7), 7, (), date(2025, 7, 16)),
		(date(2025, 8, 14), 2, [date(2025, 8, 18)], date(2025, 8, 19)),
		(date(2025, 8, 14), 2, [date(2025, 8, 17)], date(2025, 8, 18)),
	],
)
def test_working_days_skip_weekends_and_holidays(mulai, n, libur, akhir):
	assert tambah_hari_kerja(mulai, n, libur) == akhir


@given(tanggal, st.integers(1, 40), st.sets(tanggal, max_size=20))
def test_exactly_n_working_days_pass(mulai, n, libur):
	akhir = tambah_hari_kerja(mulai, n, libur)
	lewat = [mulai + timedelta(days=i) for i in range(1, (akhir - mulai).days + 1)]
	assert sum(hari.weekday() < 5 and hari not in libur for hari in lewat) == n
	assert akhir.weekday() < 5
	assert akhir not in libur


@given(tanggal, st.integers(0, 20), st.integers(0, 20), st.sets(tanggal, max_size=10))
def test_working_days_add_up(mulai, a, b, libur):
	assert tambah_hari_kerja(tambah_hari_kerja(mulai, a, libur), b, libur) == tambah_hari_kerja(
		mulai, a + b, libur
	)


@pytest.mark.parametrize(
	("mulai", "n", "libur"),
	[
		(date(2025, 7, 7), -1, ()),
		(datetime(2025, 7, 7, tzinfo=WIB), 1, ()),
		(date(2025, 7, 7), 1, ["2025-07-08"]),
		(date(2025, 7, 7), 1, [datetime(2025, 7, 8, tzinfo=WIB)]),
	],
)
def test_working_days_refuse_what_would_count_wrongly(mulai, n, libur):
	with pytest.raises(AturanError):
		tambah_hari_kerja(mulai, n, libur)


def test_claim_expires_after_five_years_at_the_same_hour():
	assert batas_kedaluwarsa(datetime(2025, 7, 9, 10, 15, tzinfo=WIB)) == datetime(
		2030, 7, 9, 10, 15, tzinfo=WIB
	)


def test_leap_day_expires_on_the_last_of_february():
	assert batas_kedaluwarsa(datetime(2024, 2, 29, 8, 0, tzinfo=WIB)).date() == date(2029, 2, 28)
	assert batas_kedaluwarsa(datetime(2024, 2, 29, 8, 0, tzinfo=WIB), tahun=4).date() == date(2028, 2, 29)


@given(waktu_wib)
def test_expiry_keeps_month_and_hour(waktu):
	batas = batas_kedaluwarsa(waktu)
	assert (batas.year, batas.month, batas.time()) == (waktu.year + 5, waktu.month, waktu.time())


def test_expiry_needs_at_least_a_year():
	with pytest.raises(AturanError):
		batas_kedaluwarsa(datetime(2025, 7, 9, tzinfo=WIB), tahun=0)


def test_a_project_is_registered_within_fourteen_working_days():
	assert batas_pendaftaran(date(2026, 6, 1)) == date(2026, 6, 22)  # 16 June is a holiday
	assert batas_pendaftaran(date(2026, 6, 1), 1) == date(2026, 6, 2)
	with pytest.raises(AturanError):
		batas_pendaftaran(date(2026, 6, 1), 0)


def test_the_premium_is_paid_the_day_before_the_work():
	assert batas_bayar(date(2026, 3, 1)) == date(2026, 2, 28)


@pytest.mark.parametrize(
	("selesai", "lewat"), [(date(2026, 6, 10), 0), (date(2026, 6, 12), 2), (date(2026, 6, 1), -9), (None, 5)]
)
def test_days_past_a_limit_stop_when_the_thing_is_done(selesai, lewat):
	assert hari_lewat(date(2026, 6, 10), selesai, date(2026, 6, 15)) == lewat


@pytest.mark.parametrize(
	("lengkap", "hari", "batas"),
	[
		(date(2026, 7, 6), 7, date(2026, 7, 15)),
		(date(2026, 7, 6), 3, date(2026, 7, 9)),
		(date(2026, 6, 12), 3, date(2026, 6, 18)),  # 16 June is a holiday
	],
)
def test_bpjs_pays_within_working_days_of_a_complete_file(lengkap, hari, batas):
	assert batas_bayar_klaim(lengkap, hari) == batas


def test_a_limit_of_payment_without_days_is_refused():
	with pytest.raises(AturanError):
		batas_bayar_klaim(date(2026, 7, 6), 0)


@pytest.mark.parametrize(("hari", "denda"), [(-2, 0), (0, 0), (1, 420_000), (5, 2_100_000)])
def test_each_day_late_costs_one_percent(hari, denda):
	assert denda_bayar_klaim(Decimal(42_000_000), hari) == denda


def test_a_penalty_is_rounded_half_up():
	assert denda_bayar_klaim(Decimal(50), 1) == 1
	assert denda_bayar_klaim(Decimal(49), 1, Decimal("0.5")) == 0
	with pytest.raises(AturanError):
		denda_bayar_klaim(Decimal(-1), 1)
