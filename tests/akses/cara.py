"""What the tests of changes share: who is tried where, and what the database says afterwards."""

from __future__ import annotations

import frappe
from hasil import Hasil
from panggung import TETAP, Pelaku


def pelaku_pada(hasil: Hasil, wilayah: str) -> list[Pelaku]:
	"""Who is tried there: everyone in the own area, in the others those whose office ends before them."""
	if wilayah == TETAP:
		return hasil.panggung.pelaku
	milik = hasil.harapan.data["wilayah"]
	return [
		p
		for p in hasil.panggung.pelaku
		if p.masa == "berlaku" and p.jabatan in milik and wilayah not in milik[p.jabatan]
	]


def nilai_uji(dt: str, kolom: str, berkas: dict[str, str]) -> dict:
	"""Another value for the field; `berkas` are the files of the area, for a field that names one."""
	df = frappe.get_meta(dt).get_field(kolom)
	if df.fieldtype == "Link":
		return {kolom: berkas[df.options]}
	return {kolom: {"Int": 77, "Check": 1}.get(df.fieldtype, "Uji Matriks")}


def baris(dt: str, nama: str) -> tuple | None:
	"""The row as the database has it now."""
	frappe.db.rollback()
	if frappe.get_meta(dt).issingle:  # a save of the same values writes its hour
		isi = frappe.db.get_singles_dict(dt)
		return tuple(sorted((k, v) for k, v in isi.items() if k not in ("modified", "modified_by")))
	isi = frappe.db.sql(f"select * from `tab{dt}` where name = %s", nama)  # noqa: S608
	return isi[0] if isi else None


def utama(hasil: Hasil, wilayah: str) -> dict[str, str]:
	"""The document of each DocType that stands by itself on which changes are tried."""
	h, panggung = hasil.harapan, hasil.panggung
	milik = {}
	for dt in sorted(h.doctype):
		if h.induk(dt) or frappe.get_meta(dt).istable:
			continue
		ada = [n for n, di in panggung.letak[dt].items() if h.tanpa_wilayah(dt) or di[0] == wilayah]
		if ada:
			milik[dt] = (
				panggung.berkas[wilayah].get(f"{dt}: draf") or panggung.berkas[wilayah].get(dt) or ada[0]
			)
	return milik
