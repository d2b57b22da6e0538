"""The journey's main screens, as each office sees them on a desktop and on a phone."""

import re

import frappe
import pytest
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah
from tests.peramban.conftest import isi_masuk, pilih_langkah, potret

RUANG = {
	"ketua": "Ketua RT",
	"pendamping": "Pendamping",
	"lurah": "Lurah",
	"dpmppa": "DPMPPA",
	"bpjs": "BPJS Ketenagakerjaan",
	"pengawas": "Pengawas",
	"admin": "Admin Kampung Bahagia",
}
BAHASA_ASING = re.compile(r"\b(Home|Welcome|Save|Submit|Cancel|Create|Edit|Search|Loading|Not Saved|Draft)\b")


def isi(doctype: str, nama: str, kolom: str):
	frappe.db.rollback()  # a new snapshot, after the server's commit
	return frappe.db.get_value(doctype, nama, kolom)


def test_signing_in_leads_to_ones_own_desk(halaman, pejabat, lebar):
	page = halaman(lebar)
	page.goto("/login")
	expect(page.locator(".page-card-head").first).to_contain_text("Kampung Bahagia")
	isi_masuk(page, pejabat.lurah, "salah")
	expect(page.locator(".form-login .btn-login")).not_to_have_text(re.compile("Verifying|Invalid"))
	potret(page, "masuk-gagal")
	isi_masuk(page, pejabat.lurah)
	page.wait_for_url("**/app/lurah")
	expect(page.get_by_text("Menunggu Anda")).to_be_visible()


@pytest.mark.parametrize("jabatan", RUANG)
def test_each_office_has_its_desk_and_no_other(halaman, pejabat, jabatan, lebar):
	page = halaman(lebar, getattr(pejabat, jabatan))
	page.goto("/app")
	page.locator(".codex-editor .ce-block").first.wait_for()
	expect(page.locator(".page-title .title-text").first).to_have_text(RUANG[jabatan])
	page.wait_for_timeout(1500)  # number cards fill in
	potret(page, f"ruang-{jabatan}")
	lain = [
		n.strip()
		for n in page.locator(".desk-sidebar .sidebar-item-label").all_inner_texts()
		if n.strip() and n.strip() != RUANG[jabatan]
	]
	assert not lain
	teks = page.locator(".layout-main-section").inner_text()
	assert not BAHASA_ASING.search(teks), BAHASA_ASING.findall(teks)


def test_the_desk_begins_with_what_waits_and_how_long_there_is_time(halaman, pejabat, berkas, lebar):
	klaim = berkas(lambda k: pabrik.klaim(k, pabrik.kegiatan_berjalan(k)))
	page = halaman(lebar, pejabat.lurah)
	page.goto("/app/lurah")
	baris = page.locator(".antrian li", has=page.locator(f'a[href="/app/klaim/{klaim.name}"]'))
	expect(baris).to_contain_text("Klaim perlu diverifikasi")
	expect(baris).to_contain_text("47 jam lagi")
	potret(page, "antrian")
	page.evaluate("window.meja_yang_sama = true")
	baris.locator("a").click()
	page.wait_for_url(f"**/app/klaim/{klaim.name}")
	assert page.evaluate("window.meja_yang_sama")  # the desk was not loaded anew
	page.goto("/app/query-report/Antrian Saya")
	expect(page.get_by_text("47 jam lagi").first).to_be_visible()
	potret(page, "antrian-laporan")


def test_a_lurah_returns_a_file_with_a_reason(halaman, pejabat, berkas, lebar):
	keg = berkas(lambda k: langkah(pabrik.kegiatan(k), k.ketua, "Ajukan"))
	page = halaman(lebar, pejabat.lurah)
	page.goto(f"/app/kegiatan/{keg.name}")
	page.locator(".form-layout").wait_for()
	expect(page.get_by_text("Diajukan").first).to_be_visible()
	page.wait_for_timeout(1000)
	potret(page, "lurah-kegiatan")
	pilih_langkah(page, "Kembalikan")
	dialog = page.locator(".modal.show")
	dialog.locator("textarea").fill("RAB belum memuat upah.")
	potret(page, "lurah-alasan")
	dialog.locator(".btn-primary:visible").click()
	expect(page.locator(".page-head .indicator-pill").first).to_have_text(re.compile("Dikembalikan"))
	assert isi("Kegiatan", keg.name, "alasan") == "RAB belum memuat upah."


def test_starting_without_cover_says_what_is_missing(halaman, pejabat, berkas, lebar):
	def tanpa_sk(k):
		doc = pabrik.kegiatan_disetujui(k)
		pabrik.bersertifikat(k, pabrik.pendaftaran(k, doc))
		return doc

	keg = berkas(tanpa_sk)
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/kegiatan/{keg.name}")
	page.locator(".form-layout").wait_for()
	pilih_langkah(page, "Mulai")
	expect(page.locator(".modal.show")).to_contain_text("SK Ketua RT belum ditetapkan")
	potret(page, "mulai-ditolak")
	assert isi("Kegiatan", keg.name, "status") == "Terlindungi"


@pytest.mark.parametrize(
	("jabatan", "doctype"),
	[
		("ketua", "warga"),
		("lurah", "kegiatan"),
		("dpmppa", "pendaftaran-bpjs"),
		("bpjs", "peserta"),
		("pengawas", "klaim"),
	],
)
def test_lists_open_for_the_offices_that_work_with_them(halaman, pejabat, jabatan, doctype, lebar):
	page = halaman(lebar, getattr(pejabat, jabatan))
	page.goto(f"/app/{doctype}")
	page.locator(
		".frappe-list :is(.result, .no-result):visible"
	).first.wait_for()  # rows, or that there are none
	page.wait_for_timeout(800)
	potret(page, f"daftar-{doctype}")
	assert page.locator(".modal.show").count() == 0


def test_a_table_of_a_form_stands_on_the_phone_whole_and_is_filled_in_there(halaman, pejabat, berkas):
	doc = berkas(pabrik.kegiatan)
	page = halaman("hp", pejabat.ketua)
	page.goto(f"/app/kegiatan/{doc.name}")
	tabel = page.locator(".frappe-control[data-fieldname=rab] .form-grid")
	baris = tabel.locator(".rows .grid-row").first
	for kolom in ("uraian", "volume", "jumlah"):
		sel = baris.locator(f"[data-fieldname={kolom}]").first
		sel.scroll_into_view_if_needed()
		kotak = sel.bounding_box()
		assert kotak["x"] >= 0 and kotak["x"] + kotak["width"] <= 360, kolom
	baris.locator("[data-fieldname=volume]").first.click()
	isian = baris.locator("input[data-fieldname=volume]")
	isian.fill("12")
	isian.press("Tab")
	expect(baris.locator("[data-fieldname=volume]").first).to_contain_text("12")
	potret(page, "tabel-rab")


def test_a_template_with_loops_compiles_whatever_chance_names_its_variables(halaman, pejabat):
	page = halaman("meja", pejabat.lurah)
	page.goto("/app")
	page.wait_for_function("() => Boolean(window.frappe?.render)")
	teks = page.evaluate(
		"""() => {
			frappe.utils.get_random = () => "new";
			const templat = "{% for a in luar %}{% for b in dalam %}{{ a + b }} {% endfor %}{% endfor %}";
			return frappe.render(templat, { luar: ["1", "2"], dalam: ["x", "y"] }, "uji");
		}"""
	)
	assert teks.split() == ["1x", "1y", "2x", "2y"]


def test_the_claim_shows_its_clock_and_reasons(halaman, pejabat, berkas, lebar):
	klaim = berkas(lambda k: pabrik.klaim(k, pabrik.kegiatan_berjalan(k)))
	page = halaman(lebar, pejabat.lurah)
	page.goto(f"/app/klaim/{klaim.name}")
	page.locator(".form-layout").wait_for()
	expect(page.get_by_text("Terlindungi").first).to_be_visible()
	expect(page.locator(".kb-jam")).to_contain_text(
		re.compile(r"Laporan Tahap I ke BPJS: \d+ jam \d+ menit lagi")
	)
	page.wait_for_load_state("networkidle")  # the form draws itself a second time
	page.locator(".kb-klaim summary").get_by_text("syarat terpenuhi").click()
	expect(page.locator(".kb-klaim").get_by_text("Nama disebut dalam SK")).to_be_visible()
	potret(page, "klaim")
