"""What the forms of `klaim` ask of the server."""

import frappe

from kampung_bahagia.perlindungan.kepesertaan_kota import pada_tanggal


@frappe.whitelist()
def peserta_tersedia() -> list[dict]:
	"""Kegiatan with their peserta, in the area of whoever asks: kegiatan, judul, peserta (name, nama).

	Empty for an office that reports no accident.
	"""
	if not frappe.has_permission("Klaim", "create"):
		return []
	kegiatan = {
		k.name: {"kegiatan": k.name, "judul": k.judul, "peserta": []}
		for k in frappe.get_list(
			"Kegiatan", fields=["name", "judul"], order_by="tanggal_mulai desc, name", limit=0
		)
	}
	for p in frappe.get_list("Peserta", fields=["name", "nama", "kegiatan"], order_by="nama, name", limit=0):
		if p.kegiatan in kegiatan:
			kegiatan[p.kegiatan]["peserta"].append({"name": p.name, "nama": p.nama})
	return [k for k in kegiatan.values() if k["peserta"]]


@frappe.whitelist()
def kepesertaan_lain(nama: str) -> list[str]:
	"""Which other memberships the person of a claim had on the day of the accident, a sentence each; empty for none.

	Raises PermissionError when the claim may not be read.
	"""
	klaim = frappe.get_doc("Klaim", nama)
	klaim.check_permission("read")
	return [k["kalimat"] for k in pada_tanggal(klaim.warga, klaim.waktu_kejadian)]
