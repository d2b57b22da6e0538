"""Anyone's notice of an accident; it works without JavaScript."""

import frappe
from frappe.sessions import get_csrf_token
from frappe.utils import nowdate

from kampung_bahagia.klaim import pemberitahuan
from kampung_bahagia.tata_kelola.kiriman import BERKAS_TERBESAR

no_cache = 1
sitemap = 0


def get_context(context):
	# taken out of the request: whatever goes wrong later, they stand in no report of it
	kunci = frappe.form_dict.pop("kunci", None)
	isian = {
		kolom: nilai.strip() if isinstance(nilai := frappe.form_dict.pop(kolom, None), str) else ""
		for kolom in (*pemberitahuan.TERPANJANG, pemberitahuan.PERANGKAP)
	}
	context.kunci = kunci if isinstance(kunci, str) and pemberitahuan.KUNCI.fullmatch(kunci) else None
	context.isian = isian
	context.jawaban = None
	if frappe.request.method == "POST":
		context.jawaban = j = pemberitahuan.terima(context.kunci or "", isian, _foto())
		context.http_status_code = 429 if j.sering else 422 if j.galat else 200
	context.kunci = context.kunci or pemberitahuan.kunci_baru()
	context.hari_ini = nowdate()
	context.batas = pemberitahuan.TERPANJANG
	context.besar_foto = BERKAS_TERBESAR // 10**6
	context.pilihan = {
		kolom: frappe.get_meta(pemberitahuan.DOCTYPE).get_field(kolom).options.strip().split("\n")
		for kolom in ("keadaan_korban", "hubungan")
	}
	context.kecamatan = _kelurahan()
	if frappe.session.user != "Guest":  # an official's own phone: their session asks for it
		context.tanda = get_csrf_token()


def _foto() -> bytes | None:
	berkas = frappe.request.files.get("foto")
	return berkas.stream.read(BERKAS_TERBESAR + 1) if berkas and berkas.filename else None


def _kelurahan() -> dict[str, list]:
	"""Kelurahan (name, nama) by the name of their kecamatan, both in the order of the alphabet."""
	nama = dict(frappe.get_all("Kecamatan", ["name", "nama"], order_by="nama", as_list=True))
	hasil = {satu: [] for satu in nama.values()}
	for k in frappe.get_all("Kelurahan", ["name", "nama", "kecamatan"], order_by="nama"):
		hasil[nama[k.kecamatan]].append(k)
	return hasil
