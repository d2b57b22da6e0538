"""Tables that officials send: XLSX or CSV, read into rows by the meaning of their column headings.

Values only: formulas count by the result that the spreadsheet stored, and nothing in a cell is executed.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import load_workbook

from kampung_bahagia.aturan import AturanError

UKURAN_TERBESAR = 5 * 1024 * 1024
# a workbook is a ZIP: what it unpacks to is limited as well
UKURAN_TERURAI = 100 * 1024 * 1024
BARIS_TERBANYAK = 10_000
KOLOM_TERBANYAK = 50

_TANGGAL = (
	(re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"), (3, 2, 1)),
	(re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?"), (1, 2, 3)),
)


def baca_tabel(isi: bytes, nama_berkas: str) -> list[list]:
	"""Rows of the first sheet (or of the CSV), from the heading on. Raises AturanError for any other file."""
	if len(isi) > UKURAN_TERBESAR:
		raise AturanError("Berkas terlalu besar. Paling besar 5 MB; bagi menjadi beberapa berkas.")
	akhiran = nama_berkas.rsplit(".", 1)[-1].lower()
	if akhiran == "xlsx":
		baris = _baca_xlsx(isi)
	elif akhiran == "csv":
		baris = _baca_csv(isi)
	else:
		raise AturanError("Berkas harus berupa XLSX atau CSV. Simpan ulang dari lembar kerja Anda.")
	if len(baris) > BARIS_TERBANYAK + 1:
		raise AturanError(f"Berkas memuat lebih dari {BARIS_TERBANYAK} baris. Bagi menjadi beberapa berkas.")
	return baris


def _baca_xlsx(isi: bytes) -> list[list]:
	try:
		with zipfile.ZipFile(BytesIO(isi)) as arsip:
			if sum(i.file_size for i in arsip.infolist()) > UKURAN_TERURAI:
				raise AturanError("Isi berkas XLSX terlalu besar. Salin datanya ke lembar kerja baru.")
		buku = load_workbook(BytesIO(isi), read_only=True, data_only=True)
		lembar = buku.worksheets[0]
		return [
			list(b)
			for b in lembar.iter_rows(values_only=True, max_row=BARIS_TERBANYAK + 2, max_col=KOLOM_TERBANYAK)
		]
	except AturanError:
		raise
	except Exception as galat:  # whatever a damaged or made-up workbook does to the parser
		raise AturanError("Berkas XLSX tidak dapat dibaca. Simpan ulang dari lembar kerja Anda.") from galat


def _baca_csv(isi: bytes) -> list[list]:
	try:
		teks = isi.decode("utf-8-sig")
	except UnicodeDecodeError:
		teks = isi.decode("cp1252", errors="replace")
	if "\0" in teks:
		raise AturanError("Berkas CSV tidak dapat dibaca. Simpan ulang sebagai CSV UTF-8.")
	kepala = teks.split("\n", 1)[0]
	pemisah = max(";,\t", key=kepala.count)
	try:
		return [list(b[:KOLOM_TERBANYAK]) for b in csv.reader(StringIO(teks), delimiter=pemisah)]
	except csv.Error as galat:
		raise AturanError("Berkas CSV tidak dapat dibaca. Simpan ulang sebagai CSV UTF-8.") from galat


def susun_baris(
	tabel: Sequence[Sequence], kolom: Mapping[str, Sequence[str]], wajib: Sequence[str]
) -> list[tuple[int, dict]]:
	"""(number of the row in the file, value by column) for each row that is not empty.

	`kolom` gives each column's headings, the first of them the official one; case, spaces and signs in a
	heading do not matter. Raises AturanError naming the columns that are missing, unknown or there twice.
	"""
	menurut_judul = {_ringkas(j): k for k, judul in kolom.items() for j in judul}
	kepala = [(i, str(j)) for i, j in enumerate(tabel[0] if tabel else ()) if j not in (None, "")]
	letak: dict[str, int] = {}
	asing, ganda = [], []
	for i, judul in kepala:
		k = menurut_judul.get(_ringkas(judul))
		if k is None:
			asing.append(judul)
		elif k in letak:
			ganda.append(judul)
		else:
			letak[k] = i
	pesan = []
	if kurang := [kolom[k][0] for k in wajib if k not in letak]:
		pesan.append(f"Kolom yang belum ada: {', '.join(kurang)}.")
	if asing:
		pesan.append(f"Kolom yang tidak dikenal: {', '.join(j[:40] for j in asing[:10])}.")
	if ganda:
		pesan.append(f"Kolom yang tertulis dua kali: {', '.join(j[:40] for j in ganda[:10])}.")
	if pesan:
		raise AturanError(f"{' '.join(pesan)} Pakailah judul kolom pada templat.")
	hasil = []
	for nomor, baris in enumerate(tabel[1:], start=2):
		nilai = {k: _bersih(baris[i]) if i < len(baris) else None for k, i in letak.items()}
		if any(v is not None for v in nilai.values()):
			hasil.append((nomor, {k: nilai.get(k) for k in kolom}))
	if not hasil:
		raise AturanError("Berkas tidak memuat satu baris data pun di bawah judul kolom.")
	return hasil


def _ringkas(judul: str) -> str:
	return re.sub(r"[^a-z0-9]", "", judul.casefold())


def _bersih(nilai):
	if isinstance(nilai, str):
		nilai = " ".join(nilai.split())
	return None if nilai == "" else nilai


def baca_tanggal(nilai, nama: str) -> date | None:
	"""A date cell, or text as 31-12-2026 or 2026-12-31. Raises AturanError for anything else."""
	if nilai is None:
		return None
	if isinstance(nilai, datetime):
		return nilai.date()
	if isinstance(nilai, date):
		return nilai
	for pola, urutan in _TANGGAL:
		if cocok := pola.fullmatch(str(nilai)):
			try:
				return date(*(int(cocok[i]) for i in urutan))
			except ValueError:
				break
	raise AturanError(f"{nama} bukan tanggal yang dikenali. Contoh: 31-12-2026.")


def baca_nomor_panjang(nilai, nama: str) -> str | None:
	"""A number that identifies: only as text, for a spreadsheet keeps 15 digits of a number.

	Raises AturanError with the way out.
	"""
	if nilai is None:
		return None
	if isinstance(nilai, str) and not re.fullmatch(r"\d+([.,]\d+)?[eE]\+?\d+", nilai):
		return nilai
	raise AturanError(
		f"{nama} tersimpan sebagai angka, sehingga digit akhirnya dapat berubah. "
		f"Ubah format kolom {nama} menjadi Teks, lalu ketik ulang."
	)


def baca_rupiah(nilai, nama: str) -> Decimal | None:
	"""Whole rupiah from a number, or from text as 231600, 231.600 or Rp231.600,00. Raises AturanError for anything else."""
	if nilai is None:
		return None
	teks = str(int(nilai)) if isinstance(nilai, int | float) and nilai == int(nilai) else str(nilai)
	teks = re.sub(r"^rp\.?\s*", "", teks.strip(), flags=re.IGNORECASE).removesuffix(",00")
	if isinstance(nilai, bool) or not re.fullmatch(r"\d{1,12}|\d{1,3}(\.\d{3}){1,3}", teks):
		raise AturanError(f"{nama} bukan jumlah rupiah penuh yang dikenali. Contoh: 231600.")
	return Decimal(teks.replace(".", ""))


def baca_teks(nilai) -> str | None:
	"""Text of a cell; a whole number without its decimals."""
	if nilai is None:
		return None
	if isinstance(nilai, float) and nilai.is_integer():
		nilai = int(nilai)
	return str(nilai).strip()
