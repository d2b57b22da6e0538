"""The page behind the QR of an attendance list; it works without JavaScript."""

import frappe
from frappe.sessions import get_csrf_token

from kampung_bahagia.aturan.tanggal import waktu_indonesia
from kampung_bahagia.aturan.undangan import JUDUL
from kampung_bahagia.perencanaan import hadir
from kampung_bahagia.tata_kelola.jembatan import waktu_wib

no_cache = 1
sitemap = 0

KODE_HTTP = {hadir.DITOLAK: 422, hadir.TERTUTUP: 403, hadir.TERLALU_SERING: 429}


def get_context(context):
	kode, nik = frappe.form_dict.get("t"), frappe.form_dict.pop("nik", None)
	context.kode = kode if isinstance(kode, str) else ""
	context.jawaban = None
	if frappe.request.method == "POST":
		jawaban = hadir.catat(context.kode, nik if isinstance(nik, str) else "")
		context.jawaban = jawaban
		context.http_status_code = KODE_HTTP.get(jawaban.hasil, 200)
	context.rapat = m = hadir.rapat(kode)
	if not m:
		context.http_status_code = 404
		context.tertutup = hadir.tidak_dikenal().pesan
		return
	context.tertutup = hadir.alasan_tertutup(m)
	context.judul = JUDUL[m.jenis]
	context.nama_rt = frappe.db.get_value("RT", m.rt, "judul")
	context.waktu = waktu_indonesia(waktu_wib(m.tanggal))
	if frappe.session.user != "Guest":  # an official's own phone: their session asks for it
		context.tanda = get_csrf_token()
