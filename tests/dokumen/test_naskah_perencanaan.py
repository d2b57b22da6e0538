"""The letters of a musyawarah and a kegiatan on paper, at the lengths and in the states that they come in."""

from __future__ import annotations

import re
from io import BytesIO

import frappe
import pytest
from frappe.utils import add_days, getdate
from PIL import Image

from kampung_bahagia.aturan.tanggal import hari_indonesia, tanggal_indonesia, tanggal_terbilang
from kampung_bahagia.tata_kelola.cetak import jadikan_html
from kampung_bahagia.tata_kelola.naskah import format_rupiah, foto_surat
from kampung_bahagia.tests import pabrik

MUSYAWARAH = ("Undangan Musyawarah", "Daftar Hadir Musyawarah", "Berita Acara Musyawarah")
KEGIATAN = ("Proposal Kegiatan", "RAB Kegiatan", "Surat Pengantar Lurah", "Berita Acara Serah Terima")


PERUBAHAN = "Berita Acara Perubahan Kegiatan"


@pytest.fixture
def musyawarah(k, kegiatan):
	"""The one that decided the kegiatan: three present of four invited, one usulan."""
	return frappe.get_doc("Musyawarah", kegiatan.musyawarah)


def perbanyak(doc, tabel: str, jumlah: int, **nilai) -> None:
	"""Give the document in memory `jumlah` rows like its first."""
	contoh = doc.get(tabel)[0].as_dict()
	doc.set(tabel, [])
	for i in range(jumlah):
		doc.append(tabel, {**contoh, "name": None, "idx": None, **{f: isi(i) for f, isi in nilai.items()}})


def berisi(teks: str, *bagian: str) -> None:
	"""All of them, in this order; white space says nothing, because lines break anywhere."""
	isi, posisi = teks.replace(" ", ""), 0
	for satu in bagian:
		posisi = isi.find(satu.replace(" ", ""), posisi)
		assert posisi >= 0, f"{satu!r} lacks, or stands elsewhere in: {teks}"


@pytest.mark.parametrize("format", [*MUSYAWARAH, *KEGIATAN, PERUBAHAN])
def test_bentuk_naskah(k, kegiatan, musyawarah, cetak, format):
	doc = musyawarah if format in MUSYAWARAH else kegiatan
	if format == PERUBAHAN:
		doc = pabrik.adendum(k, kegiatan, tanggal_selesai=add_days(kegiatan.tanggal_selesai, 14))
	pdf = cetak(doc, k.ketua, format)
	jumlah = len(pdf.pages)
	for nomor, halaman in enumerate(pdf.pages, start=1):
		assert [round(float(x) / 72 * 25.4) for x in halaman.mediabox[2:]] == [215, 330]
		assert f"Halaman {nomor} dari {jumlah}" in pdf.halaman[nomor - 1]
		for huruf in halaman["/Resources"]["/Font"].get_object().values():
			for turunan in huruf.get_object().get("/DescendantFonts", [huruf]):
				penjelas = turunan.get_object()["/FontDescriptor"].get_object()
				assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(penjelas)
	assert pdf.metadata.title == f"{format} {doc.name}"
	assert "{{" not in pdf.teks and "None" not in pdf.teks and "Undefined" not in pdf.teks
	assert not re.search(r"\d{16}", pdf.teks)
	kop = "PEMERINTAH KOTA JAMBI" if format == "Surat Pengantar Lurah" else "RUKUN TETANGGA"
	assert pdf.halaman[0].replace("DRAF ", "").find(kop) in range(200)


def test_undangan(k, musyawarah, cetak):
	musyawarah.tanggal = "2026-11-18 19:30:00"
	teks = cetak(musyawarah, k.ketua, "Undangan Musyawarah").teks
	berisi(
		teks,
		"Undangan Musyawarah Prioritas",
		"Kepala Keluarga",
		"Rabu, 18 November 2026",
		"19.30 WIB sampai dengan selesai",
		musyawarah.tempat,
		"penetapan usulan prioritas",
		"kuorum",
		frappe.utils.get_fullname(k.ketua),
	)


def test_undangan_yang_batal_ditandai(k, cetak):
	m = pabrik.langkah(pabrik.musyawarah(k), k.ketua, "Batalkan")
	assert "DIBATALKAN" in cetak(m, k.ketua, "Undangan Musyawarah").teks


def test_daftar_hadir_menyebut_nama_tanpa_alamat_dan_nik(k, musyawarah, cetak):
	for h in musyawarah.hadirin:
		frappe.db.set_value("Data Pribadi", h.warga, "alamat", "Jalan Rahasia Nomor 7")
	teks = cetak(musyawarah, k.lurah, "Daftar Hadir Musyawarah").teks
	rt = f"{frappe.db.get_value('RT', k.rt, 'nomor'):03}"
	for nomor, h in enumerate(musyawarah.hadirin, start=1):
		berisi(teks, f"{nomor}. {h.nama} RT {rt} L Warga {nomor}.")
	assert "Rahasia" not in teks
	assert "4." not in teks.split("Tanda tangan")[1].split("Notulen")[0]  # no room for who did not come


def test_daftar_hadir_kosong_untuk_diisi_di_tempat(k, cetak):
	m = pabrik.musyawarah(k, hadir=1, diundang=60)
	m.set("hadirin", [])
	halaman = cetak(m, k.ketua, "Daftar Hadir Musyawarah").halaman
	assert "60. 60." in halaman[-1]
	assert all(h.count("No. Nama Alamat JK Unsur Tanda tangan") == 1 for h in halaman)
	m.kk_diundang = 200_000  # a preview prints what it is sent
	assert "300. 300." in cetak(m, k.ketua, "Daftar Hadir Musyawarah").halaman[-1]


def test_daftar_hadir_panjang(k, musyawarah, cetak):
	"""Signatures never stand on a page without names."""
	for jumlah in (1, *range(17, 22), 46, 47, 48, 49, 150):
		perbanyak(musyawarah, "hadirin", jumlah, nama=lambda i: f"Hadirin {i:03}")
		halaman = cetak(musyawarah, k.ketua, "Daftar Hadir Musyawarah").halaman
		nama = [n for h in halaman for n in re.findall(r"Hadirin \d{3}", h)]
		assert nama == [f"Hadirin {i:03}" for i in range(jumlah)]
		assert all(h.count("No. Nama Alamat") == 1 for h in halaman), jumlah
		assert ["Notulen," in h for h in halaman] == [False] * (len(halaman) - 1) + [True], jumlah
		assert "Hadirin" in halaman[-1]


def test_berita_acara_prioritas(k, musyawarah, cetak):
	teks = cetak(musyawarah, k.ketua, "Berita Acara Musyawarah").teks
	hari = getdate(musyawarah.tanggal)
	berisi(
		teks,
		"BERITA ACARA MUSYAWARAH PRIORITAS USULAN",
		f"Pada hari ini, {hari_indonesia(hari)}, tanggal {tanggal_terbilang(hari)}",
		"KK diundang : 4 KK",
		"KK hadir : 3 KK",
		"3 orang (3 laki-laki, 0 perempuan)",
		"Kuorum tercapai: hadir 3 dari 4 KK",
		musyawarah.usulan[0].judul,
		"Rp96.500.000",
		"Diputuskan",
		"memutuskan usulan berikut",
		"Pimpinan Musyawarah,",
		"Saksi 1,",
		"Pendamping,",
		frappe.utils.get_fullname(k.pendamping),
		"Mengetahui,",
		frappe.utils.get_fullname(k.lurah),
	)
	assert "Belum disahkan" not in teks


def test_berita_acara_sebelum_disahkan_menyebutnya_tetapi_dapat_ditandatangani(k, cetak):
	teks = cetak(pabrik.musyawarah(k), k.ketua, "Berita Acara Musyawarah").teks
	assert "Belum disahkan oleh Lurah" in teks
	assert "DRAF" not in teks


@pytest.mark.parametrize(
	"jenis, isi, kalimat",
	[
		("Kesiapan", {"hasil_kesiapan": "Siap"}, "menyatakan siap melaksanakan"),
		("Perubahan", {"keputusan": "Volume ditambah."}, "Volume ditambah. Rincian perubahan dituangkan"),
		("Serah Terima", {"keputusan": "Hasil diterima warga."}, "Hasil diterima warga."),
	],
)
def test_berita_acara_jenis_lain(k, musyawarah, kegiatan, cetak, jenis, isi, kalimat):
	musyawarah.update({"jenis": jenis, **isi, "usulan": []})
	if jenis == "Kesiapan":
		musyawarah.append("pokja", {"nama": "Ibu Pokja", "jabatan": "Ketua"})
	musyawarah.kegiatan = None if jenis == "Kesiapan" else kegiatan.name
	teks = cetak(musyawarah, k.ketua, "Berita Acara Musyawarah").teks
	berisi(teks, f"MUSYAWARAH {jenis.upper()}", kalimat)
	assert (kegiatan.judul in teks) == (jenis != "Kesiapan") == ("Ibu Pokja" not in teks)


def test_usulan_menurut_peringkat(k, musyawarah, cetak):
	perbanyak(musyawarah, "usulan", 30, judul=lambda i: f"Usulan {i:02}", peringkat=lambda i: 30 - i)
	musyawarah.usulan[0].seri = 1
	halaman = cetak(musyawarah, k.ketua, "Berita Acara Musyawarah").halaman
	tabel = " ".join(halaman).split("Keputusan musyawarah")[0]
	assert re.findall(r"Usulan \d\d", tabel) == [f"Usulan {i:02}" for i in reversed(range(30))]
	assert "30 (seri) Usulan 00" in tabel
	assert sum("Peringkat Usulan Kategori" in h for h in halaman) >= 2


def test_proposal(k, kegiatan, cetak):
	teks = cetak(kegiatan, k.dpmppa, "Proposal Kegiatan").teks
	berisi(
		teks,
		"PROPOSAL KEGIATAN",
		kegiatan.judul.upper(),
		"dihadiri 3 dari 4 kepala keluarga",
		f"usulan {kegiatan.usulan_judul}",
		"Konstruksi",
		"2 orang warga",
		"Bahan 1 Rp96.500.000",
		"sembilan puluh enam juta lima ratus ribu rupiah",
		"perkiraan iuran Rp231.600",
		frappe.utils.get_fullname(k.ketua),
	)
	assert "DRAF" not in teks and "Belum diputuskan" not in teks


def test_proposal_bukan_konstruksi(k, cetak):
	teks = cetak(pabrik.kegiatan(k, konstruksi=0), k.ketua, "Proposal Kegiatan").teks
	assert "bukan pekerjaan konstruksi" in teks and "perkiraan iuran" not in teks


def test_bpjs_membaca_proposal_tanpa_musyawarah_dan_pokja(k, kegiatan, cetak):
	rt = frappe.get_doc("RT", k.rt)
	rt.append("pokja", {"nama": "Anggota Rahasia", "jabatan": "Ketua"})
	rt.save()
	assert "Anggota Rahasia" in cetak(kegiatan, k.lurah, "Proposal Kegiatan").teks
	frappe.db.set_value("Kegiatan", kegiatan.name, "diserahkan_bpjs", 1)
	kegiatan.reload()
	teks = cetak(kegiatan, k.bpjs, "Proposal Kegiatan").teks
	assert "Anggota Rahasia" not in teks and "kepala keluarga yang diundang" not in teks


@pytest.mark.parametrize("format", ["Proposal Kegiatan", "RAB Kegiatan", "Berita Acara Serah Terima"])
def test_kegiatan_yang_masih_disusun_ditandai_draf(k, cetak, format):
	doc = pabrik.kegiatan(k)
	assert all("DRAF" in h for h in cetak(doc, k.ketua, format).halaman)
	doc = pabrik.langkah(doc, k.ketua, "Ajukan")
	if format != "Berita Acara Serah Terima":
		teks = cetak(doc, k.ketua, format).teks
		assert "DRAF" not in teks
		assert "Belum diputuskan" in teks


def test_rab_berkelompok_dengan_jumlahnya(k, cetak):
	rab = [
		{"uraian": "Upah tukang", "jenis": "Upah", "volume": 10.5, "satuan": "HOK", "harga_satuan": 160_000},
		{"uraian": "Semen", "jenis": "Bahan", "volume": 100, "satuan": "zak", "harga_satuan": 80_000},
		{"uraian": "Pasir", "jenis": "Bahan", "volume": 2, "satuan": "m3", "harga_satuan": 250_000},
		{
			"uraian": "Konsumsi",
			"jenis": "Lainnya",
			"volume": 20,
			"satuan": "porsi",
			"harga_satuan": 25_000,
			"dasar_iuran": 0,
		},
	]
	doc = pabrik.kegiatan(k, rab=rab, ppn=180_000)
	berisi(
		cetak(doc, k.ketua, "RAB Kegiatan").teks,
		"A. Bahan",
		"1. Semen 100 zak Rp80.000 Rp8.000.000",
		"2. Pasir",
		"Jumlah Bahan Rp8.500.000",
		"B. Upah",
		"10,5 HOK Rp160.000 Rp1.680.000",
		"Jumlah Upah Rp1.680.000",
		"C. Lainnya",
		"Konsumsi *)",
		"Nilai kegiatan Rp10.680.000",
		"PPN dalam nilai kegiatan Rp180.000",
		"Dasar iuran BPJS Ketenagakerjaan Rp10.000.000",
		"sepuluh juta enam ratus delapan puluh ribu rupiah",
		"*) tidak termasuk dasar iuran",
		"Ketua RT selaku Ketua Pokja",
	)


def test_rab_panjang(k, kegiatan, cetak):
	"""The totals and the signatures stay with rows of the table, whatever its length."""
	for jumlah in (20, 21, 22, 23, 24, 25, 26, 27, 28, 60):
		perbanyak(kegiatan, "rab", jumlah, uraian=lambda i: f"Rincian {i:03}")
		halaman = cetak(kegiatan, k.ketua, "RAB Kegiatan").halaman
		assert [u for h in halaman for u in re.findall(r"Rincian \d{3}", h)] == [
			f"Rincian {i:03}" for i in range(jumlah)
		]
		assert all(h.count("No. Uraian Volume Satuan") == 1 for h in halaman), jumlah
		for isi in ("Rincian", "Jumlah Bahan", "Nilai kegiatan", "Terbilang", "Memeriksa,"):
			assert isi in halaman[-1], (jumlah, isi)


def test_surat_pengantar(k, kegiatan, cetak):
	pdf = cetak(kegiatan, k.lurah, "Surat Pengantar Lurah")
	hari = tanggal_indonesia(getdate())
	kelurahan = frappe.db.get_value("Kelurahan", k.kelurahan, "nama")
	berisi(
		pdf.teks,
		f"KELURAHAN {kelurahan.upper()}",
		f"Jambi, {hari}",
		"Kepala Dinas Pemberdayaan Masyarakat",
		"SURAT PENGANTAR",
		kegiatan.judul,
		"1 (satu) berkas",
		f"Lurah {kelurahan}",
		frappe.utils.get_fullname(k.lurah),
	)
	assert "DRAF" not in pdf.teks
	assert "DRAF" in cetak(pabrik.kegiatan(k), k.lurah, "Surat Pengantar Lurah").teks


def test_surat_menyebut_pejabat_pada_waktu_keputusan(k, kegiatan, cetak):
	"""A new lurah rewrites no letter of the one before."""
	baru = pabrik.pengguna("lurah-baru")
	lama = frappe.get_doc("Penugasan", {"pengguna": k.lurah, "jabatan": "Lurah"})
	frappe.db.set_value("Penugasan", lama.name, "sampai", frappe.utils.add_days(None, -1))
	pabrik.penugasan(baru, "Lurah", kelurahan=k.kelurahan, mulai=frappe.utils.nowdate())
	teks = cetak(kegiatan, k.ketua, "Surat Pengantar Lurah").teks
	assert "lurah-baru" not in teks and frappe.utils.get_fullname(k.lurah) in teks
	assert "lurah-baru" in cetak(kegiatan, k.ketua, "Berita Acara Serah Terima").teks


def test_serah_terima_sebelum_waktunya_berupa_isian(k, kegiatan, cetak):
	teks = cetak(kegiatan, k.ketua, "Berita Acara Serah Terima").teks
	assert "DRAF" in teks and "belum diserahterimakan" in teks
	berisi(teks, "PIHAK PERTAMA", "PIHAK KEDUA", "Rp96.500.000", "selama 30 hari", "Saksi,")


def test_isian_tidak_menjadi_html(k, kegiatan, musyawarah):
	jahat = "<img src=x onerror=alert(1)>"
	kegiatan.judul = kegiatan.lokasi = kegiatan.rab[0].uraian = jahat
	musyawarah.tempat = musyawarah.catatan = musyawarah.usulan[0].judul = musyawarah.hadirin[0].nama = jahat
	with pabrik.sebagai(k.ketua):
		for format in KEGIATAN:
			assert "<img" not in jadikan_html(kegiatan, format).lower()
		for format in MUSYAWARAH:
			assert "<img" not in jadikan_html(musyawarah, format).lower()


# --- photos


def unggah(doc, isi: bytes, nama: str = "foto.png") -> str:
	return pabrik.lampiran(doc, nama, frappe.session.user, isi)


def png(lebar: int, tinggi: int) -> bytes:
	isi = BytesIO()
	Image.new("RGB", (lebar, tinggi), "#264").save(isi, "PNG")
	return isi.getvalue()


def test_foto_tercetak_dalam_ukuran_kecil(k, cetak):
	m = pabrik.musyawarah(k)
	m.foto = unggah(m, png(3000, 2000))
	gambar = {g.name: g for h in cetak(m, k.ketua, "Berita Acara Musyawarah").pages for g in h.images}
	assert [max(g.image.size) for g in gambar.values()] == [1000]


@pytest.mark.parametrize("isi", [b"bukan gambar", b"", png(20, 20)[:40]])
def test_foto_yang_tidak_terbaca_dilewati(k, cetak, isi):
	m = pabrik.musyawarah(k)
	m.foto = unggah(m, isi or b" ")
	assert "Dokumentasi" not in cetak(m, k.ketua, "Berita Acara Musyawarah").teks


def test_foto_dokumen_lain_tidak_ikut(k):
	"""An address alone would lay the attachments of any document into one's own."""
	satu, dua = pabrik.musyawarah(k), pabrik.musyawarah(k)
	alamat = unggah(satu, png(30, 20))
	assert foto_surat(satu, alamat)
	assert foto_surat(dua, alamat) is None


# --- LPJ


def test_laporan_pertanggungjawaban(k, cetak):
	rab = [
		{"uraian": "Semen", "jenis": "Bahan", "volume": 100, "satuan": "zak", "harga_satuan": 80_000},
		{"uraian": "Upah", "jenis": "Upah", "volume": 10, "satuan": "HOK", "harga_satuan": 200_000},
	]
	doc = pabrik.lpj(k, pabrik.kegiatan_serah_terima(k, rab=rab), realisasi=1_500_000)
	pdf = cetak(doc, k.ketua)
	assert all("DRAF" in h for h in pdf.halaman)
	doc = pabrik.langkah(doc, k.ketua, "Ajukan")
	assert "Laporan ini berstatus Diajukan" in cetak(doc, k.lurah).teks
	doc = pabrik.langkah(pabrik.langkah(doc, k.lurah, "Periksa"), k.dpmppa, "Terima")
	pdf = cetak(doc, k.pengawas)
	berisi(
		pdf.teks,
		"LAPORAN PERTANGGUNGJAWABAN",
		"1. Semen Rp8.000.000 Rp1.500.000 Rp6.500.000 B-1",
		"2. Upah Rp2.000.000 Rp1.500.000 Rp500.000 B-2",
		"Jumlah Rp10.000.000 Rp3.000.000 Rp7.000.000",
		"tiga juta rupiah",
		"Sisa dana program sebesar Rp7.000.000",
		"telah dikembalikan",
		"Musyawarah Serah Terima tanggal",
		"B-1",
		"nota-1",
		"Bendahara Pokja,",
		frappe.utils.get_fullname(k.ketua),
		frappe.utils.get_fullname(k.lurah),
		frappe.utils.get_fullname(k.dpmppa),
	)
	assert "DRAF" not in pdf.teks and "berstatus" not in pdf.teks
	assert "None" not in pdf.teks and "{{" not in pdf.teks


def test_lpj_panjang(k, cetak):
	doc = pabrik.lpj(k, pabrik.kegiatan_serah_terima(k))
	for jumlah in (8, 14, 60):
		perbanyak(
			doc, "realisasi", jumlah, uraian=lambda i: f"Rincian {i:03}", bukti=lambda i: f"/x/n-{i}.pdf"
		)
		halaman = cetak(doc, k.ketua).halaman
		for h in halaman:
			if "Rp96.500.000 Rp96.500.000 Rp0 B-" in h:
				assert "No. Uraian Anggaran Realisasi Selisih Bukti" in h
		assert "Bendahara Pokja," in halaman[-1] and "Demikian laporan" in halaman[-1]


def test_perubahan_menyandingkan_semula_dan_menjadi(k, kegiatan, cetak):
	lama = kegiatan.rab[0]
	baru = {"jenis": "Bahan", "satuan": "paket", "volume": 1, "harga_satuan": 2_000_000, "dasar_iuran": 1}
	adendum = pabrik.adendum(
		k,
		kegiatan,
		tanggal_selesai=add_days(kegiatan.tanggal_selesai, 14),
		rab=[{"uraian": "Tutup <b>saluran</b>", **baru}],
	)
	assert "DRAF" in cetak(adendum, k.ketua, PERUBAHAN).teks
	for user, aksi in ((k.ketua, "Ajukan"), (k.lurah, "Verifikasi"), (k.dpmppa, "Setujui")):
		adendum = pabrik.langkah(adendum, user, aksi)
	teks = cetak(adendum, k.pengawas, PERUBAHAN).teks
	berisi(
		teks,
		kegiatan.judul,
		adendum.musyawarah,
		adendum.alasan_perubahan,
		"Nilai kegiatan",
		format_rupiah(adendum.nilai_lama),
		"Rp2.000.000",
		format_rupiah(adendum.selisih_nilai),
		"Swadaya warga Rp0 Rp0 tetap",
		format_rupiah(adendum.iuran_lama),
		"Rp4.800",
		"+14 hari",
		"Tutup <b>saluran</b>",  # as it was typed, not as markup
		"+Rp2.000.000",
		lama.uraian,
		f"-{format_rupiah(lama.jumlah)}",
		"dua juta rupiah",
		"Menyetujui,",
		frappe.utils.get_fullname(k.dpmppa),
	)
	assert "DRAF" not in teks and "Belum" not in teks
