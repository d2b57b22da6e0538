"""Covered at this hour? Every way to yes, to no and to a second look."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.pertanggungan import Fakta, tentukan_pertanggungan
from kampung_bahagia.aturan.tanggal import WIB


def wib(hari, jam=9, menit=0, bulan=10):
	return datetime(2025, bulan, hari, jam, menit, tzinfo=WIB)


LENGKAP = Fakta(
	waktu_kejadian=wib(15, 10, 30),
	is_konstruksi=True,
	dibayar_pada=wib(1),
	berlaku_mulai=date(2025, 10, 1),
	berlaku_sampai=date(2025, 12, 31),
	bersertifikat=True,
	peserta_terdaftar=True,
	sk_ditetapkan_pada=wib(2),
	sk_berlaku=date(2025, 10, 3),
	sk_dicabut_pada=None,
	disebut_dalam_sk=True,
	kegiatan_mulai=date(2025, 10, 5),
	kegiatan_selesai=date(2025, 10, 31),
	usia=40,
)


def status(**beda):
	return tentukan_pertanggungan(replace(LENGKAP, **beda)).status


def kurang(**beda):
	return [
		satu.kode for satu in tentukan_pertanggungan(replace(LENGKAP, **beda)).alasan if not satu.terpenuhi
	]


def alasan(kode, **beda):
	hasil = tentukan_pertanggungan(replace(LENGKAP, **beda))
	return next(satu for satu in hasil.alasan if satu.kode == kode)


def test_covered_when_everything_is_proven():
	hasil = tentukan_pertanggungan(LENGKAP)
	assert hasil.status == "Terlindungi"
	assert all(satu.terpenuhi for satu in hasil.alasan)
	assert [satu.kode for satu in hasil.alasan] == [
		"JENIS_KEGIATAN",
		"IURAN_LUNAS",
		"MASA_PERLINDUNGAN",
		"SERTIFIKAT",
		"PESERTA_TERDAFTAR",
		"SK_DITETAPKAN",
		"SK_BERLAKU",
		"DISEBUT_DALAM_SK",
		"MASA_KEGIATAN",
		"USIA",
	]


@pytest.mark.parametrize(
	("beda", "kode"),
	[
		({"dibayar_pada": None}, ["IURAN_LUNAS"]),
		({"dibayar_pada": wib(15, 10, 31)}, ["IURAN_LUNAS"]),
		({"berlaku_mulai": date(2025, 10, 16)}, ["MASA_PERLINDUNGAN"]),
		({"berlaku_mulai": date(2025, 10, 16), "berlaku_sampai": None}, ["MASA_PERLINDUNGAN"]),
		({"berlaku_sampai": date(2025, 10, 14)}, ["MASA_PERLINDUNGAN"]),
		(
			{"waktu_kejadian": wib(1, 0, 0, bulan=12), "berlaku_sampai": date(2025, 11, 30)},
			[
				"MASA_PERLINDUNGAN",
				"MASA_KEGIATAN",
			],
		),
	],
)
def test_outside_paid_cover_is_said_so(beda, kode):
	assert (status(**beda), kurang(**beda)) == ("Di Luar Masa", kode)


@pytest.mark.parametrize(
	("beda", "kode"),
	[
		({"berlaku_mulai": None}, ["MASA_PERLINDUNGAN"]),
		({"berlaku_sampai": None}, ["MASA_PERLINDUNGAN"]),
		({"waktu_kejadian": wib(31), "berlaku_sampai": None}, ["MASA_PERLINDUNGAN"]),
		({"bersertifikat": False}, ["SERTIFIKAT"]),
		({"peserta_terdaftar": False}, ["PESERTA_TERDAFTAR"]),
		({"sk_ditetapkan_pada": None, "sk_berlaku": None, "disebut_dalam_sk": False}, ["SK_DITETAPKAN"]),
		({"sk_ditetapkan_pada": wib(15, 10, 31)}, ["SK_DITETAPKAN"]),
		({"sk_berlaku": None}, ["SK_BERLAKU"]),
		({"sk_berlaku": date(2025, 10, 16)}, ["SK_BERLAKU"]),
		({"sk_dicabut_pada": wib(15, 10, 30)}, ["SK_TIDAK_DICABUT"]),
		({"disebut_dalam_sk": False}, ["DISEBUT_DALAM_SK"]),
		({"kegiatan_mulai": None}, ["MASA_KEGIATAN"]),
		({"kegiatan_mulai": date(2025, 10, 16)}, ["MASA_KEGIATAN"]),
		({"usia": 17}, ["USIA"]),
		({"usia": 66}, ["USIA"]),
		({"is_konstruksi": False}, ["JENIS_KEGIATAN"]),
		({"is_konstruksi": False, "dibayar_pada": None}, ["JENIS_KEGIATAN", "IURAN_LUNAS"]),
		(
			{"is_konstruksi": False, "berlaku_sampai": date(2025, 10, 14)},
			[
				"JENIS_KEGIATAN",
				"MASA_PERLINDUNGAN",
			],
		),
	],
)
def test_in_between_an_official_looks_again(beda, kode):
	assert (status(**beda), kurang(**beda)) == ("Perlu Telaah", kode)


@pytest.mark.parametrize(
	"beda",
	[
		{"dibayar_pada": wib(15, 10, 30)},
		{"sk_ditetapkan_pada": wib(15, 10, 30)},
		{"berlaku_mulai": date(2025, 10, 15)},
		{"berlaku_sampai": date(2025, 10, 15)},
		{"waktu_kejadian": wib(5, 0, 0)},
		{"waktu_kejadian": wib(31, 23, 59, bulan=12)},
		{"waktu_kejadian": wib(20, bulan=11)},
		{"kegiatan_selesai": None},
		{"sk_dicabut_pada": wib(15, 10, 31)},
		{"sk_berlaku": date(2025, 10, 15)},
		{"dalam_perjalanan": True},
		{"usia": None},
		{"usia": 18},
		{"usia": 65},
	],
)
def test_still_covered_at_the_edges_on_the_way_and_in_maintenance(beda):
	assert status(**beda) == "Terlindungi"


def test_sk_signed_after_the_accident_is_not_saved_by_an_earlier_effective_date():
	beda = {"sk_ditetapkan_pada": wib(16), "sk_berlaku": date(2025, 10, 1)}
	assert status(**beda) == "Perlu Telaah"
	assert alasan("SK_DITETAPKAN", **beda).teks == (
		"SK ditetapkan pada 16 Oktober 2025 pukul 09.00 WIB, sesudah kejadian."
	)


def test_payment_after_the_accident_names_the_hour():
	teks = alasan("IURAN_LUNAS", dibayar_pada=wib(15, 13)).teks
	assert teks == "Iuran lunas pada 15 Oktober 2025 pukul 13.00 WIB, sesudah kejadian."


def test_the_day_is_the_day_in_wib():
	# 17.30 UTC on 31 December is already 1 January in Jambi.
	malam = datetime(2025, 12, 31, 17, 30, tzinfo=timezone.utc)
	assert status(waktu_kejadian=malam) == "Di Luar Masa"
	assert status(waktu_kejadian=malam - timedelta(hours=1)) == "Terlindungi"


def test_travel_is_named_as_covered_but_does_not_mend_a_missing_payment():
	assert alasan("PERJALANAN", dalam_perjalanan=True).terpenuhi
	assert status(dalam_perjalanan=True, dibayar_pada=None) == "Di Luar Masa"


def test_maintenance_is_named_with_its_end():
	teks = alasan("MASA_KEGIATAN", waktu_kejadian=wib(20, bulan=11)).teks
	assert "pemeliharaan" in teks
	assert "31 Desember 2025" in teks


def test_changed_age_limits_are_followed():
	assert status(usia=17, usia_minimum=17) == "Terlindungi"
	assert status(usia=62, usia_konfirmasi=60) == "Perlu Telaah"


def test_another_city_quotes_its_own_rule():
	hasil = tentukan_pertanggungan(LENGKAP, dasar_daerah="Perwal Contoh 1/2027")
	assert {satu.dasar_hukum for satu in hasil.alasan if satu.kode.startswith("SK_")} == {
		"Perwal Contoh 1/2027"
	}


def atau_kosong(strategi):
	return st.none() | strategi


waktu = st.datetimes(datetime(2025, 9, 1), datetime(2026, 1, 31), timezones=st.just(WIB))
hari = st.dates(date(2025, 9, 1), date(2026, 1, 31))


@st.composite
def masa(draw):
	mulai, sampai = sorted((draw(hari), draw(hari)))
	return draw(st.sampled_from([(mulai, sampai), (mulai, None), (None, sampai), (None, None)]))


@st.composite
def fakta_acak(draw):
	perlindungan, kegiatan = draw(masa()), draw(masa())
	ya = st.booleans()
	return Fakta(
		waktu_kejadian=draw(waktu),
		is_konstruksi=draw(ya),
		dibayar_pada=draw(atau_kosong(waktu)),
		berlaku_mulai=perlindungan[0],
		berlaku_sampai=perlindungan[1],
		bersertifikat=draw(ya),
		peserta_terdaftar=draw(ya),
		sk_ditetapkan_pada=draw(atau_kosong(waktu)),
		sk_berlaku=draw(atau_kosong(hari)),
		sk_dicabut_pada=draw(atau_kosong(waktu)),
		disebut_dalam_sk=draw(ya),
		kegiatan_mulai=kegiatan[0],
		kegiatan_selesai=kegiatan[1],
		dalam_perjalanan=draw(ya),
		usia=draw(atau_kosong(st.integers(0, 90))),
	)


def test_an_overdue_part_of_the_premium_needs_a_second_look():
	assert status(termin_menunggak_sejak=date(2025, 10, 10)) == "Perlu Telaah"
	assert kurang(termin_menunggak_sejak=date(2025, 10, 10)) == ["TERMIN"]


@given(fakta_acak())
def test_every_answer_comes_with_reasons_that_carry_it(fakta):
	hasil = tentukan_pertanggungan(fakta)
	terpenuhi = [satu.terpenuhi for satu in hasil.alasan]
	assert (hasil.status == "Terlindungi") == all(terpenuhi)
	assert (hasil.status == "Di Luar Masa") == any(satu.di_luar_masa for satu in hasil.alasan)
	assert len({satu.kode for satu in hasil.alasan}) == len(hasil.alasan)
	for satu in hasil.alasan:
		assert satu.teks.endswith(".")
		assert len(satu.teks) <= 130
		assert not (satu.di_luar_masa and satu.terpenuhi)


@given(fakta_acak())
def test_refused_only_when_plainly_outside_paid_cover(fakta):
	hasil = tentukan_pertanggungan(fakta)
	tanggal = fakta.waktu_kejadian.date()
	di_luar = (
		fakta.dibayar_pada is None
		or fakta.dibayar_pada > fakta.waktu_kejadian
		or (fakta.berlaku_mulai is not None and tanggal < fakta.berlaku_mulai)
		or (fakta.berlaku_sampai is not None and tanggal > fakta.berlaku_sampai)
	)
	assert (hasil.status == "Di Luar Masa") == (di_luar and fakta.is_konstruksi)


@given(fakta_acak(), st.data())
def test_a_better_fact_never_worsens_the_answer(fakta, data):
	urutan = ["Di Luar Masa", "Perlu Telaah", "Terlindungi"]
	bidang = data.draw(
		st.sampled_from(
			["bersertifikat", "peserta_terdaftar", "disebut_dalam_sk", "dibayar_pada", "sk_dicabut_pada"]
		)
	)
	nilai = {"dibayar_pada": fakta.waktu_kejadian - timedelta(days=1), "sk_dicabut_pada": None}.get(
		bidang, True
	)
	sebelum = tentukan_pertanggungan(fakta).status
	sesudah = tentukan_pertanggungan(replace(fakta, **{bidang: nilai})).status
	assert urutan.index(sesudah) >= urutan.index(sebelum)


@pytest.mark.parametrize(
	("beda", "pesan"),
	[
		({"waktu_kejadian": datetime(2025, 10, 15, 10, 30)}, "Waktu kejadian"),
		({"dibayar_pada": datetime(2025, 10, 1)}, "Waktu pembayaran"),
		({"sk_ditetapkan_pada": datetime(2025, 10, 2)}, "Waktu penetapan SK"),
		({"sk_dicabut_pada": datetime(2025, 10, 2)}, "Waktu pencabutan SK"),
		({"sk_berlaku": wib(3)}, "Tanggal berlaku SK"),
		({"berlaku_mulai": wib(1)}, "Masa perlindungan"),
		({"kegiatan_selesai": wib(31)}, "Masa kegiatan"),
		({"berlaku_mulai": date(2026, 1, 1)}, "Masa perlindungan berakhir sebelum dimulai"),
		({"kegiatan_selesai": date(2025, 10, 4)}, "Masa kegiatan berakhir sebelum dimulai"),
	],
)
def test_facts_that_contradict_themselves_are_refused(beda, pesan):
	with pytest.raises(AturanError, match=pesan):
		tentukan_pertanggungan(replace(LENGKAP, **beda))
