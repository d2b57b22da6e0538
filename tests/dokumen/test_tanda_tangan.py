"""Electronic signatures as a reader of the PDF finds them. No site is needed: keys are made here."""

from __future__ import annotations

import asyncio
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import ExtendedKeyUsage, Name, NameAttribute
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys.internal import (
	translate_pyca_cryptography_cert_to_asn1,
	translate_pyca_cryptography_key_to_asn1,
)
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML

from kampung_bahagia.aturan.tanggal import WIB, waktu_indonesia
from kampung_bahagia.tata_kelola.tanda_tangan import pkcs12, uji
from kampung_bahagia.tata_kelola.tanda_tangan.galat import PdfDitolak, TandaTanganGagal
from kampung_bahagia.tata_kelola.tanda_tangan.hasil import TERBESAR, Kepercayaan, sidik_jari
from kampung_bahagia.tata_kelola.tanda_tangan.keterangan import Keterangan
from kampung_bahagia.tata_kelola.tanda_tangan.kotak import Kotak, cari_kotak
from kampung_bahagia.tata_kelola.tanda_tangan.pades import Pena
from kampung_bahagia.tata_kelola.tanda_tangan.pemeriksa import periksa

KETERANGAN = Keterangan(
	"Drs. H. Muhammad Syarifuddin Nasution, M.Si.",
	"Ketua RT 031 Kelurahan Kenali Besar",
	"Keputusan Ketua RT nomor 001/KPTS/RT.031/KENALI BESAR/XI/2026",
	"Kota Jambi",
)
CETAK = Path(__file__).parents[2] / "apps/kampung_bahagia/kampung_bahagia/templates/cetak"
KOTAK = (CETAK / "tanda_tangan_elektronik.html").read_text().split("#}")[1]
HALAMAN = f"""<html lang="id"><head><title>Keputusan</title>{(CETAK / "gaya.html").read_text()}</head>
<body class="naskah"><p style="break-after: page">Halaman satu</p><p>Isi keputusan</p>{KOTAK}</body></html>"""


@cache
def sertifikat() -> uji.SertifikatUji:
	return uji.buat("Pemerintah Kota Jambi")


@cache
def terbuka() -> pkcs12.IsiPkcs12:
	return pkcs12.buka(sertifikat().isi, sertifikat().sandi)


@cache
def polos() -> bytes:
	return HTML(string=HALAMAN).write_pdf(pdf_tags=True)


@cache
def bertanda() -> bytes:
	return pena().tandatangani(polos(), KETERANGAN, cari_kotak(polos()))


def pena(isi: pkcs12.IsiPkcs12 | None = None, *, percobaan: bool = True) -> Pena:
	isi = isi or terbuka()
	return Pena(isi.penanda, isi.rantai, percobaan)


def percaya(*isi: pkcs12.IsiPkcs12, **lain) -> Kepercayaan:
	akar = tuple(satu.rantai[-1].dump() for satu in isi or [terbuka()])
	return Kepercayaan(akar, **lain)


def test_the_signature_says_who_when_and_that_nothing_changed():
	[tanda] = periksa(bertanda(), percaya())
	assert tanda.sah and tanda.utuh and tanda.menutupi_seluruh_berkas and tanda.dipercaya
	assert tanda.sebab == ""
	assert tanda.penanda_tangan == "Pemerintah Kota Jambi (UJI COBA)"
	assert abs(tanda.waktu - datetime.now(WIB)) < timedelta(minutes=5)
	assert tanda.waktu.utcoffset() == timedelta(hours=7)
	assert not tanda.cap_waktu


def test_it_is_pades_and_carries_reason_and_place():
	nilai = _widget(bertanda())["/V"]
	assert nilai["/SubFilter"] == "/ETSI.CAdES.detached"
	assert (nilai["/Name"], nilai["/Reason"], nilai["/Location"]) == (
		KETERANGAN.nama,
		KETERANGAN.alasan,
		KETERANGAN.lokasi,
	)
	assert nilai["/M"].endswith("+07'00'")


@pytest.mark.parametrize("bagian", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_one_changed_byte_anywhere_breaks_it(bagian):
	pdf = bytearray(bertanda())
	letak = int(len(pdf) * bagian)
	pdf[letak] ^= 0x01
	try:
		hasil = periksa(bytes(pdf), percaya())
	except PdfDitolak:  # the file itself no longer reads
		return
	assert not any(satu.sah for satu in hasil)
	assert all(satu.sebab for satu in hasil)


def test_changed_text_is_named_as_the_cause():
	pdf = bertanda().replace(b"/Lang", b"/Lbng", 1)
	[tanda] = periksa(pdf, percaya())
	assert not tanda.utuh and not tanda.dipercaya
	assert tanda.sebab == "Isi berkas berubah setelah ditandatangani."


def test_content_added_afterwards_is_found():
	from pyhanko.pdf_utils import generic
	from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

	tulis = IncrementalPdfFileWriter(BytesIO(bertanda()))
	tulis.add_stream_to_page(0, tulis.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f")))
	keluar = BytesIO()
	tulis.write(keluar)
	[tanda] = periksa(keluar.getvalue(), percaya())
	assert not tanda.utuh and not tanda.sah
	assert "ditambahi isi" in tanda.sebab


def test_a_second_signature_leaves_the_first_one_valid():
	lain = _buka(uji.buat("Lurah Kenali Besar"))
	pdf = pena(lain).tandatangani(bertanda(), KETERANGAN, None)
	pertama, kedua = periksa(pdf, percaya(terbuka(), lain))
	assert pertama.sah and not pertama.menutupi_seluruh_berkas
	assert pertama.sebab == "Setelah tanda tangan ini, berkas ditandatangani lagi."
	assert kedua.sah and kedua.menutupi_seluruh_berkas
	assert kedua.penanda_tangan.startswith("Lurah Kenali Besar")


def test_an_authority_nobody_knows_is_not_believed():
	[tanda] = periksa(bertanda(), Kepercayaan())
	assert tanda.utuh and not tanda.dipercaya and not tanda.sah
	assert tanda.sebab == "Penerbit sertifikat penanda tangan tidak dikenal."


def test_a_development_certificate_is_called_one_by_its_name_and_by_its_authority():
	assert periksa(bertanda(), Kepercayaan())[0].percobaan
	nyata = _buka(uji.buat("Kota"))  # as if its names said nothing
	pdf = pena(nyata).tandatangani(polos(), KETERANGAN, None)
	assert periksa(pdf, percaya(nyata, uji=frozenset({sidik_jari(nyata.rantai[-1].dump())})))[0].percobaan


def test_a_revoked_certificate_is_not_believed_even_for_a_time_before():
	dicabut = datetime.now(WIB) + timedelta(hours=1)
	sidik = sidik_jari(terbuka().sertifikat.dump())
	[tanda] = periksa(bertanda(), percaya(dicabut={sidik: dicabut}))
	assert tanda.utuh and not tanda.dipercaya
	assert "dicabut pada" in tanda.sebab


def test_an_expired_certificate_signs_nothing():
	kini = datetime.now(WIB)
	basi = _buka(uji.buat("Kota", kini - timedelta(days=30), kini - timedelta(days=1)))
	with pytest.raises(TandaTanganGagal, match="kedaluwarsa pada"):
		pkcs12.periksa_masa(basi.sertifikat, kini)
	# and were it tried, it would not leave
	with pytest.raises(TandaTanganGagal, match="tidak berlaku pada saat"):
		pena(basi).tandatangani(polos(), KETERANGAN, None)


def test_a_certificate_of_tomorrow_does_not_sign_today():
	kini = datetime.now(WIB)
	besok = _buka(uji.buat("Kota", kini + timedelta(days=1), kini + timedelta(days=30)))
	with pytest.raises(TandaTanganGagal, match="baru berlaku mulai"):
		pkcs12.periksa_masa(besok.sertifikat, kini)


def test_a_signature_outlives_its_certificate():
	"""What was signed in time stays signed."""
	import freezegun

	nanti = uji.AKHIR + timedelta(days=400)
	pdf = bertanda()
	with freezegun.freeze_time(nanti):
		[tanda] = periksa(pdf, percaya())
	assert tanda.sah


def test_the_box_is_where_the_page_keeps_it_free():
	kotak = cari_kotak(polos())
	assert kotak.halaman == 1
	assert (round(kotak.lebar / 72 * 25.4), round(kotak.tinggi / 72 * 25.4)) == (70, 24)
	assert cari_kotak(HTML(string="<p>tanpa").write_pdf()) is None


def test_the_visible_signature_names_signer_office_hour_and_that_it_is_a_trial(tmp_path):
	widget = _widget(bertanda())
	kotak = cari_kotak(polos())
	assert [float(x) for x in widget["/Rect"]] == pytest.approx(
		[kotak.x1, kotak.y1, kotak.x2, kotak.y2], abs=0.1
	)
	teks = _tampak(bertanda(), tmp_path, halaman=2)
	assert "Ditandatangani secara elektronik oleh: Drs. H. Muhammad Syarifuddin Nasution, M.Si." in teks
	assert KETERANGAN.jabatan in teks
	assert waktu_indonesia(periksa(bertanda(), percaya())[0].waktu) in teks
	assert "SERTIFIKAT UJI COBA" in teks
	resmi = pena(percobaan=False).tandatangani(polos(), KETERANGAN, kotak)
	assert "UJI COBA" not in _tampak(resmi, tmp_path, halaman=2).replace("(UJI COBA)", "")


def test_a_long_name_is_made_smaller_until_it_fits(tmp_path):
	panjang = Keterangan("Prof. Dr. Ir. " + "Raden Mas Haji Abdurrahman " * 4, "Lurah Kenali Besar", "x", "y")
	pdf = pena().tandatangani(polos(), panjang, cari_kotak(polos()))
	assert _tampak(pdf, tmp_path, halaman=2).count("Abdurrahman") == 4
	with pytest.raises(TandaTanganGagal, match="terlalu kecil"):
		pena().tandatangani(polos(), panjang, Kotak(0, 10, 10, 40, 20))


def test_every_font_is_embedded(tmp_path):
	berkas = tmp_path / "a.pdf"
	berkas.write_bytes(bertanda())
	baris = subprocess.run(
		["pdffonts", berkas], capture_output=True, text=True, check=True
	).stdout.splitlines()[2:]
	assert len(baris) >= 3  # the letter's, and two of the signature
	assert all(satu.split()[-5:-3] == ["yes", "yes"] for satu in baris), baris


@pytest.mark.parametrize("variasi", ["pdf/a-2b", "pdf/a-3u", "pdf/ua-1"])
def test_archival_and_accessible_pdfs_are_signed_too(variasi):
	pdf = HTML(string=HALAMAN).write_pdf(pdf_variant=variasi, pdf_tags=True)
	assert periksa(pena().tandatangani(pdf, KETERANGAN, cari_kotak(pdf)), percaya())[0].sah


def test_a_wrong_password_is_told_from_a_file_that_is_none():
	with pytest.raises(TandaTanganGagal, match="Sandi sertifikat salah"):
		pkcs12.buka(sertifikat().isi, "salah")
	for bukan in (b"", b"halo", polos(), b"\x30\x03\x02\x01\x03"):
		with pytest.raises(TandaTanganGagal, match="bukan sertifikat PKCS#12"):
			pkcs12.buka(bukan, "x")
	with pytest.raises(TandaTanganGagal, match="terlalu besar"):
		pkcs12.buka(bytes(30_000), "x")


def test_a_file_without_a_key_or_with_a_weak_one_is_refused():
	from cryptography.hazmat.primitives.serialization import NoEncryption
	from cryptography.hazmat.primitives.serialization import pkcs12 as buatan
	from cryptography.x509 import load_der_x509_certificate

	sendiri = load_der_x509_certificate(terbuka().sertifikat.dump())
	tanpa = buatan.serialize_key_and_certificates(b"x", None, None, [sendiri], NoEncryption())
	with pytest.raises(TandaTanganGagal, match="tidak memuat kunci privat"):
		pkcs12.buka(tanpa, "")
	with pytest.raises(TandaTanganGagal, match="terlalu lemah"):
		pkcs12.periksa_kunci(rsa.generate_private_key(65537, 1024))  # noqa: S505


def test_an_authority_is_not_a_signer():
	with pytest.raises(TandaTanganGagal, match="tidak diterbitkan untuk menandatangani"):
		pkcs12.periksa_guna(terbuka().rantai[-1])


def test_it_signs_where_an_event_loop_already_runs():
	async def di_dalam() -> bytes:
		return pena().tandatangani(polos(), KETERANGAN, None)

	with ThreadPoolExecutor(1) as utas:  # the browser tests leave a loop in this thread
		hasil = utas.submit(lambda: asyncio.run(di_dalam())).result()
	assert periksa(hasil, percaya())[0].sah


def test_a_broken_pdf_is_not_signed():
	for rusak in (b"", b"bukan", polos()[: len(polos()) // 2]):
		with pytest.raises(TandaTanganGagal, match="tidak dapat ditandatangani"):
			pena().tandatangani(rusak, KETERANGAN, None)


def test_what_the_validator_refuses_never_leaves(monkeypatch):
	from kampung_bahagia.tata_kelola.tanda_tangan import pades

	monkeypatch.setattr(pades, "periksa", lambda pdf, akar, **_: periksa(pdf, Kepercayaan()))
	with pytest.raises(TandaTanganGagal, match="tidak lulus pemeriksaan"):
		pena().tandatangani(polos(), KETERANGAN, None)


def test_hostile_files_are_refused_with_a_word():
	dikunci = PdfWriter(clone_from=BytesIO(polos()))
	dikunci.encrypt("rahasia", algorithm="AES-256")
	keluar = BytesIO()
	dikunci.write(keluar)
	for pdf, pesan in (
		(b"", "bukan PDF"),
		(b"%PDF-1.7\n", "rusak"),
		(bertanda()[:-200], "rusak"),
		(keluar.getvalue(), "dikunci dengan sandi"),
		(b"%PDF-1.7" + bytes(TERBESAR), "terlalu besar"),
		(b"%PDF-1.7\n" + b"[" * 200_000, "rusak"),
	):
		with pytest.raises(PdfDitolak, match=pesan):
			periksa(pdf, percaya())


def test_a_pdf_without_signatures_has_none():
	assert periksa(polos(), percaya()) == []


def test_what_is_known_of_certificates_survives_the_way_to_another_process():
	asal = percaya(uji=frozenset({"ab"}), dicabut={"cd": datetime.now(WIB)})
	assert Kepercayaan.dari_json(asal.sebagai_json()) == asal


@cache
def cap_waktu() -> DummyTimeStamper:
	"""A time-stamping authority in this process."""
	kunci = rsa.generate_private_key(65537, 2048)
	nama = Name([NameAttribute(NameOID.COMMON_NAME, "TSA")])
	sertifikat = (
		uji.dasar(nama, nama, kunci, uji.MULAI, uji.AKHIR)
		.add_extension(uji.guna(penerbit=False), critical=True)
		.add_extension(ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
		.sign(kunci, hashes.SHA256())
	)
	return DummyTimeStamper(
		translate_pyca_cryptography_cert_to_asn1(sertifikat), translate_pyca_cryptography_key_to_asn1(kunci)
	)


def test_a_time_stamp_makes_the_hour_somebody_elses_word():
	pdf = replace(pena(), cap_waktu=cap_waktu()).tandatangani(polos(), KETERANGAN, None)
	[tanda] = periksa(pdf, Kepercayaan((terbuka().rantai[-1].dump(), cap_waktu().tsa_cert.dump())))
	assert tanda.sah and tanda.cap_waktu
	# an authority for time that nobody knows proves no hour, and spoils nothing
	[tanda] = periksa(pdf, percaya())
	assert tanda.sah and not tanda.cap_waktu


def test_a_time_stamp_from_before_outlives_a_revocation():
	pdf = replace(pena(), cap_waktu=cap_waktu()).tandatangani(polos(), KETERANGAN, None)
	akar = (terbuka().rantai[-1].dump(), cap_waktu().tsa_cert.dump())
	dicabut = {sidik_jari(terbuka().sertifikat.dump()): datetime.now(WIB) + timedelta(hours=1)}
	assert periksa(pdf, Kepercayaan(akar, dicabut=dicabut))[0].sah


def test_without_its_time_stamp_nothing_is_signed():
	jauh = RequestsHTTPTimeStamper("https://127.0.0.1:9/", timeout=1)
	with pytest.raises(TandaTanganGagal, match="cap waktu"):
		replace(pena(), cap_waktu=jauh).tandatangani(polos(), KETERANGAN, None)


def _buka(satu: uji.SertifikatUji) -> pkcs12.IsiPkcs12:
	return pkcs12.buka(satu.isi, satu.sandi)


def _widget(pdf: bytes):
	for halaman in PdfReader(BytesIO(pdf)).pages:
		for catatan in halaman.get("/Annots", []):
			if (objek := catatan.get_object()).get("/FT") == "/Sig":
				return objek
	raise AssertionError("no signature field on any page")


def _tampak(pdf: bytes, folder: Path, halaman: int) -> str:
	"""The page's text as Poppler paints it, signatures included."""
	berkas = folder / "tampak.pdf"
	berkas.write_bytes(pdf)
	perintah = ["pdftotext", "-f", str(halaman), "-l", str(halaman), "-raw", str(berkas), "-"]
	return " ".join(subprocess.run(perintah, capture_output=True, text=True, check=True).stdout.split())
