from typing import Any

import frappe

from kampung_bahagia.tata_kelola.formulir import isi_konteks


def get_context(context):
	isi_konteks(context)


@frappe.whitelist(methods=["GET"])
def berjalan() -> list[dict]:
	"""Kegiatan under way in the area of whoever asks: name, judul, kemajuan (percent). Empty for an office that
	reports no progress."""
	if not frappe.has_permission("Kemajuan Kegiatan", "create"):
		return []
	return frappe.get_list(
		"Kegiatan",
		filters={"status": "Berjalan"},
		fields=["name", "judul", "kemajuan"],
		order_by="dimulai_pada desc, name",
		limit=0,
	)


def hasil(doc) -> dict[str, Any]:
	"""What the phone shows of a report that arrived, in percent."""
	return {"kemajuan": frappe.db.get_value("Kegiatan", doc.kegiatan, "kemajuan")}
