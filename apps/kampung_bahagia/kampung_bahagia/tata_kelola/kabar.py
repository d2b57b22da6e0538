"""News of each handover to whoever acts next, from the ledger.

The ledger is the outbox: a step writes nothing beside its entry, and what was not yet told after a crash is
told by the next run. What the news says, and to whom else, stands in the Notification records with the event
"Custom", one for each DocType with a Workflow, which an administrator may change or switch off. The framework
sends alerts to the app only; the e-mail beside them is sent here, to whoever has not declined it.
"""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.desk.doctype.notification_settings.notification_settings import is_email_notifications_enabled
from frappe.email.doctype.notification.notification import get_context
from frappe.model.workflow import get_workflow
from frappe.utils import cint, get_url_to_form, nowdate, strip_html
from pypika.terms import Criterion

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.izin.cakupan import berlaku_pada, mencakup
from kampung_bahagia.izin.layar import giliran
from kampung_bahagia.izin.totp import surel_keluar_siap

SAMPAI = "kb_kabar_sampai"  # number of the last entry of the ledger that was told
SEKALI = 500  # entries in one run; the rest wait for the next
# of these an alert goes out as a letter too
BERKABAR = (*BERALUR, "Jendela Pelaksanaan", "Kelompok Kepesertaan", "Impor Jawaban BPJS", "Kiriman BPJS")
# by these a file only begins, or is moved by the administrator
TANPA_KABAR = ("Buat", "Awal Jejak", "Pemetaan Status")


def mulai() -> None:
	"""On install and migrate: what happened before is no news."""
	if _sampai() is None:
		_catat_sampai(_entri_terakhir())


def kabarkan() -> int:
	"""Tell what the ledger has since the last run, in one transaction per run; the number of files told of.

	The scheduler keeps a second run from starting beside this one. A file that went several steps meanwhile
	is told of once, as it stands.
	"""
	mulai()
	entri = frappe.get_all(
		"Jejak Keputusan",
		filters={"urutan": [">", cint(_sampai())]},
		fields=[
			"urutan",
			"rujukan_doctype",
			"rujukan_nama",
			"ke",
			"aksi",
			"pengguna",
			"nama_pejabat",
			"jabatan",
			"alasan",
		],
		order_by="urutan",
		limit=SEKALI,
	)
	if not entri:
		return 0
	terakhir = {(e.rujukan_doctype, e.rujukan_nama): e for e in entri if e.aksi not in TANPA_KABAR}
	templat = _templat()
	for (doctype, nama), e in terakhir.items():
		if doctype in templat and frappe.db.exists(doctype, nama):
			_coba_kabarkan(frappe.get_doc(doctype, nama), e, templat[doctype])
	_catat_sampai(entri[-1].urutan)
	return len(terakhir)


def penerima_kabar(doc, *jabatan_lain: str) -> list[str]:
	"""E-mail addresses of who acts next on a file, of `jabatan_lain` and of the Ketua RT of its RT, without who just
	acted.

	For templates of Notification. Offices as they are held today over the area of the file.
	"""
	jabatan = {"Ketua RT", *jabatan_lain, *giliran(get_workflow(doc.doctype), doc.status)}
	p = frappe.qb.DocType("Penugasan")
	syarat = mencakup(p, doc)
	if langkah := doc.flags.langkah:
		syarat &= p.pengguna != langkah.pengguna
	return _surel(p, sorted(jabatan), syarat)


def pejabat_wilayah(doc, *jabatan: str) -> list[str]:
	"""E-mail addresses of those who hold one of these offices today over the area of a file."""
	p = frappe.qb.DocType("Penugasan")
	return _surel(p, jabatan, mencakup(p, doc))


def pemegang_jabatan(*jabatan: str) -> list[str]:
	"""E-mail addresses of those who hold one of these offices today and may sign in."""
	return _surel(frappe.qb.DocType("Penugasan"), jabatan)


def _surel(p, jabatan: Collection[str], syarat: Criterion | None = None) -> list[str]:
	"""Of whoever holds one of `jabatan` today and may sign in; `syarat` narrows `p`, the terms."""
	u = frappe.qb.DocType("User")
	q = frappe.qb.from_(p).join(u).on(u.name == p.pengguna).select(u.email).distinct()
	q = q.where(p.jabatan.isin(jabatan) & berlaku_pada(p, nowdate()) & (u.enabled == 1))
	if syarat is not None:
		q = q.where(syarat)
	return q.orderby(u.email).run(pluck=True)


def kirim_surel(doc, method: str | None = None) -> None:
	"""Hook after_insert of Notification Log: the framework sends no e-mail for an alert."""
	if doc.type != "Alert" or doc.document_type not in BERKABAR:
		return
	if not is_email_notifications_enabled(doc.for_user) or not surel_keluar_siap():
		return
	frappe.sendmail(
		recipients=frappe.db.get_value("User", doc.for_user, "email"),
		subject=strip_html(doc.subject),
		template="new_notification",
		args={
			"body_content": doc.subject,
			"description": doc.email_content,
			"document_type": doc.document_type,
			"document_name": doc.document_name,
			"doc_link": get_url_to_form(doc.document_type, doc.document_name),
		},
		header=[_("Kabar Berkas"), "orange"],
	)


def _coba_kabarkan(doc, langkah: frappe._dict, templat) -> None:
	"""A text that an administrator broke must not keep back the news of all others."""
	frappe.db.savepoint("kabar")
	try:
		_kabarkan_satu(doc, langkah, templat)
	except Exception:
		frappe.db.rollback(save_point="kabar")
		frappe.clear_messages()
		frappe.log_error(f"{templat.name}: {doc.doctype} {doc.name}")


def _kabarkan_satu(doc, langkah: frappe._dict, templat) -> None:
	doc.flags.langkah = langkah
	berikutnya = giliran(get_workflow(doc.doctype), doc.status)
	konteks = {**get_context(doc), "langkah": langkah, "giliran": berikutnya}
	if templat.condition and not frappe.safe_eval(templat.condition, None, get_context(doc)):
		return
	penerima, tembusan, tersembunyi = templat.get_list_of_recipients(doc, konteks)
	isi = {
		"type": "Alert",
		"document_type": doc.doctype,
		"document_name": doc.name,
		"subject": frappe.render_template(templat.subject, konteks),
		"email_content": frappe.render_template(templat.message, konteks),
		"from_user": langkah.pengguna,
	}
	make_notification_logs(frappe._dict(isi), sorted({*penerima, *tembusan, *tersembunyi}))


def _templat() -> dict[str, frappe._dict]:
	nama = frappe.get_all(
		"Notification",
		filters={"document_type": ["in", BERALUR], "event": "Custom", "enabled": 1},
		pluck="name",
		order_by="creation desc",
	)
	return {(t := frappe.get_cached_doc("Notification", n)).document_type: t for n in nama}


def _entri_terakhir() -> int:
	j = frappe.qb.DocType("Jejak Keputusan")
	return frappe.qb.from_(j).select(frappe.query_builder.functions.Max(j.urutan)).run()[0][0] or 0


def _sampai() -> str | None:
	"""From the table itself: the framework's cache may hold what another transaction has replaced since."""
	return frappe.db.get_value("DefaultValue", {"parent": "__global", "defkey": SAMPAI}, "defvalue")


def _catat_sampai(urutan: int) -> None:
	frappe.db.set_global(SAMPAI, str(urutan))
