"""A premium that is paid in parts: what makes a plan, and which part is overdue.

BPJS takes the premium of a project in full or per termin, and covers it only while it is paid up; the certificate
follows the first payment (Permenaker 44/2015 as replaced, and the practice of BPJS offices). Amounts are rupiah.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tanggal import tanggal_indonesia


@dataclass(frozen=True, slots=True)
class Termin:
	"""One part: due on `jatuh_tempo`; `dibayar` is the day on which it was paid, None while it is not."""

	jatuh_tempo: date
	jumlah: Decimal
	dibayar: date | None = None


def periksa_termin(termin: Sequence[Termin], tagihan: Decimal) -> None:
	"""Raise AturanError unless the parts make the bill, fall due one after the other, and are paid in that order."""
	if len(termin) < 2:
		raise AturanError("Isi sedikitnya dua termin, atau pilih Lunas Sekaligus.")
	for nomor, (sebelum, satu) in enumerate(zip((None, *termin), termin, strict=False), start=1):
		if periksa_rupiah(satu.jumlah, f"Jumlah termin {nomor}") == 0:
			raise AturanError(f"Jumlah termin {nomor} belum diisi.")
		if sebelum and satu.jatuh_tempo <= sebelum.jatuh_tempo:
			raise AturanError(
				f"Jatuh tempo termin {nomor} harus sesudah {tanggal_indonesia(sebelum.jatuh_tempo)}."
			)
		if sebelum and satu.dibayar and not sebelum.dibayar:
			raise AturanError(f"Termin {nomor} dicatat dibayar sebelum termin {nomor - 1}.")
	jumlah = sum((satu.jumlah for satu in termin), Decimal(0))
	if jumlah != tagihan:
		raise AturanError(
			f"Jumlah semua termin {format_rupiah(jumlah)}, sedangkan tagihannya {format_rupiah(tagihan)}."
		)


def terbayar(termin: Sequence[Termin]) -> Decimal:
	"""Sum of the parts that were paid."""
	return sum((satu.jumlah for satu in termin if satu.dibayar), Decimal(0))


def jatuh_tempo_berikut(termin: Sequence[Termin]) -> date | None:
	"""Day on which the first unpaid part is due; None when all are paid."""
	return min((satu.jatuh_tempo for satu in termin if not satu.dibayar), default=None)


def menunggak_sejak(termin: Sequence[Termin], pada: date) -> date | None:
	"""Day on which the first part fell due that was overdue on the day `pada`; None when all was paid up by then.

	A part may be paid on its last day, and what is paid later does not heal the days before.
	"""
	return min(
		(
			satu.jatuh_tempo
			for satu in termin
			if satu.jatuh_tempo < pada and (satu.dibayar is None or satu.dibayar > pada)
		),
		default=None,
	)
