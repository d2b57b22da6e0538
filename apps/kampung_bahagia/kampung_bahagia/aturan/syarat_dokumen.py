"""Which papers a claim needs, by its kind and its circumstances.

What is asked, by whom and since when is data (Permenaker 44/2015 Pasal 15, Permenaker 1/2025, checklists of BPJS
offices): each rule names one paper and the one circumstance in which it is asked. Circumstances are read here from the
facts, so that a form, a checklist and a letter ask for the same papers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from kampung_bahagia.aturan.ahli_waris import HasilAhliWaris
from kampung_bahagia.aturan.bilangan import periksa_rupiah
from kampung_bahagia.aturan.galat import AturanError

SELALU = ""
LALU_LINTAS = "Kecelakaan lalu lintas"
DI_LUAR_LOKASI = "Di luar lokasi"
MENINGGAL = "Meninggal"
BIAYA_SENDIRI = "Biaya dibayar sendiri"
KUITANSI_BESAR = "Kuitansi di atas batas meterai"
SANTUNAN_BESAR = "Santunan di atas batas NPWP"
WARIS_PASANGAN = "Ahli waris suami/istri"
WARIS_ANAK = "Ahli waris anak"
WARIS_WASIAT = "Ahli waris menurut wasiat"
WARIS_BANYAK = "Ahli waris lebih dari satu"
DI_BAWAH_UMUR = "Di bawah umur"
TANPA_AHLI_WARIS = "Tanpa ahli waris"

KEADAAN = (
	*(LALU_LINTAS, DI_LUAR_LOKASI, MENINGGAL, BIAYA_SENDIRI, KUITANSI_BESAR, SANTUNAN_BESAR),
	*(WARIS_PASANGAN, WARIS_ANAK, WARIS_WASIAT, WARIS_BANYAK, DI_BAWAH_UMUR, TANPA_AHLI_WARIS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Syarat:
	"""One rule: the paper, for which kinds of claim, in which circumstance (SELALU: in any).

	`wajib` False: welcome, not asked for.
	"""

	dokumen: str
	jenis: frozenset[str]
	keadaan: str = SELALU
	pembawa: str = ""
	memperlihatkan: str = ""
	wajib: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FaktaDokumen:
	"""What decides on the papers; rupiah. `ahli_waris` is None while the heirs are not known."""

	jenis: str
	lalu_lintas: bool = False
	di_luar_lokasi: bool = False
	biaya_sendiri: Decimal = Decimal(0)
	santunan: Decimal = Decimal(0)
	ahli_waris: HasilAhliWaris | None = None


def keadaan_klaim(
	fakta: FaktaDokumen,
	*,
	batas_meterai: Decimal = Decimal(5_000_000),
	batas_npwp: Decimal = Decimal(50_000_000),
) -> frozenset[str]:
	"""The circumstances of a claim, of KEADAAN. A limit itself is not yet above it.

	`batas_meterai`: receipts above it bear a stamp duty; `batas_npwp`: payments above it ask for a tax number. Heirs
	count for a death only. Raises AturanError for amounts that cannot be right.
	"""
	biaya = periksa_rupiah(fakta.biaya_sendiri, "Biaya yang dibayar sendiri")
	santunan = periksa_rupiah(fakta.santunan, "Perkiraan santunan")
	meninggal = fakta.jenis != "JKK Perawatan"
	waris = fakta.ahli_waris if meninggal else None
	hubungan = {b.kerabat.hubungan for b in waris.berhak} if waris else set()
	ada = {
		LALU_LINTAS: fakta.lalu_lintas,
		DI_LUAR_LOKASI: fakta.di_luar_lokasi,
		MENINGGAL: meninggal,
		BIAYA_SENDIRI: biaya > 0,
		KUITANSI_BESAR: biaya > batas_meterai,
		SANTUNAN_BESAR: santunan > batas_npwp,
		WARIS_PASANGAN: bool(hubungan & {"Istri", "Suami"}),
		WARIS_ANAK: "Anak" in hubungan,
		WARIS_WASIAT: "Penerima Wasiat" in hubungan,
		WARIS_BANYAK: waris is not None and waris.perlu_kesepakatan,
		DI_BAWAH_UMUR: waris is not None and any(b.perlu_wali for b in waris.berhak),
		TANPA_AHLI_WARIS: waris is not None and not waris.berhak,
	}
	return frozenset(k for k, berlaku in ada.items() if berlaku)


def dokumen_diperlukan(syarat: Iterable[Syarat], jenis: str, keadaan: Collection[str]) -> tuple[Syarat, ...]:
	"""The rules that hold for a claim of this kind in these circumstances, in their order, each paper once.

	Where two rules name one paper the one that asks for it goes before the one that only welcomes it.
	Raises AturanError for a rule with a circumstance that nobody can find.
	"""
	dipilih: dict[str, Syarat] = {}
	for satu in syarat:
		if satu.keadaan not in (SELALU, *KEADAAN):
			raise AturanError(f"Keadaan {satu.keadaan} pada dokumen {satu.dokumen} tidak dikenal.")
		if jenis not in satu.jenis or (satu.keadaan != SELALU and satu.keadaan not in keadaan):
			continue
		lama = dipilih.get(satu.dokumen)
		if lama is None or (satu.wajib and not lama.wajib):
			dipilih[satu.dokumen] = satu
	return tuple(dipilih.values())
