"""Give the mapping in force the account that BPJS pays a claim to, when it has a sheet of claims without one."""

import frappe
from frappe.utils import nowdate

from kampung_bahagia.perlindungan.lembar_bpjs import KLAIM, jenis_baris
from kampung_bahagia.setup.catatan import _baca
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku

REKENING = ("Klaim: Nama Penerima", "Klaim: Bank", "Klaim: Nomor Rekening", "Klaim: Atas Nama")


def execute() -> None:
	nama = yang_berlaku("Pemetaan Berkas BPJS", nowdate())
	if not nama:
		return
	pemetaan = frappe.get_doc("Pemetaan Berkas BPJS", nama)
	sumber: dict[str, list[str]] = {}
	for kolom in pemetaan.kolom:
		sumber.setdefault(kolom.lembar, []).append(kolom.sumber)
	lembar = next((nama for nama, isi in sumber.items() if jenis_baris(isi) == KLAIM), None)
	# an administrator's own choice of these columns stays as it is
	if not lembar or any(s in REKENING for s in sumber[lembar]):
		return
	for kolom in _baca("pemetaan_berkas_bpjs")[0]["kolom"]:
		if kolom["sumber"] in REKENING:
			pemetaan.append("kolom", {**kolom, "lembar": lembar})
	pemetaan.save(ignore_permissions=True)
