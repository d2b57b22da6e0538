"""Who receives what a claim brings when the person died, and what each must bring.

The order of PP 44/2015 and Permenaker 44/2015: widow, widower and children; without them the blood line up and down
to the second degree; then brothers and sisters; then parents-in-law; then whom the will names. Without any, the
funeral cost goes to whoever arranged it and the rest to Dana Jaminan Sosial. The first rank in which somebody lives
takes all. Shares inside a rank are not in those texts as they are known here, so none are computed: the heirs agree
in writing on who receives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.identitas import umur
from kampung_bahagia.aturan.tanggal import periksa_tanggal

# (name of the rank, relations in it), nearest first
PERINGKAT: tuple[tuple[str, frozenset[str]], ...] = (
	("janda, duda, atau anak", frozenset({"Istri", "Suami", "Anak"})),
	(
		"keturunan sedarah ke atas dan ke bawah sampai derajat kedua",
		frozenset({"Orang Tua", "Kakek/Nenek", "Cucu"}),
	),
	("saudara kandung", frozenset({"Saudara Kandung"})),
	("mertua", frozenset({"Mertua"})),
	("pihak yang ditunjuk dalam wasiat", frozenset({"Penerima Wasiat"})),
)
PENGURUS = "Pengurus Pemakaman"
LAINNYA = "Lainnya"
HUBUNGAN = (
	*("Istri", "Suami", "Anak", "Orang Tua", "Kakek/Nenek", "Cucu"),
	*("Saudara Kandung", "Mertua", "Penerima Wasiat", PENGURUS, LAINNYA),
)

DASAR = "PP 44/2015 dan Permenaker 44/2015"
DEWASA = 18

KTP, AKTA_LAHIR, KK = "KTP Ahli Waris", "Akta Kelahiran Ahli Waris", "Kartu Keluarga"
BUKU_NIKAH, WASIAT = "Buku Nikah", "Surat Wasiat"
SURAT_WALI, KTP_WALI = "Surat Keterangan Wali", "KTP Wali"
BUKTI_PEMAKAMAN = "Bukti Biaya Pemakaman"
SURAT_KUASA = "Surat Kuasa Ahli Waris"


@dataclass(frozen=True, slots=True)
class Kerabat:
	"""A relative: `hubungan` is one of HUBUNGAN, seen from the person who died; `hidup` on the day of the death."""

	nama: str
	hubungan: str
	tanggal_lahir: date | None = None
	hidup: bool = True


@dataclass(frozen=True, slots=True)
class Berhak:
	"""One who receives: the papers to bring, and whether a guardian acts for them."""

	kerabat: Kerabat
	dokumen: tuple[str, ...]
	perlu_wali: bool


@dataclass(frozen=True, slots=True)
class TidakBerhak:
	kerabat: Kerabat
	sebab: str


@dataclass(frozen=True, slots=True)
class HasilAhliWaris:
	"""Who receives. `peringkat` counts from 1; None when nobody is entitled.

	`pengurus`: whoever arranged the funeral and is paid its cost, only when nobody is entitled.
	`perlu_kesepakatan`: several are entitled and agree in writing on one receiver.
	"""

	peringkat: int | None
	nama_peringkat: str
	berhak: tuple[Berhak, ...]
	tidak_berhak: tuple[TidakBerhak, ...]
	pengurus: tuple[Berhak, ...]
	perlu_kesepakatan: bool
	pembayaran: str
	catatan: tuple[str, ...]
	dasar_hukum: str = DASAR


def urutan(hubungan: str) -> int:
	"""The place of a relation in the order, counted from 1; one after the last for those that are in none."""
	return next(
		(n for n, (_, jenis) in enumerate(PERINGKAT, start=1) if hubungan in jenis), len(PERINGKAT) + 1
	)


def tentukan_ahli_waris(
	kerabat: Sequence[Kerabat], meninggal_pada: date, *, dewasa: int = DEWASA
) -> HasilAhliWaris:
	"""Rank the relatives by law; `dewasa` is the age from which one receives without a guardian.

	Age is taken on the day of the death. One without a birth date counts as of age, and a note says so.
	Raises AturanError for a relation that is not known and for a birth after the death of anyone but a child.
	"""
	periksa_tanggal(meninggal_pada, "Tanggal meninggal")
	for satu in kerabat:
		if satu.hubungan not in HUBUNGAN:
			raise AturanError(f"Hubungan {satu.hubungan} tidak dikenal. Pilih dari daftar.")
	nomor = next(
		(
			n
			for n, (_, jenis) in enumerate(PERINGKAT)
			if any(k.hidup and k.hubungan in jenis for k in kerabat)
		),
		None,
	)
	terpilih = PERINGKAT[nomor][1] if nomor is not None else frozenset()
	berhak = tuple(_berhak(k, meninggal_pada, dewasa) for k in kerabat if k.hidup and k.hubungan in terpilih)
	tidak = tuple(
		TidakBerhak(k, _sebab(k, nomor)) for k in kerabat if not (k.hidup and k.hubungan in terpilih)
	)
	pengurus: tuple[Berhak, ...] = ()
	if nomor is None:
		pengurus = tuple(
			Berhak(k, ("KTP Pengurus Pemakaman", BUKTI_PEMAKAMAN), perlu_wali=False)
			for k in kerabat
			if k.hidup and k.hubungan == PENGURUS
		)
	return HasilAhliWaris(
		peringkat=None if nomor is None else nomor + 1,
		nama_peringkat="" if nomor is None else PERINGKAT[nomor][0],
		berhak=berhak,
		tidak_berhak=tidak,
		pengurus=pengurus,
		perlu_kesepakatan=len(berhak) > 1,
		pembayaran=_pembayaran(berhak, pengurus),
		catatan=_catatan(berhak, pengurus),
	)


def _berhak(k: Kerabat, pada: date, dewasa: int) -> Berhak:
	# a child born after the death inherits and needs a guardian as any child does
	anak_kecil = k.tanggal_lahir is not None and (
		(k.hubungan == "Anak" and k.tanggal_lahir > pada) or umur(k.tanggal_lahir, pada) < dewasa
	)
	dokumen = [AKTA_LAHIR, KK, SURAT_WALI, KTP_WALI] if anak_kecil else [KTP, KK]
	if k.hubungan in ("Istri", "Suami"):
		dokumen.append(BUKU_NIKAH)
	elif k.hubungan == "Penerima Wasiat":
		dokumen.append(WASIAT)
	return Berhak(k, tuple(dokumen), anak_kecil)


def _sebab(k: Kerabat, nomor: int | None) -> str:
	if not k.hidup:
		return f"{k.nama} sudah meninggal."
	if k.hubungan == PENGURUS:
		if nomor is None:
			return f"{k.nama} bukan ahli waris; hanya menerima biaya pemakaman karena mengurusnya."
		return f"{k.nama} bukan ahli waris; biaya pemakaman dibayarkan kepada ahli waris."
	if k.hubungan == LAINNYA or nomor is None:
		return f"{k.nama} tidak termasuk ahli waris menurut peraturan."
	return f"{k.nama} tidak berhak karena masih ada {PERINGKAT[nomor][0]}."


def _pembayaran(berhak: tuple[Berhak, ...], pengurus: tuple[Berhak, ...]) -> str:
	if len(berhak) > 1:
		return (
			"Semua ahli waris pada urutan ini berhak bersama. Bagian masing-masing tidak dihitung di sini; "
			"mereka sepakat tertulis siapa yang menerima, lalu BPJS memastikan."
		)
	if berhak:
		return f"Dibayarkan ke rekening {berhak[0].kerabat.nama}" + (
			" melalui walinya." if berhak[0].perlu_wali else "."
		)
	tujuan = "Santunan dikembalikan ke Dana Jaminan Sosial"
	if pengurus:
		return f"{tujuan}; biaya pemakaman dibayarkan kepada {', '.join(p.kerabat.nama for p in pengurus)}."
	return f"{tujuan}; biaya pemakaman dibayarkan kepada yang mengurus pemakaman."


def _catatan(berhak: tuple[Berhak, ...], pengurus: tuple[Berhak, ...]) -> tuple[str, ...]:
	catatan = [
		f"Tanggal lahir {b.kerabat.nama} belum dicatat; dianggap dewasa."
		for b in berhak
		if not b.kerabat.tanggal_lahir
	]
	if any(b.kerabat.hubungan == "Penerima Wasiat" for b in berhak):
		catatan.append("Surat wasiat diperiksa keasliannya sebelum diajukan.")
	if not berhak:
		catatan.append("Belum ada ahli waris. Pastikan keluarga sudah ditanya sampai mertua dan wasiat.")
		if not pengurus:
			catatan.append("Catat siapa yang mengurus pemakaman.")
	return tuple(catatan)
