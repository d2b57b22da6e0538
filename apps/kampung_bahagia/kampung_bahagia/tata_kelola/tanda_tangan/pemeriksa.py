"""Examine the signatures of a PDF with pyHanko's validator. Never asks the network; knows nothing of Frappe.

Run as a program it examines what comes on standard input and answers in JSON, within limits of time and memory:
a PDF from outside can be built so that reading it takes for ever (`periksa.periksa_pdf`).
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import datetime, timedelta
from io import BytesIO

from asn1crypto import parser, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from kampung_bahagia.aturan.tanggal import WIB, waktu_indonesia
from kampung_bahagia.tata_kelola.tanda_tangan import uji
from kampung_bahagia.tata_kelola.tanda_tangan.galat import PdfDitolak
from kampung_bahagia.tata_kelola.tanda_tangan.hasil import (
	TERBESAR,
	HasilTandaTangan,
	Kepercayaan,
	sidik_jari,
)

# what it finds stands in the answer; a stranger's bad signature is no event of this site
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

TANDA_TANGAN_TERBANYAK = 10
DETIK_HITUNG, BYTE_INGATAN = 10, 1024**3
# some issuers set only one of them for documents
GUNA_KUNCI = KeyUsageConstraints(
	key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)


def periksa(
	pdf: bytes, kepercayaan: Kepercayaan, *, terbesar: int | None = TERBESAR
) -> list[HasilTandaTangan]:
	"""All signatures of `pdf`, an empty list when it has none. Raises PdfDitolak for what cannot be examined."""
	if terbesar and len(pdf) > terbesar:
		raise PdfDitolak(f"Berkas terlalu besar. Paling besar {terbesar // 1024 // 1024} MB.")
	if b"%PDF-" not in pdf[:1024]:
		raise PdfDitolak("Berkas ini bukan PDF.")
	try:
		pembaca = PdfFileReader(BytesIO(pdf))
		if pembaca.encrypted:
			raise PdfDitolak("PDF ini dikunci dengan sandi, sehingga tidak dapat diperiksa.")
		bertanda = pembaca.embedded_regular_signatures
		if len(bertanda) > TANDA_TANGAN_TERBANYAK:
			raise PdfDitolak(f"PDF ini memuat lebih dari {TANDA_TANGAN_TERBANYAK} tanda tangan.")
		return [_nilai(satu, kepercayaan) for satu in bertanda]
	except PdfDitolak:
		raise
	# whatever a hostile file makes of the parser: it is the file that is at fault
	except Exception as galat:
		raise PdfDitolak(
			"PDF ini rusak atau tidak lazim susunannya, sehingga tidak dapat diperiksa."
		) from galat


def _nilai(satu: EmbeddedPdfSignature, kepercayaan: Kepercayaan) -> HasilTandaTangan:
	kini = datetime.now(WIB)
	waktu = satu.self_reported_timestamp
	if waktu is None or waktu.utcoffset() is None:
		waktu = None
	status = _status(satu, kepercayaan, waktu or kini)
	cap = status.timestamp_validity
	bercap = bool(cap and cap.valid and cap.intact and cap.trusted)
	if bercap:  # the certificate is judged at an hour that somebody else vouches for
		waktu = cap.timestamp
		status = _status(satu, kepercayaan, waktu)
	sertifikat = satu.signer_cert
	sidik = sidik_jari(sertifikat.dump())
	menutupi = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
	berubah = _yang_berubah(satu, status)
	sebab = berubah or _yang_tidak_dipercaya(
		status, waktu or kini, kini, kepercayaan.dicabut.get(sidik), bercap=bercap
	)
	return HasilTandaTangan(
		penanda_tangan=_nama(sertifikat.subject),
		penerbit=_nama(sertifikat.issuer),
		waktu=waktu.astimezone(WIB) if waktu else None,
		cap_waktu=bercap,
		utuh=not berubah,
		menutupi_seluruh_berkas=menutupi,
		dipercaya=not sebab,
		percobaan=_percobaan(status, kepercayaan),
		sidik_jari=sidik,
		sebab=sebab or ("" if menutupi else "Setelah tanda tangan ini, berkas ditandatangani lagi."),
	)


def _status(satu: EmbeddedPdfSignature, kepercayaan: Kepercayaan, saat: datetime) -> PdfSignatureStatus:
	# a context for each: it remembers the certificates that a file brings along
	konteks = ValidationContext(
		trust_roots=[x509.Certificate.load(der) for der in kepercayaan.akar],
		allow_fetching=False,
		moment=saat,
	)
	with ThreadPoolExecutor(1) as utas:  # pyHanko runs an event loop, which a thread that runs one refuses
		return utas.submit(validate_pdf_signature, satu, konteks, key_usage_settings=GUNA_KUNCI).result()


def _yang_berubah(satu: EmbeddedPdfSignature, status: PdfSignatureStatus) -> str:
	isi = satu.pkcs7_content
	# the room kept for the signature is the only part of the file that it cannot cover
	if not status.intact or any(isi[parser.peek(isi) :]):
		return "Isi berkas berubah setelah ditandatangani."
	if not status.valid:
		return "Tanda tangan tidak cocok dengan sertifikatnya."
	if not status.docmdp_ok:
		return "Setelah ditandatangani, berkas ditambahi isi selain tanda tangan."
	cap = status.timestamp_validity
	return "" if cap is None or (cap.valid and cap.intact) else "Cap waktu pada tanda tangan tidak sah."


def _yang_tidak_dipercaya(
	status: PdfSignatureStatus, saat: datetime, kini: datetime, dicabut: datetime | None, *, bercap: bool
) -> str:
	sertifikat = status.signing_cert
	if saat > kini + timedelta(minutes=5):
		return "Waktu tanda tangan berada di masa depan."
	# without a time stamp nobody but the holder of the key says that it was signed before
	if dicabut and not (bercap and saat < dicabut):
		return f"Sertifikat penanda tangan dicabut pada {waktu_indonesia(dicabut)}."
	if not sertifikat.not_valid_before <= saat <= sertifikat.not_valid_after:
		return "Sertifikat penanda tangan tidak berlaku pada saat tanda tangan dibuat."
	return "" if status.trusted else "Penerbit sertifikat penanda tangan tidak dikenal."


def _percobaan(status: PdfSignatureStatus, kepercayaan: Kepercayaan) -> bool:
	"""By the authority that vouches for it; and whoever calls itself a development certificate is believed."""
	jalur = status.validation_path.iter_certs(include_root=True) if status.validation_path else ()
	sertifikat = status.signing_cert
	return any(sidik_jari(satu.dump()) in kepercayaan.uji for satu in jalur) or any(
		uji.PENANDA in nama.human_friendly for nama in (sertifikat.subject, sertifikat.issuer)
	)


def _nama(nama: x509.Name) -> str:
	umum = nama.native.get("common_name")
	return (umum if isinstance(umum, str) else nama.human_friendly)[:200]


def _sebagai_program() -> None:
	"""Standard input: a line of JSON (`sebagai_json` of Kepercayaan), then the PDF. Standard output: JSON."""
	resource.setrlimit(resource.RLIMIT_CPU, (DETIK_HITUNG, DETIK_HITUNG))
	resource.setrlimit(resource.RLIMIT_AS, (BYTE_INGATAN, BYTE_INGATAN))
	kepercayaan = Kepercayaan.dari_json(sys.stdin.buffer.readline())
	try:
		jawab = {"hasil": [asdict(satu) for satu in periksa(sys.stdin.buffer.read(), kepercayaan)]}
	except PdfDitolak as galat:
		jawab = {"ditolak": str(galat)}
	json.dump(jawab, sys.stdout, default=datetime.isoformat)


if __name__ == "__main__":
	_sebagai_program()
