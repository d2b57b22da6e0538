"""What of a signature is seen on the page: WeasyPrint draws it, so that names wrap and fonts are embedded."""

from datetime import datetime
from html import escape

from weasyprint import HTML

from kampung_bahagia.aturan.tanggal import waktu_indonesia
from kampung_bahagia.tata_kelola.tanda_tangan.galat import TandaTanganGagal
from kampung_bahagia.tata_kelola.tanda_tangan.keterangan import Keterangan
from kampung_bahagia.tata_kelola.tanda_tangan.kotak import Kotak

UJI = "SERTIFIKAT UJI COBA – tidak berkekuatan hukum"
BESAR_HURUF = (8, 7, 6, 5)  # points; the first that fits
HALAMAN = """<style>
@page {{ size: {lebar}pt {tinggi}pt; margin: 0 }}
html {{ font: {huruf}pt/1.25 "Liberation Sans", sans-serif; color: #000 }}
body {{ margin: 0; padding: 2pt 3pt }}
p {{ margin: 0; overflow-wrap: anywhere }}
.uji {{ color: #b00; font-weight: bold }}
</style>
<p>Ditandatangani secara elektronik oleh:</p><p><b>{nama}</b></p><p>{jabatan}</p><p>{waktu}</p>{uji}"""


def gambar(kotak: Kotak, keterangan: Keterangan, waktu: datetime, *, percobaan: bool) -> bytes:
	"""A PDF of one page as large as `kotak`; `waktu` is aware. TandaTanganGagal when the box is too small."""
	for huruf in BESAR_HURUF:
		lembar = HTML(
			string=HALAMAN.format(
				lebar=kotak.lebar,
				tinggi=kotak.tinggi,
				huruf=huruf,
				nama=escape(keterangan.nama),
				jabatan=escape(keterangan.jabatan),
				waktu=waktu_indonesia(waktu),
				uji=f'<p class="uji">{UJI}</p>' if percobaan else "",
			)
		).render()
		if len(lembar.pages) == 1:
			return lembar.write_pdf()
	raise TandaTanganGagal(
		"Kotak tanda tangan pada dokumen terlalu kecil untuk nama dan jabatan. Perbesar kotak pada format cetaknya."
	)
