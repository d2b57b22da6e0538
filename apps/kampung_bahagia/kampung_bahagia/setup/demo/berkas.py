"""Small papers and photos that stand in for scans. Each says that it is an example."""

from functools import cache
from html import escape
from io import BytesIO

import frappe
import weasyprint
from PIL import Image, ImageDraw, ImageFont

CSS = """
@page { size: 215mm 330mm; margin: 30mm }
body { font: 12pt serif; text-align: center }
h1 { font-size: 18pt; margin-top: 60mm }
p { border: 2pt solid #b45309; color: #b45309; padding: 6mm }
"""
KALIMAT = "Data contoh. Bukan dokumen asli dan tidak berlaku."


@cache
def kertas(judul: str) -> bytes:
	"""A one-page PDF in F4 with a title."""
	html = f'<html lang="id"><title>{escape(judul)}</title><h1>{escape(judul)}</h1><p>{KALIMAT}</p></html>'
	return weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=CSS)])


@cache
def foto(judul: str) -> bytes:
	"""A PNG of 640 by 480 pixels: sky, ground and a title."""
	gambar = Image.new("RGB", (640, 480), "#cfe8f5")
	pena = ImageDraw.Draw(gambar)
	pena.rectangle((0, 300, 640, 480), fill="#8d7250")
	pena.polygon(((220, 480), (420, 480), (350, 300), (300, 300)), fill="#9ca3af")
	pena.text((24, 24), f"{judul}\n{KALIMAT}", fill="#1f2937", font=ImageFont.load_default(24))
	isi = BytesIO()
	gambar.save(isi, "PNG", optimize=True)
	return isi.getvalue()


@cache
def pindaian(judul: str) -> bytes:
	"""A page in F4 as a scanner makes it, a picture in a PDF, with a title and lines of writing."""
	gambar = Image.new("L", (1270, 1949), 245)
	pena = ImageDraw.Draw(gambar)
	pena.text((160, 160), f"{judul}\n\n{KALIMAT}", fill=30, font=ImageFont.load_default(32))
	for baris in range(24):
		pena.line((160, 420 + 48 * baris, 1110 - 60 * (baris % 3), 420 + 48 * baris), fill=90, width=5)
	isi = BytesIO()
	gambar.save(isi, "PDF", resolution=150, quality=40, title=judul)
	return isi.getvalue()


def lampirkan(doc, judul: str, *, gambar: bool = False, kolom: str | None = None) -> str:
	"""Attach a paper (or a photo) to `doc` as the present user; return its address."""
	return (
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{judul.lower().replace(' ', '-').replace('/', '-')}.{'png' if gambar else 'pdf'}",
				"attached_to_doctype": doc.doctype,
				"attached_to_name": doc.name,
				"attached_to_field": kolom,
				"is_private": 1,
				"content": foto(judul)
				if gambar
				else pindaian(judul)
				if kolom == "pindaian"
				else kertas(judul),
			}
		)
		.insert()
		.file_url
	)
