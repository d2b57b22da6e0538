"""Who receives: the order of the law, the papers of each, and how it is paid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.ahli_waris import (
	HUBUNGAN,
	LAINNYA,
	PENGURUS,
	PERINGKAT,
	Kerabat,
	tentukan_ahli_waris,
	urutan,
)

MENINGGAL = date(2026, 6, 10)
DEWASA, KECIL = date(1980, 1, 1), date(2015, 1, 1)
TINGKAT = {hubungan: n for n, (_, isi) in enumerate(PERINGKAT) for hubungan in isi}

kerabat_acak = st.builds(
	Kerabat,
	nama=st.sampled_from(["Ani", "Budi", "Citra"]),
	hubungan=st.sampled_from(HUBUNGAN),
	tanggal_lahir=st.none() | st.dates(date(1930, 1, 1), MENINGGAL),
	hidup=st.booleans(),
)


def orang(hubungan, lahir=DEWASA, nama=None, hidup=True):
	return Kerabat(nama or hubungan, hubungan, lahir, hidup)


def tentukan(*kerabat):
	return tentukan_ahli_waris(kerabat, MENINGGAL)


def hubungan_berhak(hasil):
	return {b.kerabat.hubungan for b in hasil.berhak}


@pytest.mark.parametrize(
	("kerabat", "peringkat", "berhak"),
	[
		(("Istri", "Anak", "Orang Tua", "Saudara Kandung"), 1, {"Istri", "Anak"}),
		(("Suami", "Mertua"), 1, {"Suami"}),
		(("Orang Tua", "Cucu", "Kakek/Nenek", "Saudara Kandung"), 2, {"Orang Tua", "Cucu", "Kakek/Nenek"}),
		(("Saudara Kandung", "Mertua"), 3, {"Saudara Kandung"}),
		(("Mertua", "Penerima Wasiat"), 4, {"Mertua"}),
		(("Penerima Wasiat", PENGURUS), 5, {"Penerima Wasiat"}),
		((PENGURUS, LAINNYA), None, set()),
		((), None, set()),
	],
)
def test_the_nearest_rank_in_which_somebody_lives_receives(kerabat, peringkat, berhak):
	hasil = tentukan(*map(orang, kerabat))
	assert (hasil.peringkat, hubungan_berhak(hasil)) == (peringkat, berhak)


def test_one_who_died_before_leaves_the_rank_to_the_next():
	hasil = tentukan(orang("Istri", hidup=False), orang("Orang Tua"))
	assert hubungan_berhak(hasil) == {"Orang Tua"}
	assert [t.sebab for t in hasil.tidak_berhak] == ["Istri sudah meninggal."]


def test_who_does_not_receive_is_told_why():
	hasil = tentukan(orang("Anak"), orang("Mertua", nama="Bu Sri"), orang(LAINNYA, nama="Pak Didi"))
	assert [t.sebab for t in hasil.tidak_berhak] == [
		"Bu Sri tidak berhak karena masih ada janda, duda, atau anak.",
		"Pak Didi tidak termasuk ahli waris menurut peraturan.",
	]


def test_without_heirs_the_funeral_is_paid_to_who_arranged_it_and_the_rest_goes_to_the_fund():
	hasil = tentukan(orang(PENGURUS, nama="Pak Amir"))
	assert hasil.pembayaran == (
		"Santunan dikembalikan ke Dana Jaminan Sosial; biaya pemakaman dibayarkan kepada Pak Amir."
	)
	assert hasil.pengurus[0].dokumen == ("KTP Pengurus Pemakaman", "Bukti Biaya Pemakaman")
	assert "Catat siapa yang mengurus pemakaman." in tentukan().catatan


def test_with_heirs_nobody_else_is_paid_the_funeral():
	hasil = tentukan(orang("Anak"), orang(PENGURUS, nama="Pak Amir"))
	assert hasil.pengurus == ()
	assert "dibayarkan kepada ahli waris" in hasil.tidak_berhak[0].sebab


@pytest.mark.parametrize(
	("kerabat", "dokumen"),
	[
		(orang("Istri"), ("KTP Ahli Waris", "Kartu Keluarga", "Buku Nikah")),
		(orang("Anak"), ("KTP Ahli Waris", "Kartu Keluarga")),
		(
			orang("Anak", KECIL),
			("Akta Kelahiran Ahli Waris", "Kartu Keluarga", "Surat Keterangan Wali", "KTP Wali"),
		),
		(orang("Penerima Wasiat"), ("KTP Ahli Waris", "Kartu Keluarga", "Surat Wasiat")),
	],
)
def test_each_heir_is_told_what_to_bring(kerabat, dokumen):
	assert tentukan(kerabat).berhak[0].dokumen == dokumen


@pytest.mark.parametrize(
	("lahir", "wali"),
	[(date(2008, 6, 10), False), (date(2008, 6, 11), True), (date(2026, 9, 1), True), (None, False)],
)
def test_a_guardian_acts_for_who_is_not_eighteen_at_the_death(lahir, wali):
	hasil = tentukan(orang("Anak", lahir))
	assert hasil.berhak[0].perlu_wali is wali
	assert any("Tanggal lahir" in c for c in hasil.catatan) is (lahir is None)


def test_several_heirs_agree_in_writing_and_no_share_is_computed():
	hasil = tentukan(orang("Istri"), orang("Anak", KECIL))
	assert hasil.perlu_kesepakatan
	assert "sepakat tertulis" in hasil.pembayaran


def test_one_heir_is_paid_alone_or_through_the_guardian():
	assert tentukan(orang("Istri")).pembayaran == "Dibayarkan ke rekening Istri."
	assert tentukan(orang("Anak", KECIL)).pembayaran == "Dibayarkan ke rekening Anak melalui walinya."
	assert not tentukan(orang("Istri")).perlu_kesepakatan


@given(st.lists(kerabat_acak, max_size=8))
def test_exactly_one_rank_receives_and_everyone_is_answered(kerabat):
	hasil = tentukan(*kerabat)
	hidup = [TINGKAT[k.hubungan] for k in kerabat if k.hidup and k.hubungan in TINGKAT]
	assert {TINGKAT[b.kerabat.hubungan] for b in hasil.berhak} == ({min(hidup)} if hidup else set())
	assert len(hasil.berhak) + len(hasil.tidak_berhak) == len(kerabat)
	assert all(t.sebab.endswith(".") for t in hasil.tidak_berhak)
	for b in hasil.berhak:
		lahir = b.kerabat.tanggal_lahir
		if lahir and lahir > date(2008, 6, 10):
			assert b.perlu_wali
		assert b.perlu_wali is ("KTP Wali" in b.dokumen)


@given(st.lists(kerabat_acak, max_size=6), kerabat_acak)
def test_a_nearer_relative_takes_all_and_a_farther_one_changes_nothing(kerabat, baru):
	lama, kini = tentukan(*kerabat), tentukan(*kerabat, baru)
	if not baru.hidup or baru.hubungan not in TINGKAT:
		assert kini.berhak == lama.berhak
	elif lama.peringkat is None or TINGKAT[baru.hubungan] + 1 < lama.peringkat:
		assert [b.kerabat for b in kini.berhak] == [baru]
	elif TINGKAT[baru.hubungan] + 1 > lama.peringkat:
		assert kini.berhak == lama.berhak
	else:
		assert [b.kerabat for b in kini.berhak] == [*(b.kerabat for b in lama.berhak), baru]


def test_a_relation_that_is_not_known_is_refused():
	with pytest.raises(AturanError, match="Hubungan Tetangga"):
		tentukan(orang("Tetangga"))


def test_an_heir_other_than_a_child_is_not_born_after_the_death():
	with pytest.raises(AturanError, match="Tanggal lahir"):
		tentukan(orang("Istri", date(2026, 7, 1)))


def test_relations_stand_in_the_order_of_the_law_and_others_after_them():
	berurut = ("Istri", "Orang Tua", "Saudara Kandung", "Mertua", "Penerima Wasiat", PENGURUS)
	assert [urutan(h) for h in berurut] == [1, 2, 3, 4, 5, 6]
	assert urutan("Anak") == urutan("Suami") == 1 and urutan(LAINNYA) == 6
