"""Dates and hours in Western Indonesian Time, and how official letters write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from lokal.terbilang import terbilang

from kampung_bahagia.aturan.galat import AturanError

WIB = ZoneInfo("Asia/Jakarta")

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")  # by date.weekday()
_BULAN = (
	"Januari",
	"Februari",
	"Maret",
	"April",
	"Mei",
	"Juni",
	"Juli",
	"Agustus",
	"September",
	"Oktober",
	"November",
	"Desember",
)


def sebagai_wib(waktu: datetime) -> datetime:
	"""Read a stored hour as WIB: a naive one (as Frappe keeps it) is taken for WIB, an aware one converted."""
	return waktu.replace(tzinfo=WIB) if waktu.tzinfo is None else waktu.astimezone(WIB)


def periksa_waktu(waktu: datetime, nama: str) -> datetime:
	"""Return an aware `waktu` in WIB; AturanError for a naive one, because its hour could mean anything."""
	if not isinstance(waktu, datetime) or waktu.utcoffset() is None:
		raise AturanError(f"{nama} harus lengkap dengan tanggal, jam, dan zona waktu.")
	return waktu.astimezone(WIB)


def periksa_tanggal(tanggal: date, nama: str) -> date:
	"""Return a plain `tanggal`; AturanError for a datetime, whose day depends on the time zone."""
	if not isinstance(tanggal, date) or isinstance(tanggal, datetime):
		raise AturanError(f"{nama} harus berupa tanggal tanpa jam.")
	return tanggal


def tanggal_indonesia(tanggal: date) -> str:
	"""Write a date as "9 Juli 2025"."""
	periksa_tanggal(tanggal, "Tanggal")
	return f"{tanggal.day} {_BULAN[tanggal.month - 1]} {tanggal.year}"


def waktu_indonesia(waktu: datetime) -> str:
	"""Write an aware hour as "9 Juli 2025 pukul 07.05 WIB"."""
	wib = periksa_waktu(waktu, "Waktu")
	return f"{tanggal_indonesia(wib.date())} pukul {wib:%H.%M} WIB"


def hari_indonesia(tanggal: date) -> str:
	"""Name the day of the week: "Rabu"."""
	return HARI[periksa_tanggal(tanggal, "Tanggal").weekday()]


def tanggal_terbilang(tanggal: date) -> str:
	"""Spell a date as minutes of a meeting do: "sembilan bulan Juli tahun dua ribu dua puluh lima"."""
	periksa_tanggal(tanggal, "Tanggal")
	return f"{terbilang(tanggal.day)} bulan {_BULAN[tanggal.month - 1]} tahun {terbilang(tanggal.year)}"
