"""Standard records from `data/*.json`.

They are loaded once and belong to the administrator afterwards: a later migrate adds what is missing and
overwrites nothing (Frappe's fixtures would undo every adaptation). A release that must change a shipped
record does so in a patch.
"""

import json
from pathlib import Path

import frappe

DATA = Path(__file__).parent / "data"

# in the order of their links; with them, a name that is missing comes back
BERNAMA = ("custom_field", "workflow_state", "workflow_action_master", "workflow")
# loaded only into an empty table: which of them are valid is for the administrator to say
MASTER = ("ketentuan_kuorum", "tarif_iuran", "jenis_dokumen_klaim")


def muat_catatan() -> None:
	for peran in _baca("role"):
		_selaraskan_peran(peran)
	for berkas in BERNAMA:
		for catatan in _baca(berkas):
			if not frappe.db.exists(catatan["doctype"], catatan["name"]):
				frappe.get_doc(catatan).insert(ignore_permissions=True)
	for berkas in MASTER:
		catatan = _baca(berkas)
		if not frappe.db.count(catatan[0]["doctype"]):
			for satu in catatan:
				frappe.get_doc(satu).insert(ignore_permissions=True)


def _selaraskan_peran(peran: dict) -> None:
	"""Roles exist already: DocType permissions made them. Only what the desk shows to each is set, once."""
	if not frappe.db.exists("Role", peran["name"]):
		frappe.get_doc(peran).insert(ignore_permissions=True)
	elif not frappe.db.get_value("Role", peran["name"], "home_page"):
		frappe.db.set_value("Role", peran["name"], "home_page", peran["home_page"])


def _baca(berkas: str) -> list[dict]:
	return json.loads((DATA / f"{berkas}.json").read_text())
