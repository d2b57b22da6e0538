"""A premium in parts: what makes a plan, and which part is overdue."""

from datetime import date
from decimal import Decimal

import pytest

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.termin import (
	Termin,
	jatuh_tempo_berikut,
	menunggak_sejak,
	periksa_termin,
	terbayar,
)

RIBU = Decimal(1_000)
JAN, FEB, MAR = date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10)


def rencana(*dibayar: date | None) -> list[Termin]:
	"""Three parts of Rp100.000, due in January, February and March."""
	hari = (*dibayar, *(None,) * (3 - len(dibayar)))
	return [Termin(tempo, 100 * RIBU, d) for tempo, d in zip((JAN, FEB, MAR), hari, strict=True)]


def test_a_plan_makes_the_bill():
	periksa_termin(rencana(), 300 * RIBU)
	with pytest.raises(AturanError, match=r"Rp300\.000, sedangkan tagihannya Rp300\.001"):
		periksa_termin(rencana(), 300 * RIBU + 1)


@pytest.mark.parametrize(
	("termin", "pesan"),
	[
		([], "sedikitnya dua"),
		([Termin(JAN, 300 * RIBU)], "sedikitnya dua"),
		([Termin(JAN, 300 * RIBU), Termin(FEB, Decimal(0))], "termin 2 belum diisi"),
		([Termin(FEB, 100 * RIBU), Termin(FEB, 200 * RIBU)], "Jatuh tempo termin 2"),
		([Termin(JAN, 100 * RIBU), Termin(FEB, 200 * RIBU, JAN)], "sebelum termin 1"),
	],
)
def test_what_is_no_plan_is_refused_with_its_row(termin, pesan):
	with pytest.raises(AturanError, match=pesan):
		periksa_termin(termin, 300 * RIBU)


def test_what_is_paid_and_what_is_next():
	assert (terbayar(rencana(JAN)), jatuh_tempo_berikut(rencana(JAN))) == (100 * RIBU, FEB)
	assert (terbayar(rencana(JAN, FEB, MAR)), jatuh_tempo_berikut(rencana(JAN, FEB, MAR))) == (
		300 * RIBU,
		None,
	)


@pytest.mark.parametrize(
	("termin", "pada", "sejak"),
	[
		(rencana(JAN), FEB, None),  # on its last day it may still be paid
		(rencana(JAN), date(2026, 2, 11), FEB),
		(rencana(JAN), date(2026, 4, 1), FEB),
		(rencana(JAN, date(2026, 2, 20)), date(2026, 2, 15), FEB),  # paid later: those days stay overdue
		(rencana(JAN, date(2026, 2, 20)), date(2026, 2, 20), None),
		(rencana(JAN, FEB, MAR), date(2027, 1, 1), None),
	],
)
def test_a_part_is_overdue_from_the_day_after_until_it_is_paid(termin, pada, sejak):
	assert menunggak_sejak(termin, pada) == sejak
