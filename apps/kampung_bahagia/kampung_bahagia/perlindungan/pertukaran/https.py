"""One call to the service of BPJS: over TLS that is verified, signed both ways, bounded in time and in size.

Nothing is raised and nothing that came from the service is told: the frames of an error would hold the token, and a
message of the service could hold a resident's number.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from kampung_bahagia.aturan import AturanError

WAKTU, ACUAN, TANDA = "Kampung-Waktu", "Kampung-Acuan", "Kampung-Tanda"
TERBESAR = 64 * 1024  # bytes of an answer
SIDIK_KOSONG = hashlib.sha256(b"").hexdigest()

TIDAK_TERSAMBUNG = "Layanan BPJS tidak dapat dihubungi."
TERLALU_LAMA = "Layanan BPJS tidak menjawab sampai batas waktunya."
TERPUTUS = "Sambungan ke layanan BPJS terputus sebelum jawabannya utuh."
TLS_SALAH = "Sertifikat TLS layanan BPJS tidak dapat dipercaya. Data tidak dikirim."
TERLALU_BESAR = "Jawaban layanan BPJS terlalu besar, sehingga tidak dibaca."
JAWABAN_ANEH = "Jawaban layanan BPJS tidak dapat dibaca."


@dataclass(frozen=True)
class Layanan:
	"""Where the service is (`alamat`, https), the token that lets us in, the key that both sides sign with."""

	alamat: str
	token: str = field(repr=False)
	kunci: str = field(repr=False)
	detik_sambung: float
	detik_semua: float  # of the whole call, however slowly its parts come


@dataclass(frozen=True)
class Balasan:
	"""What came back. `status` is None when no whole answer came; `galat` then says why, in Indonesian."""

	status: int | None
	badan: bytes = field(default=b"", repr=False)
	sah: bool = False  # signed by BPJS, for this very request
	tunggu: int | None = None  # seconds for which the service asks to wait
	galat: str = ""


def periksa_alamat(alamat: str) -> None:
	"""Raises AturanError unless it is a plain https address."""
	try:
		bagian = urlsplit(alamat)
		tak_sah = bagian.scheme != "https" or not bagian.hostname or bagian.port == 0
		lain = bagian.username or bagian.password or bagian.query or bagian.fragment
	except ValueError:
		tak_sah, lain = True, ""
	if tak_sah or lain or not alamat.isascii() or any(c.isspace() for c in alamat):
		raise AturanError(
			"Alamat layanan harus dimulai dengan https:// dan tidak memuat nama pengguna, sandi, atau parameter."
		)


def tanda_permintaan(kunci: str, metode: str, jalan: str, waktu: str, acuan: str, sidik: str) -> str:
	"""Signature of a request: HMAC-SHA256, hex. `sidik` is the SHA-256 (hex) of the body, `waktu` in Unix seconds."""
	return _hmac(kunci, metode, jalan, waktu, acuan, sidik)


def tanda_jawaban(kunci: str, status: int, acuan: str, badan: bytes) -> str:
	"""Signature of the answer to the request with this `acuan`."""
	return _hmac(kunci, str(status), acuan, hashlib.sha256(badan).hexdigest())


def _hmac(kunci: str, *bagian: str) -> str:
	return hmac.new(kunci.encode(), "\n".join(bagian).encode(), hashlib.sha256).hexdigest()


def kirim(layanan: Layanan, jalan: str, kunci: str, isi: Path, sidik: str) -> Balasan:
	"""POST the file `isi`, whose SHA-256 is `sidik` (hex), under the idempotency key `kunci`."""
	kepala = {
		"Idempotency-Key": kunci,
		"Content-Type": "application/zip",
		"Content-Length": str(isi.stat().st_size),
		"Content-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(sidik)).decode()}:",
	}
	with isi.open("rb") as badan:
		return _aman(layanan, "POST", jalan, kunci, kepala, badan, sidik, TERBESAR)


def ambil(layanan: Layanan, jalan: str, acuan: str, terbesar: int = TERBESAR) -> Balasan:
	"""GET; `acuan` is new for each call, so that an older answer is not taken for this one's."""
	return _aman(layanan, "GET", jalan, acuan, {}, None, SIDIK_KOSONG, terbesar)


def _aman(layanan: Layanan, *permintaan) -> Balasan:
	habis = threading.Event()
	try:
		balasan = _panggil(layanan, habis, *permintaan)
		# cut off, an answer may look as if it had ended by itself
		return balasan if balasan.sah or not habis.is_set() else Balasan(None, galat=TERLALU_LAMA)
	except ssl.SSLCertVerificationError:
		galat = TLS_SALAH
	except TimeoutError:
		galat = TERLALU_LAMA
	except (HTTPException, ConnectionError, ssl.SSLError):
		galat = TERPUTUS
	except OSError:
		galat = TIDAK_TERSAMBUNG
	except Exception:  # raised further, an error report would print the frames that hold the token
		galat = JAWABAN_ANEH
	return Balasan(None, galat=TERLALU_LAMA if habis.is_set() else galat)


def _panggil(
	layanan: Layanan,
	habis: threading.Event,
	metode: str,
	jalan: str,
	acuan: str,
	kepala: dict[str, str],
	badan,
	sidik: str,
	terbesar: int,
) -> Balasan:
	letak = urlsplit(layanan.alamat)
	jalan = letak.path.rstrip("/") + jalan
	waktu = str(int(time.time()))
	kepala = kepala | {
		"Authorization": f"Bearer {layanan.token}",
		"Accept-Encoding": "identity",
		"Connection": "close",
		WAKTU: waktu,
		ACUAN: acuan,
		TANDA: tanda_permintaan(layanan.kunci, metode, jalan, waktu, acuan, sidik),
	}
	# the framework's own client for HTTP follows redirects, takes proxies from the environment and waits anew for each byte
	with _sambung(layanan, letak.hostname, letak.port or 443, habis) as sambungan:
		# who refuses early may have answered before it hung up
		with suppress(BrokenPipeError, ConnectionResetError):
			sambungan.request(metode, jalan, badan, kepala)
		with sambungan.getresponse() as jawab:
			return _baca(layanan, jawab, acuan, terbesar)


@contextmanager
def _sambung(layanan: Layanan, tuan: str, port: int, habis: threading.Event) -> Iterator[HTTPSConnection]:
	"""A connection that is cut when the time for the whole call is over, and `habis` set."""
	konteks = ssl.create_default_context()
	mentah = socket.create_connection((tuan, port), layanan.detik_sambung)
	try:
		sok = konteks.wrap_socket(mentah, server_hostname=tuan, do_handshake_on_connect=False)
	except BaseException:
		mentah.close()
		raise

	def putuskan() -> None:
		habis.set()
		with suppress(OSError):  # SSLSocket's own would pull the session from under a read
			socket.socket.shutdown(sok, socket.SHUT_RDWR)

	jam = threading.Timer(layanan.detik_semua, putuskan)
	jam.daemon = True
	jam.start()
	try:
		sok.settimeout(layanan.detik_semua)
		sok.do_handshake()
		sambungan = HTTPSConnection(tuan, port, context=konteks)
		sambungan.sock = sok
		yield sambungan
	finally:
		jam.cancel()
		sok.close()


def _baca(layanan: Layanan, jawab: HTTPResponse, acuan: str, terbesar: int) -> Balasan:
	badan = jawab.read(terbesar + 1)
	if len(badan) > terbesar:
		return Balasan(None, galat=TERLALU_BESAR)
	if jawab.length:  # it broke off before the announced end
		return Balasan(None, galat=TERPUTUS)
	semestinya = tanda_jawaban(layanan.kunci, jawab.status, acuan, badan)
	tanda = jawab.headers.get(TANDA, "")
	return Balasan(
		jawab.status,
		badan,
		sah=hmac.compare_digest(tanda.encode(), semestinya.encode()),
		tunggu=_tunggu(jawab.headers.get("Retry-After")),
	)


def _tunggu(nilai: str | None) -> int | None:
	"""Seconds of a Retry-After, which names seconds or a moment; None when it says nothing readable."""
	nilai = (nilai or "").strip()
	if nilai.isascii() and nilai.isdigit():
		return int(nilai[:9])
	try:
		pada = parsedate_to_datetime(nilai)
		pada = pada if pada.tzinfo else pada.replace(tzinfo=timezone.utc)
		return max(0, int((pada - datetime.now(timezone.utc)).total_seconds()))
	except (ValueError, TypeError, OverflowError):
		return None
