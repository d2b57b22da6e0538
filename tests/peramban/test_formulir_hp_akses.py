"""Each screen of the phone forms and the attendance page, for one thumb and for a screen reader."""

import frappe
import pytest
from playwright.sync_api import Locator, Page, expect

from kampung_bahagia.perencanaan import hadir
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from tests.peramban.akses import pelanggaran, periksa_layar
from tests.peramban.conftest import potret
from tests.peramban.formulir import lanjut, tunggu_gudang

TULISAN = {"decimal": "1", "numeric": "1"}


@pytest.fixture
def isi_rt(berkas) -> None:
	"""Something to choose on each of the forms."""
	berkas(pabrik.musyawarah_sah)
	berkas(pabrik.musyawarah, hadir=2)
	berkas(pabrik.kegiatan_berjalan)


def jawab(isian: Locator, foto) -> None:
	"""Any answer that the field takes, unless it has one."""
	if (radio := isian.locator("input[type=radio]")).count():
		if not isian.locator("input:checked").count():
			radio.first.check()
	elif (pilihan := isian.locator("select")).count():
		if not pilihan.first.input_value():
			pilihan.first.select_option(index=1)
	elif (berkas := isian.locator("input[type=file]")).count():
		berkas.first.set_input_files(foto)
		expect(isian.locator(".foto img").first).to_be_visible()
	elif (kotak := isian.locator("input:not([type=checkbox]), textarea")).count():
		satu = kotak.first
		if satu.input_value():
			return
		hari = f"{frappe.utils.now_datetime():%Y-%m-%d}"
		jenis = satu.get_attribute("type")
		contoh = {"date": hari, "datetime-local": f"{hari}T00:01", "tel": "081234567890"}.get(jenis)
		satu.fill(contoh or TULISAN.get(satu.get_attribute("inputmode"), "Lorong Melati"))


def jawab_semua(page: Page, foto) -> None:
	"""Every question of the screen, also those that an answer brings forth, innermost first."""
	for _ in range(2):
		isian = page.locator('.isian:not([data-kolom="hadirin"], :has(.isian))')
		for nomor in range(isian.count()):
			jawab(isian.nth(nomor), foto)


@pytest.mark.parametrize("form", ["undangan", "musyawarah", "kegiatan", "kemajuan", "lpj", "kecelakaan"])
def test_every_screen_of_a_form_serves_thumb_and_screen_reader(halaman, pejabat, isi_rt, foto, form):
	page = halaman("hp", pejabat.ketua)
	page.goto(f"/ketua-rt/{form}")
	judul = page.locator("main h2")
	judul.wait_for()
	for langkah in range(1, 9):
		if judul.inner_text() == "Periksa sebelum dikirim":
			break
		nomor = page.locator(".kemajuan p")
		lama = nomor.inner_text()
		lanjut(page)
		page.wait_for_function(
			"(lama) => document.querySelector('.bergalat') || document.querySelector('.kemajuan p')?.innerText !== lama",
			arg=lama,
		)
		if nomor.inner_text() != lama:  # no answer is needed here
			page.get_by_role("button", name="Kembali").click()
			expect(nomor).to_have_text(lama)
		periksa_layar(page)  # with its errors, when it has any
		jawab_semua(page, foto)
		periksa_layar(page)
		potret(page, f"hp-langkah-{form}-{langkah}")
		lanjut(page)
		expect(nomor).not_to_have_text(lama)
	expect(judul).to_have_text("Periksa sebelum dikirim")
	periksa_layar(page)


def test_the_start_page_serves_thumb_and_screen_reader(halaman, pejabat, isi_rt):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/undangan")
	page.locator("textarea").fill("Pembukaan")
	tunggu_gudang(page, lambda isi: isi.get("acara") == "Pembukaan")
	page.goto("/ketua-rt")
	page.get_by_role("link", name="Lanjutkan").wait_for()
	periksa_layar(page)


def test_the_attendance_page_serves_a_screen_reader(halaman, pejabat, berkas):
	m = berkas(pabrik.musyawarah, hadir=1)

	def buka(k):
		with sebagai(k.ketua):
			return hadir.buka(m.name)["alamat"]

	page = halaman("hp")
	page.goto("/" + berkas(buka).split("/", 3)[3])
	assert not pelanggaran(page)
	page.get_by_label("NIK").fill("1571011708809999")
	page.get_by_role("button", name="Saya hadir").click()
	expect(page.get_by_role("alert")).to_be_visible()
	assert not pelanggaran(page)
	page.goto("/hadir?t=tidak-ada")
	assert not pelanggaran(page)
