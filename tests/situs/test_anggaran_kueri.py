"""How many questions a list and a step put to the database, however many rows there are."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest
from frappe.desk import reportview
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime, nowdate

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai

PER_LIST = 2  # the offices of the reader, and the list
# of which the framework alone takes 45 for a file with one line of RAB and one photo
PER_APPROVAL = 57


@contextmanager
def queries(user: str) -> Iterator[list[str]]:
	"""The statements of a request of `user`, to which everything but Redis is new."""
	asked: list[str] = []
	real = frappe.db.sql

	def count(query, *args, **kwargs):
		asked.append(" ".join(str(query).split()))
		return real(query, *args, **kwargs)

	with sebagai(user):
		frappe.local.document_cache = {}
		if hasattr(frappe.local, "request_cache"):
			frappe.local.request_cache.clear()
		frappe.db.value_cache.clear()
		frappe.db.sql = count
		try:
			yield asked
		finally:
			del frappe.db.sql


def opened_list(doctype: str, user: str) -> tuple[int, int]:
	"""Rows and statements of the list as the desk asks for it."""
	arguments = {
		"doctype": doctype,
		"fields": json.dumps([f"`tab{doctype}`.`{f}`" for f in ("name", "modified", "rt", "status")]),
		"filters": "[]",
		"order_by": f"`tab{doctype}`.`modified` desc",
		"page_length": 500,
		"view": "List",
	}
	for warm_up in (True, False):
		with queries(user) as asked:
			frappe.local.form_dict.update(arguments)
			rows = reportview.get()
		if not warm_up:
			return len(rows["values"]) if rows else 0, len(asked)
	raise AssertionError


@pytest.mark.parametrize("office", ["ketua", "lurah", "dpmppa"])
def test_a_list_asks_as_much_however_many_rows_it_has(k, disusun, office):
	user = getattr(k, office)
	few, asked_for_few = opened_list("Peserta", user)
	with sebagai(k.ketua):
		for w in pabrik.warga(k.rt, 18):
			frappe.get_doc({"doctype": "Peserta", "kegiatan": disusun.name, "warga": w.name}).insert()
	many, asked_for_many = opened_list("Peserta", user)
	assert many == few + 18
	assert asked_for_many == asked_for_few <= PER_LIST


def approval(k, peserta: int) -> list[str]:
	"""The statements of DPMPPA's approval of a kegiatan with so many people and one line of RAB."""
	doc = pabrik.kegiatan(k, peserta=peserta)
	for user, action in ((k.ketua, "Ajukan"), (k.lurah, "Verifikasi")):
		doc = pabrik.langkah(doc, user, action)
	with queries(k.dpmppa) as asked:
		apply_workflow(doc, "Setujui")
	return asked


def certified(k, peserta: int) -> list[int]:
	"""How many statements each step of a registration with so many people puts, from the sending to the certificate."""
	file = pabrik.pendaftaran(k, pabrik.kegiatan_disetujui(k, peserta=peserta))
	paid = {"dibayar_pada": now_datetime(), "bukti_bayar": "/private/files/bukti.pdf"}
	cover = {"nomor_sertifikat": "S-1", "berlaku_mulai": nowdate(), "berlaku_sampai": nowdate()}
	counts = []
	for user, action, values in (
		(k.dpmppa, "Kirim", {}),
		(k.bpjs, "Tagih", {"nomor_proyek": "1", "kode_iuran": "2", "tagihan": file.iuran}),
		(k.dpmppa, "Catat Lunas", paid),
		(k.bpjs, "Terbitkan Sertifikat", cover),
	):
		with sebagai(user):
			file = frappe.get_doc(file.doctype, file.name)
			file.update(values)
			file.save()
		with queries(user) as asked:
			file = apply_workflow(file, action)
		counts.append(len(asked))
	states = frappe.get_all("Peserta", {"kegiatan": file.kegiatan}, pluck="status", order_by="name")
	assert states == ["Terlindungi"] * peserta
	return counts


def test_the_people_of_a_registration_follow_it_by_set(k):
	certified(k, 1)  # Redis is warm from here on
	assert certified(k, 1) == certified(k, 3)


def test_an_approval_asks_as_much_for_three_people_as_for_none(k):
	approval(k, 1)  # Redis is warm from here on
	none, three = approval(k, 0), approval(k, 3)
	assert len(none) == len(three) <= PER_APPROVAL


def test_lists_under_scope_are_read_from_an_index_in_their_order(k):
	for doctype in (
		"Warga",
		"Musyawarah",
		"Renja",
		"Kegiatan",
		"Kemajuan Kegiatan",
		"Adendum Kegiatan",
		"Peserta",
		"Surat Keputusan",
		"Pendaftaran BPJS",
		"Klaim",
		"Pemberitahuan Kecelakaan",
		"LPJ Kegiatan",
	):
		for level in ("rt", "kelurahan", "kecamatan"):
			assert frappe.db.has_index(f"tab{doctype}", f"{level}_modified_index"), (doctype, level)
