"""Opening masked personal data from the form, on a desktop and on a phone."""

import frappe
import pytest
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from tests.peramban.conftest import pilih_tindakan, potret


@pytest.fixture
def warga(pejabat) -> frappe._dict:
	frappe.db.rollback()
	data = pabrik.data_warga(pejabat.rt, alamat="Jalan Teratai 9", no_hp="081277778888")
	with pabrik.sebagai(pejabat.ketua):
		nama = frappe.get_doc(data).insert().name
	frappe.db.commit()
	return frappe._dict(data, name=nama)


def test_a_lurah_opens_a_nik_for_a_reason_and_closes_it_again(halaman, pejabat, warga, lebar):
	page = halaman(lebar, pejabat.lurah)
	page.goto(f"/app/warga/{warga.name}")
	expect(page.locator('[data-fieldname="nik"] .control-value')).to_have_text(
		f"1571********{warga.nik[-4:]}"
	)
	pilih_tindakan(page, lebar, "Buka Data Pribadi")
	dialog = page.locator(".modal.show")
	dialog.get_by_role("checkbox", name="NIK").check()
	dialog.locator("textarea").fill("Mencocokkan KTP untuk pendaftaran")
	page.wait_for_timeout(400)  # the dialog slides in
	potret(page, "buka-data-pribadi-alasan")
	dialog.get_by_role("button", name="Buka", exact=True).click()
	terbuka = page.locator(".kb-pribadi")
	expect(terbuka).to_contain_text(warga.nik)
	page.wait_for_timeout(400)
	potret(page, "buka-data-pribadi-terbuka")
	terbuka.get_by_role("button").click()
	expect(page.get_by_text(warga.nik)).to_have_count(0)
	frappe.db.rollback()
	catatan = frappe.get_all(
		"Akses Data Pribadi", {"warga": warga.name}, ["pengguna", "jenis", "kolom"], order_by="creation"
	)
	assert [(c.pengguna, c.jenis, c.kolom) for c in catatan] == [
		(pejabat.lurah, "Ditampilkan", "Tanggal Lahir, Alamat"),
		(pejabat.lurah, "Dibuka dari Samaran", "NIK"),
	]


def test_who_may_not_open_has_no_button(halaman, pejabat, warga):
	page = halaman("meja", pejabat.pengawas)
	page.goto(f"/app/warga/{warga.name}")
	expect(page.locator('[data-fieldname="nik_samar"] .control-value')).to_be_visible()
	expect(page.get_by_text("Buka Data Pribadi")).to_have_count(0)
	expect(page.locator('[data-fieldname="nik"]:visible')).to_have_count(0)


def test_the_report_shows_who_saw_a_resident(halaman, pejabat, warga, lebar):
	with pabrik.sebagai(pejabat.lurah):
		from kampung_bahagia.izin.data_pribadi import buka

		buka("Warga", warga.name, ["nik"], "Mencocokkan KTP untuk pendaftaran")
	frappe.db.commit()
	page = halaman(lebar, pejabat.admin)
	page.goto(f"/app/query-report/Siapa Melihat Data Pribadi?warga={warga.name}")
	expect(page.locator(".dt-row").get_by_text(pejabat.lurah).first).to_be_visible()
	potret(page, "siapa-melihat-data-pribadi")


def test_personal_fields_are_not_offered_as_filters(halaman, pejabat):
	page = halaman("meja", pejabat.ketua)
	page.goto("/app/warga")
	expect(page.locator(".list-row").first).to_be_visible()
	kolom = page.evaluate(
		"""() => new frappe.ui.FieldSelect({ parent: $("<div>"), doctype: "Warga" })
			.options.map((pilihan) => pilihan.fieldname)"""
	)
	assert {"nama", "nik_samar", "rt"} <= set(kolom)
	assert not {"nik", "no_kk", "tanggal_lahir", "alamat", "no_hp"} & set(kolom)


def test_an_rt_shows_its_account_masked(halaman, pejabat, lebar):
	frappe.db.rollback()
	with pabrik.sebagai(pejabat.dpmppa):
		rt = frappe.get_doc("RT", pejabat.rt)
		rt.update({"bank": "Bank Jambi", "nomor_rekening": "7300112233445"})
		rt.save()
	frappe.db.commit()
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/rt/{pejabat.rt}")
	expect(page.locator('[data-fieldname="rekening_samar"] .control-value')).to_have_text("**********445")
	page.get_by_role("button", name="Buka Data Pribadi").click()
	page.locator(".modal.show textarea").fill("Mencocokkan buku tabungan Pokja")
	page.locator(".modal.show").get_by_role("button", name="Buka", exact=True).click()
	expect(page.locator(".kb-pribadi")).to_contain_text("7300112233445")
	page.wait_for_timeout(400)
	potret(page, "rekening-rt")
