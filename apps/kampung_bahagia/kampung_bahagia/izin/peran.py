"""Roles follow offices: a Penugasan gives its role, and its end takes the role away."""

import frappe

from kampung_bahagia.izin.cakupan import JABATAN, lupakan_penugasan, penugasan_berlaku
from kampung_bahagia.setup.situs import PROFIL_KANTOR


def selaraskan_peran(pengguna: str) -> None:
	"""Give `pengguna` exactly the office roles of the Penugasan in force today; other roles stay.

	Writes the role rows themselves: saving the User takes about a second each, too long for 1,650 Ketua RT.
	"""
	lupakan_penugasan()
	seharusnya = {p.jabatan for p in penugasan_berlaku(pengguna)}
	milik = {"parent": pengguna, "parenttype": "User", "parentfield": "roles"}
	semua = set(frappe.get_all("Has Role", filters=milik, pluck="role", order_by="idx"))
	sekarang = semua & set(JABATAN)
	if seharusnya == sekarang:
		return
	if dicabut := sekarang - seharusnya:
		frappe.db.delete("Has Role", {**milik, "role": ["in", sorted(dicabut)]})
	for jabatan in sorted(seharusnya - sekarang):
		frappe.get_doc({"doctype": "Has Role", **milik, "role": jabatan}).db_insert()
	nilai = {"user_type": "System User"}
	if "System Manager" not in semua:
		nilai["module_profile"] = PROFIL_KANTOR
		_blokir_modul(pengguna)
	frappe.db.set_value("User", pengguna, nilai)
	frappe.clear_cache(user=pengguna)


def _blokir_modul(pengguna: str) -> None:
	"""The rows that choosing the Module Profile on the User would copy."""
	if frappe.db.exists("Block Module", {"parent": pengguna}):
		return
	for modul in frappe.get_all(
		"Block Module", filters={"parent": PROFIL_KANTOR}, pluck="module", order_by="idx"
	):
		frappe.get_doc(
			{
				"doctype": "Block Module",
				"parent": pengguna,
				"parenttype": "User",
				"parentfield": "block_modules",
				"module": modul,
			}
		).db_insert()


def selaraskan_semua() -> None:
	"""Daily, shortly after midnight WIB: offices that began or ended in the last days."""
	p = frappe.qb.DocType("Penugasan")
	for (pengguna,) in frappe.qb.from_(p).select(p.pengguna).distinct().run():
		selaraskan_peran(pengguna)
