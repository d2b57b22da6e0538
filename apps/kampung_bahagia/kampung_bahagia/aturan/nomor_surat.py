"""Numbers and sentences of official letters, composed from templates that an administrator writes."""

import re
from datetime import date
from string import Formatter

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tanggal import periksa_tanggal

_ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LEBAR_NOL = re.compile(r"0([1-9])")


def romawi(bulan: int) -> str:
	"""Write a month (1-12) in Roman numerals, as letter numbers do."""
	if bulan not in range(1, 13):
		raise AturanError("Bulan harus antara 1 dan 12.")
	return _ROMAWI[bulan - 1]


def susun_nomor(templat: str, *, seq: int, tanggal: date, **bagian: str | int) -> str:
	"""Compose a number: `{seq:03}/KPTS/RT.{rt}/{KEL}/{romawi}/{yyyy}` -> `007/KPTS/RT.14/KENALI ASAM/VII/2025`.

	Fields: `seq`, from the date `yyyy`, `yy`, `mm`, `dd`, `romawi` (these win over a part of the same name),
	and every name in `bagian`. The only formatting is zero padding of digits (`:03`). A template must carry
	`seq` and a year, since numbers restart every year and none may appear twice. Raises AturanError for a
	template that it cannot fill; attributes, indexes, conversions and nested fields are not fields.
	"""
	periksa_tanggal(tanggal, "Tanggal surat")
	if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
		raise AturanError("Nomor urut surat harus bilangan bulat mulai dari 1.")
	isian = bagian | {
		"seq": seq,
		"yyyy": f"{tanggal.year:04}",
		"yy": f"{tanggal.year % 100:02}",
		"mm": f"{tanggal.month:02}",
		"dd": f"{tanggal.day:02}",
		"romawi": romawi(tanggal.month),
	}
	try:
		potongan = list(Formatter().parse(templat))
	except ValueError as galat:
		raise AturanError("Templat nomor surat salah tulis. Mohon periksa kurung kurawalnya.") from galat

	dipakai = {nama for _teks, nama, _format, _ubah in potongan}
	if "seq" not in dipakai:
		raise AturanError("Templat nomor surat harus memuat {seq}.")
	if not dipakai & {"yyyy", "yy"}:
		raise AturanError("Templat nomor surat harus memuat {yyyy} atau {yy}.")

	hasil = ""
	for teks, nama, format_, ubah in potongan:
		hasil += teks
		if nama is None:
			continue
		if nama not in isian or ubah:
			dikenal = ", ".join(sorted(isian))
			raise AturanError(f"Isian {{{nama}}} tidak dikenal. Yang dikenal: {dikenal}.")
		hasil += _isi(nama, isian[nama], format_ or "")
	return hasil


def susun_kalimat(templat: str, **bagian: str) -> str:
	"""Fill the names of `bagian` into sentences: `warga RT {rt}` -> `warga RT 014`.

	Raises AturanError for any other name; attributes, indexes, conversions and formats are not names.
	"""
	try:
		potongan = list(Formatter().parse(templat))
	except ValueError as galat:
		raise AturanError("Kalimat salah tulis. Mohon periksa kurung kurawalnya.") from galat
	hasil = ""
	for teks, nama, format_, ubah in potongan:
		if nama is not None and (nama not in bagian or format_ or ubah):
			dikenal = ", ".join(f"{{{satu}}}" for satu in sorted(bagian))
			raise AturanError(f"Isian {{{nama}}} tidak dikenal. Yang dikenal: {dikenal}.")
		hasil += teks + (bagian[nama] if nama is not None else "")
	return hasil


def _isi(nama: str, nilai: str | int, format_: str) -> str:
	teks = "" if nilai is None else str(nilai).strip()
	if not teks:
		raise AturanError(f"Isian {{{nama}}} pada nomor surat masih kosong.")
	if not format_:
		return teks
	lebar = _LEBAR_NOL.fullmatch(format_)
	if not lebar or not (teks.isascii() and teks.isdigit()):
		raise AturanError(f"Format {{{nama}:{format_}}} tidak dapat dipakai. Contoh yang benar: {{seq:03}}.")
	return teks.zfill(int(lebar[1]))
