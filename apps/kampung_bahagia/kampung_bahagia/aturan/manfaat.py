"""What a claim may bring, as an estimate with its working; the decision is BPJS's.

Amounts and factors come from a dated record (PP 44/2015 jo. PP 82/2019): death by any cause (JKM) is santunan, berkala
and funeral; an accident (JKK) is treatment, transport, wages while unable to work (STMB), disability, or at death a
multiple of the wage that is never less than the JKM santunan, so that JKK death is never below JKM.

All amounts are rupiah, all rates percent. A month counts as many days as the record says, the same number by which a
daily wage is multiplied (practice of construction cover). Each line is rounded once, half up, to whole rupiah.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Literal

from kampung_bahagia.aturan.bilangan import format_rupiah, periksa_rupiah, terbilang_rupiah
from kampung_bahagia.aturan.galat import AturanError

JenisKlaim = Literal["JKK Perawatan", "JKK Meninggal", "JKM"]
JENIS: tuple[JenisKlaim, ...] = ("JKK Perawatan", "JKK Meninggal", "JKM")
ANGKUTAN = ("Darat/Sungai", "Laut", "Udara")
# by the first word of a line's code: what BPJS pays as one benefit
KELOMPOK = {
	"PERAWATAN": "Perawatan",
	"TRANSPORTASI": "Transportasi",
	"STMB": "Pengganti Upah (STMB)",
	"CACAT": "Santunan Cacat",
	"SANTUNAN": "Santunan Kematian",
	"BERKALA": "Santunan Berkala",
	"PEMAKAMAN": "Biaya Pemakaman",
	"BEASISWA": "Beasiswa",
}
SELURUH = "Seluruh Manfaat"  # one sum for all benefits
LABEL = "Perkiraan"

# Wide enough that no product of a wage and a rate is ever rounded, whatever context the caller runs in.
_TEPAT = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Jenjang:
	"""One level of schooling: rupiah a year, for so many years, for a child up to and including `sampai_usia`."""

	nama: str
	per_tahun: Decimal
	tahun: int
	sampai_usia: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ketentuan:
	"""The amounts of a dated record: rupiah, percent, months, days and numbers of monthly wages (`*_faktor`).

	`beasiswa_jkm_bulan` is how long premium must have been paid before JKM brings a scholarship;
	`beasiswa_jkm` says whether it does at all for this membership (not for construction projects).
	"""

	jkm_santunan: Decimal
	jkm_berkala: Decimal
	jkm_pemakaman: Decimal
	kematian_persen: Decimal
	kematian_faktor: int
	cacat_sebagian_faktor: int
	cacat_total_persen: Decimal
	cacat_total_faktor: int
	stmb_bulan_awal: int
	stmb_persen_awal: Decimal
	stmb_persen_lanjut: Decimal
	transportasi_darat: Decimal
	transportasi_laut: Decimal
	transportasi_udara: Decimal
	hari_per_bulan: int
	beasiswa_jkk: bool
	beasiswa_jkm: bool
	beasiswa_jkm_bulan: int
	beasiswa_anak: int
	jenjang: tuple[Jenjang, ...]
	dasar_hukum: str

	def batas_transportasi(self) -> dict[str, Decimal]:
		return dict(
			zip(
				ANGKUTAN,
				(self.transportasi_darat, self.transportasi_laut, self.transportasi_udara),
				strict=True,
			)
		)


@dataclass(frozen=True, slots=True)
class Anak:
	"""A child: completed years, and the level it attends; None takes the level of its age."""

	usia: int
	jenjang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaktaManfaat:
	"""What is known of an accident or a death. None means not known.

	`upah_harian` and `upah_bulanan` are what was agreed, `upah_minimum` the minimum wage of the place and year.
	`hari_tidak_bekerja` counts from the accident. `cacat_persen` is the share by the table of disabilities,
	`cacat_total` that the person can do no work any more. `transportasi` is rupiah spent by `ANGKUTAN`.
	`masa_iuran_bulan` is how long premium was paid.
	"""

	upah_harian: Decimal | None = None
	upah_bulanan: Decimal | None = None
	upah_minimum: Decimal | None = None
	hari_tidak_bekerja: int | None = None
	cacat_persen: Decimal | None = None
	cacat_total: bool = False
	biaya_perawatan: Decimal | None = None
	transportasi: Mapping[str, Decimal] = field(default_factory=dict)
	anak: tuple[Anak, ...] = ()
	masa_iuran_bulan: int | None = None


@dataclass(frozen=True, slots=True)
class DasarUpah:
	"""The monthly wage that is reckoned with, None when nothing is known of it, and where it comes from."""

	sebulan: Decimal | None
	uraian: str
	asumsi: bool


@dataclass(frozen=True, slots=True)
class Baris:
	"""One benefit; `perhitungan` is its working in words, shares and wages as they are multiplied."""

	kode: str
	uraian: str
	perhitungan: str
	jumlah: Decimal
	dasar_hukum: str

	@property
	def kelompok(self) -> str:
		return KELOMPOK[self.kode.split("_")[0]]


@dataclass(frozen=True, slots=True)
class Selisih:
	"""One benefit as it was estimated and as it was paid, rupiah; `selisih` is paid less estimated.

	None where it cannot be told: the benefit was not estimated, or a sum was paid for all benefits at once.
	"""

	manfaat: str
	perkiraan: Decimal
	dibayar: Decimal
	selisih: Decimal | None


@dataclass(frozen=True, slots=True)
class PerkiraanManfaat:
	"""The estimate: its lines and their sum in whole rupiah. `catatan` says what was assumed and what is left out.

	`label` goes with every showing of it.
	"""

	jenis: JenisKlaim
	upah: DasarUpah
	baris: tuple[Baris, ...]
	total: Decimal
	terbilang: str
	catatan: tuple[str, ...]
	label: str = field(default=LABEL, init=False)


def periksa_ketentuan(k: Ketentuan) -> Ketentuan:
	"""Return the record when it can be reckoned with; AturanError names the part that cannot be right."""
	for nama, nilai in (
		("Santunan JKM", k.jkm_santunan),
		("Santunan berkala", k.jkm_berkala),
		("Biaya pemakaman", k.jkm_pemakaman),
		*((f"Batas transportasi {angkutan}", batas) for angkutan, batas in k.batas_transportasi().items()),
	):
		_rupiah_bulat_wajib(nilai, nama)
	for nama, persen in (
		("kematian JKK", k.kematian_persen),
		("cacat total", k.cacat_total_persen),
		("STMB awal", k.stmb_persen_awal),
		("STMB lanjutan", k.stmb_persen_lanjut),
	):
		_periksa_persen(persen, f"Persen {nama}")
	for nama, angka in (
		("Faktor kematian JKK", k.kematian_faktor),
		("Faktor cacat sebagian", k.cacat_sebagian_faktor),
		("Faktor cacat total", k.cacat_total_faktor),
		("Bulan STMB awal", k.stmb_bulan_awal),
		("Hari per bulan", k.hari_per_bulan),
	):
		if angka < 1:
			raise AturanError(f"{nama} paling sedikit 1.")
	if k.beasiswa_anak < 0 or k.beasiswa_jkm_bulan < 0:
		raise AturanError("Jumlah anak dan masa iuran untuk beasiswa tidak boleh kurang dari nol.")
	_periksa_jenjang(k)
	return k


def _periksa_jenjang(k: Ketentuan) -> None:
	if (k.beasiswa_jkk or k.beasiswa_jkm) and not k.jenjang:
		raise AturanError("Isi jenjang beasiswa, atau kosongkan tanda bahwa beasiswa berlaku.")
	usia = -1
	nama_nama: set[str] = set()
	for nomor, satu in enumerate(k.jenjang, start=1):
		_rupiah_bulat_wajib(satu.per_tahun, f"Beasiswa jenjang {nomor}")
		if satu.tahun < 1:
			raise AturanError(f"Lama jenjang {nomor} paling sedikit 1 tahun.")
		if satu.sampai_usia <= usia:
			raise AturanError(f"Usia jenjang {nomor} harus di atas usia jenjang sebelumnya.")
		if satu.nama in nama_nama:
			raise AturanError(f"Jenjang {satu.nama} tertulis dua kali.")
		usia = satu.sampai_usia
		nama_nama.add(satu.nama)


def dasar_upah(fakta: FaktaManfaat, ketentuan: Ketentuan) -> DasarUpah:
	"""The monthly wage to reckon with: the daily one times the days of a month, else the monthly one, else the minimum.

	Raises AturanError for wages that cannot be right.
	"""
	for nama, upah in (
		("Upah harian", fakta.upah_harian),
		("Upah bulanan", fakta.upah_bulanan),
		("Upah minimum", fakta.upah_minimum),
	):
		if upah is not None:
			periksa_rupiah(upah, nama)
	# a wage of zero is one that nobody filled in
	if fakta.upah_harian:
		with localcontext(_TEPAT):
			sebulan = _bulatkan(fakta.upah_harian * ketentuan.hari_per_bulan)
			uraian = f"Upah harian {format_rupiah(fakta.upah_harian)} × {ketentuan.hari_per_bulan} hari"
		return DasarUpah(sebulan, uraian, asumsi=False)
	if fakta.upah_bulanan:
		return DasarUpah(fakta.upah_bulanan, "Upah sebulan", asumsi=False)
	if fakta.upah_minimum:
		return DasarUpah(fakta.upah_minimum, "Upah minimum", asumsi=True)
	return DasarUpah(None, "Upah belum diketahui", asumsi=True)


def perkirakan(jenis: JenisKlaim, fakta: FaktaManfaat, ketentuan: Ketentuan) -> PerkiraanManfaat:
	"""Estimate what a claim of this kind may bring. Raises AturanError for facts that cannot be right."""
	if jenis not in JENIS:
		raise AturanError(f"Jenis klaim {jenis} tidak dikenal.")
	k = periksa_ketentuan(ketentuan)
	_periksa_fakta(fakta, k)
	upah = dasar_upah(fakta, k)
	baris: list[Baris] = []
	catatan: list[str] = []
	with localcontext(_TEPAT):
		if jenis == "JKM":
			_tambah(baris, k, "SANTUNAN", "Santunan kematian", "Jumlah tetap", k.jkm_santunan)
		else:
			_catat_upah(catatan, upah)
			_perawatan(baris, catatan, fakta, k)
			_transportasi(baris, catatan, fakta, k)
			_stmb(baris, catatan, fakta, k, upah.sebulan)
			if jenis == "JKK Meninggal":
				_kematian_jkk(baris, k, upah.sebulan)
			else:
				_cacat(baris, catatan, fakta, k, upah.sebulan)
		if jenis != "JKK Perawatan":
			_tambah(baris, k, "BERKALA", "Santunan berkala, dibayar sekaligus", "Jumlah tetap", k.jkm_berkala)
			_tambah(baris, k, "PEMAKAMAN", "Biaya pemakaman", "Jumlah tetap", k.jkm_pemakaman)
		_beasiswa(baris, catatan, jenis, fakta, k)
		total = sum((satu.jumlah for satu in baris), Decimal(0))
	catatan.append("Jumlah akhir ditetapkan oleh BPJS Ketenagakerjaan.")
	return PerkiraanManfaat(jenis, upah, tuple(baris), total, terbilang_rupiah(total), tuple(catatan))


def _periksa_fakta(fakta: FaktaManfaat, k: Ketentuan) -> None:
	if fakta.hari_tidak_bekerja is not None and fakta.hari_tidak_bekerja < 0:
		raise AturanError("Jumlah hari tidak dapat bekerja tidak boleh kurang dari nol.")
	if fakta.cacat_persen is not None:
		_periksa_persen(fakta.cacat_persen, "Persen cacat")
	if fakta.cacat_total and fakta.cacat_persen:
		raise AturanError("Pilih cacat sebagian atau cacat total tetap, tidak keduanya.")
	if fakta.biaya_perawatan is not None:
		periksa_rupiah(fakta.biaya_perawatan, "Biaya perawatan")
	for angkutan, biaya in fakta.transportasi.items():
		if angkutan not in ANGKUTAN:
			raise AturanError(f"Angkutan {angkutan} tidak dikenal. Pilih {', '.join(ANGKUTAN)}.")
		periksa_rupiah(biaya, f"Biaya transportasi {angkutan}")
	dikenal = {j.nama for j in k.jenjang}
	for anak in fakta.anak:
		if anak.usia < 0:
			raise AturanError("Usia anak tidak boleh kurang dari nol.")
		if anak.jenjang is not None and anak.jenjang not in dikenal:
			raise AturanError(f"Jenjang pendidikan {anak.jenjang} tidak dikenal.")


def _catat_upah(catatan: list[str], upah: DasarUpah) -> None:
	if upah.sebulan is None:
		catatan.append("Upah dan upah minimum belum diketahui; manfaat dari upah belum dapat dihitung.")
	elif upah.asumsi:
		catatan.append(f"Upah belum diketahui; dihitung dengan upah minimum {format_rupiah(upah.sebulan)}.")


def _perawatan(baris: list[Baris], catatan: list[str], fakta: FaktaManfaat, k: Ketentuan) -> None:
	if fakta.biaya_perawatan:
		jumlah = _bulatkan(fakta.biaya_perawatan)
		_tambah(
			baris,
			k,
			"PERAWATAN",
			"Pengobatan dan perawatan",
			"Biaya menurut kebutuhan medis, tanpa batas",
			jumlah,
		)
	else:
		catatan.append(
			"Perawatan ditanggung menurut kebutuhan medis tanpa batas biaya; biayanya belum tercatat."
		)
	catatan.append(
		"Rehabilitasi, alat bantu, dan penggantian lain menurut kebutuhan medis belum termasuk perkiraan."
	)


def _transportasi(baris: list[Baris], catatan: list[str], fakta: FaktaManfaat, k: Ketentuan) -> None:
	for angkutan, batas in k.batas_transportasi().items():
		biaya = fakta.transportasi.get(angkutan)
		if not biaya:
			continue
		hitungan = f"Biaya {format_rupiah(biaya)}, paling banyak {format_rupiah(batas)}"
		jumlah = min(_bulatkan(biaya), batas)
		_tambah(baris, k, f"TRANSPORTASI_{angkutan[0]}", f"Transportasi {angkutan.lower()}", hitungan, jumlah)
	if not any(fakta.transportasi.values()):
		catatan.append("Biaya transportasi belum tercatat; diganti sampai batasnya dengan bukti.")


def _stmb(
	baris: list[Baris], catatan: list[str], fakta: FaktaManfaat, k: Ketentuan, upah: Decimal | None
) -> None:
	if fakta.hari_tidak_bekerja is None:
		catatan.append("Lama tidak dapat bekerja belum diketahui; pengganti upah (STMB) belum dihitung.")
	if not fakta.hari_tidak_bekerja or upah is None:
		return
	awal = min(fakta.hari_tidak_bekerja, k.stmb_bulan_awal * k.hari_per_bulan)
	lanjut = fakta.hari_tidak_bekerja - awal
	for kode, hari, persen, kapan in (
		("STMB_AWAL", awal, k.stmb_persen_awal, f"{k.stmb_bulan_awal} bulan pertama"),
		("STMB_LANJUT", lanjut, k.stmb_persen_lanjut, f"sesudah {k.stmb_bulan_awal} bulan"),
	):
		if hari:
			hitungan = f"{hari} hari ÷ {k.hari_per_bulan} × {_persen(persen)} × {format_rupiah(upah)}"
			jumlah = _bulatkan(upah * persen.scaleb(-2) * hari / k.hari_per_bulan)
			_tambah(baris, k, kode, f"Pengganti upah (STMB) {kapan}", hitungan, jumlah)


def _kematian_jkk(baris: list[Baris], k: Ketentuan, upah: Decimal | None) -> None:
	dari_upah = _bulatkan((upah or Decimal(0)) * k.kematian_persen.scaleb(-2) * k.kematian_faktor)
	rendah = f"santunan JKM {format_rupiah(k.jkm_santunan)}"
	if upah is None:
		hitungan = f"Paling sedikit {rendah}"
	else:
		hitungan = f"{_persen(k.kematian_persen)} × {k.kematian_faktor} × {format_rupiah(upah)}"
		if dari_upah < k.jkm_santunan:
			hitungan += f" = {format_rupiah(dari_upah)}; paling sedikit {rendah}"
	jumlah = max(dari_upah, k.jkm_santunan)
	_tambah(baris, k, "SANTUNAN", "Santunan kematian akibat kecelakaan kerja", hitungan, jumlah)


def _cacat(
	baris: list[Baris], catatan: list[str], fakta: FaktaManfaat, k: Ketentuan, upah: Decimal | None
) -> None:
	if not fakta.cacat_total and fakta.cacat_persen is None:
		catatan.append("Cacat belum dinilai dokter; santunan cacat belum dihitung.")
	if fakta.cacat_total:
		if upah is not None:
			hitungan = f"{_persen(k.cacat_total_persen)} × {k.cacat_total_faktor} × {format_rupiah(upah)}"
			jumlah = _bulatkan(upah * k.cacat_total_persen.scaleb(-2) * k.cacat_total_faktor)
			_tambah(baris, k, "CACAT_TOTAL", "Santunan cacat total tetap", hitungan, jumlah)
		_tambah(baris, k, "BERKALA", "Santunan berkala, dibayar sekaligus", "Jumlah tetap", k.jkm_berkala)
	elif fakta.cacat_persen and upah is not None:
		hitungan = f"{_persen(fakta.cacat_persen)} × {k.cacat_sebagian_faktor} × {format_rupiah(upah)}"
		jumlah = _bulatkan(upah * fakta.cacat_persen.scaleb(-2) * k.cacat_sebagian_faktor)
		_tambah(baris, k, "CACAT_SEBAGIAN", "Santunan cacat sebagian", hitungan, jumlah)


def _beasiswa(
	baris: list[Baris], catatan: list[str], jenis: JenisKlaim, fakta: FaktaManfaat, k: Ketentuan
) -> None:
	"""Up to `beasiswa_anak` children, each from its level to the last one; those who would get most come first."""
	if jenis == "JKK Perawatan" and not fakta.cacat_total:
		return
	if jenis == "JKM":
		if not k.beasiswa_jkm:
			catatan.append("Beasiswa tidak termasuk JKM pada kepesertaan jasa konstruksi.")
			return
		if (fakta.masa_iuran_bulan or 0) < k.beasiswa_jkm_bulan:
			catatan.append(f"Beasiswa JKM memerlukan masa iuran paling sedikit {k.beasiswa_jkm_bulan} bulan.")
			return
	elif not k.beasiswa_jkk:
		return
	# `jenjang` ascends by age, and the years of a level are counted whole: whoever attends one gets at most that
	sisa = sorted(
		(rinci for anak in fakta.anak if (rinci := _sisa_jenjang(anak, k))), key=_nilai, reverse=True
	)
	for nomor, rinci in enumerate(sisa[: k.beasiswa_anak], start=1):
		hitungan = " + ".join(f"{j.nama} {j.tahun} × {format_rupiah(j.per_tahun)}" for j in rinci)
		_tambah(
			baris, k, f"BEASISWA_{nomor}", f"Beasiswa anak {nomor}, paling banyak", hitungan, _nilai(rinci)
		)
	if not fakta.anak:
		catatan.append(
			f"Beasiswa bagi paling banyak {k.beasiswa_anak} anak belum dihitung; catat anak dan usianya."
		)
	if len(sisa) > k.beasiswa_anak:
		catatan.append(f"Beasiswa hanya bagi {k.beasiswa_anak} anak.")
	if any(anak.jenjang is None for anak in fakta.anak):
		catatan.append("Jenjang pendidikan yang belum dicatat diperkirakan dari usia anak.")
	if sisa:
		batas = k.jenjang[-1].sampai_usia
		catatan.append(f"Beasiswa dibayar tiap tahun selama anak bersekolah, sampai usia {batas} tahun.")


def _sisa_jenjang(anak: Anak, k: Ketentuan) -> tuple[Jenjang, ...]:
	if anak.usia > k.jenjang[-1].sampai_usia:
		return ()
	if anak.jenjang is None:
		return tuple(j for j in k.jenjang if j.sampai_usia >= anak.usia)
	mulai = next(n for n, j in enumerate(k.jenjang) if j.nama == anak.jenjang)
	return k.jenjang[mulai:]


def _nilai(jenjang: Sequence[Jenjang]) -> Decimal:
	return sum((j.per_tahun * j.tahun for j in jenjang), Decimal(0))


def _tambah(
	baris: list[Baris], k: Ketentuan, kode: str, uraian: str, perhitungan: str, jumlah: Decimal
) -> None:
	baris.append(Baris(kode, uraian, perhitungan, jumlah, k.dasar_hukum))


def _rupiah_bulat_wajib(nilai: Decimal, nama: str) -> None:
	if periksa_rupiah(nilai, nama) != nilai.to_integral_value():
		raise AturanError(f"{nama} harus rupiah bulat.")


def _periksa_persen(persen: Decimal, nama: str) -> None:
	if not isinstance(persen, Decimal) or not persen.is_finite() or not 0 <= persen <= 100:
		raise AturanError(f"{nama} harus antara 0 dan 100.")


def _persen(persen: Decimal) -> str:
	return f"{persen.normalize():f}%".replace(".", ",")


def _bulatkan(nilai: Decimal) -> Decimal:
	return nilai.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def cocokkan(
	perkiraan: Sequence[tuple[str, Decimal]], pembayaran: Sequence[tuple[str, Decimal]]
) -> tuple[Selisih, ...]:
	"""Hold payments against the estimate: pairs of a benefit (of KELOMPOK, or SELURUH for a payment) and rupiah.

	A benefit may stand more than once. Benefits come in the order of KELOMPOK, those paid only among them; SELURUH next,
	and the sum of all last under the name "Jumlah". Raises AturanError for a benefit that is not known.
	"""
	urutan = (*KELOMPOK.values(), SELURUH)
	if asing := sorted({nama for nama, _ in (*perkiraan, *pembayaran)} - {*urutan}):
		raise AturanError(f"Manfaat {asing[0]} tidak dikenal. Pilih {', '.join(urutan)}.")

	def jumlah(semua: Sequence[tuple[str, Decimal]], manfaat: str) -> Decimal:
		return sum((nilai for nama, nilai in semua if nama == manfaat), Decimal(0))

	diperkirakan = {nama for nama, _ in perkiraan}
	dibayar = {nama for nama, _ in pembayaran}
	baris = []
	for nama in urutan:
		if nama in diperkirakan | dibayar:
			kira, bayar = jumlah(perkiraan, nama), jumlah(pembayaran, nama)
			terbanding = nama in diperkirakan and SELURUH not in dibayar
			baris.append(Selisih(nama, kira, bayar, bayar - kira if terbanding else None))
	kira, bayar = (sum((nilai for _, nilai in semua), Decimal(0)) for semua in (perkiraan, pembayaran))
	return (*baris, Selisih("Jumlah", kira, bayar, bayar - kira if perkiraan else None))
