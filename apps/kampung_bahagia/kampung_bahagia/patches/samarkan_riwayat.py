"""Mask the personal data in what was noted down before such notes were masked."""

from collections.abc import Callable

import frappe
from pypika.terms import Criterion

from kampung_bahagia.aturan.identitas import samarkan_teks
from kampung_bahagia.izin.samaran import KOLOM_CATATAN, versi_tersamar

BATAS = 1000
# sixteen digits in a row, or something that begins like a mobile number
MENCURIGAKAN = r"[0-9]{4}[ .-]?[0-9]{4}[ .-]?[0-9]{4}[ .-]?[0-9]{4}|(62|0)[ -]?8[0-9]"


def execute() -> None:
	versi = frappe.qb.DocType("Version")
	for doctype in ("Warga", "RT", "Klaim"):
		_samarkan(
			"Version", "data", lambda teks, dt=doctype: versi_tersamar(dt, teks), versi.ref_doctype == doctype
		)
	log = frappe.qb.DocType("Access Log")
	frappe.qb.update(log).set(log.page, None).where(log.page.isnotnull()).run()
	# a deleted resident comes back only by being recorded anew
	frappe.db.delete("Deleted Document", {"deleted_doctype": "Warga"})
	for doctype, kolom in KOLOM_CATATAN.items():
		for satu in kolom:
			if frappe.db.has_column(doctype, satu):
				_samarkan(doctype, satu, samarkan_teks, frappe.qb.DocType(doctype)[satu].regexp(MENCURIGAKAN))


def _samarkan(doctype: str, kolom: str, penyamar: Callable[[str], str], syarat: Criterion) -> None:
	tabel = frappe.qb.DocType(doctype)
	pilihan = frappe.qb.from_(tabel).select(tabel.name, tabel[kolom]).where(syarat).orderby(tabel.name)
	terakhir = None
	while baris := pilihan.where(tabel.name > terakhir if terakhir else syarat).limit(BATAS).run():
		terakhir = baris[-1][0]
		for nama, teks in baris:
			if (baru := penyamar(teks)) != teks:
				frappe.db.set_value(doctype, nama, kolom, baru, update_modified=False)
