"""The invitation to a musyawarah for the phone of whoever sends it."""

import frappe
from frappe.utils import get_fullname

from kampung_bahagia.aturan.undangan import Undangan, tautan_wa, teks_undangan
from kampung_bahagia.tata_kelola.jembatan import waktu_wib


@frappe.whitelist()
def undangan(musyawarah: str) -> dict[str, str]:
	"""`teks` of the invitation, and `tautan` that opens WhatsApp with it. Raises PermissionError."""
	doc = frappe.get_doc("Musyawarah", musyawarah)
	doc.check_permission("read")
	nomor, kelurahan = frappe.db.get_value("RT", doc.rt, ["nomor", "kelurahan"])
	asal = doc.lanjutan_dari and frappe.db.get_value("Musyawarah", doc.lanjutan_dari, "tanggal")
	teks = teks_undangan(
		Undangan(
			jenis=doc.jenis,
			rt=f"RT {int(nomor):03}",
			kelurahan=frappe.db.get_value("Kelurahan", kelurahan, "nama"),
			waktu=waktu_wib(doc.tanggal),
			tempat=doc.tempat,
			acara=[baris.strip() for baris in (doc.acara or "").splitlines() if baris.strip()],
			pengundang=get_fullname(doc.owner),
			kegiatan=(doc.kegiatan and frappe.db.get_value("Kegiatan", doc.kegiatan, "judul")) or "",
			lanjutan_dari=waktu_wib(asal),
		)
	)
	return {"teks": teks, "tautan": tautan_wa(teks)}
