"""How the site is locked: settings of Frappe itself, tightened and never loosened.

Run on install and on every migrate. What an administrator made stricter stays; what is looser than the
programme can answer for is set back.
"""

from collections.abc import Callable

import frappe
from frappe.utils import cint

# An office leaves its computer for a meeting, not for a night: a session that nobody used ends within a
# working day. One number holds for all offices, since those who approve sit at the same computers.
SESI_MENGANGGUR = "08:00"


def _paling_banyak(nilai: int, batas: int) -> bool:
	"""A limit; the framework reads 0 as none."""
	return 0 < nilai <= batas


def _paling_sedikit(nilai: int, batas: int) -> bool:
	return nilai >= batas


def _persis(nilai: int, batas: int) -> bool:
	return nilai == batas


# System Settings: the loosest value that is accepted, and how to tell that another is at least as strict
PALING_LONGGAR: dict[str, tuple[int, Callable[[int, int], bool]]] = {
	"enable_password_policy": (1, _persis),
	"minimum_password_score": (3, _paling_sedikit),  # zxcvbn: safe against guessing online and slow hashes
	# 10 guesses in 5 minutes are 2,880 a day: hopeless against such a password, and whoever mistypes, or is
	# locked out by somebody else's malice, is back within minutes without a call to the city
	"allow_consecutive_login_attempts": (10, _paling_banyak),
	"allow_login_after_fail": (300, _paling_sedikit),  # seconds
	"logout_on_password_reset": (1, _persis),
	"password_reset_limit": (10, _paling_banyak),  # links by e-mail in a day, from one address
	"reset_password_link_expiry_duration": (24 * 3600, _paling_banyak),  # seconds; invitations use it too
	"allow_error_traceback": (0, _persis),  # guests too would see the code of an error
	"allow_guests_to_upload_files": (0, _persis),
	"allow_older_web_view_links": (0, _persis),
	"disable_document_sharing": (1, _persis),  # who may see what follows from the Penugasan alone
	"login_with_email_link": (0, _persis),
}


def kunci_situs() -> None:
	"""Set every value that is looser than the programme accepts."""
	meta = frappe.get_meta("System Settings")
	for kolom, (batas, cukup_ketat) in PALING_LONGGAR.items():
		# a release of the framework without the setting has not got the door either
		if meta.has_field(kolom) and not cukup_ketat(
			cint(frappe.db.get_single_value("System Settings", kolom, cache=False)), batas
		):
			_atur(kolom, str(batas) if meta.get_field(kolom).fieldtype == "Select" else batas)
	sesi = frappe.db.get_single_value("System Settings", "session_expiry", cache=False)
	if not 0 < _menit(sesi) <= _menit(SESI_MENGANGGUR):
		sesi = SESI_MENGANGGUR
	_atur("session_expiry", sesi)
	frappe.db.set_single_value("Website Settings", "disable_signup", 1)
	frappe.cache.delete_value("system_settings")


def _atur(kolom: str, nilai: str | int) -> None:
	"""Write a setting where it is shown and where the framework reads it: sessions ask the defaults alone."""
	frappe.db.set_single_value("System Settings", kolom, nilai)
	frappe.db.set_default(kolom, nilai)


def _menit(waktu: str | None) -> int:
	"""Minutes of "HH:MM", 0 when there is none."""
	jam, _titik, menit = (waktu or "").partition(":")
	return cint(jam) * 60 + cint(menit)
