"""What the forms of `perencanaan` ask of the server."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import cint, getdate, nowdate

from kampung_bahagia.aturan.kemajuan import kurva, rencana_kemajuan
from kampung_bahagia.aturan.tenggat import hari_libur
from kampung_bahagia.perencanaan.pagu import pemakaian_pagu
from kampung_bahagia.tata_kelola.jembatan import desimal


@frappe.whitelist()
def usulan_tersedia() -> list[dict]:
	"""Decided usulan, in the area of whoever asks, that no kegiatan carries out yet.

	Rows of usulan, judul, kategori, perkiraan_biaya (rupiah), musyawarah, tanggal (WIB), rt, nama_rt. Empty
	for an office that makes no kegiatan.
	"""
	if not frappe.has_permission("Kegiatan", "create"):
		return []
	musyawarah = {
		m.name: m
		for m in frappe.get_list(
			"Musyawarah",
			filters={"status": "Disahkan"},
			fields=["name", "tanggal", "rt"],
			order_by="tanggal desc",
			limit=0,
		)
	}
	if not musyawarah:
		return []
	usulan = frappe.get_all(
		"Usulan",
		filters={"parent": ["in", list(musyawarah)], "parenttype": "Musyawarah", "keputusan": "Diputuskan"},
		fields=["name as usulan", "parent as musyawarah", "judul", "kategori", "perkiraan_biaya"],
		order_by="judul",
	)
	terpakai = set(
		frappe.get_all(
			"Kegiatan",
			filters={"musyawarah": ["in", list(musyawarah)], "status": ["!=", "Ditolak"]},
			pluck="usulan",
			order_by="name",
		)
	)
	nama_rt = dict(frappe.get_list("RT", fields=["name", "judul"], order_by="name", limit=0, as_list=True))
	return [
		{
			**u,
			"tanggal": musyawarah[u.musyawarah].tanggal,
			"rt": musyawarah[u.musyawarah].rt,
			"nama_rt": nama_rt.get(musyawarah[u.musyawarah].rt),
		}
		for u in usulan
		if u.usulan not in terpakai
	]


@frappe.whitelist()
def pagu_rt(rt: str, tahun: int, kecuali: str | None = None) -> dict:
	"""The year `tahun` of an RT in rupiah: `pagu`, `terpakai`, `direncanakan`, `sisa`, without the kegiatan `kecuali`.

	By the rule in force at the end of that year, or today while it lasts; `sebab` instead where there is no ceiling
	(no rule, or the number of households unknown). Raises PermissionError when the RT may not be read.
	"""
	frappe.get_doc("RT", rt).check_permission("read")
	tahun = cint(tahun)
	if not 2020 <= tahun <= 2100:
		frappe.throw(_("Tahun {0} tidak dikenali.").format(tahun))
	pada = min(max(getdate(nowdate()), date(tahun, 1, 1)), date(tahun, 12, 31))
	try:
		_ketentuan, p = pemakaian_pagu(rt, tahun, pada, kecuali=kecuali)
	except frappe.ValidationError as galat:
		frappe.clear_messages()
		return {"sebab": str(galat)}
	angka = {k: float(getattr(p, k)) for k in ("pagu", "terpakai", "direncanakan", "sisa")}
	return {"tahun": tahun, **angka}


@frappe.whitelist()
def kurva_kemajuan(kegiatan: str) -> dict[str, list]:
	"""Planned and real progress in percent: `tanggal` (ISO days), `rencana`, `nyata`, until today or the last report.

	Empty lists before the work starts. Raises PermissionError when the kegiatan may not be read.
	"""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("read")
	if not doc.dimulai_pada:
		return {"tanggal": [], "rencana": [], "nyata": []}
	mulai, selesai = getdate(doc.tanggal_mulai), getdate(doc.tanggal_selesai)
	laporan = [
		(getdate(tanggal), desimal(persen))
		for tanggal, persen in frappe.get_all(
			"Kemajuan Kegiatan",
			{"kegiatan": doc.name},
			["tanggal", "persen"],
			order_by="tanggal",
			as_list=True,
		)
	]
	sampai = getdate(doc.diselesaikan_pada or nowdate())
	titik = kurva(rencana_kemajuan(mulai, selesai, hari_libur(mulai, selesai)), laporan, sampai)
	return {
		"tanggal": [str(hari) for hari, _r, _n in titik],
		"rencana": [float(r) for _h, r, _n in titik],
		"nyata": [float(n) for _h, _r, n in titik],
	}
