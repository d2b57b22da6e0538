"""The complete file of a kegiatan: every paper of it in one PDF, in order, with contents and bookmarks.

Built in the background as the reader who asks for it: each part by that reader's own right, and what they may
not see is left out and said so. It is kept for a day for them alone, outside the site's files, so that no
list, link or attachment leads to it.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.utils import now_datetime
from pypdf import PdfReader, PdfWriter, Transformation
from rq.timeouts import JobTimeoutException
from werkzeug.utils import send_file

from kampung_bahagia.perencanaan.naskah import kemajuan_surat
from kampung_bahagia.tata_kelola.cetak import BAHASA, halaman_ke_pdf, jadikan_pdf
from kampung_bahagia.tata_kelola.naskah import foto_surat
from kampung_bahagia.tata_kelola.unduhan import ResponPDF

TEMPLAT = "kampung_bahagia/templates/cetak/berkas_lengkap.html"
FOLDER = "berkas_lengkap"
BERLAKU = 24 * 3600  # seconds for which a finished file waits to be fetched
TERLAMA = 15 * 60  # seconds that one may take to build
KODE = re.compile(r"[0-9a-f]{32}")
# what is larger is named in its place: the whole must fit into a worker's memory, and into a letter-box
BYTE_BERKAS, BYTE_SEMUA, HALAMAN_BERKAS = 20 * 2**20, 80 * 2**20, 200
GAMBAR = {".jpg", ".jpeg", ".png", ".webp", ".gif"}


def _tertutup() -> str:
	return _("tidak disertakan: di luar kewenangan Anda")


@dataclass
class Bagian:
	"""One part of the file: an entry of the contents. `pdf` is None when there is only the remark to show."""

	judul: str
	pdf: Path | None = None
	keterangan: str = ""
	anak: bool = False  # an upload that belongs to the part before it
	jumlah: int = 0
	halaman: int = 0


@dataclass
class Susunan:
	"""What one build has gathered so far."""

	folder: Path
	bagian: list[Bagian] = field(default_factory=list)
	byte: int = 0


# --- doors


@frappe.whitelist(methods=["POST"])
def susun(kegiatan: str) -> str:
	"""Begin to build the complete file of `kegiatan` in the background; the code by which to ask for it.

	Asked twice while one is being built, it is the same. Raises frappe.PermissionError for who may not print it.
	"""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("print")
	kunci = f"berkas_lengkap:{frappe.session.user}:{doc.name}"
	lama = frappe.cache.get_value(kunci, expires=True)
	if lama and (keadaan := frappe.cache.get_value(_kunci(lama), expires=True)) and keadaan["persen"] < 100:
		return lama
	kode = frappe.generate_hash(length=32)
	_catat(kode, kegiatan=doc.name, pengguna=frappe.session.user, persen=0, pesan=_("Menunggu giliran"))
	frappe.cache.set_value(kunci, kode, expires_in_sec=TERLAMA)
	frappe.enqueue(kerjakan, queue="long", timeout=TERLAMA, kode=kode, kegiatan=doc.name)
	return kode


@frappe.whitelist()
def keadaan(kode: str) -> dict[str, object]:
	"""How far the build is: `persen` (100: done), `pesan`, `gagal` (bool). Raises frappe.DoesNotExistError."""
	milik = _milik(kode)
	if milik["persen"] < 100 and milik["pada"] < time.time() - TERLAMA:  # its worker is no more
		return {"persen": 100, "pesan": _("Berkas tidak selesai disusun. Coba lagi."), "gagal": True}
	return {kolom: milik.get(kolom) for kolom in ("persen", "pesan", "gagal")}


@frappe.whitelist()
def unduh(kode: str) -> ResponPDF:
	"""The finished PDF, to who asked for it and may still print the kegiatan.

	Raises frappe.PermissionError or frappe.DoesNotExistError.
	"""
	milik = _milik(kode)
	frappe.get_doc("Kegiatan", milik["kegiatan"]).check_permission("print")
	berkas = _folder() / f"{kode}.pdf"
	if not berkas.is_file():
		_tidak_ada()
	return send_file(
		berkas.resolve(),
		frappe.local.request.environ,
		mimetype="application/pdf",
		as_attachment=True,
		download_name=f"Berkas-Lengkap-{milik['kegiatan']}.pdf",
		max_age=0,
	)


def hapus_yang_lama() -> None:
	"""Daily: what nobody can fetch any more, and what a killed build left behind."""
	for sisa in _folder().iterdir():
		if sisa.stat().st_mtime >= time.time() - BERLAKU:
			continue
		if sisa.is_dir():
			shutil.rmtree(sisa)
		else:
			sisa.unlink(missing_ok=True)


# --- build


def kerjakan(kode: str, kegiatan: str) -> None:
	"""Background job, as the user who asked. What goes wrong is told to them and written to the error log."""
	milik = {"kegiatan": kegiatan, "pengguna": frappe.session.user}
	try:
		bangun(
			kegiatan, _folder() / f"{kode}.pdf", lambda n, pesan: _catat(kode, **milik, persen=n, pesan=pesan)
		)
		_catat(kode, **milik, persen=100, pesan=_("Selesai"))
	except Exception:
		frappe.db.rollback()
		catatan = frappe.log_error(title="Berkas Lengkap")
		frappe.db.commit()
		_catat(
			kode,
			**milik,
			persen=100,
			gagal=True,
			pesan=_("Berkas belum dapat disusun. Coba lagi, atau sampaikan nomor {0} kepada Admin.").format(
				catatan.name
			),
		)


def bangun(kegiatan: str, tujuan: Path, lapor: Callable[[int, str], None] = lambda _n, _pesan: None) -> None:
	"""Write the complete file of `kegiatan`, as the present user may see it, to `tujuan`."""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("print")
	sementara = tujuan.with_suffix(".susun")
	sementara.mkdir()
	try:
		susunan = Susunan(sementara)
		langkah = list(_daftar(doc))
		for i, (judul, buat) in enumerate(langkah):
			lapor(90 * i // len(langkah), judul)
			buat(susunan)
		lapor(92, _("Menggabungkan"))
		gabungan = sementara / "gabungan.pdf"
		_gabungkan(doc, susunan, gabungan)
		make_access_log(doctype=doc.doctype, document=doc.name, file_type="PDF", method="Berkas Lengkap")
		gabungan.replace(tujuan)
	finally:
		shutil.rmtree(sementara)


Pembuat = Callable[[Susunan], None]


def _daftar(kegiatan) -> Iterator[tuple[str, Pembuat]]:
	"""Every part in the order of the work: its title, and what adds it."""

	def naskah(doctype: str, nama: str | None, format: str, *lampiran: tuple[str, str], judul: str = ""):
		judul = judul or format
		return judul, lambda s: _tambah_naskah(s, judul, doctype, nama, format, lampiran)

	m = kegiatan.musyawarah
	yield naskah("Musyawarah", m, "Undangan Musyawarah")
	yield naskah(
		"Musyawarah",
		m,
		"Daftar Hadir Musyawarah",
		("daftar_hadir_bertanda", _("Daftar hadir bertanda tangan")),
	)
	yield naskah(
		"Musyawarah", m, "Berita Acara Musyawarah", ("berita_acara", _("Berita acara bertanda tangan"))
	)
	for format in ("Proposal Kegiatan", "RAB Kegiatan", "Surat Pengantar Lurah"):
		yield naskah("Kegiatan", kegiatan.name, format)
	for sk in _milik_kegiatan("Surat Keputusan", kegiatan, "creation", status=["!=", "Draf"]):
		judul = f"Keputusan Ketua RT {sk.nomor or sk.name}"
		yield naskah(
			"Surat Keputusan",
			sk.name,
			"Keputusan Ketua RT",
			("pindaian", _("Keputusan bertanda tangan")),
			judul=judul,
		)
	for tugas in _milik_kegiatan("Surat Tugas", kegiatan, "creation", status=["!=", "Draf"]):
		yield naskah(
			"Surat Tugas",
			tugas.name,
			"Surat Tugas",
			("pindaian", _("Surat tugas bertanda tangan")),
			judul=f"Surat Tugas {tugas.nomor}",
		)
	for p in _milik_kegiatan("Pendaftaran BPJS", kegiatan, "creation"):
		judul = f"Surat Permohonan Pendaftaran {p.name}"
		yield naskah("Pendaftaran BPJS", p.name, "Surat Permohonan Pendaftaran", judul=judul)
		yield naskah(
			"Pendaftaran BPJS",
			p.name,
			"Rekap Iuran",
			("bukti_bayar", _("Bukti bayar iuran")),
			("sertifikat", _("Sertifikat kepesertaan")),
			judul=f"Rekap Iuran {p.name}",
		)
	for adendum in _milik_kegiatan("Adendum Kegiatan", kegiatan, "versi", docstatus=1):
		perubahan = frappe.db.get_value("Adendum Kegiatan", adendum.name, "musyawarah")
		yield naskah(
			"Musyawarah",
			perubahan,
			"Berita Acara Musyawarah",
			("berita_acara", _("Berita acara perubahan bertanda tangan")),
			("daftar_hadir_bertanda", _("Daftar hadir musyawarah perubahan bertanda tangan")),
			judul=_("Musyawarah Perubahan {0}").format(perubahan),
		)
		yield naskah(
			"Adendum Kegiatan",
			adendum.name,
			"Berita Acara Perubahan Kegiatan",
			judul=f"Adendum {adendum.name}",
		)
	if kemajuan := kemajuan_surat(kegiatan):
		judul = _("Kemajuan Kegiatan")
		yield judul, lambda s: _tambah_kemajuan(s, judul, kegiatan, kemajuan)
	serah_terima = frappe.get_all(
		"Musyawarah",
		filters={"kegiatan": kegiatan.name, "jenis": "Serah Terima", "status": "Disahkan"},
		pluck="name",
		order_by="tanggal",
	)
	for nama in serah_terima:
		yield naskah(
			"Musyawarah",
			nama,
			"Berita Acara Musyawarah",
			("berita_acara", _("Berita acara musyawarah serah terima bertanda tangan")),
			("daftar_hadir_bertanda", _("Daftar hadir serah terima bertanda tangan")),
			judul=_("Musyawarah Serah Terima {0}").format(nama),
		)
	if kegiatan.status in ("Serah Terima", "Selesai"):
		yield naskah("Kegiatan", kegiatan.name, "Berita Acara Serah Terima")
	for lpj in _milik_kegiatan("LPJ Kegiatan", kegiatan, "creation"):
		yield naskah(
			"LPJ Kegiatan",
			lpj.name,
			"Laporan Pertanggungjawaban",
			("berita_acara_serah_terima", _("Berita acara serah terima bertanda tangan")),
			("bukti_pengembalian", _("Bukti pengembalian sisa dana")),
			("realisasi.bukti", _("Bukti")),
			judul=f"Laporan Pertanggungjawaban {lpj.name}",
		)


def _milik_kegiatan(doctype: str, kegiatan, urut: str, **saringan) -> list:
	kolom = ["name"] + (["nomor"] if doctype in ("Surat Keputusan", "Surat Tugas") else [])
	return frappe.get_all(
		doctype, filters={"kegiatan": kegiatan.name, **saringan}, fields=kolom, order_by=f"{urut}, name"
	)


def _tambah_naskah(
	s: Susunan, judul: str, doctype: str, nama: str | None, format: str, lampiran: tuple[tuple[str, str], ...]
) -> None:
	"""A letter, and the uploads in the named fields of its document ("table.field" for those of its rows)."""
	doc = frappe.get_doc(doctype, nama) if nama and frappe.db.exists(doctype, nama) else None
	if not doc or not doc.has_permission("print"):
		s.bagian.append(Bagian(judul, keterangan=_tertutup()))
		return
	berkas = _berkas_baru(s)
	berkas.write_bytes(jadikan_pdf(doc, format))
	make_access_log(doctype=doctype, document=doc.name, file_type="PDF", method="Berkas Lengkap")
	s.bagian.append(Bagian(judul, berkas, jumlah=len(PdfReader(berkas).pages)))
	sudah = set()
	for kolom, sebutan in lampiran:
		tabel, _titik, anak = kolom.rpartition(".")
		for baris in doc.get(tabel) if tabel else [doc]:
			alamat = baris.get(anak)
			if alamat and alamat not in sudah:
				sudah.add(alamat)
				label = f"{sebutan} B-{len(sudah & _bukti(doc))}" if tabel else sebutan
				_tambah_unggahan(s, label, doc, alamat)


def _tambah_kemajuan(s: Susunan, judul: str, kegiatan, laporan: list) -> None:
	"""The reports as a table with their photos, and those of the kegiatan itself."""
	if not frappe.get_doc("Kemajuan Kegiatan", laporan[0].name).has_permission("print"):
		s.bagian.append(Bagian(judul, keterangan=_tertutup()))
		return
	_tambah_lembar(s, Bagian(judul), "kemajuan", doc=kegiatan, laporan=laporan)


def _tambah_lembar(s: Susunan, bagian: Bagian, ragam: str, **isi) -> None:
	s.bagian.append(bagian)
	bagian.pdf = _berkas_baru(s)
	bagian.pdf.write_bytes(_halaman(ragam, judul=bagian.judul, **isi))
	bagian.jumlah = len(PdfReader(bagian.pdf).pages)


def _bukti(doc) -> set[str]:
	return {r.bukti for r in doc.get("realisasi") or [] if r.bukti}


# --- uploads


def _tambah_unggahan(s: Susunan, judul: str, doc, alamat: str) -> None:
	"""An upload of `doc` as it is; where that cannot be, a page in its place that says which and why."""
	bagian = Bagian(judul, anak=True)
	s.bagian.append(bagian)
	nama = frappe.db.get_value(
		"File", {"file_url": alamat, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	)
	file = frappe.get_doc("File", nama) if nama else None
	if not file:
		alasan = _("berkas tidak ditemukan pada dokumen ini")
	elif not frappe.has_permission("File", "read", file):
		alasan = _("di luar kewenangan Anda")
	else:
		alasan = _muat_unggahan(s, bagian, doc, file)
	if alasan:
		bagian.keterangan = alasan
		bagian.pdf = _berkas_baru(s)
		bagian.pdf.write_bytes(
			_halaman(
				"pengganti", judul=judul, nama=alamat.rsplit("/", 1)[-1], dokumen=doc.name, alasan=alasan
			)
		)
		bagian.jumlah = 1


def _muat_unggahan(s: Susunan, bagian: Bagian, doc, file) -> str | None:
	"""Put the upload into `bagian`; the reason when it cannot be."""
	sumber = Path(file.get_full_path())
	if not sumber.is_file():
		return _("berkas hilang dari penyimpanan")
	ukuran = sumber.stat().st_size
	if ukuran > BYTE_BERKAS or s.byte + ukuran > BYTE_SEMUA:
		return _("terlalu besar untuk digabungkan ({0} MB); buka pada dokumennya").format(ukuran // 2**20)
	jenis = sumber.suffix.lower()
	tujuan = _berkas_baru(s)
	if jenis in GAMBAR:
		gambar = foto_surat(doc, file.file_url)
		if not gambar:
			return _("gambar tidak dapat dibaca")
		tujuan.write_bytes(_halaman("gambar", judul=bagian.judul, gambar=gambar, dokumen=doc.name))
	elif jenis == ".pdf":
		try:
			if not _salin_pdf(sumber, tujuan):
				return _("lebih dari {0} halaman; buka pada dokumennya").format(HALAMAN_BERKAS)
		except JobTimeoutException:
			raise
		except Exception:  # whatever a torn, locked or hostile file makes the parser say
			return _("PDF tidak dapat dibaca atau terkunci sandi")
	else:
		return _("jenis berkas {0} tidak dapat digabungkan; buka pada dokumennya").format(jenis or "?")
	s.byte += ukuran
	bagian.pdf, bagian.jumlah = tujuan, len(PdfReader(tujuan).pages)
	return None


def _salin_pdf(sumber: Path, tujuan: Path) -> bool:
	"""The pages of an upload, without what a PDF can do (scripts, attached files); False when they are too many."""
	pembaca = PdfReader(sumber)
	if not pembaca.pages:
		raise ValueError("no pages")
	if len(pembaca.pages) > HALAMAN_BERKAS:
		return False
	salinan = PdfWriter()
	for halaman in pembaca.pages:
		baru = salinan.add_page(halaman, excluded_keys=("/AA", "/Metadata", "/PieceInfo"))
		for catatan in baru.get("/Annots") or []:
			for aksi in ("/A", "/AA"):
				catatan.get_object().pop(aksi, None)
	salinan.write(tujuan)
	return True


# --- the whole


def _gabungkan(doc, s: Susunan, tujuan: Path) -> None:
	"""Contents first, then every part; page numbers run through the whole, and a bookmark leads to each part."""
	daftar_isi = _halaman("isi", doc=doc, bagian=s.bagian, waktu=now_datetime())
	mulai = len(PdfReader(BytesIO(daftar_isi)).pages) + 1
	for bagian in s.bagian:
		bagian.halaman, mulai = mulai, mulai + bagian.jumlah
	jumlah = mulai - 1
	daftar_isi = _halaman("isi", doc=doc, bagian=s.bagian, waktu=now_datetime())
	hasil = PdfWriter()
	hasil.append(BytesIO(daftar_isi), import_outline=False)
	hasil.add_outline_item(title=_("Daftar isi"), page_number=0)
	induk = None
	for bagian in s.bagian:
		if not bagian.pdf:
			continue
		hasil.append(bagian.pdf, import_outline=False)
		butir = hasil.add_outline_item(
			title=bagian.judul, page_number=bagian.halaman - 1, parent=induk if bagian.anak else None
		)
		if not bagian.anak:
			induk = butir
	nomor = PdfReader(BytesIO(_halaman("nomor", doc=doc, jumlah=jumlah)))
	for lembar, cap in zip(hasil.pages, nomor.pages, strict=True):
		_bubuhi_nomor(lembar, cap)
	hasil.add_metadata({"/Title": f"Berkas Lengkap {doc.name}", "/Subject": doc.judul})
	hasil.write(tujuan)


def _bubuhi_nomor(lembar, cap) -> None:
	"""Lay the running number into the top right corner, whatever size the page has; an odd page goes without."""
	try:
		if lembar.rotation:
			lembar.transfer_rotation_to_content()
		geser = Transformation().translate(
			float(lembar.mediabox.right) - float(cap.mediabox.right),
			float(lembar.mediabox.top) - float(cap.mediabox.top),
		)
		lembar.merge_transformed_page(cap, geser)
	except JobTimeoutException:
		raise
	except Exception:
		frappe.logger().warning("a page took no running number", exc_info=True)


def _halaman(ragam: str, **isi) -> bytes:
	return halaman_ke_pdf(frappe.render_template(TEMPLAT, {"ragam": ragam, "bahasa": BAHASA, **isi}))


# --- where it is kept


def _folder() -> Path:
	folder = Path(frappe.get_site_path("private", FOLDER))
	folder.mkdir(exist_ok=True)
	return folder


def _berkas_baru(s: Susunan) -> Path:
	return s.folder / f"{len(s.bagian):03}-{frappe.generate_hash(length=8)}.pdf"


def _kunci(kode: str) -> str:
	return f"berkas_lengkap:{kode}"


def _catat(kode: str, **isi) -> None:
	frappe.cache.set_value(_kunci(kode), {**isi, "pada": time.time()}, expires_in_sec=BERLAKU)


def _milik(kode: str) -> dict:
	"""What is known of a build of the present user; other people's do not exist for them."""
	isi = frappe.cache.get_value(_kunci(kode), expires=True) if KODE.fullmatch(kode) else None
	if not isi or isi["pengguna"] != frappe.session.user:
		_tidak_ada()
	return isi


def _tidak_ada() -> None:
	frappe.throw(
		_("Berkas ini tidak tersedia lagi. Susun ulang dari formulir kegiatan."), frappe.DoesNotExistError
	)
