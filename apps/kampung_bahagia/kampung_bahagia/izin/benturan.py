"""Conflict of interest: nobody decides on a file that names them or someone on their family card.

UU 30/2014 Pasal 42-43: an official with a conflict of interest, which family relation is, must not decide.
"""

from __future__ import annotations

import frappe
from frappe.utils.caching import request_cache
from frappe.utils.password import decrypt

from kampung_bahagia.izin.data_pribadi import serumah
from kampung_bahagia.tata_kelola.jejak import JEJAK


@request_cache
def nik_pengguna(user: str) -> frozenset[str]:
	"""NIK recorded on any Penugasan of `user`, past ones too: an office ends, a family does not."""
	rahasia, penugasan = frappe.qb.Table("__Auth"), frappe.qb.DocType("Penugasan")
	tersandi = (
		frappe.qb.from_(penugasan)
		.join(rahasia)
		.on(
			(rahasia.doctype == "Penugasan")
			& (rahasia.name == penugasan.name)
			& (rahasia.fieldname == "nik")
			& (rahasia.encrypted == 1)
		)
		.select(rahasia.password)
		.where(penugasan.pengguna == user)
		.run(pluck=True)
	)
	return frozenset(decrypt(satu) for satu in tersandi)


def bersangkutan(user: str, doc) -> bool:
	"""Whether `doc` names `user` or someone on their family card."""
	keluarga = serumah(nik_pengguna(user))
	return bool(keluarga) and not keluarga.isdisjoint(warga_disebut(doc))


def warga_disebut(doc) -> set[str]:
	"""Names of the Warga whom a file with a Workflow is about."""
	if doc.doctype == "Musyawarah":
		return {h.warga for h in doc.hadirin if h.warga}
	if doc.doctype in ("Klaim", "Pemberitahuan Kecelakaan"):
		return {doc.warga}
	if doc.doctype == "Renja":  # a plan is about works, not about people
		return set()
	kegiatan = doc.name if doc.doctype == "Kegiatan" else doc.kegiatan
	return set(frappe.get_all("Peserta", {"kegiatan": kegiatan}, pluck="warga", order_by="warga"))


def memutus_dalam_jabatan_lain(user: str, jabatan: str, doc) -> str | None:
	"""Another office in which `user` has already taken a step on this file: two pairs of eyes are two people."""
	return frappe.db.get_value(
		JEJAK,
		{
			"rujukan_nama": doc.name,
			"rujukan_doctype": doc.doctype,
			"pengguna": user,
			"jabatan": ["!=", jabatan],
		},
		"jabatan",
	)
