"""The meeting in a browser: the Ketua RT's form beside the residents' own phones."""

from dataclasses import replace

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from frappe.utils.password import update_password
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from tests.peramban.conftest import LEBAR, SANDI, potret


@pytest.fixture
def rapat(pejabat):
	"""A meeting of now with 1 of 4 households, and the NIK of a resident who is still on the way."""
	frappe.db.rollback()
	m = pabrik.musyawarah(pejabat, hadir=1, diundang=4, acara="Pembukaan\nUsulan warga", usulan=2)
	with sebagai(pejabat.ketua):
		data = pabrik.data_warga(pejabat.rt)
		frappe.get_doc(data).insert()
	frappe.db.commit()
	yield m, data["nik"]
	frappe.db.rollback()


def test_residents_sign_in_by_phone_while_the_form_counts(browser, halaman, pejabat, rapat, server, lebar):
	m, nik = rapat
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/musyawarah/{m.name}")
	kuorum = page.locator(".kb-kuorum")
	expect(kuorum).to_contain_text("hadir 1 dari 4 KK, minimal 3 KK")
	expect(kuorum).to_contain_text("Nilai sama")  # two usulan with one vote each
	page.get_by_role("button", name="Daftar Hadir QR").click()
	expect(page.locator(".kb-qr img")).to_be_visible()
	potret(page, "musyawarah-qr")
	# a phone without scripts and without an account
	ponsel = browser.new_context(base_url=server, viewport=LEBAR["hp"], java_script_enabled=False).new_page()
	ponsel.goto("/" + page.locator(".kb-alamat").inner_text().split("/", 3)[3])
	ponsel.get_by_label("NIK").fill("1571011708809999")
	ponsel.get_by_role("button", name="Saya hadir").click()
	expect(ponsel.get_by_role("alert")).to_contain_text("tidak dapat dicatat")
	expect(ponsel.get_by_label("NIK")).to_have_value("")
	potret(ponsel, "hadir-ditolak")
	ponsel.get_by_label("NIK").fill(nik)
	ponsel.get_by_role("button", name="Saya hadir").click()
	expect(ponsel.get_by_role("status")).to_contain_text("tercatat")
	potret(ponsel, "hadir-tercatat")
	assert nik not in ponsel.url + ponsel.content()
	ponsel.context.close()
	expect(page.locator(".kb-hitungan")).to_contain_text("Hadir 2 dari 4 KK", timeout=20_000)
	page.get_by_role("button", name="Tutup Daftar Hadir").click()
	expect(page.locator(".kb-qr")).to_be_hidden()
	expect(kuorum).to_contain_text("hadir 2 dari 4 KK")
	expect(kuorum).not_to_contain_text("terbuka")
	expect(page.locator('[data-fieldname="hadirin"] .grid-row [data-fieldname="cara"]').last).to_have_text(
		"QR"
	)


def test_the_invitation_opens_ready_to_send(halaman, pejabat, rapat, lebar):
	m, _nik = rapat
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/musyawarah/{m.name}")
	page.get_by_role("button", name="Undangan", exact=True).click()
	teks = page.locator(".modal.show textarea")
	expect(teks).to_be_visible()
	assert "2. Usulan warga" in teks.input_value() and "Pos Ronda" in teks.input_value()
	page.wait_for_timeout(600)
	potret(page, "musyawarah-undangan")


def test_a_postponed_meeting_is_invited_anew_and_a_plan_is_drafted(halaman, pejabat, lebar):
	frappe.db.rollback()
	kemarin = add_to_date(now_datetime(), days=-1)
	m = pabrik.langkah(
		pabrik.musyawarah(pejabat, hadir=1, diundang=9, tanggal=kemarin), pejabat.ketua, "Tunda"
	)
	# an RT of its own: where other tests decided dozens of usulan, the newest stands on the table's next page
	baru = replace(
		pejabat, rt=pabrik.rt(pejabat.kelurahan).name, ketua=pabrik.pengguna(f"ketua-{m.name.lower()}")
	)
	for user, jabatan in ((baru.ketua, "Ketua RT"), (baru.pendamping, "Pendamping")):
		pabrik.penugasan(user, jabatan, rt=baru.rt)
	update_password(baru.ketua, SANDI)
	sah = pabrik.musyawarah_sah(baru)
	frappe.db.commit()
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/musyawarah/{m.name}")
	page.get_by_role("button", name="Undang Ulang").click()
	page.get_by_role("button", name="Buat Musyawarah Lanjutan").click()
	expect(page.locator('[data-fieldname="lanjutan_dari"]').first).to_contain_text(m.name)
	expect(page.locator(".kb-kuorum")).to_contain_text("sah berapa pun yang hadir")
	potret(page, "musyawarah-lanjutan")
	page.context.close()
	page = halaman(lebar, baru.ketua)
	page.goto(f"/app/musyawarah/{sah.name}")
	page.get_by_role("button", name="Susun Renja").click()
	baris = page.locator('[data-fieldname="butir"] .grid-row[data-idx]')
	expect(baris.filter(has_text=sah.usulan[0].judul)).to_have_count(1)
	potret(page, "renja")
