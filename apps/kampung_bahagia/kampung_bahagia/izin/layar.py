"""What the desk's scripts ask about offices and about the way of a file."""

from __future__ import annotations

import frappe
from frappe.model.workflow import get_workflow, get_workflow_name

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.izin.cakupan import penugasan_berlaku
from kampung_bahagia.izin.dokumen import AKSI_BERALASAN, AKSI_DARI_JAWABAN


def bekali(bootinfo: frappe._dict) -> None:
	"""What the desk's scripts know from the start; asked at every opening of the desk, never cached."""
	rt = [p.rt for p in penugasan_berlaku(frappe.session.user) if p.jabatan == "Ketua RT"]
	bootinfo.kampung_bahagia = {"rt": rt, "beralur": BERALUR, "aksi_beralasan": sorted(AKSI_BERALASAN)}
	# the breadcrumb leads to the first workspace of a module, whoever may open it; here: to one's own
	modul = set(frappe.get_module_list("kampung_bahagia"))
	milik = [w["name"] for w in bootinfo.allowed_workspaces if w.get("module") in modul]
	bootinfo.module_wise_workspaces.update({m: milik for m in modul if milik})


@frappe.whitelist()
def perjalanan(doctype: str, name: str) -> dict[str, list[str]]:
	"""The way of a file by its Workflow: `tahap` from first to last, `giliran` the offices that act now.

	Raises PermissionError when the file may not be read, DoesNotExistError when there is none.
	"""
	doctype = frappe.get_meta(doctype).name  # as it is spelt; the database takes any letter case
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	if not get_workflow_name(doctype):
		return {"tahap": [], "giliran": []}
	alur = get_workflow(doctype)
	return {"tahap": tahap_utama(alur), "giliran": giliran(alur, doc.get(alur.workflow_state_field))}


def tahap_utama(alur) -> list[str]:
	"""States from the first on, always by the first transition that needs no reason."""
	lanjut: dict[str, str] = {}
	for t in alur.transitions:
		if t.action not in AKSI_BERALASAN:
			lanjut.setdefault(t.state, t.next_state)
	tahap = [alur.states[0].state]
	while (berikut := lanjut.get(tahap[-1])) and berikut not in tahap:
		tahap.append(berikut)
	return tahap


def giliran(alur, keadaan: str) -> list[str]:
	"""Offices that can bring a file in the state `keadaan` forward."""
	return sorted(
		{
			t.allowed
			for t in alur.transitions
			if t.state == keadaan and t.action not in AKSI_BERALASAN | AKSI_DARI_JAWABAN
		}
	)
