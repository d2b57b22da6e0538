"""Roles follow offices: a Penugasan gives its role, and its end takes the role away."""

import frappe

from kampung_bahagia.izin.cakupan import JABATAN, lupakan_penugasan, penugasan_berlaku
from kampung_bahagia.setup.situs import PROFIL_KANTOR


def selaraskan_peran(pengguna: str) -> None:
	"""Give `pengguna` exactly the office roles of the Penugasan in force today; other roles stay."""
	lupakan_penugasan()
	seharusnya = {p.jabatan for p in penugasan_berlaku(pengguna)}
	user = frappe.get_doc("User", pengguna)
	sekarang = {r.role for r in user.roles} & set(JABATAN)
	if seharusnya == sekarang:
		return
	user.set("roles", [r for r in user.roles if r.role not in JABATAN])
	for jabatan in sorted(seharusnya):
		user.append("roles", {"role": jabatan})
	if not user.module_profile and not {"System Manager", "Administrator"} & {r.role for r in user.roles}:
		user.module_profile = PROFIL_KANTOR
	user.flags.ignore_permissions = True
	user.save()


def selaraskan_semua() -> None:
	"""Daily, shortly after midnight WIB: offices that began or ended in the last days."""
	p = frappe.qb.DocType("Penugasan")
	for (pengguna,) in frappe.qb.from_(p).select(p.pengguna).distinct().run():
		selaraskan_peran(pengguna)
