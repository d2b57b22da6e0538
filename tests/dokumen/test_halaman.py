"""Pages are rendered with what was learnt from the ones before, and look as if each were the first."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from kampung_bahagia.tata_kelola import cetak
from kampung_bahagia.tata_kelola.cetak import halaman_ke_pdf

MONO = Path("/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf")

GAMBAR = (
	"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M1 1h5'/></svg>"
)


def huruf(html: str) -> str:
	(halaman,) = PdfReader(BytesIO(halaman_ke_pdf(html))).pages
	return " ".join(h["/BaseFont"] for h in halaman["/Resources"]["/Font"].values())


def warna(html: str) -> str:
	"""The colour in which the text of a page is filled, as "r g b"."""
	(halaman,) = PdfReader(BytesIO(halaman_ke_pdf(html))).pages
	isi = halaman.get_contents().get_data().decode("latin-1")
	return next(baris for baris in isi.splitlines() if baris.endswith(" rg")).removesuffix(" rg")


def test_a_font_that_one_page_brings_is_unknown_to_the_next():
	isi = base64.b64encode(MONO.read_bytes()).decode()
	muka = f"<style>@font-face {{ font-family: Bawaan; src: url(data:font/ttf;base64,{isi}) }}</style>"
	teks = '<p style="font-family: Bawaan, Liberation Sans">isi</p>'
	assert "Bawaan" in huruf(muka + teks)
	assert "Bawaan" not in huruf(teks)


@pytest.mark.parametrize(
	"html, tampak",
	[
		("<style>p { color: red }</style><style>p { color: blue }</style><p>isi</p>", "0 0 1"),
		("<style>p { color: red }</style><p style='color: blue'>isi</p>", "0 0 1"),
		("<style>p { color: red !important }</style><p style='color: blue'>isi</p>", "1 0 0"),
		("<style>p { color: red !important }</style><p style='color: blue !important'>isi</p>", "0 0 1"),
		("<style>p { color: blue }</style><style media='screen'>p { color: red }</style><p>isi</p>", "0 0 1"),
		(
			"<link rel='stylesheet' href='data:text/css,p{color:red}'><style>p { color: blue }</style><p>isi</p>",
			"0 0 1",
		),
	],
)
def test_a_style_that_is_known_already_weighs_as_the_page_says(html, tampak):
	assert [warna(html), warna(html)] == [tampak, tampak]


def test_the_same_style_is_read_once(monkeypatch):
	asli, dibaca = cetak.CSS, []
	monkeypatch.setattr(cetak, "CSS", lambda **isi: dibaca.append(isi) or asli(**isi))
	for teks in ("satu", "dua"):
		halaman_ke_pdf(f"<style>p {{ margin: 1.2345mm }}</style><p>{teks}</p>")
	assert len(dibaca) == 1


def test_what_is_written_once_is_what_would_be_written_twice(monkeypatch):
	html = f'<html lang="id"><title>x</title><p>isi</p><img alt="" src="{GAMBAR}">'
	sekali = halaman_ke_pdf(html)
	monkeypatch.setattr(cetak, "_tulis_sekali", None)
	assert halaman_ke_pdf(html) == sekali


def test_a_forked_worker_looks_for_fonts_itself():
	halaman_ke_pdf("<p>isi</p>")
	(lama,) = cetak._huruf
	if not (pid := os.fork()):
		os._exit(0 if not cetak._huruf and halaman_ke_pdf("<p>isi</p>") else 1)
	assert os.waitpid(pid, 0)[1] == 0
	halaman_ke_pdf("<p>isi</p>")
	assert cetak._huruf == [lama]


def test_several_threads_print_at_once():
	halaman = [f"<style>p {{ margin: {i}mm }}</style><p>isi {i}</p>" for i in range(4)]
	with ThreadPoolExecutor(4) as utas:
		hasil = list(utas.map(lambda i: halaman_ke_pdf(halaman[i % 4]), range(24)))
	assert [PdfReader(BytesIO(pdf)).pages[0].extract_text() for pdf in hasil] == [
		f"isi {i % 4}" for i in range(24)
	]


def test_a_process_that_printed_ends_in_peace(situs):
	program = f"""
import frappe
frappe.init(site={situs!r})
from kampung_bahagia.tata_kelola.cetak import halaman_ke_pdf
from threading import Thread
for _ in range(2):
	halaman_ke_pdf("<p>isi</p>")
utas = Thread(target=halaman_ke_pdf, args=["<p>isi</p>"])
utas.start()
utas.join()
"""
	assert subprocess.run([sys.executable, "-c", program]).returncode == 0
