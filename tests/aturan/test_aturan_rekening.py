"""The account of the receiver: its number, its bank, its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.rekening import cocokkan_nama, telaah_rekening


@pytest.mark.parametrize(
	("bank", "nomor", "wajar"),
	[
		("BRI", "0123 01 000123 50 7", True),
		("Bank BRI", "0123456789", False),
		("PT. Bank Rakyat Indonesia", "0123456789", True),
		("Bank Rakyat Indonesia", "0123456789", False),
		("BNI", "0123456789", True),
		("Bank Mandiri", "123-00-1234567-8", True),
		("Bank Syariah Mandiri", "0123456789", True),
		("bca", "01234567890", False),
		("BSI", "0123456789", True),
		("Bank Jambi", "0123456", True),
	],
)
def test_a_number_unusual_for_its_bank_warns_and_is_kept(bank, nomor, wajar):
	hasil = telaah_rekening(nomor, bank, "Siti Aminah", "Siti Aminah")
	assert hasil.nomor.isdigit()
	assert (hasil.peringatan == ()) is wajar


@pytest.mark.parametrize("nomor", ["", "12345", "1" * 21, "0123456789a", "１２３４５６７"])
def test_what_cannot_be_an_account_number_is_refused(nomor):
	with pytest.raises(AturanError, match="Nomor rekening"):
		telaah_rekening(nomor, "BRI", "Siti", "Siti")


def test_an_account_without_an_owner_is_refused():
	with pytest.raises(AturanError, match="nama pemilik"):
		telaah_rekening("0123456789", "BNI", " ", "Siti")


@pytest.mark.parametrize(
	("atas_nama", "nama", "hasil"),
	[
		("SITI AMINAH", "Siti Aminah", "Cocok"),
		("Hj. Siti Aminah, S.Pd.", "Siti Aminah", "Cocok"),
		("Moch. Soekardi", "Muhammad Sukardi", "Cocok"),
		("Nurhayati", "Nur Hayati", "Cocok"),
		("Siti Aminah", "Siti Amina", "Mirip"),
		("Siti Aminah Binti Abd", "Siti Aminah binti Abdullah Rahman", "Mirip"),
		("M. Yusuf H", "Muhammad Yusuf Hidayat", "Mirip"),
		("Siti Aminah", "Budi Santoso", "Berbeda"),
		("Siti", "Siti Aminah", "Berbeda"),
		("123", "Siti Aminah", "Berbeda"),
	],
)
def test_the_owner_of_the_account_is_held_against_the_receiver(atas_nama, nama, hasil):
	telaah = telaah_rekening("0123456789", "BNI", atas_nama, nama)
	assert telaah.kecocokan == hasil
	assert telaah.teks.endswith(".")


nama_acak = st.text(st.characters(whitelist_categories=("L",)), min_size=1).map(str)


@given(nama_acak, nama_acak)
def test_names_are_compared_alike_from_both_sides(a, b):
	assert cocokkan_nama(a, b) == cocokkan_nama(b, a)
	assert cocokkan_nama(a, a) == "Cocok"
