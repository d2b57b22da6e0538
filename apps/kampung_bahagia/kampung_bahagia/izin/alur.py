"""A changed Workflow strands no file: states that it drops are listed and mapped before it becomes active."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cint
from frappe.workflow.doctype.workflow_action.workflow_action import process_workflow_actions

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.tata_kelola.jejak import catat
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar

KOLOM_STATUS = "status"  # the field by which the guards, lists and reports know a file's state


class BerkasTelantar(frappe.ValidationError):
	pass


def periksa_perubahan(alur, method: str | None = None) -> None:
	"""Raises BerkasTelantar, naming each state and how many files would stay in it."""
	if alur.document_type not in BERALUR:
		return
	periksa_tetap_beralur(alur)
	if not cint(alur.is_active):
		return
	if alur.workflow_state_field != KOLOM_STATUS:
		frappe.throw(
			_("Kolom Status Alur pada {0} harus {1}.").format(
				frappe.bold(_(alur.document_type)), frappe.bold(KOLOM_STATUS)
			)
		)
	docstatus = {s.state: cint(s.doc_status) for s in alur.states}
	pengganti = {p.dari: p.ke for p in alur.get("pemetaan_status") or []}
	telantar, berubah = [], []
	for status, ds, jumlah in berkas_per_status(alur.document_type):
		if status not in docstatus and docstatus.get(pengganti.get(status)) is None:
			telantar.append(_("{0}: {1} berkas").format(frappe.bold(_(status)), jumlah))
		elif docstatus[status if status in docstatus else pengganti[status]] != ds:
			berubah.append(_("{0}: {1} berkas").format(frappe.bold(_(status)), jumlah))
	if telantar:
		_tolak(
			_("Masih ada berkas pada status yang dihapus. Tulis penggantinya di Pemetaan Status:"), telantar
		)
	if berubah:
		_tolak(
			_("Berkas pada status ini akan berubah dari rancangan menjadi resmi, atau sebaliknya:"), berubah
		)


def pindahkan_berkas(alur, method: str | None = None) -> None:
	"""Bring the files in dropped states to their new one; the ledger says so for each."""
	if alur.document_type not in BERALUR or not cint(alur.is_active):
		return
	pengganti = {p.dari: p.ke for p in alur.get("pemetaan_status") or []}
	dihapus = pengganti.keys() - {s.state for s in alur.states}
	for nama in frappe.get_all(
		alur.document_type, {KOLOM_STATUS: ["in", sorted(dihapus)]}, pluck="name", order_by="name"
	):
		doc = frappe.get_doc(alur.document_type, nama)
		dari, doc.status = doc.status, pengganti[doc.status]
		frappe.db.set_value(doc.doctype, nama, KOLOM_STATUS, doc.status)
		process_workflow_actions(doc, "on_update")
		doc.alasan = None  # the one that stands there belongs to an earlier step
		catat(doc, aksi="Pemetaan Status", dari=dari, jabatan=None, penugasan=None)


def periksa_hapus(alur, method: str | None = None) -> None:
	if alur.document_type in BERALUR and cint(alur.is_active):
		_tolak_tanpa_alur(alur)


def periksa_tetap_beralur(alur) -> None:
	"""Without an active Workflow a file could be moved by nobody, or by anybody."""
	lain = {"document_type": alur.document_type, "is_active": 1, "name": ["!=", alur.name]}
	sebelum = alur.get_doc_before_save()
	semula = sebelum.document_type if sebelum else alur.document_type
	if semula != alur.document_type or not (cint(alur.is_active) or frappe.db.exists("Workflow", lain)):
		_tolak_tanpa_alur(sebelum or alur)


def berkas_per_status(doctype: str) -> list[tuple[str, int, int]]:
	"""State, docstatus and number of files, for each state in use."""
	berkas = frappe.qb.DocType(doctype)
	return (
		frappe.qb.from_(berkas)
		.select(berkas.status, berkas.docstatus, Count("*"))
		.where(berkas.status.isnotnull())
		.groupby(berkas.status, berkas.docstatus)
		.orderby(berkas.status)
		.run()
	)


def _tolak(pesan: str, butir: list[str]) -> None:
	tolak_dengan_daftar(pesan, butir, BerkasTelantar, _("Berkas akan telantar"))


def _tolak_tanpa_alur(alur) -> None:
	frappe.throw(
		_("{0} memerlukan alur kerja yang aktif. Aktifkan dahulu alur penggantinya.").format(
			frappe.bold(_(alur.document_type))
		),
		BerkasTelantar,
		title=_("Alur kerja diperlukan"),
	)
