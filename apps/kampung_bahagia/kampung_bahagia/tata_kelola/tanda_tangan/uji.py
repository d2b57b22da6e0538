"""A development certificate: an authority of its own and a signer, both calling themselves what they are."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PENANDA = "UJI COBA"  # in the names of every development certificate
ORGANISASI = f"{PENANDA} - tidak berkekuatan hukum"
# from before the first document, since demonstrations tell of the past
MULAI, AKHIR = datetime(2020, 1, 1, tzinfo=timezone.utc), datetime(2045, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class SertifikatUji:
	isi: bytes
	sandi: str

	def __repr__(self) -> str:
		return "SertifikatUji(...)"


def buat(nama: str, mulai: datetime = MULAI, akhir: datetime = AKHIR) -> SertifikatUji:
	"""A PKCS#12 for `nama` with its authority in it, and a random password; in force from `mulai` to `akhir`."""
	kunci_akar, kunci = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
	nama_akar, nama_penanda = (
		_nama(f"Otoritas Sertifikat {PENANDA} {secrets.token_hex(4)}"),
		_nama(f"{nama} ({PENANDA})"),
	)
	akar = (
		dasar(nama_akar, nama_akar, kunci_akar, mulai, akhir)
		.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
		.add_extension(guna(penerbit=True), critical=True)
		.sign(kunci_akar, hashes.SHA256())
	)
	penanda = (
		dasar(nama_penanda, nama_akar, kunci, mulai, akhir)
		.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
		.add_extension(guna(penerbit=False), critical=True)
		.add_extension(
			x509.AuthorityKeyIdentifier.from_issuer_public_key(kunci_akar.public_key()), critical=False
		)
		.sign(kunci_akar, hashes.SHA256())
	)
	sandi = secrets.token_urlsafe(24)
	isi = pkcs12.serialize_key_and_certificates(
		nama.encode(), kunci, penanda, [akar], BestAvailableEncryption(sandi.encode())
	)
	return SertifikatUji(isi, sandi)


def _nama(umum: str) -> x509.Name:
	return x509.Name(
		[
			x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
			x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISASI),
			x509.NameAttribute(NameOID.COMMON_NAME, umum[:64]),
		]
	)


def dasar(subjek, penerbit, kunci, mulai: datetime, akhir: datetime) -> x509.CertificateBuilder:
	"""A certificate that says who, by whom and when, not yet what for."""
	return (
		x509.CertificateBuilder()
		.subject_name(subjek)
		.issuer_name(penerbit)
		.public_key(kunci.public_key())
		.serial_number(x509.random_serial_number())
		.not_valid_before(mulai)
		.not_valid_after(akhir)
		.add_extension(x509.SubjectKeyIdentifier.from_public_key(kunci.public_key()), critical=False)
	)


def guna(*, penerbit: bool) -> x509.KeyUsage:
	"""What for: to sign certificates, or to sign documents."""
	return x509.KeyUsage(
		digital_signature=not penerbit,
		content_commitment=not penerbit,
		key_encipherment=False,
		data_encipherment=False,
		key_agreement=False,
		key_cert_sign=penerbit,
		crl_sign=penerbit,
		encipher_only=False,
		decipher_only=False,
	)
