"""The statutory clocks of an accident and of a claim.

Hours run in WIB without a pause for nights, weekends or holidays; limits in working days skip Saturdays,
Sundays and the holidays that the caller passes in.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from lokal.holidays import HOLIDAY_YEARS, get_holidays

from kampung_bahagia.aturan.bilangan import periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tanggal import WIB, periksa_tanggal, periksa_waktu

__all__ = [
	"WIB",
	"batas_bayar",
	"batas_bayar_klaim",
	"batas_kedaluwarsa",
	"batas_lapor_perubahan",
	"batas_pendaftaran",
	"batas_tahap_dua",
	"batas_tahap_satu",
	"daftar_hari_kerja",
	"denda_bayar_klaim",
	"hari_lewat",
	"hari_libur",
	"tambah_hari_kerja",
	"terlambat",
]

# Wide enough that no penalty is rounded before its end, whatever context the caller runs in.
_TEPAT = Context(prec=60)


def batas_tahap_satu(waktu_kejadian: datetime, jam: int = 48) -> datetime:
	"""Return the last moment (WIB) for the first report: 2x24 hours from the accident (Permenaker 1/2025)."""
	return _tambah_jam(periksa_waktu(waktu_kejadian, "Waktu kejadian"), jam)


def batas_tahap_dua(waktu_keterangan_dokter: datetime, jam: int = 48) -> datetime:
	"""Return the last moment (WIB) for the second report: 2x24 hours from the doctor's statement that the
	person recovered, stays disabled or died (Permenaker 1/2025)."""
	return _tambah_jam(periksa_waktu(waktu_keterangan_dokter, "Waktu keterangan dokter"), jam)


def terlambat(batas: datetime, waktu: datetime) -> bool:
	"""Tell whether `waktu` lies after `batas`; the last moment itself is still in time."""
	return periksa_waktu(waktu, "Waktu laporan") > periksa_waktu(batas, "Batas waktu")


def tambah_hari_kerja(tanggal: date, n: int, libur: Collection[date]) -> date:
	"""Return the n-th working day after `tanggal`; the day itself is not counted and n = 0 returns it.

	`libur` holds the holidays that fall on weekdays (others do no harm). Raises AturanError for a negative
	n and for holidays that are not plain dates: those would never match and make the limit too short.
	"""
	periksa_tanggal(tanggal, "Tanggal awal")
	if n < 0:
		raise AturanError("Jumlah hari kerja tidak boleh kurang dari nol.")
	hari_libur = {periksa_tanggal(hari, "Hari libur") for hari in libur}
	while n:
		tanggal += timedelta(days=1)
		if tanggal.weekday() < 5 and tanggal not in hari_libur:
			n -= 1
	return tanggal


def hari_libur(mulai: date, selesai: date) -> frozenset[date]:
	"""National holidays and cuti bersama in the years from `mulai` to `selesai` (decree of three ministers).

	A year whose decree is not out yet has none: a plan is counted again once it is.
	"""
	return frozenset(
		date.fromisoformat(libur.date)
		for tahun in range(mulai.year, selesai.year + 1)
		if tahun in HOLIDAY_YEARS
		for libur in get_holidays(tahun).holidays
	)


def daftar_hari_kerja(mulai: date, selesai: date, libur: Collection[date]) -> list[date]:
	"""Working days from `mulai` to `selesai`, both included."""
	semua = (mulai + timedelta(days=i) for i in range((selesai - mulai).days + 1))
	return [hari for hari in semua if hari.weekday() < 5 and hari not in libur]


def jumlah_hari_kerja(mulai: date, selesai: date) -> int:
	"""How many working days there are from `mulai` to `selesai`, both included, by the national calendar."""
	return len(daftar_hari_kerja(mulai, selesai, hari_libur(mulai, selesai)))


def batas_lapor_perubahan(sejak: date, hari: int = 7) -> date:
	"""Last day to tell BPJS that a worker came or went on the day `sejak`: `hari` working days later by the national
	calendar, joint leave included (Permenaker 44/2015). Raises AturanError for fewer than one day.
	"""
	if hari < 1:
		raise AturanError("Batas lapor perubahan paling sedikit satu hari kerja.")
	return _hari_kerja_ke(sejak, hari)


def batas_pendaftaran(disetujui: date, hari: int = 14) -> date:
	"""Last day to register a project with BPJS: `hari` working days after its approval (SPK), by the national calendar
	(Permenaker 44/2015). Raises AturanError for fewer than one day.
	"""
	if hari < 1:
		raise AturanError("Batas pendaftaran paling sedikit satu hari kerja.")
	return _hari_kerja_ke(disetujui, hari)


def batas_bayar(mulai: date) -> date:
	"""Last day to pay the premium by the practice of BPJS offices: the day before the work starts."""
	return periksa_tanggal(mulai, "Rencana mulai") - timedelta(days=1)


def batas_bayar_klaim(lengkap: date, hari: int) -> date:
	"""Last day for BPJS to pay a claim whose complete file it has had since the day `lengkap`: `hari` working days, 7 for
	an accident (PP 44/2015) and 3 for a death (Permenaker 44/2015). Raises AturanError for fewer than one day.
	"""
	if hari < 1:
		raise AturanError("Batas pembayaran klaim paling sedikit satu hari kerja.")
	return _hari_kerja_ke(lengkap, hari)


def hari_lewat(batas: date, selesai: date | None, hari_ini: date) -> int:
	"""Days after `batas` on which a thing was done, or today while it is not; below one: in time."""
	return ((selesai or hari_ini) - batas).days


def denda_bayar_klaim(nilai: Decimal, hari: int, persen: Decimal = Decimal(1)) -> Decimal:
	"""Penalty for a claim of `nilai` rupiah paid `hari` days late: `persen` for each day, whole rupiah, half up.

	For information: BPJS owes it by PP 44/2015. Nothing is owed in time (`hari` below one).
	"""
	periksa_rupiah(nilai, "Nilai klaim")
	periksa_rupiah(persen, "Persen denda")
	with localcontext(_TEPAT):
		return (nilai * persen.scaleb(-2) * max(hari, 0)).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def batas_kedaluwarsa(waktu: datetime, tahun: int = 5) -> datetime:
	"""Return when a claim expires: the same hour five years on (PP 82/2019).

	29 February becomes 28 February in a common year: a family warned a day early loses nothing.
	"""
	wib = periksa_waktu(waktu, "Waktu kejadian")
	if tahun < 1:
		raise AturanError("Masa kedaluwarsa paling sedikit satu tahun.")
	try:
		return wib.replace(year=wib.year + tahun)
	except ValueError:
		return wib.replace(year=wib.year + tahun, day=28)


def _hari_kerja_ke(sejak: date, hari: int) -> date:
	# the calendar of as many days as the limit can need, with room for the longest joint leave
	return tambah_hari_kerja(sejak, hari, hari_libur(sejak, sejak + timedelta(days=2 * hari + 31)))


def _tambah_jam(waktu: datetime, jam: int) -> datetime:
	if jam < 1:
		raise AturanError("Batas waktu laporan paling sedikit satu jam.")
	return waktu + timedelta(hours=jam)
