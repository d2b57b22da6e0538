"""A Ketua RT assigns people and writes down who came, on a desk and on a phone."""

import frappe
import pytest
from frappe.utils import getdate, nowdate
from playwright.sync_api import expect

from kampung_bahagia.tests import pabrik
from tests.peramban.conftest import potret


@pytest.fixture(scope="module")
def dikerjakan(pejabat):
	frappe.db.rollback()
	kegiatan = pabrik.kegiatan_berjalan(pejabat)
	frappe.db.commit()
	return kegiatan


def test_choosing_the_kegiatan_drafts_the_letter(halaman, pejabat, dikerjakan, lebar):
	page = halaman(lebar, pejabat.ketua)
	page.goto("/app/surat-tugas/new")
	expect(page.locator("[data-fieldname=kegiatan] input").first).to_be_visible()
	page.evaluate("(k) => cur_frm.set_value('kegiatan', k)", dikerjakan.name)
	expect(page.locator("[data-fieldname=lampiran] .grid-body .grid-row")).to_have_count(2)
	expect(page.locator("[data-fieldname=untuk] textarea").first).to_have_value(
		f"melaksanakan pekerjaan {dikerjakan.judul}"
	)
	potret(page, "surat-tugas-baru")
	page.get_by_role("button", name="Simpan").first.click()
	page.wait_for_url("**/app/surat-tugas/STG-*")


def test_presence_of_a_day_is_a_row_of_boxes(halaman, pejabat, dikerjakan, lebar):
	frappe.db.rollback()
	st = pabrik.surat_tugas(pejabat, dikerjakan)
	frappe.db.commit()
	page = halaman(lebar, pejabat.ketua)
	page.goto(f"/app/surat-tugas/{st.name}")
	page.locator('button[data-label="Catat%20Kehadiran"]').click()
	dialog = page.locator(".modal.show")
	kotak = dialog.locator("input[type=checkbox]:visible")
	expect(kotak).to_have_count(2)
	expect(kotak.first).to_be_checked()
	kotak.last.uncheck()
	potret(page, "catat-kehadiran")
	dialog.get_by_role("button", name="Simpan").click()
	expect(dialog).to_have_count(0)
	expect(page.locator("[data-fieldname=kehadiran] .grid-body .grid-row")).to_have_count(2)
	frappe.db.rollback()
	hadir = frappe.get_doc("Surat Tugas", st.name).kehadiran
	assert [(b.nama, b.hadir) for b in hadir] == [(st.lampiran[0].nama, 1), (st.lampiran[1].nama, 0)]
	assert {getdate(b.tanggal) for b in hadir} == {getdate(nowdate())}
