"""Letter numbers from templates that an administrator writes."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.nomor_surat import romawi, susun_kalimat, susun_nomor
from kampung_bahagia.aturan.tanggal import WIB

TEMPLAT = "{seq:03}/KPTS/RT.{rt}/{KEL}/{romawi}/{yyyy}"
JULI = date(2025, 7, 9)


def test_number_of_a_decision():
	nomor = susun_nomor(TEMPLAT, seq=7, tanggal=JULI, rt="14", KEL="KENALI ASAM")
	assert nomor == "007/KPTS/RT.14/KENALI ASAM/VII/2025"


def test_every_field_of_the_date():
	assert susun_nomor("{seq}-{dd}.{mm}.{yy}", seq=12, tanggal=JULI) == "12-09.07.25"


def test_padding_fills_digits_and_never_cuts():
	assert susun_nomor("{seq:03}/{rt:02}/{yyyy}", seq=1234, tanggal=JULI, rt="5") == "1234/05/2025"
	assert susun_nomor("{seq:03}/{rt:02}/{yyyy}", seq=1, tanggal=JULI, rt=5) == "001/05/2025"


def test_doubled_braces_are_plain_braces():
	assert susun_nomor("{{{seq}}}/{yyyy}", seq=1, tanggal=JULI) == "{1}/2025"


def test_a_part_is_never_read_as_a_template():
	assert susun_nomor("{seq}/{rt}/{yyyy}", seq=1, tanggal=JULI, rt="{seq.x}") == "1/{seq.x}/2025"


def test_a_part_cannot_replace_the_date():
	assert susun_nomor("{seq}/{yyyy}", seq=1, tanggal=JULI, yyyy="1999") == "1/2025"


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_different_sequence_never_gives_the_same_number(satu, dua, tanggal):
	bagian = {"rt": "14", "KEL": "KENALI ASAM"}
	nomor = [susun_nomor(TEMPLAT, seq=seq, tanggal=tanggal, **bagian) for seq in (satu, dua)]
	assert (nomor[0] == nomor[1]) == (satu == dua)


@pytest.mark.parametrize(
	("templat", "pesan"),
	[
		("{seq}/{yyyy}/{kota}", r"\{kota\} tidak dikenal"),
		("{seq}/{yyyy}/{rt.__class__}", r"\{rt\.__class__\} tidak dikenal"),
		("{seq}/{yyyy}/{rt[0]}", r"\{rt\[0\]\} tidak dikenal"),
		("{seq}/{yyyy}/{rt!r}", r"\{rt\} tidak dikenal"),
		("{seq}/{yyyy}/{}", r"\{\} tidak dikenal"),
		("{seq}/{yyyy}/{0}", r"\{0\} tidak dikenal"),
		("{seq:{rt}}/{yyyy}", "tidak dapat dipakai"),
		("{seq:099999999}/{yyyy}", "tidak dapat dipakai"),
		("{seq:x}/{yyyy}", "tidak dapat dipakai"),
		("{seq}/{KEL:03}/{yyyy}", "tidak dapat dipakai"),
		("{seq}/{kosong}/{yyyy}", "masih kosong"),
		("{seq}/{tiada}/{yyyy}", "masih kosong"),
		("KPTS/{yyyy}", "harus memuat {seq}"),
		("{seq}/KPTS", "harus memuat {yyyy}"),
		("{{seq}}/{yyyy}", "harus memuat {seq}"),
		("{seq/{yyyy}", "kurung kurawal"),
		("{seq}/{yyyy}}", "kurung kurawal"),
		("", "harus memuat {seq}"),
	],
)
def test_a_template_that_cannot_be_filled_is_refused(templat, pesan):
	with pytest.raises(AturanError, match=pesan):
		susun_nomor(templat, seq=1, tanggal=JULI, rt="14", KEL="KENALI ASAM", kosong=" ", tiada=None)


@given(st.text(alphabet="{}!:.[]0seqyrt_ ", max_size=25))
def test_any_text_as_template_gives_a_number_or_a_clear_refusal(templat):
	try:
		nomor = susun_nomor("{seq}/{yyyy}/" + templat, seq=7, tanggal=JULI, rt="14")
	except AturanError as galat:
		assert str(galat).endswith(".")
	else:
		assert nomor.startswith("7/2025/")


@pytest.mark.parametrize("seq", [0, -1, 1.0, "1", True])
def test_sequence_starts_at_one(seq):
	with pytest.raises(AturanError, match="Nomor urut"):
		susun_nomor(TEMPLAT, seq=seq, tanggal=JULI, rt="14", KEL="X")


def test_day_of_the_letter_is_a_date():
	with pytest.raises(AturanError, match="Tanggal surat"):
		susun_nomor(TEMPLAT, seq=1, tanggal=datetime(2025, 7, 9, tzinfo=WIB), rt="14", KEL="X")


def test_months_in_roman_numerals():
	bulan = [romawi(n) for n in range(1, 13)]
	assert bulan == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@pytest.mark.parametrize("bulan", [0, 13, -1])
def test_there_are_twelve_months(bulan):
	with pytest.raises(AturanError):
		romawi(bulan)


def test_a_sentence_takes_the_names_that_it_is_given():
	assert susun_kalimat("warga RT {rt} memutuskan {usulan}.", rt="014", usulan="{drainase}") == (
		"warga RT 014 memutuskan {drainase}."
	)
	assert susun_kalimat("tanpa isian {{}}") == "tanpa isian {}"


@pytest.mark.parametrize(
	"templat", ["{lain}", "{rt.__class__}", "{rt[0]}", "{rt!r}", "{rt:>9}", "{}", "{rt", "rt}"]
)
def test_a_sentence_opens_nothing_behind_a_name(templat):
	with pytest.raises(AturanError):
		susun_kalimat(templat, rt="014")
