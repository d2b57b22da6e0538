"""A one-time code as a second step for the offices that the settings name (Frappe's own OTP App method).

Frappe switches its second step on for everybody ("All") at each save of System Settings; here the offices of
Pengaturan Kampung Bahagia decide. Without outgoing e-mail nobody would receive the QR code of the enrolment,
and the office would be locked out: it is refused to be switched on.
"""

import frappe
from frappe import _

from kampung_bahagia.izin.cakupan import JABATAN

PENERBIT = "Kampung Bahagia"  # what the app on the phone shows


class TOTPTidakDapatDipakai(frappe.ValidationError):
	pass


def periksa(jabatan: set[str]) -> None:
	"""Raises TOTPTidakDapatDipakai, naming what lacks."""
	if asing := jabatan - set(JABATAN):
		frappe.throw(
			_("{0} bukan jabatan program. Pilih dari: {1}.").format(
				frappe.bold(", ".join(sorted(asing))), ", ".join(JABATAN)
			),
			TOTPTidakDapatDipakai,
		)
	if jabatan and not surel_keluar_siap():
		frappe.throw(
			_(
				"Kode QR untuk memasang TOTP dikirim lewat surel, padahal situs ini belum dapat mengirim surel, "
				"sehingga pejabatnya tidak akan dapat masuk. Siapkan Akun Surel keluar yang utama lebih dahulu."
			),
			TOTPTidakDapatDipakai,
			title=_("TOTP belum dapat diwajibkan"),
		)


def surel_keluar_siap() -> bool:
	return bool(frappe.db.exists("Email Account", {"enable_outgoing": 1, "default_outgoing": 1}))


def terapkan(jabatan: set[str]) -> None:
	"""Make exactly these offices give a code; with none, nobody gives one."""
	for peran in ("All", *JABATAN):
		frappe.db.set_value("Role", peran, "two_factor_auth", int(peran in jabatan))
		frappe.clear_document_cache("Role", peran)
	nilai = {"enable_two_factor_auth": int(bool(jabatan))}
	if jabatan:
		nilai |= {"two_factor_method": "OTP App", "otp_issuer_name": PENERBIT}
	for kolom, isi in nilai.items():
		frappe.db.set_single_value("System Settings", kolom, isi)
	frappe.cache.delete_value("system_settings")


def pada_system_settings(doc, _method: str | None = None) -> None:
	"""Hook on_update of System Settings: it has just switched the second step on for everybody."""
	wajib = frappe.get_all(
		"Jabatan Wajib TOTP",
		filters={"parent": "Pengaturan Kampung Bahagia", "parenttype": "Pengaturan Kampung Bahagia"},
		pluck="jabatan",
		order_by="idx",
	)
	if wajib:
		terapkan(set(wajib))
