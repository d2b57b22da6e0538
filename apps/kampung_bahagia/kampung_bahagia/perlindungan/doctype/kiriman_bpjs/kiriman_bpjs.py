"""One package on its way to BPJS by HTTPS; written by the outbox (`perlindungan.pertukaran.kotak_keluar`) alone."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kampung_bahagia.perlindungan.doctype.pengaturan_sambungan_bpjs.pengaturan_sambungan_bpjs import aktif
from kampung_bahagia.perlindungan.pertukaran import kotak_keluar
from kampung_bahagia.perlindungan.pertukaran.kotak_keluar import DOCTYPE, MENUNGGU, TETAP


class KirimanTidakSah(frappe.ValidationError):
	pass


class KirimanBPJS(Document):
	def before_validate(self):
		self.tolak()

	def on_trash(self):
		self.tolak()

	def tolak(self):
		if not self.flags.oleh_sistem:
			frappe.throw(
				_("Kiriman BPJS ditulis oleh sistem. Kirim melalui Berkas BPJS."), frappe.PermissionError
			)


@frappe.whitelist(methods=["POST"])
def kirim_ulang(nama: str) -> None:
	"""Send a message that had failed for good once more, under its old key. Raises KirimanTidakSah."""
	doc = _gagal_tetap(nama)
	if not aktif():
		frappe.throw(_("Sambungan HTTPS ke BPJS tidak aktif. Pilih Serahkan Manual."), KirimanTidakSah)
	doc.add_comment("Info", _("Dikirim ulang setelah {0} percobaan: {1}").format(doc.percobaan, doc.galat))
	doc.db_set({"status": MENUNGGU, "percobaan": 0, "coba_lagi_pada": now_datetime()})
	kotak_keluar.segerakan(nama)


@frappe.whitelist(methods=["POST"])
def serahkan_manual(nama: str, jalur: str, dikirim_pada: str, catatan: str | None = None) -> None:
	"""Record that the package of a message that had failed for good went another way.

	Raises KirimanTidakSah, or BerkasTidakSah for a wrong way or moment.
	"""
	doc = _gagal_tetap(nama)
	berkas = frappe.get_doc("Berkas BPJS", doc.berkas, for_update=True)
	berkas.catat_jalur_lain(jalur, dikirim_pada, catatan)
	kotak_keluar.alihkan(berkas.name)


def _gagal_tetap(nama: str) -> Document:
	"""The message, its row locked, for whoever may send its package."""
	doc = frappe.get_doc(DOCTYPE, nama, for_update=True)
	doc.check_permission("read")
	frappe.get_doc("Berkas BPJS", doc.berkas).check_permission("write")
	if doc.status != TETAP:
		frappe.throw(
			_("Hanya kiriman berstatus {0} yang dapat dikirim ulang atau dialihkan.").format(
				frappe.bold(TETAP)
			),
			KirimanTidakSah,
		)
	return doc
