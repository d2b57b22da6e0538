"""Many documents printed in the background: by two jobs, in any order, each document by the reader's own right."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from unittest.mock import patch
from zipfile import ZipFile

import frappe
import pytest
from pypdf import PdfReader

from kampung_bahagia.tata_kelola import cetak_banyak
from kampung_bahagia.tests import pabrik


@pytest.fixture
def pekerja() -> Iterator[list[dict]]:
	"""The jobs that were queued, for the test to run; what they commit stays undone."""
	antre: list[dict] = []

	def catat(kerja, **nilai):
		if kerja is cetak_banyak.kerjakan:
			antre.append({k: nilai[k] for k in ("kode", "bagian")})

	with patch.object(frappe, "enqueue", catat), patch.object(frappe.db, "commit"):
		yield antre


def ambil(kode: str) -> tuple[str, bytes]:
	with patch.object(
		cetak_banyak, "send_file", lambda berkas, *a, **nilai: (nilai["download_name"], berkas.read_bytes())
	):
		frappe.local.request = frappe._dict(environ={})
		return cetak_banyak.unduh(kode)


@pytest.fixture
def dokumen(k) -> list[str]:
	"""Five kegiatan of the RT, drafts among them."""
	return [pabrik.kegiatan(k, judul=f"Gorong-gorong ke-{i}").name for i in range(5)]


@pytest.mark.parametrize(
	"urut", [lambda antre: antre, lambda antre: antre[::-1]], ids=["in order", "reversed"]
)
def test_two_jobs_make_one_file_in_the_order_asked_for(k, dokumen, pekerja, urut: Callable):
	with pabrik.sebagai(k.ketua):
		kode = cetak_banyak.mulai("Kegiatan", frappe.as_json(dokumen[::-1]))
		assert len(pekerja) == 2
		satu, dua = urut(pekerja)
		cetak_banyak.kerjakan(**satu)
		tengah = cetak_banyak.keadaan(kode)
		assert 0 < tengah["persen"] < 100 and "dari 5 dokumen" in tengah["pesan"]
		with pytest.raises(frappe.DoesNotExistError):
			ambil(kode)
		cetak_banyak.kerjakan(**dua)
		assert cetak_banyak.keadaan(kode) == {
			"persen": 100,
			"pesan": "Selesai",
			"ditolak": [],
			"gagal": False,
		}
		nama, isi = ambil(kode)
	assert nama == "Kegiatan.pdf"
	teks = " ".join(h.extract_text() for h in PdfReader(BytesIO(isi)).pages)
	letak = [teks.index(f"ke-{i}") for i in (4, 3, 2, 1, 0)]
	assert letak == sorted(letak)


def test_what_may_not_be_printed_is_named_and_the_others_come(k, dokumen, pekerja):
	with pabrik.sebagai(k.ketua):
		kode = cetak_banyak.mulai("Kegiatan", [dokumen[0], "KGT-0000-00000"])
	asing = dokumen[1]
	with pabrik.sebagai(k.ketua_jauh):
		kode_asing = cetak_banyak.mulai("Kegiatan", [asing])
	with pabrik.sebagai(k.ketua):
		for kerja in pekerja[:2]:
			cetak_banyak.kerjakan(**kerja)
		akhir = cetak_banyak.keadaan(kode)
		assert (akhir["persen"], akhir["ditolak"], akhir["gagal"]) == (
			100,
			[["KGT-0000-00000", "tidak ditemukan"]],
			False,
		)
		assert ambil(kode)[1].startswith(b"%PDF")
	with pabrik.sebagai(k.ketua_jauh):
		for kerja in pekerja[2:]:
			cetak_banyak.kerjakan(**kerja)
		akhir = cetak_banyak.keadaan(kode_asing)
		assert (akhir["gagal"], akhir["ditolak"]) == (True, [[asing, "di luar kewenangan Anda"]])
		assert akhir["pesan"] == "Tidak ada dokumen yang dapat dicetak."


def test_many_or_electronically_signed_ones_come_as_single_files(k, dokumen, pekerja):
	with pabrik.sebagai(k.ketua), patch.object(cetak_banyak, "SATU_PDF", 2):
		kode = cetak_banyak.mulai("Kegiatan", dokumen[:3])
		for kerja in pekerja:
			cetak_banyak.kerjakan(**kerja)
		nama, isi = ambil(kode)
	assert nama == "Kegiatan.zip"
	with ZipFile(BytesIO(isi)) as arsip:
		assert arsip.namelist() == [f"{satu}.pdf" for satu in dokumen[:3]]
		assert all(arsip.read(satu).startswith(b"%PDF") for satu in arsip.namelist())


def test_the_result_is_for_who_asked_and_for_a_day(k, dokumen, pekerja, monkeypatch):
	with pabrik.sebagai(k.ketua):
		kode = cetak_banyak.mulai("Kegiatan", dokumen[:1])
		for kerja in pekerja:
			cetak_banyak.kerjakan(**kerja)
		assert cetak_banyak.terakhir() == kode
	with pabrik.sebagai(k.lurah):
		assert cetak_banyak.terakhir() is None
		for metode in (cetak_banyak.keadaan, ambil):
			with pytest.raises(frappe.DoesNotExistError):
				metode(kode)
	folder = cetak_banyak._folder(kode)
	cetak_banyak.hapus_yang_lama()
	assert folder.is_dir()
	os.utime(folder, (0, 0))
	cetak_banyak.hapus_yang_lama()
	assert not folder.exists()
	with pabrik.sebagai(k.ketua), pytest.raises(frappe.DoesNotExistError):
		ambil(kode)


def test_a_job_that_fails_says_so(k, dokumen, pekerja):
	with pabrik.sebagai(k.ketua):
		kode = cetak_banyak.mulai("Kegiatan", dokumen[:2])
		with (
			patch.object(cetak_banyak, "cetak", side_effect=OSError("disk")),
			patch.object(frappe.db, "rollback"),
		):
			cetak_banyak.kerjakan(**pekerja[0])
		akhir = cetak_banyak.keadaan(kode)
	assert akhir["gagal"] and "sampaikan nomor" in akhir["pesan"]


def test_who_prints_none_of_them_or_too_many_is_refused_at_once(k, dokumen, pekerja):
	with pabrik.sebagai(pabrik.pengguna("tanpa-jabatan")), pytest.raises(frappe.PermissionError):
		cetak_banyak.mulai("Kegiatan", dokumen)
	with pabrik.sebagai(k.ketua):
		for salah in ([], [["x"]], [str(i) for i in range(501)]):
			with pytest.raises(frappe.ValidationError):
				cetak_banyak.mulai("Kegiatan", salah)
	assert not pekerja
