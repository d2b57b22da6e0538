"""The page on which a kelurahan's offices are given and handed over, on a desktop and on a phone."""

import frappe
import pytest
from frappe.utils import nowdate
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from tests.peramban.conftest import potret


@pytest.fixture
def kosong(pejabat):
	"""An RT without anyone, committed for the server."""
	frappe.db.rollback()
	rt = pabrik.rt(pejabat.kelurahan)
	frappe.db.commit()
	return rt


def isi(dialog, kolom: str, nilai: str) -> None:
	"""Type and leave the field; the dialog redraws the others then."""
	input_ = dialog.locator(f'[data-fieldname="{kolom}"] input')
	input_.fill(nilai)
	input_.press("Tab")
	dialog.page.wait_for_timeout(700)


def test_dpmppa_fills_a_gap_hands_over_and_sees_who(halaman, pejabat, kosong, lebar):
	nomor = {"meja": "081234567001", "hp": "081234567002"}[lebar]
	page = halaman(lebar, pejabat.dpmppa)
	page.goto(f"/app/jabatan-kelurahan/{pejabat.kelurahan}")
	baris = page.locator(f'.kb-jabatan .baris[data-rt="{kosong.name}"]')
	expect(baris).to_be_visible()
	expect(baris).to_contain_text("Belum ada")
	page.wait_for_timeout(800)
	potret(page, "jabatan-kelurahan")

	baris.get_by_role("button", name="Tunjuk").first.click()
	dialog = page.locator(".modal-dialog:visible")
	dialog.get_by_label("Belum mempunyai akun").check()
	isi(dialog, "nama", "Rukmini")
	isi(dialog, "no_hp", nomor)
	isi(dialog, "dasar_hukum", "SK Lurah Nomor 7 Tahun 2026")
	potret(page, "jabatan-kelurahan-tunjuk")
	dialog.get_by_role("button", name="Tunjuk").click()
	expect(baris).to_contain_text("Rukmini")
	frappe.db.rollback()
	(p,) = frappe.get_all("Penugasan", {"rt": kosong.name}, ["pengguna", "mulai"], order_by="name")
	assert str(p.mulai) == nowdate()
	assert frappe.db.get_value("User", p.pengguna, "full_name") == "Rukmini"

	baris.locator("input[type=checkbox]").check()
	expect(page.get_by_role("button", name="Tunjuk Pendamping (1 RT)").first).to_be_visible()


def test_a_refusal_is_said_on_the_page(halaman, pejabat, lebar):
	page = halaman(lebar, pejabat.dpmppa)
	page.goto(f"/app/jabatan-kelurahan/{pejabat.kelurahan}")
	lurah = page.locator(".kb-jabatan .baris.lurah")
	lurah.get_by_role("button", name="Ganti").click()
	dialog = page.locator(".modal-dialog:visible")
	dialog.get_by_label("Belum mempunyai akun").check()
	isi(dialog, "nama", "Tanpa Nomor")
	isi(dialog, "dasar_hukum", "SK Wali Kota")
	dialog.get_by_role("button", name="Ganti").click()
	expect(page.locator(".msgprint")).to_contain_text("surel atau nomor HP")
	potret(page, "jabatan-kelurahan-ditolak")
	frappe.db.rollback()
	assert frappe.db.get_value("Penugasan", {"pengguna": pejabat.lurah}, "sampai") is None


def test_a_table_is_tried_on_the_form(halaman, pejabat, lebar):
	page = halaman(lebar, pejabat.dpmppa)
	page.goto("/app/impor-penugasan/new")
	expect(page.get_by_text("Berkas (XLSX atau CSV)").first).to_be_visible()
	page.wait_for_timeout(800)
	potret(page, "impor-penugasan")


def test_a_missing_nik_leads_to_where_it_is_recorded(halaman, pejabat, lebar):
	page = halaman(lebar, pejabat.dpmppa)
	page.goto(f"/app/jabatan-kelurahan/{pejabat.kelurahan}")
	tanda = page.locator(".kb-jabatan .baris.lurah .tanpa-nik")
	expect(tanda).to_have_text("NIK belum dicatat")
	page.wait_for_timeout(800)
	potret(page, "jabatan-kelurahan-nik")
	tanda.click()
	expect(page.locator('.form-layout [data-fieldname="nik"] input').first).to_be_visible()
