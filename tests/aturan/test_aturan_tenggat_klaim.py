"""The clocks of a claim: which run, which were kept, and which ends first."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.aturan.tenggat import batas_bayar_klaim
from kampung_bahagia.aturan.tenggat_klaim import BatasKlaim, KeadaanKlaim, tenggat_klaim, yang_berjalan

KEJADIAN = datetime(2026, 3, 13, 9, 30, tzinfo=WIB)  # a Friday; Idulfitri falls on 20 and 21 March 2026
BATAS = BatasKlaim()


def jam(n):
	return KEJADIAN + timedelta(hours=n)


def menurut(**keadaan):
	semua = tenggat_klaim(KeadaanKlaim(kejadian=KEJADIAN, **{"is_jkk": True, **keadaan}), BATAS)
	return {t.kode: t for t in semua}


def test_stage_one_runs_forty_eight_hours_through_the_weekend_to_both_addresses():
	t = menurut()
	assert t["TAHAP_I_BPJS"].batas == t["TAHAP_I_PENGAWAS"].batas == datetime(2026, 3, 15, 9, 30, tzinfo=WIB)
	assert not t["TAHAP_I_BPJS"].lewat(jam(48))
	assert t["TAHAP_I_BPJS"].lewat(jam(48) + timedelta(seconds=1))


def test_a_stage_reported_in_time_stays_kept_and_one_reported_late_stays_missed():
	t = menurut(tahap_satu_bpjs=jam(47), tahap_satu_pengawas=jam(49))
	nanti = jam(9000)
	assert (t["TAHAP_I_BPJS"].lewat(nanti), t["TAHAP_I_PENGAWAS"].lewat(nanti)) == (False, True)


def test_stage_two_begins_with_the_doctors_statement_and_ends_with_the_claim():
	assert "TAHAP_II" not in menurut()
	t = menurut(keterangan_dokter=jam(100), diajukan=jam(147))["TAHAP_II"]
	assert (t.batas, t.selesai, t.lewat(jam(500))) == (jam(148), jam(147), False)
	assert menurut(keterangan_dokter=jam(100), tahap_dua=jam(120), diajukan=jam(300))[
		"TAHAP_II"
	].selesai == jam(120)


def test_a_death_that_was_no_accident_has_no_stages():
	assert set(menurut(is_jkk=False, diajukan=jam(5))) == {"PEMBAYARAN", "KEDALUWARSA"}


def test_bpjs_pays_within_working_days_of_the_national_calendar():
	# Friday 13 March 2026 + 7 working days: Nyepi, Idulfitri and their joint leave are skipped
	jkk = menurut(diajukan=KEJADIAN)["PEMBAYARAN"].batas
	assert jkk.date() == batas_bayar_klaim(date(2026, 3, 13), 7) > date(2026, 3, 24)
	assert (jkk.hour, jkk.minute) == (23, 59)
	jkm = menurut(is_jkk=False, diajukan=KEJADIAN)["PEMBAYARAN"].batas
	assert jkm.date() == batas_bayar_klaim(date(2026, 3, 13), 3) < jkk.date()


def test_no_payment_is_awaited_after_a_refusal():
	assert "PEMBAYARAN" not in menurut(diajukan=jam(5), diputus_tolak=True)


def test_a_limit_of_no_working_day_is_refused():
	with pytest.raises(AturanError):
		batas_bayar_klaim(date(2026, 3, 13), 0)


def test_a_claim_expires_after_five_years_unless_it_was_made():
	t = menurut()["KEDALUWARSA"]
	assert (t.batas, t.selesai) == (datetime(2031, 3, 13, 9, 30, tzinfo=WIB), None)
	assert not menurut(diajukan=jam(5))["KEDALUWARSA"].lewat(datetime(2040, 1, 1, tzinfo=WIB))


waktu = st.none() | st.integers(0, 5000).map(jam)


@given(waktu, waktu, waktu, waktu, waktu, st.booleans())
def test_the_running_clock_is_the_one_that_ends_first(satu, pengawas, dokter, diajukan, dibayar, jkk):
	semua = tenggat_klaim(
		KeadaanKlaim(
			is_jkk=jkk,
			kejadian=KEJADIAN,
			tahap_satu_bpjs=satu,
			tahap_satu_pengawas=pengawas,
			keterangan_dokter=dokter,
			diajukan=diajukan,
			dibayar=dibayar,
		),
		BATAS,
	)
	terbuka = [t for t in semua if t.selesai is None]
	jalan = yang_berjalan(semua)
	assert (jalan is None) == (not terbuka)
	assert all(jalan.batas <= t.batas for t in terbuka)
