"""A PAdES signature (baseline B-B, with a time stamp B-T) put into a PDF, and looked at before it leaves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle

from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.tata_kelola.tanda_tangan.galat import PdfDitolak, TandaTanganGagal
from kampung_bahagia.tata_kelola.tanda_tangan.hasil import Kepercayaan, sidik_jari
from kampung_bahagia.tata_kelola.tanda_tangan.keterangan import Keterangan
from kampung_bahagia.tata_kelola.tanda_tangan.kotak import Kotak
from kampung_bahagia.tata_kelola.tanda_tangan.pemeriksa import periksa
from kampung_bahagia.tata_kelola.tanda_tangan.tampilan import gambar

ALGORITMA = "sha256"
TANPA_TEPI = layout.SimpleBoxLayoutRule(
	x_align=layout.AxisAlignment.ALIGN_MIN,
	y_align=layout.AxisAlignment.ALIGN_MIN,
	margins=layout.Margins.uniform(0),
	inner_content_scaling=layout.InnerScaling.NO_SCALING,
)


@dataclass(frozen=True)
class Pena:
	"""What signs: pyHanko's signer, the certificates above its own (the last one trusted), and the TSA if any."""

	penanda: Signer
	rantai: tuple[x509.Certificate, ...]
	percobaan: bool
	cap_waktu: TimeStamper | None = None

	def tandatangani(self, pdf: bytes, keterangan: Keterangan, kotak: Kotak | None) -> bytes:
		"""`pdf` with one more signature, the earlier ones kept. Raises TandaTanganGagal.

		In a thread of its own: pyHanko runs an event loop, which a thread that already runs one refuses.
		"""
		with ThreadPoolExecutor(1) as utas:
			return utas.submit(self._tandatangani, pdf, keterangan, kotak).result()

	def _tandatangani(self, pdf: bytes, keterangan: Keterangan, kotak: Kotak | None) -> bytes:
		waktu = datetime.now(WIB).replace(microsecond=0)
		try:
			hasil = self._bubuhkan(pdf, keterangan, kotak, waktu)
		except TimestampRequestError as galat:
			raise TandaTanganGagal(
				"Layanan cap waktu (TSA) tidak menjawab dengan benar. Coba lagi beberapa saat lagi, atau minta Admin "
				"Kampung Bahagia memeriksa alamatnya pada Sertifikat Elektronik."
			) from galat
		except (SigningError, PdfError, ValueError) as galat:
			raise TandaTanganGagal(
				"Dokumen ini tidak dapat ditandatangani secara elektronik. Cetak ulang dokumennya, lalu coba lagi."
			) from galat
		self._periksa(hasil)
		return hasil

	def _bubuhkan(self, pdf: bytes, keterangan: Keterangan, kotak: Kotak | None, waktu: datetime) -> bytes:
		penulis = IncrementalPdfFileWriter(BytesIO(pdf))
		nama_kolom = f"TandaTangan{sum(1 for _ in enumerate_sig_fields(penulis.prev)) + 1}"
		bidang = SigFieldSpec(
			nama_kolom,
			on_page=kotak.halaman if kotak else 0,
			box=(kotak.x1, kotak.y1, kotak.x2, kotak.y2) if kotak else None,
			readable_field_name=f"Tanda tangan elektronik {keterangan.nama}",
		)
		gaya = None
		if kotak:
			lukisan = _Lukisan(gambar(kotak, keterangan, waktu, percobaan=self.percobaan))
			gaya = StaticStampStyle(border_width=0, background=lukisan, background_layout=TANPA_TEPI)
		keluaran = BytesIO()
		_PenandaBerwaktu(
			PdfSignatureMetadata(
				field_name=nama_kolom,
				md_algorithm=ALGORITMA,
				subfilter=SigSeedSubFilter.PADES,
				name=keterangan.nama,
				reason=keterangan.alasan,
				location=keterangan.lokasi,
			),
			self.penanda,
			timestamper=self.cap_waktu,
			stamp_style=gaya,
			new_field_spec=bidang,
			waktu=waktu,
		).sign_pdf(penulis, output=keluaran)
		return keluaran.getvalue()

	def _periksa(self, hasil: bytes) -> None:
		"""pyHanko's validator has the last word: what it refuses never leaves."""
		sendiri = self.penanda.signing_cert
		akar = (self.rantai or (sendiri,))[-1].dump()
		uji = frozenset({sidik_jari(akar)} if self.percobaan else ())
		try:
			terakhir = periksa(hasil, Kepercayaan((akar,), uji), terbesar=None)[-1]
		except (PdfDitolak, IndexError) as galat:
			raise TandaTanganGagal(GAGAL_DIPERIKSA) from galat
		if not (
			terakhir.sah
			and terakhir.menutupi_seluruh_berkas
			and terakhir.sidik_jari == sidik_jari(sendiri.dump())
		):
			raise TandaTanganGagal(f"{GAGAL_DIPERIKSA} {terakhir.sebab}".strip())


GAGAL_DIPERIKSA = "Tanda tangan yang terbentuk tidak lulus pemeriksaan, sehingga tidak disimpan."


class _PenandaBerwaktu(PdfSigner):
	"""Signs with the hour that stands in the box, instead of one that is read a moment later."""

	def __init__(self, *args, waktu: datetime, **kwargs):
		super().__init__(*args, **kwargs)
		self.waktu = waktu

	def init_signing_session(self, *args, **kwargs):
		sesi = super().init_signing_session(*args, **kwargs)
		sesi.system_time = self.waktu
		return sesi


class _Lukisan(ImportedPdfPage):
	"""A page that is imported from memory; pyHanko's own reads it from a file."""

	def __init__(self, pdf: bytes):
		super().__init__(BytesIO(pdf))

	def render(self) -> bytes:
		self.resources.xobject["/Tampilan"] = xobj = self.writer.import_page_as_xobject(
			PdfFileReader(self.file_name)
		)
		x1, y1, x2, y2 = (float(angka) for angka in xobj.get_object()["/BBox"])
		self.box = layout.BoxConstraints(width=abs(x2 - x1), height=abs(y2 - y1))
		return b"/Tampilan Do"
