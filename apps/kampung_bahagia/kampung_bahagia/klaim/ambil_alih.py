"""Officials take a notice of an accident over: it becomes a claim, or is joined with the claim that there is.

Whatever is written about one person's accident holds that person first, then the notice (`kunci_warga`): a report by
the Ketua RT, a notice and its takeover at one moment end in one claim.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, date_diff, get_datetime, getdate

from kampung_bahagia.aturan.warga_serupa import nama_baku, nama_mirip
from kampung_bahagia.izin.cakupan import menjabat
from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.klaim.pemberitahuan import (
	DITERIMA,
	DITERUSKAN,
	DOCTYPE,
	hari_kejadian,
	kaitkan,
	kunci_warga,
	simpan_sistem,
)

PENGAMBIL = ("Ketua RT", "Lurah", "DPMPPA")
SELISIH_HARI = 1  # people err about the day of an accident that happened at night


@frappe.whitelist()
def calon(pemberitahuan: str) -> dict[str, list[dict]]:
	"""What the form offers: `peserta` (name, nama, kegiatan, mencakup: worked on that day) of the person, or of those with
	a similar name while nobody was recognised; `klaim` (name, jenis, nama, waktu_kejadian, status) that it may belong to;
	`serupa` (name, status, diterima_pada, hubungan), the other notices of the same accident.

	Only what the user may see. Raises PermissionError for a notice that they may not read.
	"""
	doc = frappe.get_doc(DOCTYPE, pemberitahuan)
	doc.check_permission("read")
	peserta = _peserta(doc)
	return {"peserta": peserta, "klaim": _klaim(doc, peserta), "serupa": _serupa(doc)}


def _peserta(doc) -> list[dict]:
	saring = (
		{"warga": doc.warga}
		if doc.warga
		else {tingkat: doc.get(tingkat) for tingkat in ("rt", "kelurahan") if doc.get(tingkat)}
	)
	kegiatan = _kegiatan_hari_itu(doc)
	if not doc.warga:
		saring["kegiatan"] = ["in", sorted(kegiatan)]
	hasil = [
		{
			**p,
			"kegiatan": kegiatan.get(p.kegiatan) or frappe.db.get_value("Kegiatan", p.kegiatan, "judul"),
			"mencakup": p.kegiatan in kegiatan,
		}
		for p in frappe.get_list(
			"Peserta", saring, ["name", "nama", "warga", "kegiatan"], order_by="creation desc", limit=0
		)
		if doc.warga or nama_mirip(nama_baku(p.nama), nama_baku(doc.nama_korban))
	]
	return sorted(hasil, key=lambda p: not p["mencakup"])


def _kegiatan_hari_itu(doc) -> dict[str, str]:
	"""Kegiatan of the area that were carried out on the day of the accident, with their titles."""
	hari = getdate(doc.waktu_kejadian)
	return {
		k.name: k.judul
		for k in frappe.get_list(
			"Kegiatan",
			[["kelurahan", "=", doc.kelurahan], ["dimulai_pada", "is", "set"]],
			["name", "judul", "dimulai_pada", "diselesaikan_pada"],
			order_by="dimulai_pada desc, name",
			limit=0,
		)
		if getdate(k.dimulai_pada) <= hari
		and (not k.diselesaikan_pada or getdate(k.diselesaikan_pada) >= hari)
	}


def _klaim(doc, peserta: list[dict]) -> list[dict]:
	awal = get_datetime(add_days(getdate(doc.waktu_kejadian), -SELISIH_HARI))
	akhir = get_datetime(add_days(getdate(doc.waktu_kejadian), SELISIH_HARI + 1))
	orang = [doc.warga] if doc.warga else sorted({p["warga"] for p in peserta})
	return frappe.get_list(
		"Klaim",
		[
			["warga", "in", orang],
			["waktu_kejadian", ">=", awal],
			["waktu_kejadian", "<", akhir],
			["status", "!=", "Ditarik"],
		],
		["name", "jenis", "nama", "waktu_kejadian", "status"],
		order_by="creation desc",
	)


def _serupa(doc) -> list[dict]:
	return frappe.get_list(
		DOCTYPE,
		{"name": ["in", _sekelompok(doc)]},
		["name", "status", "diterima_pada", "hubungan"],
		order_by="creation",
	)


def _sekelompok(doc) -> list[str]:
	"""Names of the other notices of the same accident."""
	p = frappe.qb.DocType(DOCTYPE)
	awal = doc.pertama or doc.name
	return (
		frappe.qb.from_(p)
		.select(p.name)
		.where(((p.name == awal) | (p.pertama == awal)) & (p.name != doc.name))
		.orderby(p.creation)
		.run(pluck=True)
	)


@frappe.whitelist(methods=["POST"])
def jadikan_klaim(pemberitahuan: str, peserta: str, jenis: str) -> str:
	"""Make a Klaim for this Peserta from a notice and join all notices of the accident with it; the name of the Klaim.

	Raises JabatanTidakBerwenang, PermissionError for a Peserta that the user may not see, KlaimGanda when there is a
	claim already, ValidationError for a notice that was taken over.
	"""
	doc, jabatan = _untuk_pengambil(pemberitahuan)
	p = frappe.get_doc("Peserta", peserta)
	p.check_permission("read")
	kunci_warga(p.warga)
	doc = _masih_terbuka(doc.name)
	klaim = frappe.get_doc(
		{
			"doctype": "Klaim",
			"peserta": p.name,
			"jenis": jenis,
			**{
				kolom: doc.get(kolom)
				for kolom in (
					"waktu_kejadian",
					"tempat",
					"kronologi",
					"faskes",
					"nama_pelapor",
					"hp_pelapor",
					"foto",
				)
			},
		}
	)
	if jabatan != "Ketua RT":  # whose duty it is; others do it for them
		klaim.flags.pengambil = jabatan
		klaim.flags.oleh_sistem = True
	klaim.insert(ignore_permissions=jabatan != "Ketua RT")
	_gabungkan_semua(doc, klaim)
	return klaim.name


@frappe.whitelist(methods=["POST"])
def gabungkan(pemberitahuan: str, klaim: str) -> str:
	"""Join a notice, and the others of the same accident, with a Klaim of that person; the name of the Klaim.

	Raises as `jadikan_klaim`, and ValidationError for a claim of somebody else or of another time.
	"""
	doc, _jabatan = _untuk_pengambil(pemberitahuan)
	tujuan = frappe.get_doc("Klaim", klaim)
	tujuan.check_permission("read")
	kunci_warga(tujuan.warga)
	doc = _masih_terbuka(doc.name)
	if doc.warga and doc.warga != tujuan.warga:
		frappe.throw(
			_("Pemberitahuan ini tentang warga lain. Bila keliru dikenali, pilih dahulu Kaitkan Warga.")
		)
	if abs(date_diff(doc.waktu_kejadian, tujuan.waktu_kejadian)) > SELISIH_HARI:
		frappe.throw(_("Hari kejadian pada klaim {0} berbeda.").format(frappe.bold(tujuan.name)))
	if tujuan.status == "Ditarik":
		frappe.throw(_("Klaim {0} sudah ditarik. Jadikan klaim baru.").format(frappe.bold(tujuan.name)))
	_gabungkan_semua(doc, tujuan)
	return tujuan.name


@frappe.whitelist(methods=["POST"])
def kaitkan_warga(pemberitahuan: str, warga: str) -> None:
	"""Say whom a notice is about, when the number that the notifier gave did not: it moves to the RT of that person, whose
	Ketua RT is told. Raises as `jadikan_klaim`.
	"""
	doc, _jabatan = _untuk_pengambil(pemberitahuan)
	frappe.get_doc("Warga", warga).check_permission("read")
	if doc.status == DITERUSKAN:
		_tolak_terbuka(doc)
	kaitkan(doc.name, warga)
	frappe.get_doc(DOCTYPE, doc.name).run_method("pemberitahuan_masuk")


@frappe.whitelist()
def pemberitahuan_klaim(klaim: str) -> list[dict]:
	"""The notices that were joined with a claim, the first one first: `diterima_pada`, `hubungan`, `cara`.

	Raises PermissionError for a claim that the user may not read.
	"""
	frappe.get_doc("Klaim", klaim).check_permission("read")
	return frappe.get_all(
		DOCTYPE,
		{"klaim": klaim, "status": DITERUSKAN},
		["diterima_pada", "hubungan", "cara"],
		order_by="diterima_pada, name",
	)


def sambut(klaim) -> None:
	"""A claim was reported, and `kunci_warga` is held: the open notices of that person and day are joined with it."""
	p = frappe.qb.DocType(DOCTYPE)
	for nama in (
		frappe.qb.from_(p)
		.select(p.name)
		.where((p.warga == klaim.warga) & hari_kejadian(p.waktu_kejadian, klaim.waktu_kejadian))
		.where(p.status == DITERIMA)
		.orderby(p.creation)
		.for_update()
		.run(pluck=True)
	):
		_gabungkan(nama, klaim)


def _untuk_pengambil(nama: str):
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.check_permission("write")
	jabatan = next((j for j in PENGAMBIL if menjabat(frappe.session.user, j, doc)), None)
	if not jabatan:
		frappe.throw(
			_("Pemberitahuan diambil alih oleh Ketua RT, lurah, atau DPMPPA di wilayah kejadian."),
			JabatanTidakBerwenang,
		)
	return doc, jabatan


def _masih_terbuka(nama: str):
	doc = frappe.get_doc(DOCTYPE, nama, for_update=True)
	if doc.status == DITERUSKAN:
		_tolak_terbuka(doc)
	return doc


def _tolak_terbuka(doc) -> None:
	frappe.throw(
		_("Pemberitahuan ini sudah diteruskan ke klaim {0}. Muat ulang halaman.").format(
			frappe.bold(doc.klaim)
		)
	)


def _gabungkan_semua(doc, klaim) -> None:
	_gabungkan(doc.name, klaim)
	for nama in _sekelompok(doc):
		_gabungkan(nama, klaim)


def _gabungkan(nama: str, klaim) -> None:
	"""Join one notice; one that is for another office to decide only names the claim, to be joined by a press there."""
	doc = frappe.get_doc(DOCTYPE, nama, for_update=True)
	if doc.status == DITERUSKAN:
		return
	milik_kami = doc.has_permission("write") and any(menjabat(frappe.session.user, j, doc) for j in PENGAMBIL)
	wilayah = {k: klaim.get(k) for k in ("rt", "kelurahan", "kecamatan")}
	simpan_sistem(nama, {"klaim": klaim.name, "warga": klaim.warga, **wilayah})
	if milik_kami:
		frappe.get_doc(DOCTYPE, nama).pindahkan(DITERUSKAN)
