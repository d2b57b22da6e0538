"""What waits for the reader, of every DocType: the nearest clock first, then what has none, the longest waiting first.

What waits for an office is what the shortcuts of its workspace count; an administrator who changes those changes this
queue with them. Of each shortcut only the first rows are read: the rest is in the list that it opens.
"""

from __future__ import annotations

import json

import frappe
from frappe import _
from frappe.database.operator_map import OPERATOR_MAP
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max
from frappe.utils import cint, now_datetime
from pypika import Case, Table
from pypika.terms import Term, ValueWrapper

from kampung_bahagia.izin.data_pribadi import boleh_baca_kolom
from kampung_bahagia.tata_kelola.jejak import JEJAK
from kampung_bahagia.tata_kelola.laporan import PadaJam, kolom_laporan, terlihat

BARIS = 100  # of each shortcut
# by DocType its clocks, the first that is open counts: until when, what for, and the column that says it was kept
TENGGAT = {
	"Pemberitahuan Kecelakaan": (("batas_tahap_satu", "Laporan Tahap I ke BPJS", "klaim"),),
	"Kegiatan": (("batas_pendaftaran", "Pendaftaran ke BPJS", "pendaftaran"),),
	"Pendaftaran BPJS": (
		("batas_pendaftaran", "Pendaftaran ke BPJS", "dikirim_pada"),
		("jatuh_tempo", "Pembayaran iuran", None),
	),
	"Surat Keputusan": (("batas_lapor", "Laporan perubahan ke BPJS", "dilaporkan_pada"),),
}


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None]:
	"""Columns, a row for each file and step, and a message when there is more. Filter `teratas`: only so many rows."""
	filters = frappe._dict(filters or {})
	batas = min(max(cint(filters.teratas), 0), BARIS) or BARIS
	data, berlebih, tak_terbaca = [], [], []
	for satu in pintasan():
		if satu.saring is None:
			tak_terbaca.append(satu.label)
			continue
		baris = yang_menunggu(satu, batas + 1)
		if len(baris) > batas:
			berlebih.append(satu.label)
		data += baris[:batas]
	_isi_sejak(data)
	data.sort(key=lambda b: (b.tenggat_pada is None, b.tenggat_pada or b.sejak, b.nama))
	if filters.teratas:
		return get_columns(), data[:batas], None
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
	"""What counts on the workspaces of the reader's offices: rows of label, doctype and saring, the filters, None where this
	queue cannot read them.
	"""
	ruang, peran, baris = DocType("Workspace"), DocType("Has Role"), DocType("Workspace Shortcut")
	semua = (
		frappe.qb.from_(baris)
		.join(ruang)
		.on(ruang.name == baris.parent)
		.join(peran)
		.on((peran.parent == ruang.name) & (peran.parenttype == "Workspace"))
		.select(baris.label, baris.link_to.as_("doctype"), baris.stats_filter)
		.where((baris.type == "DocType") & (ruang.public == 1) & peran.role.isin(_jabatan()))
		.where(ruang.module.isin(frappe.get_module_list("kampung_bahagia")))
		.orderby(ruang.sequence_id, baris.idx)
		.run(as_dict=True)
	)
	hasil = {}
	for satu in semua:
		if satu.stats_filter and frappe.has_permission(satu.doctype, "read"):
			saring = _saringan(satu.doctype, satu.stats_filter)
			hasil.setdefault((satu.doctype, satu.stats_filter), frappe._dict(satu, saring=saring))
	return list(hasil.values())


def _saringan(doctype: str, teks: str) -> dict | None:
	"""The filters {field: [operator, value]} of a shortcut. An administrator may write scripts there, or what was a field once."""
	ada = frappe.get_meta(doctype).get_valid_columns()
	try:
		saring = json.loads(teks)
		dikenal = all(
			k in ada and operator.casefold() in OPERATOR_MAP for k, (operator, _nilai) in saring.items()
		)
	except (ValueError, TypeError, AttributeError):
		return None
	return saring if dikenal else None


def _jabatan() -> list[str]:
	"""The offices of the reader that this report is for; the queue of an overseer is nobody's work."""
	untuk = frappe.get_all("Has Role", {"parent": "Antrian Saya", "parenttype": "Report"}, pluck="role")
	return sorted(set(untuk) & set(frappe.get_roles())) or [""]


def yang_menunggu(satu: frappe._dict, jumlah: int) -> list[frappe._dict]:
	"""Up to `jumlah` rows of what a shortcut counts and the reader sees, in the order of the queue."""
	t, rt, kegiatan = (DocType(n) for n in (satu.doctype, "RT", "Kegiatan"))
	meta = frappe.get_meta(satu.doctype)
	pada, jenis = _tenggat(satu.doctype, t)
	perihal = ValueWrapper(None)
	query = frappe.qb.get_query(t, filters=satu.saring).where(terlihat(satu.doctype))
	if meta.has_field("rt"):
		query = query.left_join(rt).on(rt.name == t.rt).select(rt.judul.as_("nama_rt"))
	if meta.title_field and boleh_baca_kolom(satu.doctype, meta.title_field):
		perihal = t[meta.title_field]
	elif meta.get_options("kegiatan") == "Kegiatan":
		query, perihal = query.left_join(kegiatan).on(kegiatan.name == t.kegiatan), kegiatan.judul
	baris = (
		query.select(
			t.name.as_("nama"),
			perihal.as_("perihal"),
			t.modified.as_("sejak"),
			pada.as_("tenggat_pada"),
			jenis.as_("tenggat_jenis"),
		)
		.orderby(pada.isnull(), pada, t.modified, t.name)
		.limit(jumlah)
		.run(as_dict=True)
	)
	kini = now_datetime()
	for b in baris:
		b.update(langkah=_(satu.label), jenis_berkas=satu.doctype)
		b.sisa_jam = b.tenggat_pada and int((b.tenggat_pada - kini).total_seconds() // 3600)
	return baris


def _tenggat(doctype: str, t: Table) -> tuple[Term, Term]:
	"""Until when (the end of a day that is only a date), and what for; NULL where no clock is open."""
	if doctype == "Klaim":  # which keeps the next of its clocks
		return t.tenggat_pada, t.tenggat_jenis
	if doctype not in TENGGAT:
		return ValueWrapper(None), ValueWrapper(None)
	meta = frappe.get_meta(doctype)
	pada, jenis = Case(), Case()
	for kolom, sebutan, terpenuhi in TENGGAT[doctype]:
		terbuka = t[kolom].isnotnull()
		if terpenuhi:
			terbuka &= t[terpenuhi].isnull() | (t[terpenuhi] == "")
		akhir = t[kolom] if meta.get_field(kolom).fieldtype == "Datetime" else PadaJam(t[kolom], "23:59:59")
		pada, jenis = pada.when(terbuka, akhir), jenis.when(terbuka, _(sebutan))
	return pada, jenis


def _isi_sejak(data: list[frappe._dict]) -> None:
	"""Since when each waits: since the step of the ledger that brought it there; what has no steps, since its last change."""
	jejak = DocType(JEJAK)
	for doctype in {b.jenis_berkas for b in data}:
		milik = [b for b in data if b.jenis_berkas == doctype]
		waktu = dict(
			frappe.qb.from_(jejak)
			.select(jejak.rujukan_nama, Max(jejak.waktu))
			.where((jejak.rujukan_doctype == doctype) & jejak.rujukan_nama.isin([b.nama for b in milik]))
			.where(jejak.dari.isnull() | (jejak.dari != jejak.ke))
			.groupby(jejak.rujukan_nama)
			.run()
		)
		for b in milik:
			b.sejak = waktu.get(b.nama, b.sejak)


def _pesan(data: list[frappe._dict], berlebih: list[str], tak_terbaca: list[str]) -> str | None:
	pesan = [] if data else [_("Tidak ada yang menunggu Anda.")]
	if berlebih:
		pesan.append(
			_("Hanya {0} teratas yang ditampilkan dari: {1}. Selebihnya ada di daftarnya.").format(
				BARIS, ", ".join(_(b) for b in berlebih)
			)
		)
	if tak_terbaca:
		pesan.append(
			_("Belum termasuk: {0}. Buka dari pintasannya di meja kerja.").format(
				", ".join(_(b) for b in tak_terbaca)
			)
		)
	return " ".join(pesan) or None
