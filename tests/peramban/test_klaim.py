"""A claim in a browser: its clocks, its papers, and what the family is told."""

import frappe
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from tests.peramban.conftest import potret


def _dengan_ktp(k, jenis):
	klaim = pabrik.klaim(k, pabrik.kegiatan_berjalan(k), jenis=jenis)
	with sebagai(k.ketua):
		ktp = next(d for d in klaim.dokumen if d.jenis_dokumen == "KTP Peserta")
		ktp.berkas = pabrik.lampiran(klaim, "ktp.pdf", k.ketua)
		return klaim.save()


def test_the_lurah_notes_stage_one_and_sends_a_paper_back(halaman, pejabat, berkas, lebar):
	klaim = berkas(_dengan_ktp, "JKK Perawatan")
	page = halaman(lebar, pejabat.lurah)
	page.goto(f"/app/klaim/{klaim.name}")
	jam = page.locator(".kb-jam")
	expect(jam).to_contain_text("47 jam")
	page.get_by_role("button", name="Catat Laporan Tahap").click()
	page.get_by_role("button", name="Catat", exact=True).click()
	expect(jam).to_contain_text("tepat waktu")
	expect(jam).to_contain_text("pengawas ketenagakerjaan: 47 jam")
	baris = page.locator(".kb-dokumen li").filter(has_text="KTP Peserta")
	baris.get_by_role("button", name="Tolak").click()
	dialog = page.locator(".modal.show")
	dialog.locator("textarea").fill("Foto buram.")
	potret(page, "klaim-tolak-dokumen")
	dialog.get_by_role("button", name="Tolak").click()
	expect(baris).to_contain_text("Ditolak: Foto buram.")
	potret(page, "klaim-lurah")
	page.get_by_role("button", name="Kabari Keluarga").click()
	expect(page.locator(".modal.show textarea")).to_be_visible()
	assert "KTP Peserta (ditolak: Foto buram.)" in page.locator(".modal.show textarea").input_value()


def test_the_ketua_rt_sees_who_inherits_and_what_to_expect(halaman, pejabat, berkas, lebar):
	klaim = berkas(_dengan_ktp, "JKM")
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/klaim/{klaim.name}")
	expect(page.locator(".kb-dokumen")).to_contain_text("Dibawa oleh Keluarga")
	expect(page.locator(".kb-jam")).not_to_contain_text("Tahap I")
	expect(page.locator('[data-fieldname="rincian_manfaat"]')).to_contain_text("20.000.000")
	potret(page, "klaim-jkm")


def test_the_ketua_rt_prints_a_paper_from_the_checklist(halaman, pejabat, berkas, lebar):
	klaim = berkas(_dengan_ktp, "JKK Perawatan")
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/klaim/{klaim.name}")
	cetak = page.locator(".kb-dokumen li").filter(has_text="Kronologi dengan Dua Saksi").get_by_role("link")
	expect(cetak).to_have_text("Cetak")
	cetak.scroll_into_view_if_needed()
	potret(page, "klaim-cetak")
	assert cetak.bounding_box()["height"] >= (44 if lebar == "hp" else 20)
	jawab = page.request.get(cetak.get_attribute("href"))
	assert jawab.headers["content-type"] == "application/pdf" and jawab.body().startswith(b"%PDF")
	frappe.db.rollback()
	catatan = {"pengguna": pejabat.ketua, "rujukan_nama": klaim.name, "jenis": "Diunduh"}
	assert frappe.db.count("Akses Data Pribadi", catatan) == 1
	assert page.locator(".kb-dokumen li").filter(has_text="KTP Peserta").get_by_text("Cetak").count() == 0
