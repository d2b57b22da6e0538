"""Nothing typed on the phone is lost, and nothing is sent unasked: no room, other drafts, files, deleted documents."""

import io
import re

import frappe
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.pertanggungjawaban import hitung_realisasi
from kampung_bahagia.tata_kelola.formulir import BERKAS_TERBANYAK, BERKAS_TERBESAR
from kampung_bahagia.tata_kelola.jembatan import desimal
from kampung_bahagia.tests import pabrik
from tests.peramban.conftest import potret
from tests.peramban.formulir import (
	BASIS,
	KIRIM,
	isi_gudang,
	isi_kegiatan,
	kolom,
	lanjut,
	pilih,
	tersimpan,
	tunggu_gudang,
)

TANPA_BASIS = "Object.defineProperty(window, 'indexedDB', { value: undefined })"
DITAHAN = "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
PENUH = """() => {
	const put = IDBObjectStore.prototype.put;
	IDBObjectStore.prototype.put = function (...isi) {
		if (window.penuh && this.name === "draf") throw new DOMException("", "QuotaExceededError");
		return put.apply(this, isi);
	};
	window.penuh = true;
}"""
# as on a slow phone: a photo, or the position, comes when the test says so
LAMBAT = """
	const asli = window.createImageBitmap;
	window.createImageBitmap = (berkas) => {
		window.disiapkan = (window.disiapkan || 0) + 1;
		return new Promise((selesai) => (window.selesaikan = selesai)).then(() => asli(berkas));
	};
	Geolocation.prototype.getCurrentPosition = (terima) => {
		window.temukan = () => terima({ coords: { latitude: -1.61, longitude: 103.61 } });
	};
"""
PDF = (
	b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"
)


def jawab(page: Page, setuju: bool) -> list[str]:
	"""Answer each question of the page so; what it asked."""
	tanya = []

	def dijawab(dialog) -> None:
		tanya.append(dialog.message)
		dialog.accept() if setuju else dialog.dismiss()

	page.once("dialog", dijawab)
	return tanya


def akan_ditahan(page: Page) -> bool:
	return page.evaluate(DITAHAN)


def buka_meja(page: Page) -> None:
	"""The desk, with all that its first page asks for: an answer still on its way would sign in again."""
	page.goto("/app")
	page.wait_for_url("**/app/ketua-rt")
	page.locator(".shortcut-widget-box").first.wait_for()
	page.wait_for_load_state("networkidle")


def foto(nama: str = "foto.jpg") -> dict:
	isi = io.BytesIO()
	Image.new("RGB", (40, 30), "green").save(isi, "JPEG")
	return {"name": nama, "mimeType": "image/jpeg", "buffer": isi.getvalue()}


def test_a_browser_that_keeps_nothing_says_so_and_still_sends(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.add_init_script(TANPA_BASIS)
	page.goto("/ketua-rt/kegiatan")
	expect(page.get_by_role("alert").first).to_contain_text("mode penyamaran")
	assert not akan_ditahan(page)
	isi_kegiatan(page, usulan)
	potret(page, "hp-tanpa-simpanan")
	page.wait_for_function(DITAHAN)
	page.context.set_offline(True)  # a route would not hold what goes through the service worker
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
	expect(page.get_by_text("Isian hanya ada di halaman ini").first).to_be_visible()
	page.context.set_offline(False)
	expect(page.get_by_text("Rp 231.600")).to_be_visible()
	assert len(tersimpan(usulan)) == 1
	assert not akan_ditahan(page)


def test_a_full_phone_says_so_and_keeps_again_when_there_is_room(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	lanjut(page)
	page.evaluate(PENUH)
	kolom(page, "lokasi").fill("Lorong Melati")
	expect(page.get_by_role("alert").first).to_contain_text("Penyimpanan HP penuh")
	potret(page, "hp-penuh")
	assert akan_ditahan(page)
	page.evaluate("window.penuh = false")
	kolom(page, "tanggal_mulai").fill("2027-01-31")
	expect(page.get_by_text("Penyimpanan HP penuh")).to_have_count(0)
	assert not akan_ditahan(page)
	page.reload()
	expect(kolom(page, "lokasi")).to_have_value("Lorong Melati")


def test_a_connection_that_the_phone_closed_is_opened_again(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	lanjut(page)
	page.evaluate(
		"(nama) => new Promise((selesai) => (indexedDB.deleteDatabase(nama).onsuccess = selesai)).then(() => true)",
		BASIS,
	)
	kolom(page, "lokasi").fill("Lorong Melati")
	tunggu_gudang(page, lambda isi: isi.get("lokasi") == "Lorong Melati")
	assert len(isi_gudang(page)) == 1
	expect(page.get_by_text("Peramban ini tidak dapat menyimpan")).to_have_count(0)


def test_a_step_taken_just_before_the_page_was_left_is_kept(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	for _ in range(4):  # a write that the page does not wait for was lost about once in four
		lanjut(page)
		page.reload()
		expect(kolom(page, "lokasi")).to_be_visible()
		page.get_by_role("button", name="Kembali").click()
		page.reload()
		expect(kolom(page, "lokasi")).to_have_count(0)
		expect(page.get_by_role("button", name="Lanjut")).to_be_visible()


def test_half_an_answer_does_not_replace_the_list_that_the_phone_keeps(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	tunggu_gudang(page, lambda isi: isi.get("usulan") == usulan)
	# the network is cut while the list comes again
	page.route(
		"**/*usulan_tersedia*", lambda route: route.fulfill(content_type="application/json", body='{"mes')
	)
	page.reload()
	terpilih = f'[data-kolom="usulan"] :is(option, input)[value="{usulan}"]:checked'
	expect(page.locator(terpilih)).to_have_count(1)
	page.context.set_offline(True)
	page.goto("/ketua-rt/kegiatan")
	expect(page.locator(terpilih)).to_have_count(1)


def test_what_a_hotspot_answered_is_not_taken_for_sent(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.route(KIRIM, lambda route: route.fulfill(content_type="text/html", body="<h1>Masuk WiFi</h1>"))
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("menunggu jaringan").first).to_be_visible()
	assert [d["keadaan"] for d in isi_gudang(page)] == ["antre"]
	page.unroute(KIRIM)
	page.get_by_role("button", name="Kirim sekarang").click()
	expect(page.get_by_text("Tambah Peserta")).to_be_visible()
	assert len(tersimpan(usulan)) == 1 and isi_gudang(page) == []


def test_the_browser_is_asked_once_to_hold_on_to_drafts(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.add_init_script(
		"StorageManager.prototype.persist = async () => { localStorage.tanya = (localStorage.tanya || '') + 'x'; }"
	)
	page.goto("/ketua-rt/kegiatan")
	assert page.evaluate("localStorage.tanya") is None
	pilih(page, "usulan", usulan)
	lanjut(page)
	page.reload()
	kolom(page, "lokasi").fill("Lorong Melati")
	tunggu_gudang(page, lambda isi: isi.get("lokasi") == "Lorong Melati")
	assert page.evaluate("localStorage.tanya") == "x"


def test_another_meeting_takes_nothing_from_the_first(halaman, pejabat, berkas):
	satu = berkas(pabrik.musyawarah, usulan=0, hadir=0)
	dua = berkas(pabrik.musyawarah, usulan=0, hadir=0, jenis="Kesiapan")
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/musyawarah")
	pilih(page, "musyawarah", satu.name)
	for _ in range(3):
		lanjut(page)
	kolom(page, "pimpinan").fill("Pak RT")
	for _ in range(3):
		page.get_by_role("button", name="Kembali").click()
	tanya = jawab(page, setuju=False)
	pilih_tanpa_tunggu(page, dua.name)
	expect(page.locator(f'[data-kolom="musyawarah"] :is(option, input)[value="{satu.name}"]')).to_have_count(
		1
	)
	assert "tetap tersimpan sebagai draf" in tanya[0] and "Kesiapan" in tanya[0]
	assert terpilih(page) == satu.name
	jawab(page, setuju=True)
	pilih_tanpa_tunggu(page, dua.name)
	for _ in range(2):
		lanjut(page)
	expect(kolom(page, "pimpinan")).to_have_value("")
	kolom(page, "pimpinan").fill("Bu Sri")
	for _ in range(2):
		page.get_by_role("button", name="Kembali").click()
	tanya = jawab(page, setuju=True)
	pilih_tanpa_tunggu(page, satu.name)  # its draft is opened, not a second one begun
	expect(page.get_by_text("dilanjutkan")).to_be_visible()
	assert "sudah ada draf" in tanya[0]
	assert {d["isi"]["musyawarah"]: d["isi"]["pimpinan"] for d in isi_gudang(page)} == {
		satu.name: "Pak RT",
		dua.name: "Bu Sri",
	}


def pilih_tanpa_tunggu(page: Page, nilai: str) -> None:
	"""A choice that a question may take back."""
	kendali = page.locator('[data-kolom="musyawarah"]').locator(f'input[value="{nilai}"], select').first
	if kendali.evaluate("(e) => e.tagName") == "SELECT":
		kendali.select_option(nilai)
	else:
		kendali.click()


def terpilih(page: Page) -> str:
	return page.evaluate(
		"""() => document.querySelector('[data-kolom="musyawarah"] :is(input:checked, select)').value"""
	)


def test_an_empty_form_beside_a_draft_or_instead_of_it(halaman, pejabat, berkas):
	m = berkas(pabrik.musyawarah, usulan=0, hadir=0)
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/musyawarah")
	pilih(page, "musyawarah", m.name)
	tunggu_gudang(page, lambda isi: isi.get("musyawarah") == m.name)
	page.reload()
	expect(page.get_by_text("dilanjutkan")).to_be_visible()
	potret(page, "hp-draf-pokok")
	page.get_by_role("button", name="Isi baru").click()
	expect(page.get_by_text("dilanjutkan")).to_have_count(0)
	assert len(isi_gudang(page)) == 1
	# an invitation is about nothing that exists: an empty one replaces the draft, and only when told to
	page.goto("/ketua-rt/undangan")
	kolom(page, "acara").fill("Pembukaan")
	tunggu_gudang(page, lambda isi: isi.get("acara") == "Pembukaan")
	page.reload()
	jawab(page, setuju=False)
	page.get_by_role("button", name="Isi baru").click()
	expect(kolom(page, "acara")).to_have_value("Pembukaan")
	jawab(page, setuju=True)
	page.get_by_role("button", name="Isi baru").click()
	expect(kolom(page, "acara")).to_have_value("")
	assert [d["formulir"] for d in isi_gudang(page)] == ["catatan-musyawarah"]


def test_a_draft_about_what_is_gone_says_so(halaman, pejabat, berkas):
	m = berkas(pabrik.musyawarah, usulan=0, hadir=0)
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/musyawarah")
	pilih(page, "musyawarah", m.name)
	lanjut(page)
	tunggu_gudang(page, lambda isi: isi.get("musyawarah") == m.name)
	berkas(lambda _k: frappe.delete_doc("Musyawarah", m.name, force=True))
	page.reload()
	expect(page.locator('[data-kolom="musyawarah"] > .galat')).to_contain_text("tidak tersedia lagi")
	potret(page, "hp-pokok-hilang")
	lanjut(page)
	expect(page.get_by_text("Langkah 1 dari")).to_be_visible()
	assert len(isi_gudang(page)) == 1


def ke_foto(page: Page, usulan: str) -> None:
	isi_kegiatan(page, usulan)
	page.get_by_role("button", name="Kembali").click()


def test_photos_are_counted_before_they_are_sent(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	ke_foto(page, usulan)
	masukan = page.locator('[data-kolom="foto"] input')
	masukan.set_input_files([foto() for _ in range(BERKAS_TERBANYAK - 1)])
	expect(page.locator(".foto img")).to_have_count(BERKAS_TERBANYAK - 1)
	expect(page.get_by_text(f"19 dari paling banyak {BERKAS_TERBANYAK} foto.")).to_be_visible()
	masukan.set_input_files([foto() for _ in range(3)])
	expect(page.locator(".foto img")).to_have_count(BERKAS_TERBANYAK)
	expect(page.locator('[data-kolom="foto"] > .galat')).to_contain_text("2 tidak ditambahkan")
	potret(page, "hp-foto-terbanyak")
	lanjut(page)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Rp 231.600")).to_be_visible()
	(nama,) = tersimpan(usulan)
	assert frappe.db.count("Foto Kegiatan", {"parent": nama}) == BERKAS_TERBANYAK


def test_a_photo_that_takes_its_time_disturbs_nothing_typed_meanwhile(halaman, pejabat, berkas):
	m = berkas(pabrik.musyawarah, usulan=0, hadir=0)
	page = halaman("hp", pejabat.ketua)
	page.add_init_script(LAMBAT)
	page.goto("/ketua-rt/musyawarah")
	pilih(page, "musyawarah", m.name)
	lanjut(page)
	lanjut(page)
	tambah = page.get_by_role("button", name="Tambah usulan")
	tambah.click()
	kolom(page, "usulan.0.judul").fill("Lampu jalan lorong")
	page.locator('[data-kolom="usulan.0.foto"] input').set_input_files(foto())
	tambah.click()
	page.locator('[data-kolom="usulan.1.foto"] input').set_input_files(foto("kedua.jpg"))
	judul = kolom(page, "usulan.1.judul")
	judul.press_sequentially("Drinase")
	for _ in range(5):
		judul.press("ArrowLeft")
	page.evaluate("window.selesaikan()")  # of the row that was drawn anew meanwhile
	expect(page.locator('[data-baris="0"] .foto img')).to_be_visible()
	page.keyboard.type("a")
	expect(judul).to_have_value("Drainase")
	kotak = judul.element_handle()
	page.wait_for_function("window.disiapkan === 2")
	page.evaluate("window.selesaikan()")
	expect(page.locator('[data-baris="1"] .foto img')).to_be_visible()
	assert kotak.evaluate("(e) => e.isConnected && e === document.activeElement")
	judul_kedua = ["Lampu jalan lorong", "Drainase"]
	tunggu_gudang(page, lambda isi: [u.get("judul") for u in isi["usulan"]] == judul_kedua)


def test_the_next_step_waits_for_the_photo_that_is_made_ready(halaman, pejabat, berkas):
	keg = berkas(pabrik.kegiatan_berjalan)
	page = halaman("hp", pejabat.ketua)
	page.add_init_script(LAMBAT)
	page.goto("/ketua-rt/kemajuan")
	pilih(page, "kegiatan", keg.name)
	kolom(page, "persen").fill("40")
	lanjut(page)
	page.locator('[data-kolom="foto"] input').set_input_files(foto())
	expect(page.get_by_text("Menyiapkan…")).to_be_visible()
	lanjut(page)
	page.wait_for_timeout(300)
	expect(page.locator('[data-kolom="foto"]')).to_be_visible()
	page.evaluate("window.selesaikan()")
	expect(page.get_by_role("button", name="Kirim Kemajuan")).to_be_visible()
	expect(page.locator("img.foto-kecil")).to_be_visible()


def test_a_position_found_late_does_not_draw_another_step_anew(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.add_init_script(LAMBAT)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	lanjut(page)
	page.get_by_role("button", name="Pakai lokasi saya").click()
	kolom(page, "lokasi").fill("Lorong Melati")
	kolom(page, "tanggal_mulai").fill("2027-01-31")
	kolom(page, "tanggal_selesai").fill("2027-03-01")
	lanjut(page)
	kotak = kolom(page, "rab.0.uraian").element_handle()
	page.evaluate("window.temukan()")
	assert kotak.evaluate("(e) => e.isConnected")
	page.get_by_role("button", name="Kembali").click()
	expect(page.get_by_text("-1.61000, 103.61000")).to_be_visible()


@pytest.mark.parametrize(
	("nama", "isi", "kata"),
	[
		("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"x" * 99, "HEIC tidak terbaca"),
		("rusak.jpg", b"\xff\xd8\xff" + b"x" * 99, "rusak"),
		("kosong.jpg", b"", "kosong"),
		("surat.pdf", PDF, "bukan PDF"),
	],
)
def test_a_file_that_is_no_photo_is_refused_beside_its_field(halaman, pejabat, usulan, nama, isi, kata):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	ke_foto(page, usulan)
	page.locator('[data-kolom="foto"] input').set_input_files(
		[{"name": nama, "mimeType": "", "buffer": isi}, foto()]
	)
	galat = page.locator('[data-kolom="foto"] > .galat')
	expect(galat).to_contain_text(nama)
	expect(galat).to_contain_text(kata)
	expect(page.locator(".foto img")).to_have_count(1)  # the other one came


def test_the_account_takes_receipts_as_pdf_and_counts_swadaya_first(halaman, pejabat, berkas):
	keg = berkas(pabrik.kegiatan_berjalan, swadaya=6_500_000)
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/lpj")
	pilih(page, "kegiatan", keg.name)
	lanjut(page)
	kolom(page, "realisasi.0.realisasi").fill("80.000.000")
	expect(page.get_by_text("sisa dana program Rp 16.500.000")).to_be_visible()
	bukti = page.locator('[data-kolom="realisasi.0.bukti"]')
	bukti.locator("input").set_input_files(
		{"name": "besar.pdf", "mimeType": "application/pdf", "buffer": PDF.ljust(BERKAS_TERBESAR + 1)}
	)
	expect(bukti.locator(".galat")).to_contain_text("paling besar 3 MB")
	bukti.locator("input").set_input_files(
		{"name": "rusak.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
	)
	expect(bukti.locator(".galat")).to_contain_text("rusak")
	bukti.locator("input").set_input_files(
		{"name": "kuitansi semen.pdf", "mimeType": "application/pdf", "buffer": PDF}
	)
	expect(bukti.get_by_text("kuitansi semen.pdf")).to_be_visible()
	potret(page, "hp-lpj-2")
	tunggu_gudang(page, lambda isi: "bukti" in isi["realisasi"][0])
	page.reload()  # the PDF is part of the draft
	expect(bukti.get_by_text("kuitansi semen.pdf")).to_be_visible()
	lanjut(page)
	kolom(page, "uraian_pelaksanaan").fill("Dikerjakan bersama.")
	potret(page, "hp-lpj-3")
	lanjut(page)
	potret(page, "hp-lpj-periksa")
	page.get_by_role("button", name="Simpan LPJ").click()
	expect(page.get_by_role("button", name="Simpan LPJ")).to_have_count(0)
	expect(page.get_by_text("sisa dana program Rp 16.500.000")).to_be_visible()
	potret(page, "hp-lpj-terkirim")
	frappe.db.rollback()
	lpj = frappe.get_doc("LPJ Kegiatan", {"kegiatan": keg.name})
	assert lpj.sisa == 16_500_000
	bukti = lpj.realisasi[0].bukti
	assert bukti.endswith(".pdf") and frappe.db.exists(
		"File", {"file_url": bukti, "attached_to_name": lpj.name}
	)


@pytest.mark.parametrize(
	("baris", "swadaya"),
	[
		([(1000, 0)], 0),
		([(1000, 400), (500, 600)], 0),
		([(1000, 300)], 400),
		([(1000, 400)], 400),
		([(1000, 900), (500, 500)], 400),
		([(1000, 1000)], 1000),
	],
)
def test_the_phone_counts_the_remainder_as_the_server_does(halaman, pejabat, baris, swadaya):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt")
	rab = [{"anggaran": a, "realisasi": r} for a, r in baris]
	kata = page.evaluate(
		"""([rab, swadaya]) => import("/assets/kampung_bahagia/js/formulir/isi/lpj.mjs").then(({ default: m }) =>
			m.tabel.realisasi.jumlah(rab, { data: { kegiatan: [{ name: "K", swadaya }] }, isi: { kegiatan: "K" } }))""",
		[rab, swadaya],
	)
	sisa = hitung_realisasi([(desimal(a), desimal(r)) for a, r in baris], desimal(swadaya)).sisa
	assert format_rupiah(sisa).replace("Rp", "Rp\u00a0") in kata


def test_a_document_deleted_meanwhile_is_not_made_again_unasked(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	kunci = []

	def putus(route) -> None:
		kunci.append(re.search(r'name="kunci"\s+([0-9a-f-]{36})', route.request.post_data)[1])
		if len(kunci) > 1:
			route.continue_()
		else:
			assert route.fetch().ok
			route.abort("connectionreset")

	page.route(KIRIM, putus)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
	frappe.delete_doc("Kegiatan", tersimpan(usulan)[0], force=True)
	frappe.db.commit()
	expect(page.get_by_text("kemudian berkas itu dihapus")).to_be_visible()  # after the pause
	potret(page, "hp-dihapus")
	page.goto("/ketua-rt")
	expect(page.get_by_text("kemudian berkas itu dihapus")).to_be_visible()
	assert len(kunci) == 2 and tersimpan(usulan) == []
	page.get_by_role("link", name="Perbaiki").click()
	jawab(page, setuju=False)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	assert len(kunci) == 2
	tanya = jawab(page, setuju=True)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Rp 231.600")).to_be_visible()
	assert "berkas baru" in tanya[0]
	assert kunci[2] != kunci[1] and len(tersimpan(usulan)) == 1
	assert isi_gudang(page) == []


def test_the_desk_asks_before_it_signs_out_from_unsent_forms(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	tunggu_gudang(page, lambda isi: isi.get("usulan") == usulan)
	buka_meja(page)
	page.evaluate("() => { frappe.app.logout() }")
	expect(page.get_by_text("1 isian formulir ada di perangkat ini saja")).to_be_visible()
	page.wait_for_timeout(500)  # the dialog fades in
	potret(page, "hp-meja-keluar")
	page.locator(".modal.show .btn-modal-secondary").click()
	page.wait_for_timeout(500)
	assert len(isi_gudang(page)) == 1
	page.evaluate("() => { frappe.app.logout() }")
	page.locator(".modal.show").get_by_role("button", name="Tetap keluar").click()
	page.wait_for_url("**/login**")
	assert BASIS not in [b["name"] for b in page.evaluate("indexedDB.databases()")]


def test_the_desk_signs_out_at_once_when_everything_was_sent(halaman, pejabat):
	page = halaman("hp", pejabat.ketua)
	buka_meja(page)
	page.evaluate("() => { frappe.app.logout() }")
	page.wait_for_url("**/login**")
