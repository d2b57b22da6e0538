"""The forms of a Ketua RT on a phone of 360 pixels: step by step, without network, sent once."""

import json
import re

import frappe
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from kampung_bahagia.tests import pabrik
from tests.peramban.conftest import SANDI, isi_masuk, potret
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


def akhiri_sesi(page: Page) -> None:
	"""Once the pages that the phone keeps have come: each answer brings the cookie and the session back."""
	page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
	page.wait_for_load_state("networkidle")
	sid = next(c for c in page.context.cookies() if c["name"] == "sid")
	frappe.db.rollback()
	frappe.db.delete("Sessions", {"sid": sid["value"]})
	frappe.db.commit()
	frappe.cache.hdel("session", sid["value"])
	page.context.add_cookies([{**sid, "value": "sudah-berakhir"}])


def masuk_lagi(page: Page, user: str) -> None:
	isi_masuk(page, user)
	page.wait_for_url("**/ketua-rt/kegiatan**")


def test_a_kegiatan_is_proposed_step_by_step(halaman, pejabat, usulan, lebar, foto):
	page = halaman(lebar, pejabat.ketua)
	page.context.grant_permissions(["geolocation"])
	page.context.set_geolocation({"latitude": -1.6101, "longitude": 103.6131})
	page.goto("/kegiatan-baru")  # as the address was before
	expect(page.get_by_text("Langkah 1 dari 5")).to_be_visible()
	lanjut(page)
	expect(page.locator('[data-kolom="usulan"] .galat')).to_contain_text("wajib diisi")
	pilih(page, "usulan", usulan)
	expect(page.locator('[data-kolom="usulan"] .galat')).to_have_text("")
	potret(page, "hp-kegiatan-1")
	lanjut(page)
	kolom(page, "lokasi").fill("Lorong Melati")
	kolom(page, "tanggal_mulai").fill("2027-01-31")
	kolom(page, "tanggal_selesai").fill("2027-01-01")
	lanjut(page)
	expect(page.locator('[data-kolom="tanggal_selesai"] .galat')).to_contain_text("tidak boleh mendahului")
	expect(page.locator('[data-kolom="tanggal_mulai"] .galat')).to_have_text("")
	potret(page, "hp-kegiatan-2-galat")
	kolom(page, "tanggal_selesai").fill("2027-03-01")
	page.get_by_role("button", name="Pakai lokasi saya").click()
	expect(page.get_by_text("-1.61010, 103.61310")).to_be_visible()
	lanjut(page)
	kolom(page, "rab.0.uraian").fill("Semen")
	kolom(page, "rab.0.jenis").select_option("Bahan")
	kolom(page, "rab.0.volume").fill("965")
	lanjut(page)
	expect(page.locator('[data-kolom="rab.0.satuan"] .galat')).to_contain_text("wajib diisi")
	kolom(page, "rab.0.satuan").fill("zak")
	kolom(page, "rab.0.harga_satuan").fill("100.000")
	kolom(page, "ppn").focus()
	expect(page.get_by_text("Jumlah: Rp 96.500.000")).to_be_visible()
	potret(page, "hp-kegiatan-3")
	lanjut(page)
	page.locator('[data-kolom="foto"] input').set_input_files([foto, foto])
	expect(page.locator(".foto img")).to_have_count(2)
	potret(page, "hp-kegiatan-foto")
	lanjut(page)
	expect(page.get_by_text("Periksa sebelum dikirim")).to_be_visible()
	expect(page.get_by_text("1 baris, Rp 96.500.000")).to_be_visible()
	potret(page, "hp-kegiatan-4")
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Rp 231.600")).to_be_visible()
	expect(page.get_by_text("Tambah Peserta")).to_be_visible()
	potret(page, "hp-kegiatan-terkirim")
	(nama,) = tersimpan(usulan)
	keg = frappe.get_doc("Kegiatan", nama)
	assert (keg.nilai_kegiatan, keg.lintang, keg.bujur) == (96_500_000, -1.6101, 103.6131)
	assert [f.tahap for f in keg.foto] == ["Sebelum", "Sebelum"]
	assert frappe.db.count("File", {"attached_to_name": nama, "is_private": 1})
	assert isi_gudang(page) == []


def test_an_accident_is_reported_with_a_photo_made_small(halaman, pejabat, berkas, tmp_path):
	keg = berkas(pabrik.kegiatan_berjalan)
	peserta = frappe.get_all("Peserta", {"kegiatan": keg.name}, pluck="name", order_by="name")[0]
	besar = tmp_path / "besar.png"
	Image.effect_noise((3000, 2000), 60).convert("RGB").save(besar)
	assert besar.stat().st_size > 3_000_000
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kecelakaan")
	pilih(page, "kegiatan", keg.name)
	pilih(page, "peserta", peserta)
	pilih(page, "jenis", "JKK Perawatan")
	potret(page, "hp-kecelakaan-1")
	lanjut(page)
	kolom(page, "waktu_kejadian").fill(f"{frappe.utils.now_datetime():%Y-%m-%dT%H:%M}")
	kolom(page, "tempat").fill("Lorong Melati")
	kolom(page, "kronologi").fill("Terpeleset saat mengangkat semen.")
	lanjut(page)
	page.locator('[data-kolom="foto"] input').set_input_files(besar)
	expect(page.locator(".foto img")).to_be_visible()
	potret(page, "hp-kecelakaan-3")
	tunggu_gudang(page, lambda isi: "foto" in isi)
	page.reload()  # the photo is part of the draft
	expect(page.locator(".foto img")).to_be_visible()
	lanjut(page)
	kolom(page, "hp_pelapor").fill("0812")
	lanjut(page)
	page.get_by_role("button", name="Kirim").click()
	# the server's own words, beside the field that they name
	expect(page.locator('[data-kolom="hp_pelapor"] .galat')).to_contain_text("omor")
	potret(page, "hp-kecelakaan-ditolak")
	kolom(page, "hp_pelapor").fill("0812 3456 7890")
	lanjut(page)
	page.get_by_role("button", name="Kirim").click()
	expect(page.get_by_text("Catat nomor ini")).to_be_visible()
	potret(page, "hp-kecelakaan-terkirim")
	frappe.db.rollback()
	klaim = frappe.get_last_doc("Klaim", {"kegiatan": keg.name}, order_by="creation desc")
	assert klaim.hp_pelapor == "+6281234567890"
	file = frappe.get_doc("File", {"file_url": klaim.foto, "attached_to_name": klaim.name})
	assert file.is_private and file.file_size <= 300_000
	with Image.open(file.get_full_path()) as gambar:
		assert gambar.format == "JPEG" and 960 <= max(gambar.size) <= 1280


def test_a_draft_outlives_a_reload_and_is_deleted_on_request(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	lanjut(page)
	kolom(page, "lokasi").fill("Lorong Kenanga")
	tunggu_gudang(page, lambda isi: isi.get("lokasi") == "Lorong Kenanga")
	page.reload()
	expect(page.get_by_text("Langkah 2 dari 5")).to_be_visible()
	expect(kolom(page, "lokasi")).to_have_value("Lorong Kenanga")
	expect(page.get_by_text("dilanjutkan")).to_be_visible()
	potret(page, "hp-draf")
	page.goto("/ketua-rt")
	expect(page.get_by_text("Draf di HP ini")).to_be_visible()
	potret(page, "hp-beranda")
	page.get_by_role("link", name="Lanjutkan").click()
	expect(kolom(page, "lokasi")).to_have_value("Lorong Kenanga")
	page.on("dialog", lambda d: d.accept())
	page.get_by_role("button", name="Hapus draf").click()
	expect(page.get_by_text("Langkah 1 dari 5")).to_be_visible()
	assert isi_gudang(page) == []
	assert tersimpan(usulan) == []


def test_without_network_it_waits_and_is_sent_by_itself(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.context.set_offline(True)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
	expect(page.get_by_text("Tidak ada jaringan")).to_be_visible()
	potret(page, "hp-menunggu")
	assert tersimpan(usulan) == []
	page.context.set_offline(False)
	expect(page.get_by_text("Rp 231.600")).to_be_visible()
	assert len(tersimpan(usulan)) == 1


def test_an_answer_that_got_lost_does_not_make_a_second_one(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	kunci = []

	def putus(route):
		kunci.append(re.search(r'name="kunci"\s+([0-9a-f-]{36})', route.request.post_data)[1])
		if len(kunci) > 1:
			route.continue_()
		else:
			assert route.fetch().ok  # the server has done its work
			route.abort("connectionreset")

	page.route(KIRIM, putus)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Rp 231.600")).to_be_visible()  # after the pause between two attempts
	assert len(kunci) == 2 and kunci[0] == kunci[1]
	assert len(tersimpan(usulan)) == 1


def test_what_waits_is_sent_at_the_next_opening(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.route(KIRIM, lambda route: route.abort())
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
	lain = page.context.new_page()
	page.close()
	lain.goto("/ketua-rt")
	expect(lain.get_by_text("Sudah terkirim")).to_be_visible()
	(nama,) = tersimpan(usulan)
	expect(lain.get_by_text(nama)).to_be_visible()
	expect(lain.get_by_text("Menunggu jaringan")).to_have_count(0)
	potret(lain, "hp-beranda-terkirim")


def test_a_session_that_ended_costs_nothing(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	akhiri_sesi(page)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Masuk lagi untuk mengirim")).to_be_visible()
	potret(page, "hp-masuk-lagi")
	page.get_by_role("link", name="Masuk", exact=True).click()
	masuk_lagi(page, pejabat.ketua)
	page.goto("/ketua-rt")
	expect(page.get_by_text("Sudah terkirim")).to_be_visible()
	assert len(tersimpan(usulan)) == 1


def test_a_session_that_ends_while_typing_costs_no_word(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	lanjut(page)
	akhiri_sesi(page)
	page.evaluate("document.cookie = 'user_id=Guest; path=/'")  # as the answer to a dead session sets it
	kolom(page, "lokasi").fill("Lorong Cempaka")
	expect(page.get_by_text("Sesi Anda sudah berakhir")).to_be_visible()
	potret(page, "hp-sesi-berakhir")
	page.goto("/login?redirect-to=/ketua-rt/kegiatan")
	masuk_lagi(page, pejabat.ketua)
	expect(kolom(page, "lokasi")).to_have_value("Lorong Cempaka")


def test_what_waits_is_told_on_every_form_and_sent_from_the_desk(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.route(KIRIM, lambda route: route.abort())
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
	page.goto("/ketua-rt/undangan")
	expect(page.get_by_text("1 isian lain menunggu dikirim")).to_be_visible()
	potret(page, "hp-isian-lain")
	page.unroute(KIRIM)
	with page.expect_response(KIRIM) as jawab:
		page.goto("/app")
	assert jawab.value.ok
	assert len(tersimpan(usulan)) == 1


def test_a_server_that_keeps_failing_is_not_called_missing_network(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.route(KIRIM, lambda route: route.fulfill(status=500, json={}))
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	for _ in range(4):
		with page.expect_response(KIRIM):
			page.get_by_role("button", name="Kirim sekarang").click()
	expect(page.get_by_text("Server bermasalah")).to_be_visible()
	potret(page, "hp-server-bermasalah")


def test_nobody_sees_the_draft_of_another_user(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	tunggu_gudang(page, lambda isi: isi.get("usulan") == usulan)
	page.wait_for_load_state("networkidle")  # an answer on its way would sign the first one in again
	jawab = page.context.request.post("/api/method/login", form={"usr": pejabat.lurah, "pwd": SANDI})
	assert jawab.ok, jawab.text()
	page.goto("/ketua-rt")
	expect(page.get_by_text("Isi formulir")).to_be_visible()
	expect(page.get_by_text("Draf di HP ini")).to_have_count(0)
	assert len(isi_gudang(page)) == 1  # kept for its owner


def test_signing_out_leaves_nothing_on_the_device(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	tunggu_gudang(page, lambda isi: isi.get("usulan") == usulan)
	page.goto("/ketua-rt")
	expect(page.get_by_text("Draf di HP ini")).to_be_visible()
	# by the desk's way out, which knows nothing of the forms
	page.evaluate("fetch('/api/method/logout', { credentials: 'same-origin' })")
	page.wait_for_timeout(1000)
	page.goto("/login")
	assert BASIS not in [b["name"] for b in page.evaluate("indexedDB.databases()")]
	assert page.evaluate("caches.keys()") == []


def test_a_page_once_visited_opens_without_network(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kegiatan")
	pilih(page, "usulan", usulan)
	tunggu_gudang(page, lambda isi: isi.get("usulan") == usulan)
	page.evaluate("navigator.serviceWorker.ready")
	page.reload()
	page.context.set_offline(True)
	page.goto("/ketua-rt")
	expect(page.get_by_text("Draf di HP ini")).to_be_visible()
	page.get_by_role("link", name="Lanjutkan").click()
	expect(page.locator('[data-kolom="usulan"]')).to_be_visible()
	potret(page, "hp-tanpa-jaringan")
	tersimpan_ = page.evaluate(
		"""async () => {
			const [nama] = await caches.keys();
			const wadah = await caches.open(nama);
			const isi = await Promise.all((await wadah.keys()).map(async (k) => [new URL(k.url).pathname, await (await wadah.match(k)).text()]));
			return isi;
		}"""
	)
	assert {alamat for alamat, _isi in tersimpan_} >= {"/ketua-rt", "/ketua-rt/kegiatan/new"}
	teks = " ".join(isi for _alamat, isi in tersimpan_)
	assert pejabat.ketua not in teks and usulan not in teks and "csrf" not in teks
	assert not any(alamat.startswith("/api") for alamat, _isi in tersimpan_)


def test_what_the_server_refuses_comes_back_beside_its_field(halaman, pejabat, usulan):
	page = halaman("hp", pejabat.ketua)
	page.route(
		KIRIM,
		lambda route: route.fulfill(
			status=417,
			json={
				"_server_messages": json.dumps(
					[json.dumps({"message": "<strong>Satuan (baris 1)</strong>: isi lain."})]
				),
				"kolom": [{"tabel": "rab", "kolom": "satuan", "baris": 1}],
			},
		),
	)
	page.goto("/ketua-rt/kegiatan")
	isi_kegiatan(page, usulan)
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.locator('[data-kolom="rab.0.satuan"] .galat')).to_have_text("Satuan (baris 1): isi lain.")
	expect(kolom(page, "rab.0.uraian")).to_have_value("Semen")
	expect(page.get_by_text("Isian Anda masih utuh")).to_be_visible()
	assert [d["keadaan"] for d in isi_gudang(page)] == ["ditolak"]
	page.unroute(KIRIM)
	kolom(page, "rab.0.satuan").fill("sak")
	lanjut(page)
	lanjut(page)  # no photo
	page.get_by_role("button", name="Simpan Kegiatan").click()
	expect(page.get_by_text("Rp 231.600")).to_be_visible()
	assert len(tersimpan(usulan)) == 1


def test_a_meeting_is_invited_to_and_shared(halaman, pejabat, berkas):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/undangan")
	pilih(page, "jenis", "Prioritas")
	kolom(page, "acara").fill("Pembukaan\nUsulan warga")
	potret(page, "hp-undangan-1")
	lanjut(page)
	kolom(page, "tanggal").fill("2027-01-31T19:30")
	kolom(page, "tempat").fill("Balai RT Melati")
	kolom(page, "kk_diundang").fill("40")
	lanjut(page)
	page.get_by_role("button", name="Simpan Undangan").click()
	expect(page.get_by_text("Bagikan undangan ini")).to_be_visible()
	expect(page.locator(".surat")).to_contain_text("Balai RT Melati")
	assert "wa.me" in page.get_by_role("link", name="Bagikan lewat WhatsApp").get_attribute("href")
	potret(page, "hp-undangan-terkirim")
	frappe.db.rollback()
	m = frappe.get_last_doc("Musyawarah", {"tempat": "Balai RT Melati"}, order_by="creation desc")
	assert (m.jenis, m.rt, m.kk_diundang, m.status) == ("Prioritas", pejabat.rt, 40, "Draf")
	assert str(m.tanggal) == "2027-01-31 19:30:00"


def warga_tiga(k):
	with pabrik.sebagai(k.ketua):
		return pabrik.warga(k.rt, 3)


def test_a_meeting_is_recorded_where_there_is_no_network(halaman, pejabat, berkas, foto):
	orang = berkas(warga_tiga)
	m = berkas(pabrik.musyawarah, usulan=0, hadir=0, diundang=4)
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/musyawarah")
	pilih(page, "musyawarah", m.name)
	potret(page, "hp-musyawarah-1")
	lanjut(page)
	page.context.set_offline(True)
	expect(page.get_by_text("0 orang, 0 dari 4 KK. Kuorum kurang 3 KK.")).to_be_visible()
	for w in orang:
		page.get_by_label("Cari nama warga").fill(w.nama)
		page.get_by_role("checkbox", name=re.compile(rf"^{w.nama}\s*Keluarga")).check()
	page.get_by_label("Cari nama warga").fill("")
	expect(page.get_by_text("3 orang, 3 dari 4 KK. Kuorum tercapai.")).to_be_visible()
	page.get_by_label(f"Unsur {orang[0].nama}", exact=True).select_option("Tokoh Agama")
	potret(page, "hp-musyawarah-2")
	lanjut(page)
	page.get_by_role("button", name="Tambah usulan").click()
	kolom(page, "usulan.0.judul").fill("Lampu jalan lorong")
	kolom(page, "usulan.0.kategori").select_option("Infrastruktur Lingkungan")
	kolom(page, "usulan.0.suara").fill("4")
	page.locator('[data-kolom="usulan.0.foto"] input').set_input_files(foto)
	lanjut(page)
	expect(page.locator('[data-kolom="usulan.0.suara"] .galat')).to_contain_text(
		"lebih banyak daripada hadirin"
	)
	kolom(page, "usulan.0.suara").fill("3")
	kolom(page, "usulan.0.keputusan").select_option("Diputuskan")
	potret(page, "hp-musyawarah-3")
	lanjut(page)
	kolom(page, "pimpinan").fill("Pak RT")
	lanjut(page)
	page.locator('[data-kolom="berita_acara"] input').set_input_files(foto)
	expect(page.locator(".foto img")).to_be_visible()
	lanjut(page)
	potret(page, "hp-musyawarah-periksa")
	page.get_by_role("button", name="Simpan Catatan").click()
	expect(page.get_by_text("Menunggu jaringan")).to_be_visible()
	page.context.set_offline(False)
	expect(page.get_by_text("Kuorum tercapai: hadir 3 dari 4 KK")).to_be_visible()
	potret(page, "hp-musyawarah-terkirim")
	frappe.db.rollback()
	m.reload()
	assert {h.warga for h in m.hadirin} == {w.name for w in orang}
	assert [h.unsur for h in m.hadirin if h.warga == orang[0].name] == ["Tokoh Agama"]
	assert [(u.judul, u.suara, u.keputusan) for u in m.usulan] == [("Lampu jalan lorong", 3, "Diputuskan")]
	assert m.pimpinan == "Pak RT" and m.kuorum_tercapai
	for alamat in (m.berita_acara, m.usulan[0].foto):
		assert frappe.db.exists("File", {"file_url": alamat, "attached_to_name": m.name, "is_private": 1})


def test_a_meeting_recorded_again_starts_from_its_first_record(halaman, pejabat, berkas):
	m = berkas(pabrik.musyawarah, usulan=0, hadir=0, diundang=4)
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/musyawarah")
	for pimpinan in ("", "Pak RT"):
		pilih(page, "musyawarah", m.name)
		lanjut(page)
		lanjut(page)
		lanjut(page)
		expect(kolom(page, "pimpinan")).to_have_value(pimpinan)
		kolom(page, "pimpinan" if not pimpinan else "notulen").fill("Pak RT" if not pimpinan else "Bu Sri")
		lanjut(page)
		lanjut(page)
		page.get_by_role("button", name="Simpan Catatan").click()
		page.get_by_role("button", name="Isi formulir ini lagi").click()
	frappe.db.rollback()
	m.reload()
	assert (m.pimpinan, m.notulen) == ("Pak RT", "Bu Sri")


@pytest.mark.parametrize(
	("teks", "nilai"),
	[("0.125", 0.125), ("0,125", 0.125), ("1.500.000", 1_500_000), ("2.500,5", 2500.5), ("12.5", 12.5)],
)
def test_a_number_is_read_the_indonesian_way(halaman, pejabat, teks, nilai):
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt")
	modul = "/assets/kampung_bahagia/js/formulir/isian.mjs"
	assert page.evaluate(f"import('{modul}').then((m) => m.angka('{teks}'))") == nilai


def test_progress_is_reported_with_a_photo(halaman, pejabat, berkas, foto):
	keg = berkas(pabrik.kegiatan_berjalan)
	page = halaman("hp", pejabat.ketua)
	page.goto("/ketua-rt/kemajuan")
	pilih(page, "kegiatan", keg.name)
	kolom(page, "persen").fill("140")
	lanjut(page)
	expect(page.locator('[data-kolom="persen"] .galat')).to_contain_text("paling besar 100%")
	kolom(page, "persen").fill("40")
	potret(page, "hp-kemajuan-1")
	lanjut(page)
	lanjut(page)
	expect(page.locator('[data-kolom="foto"] .galat').last).to_contain_text("wajib diisi")
	page.locator('[data-kolom="foto"] input').set_input_files(foto)
	expect(page.locator(".foto img")).to_be_visible()
	lanjut(page)
	page.get_by_role("button", name="Kirim Kemajuan").click()
	expect(page.get_by_text("Kemajuan kegiatan sekarang 40%")).to_be_visible()
	potret(page, "hp-kemajuan-terkirim")
	frappe.db.rollback()
	assert frappe.db.get_value("Kegiatan", keg.name, "kemajuan") == 40
