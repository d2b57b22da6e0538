from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import nowdate

from kampung_bahagia.perlindungan.lembar_bpjs import TEKS_TETAP, jenis_baris
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku, yang_berlaku

NAMA_LEMBAR = re.compile(r"[^\[\]:*?/\\']{1,31}")  # what a workbook takes for a name


class PemetaanTidakSah(frappe.ValidationError):
	pass


class PemetaanBerkasBPJS(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		self.periksa_kolom()

	def periksa_kolom(self):
		"""Each sheet has a name that a workbook takes, headings once, and rows of one kind. Raises PemetaanTidakSah."""
		lembar: dict[str, list] = {}
		for k in self.kolom:
			if not NAMA_LEMBAR.fullmatch(k.lembar):
				frappe.throw(
					_("Baris {0}: nama Lembar paling panjang 31 huruf, tanpa tanda [ ] : * ? / \\ '.").format(
						k.idx
					),
					PemetaanTidakSah,
				)
			if k.sumber == TEKS_TETAP and not k.teks_tetap:
				frappe.throw(_("Baris {0}: isi Teks Tetap.").format(k.idx), PemetaanTidakSah)
			if k.judul.casefold() in {lain.judul.casefold() for lain in lembar.get(k.lembar, [])}:
				frappe.throw(
					_("Baris {0}: judul {1} sudah ada pada lembar {2}.").format(
						k.idx, frappe.bold(k.judul), frappe.bold(k.lembar)
					),
					PemetaanTidakSah,
				)
			lembar.setdefault(k.lembar, []).append(k)
		for nama, kolom in lembar.items():
			sumber = [k.sumber for k in kolom]
			if not jenis_baris(sumber):
				frappe.throw(
					_(
						"Lembar {0} tidak memuat satu pun isi Proyek, Tenaga Kerja, Klaim, atau Kepesertaan."
					).format(frappe.bold(nama)),
					PemetaanTidakSah,
				)


def pemetaan_pada(hari: str | None = None) -> str:
	"""Name of the mapping in force on that day, today when None. Raises PemetaanTidakSah, which says whom to ask."""
	nama = yang_berlaku("Pemetaan Berkas BPJS", hari or nowdate())
	if not nama:
		frappe.throw(
			_("Belum ada Pemetaan Berkas BPJS yang berlaku hari ini. Catat dahulu pemetaannya."),
			PemetaanTidakSah,
		)
	return nama
