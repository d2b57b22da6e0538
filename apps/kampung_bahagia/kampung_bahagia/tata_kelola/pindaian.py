"""Whether a scan or photograph of a signed paper can be read, before it becomes evidence."""

from __future__ import annotations

from io import BytesIO

import frappe
from frappe import _
from PIL import Image, ImageFilter, ImageOps, ImageStat
from pypdf import PdfReader
from rq.timeouts import JobTimeoutException

BYTE_TERBESAR, HALAMAN_TERBANYAK = 8 * 2**20, 200  # less than the framework takes in one request
PIKSEL_TERKECIL, PIKSEL_TERBANYAK = 700, 50_000_000  # the shorter side; below it small print is lost
# of 255: how far light and dark lie apart on the page, and how sharp its edges are. Measured on a page of 12 points
# at 150 dots per inch: 21 and 37; blurred by one dot 16 and 17, by two 13 and 4, by three, which nobody can read,
# 12 and 1.5. An empty page with grain has a contrast of 1.5.
KONTRAS_TERKECIL, TAJAM_TERKECIL = 1.8, 2.0


class PindaianTidakTerbaca(frappe.ValidationError):
	pass


def periksa_pindaian(isi: bytes) -> None:
	"""Raises PindaianTidakTerbaca, with what to do, for a file that shows no readable page."""
	if len(isi) > BYTE_TERBESAR:
		_tolak(
			_("Berkas {0} MB, melebihi {1} MB. Pindai dengan mutu lebih rendah.").format(
				len(isi) // 2**20, BYTE_TERBESAR // 2**20
			)
		)
	if isi.lstrip()[:5] == b"%PDF-":
		_periksa_pdf(isi)
	else:
		_periksa_gambar(isi)


def _periksa_pdf(isi: bytes) -> None:
	try:
		pembaca = PdfReader(BytesIO(isi))
		terkunci = pembaca.is_encrypted
		jumlah = 0 if terkunci else len(pembaca.pages)
		terpindai = not terkunci and any(
			_lebar_gambar(halaman) >= PIKSEL_TERKECIL for halaman in pembaca.pages[:HALAMAN_TERBANYAK]
		)
	except JobTimeoutException:
		raise
	except Exception:  # whatever a torn or hostile file makes the parser say
		_tolak(_("PDF ini rusak atau tidak lengkap. Pindai dan unggah kembali."))
	if terkunci:
		_tolak(_("PDF ini terkunci sandi. Simpan tanpa sandi, lalu unggah kembali."))
	if not terpindai:
		_tolak(
			_(
				"PDF ini bukan hasil pindai: tidak ada halamannya yang berupa gambar. Tandatangani cetakannya, lalu "
				"pindai atau foto dan unggah."
			)
		)
	if jumlah > HALAMAN_TERBANYAK:
		_tolak(
			_("PDF ini lebih dari {0} halaman. Unggah surat yang ditandatangani saja.").format(
				HALAMAN_TERBANYAK
			)
		)


def _lebar_gambar(halaman) -> int:
	"""Dots across of the widest picture on a page: 0 on a page of type, such as the print before it is signed."""
	gambar = (halaman.get("/Resources") or {}).get("/XObject") or {}
	isi = [objek.get_object() for objek in gambar.get_object().values()] if gambar else []
	return max((objek.get("/Width", 0) for objek in isi if objek.get("/Subtype") == "/Image"), default=0)


def _periksa_gambar(isi: bytes) -> None:
	try:
		with Image.open(BytesIO(isi)) as gambar:
			lebar, tinggi = gambar.size
			terlalu_besar = lebar * tinggi > PIKSEL_TERBANYAK
			if not terlalu_besar:
				gambar.draft("L", (1600, 1600))
				abu = ImageOps.exif_transpose(gambar).convert("L")
	except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what PIL says of broken images
		_tolak(_("Berkas ini bukan PDF atau gambar yang dapat dibuka. Unggah PDF, JPG, atau PNG."))
	if terlalu_besar:
		_tolak(_("Gambar terlalu besar. Kecilkan fotonya, lalu unggah kembali."))
	if min(lebar, tinggi) < PIKSEL_TERKECIL:
		_tolak(
			_(
				"Gambar {0} × {1} piksel terlalu kecil untuk dibaca. Foto lebih dekat, sehalaman penuh."
			).format(lebar, tinggi)
		)
	abu.thumbnail((1600, 1600))
	if ImageStat.Stat(abu).stddev[0] < KONTRAS_TERKECIL:
		_tolak(_("Gambar ini kosong atau terlalu gelap. Foto kembali di tempat terang."))
	tepi = abu.filter(ImageFilter.FIND_EDGES).crop(
		(2, 2, abu.width - 2, abu.height - 2)
	)  # the frame is an edge too
	if ImageStat.Stat(tepi).stddev[0] < TAJAM_TERKECIL:
		_tolak(_("Gambar ini buram. Foto kembali dengan tangan tenang di tempat terang."))


def _tolak(pesan: str) -> None:
	frappe.throw(pesan, PindaianTidakTerbaca, title=_("Pindaian tidak terbaca"))
