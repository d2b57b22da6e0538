"""Postponed meetings, ranking of usulan, likeness of titles, the invitation, the years of a plan."""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.identitas import samarkan_nama
from kampung_bahagia.aturan.kuorum import kuorum_lanjutan, kuorum_tercapai, paling_awal_lanjutan
from kampung_bahagia.aturan.peringkat import METODE, MUFAKAT, POIN, SUARA, Nilai, susun_peringkat
from kampung_bahagia.aturan.renja import KEADAAN, bagi_tahun, keadaan_butir, tahun_akhir
from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.aturan.undangan import JUDUL, Undangan, tautan_wa, teks_undangan
from kampung_bahagia.aturan.usulan import mirip, rapikan

D = Decimal


# --- postponed meetings


def test_after_a_postponement_any_number_decides_but_not_nobody():
	assert kuorum_lanjutan(1, 80, D(0)).tercapai
	assert not kuorum_lanjutan(0, 80, D(0)).tercapai
	assert kuorum_lanjutan(1, 80, D(0)).minimum == 1
	assert "berapa pun" in kuorum_lanjutan(3, 80, D(0)).teks


@given(st.integers(0, 300), st.integers(1, 300), st.integers(1, 99), st.booleans())
def test_with_a_share_of_its_own_it_counts_like_any_other(hadir, diundang, persen, lebih_dari):
	hadir = min(hadir, diundang)
	assert kuorum_lanjutan(hadir, diundang, D(persen), lebih_dari) == kuorum_tercapai(
		hadir, diundang, D(persen), lebih_dari
	)


@pytest.mark.parametrize(("hadir", "diundang"), [(5, 0), (81, 80), (-1, 80)])
def test_impossible_counts_are_refused_also_there(hadir, diundang):
	with pytest.raises(AturanError):
		kuorum_lanjutan(hadir, diundang, D(0))


@pytest.mark.parametrize(("jeda", "awal"), [(0, 11), (1, 11), (7, 17)])
def test_the_next_meeting_waits_for_the_gap_and_never_shares_the_day(jeda, awal):
	assert paling_awal_lanjutan(date(2026, 11, 10), jeda) == date(2026, 11, awal)


# --- ranking

nilai = st.builds(Nilai, suara=st.integers(0, 12), poin=st.integers(0, 40))


def test_equals_share_a_rank_and_the_next_is_skipped():
	hasil = susun_peringkat([Nilai(5), Nilai(9), Nilai(5), Nilai(2), Nilai(0)], SUARA)
	assert [(h.peringkat, h.seri) for h in hasil] == [
		(2, True),
		(1, False),
		(2, True),
		(4, False),
		(0, False),
	]


def test_points_and_votes_are_counted_apart():
	usulan = [Nilai(suara=9, poin=1), Nilai(suara=1, poin=9)]
	assert [h.peringkat for h in susun_peringkat(usulan, SUARA)] == [1, 2]
	assert [h.peringkat for h in susun_peringkat(usulan, POIN)] == [2, 1]


@given(st.lists(nilai, max_size=12))
def test_by_consensus_the_order_stands(usulan):
	hasil = susun_peringkat(usulan, MUFAKAT)
	assert [h.peringkat for h in hasil] == list(range(1, len(usulan) + 1))
	assert not any(h.seri for h in hasil)


@given(st.lists(nilai, max_size=12), st.sampled_from([SUARA, POIN]))
def test_whoever_has_more_stands_higher(usulan, metode):
	angka = [u.suara if metode == SUARA else u.poin for u in usulan]
	hasil = susun_peringkat(usulan, metode)
	for a, x in zip(angka, hasil, strict=True):
		assert (x.peringkat == 0) == (a == 0)
		assert x.seri == (a > 0 and angka.count(a) > 1)
		for b, y in zip(angka, hasil, strict=True):
			if a > b > 0:
				assert x.peringkat < y.peringkat
			if a == b:
				assert x == y
	terisi = sorted(h.peringkat for h in hasil if h.peringkat)
	assert not terisi or terisi[0] == 1


@given(st.lists(nilai, max_size=8), st.sampled_from(METODE[:2]), st.randoms())
def test_the_order_in_which_they_are_written_changes_nothing(usulan, metode, acak):
	urutan = list(range(len(usulan)))
	acak.shuffle(urutan)
	semula, diacak = (susun_peringkat(u, metode) for u in (usulan, [usulan[i] for i in urutan]))
	assert [semula[i] for i in urutan] == diacak


def test_an_unknown_method_is_refused():
	with pytest.raises(AturanError, match="tidak dikenal"):
		susun_peringkat([], "Undian")


# --- titles


@pytest.mark.parametrize(
	("a", "b", "ya"),
	[
		("Drainase Gang Melati", "drainase  gang melati.", True),
		("Drainase Gang Melati", "Gang Melati Drainase", True),
		("Drainase Gang Melati", "Drainasse Gang Melati", True),
		("Drainase Gang 2", "Drainase Gang 3", False),
		("Drainase Gang Melati", "Pos keamanan lingkungan", False),
	],
)
def test_titles_that_speak_of_one_thing(a, b, ya):
	assert mirip(a, b) is ya is mirip(b, a)


def test_case_and_punctuation_do_not_make_two():
	assert rapikan(" Pos-Ronda,  RT ") == rapikan("pos ronda rt")
	assert rapikan("Pos Ronda") != rapikan("Pos Rondah")


# --- invitation

UNDANGAN = Undangan(
	jenis="Prioritas",
	rt="RT 014",
	kelurahan="Kenali Asam",
	waktu=datetime(2026, 11, 24, 19, 30, tzinfo=WIB),
	tempat="Balai RT",
	acara=("Pembukaan", "Penentuan usulan"),
	pengundang="Ahmad Fauzi",
)


def test_the_invitation_says_when_where_what_and_who_asks():
	teks = teks_undangan(UNDANGAN)
	for isi in (
		"*Musyawarah Penentuan Prioritas* RT 014",
		"Kelurahan Kenali Asam",
		"Hari, tanggal: Selasa, 24 November 2026",
		"Pukul: 19.30 WIB",
		"Tempat: Balai RT",
		"1. Pembukaan\n2. Penentuan usulan",
		"Ahmad Fauzi\nKetua RT 014",
	):
		assert isi in teks
	assert "ditunda" not in teks


def test_a_postponed_meeting_says_what_it_follows():
	lanjutan = Undangan(
		jenis="Perubahan",
		rt="RT 1",
		kelurahan="X",
		waktu=UNDANGAN.waktu,
		tempat="Y",
		lanjutan_dari=datetime(2026, 11, 20, 19, tzinfo=WIB),
	)
	assert "melanjutkan musyawarah tanggal 20 November 2026 yang ditunda" in teks_undangan(lanjutan)


@pytest.mark.parametrize("jenis", JUDUL)
def test_the_link_carries_the_whole_text_to_whatsapp(jenis):
	teks = teks_undangan(Undangan(jenis, "RT 1", "A & B #?", UNDANGAN.waktu, "Gg. 100% + 1"))
	alamat = urlsplit(tautan_wa(teks))
	assert (alamat.scheme, alamat.netloc) == ("https", "wa.me")
	assert parse_qs(alamat.query)["text"] == [teks]


def test_a_masked_name_keeps_initials_only():
	assert samarkan_nama("Budi  Santoso") == "B*** S***"
	assert samarkan_nama("Al") == samarkan_nama("Ahmad")


# --- renja


def test_a_plan_covers_one_year_or_five():
	assert (tahun_akhir("Tahunan", 2027), tahun_akhir("Lima Tahunan", 2027)) == (2027, 2031)


@pytest.mark.parametrize(("jenis", "awal"), [("Bulanan", 2027), ("Tahunan", 27), ("Tahunan", 20270)])
def test_a_plan_of_no_kind_or_of_no_year_is_refused(jenis, awal):
	with pytest.raises(AturanError):
		tahun_akhir(jenis, awal)


@given(st.integers(0, 60), st.integers(2020, 2100), st.integers(1, 5))
def test_years_are_shared_out_in_order_and_within_the_plan(jumlah, awal, lama):
	tahun = bagi_tahun(jumlah, awal, awal + lama - 1)
	assert len(tahun) == jumlah
	assert tahun == sorted(tahun)
	assert all(awal <= satu < awal + lama for satu in tahun)
	if tahun:
		assert max(tahun.count(satu) for satu in set(tahun)) <= -(-jumlah // lama)


@pytest.mark.parametrize(
	("status", "keadaan"),
	[
		(None, "Belum Dikerjakan"),
		("Ditolak", "Belum Dikerjakan"),
		("Draf", "Direncanakan"),
		("Terlindungi", "Direncanakan"),
		("Berjalan", "Dikerjakan"),
		("Serah Terima", "Dikerjakan"),
		("Selesai", "Selesai"),
		("Dihentikan", "Dihentikan"),
	],
)
def test_an_item_follows_its_kegiatan(status, keadaan):
	assert keadaan_butir(status) == keadaan
	assert keadaan in KEADAAN
