"""Standard records from `data/*.json`.

They are loaded once and belong to the administrator afterwards: a later migrate adds what is missing and
overwrites nothing (Frappe's fixtures would undo every adaptation). A release that must change a shipped
record does so in a patch.
"""

import json
from collections.abc import Collection
from pathlib import Path

import frappe

DATA = Path(__file__).parent / "data"

# in the order of their links; with them, a name that is missing comes back
BERNAMA = (
	"custom_field",
	"workflow_state",
	"workflow_action_master",
	"workflow",
	"notification",
	"custom_html_block",
)
# loaded only into an empty table: which of them are valid is for the administrator to say
MASTER = (
	"ketentuan_kuorum",
	"ketentuan_pagu",
	"jendela_pelaksanaan",
	"ketentuan_peserta",
	"templat_surat",
	"tarif_iuran",
	"ketentuan_manfaat",
	"upah_minimum",
	"pemetaan_berkas_bpjs",
	"kelompok_kepesertaan",
	"tarif_kepesertaan_kota",
	"jenis_dokumen_klaim",
	"ketentuan_klaim",
)


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


def lengkapi_alur(nama: str, langkah: Collection[tuple[str, str]]) -> None:
	"""For patches: add to a stored Workflow the shipped steps, each (state, action), and the states they name.

	What an administrator has changed in it stays. A site without this Workflow gets it whole on migrate.
	"""
	muat_catatan()
	alur = frappe.get_doc("Workflow", nama)
	terkirim = next(a for a in _baca("workflow") if a["name"] == nama)
	ada = {(t.state, t.action) for t in alur.transitions}
	baru = [t for t in terkirim["transitions"] if (t["state"], t["action"]) in set(langkah) - ada]
	punya = {s.state for s in alur.states}
	perlu = {t[kolom] for t in baru for kolom in ("state", "next_state")} - punya
	for s in terkirim["states"]:
		if s["state"] in perlu:
			alur.append("states", _isi_baris(s))
	for t in baru:
		alur.append("transitions", _isi_baris(t))
	if baru:
		alur.save(ignore_permissions=True)


def _isi_baris(baris: dict) -> dict:
	return {k: v for k, v in baris.items() if k not in ("idx", "parent", "parentfield", "parenttype")}


def _selaraskan_peran(peran: dict) -> None:
	"""Roles exist already: DocType permissions made them. Only what the desk shows to each is set, once."""
	if not frappe.db.exists("Role", peran["name"]):
		frappe.get_doc(peran).insert(ignore_permissions=True)
	elif not frappe.db.get_value("Role", peran["name"], "home_page"):
		frappe.db.set_value("Role", peran["name"], "home_page", peran["home_page"])


def _baca(berkas: str) -> list[dict]:
	return json.loads((DATA / f"{berkas}.json").read_text())
