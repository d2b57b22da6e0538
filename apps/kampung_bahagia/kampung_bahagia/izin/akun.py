"""Accounts: who sees whose name and address, and what a guest learns about them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.core.doctype.user.user import get_password_reset_limit
from frappe.desk import search
from frappe.query_builder import DocType
from frappe.rate_limiter import rate_limit

from kampung_bahagia.izin.cakupan import jabatan_berhak
from kampung_bahagia.izin.pintu import PENGELOLA
from kampung_bahagia.izin.totp import surel_keluar_siap


def mengelola_akun(user: str) -> bool:
	"""Whoever gives offices to people has to find these people; nobody else has."""
	peran = set(frappe.get_roles(user))
	return user == "Administrator" or bool(peran & ({PENGELOLA} | jabatan_berhak("Penugasan", "create")))


def daftar_user(user: str | None = None) -> str:
	"""List hook of User. The framework shows the names and addresses of all officials to everyone."""
	user = user or frappe.session.user
	return "" if mengelola_akun(user) else f"`tabUser`.name = {frappe.db.escape(user)}"


def boleh_user(doc, ptype: str | None = None, user: str | None = None) -> bool:
	user = user or frappe.session.user
	return doc.name == user or mengelola_akun(user)


def daftar_pengelola(user: str | None = None) -> str:
	"""List hook of what the framework shows to everyone and only its administrator needs."""
	return "" if _pengelola(user) else "1 = 0"


def boleh_pengelola(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return _pengelola(user)


def daftar_balok(user: str | None = None) -> str:
	"""List hook of Custom HTML Block: to everyone but the administrator those that stand on a workspace of theirs."""
	if _pengelola(user):
		return ""
	nama = ", ".join(frappe.db.escape(n) for n in _balok_di_meja(user))
	return f"`tabCustom HTML Block`.name in ({nama or 'NULL'})"


def boleh_balok(doc, ptype: str | None = None, user: str | None = None) -> bool:
	return _pengelola(user) or (ptype in (None, "read") and doc.name in _balok_di_meja(user))


def _balok_di_meja(user: str | None) -> list[str]:
	ruang, peran, balok = (DocType(n) for n in ("Workspace", "Has Role", "Workspace Custom Block"))
	return (
		frappe.qb.from_(balok)
		.join(ruang)
		.on(ruang.name == balok.parent)
		.join(peran)
		.on((peran.parent == ruang.name) & (peran.parenttype == "Workspace"))
		.select(balok.custom_block_name)
		.distinct()
		.where((ruang.public == 1) & peran.role.isin(frappe.get_roles(user)))
		.run(pluck=True)
	)


def _pengelola(user: str | None) -> bool:
	user = user or frappe.session.user
	return user == "Administrator" or PENGELOLA in frappe.get_roles(user)


@frappe.whitelist()
def get_names_for_mentions(search_term: str) -> list[dict]:
	"""Colleagues to be named in a comment: those whose account the caller may see."""
	semua = search.get_names_for_mentions(search_term)
	if mengelola_akun(frappe.session.user):
		return semua
	return [s for s in semua if s["id"] == frappe.session.user]


def buat_tautan_sandi(user, *, send_email: bool) -> str:
	"""A new link with which the User document's person sets the password; an earlier one stops working.

	Later releases of Frappe 15 know the method by its name with an underscore only.
	"""
	return (getattr(user, "_reset_password", None) or user.reset_password)(send_email=send_email)


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=get_password_reset_limit, seconds=24 * 60 * 60)
def reset_password(user: str) -> None:
	"""Send a link for a new password; the answer is the same whether or not there is such an account.

	Raises frappe.OutgoingEmailError when the site sends no e-mail, whoever asks.
	"""
	if not surel_keluar_siap():
		frappe.throw(
			_("Situs ini belum dapat mengirim surel. Minta sandi baru kepada Admin Kampung Bahagia."),
			frappe.OutgoingEmailError,
		)
	akun = frappe.db.get_value("User", {"name": user, "enabled": 1}, "name")
	if akun and akun not in frappe.STANDARD_USERS:
		buat_tautan_sandi(frappe.get_doc("User", akun), send_email=True)
		frappe.clear_messages()
	frappe.msgprint(
		_("Bila alamat ini terdaftar, tautan untuk membuat sandi baru telah dikirim ke surel tersebut."),
		title=_("Periksa surel Anda"),
	)
