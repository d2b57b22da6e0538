"""What examining a PDF needs and finds. Light to load, unlike pyHanko, which few processes need."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

TERBESAR = 5 * 1024 * 1024  # bytes of a PDF from outside


@dataclass(frozen=True)
class HasilTandaTangan:
	"""One signature of a PDF, in the order in which they were put.

	`utuh`: what was signed is unchanged, and what was added later is another signature only;
	`menutupi_seluruh_berkas`: nothing at all was added later;
	`dipercaya`: a known authority vouches for the certificate, which was in force and not revoked;
	`percobaan`: made with a development certificate, so without legal force;
	`waktu`: in WIB, by the signer's own clock unless `cap_waktu` (a trusted time stamp);
	`sidik_jari`: SHA-256 of the certificate, hex; `sebab`: in Indonesian what is wrong or limited, or empty.
	"""

	penanda_tangan: str
	penerbit: str
	waktu: datetime | None
	cap_waktu: bool
	utuh: bool
	menutupi_seluruh_berkas: bool
	dipercaya: bool
	percobaan: bool
	sidik_jari: str
	sebab: str

	@property
	def sah(self) -> bool:
		return self.utuh and self.dipercaya


@dataclass(frozen=True)
class Kepercayaan:
	"""Whom to believe: certificates (DER) of authorities, which of them (`sidik_jari`) are for development
	only, and since when (aware) certificates are revoked."""

	akar: tuple[bytes, ...] = ()
	uji: frozenset[str] = frozenset()
	dicabut: Mapping[str, datetime] = field(default_factory=dict)

	def sebagai_json(self) -> bytes:
		"""One line."""
		isi = {
			"akar": [base64.b64encode(der).decode() for der in self.akar],
			"uji": sorted(self.uji),
			"dicabut": {sidik: saat.isoformat() for sidik, saat in self.dicabut.items()},
		}
		return json.dumps(isi).encode() + b"\n"

	@classmethod
	def dari_json(cls, baris: bytes) -> Kepercayaan:
		isi = json.loads(baris)
		return cls(
			tuple(base64.b64decode(der) for der in isi["akar"]),
			frozenset(isi["uji"]),
			{sidik: datetime.fromisoformat(saat) for sidik, saat in isi["dicabut"].items()},
		)


def sidik_jari(der: bytes) -> str:
	return hashlib.sha256(der).hexdigest()
