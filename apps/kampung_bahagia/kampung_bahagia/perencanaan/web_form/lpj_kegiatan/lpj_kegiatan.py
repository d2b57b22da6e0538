from typing import Any

import frappe
from frappe import _

from kampung_bahagia.izin.dokumen import KEADAAN_PENYUSUNAN
from kampung_bahagia.perencanaan.doctype.lpj_kegiatan.lpj_kegiatan import DAPAT_DILAPORKAN
from kampung_bahagia.tata_kelola.formulir import isi_konteks

KOLOM_BARIS = ("realisasi", "bukti", "keterangan")


def get_context(context):
	isi_konteks(context)


@frappe.whitelist(methods=["GET"])
def dapat_dilaporkan() -> list[dict]:
	"""Kegiatan of whose money whoever asks may give account: name, judul, swadaya, uraian_pelaksanaan, and baris of
	the RAB (name, uraian, anggaran and, of an account begun before, realisasi, keterangan, ada_bukti), in rupiah.
	Empty for an office that gives none."""
	if not frappe.has_permission("LPJ Kegiatan", "create"):
		return []
	kegiatan = frappe.get_list(
		"Kegiatan",
		filters={"status": ["in", DAPAT_DILAPORKAN]},
		fields=["name", "judul", "swadaya"],
		order_by="dimulai_pada desc, name",
		limit=50,
	)
	semua = {
		lpj.kegiatan: lpj
		for lpj in frappe.get_list(
			"LPJ Kegiatan",
			filters={"kegiatan": ["in", [k.name for k in kegiatan]]},
			fields=["name", "kegiatan", "status", "uraian_pelaksanaan"],
			order_by="name",
			limit=0,
		)
	}
	terbuka = [k for k in kegiatan if k.name not in semua or semua[k.name].status in KEADAAN_PENYUSUNAN]
	tercatat = {
		r.rab: r
		for r in frappe.get_all(
			"Realisasi RAB",
			filters={"parent": ["in", [lpj.name for lpj in semua.values()]], "parenttype": "LPJ Kegiatan"},
			fields=["rab", *KOLOM_BARIS],
			order_by="parent, idx",
		)
	}
	baris: dict[str, list[dict]] = {k.name: [] for k in terbuka}
	for b in frappe.get_all(
		"RAB Kegiatan",
		filters={"parent": ["in", list(baris)], "parenttype": "Kegiatan"},
		fields=["name", "parent", "uraian", "jumlah"],
		order_by="parent, idx",
	):
		ada = tercatat.get(b.name, frappe._dict())
		baris[b.parent].append(
			{
				"name": b.name,
				"uraian": b.uraian,
				"anggaran": b.jumlah,
				"realisasi": ada.realisasi or "",
				"keterangan": ada.keterangan or "",
				"ada_bukti": bool(ada.bukti),
			}
		)
	return [
		{
			"name": k.name,
			"judul": k.judul,
			"swadaya": k.swadaya,
			"uraian_pelaksanaan": semua.get(k.name, frappe._dict()).uraian_pelaksanaan or "",
			"baris": baris[k.name],
		}
		for k in terbuka
	]


def simpan(isi: dict[str, Any], kiriman: dict[str, Any]):
	"""Begin the account of a kegiatan or go on with it; a row's `name` is the line of the RAB. Papers that do not
	come along stay. Raises frappe.PermissionError, and what the account raises."""
	kegiatan = isi.pop("kegiatan", None)
	if not kegiatan:
		frappe.throw(_("Pilih kegiatan yang dipertanggungjawabkan."), frappe.MandatoryError)
	ada = frappe.db.get_value("LPJ Kegiatan", {"kegiatan": kegiatan})
	if ada:
		doc = frappe.get_doc("LPJ Kegiatan", ada, for_update=True)
		doc.check_permission("write")
	else:
		doc = frappe.new_doc("LPJ Kegiatan").update({"kegiatan": kegiatan})
	menurut_rab = {r.rab: r for r in doc.realisasi}
	for b in isi.pop("realisasi", []):
		baris = menurut_rab.get(b.get("name")) or doc.append("realisasi", {"rab": b.get("name")})
		baris.update({k: b[k] for k in KOLOM_BARIS if k in b})
	doc.update(isi)
	return doc.save()


def hasil(doc) -> dict[str, Any]:
	"""What the phone shows of an account that arrived, in rupiah."""
	return {k: doc.get(k) for k in ("jumlah_anggaran", "jumlah_realisasi", "sisa")}
