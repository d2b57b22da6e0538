"""A one-time code as a second step for the offices that the settings name (Frappe's own OTP App method).

Frappe switches its second step on for everybody ("All") at each save of System Settings; here the offices of
Pengaturan Kampung Bahagia decide. Without outgoing e-mail nobody would receive the QR code of the enrolment,
and the office would be locked out: it is refused to be switched on.
"""

import frappe
from frappe import _
from frappe.utils import nowdate

from kampung_bahagia.izin.cakupan import JABATAN

# the user name of who has no address must look like one; RFC 2606 reserves .invalid, so nothing is ever sent there
DOMAIN_TANPA_SUREL = "hp.invalid"
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
	if tanpa := _pejabat_tanpa_surel(jabatan):
		frappe.throw(
			_(
				"{0} pejabat tidak memiliki alamat surel, sehingga tidak akan menerima kode QR dan tidak akan dapat "
				"masuk: {1}. Beri mereka akun beralamat surel lebih dahulu, atau jangan wajibkan TOTP bagi "
				"jabatannya."
			).format(
				len(tanpa),
				", ".join(frappe.utils.escape_html(nama) for nama in tanpa[:5])
				+ (_(", dan lainnya") if len(tanpa) > 5 else ""),
			),
			TOTPTidakDapatDipakai,
			title=_("TOTP belum dapat diwajibkan"),
		)


def _pejabat_tanpa_surel(jabatan: set[str]) -> list[str]:
	"""Names of who holds one of these offices, now or later, under a mobile number."""
	p, u = frappe.qb.DocType("Penugasan"), frappe.qb.DocType("User")
	return (
		frappe.qb.from_(p)
		.join(u)
		.on(u.name == p.pengguna)
		.select(u.full_name)
		.where(p.jabatan.isin(sorted(jabatan) or [""]) & (p.sampai.isnull() | (p.sampai >= nowdate())))
		.where((u.enabled == 1) & u.email.like(f"%@{DOMAIN_TANPA_SUREL}"))
		.groupby(u.name, u.full_name)
		.orderby(u.full_name)
		.run(pluck=True)
	)


def tanpa_surel(pengguna: str) -> bool:
	return pengguna.endswith(f"@{DOMAIN_TANPA_SUREL}")


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
	if wajib := jabatan_wajib():
		terapkan(wajib)


def jabatan_wajib() -> set[str]:
	return set(
		frappe.get_all(
			"Jabatan Wajib TOTP",
			filters={"parent": "Pengaturan Kampung Bahagia", "parenttype": "Pengaturan Kampung Bahagia"},
			pluck="jabatan",
			order_by="idx",
		)
	)


def terkunci(pengguna: str, jabatan: str) -> bool:
	"""Whether this office would lock the account out: its QR code of the enrolment has nowhere to go."""
	return tanpa_surel(pengguna) and jabatan in jabatan_wajib()
