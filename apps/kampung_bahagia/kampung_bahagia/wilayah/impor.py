"""What imports of tables share: doors, files, progress, verdicts, and how an area and a person are read from a row."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import frappe
from frappe import _
from frappe.desk.utils import provide_binary_file
from frappe.model.document import Document
from frappe.utils import add_days, now
from frappe.utils.background_jobs import is_job_enqueued
from frappe.utils.xlsxutils import make_xlsx
from openpyxl import Workbook
from openpyxl.styles import Font

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.izin.peran import sisip_baris
from kampung_bahagia.wilayah.baca_tabel import baca_tabel, baca_teks, susun_baris

BARU, SAMA, DIUBAH, DITOLAK = "Baru", "Sama", "Diubah", "Ditolak"
KELAMIN = {
	"l": "L",
	"laki-laki": "L",
	"laki laki": "L",
	"pria": "L",
	"p": "P",
	"perempuan": "P",
	"wanita": "P",
}
IMPOR = ("Impor Penugasan", "Impor Warga", "Impor Kepesertaan Kota")
SIMPAN_BERKAS = 30  # days that a table with NIK in clear waits to be applied


class ImporBerjalan(frappe.ValidationError):
	pass


class ImporBelumDiperiksa(frappe.ValidationError):
	pass


class ImporSudahDiterapkan(frappe.ValidationError):
	pass


class ImporTabel(Document):
	"""A file with its verdicts: `berkas`, `status`, `catatan`, `jejak_berkas`, `jumlah_*` and the table `hasil`."""

	def validate(self):
		self.periksa_sudah_diterapkan()
		self.kembali_ke_awal()

	def periksa_sudah_diterapkan(self):
		sebelum = self.get_doc_before_save()
		if sebelum and sebelum.status in ("Berjalan", "Diterapkan") and sebelum.berkas != self.berkas:
			frappe.throw(_("Impor ini sudah diterapkan. Buat impor baru untuk berkas lain."))

	def kembali_ke_awal(self):
		"""Verdicts are the job's own; a form or a request brings none, and another file begins anew."""
		sebelum = self.get_doc_before_save()
		tetap = sebelum if sebelum and sebelum.berkas == self.berkas else None
		for df in self.meta.fields:
			if df.read_only and df.fieldtype != "Table":
				self.set(df.fieldname, tetap.get(df.fieldname) if tetap else df.default)
		self.hasil = tetap.hasil if tetap else []


@dataclass
class BarisTabel:
	"""One row of the table, what it comes to and why."""

	nomor: int
	nilai: dict
	galat: list[str] = field(default_factory=list)
	rt: str | None = None
	judul_rt: str = ""
	hasil: str = BARU
	catatan: str = ""


# --- doors ---------------------------------------------------------------------------


def antrekan(doc: ImporTabel, jalankan: Callable, *, terapkan: bool) -> None:
	"""Queue `jalankan(nama, terapkan)`; what is applied was tried and had nothing to refuse it for."""
	doc.check_permission("write")
	tolak_yang_diterapkan(doc)
	if terapkan and not (doc.jejak_berkas and doc.status in ("Siap Diterapkan", "Gagal")):
		frappe.throw(_("Periksa dahulu berkas ini, dan perbaiki baris yang ditolak."), ImporBelumDiperiksa)
	pekerjaan = f"{frappe.scrub(doc.doctype)}::{doc.name}"
	if is_job_enqueued(pekerjaan):
		frappe.throw(_("Impor ini sedang berjalan. Tunggu sampai selesai."), ImporBerjalan)
	# at once: this request writes nothing, so the framework ends it without the commit that others wait for
	frappe.enqueue(jalankan, queue="long", timeout=1800, job_id=pekerjaan, nama=doc.name, terapkan=terapkan)


def tolak_yang_diterapkan(doc: ImporTabel) -> None:
	"""Another run would write over the verdicts that tell what was applied. Raises ImporSudahDiterapkan."""
	if doc.status == "Diterapkan":
		frappe.throw(
			_("Impor ini sudah diterapkan, dan hasilnya disimpan sebagai catatan. Buat impor baru."),
			ImporSudahDiterapkan,
			title=_("Sudah diterapkan"),
		)


def kirim_templat(
	nama_berkas: str, judul: str, kolom: Mapping[str, Sequence[str]], contoh: Mapping[str, str]
) -> None:
	"""Answer with the table to fill in, as XLSX: every cell text, so that long numbers keep their digits."""
	buku = Workbook()
	lembar = buku.active
	lembar.title = judul
	lembar.append([judul_kolom[0] for judul_kolom in kolom.values()])
	lembar.append([contoh[k] for k in kolom])
	for satu in lembar.iter_cols(min_row=1, max_row=2_000, max_col=len(kolom)):
		for sel in satu:
			sel.number_format = "@"
		satu[0].font = Font(bold=True)
		lembar.column_dimensions[satu[0].column_letter].width = 20
	lembar.freeze_panes = "A2"
	hasil = BytesIO()
	buku.save(hasil)
	provide_binary_file(nama_berkas, "xlsx", hasil.getvalue())


def kirim_hasil(doc: ImporTabel) -> None:
	"""Answer with the verdict of every row as XLSX; a cell that begins like a formula is written as text."""
	doc.check_permission("read")
	baris = frappe.get_meta(doc.meta.get_field("hasil").options)
	kolom = [df for df in baris.fields if df.in_list_view]
	isi = frappe.get_all(
		baris.name,
		{"parent": doc.name, "parenttype": doc.doctype},
		[df.fieldname for df in kolom],
		order_by="baris, idx",
		as_list=True,
		limit=0,
	)
	aman = [[f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" and v else v for v in b] for b in isi]
	kepala = [_(df.label) for df in kolom]
	provide_binary_file(f"hasil-{doc.name}", "xlsx", make_xlsx([kepala, *aman], "Hasil").getvalue())


# --- the job -------------------------------------------------------------------------


def sekaligus(doc: ImporTabel, kerja: Callable[[], None], selesai: Callable[[str, str], None]) -> None:
	"""Do `kerja` in one transaction: a job that dies leaves nothing behind. What stops it is written by
	`selesai(status, catatan)`.
	"""
	doc.check_permission("write")  # the office may have ended while the job waited
	tolak_yang_diterapkan(doc)  # and another job may have been first
	try:
		kerja()
		frappe.db.commit()
	except AturanError as galat:
		frappe.db.rollback()
		selesai("Ditolak", str(galat))
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=f"{doc.doctype} {doc.name}")
		selesai("Gagal", _("Impor terhenti dan tidak ada yang diterapkan. Jalankan kembali pemeriksaan."))
	frappe.db.commit()
	umumkan_selesai(doc)


def baca_berkas(
	doc: ImporTabel, kolom: Mapping[str, Sequence[str]], wajib: Sequence[str], *, terapkan: bool
) -> tuple[list[tuple[int, dict]], str]:
	"""Rows of the table (number and values by column) and its fingerprint.

	Raises AturanError for a table that cannot be read, and with `terapkan` for another than was tried.
	"""
	isi, nama_berkas = isi_berkas(doc)
	jejak = hashlib.sha256(isi).hexdigest()
	if terapkan and doc.jejak_berkas != jejak:
		raise AturanError("Berkas berubah sejak diperiksa. Periksa ulang.")
	kemajuan(doc)(5, _("Membaca berkas"))
	return susun_baris(baca_tabel(isi, nama_berkas), kolom, wajib), jejak


def isi_berkas(doc: ImporTabel) -> tuple[bytes, str]:
	"""Content and name of the file. Raises AturanError when it is gone."""
	berkas = frappe.get_all(
		"File",
		{"file_url": doc.berkas, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name},
		pluck="name",
		order_by="creation desc",
		limit=1,
	)
	if not berkas:
		raise AturanError("Berkas tidak ditemukan. Unggah ulang berkasnya.")
	file = frappe.get_doc("File", berkas[0])
	return file.isi_byte(), file.file_name


def kemajuan(doc: ImporTabel) -> Callable[[int, str], None]:
	"""What tells the form how far the job is: percent, and what it does."""

	def sampaikan(persen: int, keterangan: str) -> None:
		frappe.publish_realtime(
			f"{frappe.scrub(doc.doctype)}_kemajuan",
			{"persen": persen, "keterangan": keterangan},
			doctype=doc.doctype,
			docname=doc.name,
		)

	return sampaikan


def umumkan_selesai(doc: ImporTabel) -> None:
	frappe.publish_realtime(
		frappe.scrub(doc.doctype), {"nama": doc.name}, doctype=doc.doctype, docname=doc.name
	)


def jumlah_hasil(hasil: Sequence[str]) -> dict[str, int]:
	"""The fields that count the verdicts."""
	jumlah = Counter(hasil)
	return {
		"jumlah_baru": jumlah[BARU],
		"jumlah_diubah": jumlah[DIUBAH],
		"jumlah_sama": jumlah[SAMA],
		"jumlah_ditolak": jumlah[DITOLAK],
	}


def tulis_hasil(
	doc: ImporTabel,
	baris: Sequence[BarisTabel],
	isi: Callable[[Any], dict[str, Any]],
	*,
	status: str,
	catatan: str,
	jejak: str | None,
) -> None:
	"""Write status, fingerprint (`jejak`) and verdicts; the rows of `hasil` in one statement, with `isi` of each."""
	jumlah = jumlah_hasil([b.hasil for b in baris])
	doc.db_set(
		{
			"status": status,
			"catatan": catatan,
			"jejak_berkas": jejak,
			**{kolom: n for kolom, n in jumlah.items() if doc.meta.has_field(kolom)},
		}
	)
	tabel = doc.meta.get_field("hasil").options
	frappe.db.delete(tabel, {"parent": doc.name, "parenttype": doc.doctype})
	urut = sorted(baris, key=lambda b: (b.hasil != DITOLAK, b.nomor))  # what must be mended stands first
	sisip_baris(
		tabel,
		"hasil",
		[
			(
				doc.name,
				{
					"idx": i,
					"baris": b.nomor,
					"hasil": b.hasil,
					"pesan": " ".join(b.galat) or b.catatan,
					**isi(b),
				},
			)
			for i, b in enumerate(urut, start=1)
		],
		induk=doc.doctype,
	)
	frappe.clear_document_cache(doc.doctype, doc.name)


def sisip_banyak(
	doctype: str, kolom: Sequence[str], baris: Sequence[Sequence[Any]], sekali: int = 2_000
) -> None:
	"""Insert rows past all checks of the framework, `sekali` in a statement; each with a value for each of `kolom`."""
	nama_kolom = ", ".join(f"`{k}`" for k in kolom)
	satu = f"({', '.join(['%s'] * len(kolom))})"
	for awal in range(0, len(baris), sekali):
		bagian = baris[awal : awal + sekali]
		frappe.db.sql(
			f"INSERT INTO `tab{doctype}` ({nama_kolom}) VALUES {', '.join([satu] * len(bagian))}",  # noqa: S608
			[nilai for b in bagian for nilai in b],
		)


def hapus_berkas(doctype: str, impor: Sequence[str]) -> None:
	"""Delete the tables of these imports, with the numbers in them; the fingerprint stays in the record."""
	for nama in frappe.get_all(
		"File",
		{"attached_to_doctype": doctype, "attached_to_name": ["in", impor]},
		pluck="name",
		order_by="name",
		limit=0,
	):
		frappe.delete_doc("File", nama, ignore_permissions=True, delete_permanently=True)


def hapus_berkas_lama() -> None:
	"""Daily: the tables of imports that were applied, and of those that nobody applied in SIMPAN_BERKAS days."""
	for doctype in IMPOR:
		file, impor = frappe.qb.DocType("File"), frappe.qb.DocType(doctype)
		lama = (
			frappe.qb.from_(file)
			.left_join(impor)
			.on(impor.name == file.attached_to_name)
			.select(file.attached_to_name)
			.distinct()
			.where(file.attached_to_doctype == doctype)
			.where((impor.status == "Diterapkan") | (file.creation < add_days(now(), -SIMPAN_BERKAS)))
			.run(pluck=True)
		)
		if lama:
			hapus_berkas(doctype, lama)


# --- reading a row ----------------------------------------------------------------------


def coba(b: BarisTabel, fungsi: Callable, *args):
	"""What `fungsi` returns, or None with its refusal among the row's errors."""
	try:
		return fungsi(*args)
	except AturanError as galat:
		b.galat.append(str(galat))
		return None


def baca_kelamin(b: BarisTabel) -> str | None:
	"""L or P of the column Jenis Kelamin; None when it is empty or refused."""
	if b.nilai["jenis_kelamin"] is None:
		return None
	kelamin = KELAMIN.get(str(b.nilai["jenis_kelamin"]).casefold())
	if not kelamin:
		b.galat.append("Jenis Kelamin harus Laki-laki atau Perempuan.")
	return kelamin


def tetapkan_rt(
	baris: Sequence[BarisTabel], pilih: Callable[[BarisTabel, list], None], *, kunci: bool = False
) -> None:
	"""Read the columns Kelurahan (name or code) and RT; `pilih(row, RT of that number)` sets rt and judul_rt.

	A number is given again after pemekaran, so there may be several. With `kunci` the RT are locked.
	"""
	menurut_nama = defaultdict(list)
	for k in frappe.get_all("Kelurahan", fields=["name", "nama"], order_by="name"):
		for sebutan in {k.name, k.name.replace(".", ""), k.nama.casefold()}:
			menurut_nama[sebutan].append(k)
	dicari: dict[tuple[str, int], list[BarisTabel]] = defaultdict(list)
	for b in baris:
		kel, nomor = baca_teks(b.nilai["kelurahan"]), baca_teks(b.nilai["rt"])
		b.judul_rt = " ".join(filter(None, (f"RT {nomor}" if nomor else "", kel)))
		if not kel or not nomor:
			continue
		sebutan = re.sub(r"^kel(urahan|\.)?\s+", "", kel.casefold())
		cocok = menurut_nama.get(sebutan, [])
		angka = re.fullmatch(r"(?:rt)?[ .]*0*([1-9]\d{0,2})", nomor.casefold())
		if len(cocok) != 1:
			b.galat.append(
				f"Kelurahan {kel} tidak terdaftar."
				if not cocok
				else f"Ada beberapa kelurahan bernama {kel}; tulis kodenya."
			)
		elif not angka:
			b.galat.append("Nomor RT harus angka antara 1 dan 999.")
		else:
			dicari[(cocok[0].name, int(angka[1]))].append(b)
	if not dicari:
		return
	t = frappe.qb.DocType("RT")
	q = (
		frappe.qb.from_(t)
		.select(t.name, t.judul, t.kelurahan, t.kecamatan, t.nomor, t.berlaku_mulai, t.berlaku_sampai)
		.where(t.kelurahan.isin(sorted({k for k, _n in dicari})))
		.orderby(t.name)
	)
	tercatat = defaultdict(list)
	for rt in (q.for_update() if kunci else q).run(as_dict=True):
		tercatat[(rt.kelurahan, int(rt.nomor))].append(rt)
	for letak, punya in dicari.items():
		for b in punya:
			if calon := tercatat.get(letak):
				pilih(b, calon)
			else:
				b.galat.append(f"{b.judul_rt} tidak terdaftar.")
