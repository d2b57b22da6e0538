"""The stories of the demonstration: how far each activity has come, and what was decided on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe

from kampung_bahagia.setup.demo.langkah import Perjalanan
from kampung_bahagia.setup.demo.penduduk import LABEL, Rukun

# in the order of the work; a story goes through all of them up to the one it names
LANGKAH = (
	"musyawarah",
	"ajukan_musyawarah",
	"teruskan_musyawarah",
	"sahkan_musyawarah",
	"kegiatan",
	"ajukan",
	"verifikasi",
	"setujui",
	"siapkan_pendaftaran",
	"kirim",
	"tagih",
	"lunasi",
	"sertifikatkan",
	"susun_sk",
	"tetapkan_sk",
	"unggah_sk",
	"mulai",
	"serah_terimakan",
	"susun_lpj",
	"ajukan_lpj",
	"periksa_lpj",
	"terima_lpj",
	"selesaikan",
)
LANGKAH_KLAIM = (
	"laporkan",
	"lengkapi",
	"verifikasi_lurah",
	"verifikasi_dpmppa",
	"ajukan_ke_bpjs",
	"setujui_klaim",
	"bayar",
	"tutup",
)


@dataclass(frozen=True)
class KisahKlaim:
	"""A claim that comes as far as `sampai`. `jam` is how many hours ago it happened (0: just now)."""

	sampai: str
	kronologi: str
	jenis: str = "JKK Perawatan"
	jam: int = 0
	lalu: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kisah:
	"""`nilai` in rupiah; `lalu` are steps off the straight way, after `sampai`.

	`mulai` is the planned start in days from today (None: as the steps ask), `swadaya` what the residents give and
	`tambahan` what an addendum adds, in rupiah.
	"""

	rt: int
	judul: str
	kategori: str
	nilai: int
	sampai: str
	lalu: tuple[str, ...] = ()
	klaim: tuple[KisahKlaim, ...] = field(default=())
	konstruksi: bool = True
	sepi: bool = False  # too few came to the musyawarah
	seri: bool = False  # two usulan received as many votes
	mulai: int | None = None
	swadaya: int = 0
	tambahan: int = 0
	peserta: bool = True  # False: nobody works there whom an SK would name

	@property
	def label(self) -> str:
		return f"{LABEL} {KISAH.index(self) + 1:02}."


INFRA, SANITASI, SAMPAH, AMAN = (
	"Infrastruktur Lingkungan",
	"Sanitasi",
	"Persampahan",
	"Kebersihan dan Keamanan",
)

KISAH: tuple[Kisah, ...] = (
	# the RT and the kelurahan of the printed accounts: something waits at every desk
	Kisah(
		0,
		"Normalisasi drainase Gang Melati",
		SANITASI,
		24_500_000,
		"mulai",
		lalu=("laporkan_kemajuan",),
		klaim=(
			KisahKlaim("lengkapi", "Kaki tertimpa batu belah saat menurunkan bahan dari gerobak."),
			KisahKlaim("ajukan_ke_bpjs", "Tangan terjepit cetakan beton saat memasang tutup saluran."),
		),
	),
	Kisah(0, "Perbaikan jembatan kecil Lorong Damai", INFRA, 18_000_000, "unggah_sk"),
	Kisah(0, "Pos keamanan lingkungan", AMAN, 14_750_000, "setujui"),
	Kisah(0, "Bak sampah terpilah", SAMPAH, 9_600_000, "ajukan"),
	Kisah(0, "Sumur resapan", SANITASI, 12_000_000, "kegiatan"),
	Kisah(0, "Pagar taman bermain", INFRA, 8_500_000, "ajukan_musyawarah"),
	Kisah(63, "Semenisasi Lorong Mawar", INFRA, 70_000_000, "tagih"),
	Kisah(63, "Penerangan jalan lingkungan", INFRA, 28_000_000, "teruskan_musyawarah"),
	# dear ones, on both sides of the first slice of the tariff
	Kisah(1, "Drainase dan jalan setapak", INFRA, 96_500_000, "sertifikatkan"),
	Kisah(
		2,
		"Rabat beton jalan lingkungan",
		INFRA,
		100_000_000,
		"selesaikan",
		klaim=(KisahKlaim("tutup", "Jatuh dari dudukan saat meratakan cor, pergelangan kaki terkilir."),),
	),
	Kisah(
		3,
		"Talud penahan tanah tepi sungai",
		INFRA,
		120_000_000,
		"mulai",
		klaim=(
			KisahKlaim("bayar", "Terpeleset di lereng saat mengangkat batu, lutut cedera."),
			KisahKlaim(
				"tutup", "Tertimpa longsoran kecil dan meninggal di rumah sakit.", jenis="JKK Meninggal"
			),
		),
	),
	Kisah(
		4,
		"Gorong-gorong Simpang Masjid",
		SANITASI,
		98_000_000,
		"serah_terimakan",
		klaim=(KisahKlaim("setujui_klaim", "Jari tergores besi tulangan saat merakit."),),
	),
	Kisah(
		5,
		"Jalan lingkungan paving blok",
		INFRA,
		89_750_000,
		"mulai",
		klaim=(
			KisahKlaim("verifikasi_dpmppa", "Punggung terkilir saat mengangkat paving."),
			KisahKlaim("verifikasi_lurah", "Mata terkena percikan semen."),
			KisahKlaim(
				"ajukan_ke_bpjs", "Kejadian malam sebelum pekerjaan dimulai.", jam=30, lalu=("tolak_klaim",)
			),
		),
	),
	Kisah(
		6,
		"Saluran air bersih",
		SANITASI,
		75_000_000,
		"mulai",
		klaim=(
			KisahKlaim("laporkan", "Terjatuh sewaktu survei lokasi pekan lalu.", jam=150),
			KisahKlaim("laporkan", "Sakit mendadak di rumah dan meninggal.", jenis="JKM"),
			KisahKlaim("lengkapi", "Kaki tertusuk paku papan cetakan.", lalu=("kembalikan_klaim",)),
		),
	),
	# the registration in each of its states
	Kisah(7, "Tempat pembuangan sampah sementara", SAMPAH, 82_000_000, "siapkan_pendaftaran"),
	Kisah(8, "Drainase Jalan Cempaka", SANITASI, 91_200_000, "kirim"),
	Kisah(9, "MCK komunal", SANITASI, 99_000_000, "lunasi"),
	Kisah(10, "Jalan usaha tani", INFRA, 88_000_000, "kirim", lalu=("tolak_pendaftaran",)),
	Kisah(11, "Pelebaran jalan gang", INFRA, 79_300_000, "kirim", lalu=("tolak_pendaftaran", "perbaiki")),
	Kisah(12, "Balai pertemuan warga", INFRA, 97_000_000, "tagih"),
	# the decree in each of its states
	Kisah(
		13,
		"Sumur bor umum",
		SANITASI,
		76_500_000,
		"susun_sk",
		klaim=(KisahKlaim("lengkapi", "Terpeleset saat membersihkan lokasi, sebelum SK ditetapkan."),),
	),
	Kisah(14, "Jembatan beton Parit Tengah", INFRA, 99_900_000, "tetapkan_sk"),
	Kisah(15, "Tanggul pengendali banjir", INFRA, 94_000_000, "unggah_sk", lalu=("cabut_sk",)),
	Kisah(
		16,
		"Jalan setapak Lorong Kenanga",
		INFRA,
		83_400_000,
		"unggah_sk",
		lalu=("ganti_sk", "susun_sk", "tetapkan_sk", "unggah_sk", "mulai"),
	),
	# the activity and the musyawarah in the states that are left
	Kisah(17, "Gapura dan papan nama", INFRA, 71_000_000, "ajukan", lalu=("kembalikan",)),
	Kisah(18, "Lapangan serbaguna", INFRA, 99_000_000, "verifikasi", lalu=("tolak",)),
	Kisah(19, "Turap parit", SANITASI, 86_000_000, "mulai", lalu=("hentikan",)),
	Kisah(20, "Pembetonan Lorong Anggrek", INFRA, 93_250_000, "verifikasi"),
	Kisah(21, "Kamera pengawas lingkungan", AMAN, 72_000_000, "setujui", konstruksi=False),
	Kisah(22, "Pelatihan kader posyandu", "Kesehatan", 74_000_000, "ajukan", konstruksi=False),
	Kisah(
		23,
		"Drainase Jalan Pattimura Dalam",
		SANITASI,
		95_000_000,
		"teruskan_musyawarah",
		lalu=("kembalikan_musyawarah",),
	),
	Kisah(24, "Rumah baca", "Pendidikan", 73_000_000, "musyawarah", lalu=("batalkan_musyawarah",)),
	Kisah(25, "Taman toga", "Kesehatan", 50_000_000, "musyawarah"),
	Kisah(34, "Bak penampung air hujan", SANITASI, 50_000_000, "mulai"),
	Kisah(35, "Bank sampah", SAMPAH, 48_000_000, "sahkan_musyawarah"),
	Kisah(36, "Jalan titian kayu ulin", INFRA, 50_000_000, "kegiatan"),
	Kisah(
		25,
		"Lampu jalan tenaga surya",
		INFRA,
		45_000_000,
		"musyawarah",
		lalu=("tunda_musyawarah", "undang_ulang"),
		sepi=True,
	),
	# a plan from a ranking with a tie, progress with its photograph, and a change on the way to the account
	Kisah(35, "Gerobak sampah", SAMPAH, 15_000_000, "sahkan_musyawarah", lalu=("susun_renja",), seri=True),
	# in an RT with nothing spent: a demonstration from before the ceiling has more than that in the first one
	Kisah(25, "Tempat cuci tangan umum", SANITASI, 6_500_000, "mulai", lalu=("laporkan_kemajuan",)),
	Kisah(
		24,
		"Drainase lorong sekolah",
		SANITASI,
		40_000_000,
		"mulai",
		lalu=(
			"laporkan_kemajuan",
			"susun_adendum",
			"ajukan_adendum",
			"setujui_adendum",
			"serah_terimakan",
			"susun_lpj",
			"ajukan_lpj",
			"periksa_lpj",
			"terima_lpj",
			"selesaikan",
		),
	),
	# behind its plan, with a change that waits for the lurah; beside it the same work once more
	Kisah(
		63,
		"Perbaikan saluran Lorong Melur",
		SANITASI,
		8_000_000,
		"mulai",
		lalu=("laporkan_kemajuan", "susun_adendum", "ajukan_adendum"),
		mulai=-16,
		tambahan=1_000_000,
	),
	Kisah(63, "Perbaikan saluran di Lorong Melur", SANITASI, 7_000_000, "ajukan", mulai=3),
	# one work in two parts, each within the first slice
	Kisah(
		23,
		"Drainase Jalan Pattimura Dalam sisi timur",
		SANITASI,
		52_000_000,
		"verifikasi",
		mulai=10,
		swadaya=3_000_000,
	),
	Kisah(
		23, "Tutup beton dan saluran sisi barat", SANITASI, 52_000_000, "ajukan", mulai=12, swadaya=3_000_000
	),
	# accounts that wait for the lurah and, of work that was stopped, for DPMPPA
	Kisah(
		63,
		"Pelatihan memilah sampah",
		SAMPAH,
		4_000_000,
		"setujui",
		lalu=("mulai", "serah_terimakan", "susun_lpj", "ajukan_lpj"),
		konstruksi=False,
		peserta=False,
	),
	Kisah(
		25,
		"Pelatihan kader jumantik",
		"Kesehatan",
		5_000_000,
		"setujui",
		lalu=("mulai", "hentikan", "susun_lpj", "ajukan_lpj", "periksa_lpj"),
		konstruksi=False,
		swadaya=500_000,
		peserta=False,
	),
	# the Pokja elected, five years planned, and next year's plan before the lurah
	Kisah(
		63,
		"Jalan setapak tepi sungai",
		INFRA,
		60_000_000,
		"sahkan_musyawarah",
		lalu=("nyatakan_siap", "susun_renja_lima_tahunan", "ajukan_renja_tahun_depan"),
	),
	# a meeting that is held now: residents sign in on their phones
	Kisah(0, "Jadwal ronda bergilir", AMAN, 3_000_000, "musyawarah", lalu=("catat_hadir_qr",), sepi=True),
	# somebody stopped and another came in: BPJS waits to hear of it
	Kisah(25, "Rak sampah di lorong", SAMPAH, 5_500_000, "mulai", lalu=("ubah_sk",)),
	# a decree that is signed electronically, and who works on which days
	Kisah(
		36,
		"Pipa air bersih lorong atas",
		SANITASI,
		9_000_000,
		"sertifikatkan",
		lalu=("tandatangani_sk", "mulai", "tugaskan"),
	),
	# a premium in two parts, and a registration that was called off
	Kisah(37, "Talang air lorong tengah", SANITASI, 6_000_000, "tagih", lalu=("angsur",)),
	Kisah(
		37,
		"Portal lingkungan",
		INFRA,
		5_000_000,
		"siapkan_pendaftaran",
		lalu=("hentikan", "batalkan_pendaftaran"),
		peserta=False,
	),
	# an accident whose first report runs out tonight, and a report that was withdrawn
	Kisah(
		38,
		"Penahan lereng lorong bawah",
		INFRA,
		8_000_000,
		"mulai",
		klaim=(
			KisahKlaim("laporkan", "Tertimpa papan cetakan, bahu memar.", jam=40),
			KisahKlaim("laporkan", "Dikira cedera, ternyata hanya lelah.", lalu=("tarik_klaim",)),
		),
	),
	# what families and hospitals told without an account: waiting, taken over, refused
	Kisah(0, "Papan informasi lingkungan", INFRA, 2_500_000, "musyawarah", lalu=("beritahukan",)),
	Kisah(
		38,
		"Saluran lorong atas",
		SANITASI,
		5_000_000,
		"mulai",
		lalu=("beritahukan", "ambil_alih_pemberitahuan"),
	),
	Kisah(
		37,
		"Bangku taman lorong",
		INFRA,
		2_000_000,
		"musyawarah",
		lalu=("beritahukan", "tolak_pemberitahuan"),
	),
)


def sudah(kisah: Kisah) -> bool:
	"""A story is one transaction, so its musyawarah is there with all that followed, or nothing is."""
	return bool(frappe.db.exists("Musyawarah", {"catatan": kisah.label}))


def jalankan(kisah: Kisah, rt: Rukun) -> None:
	jalan = Perjalanan(kisah, rt)
	for langkah in (*_sampai(LANGKAH, kisah.sampai), *kisah.lalu):
		if langkah == "serah_terimakan":
			_jalankan_klaim(jalan, kisah)  # people have accidents while the work goes on
		getattr(jalan, langkah)()
	_jalankan_klaim(jalan, kisah)


def _jalankan_klaim(jalan: Perjalanan, kisah: Kisah) -> None:
	while len(jalan.klaim) < len(kisah.klaim):
		satu = kisah.klaim[len(jalan.klaim)]
		for langkah in (*_sampai(LANGKAH_KLAIM, satu.sampai), *satu.lalu):
			getattr(jalan, langkah)(satu)


def _sampai(langkah: tuple[str, ...], akhir: str) -> tuple[str, ...]:
	return langkah[: langkah.index(akhir) + 1]
