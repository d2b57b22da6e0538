"""The forms that a Ketua RT fills in on a phone: what their pages are told, from the Web Form records.

A Web Form says what is asked, in which order and on which screen (each Section Break or Page Break begins one);
an administrator changes it there. The page itself is the programme's own: small, the same for everyone, and
without an answer about anyone, so that the phone may keep it for a place without network.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.core.api.file import get_max_file_size
from frappe.model import default_fields
from frappe.model.meta import Meta

AWALAN = "ketua-rt/"  # the routes that a phone may keep
BERKAS_TERBANYAK, BERKAS_TERBESAR = 20, 3_000_000  # of one sending, bytes; photos shrink to a tenth of that
TANPA_BERKAS = 500_000  # bytes of a sending that its answers and their envelope may need
PEMISAH = {"Section Break", "Page Break"}
DAPAT_DIISI = {
	"Attach",
	"Attach Image",
	"Autocomplete",
	"Check",
	"Currency",
	"Data",
	"Date",
	"Datetime",
	"Float",
	"Int",
	"Link",
	"Percent",
	"Select",
	"Small Text",
	"Text",
}


def isi_konteks(context) -> None:
	"""Hands the page of a phone form its description. A guest is sent to the sign-in page and back here."""
	form = frappe.get_cached_doc("Web Form", context.web_form_doc.name)
	arahkan_tamu(form.route)
	context.template = "templates/formulir.html"
	context.definisi = definisi(form)


def arahkan_tamu(alamat: str) -> None:
	"""Sends a guest to the sign-in page and back to `alamat`. Raises frappe.Redirect."""
	if frappe.session.user == "Guest":
		frappe.redirect(f"/login?redirect-to=/{alamat}")


def formulir_hp() -> list[Any]:
	"""The published Web Forms of the phone, by title."""
	return frappe.get_all(
		"Web Form",
		filters={"published": 1, "route": ["like", f"{AWALAN}%"]},
		fields=["name", "title", "route", "meta_description", "doc_type"],
		order_by="title",
	)


def definisi(form) -> dict[str, Any]:
	"""The form as its page needs it.

	formulir, judul, pengantar, tombol, doctype, batas (banyak: files of one sending; satu, semua: bytes of one and of
	all), langkah (rows of judul, keterangan, kolom); a kolom has nama,
	jenis (Frappe's fieldtype), label, keterangan, wajib, tersembunyi, bawaan, pilihan (lines of a Select) and, for
	a table, the kolom of its rows.
	"""
	meta = frappe.get_meta(form.doc_type)
	langkah: list[dict[str, Any]] = []
	for df in form.web_form_fields:
		if df.fieldtype in PEMISAH or not langkah:
			pemisah = df.fieldtype in PEMISAH
			langkah.append(
				{
					"judul": _(df.label) if pemisah and df.label else _(form.title),
					"keterangan": _(df.description) if pemisah and df.description else "",
					"kolom": [],
				}
			)
			if pemisah:
				continue
		if df.fieldname and meta.has_field(df.fieldname):
			langkah[-1]["kolom"].append(_kolom(df, meta))
	return {
		"formulir": form.name,
		"alamat": f"/{form.route}",
		"judul": _(form.title),
		"pengantar": frappe.utils.strip_html(form.introduction_text or ""),
		"tombol": _(form.button_label or "Kirim"),
		"doctype": form.doc_type,
		"batas": {
			"banyak": BERKAS_TERBANYAK,
			"satu": BERKAS_TERBESAR,
			"semua": get_max_file_size() - TANPA_BERKAS,
		},
		"langkah": [satu for satu in langkah if satu["kolom"]],
	}


def _kolom(df, meta: Meta) -> dict[str, Any]:
	asal = meta.get_field(df.fieldname)
	hasil = {
		"nama": df.fieldname,
		"jenis": df.fieldtype,
		"label": _(df.label or asal.label),
		"keterangan": _(df.description) if df.description else "",
		"wajib": bool(df.reqd),
		"tersembunyi": bool(df.get("hidden")),
		"bawaan": df.default or "",
		"pilihan": [p for p in (df.options or asal.options or "").split("\n") if p]
		if df.fieldtype == "Select"
		else [],
	}
	if df.fieldtype == "Table":
		anak = frappe.get_meta(asal.options)
		hasil["kolom"] = [_kolom(satu, anak) for satu in kolom_baris(anak)]
	return hasil


def kolom_baris(meta: Meta) -> list[Any]:
	"""Fields of a table's row that a form may fill in."""
	return [
		df
		for df in meta.fields
		if df.fieldtype in DAPAT_DIISI
		and df.fieldname not in default_fields
		and not (df.read_only or df.hidden or df.permlevel)
	]
