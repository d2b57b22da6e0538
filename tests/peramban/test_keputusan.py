"""Deciding on many files at once, and reading afterwards who decided what."""

import frappe
import pytest
from playwright.sync_api import expect

from kampung_bahagia.izin import massal
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah
from tests.peramban.conftest import potret


@pytest.fixture(scope="module")
def diajukan(pejabat):
	"""Two kegiatan that wait for the lurah, one of them then sent back."""
	frappe.db.rollback()
	dua = [langkah(pabrik.kegiatan(pejabat), pejabat.ketua, "Ajukan").name for _ in range(2)]
	frappe.db.commit()
	return dua


def test_a_lurah_decides_on_many_files_from_the_list(halaman, pejabat, diajukan):
	page = halaman("meja", pejabat.lurah)
	page.goto("/app/kegiatan?status=Diajukan")
	for nama in diajukan:
		page.locator(f'.list-row-checkbox[data-name="{nama}"]').check()
	page.locator(".actions-btn-group button").click()
	page.locator(".actions-btn-group").get_by_text("Verifikasi", exact=True).click()
	expect(page.locator(".modal.show")).to_contain_text("Verifikasi untuk 2 berkas terpilih?")
	page.locator(".modal.show .btn-primary").click()
	page.wait_for_url("**/app/keputusan-massal/*")
	expect(page.locator(".form-message")).to_contain_text("Sedang diproses")

	# another official was faster with the second one
	frappe.db.rollback()
	langkah(frappe.get_doc("Kegiatan", diajukan[1]), pejabat.lurah, "Kembalikan", alasan="RAB belum lengkap")
	massal.kerjakan(page.url.rsplit("/", 1)[1])
	expect(page.locator(".form-message")).to_contain_text("2 berkas selesai: 1 berhasil, 1 ditolak.")
	baris = page.locator(".kb-hasil li")
	expect(baris.first).to_contain_text(diajukan[1])
	expect(baris.first).to_contain_text("Berkas berstatus Dikembalikan: Verifikasi tidak tersedia")
	expect(baris.last).to_contain_text("Berhasil")
	for lebar in ("meja", "hp"):
		halaman_lain = halaman(lebar, pejabat.lurah)
		halaman_lain.goto(page.url)
		expect(halaman_lain.locator(".kb-hasil li")).to_have_count(2)
		potret(halaman_lain, "keputusan-massal")


def test_the_timeline_tells_each_step_once_and_in_words(halaman, pejabat, diajukan, lebar):
	frappe.db.rollback()
	if frappe.db.get_value("Kegiatan", diajukan[1], "status") == "Diajukan":
		langkah(
			frappe.get_doc("Kegiatan", diajukan[1]), pejabat.lurah, "Kembalikan", alasan="RAB belum lengkap"
		)
		frappe.db.commit()
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/kegiatan/{diajukan[1]}")
	butir = page.locator(".timeline-item").filter(has_text="(Lurah)")
	expect(butir).to_have_count(1)
	expect(butir).to_contain_text("Kembalikan oleh")
	expect(butir).to_contain_text("Diajukan → Dikembalikan")
	expect(butir).to_contain_text("Alasan: RAB belum lengkap")
	butir.scroll_into_view_if_needed()
	potret(page, "jejak")
