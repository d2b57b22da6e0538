"""The months in which the RT of a group carry out their kegiatan."""

import frappe
from frappe.utils import nowdate

from kampung_bahagia.izin.cakupan import berlaku_pada

BELUM_BERJALAN = ("Draf", "Dikembalikan", "Ditolak", "Dihentikan")


def rt_belum_berkegiatan(jendela) -> list[str]:
	"""E-mail addresses of the Ketua RT whose RT, in the group of this Jendela Pelaksanaan, has no kegiatan in its year.

	For templates of Notification. A kegiatan that was not submitted, or was refused or stopped, does not count.
	"""
	rt, p, u, k = (frappe.qb.DocType(d) for d in ("RT", "Penugasan", "User", "Kegiatan"))
	berkegiatan = (
		frappe.qb.from_(k)
		.select(k.rt)
		.where((k.tahun_anggaran == jendela.tahun) & k.status.notin(BELUM_BERJALAN))
	)
	return (
		frappe.qb.from_(rt)
		.join(p)
		.on((p.rt == rt.name) & (p.jabatan == "Ketua RT") & berlaku_pada(p, nowdate()))
		.join(u)
		.on((u.name == p.pengguna) & (u.enabled == 1))
		.select(u.email)
		.distinct()
		.where((rt.kelompok == jendela.kelompok) & rt.name.notin(berkegiatan))
		.where(rt.berlaku_sampai.isnull() | (rt.berlaku_sampai >= nowdate()))
		.orderby(u.email)
		.run(pluck=True)
	)
