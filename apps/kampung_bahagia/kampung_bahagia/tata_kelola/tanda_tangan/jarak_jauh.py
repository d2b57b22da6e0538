"""A signer whose key a service keeps: it is sent the digest, never the document, and answers with the signature.

The calls are those of the Cloud Signature Consortium's API 1.0.4 (cloudsignatureconsortium.org):
`credentials/authorize` gives for an OTP an authorisation (SAD) that holds for one signature over one digest, and
`signatures/signHash` uses it up. Every call carries an `Idempotency-Key` made of the digest, the same when it is
repeated, so that a service that already answered answers again instead of signing twice.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kampung_bahagia.tata_kelola.tanda_tangan.galat import TandaTanganGagal

DETIK_SAMBUNG, DETIK_JAWAB = 5, 20
PERCOBAAN = 3
JEDA_DETIK = 0.5  # before a repetition
JAWABAN_TERBESAR = 64 * 1024  # bytes
SEMENTARA = (502, 503, 504)  # the service was not reached, or is busy
OID_SHA256 = "2.16.840.1.101.3.4.2.1"
OID_RSA, OID_EC = "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"  # with SHA-256

TIDAK_MENJAWAB = "Layanan tanda tangan elektronik tidak menjawab. Dokumen belum ditandatangani; coba lagi beberapa saat lagi."
JAWABAN_ANEH = (
	"Jawaban layanan tanda tangan elektronik tidak dapat dibaca. Dokumen belum ditandatangani; hubungi Admin "
	"Kampung Bahagia."
)
DITOLAK = (
	"Layanan tanda tangan elektronik menolak permintaan ini. Periksa OTP Anda dan coba lagi; bila tetap ditolak, "
	"hubungi Admin Kampung Bahagia."
)


@dataclass(frozen=True)
class Layanan:
	"""Where the service is (`alamat`, HTTPS), which key of it is used, and the token that lets us in."""

	alamat: str
	kredensial: str
	token: str = field(repr=False)


def periksa_alamat(alamat: str) -> None:
	"""Raises TandaTanganGagal unless it is a plain https address."""
	bagian = urlsplit(alamat)
	if bagian.scheme != "https" or not bagian.hostname or bagian.username or bagian.query or bagian.fragment:
		raise TandaTanganGagal(
			"Alamat layanan harus dimulai dengan https:// dan tidak memuat sandi atau parameter."
		)


class PenandaJarakJauh(Signer):
	"""pyHanko's signer in front of a service. Raises TandaTanganGagal at once when the OTP is missing."""

	def __init__(
		self,
		layanan: Layanan,
		sertifikat: x509.Certificate,
		rantai: Sequence[x509.Certificate],
		otp: str | None,
	):
		periksa_alamat(layanan.alamat)
		if not (otp or "").strip():
			raise TandaTanganGagal("Isi kode OTP dari layanan tanda tangan elektronik, lalu coba lagi.")
		toko = SimpleCertificateStore()
		toko.register_multiple(rantai)
		super().__init__(signing_cert=sertifikat, cert_registry=toko)
		self._layanan = layanan
		self._otp = otp.strip()
		self._kunci_publik = load_der_x509_certificate(sertifikat.dump()).public_key()

	async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
		if dry_run:  # pyHanko asks how much room to leave
			return bytes(512)
		if digest_algorithm != "sha256":
			raise TandaTanganGagal("Layanan tanda tangan elektronik hanya dipakai dengan SHA-256.")
		sidik = hashlib.sha256(data).digest()
		# raised here, where error reports, which show the values of every frame, find no secret
		try:
			tanda = self._minta(sidik)
		except TandaTanganGagal as galat:
			tanda, pesan = None, str(galat)
		if tanda is None:
			raise TandaTanganGagal(pesan)
		self._periksa(tanda, sidik)
		return tanda

	def _minta(self, sidik: bytes) -> bytes:
		kredensial = self._layanan.kredensial
		teks = base64.b64encode(sidik).decode()
		izin = self._panggil(
			"credentials/authorize",
			sidik,
			{"credentialID": kredensial, "numSignatures": 1, "hash": [teks], "OTP": self._otp},
		).get("SAD")
		if not isinstance(izin, str) or not izin:
			raise TandaTanganGagal(JAWABAN_ANEH)
		jawab = self._panggil(
			"signatures/signHash",
			sidik,
			{
				"credentialID": kredensial,
				"SAD": izin,
				"hash": [teks],
				"hashAlgo": OID_SHA256,
				"signAlgo": OID_EC if self._ec else OID_RSA,
			},
		).get("signatures")
		try:
			[tanda] = jawab
			return base64.b64decode(tanda, validate=True)
		except (TypeError, ValueError):
			pass
		raise TandaTanganGagal(JAWABAN_ANEH)

	@property
	def _ec(self) -> bool:
		return isinstance(self._kunci_publik, ec.EllipticCurvePublicKey)

	def _panggil(self, langkah: str, sidik: bytes, isi: dict) -> dict:
		"""One call, repeated with the same key while the service is not to be reached."""
		kunci = hashlib.sha256(
			b"|".join((langkah.encode(), self._layanan.kredensial.encode(), sidik))
		).hexdigest()
		for ke in range(PERCOBAAN):
			if ke:
				time.sleep(JEDA_DETIK)
			status, jawab = self._kirim(langkah, kunci, isi)
			if status == 200:
				return jawab
			if status is not None and status not in SEMENTARA:
				raise TandaTanganGagal(DITOLAK if 400 <= status < 500 else TIDAK_MENJAWAB)
		raise TandaTanganGagal(TIDAK_MENJAWAB)

	def _kirim(self, langkah: str, kunci: str, isi: dict) -> tuple[int | None, dict]:
		"""HTTP status (None: no whole answer came) and the answer. Raises TandaTanganGagal for a strange one.

		What the network says is not passed on: the frames of its errors hold the token.
		"""
		try:
			with requests.post(
				f"{self._layanan.alamat.rstrip('/')}/{langkah}",
				json=isi,
				headers={"Authorization": f"Bearer {self._layanan.token}", "Idempotency-Key": kunci},
				timeout=(DETIK_SAMBUNG, DETIK_JAWAB),
				allow_redirects=False,  # the token is for this address only
				stream=True,
			) as balasan:
				if balasan.status_code != 200:
					return balasan.status_code, {}
				badan = b""
				for potongan in balasan.iter_content(8192):  # it tells when an answer breaks off
					badan += potongan
					if len(badan) > JAWABAN_TERBESAR:
						raise ValueError
				jawab = json.loads(badan)
		except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
			return None, {}
		except (requests.RequestException, ValueError):
			jawab = None
		if not isinstance(jawab, dict):
			raise TandaTanganGagal(JAWABAN_ANEH)
		return 200, jawab

	def _periksa(self, tanda: bytes, sidik: bytes) -> None:
		"""What came back must be this key's signature over this digest."""
		algoritma = utils.Prehashed(hashes.SHA256())
		try:
			if self._ec:
				self._kunci_publik.verify(tanda, sidik, ec.ECDSA(algoritma))
			else:
				self._kunci_publik.verify(tanda, sidik, padding.PKCS1v15(), algoritma)
			return
		except InvalidSignature:
			pass
		raise TandaTanganGagal(
			"Layanan tanda tangan elektronik mengembalikan tanda tangan untuk isi atau sertifikat yang lain. Dokumen tidak "
			"disimpan; hubungi Admin Kampung Bahagia."
		)
