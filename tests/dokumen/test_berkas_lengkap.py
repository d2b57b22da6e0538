"""The complete file of a kegiatan in one PDF: what is in it, in which order, for whom, and what cannot be in it."""

from __future__ import annotations

import os
import re
import time
from io import BytesIO
from pathlib import Path

import frappe
import pytest
import weasyprint
from frappe.utils import set_request
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, TextStringObject
from rq.timeouts import JobTimeoutException

from kampung_bahagia.perlindungan import berkas_lengkap
from kampung_bahagia.tests import pabrik

from .conftest import Cetakan


@pytest.fixture
def lengkap(tmp_path):
	"""Build the file of a kegiatan as `user`."""

	def _lengkap(kegiatan, user: str) -> Cetakan:
		tujuan = tmp_path / f"{frappe.generate_hash(length=8)}.pdf"
		with pabrik.sebagai(user):
			berkas_lengkap.bangun(kegiatan.name, tujuan)
		assert os.listdir(tmp_path) == [tujuan.name], "nothing is left of the parts"
		isi = tujuan.read_bytes()
		tujuan.unlink()
		return Cetakan(isi)

	return _lengkap


def butir(pdf: Cetakan) -> list[tuple[str, int, bool]]:
	"""Bookmarks: title, page (from 1), whether below another."""

	def telusuri(daftar, di_bawah=False):
		for satu in daftar:
			if isinstance(satu, list):
				yield from telusuri(satu, True)
			else:
				yield satu.title, pdf.get_destination_page_number(satu) + 1, di_bawah

	return list(telusuri(pdf.outline))


def unggah(doc, nama: str, isi: bytes) -> str:
	return pabrik.lampiran(doc, nama, frappe.session.user, isi)


def pindaian(teks: str, halaman: int = 1, ukuran: str = "A4") -> bytes:
	html = "".join(f"<p style='break-after: page'>{teks} lembar {i + 1}</p>" for i in range(halaman))
	return weasyprint.HTML(string=f"<style>@page {{ size: {ukuran} }}</style>{html}").write_pdf()


def ganti(doc, kolom: str, alamat: str) -> None:
	"""Another paper in its place: the row is final by now."""
	frappe.db.set_value(doc.doctype, doc.name, kolom, alamat, update_modified=False)


def gambar() -> bytes:
	isi = BytesIO()
	Image.new("RGB", (1200, 900), "#264").save(isi, "JPEG")
	return isi.getvalue()


def test_semua_bagian_berurutan_dengan_halaman_yang_benar(k, lengkap):
	kegiatan = pabrik.kegiatan_serah_terima(k)
	lpj = pabrik.lpj_diterima(k, kegiatan)
	daftar = frappe.get_doc("Pendaftaran BPJS", {"kegiatan": kegiatan.name})
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": kegiatan.name})
	ganti(sk, "pindaian", unggah(sk, "sk-asli.pdf", pindaian("SK bertanda tangan", 2)))
	ganti(daftar, "bukti_bayar", unggah(daftar, "bayar.jpg", gambar()))

	pdf = lengkap(kegiatan, k.ketua)
	judul = [b for b, _h, anak in butir(pdf) if not anak]
	assert judul[:7] == [
		"Daftar isi",
		"Undangan Musyawarah",
		"Daftar Hadir Musyawarah",
		"Berita Acara Musyawarah",
		"Proposal Kegiatan",
		"RAB Kegiatan",
		"Surat Pengantar Lurah",
	]
	assert judul[7].startswith("Keputusan Ketua RT")
	assert judul[8:10] == [f"Surat Permohonan Pendaftaran {daftar.name}", f"Rekap Iuran {daftar.name}"]
	assert judul[10].startswith("Musyawarah Serah Terima MSY-")
	assert judul[11:] == ["Berita Acara Serah Terima", f"Laporan Pertanggungjawaban {lpj.name}"]

	letak = {b: h for b, h, _anak in butir(pdf)}
	isi = pdf.halaman[0]
	for b, h in list(letak.items())[1:]:
		assert re.search(rf"{re.escape(b)}( \([^)]*\))? {h}\b", isi), f"{b} {h} lacks in: {isi}"
	for b, teks in {
		"Undangan Musyawarah": "Yth. Bapak/Ibu",
		"RAB Kegiatan": "RENCANA ANGGARAN BIAYA",
		"Keputusan bertanda tangan": "SK bertanda tangan lembar 1",
		judul[12]: "LAPORAN PERTANGGUNGJAWABAN",
	}.items():
		assert teks in pdf.halaman[letak[b] - 1], b
	jumlah = len(pdf.pages)
	for nomor, halaman in enumerate(pdf.halaman, start=1):
		assert f"{kegiatan.name} · {nomor} / {jumlah}" in halaman
	assert "SK bertanda tangan lembar 2" in pdf.halaman[letak["Keputusan bertanda tangan"]]
	assert pdf.pages[letak["Bukti bayar iuran"] - 1].images
	assert pdf.pages[letak["Bukti B-1"] - 1].images
	assert pdf.metadata.title == f"Berkas Lengkap {kegiatan.name}"
	assert not re.search(r"\d{16}", pdf.teks)


def test_yang_di_luar_kewenangan_ditinggalkan_dan_disebut(k, kegiatan, lengkap):
	frappe.db.set_value("Kegiatan", kegiatan.name, "diserahkan_bpjs", 1)
	pdf = lengkap(kegiatan, k.bpjs)
	assert "Berita Acara Musyawarah (tidak disertakan: di luar kewenangan Anda)" in pdf.halaman[0]
	assert [b for b, _h, _anak in butir(pdf)] == [
		"Daftar isi",
		"Proposal Kegiatan",
		"RAB Kegiatan",
		"Surat Pengantar Lurah",
	]
	assert "Pimpinan Musyawarah" not in pdf.teks


def pdf_terkunci() -> bytes:
	penulis, isi = PdfWriter(), BytesIO()
	penulis.add_blank_page(100, 100)
	penulis.encrypt("rahasia")
	penulis.write(isi)
	return isi.getvalue()


def pdf_bernaskah() -> bytes:
	"""A PDF that acts when it is opened."""
	penulis, isi = PdfWriter(clone_from=BytesIO(pindaian("Naskah jahat"))), BytesIO()
	aksi = DictionaryObject(
		{NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
	)
	penulis.root_object[NameObject("/OpenAction")] = aksi
	tautan = DictionaryObject(
		{
			NameObject("/Type"): NameObject("/Annot"),
			NameObject("/Subtype"): NameObject("/Link"),
			NameObject("/Rect"): RectangleObject((0, 0, 99, 99)),
			NameObject("/A"): aksi,
		}
	)
	penulis.pages[0][NameObject("/Annots")] = ArrayObject([tautan])
	penulis.add_attachment("virus.exe", b"MZ")
	penulis.write(isi)
	return isi.getvalue()


@pytest.mark.parametrize(
	"nama, isi, kata",
	[
		("rusak.pdf", lambda: pindaian("x")[:700], "PDF tidak dapat dibaca"),
		("terkunci.pdf", pdf_terkunci, "terkunci sandi"),
		("gambar.png", lambda: b"\x89PNG tidak utuh", "gambar tidak dapat dibaca"),
		("naskah.docx", lambda: b"PK", "jenis berkas .docx tidak dapat digabungkan"),
		("panjang.pdf", lambda: pindaian("x", 12), "lebih dari 10 halaman"),
		("besar.pdf", lambda: pindaian("x") + b"\0" * 200_000, "terlalu besar"),
	],
)
def test_unggahan_yang_tidak_dapat_digabungkan_disebut_di_tempatnya(
	k, kegiatan, tmp_path, monkeypatch, nama, isi, kata
):
	monkeypatch.setattr(berkas_lengkap, "HALAMAN_BERKAS", 10)
	monkeypatch.setattr(berkas_lengkap, "BYTE_BERKAS", 100_000)
	m = frappe.get_doc("Musyawarah", kegiatan.musyawarah)
	s = berkas_lengkap.Susunan(tmp_path)
	berkas_lengkap._tambah_unggahan(s, "Berita acara bertanda tangan", m, unggah(m, nama, isi()))
	(bagian,) = s.bagian
	teks = Cetakan(bagian.pdf.read_bytes()).teks
	assert kata in bagian.keterangan and kata in teks
	assert nama.split(".")[0] in teks and m.name in teks


def test_berkas_dokumen_lain_tidak_ikut(k, kegiatan, tmp_path):
	m = frappe.get_doc("Musyawarah", kegiatan.musyawarah)
	s = berkas_lengkap.Susunan(tmp_path)
	alamat = unggah(kegiatan, "lain.pdf", pindaian("Rahasia"))
	berkas_lengkap._tambah_unggahan(s, "Berita acara", m, alamat)
	assert "Rahasia" not in Cetakan(s.bagian[0].pdf.read_bytes()).teks
	assert "tidak ditemukan" in s.bagian[0].keterangan


def test_isi_aktif_unggahan_ditanggalkan(k, kegiatan, tmp_path):
	m = frappe.get_doc("Musyawarah", kegiatan.musyawarah)
	s = berkas_lengkap.Susunan(tmp_path)
	berkas_lengkap._tambah_unggahan(s, "Berita acara", m, unggah(m, "aktif.pdf", pdf_bernaskah()))
	pdf = Cetakan(s.bagian[0].pdf.read_bytes())
	assert "Naskah jahat" in pdf.teks
	assert not pdf.attachments
	assert b"/JavaScript" not in pdf.isi and b"/OpenAction" not in pdf.isi


# --- doors


@pytest.fixture
def langsung(monkeypatch):
	"""Background jobs run at once, as the user who asked."""
	antre = []
	monkeypatch.setattr(frappe, "enqueue", lambda f, *a, queue, timeout, **isi: antre.append((f, isi)))
	return antre


def test_disusun_lalu_diunduh_oleh_yang_meminta(k, kegiatan, langsung):
	with pabrik.sebagai(k.lurah):
		kode = berkas_lengkap.susun(kegiatan.name)
		assert berkas_lengkap.susun(kegiatan.name) == kode and len(langsung) == 1, "asked twice, built once"
		assert berkas_lengkap.keadaan(kode)["persen"] == 0
		kerjakan, isi = langsung[0]
		kerjakan(**isi)
		assert berkas_lengkap.keadaan(kode) == {"persen": 100, "pesan": "Selesai", "gagal": None}
		set_request(method="GET", path="/")
		jawaban = berkas_lengkap.unduh(kode)
		jawaban.direct_passthrough = False
		assert "Proposal Kegiatan" in Cetakan(jawaban.get_data()).teks
		assert f"Berkas-Lengkap-{kegiatan.name}.pdf" in jawaban.headers["Content-Disposition"]
	for orang_lain in (k.ketua, k.dpmppa, k.lurah_lain):
		with pabrik.sebagai(orang_lain):
			for pintu in (berkas_lengkap.keadaan, berkas_lengkap.unduh):
				with pytest.raises(frappe.DoesNotExistError):
					pintu(kode)
	catatan = {"user": k.lurah, "export_from": "Kegiatan", "method": "Berkas Lengkap"}
	assert frappe.db.exists("Access Log", catatan | {"reference_document": kegiatan.name})


@pytest.mark.parametrize("jabatan", ["lurah_lain", "ketua_tetangga", "bpjs", "admin"])
def test_yang_tidak_berhak_mencetak_ditolak(k, kegiatan, langsung, jabatan):
	with pabrik.sebagai(getattr(k, jabatan)), pytest.raises(frappe.PermissionError):
		berkas_lengkap.susun(kegiatan.name)
	assert not langsung


@pytest.mark.parametrize("kode", ["", "../../site_config", "0" * 32, "*"])
def test_kode_karangan_tidak_membuka_apa_pun(k, kode):
	with pabrik.sebagai(k.lurah), pytest.raises(frappe.DoesNotExistError):
		berkas_lengkap.unduh(kode)


def test_kegagalan_diberitahukan_dengan_nomor_catatan(k, kegiatan, langsung, monkeypatch):
	def rusak(*_args, **_isi):
		raise RuntimeError("uji")

	monkeypatch.setattr(berkas_lengkap, "bangun", rusak)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_isi: None)
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	with pabrik.sebagai(k.lurah):
		kode = berkas_lengkap.susun(kegiatan.name)
		kerjakan, isi = langsung[0]
		kerjakan(**isi)
		hasil = berkas_lengkap.keadaan(kode)
	assert hasil["gagal"] and hasil["persen"] == 100
	assert frappe.db.exists("Error Log", {"method": "Berkas Lengkap"})
	assert "RuntimeError" not in hasil["pesan"]


def test_yang_lama_dihapus(situs):
	lama, baru = (berkas_lengkap._folder() / f"{c * 32}.pdf" for c in "ab")
	for berkas in (lama, baru):
		Path(berkas).touch()
	os.utime(lama, (0, time.time() - 2 * berkas_lengkap.BERLAKU))
	berkas_lengkap.hapus_yang_lama()
	assert not lama.exists() and baru.exists()
	baru.unlink()


def test_sisa_pekerjaan_yang_terbunuh_ikut_dihapus(situs):
	sisa = berkas_lengkap._folder() / f"{'c' * 32}.susun"
	sisa.mkdir()
	(sisa / "1.pdf").touch()
	os.utime(sisa, (0, time.time() - 2 * berkas_lengkap.BERLAKU))
	berkas_lengkap.hapus_yang_lama()
	assert not sisa.exists()


def test_pekerjaan_yang_mati_tidak_ditunggu_selamanya(k, kegiatan, langsung, monkeypatch):
	with pabrik.sebagai(k.lurah):
		kode = berkas_lengkap.susun(kegiatan.name)
		kemudian = time.time() + berkas_lengkap.TERLAMA + 1
		monkeypatch.setattr(berkas_lengkap.time, "time", lambda: kemudian)
		assert berkas_lengkap.keadaan(kode)["gagal"]


def test_batas_waktu_pekerjaan_tidak_ditelan(k, kegiatan, tmp_path, monkeypatch):
	def habis(*_args):
		raise JobTimeoutException

	m = frappe.get_doc("Musyawarah", kegiatan.musyawarah)
	alamat = unggah(m, "lama.pdf", pindaian("Lama"))
	monkeypatch.setattr(berkas_lengkap, "_salin_pdf", habis)
	with pytest.raises(JobTimeoutException):
		berkas_lengkap._tambah_unggahan(berkas_lengkap.Susunan(tmp_path), "Berita acara", m, alamat)
