"""Which clocks of a claim run, which were kept, and what follows from one that was missed.

An accident at work is reported in two stages, each to BPJS, the first also to the labour inspectorate (Permenaker
1/2025): the first 2x24 hours after the accident, the second, which is the claim, 2x24 hours after the doctor's
statement. BPJS then pays within working days. A death that was no accident at work has no stages.
"""

from dataclasses import dataclass
from datetime import datetime, time

from kampung_bahagia.aturan.tanggal import WIB, periksa_waktu
from kampung_bahagia.aturan.tenggat import (
	batas_bayar_klaim,
	batas_kedaluwarsa,
	batas_tahap_dua,
	batas_tahap_satu,
	terlambat,
)

AKIBAT_TAHAP_SATU = (
	"Laporan Tahap I melewati 2×24 jam: manfaat menjadi kewajiban pemberi kerja dan penggantiannya dapat "
	"diminta setelah dilaporkan (Permenaker 1/2025 Pasal 8 ayat (2a) dan (2b))."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatasKlaim:
	"""The limits of the dated rule in force on the day of the accident: hours, working days, years."""

	jam_tahap_satu: int = 48
	jam_tahap_dua: int = 48
	hari_bayar_jkk: int = 7
	hari_bayar_jkm: int = 3
	tahun_kedaluwarsa: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class KeadaanKlaim:
	"""What happened when; all hours aware, None while it has not happened.

	`diajukan_pada`: the complete claim reached BPJS, which for an accident is stage two. `diputus_tolak`: BPJS refused,
	so no payment is awaited.
	"""

	is_jkk: bool
	kejadian: datetime
	tahap_satu_bpjs: datetime | None = None
	tahap_satu_pengawas: datetime | None = None
	keterangan_dokter: datetime | None = None
	tahap_dua: datetime | None = None
	diajukan: datetime | None = None
	dibayar: datetime | None = None
	diputus_tolak: bool = False


@dataclass(frozen=True, slots=True)
class Tenggat:
	"""One clock: `batas` and `selesai` are aware hours in WIB; `selesai` is None while it runs."""

	kode: str
	nama: str
	batas: datetime
	selesai: datetime | None
	dasar_hukum: str

	def lewat(self, sekarang: datetime) -> bool:
		"""Whether it was missed: done after its last moment, or not done and that moment is over."""
		return terlambat(self.batas, self.selesai or sekarang)


def tenggat_klaim(k: KeadaanKlaim, batas: BatasKlaim) -> tuple[Tenggat, ...]:
	"""The clocks that this claim has by now, in the order in which they come. Raises AturanError for naive hours."""
	semua = []
	if k.is_jkk:
		satu = batas_tahap_satu(k.kejadian, batas.jam_tahap_satu)
		dasar = "Permenaker 1/2025 Pasal 8"
		semua += [
			Tenggat("TAHAP_I_BPJS", "Laporan Tahap I ke BPJS", satu, k.tahap_satu_bpjs, dasar),
			Tenggat(
				"TAHAP_I_PENGAWAS",
				"Laporan Tahap I ke pengawas ketenagakerjaan",
				satu,
				k.tahap_satu_pengawas,
				dasar,
			),
		]
		if k.keterangan_dokter:
			dua = batas_tahap_dua(k.keterangan_dokter, batas.jam_tahap_dua)
			selesai = k.tahap_dua or k.diajukan
			semua.append(
				Tenggat("TAHAP_II", "Laporan Tahap II ke BPJS", dua, selesai, "Permenaker 1/2025 Pasal 19")
			)
	if k.diajukan and not k.diputus_tolak:
		hari = periksa_waktu(k.diajukan, "Waktu pengajuan").date()
		bayar = batas_bayar_klaim(hari, batas.hari_bayar_jkk if k.is_jkk else batas.hari_bayar_jkm)
		akhir = datetime.combine(bayar, time.max, WIB).replace(microsecond=0)
		dasar = "PP 44/2015" if k.is_jkk else "Permenaker 44/2015 Pasal 19"
		semua.append(Tenggat("PEMBAYARAN", "Pembayaran oleh BPJS", akhir, k.dibayar, dasar))
	akhir = batas_kedaluwarsa(k.kejadian, batas.tahun_kedaluwarsa)
	semua.append(Tenggat("KEDALUWARSA", "Kedaluwarsa klaim", akhir, k.diajukan, "PP 82/2019"))
	return tuple(semua)


def yang_berjalan(semua: tuple[Tenggat, ...]) -> Tenggat | None:
	"""The clock that ends first among those that are not done; None when all are."""
	return min((t for t in semua if t.selesai is None), key=lambda t: t.batas, default=None)
