"""A PKCS#12 file opened: the key that signs, its certificate and those above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.signers import SimpleSigner

from kampung_bahagia.aturan.tanggal import WIB, tanggal_indonesia
from kampung_bahagia.tata_kelola.tanda_tangan.galat import TandaTanganGagal

TERBESAR = 24_000  # bytes; encrypted and in text it must fit where Frappe keeps passwords (64 KiB)
RSA_TERPENDEK = 2048  # bits
PUTARAN_TERBANYAK = 5_000_000  # of the password's derivation, which a hostile file could make endless
GUNA_TANDA_TANGAN = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True)
class IsiPkcs12:
	"""`rantai`: the certificates above `sertifikat`, the next one first; may be empty."""

	penanda: SimpleSigner
	sertifikat: x509.Certificate
	rantai: tuple[x509.Certificate, ...]


def buka(isi: bytes, sandi: str) -> IsiPkcs12:
	"""Open a PKCS#12 (.p12, .pfx). Raises TandaTanganGagal, which says what is wrong and holds no secret."""
	if len(isi) > TERBESAR:
		raise TandaTanganGagal("Berkas sertifikat terlalu besar. Paling besar 24 KB.")
	if not _pkcs12(isi):
		raise TandaTanganGagal("Berkas ini bukan sertifikat PKCS#12 (.p12 atau .pfx).")
	try:
		kunci, sertifikat, lain = pkcs12.load_key_and_certificates(isi, sandi.encode() or None)
	except Exception:  # whatever OpenSSL says of it; its own words may quote the content
		raise TandaTanganGagal(
			"Sandi sertifikat salah, atau berkasnya rusak. Periksa sandinya, lalu coba lagi."
		) from None
	if kunci is None or sertifikat is None:
		raise TandaTanganGagal(
			"Berkas sertifikat ini tidak memuat kunci privat beserta sertifikatnya. Minta berkas .p12 yang lengkap "
			"kepada penerbitnya."
		)
	periksa_kunci(kunci)
	if kunci.public_key() != sertifikat.public_key():
		raise TandaTanganGagal("Kunci privat dan sertifikat di dalam berkas ini tidak berpasangan.")
	penanda = SimpleSigner.load_pkcs12_data(isi, [], sandi.encode() or None)
	periksa_guna(penanda.signing_cert)
	return IsiPkcs12(
		penanda,
		penanda.signing_cert,
		urutkan(
			penanda.signing_cert, [x509.Certificate.load(satu.public_bytes(Encoding.DER)) for satu in lain]
		),
	)


def baca_pem(pem: str) -> tuple[x509.Certificate, ...]:
	"""Certificates of a PEM text: the signer's first, then those above it. Raises TandaTanganGagal."""
	try:
		semua = list(load_certs_from_pemder_data(pem.encode()))
		semua[0].subject  # noqa: B018 - asn1crypto reads only what is asked for
	except Exception:
		raise TandaTanganGagal(
			"Sertifikat tidak dapat dibaca. Tempelkan seluruhnya dalam bentuk PEM, mulai BEGIN CERTIFICATE."
		) from None
	periksa_guna(semua[0])
	return (semua[0], *urutkan(semua[0], semua[1:]))


def urutkan(sertifikat: x509.Certificate, lain: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
	"""Those of `lain` that stand above `sertifikat`, the next one first."""
	rantai: list[x509.Certificate] = []
	bawah = sertifikat
	while atas := next(
		(satu for satu in lain if satu.subject == bawah.issuer and satu not in (bawah, *rantai)), None
	):
		rantai.append(atas)
		bawah = atas
	return tuple(rantai)


def periksa_masa(sertifikat: x509.Certificate, saat: datetime) -> None:
	"""Raises TandaTanganGagal when the certificate is not in force at `saat` (aware)."""
	mulai, akhir = (
		waktu.astimezone(WIB) for waktu in (sertifikat.not_valid_before, sertifikat.not_valid_after)
	)
	if saat > akhir:
		raise TandaTanganGagal(
			f"Sertifikat elektronik sudah kedaluwarsa pada {tanggal_indonesia(akhir.date())}. Pasang sertifikat yang "
			"masih berlaku."
		)
	if saat < mulai:
		raise TandaTanganGagal(f"Sertifikat elektronik baru berlaku mulai {tanggal_indonesia(mulai.date())}.")


def periksa_kunci(kunci) -> None:
	"""Raises TandaTanganGagal for a private key that is too weak, or of a kind that readers do not know."""
	kuat = (isinstance(kunci, RSAPrivateKey) and kunci.key_size >= RSA_TERPENDEK) or isinstance(
		kunci, EllipticCurvePrivateKey
	)
	if not kuat:
		raise TandaTanganGagal(
			f"Kunci sertifikat terlalu lemah. Pakai RSA {RSA_TERPENDEK} bit atau lebih, atau EC."
		)


def periksa_guna(sertifikat: x509.Certificate) -> None:
	"""Raises TandaTanganGagal for a certificate that its issuer did not mean for signing."""
	guna = sertifikat.key_usage_value
	if guna is not None and not GUNA_TANDA_TANGAN & guna.native:
		raise TandaTanganGagal("Sertifikat ini tidak diterbitkan untuk menandatangani dokumen.")


def _pkcs12(isi: bytes) -> bool:
	try:
		pfx = asn1_pkcs12.Pfx.load(isi, strict=True)
		putaran = pfx["mac_data"]["iterations"].native if pfx["mac_data"].native else 1
		return pfx["version"].native == "v3" and putaran <= PUTARAN_TERBANYAK
	except Exception:
		return False
