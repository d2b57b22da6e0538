"""What the forms of `perlindungan` ask of the server."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.workflow import get_workflow

from kampung_bahagia.izin.layar import giliran
from kampung_bahagia.perlindungan.pada_kegiatan import celah_perlindungan, celah_sk, kekurangan

MENUJU_MULAI = ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi")
BERPERLINDUNGAN = ("Terlindungi", "Berjalan", "Serah Terima")  # until the end of maintenance
BER_SK = (*MENUJU_MULAI, "Berjalan")


@frappe.whitelist()
def posisi_kegiatan(kegiatan: str) -> dict[str, list[str]]:
	"""What the kegiatan still lacks (`kurang`), and who acts on its registration (`giliran`, may be empty)."""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("read")
	kurang = doc.kekurangan() if doc.sedang_disusun() else []
	if doc.docstatus == 0 and not frappe.db.exists("Peserta", {"kegiatan": doc.name}):
		kurang.append(_("Belum ada peserta."))
	if doc.status in MENUJU_MULAI:
		kurang += kekurangan(doc.name)
	if doc.status in BERPERLINDUNGAN:
		kurang.append(celah_perlindungan(doc.name, doc.tanggal_selesai, doc.masa_pemeliharaan))
	if doc.status in BER_SK:
		kurang.append(celah_sk(doc.name, doc.tanggal_selesai))
	return {"kurang": [satu for satu in kurang if satu], "giliran": _giliran(doc)}


def _giliran(doc) -> list[str]:
	if doc.status in MENUJU_MULAI[:2] and doc.status_pendaftaran:
		return giliran(get_workflow("Pendaftaran BPJS"), doc.status_pendaftaran)
	if doc.status == MENUJU_MULAI[0]:  # where what is not construction goes another way
		return ["DPMPPA"] if doc.konstruksi else ["Ketua RT"]
	return []


@frappe.whitelist()
def calon_peserta(kegiatan: str) -> list[dict]:
	"""Residents of the kegiatan's RT who are not yet its peserta: name, nama, nik_samar."""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("read")
	frappe.has_permission("Peserta", "create", throw=True)
	sudah = set(frappe.get_all("Peserta", filters={"kegiatan": doc.name}, pluck="warga", order_by="name"))
	warga = frappe.get_list(
		"Warga", filters={"rt": doc.rt}, fields=["name", "nama", "nik_samar"], order_by="nama", limit=0
	)
	return [w for w in warga if w.name not in sudah]


@frappe.whitelist(methods=["POST"])
def tambah_peserta(kegiatan: str, warga: str | list) -> dict[str, int | list[str]]:
	"""Make each of `warga` (names, or JSON of them) a peserta; one refusal does not undo the others.

	Returns `ditambah`, how many were made, and `ditolak`, the reason of each that was not. A person or
	kegiatan outside the user's area refuses the whole call (PermissionError).
	"""
	ditambah, ditolak = 0, []
	for nama in frappe.parse_json(warga):
		frappe.db.savepoint("peserta")
		try:
			frappe.get_doc({"doctype": "Peserta", "kegiatan": kegiatan, "warga": nama}).insert()
			ditambah += 1
		except frappe.ValidationError as galat:
			frappe.db.rollback(save_point="peserta")
			frappe.clear_messages()
			ditolak.append(str(galat))
	return {"ditambah": ditambah, "ditolak": ditolak}
