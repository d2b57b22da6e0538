"""Who sees what: lists, documents, tables and attachments give the same answer."""

import frappe
import pytest

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai

BERKAS = (
	"Musyawarah",
	"Renja",
	"Kegiatan",
	"Peserta",
	"Surat Keputusan",
	"Pendaftaran BPJS",
	"Klaim",
	"Warga",
	"RT",
)


@pytest.fixture
def berkas(k, berjalan) -> dict[str, str]:
	"""One document of each kind of the RT `k.rt`, at the end of the chain."""
	klaim = pabrik.klaim(k, berjalan)
	renja = pabrik.renja(k, frappe.get_doc("Musyawarah", berjalan.musyawarah))
	return {
		"RT": k.rt,
		"Musyawarah": berjalan.musyawarah,
		"Renja": renja.name,
		"Kegiatan": berjalan.name,
		"Peserta": klaim.peserta,
		"Warga": klaim.warga,
		"Surat Keputusan": frappe.db.get_value("Surat Keputusan", {"kegiatan": berjalan.name}),
		"Pendaftaran BPJS": frappe.db.get_value("Pendaftaran BPJS", {"kegiatan": berjalan.name}),
		"Klaim": klaim.name,
	}


def terlihat(user: str, doctype: str, nama: str) -> bool:
	"""What list and document say; they must say the same."""
	with sebagai(user):
		try:
			daftar = nama in frappe.get_list(doctype, pluck="name", limit=0, order_by="name")
		except frappe.PermissionError:
			daftar = False
		dokumen = bool(frappe.get_doc(doctype, nama).has_permission("read"))
	assert daftar == dokumen, f"{user} {doctype}: list {daftar}, document {dokumen}"
	return dokumen


def test_an_area_sees_its_own_files_and_no_others(k, berkas):
	for doctype in BERKAS:
		for user in (k.ketua, k.lurah, k.dpmppa):
			assert terlihat(user, doctype, berkas[doctype]), (user, doctype)
		for user in (k.ketua_tetangga, k.ketua_jauh, k.lurah_lain):
			assert not terlihat(user, doctype, berkas[doctype]), (user, doctype)


def test_bpjs_sees_what_was_submitted_and_nothing_before(k, berkas):
	for doctype in ("Kegiatan", "Peserta", "Surat Keputusan", "Pendaftaran BPJS"):
		assert terlihat(k.bpjs, doctype, berkas[doctype]), doctype
	for doctype in ("Klaim", "Musyawarah", "Warga"):
		assert not terlihat(k.bpjs, doctype, berkas[doctype]), doctype
	klaim = pabrik.lengkapi_dokumen(frappe.get_doc("Klaim", berkas["Klaim"]), k.ketua)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	assert terlihat(k.bpjs, "Klaim", klaim.name)


def test_without_an_office_nothing_is_seen(k, berkas):
	tanpa = pabrik.pengguna("tanpa-jabatan")
	pabrik.peran_tanpa_penugasan(tanpa, "Lurah", "DPMPPA", "Ketua RT")
	for doctype in BERKAS:
		assert not terlihat(tanpa, doctype, berkas[doctype]), doctype


def test_two_offices_do_not_mix(k, berkas):
	"""Ketua RT next door and Pengawas of the city: reads here, writes at home only."""
	pabrik.penugasan(k.ketua_tetangga, "Pengawas")
	keg = frappe.get_doc("Kegiatan", berkas["Kegiatan"])
	with sebagai(k.ketua_tetangga):
		assert keg.has_permission("read")
		assert not keg.has_permission("write")


def test_a_foreign_file_cannot_be_claimed_by_writing_ones_own_area_into_it(k, berkas):
	with sebagai(k.lurah_lain):
		keg = frappe.get_doc("Kegiatan", berkas["Kegiatan"])
		keg.update({"rt": k.rt_jauh, "kelurahan": k.kelurahan_lain})
		assert not keg.has_permission("read")
		with pytest.raises(frappe.PermissionError):
			keg.save()


@pytest.mark.parametrize(
	("anak", "induk"),
	[
		("Peserta SK", "Surat Keputusan"),
		("Hadirin", "Musyawarah"),
		("Usulan", "Musyawarah"),
		("Butir Renja", "Renja"),
		("RAB Kegiatan", "Kegiatan"),
		("Rincian Iuran", "Pendaftaran BPJS"),
		("Dokumen Klaim", "Klaim"),
	],
)
def test_rows_of_tables_are_scoped_like_their_parent(k, berkas, anak, induk):
	def baris(user):
		with sebagai(user):
			return frappe.get_list(
				anak, parent_doctype=induk, filters={"parent": berkas[induk]}, limit=0, order_by="name"
			)

	assert baris(k.lurah)
	assert not baris(k.lurah_lain)


def test_attachments_are_private_and_listed_in_the_area_only(k, berkas):
	sk = frappe.get_doc("Surat Keputusan", berkas["Surat Keputusan"])
	file = frappe.get_doc("File", {"file_url": sk.pindaian})

	def terdaftar(user):
		with sebagai(user):
			return file.name in frappe.get_list("File", pluck="name", limit=0, order_by="name")

	assert file.is_private
	assert terdaftar(k.lurah)
	assert not terdaftar(k.lurah_lain)
	with sebagai(k.lurah_lain):
		assert not file.has_permission("read")


def test_an_attachment_that_arrives_public_becomes_private(k, berkas):
	with sebagai(k.ketua):
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "foto.txt",
				"attached_to_doctype": "Klaim",
				"attached_to_name": berkas["Klaim"],
				"content": b"foto",
			}
		).insert()
	assert file.is_private
	assert file.file_url.startswith("/private/files/")


def test_personal_numbers_are_kept_from_those_who_need_not_see_them(k, berkas):
	pribadi = {"nik", "no_kk", "tanggal_lahir", "no_hp"}

	def kolom(user):
		with sebagai(user):
			doc = frappe.get_doc("Warga", berkas["Warga"])
			doc.apply_fieldlevel_read_permissions()
			return {f for f in pribadi if doc.get(f)}

	assert {"nik", "no_kk"} <= kolom(k.ketua)
	assert kolom(k.pengawas) == set()
	assert kolom(k.pendamping) == set()


def test_the_scope_of_a_list_costs_one_query_whatever_the_rows(k, berkas):
	def hitung():
		frappe.local.request_cache.clear()
		sebelum = frappe.db.sql("show session status like 'Questions'")[0][1]
		with sebagai(k.lurah):
			frappe.get_list("Peserta", limit=0, order_by="name")
		return int(frappe.db.sql("show session status like 'Questions'")[0][1]) - int(sebelum)

	hitung()
	sedikit = hitung()
	pabrik.kegiatan(k, peserta=3)
	assert hitung() == sedikit
