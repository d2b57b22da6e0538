"""A chain of entries in which none can be changed, removed or slipped in without the next one telling.

Each entry carries the SHA-256 over its own values and over the hash of the entry before it. No law asks for
this form; it serves UU 30/2014 Pasal 10 (accountability of decisions) and UU 11/2008 Pasal 6 (an electronic
record counts as original while its integrity can be shown).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

BEBAS = frozenset({"nama_pejabat", "alasan"})  # values that people write freely
TELITI = Decimal("1e-9")  # digits that a column of the framework keeps


@dataclass(frozen=True)
class Putus:
	"""Where a chain breaks: the entry's number, and why in Indonesian."""

	urutan: int
	sebab: str


def baku(nilai: object) -> object:
	"""Return a value in the one spelling that is hashed, whether it comes from memory or from the database.

	Empty values of any kind are None, numbers are rounded to nine decimals and written without trailing zeros, dates and hours
	are ISO 8601 to the microsecond, mappings are sorted and lose their empty entries.
	"""
	if isinstance(nilai, Mapping):
		isi = {str(k): baku(v) for k, v in sorted(nilai.items())}
		return {k: v for k, v in isi.items() if v is not None} or None
	if isinstance(nilai, list | tuple):
		return [baku(v) for v in nilai] or None
	if isinstance(nilai, datetime):
		return nilai.isoformat(sep=" ", timespec="microseconds")
	if isinstance(nilai, date):
		return nilai.isoformat()
	if isinstance(nilai, bool | int | float | Decimal):
		angka = Decimal(str(int(nilai) if isinstance(nilai, bool) else nilai)).quantize(TELITI)
		return f"{angka.normalize():f}" if angka else None
	return str(nilai) if nilai not in (None, "") else None


def sidik(nilai: object) -> str:
	"""SHA-256, 64 hexadecimal digits, of values in their one spelling (`baku`)."""
	tulisan = json.dumps(baku(nilai), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
	return hashlib.sha256(tulisan.encode()).hexdigest()


def sidik_entri(isi: Mapping[str, object], sebelum: str | None) -> str:
	"""Hash of an entry that follows one with the hash `sebelum` (None for the first).

	Over one text that a database builds as easily, so that it can hold a row to its own hash: the values in the
	order of `isi`, a line each, an empty one for nothing, hours to the microsecond; a value that may hold a line
	break stands there as its SHA-256 (`BEBAS`).
	"""
	baris = [sebelum or ""]
	for nama, nilai in isi.items():
		tulisan = str(baku(nilai) or "")
		baris.append(hashlib.sha256(tulisan.encode()).hexdigest() if nama in BEBAS else tulisan)
	return hashlib.sha256("\n".join(baris).encode()).hexdigest()


def periksa_rantai(
	entri: Iterable[Mapping[str, object]], urutan: int = 0, sebelum: str | None = None
) -> Putus | None:
	"""Find the first break in `entri`, which follow the entry number `urutan` with the hash `sebelum`.

	Each entry maps names to values; `urutan`, `hash_sebelum` and `hash` are the chain's own, the others its
	content. None when the chain holds.
	"""
	for e in entri:
		isi = {k: v for k, v in e.items() if k not in ("hash", "hash_sebelum")}
		if e["urutan"] != urutan + 1:
			return Putus(urutan + 1, f"catatan nomor {urutan + 1} tidak ada")
		urutan += 1
		if (e["hash_sebelum"] or None) != sebelum:
			return Putus(urutan, "tidak bersambung dengan catatan sebelumnya")
		if e["hash"] != sidik_entri(isi, sebelum):
			return Putus(urutan, "isinya tidak sesuai dengan sidiknya")
		sebelum = str(e["hash"])
	return None
