"""The estimate of a claim by dated records, and the records themselves."""

from decimal import Decimal

import frappe
import pytest

from kampung_bahagia.aturan.manfaat import Anak
from kampung_bahagia.aturan.syarat_dokumen import SANTUNAN_BESAR, FaktaDokumen, keadaan_klaim
from kampung_bahagia.klaim.manfaat import KetentuanManfaatTidakAda, batas_dokumen, denda, perkiraan
from kampung_bahagia.setup.catatan import _baca, muat_catatan
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih

UMK_2025, UMK_2026 = Decimal(3_607_223), Decimal(3_868_963)


def klaim(jenis="JKK Meninggal", hari="2026-06-10", peserta=""):
	return frappe._dict(jenis=jenis, waktu_kejadian=f"{hari} 09:00:00", peserta=peserta)


def jumlah(hasil):
	return {b.kode: b.jumlah for b in hasil.hasil.baris}


def baru(doctype, **nilai):
	return frappe.get_doc({**frappe.copy_doc(frappe.get_last_doc(doctype)).as_dict(), "name": None, **nilai})


def test_the_shipped_record_gives_the_amounts_of_the_law(db):
	assert perkiraan(klaim("JKM")).hasil.total == 42_000_000
	harian = perkiraan(klaim(), upah_harian=Decimal(80_000), anak=(Anak(4), Anak(4)))
	assert jumlah(harian)["SANTUNAN"] == 115_200_000
	assert jumlah(harian)["BEASISWA_1"] + jumlah(harian)["BEASISWA_2"] == 174_000_000


@pytest.mark.parametrize(("hari", "umk"), [("2025-12-31", UMK_2025), ("2026-01-01", UMK_2026)])
def test_the_minimum_wage_of_the_day_of_the_accident_counts(db, hari, umk):
	hasil = perkiraan(klaim(hari=hari))
	assert hasil.hasil.upah.sebulan == umk
	assert frappe.db.get_value("Upah Minimum", hasil.upah_minimum, "upah") == umk
	assert frappe.db.exists("Ketentuan Manfaat", hasil.ketentuan)


def test_the_wage_on_record_goes_before_the_minimum(k, berjalan):
	peserta = frappe.db.get_value("Peserta", {"kegiatan": berjalan.name})
	frappe.db.set_value("Peserta", peserta, "upah_bulanan", 5_000_000)
	assert perkiraan(klaim(peserta=peserta)).hasil.upah.sebulan == 5_000_000
	frappe.db.set_value("Peserta", peserta, "upah_bulanan", 0)
	assert perkiraan(klaim(peserta=peserta)).hasil.upah.sebulan == UMK_2026


def test_the_province_stands_in_for_a_city_without_a_minimum_wage(db):
	provinsi = baru("Upah Minimum", lingkup="Provinsi", upah=3_000_000, berlaku_sampai=None).insert()
	assert perkiraan(klaim()).hasil.upah.sebulan == UMK_2026
	frappe.db.delete("Upah Minimum", {"lingkup": "Kota"})
	assert perkiraan(klaim()).upah_minimum == provinsi.name


def test_without_a_record_there_is_no_estimate_but_a_reason(db):
	hasil = perkiraan(klaim(hari="2001-01-01"))
	assert hasil.hasil is None
	assert "Belum ada Ketentuan Manfaat" in hasil.sebab
	with pytest.raises(KetentuanManfaatTidakAda, match="DPMPPA"):
		batas_dokumen("2001-01-01")


def test_a_new_record_holds_from_its_day_and_the_old_one_before(db):
	lama = frappe.get_last_doc("Ketentuan Manfaat")
	naik = baru("Ketentuan Manfaat", berlaku_mulai="2026-07-01", jkm_santunan=30_000_000)
	with pytest.raises(MasaBerlakuTumpangTindih, match=lama.name):
		naik.insert()
	lama.update({"berlaku_sampai": "2026-06-30"}).save()
	naik.insert()
	assert perkiraan(klaim("JKM", "2026-06-30")).hasil.total == 42_000_000
	assert perkiraan(klaim("JKM", "2026-07-01")).hasil.total == 52_000_000
	# the floor of a death at work rises with it
	assert jumlah(perkiraan(klaim(hari="2026-07-01"), upah_bulanan=Decimal(1)))["SANTUNAN"] == 30_000_000


@pytest.mark.parametrize(
	("isi", "pesan"),
	[
		({"kematian_persen": 101}, "kematian JKK"),
		({"stmb_bulan_awal": 0}, "Bulan STMB"),
		({"jenjang": []}, "jenjang beasiswa"),
		({"jkm_santunan": 0.5}, "rupiah bulat"),
	],
)
def test_a_record_that_cannot_be_right_is_refused_in_words(db, isi, pesan):
	lama = frappe.get_last_doc("Ketentuan Manfaat")
	with pytest.raises(frappe.ValidationError, match=pesan):
		lama.update(isi).save()


def test_two_minimum_wages_of_one_place_do_not_overlap(db):
	with pytest.raises(MasaBerlakuTumpangTindih):
		baru("Upah Minimum", lingkup="Kota", berlaku_mulai="2026-06-01", berlaku_sampai=None).insert()
	with pytest.raises(frappe.ValidationError, match="Upah Minimum"):
		baru("Upah Minimum", berlaku_mulai="2030-01-01", berlaku_sampai=None, upah=0).insert()


def test_facts_that_cannot_be_right_are_refused_as_the_form_shows_it(db):
	with pytest.raises(frappe.ValidationError, match="Biaya perawatan"):
		perkiraan(klaim("JKK Perawatan"), biaya_perawatan=Decimal(-1))


def test_limits_of_papers_and_the_penalty_are_the_records(db):
	lama = frappe.get_last_doc("Ketentuan Manfaat")
	fakta = FaktaDokumen(jenis="JKM", santunan=Decimal(42_000_000))
	assert SANTUNAN_BESAR not in keadaan_klaim(fakta, **batas_dokumen("2026-06-10"))
	lama.update({"batas_npwp": 40_000_000, "denda_persen": 2}).save()
	assert SANTUNAN_BESAR in keadaan_klaim(fakta, **batas_dokumen("2026-06-10"))
	assert denda(Decimal(42_000_000), 1, "2026-06-10") == 840_000


def test_an_upgraded_site_gets_the_records_that_a_new_one_has(db):
	for doctype in ("Ketentuan Manfaat", "Upah Minimum"):
		frappe.db.delete(doctype)
	muat_catatan()
	assert frappe.db.count("Upah Minimum") == len(_baca("upah_minimum"))
	assert perkiraan(klaim("JKM")).hasil.total == 42_000_000
