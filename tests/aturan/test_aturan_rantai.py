from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan.rantai import Putus, baku, periksa_rantai, sidik, sidik_entri


def rantai(isi: list[dict]) -> list[dict]:
	hasil, sebelum = [], None
	for i, satu in enumerate(isi, 1):
		entri = {"urutan": i, **satu}
		entri |= {"hash_sebelum": sebelum, "hash": sidik_entri(entri, sebelum)}
		sebelum = entri["hash"]
		hasil.append(entri)
	return hasil


tulisan = st.one_of(st.none(), st.text(max_size=20))
panjang = st.lists(
	st.fixed_dictionaries({"ke": tulisan, "alasan": tulisan, "waktu": st.datetimes()}), min_size=1, max_size=8
)


@given(panjang)
def test_an_untouched_chain_holds(isi):
	assert periksa_rantai(rantai(isi)) is None


@given(panjang, st.data())
def test_a_changed_value_is_found_where_it_stands(isi, data):
	semua = rantai(isi)
	i = data.draw(st.integers(0, len(semua) - 1))
	semua[i] = semua[i] | {"alasan": (semua[i]["alasan"] or "") + "x"}
	assert periksa_rantai(semua) == Putus(i + 1, "isinya tidak sesuai dengan sidiknya")


@given(panjang, st.data())
def test_a_rewritten_entry_with_a_fresh_hash_is_found_at_the_next(isi, data):
	semua = rantai([*isi, {"ke": "Akhir", "alasan": None, "waktu": datetime(2026, 1, 1)}])
	i = data.draw(st.integers(0, len(semua) - 2))
	palsu = {k: v for k, v in semua[i].items() if k not in ("hash", "hash_sebelum")} | {"ke": "Palsu!"}
	semua[i] = palsu | {
		"hash_sebelum": semua[i]["hash_sebelum"],
		"hash": sidik_entri(palsu, semua[i]["hash_sebelum"]),
	}
	assert periksa_rantai(semua) == Putus(i + 2, "tidak bersambung dengan catatan sebelumnya")


def test_a_missing_entry_is_named():
	semua = rantai([{"ke": str(i)} for i in range(5)])
	assert periksa_rantai(semua[:2] + semua[3:]) == Putus(3, "catatan nomor 3 tidak ada")
	assert periksa_rantai(semua[1:]) == Putus(1, "catatan nomor 1 tidak ada")


def test_a_line_break_in_a_reason_cannot_stand_for_another_field():
	a = sidik_entri({"ke": "Draf", "alasan": "satu\ndua"}, None)
	b = sidik_entri({"ke": "Draf\nsatu", "alasan": "dua"}, None)
	assert a != b


def test_values_hash_the_same_from_memory_and_from_the_database():
	assert sidik({"a": 1.0, "b": "", "c": Decimal("2.500")}) == sidik({"c": 2.5, "a": 1, "b": None})
	assert sidik([1 / 3]) == sidik([0.333333333])
	assert baku(datetime(2026, 1, 2, 3, 4)) == "2026-01-02 03:04:00.000000"
	assert baku(date(2026, 1, 2)) == "2026-01-02"
	assert baku({"t": [{}, {"x": True}]}) == {"t": [None, {"x": "1"}]}
	assert sidik({"a": "1", "b": "2"}) != sidik({"a": "12"})


@pytest.mark.parametrize("kosong", [None, "", 0, 0.0, [], {}, False])
def test_nothing_is_nothing_however_it_is_written(kosong):
	assert baku(kosong) is None
