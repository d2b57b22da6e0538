"""Give the mapping in force the sheet of the city's other protected groups, when it has none."""

import frappe
from frappe.utils import nowdate

from kampung_bahagia.perlindungan.lembar_bpjs import KEPESERTAAN
from kampung_bahagia.setup.catatan import _baca
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku


def execute() -> None:
	nama = yang_berlaku("Pemetaan Berkas BPJS", nowdate())
	if not nama:
		return
	pemetaan = frappe.get_doc("Pemetaan Berkas BPJS", nama)
	terkirim = [k for k in _baca("pemetaan_berkas_bpjs")[0]["kolom"] if k["lembar"] == "Kepesertaan Kota"]
	# an administrator's own sheet, of these rows or of this name, stays as it is
	if any(k.lembar == "Kepesertaan Kota" or k.sumber.startswith(KEPESERTAAN) for k in pemetaan.kolom):
		return
	for kolom in terkirim:
		pemetaan.append("kolom", kolom)
	pemetaan.save(ignore_permissions=True)
