"""Accounts of officials: made many at a time, and handed over with a link that sets the password once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.model.naming import set_new_name
from frappe.utils import add_days, cint, now, now_datetime, nowdate, validate_email_address

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.identitas import nomor_hp_e164
from kampung_bahagia.izin.akun import buat_tautan_sandi
from kampung_bahagia.izin.cakupan import JABATAN_BERMANTAN, MANTAN
from kampung_bahagia.izin.peran import sisip_baris
from kampung_bahagia.izin.totp import DOMAIN_TANPA_SUREL, tanpa_surel
from kampung_bahagia.setup.situs import PROFIL_KANTOR

MASA_SLIP = 3  # days, when Pengaturan says nothing
# the offices whose first password may be handed over by who appoints them; the others open far more than that
JABATAN_BERSLIP = JABATAN_BERMANTAN
PERAN_BERSLIP = (*JABATAN_BERSLIP, MANTAN, "All", "Desk User", "Guest")


class AkunTidakSah(frappe.ValidationError):
	pass


class TautanDitolak(frappe.PermissionError):
	pass


@dataclass(frozen=True, slots=True)
class AkunBaru:
	"""`pengguna` is the sign-in name; `no_hp` as people type it, 08…"""

	pengguna: str
	nama: str
	no_hp: str | None = None


def susun_akun(nama: str | None, surel: str | None, no_hp: str | None) -> AkunBaru:
	"""An account from what a form or a table says. Raises AturanError.

	Without an e-mail address the mobile number is the name: many a Ketua RT has no address.
	"""
	nama = (nama or "").strip()
	if not nama:
		raise AturanError("Nama belum diisi.")
	if len(nama) > 140 or any(c in nama for c in "<>"):
		raise AturanError("Nama terlalu panjang atau memuat tanda yang tidak lazim.")
	hp = "0" + nomor_hp_e164(no_hp).removeprefix("+62") if no_hp else None
	if surel:
		pengguna = validate_email_address(surel.strip().lower())
		if not pengguna or len(pengguna) > 140 or "," in pengguna:
			raise AturanError("Alamat surel tidak dikenali. Contoh: nama@contoh.id.")
		return AkunBaru(pengguna, nama, hp)
	if not hp:
		raise AturanError("Isi alamat surel atau nomor HP sebagai nama pengguna.")
	return AkunBaru(f"{hp}@{DOMAIN_TANPA_SUREL}", nama, hp)


def buat_akun(akun: Sequence[AkunBaru]) -> None:
	"""Desk users without a role or password, who cannot sign in before they have set one.

	Writes the rows that inserting the User would write, a few milliseconds each instead of a second. Whoever
	calls has checked that names and numbers are new, and who may appoint.
	"""
	if not akun:
		return
	waktu, pelaku = now(), frappe.session.user
	sistem = {"creation": waktu, "modified": waktu, "owner": pelaku, "modified_by": pelaku}
	_sisip(
		"User",
		[
			{
				"name": a.pengguna,
				"email": a.pengguna,
				"first_name": a.nama,
				"full_name": a.nama,
				"mobile_no": a.no_hp,
				"enabled": 1,
				"user_type": "System User",
				"module_profile": PROFIL_KANTOR,
				"language": "id",
				"time_zone": "Asia/Jakarta",
				"send_welcome_email": 0,
				"thread_notify": 0 if tanpa_surel(a.pengguna) else 1,
			}
			for a in akun
		],
		sistem,
	)
	# opening the desk needs this row
	_sisip(
		"Notification Settings",
		[
			{"name": a.pengguna, "enable_email_notifications": 0 if tanpa_surel(a.pengguna) else 1}
			for a in akun
		],
		sistem,
	)
	# everyone may open and change their own account
	_sisip(
		"DocShare",
		[
			{
				"name": _nama_baru("DocShare"),
				"user": a.pengguna,
				"share_doctype": "User",
				"share_name": a.pengguna,
				"read": 1,
				"write": 1,
				"share": 1,
			}
			for a in akun
		],
		sistem,
	)
	modul = frappe.get_all("Block Module", {"parent": PROFIL_KANTOR}, pluck="module", order_by="idx")
	sisip_baris("Block Module", "block_modules", [(a.pengguna, {"module": m}) for a in akun for m in modul])
	for kunci in ("users_for_mentions", "enabled_users"):
		frappe.cache.delete_key(kunci)


def _nama_baru(doctype: str):
	"""By the DocType's own naming, which differs between versions of the framework."""
	doc = frappe.new_doc(doctype)
	set_new_name(doc)
	return doc.name


def _sisip(doctype: str, baris: list[dict], sistem: dict) -> None:
	"""Rows with the DocType's defaults for what they do not say."""
	bawaan = {
		k: v for k, v in frappe.new_doc(doctype).get_valid_dict().items() if v is not None and k != "name"
	}
	kolom = list(bawaan | sistem | baris[0])
	frappe.db.bulk_insert(doctype, kolom, [[(bawaan | sistem | b)[k] for k in kolom] for b in baris])


def buat_satu_akun(nama: str, surel: str | None, no_hp: str | None) -> str:
	"""Its user name. Raises AkunTidakSah when the name or the number belongs to another account."""
	try:
		akun = susun_akun(nama, surel, no_hp)
	except AturanError as galat:
		frappe.throw(str(galat), AkunTidakSah, title=_("Periksa akun"))
	if frappe.db.exists("User", akun.pengguna):
		frappe.throw(
			_("Akun {0} sudah ada. Pilih akun itu pada kolom Pengguna.").format(frappe.bold(akun.pengguna)),
			AkunTidakSah,
			title=_("Akun sudah ada"),
		)
	if akun.no_hp and frappe.db.exists("User", {"mobile_no": akun.no_hp}):
		frappe.throw(
			_("Nomor HP ini sudah dipakai akun lain."), AkunTidakSah, title=_("Nomor HP sudah dipakai")
		)
	buat_akun([akun])
	return akun.pengguna


def belum_bersandi(pengguna: Collection[str]) -> set[str]:
	"""Those who have never set a password."""
	auth = frappe.qb.Table("__Auth")
	q = (
		frappe.qb.from_(auth)
		.select(auth.name)
		.where((auth.doctype == "User") & (auth.fieldname == "password"))
	)
	return set(pengguna) - set(q.where(auth.name.isin(sorted(pengguna) or [""])).run(pluck=True))


def boleh_bertautan(pengguna: Collection[str]) -> set[str]:
	"""Those whose account may be opened for the first time by a link that somebody else hands over or sends.

	Whoever appoints could otherwise give an office to any account that has no password yet, a system manager's
	too, and take it over. So: an enabled account without a password, no role and no term, past or future,
	beyond JABATAN_BERSLIP, and a term that is in force or begins before such a link would have expired.
	"""
	calon = sorted(belum_bersandi(pengguna))
	if not calon:
		return set()
	u, h, p = (frappe.qb.DocType(d) for d in ("User", "Has Role", "Penugasan"))
	aktif = frappe.qb.from_(u).select(u.name).where(u.name.isin(calon) & (u.enabled == 1))
	berperan = (
		frappe.qb.from_(h)
		.select(h.parent)
		.where((h.parenttype == "User") & h.parent.isin(calon) & h.role.notin(PERAN_BERSLIP))
	)
	berjabatan_lain = (
		frappe.qb.from_(p).select(p.pengguna).where(p.pengguna.isin(calon) & p.jabatan.notin(JABATAN_BERSLIP))
	)
	hari = nowdate()
	bertugas = (
		frappe.qb.from_(p)
		.select(p.pengguna)
		.where(p.pengguna.isin(calon) & p.jabatan.isin(JABATAN_BERSLIP))
		.where((p.mulai <= add_days(hari, masa_slip())) & (p.sampai.isnull() | (p.sampai >= hari)))
	)
	aktif, berperan, berjabatan_lain, bertugas = (
		set(q.run(pluck=True)) for q in (aktif, berperan, berjabatan_lain, bertugas)
	)
	return (aktif & bertugas) - berperan - berjabatan_lain


def tautan_sandi(pengguna: str) -> str:
	"""A new link with which this person sets the first password; an earlier one stops working.

	Only the account keeps the key, and only until it is used or has expired. Raises TautanDitolak for an
	account that `boleh_bertautan` leaves out.
	"""
	_periksa_bertautan(pengguna)
	tautan = buat_tautan_sandi(frappe.get_doc("User", pengguna), send_email=False)
	_perpanjang_tautan(pengguna)
	return tautan


def kirim_undangan(pengguna: str) -> None:
	"""The framework's welcome letter with such a link, through the e-mail queue. Raises TautanDitolak."""
	_periksa_bertautan(pengguna)
	frappe.get_doc("User", pengguna).send_welcome_mail_to_user()
	_perpanjang_tautan(pengguna)


def _periksa_bertautan(pengguna: str) -> None:
	if not boleh_bertautan([pengguna]):
		frappe.throw(
			_(
				"Tautan untuk membuat kata sandi akun {0} tidak dapat dibagikan. Tautan hanya untuk {1} yang belum "
				"memiliki kata sandi, tidak memegang jabatan atau peran lain, dan bertugas paling lambat {2} hari "
				"lagi. Akun lain dibuatkan kata sandinya oleh Admin Kampung Bahagia."
			).format(frappe.bold(pengguna), ", ".join(JABATAN_BERSLIP), masa_slip()),
			TautanDitolak,
			title=_("Tautan tidak dapat dibagikan"),
		)


def tautan_berakhir() -> datetime:
	"""When a link made now ends: paper and invitations need days, not the minutes of a forgotten password."""
	return now_datetime() + timedelta(days=masa_slip())


def masa_slip() -> int:
	"""Days that such a link lives."""
	return cint(frappe.db.get_single_value("Pengaturan Kampung Bahagia", "masa_slip_masuk")) or MASA_SLIP


def _perpanjang_tautan(pengguna: str) -> None:
	"""Frappe counts a setting's seconds from the hour noted on the account; that hour moves, not the setting."""
	lama = cint(frappe.db.get_single_value("System Settings", "reset_password_link_expiry_duration"))
	frappe.db.set_value(
		"User", pengguna, "last_reset_password_key_generated_on", tautan_berakhir() - timedelta(seconds=lama)
	)
