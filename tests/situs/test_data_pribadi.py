"""Personal data is where it must be, is seen by whom it may be, and is nowhere else."""

import json

import frappe
import pytest
from frappe import client

from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai

NIK = "1571011708807777"
KK = "1571010101158888"
ALAMAT = "Jalan Teratai Tersembunyi 9"
REKENING = "7300112233445"


def catat(k, user: str | None = None, **nilai):
	with sebagai(user or k.ketua):
		return frappe.get_doc(
			pabrik.data_warga(
				k.rt, **{"nik": NIK, "no_kk": KK, "alamat": ALAMAT, "no_hp": "0812 7777 8888", **nilai}
			)
		).insert()


def tersimpan(nama: str) -> frappe._dict:
	return frappe.db.get_value("Data Pribadi", nama, data_pribadi.KOLOM, as_dict=True)


# --- storage


def test_a_form_shows_masks_and_the_values_are_stored_apart(k):
	w = frappe.get_doc("Warga", catat(k).name)
	assert (w.nik, w.no_kk, w.no_hp) == ("1571********7777", "1571********8888", "+6281******888")
	assert (str(w.tanggal_lahir), w.alamat) == ("1980-08-17", ALAMAT)
	assert tersimpan(w.name) == {
		"nik": NIK,
		"no_kk": KK,
		"tanggal_lahir": w.tanggal_lahir,
		"alamat": ALAMAT,
		"no_hp": "+6281277778888",
	}


def test_a_form_sent_back_with_its_masks_changes_nothing(k):
	w = catat(k)
	sebelum = tersimpan(w.name)
	with sebagai(k.ketua):
		kiriman = json.loads(frappe.get_doc("Warga", w.name).as_json())
		frappe.get_doc({**kiriman, "nama": "Nama Diperbaiki"}).save()
	assert tersimpan(w.name) == sebelum
	assert frappe.db.get_value("Warga", w.name, "nama") == "Nama Diperbaiki"


def test_a_number_typed_in_full_replaces_the_stored_one(k):
	w = catat(k)
	with sebagai(k.ketua):
		client.set_value("Warga", w.name, {"no_kk": "1571010101159999", "alamat": "Jalan Baru"})
	assert (tersimpan(w.name).no_kk, tersimpan(w.name).alamat) == ("1571010101159999", "Jalan Baru")
	assert tersimpan(w.name).nik == NIK


@pytest.mark.parametrize(
	("kolom", "nilai", "pesan"),
	[
		("nik", "1571********0001", "16"),
		("nik", "", "Isi dahulu"),
		("no_kk", "157101", "16"),
		("no_hp", "12", "[Nn]omor"),
	],
)
def test_a_wrong_change_is_refused_and_keeps_what_was(k, kolom, nilai, pesan):
	w = catat(k)
	sebelum = tersimpan(w.name)
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match=pesan):
		client.set_value("Warga", w.name, kolom, nilai)
	assert tersimpan(w.name) == sebelum


def test_a_nik_that_two_write_at_once_is_refused_without_telling_it(k):
	w, lain = catat(k), catat(k, nik="1571011708806666")
	with pytest.raises(frappe.UniqueValidationError) as galat:
		data_pribadi.simpan(lain.name, {**tersimpan(lain.name), "nik": NIK})
	assert NIK not in str(galat.value)
	assert galat.value.__context__ is None
	assert data_pribadi.warga_ber_nik(NIK) == w.name


def test_with_the_resident_the_personal_data_goes(k):
	w = catat(k)
	frappe.delete_doc("Warga", w.name)
	assert not tersimpan(w.name)


def test_a_household_is_found_by_its_family_card(k):
	w, istri, tetangga = (
		catat(k),
		catat(k, nik="1571011708806666"),
		catat(k, nik="1571011708805555", no_kk="1571010101150001"),
	)
	assert data_pribadi.serumah([NIK]) == {w.name, istri.name}
	assert data_pribadi.serumah([]) == set()
	assert tetangga.name not in data_pribadi.serumah([NIK, "9999"])


@pytest.mark.parametrize("peran", ["ketua", "lurah", "dpmppa", "pengawas", "admin", "bpjs"])
def test_no_office_opens_the_table_itself(k, peran):
	w = catat(k)
	with sebagai(getattr(k, peran)):
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Data Pribadi", order_by="name")
		with pytest.raises(frappe.PermissionError):
			client.get("Data Pribadi", w.name)


def test_a_permission_given_by_mistake_opens_nothing(k):
	w = catat(k)
	frappe.get_doc(
		{"doctype": "Custom DocPerm", "parent": "Data Pribadi", "role": "Lurah", "read": 1, "write": 1}
	).insert()
	frappe.clear_cache(doctype="Data Pribadi")
	try:
		with sebagai(k.lurah):
			assert frappe.get_list("Data Pribadi", order_by="name") == []
			assert not frappe.get_doc("Data Pribadi", w.name).has_permission("read")
	finally:
		frappe.db.rollback()
		frappe.clear_cache(doctype="Data Pribadi")


@pytest.mark.parametrize("peran", ["ketua", "lurah", "dpmppa"])
def test_lists_hold_masks_only(k, peran):
	w = catat(k)
	with sebagai(getattr(k, peran)):
		(baris,) = frappe.get_list("Warga", filters={"name": w.name}, fields=["*"], order_by="name")
		assert frappe.get_list("Warga", filters={"nik": NIK}, order_by="name") == []
		assert frappe.get_list("Warga", filters={"tanggal_lahir": "1980-08-17"}, order_by="name") == []
	isi = frappe.as_json(baris)
	assert "1571********7777" in isi
	for rahasia in (NIK, KK, ALAMAT, "77778888", "1980-08-17"):
		assert rahasia not in isi


# --- what the framework notes beside the documents


def test_versions_keep_that_a_personal_field_changed_and_not_what_it_was(k):
	w = catat(k)
	with sebagai(k.ketua):
		doc = frappe.get_doc("Warga", w.name)
		doc.update({"alamat": "Jalan Lain", "tanggal_lahir": "1980-08-17", "nama": "Nama Baru"})
		doc.save(ignore_version=False)
	(data,) = frappe.get_all("Version", {"docname": w.name}, pluck="data", order_by="name")
	assert "Nama Baru" in data
	assert '["alamat","(disamarkan)","(disamarkan)"]' in data
	assert ALAMAT not in data


@pytest.mark.parametrize(
	("doctype", "kolom"),
	[
		("Comment", "content"),
		("Communication", "content"),
		("Error Log", "error"),
		("Activity Log", "subject"),
		("ToDo", "description"),
	],
)
def test_a_number_written_in_a_note_is_masked(k, doctype, kolom):
	doc = frappe.new_doc(doctype)
	doc.update({kolom: f"NIK {NIK}, hubungi 0812 7777 8888", "comment_type": "Comment", "for_user": k.ketua})
	doc.insert(ignore_permissions=True, ignore_mandatory=True)
	assert doc.get(kolom) == "NIK 1571********7777, hubungi 08127****888"


def test_a_letter_is_masked_in_every_part(k):
	from frappe.email.email_body import get_email

	surel = get_email(
		recipients=["warga@uji.invalid"],
		sender="kantor@uji.invalid",
		subject="Uji",
		content=f"<p>Data Anda: {NIK} — {KK}</p>",
		text_content=f"Data Anda: {NIK}",
	)
	surel.make()
	teks = [
		bagian.get_payload(decode=True).decode()
		for bagian in surel.msg_root.walk()
		if bagian.get_content_maintype() == "text"
	]
	assert len(teks) == 2
	assert all("1571********7777" in t and NIK not in t and KK not in t for t in teks)


def test_no_table_of_the_site_but_one_holds_the_numbers(k):
	"""The life of a resident's data, with an edit, a comment, a program that fails, and the end."""
	w = catat(k)
	with sebagai(k.dpmppa):
		rt = frappe.get_doc("RT", k.rt)
		rt.nomor_rekening = REKENING
		rt.save(ignore_version=False)
	with sebagai(k.ketua):
		doc = frappe.get_doc("Warga", w.name)
		doc.update({"no_hp": "081277779999", "no_kk": KK[:-1] + "9", "alamat": "Gang Buntu Rahasia"})
		doc.save(ignore_version=False)
		doc.add_comment("Comment", f"NIK beliau {NIK}")
		try:
			kiriman = {"doctype": "Warga", "nik": NIK, "alamat": ALAMAT}
			raise ZeroDivisionError(kiriman)
		except ZeroDivisionError:
			frappe.log_error("Gagal", frappe.get_traceback(with_context=True))
	rahasia = (NIK, KK, KK[:-1] + "9", ALAMAT, "Gang Buntu Rahasia", "77778888", "77779999", REKENING)
	assert {tabel for tabel, _nilai in cari_di_semua_tabel(rahasia)} == {"tabData Pribadi"}
	frappe.delete_doc("Warga", w.name)
	assert cari_di_semua_tabel(rahasia) == set()


def cari_di_semua_tabel(rahasia: tuple[str, ...]) -> set[tuple[str, str]]:
	"""(table, value) for each of the values that occurs anywhere in the database, as text."""
	ketemu = set()
	for (tabel,) in frappe.db.sql("show tables"):
		isi = str(frappe.qb.from_(frappe.qb.Table(tabel)).select("*").run())
		ketemu |= {(tabel, nilai) for nilai in rahasia if nilai in isi}
	return ketemu
