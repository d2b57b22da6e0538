"""Ketua RT from a table: tried first, then applied wholly or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, now
from frappe.utils.password import encrypt

from kampung_bahagia.aturan.identitas import periksa_nik, samarkan
from kampung_bahagia.izin.dokumen import nama_acak
from kampung_bahagia.izin.peran import BUKAN_PEJABAT, selaraskan_peran
from kampung_bahagia.izin.totp import jabatan_wajib
from kampung_bahagia.tata_kelola.masa_berlaku import bersinggungan
from kampung_bahagia.tata_kelola.unduhan import BerkasXLSX
from kampung_bahagia.wilayah import akun as akun_pejabat
from kampung_bahagia.wilayah import impor
from kampung_bahagia.wilayah.baca_tabel import (
	baca_nomor_panjang,
	baca_tanggal,
	baca_teks,
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
from kampung_bahagia.wilayah.impor import (
	BARU,
	DITOLAK,
	DIUBAH,
	SAMA,
	BarisTabel,
	ImporTabel,
	coba,
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
JABATAN = "Ketua RT"


class ImporPenugasan(ImporTabel):
	pass


@dataclass
class Baris(BarisTabel):
	akun: akun_pejabat.AkunBaru | None = None
	mulai: date | None = None
	sampai: date | None = None
	nik: str | None = None
	dasar_hukum: str = ""
	akun_baru: bool = False
	penugasan: str | None = None  # the term that is there already

	@property
	def pengguna(self) -> str:
		return self.akun.pengguna if self.akun else ""


# --- doors ---------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def periksa(nama: str) -> None:
	"""Try the file in the background: every verdict, nothing applied."""
	impor.antrekan(frappe.get_doc("Impor Penugasan", nama), jalankan, terapkan=False)


@frappe.whitelist(methods=["POST"])
def terapkan(nama: str) -> None:
	"""Apply the file in the background; only one that was tried and had nothing to refuse."""
	impor.antrekan(frappe.get_doc("Impor Penugasan", nama), jalankan, terapkan=True)


@frappe.whitelist()
def templat() -> BerkasXLSX:
	"""The table to fill in, with NIK and numbers as text, as XLSX."""
	periksa_hak("create")
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
	impor.kirim_templat("templat-ketua-rt", "Ketua RT", KOLOM, contoh)


@frappe.whitelist()
def unduh_hasil(nama: str) -> BerkasXLSX:
	"""The verdict of every row as XLSX."""
	impor.kirim_hasil(frappe.get_doc("Impor Penugasan", nama))


# --- the job -------------------------------------------------------------------------


def jalankan(nama: str, terapkan: bool) -> None:
	"""Try or apply, wholly or not at all."""
	doc = frappe.get_doc("Impor Penugasan", nama)
	impor.sekaligus(
		doc, lambda: _jalankan(doc, terapkan), lambda status, catatan: _selesai(doc, [], status, catatan)
	)
	if doc.status == "Diterapkan":
		if doc.undang:
			undang(nama)
		impor.hapus_berkas(doc.doctype, [nama])  # after the commit: what leaves the disk does not come back
		frappe.db.commit()


def _jalankan(doc: ImporTabel, terapkan: bool) -> None:
	tabel, jejak = impor.baca_berkas(doc, KOLOM, KOLOM_WAJIB, terapkan=terapkan)
	baris = nilai_baris(tabel, kunci=terapkan)
	kemajuan = impor.kemajuan(doc)
	kemajuan(40, _("Memeriksa baris"))
	ditolak = any(b.hasil == DITOLAK for b in baris)
	if terapkan and not ditolak:
		terapkan_baris(baris, kemajuan)
	status = "Ditolak" if ditolak else "Diterapkan" if terapkan else "Siap Diterapkan"
	doc.jejak_berkas = None if ditolak else jejak  # of the file that was tried and had nothing to refuse
	_selesai(doc, baris, status, _catatan_hasil(baris, status))


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


def _selesai(doc: ImporTabel, baris: list[Baris], status: str, catatan: str) -> None:
	impor.tulis_hasil(
		doc,
		baris,
		lambda b: {
			"nama": (baca_teks(b.nilai["nama"]) or "")[:140],
			"rt": b.judul_rt[:140],
			"pengguna": b.pengguna[:140],
			"akun_baru": int(b.akun_baru),
		},
		status=status,
		catatan=catatan,
		jejak=doc.jejak_berkas,
	)


# --- verdicts ------------------------------------------------------------------------


def nilai_baris(isi: list[tuple[int, dict]], *, kunci: bool = False) -> list[Baris]:
	"""A verdict for every row, from a handful of queries however many rows there are.

	With `kunci` the RT are locked first, so that nobody appoints there until this transaction ends.
	"""
	baris = [Baris(nomor, nilai) for nomor, nilai in isi]
	for b in baris:
		_baca(b)
	impor.tetapkan_rt(baris, _tetapkan_satu_rt, kunci=kunci)
	_periksa_akun(baris)
	_periksa_masa(baris, kunci)
	for b in baris:
		if b.galat:
			b.hasil, b.akun_baru = DITOLAK, False
	return baris


def _baca(b: Baris) -> None:
	"""What one row says by itself."""
	n = b.nilai
	for k in KOLOM_WAJIB:
		if n[k] is None and k != "nama":
			b.galat.append(f"{KOLOM[k][0]} belum diisi.")
	b.mulai = coba(b, baca_tanggal, n["mulai"], KOLOM["mulai"][0])
	b.sampai = coba(b, baca_tanggal, n["sampai"], KOLOM["sampai"][0])
	if b.mulai and b.sampai and b.sampai < b.mulai:
		b.galat.append(f"Sampai ({formatdate(b.sampai)}) mendahului Mulai ({formatdate(b.mulai)}).")
	b.dasar_hukum = (baca_teks(n["dasar_hukum"]) or "")[:140]
	b.akun = coba(
		b, akun_pejabat.susun_akun, baca_teks(n["nama"]), baca_teks(n["surel"]), baca_teks(n["no_hp"])
	)
	_baca_nik(b)


def _baca_nik(b: Baris) -> None:
	n = b.nilai
	kelamin = impor.baca_kelamin(b)
	lahir = coba(b, baca_tanggal, n["tanggal_lahir"], KOLOM["tanggal_lahir"][0])
	nik = coba(b, baca_nomor_panjang, n["nik"], "NIK")
	if nik:
		hasil = periksa_nik(nik, kelamin, lahir)
		b.galat += [g.teks for g in hasil.galat]
		b.nik = hasil.bersih


def _tetapkan_satu_rt(b: Baris, calon: list) -> None:
	"""The RT of that number that is valid in the row's term; a number is given again after pemekaran."""
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
			if bersinggungan(b.mulai, b.sampai, lain.mulai, lain.sampai):
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
		if bersinggungan(b.mulai, b.sampai, satu.mulai, satu.sampai):
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
