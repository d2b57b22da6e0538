"""What the framework notes down beside the documents, kept free of personal data.

Versions, comments, letters, error logs with the variables of a failing program: each of them may hold a value
that somebody typed, and each is read by other people than the document.
"""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.core.doctype.access_log.access_log import AccessLog

from kampung_bahagia.aturan.identitas import samarkan_teks

SAMARAN = "(disamarkan)"
# text of the framework's own notes that repeats what somebody wrote
KOLOM_CATATAN = {
	"Activity Log": ("subject", "content"),
	"Comment": ("content",),
	"Communication": ("subject", "content", "text_content"),
	"Data Import Log": ("messages", "exception"),
	"Email Queue": ("error",),
	"Error Log": ("method", "error"),
	"Notification Log": ("subject", "email_content"),
	"Prepared Report": ("filters", "error_message"),
	"Scheduled Job Log": ("details",),
	"ToDo": ("description",),
}


class AccessLogTersamar(AccessLog):
	"""That something was exported or printed, without the page itself; the framework writes it past all events."""

	def db_insert(self, *args, **kwargs):
		self.page = None
		for kolom in ("filters", "columns"):
			if self.get(kolom):
				self.set(kolom, samarkan_teks(self.get(kolom)))
		super().db_insert(*args, **kwargs)


def samarkan_catatan(doc: Any, method: str | None = None) -> None:
	"""Document event of the DocTypes in KOLOM_CATATAN, before they are written."""
	for kolom in KOLOM_CATATAN[doc.doctype]:
		if isinstance(teks := doc.get(kolom), str):
			doc.set(kolom, samarkan_teks(teks))


def samarkan_versi(doc: Any, method: str | None = None) -> None:
	"""Document event of Version: that a field above permlevel 0 changed is kept, its values are not."""
	doc.data = versi_tersamar(doc.ref_doctype, doc.data)


def versi_tersamar(doctype: str, data: str | None) -> str | None:
	"""The JSON text `data` of a Version of `doctype`, masked; masking it again changes nothing."""
	if not data:
		return data
	isi = json.loads(data)
	meta = frappe.get_meta(doctype)
	_samarkan_perubahan(meta, isi.get("changed"))
	for bagian in ("added", "removed"):
		for tabel, baris in isi.get(bagian) or ():
			anak, tertutup = _tabel(meta, tabel)
			for df in anak.fields if anak else ():
				if (tertutup or df.permlevel) and baris.get(df.fieldname):
					baris[df.fieldname] = SAMARAN
	for tabel, _urutan, _nama, perubahan in isi.get("row_changed") or ():
		anak, tertutup = _tabel(meta, tabel)
		if anak:
			_samarkan_perubahan(anak, perubahan, semua=tertutup)
	return samarkan_teks(json.dumps(isi, separators=(",", ":"), ensure_ascii=False, default=str))


def _tabel(meta: Any, kolom: str) -> tuple[Any, bool]:
	df = meta.get_field(kolom)
	return (frappe.get_meta(df.options), bool(df.permlevel)) if df and df.options else (None, False)


def _samarkan_perubahan(meta: Any, perubahan: list | None, *, semua: bool = False) -> None:
	for satu in perubahan or ():
		df = meta.get_field(satu[0])
		if semua or (df and df.permlevel):
			satu[1:] = [SAMARAN if nilai else nilai for nilai in satu[1:]]


def samarkan_surel(surel: Any) -> None:
	"""Hook for each letter before it is sent or queued: `surel.msg_root` is its MIME tree."""
	for bagian in surel.msg_root.walk():
		if bagian.get_content_maintype() != "text" or bagian.get_content_disposition() == "attachment":
			continue
		sandi = bagian.get_content_charset() or "utf-8"
		teks = bagian.get_payload(decode=True).decode(sandi, "replace")
		if (tersamar := samarkan_teks(teks)) != teks:
			del bagian["Content-Transfer-Encoding"]
			bagian.set_payload(tersamar, "utf-8")
