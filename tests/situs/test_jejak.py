"""The ledger of decisions: what it says, that it cannot be changed, and that its chain can be proved."""

import threading
from pathlib import Path

import frappe
import pytest
from frappe.desk.form.load import getdoc
from frappe.model.workflow import apply_workflow
from pymysql.err import DatabaseError

from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.tata_kelola import jejak
from kampung_bahagia.tata_kelola.doctype.jejak_keputusan.jejak_keputusan import JejakTidakBerubah
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

JEJAK = "Jejak Keputusan"


def catatan(doc) -> list:
	return frappe.get_all(
		JEJAK,
		filters={"rujukan_doctype": doc.doctype, "rujukan_nama": doc.name},
		fields=["*"],
		order_by="urutan",
	)


def terakhir() -> frappe._dict:
	return frappe.get_all(JEJAK, fields=["*"], order_by="urutan desc", limit=1)[0]


# --- what it says


def test_each_step_says_who_in_which_office_from_where_to_where_and_why(k, disusun):
	langkah(disusun, k.ketua, "Ajukan")
	langkah(disusun, k.lurah, "Kembalikan", alasan="RAB belum lengkap")
	buat, aju, kembali = catatan(disusun)
	assert (buat.aksi, buat.dari, buat.ke, buat.jabatan) == ("Buat", None, "Draf", "Ketua RT")
	assert (aju.aksi, aju.dari, aju.ke, aju.pengguna) == ("Ajukan", "Draf", "Diajukan", k.ketua)
	assert (kembali.aksi, kembali.ke, kembali.jabatan, kembali.pengguna, kembali.alasan) == (
		"Kembalikan",
		"Dikembalikan",
		"Lurah",
		k.lurah,
		"RAB belum lengkap",
	)
	assert kembali.penugasan == frappe.db.get_value("Penugasan", {"pengguna": k.lurah}, "name")
	assert (kembali.rt, kembali.kelurahan) == (k.rt, k.kelurahan)


def test_a_save_that_is_no_step_leaves_no_entry(k, disusun):
	sebelum = len(catatan(disusun))
	with sebagai(k.ketua):
		doc = frappe.get_doc("Kegiatan", disusun.name)
		doc.lokasi = "Gang Mawar"
		doc.save()
	assert len(catatan(disusun)) == sebelum


def test_a_refused_step_leaves_no_entry(k, disusun):
	langkah(disusun, k.ketua, "Ajukan")
	sebelum = terakhir().urutan
	doc = frappe.get_doc("Kegiatan", disusun.name)
	with sebagai(k.lurah_lain), pytest.raises((JabatanTidakBerwenang, frappe.PermissionError)):
		apply_workflow(doc, "Verifikasi")
	assert terakhir().urutan == sebelum


def test_a_step_that_moves_another_file_is_written_for_both(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	assert catatan(daftar)[-1].ke == "Dikirim"
	ikut = catatan(disetujui)[-1]
	assert (ikut.ke, ikut.aksi, ikut.jabatan) == ("Didaftarkan BPJS", "Daftarkan ke BPJS", "DPMPPA")


def test_the_hash_is_of_the_document_as_it_is_read_back_later(k, berjalan):
	semua = [berjalan, *_terkait(berjalan), pabrik.klaim(k, berjalan)]
	for doc in semua:
		dibaca = frappe.get_doc(doc.doctype, doc.name)
		if doc.doctype in ("Klaim", "Kegiatan"):  # nothing was written to them after their last step
			assert catatan(doc)[-1].hash_dokumen == jejak.sidik_dokumen(dibaca), doc.doctype


def test_the_hash_tells_when_a_row_of_a_table_was_changed(k, disusun):
	sebelum = jejak.sidik_dokumen(disusun)
	disusun.rab[0].harga_satuan += 1
	assert jejak.sidik_dokumen(disusun) != sebelum


def _terkait(kegiatan) -> list:
	return [
		frappe.get_doc(doctype, {"kegiatan": kegiatan.name})
		for doctype in ("Surat Keputusan", "Pendaftaran BPJS")
	]


def test_the_form_tells_it_in_plain_words(k, disusun):
	langkah(disusun, k.ketua, "Ajukan")
	langkah(disusun, k.lurah, "Kembalikan", alasan="<b>RAB</b> belum lengkap")
	frappe.local.response = frappe._dict(docs=[])
	with sebagai(k.ketua):
		getdoc("Kegiatan", disusun.name)
	baris = frappe.local.response["docinfo"]["additional_timeline_content"][-1]["content"]
	assert "Kembalikan" in baris and "(Lurah)" in baris and "WIB" in baris
	assert "&lt;b&gt;RAB&lt;/b&gt; belum lengkap" in baris


# --- it only grows


def ubah_lewat_formulir(e):
	doc = frappe.get_doc(JEJAK, e.name)
	doc.alasan = "lain"
	doc.save(ignore_permissions=True)


def hapus(e):
	frappe.delete_doc(JEJAK, e.name, ignore_permissions=True, force=True)


def hapus_tanpa_pemeriksaan(e):
	frappe.delete_doc(JEJAK, e.name, ignore_permissions=True, force=True, ignore_on_trash=True)


def ganti_nama(e):
	frappe.rename_doc(JEJAK, e.name, "999999", force=True)


def tambah(e):
	nilai = frappe.get_doc(JEJAK, e.name).as_dict() | {"name": None, "urutan": e.urutan + 1}
	frappe.get_doc(nilai).insert(ignore_permissions=True)


@pytest.mark.parametrize(
	"cara",
	[ubah_lewat_formulir, hapus, hapus_tanpa_pemeriksaan, ganti_nama, tambah],
	ids=lambda f: f.__name__,
)
def test_no_door_of_the_app_changes_it_for_administrator_either(k, disusun, cara):
	langkah(disusun, k.ketua, "Ajukan")
	for e in (terakhir(), catatan(disusun)[0]):
		with pytest.raises((JejakTidakBerubah, DatabaseError, frappe.ValidationError)):
			cara(e)
	assert jejak.buktikan()["utuh"]


@pytest.mark.parametrize(
	"perintah",
	[
		"UPDATE `tabJejak Keputusan` SET alasan = 'lain' WHERE urutan = {n}",
		"UPDATE `tabJejak Keputusan` SET pengguna = 'x', owner = 'x', modified_by = 'x' WHERE urutan = {n}",
		"UPDATE `tabJejak Keputusan` SET modified = NOW() WHERE urutan = {n}",
		"UPDATE `tabJejak Keputusan` SET hash = REPEAT('0', 64) WHERE urutan = {n}",
		"DELETE FROM `tabJejak Keputusan` WHERE urutan = {n}",
		"DELETE FROM `tabJejak Keputusan`",
		"REPLACE INTO `tabJejak Keputusan` SELECT * FROM `tabJejak Keputusan` WHERE urutan = {n}",
	],
)
def test_the_database_itself_refuses(k, disusun, perintah):
	langkah(disusun, k.ketua, "Ajukan")
	for n in (terakhir().urutan, catatan(disusun)[0].urutan):
		with pytest.raises(DatabaseError):
			frappe.db.sql(perintah.format(n=n))
	assert jejak.buktikan()["utuh"]


def test_the_table_cannot_be_emptied(situs):
	with pytest.raises(DatabaseError):
		frappe.db.sql_ddl("TRUNCATE `tabJejak Keputusan`")


def test_a_content_that_fits_its_hash_still_breaks_the_link_to_the_next(k, disusun):
	"""Whoever computes the hash anew meets the next entry, which refers to the old one."""
	langkah(disusun, k.ketua, "Ajukan")
	e = catatan(disusun)[0]
	isi = {kolom: e[kolom] for kolom in jejak.ISI} | {"alasan": "lain"}
	hash_baru = jejak.sidik_entri(isi, e.hash_sebelum)
	with pytest.raises(DatabaseError):
		frappe.db.sql(
			"UPDATE `tabJejak Keputusan` SET alasan = 'lain', hash = %s WHERE urutan = %s",
			(hash_baru, e.urutan),
		)


# --- its proof


def test_the_proof_names_the_first_broken_link(k, disusun):
	"""As the owner of the database could: constraints off, one row changed."""
	langkah(disusun, k.ketua, "Ajukan")
	n = catatan(disusun)[0].urutan
	frappe.db.sql("SET SESSION check_constraint_checks = 0")
	try:
		frappe.db.sql("UPDATE `tabJejak Keputusan` SET alasan = 'lain' WHERE urutan = %s", n)
		hasil = jejak.buktikan()
	finally:
		frappe.db.sql("SET SESSION check_constraint_checks = 1")
	assert not hasil["utuh"]
	assert hasil["putus"] == f"Catatan {n}: isinya tidak sesuai dengan sidiknya."


def test_the_proof_finds_entries_cut_off_at_the_end(k, disusun):
	langkah(disusun, k.ketua, "Ajukan")
	n = terakhir().urutan
	frappe.db.sql("SET SESSION foreign_key_checks = 0")
	try:
		frappe.db.sql("DELETE FROM `tabJejak Keputusan` WHERE urutan = %s", n)
		hasil = jejak.buktikan()
	finally:
		frappe.db.sql("SET SESSION foreign_key_checks = 1")
	assert hasil["putus"] == f"Jumlah catatan tidak sama dengan kepala rantai, yaitu {n}."


def test_a_rewritten_newest_entry_shows_against_a_head_noted_elsewhere(k, disusun):
	"""As whoever writes any statement could: head back, entry with a fresh hash, head forward."""
	langkah(disusun, k.ketua, "Ajukan")
	tercatat = jejak.buktikan()["kepala"]
	e = terakhir()
	isi = {kolom: e[kolom] for kolom in jejak.ISI} | {"alasan": "lain"}
	hash_baru = jejak.sidik_entri(isi, e.hash_sebelum)
	kepala = "UPDATE `jejak_keputusan_kepala` SET urutan = %s, hash = %s"
	frappe.db.sql(kepala, (e.urutan - 1, e.hash_sebelum))
	frappe.db.sql(
		"UPDATE `tabJejak Keputusan` SET alasan = 'lain', hash = %s WHERE urutan = %s", (hash_baru, e.urutan)
	)
	frappe.db.sql(kepala, (e.urutan, hash_baru))
	assert jejak.buktikan()["kepala"] != tercatat


def test_the_head_is_noted_outside_the_database_each_night(k, disusun):
	jejak.umumkan_kepala()
	catatan_luar = Path(frappe.get_site_path("logs", "jejak.log")).read_text().splitlines()[-1]
	hasil = jejak.buktikan()
	assert catatan_luar.endswith(f"{hasil['catatan']} {hasil['kepala']}")


def test_the_proof_finds_a_decided_file_that_is_gone(k, disetujui):
	frappe.db.delete("Kegiatan", {"name": disetujui.name})
	assert (
		f"Kegiatan {disetujui.name}: tidak ada lagi, menurut jejak Disetujui DPMPPA"
		in (jejak.buktikan()["menyimpang"])
	)


def test_a_trial_of_removing_the_app_leaves_every_step_possible(k, situs, disusun):
	frappe.db.rollback()  # what follows changes tables, which commits
	jejak.lepas_penjaga()
	try:
		langkah(disusun, k.ketua, "Ajukan")
		assert jejak.buktikan()["penjaga_tidak_terpasang"] == ["jejak_berkepala"]
	finally:
		frappe.db.rollback()
		jejak.pasang_penjaga()
	assert jejak.buktikan()["utuh"]


def test_the_proof_finds_a_file_moved_behind_the_back_of_the_ledger(k, disusun):
	frappe.db.set_value("Kegiatan", disusun.name, "status", "Disetujui DPMPPA")
	(satu,) = jejak.buktikan()["menyimpang"]
	assert disusun.name in satu and "menurut jejak Draf" in satu


def test_a_whole_ledger_is_proved(k, berjalan):
	hasil = jejak.buktikan()
	assert hasil["utuh"], hasil
	assert hasil["catatan"] == terakhir().urutan
	assert hasil["kepala"] == terakhir().hash


# --- many at once


def test_steps_at_the_same_moment_make_one_chain(k, situs):
	"""Sixteen connections, each with three files of its own, and every third taken back."""
	awal = terakhir().urutan
	galat: list[Exception] = []

	def kerja(nomor: int) -> None:
		frappe.init(site=situs)
		frappe.connect()
		try:
			for i in range(3):
				doc = frappe._dict(doctype="Uji", name=f"{nomor}-{i}", status="Draf", docstatus=0)
				doc.meta = frappe._dict(fields=[])
				jejak.catat(doc, aksi="Buat", dari=None, jabatan=None, penugasan=None)
				frappe.db.rollback() if i == 2 else frappe.db.commit()
		except Exception as g:
			galat.append(g)
		finally:
			frappe.destroy()

	frappe.db.commit()
	para = [threading.Thread(target=kerja, args=(n,)) for n in range(16)]
	for p in para:
		p.start()
	for p in para:
		p.join()
	frappe.db.rollback()
	assert galat == []
	hasil = jejak.buktikan()
	assert (hasil["putus"], hasil["catatan"]) == (None, awal + 32)
