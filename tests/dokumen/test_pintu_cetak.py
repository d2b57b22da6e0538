"""The doors to a printed document, and what a document can make the server read or call."""

from __future__ import annotations

import json
import socket
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import frappe
import pytest
import requests
from frappe.printing.doctype.print_format.print_format import make_default
from pypdf import PdfReader

from kampung_bahagia.tata_kelola.cetak import (
	PengambilAset,
	berkas_aset,
	get_html_and_style,
	halaman_ke_pdf,
	jadikan_html,
	salin_format,
)
from kampung_bahagia.tests import pabrik

SATU = "frappe.utils.print_format.download_pdf"
BANYAK = "frappe.utils.print_format.download_multi_pdf"


@pytest.mark.parametrize("jabatan", ["ketua", "pendamping", "lurah", "dpmppa", "pengawas"])
def test_yang_berhak_menerima_pdf(k, sk, minta, jabatan):
	user = getattr(k, jabatan)
	pdf = PdfReader(BytesIO(minta(user, SATU, doctype=sk.doctype, name=sk.name)))
	assert sk.nomor in pdf.pages[0].extract_text()
	catatan = {"user": user, "export_from": sk.doctype, "reference_document": sk.name, "file_type": "PDF"}
	assert frappe.db.count("Access Log", catatan) == 1


# the admin may read, for support, but not print; BPJS was not given this file yet
@pytest.mark.parametrize("jabatan", ["lurah_lain", "ketua_tetangga", "ketua_jauh", "bpjs", "admin"])
@pytest.mark.parametrize("metode", [SATU, BANYAK])
def test_yang_tidak_berhak_ditolak(k, sk, minta, jabatan, metode):
	nama = sk.name if metode == SATU else json.dumps([sk.name])
	with pytest.raises(frappe.PermissionError) as galat:
		minta(getattr(k, jabatan), metode, doctype=sk.doctype, name=nama)
	assert galat.value.http_status_code == 403


@pytest.mark.parametrize("metode", [SATU, BANYAK])
def test_tamu_ditolak_juga_dengan_kunci(k, sk, minta, metode):
	with pytest.raises(frappe.PermissionError):
		minta("Guest", metode, doctype=sk.doctype, name=sk.name, key=sk.get_document_share_key())


def test_tamu_mendapat_403(server):
	for metode in (SATU, BANYAK):
		nilai = {"doctype": "Surat Keputusan", "name": "SK-2026-00001"}
		assert requests.get(f"{server}/api/method/{metode}", nilai, timeout=60).status_code == 403


def test_halaman_cetak_kerangka_juga_tertutup(k, sk):
	"""The framework's page for printing in the browser holds to the same scope."""
	with pabrik.sebagai(k.lurah_lain), pytest.raises(frappe.PermissionError):
		jadikan_html(sk)


def test_isian_dari_peramban_tidak_dicetak(k, sk, minta):
	palsu = sk.as_dict()
	palsu["tentang"] = "Naskah Karangan"
	isi = minta(k.ketua, SATU, doctype=sk.doctype, name=sk.name, doc=frappe.as_json(palsu))
	assert "KARANGAN" not in PdfReader(BytesIO(isi)).pages[0].extract_text()


def test_format_milik_doctype_lain_ditolak(k, sk, minta):
	with pytest.raises(frappe.PermissionError):
		minta(k.ketua, SATU, doctype=sk.doctype, name=sk.name, format="Rekap Iuran")


def test_a_format_is_copied_edited_and_made_the_default_in_the_desk(k, sk, minta):
	frappe.set_user("Administrator")
	nama = salin_format("Keputusan Ketua RT")
	salinan = frappe.get_doc("Print Format", nama)
	salinan.html = salinan.html.replace("Tembusan disampaikan", "Salinan disampaikan")
	salinan.save()
	make_default(nama)
	asli = PdfReader(
		BytesIO(minta(k.ketua, SATU, doctype=sk.doctype, name=sk.name, format="Keputusan Ketua RT"))
	)
	pdf = PdfReader(BytesIO(minta(k.ketua, SATU, doctype=sk.doctype, name=sk.name)))
	teks, semula = ([" ".join(h.extract_text().split()) for h in satu.pages] for satu in (pdf, asli))
	assert [h.replace("Salinan disampaikan", "Tembusan disampaikan") for h in teks] == semula != teks
	assert [h.mediabox for h in pdf.pages] == [h.mediabox for h in asli.pages]
	with pabrik.sebagai(k.ketua):
		assert "Salinan disampaikan" in get_html_and_style(sk.doctype, sk.name)["html"]
		with pytest.raises(frappe.PermissionError):
			salin_format("Keputusan Ketua RT")


def test_beberapa_sekaligus(k, sk, minta):
	lain = pabrik.surat_keputusan(k, pabrik.kegiatan_disetujui(k))
	halaman = [
		len(PdfReader(BytesIO(minta(k.ketua, SATU, doctype=sk.doctype, name=d.name))).pages)
		for d in (sk, lain)
	]
	# one that is named twice is printed once
	nama = json.dumps([sk.name, lain.name, sk.name])
	semua = PdfReader(BytesIO(minta(k.ketua, BANYAK, doctype=sk.doctype, name=nama)))
	assert len(semua.pages) == sum(halaman)


def test_format_standar_kerangka(k, kegiatan, minta):
	isi = minta(k.ketua, SATU, doctype="Kegiatan", name=kegiatan.name, format="Standard")
	assert kegiatan.judul in " ".join(PdfReader(BytesIO(isi)).pages[0].extract_text().split())


# --- what a document can reach


@pytest.fixture
def pendengar() -> Iterator[socket.socket]:
	"""A listening socket that nobody should knock at."""
	with socket.create_server(("127.0.0.1", 0)) as soket:
		soket.settimeout(0.2)
		yield soket


def data_svg(alamat: str) -> str:
	svg = (
		'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
		f'<image xlink:href="{alamat}" width="9" height="9"/></svg>'
	)
	return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


TEMPAT = {
	"img": '<img src="{0}" alt="">',
	"svg": '<img src="{svg}" alt="">',
	"object": '<object data="{0}"></object>',
	"gaya": '<link rel="stylesheet" href="{0}">',
	"impor": "<style>@import url({0});</style>",
	"huruf": "<style>@font-face {{ font-family: x; src: url({0}); }} p {{ font-family: x; }}</style>",
	"latar": "<style>body {{ background: url({0}); }}</style>",
	"lampiran": '<link rel="attachment" href="{0}">',
	"dasar": '<base href="{0}"><img src="a.png" alt="">',
}


@pytest.mark.parametrize("tempat", TEMPAT)
def test_dokumen_tidak_memanggil_keluar(situs, pendengar, tempat):
	alamat = f"http://127.0.0.1:{pendengar.getsockname()[1]}/x"
	html = TEMPAT[tempat].format(alamat, svg=data_svg(alamat)) + "<p>isi</p>"
	assert "isi" in PdfReader(BytesIO(halaman_ke_pdf(html))).pages[0].extract_text()
	with pytest.raises(TimeoutError):
		pendengar.accept()


@pytest.mark.parametrize("tempat", TEMPAT)
def test_dokumen_tidak_membaca_berkas_server(situs, tmp_path, monkeypatch, tempat):
	rahasia = tmp_path / "a.png"
	rahasia.write_text("sandi")
	dibuka = []
	asli = open
	monkeypatch.setattr("builtins.open", lambda f, *a, **k: dibuka.append(str(f)) or asli(f, *a, **k))
	alamat = rahasia.as_uri()
	html = TEMPAT[tempat].format(alamat, svg=data_svg(alamat)) + "<p>isi</p>"
	pdf = PdfReader(BytesIO(halaman_ke_pdf(html)))
	assert str(rahasia) not in dibuka
	assert not pdf.attachments


def test_aset_aplikasi_terbaca(situs):
	tanggapan = PengambilAset()("https://aset.invalid/assets/kampung_bahagia/images/logo.svg")
	assert b"<svg" in tanggapan.read()
	assert tanggapan.content_type == "image/svg+xml"
	gambar = '<img src="{}" alt="" width="100">'
	dengan, tanpa = (
		len(halaman_ke_pdf(gambar.format(f"/assets/kampung_bahagia/images/{nama}.svg")))
		for nama in ("logo", "tidak-ada")
	)
	assert dengan > tanpa


@pytest.mark.parametrize(
	"path",
	[
		"/private/files/x.pdf",
		"/files/x.png",
		"/assets",
		"/assets/bukan_aplikasi/x.png",
		"/assets/../common_site_config.json",
		"/assets/kampung_bahagia/../hooks.py",
		"/assets/kampung_bahagia/images/../../hooks.py",
		"/assets/kampung_bahagia/tautan",
	],
)
def test_di_luar_aset_ditolak(situs, tmp_path, monkeypatch, path):
	umum = tmp_path / "public"
	umum.mkdir()
	(umum / "tautan").symlink_to("/etc/passwd")
	(tmp_path / "hooks.py").touch()
	monkeypatch.setattr(frappe, "get_app_path", lambda app, *sisa: str(tmp_path.joinpath(*sisa)))
	with pytest.raises(ValueError):
		berkas_aset(path)


def test_aset_lewat_tautan_ke_aplikasi(situs):
	"""sites/assets/APP is a link out of sites/, and still serves."""
	assert Path(frappe.get_site_path("..", "assets", "kampung_bahagia")).is_symlink()
	assert berkas_aset("/assets/kampung_bahagia/images/logo.svg").is_file()
