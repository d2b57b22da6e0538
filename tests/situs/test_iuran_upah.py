"""A registration may take its premium from the wages, when they are known; what was sent does not change."""

import frappe
import pytest
from frappe.utils import add_days, flt, nowdate

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

BULANAN = 3_868_963  # of the Ketentuan Peserta of 2026


@pytest.fixture
def daftar(k, disetujui):
	"""Two peserta, thirty-one days of work."""
	frappe.db.set_value("Kegiatan", disetujui.name, "tanggal_selesai", add_days(nowdate(), 40))
	return pabrik.pendaftaran(k, disetujui)


def isi(k, daftar, **nilai):
	with sebagai(k.dpmppa):
		daftar = frappe.get_doc("Pendaftaran BPJS", daftar.name)
		daftar.update({"cara_hitung": "Upah", **nilai})
		return daftar.save()


def test_the_wage_of_each_person_stands_on_the_registration_with_its_working(k, daftar):
	assert (daftar.cara_hitung, daftar.iuran) == ("Nilai Kontrak", 231_600)
	daftar = isi(k, daftar)
	assert daftar.bulan_upah == 2
	assert [flt(b.upah_bulanan) for b in daftar.upah] == [BULANAN, BULANAN]
	assert (daftar.jumlah_upah, daftar.dasar_iuran) == (2 * BULANAN, 4 * BULANAN)
	assert (daftar.jkk, daftar.jkm, daftar.iuran) == (269_280, 46_428, 315_708)
	assert daftar.terbilang == "tiga ratus lima belas ribu tujuh ratus delapan rupiah"
	assert [(r.dasar, r.jkk_persen, r.jkm_persen) for r in daftar.rincian] == [(4 * BULANAN, 1.74, 0.3)]
	# and back again
	daftar = isi(k, daftar, cara_hitung="Nilai Kontrak")
	assert (daftar.iuran, daftar.dasar_iuran, daftar.upah, daftar.jumlah_upah) == (231_600, 96_500_000, [], 0)


def test_what_is_typed_stays_and_the_list_follows_who_takes_part(k, disetujui, daftar):
	daftar = isi(k, daftar)
	pertama = daftar.upah[0].peserta
	daftar.upah[0].upah_bulanan = 4_000_000
	daftar = isi(k, daftar, upah=[b.as_dict() for b in daftar.upah])
	frappe.db.set_value("Peserta", daftar.upah[1].peserta, "berhenti_sejak", nowdate())
	daftar = isi(k, daftar)
	assert [(b.peserta, b.upah_bulanan) for b in daftar.upah] == [(pertama, 4_000_000)]


def test_one_sum_for_all_and_its_months(k, daftar):
	daftar = isi(k, daftar, cara_upah="Jumlah Seluruhnya", jumlah_upah=10_000_000, bulan_upah=3)
	assert (daftar.dasar_iuran, daftar.jkk, daftar.jkm) == (30_000_000, 522_000, 90_000)
	assert daftar.upah == []
	with pytest.raises(frappe.ValidationError, match="Upah belum diisi"):
		isi(k, daftar, cara_upah="Jumlah Seluruhnya", jumlah_upah=0)


def test_a_wage_that_lacks_stops_the_sending_with_the_name(k, daftar):
	daftar = isi(k, daftar)
	daftar.upah[0].upah_bulanan = 0
	daftar = isi(k, daftar, upah=[b.as_dict() for b in daftar.upah])
	with pytest.raises(frappe.ValidationError, match=daftar.upah[0].nama):
		langkah(daftar, k.dpmppa, "Kirim")


def test_what_was_sent_is_on_record_of_each_person_and_does_not_change(k, daftar):
	daftar = isi(k, daftar)
	daftar.upah[0].upah_bulanan = 5_000_000
	daftar = langkah(isi(k, daftar, upah=[b.as_dict() for b in daftar.upah]), k.dpmppa, "Kirim")
	assert frappe.db.get_value("Peserta", daftar.upah[0].peserta, "upah_bulanan") == 5_000_000
	assert frappe.db.get_value("Peserta", daftar.upah[1].peserta, "upah_bulanan") == BULANAN
	daftar = langkah(daftar, k.bpjs, "Tagih", nomor_proyek="1", kode_iuran="2", tagihan=daftar.iuran)
	for nilai in ({"cara_hitung": "Nilai Kontrak"}, {"bulan_upah": 1}, {"upah": []}):
		with pytest.raises(DokumenTerkunci):
			isi(k, daftar, **nilai)


def test_an_addendum_bills_no_difference_by_value(k, disetujui, daftar):
	langkah(isi(k, daftar), k.dpmppa, "Kirim")
	disetujui.reload()
	a = pabrik.adendum(k, disetujui, masa_pemeliharaan=60, ppn=1_000_000)
	assert "Iuran dihitung dari upah" in a.catatan_perlindungan
	for user, aksi in ((k.ketua, "Ajukan"), (k.lurah, "Verifikasi"), (k.dpmppa, "Setujui")):
		a = langkah(a, user, aksi)
	assert not frappe.db.get_value("Kegiatan", disetujui.name, "tambahan_iuran")


def test_a_tariff_without_rates_on_wages_says_whom_to_ask(k, daftar):
	tarif = frappe.get_doc("Tarif Iuran", daftar.tarif)
	with pytest.raises(frappe.ValidationError, match="Bila Upah Diketahui"):
		tarif.update({"jkk_upah_persen": 0}).save()
	frappe.db.set_value("Tarif Iuran", tarif.name, "jkk_upah_persen", 0)
	frappe.clear_document_cache("Tarif Iuran", tarif.name)
	try:
		with pytest.raises(frappe.ValidationError, match="belum memuat tarif"):
			isi(k, daftar)
	finally:
		frappe.db.rollback()
		frappe.clear_document_cache("Tarif Iuran", tarif.name)
