"""The assignment on paper: whom, for what, on which days; and the sheet on which presence is signed."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import frappe
import pytest
import zxingcpp
from frappe.utils import nowdate
from PIL import Image

from kampung_bahagia.aturan.kode_verifikasi import kelompokkan
from kampung_bahagia.perlindungan.doctype.surat_tugas.surat_tugas import catat_kehadiran
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tests import pabrik

F4 = (215, 330)


def ukuran(halaman) -> tuple[int, int]:
	return tuple(round(float(sisi) / 72 * 25.4) for sisi in halaman.mediabox[2:])


def qr(pdf: bytes) -> list[str]:
	"""What a phone reads from the pages."""
	perintah = ["pdftoppm", "-r", "110", "-png", "-f", "{}", "-l", "{}", "-singlefile"]
	hasil = []
	for nomor in range(1, 6):
		gambar = subprocess.run(
			[p.format(nomor) for p in perintah], input=pdf, capture_output=True, check=False
		).stdout
		if gambar:
			hasil += [b.text for b in zxingcpp.read_barcodes(Image.open(BytesIO(gambar)))]
	return hasil


@pytest.fixture
def berlaku(k, sk):
	"""The decree, signed."""
	with pabrik.sebagai(k.ketua):
		sk.pindaian = pabrik.lampiran(sk, "sk.pdf", k.ketua)
		return sk.save()


@pytest.fixture
def st(k, kegiatan, berlaku):
	return pabrik.surat_tugas(k, kegiatan, untuk="menggali saluran\nmengecor dinding saluran;")


def test_it_says_on_what_grounds_whom_for_what_and_when(k, st, berlaku, cetak):
	pdf = cetak(st, k.ketua)
	isi, posisi = pdf.teks.replace(" ", ""), 0
	for bagian in (
		"SURAT TUGAS",
		f"NOMOR {st.nomor}",
		"Dasar",
		"Undang-Undang Nomor 40 Tahun 2004",
		berlaku.nomor,
		"MENUGASKAN",
		"Kepada",
		*(b.nama for b in st.lampiran),
		"Untuk",
		"1. menggali saluran; 2. mengecor dinding saluran; 3. mematuhi petunjuk keselamatan",
		"(31 hari)",
		st.tempat,
		st.nama_penanda_tangan,
		"DAFTAR HADIR",
		*(b.nama for b in st.lampiran),
	):
		posisi = isi.find(bagian.replace(" ", ""), posisi)
		assert posisi >= 0, f"{bagian!r} lacks, or stands elsewhere in: {pdf.teks}"
	assert {ukuran(h) for h in pdf.pages} == {F4}
	assert len(re.findall(r"1571\*{8}\d{4}", pdf.teks)) == len(st.lampiran)
	assert not re.search(r"\d{16}", pdf.teks) and "None" not in pdf.teks and "{{" not in pdf.teks


def test_fonts_are_embedded_and_the_pages_counted(k, st, cetak):
	pdf = cetak(st, k.ketua)
	for nomor, halaman in enumerate(pdf.pages, start=1):
		assert f"Halaman {nomor} dari {len(pdf.pages)}" in pdf.halaman[nomor - 1]
		for f in halaman["/Resources"].get_object()["/Font"].get_object().values():
			for turunan in f.get_object().get("/DescendantFonts", [f]):
				penjelas = turunan.get_object()["/FontDescriptor"].get_object()
				assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(penjelas)


def test_a_draft_says_so_on_every_page_and_has_no_number(k, kegiatan, berlaku, cetak):
	pdf = cetak(pabrik.surat_tugas(k, kegiatan, ditetapkan=False), k.ketua)
	assert all("DRAF" in h for h in pdf.halaman)
	assert "/ST/" not in pdf.teks and not qr(pdf.isi)


def test_its_code_appears_with_the_signature_and_leads_to_the_page_that_knows_it(k, st, cetak):
	assert not qr(cetak(frappe.get_doc("Surat Tugas", st.name), k.ketua).isi)
	with pabrik.sebagai(k.ketua):
		st.pindaian = pabrik.lampiran(st, "st.pdf", k.ketua)
		st.save()
	pdf = cetak(st, k.ketua)
	kode = frappe.db.get_value(resmi.RESMI, st.dokumen_resmi, "kode")
	assert qr(pdf.isi) == [resmi.alamat(kode)] and kelompokkan(kode) in pdf.teks
	assert resmi.periksa_kode(kode).dokumen.nomor == st.nomor
	assert not re.search(r"\d{16}", resmi.alamat(kode))


def test_revoked_it_says_so_and_so_it_does_when_its_decree_is(k, st, berlaku, cetak):
	pabrik.langkah(berlaku, k.ketua, "Cabut", alasan="Keliru")
	st = frappe.get_doc("Surat Tugas", st.name)
	assert f"Keputusan Nomor {berlaku.nomor} yang menjadi dasar" in cetak(st, k.ketua).teks
	st = pabrik.langkah(st, k.ketua, "Cabut", alasan="Ditunda")
	assert all("DICABUT" in h for h in cetak(st, k.ketua).halaman)


def test_the_sheet_shows_who_was_there(k, kegiatan, st, cetak):
	frappe.db.set_value(
		"Kegiatan", kegiatan.name, {"status": "Berjalan", "dimulai_pada": f"{nowdate()} 07:00:00"}
	)
	with pabrik.sebagai(k.ketua):
		catat_kehadiran(st.name, nowdate(), frappe.as_json([st.lampiran[0].peserta]))
	hadir = cetak(frappe.get_doc("Surat Tugas", st.name), k.ketua).teks.split("DAFTAR HADIR")[1]
	satu, dua = (re.escape(b.nama) for b in st.lampiran)
	assert re.search(rf"{satu} hadir .*{dua} tidak", hadir)


def test_what_is_typed_is_no_html(k, kegiatan, berlaku, cetak):
	st = pabrik.surat_tugas(k, kegiatan, ditetapkan=False)
	st.update({"tempat": "<b>Gang</b>", "untuk": "<script>x</script>"})  # past what the framework strips
	teks = cetak(st, k.ketua).teks
	assert "<b>Gang</b>" in teks and "<script>x</script>" in teks
