"""Progress of a kegiatan: the planned curve, and what a report must not say."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tenggat import daftar_hari_kerja


def rencana_kemajuan(mulai: date, selesai: date, libur: Collection[date]) -> list[tuple[date, Decimal]]:
	"""Planned progress at the end of each working day, in percent, the same share for each; 100 on the last.

	A period without a working day is planned for its last day.
	"""
	hari = daftar_hari_kerja(mulai, selesai, libur) or [selesai]
	return [
		(satu, (Decimal(100 * i) / len(hari)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
		for i, satu in enumerate(hari, start=1)
	]


def rencana_pada(hari: date, rencana: Sequence[tuple[date, Decimal]]) -> Decimal:
	"""Planned percent at the end of the day `hari`."""
	return max((persen for satu, persen in rencana if satu <= hari), default=Decimal(0))


def kurva(
	rencana: Sequence[tuple[date, Decimal]], laporan: Sequence[tuple[date, Decimal]], sampai: date
) -> list[tuple[date, Decimal, Decimal]]:
	"""Planned and real percent, from the day before the work to `sampai`, on each day on which one of them is known.

	`laporan` ascends by day. Between two reports the last one counts.
	"""
	hari = sorted({satu for satu, _persen in (*rencana, *laporan) if satu <= sampai} | {sampai})
	titik = [(min(hari[0], rencana[0][0]) - timedelta(days=1), Decimal(0), Decimal(0))]
	for satu in hari:
		nyata = next((persen for tanggal, persen in reversed(laporan) if tanggal <= satu), Decimal(0))
		titik.append((satu, rencana_pada(satu, rencana), nyata))
	return titik


def periksa_persen(
	persen: Decimal, sebelum: Decimal | None, sesudah: Decimal | None, alasan: str | None
) -> None:
	"""Hold a report between those before and after it in time (None: there is none).

	Raises AturanError outside 0 to 100, and for progress that falls without a reason.
	"""
	if not 0 <= persen <= 100:
		raise AturanError("Persen kemajuan harus antara 0 dan 100.")
	if alasan and alasan.strip():
		return
	if sebelum is not None and persen < sebelum:
		raise AturanError(
			f"Kemajuan turun dari {sebelum.normalize():f}% menjadi {persen.normalize():f}%. Tulis alasannya."
		)
	if sesudah is not None and persen > sesudah:
		raise AturanError(
			f"Laporan sesudahnya mencatat {sesudah.normalize():f}%, lebih rendah dari {persen.normalize():f}%. Tulis alasannya."
		)
