"""The personal data of residents, kept in a table of its own to which no role has a permission.

A field above the reader's permlevel is hidden by the framework, and yet can be filtered and sorted by, ends up
in versions and in the JSON of deleted documents. What is not in the document cannot leave with it: `Warga`
holds masks, `Data Pribadi` (a row of the same name) the values, and this module is the only way between them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import frappe
from frappe import _

from kampung_bahagia.aturan.identitas import samarkan

KOLOM = ("nik", "no_kk", "tanggal_lahir", "alamat", "no_hp")


def milik(warga: str) -> frappe._dict:
	"""The values of KOLOM of one resident in full; an empty mapping when nothing is stored. No permission check."""
	return frappe.db.get_value("Data Pribadi", warga, KOLOM, as_dict=True) or frappe._dict()


def simpan(warga: str, nilai: Mapping[str, Any]) -> None:
	"""Write the values of KOLOM of one resident. Raises frappe.UniqueValidationError for a NIK held by another."""
	ganda = False
	try:
		if frappe.db.exists("Data Pribadi", warga):
			frappe.db.set_value("Data Pribadi", warga, dict(nilai))
		else:
			d = frappe.qb.DocType("Data Pribadi")
			waktu, pengguna = frappe.utils.now(), frappe.session.user
			frappe.qb.into(d).columns("name", "creation", "modified", "owner", "modified_by", *KOLOM).insert(
				warga, waktu, waktu, pengguna, pengguna, *(nilai.get(k) for k in KOLOM)
			).run()
	except Exception as galat:
		if not frappe.db.is_unique_key_violation(galat):
			raise
		ganda = True
	if ganda:  # outside of the handler: the cause of the error, with the number in it, would go to the log
		tolak_nik_ganda(samarkan(nilai["nik"]))


def tolak_nik_ganda(nik_samar: str) -> None:
	"""The name stays untold: whoever types a NIK must not learn whose it is."""
	frappe.throw(
		_("NIK {0} sudah terdaftar. Setiap warga cukup dicatat satu kali.").format(nik_samar),
		frappe.UniqueValidationError,
		title=_("NIK sudah terdaftar"),
	)


def hapus(warga: str) -> None:
	frappe.db.delete("Data Pribadi", {"name": warga})


def warga_ber_nik(nik: str) -> str | None:
	"""Name of the Warga who has this NIK (16 digits), for rules of the program; never an answer to a request."""
	return frappe.db.get_value("Data Pribadi", {"nik": nik})


def serumah(nik: Collection[str]) -> set[str]:
	"""Names of the Warga who stand on a family card of anyone with one of these NIK, themselves included."""
	if not nik:
		return set()
	orang, keluarga = frappe.qb.DocType("Data Pribadi"), frappe.qb.DocType("Data Pribadi").as_("keluarga")
	return set(
		frappe.qb.from_(orang)
		.join(keluarga)
		.on(keluarga.no_kk == orang.no_kk)
		.select(keluarga.name)
		.where(orang.nik.isin(list(nik)))
		.run(pluck=True)
	)


def jumlah_kk(warga: Collection[str]) -> int:
	"""On how many family cards these residents stand."""
	if not warga:
		return 0
	d = frappe.qb.DocType("Data Pribadi")
	return len(frappe.qb.from_(d).select(d.no_kk).distinct().where(d.name.isin(list(warga))).run(pluck=True))


def tertutup(user: str | None = None) -> str:
	"""List hook of Data Pribadi: nothing, also when a role was given a permission on it."""
	return "(1=0)"


def tertutup_dokumen(doc: Any, ptype: str | None = None, user: str | None = None) -> bool:
	"""Document hook of Data Pribadi; Administrator, whom no hook binds, is named in docs/security.md."""
	return False
