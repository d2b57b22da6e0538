"""Where on the page a signature is to be seen."""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

NAMA = "tanda-tangan"


@dataclass(frozen=True)
class Kotak:
	"""A box on page `halaman` (0 is the first), in points from its lower left corner; x1 < x2, y1 < y2."""

	halaman: int
	x1: float
	y1: float
	x2: float
	y2: float

	@property
	def lebar(self) -> float:
		return self.x2 - self.x1

	@property
	def tinggi(self) -> float:
		return self.y2 - self.y1


def cari_kotak(pdf: bytes, nama: str = NAMA) -> Kotak | None:
	"""The box that a page of WeasyPrint keeps free, None when there is none.

	A letter says where it is by two empty elements, in its upper left and its lower right corner, with the
	ids `nama`-awal and `nama`-akhir (templates/cetak/tanda_tangan_elektronik.html): WeasyPrint makes of every
	id a named destination, and it is the renderer alone that knows where the block came to lie.
	"""
	berkas = PdfReader(BytesIO(pdf))
	tujuan = berkas.named_destinations
	awal, akhir = tujuan.get(f"{nama}-awal"), tujuan.get(f"{nama}-akhir")
	if awal is None or akhir is None:
		return None
	halaman = berkas.get_destination_page_number(awal)
	if halaman is None or halaman != berkas.get_destination_page_number(akhir):
		return None
	kotak = Kotak(halaman, float(awal.left), float(akhir.top), float(akhir.left), float(awal.top))
	return kotak if kotak.lebar > 0 and kotak.tinggi > 0 else None
