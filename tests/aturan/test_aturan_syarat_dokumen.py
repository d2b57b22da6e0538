"""Which papers a claim needs, by its kind and its circumstances."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.ahli_waris import Kerabat, tentukan_ahli_waris
from kampung_bahagia.aturan.manfaat import JENIS
from kampung_bahagia.aturan.syarat_dokumen import (
	BIAYA_SENDIRI,
	DI_BAWAH_UMUR,
	DI_LUAR_LOKASI,
	KEADAAN,
	KUITANSI_BESAR,
	LALU_LINTAS,
	MENINGGAL,
	SANTUNAN_BESAR,
	SELALU,
	TANPA_AHLI_WARIS,
	WARIS_ANAK,
	WARIS_BANYAK,
	WARIS_PASANGAN,
	WARIS_WASIAT,
	FaktaDokumen,
	Syarat,
	dokumen_diperlukan,
	keadaan_klaim,
)

HARI = date(2026, 6, 10)
SEMUA = frozenset(JENIS)
JKK = frozenset({"JKK Perawatan", "JKK Meninggal"})


def waris(*pasangan):
	return tentukan_ahli_waris([Kerabat(h, h, lahir) for h, lahir in pasangan], HARI)


ISTRI = ("Istri", date(1985, 1, 1))
ANAK = ("Anak", date(2015, 1, 1))


@pytest.mark.parametrize(
	("fakta", "keadaan"),
	[
		({"jenis": "JKK Perawatan"}, set()),
		({"jenis": "JKK Perawatan", "lalu_lintas": True}, {LALU_LINTAS}),
		({"jenis": "JKK Perawatan", "di_luar_lokasi": True}, {DI_LUAR_LOKASI}),
		({"jenis": "JKK Perawatan", "biaya_sendiri": Decimal(5_000_000)}, {BIAYA_SENDIRI}),
		({"jenis": "JKK Perawatan", "biaya_sendiri": Decimal(5_000_001)}, {BIAYA_SENDIRI, KUITANSI_BESAR}),
		({"jenis": "JKK Perawatan", "ahli_waris": waris(ISTRI)}, set()),
		({"jenis": "JKM"}, {MENINGGAL}),
		({"jenis": "JKM", "santunan": Decimal(50_000_000)}, {MENINGGAL}),
		({"jenis": "JKK Meninggal", "santunan": Decimal(50_000_001)}, {MENINGGAL, SANTUNAN_BESAR}),
		({"jenis": "JKM", "ahli_waris": waris(ISTRI)}, {MENINGGAL, WARIS_PASANGAN}),
		(
			{"jenis": "JKM", "ahli_waris": waris(ISTRI, ANAK)},
			{MENINGGAL, WARIS_PASANGAN, WARIS_ANAK, WARIS_BANYAK, DI_BAWAH_UMUR},
		),
		({"jenis": "JKM", "ahli_waris": waris(("Penerima Wasiat", None))}, {MENINGGAL, WARIS_WASIAT}),
		({"jenis": "JKM", "ahli_waris": waris()}, {MENINGGAL, TANPA_AHLI_WARIS}),
	],
)
def test_circumstances_are_read_from_the_facts(fakta, keadaan):
	assert keadaan_klaim(FaktaDokumen(**fakta)) == keadaan


ATURAN = (
	Syarat(dokumen="KTP Peserta", jenis=SEMUA),
	Syarat(dokumen="Formulir 3", jenis=JKK),
	Syarat(dokumen="Laporan Polisi", jenis=JKK, keadaan=LALU_LINTAS),
	Syarat(dokumen="Surat Tugas", jenis=JKK, wajib=False),
	Syarat(dokumen="Surat Tugas", jenis=JKK, keadaan=DI_LUAR_LOKASI),
	Syarat(dokumen="Buku Nikah", jenis=SEMUA, keadaan=WARIS_PASANGAN),
)


def nama(jenis, *keadaan):
	return [s.dokumen for s in dokumen_diperlukan(ATURAN, jenis, keadaan)]


def test_papers_follow_the_kind_and_the_circumstances():
	assert nama("JKM") == ["KTP Peserta"]
	assert nama("JKK Perawatan") == ["KTP Peserta", "Formulir 3", "Surat Tugas"]
	assert nama("JKK Perawatan", LALU_LINTAS) == [
		"KTP Peserta",
		"Formulir 3",
		"Laporan Polisi",
		"Surat Tugas",
	]
	assert nama("JKM", LALU_LINTAS, WARIS_PASANGAN) == ["KTP Peserta", "Buku Nikah"]


@pytest.mark.parametrize(("keadaan", "wajib"), [((), False), ((DI_LUAR_LOKASI,), True)])
def test_a_paper_of_two_rules_is_asked_for_once_and_where_it_must_be(keadaan, wajib):
	tugas = [s for s in dokumen_diperlukan(ATURAN, "JKK Perawatan", keadaan) if s.dokumen == "Surat Tugas"]
	assert [s.wajib for s in tugas] == [wajib]


@given(
	st.lists(
		st.builds(
			Syarat,
			dokumen=st.sampled_from("ABCD"),
			jenis=st.frozensets(st.sampled_from(JENIS)),
			keadaan=st.sampled_from((SELALU, *KEADAAN)),
			wajib=st.booleans(),
		)
	),
	st.sampled_from(JENIS),
	st.sets(st.sampled_from(KEADAAN)),
	st.sampled_from(KEADAAN),
)
def test_one_more_circumstance_never_takes_a_paper_away(syarat, jenis, keadaan, lagi):
	sedikit = {s.dokumen: s.wajib for s in dokumen_diperlukan(syarat, jenis, keadaan)}
	banyak = {s.dokumen: s.wajib for s in dokumen_diperlukan(syarat, jenis, keadaan | {lagi})}
	assert set(sedikit) <= set(banyak)
	assert all(banyak[dokumen] >= wajib for dokumen, wajib in sedikit.items())


def test_a_rule_with_a_circumstance_that_nobody_finds_is_refused():
	with pytest.raises(AturanError, match="Keadaan Hujan"):
		dokumen_diperlukan([Syarat(dokumen="X", jenis=SEMUA, keadaan="Hujan")], "JKM", ())


def test_amounts_that_cannot_be_right_are_refused():
	with pytest.raises(AturanError, match="santunan"):
		keadaan_klaim(FaktaDokumen(jenis="JKM", santunan=Decimal(-1)))
