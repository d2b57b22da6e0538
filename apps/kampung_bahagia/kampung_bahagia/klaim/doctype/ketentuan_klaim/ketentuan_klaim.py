from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from kampung_bahagia.tata_kelola.masa_berlaku import nilai_berlaku, periksa_masa_berlaku

BATAS = ("jam_tahap_satu", "jam_tahap_dua", "hari_bayar_jkk", "hari_bayar_jkm", "tahun_kedaluwarsa")
PENGINGAT = ("jam_ingat", "jam_eskalasi")
# by office how many days a claim should stay with it at most
HARI_JABATAN = {
	"Ketua RT": "hari_ketua_rt",
	"Lurah": "hari_lurah",
	"DPMPPA": "hari_dpmppa",
	"BPJS Ketenagakerjaan": "hari_bpjs",
}


class KetentuanKlaim(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		for kolom in (*BATAS, *HARI_JABATAN.values()):
			if self.get(kolom) < 1:
				frappe.throw(_("{0} paling sedikit 1.").format(frappe.bold(self.meta.get_label(kolom))))
		if not 0 < self.jam_eskalasi <= self.jam_ingat < min(self.jam_tahap_satu, self.jam_tahap_dua):
			frappe.throw(
				_(
					"Pengingat mendahului penyampaian ke atasan, dan keduanya lebih pendek daripada batas laporan."
				)
			)


def ketentuan_pada(hari: date | str) -> frappe._dict:
	"""BATAS and PENGINGAT of the rule in force on the day of an accident.

	A report is never held up: without a rule for that day the limits are those that a new one proposes.
	"""
	kolom = (*BATAS, *PENGINGAT)
	if ketentuan := nilai_berlaku("Ketentuan Klaim", hari, kolom):
		return ketentuan
	baru = frappe.new_doc("Ketentuan Klaim")
	return frappe._dict({f: cint(baru.get(f)) for f in kolom})
