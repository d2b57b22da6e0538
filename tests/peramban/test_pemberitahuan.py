"""A family tells of an accident without an account, and the Ketua RT takes it over on the phone."""

import frappe
from frappe.utils import add_to_date, now_datetime
from playwright.sync_api import expect

from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.klaim import pemberitahuan
from kampung_bahagia.tests import pabrik
from tests.peramban.akses import pelanggaran
from tests.peramban.conftest import LEBAR, potret


def _isi(page, k, nama="Korban Peramban") -> None:
	waktu = add_to_date(now_datetime(), minutes=-5)
	page.get_by_label("Nama korban").fill(nama)
	page.get_by_label("Keadaan korban sekarang").select_option("Dirawat atau cedera")
	page.get_by_label("Kelurahan tempat tinggal korban").select_option(k.kelurahan)
	page.get_by_label("Tanggal kejadian").fill(f"{waktu:%Y-%m-%d}")
	page.get_by_label("Jam kejadian").fill(f"{waktu:%H:%M}")
	page.get_by_label("Tempat kejadian").fill("Gang Melati")
	page.get_by_label("Bagaimana terjadinya").fill("Terpeleset saat mengangkat semen.")
	page.get_by_label("Nama Anda").fill("Istri Korban")
	page.get_by_label("Nomor HP Anda").fill("12")
	page.get_by_label("Anda adalah").select_option("Keluarga")


def _lapor(page, k, foto, nama: str) -> None:
	page.goto("/lapor-kecelakaan")
	assert not (salah := pelanggaran(page)), salah
	_isi(page, k)
	page.get_by_role("button", name="Kirim pemberitahuan").click()
	expect(page.get_by_role("alert")).to_contain_text("Perbaiki bagian")
	expect(page.get_by_label("Nama korban")).to_have_value("Korban Peramban")
	expect(page.get_by_label("Kelurahan tempat tinggal korban")).to_have_value(k.kelurahan)
	assert not (salah := pelanggaran(page)), salah
	potret(page, f"lapor-kecelakaan-{nama}-salah")
	page.get_by_label("Nomor HP Anda").fill(f"0812{int(now_datetime().timestamp() * 10) % 10**8:08}")
	page.get_by_label("Foto").set_input_files(foto)
	page.get_by_role("button", name="Kirim pemberitahuan").click()
	expect(page.locator(".tiket")).to_be_visible()
	assert not (salah := pelanggaran(page)), salah
	potret(page, f"lapor-kecelakaan-{nama}-tiket")
	page.get_by_role("button", name="Lacak pemberitahuan").click()
	expect(page.get_by_role("status")).to_contain_text("sedang memeriksanya")
	assert not (salah := pelanggaran(page)), salah
	potret(page, f"lacak-{nama}")


def test_a_family_tells_of_an_accident_and_follows_it(halaman, pejabat, foto, lebar):
	_lapor(halaman(lebar), pejabat, foto, "skrip")


def test_it_works_without_javascript_too(browser, server, pejabat, foto):
	ctx = browser.new_context(
		base_url=server, viewport=LEBAR["hp"], java_script_enabled=False, locale="id-ID"
	)
	page = ctx.new_page()
	page.goto("/lapor-kecelakaan")
	_isi(page, pejabat)
	page.get_by_role("button", name="Kirim pemberitahuan").click()
	expect(page.get_by_label("Nama korban")).to_have_value("Korban Peramban")
	page.get_by_label("Nomor HP Anda").fill("081377001122")
	page.get_by_role("button", name="Kirim pemberitahuan").click()
	tiket = page.locator(".tiket").inner_text()
	page.goto("/lacak")
	page.get_by_label("Tiket").fill(tiket.lower())
	page.get_by_role("button", name="Lacak", exact=True).click()
	expect(page.get_by_role("status")).to_contain_text("sedang memeriksanya")
	ctx.close()


def _masuk(k):
	"""An open notice of somebody who works in a kegiatan of today, recognised by the number."""
	peserta = pabrik.data_klaim(pabrik.kegiatan_berjalan(k))["peserta"]
	warga = frappe.db.get_value("Peserta", peserta, "warga")
	data = pabrik.data_pemberitahuan(kelurahan=k.kelurahan, nik_korban=data_pribadi.milik(warga).nik)
	doc = frappe.get_doc(data)
	doc.flags.oleh_sistem = True
	doc.insert(ignore_permissions=True)
	pemberitahuan.kenali(doc.name)
	return doc


def test_the_ketua_rt_takes_it_over(halaman, pejabat, berkas, lebar):
	doc = berkas(_masuk)
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/pemberitahuan-kecelakaan/{doc.name}")
	expect(page.locator(".kb-pemberitahuan")).to_contain_text("47 jam")
	potret(page, "pemberitahuan")
	page.get_by_role("button", name="Jadikan Klaim").click()
	dialog = page.locator(".modal.show")
	expect(dialog.get_by_role("combobox").first).to_contain_text("Perbaikan Drainase")
	potret(page, "pemberitahuan-jadikan-klaim")
	dialog.get_by_role("button", name="Jadikan Klaim").click()
	page.wait_for_url("**/app/klaim/KLM-*")
	expect(page.locator(".kb-klaim:visible")).to_contain_text("Diberitahukan pertama kali")
	potret(page, "klaim-dari-pemberitahuan")
