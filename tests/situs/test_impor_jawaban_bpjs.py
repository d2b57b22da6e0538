"""Answers of BPJS from a table: a verdict per row, each row wholly or not at all, the same table twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import frappe
import pytest
from frappe.model.workflow import apply_workflow, get_workflow
from frappe.utils import add_days, now_datetime, nowdate

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.izin.berkas import LampiranTerkunci
from kampung_bahagia.izin.layar import giliran
from kampung_bahagia.perlindungan.doctype.impor_jawaban_bpjs import impor_jawaban_bpjs as impor
from kampung_bahagia.perlindungan.doctype.impor_jawaban_bpjs.impor_jawaban_bpjs import (
	KOLOM,
	SuratJawabanBelumAda,
)
from kampung_bahagia.tata_kelola.jejak import buktikan
from kampung_bahagia.tata_kelola.kabar import penerima_kabar
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from kampung_bahagia.wilayah.baca_tabel import baca_rupiah
from kampung_bahagia.wilayah.impor import ImporBelumDiperiksa, ImporSudahDiterapkan
from tests.situs.tabel import sebagai_csv, sebagai_xlsx

HARI = str(date.today())
csv_dari, xlsx_dari = partial(sebagai_csv, KOLOM), partial(sebagai_xlsx, KOLOM)


@pytest.fixture
def jawab(k, monkeypatch) -> Callable:
	"""`jawab(rows, terapkan=False, oleh=…)`: what the job leaves, inside the test's transaction; tried first."""
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.sql("savepoint jawaban"))
	monkeypatch.setattr(frappe.db, "rollback", lambda **_: frappe.db.sql("rollback to savepoint jawaban"))

	def _jawab(isi, *, terapkan=False, oleh=None, surat=True, nama="jawaban.csv"):
		isi = csv_dari(isi) if isinstance(isi, list) else isi
		with sebagai(oleh or k.dpmppa_lain):
			file = frappe.get_doc(
				{"doctype": "File", "file_name": nama, "is_private": 1, "content": isi}
			).insert()
			doc = frappe.get_doc({"doctype": "Impor Jawaban BPJS", "berkas": file.file_url}).insert()
			if surat:
				doc.surat_jawaban = pabrik.lampiran(doc, "surat.pdf", oleh or k.dpmppa_lain)
				doc.update({"nomor_surat": "B/1/2026", "tanggal_surat": nowdate()})
				doc.save()
			frappe.db.commit()
			impor.jalankan(doc.name, False)
			if terapkan:
				impor.jalankan(doc.name, True)
			return frappe.get_doc(doc.doctype, doc.name)

	return _jawab


@pytest.fixture
def dikirim(k, disetujui):
	return langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")


def tagihan(d, **nilai) -> dict:
	return {"nomor": d.name, "nomor_proyek": "26-1", "kode_iuran": "88001", "tagihan": "231.600", **nilai}


def pesan(doc) -> str:
	return " ".join(b.pesan or "" for b in doc.hasil)


def keadaan(d) -> str:
	return frappe.db.get_value(d.doctype, d.name, "status")


def lunas(k, d):
	d = langkah(d, k.bpjs, "Tagih", nomor_proyek="26-1", kode_iuran="88001", tagihan=d.iuran)
	bukti = pabrik.lampiran(d, "bukti.pdf", k.dpmppa)
	return langkah(d, k.dpmppa, "Catat Lunas", dibayar_pada=now_datetime(), bukti_bayar=bukti)


def sertifikat(d, **nilai) -> dict:
	masa = {"berlaku_mulai": nowdate(), "berlaku_sampai": add_days(nowdate(), 60)}
	return {"nomor": d.name, "nomor_sertifikat": "S-9", **masa, **nilai}


def test_a_trial_changes_nothing(k, dikirim, jawab):
	jejak = frappe.db.count("Jejak Keputusan")
	doc = jawab([tagihan(dikirim)])
	assert (doc.status, doc.jumlah_baru, doc.hasil[0].langkah) == ("Siap Diterapkan", 1, "Ditagih")
	d = frappe.get_doc("Pendaftaran BPJS", dikirim.name)
	assert (d.status, d.kode_iuran, d.jawaban) == ("Dikirim", None, None)
	assert frappe.db.count("Jejak Keputusan") == jejak


def test_a_bill_is_recorded_as_a_step_of_dpmppa_for_bpjs(k, dikirim, jawab):
	doc = jawab([tagihan(dikirim)], terapkan=True)
	d = frappe.get_doc("Pendaftaran BPJS", dikirim.name)
	assert giliran(get_workflow(d.doctype), "Dikirim") == ["BPJS Ketenagakerjaan"]  # by hand it is theirs
	assert (doc.status, doc.jumlah_baru, doc.diterapkan_oleh) == ("Diterapkan", 1, k.dpmppa_lain)
	assert (d.status, d.kode_iuran, d.tagihan, d.jawaban) == ("Ditagih", "88001", 231_600, doc.name)
	(entri,) = frappe.get_all(
		"Jejak Keputusan",
		{"rujukan_nama": d.name, "ke": "Ditagih"},
		["aksi", "pengguna", "jabatan"],
		order_by="urutan",
	)
	assert (entri.aksi, entri.pengguna, entri.jabatan) == ("Catat Tagihan BPJS", k.dpmppa_lain, "DPMPPA")
	assert not buktikan()["putus"]


def test_an_officer_of_bpjs_takes_its_own_step_without_a_letter(k, dikirim, jawab):
	doc = jawab(
		xlsx_dari([tagihan(dikirim, tagihan=231_600)]), oleh=k.bpjs, surat=False, nama="j.xlsx", terapkan=True
	)
	assert doc.status == "Diterapkan"
	assert (
		frappe.db.get_value("Jejak Keputusan", {"rujukan_nama": dikirim.name, "ke": "Ditagih"}, "aksi")
		== "Tagih"
	)


def test_who_prepared_a_file_does_not_record_its_answer(k, dikirim, jawab):
	doc = jawab([tagihan(dikirim)], oleh=k.dpmppa)
	assert (doc.status, doc.jumlah_ditolak) == ("Ditolak", 1)
	assert "Anda buat atau ajukan sendiri" in pesan(doc)


def test_dpmppa_takes_no_step_of_bpjs_by_hand(k, dikirim, berjalan):
	with sebagai(k.dpmppa_lain):
		d = frappe.get_doc("Pendaftaran BPJS", dikirim.name)
		for aksi in ("Catat Tagihan BPJS", "Catat Penolakan BPJS"):
			with pytest.raises(frappe.ValidationError):
				apply_workflow(d, aksi)
		d.reload()
		d.status = "Ditagih"
		with pytest.raises(frappe.ValidationError):
			d.save()
	with sebagai(k.dpmppa_lain):
		doc = frappe.get_doc({"doctype": "Impor Jawaban BPJS", "berkas": "/private/files/x.csv"})
		doc.sedang_menerapkan = dikirim.name
		doc.insert()
		assert not frappe.db.get_value("Impor Jawaban BPJS", doc.name, "sedang_menerapkan")


def test_one_row_leads_from_sent_to_certified(k, dikirim, jawab):
	frappe.db.set_value(
		"Pendaftaran BPJS", dikirim.name, "bukti_bayar", pabrik.lampiran(dikirim, "b.pdf", k.dpmppa)
	)
	bayar = {"dibayar_pada": nowdate(), "nilai_dibayar": "231600"}
	doc = jawab([{**tagihan(dikirim), **bayar, **sertifikat(dikirim)}], terapkan=True)
	assert doc.hasil[0].langkah == "Ditagih → Lunas → Bersertifikat", pesan(doc)
	d = frappe.get_doc("Pendaftaran BPJS", dikirim.name)
	assert (d.status, d.docstatus, d.nomor_sertifikat) == ("Bersertifikat", 1, "S-9")
	assert frappe.db.get_value("Kegiatan", d.kegiatan, "status") == "Terlindungi"
	assert set(frappe.get_all("Peserta", {"kegiatan": d.kegiatan}, pluck="status", order_by="name")) == {
		"Terlindungi"
	}


def test_a_row_that_fails_midway_leaves_no_step(k, dikirim, jawab):
	bayar = {"dibayar_pada": nowdate(), "nilai_dibayar": "200000"}
	frappe.db.set_value("Pendaftaran BPJS", dikirim.name, "bukti_bayar", "/private/files/b.pdf")
	doc = jawab([{**tagihan(dikirim), **bayar}], terapkan=True)
	assert doc.jumlah_ditolak == 1 and "Nilai Dibayar Rp200.000 tidak sama" in pesan(doc)
	assert keadaan(dikirim) == "Dikirim"
	assert not frappe.db.get_value("Impor Jawaban BPJS", doc.name, "sedang_menerapkan")


def test_a_wrong_row_does_not_hold_up_the_others(k, dikirim, jawab):
	doc = jawab([{"nomor": "BPJS-2026-99999", "kode_iuran": "1"}, tagihan(dikirim)], terapkan=True)
	assert (doc.status, doc.jumlah_baru, doc.jumlah_ditolak) == ("Diterapkan", 1, 1)
	assert doc.hasil[0].dokumen == "BPJS-2026-99999" and "tidak ditemukan" in doc.hasil[0].pesan
	assert keadaan(dikirim) == "Ditagih"


def test_the_same_table_twice_changes_nothing(k, dikirim, jawab):
	isi = [tagihan(dikirim)]
	jawab(isi, terapkan=True)
	diubah, jejak = (
		frappe.db.get_value("Pendaftaran BPJS", dikirim.name, "modified"),
		frappe.db.count("Jejak Keputusan"),
	)
	kedua = jawab(isi, terapkan=True)
	assert (kedua.jumlah_sama, kedua.jumlah_baru, kedua.hasil[0].hasil) == (1, 0, "Sama")
	assert jawab(isi).status == "Sudah Tercatat"
	assert frappe.db.get_value("Pendaftaran BPJS", dikirim.name, "modified") == diubah
	assert frappe.db.count("Jejak Keputusan") == jejak


@pytest.mark.parametrize(
	"nilai, sebab",
	[
		({"tagihan": "231,6"}, "bukan jumlah rupiah"),
		({"tagihan": "-5"}, "bukan jumlah rupiah"),
		({"tagihan": "231.000"}, "Isi Alasan Selisih Tagihan"),
		({"kode_iuran": ""}, "Isi juga Kode Iuran"),
		({"dibayar_pada": "31-02-2026"}, "bukan tanggal"),
		({"keputusan": "Mungkin"}, "Disetujui atau Ditolak"),
		({"keputusan": "Ditolak"}, "Pilih salah satu"),
		({"nilai_disetujui": "5"}, "bukan jawaban atas"),
		({"dibayar_pada": HARI}, "Bukti Bayar belum diunggah"),
		({"nomor_sertifikat": "S"}, "Isi juga Perlindungan Mulai"),
	],
)
def test_wrong_amounts_dates_and_decisions_are_refused(k, dikirim, jawab, nilai, sebab):
	doc = jawab([tagihan(dikirim, **nilai)])
	if "nomor_sertifikat" in nilai:
		sebab = "belum dapat dicatat"
	assert doc.status == "Ditolak" and sebab in pesan(doc), pesan(doc)


@pytest.mark.parametrize(
	"masa, sebab",
	[
		({"berlaku_sampai": str(date.today() - timedelta(1))}, "tidak boleh mendahului"),
		({"berlaku_mulai": str(date.today() - timedelta(5))}, "sebelum iuran dibayar"),
		({"berlaku_mulai": ""}, "Isi juga Perlindungan Mulai"),
	],
)
def test_a_wrong_period_of_cover_is_refused(k, dikirim, jawab, masa, sebab):
	d = lunas(k, dikirim)
	doc = jawab([sertifikat(d, **masa)])
	assert doc.status == "Ditolak" and sebab in pesan(doc), pesan(doc)


def test_what_differs_from_the_record_is_refused_with_both_values(k, dikirim, jawab):
	langkah(dikirim, k.bpjs, "Tagih", nomor_proyek="26-1", kode_iuran="88001", tagihan=dikirim.iuran)
	doc = jawab([tagihan(dikirim, tagihan="999000")])
	assert "yang tercatat Rp231.600, sedangkan jawaban ini menyebut Rp999.000" in pesan(doc)


def test_unknown_columns_and_repeated_numbers_are_named(k, dikirim, jawab):
	doc = jawab(b"Nomor;Warna\nX;merah\n")
	assert doc.status == "Ditolak" and "Kolom yang tidak dikenal: Warna" in doc.catatan
	doc = jawab([tagihan(dikirim), tagihan(dikirim)])
	assert "sudah tertulis pada baris 2" in pesan(doc) and doc.jumlah_baru == 1


def test_a_refusal_goes_back_to_dpmppa_with_its_reason(k, dikirim, jawab):
	jawab([{"nomor": dikirim.name, "keputusan": "Ditolak", "alasan": "NIK tidak cocok"}], terapkan=True)
	d = frappe.get_doc("Pendaftaran BPJS", dikirim.name)
	assert (d.status, d.alasan) == ("Ditolak BPJS", "NIK tidak cocok")
	assert langkah(d, k.dpmppa, "Perbaiki").status == "Diperbaiki"


def test_a_claim_is_decided(k, berjalan, jawab):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	isi = {"nomor": klaim.name, "keputusan": "Disetujui", "nomor_klaim": "K-7"}
	assert "Isi juga Nilai Disetujui" in pesan(jawab([isi]))
	isi["nilai_disetujui"] = "Rp1.500.000,00"
	doc = jawab([isi], terapkan=True)
	klaim.reload()
	assert (klaim.status, klaim.nilai_disetujui, klaim.jawaban) == ("Disetujui BPJS", 1_500_000, doc.name)
	assert jawab([isi]).status == "Sudah Tercatat"


def test_dpmppa_applies_with_the_signed_letter_only(k, dikirim, jawab):
	doc = jawab([tagihan(dikirim)], surat=False)
	assert doc.status == "Siap Diterapkan"
	with sebagai(k.dpmppa_lain), pytest.raises(SuratJawabanBelumAda, match="Surat Jawaban BPJS"):
		impor.terapkan(doc.name)
	with sebagai(k.dpmppa_lain), pytest.raises(ImporBelumDiperiksa):
		doc = jawab([tagihan(dikirim, tagihan="x")])
		impor.terapkan(doc.name)


def test_what_was_applied_becomes_evidence(k, dikirim, jawab):
	doc = jawab([tagihan(dikirim)], terapkan=True)
	with sebagai(k.dpmppa_lain):
		doc.nomor_surat = "lain"
		with pytest.raises(ImporSudahDiterapkan):
			doc.save()
		for alamat in (doc.berkas, doc.surat_jawaban):
			nama = frappe.db.get_value("File", {"file_url": alamat, "attached_to_name": doc.name})
			with pytest.raises(LampiranTerkunci):
				frappe.delete_doc("File", nama)


def test_other_offices_do_not_import(k):
	for user in (k.ketua, k.lurah, k.pengawas, k.admin):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Impor Jawaban BPJS", "berkas": "/private/files/x.csv"}).insert()


def test_bpjs_asks_for_a_correction_without_refusing(k, dikirim):
	with sebagai(k.bpjs):
		d = frappe.get_doc("Pendaftaran BPJS", dikirim.name)
		d.alasan = "Alamat kegiatan belum jelas"
		d.save()
		d = apply_workflow(d, "Minta Perbaikan")
	assert (d.status, d.alasan) == ("Diperbaiki", "Alamat kegiatan belum jelas")
	assert k.dpmppa in penerima_kabar(d) and giliran(get_workflow(d.doctype), d.status) == ["DPMPPA"]
	assert langkah(d, k.dpmppa, "Kirim").status == "Dikirim"


@pytest.mark.parametrize(
	"nilai, rupiah",
	[
		(231600, 231600),
		(231600.0, 231600),
		("231.600", 231600),
		("Rp 1.231.600,00", 1231600),
		("0", 0),
		(None, None),
	],
)
def test_rupiah_are_read_from_a_table(nilai, rupiah):
	assert baca_rupiah(nilai, "Tagihan") == rupiah


@pytest.mark.parametrize(
	"nilai", ["231,600", "231.60", 1.5, "1e6", True, "12.34.567", "9" * 13, "-1", "=1+1"]
)
def test_what_is_no_whole_rupiah_is_refused(nilai):
	with pytest.raises(AturanError, match="rupiah penuh"):
		baca_rupiah(nilai, "Tagihan")
