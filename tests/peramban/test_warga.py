"""Recording a resident: the NIK fills the form, and who resembles somebody is asked about before saving."""

import frappe
import pytest
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from tests.peramban.conftest import potret


@pytest.fixture
def tercatat(pejabat) -> dict:
	frappe.db.rollback()
	with pabrik.sebagai(pejabat.ketua):
		data = pabrik.data_warga(pejabat.rt, nama="Ahmad Junaidi")
		frappe.get_doc(data).insert()
	frappe.db.commit()
	return data


def isi(page, kolom: str, nilai: str) -> None:
	medan = page.locator(f'[data-fieldname="{kolom}"] input:visible')
	medan.fill(nilai)
	medan.press("Tab")


def test_the_nik_fills_the_form_and_a_likeness_is_confirmed(halaman, pejabat, tercatat, lebar):
	page = halaman(lebar, pejabat.ketua)
	page.goto("/app/warga/new")
	nik = pabrik.data_warga(pejabat.rt)["nik"]
	isi(page, "nik", nik)
	expect(page.locator('[data-fieldname="nik"] .help-box')).to_contain_text("Kecamatan Telanaipura")
	expect(page.locator('[data-fieldname="jenis_kelamin"] select')).to_have_value("Laki-laki")
	expect(page.locator('[data-fieldname="tanggal_lahir"] input')).to_have_value("17-08-1980")
	isi(page, "no_kk", "1571010101158888")
	isi(page, "nama", "H. Achmad Djunaidi")
	potret(page, f"warga-terisi-nik-{lebar}")
	page.keyboard.press("Control+s")
	dialog = page.locator(".modal.show")
	expect(dialog).to_contain_text("Ahmad Junaidi")
	page.wait_for_timeout(400)
	potret(page, f"warga-serupa-{lebar}")
	dialog.get_by_role("button", name="Periksa Lagi").click()
	expect(dialog).to_have_count(0)
	assert page.url.endswith("/new") or "/new-warga" in page.url
	page.keyboard.press("Control+s")
	page.locator(".modal.show").get_by_role("button", name="Tetap Simpan").click()
	page.wait_for_url(lambda alamat: "/new" not in alamat)
	frappe.db.rollback()
	assert frappe.db.exists("Data Pribadi", {"nik": nik})
