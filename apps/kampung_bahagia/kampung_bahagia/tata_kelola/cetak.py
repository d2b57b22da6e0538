"""Official documents as PDF, rendered by WeasyPrint from Print Formats.

Debian's wkhtmltopdf drops headers, footers and print CSS, so Frappe's own PDF doors are led here too.
"""

from __future__ import annotations

import atexit
import json
import mimetypes
import os
import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.translate import print_language
from frappe.utils import cint
from frappe.www import printview
from frappe.www.printview import get_print_style, get_rendered_template
from pydyf import PDF, Object
from pypdf import PdfWriter
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kampung_bahagia.tata_kelola.isian import daftar_nama
from kampung_bahagia.tata_kelola.unduhan import BerkasPDF

HALAMAN = "kampung_bahagia/templates/cetak/halaman.html"
GAYA = "kampung_bahagia/templates/cetak/gaya.html"
BAHASA = "id"
# what a relative address in a document is relative to; RFC 2606 reserves the name, so it resolves nowhere
ASAL = "https://aset.invalid"
# archival with all structure (ISO 19005-2, level A): fonts and colours are in the file, transparency is allowed
VARIAN = "pdf/a-2a"
# which an archival file must not ask of the viewer
GAYA_ARSIP = CSS(string="img { image-rendering: crisp-edges }")
# what stands in more than its own style sheet, or would weigh differently in one that the page does not hold itself
GAYA_TERIKAT = re.compile(
	r"<link|<base|<style\s|@(font-face|import|layer|counter-style|color-profile)|\sstyle=[^>]*!\s*important",
	re.I,
)


@frappe.whitelist()
def download_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	doc: str | None = None,
	no_letterhead: int | str = 0,
	language: str | None = None,
	letterhead: str | None = None,
	pdf_generator: str | None = None,
) -> BerkasPDF:
	"""The PDF of a stored document, to a signed-in user who may print it; raises frappe.PermissionError.

	`doc`, `language`, `letterhead` and `pdf_generator` are part of the framework's door: a document made up
	in the browser is never printed, and a letter is Indonesian whoever reads it. The framework's own door is
	open to guests with a share key and to everyone who may read; this one is not.
	"""
	_kirim(cetak(doctype, name, format, cint(no_letterhead)), name)


@frappe.whitelist()
def download_multi_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	no_letterhead: int | str = 0,
	letterhead: str | None = None,
	options: str | None = None,
) -> BerkasPDF:
	"""Several documents of one DocType (`name`: JSON list) as one PDF; all of them must be printable."""
	gabungan = PdfWriter()
	for satu in daftar_nama(name, _("Pilih dokumen yang hendak dicetak.")):
		gabungan.append(BytesIO(cetak(doctype, satu, format, cint(no_letterhead), digabung=True)))
	hasil = BytesIO()
	gabungan.write(hasil)
	_kirim(hasil.getvalue(), doctype)


@frappe.whitelist()
def get_html_and_style(
	doc: str,
	name: str | None = None,
	print_format: str | None = None,
	no_letterhead: bool | int | str | None = None,
	letterhead: str | None = None,
	trigger_print: bool = False,
	style: str | None = None,
	settings: str | None = None,
) -> dict[str, str | None]:
	"""The preview of a stored document, {"html", "style"}, to whoever may print it; noted like any print.

	The desk sends the document itself: what is stored by its name is shown, as on paper.
	"""
	try:
		if name is None:
			kiriman = json.loads(doc)
			doc, name = str(kiriman["doctype"]), str(kiriman["name"])
		dict(frappe.parse_json(settings) or {})
	except (KeyError, TypeError, ValueError):
		doc = None
	if not frappe.db.exists("DocType", doc):
		frappe.throw(_("Dokumen yang hendak dicetak tidak dikenali. Muat ulang halaman ini."))
	dokumen = frappe.get_doc(doc, name)
	dokumen.check_permission("print")
	hasil = printview.get_html_and_style(
		doc, name, print_format, no_letterhead, letterhead, trigger_print, style, settings
	)
	make_access_log(doctype=doc, document=name, file_type="HTML", method="Print")
	return hasil


@frappe.whitelist(methods=["POST"])
def salin_format(nama: str) -> str:
	"""Copy a Print Format of the app into one that can be edited in the desk; the name of the copy.

	The framework locks the app's own, whose text comes from a file. Raises frappe.PermissionError for anybody but a
	System Manager.
	"""
	frappe.only_for("System Manager")
	asli = frappe.get_doc("Print Format", nama)
	salinan = frappe.copy_doc(asli)
	awal = _("{0} (disunting)").format(nama)
	jumlah = frappe.db.count("Print Format", {"name": ["like", f"{awal}%"]})
	salinan.name = f"{awal} {jumlah + 1}" if jumlah else awal
	salinan.update(
		{"standard": "No", "custom_format": 1, "html": printview.get_print_format(asli.doc_type, asli)}
	)
	return salinan.insert().name


def cetak(
	doctype: str, name: str, format: str | None, no_letterhead: int, *, digabung: bool = False
) -> bytes:
	"""The PDF of a stored document for the present user, noted as printed: the signed file itself where there is one.

	`digabung`: it will be joined with others. Raises frappe.PermissionError, and ValidationError for what may not be.
	"""
	dokumen = frappe.get_doc(doctype, name)
	dokumen.check_permission("print")
	if digabung and dokumen.get("dokumen_resmi") and dokumen.get("cara_tanda_tangan") == "Elektronik":
		# joined with others a signed PDF is written anew, and its genuine signature appears to be broken
		frappe.throw(_("{0} bertanda tangan elektronik. Unduh satu per satu.").format(frappe.bold(name)))
	from kampung_bahagia.tata_kelola.resmi import berkas_elektronik  # which itself renders by this module

	asli = berkas_elektronik(dokumen) if format in (None, dokumen.meta.default_print_format) else None
	pdf = asli or jadikan_pdf(dokumen, format, no_letterhead=no_letterhead)
	make_access_log(doctype=doctype, document=name, file_type="PDF", method="PDF")
	return pdf


def _kirim(pdf: bytes, nama: str) -> None:
	frappe.local.response.filename = f"{nama.replace(' ', '-').replace('/', '-')}.pdf"
	frappe.local.response.filecontent = pdf
	frappe.local.response.type = "pdf"


def jadikan_pdf(dokumen, format: str | None = None, *, no_letterhead: int = 0) -> bytes:
	"""Render `dokumen` in the Print Format `format` (the DocType's own when None)."""
	with print_language(BAHASA):
		return halaman_ke_pdf(jadikan_html(dokumen, format, no_letterhead=no_letterhead))


def jadikan_html(dokumen, format: str | None = None, *, no_letterhead: int = 0) -> str:
	"""The whole page. Raises frappe.PermissionError for a Print Format of another DocType."""
	nama = format or dokumen.meta.default_print_format
	cetak = frappe.get_doc("Print Format", nama) if nama and nama != "Standard" else None
	if cetak and cetak.doc_type != dokumen.doctype:
		frappe.throw(
			_("Format cetak ini bukan untuk {0}.").format(_(dokumen.doctype)), frappe.PermissionError
		)
	isi = get_rendered_template(dokumen, print_format=cetak, meta=dokumen.meta, no_letterhead=no_letterhead)
	bergaya_sendiri = bool(cetak) and (cetak.standard == "Yes" or GAYA in (cetak.html or ""))
	return frappe.render_template(
		HALAMAN,
		{
			"isi": isi,
			# an app's own format brings its style along, and so does a copy; others are written for the framework's
			"gaya_kerangka": None if bergaya_sendiri else get_print_style(print_format=cetak),
			"judul": f"{cetak.name if cetak else _(dokumen.doctype)} {dokumen.get('nomor') or dokumen.name}",
			"bahasa": BAHASA,
		},
	)


def halaman_ke_pdf(html: str) -> bytes:
	"""Tagged PDF/A-2a of a page, with nothing in it but inline data and assets of the installed apps."""
	halaman = HTML(string=html, base_url=f"{ASAL}/", url_fetcher=PengambilAset())
	gaya = [GAYA_ARSIP]
	if not GAYA_TERIKAT.search(html):  # letters of a kind share their style, which is then read once
		for unsur in halaman.etree_element.iter("style"):
			gaya.append(_gaya(unsur.text or ""))
			unsur.text = None
	huruf = _huruf.pop() if _huruf else Huruf()
	pdf = halaman.write_pdf(stylesheets=gaya, pdf_variant=VARIAN, font_config=huruf, finisher=_tulis_sekali)
	if not huruf.bertambah:
		_huruf.append(huruf)
	return pdf


@lru_cache(maxsize=32)
def _gaya(css: str) -> CSS:
	return CSS(string=css, base_url=f"{ASAL}/", url_fetcher=PengambilAset())


class _Tertulis(Object):
	"""An object of a PDF that changes no more."""

	data = compressible = None

	def __init__(self, asli: Object):
		super().__init__()
		self.number, self.generation, self.free = asli.number, asli.generation, asli.free
		self.data, self.compressible = asli.data, asli.compressible


def _tulis_sekali(_dokumen, pdf: PDF) -> None:
	"""Write and compress each object once: pydyf does so again for the identifier that an archival file bears."""
	pdf.objects[:] = [objek if objek.free == "f" else _Tertulis(objek) for objek in pdf.objects]


class Huruf(FontConfiguration):
	"""The fonts of the system; `bertambah` once a page has brought its own, which no other page may find."""

	bertambah = False

	def add_font_face(self, *isi):
		self.bertambah = True
		super().add_font_face(*isi)


# Those that no page is being rendered with, each of which knows what earlier pages looked up: Pango is not for several
# threads at once. It searches in threads that a forked process does not have, and is gone when Python clears up.
_huruf: list[Huruf] = []
os.register_at_fork(after_in_child=_huruf.clear)
atexit.register(_huruf.clear)


class PengambilAset(URLFetcher):
	"""Fetches `data:` and the apps' assets; a document never makes the server call out or read other files."""

	def __init__(self):
		super().__init__(allowed_protocols={"data"}, allow_redirects=False)

	def fetch(self, url: str, headers=None) -> URLFetcherResponse:
		bagian = urlsplit(url)
		if f"{bagian.scheme}://{bagian.netloc}" != ASAL:
			return super().fetch(url, headers)
		berkas = berkas_aset(unquote(bagian.path))
		jenis = mimetypes.guess_type(berkas.name)[0] or "application/octet-stream"
		return URLFetcherResponse(url, berkas.read_bytes(), {"Content-Type": jenis})


def berkas_aset(path: str) -> Path:
	"""File behind /assets/APP/...: below the app's public folder, whatever links or dots lead out of it.

	Read from the app itself, because sites/assets/APP is a link out of sites/. Raises ValueError.
	"""
	_awal, aset, app, *sisa = path.split("/")
	if aset != "assets" or app not in frappe.get_installed_apps():
		raise ValueError(f"not an asset: {path[:200]}")
	akar = Path(frappe.get_app_path(app, "public")).resolve()
	berkas = akar.joinpath(*sisa).resolve()
	if not berkas.is_relative_to(akar):
		raise ValueError(f"outside the assets of {app}: {path[:200]}")
	return berkas
