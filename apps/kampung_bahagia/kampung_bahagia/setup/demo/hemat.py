"""What the framework does besides, for each user, and a load of hundreds of them does without."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

import frappe
from frappe.core.doctype.user import user

PENGGUNA_PER_JAM = 1000


@contextmanager
def hemat() -> Iterator[None]:
	"""Leave out, in this process and for this while, what costs minutes and changes nothing here.

	Each save of a User recounts the mailboxes that await a password (there are none) and empties every cache
	of the site; and it queues an address book entry and a question to a host outside for an avatar. And
	Frappe takes more than 60 new users an hour for an attack.
	"""
	with ExitStack() as sementara:
		for modul, nama, pengganti in (
			(user, "ask_pass_update", lambda: None),
			(frappe, "enqueue", lambda *args, **kwargs: None),
		):
			sementara.enter_context(_ganti(modul, nama, pengganti))
		batas = frappe.local.conf.get("throttle_user_limit")
		sementara.callback(frappe.local.conf.update, {"throttle_user_limit": batas or 60})
		frappe.local.conf.throttle_user_limit = PENGGUNA_PER_JAM
		yield


@contextmanager
def _ganti(modul: ModuleType, nama: str, pengganti: Any) -> Iterator[None]:
	asli = getattr(modul, nama, None)
	if asli is None:  # a version of the framework that does not do it
		yield
		return
	setattr(modul, nama, pengganti)
	try:
		yield
	finally:
		setattr(modul, nama, asli)
