"""Signing with a key that a service keeps: against a service of its own on loopback, over TLS."""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID
from weasyprint import HTML

from kampung_bahagia.tata_kelola.tanda_tangan import jarak_jauh, uji
from kampung_bahagia.tata_kelola.tanda_tangan.galat import TandaTanganGagal
from kampung_bahagia.tata_kelola.tanda_tangan.hasil import Kepercayaan
from kampung_bahagia.tata_kelola.tanda_tangan.jarak_jauh import Layanan, PenandaJarakJauh
from kampung_bahagia.tata_kelola.tanda_tangan.keterangan import Keterangan
from kampung_bahagia.tata_kelola.tanda_tangan.pades import Pena
from kampung_bahagia.tata_kelola.tanda_tangan.pemeriksa import periksa
from tests.tls import sertifikat_loopback

KETERANGAN = Keterangan("Budi", "Lurah Kenali Besar", "Keputusan", "Kota Jambi")
OTP, TOKEN, KREDENSIAL = "123456", "token-rahasia", "kunci-1"


class LayananUji(ThreadingHTTPServer):
	"""A remote signing service: an OTP gives one authorisation, which signs one digest once."""

	daemon_threads = True

	def __init__(self, kunci, sertifikat: list[asn1_x509.Certificate]):
		super().__init__(("127.0.0.1", 0), _Permintaan)
		self.kunci, self.sertifikat = kunci, sertifikat
		self.gangguan: list[str] = []  # what goes wrong with the next signatures, in turn
		self.izin: dict[str, str] = {}
		self.jawaban: dict[str, dict] = {}  # by Idempotency-Key
		self.tanda_dibuat = 0
		self.permintaan: list[tuple[str, dict]] = []

	@property
	def alamat(self) -> str:
		return f"https://127.0.0.1:{self.server_address[1]}/csc/v1"

	def handle_error(self, request, client_address):
		"""Callers that hang up are part of the tests."""

	def bubuhkan(self, sidik: bytes) -> str:
		self.tanda_dibuat += 1
		cara = utils.Prehashed(hashes.SHA256())
		if isinstance(self.kunci, ec.EllipticCurvePrivateKey):
			tanda = self.kunci.sign(sidik, ec.ECDSA(cara))
		else:
			tanda = self.kunci.sign(sidik, PKCS1v15(), cara)
		return base64.b64encode(tanda).decode()


class _Permintaan(BaseHTTPRequestHandler):
	server: LayananUji

	def do_POST(self):
		isi = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
		langkah = self.path.rpartition("/csc/v1/")[2]
		self.server.permintaan.append((langkah, isi))
		if self.headers["Authorization"] != f"Bearer {TOKEN}":
			return self.jawab(401, {})
		if langkah == "credentials/authorize":
			if isi["OTP"] != OTP:
				return self.jawab(400, {"error": "invalid_otp"})
			self.server.izin["sad-1"] = isi["hash"][0]
			return self.jawab(200, {"SAD": "sad-1"})
		return self.tandatangani(isi)

	def tandatangani(self, isi: dict):
		gangguan = self.server.gangguan.pop(0) if self.server.gangguan else ""
		if gangguan in ("500", "503"):
			return self.jawab(int(gangguan), {})
		if gangguan == "alihkan":
			self.send_response(307)
			self.send_header("Location", self.server.alamat + "/signatures/signHash")
			self.end_headers()
			return None
		if gangguan == "bukan json":
			return self.kirim(200, b"<html>")
		kunci = self.headers["Idempotency-Key"]
		if kunci not in self.server.jawaban:
			if self.server.izin.pop(isi["SAD"], None) != isi["hash"][0]:
				return self.jawab(400, {"error": "invalid_sad"})
			sidik = base64.b64decode(isi["hash"][0])
			if gangguan == "isi lain":
				sidik = bytes(32)
			self.server.jawaban[kunci] = {"signatures": [self.server.bubuhkan(sidik)]}
		if gangguan == "diam":
			time.sleep(1)
		badan = json.dumps(self.server.jawaban[kunci]).encode()
		if gangguan == "separuh":
			return self.kirim(200, badan[: len(badan) // 2], len(badan))
		return self.kirim(200, badan)

	def jawab(self, status: int, isi: dict):
		self.kirim(status, json.dumps(isi).encode())

	def kirim(self, status: int, badan: bytes, panjang: int | None = None):
		self.send_response(status)
		self.send_header("Content-Type", "application/json")
		self.send_header("Content-Length", str(panjang or len(badan)))
		self.end_headers()
		self.wfile.write(badan)

	def log_message(self, *_):
		pass


@pytest.fixture(scope="module")
def tls(tmp_path_factory) -> tuple[str, ssl.SSLContext]:
	return sertifikat_loopback(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def kunci_layanan():
	satu = uji.buat("Lurah Kenali Besar")
	kunci, sertifikat, atas = pkcs12.load_key_and_certificates(satu.isi, satu.sandi.encode())
	return kunci, [asn1_x509.Certificate.load(s.public_bytes(Encoding.DER)) for s in (sertifikat, *atas)]


@pytest.fixture
def layanan(tls, kunci_layanan, monkeypatch) -> Iterator[LayananUji]:
	letak, konteks = tls
	monkeypatch.setenv("REQUESTS_CA_BUNDLE", letak)
	monkeypatch.setattr(jarak_jauh, "DETIK_JAWAB", 0.4)
	monkeypatch.setattr(jarak_jauh, "JEDA_DETIK", 0)
	server = LayananUji(*kunci_layanan)
	server.socket = konteks.wrap_socket(server.socket, server_side=True)
	utas = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
	utas.start()
	yield server
	server.shutdown()
	server.server_close()
	utas.join()


@pytest.fixture(scope="module")
def pdf() -> bytes:
	return HTML(string="<html lang='id'><title>Surat</title><p>Isi surat</p></html>").write_pdf()


def tandatangani(layanan: LayananUji, pdf: bytes, *, otp: str | None = OTP, token: str = TOKEN) -> bytes:
	sertifikat, *rantai = layanan.sertifikat
	penanda = PenandaJarakJauh(Layanan(layanan.alamat, KREDENSIAL, token), sertifikat, rantai, otp)
	return Pena(penanda, tuple(rantai), True).tandatangani(pdf, KETERANGAN, None)


def test_the_service_signs_the_digest_and_never_sees_the_document(layanan, pdf):
	hasil = tandatangani(layanan, pdf)
	[tanda] = periksa(hasil, Kepercayaan((layanan.sertifikat[-1].dump(),)))
	assert tanda.sah and tanda.penanda_tangan.startswith("Lurah Kenali Besar")
	assert [langkah for langkah, _isi in layanan.permintaan] == [
		"credentials/authorize",
		"signatures/signHash",
	]
	assert all(len(base64.b64decode(isi["hash"][0])) == 32 for _langkah, isi in layanan.permintaan)
	assert "Isi surat" not in json.dumps(layanan.permintaan) and layanan.tanda_dibuat == 1


def test_an_rsa_key_signs_as_well(layanan, pdf, kunci_layanan):
	kunci = rsa.generate_private_key(65537, 2048)
	nama = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kota RSA")])
	sertifikat = (
		uji.dasar(nama, nama, kunci, uji.MULAI, uji.AKHIR)
		.add_extension(uji.guna(penerbit=False), critical=True)
		.sign(kunci, hashes.SHA256())
	)
	layanan.kunci = kunci
	layanan.sertifikat = [asn1_x509.Certificate.load(sertifikat.public_bytes(Encoding.DER))]
	assert periksa(tandatangani(layanan, pdf), Kepercayaan((layanan.sertifikat[0].dump(),)))[0].sah


def test_without_an_otp_the_service_is_not_asked(layanan, pdf):
	for otp in (None, "", "  "):
		with pytest.raises(TandaTanganGagal, match="Isi kode OTP"):
			tandatangani(layanan, pdf, otp=otp)
	assert layanan.permintaan == []


def test_a_wrong_otp_is_tried_once_only(layanan, pdf):
	with pytest.raises(TandaTanganGagal, match="Periksa OTP"):
		tandatangani(layanan, pdf, otp="000000")
	assert len(layanan.permintaan) == 1


def test_a_wrong_token_is_refused(layanan, pdf):
	with pytest.raises(TandaTanganGagal, match="menolak permintaan"):
		tandatangani(layanan, pdf, token="salah")  # noqa: S106


@pytest.mark.parametrize("gangguan", ["diam", "separuh", "503"])
def test_an_answer_that_was_lost_is_asked_for_again_and_signs_once(layanan, pdf, gangguan):
	layanan.gangguan = [gangguan]
	assert tandatangani(layanan, pdf)
	assert layanan.tanda_dibuat == 1
	assert len(layanan.permintaan) == 3


@pytest.mark.parametrize("gangguan", ["diam", "separuh", "503"])
def test_a_service_that_stays_away_is_given_up(layanan, pdf, gangguan):
	layanan.gangguan = [gangguan] * 9
	with pytest.raises(TandaTanganGagal, match="tidak menjawab"):
		tandatangani(layanan, pdf)
	assert layanan.tanda_dibuat <= 1
	assert len(layanan.permintaan) == 1 + jarak_jauh.PERCOBAAN


@pytest.mark.parametrize(
	("gangguan", "pesan"),
	[("500", "tidak menjawab"), ("alihkan", "tidak menjawab"), ("bukan json", "tidak dapat dibaca")],
)
def test_a_strange_answer_is_not_asked_for_again(layanan, pdf, gangguan, pesan):
	layanan.gangguan = [gangguan]
	with pytest.raises(TandaTanganGagal, match=pesan):
		tandatangani(layanan, pdf)
	assert len(layanan.permintaan) == 2


def test_a_signature_over_something_else_never_leaves(layanan, pdf):
	layanan.gangguan = ["isi lain"]
	with pytest.raises(TandaTanganGagal, match="untuk isi atau sertifikat yang lain"):
		tandatangani(layanan, pdf)


def test_a_signature_of_another_key_never_leaves(layanan, pdf):
	layanan.kunci = ec.generate_private_key(ec.SECP256R1())
	with pytest.raises(TandaTanganGagal, match="untuk isi atau sertifikat yang lain"):
		tandatangani(layanan, pdf)


def test_a_server_that_cannot_show_who_it_is_gets_no_token(layanan, pdf, monkeypatch):
	monkeypatch.delenv("REQUESTS_CA_BUNDLE")
	with pytest.raises(TandaTanganGagal, match="tidak menjawab"):
		tandatangani(layanan, pdf)
	assert layanan.permintaan == []


@pytest.mark.parametrize(
	"alamat", ["http://127.0.0.1/csc", "https://a:b@x.id/", "ftp://x", "", "https://x.id/?a=1"]
)
def test_only_plain_https_addresses_are_called(alamat):
	with pytest.raises(TandaTanganGagal, match="https://"):
		jarak_jauh.periksa_alamat(alamat)


@pytest.mark.parametrize("otp", [OTP, "987654"])
def test_errors_hold_neither_token_nor_otp(layanan, pdf, otp):
	"""Not even to a report that prints the values of every frame."""
	from traceback_with_variables import iter_exc_lines

	layanan.gangguan = ["diam"] * 9
	with pytest.raises(TandaTanganGagal) as galat:
		tandatangani(layanan, pdf, otp=otp)
	satu = galat.value.with_traceback(_tanpa_uji(galat.value.__traceback__))
	laporan = "\n".join(iter_exc_lines(satu))
	assert "async_sign_raw" in laporan  # it does print them
	assert TOKEN not in laporan and otp not in laporan and "sad-1" not in laporan


def _tanpa_uji(jejak):
	"""The frames below this file, whose own variables are the secrets."""
	while jejak.tb_frame.f_code.co_filename == __file__:
		jejak = jejak.tb_next
	return jejak
