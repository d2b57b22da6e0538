"""Examine a PDF that somebody hands in, by what the site knows of certificates."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime

import frappe
from asn1crypto import pem
from frappe import _

from kampung_bahagia.tata_kelola.doctype.sertifikat_elektronik.sertifikat_elektronik import boleh_uji
from kampung_bahagia.tata_kelola.jembatan import waktu_wib
from kampung_bahagia.tata_kelola.tanda_tangan.hasil import (
	TERBESAR,
	HasilTandaTangan,
	Kepercayaan,
	sidik_jari,
)

PEMERIKSA = "kampung_bahagia.tata_kelola.tanda_tangan.pemeriksa"
DETIK_TERLAMA = 15


class PdfTidakDapatDiperiksa(frappe.ValidationError):
	pass


def periksa_pdf(pdf: bytes) -> list[HasilTandaTangan]:
	"""The signatures of a PDF from anywhere (at most 5 MB), an empty list when it has none; asks no network.

	Raises PdfTidakDapatDiperiksa, a ValidationError that says why. A file can be built so that reading it
	takes for ever or all memory: a program of its own reads it, which ends by itself.
	"""
	if len(pdf) > TERBESAR:
		frappe.throw(
			_("Berkas terlalu besar. Paling besar {0} MB.").format(TERBESAR // 1024**2),
			PdfTidakDapatDiperiksa,
		)
	try:
		keluar = subprocess.run(
			[sys.executable, "-I", "-m", PEMERIKSA],
			input=kepercayaan().sebagai_json() + pdf,
			capture_output=True,
			timeout=DETIK_TERLAMA,
			env={},
			check=True,
		).stdout
	except subprocess.SubprocessError:  # out of time or of memory
		keluar = b""
	jawab = (
		json.loads(keluar) if keluar else {"ditolak": _("Berkas ini terlalu rumit untuk diperiksa di sini.")}
	)
	if "ditolak" in jawab:
		frappe.throw(jawab["ditolak"], PdfTidakDapatDiperiksa)
	return [
		HasilTandaTangan(**satu | {"waktu": satu["waktu"] and datetime.fromisoformat(satu["waktu"])})
		for satu in jawab["hasil"]
	]


def kepercayaan() -> Kepercayaan:
	"""Whom this site believes: the authorities above every certificate that it ever held, in use or not."""
	catatan = frappe.get_all(
		"Sertifikat Elektronik",
		filters={"sertifikat": ["is", "set"]},
		fields=["sertifikat", "sidik_jari", "percobaan", "dicabut_pada"],
		order_by="name",
	)
	akar = {
		_teratas(satu.sertifikat): satu.percobaan for satu in catatan if boleh_uji() or not satu.percobaan
	}
	return Kepercayaan(
		tuple(akar),
		frozenset(sidik_jari(der) for der, uji in akar.items() if uji),
		{satu.sidik_jari: waktu_wib(satu.dicabut_pada) for satu in catatan if satu.dicabut_pada},
	)


def _teratas(sertifikat: str) -> bytes:
	"""The last certificate (DER) of a stored chain, which begins with the signer's."""
	*_, (_jenis, _kepala, der) = pem.unarmor(sertifikat.encode(), multiple=True)
	return der
