"""Ketua RT from a table: tried first, then applied wholly or not at all."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import frappe
from frappe import _
from frappe.desk.utils import provide_binary_file
from frappe.model.document import Document
from frappe.utils import add_days, formatdate, getdate, now
from frappe.utils.background_jobs import is_job_enqueued
from frappe.utils.password import encrypt
from frappe.utils.xlsxutils import make_xlsx
from openpyxl import Workbook
from openpyxl.styles import Font

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.identitas import periksa_nik, samarkan
from kampung_bahagia.izin.dokumen import nama_acak
from kampung_bahagia.izin.peran import BUKAN_PEJABAT, selaraskan_peran, sisip_baris
from kampung_bahagia.izin.totp import jabatan_wajib
from kampung_bahagia.wilayah import akun as akun_pejabat
from kampung_bahagia.wilayah.baca_tabel import (
	baca_nomor_panjang,
	baca_tabel,
	baca_tanggal,
	baca_teks,
	susun_baris,
)
from kampung_bahagia.wilayah.doctype.penugasan.penugasan import (
	hari_ini,
	nik_sama,
	nik_terkunci,
	periksa_hak,
	pesan_masa_rt,
	pesan_nik_terkunci,
	pesan_tumpang_tindih,
)

KOLOM = {
	"kelurahan": ("Kelurahan", "Kode Kelurahan", "Nama Kelurahan"),
	"rt": ("Nomor RT", "RT", "No RT"),
	"nama": ("Nama", "Nama Lengkap", "Nama Ketua RT"),
	"surel": ("Surel", "Email", "Alamat Surel", "Alamat Email"),
	"no_hp": ("Nomor HP", "No HP", "HP", "Telepon"),
	"nik": ("NIK",),
	"jenis_kelamin": ("Jenis Kelamin", "JK", "L/P"),
	"tanggal_lahir": ("Tanggal Lahir", "Tgl Lahir"),
	"mulai": ("Mulai", "TMT", "Mulai Tugas"),
	"sampai": ("Sampai", "Sampai Dengan"),
	"dasar_hukum": ("Dasar Penugasan", "Dasar", "Dasar Hukum", "Nomor SK"),
}
KOLOM_WAJIB = ("kelurahan", "rt", "nama", "mulai", "dasar_hukum")
# what a column must hold in every row; an account needs one of surel and no_hp
KELAMIN = {
	"l": "L",
	"laki-laki": "L",
	"laki laki": "L",
	"pria": "L",
	"p": "P",
	"perempuan": "P",
	"wanita": "P",
}
BARU, SAMA, DIUBAH, DITOLAK = "Baru", "Sama", "Diubah", "Ditolak"
JABATAN = "Ketua RT"
SIMPAN_BERKAS = 30  # days that a table with NIK in clear waits to be applied


class ImporBerjalan(frappe.ValidationError):
	pass


class ImporBelumDiperiksa(frappe.ValidationError):
	pass


class ImporSudahDiterapkan(frappe.ValidationError):
	pass


class ImporPenugasan(Document):
	def validate(self):
		self.periksa_sudah_diterapkan()
		self.kembali_ke_awal()

	def periksa_sudah_diterapkan(self):
		sebelum = self.get_doc_before_save()
		if sebelum and sebelum.status == "Diterapkan" and sebelum.berkas != self.berkas:
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
class Baris:
	"""One row of the table, what it comes to and why."""

	nomor: int
	nilai: dict
	galat: list[str] = field(default_factory=list)
	akun: akun_pejabat.AkunBaru | None = None
	rt: str | None = None
	judul_rt: str = ""
	mulai: date | None = None
	sampai: date | None = None
	nik: str | None = None
	dasar_hukum: str = ""
	akun_baru: bool = False
	penugasan: str | None = None  # the term that is there already
	hasil: str = BARU
	catatan: str = ""

	@property
	def pengguna(self) -> str:
		return self.akun.pengguna if self.akun else ""


# --- doors ---------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def periksa(nama: str) -> None:
	"""Try the file in the background: every verdict, nothing applied."""
	_antrekan(nama, terapkan=False)


@frappe.whitelist(methods=["POST"])
def terapkan(nama: str) -> None:
	"""Apply the file in the background; only one that was tried and had nothing to refuse."""
	_antrekan(nama, terapkan=True)


def _antrekan(nama: str, terapkan: bool) -> None:
	doc = frappe.get_doc("Impor Penugasan", nama)
	doc.check_permission("write")
	tolak_yang_diterapkan(doc)
	if terapkan and not (doc.jejak_berkas and doc.status in ("Siap Diterapkan", "Gagal")):
		frappe.throw(_("Periksa dahulu berkas ini, dan perbaiki baris yang ditolak."), ImporBelumDiperiksa)
	if is_job_enqueued(_pekerjaan(nama)):
		frappe.throw(_("Impor ini sedang berjalan. Tunggu sampai selesai."), ImporBerjalan)
	# at once: this request writes nothing, so the framework ends it without the commit that others wait for
	frappe.enqueue(
		jalankan,
		queue="long",
		timeout=1800,
		job_id=_pekerjaan(nama),
		nama=nama,
		terapkan=terapkan,
	)


def tolak_yang_diterapkan(doc: ImporPenugasan) -> None:
	"""Another run would write over the verdicts that tell what was applied. Raises ImporSudahDiterapkan."""
	if doc.status == "Diterapkan":
		frappe.throw(
			_("Impor ini sudah diterapkan, dan hasilnya disimpan sebagai catatan. Buat impor baru."),
			ImporSudahDiterapkan,
			title=_("Sudah diterapkan"),
		)


def _pekerjaan(nama: str) -> str:
	return f"impor_penugasan::{nama}"


@frappe.whitelist()
def templat() -> None:
	"""The table to fill in, with NIK and numbers as text, as XLSX."""
	periksa_hak("create")
	buku = Workbook()
	lembar = buku.active
	lembar.title = "Ketua RT"
	lembar.append([judul[0] for judul in KOLOM.values()])
	contoh = {
		"kelurahan": "15.71.01.1001",
		"rt": "001",
		"nama": "Contoh (hapus baris ini)",
		"surel": "nama@contoh.id",
		"no_hp": "081234567890",
		"nik": "1571011708800001",
		"jenis_kelamin": "Laki-laki",
		"tanggal_lahir": "17-08-1980",
		"mulai": "01-01-2026",
		"sampai": "31-12-2030",
		"dasar_hukum": "SK Lurah Nomor 1 Tahun 2026",
	}
	lembar.append([contoh[k] for k in KOLOM])
	for kolom in lembar.iter_cols(min_row=1, max_row=2_000, max_col=len(KOLOM)):
		for sel in kolom:
			sel.number_format = "@"
		kolom[0].font = Font(bold=True)
		lembar.column_dimensions[kolom[0].column_letter].width = 20
	lembar.freeze_panes = "A2"
	hasil = BytesIO()
	buku.save(hasil)
	provide_binary_file("templat-ketua-rt", "xlsx", hasil.getvalue())


@frappe.whitelist()
def unduh_hasil(nama: str) -> None:
	"""The verdicts as XLSX; a cell that begins like a formula is written as text."""
	doc = frappe.get_doc("Impor Penugasan", nama)
	doc.check_permission("read")
	kepala = [_(df.label) for df in frappe.get_meta("Baris Impor Penugasan").fields if df.in_list_view]
	isi = [[b.baris, b.nama, b.rt, b.hasil, b.pesan] for b in doc.hasil]
	aman = [[f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" and v else v for v in b] for b in isi]
	provide_binary_file(f"hasil-{nama}", "xlsx", make_xlsx([kepala, *aman], "Hasil").getvalue())


# --- the job -------------------------------------------------------------------------


def jalankan(nama: str, terapkan: bool) -> None:
	"""One transaction for the verdicts and for everything applied; a job that dies leaves nothing behind."""
	doc = frappe.get_doc("Impor Penugasan", nama)
	doc.check_permission("write")  # the office may have ended while the job waited
	tolak_yang_diterapkan(doc)  # and another job may have been first
	try:
		_jalankan(doc, terapkan)
		frappe.db.commit()
	except AturanError as galat:
		frappe.db.rollback()
		_selesai(doc, [], "Ditolak", str(galat))
		frappe.db.commit()
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=f"Impor Penugasan {nama}")
		_selesai(
			doc, [], "Gagal", _("Impor terhenti dan tidak ada yang diterapkan. Jalankan kembali pemeriksaan.")
		)
		frappe.db.commit()
	frappe.publish_realtime("impor_penugasan", {"nama": nama}, doctype=doc.doctype, docname=nama)
	if terapkan and doc.status == "Diterapkan":
		if doc.undang:
			undang(nama)
		hapus_berkas([nama])  # after the commit: what leaves the disk does not come back
		frappe.db.commit()


def _jalankan(doc: ImporPenugasan, terapkan: bool) -> None:
	isi, nama_berkas = _isi_berkas(doc)
	jejak = hashlib.sha256(isi).hexdigest()
	if terapkan and doc.jejak_berkas != jejak:
		raise AturanError("Berkas berubah sejak diperiksa. Periksa ulang.")
	kemajuan = _kemajuan(doc)
	kemajuan(5, _("Membaca berkas"))
	baris = nilai_baris(susun_baris(baca_tabel(isi, nama_berkas), KOLOM, KOLOM_WAJIB), kunci=terapkan)
	kemajuan(40, _("Memeriksa baris"))
	ditolak = any(b.hasil == DITOLAK for b in baris)
	if terapkan and not ditolak:
		terapkan_baris(baris, kemajuan)
	status = "Ditolak" if ditolak else "Diterapkan" if terapkan else "Siap Diterapkan"
	doc.jejak_berkas = None if ditolak else jejak  # of the file that was tried and had nothing to refuse
	_selesai(doc, baris, status, _catatan_hasil(baris, status))


def hapus_berkas(impor: list[str]) -> None:
	"""Delete the tables of these imports, with the numbers in them; the fingerprint stays in the record."""
	for nama in frappe.get_all(
		"File",
		{"attached_to_doctype": "Impor Penugasan", "attached_to_name": ["in", impor]},
		pluck="name",
		order_by="name",
		limit=0,
	):
		frappe.delete_doc("File", nama, ignore_permissions=True, delete_permanently=True)


def hapus_berkas_lama() -> None:
	"""Daily: the tables of imports that were applied, and of those that nobody applied in SIMPAN_BERKAS days."""
	file, impor = frappe.qb.DocType("File"), frappe.qb.DocType("Impor Penugasan")
	lama = (
		frappe.qb.from_(file)
		.left_join(impor)
		.on(impor.name == file.attached_to_name)
		.select(file.attached_to_name)
		.distinct()
		.where(file.attached_to_doctype == "Impor Penugasan")
		.where((impor.status == "Diterapkan") | (file.creation < add_days(now(), -SIMPAN_BERKAS)))
		.run(pluck=True)
	)
	if lama:
		hapus_berkas(lama)


def _catatan_hasil(baris: list[Baris], status: str) -> str:
	if status == "Ditolak":
		return _(
			"Ada baris yang ditolak, sehingga tidak satu pun diterapkan. Perbaiki berkas, lalu unggah ulang."
		)
	if status == "Diterapkan":
		return _(
			"{0} penugasan baru, {1} akun baru. Berkasnya dihapus karena memuat NIK; sidiknya tersimpan."
		).format(sum(b.hasil == BARU for b in baris), len({b.pengguna for b in baris if b.akun_baru}))
	return _("Semua baris dapat diterima. Belum ada yang diterapkan.")


def _isi_berkas(doc: ImporPenugasan) -> tuple[bytes, str]:
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
	isi = file.get_content()
	return isi if isinstance(isi, bytes) else isi.encode(), file.file_name


def _kemajuan(doc: ImporPenugasan) -> Callable[[int, str], None]:
	def sampaikan(persen: int, keterangan: str) -> None:
		frappe.publish_realtime(
			"impor_penugasan_kemajuan",
			{"persen": persen, "keterangan": keterangan},
			doctype=doc.doctype,
			docname=doc.name,
		)

	return sampaikan


def _selesai(doc: ImporPenugasan, baris: list[Baris], status: str, catatan: str) -> None:
	"""Write status and verdicts, the rows in one statement."""
	jumlah = Counter(b.hasil for b in baris)
	doc.db_set(
		{
			"status": status,
			"catatan": catatan,
			"jejak_berkas": doc.jejak_berkas,
			"jumlah_baru": jumlah[BARU],
			"jumlah_diubah": jumlah[DIUBAH],
			"jumlah_sama": jumlah[SAMA],
			"jumlah_ditolak": jumlah[DITOLAK],
		}
	)
	frappe.db.delete("Baris Impor Penugasan", {"parent": doc.name, "parenttype": doc.doctype})
	# what must be mended stands first
	urut = sorted(baris, key=lambda b: (b.hasil != DITOLAK, b.nomor))
	sisip_baris(
		"Baris Impor Penugasan",
		"hasil",
		[
			(
				doc.name,
				{
					"idx": i,
					"baris": b.nomor,
					"nama": (baca_teks(b.nilai["nama"]) or "")[:140],
					"rt": b.judul_rt[:140],
					"hasil": b.hasil,
					"pesan": " ".join(b.galat) or b.catatan,
					"pengguna": b.pengguna[:140],
					"akun_baru": int(b.akun_baru),
				},
			)
			for i, b in enumerate(urut, start=1)
		],
		induk=doc.doctype,
	)
	frappe.clear_document_cache(doc.doctype, doc.name)


# --- verdicts ------------------------------------------------------------------------


def nilai_baris(isi: list[tuple[int, dict]], *, kunci: bool = False) -> list[Baris]:
	"""A verdict for every row, from a handful of queries however many rows there are.

	With `kunci` the RT are locked first, so that nobody appoints there until this transaction ends.
	"""
	baris = [Baris(nomor, nilai) for nomor, nilai in isi]
	for b in baris:
		_baca(b)
	_tetapkan_rt(baris, kunci)
	_periksa_akun(baris)
	_periksa_masa(baris, kunci)
	for b in baris:
		if b.galat:
			b.hasil, b.akun_baru = DITOLAK, False
	return baris


def _coba(b: Baris, fungsi: Callable, *args):
	try:
		return fungsi(*args)
	except AturanError as galat:
		b.galat.append(str(galat))
		return None


def _baca(b: Baris) -> None:
	"""What one row says by itself."""
	n = b.nilai
	for k in KOLOM_WAJIB:
		if n[k] is None and k != "nama":
			b.galat.append(f"{KOLOM[k][0]} belum diisi.")
	b.mulai = _coba(b, baca_tanggal, n["mulai"], KOLOM["mulai"][0])
	b.sampai = _coba(b, baca_tanggal, n["sampai"], KOLOM["sampai"][0])
	if b.mulai and b.sampai and b.sampai < b.mulai:
		b.galat.append(f"Sampai ({formatdate(b.sampai)}) mendahului Mulai ({formatdate(b.mulai)}).")
	b.dasar_hukum = (baca_teks(n["dasar_hukum"]) or "")[:140]
	b.akun = _coba(
		b, akun_pejabat.susun_akun, baca_teks(n["nama"]), baca_teks(n["surel"]), baca_teks(n["no_hp"])
	)
	_baca_nik(b)


def _baca_nik(b: Baris) -> None:
	n = b.nilai
	kelamin = None
	if n["jenis_kelamin"] is not None:
		kelamin = KELAMIN.get(str(n["jenis_kelamin"]).casefold())
		if not kelamin:
			b.galat.append("Jenis Kelamin harus Laki-laki atau Perempuan.")
	lahir = _coba(b, baca_tanggal, n["tanggal_lahir"], KOLOM["tanggal_lahir"][0])
	nik = _coba(b, baca_nomor_panjang, n["nik"], "NIK")
	if nik:
		hasil = periksa_nik(nik, kelamin, lahir)
		b.galat += [g.teks for g in hasil.galat]
		b.nik = hasil.bersih


def _tetapkan_rt(baris: list[Baris], kunci: bool) -> None:
	menurut_nama = defaultdict(list)
	for k in frappe.get_all("Kelurahan", fields=["name", "nama"], order_by="name"):
		for sebutan in {k.name, k.name.replace(".", ""), k.nama.casefold()}:
			menurut_nama[sebutan].append(k)
	dicari = defaultdict(list)
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
		.select(t.name, t.judul, t.kelurahan, t.nomor, t.berlaku_mulai, t.berlaku_sampai)
		.where(t.kelurahan.isin(sorted({k for k, _n in dicari})))
		.orderby(t.name)
	)
	tercatat = defaultdict(list)
	for rt in (q.for_update() if kunci else q).run(as_dict=True):
		tercatat[(rt.kelurahan, int(rt.nomor))].append(rt)
	for letak, punya in dicari.items():
		for b in punya:
			_tetapkan_satu_rt(b, tercatat.get(letak, []))


def _tetapkan_satu_rt(b: Baris, calon: list) -> None:
	"""The RT of that number that is valid in the row's term; a number is given again after pemekaran."""
	if not calon:
		b.galat.append(f"{b.judul_rt} tidak terdaftar.")
		return
	if not b.mulai:
		return
	for rt in calon:
		if not pesan_masa_rt(rt, b.mulai, b.sampai):
			b.rt, b.judul_rt = rt.name, rt.judul
			return
	b.galat.append(frappe.utils.strip_html(pesan_masa_rt(calon[-1], b.mulai, b.sampai)))


def _periksa_akun(baris: list[Baris]) -> None:
	"""Accounts that exist are used as they are; new ones must not clash with others or with each other."""
	ber_akun = [b for b in baris if b.akun]
	u = frappe.qb.DocType("User")
	nama = sorted({b.pengguna for b in ber_akun})
	hp = sorted({b.akun.no_hp for b in ber_akun if b.akun.no_hp})
	if not nama:
		return
	q = frappe.qb.from_(u).select(u.name, u.enabled, u.mobile_no, u.full_name)
	ada = q.where(u.name.isin(nama) | u.mobile_no.isin(hp or [""])).run(as_dict=True)
	menurut_nama = {p.name.lower(): p for p in ada}
	pemilik_hp = {p.mobile_no: p.name for p in ada if p.mobile_no}
	nama_di_berkas: dict[str, str] = {}
	hp_di_berkas: dict[str, str] = {}
	nik_di_berkas: dict[str, str] = {}
	wajib_surel = "Ketua RT" in jabatan_wajib()
	for b in ber_akun:
		punya = menurut_nama.get(b.pengguna)
		if wajib_surel and akun_pejabat.tanpa_surel(b.pengguna):
			b.galat.append(
				"Surel belum diisi, padahal Ketua RT wajib memakai TOTP yang kodenya dikirim lewat surel."
			)
		if punya and not punya.enabled:
			b.galat.append(f"Akun {b.pengguna} tidak aktif. Aktifkan dahulu akunnya.")
		if b.pengguna in BUKAN_PEJABAT or b.pengguna == frappe.session.user:
			b.galat.append("Penugasan Anda sendiri harus dicatat oleh pejabat lain.")
		b.akun_baru = not punya
		if not punya and b.akun.no_hp and pemilik_hp.get(b.akun.no_hp):
			b.galat.append("Nomor HP ini sudah dipakai akun lain.")
		if nama_di_berkas.setdefault(b.pengguna, b.akun.nama).casefold() != b.akun.nama.casefold():
			b.galat.append("Surel atau nomor HP ini tertulis untuk dua nama berbeda dalam berkas.")
		if b.akun.no_hp and hp_di_berkas.setdefault(b.akun.no_hp, b.pengguna) != b.pengguna:
			b.galat.append("Nomor HP ini tertulis untuk dua orang dalam berkas.")
		if b.nik and nik_di_berkas.setdefault(b.nik, b.pengguna) != b.pengguna:
			b.galat.append("NIK ini tertulis untuk dua orang dalam berkas.")


def _periksa_masa(baris: list[Baris], kunci: bool) -> None:
	"""Against the terms that are there, and among the rows of the file."""
	bertempat = [b for b in baris if b.rt and b.akun and b.mulai]
	if not bertempat:
		return
	p = frappe.qb.DocType("Penugasan")
	q = (
		frappe.qb.from_(p)
		.select(p.name, p.pengguna, p.rt, p.mulai, p.sampai, p.dasar_hukum, p.nik_samar)
		.where((p.jabatan == JABATAN) & p.rt.isin(sorted({b.rt for b in bertempat})))
		.orderby(p.mulai)
	)
	semua = (q.for_update() if kunci else q).run(as_dict=True)
	nama = dict(
		frappe.get_all(
			"User",
			{"name": ["in", sorted({satu.pengguna for satu in semua})]},
			["name", "full_name"],
			as_list=True,
			order_by="name",
		)
	)
	tercatat = defaultdict(list)
	for satu in semua:
		satu.full_name = nama.get(satu.pengguna)
		tercatat[satu.rt].append(satu)
	di_berkas = defaultdict(list)
	for b in bertempat:
		for lain in di_berkas[b.rt]:
			if _bersinggungan(b.mulai, b.sampai, lain.mulai, lain.sampai):
				b.galat.append(f"{b.judul_rt} sudah tertulis untuk masa yang sama pada baris {lain.nomor}.")
		di_berkas[b.rt].append(b)
		_bandingkan(b, tercatat[b.rt])


def _bandingkan(b: Baris, tercatat: list) -> None:
	for satu in tercatat:
		if satu.pengguna == b.pengguna and getdate(satu.mulai) == b.mulai:
			_bandingkan_sendiri(b, satu, tercatat)
			return
	_tolak_tumpang_tindih(b, tercatat)


def _tolak_tumpang_tindih(b: Baris, tercatat: list) -> None:
	for satu in tercatat:
		if _bersinggungan(b.mulai, b.sampai, satu.mulai, satu.sampai):
			nama = satu.full_name or satu.pengguna
			b.galat.append(
				frappe.utils.strip_html(
					pesan_tumpang_tindih(JABATAN, b.judul_rt, nama, satu.mulai, satu.sampai)
				)
			)
			return


def _bandingkan_sendiri(b: Baris, satu, tercatat: list) -> None:
	"""The same person's term from the same day: the same file a second time, or a correction."""
	b.penugasan = satu.name
	beda = []
	if (satu.sampai and getdate(satu.sampai)) != b.sampai:
		beda.append("Sampai")
		if satu.sampai and getdate(satu.sampai) < hari_ini():
			b.galat.append(
				f"Penugasan ini sudah berakhir pada {formatdate(satu.sampai)}. Catat penugasan baru."
			)
		_tolak_tumpang_tindih(b, [t for t in tercatat if t.name != satu.name])
	if (satu.dasar_hukum or "") != b.dasar_hukum:
		beda.append("Dasar Penugasan")
	if b.nik and not nik_sama(satu, b.nik):
		beda.append("NIK")
		if nik_terkunci(satu):
			b.galat.append(pesan_nik_terkunci())
	b.hasil = DIUBAH if beda else SAMA
	b.catatan = f"Berubah: {', '.join(beda)}." if beda else ""


def _bersinggungan(mulai_a, sampai_a, mulai_b, sampai_b) -> bool:
	return (not sampai_b or mulai_a <= getdate(sampai_b)) and (not sampai_a or getdate(mulai_b) <= sampai_a)


# --- applying ------------------------------------------------------------------------


def terapkan_baris(baris: list[Baris], kemajuan: Callable[[int, str], None] = lambda _p, _k: None) -> None:
	"""Accounts, terms, encrypted NIK and roles of rows that were all accepted, as sets."""
	akun_baru = {b.pengguna: b.akun for b in baris if b.akun_baru}
	akun_pejabat.buat_akun(list(akun_baru.values()))
	kemajuan(60, _("Membuat akun"))
	_sisip_penugasan([b for b in baris if b.hasil == BARU])
	for b in baris:
		if b.hasil == DIUBAH:
			# few, and their history is kept: through the controller
			doc = frappe.get_doc("Penugasan", b.penugasan)
			doc.sampai, doc.dasar_hukum = b.sampai, b.dasar_hukum
			if b.nik:
				doc.nik = b.nik
			doc.save()
	kemajuan(80, _("Memberi peran"))
	selaraskan_peran({b.pengguna for b in baris if b.hasil == BARU})
	kemajuan(95, _("Menyimpan hasil"))


def _sisip_penugasan(baris: list[Baris]) -> None:
	if not baris:
		return
	periksa_hak("create")
	waktu, pelaku = now(), frappe.session.user
	nama = {b.nomor: nama_acak() for b in baris}
	kolom = [
		"name",
		"creation",
		"modified",
		"owner",
		"modified_by",
		"pengguna",
		"jabatan",
		"rt",
		"mulai",
		"sampai",
	]
	frappe.db.bulk_insert(
		"Penugasan",
		[*kolom, "dasar_hukum", "nik", "nik_samar"],
		[
			[
				nama[b.nomor],
				waktu,
				waktu,
				pelaku,
				pelaku,
				b.pengguna,
				JABATAN,
				b.rt,
				b.mulai,
				b.sampai,
				b.dasar_hukum,
				"*" * len(b.nik) if b.nik else None,
				samarkan(b.nik) if b.nik else None,
			]
			for b in baris
		],
	)
	auth = frappe.qb.Table("__Auth")
	tersandi = [("Penugasan", nama[b.nomor], "nik", encrypt(b.nik), 1) for b in baris if b.nik]
	if tersandi:
		frappe.qb.into(auth).columns("doctype", "name", "fieldname", "password", "encrypted").insert(
			*tersandi
		).run()


# --- invitations ------------------------------------------------------------------------


def undang(nama: str) -> None:
	"""The framework's welcome letter to each new account with an address, through the e-mail queue."""
	doc = frappe.get_doc("Impor Penugasan", nama)
	penerima = [b.pengguna for b in doc.hasil if b.akun_baru and not akun_pejabat.tanpa_surel(b.pengguna)]
	if not ada_surel_keluar():
		doc.db_set(
			"catatan", f"{doc.catatan} " + _("Belum ada akun surel keluar: bagikan slip masuk tercetak.")
		)
		frappe.db.commit()
		return
	terkirim = 0
	for user in sorted(akun_pejabat.boleh_bertautan(penerima)):
		akun_pejabat.kirim_undangan(user)
		terkirim += 1
		frappe.db.commit()  # a letter in the queue is not taken back by the next one's failure
	catatan = _("{0} undangan masuk antrean surel.").format(terkirim)
	if sisa := len(set(penerima)) - terkirim:
		catatan += " " + _(
			"{0} tidak diundang karena baru bertugas lebih dari {1} hari lagi; cetak slip masuk menjelang mulai."
		).format(sisa, akun_pejabat.masa_slip())
	doc.db_set("catatan", f"{doc.catatan} {catatan}")
	frappe.db.commit()


def ada_surel_keluar() -> bool:
	return bool(
		frappe.conf.mail_server
		or frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1})
	)
