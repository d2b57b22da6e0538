"""The papers of a claim that the programme prints: what they say, how they look, and to whom they are shown."""

from __future__ import annotations

import re

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime, nowdate

from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.klaim.naskah import NASKAH, NaskahBelumBerlaku, untuk_layar
from kampung_bahagia.tata_kelola.cetak import get_html_and_style, jadikan_html
from kampung_bahagia.tests import pabrik
from tests.dokumen.arsip import pelanggaran
from tests.dokumen.test_naskah_perencanaan import berisi, perbanyak
from tests.dokumen.test_surat_tugas import F4, ukuran

TAHAP_SATU, TAHAP_DUA, JKM, KRONOLOGI, WARIS, PENUTUP = NASKAH
SATU = "frappe.utils.print_format.download_pdf"
ISTRI = {"nama": "Siti Aminah", "hubungan": "Istri", "tanggal_lahir": "1985-03-01"}
IBU = {"nama": "Ibu Kandung", "hubungan": "Orang Tua", "tanggal_lahir": "1955-01-01"}
REKENING = "7700112233"
TUJUAN = {
	"penerima_rencana": ISTRI["nama"],
	"bank": "Bank Jambi",
	"nomor_rekening": REKENING,
	"atas_nama": ISTRI["nama"],
}


@pytest.fixture(scope="module")
def _berjalan(_berkas) -> str:
	return pabrik.kegiatan_berjalan(_berkas.kampung, judul="Perbaikan Drainase Gang Melati").name


@pytest.fixture
def klaim(k, _berjalan):
	"""Makes a claim about a running kegiatan."""

	def buat(jenis: str = "JKK Perawatan", **nilai):
		return pabrik.klaim(k, frappe.get_doc("Kegiatan", _berjalan), jenis=jenis, **nilai)

	return buat


def diajukan(k, doc):
	return pabrik.ajukan_ke_bpjs(k, pabrik.lengkapi_dokumen(doc, k.ketua))


def bayar(doc, **jumlah: int):
	"""What BPJS paid, in memory: benefit (spaces as _) and sum."""
	for manfaat, rupiah in jumlah.items():
		doc.append(
			"pembayaran",
			{
				"manfaat": manfaat.replace("_", " "),
				"tanggal": getdate(),
				"jumlah": rupiah,
				"penerima": ISTRI["nama"],
			},
		)
	return doc.update({"status": "Dibayar", "dibayar_pada": nowdate(), "nilai_dibayar": sum(jumlah.values())})


def dibayar(k, doc):
	doc = pabrik.langkah(diajukan(k, doc), k.bpjs, "Setujui", nomor_klaim="K-1", nilai_disetujui=4_500_000)
	return bayar(doc, Perawatan=4_000_000, Transportasi=500_000)


@pytest.mark.parametrize(
	"jenis, format",
	[
		("JKK Perawatan", TAHAP_SATU),
		("JKK Perawatan", TAHAP_DUA),
		("JKK Meninggal", TAHAP_DUA),
		("JKM", JKM),
		("JKK Perawatan", KRONOLOGI),
		("JKM", WARIS),
		("JKK Perawatan", PENUTUP),
	],
)
def test_the_form_of_each_paper(k, klaim, cetak, jenis, format):
	doc = klaim(jenis)
	if format == PENUTUP:
		doc = dibayar(k, doc)
	pdf = cetak(doc, k.ketua, format)
	assert pelanggaran(pdf.isi) == []
	for nomor, halaman in enumerate(pdf.pages, start=1):
		assert ukuran(halaman) == F4
		assert f"Halaman {nomor} dari {len(pdf.pages)}" in pdf.halaman[nomor - 1]
	assert pdf.metadata.title == f"{format} {doc.name}"
	for salah in ("{{", "None", "Undefined", "&lt;", "<table", "DRAF"):
		assert salah not in pdf.teks
	assert not re.search(r"\d{16}", pdf.teks)
	assert doc.name in pdf.teks


def test_stage_one_says_what_form_kk1_asks(k, klaim, cetak):
	doc = klaim(
		faskes="RSUD Raden Mattaher", lalu_lintas=1, saksi=[{"nama": "Pak Saksi", "no_hp": "08123456789"}]
	)
	berisi(
		cetak(doc, k.lurah, TAHAP_SATU).teks,
		"bukan formulir BPJS",
		"Jasa Konstruksi (JAKON)",
		"26-0001",
		"Perbaikan Drainase Gang Melati",
		doc.nama,
		"disamarkan; salin dari KTP",
		f"{now_datetime():%d}".lstrip("0"),
		"WIB",
		"Gang Melati",
		"Kecelakaan lalu lintas: Ya",
		"Terpeleset saat mengangkat semen.",
		"Pak Saksi",
		"RSUD Raden Mattaher",
		"+6281234567890",
		"Batas Laporan Tahap I",
		tanggal_indonesia(getdate(doc.batas_tahap_satu)),
		"Terlindungi",
		"Nama disebut dalam SK",
		"KTP Peserta",
		"Belum ada",
		frappe.utils.get_fullname(k.ketua),
	)


def test_stage_two_says_what_the_doctor_found_and_who_paid(k, klaim, cetak):
	doc = klaim(
		keterangan_dokter_pada=now_datetime(),
		akibat="Cacat Sebagian",
		cacat_persen=12.5,
		hari_tidak_bekerja=14,
		biaya_perawatan=750_000,
		angkutan="Darat/Sungai",
		biaya_angkutan=100_000,
	)
	berisi(
		cetak(doc, k.ketua, TAHAP_DUA).teks,
		"3a KK2",
		"Cacat Sebagian",
		"12,5%",
		"14 hari",
		"Rp750.000",
		"darat/sungai",
		"Rp100.000",
		"Batas Laporan Tahap II",
		tanggal_indonesia(getdate(doc.batas_tahap_dua)),
	)


def test_a_death_lists_the_heirs_in_the_order_of_the_law_with_their_papers(k, klaim, cetak):
	doc = klaim("JKM", ahli_waris=[IBU, ISTRI], **TUJUAN)
	teks = cetak(doc, k.dpmppa, JKM).teks
	berisi(
		teks,
		"formulir 4",
		"1. Siti Aminah Istri 1 Maret 1985 hidup Berhak.",
		"Buku Nikah",
		"2. Ibu Kandung Orang Tua",
		"tidak berhak karena masih ada",
		"Yang berhak: janda, duda, atau anak",
		"Bank Jambi",
		"disamarkan; salin dari buku tabungan",
		"Rp42.000.000 (perkiraan",
	)
	assert REKENING not in teks


def test_an_accidental_death_has_its_heirs_on_stage_two(k, klaim, cetak):
	doc = klaim("JKK Meninggal", ahli_waris=[ISTRI])
	berisi(cetak(doc, k.ketua, TAHAP_DUA).teks, "F. Keluarga dan ahli waris", "Siti Aminah", "Ahli waris,")


def test_the_chronology_has_room_for_two_witnesses(k, klaim, cetak):
	doc = klaim()
	satu = cetak(doc, k.ketua, KRONOLOGI).teks
	berisi(satu, "KRONOLOGI KEJADIAN", "Terpeleset", "Saksi 1,", "Saksi 2,", "Jambi, ………", "Ketua RT")
	doc.append("saksi", {"nama": "Bu Tiga", "no_hp": "+628123", "keterangan": "Melihat dari warung"})
	berisi(cetak(doc, k.ketua, KRONOLOGI).teks, "Bu Tiga +628123 Melihat dari warung 2.", "Saksi 1, Bu Tiga")


def test_a_long_chronology_leaves_no_signature_alone(k, klaim, cetak):
	doc = klaim()
	for baris in (*range(26, 40, 2), 60):
		doc.kronologi = "\n".join(f"Kejadian {i:03} berlangsung di tempat pekerjaan." for i in range(baris))
		halaman = cetak(doc, k.ketua, KRONOLOGI).halaman
		assert len(re.findall(r"Kejadian \d{3}", " ".join(halaman))) == baris
		assert "Demikian kronologi" in halaman[-1] and "Saksi 1," in halaman[-1], baris
		assert "Saksi 1," not in " ".join(halaman[:-1])


def test_the_statement_of_heirs(k, klaim, cetak):
	anak = {
		"nama": "Budi Kecil",
		"hubungan": "Anak",
		"tanggal_lahir": add_days(nowdate(), -3000),
		"wali": ISTRI["nama"],
	}
	doc = klaim("JKM", ahli_waris=[IBU, ISTRI, anak], **TUJUAN)
	teks = cetak(doc, k.ketua, WARIS).teks
	berisi(
		teks,
		"SURAT KETERANGAN AHLI WARIS",
		doc.nama,
		tanggal_indonesia(getdate(doc.waktu_kejadian)),
		"Siti Aminah Istri 1 Maret 1985 hidup",
		"Budi Kecil wali: Siti Aminah",
		"Ibu Kandung Orang Tua",
		"janda, duda, atau anak, yaitu Siti Aminah, Budi Kecil.",
		"Kami sepakat menunjuk Siti Aminah",
		"Meterai",
		"Siti Aminah, wali Budi Kecil",
		"Saksi 1,",
		"Saksi 2,",
		"Camat",
		"Lurah",
		frappe.utils.get_fullname(k.lurah),
	)
	doc.perkiraan_manfaat = 5_000_000  # the limit itself is not above it
	assert "Meterai" not in cetak(doc, k.ketua, WARIS).teks


def test_twelve_heirs_leave_no_signature_alone(k, klaim, cetak):
	doc = klaim("JKM", ahli_waris=[ISTRI])
	for jumlah in (1, 3, 6, 7, 9, 10, 12):
		perbanyak(doc, "ahli_waris", jumlah, nama=lambda i: f"Kerabat {i:02}")
		halaman = cetak(doc, k.ketua, WARIS).halaman
		assert halaman[-1].count("Saksi 1,") == 1 and "Lurah" in halaman[-1], jumlah
		for isi in ("Saksi dan pejabat", "Tanda tangan"):
			assert isi in halaman[-1], jumlah
		for h in halaman:  # a list goes on under its head
			assert not re.search(r"Kerabat \d\d (Istri|\d\d?\.|$)", h) or "No. Nama" in h, jumlah


def test_without_heirs_the_statement_is_filled_in_by_hand(k, klaim, cetak):
	teks = cetak(klaim("JKM"), k.ketua, WARIS).teks
	berisi(teks, "1.", "5.", "yang berhak menerima manfaat adalah ………", "Saksi 1,")
	assert "tidak ada ahli waris yang berhak" not in teks


@pytest.mark.parametrize(
	"jenis, format", [("JKK Perawatan", TAHAP_SATU), ("JKK Meninggal", TAHAP_DUA), ("JKM", JKM)]
)
def test_a_sheet_ends_with_papers_above_its_signatures(k, klaim, cetak, jenis, format):
	doc = klaim(jenis)
	for baris in range(1, 20, 5):
		doc.kronologi = "\n".join(["Uraian kejadian pada hari itu."] * baris)
		perbanyak(doc, "dokumen", baris + 4)
		halaman = cetak(doc, k.ketua, format).halaman
		assert "No. Dokumen Keadaan" in halaman[-1] and "Data ini kami isi" in halaman[-1], baris
		assert "Data ini kami isi" not in " ".join(halaman[:-1])


def test_each_paper_only_where_it_belongs(k, klaim, cetak):
	jkk, jkm = klaim(), klaim("JKM")
	assert untuk_layar(jkk)["daftar"] == [TAHAP_SATU, TAHAP_DUA, KRONOLOGI]
	assert untuk_layar(jkm)["daftar"] == [JKM, KRONOLOGI, WARIS]
	assert untuk_layar(jkk)["templat"] == {
		"Formulir Laporan Tahap I (3 KK1)": TAHAP_SATU,
		"Formulir Laporan Tahap II (3a KK2)": TAHAP_DUA,
		"Kronologi dengan Dua Saksi": KRONOLOGI,
	}
	assert untuk_layar(jkm)["templat"] == {
		"Formulir Klaim JKM (Form 4)": JKM,
		"Surat Keterangan Ahli Waris": WARIS,
	}
	for doc, format in ((jkk, WARIS), (jkk, JKM), (jkm, TAHAP_SATU), (jkm, PENUTUP)):
		with pytest.raises(NaskahBelumBerlaku, match="tidak berlaku"):
			cetak(doc, k.ketua, format)


def test_what_was_typed_does_not_become_markup(k, klaim):
	jahat = "<img src=x onerror=alert(1)>"
	jkk = klaim()
	jkk.append("saksi", {"nama": jahat, "no_hp": jahat, "keterangan": jahat})
	jkk.kronologi = jkk.tempat = jkk.faskes = jkk.nama_pelapor = jkk.nama = jkk.bank = jahat
	jkm = klaim("JKM", ahli_waris=[ISTRI])
	jkm.ahli_waris[0].nama = jahat
	jkm.kronologi = jkm.tempat = jkm.hasil_waris = jkm.penerima_rencana = jkm.atas_nama = jahat
	ditutup = dibayar(k, klaim(waktu_kejadian=add_days(now_datetime(), -1)))
	ditutup.pembayaran[0].penerima = ditutup.keputusan = ditutup.nomor_klaim = jahat
	with pabrik.sebagai(k.ketua):
		for doc in (jkk, jkm, ditutup):
			for format in untuk_layar(doc)["daftar"]:
				assert "<img" not in jadikan_html(doc, format).lower()


# --- the closing letter


def test_the_closing_letter_says_what_was_paid_to_whom(k, klaim, cetak):
	teks = cetak(dibayar(k, klaim()), k.dpmppa, PENUTUP).teks
	berisi(
		teks,
		"PEMERINTAH KOTA JAMBI",
		"Yth.",
		"BPJS Ketenagakerjaan telah membayar Rp4.500.000",
		f"Perawatan {tanggal_indonesia(getdate())} Siti Aminah Rp4.000.000",
		f"Transportasi {tanggal_indonesia(getdate())} Siti Aminah Rp500.000",
		"Jumlah",
		"Rp4.500.000",
		"empat juta lima ratus ribu rupiah",
		"Yang masih dapat dilakukan keluarga",
		"buku tabungan",
		"hak itu gugur",
		frappe.utils.get_fullname(k.ketua),
		"Kepala Dinas,",
	)
	assert "berdukacita" not in teks


def test_the_closing_letter_of_a_refusal_says_why_and_what_can_be_done(k, klaim, cetak):
	doc = diajukan(k, klaim())
	with pabrik.sebagai(k.bpjs):
		doc.update({"nomor_klaim": "K-2", "keputusan": "Nama tidak terbaca."}).save()
	doc = pabrik.langkah(doc, k.bpjs, "Tolak", alasan="Nama tidak terbaca.")
	berisi(
		cetak(doc, k.ketua, PENUTUP).teks,
		"belum menyetujui klaim ini: Nama tidak terbaca.",
		"Meminta penjelasan",
		"kami mengajukan klaim ini kembali",
	)
	doc = pabrik.langkah(doc, k.dpmppa, "Tutup")
	teks = cetak(doc, k.ketua, PENUTUP).teks
	assert "mengajukan klaim ini kembali" not in teks and "tidak disetujui BPJS" in teks


def test_the_closing_letter_of_a_death_condoles_and_speaks_of_the_scholarship(k, klaim, cetak):
	anak = {
		"nama": "Budi Kecil",
		"hubungan": "Anak",
		"tanggal_lahir": add_days(nowdate(), -3000),
		"wali": "Siti",
	}
	doc = klaim("JKK Meninggal", ahli_waris=[anak])
	berisi(
		cetak(bayar(doc, Santunan_Kematian=1), k.ketua, PENUTUP).teks,
		"Yth. Keluarga",
		"turut berdukacita",
		"Santunan Kematian",
		"Siti Aminah Rp1",
		"beasiswa",
		"paling banyak Rp",
	)


# --- who is shown them


def catatan(user: str, doc) -> int:
	return frappe.db.count(
		"Akses Data Pribadi",
		{"pengguna": user, "rujukan_nama": doc.name, "warga": doc.warga, "jenis": "Diunduh"},
	)


@pytest.mark.parametrize("jabatan", ["ketua", "lurah", "dpmppa"])
def test_who_reads_health_data_prints_it_and_is_noted(k, klaim, minta, jabatan):
	doc, user = klaim(), getattr(k, jabatan)
	assert minta(user, SATU, doctype="Klaim", name=doc.name, format=KRONOLOGI).startswith(b"%PDF")
	assert catatan(user, doc) == 1
	with pabrik.sebagai(user):
		assert doc.kronologi in get_html_and_style("Klaim", doc.name, KRONOLOGI)["html"]
	assert catatan(user, doc) == 2


@pytest.mark.parametrize(
	"jabatan", ["ketua_tetangga", "lurah_lain", "pendamping", "pengawas", "admin", "bpjs"]
)
@pytest.mark.parametrize("format", [KRONOLOGI, TAHAP_SATU, "Standard"])
def test_nobody_else_does(k, klaim, minta, jabatan, format):
	doc, user = klaim(), getattr(k, jabatan)
	with pytest.raises(frappe.PermissionError):
		minta(user, SATU, doctype="Klaim", name=doc.name, format=format)
	with pabrik.sebagai(user), pytest.raises(frappe.PermissionError):
		get_html_and_style("Klaim", doc.name, format)
	assert catatan(user, doc) == 0


def test_bpjs_prints_what_was_handed_to_it(k, klaim, minta):
	doc = diajukan(k, klaim())
	assert minta(k.bpjs, SATU, doctype="Klaim", name=doc.name, format=TAHAP_DUA).startswith(b"%PDF")
	assert catatan(k.bpjs, doc) == 1


@pytest.mark.parametrize("format", [KRONOLOGI, "Standard"])
def test_an_office_given_print_alone_gets_no_health_data(k, klaim, minta, format):
	frappe.permissions.add_permission("Klaim", "Pengawas", 0)
	frappe.permissions.update_permission_property("Klaim", "Pengawas", 0, "print", 1)
	doc = klaim()
	with pytest.raises(frappe.PermissionError, match="data kesehatan"):
		minta(k.pengawas, SATU, doctype="Klaim", name=doc.name, format=format)
