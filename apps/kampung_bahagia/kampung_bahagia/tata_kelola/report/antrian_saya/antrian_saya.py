"""What waits for the reader, of every DocType: the nearest clock first, then what has none, the longest waiting first.

What waits for an office is what the shortcuts of its workspace count; an administrator who changes those changes this
queue with them. Of each shortcut only the first rows are shown: the rest is in the list that it opens.
"""

from __future__ import annotations

import json

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Max
from frappe.utils import add_days, cint, now_datetime
from pypika import Case, Table
from pypika.terms import Term, ValueWrapper

from kampung_bahagia.izin.cakupan import kriteria, sebagai_kondisi
from kampung_bahagia.izin.data_pribadi import boleh_baca_kolom
from kampung_bahagia.tata_kelola.jejak import JEJAK, berpindah
from kampung_bahagia.tata_kelola.laporan import PadaJam, TambahHari, kolom_laporan

BARIS = 100  # of each shortcut
JAUH = 180  # days: a clock that ends later is no news yet, such as the years until a claim expires


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Columns, a row for each file and step, and a message about what is not among them.

	Filter `teratas`: only so many rows.
	"""
	filters = frappe._dict(filters or {})
	batas = min(max(cint(filters.teratas), 0), BARIS) or BARIS
	data, berlebih, tak_terbaca = [], [], []
	for satu in pintasan():
		nama = dihitung(satu)
		if nama is None:
			tak_terbaca.append(_(satu.label))
			continue
		baris = yang_menunggu(satu, nama, batas + 1)
		if len(baris) > batas:
			berlebih.append(_(satu.label))
		data += baris[:batas]
	data.sort(key=lambda b: (b.tenggat_pada is None, b.tenggat_pada or b.sejak, b.nama))
	if filters.teratas:
		data, berlebih = data[:batas], []
	return get_columns(), data, _pesan(data, berlebih, tak_terbaca)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("sisa_jam", _("Sisa Waktu (jam)"), "Int", 130),
		("langkah", _("Yang Perlu Dilakukan"), "Data", 220),
		("nama", _("Berkas"), "Dynamic Link", 160, "jenis_berkas"),
		("perihal", _("Perihal"), "Data", 240),
		("nama_rt", _("RT"), "Data", 170),
		("tenggat_jenis", _("Tenggat"), "Data", 200),
		("tenggat_pada", _("Batas (WIB)"), "Datetime", 150),
		("sejak", _("Menunggu Sejak"), "Datetime", 150),
		("jenis_berkas", _("Jenis Berkas"), "Data", 150),
	)


def pintasan() -> list[frappe._dict]:
	"""What counts on the workspaces of the reader's offices: rows of label, doctype, stats_filter, and the offices."""
	untuk = frappe.get_all("Has Role", {"parent": "Antrian Saya", "parenttype": "Report"}, pluck="role")
	ruang, peran, baris = DocType("Workspace"), DocType("Has Role"), DocType("Workspace Shortcut")
	semua = (
		frappe.qb.from_(baris)
		.join(ruang)
		.on(ruang.name == baris.parent)
		.join(peran)
		.on((peran.parent == ruang.name) & (peran.parenttype == "Workspace"))
		.select(baris.label, baris.link_to.as_("doctype"), baris.stats_filter, peran.role)
		.where((baris.type == "DocType") & (ruang.public == 1) & baris.stats_filter.isnotnull())
		.where(peran.role.isin(sorted(set(untuk) & set(frappe.get_roles())) or [""]))
		.where(ruang.module.isin(frappe.get_module_list("kampung_bahagia")))
		.orderby(ruang.sequence_id, baris.idx)
		.run(as_dict=True)
	)
	hasil = {}
	for satu in semua:
		if satu.stats_filter.strip() not in ("", "{}", "[]") and frappe.has_permission(satu.doctype, "read"):
			kunci = (satu.doctype, satu.stats_filter)
			hasil.setdefault(kunci, frappe._dict(satu, jabatan=set())).jabatan.add(satu.role)
	return list(hasil.values())


def dihitung(satu: frappe._dict) -> list[str] | None:
	"""The files that a shortcut counts, as the desk finds them; None where the framework does not understand its filters."""
	try:
		saring = json.loads(satu.stats_filter)
		return frappe.get_list(
			satu.doctype, filters=saring, pluck="name", limit_page_length=0, order_by="name"
		)
	except Exception:  # an administrator may write anything there: to the desk it is a script
		frappe.clear_messages()
		return None


def yang_menunggu(satu: frappe._dict, nama: list[str], jumlah: int) -> list[frappe._dict]:
	"""Of the files `nama` up to `jumlah` rows in the areas of the shortcut's offices, in the order of the queue."""
	if not nama:
		return []
	t, rt, kegiatan = (DocType(n) for n in (satu.doctype, "RT", "Kegiatan"))
	meta, kini = frappe.get_meta(satu.doctype), now_datetime()
	langkah = _langkah(satu.doctype, nama)
	query = (
		frappe.qb.from_(t)
		.left_join(langkah)
		.on(langkah.nama == t.name)
		.where(t.name.isin(nama))
		.where(
			sebagai_kondisi(kriteria(satu.doctype, frappe.session.user, "report", satu.jabatan), satu.doctype)
		)
	)
	if meta.has_field("rt"):
		query = query.left_join(rt).on(rt.name == t.rt).select(rt.judul.as_("nama_rt"))
	berkegiatan = any(f.fieldname == "kegiatan" for f in meta.get_link_fields())
	if berkegiatan:
		query = query.left_join(kegiatan).on(kegiatan.name == t.kegiatan)
	perihal = kegiatan.judul if berkegiatan else ValueWrapper(None)
	if meta.title_field and boleh_baca_kolom(satu.doctype, meta.title_field):
		perihal = t[meta.title_field]
	batas, untuk = _tenggat(satu.doctype, t, kegiatan)
	dekat = batas <= add_days(kini, JAUH)
	pada, jenis = Case().when(dekat, batas), Case().when(dekat, untuk)
	sejak = Coalesce(langkah.waktu, t.modified)
	baris = (
		query.select(
			t.name.as_("nama"),
			perihal.as_("perihal"),
			sejak.as_("sejak"),
			pada.as_("tenggat_pada"),
			jenis.as_("tenggat_jenis"),
		)
		.orderby(pada.isnull(), pada, sejak, t.name)
		.limit(jumlah)
		.run(as_dict=True)
	)
	for b in baris:
		b.update(langkah=_(satu.label), jenis_berkas=satu.doctype)
		b.sisa_jam = b.tenggat_pada and int((b.tenggat_pada - kini).total_seconds() // 3600)
	return baris


def _langkah(doctype: str, nama: list[str]) -> Table:
	"""Rows of nama and waktu, the step of the ledger that brought a file where it is."""
	jejak = DocType(JEJAK)
	return (
		frappe.qb.from_(jejak)
		.select(jejak.rujukan_nama.as_("nama"), Max(jejak.waktu).as_("waktu"))
		.where((jejak.rujukan_doctype == doctype) & jejak.rujukan_nama.isin(nama) & berpindah(jejak))
		.groupby(jejak.rujukan_nama)
	).as_("langkah")


def _tenggat(doctype: str, t: Table, kegiatan: Table) -> tuple[Term, Term]:
	"""The clock of a file that is open: until when (the end of a day that is only a date), and what for; else NULL.

	`kegiatan` is joined where the DocType links to one.
	"""
	jam = _jam(doctype, t, kegiatan)
	if not jam:
		return ValueWrapper(None), ValueWrapper(None)
	pada, jenis = Case(), Case()
	for syarat, sampai, untuk in jam:
		pada, jenis = pada.when(syarat, sampai), jenis.when(syarat, untuk)
	return pada, jenis


def _jam(doctype: str, t: Table, kegiatan: Table) -> list[tuple]:
	"""The clocks of a DocType, the first that runs first: while it runs, until when, what for."""

	def hari(kolom: Term) -> Term:
		return PadaJam(kolom, "23:59:59")

	if doctype == "Klaim":  # which keeps the next of its clocks
		return [(t.tenggat_pada.isnotnull(), t.tenggat_pada, t.tenggat_jenis)]
	if doctype == "Pemberitahuan Kecelakaan":
		return [(t.klaim.isnull() | (t.klaim == ""), t.batas_tahap_satu, _("Laporan Tahap I ke BPJS"))]
	if doctype == "Kegiatan":
		belum = t.pendaftaran.isnull() | (t.pendaftaran == "")
		return [(belum, hari(t.batas_pendaftaran), _("Pendaftaran ke BPJS"))]
	if doctype == "Surat Keputusan":
		return [(t.dilaporkan_pada.isnull(), hari(t.batas_lapor), _("Laporan perubahan ke BPJS"))]
	if doctype == "Pendaftaran BPJS":
		membayar = t.status.isin(["Ditagih", "Bersertifikat"])
		return [
			(t.dikirim_pada.isnull(), hari(t.batas_pendaftaran), _("Pendaftaran ke BPJS")),
			(membayar & t.jatuh_tempo.isnotnull(), hari(t.jatuh_tempo), _("Pembayaran iuran")),
			# the last day to pay, as aturan.tenggat.batas_bayar says
			(
				(t.status == "Ditagih") & t.dibayar_pada.isnull(),
				hari(TambahHari(kegiatan.tanggal_mulai, -1)),
				_("Pembayaran iuran"),
			),
		]
	return []


def _pesan(data: list[frappe._dict], berlebih: list[str], tak_terbaca: list[str]) -> str | None:
	pesan = []
	if berlebih:
		pesan.append(
			_("Hanya {0} teratas yang ditampilkan dari: {1}. Selebihnya ada di daftarnya.").format(
				BARIS, ", ".join(berlebih)
			)
		)
	if tak_terbaca:
		pesan.append(
			_("Belum termasuk: {0}. Buka dari pintasannya di meja kerja.").format(", ".join(tak_terbaca))
		)
	if not data and not tak_terbaca:
		pesan.append(_("Tidak ada yang menunggu Anda."))
	return " ".join(pesan) or None
