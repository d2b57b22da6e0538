"""Evidence stays: who attached a paper cannot take it away again, and nobody attaches to what is not theirs."""

import frappe
import pytest
from frappe.desk.form import linked_with

from kampung_bahagia.izin import kaitan
from kampung_bahagia.izin.berkas import LampiranTerkunci
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai


@pytest.fixture
def pindaian(berjalan):
	"""The signed scan of a decree, uploaded by the Ketua RT."""
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": berjalan.name})
	return frappe.get_doc("File", {"file_url": sk.pindaian, "attached_to_name": sk.name})


def test_the_signed_scan_is_neither_deleted_nor_renamed_by_anyone(k, pindaian):
	for user in (k.ketua, k.dpmppa, "Administrator"):
		with sebagai(user):
			with pytest.raises(frappe.PermissionError):
				frappe.delete_doc("File", pindaian.name)
			with pytest.raises(frappe.PermissionError):
				frappe.get_doc("File", pindaian.name).update({"file_name": "lain.pdf"}).save()
	with sebagai(k.ketua), pytest.raises(LampiranTerkunci, match="tidak dapat dihapus"):
		frappe.delete_doc("File", pindaian.name)
	assert pindaian.exists_on_disk()


def test_a_paper_may_be_replaced_while_its_document_is_being_drawn_up(k):
	draf = pabrik.musyawarah(k)
	with sebagai(k.ketua):
		file = lampiran(draf, "berita-acara.txt").insert()
		draf.berita_acara = file.file_url
		draf.save()
		frappe.delete_doc("File", file.name)
	assert not frappe.db.exists("File", file.name)


def test_nobody_attaches_to_a_document_that_they_may_not_write(k, berjalan):
	for user in (k.lurah_lain, k.ketua_tetangga, k.pengawas):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			lampiran(berjalan, "titipan.txt").insert()
	with sebagai(k.ketua):
		assert lampiran(berjalan, "foto.txt").insert().is_private


def test_linked_documents_are_shown_by_the_readers_own_permissions(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	assert "Klaim" in linked_with.get("Kegiatan", berjalan.name)  # the framework's own asks nobody
	with sebagai(k.lurah):
		assert [d["name"] for d in kaitan.get("Kegiatan", berjalan.name)["Klaim"]] == [klaim.name]
	with sebagai(k.bpjs):  # the kegiatan was submitted to them, the claim was not
		assert "Klaim" not in kaitan.get("Kegiatan", berjalan.name)
	for buka in (kaitan.get, kaitan.get_submitted_linked_docs):
		with sebagai(k.lurah_lain), pytest.raises(frappe.PermissionError):
			buka("Kegiatan", berjalan.name)


def lampiran(doc, nama: str):
	return frappe.get_doc(
		{
			"doctype": "File",
			"file_name": nama,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"content": nama.encode(),
		}
	)
