"""Many documents printed in the background, on both workers at once, as one file for whoever asked.

The documents are dealt out to BAGIAN jobs, so that a long one does not leave a worker idle; whichever ends last puts
the whole together, in the order in which it was asked for. Each document is printed by the reader's own right, and
what cannot be is named with the reason. The result is kept for a day for them alone, outside the site's files.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import frappe
from frappe import _
from frappe.utils import cint
from pypdf import PdfWriter
from werkzeug.utils import send_file

from kampung_bahagia.tata_kelola.cetak import cetak
from kampung_bahagia.tata_kelola.isian import daftar_nama
from kampung_bahagia.tata_kelola.unduhan import ResponPDFAtauZIP

FOLDER = "cetak_banyak"
BAGIAN = 2  # jobs, as many as there are workers
TERBANYAK = 500  # documents at a time
SATU_PDF = 100  # more, or any that is electronically signed, come as a ZIP of single files
TERLAMA = 30 * 60  # seconds that one job may take
BERLAKU = 24 * 3600  # seconds for which the result waits to be fetched
KODE = re.compile(r"[0-9a-f]{32}")
BUKAN_NAMA = re.compile(r"[^\w.-]")  # what a file name had better not hold


@frappe.whitelist(methods=["POST"])
def mulai(doctype: str, name: str | list, format: str | None = None) -> str:
	"""Begin to print the documents `name` (JSON list) of `doctype`; the code by which to ask for them.

	Raises frappe.PermissionError for a DocType of which the user prints nothing.
	"""
	nama = daftar_nama(name, _("Pilih dokumen yang hendak dicetak."))
	if not nama:
		frappe.throw(_("Pilih dokumen yang hendak dicetak."))
	if len(nama) > TERBANYAK:
		frappe.throw(
			_("Paling banyak {0} dokumen sekali cetak; Anda memilih {1}.").format(TERBANYAK, len(nama))
		)
	if not frappe.has_permission(doctype, "print"):
		frappe.throw(_("Jabatan Anda tidak mencetak {0}.").format(_(doctype)), frappe.PermissionError)
	kode = frappe.generate_hash(length=32)
	isi = {
		"pengguna": frappe.session.user,
		"doctype": doctype,
		"nama": nama,
		"format": format,
		"pada": time.time(),
	}
	_folder(kode).mkdir(parents=True)
	frappe.cache.set_value(_kunci(kode), isi, expires_in_sec=BERLAKU)
	frappe.cache.set_value(_kunci(frappe.session.user), kode, expires_in_sec=BERLAKU)
	for bagian in range(BAGIAN):
		frappe.enqueue(kerjakan, queue="long", timeout=TERLAMA, kode=kode, bagian=bagian)
	return kode


@frappe.whitelist()
def terakhir() -> str | None:
	"""The code of the last print of the present user that can still be fetched, also after the page was closed."""
	return frappe.cache.get_value(_kunci(frappe.session.user), expires=True)


@frappe.whitelist()
def keadaan(kode: str) -> dict[str, object]:
	"""How far it is: `persen` (100: done), `pesan`, `ditolak` ([document, why]), `gagal`. Raises DoesNotExistError."""
	isi = _milik(kode)
	ditolak = [
		frappe.safe_decode(b).split("\t", 1) for b in frappe.cache.lrange(_kunci(kode, "ditolak"), 0, -1)
	]
	hasil = {"ditolak": ditolak, "gagal": False}
	if _hasil(kode):
		return hasil | {"persen": 100, "pesan": _("Selesai")}
	sudah, galat = _terhitung(kode, "dokumen"), frappe.cache.get_value(_kunci(kode, "galat"), expires=True)
	if galat or isi["pada"] < time.time() - 2 * TERLAMA:  # its workers are no more
		return hasil | {"persen": 100, "pesan": galat or _("Cetak tidak selesai. Coba lagi."), "gagal": True}
	pesan = _("{0} dari {1} dokumen").format(sudah, len(isi["nama"])) if sudah else _("Menunggu giliran")
	return hasil | {"persen": 99 * sudah // len(isi["nama"]), "pesan": pesan}


@frappe.whitelist()
def unduh(kode: str) -> ResponPDFAtauZIP:
	"""The finished PDF or ZIP, to who asked for it. Raises frappe.DoesNotExistError."""
	isi, berkas = _milik(kode), _hasil(kode)
	if not berkas:
		_tidak_ada()
	return send_file(
		berkas.resolve(),
		frappe.local.request.environ,
		mimetype="application/zip" if berkas.suffix == ".zip" else "application/pdf",
		as_attachment=True,
		download_name=f"{isi['doctype'].replace(' ', '-')}{berkas.suffix}",
		max_age=0,
	)


def hapus_yang_lama() -> None:
	"""Daily: what nobody can fetch any more, finished or not."""
	akar = _folder("")
	for sisa in akar.iterdir() if akar.is_dir() else ():
		if sisa.stat().st_mtime < time.time() - BERLAKU:
			shutil.rmtree(sisa)


def kerjakan(kode: str, bagian: int) -> None:
	"""Background job, as the user who asked: every BAGIAN-th document; the job that ends last joins them."""
	isi = frappe.cache.get_value(_kunci(kode), expires=True)
	try:
		for i in range(bagian, len(isi["nama"]), BAGIAN):
			_satu(kode, isi, i)
			_tambah(kode, "dokumen")
		if _tambah(kode, "bagian") == BAGIAN:
			_gabungkan(kode, isi)
	except Exception:
		frappe.db.rollback()
		catatan = frappe.log_error(title="Cetak Banyak")
		frappe.db.commit()
		pesan = _("Dokumen belum dapat dicetak. Coba lagi, atau sampaikan nomor {0} kepada Admin.")
		frappe.cache.set_value(_kunci(kode, "galat"), pesan.format(catatan.name), expires_in_sec=BERLAKU)


def _satu(kode: str, isi: dict, i: int) -> None:
	"""Print one document, or note why it cannot be; what went wrong with one is no matter of the others."""
	nama = isi["nama"][i]
	try:
		pdf = cetak(isi["doctype"], nama, isi["format"], 0)
	except frappe.PermissionError:
		sebab = _("di luar kewenangan Anda")
	except frappe.DoesNotExistError:
		sebab = _("tidak ditemukan")
	except frappe.ValidationError as galat:
		sebab = str(galat)
	else:
		(_folder(kode) / f"{i:04}.pdf").write_bytes(pdf)
		sebab = None
	frappe.clear_messages()
	frappe.db.commit()  # the line in Access Log; nothing else is written
	if sebab:
		kunci = _kunci(kode, "ditolak")
		frappe.cache.rpush(kunci, f"{nama}\t{sebab}")
		frappe.cache.expire(kunci, BERLAKU)


def _gabungkan(kode: str, isi: dict) -> None:
	"""One PDF of all, or a ZIP. It stands under its name only when it is whole."""
	folder = _folder(kode)
	lembar = sorted(folder.glob("????.pdf"))
	if not lembar:
		pesan = _("Tidak ada dokumen yang dapat dicetak.")
		frappe.cache.set_value(_kunci(kode, "galat"), pesan, expires_in_sec=BERLAKU)
		return
	sementara = folder / "sementara"
	if len(lembar) > SATU_PDF or _ada_elektronik(isi):
		with ZipFile(sementara, "w", ZIP_STORED) as arsip:
			for satu in lembar:
				nama = BUKAN_NAMA.sub("-", isi["nama"][cint(satu.stem)])
				arsip.write(satu, f"{nama}.pdf")
		tujuan = folder / "hasil.zip"
	else:
		gabungan = PdfWriter()
		for satu in lembar:
			gabungan.append(satu)
		gabungan.write(sementara)
		tujuan = folder / "hasil.pdf"
	for satu in lembar:
		satu.unlink()
	sementara.replace(tujuan)


def _ada_elektronik(isi: dict) -> bool:
	"""Joined with others a signed PDF would be written anew, and its genuine signature appear to be broken."""
	if not frappe.get_meta(isi["doctype"]).has_field("cara_tanda_tangan"):
		return False
	saring = {"name": ["in", isi["nama"]], "cara_tanda_tangan": "Elektronik", "dokumen_resmi": ["is", "set"]}
	return bool(frappe.db.exists(isi["doctype"], saring))


def _folder(kode: str) -> Path:
	return Path(frappe.get_site_path("private", FOLDER, kode))


def _hasil(kode: str) -> Path | None:
	return next((f for f in (_folder(kode) / "hasil.pdf", _folder(kode) / "hasil.zip") if f.is_file()), None)


def _kunci(kode: str, apa: str = "") -> str:
	kunci = f"cetak_banyak:{kode}:{apa}"
	return frappe.cache.make_key(kunci) if apa in ("ditolak", "dokumen", "bagian") else kunci


def _tambah(kode: str, apa: str) -> int:
	jumlah = frappe.cache.incrby(_kunci(kode, apa), 1)
	frappe.cache.expire(_kunci(kode, apa), BERLAKU)
	return jumlah


def _terhitung(kode: str, apa: str) -> int:
	return cint(frappe.cache.get(_kunci(kode, apa)))


def _milik(kode: str) -> dict:
	"""What is known of a print of the present user; other people's do not exist for them."""
	isi = frappe.cache.get_value(_kunci(kode), expires=True) if KODE.fullmatch(kode) else None
	if not isi or isi["pengguna"] != frappe.session.user:
		_tidak_ada()
	return isi


def _tidak_ada() -> None:
	frappe.throw(_("Hasil cetak ini tidak tersedia lagi. Cetak ulang dari daftar."), frappe.DoesNotExistError)
