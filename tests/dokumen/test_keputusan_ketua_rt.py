"""The decree on paper: its form, its states, its Lampiran, and what must never stand on it."""

from __future__ import annotations

import re
from dataclasses import replace

import frappe
import pytest
from frappe.utils import getdate
from frappe.www.printview import get_html_and_style

from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.tata_kelola.cetak import jadikan_html
from kampung_bahagia.tests import pabrik

NIK_SAMAR = re.compile(r"1571\*{8}\d{4}")


def panjangkan(sk, jumlah: int):
	"""The decree in memory with `jumlah` names in its Lampiran."""
	contoh = sk.lampiran[0]
	sk.set("lampiran", [])
	for i in range(jumlah):
		nama = "Muhammad Zulkifli Hasibuan bin Abdul Rahman Lubis" if i % 5 == 0 else f"Warga {i}"
		sk.append(
			"lampiran",
			{"peserta": contoh.peserta, "nama": nama, "nik_samar": f"1571********{i:04}", "tugas": "Tukang"},
		)
	return sk


def sebagai_f4(halaman) -> tuple[int, int]:
	"""Width and height in whole millimetres."""
	return tuple(round(float(ukuran) / 72 * 25.4) for ukuran in halaman.mediabox[2:])


def test_naskah_resmi(k, sk, kegiatan, cetak):
	pdf = cetak(sk, k.ketua)
	kelurahan = frappe.db.get_value("Kelurahan", k.kelurahan, "nama").upper()
	kecamatan = frappe.db.get_value("Kecamatan", sk.kecamatan, "nama").upper()
	rt = f"{frappe.db.get_value('RT', k.rt, 'nomor'):03}"
	hari = tanggal_indonesia(getdate(sk.ditetapkan_pada))
	urutan = [
		f"RUKUN TETANGGA {rt} KELURAHAN {kelurahan} KECAMATAN {kecamatan} KOTA JAMBI",
		f"KEPUTUSAN KETUA RUKUN TETANGGA {rt} KELURAHAN {kelurahan} NOMOR {sk.nomor} TENTANG",
		sk.tentang.upper(),
		f"KETUA RUKUN TETANGGA {rt} KELURAHAN {kelurahan},",
		"Menimbang",
		"bahwa",
		"Mengingat",
		"Undang-Undang Nomor 40 Tahun 2004",
		"MEMUTUSKAN:",
		"Menetapkan",
		*("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA"),
		f"Ditetapkan di Jambi pada tanggal {hari} KETUA RUKUN TETANGGA {rt}, {sk.nama_penanda_tangan}",
		"Tembusan",
		"LAMPIRAN",
		f"NOMOR : {sk.nomor} TANGGAL : {hari}",
		*(baris.nama for baris in sk.lampiran),
		f"Ditetapkan di Jambi pada tanggal {hari}",
	]
	# a number breaks at its slashes where the line ends, so white space says nothing here
	isi, posisi = pdf.teks.replace(" ", ""), 0
	for bagian in urutan:
		bagian = bagian.replace(" ", "")
		posisi = isi.find(bagian, posisi)
		assert posisi >= 0, f"{bagian!r} lacks, or stands elsewhere in: {pdf.teks}"
		posisi += len(bagian)
	assert "ditanggung oleh Pemerintah Kota Jambi" in pdf.teks
	assert "DRAF" not in pdf.teks
	assert "{{" not in pdf.teks and "None" not in pdf.teks


def test_dasar_hukum_dari_templat(k, sk_draf, cetak):
	templat = frappe.get_last_doc("Templat Surat", {"jenis_dokumen": "Keputusan Ketua RT"})
	templat.mengingat = "Peraturan Uji Nomor 1;\n\n  Peraturan Uji Nomor 2.  "
	templat.save()
	teks = cetak(pabrik.langkah(sk_draf, k.ketua, "Tetapkan"), k.ketua).teks
	assert re.search(r"1\. Peraturan Uji Nomor 1; 2\. Peraturan Uji Nomor 2\. ", teks)
	assert "Nomor 40 Tahun 2004" not in teks


def test_bukan_konstruksi_tanpa_iuran(k, cetak):
	kegiatan = pabrik.kegiatan_disetujui(k, konstruksi=0, perlindungan_lain="Kepesertaan Kota")
	teks = cetak(pabrik.surat_keputusan(k, kegiatan, ditetapkan=False), k.ketua).teks
	assert "Iuran" not in teks
	assert "KEEMPAT" in teks and "KELIMA" not in teks


def test_draf_ditandai_di_setiap_halaman(k, sk_draf, cetak):
	pdf = cetak(panjangkan(sk_draf, 40), k.ketua)
	assert len(pdf.pages) >= 4
	assert all("DRAF" in halaman for halaman in pdf.halaman)
	assert "belum ditetapkan, belum bernomor, dan belum berlaku" in pdf.halaman[0]
	assert "/KPTS/" not in pdf.teks


@pytest.mark.parametrize("aksi, kata", [("Cabut", "DICABUT"), ("Ganti", "DIGANTI")])
def test_yang_tidak_berlaku_lagi_menyebut_tanggalnya(k, sk, cetak, aksi, kata):
	sk = pabrik.langkah(sk, k.ketua, aksi, alasan="Kegiatan ditunda")
	pdf = cetak(sk, k.ketua)
	assert all(kata in halaman for halaman in pdf.halaman)
	hari = tanggal_indonesia(getdate(sk.dicabut_pada))
	assert f"{kata.lower()} pada tanggal {hari} dan tidak berlaku lagi" in pdf.halaman[0]
	assert sk.nomor in pdf.teks


def test_f4_bertanda_dan_berhuruf_tertanam(k, sk, cetak):
	pdf = cetak(panjangkan(sk, 3), k.ketua)
	assert {sebagai_f4(halaman) for halaman in pdf.pages} == {(215, 330)}
	akar = pdf.trailer["/Root"]
	assert akar["/Lang"] == "id"
	assert akar["/MarkInfo"]["/Marked"]
	assert "/StructTreeRoot" in akar
	assert pdf.metadata.title == f"Keputusan Ketua RT {sk.nomor}"
	huruf = [
		f.get_object()
		for halaman in pdf.pages
		for f in halaman["/Resources"].get_object()["/Font"].get_object().values()
	]
	assert huruf
	for f in huruf:
		for turunan in f.get("/DescendantFonts", [f]):
			penjelas = turunan.get_object()["/FontDescriptor"].get_object()
			assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(penjelas), f["/BaseFont"]
	jumlah = len(pdf.pages)
	for nomor, halaman in enumerate(pdf.halaman, start=1):
		assert f"Halaman {nomor} dari {jumlah}" in halaman
		assert f"Nomor {sk.nomor}" in halaman


def test_lampiran_utuh(k, sk, cetak):
	"""At lengths around which one more name would move the signature to a page of its own, and at great ones."""
	for jumlah in (1, 2, 3, *range(15, 20), 24, 30, *range(42, 47), 49, 53, 120):
		halaman = cetak(panjangkan(sk, jumlah), k.ketua).halaman
		awal = next(i for i, h in enumerate(halaman) if h.startswith("LAMPIRAN"))
		lampiran = halaman[awal:]
		assert not any(NIK_SAMAR.search(h) for h in halaman[:awal])
		nik = [n for h in lampiran for n in NIK_SAMAR.findall(h)]
		assert nik == [f"1571********{i:04}" for i in range(jumlah)]
		assert all(h.count("No. Nama NIK (disamarkan) Tugas") == 1 for h in lampiran), jumlah
		assert ["Ditetapkan di" in h for h in lampiran] == [False] * (len(lampiran) - 1) + [True], jumlah
		# whoever signs the last page signs names with it
		assert len(NIK_SAMAR.findall(lampiran[-1])) >= min(jumlah, 2), jumlah


def test_tanpa_nik_dan_alamat(k, sk, kegiatan, cetak):
	warga = [
		frappe.get_doc("Warga", w)
		for w in frappe.get_all("Peserta", {"kegiatan": kegiatan.name}, pluck="warga", order_by="name")
	]
	for w in warga:
		frappe.db.set_value("Data Pribadi", w.name, "alamat", "Jalan Rahasia Nomor 7")
	pdf = cetak(sk, k.ketua)
	assert len(NIK_SAMAR.findall(pdf.teks)) == len(warga) == 2
	assert not re.search(r"\d{16}", pdf.teks)
	assert "Jalan Rahasia" not in pdf.teks


def test_isian_tidak_menjadi_html(k, sk_draf, cetak):
	sk_draf.tentang = "Uji <img src=x onerror=alert(1)> & <b>tebal</b>"
	sk_draf.lampiran[0].nama = "<script>alert(2)</script>"
	with pabrik.sebagai(k.ketua):
		html = jadikan_html(sk_draf)
	assert "<img" not in html.lower() and "<script" not in html and "<b>tebal" not in html.lower()
	assert "<script>alert(2)</script>" in cetak(sk_draf, k.ketua).teks


def test_pratinjau_tidak_membuka_kegiatan_orang_lain(k, sk_draf):
	"""The preview takes the document from the browser, with whatever kegiatan is written there."""
	lain = replace(k, rt=k.rt_jauh, ketua=k.ketua_jauh, lurah=k.lurah_lain)
	pabrik.penugasan(k.pendamping, "Pendamping", rt=k.rt_jauh)
	kegiatan_lain = pabrik.kegiatan_disetujui(lain, judul="Kegiatan Rahasia")
	with pabrik.sebagai(k.ketua):
		palsu = sk_draf.as_dict()
		assert (
			"MEMUTUSKAN"
			in get_html_and_style(frappe.as_json(palsu), print_format="Keputusan Ketua RT")["html"]
		)
		palsu["kegiatan"] = kegiatan_lain.name
		with pytest.raises(frappe.PermissionError):
			get_html_and_style(frappe.as_json(palsu), print_format="Keputusan Ketua RT")
