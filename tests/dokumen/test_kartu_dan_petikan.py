"""What a participant carries: the pocket card, and the excerpt of the decree with the own line only."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO

import frappe
import pytest
import zxingcpp
from PIL import Image

from kampung_bahagia.perlindungan import kartu
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tests import pabrik
from tests.dokumen.conftest import Cetakan

KARTU, PETIKAN = "Kartu Peserta", "Petikan Keputusan"


def gambar(pdf: bytes, nomor: int = 1) -> Image.Image:
	perintah = ["pdftoppm", "-r", "200", "-png", "-singlefile", "-f", str(nomor), "-l", str(nomor)]
	return Image.open(BytesIO(subprocess.run(perintah, input=pdf, capture_output=True, check=True).stdout))


@pytest.fixture
def berlaku(k, sk):
	"""The decree, signed."""
	with pabrik.sebagai(k.ketua):
		sk.pindaian = pabrik.lampiran(sk, "sk.pdf", k.ketua)
		return sk.save()


def peserta(sk, i: int = 0):
	return frappe.get_doc("Peserta", sk.lampiran[i].peserta)


def minta(user: str, **isi) -> bytes:
	with pabrik.sebagai(user):
		frappe.local.response = frappe._dict()
		kartu.lembar(**isi)
	return frappe.local.response.filecontent


def alamat_qr(sk) -> str:
	return resmi.alamat(frappe.db.get_value(resmi.RESMI, sk.dokumen_resmi, "kode"))


@pytest.mark.parametrize("format", [KARTU, PETIKAN])
def test_neither_exists_before_the_decree_is_signed(k, sk, cetak, format):
	with pytest.raises(kartu.BelumBerSK, match="Belum disebut dalam SK bertanda tangan"):
		cetak(peserta(sk), k.ketua, format)


@pytest.mark.parametrize("format", [KARTU, PETIKAN])
def test_neither_exists_after_it_was_revoked(k, berlaku, cetak, format):
	orang = peserta(berlaku)
	pabrik.langkah(berlaku, k.ketua, "Cabut", alasan="Keliru")
	with pytest.raises(kartu.BelumBerSK):
		cetak(orang, k.ketua, format)


def test_a_card_says_who_where_under_which_decree_and_whom_to_call(k, berlaku, kegiatan, cetak):
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, kegiatan))
	orang, lain = peserta(berlaku), peserta(berlaku, 1)
	pdf = cetak(orang, k.ketua, KARTU)
	ketua = frappe.utils.get_fullname(k.ketua)
	for bagian in (orang.nama, orang.nik_samar, kegiatan.judul, berlaku.nomor, "26-0001", f"hubungi {ketua}"):
		assert bagian.replace(" ", "") in pdf.teks.replace(" ", ""), bagian
	assert lain.nama not in pdf.teks and not re.search(r"\d{16}", pdf.teks)
	(kode,) = zxingcpp.read_barcodes(gambar(pdf.isi))
	assert kode.text == alamat_qr(berlaku)
	assert resmi.periksa_kode(kode.text.split("t=")[1]).dokumen.nomor == berlaku.nomor


def test_cards_of_a_kegiatan_lie_ten_on_a_sheet_of_their_own_size(k, berlaku):
	contoh = kartu._kartu([b.peserta for b in berlaku.lampiran])[0]
	banyak = [contoh | {"nama": f"Orang {i:02}"} for i in range(13)]
	isi = frappe.render_template(kartu.TEMPLAT, {"kartu": banyak})
	pdf = Cetakan(
		kartu.halaman_ke_pdf(
			frappe.render_template(kartu.HALAMAN, {"isi": isi, "judul": "Kartu", "bahasa": "id"})
		)
	)
	assert [len(re.findall(r"Orang \d\d", h)) for h in pdf.halaman] == [10, 3]
	assert [round(float(s) / 72 * 25.4) for s in pdf.pages[0].mediabox[2:]] == [215, 330]
	semua = zxingcpp.read_barcodes(gambar(pdf.isi))
	assert len(semua) == 10 and {b.text for b in semua} == {alamat_qr(berlaku)}
	x = sorted(b.position.top_left.x for b in semua)
	y = sorted(b.position.top_left.y for b in semua)
	mm = 200 / 25.4
	assert (x[-1] - x[0]) / mm == pytest.approx(85.6, abs=0.5)
	assert (y[-1] - y[0]) / mm == pytest.approx(4 * 54, abs=0.5)


def test_long_names_and_titles_leave_the_advice_readable(k, berlaku):
	contoh = kartu._kartu([berlaku.lampiran[0].peserta])[0]
	contoh |= {"nama": "Muhammad " * 8, "judul": "Perbaikan saluran " * 12, "nomor": "001/KPTS/" * 9}
	isi = frappe.render_template(kartu.TEMPLAT, {"kartu": [contoh]})
	html = frappe.render_template(kartu.HALAMAN, {"isi": isi, "judul": "Kartu", "bahasa": "id"})
	pdf = Cetakan(kartu.halaman_ke_pdf(html))
	assert len(pdf.pages) == 1 and "Bila terjadi kecelakaan" in pdf.teks
	assert len(zxingcpp.read_barcodes(gambar(pdf.isi))) == 1


def test_the_sheet_holds_all_of_a_kegiatan_or_the_chosen(k, berlaku, kegiatan):
	semua = Cetakan(minta(k.ketua, kegiatan=kegiatan.name)).teks
	assert all(b.nama in semua for b in berlaku.lampiran)
	satu, dua = berlaku.lampiran
	terpilih = Cetakan(minta(k.lurah, peserta=frappe.as_json([dua.peserta]))).teks
	assert dua.nama in terpilih and satu.nama not in terpilih
	for nama in (satu.peserta, dua.peserta):
		dicatat = frappe.db.exists("Access Log", {"export_from": "Peserta", "reference_document": nama})
		assert bool(dicatat) == (nama == dua.peserta)


def test_nobody_prints_cards_of_another_area_or_without_the_right(k, berlaku, kegiatan):
	nama = frappe.as_json([berlaku.lampiran[0].peserta])
	for user in (k.ketua_tetangga, k.lurah_lain, k.pendamping, k.pengawas, k.bpjs):
		for isi in ({"kegiatan": kegiatan.name}, {"peserta": nama}):
			with pytest.raises(frappe.PermissionError):
				minta(user, **isi)


@pytest.mark.parametrize("isi", ["[]", None, frappe.as_json([f"P{i}" for i in range(101)])])
def test_none_and_too_many_are_refused_in_words(k, berlaku, isi):
	with pytest.raises(frappe.ValidationError, match="1 sampai 100"):
		minta(k.ketua, peserta=isi)


def test_the_excerpt_names_one_person_and_the_decree(k, berlaku, cetak):
	orang, lain = peserta(berlaku, 1), peserta(berlaku, 0)
	pdf = cetak(orang, k.ketua, PETIKAN)
	assert len(pdf.pages) == 1
	isi = pdf.teks.replace(" ", "")
	for bagian in (
		"PETIKAN",
		f"NOMOR {berlaku.nomor}",
		"MEMUTUSKAN",
		orang.nama,
		orang.nik_samar,
		"ttd.",
		berlaku.nama_penanda_tangan,
		"Halaman 1 dari 1",
	):
		assert bagian.replace(" ", "") in isi, bagian
	assert lain.nama not in pdf.teks and not re.search(r"\d{16}(?!\w)", pdf.teks.split("SHA-256")[0])
	(kode,) = zxingcpp.read_barcodes(gambar(pdf.isi))
	assert kode.text == alamat_qr(berlaku)
