"""The account that a claim is paid to: its number, its bank, and whether it is in the receiver's name.

Claims fail when name or number do not match those of the identity card; a look in time saves weeks. What a bank's
numbers look like is known from practice, so it warns and never refuses.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from kampung_bahagia.aturan.galat import AturanError
from kampung_bahagia.aturan.identitas import Catatan, periksa_rekening
from kampung_bahagia.aturan.warga_serupa import nama_baku, nama_mirip

Kecocokan = Literal["Cocok", "Mirip", "Berbeda"]

# digits of an account number; banks whose numbers have more than one length are left out
PANJANG_NOMOR: Mapping[str, int] = {
	"BCA": 10,
	"BNI": 10,
	"BRI": 15,
	"BSI": 10,
	"Mandiri": 13,
}
_SEBUTAN_BANK: Mapping[str, str] = {
	"bank central asia": "BCA",
	"bank negara indonesia": "BNI",
	"bank rakyat indonesia": "BRI",
	"bank syariah indonesia": "BSI",
}


@dataclass(frozen=True, slots=True)
class HasilRekening:
	"""`nomor` in digits alone; `kecocokan` of the two names, with a sentence for the form."""

	nomor: str
	kecocokan: Kecocokan
	teks: str
	peringatan: tuple[Catatan, ...]


def telaah_rekening(
	nomor: str, bank: str, atas_nama: str, nama: str, *, panjang: Mapping[str, int] = PANJANG_NOMOR
) -> HasilRekening:
	"""Look at an account in the name of `atas_nama` to which a claim of the person `nama` is to be paid.

	Raises AturanError for a number that cannot be one and for an empty name; everything else is a warning.
	"""
	bersih = periksa_rekening(nomor)
	if not atas_nama.strip():
		raise AturanError("Isi nama pemilik rekening seperti di buku tabungan.")
	peringatan: tuple[Catatan, ...] = ()
	nama_bank = _nama_bank(bank, panjang)
	wajar = panjang.get(nama_bank)
	if wajar and len(bersih) != wajar:
		teks = f"Nomor rekening {nama_bank} biasanya {wajar} angka, tertulis {len(bersih)}. Mohon periksa."
		peringatan = (Catatan("panjang", teks),)
	kecocokan = cocokkan_nama(atas_nama, nama)
	return HasilRekening(bersih, kecocokan, _KALIMAT[kecocokan], peringatan)


_KALIMAT: Mapping[Kecocokan, str] = {
	"Cocok": "Nama pemilik rekening sama dengan nama penerima.",
	"Mirip": "Nama pemilik rekening mirip, tetapi tidak sama. Samakan dengan KTP atau minta keterangan bank.",
	"Berbeda": "Nama pemilik rekening berbeda dengan penerima. Gunakan rekening atas nama penerima sendiri.",
}


def cocokkan_nama(a: str, b: str) -> Kecocokan:
	"""Compare two names as a bank would, but for titles, order, spelling of old and spaces.

	"Mirip" too when one is the other cut short or with initials, as banks write long names.
	"""
	satu, dua = nama_baku(a), nama_baku(b)
	if not satu or not dua:
		return "Berbeda"
	if sorted(satu.split()) == sorted(dua.split()) or satu.replace(" ", "") == dua.replace(" ", ""):
		return "Cocok"
	return "Mirip" if nama_mirip(satu, dua) or _terpotong(satu, dua) else "Berbeda"


def _terpotong(a: str, b: str) -> bool:
	"""Each word of the shorter begins the word of the other in the same place; a single initial says too little."""
	pendek, panjang = sorted((a.split(), b.split()), key=lambda kata: (len(kata), sum(map(len, kata))))
	return len(pendek) > 1 and all(
		utuh.startswith(potong) or potong.startswith(utuh)
		for potong, utuh in zip(pendek, panjang, strict=False)
	)


def _nama_bank(bank: str, dikenal: Collection[str]) -> str:
	kecil = " ".join(re.findall(r"\w+", bank.casefold()))
	if kecil in _SEBUTAN_BANK:
		return _SEBUTAN_BANK[kecil]
	kata = set(kecil.split())
	return next((nama for nama in dikenal if nama.casefold() in kata and "syariah" not in kata), bank)
