from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, formatdate, getdate

from kampung_bahagia.aturan.identitas import KelayakanUsia, kelayakan_usia
from kampung_bahagia.tata_kelola.masa_berlaku import nilai_berlaku, periksa_masa_berlaku

KOLOM = (
	"name",
	"usia_minimum",
	"usia_konfirmasi",
	"upah_bulanan",
	"hari_lapor_perubahan",
	"hari_pendaftaran",
)


class KetentuanTidakAda(frappe.ValidationError):
	pass


class KetentuanPeserta(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		if not 0 < self.usia_minimum <= self.usia_konfirmasi:
			frappe.throw(_("Usia Perlu Konfirmasi tidak boleh lebih muda daripada Usia Paling Muda."))
		if flt(self.upah_bulanan) <= 0:
			frappe.throw(_("Isi Upah per Bulan."))
		if self.hari_lapor_perubahan < 1:
			frappe.throw(_("Batas Lapor Perubahan paling sedikit satu hari kerja."))
		if self.hari_pendaftaran < 1:
			frappe.throw(_("Batas Pendaftaran Kegiatan paling sedikit satu hari kerja."))


def usia_menurut(ketentuan: frappe._dict, lahir: date | str, mulai: date | str) -> KelayakanUsia:
	"""Whether the ages of the rule (KOLOM) let somebody born on `lahir` take part on the day `mulai`."""
	return kelayakan_usia(
		getdate(lahir),
		getdate(mulai),
		usia_minimum=ketentuan.usia_minimum,
		usia_konfirmasi=ketentuan.usia_konfirmasi,
	)


def ketentuan_pada(mulai: date | str) -> frappe._dict:
	"""KOLOM of the rule in force on the day a kegiatan starts. Raises KetentuanTidakAda, which says whom to ask."""
	ketentuan = nilai_berlaku("Ketentuan Peserta", mulai, KOLOM)
	if not ketentuan:
		frappe.throw(
			_(
				"Belum ada Ketentuan Peserta untuk kegiatan yang mulai {0}. Mintalah DPMPPA mencatatnya."
			).format(formatdate(mulai)),
			KetentuanTidakAda,
		)
	return ketentuan
