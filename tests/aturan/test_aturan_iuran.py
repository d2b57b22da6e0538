"""The premium of the tariff slices: exact values, edges, rounding and what must hold for any value."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.iuran import (
	Lapis,
	dasar_iuran,
	hitung_iuran,
	hitung_iuran_upah,
	jumlah_bulan,
	periksa_lapis,
	selisih_iuran,
)

D = Decimal
JUTA = D(1_000_000)

TARIF = (
	Lapis(100 * JUTA, D("0.21"), D("0.03")),
	Lapis(500 * JUTA, D("0.17"), D("0.02")),
	Lapis(1_000 * JUTA, D("0.13"), D("0.02")),
	Lapis(5_000 * JUTA, D("0.11"), D("0.01")),
	Lapis(None, D("0.09"), D("0.01")),
)

nilai_rupiah = st.decimals(min_value=0, max_value=D(10) ** 13, places=2)
persen = st.decimals(min_value=0, max_value=100, places=3)


@st.composite
def tarif_acak(draw):
	batas = sorted(draw(st.sets(st.integers(1, 10**12), max_size=5)))
	tertutup = [Lapis(D(atas), draw(persen), draw(persen)) for atas in batas]
	return (*tertutup, Lapis(None, draw(persen), draw(persen)))


def tepat(hasil):
	return sum((r.jkk + r.jkm for r in hasil.rincian), D(0))


@pytest.mark.parametrize(
	("dasar", "jkk", "jkm"),
	[
		("0", 0, 0),
		("50000000", 105_000, 15_000),
		("70000000", 147_000, 21_000),
		("96500000", 202_650, 28_950),
		("100000000", 210_000, 30_000),
		("120000000", 244_000, 34_000),
		("500000000", 890_000, 110_000),
		("1000000000", 1_540_000, 210_000),
		("5000000000", 5_940_000, 610_000),
		("6000000000", 6_840_000, 710_000),
	],
)
def test_known_values(dasar, jkk, jkm):
	hasil = hitung_iuran(D(dasar), TARIF)
	assert (hasil.jkk, hasil.jkm, hasil.total) == (jkk, jkm, jkk + jkm)


def test_the_usual_activity_shows_its_amount_in_words():
	hasil = hitung_iuran(D("96500000"), TARIF)
	assert hasil.total == 231_600
	assert hasil.terbilang == "dua ratus tiga puluh satu ribu enam ratus rupiah"


def test_working_shows_each_rate_on_its_excess_only():
	pertama, kedua = hitung_iuran(120 * JUTA, TARIF).rincian
	assert (pertama.dari, pertama.sampai, pertama.dasar) == (0, 100 * JUTA, 100 * JUTA)
	assert (pertama.jkk_persen, pertama.jkm_persen) == (D("0.21"), D("0.03"))
	assert (pertama.jkk, pertama.jkm) == (210_000, 30_000)
	assert (kedua.dari, kedua.sampai, kedua.dasar) == (100 * JUTA, 500 * JUTA, 20 * JUTA)
	assert (kedua.jkk, kedua.jkm) == (34_000, 4_000)


@pytest.mark.parametrize("nomor", range(4))
def test_a_value_on_an_edge_belongs_to_the_slice_below(nomor):
	tepi = TARIF[nomor].batas_atas
	assert len(hitung_iuran(tepi, TARIF).rincian) == nomor + 1
	lewat = hitung_iuran(tepi + D("0.01"), TARIF).rincian
	assert len(lewat) == nomor + 2
	assert lewat[-1].dasar == D("0.01")


def test_open_slice_has_no_upper_end():
	assert hitung_iuran(6_000 * JUTA, TARIF).rincian[-1].sampai is None


def test_each_programme_rounds_half_up_once_at_the_end():
	# 0.5 and 1.5 of JKK from two slices make 2, not 1 + 2; half a rupiah of JKM goes up.
	tarif = (Lapis(D(50), D(1), D(1)), Lapis(None, D(1), D(0)))
	hasil = hitung_iuran(D(200), tarif)
	assert [r.jkk for r in hasil.rincian] == [D("0.5"), D("1.5")]
	assert (hasil.jkk, hasil.jkm, hasil.total) == (2, 1, 3)


def test_programmes_are_rounded_apart_not_their_sum():
	hasil = hitung_iuran(D(100), (Lapis(None, D("0.5"), D("0.5")),))
	assert (hasil.jkk, hasil.jkm, hasil.total) == (1, 1, 2)


def test_callers_decimal_context_does_not_change_the_result():
	with localcontext() as konteks:
		konteks.prec = 3
		konteks.rounding = "ROUND_FLOOR"
		hasil = hitung_iuran(D("123456789.50"), TARIF)
		assert dasar_iuran(D("123456789.50"), D("0.01")) == D("123456789.49")
	assert hasil == hitung_iuran(D("123456789.50"), TARIF)


def test_result_cannot_be_altered():
	hasil = hitung_iuran(D(1), TARIF)
	with pytest.raises(FrozenInstanceError):
		hasil.total = D(0)


@given(nilai_rupiah, nilai_rupiah, tarif_acak())
def test_more_value_never_costs_less(satu, dua, tarif):
	kecil, besar = sorted((satu, dua))
	assert hitung_iuran(kecil, tarif).total <= hitung_iuran(besar, tarif).total


@given(nilai_rupiah, tarif_acak())
def test_slices_add_up_to_the_value_and_to_the_premium(dasar, tarif):
	hasil = hitung_iuran(dasar, tarif)
	assert sum((r.dasar for r in hasil.rincian), D(0)) == dasar
	for jumlah, bulat in (
		(sum((r.jkk for r in hasil.rincian), D(0)), hasil.jkk),
		(sum((r.jkm for r in hasil.rincian), D(0)), hasil.jkm),
	):
		assert jumlah.quantize(D(1), rounding=ROUND_HALF_UP) == bulat
	assert hasil.total == hasil.jkk + hasil.jkm
	for bawah, atas in zip(hasil.rincian, hasil.rincian[1:], strict=False):
		assert bawah.sampai == atas.dari
		assert bawah.dasar == bawah.sampai - bawah.dari


@given(nilai_rupiah, tarif_acak())
def test_premium_is_whole_and_never_negative(dasar, tarif):
	hasil = hitung_iuran(dasar, tarif)
	for jumlah in (hasil.jkk, hasil.jkm, hasil.total):
		assert jumlah >= 0
		assert jumlah == jumlah.to_integral_value()
	assert all(r.jkk >= 0 and r.jkm >= 0 and r.dasar > 0 for r in hasil.rincian)


@given(nilai_rupiah, nilai_rupiah)
def test_splitting_one_work_never_costs_less(satu, dua):
	pisah = hitung_iuran(satu, TARIF), hitung_iuran(dua, TARIF)
	utuh = hitung_iuran(satu + dua, TARIF)
	assert tepat(pisah[0]) + tepat(pisah[1]) >= tepat(utuh)
	# Each of the four rounded sums may give away at most half a rupiah, the whole may gain as much on two.
	assert pisah[0].total + pisah[1].total >= utuh.total - 3


def test_splitting_across_the_first_edge_costs_more():
	assert 2 * hitung_iuran(75 * JUTA, TARIF).total > hitung_iuran(150 * JUTA, TARIF).total


@given(
	nilai_rupiah,
	st.integers(1, 10**12).filter(lambda tepi: tepi not in {lapis.batas_atas for lapis in TARIF}),
)
def test_cutting_a_slice_in_two_changes_nothing(dasar, tepi):
	tempat = next(n for n, lapis in enumerate(TARIF) if lapis.batas_atas is None or tepi < lapis.batas_atas)
	asal = TARIF[tempat]
	terbelah = (*TARIF[:tempat], Lapis(D(tepi), asal.jkk_persen, asal.jkm_persen), *TARIF[tempat:])
	assert hitung_iuran(dasar, terbelah).total == hitung_iuran(dasar, TARIF).total


@pytest.mark.parametrize(
	"dasar", [96_500_000.0, 96_500_000, "96500000", D("-0.01"), D("NaN"), D("Infinity"), D("1E+15"), None]
)
def test_a_base_that_cannot_be_right_is_refused(dasar):
	with pytest.raises(AturanError, match="Dasar iuran"):
		hitung_iuran(dasar, TARIF)


@pytest.mark.parametrize(
	("tarif", "pesan"),
	[
		((), "belum mempunyai lapis"),
		(TARIF[:-1], "Lapis terakhir"),
		((TARIF[1], TARIF[0], TARIF[-1]), "lapis 2 harus di atas Rp500.000.000"),
		((TARIF[0], TARIF[0], TARIF[-1]), "lapis 2 harus di atas"),
		((Lapis(D(0), D(1), D(1)), TARIF[-1]), "lapis 1 harus di atas Rp0"),
		((TARIF[-1], TARIF[-1]), "bukan lapis 1"),
		((Lapis(1e8, D(1), D(1)), TARIF[-1]), "Batas atas lapis 1"),
		((Lapis(D("NaN"), D(1), D(1)), TARIF[-1]), "Batas atas lapis 1"),
		((Lapis(None, 0.21, D("0.03")),), "Persen JKK lapis 1"),
		((Lapis(None, D("0.21"), D("-0.03")),), "Persen JKM lapis 1"),
		((Lapis(None, D("100.01"), D(0)),), "Persen JKK lapis 1"),
		((Lapis(None, D("NaN"), D(0)),), "Persen JKK lapis 1"),
	],
)
def test_a_tariff_that_cannot_be_right_is_refused(tarif, pesan):
	with pytest.raises(AturanError, match=pesan):
		periksa_lapis(tarif)
	with pytest.raises(AturanError, match=pesan):
		hitung_iuran(D(1), tarif)


def test_base_is_the_value_less_ppn():
	assert dasar_iuran(D("107115000"), D("10615000")) == D("96500000")
	assert dasar_iuran(D("100"), D("100")) == 0


@pytest.mark.parametrize(
	("nilai", "ppn"), [(D(100), D("100.01")), (D(-1), D(0)), (D(1), D(-1)), (1.0, D(0)), (D(1), 0.1)]
)
def test_base_refuses_impossible_amounts(nilai, ppn):
	with pytest.raises(AturanError):
		dasar_iuran(nilai, ppn)


def test_addendum_pays_the_difference_of_the_whole_values():
	lama, baru = hitung_iuran(90 * JUTA, TARIF), hitung_iuran(120 * JUTA, TARIF)
	naik = selisih_iuran(lama, baru)
	assert (naik.jkk, naik.jkm, naik.total) == (55_000, 7_000, 62_000)
	assert selisih_iuran(baru, lama).total == -62_000


# --- wages known

JKK_UPAH, JKM_UPAH = Decimal("1.74"), Decimal("0.30")


def test_the_premium_of_wages_is_a_share_of_each_month():
	"""Two people at Rp3.868.963 for two months: Rp15.475.852, of which 1,74 and 0,30 percent."""
	hasil = hitung_iuran_upah([Decimal(3_868_963)] * 2, 2, JKK_UPAH, JKM_UPAH)
	assert (hasil.dasar, hasil.jkk, hasil.jkm, hasil.total) == (15_475_852, 269_280, 46_428, 315_708)
	assert hasil.terbilang == "tiga ratus lima belas ribu tujuh ratus delapan rupiah"
	assert [(r.dasar, r.jkk_persen) for r in hasil.rincian] == [(15_475_852, JKK_UPAH)]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50), st.integers(1, 24))
def test_wages_apart_cost_what_their_sum_does(upah, bulan):
	satuan = [Decimal(n) for n in upah]
	if not sum(upah):
		with pytest.raises(AturanError, match="Upah belum diisi"):
			hitung_iuran_upah(satuan, bulan, JKK_UPAH, JKM_UPAH)
		return
	apart = hitung_iuran_upah(satuan, bulan, JKK_UPAH, JKM_UPAH)
	assert apart.total == hitung_iuran_upah([sum(satuan)], bulan, JKK_UPAH, JKM_UPAH).total


@pytest.mark.parametrize(
	("bulan", "jkk", "jkm"), [(0, JKK_UPAH, JKM_UPAH), (1, Decimal(0), JKM_UPAH), (1, JKK_UPAH, Decimal(101))]
)
def test_months_and_rates_that_cannot_be_are_refused(bulan, jkk, jkm):
	with pytest.raises(AturanError):
		hitung_iuran_upah([Decimal(1)], bulan, jkk, jkm)


@pytest.mark.parametrize(
	("mulai", "selesai", "bulan"),
	[
		(date(2026, 6, 1), date(2026, 6, 1), 1),
		(date(2026, 6, 1), date(2026, 6, 30), 1),
		(date(2026, 6, 1), date(2026, 7, 1), 2),
		(date(2026, 6, 15), date(2026, 7, 14), 1),
		(date(2026, 6, 15), date(2026, 7, 15), 2),
		(date(2026, 11, 20), date(2027, 1, 19), 2),
	],
)
def test_a_month_that_is_begun_counts_whole(mulai, selesai, bulan):
	assert jumlah_bulan(mulai, selesai) == bulan
