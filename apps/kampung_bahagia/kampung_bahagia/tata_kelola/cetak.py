"""Official documents as PDF, rendered by WeasyPrint from Print Formats.

Debian's wkhtmltopdf drops headers, footers and print CSS, so Frappe's own PDF door is led here too.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlparse

import frappe
import weasyprint
from frappe import _
from frappe.translate import print_language
from frappe.utils import cint, get_bench_path
from frappe.www.printview import get_rendered_template, validate_print_permission

HALAMAN = "kampung_bahagia/templates/cetak/halaman.html"


@frappe.whitelist(allow_guest=True)
def download_pdf(
	doctype: str,
	name: str,
	format: str | None = None,
	doc: str | None = None,
	no_letterhead: int | str = 0,
	language: str | None = None,
	letterhead: str | None = None,
	pdf_generator: str | None = None,
) -> None:
	"""The PDF of a stored document, to whoever may print it (a guest needs the document's own share key).

	`doc`, `letterhead` and `pdf_generator` are part of the framework's door; a document made up in the
	browser is never printed.
	"""
	dokumen = frappe.get_doc(doctype, name)
	validate_print_permission(dokumen)
	with print_language(language or "id"):
		frappe.local.response.filecontent = jadikan_pdf(dokumen, format, no_letterhead=cint(no_letterhead))
	frappe.local.response.filename = f"{name.replace(' ', '-').replace('/', '-')}.pdf"
	frappe.local.response.type = "pdf"


def jadikan_pdf(dokumen, format: str | None = None, *, no_letterhead: int = 0) -> bytes:
	"""Render `dokumen` in the Print Format `format` (the DocType's own when None)."""
	return halaman_ke_pdf(jadikan_html(dokumen, format, no_letterhead=no_letterhead))


def jadikan_html(dokumen, format: str | None = None, *, no_letterhead: int = 0) -> str:
	nama = format or dokumen.meta.default_print_format
	cetak = frappe.get_doc("Print Format", nama) if nama and nama != "Standard" else None
	isi = get_rendered_template(
		dokumen, print_format=cetak, meta=dokumen.meta, no_letterhead=no_letterhead
	)
	return frappe.render_template(
		HALAMAN,
		{
			"isi": isi,
			"css": cetak.css if cetak else "",
			"judul": f"{_(dokumen.doctype)} {dokumen.get('nomor') or dokumen.name}",
		},
	)


def halaman_ke_pdf(html: str) -> bytes:
	return weasyprint.HTML(string=html, url_fetcher=_ambil_setempat).write_pdf()


def _ambil_setempat(url: str, *args, **kwargs):
	"""Pictures and fonts from the bench's own assets or inline; a document never makes the server call out."""
	bagian = urlparse(url)
	if bagian.scheme == "data":
		return weasyprint.default_url_fetcher(url)
	akar = (Path(get_bench_path()) / "sites" / "assets").resolve()
	berkas = Path(get_bench_path()) / "sites" / unquote(bagian.path).lstrip("/")
	if bagian.path.startswith("/assets/") and ".." not in berkas.parts and akar.exists():
		return {"file_obj": berkas.open("rb")}
	raise ValueError(f"not fetched: {url[:200]}")
