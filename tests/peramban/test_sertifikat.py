"""Installing a certificate, as the administrator does it."""

from __future__ import annotations

import frappe
import pytest
from playwright.sync_api import expect

from kampung_bahagia.tata_kelola.tanda_tangan import uji
from tests.peramban.conftest import potret

JENIS = "Sertifikat Elektronik"


@pytest.fixture
def kosong(pejabat):
	frappe.db.rollback()
	doc = frappe.get_doc({"doctype": JENIS, "nama": "Sertifikat Lurah", "pengguna": pejabat.lurah}).insert()
	frappe.db.commit()
	yield doc.name
	frappe.db.rollback()
	frappe.db.delete("__Auth", {"doctype": JENIS, "name": doc.name})
	frappe.db.delete(JENIS, {"name": doc.name})
	frappe.db.commit()


def test_an_administrator_installs_a_certificate_from_a_file(halaman, pejabat, kosong, lebar, tmp_path):
	buatan = uji.buat("Lurah Kenali Besar")
	berkas = tmp_path / "lurah.p12"
	berkas.write_bytes(buatan.isi)
	page = halaman(lebar, pejabat.admin)
	page.goto(f"/app/sertifikat-elektronik/{kosong}")
	expect(page.locator(".form-message")).to_contain_text("Pasang berkas PKCS#12")
	page.get_by_role("button", name="Pasang PKCS#12").click()
	dialog = page.locator(".modal.show").filter(has=page.locator("#kb-pkcs12"))
	dialog.get_by_label("Berkas .p12 atau .pfx").set_input_files(berkas)
	dialog.get_by_label("Sandi berkas").fill("salah")
	dialog.get_by_role("button", name="Pasang").click()
	pesan = page.locator(".modal.show").filter(has=page.locator(".msgprint"))
	expect(pesan).to_contain_text("Sandi sertifikat salah")
	potret(page, "sertifikat-sandi-salah")
	pesan.locator(".btn-modal-close").click()
	expect(pesan).to_be_hidden()
	dialog.get_by_label("Sandi berkas").fill(buatan.sandi)
	dialog.get_by_role("button", name="Pasang").click()
	expect(page.locator(".form-message:visible")).to_contain_text("tidak berkekuatan hukum")
	expect(page.locator('[data-fieldname="subjek"] .control-value')).to_contain_text("Lurah Kenali Besar")
	expect(page.get_by_role("button", name="Pasang PKCS#12")).to_have_count(0)
	page.reload()  # without the message that slides in
	expect(page.locator('[data-fieldname="subjek"] .control-value')).to_contain_text("Lurah Kenali Besar")
	potret(page, "sertifikat")
