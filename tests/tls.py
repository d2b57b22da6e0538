"""A certificate for servers of tests."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def sertifikat_loopback(folder: Path) -> tuple[str, ssl.SSLContext]:
	"""A new certificate for 127.0.0.1: where it lies, and the server's context."""
	kunci = ec.generate_private_key(ec.SECP256R1())
	nama = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
	kini = datetime.now(timezone.utc)
	sertifikat = (
		x509.CertificateBuilder()
		.subject_name(nama)
		.issuer_name(nama)
		.public_key(kunci.public_key())
		.serial_number(x509.random_serial_number())
		.not_valid_before(kini - timedelta(days=1))
		.not_valid_after(kini + timedelta(days=1))
		.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
		.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
		.sign(kunci, hashes.SHA256())
	)
	(folder / "sertifikat.pem").write_bytes(sertifikat.public_bytes(Encoding.PEM))
	(folder / "kunci.pem").write_bytes(kunci.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
	konteks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	konteks.load_cert_chain(folder / "sertifikat.pem", folder / "kunci.pem")
	return str(folder / "sertifikat.pem"), konteks
