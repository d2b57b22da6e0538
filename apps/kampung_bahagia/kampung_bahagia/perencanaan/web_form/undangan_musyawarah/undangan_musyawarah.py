from typing import Any

import frappe

from kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah import KEADAAN_KEGIATAN
from kampung_bahagia.perencanaan.undangan import undangan
from kampung_bahagia.tata_kelola.formulir import isi_konteks


def get_context(context):
	isi_konteks(context)


@frappe.whitelist(methods=["GET"])
def pilihan() -> dict[str, list[dict]]:
	"""Of the area of whoever asks: rt (name, judul, jumlah_kk) and kegiatan (name, judul, rt, jenis: the kinds of
	meeting that may decide about it). Empty for an office that invites to no musyawarah."""
	if not frappe.has_permission("Musyawarah", "create"):
		return {"rt": [], "kegiatan": []}
	kegiatan = frappe.get_list(
		"Kegiatan",
		filters={"status": ["in", sorted({s for semua in KEADAAN_KEGIATAN.values() for s in semua})]},
		fields=["name", "judul", "rt", "status"],
		order_by="tanggal_mulai desc, name",
		limit=0,
	)
	return {
		"rt": frappe.get_list("RT", fields=["name", "judul", "jumlah_kk"], order_by="judul", limit=0),
		"kegiatan": [
			{
				"name": k.name,
				"judul": k.judul,
				"rt": k.rt,
				"jenis": [jenis for jenis, boleh in KEADAAN_KEGIATAN.items() if k.status in boleh],
			}
			for k in kegiatan
		],
	}


def hasil(doc) -> dict[str, Any]:
	"""What the phone shows of an invitation that arrived: its text and the link that opens WhatsApp with it."""
	return undangan(doc.name)
