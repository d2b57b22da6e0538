"""A signed decree as anyone can verify it: by its code, by its file, valid or no longer."""

from __future__ import annotations

import hashlib
import re
import subprocess
from io import BytesIO
from pathlib import Path
from secrets import randbelow

import frappe
import pytest
import zxingcpp
from frappe.client import set_value
from frappe.utils import getdate
from lxml import html
from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfReader, PdfWriter

from kampung_bahagia.aturan.kode_verifikasi import kelompokkan
from kampung_bahagia.izin.berkas import LampiranTerkunci
from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.patches import resmikan_sk, tutup_berkas_resmi
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.cetak import download_pdf, jadikan_html, jadikan_pdf
from kampung_bahagia.tata_kelola.jejak import sidik_dokumen
from kampung_bahagia.tata_kelola.pindaian import PindaianTidakTerbaca, periksa_pindaian
from kampung_bahagia.tata_kelola.tanda_tangan.penyedia import TandaTanganDitolak
from kampung_bahagia.tata_kelola.tanda_tangan.periksa import periksa_pdf
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.orang import Orang

SQL = Path(__file__).parents[1] / "sql" / "register_dokumen_resmi.sql"


@pytest.fixture
def alamat_ip(k):
	"""A caller of its own for each test: the counters outlive a transaction."""
	frappe.local.request_ip = f"10.{randbelow(256)}.{randbelow(256)}.7"
	yield frappe.local.request_ip
	frappe.local.request_ip = None
	frappe.cache.delete_keys("verifikasi:")


@pytest.fixture
def sk(k, disetujui):
	return pabrik.surat_keputusan(k, disetujui)


def dokumen(sk):
	return frappe.get_doc(resmi.RESMI, sk.dokumen_resmi)


def alasan(k, sk, teks: str = "Susunan peserta berubah."):
	with sebagai(k.ketua):
		set_value("Surat Keputusan", sk.name, "alasan", teks)


def kedua(k, disetujui, lama, **nilai):
	"""Another decree that names the same people."""
	nama = [{"peserta": b.peserta} for b in lama.lampiran]
	with sebagai(k.ketua):
		baru = frappe.get_doc(
			{"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "lampiran": nama}
		).insert()
	return langkah(baru, k.ketua, "Tetapkan")


def pindai(k, sk):
	with sebagai(k.ketua):
		sk.pindaian = pabrik.lampiran(sk, f"{sk.name}.pdf", k.ketua)
		return sk.save()


def test_without_its_signature_there_is_neither_document_nor_code(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	assert not sk.dokumen_resmi
	assert not frappe.db.exists(resmi.RESMI, {"rujukan_nama": sk.name})
	assert "data:image" not in jadikan_html(sk)


def test_the_signature_makes_it_official_and_stands_in_the_ledger(k, sk):
	d = dokumen(sk)
	isi = frappe.get_doc("File", {"file_url": sk.pindaian}).isi_byte()
	assert (d.nomor, d.status, d.cara, d.jenis) == (sk.nomor, "Berlaku", "Basah", "Keputusan Ketua RT")
	assert d.sidik == sk.sidik_pindaian == hashlib.sha256(isi).hexdigest()
	assert (d.rt, d.kelurahan) == (sk.rt, sk.kelurahan)
	assert "***" in d.nama_samar and sk.lampiran[0].nama not in d.nama_samar
	jejak = frappe.get_last_doc("Jejak Keputusan", {"rujukan_nama": sk.name})
	assert (jejak.aksi, jejak.pengguna, jejak.jabatan) == ("Bubuhkan Tanda Tangan", k.ketua, "Ketua RT")


@pytest.mark.parametrize("cara", ["sk", "elektronik"])
def test_the_signed_file_is_never_public(k, request, cara):
	alamat = request.getfixturevalue(cara).pindaian
	nama = alamat.rsplit("/", 1)[-1].split(".")[0]
	berkas = frappe.get_all(
		"File", {"file_url": ["like", f"%{nama}%"]}, ["file_url", "is_private"], order_by="name"
	)
	assert berkas and all(b.is_private and b.file_url.startswith("/private/") for b in berkas)


def test_a_signature_that_fails_leaves_nothing(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	frappe.db.savepoint("sebelum")
	with sebagai(k.ketua), pytest.raises(PindaianTidakTerbaca):
		sk.pindaian = pabrik.lampiran(sk, "rusak.pdf", k.ketua, isi=b"%PDF-1.4 rusak")
		sk.save()
	frappe.db.rollback(save_point="sebelum")
	assert not frappe.db.exists(resmi.RESMI, {"rujukan_nama": sk.name})
	assert pindai(k, frappe.get_doc("Surat Keputusan", sk.name)).dokumen_resmi


def test_one_file_signs_one_document(k, disetujui):
	lama = pabrik.surat_keputusan(k, disetujui)
	baru = kedua(k, disetujui, lama)
	isi = frappe.get_doc("File", {"file_url": lama.pindaian}).isi_byte()
	with sebagai(k.ketua), pytest.raises(resmi.BerkasTerpakai, match=lama.nomor):
		baru.pindaian = pabrik.lampiran(baru, "lain.pdf", k.ketua, isi=isi)
		baru.save()


def test_nobody_makes_changes_or_deletes_one_by_hand(k, sk):
	d = dokumen(sk)
	for user in ("Administrator", k.dpmppa, k.ketua):
		with sebagai(user):
			for ubah in (
				lambda: d.update({"status": "Dicabut"}).save(ignore_permissions=True),
				lambda: frappe.copy_doc(d).insert(ignore_permissions=True),
				lambda: frappe.delete_doc(resmi.RESMI, d.name, ignore_permissions=True),
			):
				with pytest.raises((DokumenTerkunci, frappe.PermissionError)):
					ubah()
		d.reload()
	assert d.status == "Berlaku"


def test_the_print_carries_the_code_and_no_personal_number(k, sk):
	isi = jadikan_html(sk)
	assert kelompokkan(dokumen(sk).kode) in isi and "data:image/png" in isi
	assert not re.search(r"[0-9]{16}", re.sub(r"data:image/png;base64,[^\"]+|SHA-256[^<]+", "", isi))


def test_a_code_says_what_the_paper_says_with_names_masked(k, sk, alamat_ip):
	p = resmi.periksa_kode(kelompokkan(dokumen(sk).kode).lower())
	assert (p.hasil, p.dokumen.nomor, p.dokumen.nama_penanda_tangan) == (
		"Berlaku",
		sk.nomor,
		sk.nama_penanda_tangan,
	)
	assert not any(b.nama in str(p.dokumen) for b in sk.lampiran)
	catatan = frappe.get_last_doc(resmi.LOG, {"dokumen_resmi": sk.dokumen_resmi})
	assert (catatan.cara, catatan.hasil) == ("Kode", "Berlaku")
	assert catatan.alamat_ip == alamat_ip.rsplit(".", 1)[0] + ".0/24"
	resmi.periksa_kode(dokumen(sk).kode)
	assert frappe.db.count(resmi.LOG, {"dokumen_resmi": sk.dokumen_resmi}) == 1


def test_a_revoked_one_says_so(k, sk, alamat_ip):
	alasan(k, sk)
	langkah(sk, k.ketua, "Cabut")
	p = resmi.periksa_kode(dokumen(sk).kode)
	assert p.hasil == "Dicabut" and p.dokumen.tidak_berlaku_sejak and not p.pengganti


def test_a_replaced_one_names_its_successor(k, disetujui, sk, alamat_ip):
	baru = pindai(k, kedua(k, disetujui, sk))
	alasan(k, sk)
	langkah(sk, k.ketua, "Ganti")
	p = resmi.periksa_kode(dokumen(sk).kode)
	assert (p.hasil, p.pengganti.nomor) == ("Diganti", baru.nomor)


def test_a_successor_that_is_signed_later_is_named_from_then_on(k, disetujui, sk, alamat_ip):
	baru = kedua(k, disetujui, sk)
	alasan(k, sk)
	langkah(sk, k.ketua, "Ganti")
	sejak = dokumen(sk).tidak_berlaku_sejak
	assert resmi.periksa_kode(dokumen(sk).kode).pengganti is None
	pindai(k, baru)
	assert resmi.periksa_kode(dokumen(sk).kode).pengganti.nomor == baru.nomor
	assert dokumen(sk).tidak_berlaku_sejak == sejak


def test_the_signed_file_is_known_and_one_changed_byte_is_not(k, sk, alamat_ip):
	isi = frappe.get_doc("File", {"file_url": sk.pindaian}).isi_byte()
	p = resmi.periksa_berkas(isi)
	assert (p.hasil, p.berkas_sama, p.dokumen.nomor) == ("Berlaku", True, sk.nomor)
	assert resmi.periksa_berkas(isi[:-1] + bytes([isi[-1] ^ 1])).hasil == resmi.TIDAK_SAMA
	assert resmi.periksa_berkas(b"0" * (resmi.BYTE_TERBESAR + 1)).hasil == resmi.TERLALU_BESAR


def test_who_guesses_is_stopped_and_who_holds_a_document_is_answered(k, sk, alamat_ip):
	for _ in range(resmi.SALAH_PER_JARINGAN):
		assert resmi.periksa_kode(resmi.kode_baru()).hasil == resmi.TIDAK_DIKENAL
	assert resmi.periksa_kode(resmi.kode_baru()).hasil == resmi.SERING
	assert resmi.periksa_kode(dokumen(sk).kode).hasil == "Berlaku"


def test_files_are_compared_so_many_times_for_one_network(k, alamat_ip):
	hasil = [resmi.periksa_berkas(b"bukan") for _ in range(resmi.BERKAS_PER_JARINGAN + 1)]
	assert [p.hasil for p in hasil[-2:]] == [resmi.TIDAK_SAMA, resmi.SERING]


@pytest.mark.parametrize(
	("alamat", "jaringan"),
	[
		("203.0.113.77", "203.0.113.0/24"),
		("2404:c0:1:2:3:4:5:6", "2404:c0:1::/48"),
		("<script>" + "1." * 200, ""),
		(None, ""),
	],
)
def test_of_an_address_only_the_network_is_kept(k, sk, alamat_ip, alamat, jaringan):
	frappe.local.request_ip = alamat
	frappe.cache.delete_keys("verifikasi:")
	resmi.periksa_kode(dokumen(sk).kode)
	assert frappe.get_last_doc(resmi.LOG, {"dokumen_resmi": sk.dokumen_resmi}).alamat_ip == jaringan


def test_guests_read_no_number_that_somebody_typed_into_the_title(k, disetujui, alamat_ip):
	sk = pabrik.surat_keputusan(k, disetujui, ditetapkan=False)
	with sebagai(k.ketua):
		sk.tentang = "Penugasan 1571011708800001"
		sk.save()
	sk = pindai(k, langkah(sk, k.ketua, "Tetapkan"))
	assert "1571011708800001" not in str(resmi.periksa_kode(dokumen(sk).kode))


def test_the_print_before_it_is_signed_is_no_scan(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with pytest.raises(PindaianTidakTerbaca, match="bukan hasil pindai"):
		periksa_pindaian(jadikan_pdf(sk))


def test_signing_and_revoking_are_two_steps(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci, match="terpisah dari tindakan lain"):
		sk.update(
			{"pindaian": pabrik.lampiran(sk, "x.pdf", k.ketua), "status": "Dicabut", "alasan": "Keliru."}
		)
		sk.save()


def test_the_signed_picture_is_not_written_over(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with sebagai(k.ketua):
		sk.pindaian = pabrik.lampiran(sk, "sk.jpg", k.ketua, isi=gambar())
		sk.save()
		with pytest.raises(LampiranTerkunci):
			frappe.get_doc("File", {"file_url": sk.pindaian}).optimize_file()


def test_an_older_decree_is_no_successor(k, disetujui, sk, alamat_ip):
	frappe.db.set_value("Surat Keputusan", sk.name, "ditetapkan_pada", "2026-01-01 08:00:00")
	baru = pindai(k, kedua(k, disetujui, sk))
	alasan(k, baru)
	langkah(baru, k.ketua, "Ganti")
	assert resmi.periksa_kode(dokumen(baru).kode).pengganti is None


def test_a_counter_that_was_set_back_gives_no_number_twice(k, disetujui, sk):
	frappe.db.sql("UPDATE `tabSeries` SET `current` = 0 WHERE `name` LIKE %s", f"SK {sk.rt} %")
	nomor = frappe.get_all("Surat Keputusan", {"rt": sk.rt, "docstatus": 1}, pluck="nomor", order_by="name")
	assert kedua(k, disetujui, sk).nomor not in nomor


def test_decrees_signed_before_become_official(k, sk):
	kode = dokumen(sk).kode
	frappe.db.delete(resmi.RESMI, {"name": sk.dokumen_resmi})
	frappe.db.set_value("Surat Keputusan", sk.name, "dokumen_resmi", None)
	resmikan_sk.execute()
	resmikan_sk.execute()
	sk.reload()
	assert dokumen(sk).sidik == sk.sidik_pindaian and dokumen(sk).kode != kode
	assert frappe.db.count(resmi.RESMI, {"rujukan_nama": sk.name}) == 1


@pytest.mark.parametrize("jabatan", ["ketua", "ketua_tetangga", "lurah", "lurah_lain", "dpmppa", "pengawas"])
def test_the_register_agrees_with_plain_sql_in_each_readers_area(k, disetujui, sk, alamat_ip, jabatan):
	baru = pindai(k, kedua(k, disetujui, sk))
	alasan(k, sk)
	langkah(sk, k.ketua, "Ganti")
	resmi.periksa_kode(dokumen(baru).kode)
	wilayah = {
		"ketua": f"rt.name = '{k.rt}'",
		"ketua_tetangga": f"rt.name = '{k.rt_tetangga}'",
		"lurah": f"rt.kelurahan = '{k.kelurahan}'",
		"lurah_lain": f"rt.kelurahan = '{k.kelurahan_lain}'",
	}.get(jabatan, "1 = 1")
	tangan = frappe.db.sql(
		SQL.read_text().replace("{wilayah}", wilayah), {"tahun": getdate().year}, as_dict=True
	)
	with sebagai(getattr(k, jabatan)):
		baris = frappe.get_doc("Report", "Register Dokumen Resmi").execute_module(
			frappe._dict(tahun=getdate().year)
		)[1]
	assert baris[:-1] == tangan
	if jabatan in ("ketua", "lurah", "dpmppa"):
		assert {sk.nomor, baru.nomor} <= {b["nomor"] for b in baris}
		assert (baris[-1]["diperiksa"], baru.nomor in [b["pengganti"] for b in tangan]) == (1, True)
	else:
		assert (sk.nomor in {b["nomor"] for b in baris}) == (jabatan == "pengawas")


# --- what can be read


def gambar(ukuran=(1240, 1754), *, buram: float = 0, warna=235, garis=True) -> bytes:
	im = Image.new("L", ukuran, warna)
	pena = ImageDraw.Draw(im)
	for y in range(150, ukuran[1] - 100, 40) if garis else ():
		for x in range(100, ukuran[0] - 100, 18):
			pena.line((x, y, x + 10, y + 14), fill=60, width=2)
	isi = BytesIO()
	im.filter(ImageFilter.GaussianBlur(buram)).save(isi, "JPEG", quality=80)
	return isi.getvalue()


def terkunci() -> bytes:
	penulis, isi = PdfWriter(clone_from=BytesIO(pabrik.selembar("x"))), BytesIO()
	penulis.encrypt("rahasia")
	penulis.write(isi)
	return isi.getvalue()


def kosong() -> bytes:
	penulis, isi = PdfWriter(), BytesIO()
	penulis.add_blank_page(600, 900)
	penulis.write(isi)
	return isi.getvalue()


@pytest.mark.parametrize("isi", [gambar(), gambar(buram=1), pabrik.selembar("SK")])
def test_what_can_be_read_is_taken(situs, isi):
	periksa_pindaian(isi)


@pytest.mark.parametrize(
	("isi", "sebab"),
	[
		(gambar(buram=6), "buram"),
		(gambar(garis=False), "kosong atau terlalu gelap"),
		(gambar(garis=False, warna=4), "kosong atau terlalu gelap"),
		(gambar((600, 400)), "600 × 400 piksel terlalu kecil"),
		(b"bukan gambar", "bukan PDF atau gambar"),
		(gambar()[:100], "bukan PDF atau gambar"),
		(pabrik.selembar("SK")[:200], "rusak"),
		(terkunci(), "terkunci sandi"),
		(kosong(), "bukan hasil pindai"),
	],
)
def test_what_cannot_be_read_is_sent_back_with_what_to_do(situs, isi, sebab):
	with pytest.raises(PindaianTidakTerbaca, match=sebab):
		periksa_pindaian(isi)


# --- the page


@pytest.fixture(scope="module")
def di_server(kampung_uji, server):
	"""The signed decree of the running kegiatan; what the guests left behind is taken away."""
	frappe.db.rollback()
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": kampung_uji[1]["berjalan"], "status": "Ditetapkan"})
	yield dokumen(sk), sk
	frappe.db.rollback()
	frappe.db.delete(resmi.LOG)
	frappe.db.commit()


def buka(server: str, **isi):
	return Orang(server).get(f"{server}/verifikasi", params=isi, timeout=60)


def test_the_page_answers_a_guest_without_scripts(server, di_server):
	d, sk = di_server
	halaman = buka(server, t=d.kode)
	assert halaman.status_code == 200 and "Asli dan berlaku" in halaman.text and d.nomor in halaman.text
	assert not html.fromstring(halaman.text).xpath("//script")
	orang = frappe.get_all("Peserta", {"kegiatan": sk.kegiatan}, ["nama", "nik_samar"], order_by="name")
	assert orang and not any(o.nama in halaman.text or o.nik_samar in halaman.text for o in orang)
	frappe.db.rollback()
	assert frappe.db.count(resmi.LOG, {"dokumen_resmi": d.name, "cara": "Kode"}) == 1


def test_the_page_compares_a_file(server, di_server):
	_d, sk = di_server
	isi = frappe.get_doc("File", {"file_url": sk.pindaian}).isi_byte()
	for kirim, kode, kata in (
		(isi, 200, "sama persis"),
		(isi + b"\n", 404, "Berkas tidak tercatat"),
	):
		jawaban = Orang(server).post(f"{server}/verifikasi", files={"berkas": ("sk.pdf", kirim)}, timeout=60)
		assert (jawaban.status_code, kata in jawaban.text) == (kode, True), jawaban.text[:500]


@pytest.mark.parametrize("kode", ["x", "%' OR 1=1", "<script>alert(1)</script>", "A" * 30, "A" * 500])
def test_a_code_of_none_is_not_found_and_comes_back_harmless(server, kode):
	jawaban = buka(server, t=kode)
	assert jawaban.status_code == 404 and "Tidak dikenal" in jawaban.text and "<script>" not in jawaban.text


def test_the_page_asks_when_there_is_nothing_to_look_up(server):
	assert "Pindai kode QR" in buka(server).text and buka(server, t=" ").status_code == 200


# --- electronically


def alat(*perintah: str, isi: bytes) -> bytes:
	return subprocess.run(perintah, input=isi, capture_output=True, check=True).stdout


@pytest.fixture
def di_alamat(k, monkeypatch):
	monkeypatch.setitem(frappe.local.conf, "host_name", "https://kampung.example")


def test_without_an_address_of_the_site_nothing_is_signed(k, disetujui, monkeypatch):
	monkeypatch.setitem(frappe.local.conf, "host_name", None)
	with sebagai(k.ketua):
		sk = frappe.get_doc(
			{"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "cara_tanda_tangan": "Elektronik"}
		).insert()
	with pytest.raises(TandaTanganDitolak, match="host_name"):
		langkah(sk, k.ketua, "Tetapkan")


@pytest.fixture
def elektronik(k, disetujui, di_alamat):
	"""A decree that its Ketua RT has signed electronically, with the city's development certificate."""
	with sebagai(k.ketua):
		sk = frappe.get_doc(
			{"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "cara_tanda_tangan": "Elektronik"}
		).insert()
	return langkah(sk, k.ketua, "Tetapkan")


def test_number_signature_code_and_file_come_in_one_step(k, elektronik, alamat_ip):
	sk = frappe.get_doc("Surat Keputusan", elektronik.name)
	d = dokumen(sk)
	assert (d.nomor, d.cara, d.sidik, d.berkas) == (sk.nomor, "Elektronik", sk.sidik_pindaian, sk.pindaian)
	pdf = resmi.berkas_elektronik(sk)
	(tanda,) = periksa_pdf(pdf)
	assert (tanda.utuh, tanda.dipercaya, tanda.percobaan, tanda.menutupi_seluruh_berkas) == (True,) * 4
	teks = " ".join(alat("pdftotext", "-layout", "-", "-", isi=pdf).decode().split())
	assert sk.nomor in teks and kelompokkan(d.kode) in teks
	assert "Ditandatangani secara elektronik oleh" in teks and "UJI COBA" in teks
	qr = [
		b.text
		for h in range(len(PdfReader(BytesIO(pdf)).pages))
		for b in zxingcpp.read_barcodes(
			Image.open(
				BytesIO(alat("pdftoppm", "-r", "100", "-png", "-f", str(h + 1), "-singlefile", isi=pdf))
			)
		)
	]
	assert qr == [resmi.alamat(d.kode)]
	p = resmi.periksa_berkas(pdf)
	assert (p.hasil, p.berkas_sama, p.tanda_tangan[0].utuh) == ("Berlaku", True, True)
	jejak = frappe.get_last_doc("Jejak Keputusan", {"rujukan_nama": sk.name})
	assert (jejak.aksi, jejak.hash_dokumen) == ("Tetapkan", sidik_dokumen(sk))


def test_one_changed_byte_breaks_the_signature_and_the_fingerprint(k, elektronik, alamat_ip):
	pdf = bytearray(resmi.berkas_elektronik(frappe.get_doc("Surat Keputusan", elektronik.name)))
	pdf[pdf.index(b"stream") + 200] ^= 1  # within what a page shows
	p = resmi.periksa_berkas(bytes(pdf))
	assert p.hasil == resmi.TIDAK_SAMA and p.tanda_tangan and not any(t.utuh for t in p.tanda_tangan)


def test_what_is_printed_of_it_is_the_signed_file_while_it_is_valid(k, elektronik):
	sk = frappe.get_doc("Surat Keputusan", elektronik.name)
	with sebagai(k.ketua):
		frappe.local.response = frappe._dict()
		download_pdf("Surat Keputusan", sk.name)
	assert resmi.sidik_berkas(frappe.local.response.filecontent) == sk.sidik_pindaian
	alasan(k, sk)
	sk = langkah(sk, k.ketua, "Cabut")
	assert resmi.berkas_elektronik(sk) is None and "DICABUT" in jadikan_html(sk)


def test_when_the_signature_fails_the_number_is_not_used_up(k, disetujui, di_alamat):
	frappe.db.set_value("Sertifikat Elektronik", {"aktif": 1}, "aktif", 0)
	with sebagai(k.ketua):
		sk = frappe.get_doc(
			{"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "cara_tanda_tangan": "Elektronik"}
		).insert()
	frappe.db.savepoint("sebelum")
	with pytest.raises(TandaTanganDitolak, match="tandatangani dengan tinta"):
		langkah(sk, k.ketua, "Tetapkan")
	frappe.db.rollback(save_point="sebelum")
	sk = frappe.get_doc("Surat Keputusan", sk.name)
	assert (sk.status, sk.nomor, sk.dokumen_resmi) == ("Draf", None, None)
	with sebagai(k.ketua):
		sk.cara_tanda_tangan = "Basah"
		sk.save()
	semula = int(langkah(sk, k.ketua, "Tetapkan").nomor.split("/")[0])
	assert semula == 1 + frappe.db.count(
		"Surat Keputusan", {"rt": sk.rt, "docstatus": 1, "name": ["!=", sk.name]}
	)


def test_work_starts_under_an_electronic_decree(k, elektronik, disetujui):
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui))
	assert langkah(disetujui, k.ketua, "Mulai").status == "Berjalan"


def _berkas_umum(*isi: bytes) -> list[str]:
	"""Files with one of these contents that anyone could fetch."""
	folder = Path(frappe.get_site_path("public", "files"))
	return [satu.name for satu in folder.iterdir() if satu.is_file() and satu.read_bytes() in isi]


@pytest.mark.parametrize("cara", ["sk", "elektronik"])
def test_no_copy_of_a_signed_file_is_public(k, request, cara):
	"""The framework copies what an attach field names."""
	surat = request.getfixturevalue(cara)
	berkas = frappe.get_all(
		"File",
		{"attached_to_name": ["in", [surat.name, surat.dokumen_resmi]]},
		["name", "is_private", "file_url"],
		order_by="name",
	)
	assert berkas and all(satu.is_private and satu.file_url.startswith("/private/") for satu in berkas)
	assert not _berkas_umum(*(frappe.get_doc("File", satu.name).get_content() for satu in berkas))


@pytest.mark.parametrize("cara", ["sk", "elektronik"])
def test_who_uploaded_or_signed_a_file_does_not_delete_it(k, request, cara):
	surat = request.getfixturevalue(cara)
	berkas = dokumen(surat).berkas
	nama = frappe.get_all("File", {"file_url": berkas}, pluck="name", order_by="name")
	assert nama
	for satu in nama:
		with sebagai(k.ketua), pytest.raises(LampiranTerkunci):
			frappe.delete_doc("File", satu)


def test_copies_that_were_public_are_closed_without_harm_to_others(k, sk):
	"""As a release before left them; another private file may have the name already."""
	nama = frappe.generate_hash()
	isi = pabrik.selembar(frappe.generate_hash())
	umum = Path(frappe.get_site_path("public", "files", f"{sk.name}-umum.pdf"))
	lain = Path(frappe.get_site_path("private", "files", umum.name))
	umum.write_bytes(isi)
	lain.write_bytes(b"milik orang lain")
	salinan = {"doctype": "File", "name": nama, "file_name": umum.name, "file_url": f"/files/{umum.name}"}
	salinan |= {"attached_to_doctype": resmi.RESMI, "attached_to_name": sk.dokumen_resmi}
	frappe.get_doc(salinan).db_insert()
	tutup_berkas_resmi.execute()
	assert not umum.exists() and lain.read_bytes() == b"milik orang lain"
	tertutup = frappe.get_doc("File", nama)
	assert tertutup.is_private and Path(tertutup.get_full_path()).read_bytes() == isi


@pytest.mark.parametrize("otp", ["", "abc", "123", "1" * 30, "12 34"])
def test_what_cannot_be_an_otp_is_refused(k, otp):
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="4 sampai 10 angka"):
		resmi.titip_otp(otp)
