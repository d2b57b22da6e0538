"""Rupiah: checked, written in digits and in words."""

from decimal import Decimal

from lokal.rupiah import format_rupiah as _format_rupiah
from lokal.terbilang import terbilang as _terbilang

from kampung_bahagia.aturan.galat import AturanError

# A Currency column holds twelve digits before the comma. The ceiling only keeps a mistyped exponent out
# of the arithmetic and of the number words.
BATAS_RUPIAH = Decimal(10) ** 15


def _pastikan_decimal(nilai: Decimal, nama: str) -> Decimal:
	if not isinstance(nilai, Decimal):
		raise AturanError(f"{nama} harus berupa angka desimal pasti.")
	if not nilai.is_finite():
		raise AturanError(f"{nama} bukan angka yang sah.")
	if abs(nilai) >= BATAS_RUPIAH:
		raise AturanError(f"{nama} terlalu besar. Mohon periksa kembali.")
	return nilai


def periksa_rupiah(nilai: Decimal, nama: str) -> Decimal:
	"""Return `nilai` (rupiah) when it is a Decimal, finite, not negative and below 10^15.

	Floats and ints are refused, so that a binary fraction cannot slip into a sum. `nama` opens the message
	of the AturanError, e.g. "Dasar iuran".
	"""
	if _pastikan_decimal(nilai, nama) < 0:
		raise AturanError(f"{nama} tidak boleh kurang dari nol.")
	return nilai


def terbilang_rupiah(nilai: Decimal) -> str:
	"""Spell a whole amount: 231600 -> "dua ratus tiga puluh satu ribu enam ratus rupiah".

	Raises AturanError for sen: an official amount is whole rupiah.
	"""
	if _pastikan_decimal(nilai, "Nilai rupiah") != nilai.to_integral_value():
		raise AturanError("Nilai yang dibuat terbilang harus rupiah bulat.")
	return _terbilang(int(nilai), currency=True)


def format_rupiah(nilai: Decimal) -> str:
	"""Write an amount as "Rp231.600"; sen appear (rounded half up to two digits) only when there are any."""
	_pastikan_decimal(nilai, "Nilai rupiah")
	return _format_rupiah(nilai, decimals=nilai != nilai.to_integral_value())
