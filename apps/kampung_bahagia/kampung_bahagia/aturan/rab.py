"""The lines of a budget: how far a price lies from the list."""

from decimal import ROUND_HALF_UP, Decimal

from kampung_bahagia.aturan.bilangan import periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError


def selisih_harga(harga: Decimal, acuan: Decimal) -> Decimal:
	"""Percent by which `harga` lies above (or, when negative, below) `acuan`, both rupiah; two digits."""
	periksa_rupiah(harga, "Harga satuan")
	if periksa_rupiah(acuan, "Harga acuan") == 0:
		raise AturanError("Harga acuan masih nol.")
	return ((harga - acuan) * 100 / acuan).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
