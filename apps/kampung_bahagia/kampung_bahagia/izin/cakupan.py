"""Which rows an office may see and touch.

ONE criterion per DocType and right, built from the Penugasan in force today (date in the site's time zone,
WIB). The list hook turns it into SQL, the document hook holds it against a document; both read the same
value, so a list and a URL can never disagree. No office in force means an empty criterion, and an empty
criterion matches nothing: the scope fails closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

import frappe
from frappe.utils import add_days, cint, getdate, nowdate
from frappe.utils.caching import request_cache
from pypika import Table
from pypika.terms import Criterion, EmptyCriterion, Field, ValueWrapper

BPJS = "BPJS Ketenagakerjaan"
JABATAN = ("Ketua RT", "Pendamping", "Lurah", "DPMPPA", BPJS, "Pengawas", "Admin Kampung Bahagia")
# who left one of these offices reads on for as long as Pengaturan says, and by this role's permissions only
MANTAN = "Mantan Pejabat"
JABATAN_BERMANTAN = ("Ketua RT", "Pendamping", "Lurah")
TINGKAT = ("rt", "kelurahan", "kecamatan")

# What BPJS sees, and only once it was submitted to them (spec: "BPJS only what was submitted to it").
DISERAHKAN_KE_BPJS = frozenset(
	{
		"Kegiatan",
		"Peserta",
		"Surat Keputusan",
		"Pendaftaran BPJS",
		"Klaim",
		"Berkas BPJS",
		"Kepesertaan Kota",
		"Iuran Kepesertaan Kota",
	}
)
# of the whole city: who holds an office over a part of it sees none of these
SEKOTA = frozenset(
	{
		"Berkas BPJS",
		"Impor Jawaban BPJS",
		"Kiriman BPJS",
		"Iuran Kepesertaan Kota",
		"Anggaran Kepesertaan Kota",
	}
)

# any of (all of (field in values)); {} is true for every row, the empty tuple for none
Kriteria = tuple[Mapping[str, frozenset], ...]
SEMUA: Kriteria = ({},)
TIDAK_ADA = ValueWrapper(1) == 0


def penugasan_berlaku(user: str) -> list[frappe._dict]:
	"""Offices that `user` holds today: rows of name, jabatan, rt, kelurahan, kecamatan, mulai, sampai."""
	hari = getdate(nowdate())
	return [p for p in _penugasan(user) if p.mulai <= hari and not (p.sampai and p.sampai < hari)]


def penugasan_lampau(user: str) -> list[frappe._dict]:
	"""Offices whose files `user` may still read: ended at most `mantan_pejabat_melihat` days ago."""
	hari = getdate(nowdate())
	berakhir = [
		p for p in _penugasan(user) if p.sampai and p.sampai < hari and p.jabatan in JABATAN_BERMANTAN
	]
	if not berakhir:  # nearly everyone: the setting need not be asked
		return []
	lama = _mantan_melihat()
	return [p for p in berakhir if lama > 0 and p.sampai >= add_days(hari, -lama)]


@request_cache
def _penugasan(user: str) -> list[frappe._dict]:
	"""All terms of `user`. The day is not asked here: a long job that runs past midnight meets the new one.

	In plain SQL: every request of every office begins with it, and the query builder takes twice its time.
	"""
	return frappe.db.sql(
		"""SELECT `name`, `jabatan`, `rt`, `kelurahan`, `kecamatan`, `mulai`, `sampai`
		FROM `tabPenugasan` WHERE `pengguna` = %s ORDER BY `mulai`, `name`""",
		user,
		as_dict=True,
	)


def _mantan_melihat() -> int:
	"""Days for which who left an office still reads its files."""
	return cint(frappe.db.get_single_value("Pengaturan Kampung Bahagia", "mantan_pejabat_melihat"))


def berlaku_pada(p, hari: str) -> Criterion:
	"""Condition over the table `p` of Penugasan: the term covers the day; both its ends belong to it."""
	return (p.mulai <= hari) & (p.sampai.isnull() | (p.sampai >= hari))


def baru_berakhir_pada(p, hari: str) -> Criterion | None:
	"""Condition: the term ended before the day, and not too long ago; None when the setting grants nothing."""
	lama = _mantan_melihat()
	if lama <= 0:
		return None
	return p.jabatan.isin(JABATAN_BERMANTAN) & (p.sampai < hari) & (p.sampai >= add_days(hari, -lama))


def lupakan_penugasan() -> None:
	"""Drop what this request remembers of offices, after one of them changed."""
	if hasattr(frappe.local, "request_cache"):
		frappe.local.request_cache.pop(_penugasan.__wrapped__, None)


def jabatan_berhak(doctype: str, hak: str) -> set[str]:
	"""Roles to which the DocType's permissions (as an administrator left them) give the right `hak`."""
	return {p.role for p in frappe.get_meta(doctype).permissions if not p.permlevel and p.get(hak)}


def kolom_wilayah(doctype: str) -> dict[str, str]:
	"""Field of `doctype` that holds each level of area; an RT is its own area."""
	return {"rt": "name" if doctype == "RT" else "rt", "kelurahan": "kelurahan", "kecamatan": "kecamatan"}


def kriteria(doctype: str, user: str, hak: str = "read", jabatan: Collection[str] | None = None) -> Kriteria:
	"""The criterion for `user` on `doctype`, from those of their offices that give the right `hak`, and are among `jabatan`
	when that is told.

	Two offices of one person do not mix: a Ketua RT who is also Pengawas of the city reads everywhere and
	writes in their own RT only.
	"""
	if user == "Administrator":
		return SEMUA
	kolom = kolom_wilayah(doctype)
	berhak = jabatan_berhak(doctype, hak)
	nilai: dict[str, set] = defaultdict(set)
	for p in penugasan_berlaku(user):
		if p.jabatan not in berhak or (jabatan is not None and p.jabatan not in jabatan):
			continue
		if p.jabatan == BPJS:
			if doctype in DISERAHKAN_KE_BPJS:
				nilai["diserahkan_bpjs"].add(1)
			elif doctype in SEKOTA:
				return SEMUA
			continue
		tingkat = next((t for t in TINGKAT if p.get(t)), None)
		if tingkat is None:
			return SEMUA
		if doctype not in SEKOTA:
			nilai[kolom[tingkat]].add(p[tingkat])
	if hak == "read" and MANTAN in berhak:
		for p in penugasan_lampau(user):
			tingkat = next(t for t in TINGKAT if p.get(t))
			nilai[kolom[tingkat]].add(p[tingkat])
	return tuple({k: frozenset(v)} for k, v in nilai.items())


def cocok(k: Kriteria, doc) -> bool:
	"""Whether a document (or any mapping with `get`) satisfies the criterion."""
	return any(all(doc.get(f) in v for f, v in syarat.items()) for syarat in k)


def sebagai_kondisi(k: Kriteria, doctype: str, tabel: Table | None = None) -> Criterion:
	"""The criterion for the query builder, over the table of `doctype` or another name of it; empty when every
	row matches.
	"""
	if any(not syarat for syarat in k):
		return EmptyCriterion()
	tabel = tabel or frappe.qb.DocType(doctype)
	satu = [tabel[f].isin(sorted(v)) for syarat in k for f, v in syarat.items()]
	return Criterion.any(satu) if satu else TIDAK_ADA


def sebagai_sql(kondisi: Criterion) -> str:
	"""A condition as a WHERE fragment for Frappe's list hook, each column with its table's name."""
	if isinstance(kondisi, EmptyCriterion):
		return ""
	return f"({kondisi.get_sql(quote_char='`', with_namespace=True)})"


def di_dalam(kolom: Field, induk: str, k: Kriteria) -> Criterion:
	"""Condition: `kolom` names a row of `induk` that satisfies the criterion."""
	tabel = frappe.qb.DocType(induk)
	return kolom.isin(frappe.qb.from_(tabel).select(tabel.name).where(sebagai_kondisi(k, induk)))


def boleh(doc, ptype: str | None = None, user: str | None = None) -> bool:
	"""Document hook. Holds the criterion against the stored row AND against the changed one.

	Frappe asks after a request's values were put on the document, so the values alone would let a foreign
	file be claimed by writing one's own area into it.
	"""
	user = user or frappe.session.user
	k = kriteria(doc.doctype, user, ptype or "read")
	kolom = sorted({f for syarat in k for f in syarat})
	if not kolom:  # every row, or none
		return bool(k)
	tersimpan = None
	if doc.get("name") and not doc.get("__islocal"):
		tersimpan = frappe.db.get_value(doc.doctype, doc.name, kolom, as_dict=True)
	if tersimpan is None:
		doc.isi_wilayah()
		# without its area the document is refused by its own checks, which say what is missing
		return not doc.get(doc.sumber_wilayah) or cocok(k, doc)
	return cocok(k, tersimpan) and cocok(k, doc)


def mencakup(p, doc) -> Criterion:
	"""Condition over the table `p` of Penugasan: its area holds that of `doc`."""
	kolom = kolom_wilayah(doc.doctype)
	return Criterion.all([p[t].isnull() | p[t].isin(["", doc.get(kolom[t])]) for t in TINGKAT])


def penugasan_atas(user: str, jabatan: str, doc) -> str | None:
	"""Name of the Penugasan by which `user` holds the office `jabatan` over the area of `doc` today."""
	kolom = kolom_wilayah(doc.doctype)
	for p in penugasan_berlaku(user):
		if p.jabatan == jabatan and all(not p.get(t) or p[t] == doc.get(kolom[t]) for t in TINGKAT):
			return p.name
	return None


def menjabat(user: str, jabatan: str, doc) -> bool:
	"""Whether `user` holds the office `jabatan` over the area of `doc` today."""
	return penugasan_atas(user, jabatan, doc) is not None


# Frappe 15.0 hands the list hook the user alone, so each DocType has a function of its own.
def _daftar(doctype: str, induk: str | None = None) -> Callable[[str | None], str]:
	def daftar(user: str | None = None) -> str:
		k = kriteria(induk or doctype, user or frappe.session.user)
		if induk:  # rows of a table, which Frappe would list by the DocType's right alone
			return sebagai_sql(di_dalam(frappe.qb.DocType(doctype).parent, induk, k))
		return sebagai_sql(sebagai_kondisi(k, doctype))

	return daftar


daftar_rt = _daftar("RT")
daftar_warga = _daftar("Warga")
daftar_perpindahan_warga = _daftar("Perpindahan Warga")
daftar_penugasan = _daftar("Penugasan")
daftar_musyawarah = _daftar("Musyawarah")
daftar_renja = _daftar("Renja")
daftar_kegiatan = _daftar("Kegiatan")
daftar_kemajuan_kegiatan = _daftar("Kemajuan Kegiatan")
daftar_adendum_kegiatan = _daftar("Adendum Kegiatan")
daftar_peserta = _daftar("Peserta")
daftar_surat_keputusan = _daftar("Surat Keputusan")
daftar_surat_tugas = _daftar("Surat Tugas")
daftar_pendaftaran_bpjs = _daftar("Pendaftaran BPJS")
daftar_berkas_bpjs = _daftar("Berkas BPJS")
daftar_impor_jawaban_bpjs = _daftar("Impor Jawaban BPJS")
daftar_kepesertaan_kota = _daftar("Kepesertaan Kota")
daftar_iuran_kepesertaan_kota = _daftar("Iuran Kepesertaan Kota")
daftar_rincian_iuran_kota = _daftar("Rincian Iuran Kota")
daftar_anggaran_kepesertaan_kota = _daftar("Anggaran Kepesertaan Kota")
daftar_kiriman_bpjs = _daftar("Kiriman BPJS")
daftar_klaim = _daftar("Klaim")
daftar_pemberitahuan_kecelakaan = _daftar("Pemberitahuan Kecelakaan")
daftar_lpj_kegiatan = _daftar("LPJ Kegiatan")
daftar_jejak_keputusan = _daftar("Jejak Keputusan")
daftar_dokumen_resmi = _daftar("Dokumen Resmi")

daftar_anggota_pokja = _daftar("Anggota Pokja", "RT")
daftar_usulan = _daftar("Usulan", "Musyawarah")
daftar_hadirin = _daftar("Hadirin", "Musyawarah")
daftar_butir_renja = _daftar("Butir Renja", "Renja")
daftar_rab_kegiatan = _daftar("RAB Kegiatan", "Kegiatan")
daftar_foto_kegiatan = _daftar("Foto Kegiatan", "Kegiatan")
daftar_rab_adendum = _daftar("RAB Adendum", "Adendum Kegiatan")
daftar_peserta_sk = _daftar("Peserta SK", "Surat Keputusan")
daftar_peserta_berhenti = _daftar("Peserta Berhenti", "Surat Keputusan")
daftar_petugas_surat_tugas = _daftar("Petugas Surat Tugas", "Surat Tugas")
daftar_kehadiran_surat_tugas = _daftar("Kehadiran Surat Tugas", "Surat Tugas")
daftar_rincian_iuran = _daftar("Rincian Iuran", "Pendaftaran BPJS")
daftar_isi_berkas_bpjs = _daftar("Isi Berkas BPJS", "Berkas BPJS")
daftar_bagian_berkas_bpjs = _daftar("Bagian Berkas BPJS", "Berkas BPJS")
daftar_upah_pendaftaran = _daftar("Upah Pendaftaran", "Pendaftaran BPJS")
daftar_termin_iuran = _daftar("Termin Iuran", "Pendaftaran BPJS")
daftar_baris_jawaban_bpjs = _daftar("Baris Jawaban BPJS", "Impor Jawaban BPJS")
daftar_realisasi_rab = _daftar("Realisasi RAB", "LPJ Kegiatan")
daftar_dokumen_klaim = _daftar("Dokumen Klaim", "Klaim")
daftar_saksi_klaim = _daftar("Saksi Klaim", "Klaim")
daftar_ahli_waris_klaim = _daftar("Ahli Waris Klaim", "Klaim")
daftar_rincian_manfaat = _daftar("Rincian Manfaat", "Klaim")
daftar_laporan_tahap = _daftar("Laporan Tahap", "Klaim")
daftar_pembayaran_klaim = _daftar("Pembayaran Klaim", "Klaim")
daftar_pengajuan_klaim = _daftar("Pengajuan Klaim", "Klaim")
daftar_penilaian_pertanggungan = _daftar("Penilaian Pertanggungan", "Klaim")
