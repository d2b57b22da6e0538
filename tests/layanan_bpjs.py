"""A service of BPJS for tests: it keeps each package once by its key, and fails in every way it is told to."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import ssl
import struct
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from kampung_bahagia.perlindungan.pertukaran.https import ACUAN, TANDA, WAKTU, tanda_jawaban, tanda_permintaan

TOKEN, KUNCI = "token-rahasia-bpjs", "kunci-rahasia-yang-panjangnya-cukup-untuk-hmac"
# what a request may meet before, and after, the service has stored what it brings
SEBELUM = ("500", "503", "429", "408", "putus", "diam", "alihkan")
SESUDAH = (
	"separuh",
	"sesudah putus",
	"sesudah diam",
	"tetes",
	"tanpa tanda",
	"tanda lain",
	"kunci lain",
	"besar",
)
BENAR = ("", "sudah ada")  # a duplicate answers 409 with the receipt of the first time


class LayananBPJS(ThreadingHTTPServer):
	daemon_threads = True

	def __init__(self, konteks: ssl.SSLContext):
		super().__init__(("127.0.0.1", 0), _Permintaan)
		self.konteks = konteks
		self._kunci = threading.Lock()
		self.mulai_baru()

	def mulai_baru(self) -> None:
		"""Forget what was received and asked."""
		self.gangguan: list[str] = []  # what goes wrong with the next requests, in turn
		self.gangguan_kunci: dict[str, list[str]] = {}  # and with those of one key
		self.diterima: dict[str, list[str]] = defaultdict(
			list
		)  # by key: fingerprints, one for each time it was stored
		self.permintaan: list[tuple[str, str]] = []  # (path, key)
		self.jawaban: list[tuple[str, str, bytes]] = []  # (id, file name, table)
		self.coba_lagi = "7"  # Retry-After of 429
		self.tersimpan = threading.Event()

	@property
	def alamat(self) -> str:
		return f"https://127.0.0.1:{self.server_address[1]}/v1"

	def finish_request(self, request, client_address):
		"""The handshake in the thread of the request: who hangs up meanwhile holds up nobody."""
		super().finish_request(self.konteks.wrap_socket(request, server_side=True), client_address)

	def handle_error(self, request, client_address):
		"""Callers that hang up are part of the tests."""

	def simpan(self, kunci: str, sidik: str) -> bool:
		"""Whether the package under this key is this one; stored when it is new."""
		with self._kunci:
			if kunci not in self.diterima:
				self.diterima[kunci].append(sidik)
				self.tersimpan.set()
			return self.diterima[kunci][0] == sidik

	def ambil_gangguan(self, kunci: str) -> str:
		with self._kunci:
			daftar = self.gangguan_kunci.get(kunci, self.gangguan)
			return daftar.pop(0) if daftar else ""


class _Permintaan(BaseHTTPRequestHandler):
	server: LayananBPJS

	def setup(self):
		super().setup()
		self.connection.settimeout(5)

	def do_POST(self):
		badan = self.rfile.read(int(self.headers["Content-Length"]))
		kunci, sidik = self.headers["Idempotency-Key"], hashlib.sha256(badan).hexdigest()
		self.server.permintaan.append((self.path, kunci))
		ringkas = base64.b64encode(hashlib.sha256(badan).digest()).decode()
		if not self.sah(sidik) or kunci != self.headers[ACUAN]:
			return self.jawab(401, b"{}")
		if self.headers["Content-Digest"] != f"sha-256=:{ringkas}:":
			return self.jawab(400, b"{}")
		gangguan = self.server.ambil_gangguan(kunci)
		if gangguan in SEBELUM or (gangguan.isdigit() and gangguan != "409"):
			return self.gagal(gangguan)
		if not self.server.simpan(kunci, sidik):
			return self.jawab(422, b"{}")
		tanda_terima = {
			"kunci": "lain" if gangguan == "kunci lain" else kunci,
			"sidik": sidik,
			"nomor": f"TT/{kunci[-6:]}",
			"diterima_pada": "2026-01-05T03:00:00+00:00",
		}
		badan = json.dumps(tanda_terima).encode()
		return self.ganggu(gangguan, 409 if gangguan in ("409", "sudah ada") else 200, badan)

	def do_GET(self):
		letak = urlsplit(self.path)
		self.server.permintaan.append((self.path, self.headers[ACUAN]))
		if not self.sah(hashlib.sha256(b"").hexdigest()):
			return self.jawab(401, b"{}")
		gangguan = self.server.ambil_gangguan(letak.path)
		if gangguan in SEBELUM:
			return self.gagal(gangguan)
		id_ = letak.path.removeprefix("/v1/jawaban").strip("/")
		if id_:
			badan = next(isi for i, _n, isi in self.server.jawaban if i == id_)
			return self.ganggu(gangguan, 200, b"isi lain" if gangguan == "isi lain" else badan)
		sejak = int(parse_qs(letak.query).get("sejak", ["0"])[0] or 0)
		daftar = [
			{"id": i, "nama": n, "sidik": hashlib.sha256(isi).hexdigest(), "kursor": str(urut)}
			for urut, (i, n, isi) in enumerate(self.server.jawaban, start=1)
			if urut > sejak
		]
		return self.ganggu(gangguan, 200, json.dumps({"jawaban": daftar, "kursor": str(sejak)}).encode())

	def sah(self, sidik: str) -> bool:
		semestinya = tanda_permintaan(
			KUNCI, self.command, self.path, self.headers[WAKTU], self.headers[ACUAN], sidik
		)
		segar = abs(time.time() - int(self.headers[WAKTU])) < 300
		return (
			segar and self.headers["Authorization"] == f"Bearer {TOKEN}" and self.headers[TANDA] == semestinya
		)

	def gagal(self, gangguan: str):
		if gangguan == "putus":
			return self.putuskan()
		if gangguan == "diam":
			return time.sleep(1.5)
		if gangguan == "alihkan":
			return self.jawab(307, b"", {"Location": self.server.alamat + "/lain"})
		return self.jawab(
			int(gangguan), b"{}", {"Retry-After": self.server.coba_lagi} if gangguan == "429" else {}
		)

	def ganggu(self, gangguan: str, status: int, badan: bytes):
		tanda = tanda_jawaban(KUNCI, status, self.headers[ACUAN], badan)
		if gangguan == "separuh":
			return self.jawab(status, badan[: len(badan) // 2], {TANDA: tanda}, len(badan))
		if gangguan == "sesudah putus":
			return self.putuskan()
		if gangguan == "sesudah diam":
			return time.sleep(1.5)
		if gangguan == "macet":
			return time.sleep(60)
		if gangguan == "tetes":
			self.jawab(status, b"", {TANDA: tanda}, len(badan))
			for i in range(len(badan)):
				self.wfile.write(badan[i : i + 1])
				time.sleep(0.05)
			return None
		if gangguan == "besar":
			return self.jawab(status, badan + b" " * 6 * 2**20, {TANDA: tanda})
		if gangguan == "tanpa tanda":
			return self.jawab(status, badan)
		if gangguan == "tanda lain":
			tanda = tanda_jawaban("kunci lain" * 4, status, self.headers[ACUAN], badan)
		return self.jawab(status, badan, {TANDA: tanda})

	def jawab(
		self, status: int, badan: bytes, kepala: dict[str, str] | None = None, panjang: int | None = None
	):
		self.send_response(status)
		for nama, nilai in (kepala or {}).items():
			self.send_header(nama, nilai)
		self.send_header("Content-Length", str(len(badan) if panjang is None else panjang))
		self.end_headers()
		self.wfile.write(badan)

	def putuskan(self):
		"""Hang up with a reset, not with an end."""
		self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
		socket.socket.shutdown(self.connection, socket.SHUT_RDWR)

	def log_message(self, *_):
		pass
