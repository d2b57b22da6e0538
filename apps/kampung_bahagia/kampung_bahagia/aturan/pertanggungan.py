"""Was this person covered at this hour, and why (not)?

Three answers, each with every reason behind it; a report is accepted whatever the answer.

- Di Luar Masa: the hour is plainly outside paid cover. No registration was paid by then, or the day lies
  outside the recorded cover period.
- Terlindungi: every fact is proven.
- Perlu Telaah: anything in between, for an official to judge. That holds for a fact not recorded yet, a
  missing certificate, a list or SK that does not name the person, an SK signed after the accident, an age
  that needs a second look, and always for an activity that is not construction: construction cover does
  not fit it, but another membership may.

Cover runs from the paid registration to the end of maintenance and includes the way to and from work. Days
are days in WIB and both ends of a period belong to it; the moment of payment or signing itself counts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.identitas import USIA_KONFIRMASI, USIA_MINIMUM
from kampung_bahagia.aturan.tanggal import periksa_tanggal, periksa_waktu, tanggal_indonesia, waktu_indonesia

Status = Literal["Terlindungi", "Perlu Telaah", "Di Luar Masa"]

_DASAR_JKK = "PP 44/2015 jo. PP 82/2019"
_DASAR_JAKON = "Permenaker 5/2021 jo. Permenaker 1/2025"
_DASAR_USIA = "UU 13/2003"
_DASAR_DAERAH = "Perwal Kota Jambi 18/2025 jo. 36/2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fakta:
	"""What is known about the person, the activity and its papers. None means not recorded.

	Hours are aware; `berlaku_sampai` includes the maintenance period. `sk_*` describe the SK that was in
	force, or else the one that names the person; a superseded SK counts as revoked when its successor was
	signed. `peserta_terdaftar`: on the list of workers that BPJS holds. `usia`: completed years at the
	accident; None leaves the age out. `surat_tugas`: number of the letter that sent the person to work on that day, and
	`hadir` what its attendance says of them. `termin_menunggak_sejak`: due date of the part of the premium that was overdue on
	the day of the accident.
	"""

	waktu_kejadian: datetime
	is_konstruksi: bool
	dibayar_pada: datetime | None
	berlaku_mulai: date | None
	berlaku_sampai: date | None
	bersertifikat: bool
	peserta_terdaftar: bool
	sk_ditetapkan_pada: datetime | None
	sk_berlaku: date | None
	sk_dicabut_pada: datetime | None
	disebut_dalam_sk: bool
	kegiatan_mulai: date | None
	kegiatan_selesai: date | None
	dalam_perjalanan: bool = False
	di_luar_lokasi: bool = False
	surat_tugas: str | None = None
	hadir: bool | None = None
	termin_menunggak_sejak: date | None = None
	usia: int | None = None
	usia_minimum: int = USIA_MINIMUM
	usia_konfirmasi: int = USIA_KONFIRMASI


@dataclass(frozen=True, slots=True)
class Alasan:
	"""One checked fact. `di_luar_masa` marks one that by itself puts the hour outside paid cover."""

	kode: str
	terpenuhi: bool
	teks: str
	dasar_hukum: str
	di_luar_masa: bool = False


@dataclass(frozen=True, slots=True)
class Pertanggungan:
	status: Status
	alasan: tuple[Alasan, ...]


def tentukan_pertanggungan(fakta: Fakta, *, dasar_daerah: str = _DASAR_DAERAH) -> Pertanggungan:
	"""Judge the cover at the hour of the accident; `dasar_daerah` is the regional rule to quote.

	Raises AturanError for hours without a time zone, for dates that are hours, and for periods that end
	before they begin.
	"""
	kejadian = periksa_waktu(fakta.waktu_kejadian, "Waktu kejadian")
	_periksa_masa(fakta.berlaku_mulai, fakta.berlaku_sampai, "Masa perlindungan")
	_periksa_masa(fakta.kegiatan_mulai, fakta.kegiatan_selesai, "Masa kegiatan")

	alasan = [
		_jenis_kegiatan(fakta),
		_iuran_lunas(fakta, kejadian),
		_masa_perlindungan(fakta, kejadian.date()),
		_sertifikat(fakta),
		_peserta_terdaftar(fakta),
		*_surat_keputusan(fakta, kejadian, dasar_daerah),
		_masa_kegiatan(fakta, kejadian.date(), dasar_daerah),
		*_kehadiran(fakta, dasar_daerah),
	]
	if fakta.termin_menunggak_sejak:
		hari = tanggal_indonesia(fakta.termin_menunggak_sejak)
		teks = (
			f"Termin iuran yang jatuh tempo {hari} belum dibayar saat kejadian. Mohon konfirmasi kepada BPJS."
		)
		alasan.append(Alasan("TERMIN", False, teks, _DASAR_JAKON))
	if fakta.dalam_perjalanan:
		teks = "Perjalanan berangkat dan pulang kerja termasuk yang dilindungi."
		alasan.append(Alasan("PERJALANAN", True, teks, _DASAR_JKK))
	if fakta.usia is not None:
		alasan.append(_usia(fakta, fakta.usia))

	status: Status = "Perlu Telaah"
	if all(satu.terpenuhi for satu in alasan):
		status = "Terlindungi"
	elif any(satu.di_luar_masa for satu in alasan):
		status = "Di Luar Masa"
	return Pertanggungan(status, tuple(alasan))


def _jenis_kegiatan(fakta: Fakta) -> Alasan:
	if fakta.is_konstruksi:
		return Alasan("JENIS_KEGIATAN", True, "Kegiatan termasuk pekerjaan konstruksi.", _DASAR_JAKON)
	teks = "Kegiatan bukan konstruksi. Mohon periksa kepesertaan lain, misalnya BPU."
	return Alasan("JENIS_KEGIATAN", False, teks, _DASAR_JAKON)


def _iuran_lunas(fakta: Fakta, kejadian: datetime) -> Alasan:
	if fakta.dibayar_pada is None:
		lunas, teks = False, "Iuran belum tercatat lunas."
	else:
		lunas = periksa_waktu(fakta.dibayar_pada, "Waktu pembayaran iuran") <= kejadian
		urutan = "sebelum" if lunas else "sesudah"
		teks = f"Iuran lunas pada {waktu_indonesia(fakta.dibayar_pada)}, {urutan} kejadian."
	return Alasan("IURAN_LUNAS", lunas, teks, _DASAR_JAKON, di_luar_masa=not lunas and fakta.is_konstruksi)


def _masa_perlindungan(fakta: Fakta, hari: date) -> Alasan:
	mulai, sampai = fakta.berlaku_mulai, fakta.berlaku_sampai
	if mulai and hari < mulai:
		teks = f"Perlindungan baru mulai pada {tanggal_indonesia(mulai)}, sesudah kejadian."
	elif sampai and hari > sampai:
		teks = f"Perlindungan berakhir pada {tanggal_indonesia(sampai)}, sebelum kejadian."
	elif not mulai or not sampai:
		teks = "Masa perlindungan belum tercatat lengkap."
		return Alasan("MASA_PERLINDUNGAN", False, teks, _DASAR_JAKON)
	else:
		teks = f"Dilindungi sejak {tanggal_indonesia(mulai)} sampai dengan {tanggal_indonesia(sampai)}."
		return Alasan("MASA_PERLINDUNGAN", True, teks, _DASAR_JAKON)
	return Alasan("MASA_PERLINDUNGAN", False, teks, _DASAR_JAKON, di_luar_masa=fakta.is_konstruksi)


def _sertifikat(fakta: Fakta) -> Alasan:
	teks = "Sertifikat kepesertaan " + ("sudah terbit." if fakta.bersertifikat else "belum tercatat.")
	return Alasan("SERTIFIKAT", fakta.bersertifikat, teks, _DASAR_JAKON)


def _peserta_terdaftar(fakta: Fakta) -> Alasan:
	keadaan = "tercantum" if fakta.peserta_terdaftar else "belum tercantum"
	teks = f"Nama {keadaan} dalam daftar tenaga kerja BPJS."
	return Alasan("PESERTA_TERDAFTAR", fakta.peserta_terdaftar, teks, _DASAR_JAKON)


def _surat_keputusan(fakta: Fakta, kejadian: datetime, dasar: str) -> list[Alasan]:
	if fakta.sk_ditetapkan_pada is None:
		teks = "Surat keputusan (SK) Ketua RT belum ditetapkan."
		return [Alasan("SK_DITETAPKAN", False, teks, dasar)]

	ditetapkan = periksa_waktu(fakta.sk_ditetapkan_pada, "Waktu penetapan SK") <= kejadian
	urutan = "sebelum" if ditetapkan else "sesudah"
	teks = f"SK ditetapkan pada {waktu_indonesia(fakta.sk_ditetapkan_pada)}, {urutan} kejadian."
	alasan = [Alasan("SK_DITETAPKAN", ditetapkan, teks, dasar)]

	if fakta.sk_berlaku is None:
		berlaku, teks = False, "Tanggal mulai berlaku SK belum tercatat."
	else:
		berlaku = periksa_tanggal(fakta.sk_berlaku, "Tanggal berlaku SK") <= kejadian.date()
		kata = "berlaku" if berlaku else "baru berlaku"
		teks = f"SK {kata} mulai {tanggal_indonesia(fakta.sk_berlaku)}."
	alasan.append(Alasan("SK_BERLAKU", berlaku, teks, dasar))

	if fakta.sk_dicabut_pada is not None:
		masih = periksa_waktu(fakta.sk_dicabut_pada, "Waktu pencabutan SK") > kejadian
		urutan = "sesudah" if masih else "sebelum"
		teks = f"SK tidak berlaku lagi sejak {waktu_indonesia(fakta.sk_dicabut_pada)}, {urutan} kejadian."
		alasan.append(Alasan("SK_TIDAK_DICABUT", masih, teks, dasar))

	teks = "Nama " + ("disebut" if fakta.disebut_dalam_sk else "belum disebut") + " dalam SK."
	alasan.append(Alasan("DISEBUT_DALAM_SK", fakta.disebut_dalam_sk, teks, dasar))
	return alasan


def _masa_kegiatan(fakta: Fakta, hari: date, dasar: str) -> Alasan:
	mulai, selesai = fakta.kegiatan_mulai, fakta.kegiatan_selesai
	if mulai is None:
		return Alasan("MASA_KEGIATAN", False, "Tanggal mulai kegiatan belum tercatat.", dasar)
	if hari < mulai:
		teks = f"Kegiatan baru dimulai pada {tanggal_indonesia(mulai)}, sesudah kejadian."
		return Alasan("MASA_KEGIATAN", False, teks, dasar)
	if selesai is None or hari <= selesai:
		teks = f"Kegiatan sedang berjalan, dimulai pada {tanggal_indonesia(mulai)}."
		return Alasan("MASA_KEGIATAN", True, teks, dasar)
	teks = f"Kegiatan selesai pada {tanggal_indonesia(selesai)}"
	if fakta.berlaku_sampai is None or hari > fakta.berlaku_sampai:
		return Alasan("MASA_KEGIATAN", False, f"{teks}, sebelum kejadian.", dasar)
	teks += f"; masa pemeliharaan dilindungi sampai dengan {tanggal_indonesia(fakta.berlaku_sampai)}."
	return Alasan("MASA_KEGIATAN", True, teks, _DASAR_JAKON)


def _kehadiran(fakta: Fakta, dasar: str) -> list[Alasan]:
	"""Proof of presence, where there is any; away from the place of work the letter is asked for."""
	alasan = []
	if fakta.surat_tugas:
		teks = f"Ditugaskan pada hari itu dengan surat tugas {fakta.surat_tugas}."
		alasan.append(Alasan("SURAT_TUGAS", True, teks, dasar))
	elif fakta.di_luar_lokasi:
		teks = "Kejadian di luar lokasi kegiatan tanpa surat tugas pada hari itu."
		alasan.append(Alasan("SURAT_TUGAS", False, teks, dasar))
	if fakta.hadir is not None:
		keadaan = "hadir" if fakta.hadir else "tidak hadir"
		teks = f"Daftar hadir hari itu mencatat {keadaan}."
		alasan.append(Alasan("KEHADIRAN", fakta.hadir, teks, dasar))
	return alasan


def _usia(fakta: Fakta, usia: int) -> Alasan:
	if usia < fakta.usia_minimum:
		teks = f"Berusia {usia} tahun saat kejadian; peserta minimal {fakta.usia_minimum} tahun."
		return Alasan("USIA", False, teks, _DASAR_USIA)
	if usia > fakta.usia_konfirmasi:
		# No limit is known for construction cover, so there is no rule to quote, only a question to ask.
		teks = f"Berusia {usia} tahun saat kejadian. Mohon konfirmasi kepada BPJS."
		return Alasan("USIA", False, teks, "")
	return Alasan("USIA", True, f"Berusia {usia} tahun saat kejadian.", _DASAR_USIA)


def _periksa_masa(mulai: date | None, sampai: date | None, nama: str) -> None:
	for tanggal in (mulai, sampai):
		if tanggal is not None:
			periksa_tanggal(tanggal, nama)
	if mulai and sampai and mulai > sampai:
		raise AturanError(f"{nama} berakhir sebelum dimulai.")
