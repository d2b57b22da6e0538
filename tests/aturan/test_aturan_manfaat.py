"""What a claim may bring: the numbers of the law, the wage behind them, and what must hold for any case."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.manfaat import (
	ANGKUTAN,
	JENIS,
	SELURUH,
	Anak,
	FaktaManfaat,
	Jenjang,
	Ketentuan,
	cocokkan,
	dasar_upah,
	periksa_ketentuan,
	perkirakan,
)

D = Decimal
JUTA = D(1_000_000)
UMK_2025, UMK_2026 = D(3_607_223), D(3_868_963)

KETENTUAN = Ketentuan(
	jkm_santunan=20 * JUTA,
	jkm_berkala=12 * JUTA,
	jkm_pemakaman=10 * JUTA,
	kematian_persen=D(60),
	kematian_faktor=80,
	cacat_sebagian_faktor=80,
	cacat_total_persen=D(70),
	cacat_total_faktor=80,
	stmb_bulan_awal=12,
	stmb_persen_awal=D(100),
	stmb_persen_lanjut=D(50),
	transportasi_darat=5 * JUTA,
	transportasi_laut=2 * JUTA,
	transportasi_udara=10 * JUTA,
	hari_per_bulan=30,
	beasiswa_jkk=True,
	beasiswa_jkm=False,
	beasiswa_jkm_bulan=36,
	beasiswa_anak=2,
	jenjang=(
		Jenjang("TK–SD", D(1_500_000), 8, 12),
		Jenjang("SMP", 2 * JUTA, 3, 15),
		Jenjang("SMA", 3 * JUTA, 3, 18),
		Jenjang("S1", 12 * JUTA, 5, 23),
	),
	dasar_hukum="PP 44/2015 jo. PP 82/2019",
)

upah = st.decimals(min_value=0, max_value=10**9, places=2)
mungkin_upah = st.none() | upah
fakta_acak = st.builds(
	FaktaManfaat,
	upah_harian=mungkin_upah,
	upah_bulanan=mungkin_upah,
	upah_minimum=mungkin_upah,
	hari_tidak_bekerja=st.none() | st.integers(0, 2000),
	cacat_persen=st.none() | st.decimals(min_value=0, max_value=100, places=2),
	biaya_perawatan=mungkin_upah,
	transportasi=st.dictionaries(st.sampled_from(ANGKUTAN), upah),
	anak=st.lists(
		st.builds(Anak, st.integers(0, 40), st.sampled_from([None, "TK–SD", "SMP", "SMA", "S1"])), max_size=5
	).map(tuple),
	masa_iuran_bulan=st.none() | st.integers(0, 100),
)


def baris(hasil):
	return {b.kode: b for b in hasil.baris}


def jumlah(hasil):
	return {b.kode: int(b.jumlah) for b in hasil.baris}


def hitung(jenis, **fakta):
	return perkirakan(jenis, FaktaManfaat(**fakta), KETENTUAN)


# --- the numbers of the law


def test_a_death_by_any_cause_brings_42_million():
	hasil = hitung("JKM")
	assert jumlah(hasil) == {"SANTUNAN": 20_000_000, "BERKALA": 12_000_000, "PEMAKAMAN": 10_000_000}
	assert (hasil.total, hasil.terbilang) == (42 * JUTA, "empat puluh dua juta rupiah")


def test_a_death_at_work_at_80_thousand_a_day_brings_115_million_and_22_more():
	hasil = hitung("JKK Meninggal", upah_harian=D(80_000), upah_minimum=UMK_2026)
	assert hasil.upah.sebulan == D(2_400_000)
	assert jumlah(hasil) == {"SANTUNAN": 115_200_000, "BERKALA": 12_000_000, "PEMAKAMAN": 10_000_000}


@pytest.mark.parametrize(
	("umk", "santunan", "hitungan"),
	[
		(UMK_2025, 173_146_704, "60% × 80 × Rp3.607.223"),
		(UMK_2026, 185_710_224, "60% × 80 × Rp3.868.963"),
	],
)
def test_the_minimum_wage_stands_in_for_a_wage_that_is_not_known(umk, santunan, hitungan):
	hasil = hitung("JKK Meninggal", upah_minimum=umk)
	satu = baris(hasil)["SANTUNAN"]
	assert (satu.jumlah, satu.perhitungan) == (santunan, hitungan)
	assert any("upah minimum" in c for c in hasil.catatan)


def test_a_death_at_work_is_never_below_the_santunan_of_jkm():
	hasil = hitung("JKK Meninggal", upah_bulanan=D(400_000))
	satu = baris(hasil)["SANTUNAN"]
	assert satu.jumlah == 20 * JUTA
	assert satu.perhitungan == (
		"60% × 80 × Rp400.000 = Rp19.200.000; paling sedikit santunan JKM Rp20.000.000"
	)


def test_a_death_at_work_without_any_wage_still_has_its_floor():
	hasil = hitung("JKK Meninggal")
	assert hasil.total == 42 * JUTA
	assert baris(hasil)["SANTUNAN"].perhitungan == "Paling sedikit santunan JKM Rp20.000.000"
	assert any("belum diketahui" in c for c in hasil.catatan)


def test_two_children_from_kindergarten_to_university_bring_174_million():
	hasil = hitung("JKK Meninggal", anak=(Anak(4), Anak(4, "TK–SD")))
	assert jumlah(hasil)["BEASISWA_1"] + jumlah(hasil)["BEASISWA_2"] == 174_000_000
	assert baris(hasil)["BEASISWA_1"].perhitungan == (
		"TK–SD 8 × Rp1.500.000 + SMP 3 × Rp2.000.000 + SMA 3 × Rp3.000.000 + S1 5 × Rp12.000.000"
	)


def test_partial_disability_is_its_percent_of_eighty_wages():
	hasil = hitung("JKK Perawatan", upah_bulanan=3 * JUTA, cacat_persen=D("12.5"))
	satu = baris(hasil)["CACAT_SEBAGIAN"]
	assert (satu.jumlah, satu.perhitungan) == (30 * JUTA, "12,5% × 80 × Rp3.000.000")


def test_total_disability_brings_seventy_percent_of_eighty_wages_and_berkala_and_scholarship():
	hasil = hitung("JKK Perawatan", upah_bulanan=3 * JUTA, cacat_total=True, anak=(Anak(20),))
	assert jumlah(hasil) == {"CACAT_TOTAL": 168_000_000, "BERKALA": 12_000_000, "BEASISWA_1": 60_000_000}


def test_partial_disability_brings_no_scholarship():
	assert "BEASISWA_1" not in baris(hitung("JKK Perawatan", cacat_persen=D(10), anak=(Anak(10),)))


# --- wages while unable to work


@pytest.mark.parametrize(
	("hari", "awal", "lanjut"),
	[
		(0, None, None),
		(1, 100_000, None),
		(45, 4_500_000, None),
		(360, 36_000_000, None),
		(361, 36_000_000, 50_000),
		(390, 36_000_000, 1_500_000),
	],
)
def test_wages_are_whole_for_twelve_months_and_half_from_the_next_day(hari, awal, lanjut):
	ada = jumlah(hitung("JKK Perawatan", upah_bulanan=3 * JUTA, hari_tidak_bekerja=hari))
	assert (ada.get("STMB_AWAL"), ada.get("STMB_LANJUT")) == (awal, lanjut)


def test_the_working_of_wages_names_days_share_and_wage():
	hasil = hitung("JKK Perawatan", upah_bulanan=3 * JUTA, hari_tidak_bekerja=361)
	assert baris(hasil)["STMB_LANJUT"].perhitungan == "1 hari ÷ 30 × 50% × Rp3.000.000"


# --- cost


def test_treatment_is_unlimited_and_transport_is_not():
	hasil = hitung(
		"JKK Perawatan",
		biaya_perawatan=900 * JUTA,
		transportasi={"Darat/Sungai": 6 * JUTA, "Laut": 2 * JUTA, "Udara": D(1_500_000)},
	)
	assert jumlah(hasil) == {
		"PERAWATAN": 900_000_000,
		"TRANSPORTASI_D": 5_000_000,
		"TRANSPORTASI_L": 2_000_000,
		"TRANSPORTASI_U": 1_500_000,
	}


def test_what_is_not_known_is_said_and_not_guessed():
	hasil = hitung("JKK Perawatan")
	assert hasil.baris == () and hasil.total == 0
	teks = " ".join(hasil.catatan)
	for apa in ("Upah", "biayanya belum tercatat", "transportasi", "STMB", "Cacat", "ditetapkan oleh BPJS"):
		assert apa in teks


# --- the wage


@pytest.mark.parametrize(
	("fakta", "sebulan", "asumsi"),
	[
		({"upah_harian": D(100_000), "upah_bulanan": 5 * JUTA, "upah_minimum": UMK_2026}, 3_000_000, False),
		({"upah_bulanan": 5 * JUTA, "upah_minimum": UMK_2026}, 5_000_000, False),
		({"upah_harian": D(0), "upah_bulanan": D(0), "upah_minimum": UMK_2026}, UMK_2026, True),
		({}, None, True),
	],
)
def test_a_daily_wage_goes_before_a_monthly_and_that_before_the_minimum(fakta, sebulan, asumsi):
	hasil = dasar_upah(FaktaManfaat(**fakta), KETENTUAN)
	assert (hasil.sebulan, hasil.asumsi) == (sebulan, asumsi)


# --- scholarship


def test_construction_cover_has_no_scholarship_at_a_death_without_accident():
	hasil = hitung("JKM", anak=(Anak(4), Anak(5)), masa_iuran_bulan=100)
	assert hasil.total == 42 * JUTA
	assert "Beasiswa tidak termasuk JKM pada kepesertaan jasa konstruksi." in hasil.catatan


@pytest.mark.parametrize(("bulan", "ada"), [(None, False), (35, False), (36, True)])
def test_where_jkm_brings_a_scholarship_it_needs_three_years_of_premium(bulan, ada):
	fakta = FaktaManfaat(anak=(Anak(20),), masa_iuran_bulan=bulan)
	hasil = perkirakan("JKM", fakta, replace(KETENTUAN, beasiswa_jkm=True))
	assert ("BEASISWA_1" in baris(hasil)) is ada


@pytest.mark.parametrize(("usia", "juta"), [(12, 87), (13, 75), (16, 69), (19, 60), (23, 60), (24, None)])
def test_a_child_without_a_level_takes_the_level_of_its_age(usia, juta):
	ada = jumlah(hitung("JKK Meninggal", anak=(Anak(usia),)))
	assert ada.get("BEASISWA_1") == (juta * 1_000_000 if juta else None)


def test_the_two_children_with_most_before_them_come_first():
	ada = jumlah(hitung("JKK Meninggal", anak=(Anak(20), Anak(30), Anak(5), Anak(14))))
	assert [ada[f"BEASISWA_{n}"] for n in (1, 2)] == [87_000_000, 75_000_000]
	assert "BEASISWA_3" not in ada


# --- what holds for any case


@given(st.sampled_from(JENIS), fakta_acak)
def test_the_total_is_the_sum_of_whole_lines_none_below_zero(jenis, fakta):
	hasil = perkirakan(jenis, fakta, KETENTUAN)
	assert hasil.total == sum((b.jumlah for b in hasil.baris), D(0))
	assert all(b.jumlah >= 0 and b.jumlah == b.jumlah.to_integral_value() for b in hasil.baris)
	assert all(b.perhitungan and b.dasar_hukum for b in hasil.baris)
	assert len({b.kode for b in hasil.baris}) == len(hasil.baris)
	assert sum(b.kode.startswith("BEASISWA") for b in hasil.baris) <= 2
	assert hasil.label == "Perkiraan"


@given(fakta_acak)
def test_a_death_at_work_never_brings_less_than_a_death_otherwise(fakta):
	jkm = perkirakan("JKM", fakta, KETENTUAN).total
	assert perkirakan("JKK Meninggal", fakta, KETENTUAN).total >= jkm


@given(st.sampled_from(JENIS), fakta_acak, upah, upah)
def test_a_higher_wage_never_brings_less(jenis, fakta, satu, dua):
	kecil, besar = (
		perkirakan(jenis, replace(fakta, upah_harian=None, upah_bulanan=nilai + 1), KETENTUAN).total
		for nilai in sorted((satu, dua))
	)
	assert kecil <= besar


@given(st.sampled_from(JENIS), fakta_acak)
def test_callers_decimal_context_does_not_change_the_estimate(jenis, fakta):
	with localcontext() as konteks:
		konteks.prec = 3
		sempit = perkirakan(jenis, fakta, KETENTUAN)
	assert sempit == perkirakan(jenis, fakta, KETENTUAN)


# --- what cannot be right


@pytest.mark.parametrize(
	("jenis", "fakta", "pesan"),
	[
		("JHT", {}, "Jenis klaim"),
		("JKM", {"upah_harian": D(-1)}, "Upah harian"),
		("JKM", {"upah_bulanan": 5.0}, "Upah bulanan"),
		("JKM", {"hari_tidak_bekerja": -1}, "hari tidak dapat bekerja"),
		("JKM", {"cacat_persen": D(101)}, "Persen cacat"),
		("JKK Perawatan", {"cacat_persen": D(10), "cacat_total": True}, "tidak keduanya"),
		("JKM", {"biaya_perawatan": D(-1)}, "Biaya perawatan"),
		("JKM", {"transportasi": {"Kereta": D(1)}}, "Angkutan Kereta"),
		("JKM", {"transportasi": {"Laut": D(-1)}}, "transportasi Laut"),
		("JKM", {"anak": (Anak(-1),)}, "Usia anak"),
		("JKM", {"anak": (Anak(5, "S3"),)}, "Jenjang pendidikan S3"),
	],
)
def test_facts_that_cannot_be_right_are_refused(jenis, fakta, pesan):
	with pytest.raises(AturanError, match=pesan):
		hitung(jenis, **fakta)


@pytest.mark.parametrize(
	("isi", "pesan"),
	[
		({"jkm_santunan": D(-1)}, "Santunan JKM"),
		({"jkm_pemakaman": D("0.5")}, "rupiah bulat"),
		({"transportasi_laut": D("NaN")}, "transportasi Laut"),
		({"kematian_persen": D(101)}, "kematian JKK"),
		({"stmb_persen_lanjut": 50}, "STMB lanjutan"),
		({"kematian_faktor": 0}, "Faktor kematian"),
		({"stmb_bulan_awal": 0}, "Bulan STMB"),
		({"hari_per_bulan": 0}, "Hari per bulan"),
		({"beasiswa_anak": -1}, "beasiswa"),
		({"jenjang": ()}, "jenjang beasiswa"),
		({"jenjang": (Jenjang("SD", D(1), 0, 12),)}, "Lama jenjang 1"),
		({"jenjang": (Jenjang("SD", D(1), 1, 12), Jenjang("SMP", D(1), 1, 12))}, "Usia jenjang 2"),
		({"jenjang": (Jenjang("SD", D(1), 1, 12), Jenjang("SD", D(1), 1, 15))}, "dua kali"),
	],
)
def test_a_record_that_cannot_be_right_is_refused(isi, pesan):
	with pytest.raises(AturanError, match=pesan):
		periksa_ketentuan(replace(KETENTUAN, **isi))


def test_payments_are_held_against_the_estimate_by_benefit():
	kira = [
		("Beasiswa", Decimal(24_000_000)),
		("Beasiswa", Decimal(12_000_000)),
		("Perawatan", Decimal(500_000)),
	]
	hasil = cocokkan(kira, [("Perawatan", Decimal(450_000)), ("Transportasi", Decimal(100_000))])
	assert [(b.manfaat, b.perkiraan, b.dibayar, b.selisih) for b in hasil] == [
		("Perawatan", 500_000, 450_000, -50_000),
		("Transportasi", 0, 100_000, None),
		("Beasiswa", 36_000_000, 0, -36_000_000),
		("Jumlah", 36_500_000, 550_000, -35_950_000),
	]


def test_a_sum_for_all_benefits_is_compared_as_a_whole_only():
	hasil = cocokkan([("Perawatan", Decimal(500_000))], [(SELURUH, Decimal(400_000))])
	assert [(b.manfaat, b.selisih) for b in hasil] == [
		("Perawatan", None),
		(SELURUH, None),
		("Jumlah", -100_000),
	]


def test_without_an_estimate_there_is_nothing_to_differ_from():
	assert [b.selisih for b in cocokkan([], [("Perawatan", Decimal(5))])] == [None, None]


def test_a_payment_for_an_unknown_benefit_is_refused():
	with pytest.raises(AturanError, match="Bonus"):
		cocokkan([], [("Bonus", Decimal(1))])


@given(st.sampled_from(JENIS), fakta_acak)
def test_an_estimate_that_is_paid_as_estimated_differs_nowhere(jenis, fakta):
	baris = [(b.kelompok, b.jumlah) for b in perkirakan(jenis, fakta, KETENTUAN).baris]
	assert all(b.selisih == (0 if baris else None) for b in cocokkan(baris, baris))
