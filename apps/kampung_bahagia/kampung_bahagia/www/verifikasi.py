"""Anyone's question whether a document is genuine; it works without JavaScript."""

import frappe
from frappe.sessions import get_csrf_token

from kampung_bahagia.aturan.kode_verifikasi import kelompokkan
from kampung_bahagia.aturan.tanggal import tanggal_indonesia, waktu_indonesia
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.jembatan import waktu_wib

no_cache = 1
sitemap = 0

KODE_HTTP = {resmi.TIDAK_DIKENAL: 404, resmi.TIDAK_SAMA: 404, resmi.SERING: 429, resmi.TERLALU_BESAR: 413}


def get_context(context):
	kode = frappe.form_dict.get("t")
	context.ketikan = kode if isinstance(kode, str) else ""
	context.batas = resmi.BYTE_TERBESAR // 2**20
	context.putusan = p = _putusan(context.ketikan)
	if frappe.session.user != "Guest":
		context.tanda = get_csrf_token()
	if not p:
		return
	context.pukul = waktu_indonesia
	context.http_status_code = KODE_HTTP.get(p.hasil, 200)
	if d := p.dokumen:
		context.kode = kelompokkan(d.kode)
		context.tanggal = tanggal_indonesia(d.tanggal)
		context.ditandatangani = waktu_indonesia(waktu_wib(d.ditandatangani_pada))
		context.sejak = d.tidak_berlaku_sejak and tanggal_indonesia(d.tidak_berlaku_sejak.date())
		context.nama = (d.nama_samar or "").split("\n") if d.nama_samar else []
		if p.pengganti:
			context.pengganti = p.pengganti
			context.tanggal_pengganti = tanggal_indonesia(p.pengganti.tanggal)


def _putusan(kode: str):
	if frappe.request.method == "POST":
		berkas = frappe.request.files.get("berkas")
		if berkas and berkas.filename:
			return resmi.periksa_berkas(berkas.stream.read(resmi.BYTE_TERBESAR + 1))
	return resmi.periksa_kode(kode) if kode.strip() else None
