"""NIK, family card, phone and age."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal.nik import parse_nik

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.identitas import (
	isi_dari_nik,
	kelayakan_usia,
	nomor_hp_e164,
	periksa_nik,
	periksa_no_kk,
	periksa_rekening,
	samarkan,
	samarkan_hp,
	samarkan_rekening,
	samarkan_teks,
	umur,
)
from kampung_bahagia.aturan.tanggal import WIB

# Made-up numbers of the right shape.
PRIA = "1571020907850001"
WANITA = "1571024907850002"
LAHIR = date(1985, 7, 9)


def kode(catatan):
	return [satu.kode for satu in catatan]


def wilayah(kode_wilayah):
	return {"15.71": "Kota Jambi", "15.71.02": "Jambi Timur"}.get(kode_wilayah)


def buat_nik(lahir, jenis_kelamin, seri):
	hari = lahir.day + (40 if jenis_kelamin == "P" else 0)
	return f"157102{hari:02}{lahir.month:02}{lahir.year % 100:02}{seri:04}"


@pytest.mark.parametrize(("nik", "kelamin"), [(PRIA, "Laki-laki"), (PRIA, "L"), (WANITA, "Perempuan")])
def test_consistent_nik_passes(nik, kelamin):
	hasil = periksa_nik(nik, kelamin, LAHIR)
	assert hasil.sah
	assert (hasil.bersih, hasil.galat, hasil.peringatan) == (nik, (), ())
	assert (hasil.kode_provinsi, hasil.kode_kabupaten, hasil.kode_kecamatan) == ("15", "15.71", "15.71.02")


@given(
	st.dates(date(1927, 1, 1), date(2026, 11, 23)),
	st.sampled_from(["Laki-laki", "Perempuan"]),
	st.integers(1, 9999),
)
def test_a_nik_tells_what_its_owner_would_write(lahir, kelamin, seri):
	isi = isi_dari_nik(buat_nik(lahir, kelamin[0], seri), date(2026, 11, 23), nama_wilayah=wilayah)
	assert (isi.jenis_kelamin, isi.tanggal_lahir) == (kelamin, lahir)
	assert isi.tempat_terbit == "Kecamatan Jambi Timur, Kota Jambi"


@given(st.dates(date(1900, 1, 1), date(2098, 12, 31)), st.dates(date(2000, 2, 29), date(2098, 12, 31)))
def test_what_a_nik_tells_agrees_with_its_check_and_lies_in_the_past(lahir, pada):
	nik = buat_nik(lahir, "P", 1)
	if not periksa_nik(nik, None, None, nama_wilayah=wilayah).sah:
		return
	isi = isi_dari_nik(nik, pada, nama_wilayah=wilayah)
	assert isi.tanggal_lahir <= pada
	assert periksa_nik(nik, isi.jenis_kelamin, isi.tanggal_lahir, nama_wilayah=wilayah).sah


def test_a_nik_of_a_district_not_known_today_tells_its_town():
	assert (
		isi_dari_nik("1571990907850001", date(2026, 1, 1), nama_wilayah=wilayah).tempat_terbit == "Kota Jambi"
	)
	assert isi_dari_nik("1501010907850001", date(2026, 1, 1), nama_wilayah=wilayah).tempat_terbit is None


@pytest.mark.parametrize(
	"nik", ["", "157102090785000", "1571023202850001", "1571020907850000", "9971020907850001"]
)
def test_a_nik_that_is_none_tells_why_without_repeating_it(nik):
	with pytest.raises(AturanError) as galat:
		isi_dari_nik(nik, date(2026, 1, 1))
	assert not nik or nik not in str(galat.value)


def test_separators_are_cleaned():
	assert periksa_nik(" 1571.0209-0785 0001 ", "L", LAHIR).bersih == PRIA


@given(st.dates(date(1925, 1, 1), date(2026, 12, 31)), st.sampled_from("LP"), st.integers(1, 9999))
def test_every_real_birth_date_of_both_centuries_passes(lahir, kelamin, seri):
	hasil = periksa_nik(buat_nik(lahir, kelamin, seri), kelamin, lahir, nama_wilayah=wilayah)
	assert (hasil.sah, hasil.jenis_kelamin, hasil.peringatan) == (True, kelamin, ())


@given(st.dates(date(1930, 1, 1), date(2024, 12, 31)), st.sampled_from("LP"), st.integers(1, 9999))
def test_agrees_with_the_library_on_what_is_valid(lahir, kelamin, seri):
	nik = buat_nik(lahir, kelamin, seri)
	info = parse_nik(nik, reference_date=date(2026, 1, 1))
	assert periksa_nik(nik, None, None, nama_wilayah=wilayah).sah == info.valid
	assert info.birth_date[2:] == lahir.isoformat()[2:]


def test_leap_day_of_2000_is_real_and_of_1999_is_not():
	assert periksa_nik("1571022902000001", "L", date(2000, 2, 29)).sah
	assert kode(periksa_nik("1571022902990001", "L", None).galat) == ["birth_date"]


@pytest.mark.parametrize(
	("nik", "galat"),
	[
		("157102090785000", "format"),
		("15710209078500011", "format"),
		("15710209O7850001", "format"),
		("", "format"),
		("1571020907850000", "serial"),
		("1571023202850001", "birth_date"),
		("1571027202850001", "birth_date"),
		("1571024000850001", "birth_date"),
		("9971020907850001", "province"),
		("1500020907850001", "wilayah"),
		("1571000907850001", "wilayah"),
	],
)
def test_number_that_cannot_be_a_nik_is_refused(nik, galat):
	hasil = periksa_nik(nik, None, None)
	assert not hasil.sah
	assert galat in kode(hasil.galat)


def test_wrong_sex_and_wrong_birth_date_have_their_own_messages():
	assert kode(periksa_nik(WANITA, "Laki-laki", LAHIR).galat) == ["jenis_kelamin"]
	assert kode(periksa_nik(PRIA, "L", date(1985, 9, 7)).galat) == ["tanggal_lahir"]
	assert kode(periksa_nik(WANITA, "L", date(1986, 7, 9)).galat) == ["jenis_kelamin", "tanggal_lahir"]


def test_nik_from_elsewhere_or_an_old_district_is_only_a_warning():
	luar = periksa_nik("3276010907850001", "L", LAHIR)
	assert (luar.sah, kode(luar.peringatan)) == (True, ["luar_kota"])
	lama = periksa_nik("1571990907850001", "L", LAHIR)
	assert (lama.sah, kode(lama.peringatan)) == (True, ["wilayah_unknown"])


def test_another_city_is_a_setting():
	assert periksa_nik("3276010907850001", "L", LAHIR, kode_kota="3276").peringatan == ()


def test_messages_never_repeat_the_number():
	hasil = periksa_nik("3276010907850000", "P", date(1990, 1, 1))
	semua = " ".join(satu.teks for satu in hasil.galat + hasil.peringatan)
	assert "0907850" not in semua
	assert len(hasil.galat) == 3


def test_unknown_sex_on_the_form_is_refused():
	with pytest.raises(AturanError, match="Jenis kelamin"):
		periksa_nik(PRIA, "Pria", LAHIR)


def test_birth_date_with_an_hour_is_refused():
	with pytest.raises(AturanError, match="Tanggal lahir"):
		periksa_nik(PRIA, "L", datetime(1985, 7, 9, tzinfo=WIB))


def test_family_card_number():
	hasil = periksa_no_kk("1571 0209 0715 0003")
	assert (hasil.sah, hasil.bersih, hasil.peringatan) == (True, "1571020907150003", ())


@pytest.mark.parametrize(
	("no_kk", "galat"),
	[
		("157102", "format"),
		("9971020907150003", "province"),
		("1571000907150003", "wilayah"),
		("1571020907150000", "serial"),
	],
)
def test_number_that_cannot_be_a_family_card_is_refused(no_kk, galat):
	hasil = periksa_no_kk(no_kk)
	assert kode(hasil.galat) == [galat]
	assert "KK" in hasil.galat[0].teks


@pytest.mark.parametrize("no_kk", [WANITA, "1571023202150003"])
def test_family_card_with_an_odd_day_is_only_a_warning(no_kk):
	hasil = periksa_no_kk(no_kk)
	assert (hasil.sah, kode(hasil.peringatan)) == (True, ["tanggal_terbit"])


def test_mask_keeps_region_and_serial_only():
	assert samarkan(PRIA) == "1571********0001"


@given(st.text())
def test_mask_shows_nothing_of_a_malformed_number(teks):
	tersamar = samarkan(teks)
	assert len(tersamar) == len(teks)
	if not (len(teks) == 16 and teks.isascii() and teks.isdigit()):
		assert set(tersamar) <= {"*"}


@pytest.mark.parametrize(
	"nomor", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", "81234567890", "+62 0812 3456 7890"]
)
def test_mobile_number_is_stored_one_way(nomor):
	assert nomor_hp_e164(nomor) == "+6281234567890"


@pytest.mark.parametrize("nomor", ["(0741) 555123", "0812", "12345", "", "0812x4567890", "+65 8123 4567"])
def test_what_is_no_mobile_number_is_refused(nomor):
	with pytest.raises(AturanError):
		nomor_hp_e164(nomor)


@pytest.mark.parametrize(
	("lahir", "pada", "usia"),
	[
		(LAHIR, date(2025, 7, 8), 39),
		(LAHIR, date(2025, 7, 9), 40),
		(date(2004, 2, 29), date(2022, 2, 28), 17),
		(date(2004, 2, 29), date(2022, 3, 1), 18),
		(LAHIR, LAHIR, 0),
	],
)
def test_age_in_completed_years(lahir, pada, usia):
	assert umur(lahir, pada) == usia


def test_age_before_birth_is_refused():
	with pytest.raises(AturanError):
		umur(LAHIR, date(1985, 7, 8))


@given(st.dates(date(1930, 1, 1), date(2000, 1, 1)), st.integers(0, 12_000), st.integers(0, 400))
def test_nobody_grows_younger(lahir, hari, lagi):
	pada, nanti = (date.fromordinal(lahir.toordinal() + n) for n in (hari, hari + lagi))
	assert umur(lahir, pada) <= umur(lahir, nanti) <= umur(lahir, pada) + 2


@pytest.mark.parametrize(
	("lahir", "boleh", "perlu_konfirmasi"),
	[
		(date(2007, 7, 10), False, False),
		(date(2007, 7, 9), True, False),
		(date(1959, 7, 10), True, False),
		(date(1959, 7, 9), True, True),
	],
)
def test_age_on_the_first_day_decides(lahir, boleh, perlu_konfirmasi):
	hasil = kelayakan_usia(lahir, date(2025, 7, 9))
	assert (hasil.boleh, hasil.perlu_konfirmasi) == (boleh, perlu_konfirmasi)
	assert bool(hasil.teks) == (not boleh or perlu_konfirmasi)


def test_a_minor_is_told_how_to_take_part():
	teks = kelayakan_usia(date(2007, 7, 10), date(2025, 7, 9)).teks
	assert "17 tahun pada 9 Juli 2025" in teks
	assert "pendukung" in teks


def test_changed_age_limits_are_followed():
	assert kelayakan_usia(date(2007, 7, 10), date(2025, 7, 9), usia_minimum=17).boleh
	assert kelayakan_usia(date(1964, 7, 9), date(2025, 7, 9), usia_konfirmasi=60).perlu_konfirmasi


@pytest.mark.parametrize(
	("teks", "tersamar"),
	[
		("NIK 1571011708800001.", "NIK 1571********0001."),
		("nik=1571 0117 0880 0001, ok", "nik=1571********0001, ok"),
		("HP 0812 3456 7890 / +62812-3456-7890", "HP 08123****890 / +6281******890"),
		("{'alamat': 'Jalan A', 'rt': 1}", "{'alamat': '***', 'rt': 1}"),
		(r"{\"no_kk\":\"x\",\"rt\":\"1\"}", r"{\"no_kk\":\"***\",\"rt\":\"1\"}"),
		("'tanggal_lahir': datetime.date(1980, 8, 17)}", "'tanggal_lahir': '***'}"),
	],
)
def test_free_text_loses_what_identifies_a_person(teks, tersamar):
	assert samarkan_teks(teks) == tersamar
	assert samarkan_teks(tersamar) == tersamar


@pytest.mark.parametrize(
	"teks",
	[
		"",
		"2026-11-22 08:00:00.000000",
		"Rp1.571.011.708.800.001",
		"a1571011708800001b",
		"9915710117088000",
		"15710117088000019",
		"0.81234567890",
		"KLM-2026-00081",
	],
)
def test_other_numbers_in_free_text_stay(teks):
	assert samarkan_teks(teks) == teks


@pytest.mark.parametrize(
	("nomor", "bersih", "samar"),
	[("1234 5678-90", "1234567890", "*******890"), ("123456", "123456", "***456")],
)
def test_account_number_is_read_as_digits_and_masked(nomor, bersih, samar):
	assert periksa_rekening(nomor) == bersih
	assert samarkan_rekening(bersih) == samar


@pytest.mark.parametrize("nomor", ["", "12345", "1" * 21, "12345a", "١٢٣٤٥٦"])
def test_what_is_no_account_number_is_refused(nomor):
	with pytest.raises(AturanError, match="rekening"):
		periksa_rekening(nomor)


@pytest.mark.parametrize(
	("nomor", "samar"), [("+6281234567890", "+6281******890"), ("12345", "*****"), ("", "")]
)
def test_phone_number_is_masked(nomor, samar):
	assert samarkan_hp(nomor) == samar
