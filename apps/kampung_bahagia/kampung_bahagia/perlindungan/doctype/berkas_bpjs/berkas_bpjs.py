"""What goes to BPJS: registrations and claims as one ZIP, when and how it was sent, and who received it.

It leaves by hand, or by HTTPS when that is switched on (`perlindungan.pertukaran`).

It is built in the background: whatever is not yet submitted takes that step first, each file by itself and with a
verdict, then sheets, letters and papers are packed with the SHA-256 of every part. Once it was sent nothing in it
changes. The ZIP holds numbers of residents in full: it is handed out by `unduh` alone, which notes whose data left.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from zipfile import ZIP_DEFLATED, ZipFile

import frappe
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.model.document import Document
from frappe.model.naming import set_new_name
from frappe.model.workflow import apply_workflow
from frappe.utils import cint, get_datetime, getdate, now_datetime, strip_html
from frappe.utils.background_jobs import is_job_enqueued
from pypika import Table
from pypika.terms import Criterion
from werkzeug.utils import send_file

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.izin.cakupan import BPJS, kriteria, penugasan_berlaku, sebagai_kondisi
from kampung_bahagia.izin.data_pribadi import catat_unduhan
from kampung_bahagia.izin.retensi import batas_retensi
from kampung_bahagia.perlindungan.doctype.pemetaan_berkas_bpjs.pemetaan_berkas_bpjs import pemetaan_pada
from kampung_bahagia.perlindungan.doctype.pengaturan_sambungan_bpjs.pengaturan_sambungan_bpjs import aktif
from kampung_bahagia.perlindungan.kepesertaan_kota import serahkan
from kampung_bahagia.perlindungan.lembar_bpjs import susun_buku
from kampung_bahagia.perlindungan.pertukaran import kotak_keluar
from kampung_bahagia.perlindungan.pertukaran.jalur import HTTPS, penyerahan
from kampung_bahagia.tata_kelola.cetak import jadikan_pdf
from kampung_bahagia.tata_kelola.laporan import semua
from kampung_bahagia.tata_kelola.resmi import berkas_elektronik
from kampung_bahagia.tata_kelola.unduhan import ResponZIP

DOCTYPE = "Berkas BPJS"
TERBANYAK = 200  # files in one package: more than an hour of work for who receives it
BYTE_SEMUA = 200 * 2**20
TERLAMA = 3600  # seconds that one may take to build
TERKIRIM = ("Dikirim", "Diterima BPJS")
# DocType of a row: by which step it is submitted, and from which states
PENGAJUAN = {
	"Pendaftaran BPJS": ("Kirim", ("Disiapkan", "Diperbaiki")),
	"Klaim": ("Ajukan ke BPJS", ("Diverifikasi DPMPPA",)),
}
# states in which there is nothing for BPJS to receive
BELUM_LAYAK = {
	"Pendaftaran BPJS": ("Ditolak BPJS",),
	"Klaim": ("Dilaporkan", "Dikembalikan", "Diverifikasi Lurah", "Ditolak BPJS", "Ditutup", "Ditarik"),
}
# what only the methods below write
MILIK_SISTEM = (
	"judul",
	"status",
	"catatan",
	"disusun_pada",
	"ukuran",
	"sidik",
	"bagian",
	"dikirim_pada",
	"dikirim_oleh",
	"jalur",
	"catatan_kirim",
	"diterima_pada",
	"penerima",
	"dicatat_oleh",
	"tanda_terima",
	"nomor_tanda_terima",
	"arsip",
	"daftar_warga",
	"diserahkan_bpjs",
)
# field of a row that names one file, and its DocType; the order is that of the title
RUJUKAN = {
	"pendaftaran": "Pendaftaran BPJS",
	"klaim": "Klaim",
	"iuran_kota": "Iuran Kepesertaan Kota",
}
PADA_SURAT = ("pemetaan", "nomor_surat", "tanggal_surat")
BELUM_DISUSUN = dict.fromkeys(("disusun_pada", "sidik", "daftar_warga")) | {"ukuran": 0}


class BerkasTerkunci(frappe.PermissionError):
	pass


class BerkasTidakSah(frappe.ValidationError):
	pass


class BerkasBPJS(Document):
	def onload(self):
		"""For whoever sends it: whether it may go by HTTPS, and what became of it when it did."""
		if not self.has_permission("write"):
			return
		self.set_onload("https", aktif())
		if self.jalur == HTTPS:
			kolom = ["name", "status", "galat", "coba_lagi_pada"]
			self.set_onload(
				"kiriman",
				frappe.db.get_value(kotak_keluar.DOCTYPE, {"berkas": self.name}, kolom, as_dict=True),
			)

	def validate(self):
		self.periksa_terkunci()
		self.pulihkan_milik_sistem()
		self.periksa_baris()
		self.periksa_kewenangan()
		self.beri_judul()

	def on_update(self):
		self.susun_ulang_bila_berubah()

	def terkunci(self) -> bool:
		"""Whether what is stored was sent: nobody changes it or its papers any more."""
		return frappe.db.get_value(DOCTYPE, self.name, "status") in TERKIRIM

	def periksa_terkunci(self):
		"""Raises BerkasTerkunci."""
		if not self.is_new() and self.terkunci():
			frappe.throw(
				_("Berkas {0} sudah dikirim, sehingga tidak dapat diubah. Buat berkas baru.").format(
					frappe.bold(self.name)
				),
				BerkasTerkunci,
				title=_("Berkas terkunci"),
			)

	def on_trash(self):
		self.periksa_terkunci()

	def pulihkan_milik_sistem(self):
		"""A form or a request brings none of what this module writes."""
		sebelum = self.get_doc_before_save()
		for kolom in MILIK_SISTEM:
			df = self.meta.get_field(kolom)
			kosong = [] if df.fieldtype == "Table" else df.default
			self.set(kolom, sebelum.get(kolom) if sebelum else kosong)

	def periksa_baris(self):
		"""Each row names one file, and none is named twice. Raises BerkasTidakSah."""
		if len(self.isi) > TERBANYAK:
			frappe.throw(
				_(
					"Satu berkas memuat paling banyak {0} pendaftaran, klaim, dan iuran; ini {1}. Bagi menjadi beberapa berkas."
				).format(TERBANYAK, len(self.isi)),
				BerkasTidakSah,
			)
		sudah = set()
		for baris in self.isi:
			if sum(bool(baris.get(k)) for k in RUJUKAN) != 1:
				frappe.throw(
					_(
						"Baris {0}: pilih satu Pendaftaran BPJS, satu Klaim, atau satu Iuran Kepesertaan Kota."
					).format(baris.idx),
					BerkasTidakSah,
				)
			if (nama := rujukan(baris)[1]) in sudah:
				frappe.throw(
					_("Baris {0}: {1} sudah ada pada berkas ini.").format(baris.idx, frappe.bold(nama)),
					BerkasTidakSah,
				)
			sudah.add(nama)

	def periksa_kewenangan(self):
		"""Only files that the present user may read, in a state for BPJS; their titles into the rows.

		Raises frappe.PermissionError or BerkasTidakSah.
		"""
		for kolom, doctype in RUJUKAN.items():
			nama = {b.get(kolom): b for b in self.isi if b.get(kolom)}
			terlihat = _keadaan(doctype, list(nama))
			for satu, baris in nama.items():
				if not (isi := terlihat.get(satu)):
					frappe.throw(
						_("Baris {0}: {1} berada di luar kewenangan Anda.").format(
							baris.idx, frappe.bold(satu)
						),
						frappe.PermissionError,
					)
				baris.keterangan = isi.judul[:140]
				if isi.status in BELUM_LAYAK.get(doctype, ()):
					frappe.throw(
						_(
							"Baris {0}: {1} berstatus {2}, sehingga belum dapat diserahkan kepada BPJS."
						).format(baris.idx, frappe.bold(satu), frappe.bold(isi.status)),
						BerkasTidakSah,
					)

	def letak_arsip(self) -> Path | None:
		"""Where the ZIP lies; None when there is none (any more)."""
		letak = self.arsip and Path(frappe.get_site_path(self.arsip.lstrip("/")))
		return letak if letak and letak.is_file() else None

	def catat_pembukaan(self, isi: str) -> None:
		"""Note that the present user hands out `isi`: of everyone in it, and of each claimant what a claim tells besides."""
		catat_unduhan(self, json.loads(self.daftar_warga or "[]"), isi)
		klaim = [b.klaim for b in self.isi if b.klaim]
		if klaim:
			warga = frappe.get_all("Klaim", {"name": ["in", klaim]}, pluck="warga", order_by="name")
			catat_unduhan(self, warga, _("Data kesehatan dan nomor rekening pada klaim"))

	def catat_penerimaan(self, pada, penerima: str, **nilai) -> None:
		"""BPJS has the package since `pada`; `nilai` are further fields of the receipt. Its message has no more to do."""
		_tulis(self, status="Diterima BPJS", diterima_pada=pada, penerima=penerima[:140], **nilai)
		kotak_keluar.alihkan(self.name)

	def catat_jalur_lain(self, jalur: str, dikirim_pada: str, catatan: str | None) -> None:
		"""What did not get through by HTTPS went by hand. Raises BerkasTidakSah."""
		if self.status != "Dikirim":
			frappe.throw(_("Berkas ini berstatus {0}.").format(frappe.bold(self.status)), BerkasTidakSah)
		if jalur == HTTPS or jalur not in self.pilihan_jalur():
			self.tolak_jalur()
		self.db_set(
			{
				"jalur": jalur,
				"dikirim_pada": _saat(dikirim_pada, _("Dikirim Pada"), self.disusun_pada),
				"dikirim_oleh": frappe.session.user,
				"catatan_kirim": (catatan or "").strip() or None,
			}
		)
		self.add_comment("Info", _("Dialihkan dari {0} ke {1}").format(HTTPS, _(jalur)))

	def pilihan_jalur(self) -> list[str]:
		"""Ways that may be chosen now."""
		semua_jalur = self.meta.get_field("jalur").options.split("\n")[1:]
		return [j for j in semua_jalur if j != HTTPS or aktif()]

	def tolak_jalur(self) -> NoReturn:
		frappe.throw(_("Pilih Jalur: {0}.").format(", ".join(self.pilihan_jalur())), BerkasTidakSah)

	def beri_judul(self):
		jumlah = Counter(kolom for b in self.isi for kolom in RUJUKAN if b.get(kolom))
		self.judul = ", ".join(
			f"{jumlah[kolom]} {kolom.replace('_', ' ')}" for kolom in RUJUKAN if jumlah[kolom]
		)

	def susun_ulang_bila_berubah(self):
		"""Another content makes what was built worthless."""
		sebelum = self.get_doc_before_save()
		if not sebelum or not sebelum.disusun_pada or not self._isi_berubah(sebelum):
			return
		_buang_arsip(self)
		frappe.db.set_value(
			DOCTYPE, self.name, {**BELUM_DISUSUN, "status": "Draf", "catatan": None}, update_modified=False
		)
		frappe.db.delete("Bagian Berkas BPJS", {"parent": self.name, "parenttype": DOCTYPE})
		self.reload()

	def _isi_berubah(self, sebelum) -> bool:
		def inti(doc) -> list:
			return [str(doc.get(k) or "") for k in PADA_SURAT] + [rujukan(b) for b in doc.isi]

		return inti(self) != inti(sebelum)


def rujukan(baris) -> tuple[str | None, str | None]:
	"""DocType and name of the file that a row names."""
	return next(((dt, baris.get(k)) for k, dt in RUJUKAN.items() if baris.get(k)), (None, None))


# --- doors


@frappe.whitelist()
def calon() -> dict[str, list[str]]:
	"""Registrations, claims and bills that wait to be handed to BPJS and stand in no package yet: names by field of a row."""
	if not frappe.has_permission(DOCTYPE, "create"):
		frappe.throw(_("Jabatan Anda tidak menyusun Berkas BPJS."), frappe.PermissionError)
	baris = frappe.qb.DocType("Isi Berkas BPJS")
	hasil = {}
	for kolom, doctype, status in (
		("pendaftaran", "Pendaftaran BPJS", ["Disiapkan", "Diperbaiki", "Dikirim"]),
		("klaim", "Klaim", ["Diverifikasi DPMPPA", "Diajukan ke BPJS"]),
		("iuran_kota", "Iuran Kepesertaan Kota", ["Belum Dibayar"]),
	):
		t = frappe.qb.DocType(doctype)
		# after a correction it goes once more
		sudah = frappe.qb.from_(baris).select(baris[kolom]).where(baris[kolom].isnotnull())
		hasil[kolom] = (
			frappe.qb.from_(t)
			.select(t.name)
			.where(
				semua(
					t.status.isin(status),
					(t.status == "Diperbaiki") | t.name.notin(sudah),
					_terlihat(doctype, t),
				)
			)
			.orderby(t.creation)
			.limit(TERBANYAK)
			.run(pluck=True)
		)
	return hasil


@frappe.whitelist(methods=["POST"])
def susun(nama: str) -> None:
	"""Submit what is not submitted yet and build the ZIP, in the background as the user who asks."""
	doc = _terkunci_baris(nama)
	doc.check_permission("write")
	doc.periksa_terkunci()
	_tunggu_susunan(nama)
	frappe.enqueue(kerjakan, queue="long", timeout=TERLAMA, job_id=_pekerjaan(nama), nama=nama)


@frappe.whitelist(methods=["POST"])
def kirim(nama: str, jalur: str, dikirim_pada: str | None = None, catatan: str | None = None) -> None:
	"""Record that the package left, by which way (`jalur`) and when; by HTTPS it leaves now, and as often as it takes.

	Raises BerkasTidakSah or BerkasTerkunci.
	"""
	doc = _terkunci_baris(nama)
	doc.check_permission("write")
	doc.periksa_terkunci()
	_tunggu_susunan(nama)
	if doc.status != "Siap Dikirim":
		frappe.throw(_("Susun dahulu berkas ini sampai siap dikirim."), BerkasTidakSah)
	if jalur not in doc.pilihan_jalur():
		doc.tolak_jalur()
	pada = now_datetime() if jalur == HTTPS else _saat(dikirim_pada, _("Dikirim Pada"), doc.disusun_pada)
	_tulis(
		doc,
		status="Dikirim",
		dikirim_pada=pada,
		dikirim_oleh=frappe.session.user,
		jalur=jalur,
		catatan_kirim=(catatan or "").strip() or None,
		diserahkan_bpjs=1,
	)
	serahkan([b.iuran_kota for b in doc.isi if b.iuran_kota])
	penyerahan(jalur)(doc)


@frappe.whitelist(methods=["POST"])
def terima(nama: str, diterima_pada: str, penerima: str, tanda_terima: str | None = None) -> None:
	"""Record that BPJS has the package: by an officer of BPJS, or by DPMPPA from the receipt (its file's address).

	Raises BerkasTidakSah or frappe.PermissionError.
	"""
	doc = _terkunci_baris(nama)
	doc.check_permission("read")
	jabatan = {p.jabatan for p in penugasan_berlaku(frappe.session.user)} & {"DPMPPA", BPJS}
	if not jabatan:
		frappe.throw(_("Penerimaan dicatat oleh BPJS atau DPMPPA."), frappe.PermissionError)
	if doc.status != "Dikirim":
		frappe.throw(_("Hanya berkas berstatus Dikirim yang dicatat penerimaannya."), BerkasTidakSah)
	if not (penerima or "").strip():
		frappe.throw(_("Isi Nama Penerima."), BerkasTidakSah)
	if BPJS not in jabatan and not tanda_terima:
		frappe.throw(_("Unggah Tanda Terima dari BPJS."), BerkasTidakSah)
	lampiran = {"file_url": tanda_terima, "attached_to_doctype": DOCTYPE, "attached_to_name": nama}
	if tanda_terima and not frappe.db.exists("File", lampiran):
		frappe.throw(_("Tanda Terima tidak ditemukan pada berkas ini. Unggah ulang."), BerkasTidakSah)
	doc.catat_penerimaan(
		_saat(diterima_pada, _("Diterima Pada"), doc.dikirim_pada),
		penerima.strip(),
		tanda_terima=tanda_terima or None,
		dicatat_oleh=frappe.session.user,
	)


@frappe.whitelist(methods=["POST"])
def unduh(nama: str) -> ResponZIP:
	"""The ZIP, to who may read its personal data; everybody in it is noted in Akses Data Pribadi first.

	Raises frappe.PermissionError or frappe.DoesNotExistError.
	"""
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.check_permission("read")
	if not boleh_unduh():
		frappe.throw(_("Jabatan Anda tidak membuka data pribadi pada berkas ini."), frappe.PermissionError)
	if not (letak := doc.letak_arsip()):
		frappe.throw(_("ZIP berkas ini belum disusun atau sudah dihapus."), frappe.DoesNotExistError)
	doc.catat_pembukaan(_("Isi ZIP Berkas BPJS"))
	make_access_log(doctype=DOCTYPE, document=doc.name, file_type="ZIP", method="Unduh")
	return send_file(
		letak.resolve(),
		frappe.local.request.environ,
		mimetype="application/zip",
		as_attachment=True,
		download_name=f"{doc.name}.zip",
		max_age=0,
	)


def boleh_unduh() -> bool:
	return frappe.session.user == "Administrator" or 1 in frappe.get_meta(DOCTYPE).get_permlevel_access(
		"read"
	)


def hapus_arsip_lama() -> None:
	"""Daily: archives as old as names may be kept. List, fingerprints and dates stay."""
	for nama in frappe.get_all(
		DOCTYPE,
		{"arsip": ["is", "set"], "disusun_pada": ["<", batas_retensi()]},
		pluck="name",
		order_by="name",
	):
		doc = frappe.get_doc(DOCTYPE, nama)
		_buang_arsip(doc)
		doc.db_set("daftar_warga", None, update_modified=False)


# --- the job


def kerjakan(nama: str) -> None:
	"""Background job, as the user who asked: submit, then build. Whatever happens is told on the document."""
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.check_permission("write")  # the office may have ended while the job waited
	doc.periksa_terkunci()
	try:
		if ditolak := _ajukan_semua(doc):
			_selesai(
				doc,
				"Ada yang Ditolak",
				_(
					"{0} dari {1} belum dapat diajukan kepada BPJS. Perbaiki menurut pesan pada barisnya, lalu susun lagi."
				).format(ditolak, len(doc.isi)),
			)
		else:
			bangun(doc, _pelapor(doc))
	except AturanError as galat:
		frappe.db.rollback()
		_selesai(doc, "Gagal", str(galat))
	except Exception:
		frappe.db.rollback()
		catatan = frappe.log_error(title=DOCTYPE)
		_selesai(
			doc,
			"Gagal",
			_("Berkas belum dapat disusun. Coba lagi, atau sampaikan nomor {0} kepada Admin.").format(
				catatan.name
			),
		)
	frappe.db.commit()
	frappe.publish_realtime("berkas_bpjs", {"nama": nama}, doctype=DOCTYPE, docname=nama)


def _ajukan_semua(doc) -> int:
	"""Take the step of submission of every row that has not taken it, each in a transaction of its own.

	Every one that was taken stands by itself; the reason of the others goes into their row. How many were refused.
	"""
	lapor, ditolak = _pelapor(doc), 0
	for i, baris in enumerate(doc.isi):
		doctype, nama = rujukan(baris)
		aksi, belum = PENGAJUAN.get(doctype, (None, ()))
		pesan = None
		if belum and frappe.db.get_value(doctype, nama, "status") in belum:
			lapor(20 * i // len(doc.isi), _("Mengajukan {0}").format(nama))
			pesan = _coba_ajukan(doctype, nama, aksi)
			ditolak += bool(pesan)
		frappe.db.set_value(baris.doctype, baris.name, "pesan", pesan, update_modified=False)
		frappe.db.commit()
	return ditolak


def _coba_ajukan(doctype: str, nama: str, aksi: str) -> str | None:
	"""The reason why it cannot be submitted, or None when it was."""
	try:
		apply_workflow({"doctype": doctype, "name": nama}, aksi)
	except (frappe.ValidationError, frappe.PermissionError) as galat:
		frappe.db.rollback()
		return strip_html(str(galat).replace("<li>", " • ")) or _("Bukan kewenangan Anda.")
	finally:
		frappe.clear_messages()
	return None


def bangun(doc, lapor: Callable[[int, str], None] = lambda _n, _pesan: None) -> None:
	"""Write the ZIP and what it holds to the document; the document is Siap Dikirim afterwards.

	Raises AturanError when it becomes too large.
	"""
	pemetaan = frappe.get_doc("Pemetaan Berkas BPJS", doc.pemetaan or pemetaan_pada())
	pendaftaran = [b.pendaftaran for b in doc.isi if b.pendaftaran]
	klaim = [b.klaim for b in doc.isi if b.klaim]
	iuran_kota = [b.iuran_kota for b in doc.isi if b.iuran_kota]
	buku, warga = susun_buku(pemetaan, pendaftaran, klaim, iuran_kota)
	letak = Path(
		frappe.get_site_path("private", "files", f"{doc.name}-{frappe.generate_hash(length=20)}.zip")
	)
	bagian, byte = [], 0
	try:
		with ZipFile(letak, "w", ZIP_DEFLATED) as arsip:

			def tambah(nama: str, isi: bytes) -> None:
				nonlocal byte
				byte += len(isi)
				if byte > BYTE_SEMUA:
					raise AturanError(
						f"Isi berkas melebihi {BYTE_SEMUA // 2**20} MB. Bagi menjadi beberapa berkas."
					)
				arsip.writestr(nama, isi)
				bagian.append({"nama": nama, "ukuran": len(isi), "sidik": hashlib.sha256(isi).hexdigest()})

			tambah(f"{doc.name}.xlsx", buku)
			for i, baris in enumerate(doc.isi):
				lapor(20 + 75 * i // len(doc.isi), baris.keterangan or "")
				for nama, isi in _surat(doc, baris):
					tambah(nama, isi)
			# last, so that it names every other part; its own fingerprint is that of the whole ZIP
			arsip.writestr("manifes.json", _manifes(doc, pemetaan.name, bagian))
		isi_zip = letak.read_bytes()
		_buang_arsip(doc)
		frappe.db.delete("Bagian Berkas BPJS", {"parent": doc.name, "parenttype": DOCTYPE})
		doc.reload()
		for satu in bagian:
			doc.append("bagian", satu).db_insert()
		doc.db_set(
			{
				"pemetaan": pemetaan.name,
				"arsip": _catat_file(doc, letak, isi_zip),
				"sidik": hashlib.sha256(isi_zip).hexdigest(),
				"ukuran": len(isi_zip),
				"disusun_pada": now_datetime(),
				"daftar_warga": json.dumps(warga),
			}
		)
		_selesai(doc, "Siap Dikirim", None)
	except BaseException:
		letak.unlink(missing_ok=True)
		raise


def _surat(doc, baris) -> Iterator[tuple[str, bytes]]:
	"""(path in the ZIP, content) of the letters and papers of one row."""
	if baris.klaim:
		yield from frappe.get_doc("Klaim", baris.klaim).bagian_berkas_bpjs()
		return
	if baris.iuran_kota:  # all of it is in the sheet
		return
	daftar = frappe.get_doc("Pendaftaran BPJS", baris.pendaftaran)
	daftar.flags.update(nik_lengkap=True, nomor_surat=doc.nomor_surat, tanggal_surat=doc.tanggal_surat)
	yield (
		f"{daftar.name}/surat-permohonan-pendaftaran.pdf",
		jadikan_pdf(daftar, "Surat Permohonan Pendaftaran"),
	)
	yield f"{daftar.name}/rekap-iuran.pdf", jadikan_pdf(daftar, "Rekap Iuran")
	for nama in frappe.get_all(
		"Surat Keputusan",
		{"kegiatan": daftar.kegiatan, "docstatus": 1, "status": "Ditetapkan"},
		pluck="name",
		order_by="creation, name",
	):
		akhiran, isi = isi_surat(frappe.get_doc("Surat Keputusan", nama))
		yield f"{daftar.name}/keputusan-{nama}{akhiran}", isi


def isi_surat(surat) -> tuple[str, bytes]:
	"""A letter that a Ketua RT signed, with the ending of its name: the signed file where there is one, else its print."""
	isi = berkas_elektronik(surat) or isi_lampiran(surat, surat.pindaian) or jadikan_pdf(surat)
	gambar = surat.pindaian and not isi.startswith(b"%PDF")
	return Path(surat.pindaian).suffix if gambar else ".pdf", isi


def isi_lampiran(doc, alamat: str | None) -> bytes | None:
	"""What was attached to `doc` at that address; None when it is not there, or belongs to another document."""
	nama = alamat and frappe.db.get_value(
		"File", {"file_url": alamat, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	)
	if not nama:
		return None
	letak = Path(frappe.get_doc("File", nama).get_full_path())
	return letak.read_bytes() if letak.is_file() else None


def _manifes(doc, pemetaan: str, bagian: list[dict]) -> str:
	return json.dumps(
		{
			"berkas": doc.name,
			"disusun_pada": str(now_datetime().replace(microsecond=0)),
			"disusun_oleh": frappe.session.user,
			"pemetaan": pemetaan,
			"pendaftaran": [b.pendaftaran for b in doc.isi if b.pendaftaran],
			"klaim": [b.klaim for b in doc.isi if b.klaim],
			"iuran_kota": [b.iuran_kota for b in doc.isi if b.iuran_kota],
			"bagian": [{"nama": b["nama"], "byte": b["ukuran"], "sha256": b["sidik"]} for b in bagian],
		},
		indent=1,
		ensure_ascii=False,
	)


# --- helpers


def _terlihat(doctype: str, tabel: Table) -> Criterion:
	return sebagai_kondisi(kriteria(doctype, frappe.session.user), doctype, tabel)


def _keadaan(doctype: str, nama: list[str]) -> dict[str, frappe._dict]:
	"""`status` and `judul` of those of the files that the present user may read, in one query."""
	if not nama or not frappe.has_permission(doctype, "read"):
		return {}
	t, k = frappe.qb.DocType(doctype), frappe.qb.DocType("Kegiatan")
	query = frappe.qb.from_(t)
	if doctype == "Pendaftaran BPJS":
		query, judul = query.join(k).on(k.name == t.kegiatan), k.judul
	else:
		judul = t.nama if doctype == "Klaim" else t.judul
	return {
		b.name: b
		for b in query.select(t.name, t.status, judul.as_("judul"))
		.where(semua(t.name.isin(nama), _terlihat(doctype, t)))
		.orderby(t.name)
		.run(as_dict=True)
	}


def _terkunci_baris(nama: str) -> Document:
	"""The document, its row locked: two who record at once follow one another."""
	return frappe.get_doc(DOCTYPE, nama, for_update=True)


def _tunggu_susunan(nama: str) -> None:
	"""Raises BerkasTidakSah while the package is being built: what is sent is what was looked at."""
	if is_job_enqueued(_pekerjaan(nama)):
		frappe.throw(_("Berkas ini sedang disusun. Tunggu sampai selesai."), BerkasTidakSah)


def _saat(nilai: str, label: str, paling_awal) -> object:
	"""A moment that was entered, neither before `paling_awal` nor to come. Raises BerkasTidakSah."""
	try:
		pada = get_datetime(nilai)
	except (ValueError, TypeError, frappe.ValidationError):
		pada = None
	if not pada or pada > now_datetime() or getdate(pada) < getdate(paling_awal):
		frappe.throw(
			_("{0}: isi saat di antara {1} dan sekarang.").format(
				frappe.bold(label), frappe.format(paling_awal, "Datetime")
			),
			BerkasTidakSah,
		)
	return pada


def _tulis(doc, **nilai) -> None:
	doc.db_set(nilai)
	doc.add_comment("Info", _("{0}: {1}").format(_("Status"), _(nilai["status"])))


def _selesai(doc, status: str, catatan: str | None) -> None:
	frappe.db.set_value(DOCTYPE, doc.name, {"status": status, "catatan": catatan})


def _pekerjaan(nama: str) -> str:
	return f"berkas_bpjs::{nama}"


def _pelapor(doc) -> Callable[[int, str], None]:
	def lapor(persen: int, keterangan: str) -> None:
		frappe.publish_realtime(
			"berkas_bpjs_kemajuan",
			{"persen": persen, "keterangan": keterangan},
			doctype=DOCTYPE,
			docname=doc.name,
		)

	return lapor


def _catat_file(doc, letak: Path, isi: bytes) -> str:
	"""A File record of what lies on the disk already; the framework's own way would read and limit it once more."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": letak.name,
			"file_url": f"/private/files/{letak.name}",
			"is_private": 1,
			"folder": "Home/Attachments",
			"attached_to_doctype": DOCTYPE,
			"attached_to_name": doc.name,
			"attached_to_field": "arsip",
			"file_size": cint(len(isi)),
			"content_hash": hashlib.md5(isi, usedforsecurity=False).hexdigest(),
		}
	)
	set_new_name(file)
	file.db_insert()
	return file.file_url


def _buang_arsip(doc) -> None:
	alamat = frappe.db.get_value(DOCTYPE, doc.name, "arsip")
	if not alamat:
		return
	frappe.db.set_value(
		DOCTYPE, doc.name, "arsip", None, update_modified=False
	)  # a file that is named is locked
	for nama in frappe.get_all(
		"File",
		{"file_url": alamat, "attached_to_doctype": DOCTYPE, "attached_to_name": doc.name},
		pluck="name",
		order_by="name",
	):
		frappe.delete_doc("File", nama, ignore_permissions=True, delete_permanently=True)
