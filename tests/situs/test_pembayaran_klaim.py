"""BPJS decides and pays: rounds of a claim, and its payments held against what was granted and estimated."""

import re

import frappe
import pytest
from frappe.utils import add_days, nowdate

from kampung_bahagia.aturan.manfaat import KELOMPOK, SELURUH
from kampung_bahagia.izin.dokumen import AlasanKosong, DokumenTerkunci
from kampung_bahagia.klaim.kabar_keluarga import kalimat
from kampung_bahagia.klaim.pembayaran import PembayaranTidakSah, perbandingan
from kampung_bahagia.klaim.tenggat import tenggat
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


@pytest.fixture
def k(db):
	return pabrik.kampung()


@pytest.fixture
def diajukan(k):
	klaim = pabrik.klaim(k, pabrik.kegiatan_berjalan(k), biaya_perawatan=1_000_000)
	klaim = pabrik.lengkapi_dokumen(klaim, k.ketua)
	return pabrik.ajukan_ke_bpjs(k, klaim)


@pytest.fixture
def disetujui(k, diajukan):
	return langkah(diajukan, k.bpjs, "Setujui", nomor_klaim="K-1", nilai_disetujui=1_500_000)


def bayar(k, klaim, *baris):
	with sebagai(k.bpjs):
		klaim = frappe.get_doc("Klaim", klaim.name)
		klaim.set("pembayaran", list(baris))
		klaim.save()
	return klaim


def tolak(k, klaim, sebab: str):
	with sebagai(k.bpjs):
		klaim = frappe.get_doc("Klaim", klaim.name)
		klaim.update({"nomor_klaim": "K-1", "keputusan": sebab})
		klaim.save()
	return langkah(klaim, k.bpjs, "Tolak", alasan=sebab)


def jam_bayar(klaim):
	return next(t for t in tenggat(klaim) if t.kode == "PEMBAYARAN")


def test_payments_in_parts_are_summed_and_the_clock_of_bpjs_ends_with_the_last(k, disetujui):
	satu = pabrik.pembayaran(k, disetujui, 1_000_000, manfaat="Perawatan")
	klaim = bayar(k, disetujui, satu)
	assert (klaim.nilai_dibayar, klaim.dibayar_pada) == (1_000_000, None)
	assert not jam_bayar(klaim).selesai
	assert "Sudah dibayar Rp1.000.000" in kalimat(klaim)
	dua = pabrik.pembayaran(k, disetujui, 500_000, manfaat="Transportasi")
	klaim = langkah(bayar(k, klaim, satu, dua), k.bpjs, "Bayar")
	assert (klaim.nilai_dibayar, str(klaim.dibayar_pada)) == (1_500_000, nowdate())
	assert jam_bayar(klaim).selesai
	kata = kalimat(klaim)
	assert "Perawatan Rp1.000.000" in kata and "Transportasi Rp500.000" in kata and klaim.nama in kata
	assert "Rp" not in kalimat(klaim, rinci=False) and klaim.nama not in kalimat(klaim, rinci=False)


def test_what_is_paid_short_of_what_was_granted_is_explained(k, disetujui):
	klaim = bayar(k, disetujui, pabrik.pembayaran(k, disetujui, 1_000_000))
	with pytest.raises(PembayaranTidakSah, match="Baru dibayar"):
		langkah(klaim, k.bpjs, "Bayar")
	klaim = langkah(klaim, k.bpjs, "Bayar", catatan_pembayaran="Beasiswa dibayar tiap tahun.")
	assert (klaim.status, klaim.nilai_dibayar) == ("Dibayar", 1_000_000)
	assert str(klaim.dibayar_pada) == nowdate()


def test_nothing_counts_as_paid_without_a_row(k, disetujui):
	with pytest.raises(frappe.ValidationError, match="Pembayaran BPJS"):
		langkah(disetujui, k.bpjs, "Bayar")


@pytest.mark.parametrize(
	("nilai", "pesan"),
	[
		({"jumlah": 1_500_001}, "melebihi nilai disetujui"),
		({"jumlah": 0}, "Jumlah"),
		({"jumlah": 100.5}, "rupiah utuh"),
		({"bukti": None}, "Bukti Pembayaran"),
		({"penerima": None}, "Dibayarkan Kepada"),
		({"tanggal": 1}, "hari ini"),
		({"tanggal": -400}, "hari kejadian"),
	],
)
def test_a_payment_that_cannot_be_right_is_refused(k, disetujui, nilai, pesan):
	if hari := nilai.get("tanggal"):
		nilai = {"tanggal": add_days(nowdate(), hari)}
	baris = pabrik.pembayaran(k, disetujui, 1_000_000) | nilai
	with pytest.raises(frappe.ValidationError, match=pesan):
		bayar(k, disetujui, baris)


def test_nobody_but_bpjs_writes_payments(k, disetujui):
	baris = pabrik.pembayaran(k, disetujui, 1_000_000)
	for user in (k.ketua, k.lurah, k.dpmppa):
		with sebagai(user), pytest.raises(DokumenTerkunci):
			klaim = frappe.get_doc("Klaim", disetujui.name)
			klaim.append("pembayaran", baris)
			klaim.save()


def test_payments_stand_beside_the_estimate_and_a_stranger_as_payee_is_pointed_out(k, disetujui):
	baris = pabrik.pembayaran(k, disetujui, 900_000, manfaat="Perawatan", penerima="Orang Lain Sekali")
	bayar(k, disetujui, baris)
	with sebagai(k.dpmppa):
		hasil = perbandingan(disetujui.name)
	assert {"manfaat": "Perawatan", "perkiraan": 1_000_000, "dibayar": 900_000, "selisih": -100_000} in hasil[
		"baris"
	]
	assert "Orang Lain Sekali" in hasil["catatan"][0] and disetujui.nama in hasil["catatan"][0]
	with sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
		perbandingan(disetujui.name)


def test_the_benefits_to_choose_from_are_those_that_are_estimated():
	pilihan = frappe.get_meta("Pembayaran Klaim").get_field("manfaat").options.split("\n")
	assert pilihan == ["", SELURUH, *KELOMPOK.values()]


def test_after_a_refusal_papers_are_mended_and_the_claim_goes_back_with_its_reason(k, diajukan):
	klaim = tolak(k, diajukan, "Kuitansi tidak terbaca")
	with pytest.raises(AlasanKosong):  # BPJS's reason is none of DPMPPA's
		langkah(klaim, k.dpmppa, "Ajukan Ulang")
	with sebagai(k.dpmppa):
		klaim = frappe.get_doc("Klaim", klaim.name)
		lama = {d.jenis_dokumen: d.berkas for d in klaim.dokumen if d.berkas}
		wajib = next(d for d in klaim.dokumen if d.wajib and d.berkas)
		wajib.berkas = None
		klaim.save()
	assert klaim.kelengkapan < 100
	with pytest.raises(frappe.ValidationError, match=re.escape(wajib.jenis_dokumen)):
		langkah(klaim, k.dpmppa, "Ajukan Ulang", alasan="Kuitansi diganti")
	with sebagai(k.dpmppa):
		klaim = frappe.get_doc("Klaim", klaim.name)
		next(d for d in klaim.dokumen if d.name == wajib.name).berkas = lama[wajib.jenis_dokumen]
		klaim.save()
	assert klaim.kelengkapan == 100
	klaim = langkah(klaim, k.dpmppa, "Ajukan Ulang", alasan="Kuitansi diganti")
	assert (klaim.keputusan, klaim.nilai_disetujui) == (None, 0)
	assert "diajukan ulang" in kalimat(klaim)
	klaim = langkah(klaim, k.bpjs, "Setujui", nilai_disetujui=900_000)
	assert [(b.perbaikan, b.putusan, b.nilai_disetujui, b.keterangan) for b in klaim.riwayat_pengajuan] == [
		(None, "Ditolak", 0, "Kuitansi tidak terbaca"),
		("Kuitansi diganti", "Disetujui", 900_000, None),
	]


def test_heirs_and_account_may_be_mended_between_two_rounds(k, diajukan):
	klaim = tolak(k, diajukan, "Nama berbeda")
	with sebagai(k.dpmppa):
		klaim = frappe.get_doc("Klaim", klaim.name)
		klaim.update({"penerima_rencana": klaim.nama, "atas_nama": klaim.nama, "bank": "BRI"})
		klaim.nomor_rekening = "012345678901234"
		klaim.save()
	assert klaim.telaah_rekening
	assert klaim.rekening_samar.endswith("234")


def test_an_objection_against_the_sum_goes_back_to_bpjs_until_money_has_come(k, disetujui):
	with pytest.raises(AlasanKosong):
		langkah(disetujui, k.dpmppa, "Ajukan Keberatan")
	with pytest.raises(DokumenTerkunci):
		langkah(disetujui, k.lurah, "Ajukan Keberatan", alasan="Kurang")
	klaim = langkah(disetujui, k.dpmppa, "Ajukan Keberatan", alasan="Biaya angkutan belum dihitung")
	assert (klaim.status, klaim.nilai_disetujui) == ("Diajukan ke BPJS", 0)
	klaim = langkah(klaim, k.bpjs, "Setujui", nilai_disetujui=1_700_000)
	assert [b.nilai_disetujui for b in klaim.riwayat_pengajuan] == [1_500_000, 1_700_000]
	klaim = bayar(k, klaim, pabrik.pembayaran(k, klaim, 1_000_000))
	with pytest.raises(frappe.ValidationError):
		langkah(klaim, k.dpmppa, "Ajukan Keberatan", alasan="Sekali lagi")


def test_rounds_are_nobodys_to_write(k, diajukan):
	with sebagai(k.bpjs):
		klaim = frappe.get_doc("Klaim", diajukan.name)
		klaim.riwayat_pengajuan[0].putusan = "Disetujui"
		klaim.save()
	assert not frappe.db.get_value("Pengajuan Klaim", {"parent": diajukan.name}, "putusan")
