from __future__ import annotations

from kampung_bahagia.tests import pabrik


def test_hitungan_per_lapis(k, cetak):
	"""Rp120.000.000 lies in two slices: 240.000 + 38.000 (0,24 and 0,19 percent)."""
	rab = [{"uraian": "Beton", "jenis": "Bahan", "volume": 1, "satuan": "ls", "harga_satuan": 120_000_000}]
	daftar = pabrik.pendaftaran(k, pabrik.kegiatan_disetujui(k, rab=rab))
	pdf = cetak(daftar, k.dpmppa)
	teks = pdf.teks
	for bagian in (
		"DINAS PEMBERDAYAAN MASYARAKAT, PEREMPUAN DAN PERLINDUNGAN ANAK",
		"1. sampai dengan Rp100.000.000 Rp100.000.000 0,21 0,03 Rp210.000 Rp30.000",
		"2. di atas Rp100.000.000 sampai dengan Rp500.000.000 Rp20.000.000 0,17 0,02 Rp34.000 Rp4.000",
		"Rp244.000 Rp34.000",
		"Rp278.000 Terbilang: dua ratus tujuh puluh delapan ribu rupiah",
		"DRAF",
	):
		assert bagian in teks, f"{bagian!r} lacks in: {teks}"
	assert "TAGIHAN" not in teks
	assert pdf.metadata.title == f"Rekap Iuran {daftar.name}"


def test_tagihan_setelah_dikirim(k, kegiatan, cetak):
	daftar = pabrik.bersertifikat(k, pabrik.pendaftaran(k, kegiatan))
	teks = cetak(daftar, k.bpjs).teks
	assert "DRAF" not in teks
	assert "Nilai tagihan BPJS : Rp231.600" in teks
	assert "Nomor sertifikat : S-1" in teks
	assert "{{" not in teks and "None" not in teks


def test_hitungan_dari_upah(k, kegiatan, cetak):
	daftar = pabrik.pendaftaran(k, kegiatan)
	with pabrik.sebagai(k.dpmppa):
		isi = {
			"cara_hitung": "Upah",
			"cara_upah": "Jumlah Seluruhnya",
			"jumlah_upah": 10_000_000,
			"bulan_upah": 3,
		}
		daftar.update(isi).save()
	teks = cetak(daftar, k.dpmppa).teks
	for bagian in (
		"PERHITUNGAN DARI UPAH",
		"Upah sebulan seluruhnya : Rp10.000.000",
		"Lama bekerja : 3 bulan",
		"1. Rp10.000.000 × 3 bulan Rp30.000.000 1,74 0,3 Rp522.000 Rp90.000",
		"Terbilang: enam ratus dua belas ribu rupiah",
		"Tarif dikenakan atas upah sebulan",
	):
		assert bagian in teks, f"{bagian!r} lacks in: {teks}"
	assert "LAPIS NILAI" not in teks and "PPN" not in teks
