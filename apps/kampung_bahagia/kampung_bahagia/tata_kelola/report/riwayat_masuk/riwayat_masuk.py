"""Who signed in and out, from where, and who failed: the framework's Activity Log in plain words.

A sign-in name that belongs to nobody is not shown: people type their password into that field. Rows older
than the retention of Activity Log (Log Settings, 90 days) are gone.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.auth import LoginAttemptTracker
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count, Max, Sum
from frappe.utils import add_days, cint, getdate
from pypika import Case, Order

BATAS = 2000  # rows; whoever looks for something older narrows the dates
KEJADIAN, PER_PENGGUNA, PER_ALAMAT = "Setiap Kejadian", "Per Pengguna", "Per Alamat"
HASIL = {"Berhasil": "Success", "Gagal": "Failed"}
TIDAK_DIKENAL = "(nama tidak terdaftar)"


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict]]:
	filters = frappe._dict(filters or {})
	filters.rangkum = filters.rangkum or KEJADIAN
	if filters.rangkum not in (KEJADIAN, PER_PENGGUNA, PER_ALAMAT):
		frappe.throw(_("Pilih cara merangkum: {0}.").format(", ".join((KEJADIAN, PER_PENGGUNA, PER_ALAMAT))))
	if not filters.dari or not filters.sampai or getdate(filters.dari) > getdate(filters.sampai):
		frappe.throw(_("Isi tanggal Dari dan Sampai; Dari tidak boleh setelah Sampai."))
	if filters.rangkum == KEJADIAN:
		return kolom_kejadian(), kejadian(filters)
	return kolom_rangkuman(filters.rangkum), rangkuman(filters)


def kolom_kejadian() -> list[dict]:
	return [
		{"fieldname": "waktu", "label": _("Waktu"), "fieldtype": "Datetime", "width": 160},
		{"fieldname": "nama", "label": _("Nama"), "fieldtype": "Data", "width": 200},
		{"fieldname": "pengguna", "label": _("Pengguna"), "fieldtype": "Data", "width": 260},
		{"fieldname": "kejadian", "label": _("Kejadian"), "fieldtype": "Data", "width": 110},
		{"fieldname": "hasil", "label": _("Hasil"), "fieldtype": "Data", "width": 100},
		{"fieldname": "alamat", "label": _("Alamat IP"), "fieldtype": "Data", "width": 150},
	]


def kolom_rangkuman(rangkum: str) -> list[dict]:
	per_pengguna = rangkum == PER_PENGGUNA
	kunci = _("Pengguna") if per_pengguna else _("Alamat IP")
	return [
		{"fieldname": "kunci", "label": kunci, "fieldtype": "Data", "width": 260},
		{"fieldname": "berhasil", "label": _("Masuk"), "fieldtype": "Int", "width": 90},
		{"fieldname": "gagal", "label": _("Gagal"), "fieldtype": "Int", "width": 90},
		{"fieldname": "terakhir", "label": _("Terakhir"), "fieldtype": "Datetime", "width": 160},
		{"fieldname": "terkunci", "label": _("Terkunci Saat Ini"), "fieldtype": "Data", "width": 140},
	]


def _catatan(filters: frappe._dict):
	"""Activity Log of the days asked for, and the condition; `modified` is the indexed time of a log."""
	log, user = DocType("Activity Log"), DocType("User")
	query = (
		frappe.qb.from_(log)
		.left_join(user)
		.on(user.name == log.user)
		.where(log.operation.isin(("Login", "Logout")))
		.where(
			(log.modified >= getdate(filters.dari)) & (log.modified < add_days(getdate(filters.sampai), 1))
		)
	)
	if filters.hasil in HASIL:
		query = query.where(log.status == HASIL[filters.hasil])
	if filters.pengguna:
		query = query.where(log.user == filters.pengguna)
	return query, log, user


def kejadian(filters: frappe._dict) -> list[dict]:
	query, log, user = _catatan(filters)
	baris = (
		query.select(log.modified, user.name, user.full_name, log.operation, log.status, log.ip_address)
		.orderby(log.modified, order=Order.desc)
		.limit(BATAS)
		.run(as_dict=True)
	)
	if len(baris) == BATAS:
		frappe.msgprint(_("Hanya {0} kejadian terakhir yang ditampilkan.").format(BATAS), alert=True)
	return [
		{
			"waktu": b.modified,
			"nama": b.full_name,
			"pengguna": b.name or TIDAK_DIKENAL,
			"kejadian": _("Keluar") if b.operation == "Logout" else _("Masuk"),
			"hasil": _("Gagal") if b.status == "Failed" else _("Berhasil"),
			"alamat": b.ip_address,
		}
		for b in baris
	]


def rangkuman(filters: frappe._dict) -> list[dict]:
	query, log, user = _catatan(filters)
	kunci = user.name if filters.rangkum == PER_PENGGUNA else log.ip_address
	gagal = Sum(Case().when(log.status == "Failed", 1).else_(0))
	baris = (
		query.select(
			kunci.as_("kunci"), Count("*").as_("semua"), gagal.as_("gagal"), Max(log.modified).as_("terakhir")
		)
		.where(log.operation == "Login")
		.groupby(kunci)
		.orderby(gagal, order=Order.desc)
		.orderby(kunci)
		.limit(BATAS)
		.run(as_dict=True)
	)
	return [
		{
			"kunci": b.kunci or TIDAK_DIKENAL,
			"berhasil": cint(b.semua) - cint(b.gagal),
			"gagal": cint(b.gagal),
			"terakhir": b.terakhir,
			"terkunci": _("Ya") if b.kunci and b.gagal and terkunci(b.kunci) else "",
		}
		for b in baris
	]


def terkunci(kunci: str) -> bool:
	"""Whether the framework refuses every sign-in of this account, or from this address, for the moment."""
	batas = cint(frappe.db.get_single_value("System Settings", "allow_consecutive_login_attempts"))
	jeda = cint(frappe.db.get_single_value("System Settings", "allow_login_after_fail"))
	if not batas:
		return False
	return not LoginAttemptTracker(
		kunci, max_consecutive_login_attempts=batas, lock_interval=jeda
	).is_user_allowed()
