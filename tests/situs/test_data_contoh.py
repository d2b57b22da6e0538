"""The demonstration data keeps away from real sites, and its invented people from real numbers."""

import frappe
import pytest

from kampung_bahagia.aturan.identitas import nomor_hp_e164, periksa_nik, periksa_no_kk
from kampung_bahagia.setup import demo
from kampung_bahagia.setup.demo.langkah import RAB_KONSTRUKSI, RAB_LAIN, susun_rab
from kampung_bahagia.setup.demo.penduduk import susun_keluarga, susun_rt


def test_a_site_without_the_setting_is_left_alone(db, monkeypatch, capsys):
	monkeypatch.delitem(frappe.local.conf, "kb_demo", raising=False)
	sebelum = frappe.db.count("User")
	demo.muat()
	assert "tidak dimuat" in capsys.readouterr().out
	assert frappe.db.count("User") == sebelum


def test_a_site_with_data_of_its_own_is_left_alone(k, monkeypatch, capsys):
	monkeypatch.setitem(frappe.local.conf, "kb_demo", 1)
	sebelum = frappe.db.count("RT")
	demo.muat()
	assert "sudah berisi RT" in capsys.readouterr().out
	assert frappe.db.count("RT") == sebelum


def test_invented_people_have_valid_numbers_that_nobody_holds(situs):
	orang = [w for rt in susun_rt() for keluarga in susun_keluarga(rt, 12) for w in keluarga]
	assert len(susun_rt()) == 67
	assert len({w["nik"] for w in orang}) == len(orang) > 1000
	for w in orang:
		assert periksa_nik(w["nik"], w["jenis_kelamin"], w["tanggal_lahir"]).sah
		assert periksa_no_kk(w["no_kk"]).sah
		assert int(w["nik"][-4:]) > 7000
		assert nomor_hp_e164(w["no_hp"])


@pytest.mark.parametrize("nilai", [8_500_000, 50_000_000, 96_500_000, 120_000_000])
def test_a_rab_is_worth_what_it_should_to_the_rupiah(nilai):
	for baris in (RAB_KONSTRUKSI, RAB_LAIN):
		rab = list(susun_rab(nilai, baris))
		assert sum(satu["volume"] * satu["harga_satuan"] for satu in rab) == nilai
		assert all(satu["harga_satuan"] > 0 for satu in rab)
