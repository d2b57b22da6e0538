"""Letters are archival PDFs with all their structure (PDF/A-2a), also with photographs, and after they were signed."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader
from weasyprint import HTML

from kampung_bahagia.tata_kelola.cetak import halaman_ke_pdf
from kampung_bahagia.tata_kelola.tanda_tangan.kotak import cari_kotak
from kampung_bahagia.tata_kelola.tanda_tangan.pemeriksa import periksa
from kampung_bahagia.tests import pabrik
from tests.dokumen.arsip import pelanggaran
from tests.dokumen.test_keputusan_ketua_rt import panjangkan
from tests.dokumen.test_tanda_tangan import HALAMAN, KETERANGAN, pena, percaya


def bergambar(mode: str) -> str:
	isi = BytesIO()
	Image.new(mode, (40, 30), 128 if len(mode) == 1 else (200, 90, 10, 120)[: len(mode)]).save(isi, "PNG")
	return HALAMAN.replace(
		"<p>Isi",
		f'<img alt="x" src="data:image/png;base64,{base64.b64encode(isi.getvalue()).decode()}"><p>Isi',
	)


def test_a_decree_and_its_long_list_conform(k, sk, cetak):
	assert pelanggaran(cetak(panjangkan(sk, 60), k.ketua).isi) == []


def test_a_decree_signed_on_paper_conforms_with_its_qr(k, sk, cetak):
	with pabrik.sebagai(k.ketua):
		sk.pindaian = pabrik.lampiran(sk, "sk.pdf", k.ketua)
		sk.save()
	pdf = cetak(sk, k.ketua)
	assert pelanggaran(pdf.isi) == []
	assert "pindai kode QR" in pdf.teks


@pytest.mark.parametrize("format", [None, "Standard"])
def test_other_letters_and_the_frameworks_own_format_conform(k, kegiatan, cetak, format):
	assert pelanggaran(cetak(kegiatan, k.ketua, format or "Proposal Kegiatan").isi) == []


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P"])
def test_pictures_of_every_kind_conform_transparent_ones_too(mode):
	assert pelanggaran(halaman_ke_pdf(bergambar(mode))) == []


def test_signing_leaves_it_archival_and_the_signature_valid():
	pdf = halaman_ke_pdf(bergambar("RGB"))
	bertanda = pena().tandatangani(pdf, KETERANGAN, cari_kotak(pdf))
	assert pelanggaran(bertanda) == []
	assert periksa(bertanda, percaya())[0].sah
	kedua = pena().tandatangani(bertanda, KETERANGAN, cari_kotak(pdf))
	assert [satu.sah for satu in periksa(kedua, percaya())] == [True, True] and pelanggaran(kedua) == []


def test_what_is_not_archival_is_found():
	biasa = HTML(string=bergambar("RGB")).write_pdf(pdf_variant="pdf/a-2a")
	assert set(pelanggaran(biasa)) == {"an image to be interpolated, or with alternates"}
	with pytest.raises(KeyError, match=r"Metadata|OutputIntents"):
		pelanggaran(HTML(string=HALAMAN).write_pdf(pdf_tags=True))
	assert PdfReader(BytesIO(biasa)).pdf_header == "%PDF-1.7"
