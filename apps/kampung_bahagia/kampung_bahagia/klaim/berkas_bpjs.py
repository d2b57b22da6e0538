"""What of a claim goes to BPJS in a Berkas BPJS: the letters that cover rests on, sheets in full, and its papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import frappe

from kampung_bahagia.klaim import naskah
from kampung_bahagia.klaim.pertanggungan import sk_yang_menyebut, surat_tugas
from kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs import isi_lampiran, isi_surat
from kampung_bahagia.tata_kelola.cetak import jadikan_pdf

LEMBAR = (naskah.TAHAP_DUA, naskah.JKM, naskah.KRONOLOGI)


def bagian(klaim) -> Iterator[tuple[str, bytes]]:
	"""(path in the ZIP, content), without a permission check; whoever is handed the ZIP is noted."""
	klaim.flags.untuk_bpjs = True
	ditandatangani = _sudah_bertanda_tangan(klaim)
	for format in LEMBAR:
		if naskah.NASKAH[format](klaim) and not (format == naskah.KRONOLOGI and format in ditandatangani):
			yield f"{klaim.name}/{_nama(format)}.pdf", jadikan_pdf(klaim, format)
	for doctype, sebutan, surat in (
		("Surat Keputusan", "keputusan", sk_yang_menyebut(klaim)),
		("Surat Tugas", "surat-tugas", surat_tugas(klaim)),
	):
		if surat:
			akhiran, isi = isi_surat(frappe.get_doc(doctype, surat.name))
			yield f"{klaim.name}/{sebutan}-{surat.name}{akhiran}", isi
	for d in klaim.dokumen:
		if isi := isi_lampiran(klaim, d.berkas):
			yield f"{klaim.name}/{d.idx:02}-{frappe.scrub(d.jenis_dokumen)}{Path(d.berkas).suffix}", isi


def _sudah_bertanda_tangan(klaim) -> set[str]:
	"""Print Formats of which the checklist holds the signed paper; a chronology without signatures would say less."""
	diunggah = {d.jenis_dokumen for d in klaim.dokumen if d.berkas}
	return {format for jenis, format in naskah.untuk_layar(klaim)["templat"].items() if jenis in diunggah}


def _nama(format: str) -> str:
	return frappe.scrub(format).replace("_", "-")
