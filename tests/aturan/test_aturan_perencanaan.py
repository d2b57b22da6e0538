"""Prices, Pokja, working days, progress, and works that are one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.kemajuan import kurva, periksa_persen, rencana_kemajuan, rencana_pada
from kampung_bahagia.aturan.kemiripan import Ambang, Pekerjaan, ganda, jarak, mirip, periksa_titik, terpecah
from kampung_bahagia.aturan.pokja import kekurangan_pokja
from kampung_bahagia.aturan.rab import selisih_harga
from kampung_bahagia.aturan.tenggat import daftar_hari_kerja, hari_libur

SYARAT = ["Ketua", "Sekretaris", "Bendahara", "Perempuan", "Pemuda", "Tokoh Agama/Tokoh Masyarakat"]
AMBANG = Ambang(meter=100, hari=30, persen=80)


def test_the_difference_from_the_list_is_in_percent_of_the_list():
	assert selisih_harga(Decimal(90_000), Decimal(75_000)) == 20
	assert selisih_harga(Decimal(50_000), Decimal(75_000)) == Decimal("-33.33")
	with pytest.raises(AturanError):
		selisih_harga(Decimal(1), Decimal(0))


def test_a_pokja_lacks_what_nobody_in_it_is():
	pokja = [
		("Ketua", None),
		("Sekretaris", "Pemuda"),
		("Bendahara", "Perempuan"),
		("Anggota", "Tokoh Masyarakat"),
	]
	assert kekurangan_pokja(pokja, SYARAT) == []
	assert kekurangan_pokja(pokja[:2], SYARAT) == ["Bendahara", "Perempuan", "Tokoh Agama/Tokoh Masyarakat"]
	assert kekurangan_pokja([], []) == []


def test_working_days_leave_out_weekends_holidays_and_cuti_bersama():
	mulai, selesai = date(2026, 3, 16), date(2026, 3, 29)  # Nyepi, Idulfitri and their cuti bersama
	hari = daftar_hari_kerja(mulai, selesai, hari_libur(mulai, selesai))
	assert hari == [date(2026, 3, d) for d in (16, 17, 25, 26, 27)]


def test_a_year_without_a_decree_has_no_holidays_yet():
	assert hari_libur(date(2040, 1, 1), date(2040, 12, 31)) == frozenset()


def test_the_plan_grows_by_the_same_share_each_working_day():
	rencana = rencana_kemajuan(date(2026, 6, 5), date(2026, 6, 10), frozenset())
	assert [p for _h, p in rencana] == [25, 50, 75, 100]
	assert rencana_pada(date(2026, 6, 7), rencana) == 25  # a Sunday
	assert rencana_pada(date(2026, 6, 4), rencana) == 0


@given(st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(0, 200))
def test_every_plan_ends_at_a_hundred_and_never_falls(mulai, hari):
	selesai = mulai + timedelta(days=hari)
	rencana = rencana_kemajuan(mulai, selesai, hari_libur(mulai, selesai))
	persen = [p for _h, p in rencana]
	assert persen == sorted(persen) and persen[-1] == 100


def test_the_curve_holds_the_plan_beside_the_last_report_of_each_day():
	rencana = rencana_kemajuan(date(2026, 6, 1), date(2026, 6, 5), frozenset())
	laporan = [(date(2026, 6, 2), Decimal(10)), (date(2026, 6, 4), Decimal(50))]
	assert kurva(rencana, laporan, date(2026, 6, 4)) == [
		(date(2026, 5, 31), 0, 0),
		(date(2026, 6, 1), 20, 0),
		(date(2026, 6, 2), 40, 10),
		(date(2026, 6, 3), 60, 10),
		(date(2026, 6, 4), 80, 50),
	]
	assert kurva(rencana, laporan, date(2026, 6, 20))[-1] == (date(2026, 6, 20), 100, 50)


@pytest.mark.parametrize(
	("persen", "sebelum", "sesudah", "alasan"),
	[(101, None, None, "x"), (-1, None, None, None), (40, 50, None, None), (60, 50, 55, " ")],
)
def test_progress_does_not_fall_without_a_reason(persen, sebelum, sesudah, alasan):
	with pytest.raises(AturanError):
		periksa_persen(*(None if n is None else Decimal(n) for n in (persen, sebelum, sesudah)), alasan)


def test_progress_may_fall_with_a_reason_and_stand_still_without():
	periksa_persen(Decimal(40), Decimal(50), None, "Talud roboh terkena banjir.")
	periksa_persen(Decimal(50), Decimal(50), Decimal(50), None)


@pytest.mark.parametrize(("lintang", "bujur"), [(103.61, -1.61), (1.0, 0), (0, 103.6), (51.5, -0.1)])
def test_a_point_outside_the_country_or_half_of_one_is_refused(lintang, bujur):
	with pytest.raises(AturanError):
		periksa_titik(lintang, bujur)


def test_a_point_in_jambi_or_none_is_taken():
	assert periksa_titik(-1.61, 103.61) == (-1.61, 103.61)
	assert periksa_titik(0, 0) is None


def test_distance_is_in_metres():
	assert jarak((-1.61, 103.61), (-1.61, 103.611)) == pytest.approx(111, abs=1)


def test_texts_are_alike_whatever_their_order_but_not_with_another_number():
	assert mirip("Drainase Gang Melati", "gang melati: DRAINASE") == 100
	assert mirip("Lorong 3", "Lorong 5") == 0
	assert mirip("Semenisasi jalan", "Pelatihan posyandu") < 60


def kerja(nama="A", **nilai) -> Pekerjaan:
	isi = {
		"judul": "Drainase Gang Melati",
		"rt": "RT1",
		"lokasi": "Gang Melati",
		"titik": None,
		"mulai": date(2026, 3, 2),
		"selesai": date(2026, 4, 1),
		"dasar": Decimal(60_000_000),
	}
	return Pekerjaan(nama=nama, **isi | nilai)


BATAS = Decimal(100_000_000)


def test_two_parts_within_the_first_slice_that_pass_it_together_are_one_work():
	b = kerja("B", judul="Talud", mulai=date(2026, 4, 2), selesai=date(2026, 5, 1))
	assert terpecah(kerja(), [b], BATAS, AMBANG) == [b]


@pytest.mark.parametrize(
	"nilai",
	[
		{"dasar": Decimal(40_000_000)},  # together exactly at the limit
		{"dasar": Decimal(120_000_000)},  # no part within the slice
		{"mulai": date(2026, 6, 1), "selesai": date(2026, 7, 1)},  # long after
		{"judul": "Pos ronda", "lokasi": "Simpang Masjid"},  # another work elsewhere
		{"rt": "RT2"},  # a neighbour's, of whose place nothing is known
		{"titik": (-1.61, 103.61), "rt": "RT2"},
	],
)
def test_other_works_are_not(nilai):
	assert terpecah(kerja(), [kerja("B", **nilai)], BATAS, AMBANG) == []


def test_a_neighbour_at_the_same_point_is():
	titik = (-1.61, 103.61)
	b = kerja("B", rt="RT2", judul="Saluran", titik=(-1.6105, 103.61))
	assert terpecah(kerja(titik=titik), [b], BATAS, AMBANG) == [b]


def test_the_same_plan_twice_needs_place_time_and_name():
	assert ganda(kerja(), kerja("B"), AMBANG)
	assert not ganda(kerja(), kerja("B", judul="Pos ronda"), AMBANG)
	assert not ganda(kerja(), kerja("B", lokasi="Simpang Masjid"), AMBANG)
	assert not ganda(kerja(), kerja("B", mulai=date(2026, 4, 2), selesai=date(2026, 5, 1)), AMBANG)
