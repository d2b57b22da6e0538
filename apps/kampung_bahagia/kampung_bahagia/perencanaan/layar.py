"""What the forms of `perencanaan` ask of the server."""

import frappe


@frappe.whitelist()
def usulan_tersedia() -> list[dict]:
	"""Decided usulan, in the area of whoever asks, that no kegiatan carries out yet.

	Rows of usulan, judul, kategori, perkiraan_biaya (rupiah), musyawarah, tanggal (WIB), rt, nama_rt. Empty
	for an office that makes no kegiatan.
	"""
	if not frappe.has_permission("Kegiatan", "create"):
		return []
	musyawarah = {
		m.name: m
		for m in frappe.get_list(
			"Musyawarah",
			filters={"status": "Disahkan"},
			fields=["name", "tanggal", "rt"],
			order_by="tanggal desc",
			limit=0,
		)
	}
	if not musyawarah:
		return []
	usulan = frappe.get_all(
		"Usulan",
		filters={"parent": ["in", list(musyawarah)], "parenttype": "Musyawarah", "keputusan": "Diputuskan"},
		fields=["name as usulan", "parent as musyawarah", "judul", "kategori", "perkiraan_biaya"],
		order_by="judul",
	)
	terpakai = set(
		frappe.get_all(
			"Kegiatan",
			filters={"musyawarah": ["in", list(musyawarah)], "status": ["!=", "Ditolak"]},
			pluck="usulan",
			order_by="name",
		)
	)
	nama_rt = dict(frappe.get_list("RT", fields=["name", "judul"], order_by="name", limit=0, as_list=True))
	return [
		{
			**u,
			"tanggal": musyawarah[u.musyawarah].tanggal,
			"rt": musyawarah[u.musyawarah].rt,
			"nama_rt": nama_rt.get(musyawarah[u.musyawarah].rt),
		}
		for u in usulan
		if u.usulan not in terpakai
	]
