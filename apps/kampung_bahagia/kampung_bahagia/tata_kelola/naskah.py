"""What the print formats call by name (`jinja` in hooks.py): dates, amounts and facts of official letters."""

from __future__ import annotations

import frappe
from frappe.utils import getdate

from kampung_bahagia.aturan import bilangan, tanggal
from kampung_bahagia.tata_kelola.jembatan import desimal


def tanggal_indonesia(nilai) -> str:
	"""A Date or Datetime value as "9 Juli 2025", with spaces that do not break at the end of a line."""
	return tanggal.tanggal_indonesia(getdate(nilai)).replace(" ", "\N{NO-BREAK SPACE}")


def format_rupiah(nilai) -> str:
	"""A Currency value as "Rp231.600"."""
	return bilangan.format_rupiah(desimal(nilai))


def terbilang_rupiah(nilai) -> str:
	"""A Currency value in words; raises AturanError for sen."""
	return bilangan.terbilang_rupiah(desimal(nilai))


def persen_indonesia(nilai) -> str:
	"""A rate with a decimal comma and no idle zeros: 0.21 as "0,21"."""
	return f"{desimal(nilai).normalize():f}".replace(".", ",")


def wilayah_surat(doc) -> dict[str, str]:
	"""Names of the area of `doc` as a letterhead writes them: rt ("014"), kelurahan, kecamatan, kota."""
	return {
		"rt": f"{int(frappe.db.get_value('RT', doc.rt, 'nomor')):03}",
		"kelurahan": frappe.db.get_value("Kelurahan", doc.kelurahan, "nama"),
		"kecamatan": frappe.db.get_value("Kecamatan", doc.kecamatan, "nama"),
		"kota": pengaturan_surat().nama_kota,
	}


def pengaturan_surat():
	return frappe.get_cached_doc("Pengaturan Kampung Bahagia")


def kegiatan_surat(doc):
	"""The kegiatan that `doc` names, when the reader may see it too.

	The desk's preview sends the document with its values, so the link alone would let anyone read the facts
	of any kegiatan. Raises frappe.PermissionError.
	"""
	kegiatan = frappe.get_doc("Kegiatan", doc.kegiatan)
	kegiatan.check_permission("read")
	return kegiatan
