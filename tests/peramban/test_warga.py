"""Recording a resident: the NIK fills the form, and who resembles somebody is asked about before saving."""

import frappe
import pytest
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from kampung_bahagia.wilayah.doctype.impor_warga import impor_warga
from tests.peramban.conftest import pilih_tindakan, potret


@pytest.fixture
def tercatat(pejabat) -> dict:
	frappe.db.rollback()
	with pabrik.sebagai(pejabat.ketua):
		data = pabrik.data_warga(pejabat.rt, nama="Ahmad Junaidi")
		frappe.get_doc(data).insert()
	frappe.db.commit()
	return data


def isi(page, kolom: str, nilai: str) -> None:
	medan = page.locator(f'[data-fieldname="{kolom}"] input:visible')
	medan.fill(nilai)
	medan.press("Tab")


def test_the_nik_fills_the_form_and_a_likeness_is_confirmed(halaman, pejabat, tercatat, lebar):
	page = halaman(lebar, pejabat.ketua)
	page.goto("/app/warga/new")
	nik = pabrik.data_warga(pejabat.rt)["nik"]
	isi(page, "nik", nik)
	expect(page.locator('[data-fieldname="nik"] .help-box')).to_contain_text("Kecamatan Telanaipura")
	expect(page.locator('[data-fieldname="jenis_kelamin"] select')).to_have_value("Laki-laki")
	expect(page.locator('[data-fieldname="tanggal_lahir"] input')).to_have_value("17-08-1980")
	isi(page, "no_kk", "1571010101158888")
	isi(page, "nama", "H. Achmad Djunaidi")
	potret(page, f"warga-terisi-nik-{lebar}")
	page.keyboard.press("Control+s")
	dialog = page.locator(".modal.show")
	expect(dialog).to_contain_text("Ahmad Junaidi")
	page.wait_for_timeout(400)
	potret(page, f"warga-serupa-{lebar}")
	dialog.get_by_role("button", name="Periksa Lagi").click()
	expect(dialog).to_have_count(0)
	assert page.url.endswith("/new") or "/new-warga" in page.url
	page.keyboard.press("Control+s")
	page.locator(".modal.show").get_by_role("button", name="Tetap Simpan").click()
	page.wait_for_url(lambda alamat: "/new" not in alamat)
	frappe.db.rollback()
	assert frappe.db.exists("Data Pribadi", {"nik": nik})


def test_a_lurah_moves_a_resident_and_the_history_says_so(halaman, pejabat, lebar):
	frappe.db.rollback()
	data = pabrik.data_warga(pejabat.rt_tetangga, nama="Siti Rahma")
	nama = frappe.get_doc(data).insert().name
	frappe.db.commit()
	page = halaman(lebar, pejabat.lurah)
	page.goto(f"/app/warga/{nama}")
	pilih_tindakan(page, lebar, "Pindah RT")
	dialog = page.locator(".modal.show")
	rt = dialog.locator('[data-fieldname="rt"] input')
	rt.click()
	dialog.locator(".awesomplete li", has_text=frappe.db.get_value("RT", pejabat.rt, "judul")).click()
	dialog.locator('[data-fieldname="alasan"] textarea').fill("Ikut keluarga")
	page.wait_for_timeout(400)
	potret(page, f"pindah-rt-{lebar}")
	dialog.get_by_role("button", name="Pindahkan").click()
	expect(page.locator(".new-timeline, .timeline")).to_contain_text("Ikut keluarga")
	page.wait_for_timeout(400)
	potret(page, f"pindah-rt-riwayat-{lebar}")
	frappe.db.rollback()
	assert frappe.db.get_value("Warga", nama, "rt") == pejabat.rt


def test_a_lurah_receives_a_resident_of_another_kelurahan_from_the_list(halaman, pejabat, lebar):
	frappe.db.rollback()
	data = pabrik.data_warga(pejabat.rt_jauh, nama="Siti Rahma")
	nama = frappe.get_doc(data).insert().name
	frappe.db.commit()
	page = halaman(lebar, pejabat.lurah)
	page.goto("/app/warga")
	page.get_by_role("button", name="Terima Warga Pindahan").click() if lebar == "meja" else buka_menu(page)
	dialog = page.locator(".modal.show")
	dialog.locator('[data-fieldname="nik"] input').fill(data["nik"])
	dialog.locator('[data-fieldname="nama"] input').fill("Siti Rahma")
	dialog.locator('[data-fieldname="rt"] input').click()
	dialog.locator(".awesomplete li", has_text=frappe.db.get_value("RT", pejabat.rt, "judul")).click()
	dialog.locator('[data-fieldname="alasan"] textarea').fill("Pindah rumah")
	page.wait_for_timeout(400)
	potret(page, f"terima-pindahan-{lebar}")
	dialog.get_by_role("button", name="Pindahkan").click()
	page.wait_for_url(f"**/{nama}")


def buka_menu(page) -> None:
	page.locator(".menu-btn-group:visible button, .actions-btn-group:visible button").first.click()
	page.locator(".dropdown-menu.show").get_by_text("Terima Warga Pindahan").click()


def test_a_table_of_residents_shows_its_verdicts(halaman, pejabat, lebar):
	frappe.db.rollback()
	rt = frappe.db.get_value("RT", pejabat.rt, ["nomor", "kelurahan"], as_dict=True)
	baik = pabrik.data_warga(pejabat.rt, nama="Citra Lestari")
	isi = "NIK;Nomor KK;Nama;Kelurahan;RT\n"
	isi += f"{baik['nik']};{baik['no_kk']};Citra Lestari;{rt.kelurahan};{rt.nomor}\n"
	isi += f"157101;{baik['no_kk']};Dewi Anggraini;{rt.kelurahan};{rt.nomor}\n"
	isi += f"1571011102850777;{baik['no_kk']};Citra Lestarie;{rt.kelurahan};{rt.nomor}\n"
	with pabrik.sebagai(pejabat.dpmppa):
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "warga.csv", "is_private": 1, "content": isi}
		).insert()
		doc = frappe.get_doc({"doctype": "Impor Warga", "berkas": file.file_url}).insert()
		frappe.db.commit()
		impor_warga.jalankan(doc.name, False)
	page = halaman(lebar, pejabat.dpmppa)
	page.goto(f"/app/impor-warga/{doc.name}")
	expect(page.locator(".form-message")).to_contain_text("1 baris ditolak dan akan dilewati")
	expect(page.get_by_text("NIK harus terdiri dari 16 digit angka.").first).to_be_visible()
	page.wait_for_timeout(800)
	potret(page, f"impor-warga-{lebar}")
	page.get_by_role("button", name="Terapkan").click()
	expect(page.locator(".modal.show")).to_contain_text("2 warga baru")


def test_many_peserta_are_chosen_and_who_cannot_be_is_marked(halaman, pejabat, berkas, lebar):
	def siap(k):
		keg = pabrik.kegiatan(k, peserta=1)
		n = pabrik.data_warga(k.rt)["nik"][-4:]
		for nama, tahun in (("Anak Muda", 2015), ("Kakek Tua", 1950)):
			lahir = {"nik": f"1571011708{tahun % 100:02}{n}", "tanggal_lahir": f"{tahun}-08-17"}
			frappe.get_doc(pabrik.data_warga(k.rt, nama=nama, **lahir)).insert()
		return keg

	keg = berkas(siap)
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/kegiatan/{keg.name}")
	pilih_tindakan(page, lebar, "Tambah Peserta")
	dialog = page.locator(".modal.show")
	expect(dialog.get_by_text("Sudah menjadi peserta").first).to_be_visible()
	anak = dialog.locator("label", has_text="Anak Muda").first
	expect(anak.get_by_role("checkbox")).to_be_disabled()
	dialog.locator('[data-fieldname="cari"] input').fill("a")
	dialog.locator("label", has_text="Kakek Tua").first.get_by_role("checkbox").check()
	page.wait_for_timeout(400)
	anak.scroll_into_view_if_needed()
	potret(page, f"tambah-peserta-{lebar}")
	dialog.get_by_role("button", name="Tambahkan (1)").click()
	expect(page.locator(".modal.show")).to_contain_text("Kakek Tua (Ditambahkan)")
	page.wait_for_timeout(400)
	potret(page, f"tambah-peserta-putusan-{lebar}")
