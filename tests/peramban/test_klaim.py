"""A claim in a browser: its clocks, its papers, and what the family is told."""

import re

import frappe
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.peramban.conftest import pilih_langkah, potret


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


def _disetujui(k):
	klaim = pabrik.klaim(k, pabrik.kegiatan_berjalan(k), biaya_perawatan=1_000_000)
	klaim = pabrik.lengkapi_dokumen(klaim, k.ketua)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	return langkah(klaim, k.bpjs, "Setujui", nomor_klaim="K-1", nilai_disetujui=900_000)


def _dibayar_sebagian(k):
	klaim = _disetujui(k)
	with sebagai(k.bpjs):
		klaim.append("pembayaran", pabrik.pembayaran(k, klaim, 900_000, manfaat="Perawatan"))
		return klaim.save()


def _keadaan(page):
	return page.locator(".page-head .indicator-pill").first


def test_dpmppa_objects_to_the_sum_and_bpjs_decides_again(halaman, pejabat, berkas, lebar):
	klaim = berkas(_disetujui)
	page = halaman(lebar, pejabat.dpmppa)
	page.goto(f"/app/klaim/{klaim.name}")
	pilih_langkah(page, "Ajukan Keberatan")
	dialog = page.locator(".modal.show")
	expect(dialog).to_contain_text("Tulis apa yang kurang tepat")
	dialog.locator("textarea").fill("Biaya perawatan belum dihitung seluruhnya.")
	potret(page, "klaim-keberatan")
	dialog.locator(".btn-primary:visible").click()
	expect(_keadaan(page)).to_have_text(re.compile("Diajukan ke BPJS"))
	page = halaman(lebar, pejabat.bpjs)
	page.goto(f"/app/klaim/{klaim.name}")
	expect(page.locator('[data-fieldname="riwayat_pengajuan"]')).to_contain_text("belum dihitung seluruhnya")
	potret(page, "klaim-pengajuan-kedua")
	isian = page.locator('[data-fieldname="nilai_disetujui"] input:visible')
	isian.focus()
	page.wait_for_timeout(300)  # the framework selects the number a moment after the focus
	isian.fill("1000000")
	isian.press("Tab")
	page.keyboard.press("Control+s")
	expect(_keadaan(page)).to_have_text(re.compile("Diajukan ke BPJS"))
	pilih_langkah(page, "Setujui")
	expect(_keadaan(page)).to_have_text(re.compile("Disetujui BPJS"))


def test_bpjs_sees_its_payments_beside_the_estimate_and_ends_them(halaman, pejabat, berkas, lebar):
	klaim = berkas(_dibayar_sebagian)
	page = halaman(lebar, pejabat.bpjs)
	page.goto(f"/app/klaim/{klaim.name}")
	banding = page.locator(".kb-banding")
	expect(banding.get_by_role("row", name="Perawatan")).to_contain_text("100.000")
	banding.scroll_into_view_if_needed()
	potret(page, "klaim-pembayaran")
	pilih_langkah(page, "Bayar")
	expect(_keadaan(page)).to_have_text(re.compile("Dibayar"))
