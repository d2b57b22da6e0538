"""Personal data is where it must be, is seen by whom it may be, and is nowhere else."""

import json
from pathlib import Path

import frappe
import pytest
from frappe import client
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.utils import add_years, getdate, nowdate, set_request

from kampung_bahagia.izin import data_pribadi, pencarian, retensi
from kampung_bahagia.izin.data_pribadi import buka
from kampung_bahagia.klaim.kabar_keluarga import untuk_keluarga
from kampung_bahagia.klaim.pembayaran import perbandingan
from kampung_bahagia.patches import pisahkan_data_pribadi, samarkan_riwayat, sandikan_rekening
from kampung_bahagia.perlindungan.report.cakupan_perlindungan import cakupan_perlindungan
from kampung_bahagia.tata_kelola import jejak
from kampung_bahagia.tata_kelola.report.siapa_melihat_data_pribadi import (
	siapa_melihat_data_pribadi as laporan,
)
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
				**{"rt": k.rt, "nik": NIK, "no_kk": KK, "alamat": ALAMAT, "no_hp": "0812 7777 8888", **nilai}
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


# --- unmasking, and who saw whose data

ALASAN = "Mencocokkan KTP untuk pendaftaran BPJS"


def akses(**saring) -> list[frappe._dict]:
	return frappe.get_all("Akses Data Pribadi", filters=saring, fields=["*"], order_by="creation")


def test_a_mask_is_opened_for_a_reason_that_is_noted(k):
	w = catat(k)
	with sebagai(k.lurah):
		assert buka("Warga", w.name, ["nik", "no_hp"], ALASAN) == {"nik": NIK, "no_hp": "+6281277778888"}
	(baris,) = akses(warga=w.name, jenis="Dibuka dari Samaran")
	assert (baris.pengguna, baris.jabatan, baris.kolom, baris.alasan, baris.rt) == (
		k.lurah,
		"Lurah",
		"NIK, Nomor HP",
		ALASAN,
		k.rt,
	)


def test_an_account_number_is_stored_encrypted_and_opened_the_same_way(k):
	with sebagai(k.dpmppa):
		rt = frappe.get_doc("RT", k.rt)
		rt.nomor_rekening = "7300 1122-33445"
		rt.save()
		rt = frappe.get_doc("RT", k.rt)
		rt.bank = "Bank Jambi"
		rt.save()
		assert buka("RT", k.rt, ["nomor_rekening"], ALASAN) == {"nomor_rekening": REKENING}
	assert frappe.db.get_value("RT", k.rt, ["nomor_rekening", "rekening_samar"]) == (
		"*************",
		"**********445",
	)


@pytest.mark.parametrize(
	("peran", "kolom", "alasan", "galat"),
	[
		("lurah_lain", ["nik"], ALASAN, frappe.PermissionError),
		("bpjs", ["nik"], ALASAN, frappe.PermissionError),
		("pengawas", ["nik"], ALASAN, frappe.PermissionError),
		("pendamping", ["no_hp"], ALASAN, frappe.PermissionError),
		("admin", ["nik"], ALASAN, frappe.PermissionError),
		("lurah", ["nik"], "  ingin    ", frappe.ValidationError),
		("lurah", [], ALASAN, frappe.ValidationError),
		("lurah", ["nama"], ALASAN, frappe.ValidationError),
		("lurah", ["nik", "owner"], ALASAN, frappe.ValidationError),
	],
)
def test_a_mask_stays_without_right_or_reason(k, peran, kolom, alasan, galat):
	w = catat(k)
	with sebagai(getattr(k, peran)), pytest.raises(galat):
		buka("Warga", w.name, kolom, alasan)
	assert not akses(warga=w.name, jenis="Dibuka dari Samaran")


def test_nobody_opens_a_whole_register(k):
	w = catat(k)
	frappe.db.set_single_value("Pengaturan Kampung Bahagia", "batas_buka_per_jam", 2)
	with sebagai(k.ketua):
		for _i in range(2):
			buka("Warga", w.name, ["nik"], ALASAN)
		with pytest.raises(data_pribadi.TerlaluSeringMembuka, match="2 kali"):
			buka("Warga", w.name, ["nik"], ALASAN)
	with sebagai(k.lurah):
		assert buka("Warga", w.name, ["nik"], ALASAN)


def test_openings_at_once_wait_for_each_other(k):
	"""Another connection of the same account holds the lock: this one waits until its line can be counted."""
	from frappe.database import get_db

	frappe.db.set_value("User", k.lurah, "location", "Kantor")  # as `periksa_batas` holds the row
	lain = get_db(user=frappe.conf.db_name, password=frappe.conf.db_password)
	semula = frappe.local.db
	try:
		frappe.local.db = lain
		lain.sql("set innodb_lock_wait_timeout = 1")
		frappe.session.user = k.lurah
		with pytest.raises(frappe.QueryTimeoutError):
			data_pribadi.periksa_batas()
	finally:
		frappe.session.user = "Administrator"
		frappe.local.db = semula
		lain.close()


def test_a_form_with_personal_data_is_noted_once_a_day(k):
	w = catat(k)

	def tampilkan(user):
		with sebagai(user):
			frappe.get_doc("Warga", w.name).apply_fieldlevel_read_permissions()

	for user in (k.ketua, k.ketua, k.lurah, k.pengawas):
		tampilkan(user)
	assert [(b.pengguna, b.kolom) for b in akses(warga=w.name)] == [
		(k.ketua, "Tanggal Lahir, Alamat"),
		(k.lurah, "Tanggal Lahir, Alamat"),
	]


def test_a_line_of_the_log_is_neither_changed_nor_deleted(k):
	w = catat(k)
	with sebagai(k.ketua):
		buka("Warga", w.name, ["nik"], ALASAN)
	nama = akses(warga=w.name)[0].name
	for user in ("Administrator", k.admin, k.pengawas):
		with sebagai(user):
			doc = frappe.get_doc("Akses Data Pribadi", nama)
			doc.alasan = "Lain"
			with pytest.raises(frappe.PermissionError):
				doc.save()
			with pytest.raises(frappe.PermissionError):
				doc.db_update()
			with pytest.raises(frappe.PermissionError):
				frappe.delete_doc("Akses Data Pribadi", nama)
	assert akses(warga=w.name)[0].alasan == ALASAN


def test_the_log_is_for_those_who_oversee_the_whole_city(k):
	w = catat(k)
	with sebagai(k.ketua):
		buka("Warga", w.name, ["nik"], ALASAN)
	kecamatan = frappe.db.get_value("RT", k.rt, "kecamatan")
	camat = pabrik.pengguna("camat-uji")
	pabrik.penugasan(camat, "Pengawas", kecamatan=kecamatan)
	saring = {"dari": nowdate(), "sampai": nowdate(), "warga": w.name}
	for user in (k.admin, k.pengawas):
		with sebagai(user):
			assert frappe.get_list("Akses Data Pribadi", {"warga": w.name}, order_by="name")
			assert laporan.execute(saring)[1]
	with sebagai(camat):
		assert not frappe.get_list("Akses Data Pribadi", {"warga": w.name}, order_by="name")
		with pytest.raises(frappe.PermissionError):
			laporan.execute(saring)
	with sebagai(k.lurah), pytest.raises(frappe.PermissionError):
		frappe.get_list("Akses Data Pribadi", order_by="name")


def test_the_report_names_openings_prints_downloads_and_exports(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	kertas = pabrik.lampiran(klaim, "surat-dokter.pdf", k.ketua)
	berkas = frappe.db.get_value("File", {"file_url": kertas})
	with sebagai(k.dpmppa):
		frappe.get_doc("Klaim", klaim.name).apply_fieldlevel_read_permissions()
		make_access_log(doctype="Klaim", document=klaim.name, file_type="PDF", method="PDF", page="rahasia")
		make_access_log(doctype="File", document=berkas, file_type=".pdf")
		make_access_log(doctype="Klaim", file_type="Excel", filters={"rt": k.rt})
	assert not frappe.db.exists("Access Log", {"page": ["is", "set"]})
	with sebagai(k.pengawas):
		for saring in ({"warga": klaim.warga}, {"rt": k.rt}, {"pengguna": k.dpmppa}):
			baris = laporan.execute({"dari": nowdate(), "sampai": nowdate(), **saring})[1]
			cara = {b.jenis for b in baris if b.pengguna == k.dpmppa}
			assert cara == {"Ditampilkan", "Cetak", "Unduh lampiran", "Ekspor daftar"}
			assert {b.warga for b in baris if b.rujukan_nama == klaim.name} == {klaim.warga}
		lain = frappe.get_all("Warga", {"name": ["!=", klaim.warga]}, pluck="name", order_by="name")[0]
		baris = laporan.execute({"dari": nowdate(), "sampai": nowdate(), "warga": lain})[1]
		assert {b.jenis for b in baris if b.pengguna == k.dpmppa} <= {"Ekspor daftar"}


def test_a_preview_is_noted_and_shows_what_is_stored(k, klaim):
	cmd = frappe.get_hooks("override_whitelisted_methods")["frappe.www.printview.get_html_and_style"][-1]
	kiriman = json.dumps({"doctype": "Klaim", "name": klaim.name, "kronologi": "Karangan", "rt": k.rt_jauh})
	with sebagai(k.dpmppa):
		for nilai in ({"doc": "Klaim", "name": klaim.name}, {"doc": kiriman}):
			html = frappe.call(cmd, **nilai)["html"]
			assert "Terpeleset" in html and "Karangan" not in html
	with sebagai(k.lurah_lain), pytest.raises(frappe.PermissionError):
		frappe.call(cmd, doc=kiriman)
	with sebagai(k.pengawas):
		baris = laporan.execute({"dari": nowdate(), "sampai": nowdate(), "warga": klaim.warga})[1]
	cetak = [b for b in baris if b.jenis == "Cetak"]
	assert [(b.pengguna, b.rujukan_nama) for b in cetak] == [(k.dpmppa, klaim.name)] * 2


def test_a_download_stays_in_the_report_when_the_file_is_gone(k, klaim):
	url = pabrik.lampiran(klaim, "surat-lama.pdf", k.ketua)
	berkas = frappe.db.get_value("File", {"file_url": url})
	with sebagai(k.dpmppa):
		make_access_log(doctype="File", document=berkas, file_type=".pdf")
	frappe.delete_doc("File", berkas, delete_permanently=True)
	with sebagai(k.pengawas):
		baris = laporan.execute({"dari": nowdate(), "sampai": nowdate(), "warga": klaim.warga})[1]
	assert [b.rujukan_nama for b in baris if b.jenis == "Unduh lampiran"] == [klaim.name]


# --- health data


KESEHATAN = ("kronologi", "faskes", "hp_pelapor", "saksi", "dokumen")


@pytest.fixture
def klaim(k, berjalan):
	return pabrik.klaim(
		k,
		berjalan,
		faskes="RSUD Raden Mattaher",
		saksi=[{"nama": "Saksi Satu", "no_hp": "081277770000", "keterangan": "Melihat ia jatuh"}],
	)


def saksi_klaim(nama: str) -> list:
	return frappe.get_list("Saksi Klaim", {"parent": nama}, ["*"], parent_doctype="Klaim", order_by="idx")


@pytest.mark.parametrize(
	("peran", "melihat"),
	[("ketua", True), ("lurah", True), ("dpmppa", True), ("pengawas", False), ("admin", False)],
)
def test_health_data_is_for_those_who_handle_the_claim(k, klaim, peran, melihat):
	with sebagai(getattr(k, peran)):
		doc = frappe.get_doc("Klaim", klaim.name)
		doc.apply_fieldlevel_read_permissions()
		assert [bool(doc.get(kolom)) for kolom in KESEHATAN] == [melihat] * len(KESEHATAN)
		(baris,) = frappe.get_list("Klaim", {"name": klaim.name}, ["*"], order_by="name")
		assert ("kronologi" in baris) is melihat
		if melihat:
			assert saksi_klaim(klaim.name)[0].keterangan == "Melihat ia jatuh"
		else:
			with pytest.raises(frappe.PermissionError):
				saksi_klaim(klaim.name)


def test_bpjs_sees_health_data_once_the_claim_is_submitted_to_it(k, klaim):
	frappe.db.set_value("Klaim", klaim.name, "diserahkan_bpjs", 1)
	with sebagai(k.bpjs):
		doc = frappe.get_doc("Klaim", klaim.name)
		doc.check_permission("read")
		doc.apply_fieldlevel_read_permissions()
		assert doc.kronologi


@pytest.mark.parametrize(("peran", "boleh"), [("lurah", True), ("pengawas", False), ("admin", False)])
def test_a_paper_of_a_claim_is_for_those_who_read_its_field(k, klaim, peran, boleh):
	url = pabrik.lampiran(klaim, "visum.pdf", k.ketua)
	nama = frappe.db.get_value("File", {"file_url": url})
	with sebagai(getattr(k, peran)):
		file = frappe.get_doc("File", nama)
		assert bool(file.is_downloadable()) is boleh
		assert bool(file.has_permission("read")) is boleh
		assert (nama in frappe.get_list("File", pluck="name", limit=0, order_by="name")) is boleh


@pytest.mark.parametrize("pintu", [untuk_keluarga, perbandingan])
@pytest.mark.parametrize(
	("peran", "melihat"), [("ketua", True), ("lurah", True), ("dpmppa", True), ("pengawas", False)]
)
def test_what_is_told_of_a_claim_beside_its_form_is_noted(k, klaim, pintu, peran, melihat):
	user = getattr(k, peran)
	with sebagai(user):
		if melihat:
			pintu(klaim.name)
		else:
			with pytest.raises(frappe.PermissionError):
				pintu(klaim.name)
	tercatat = frappe.get_all(
		"Akses Data Pribadi",
		{"pengguna": user, "rujukan_nama": klaim.name, "jenis": "Ditampilkan"},
		pluck="warga",
		order_by="name",
	)
	assert tercatat == [klaim.warga] * melihat


def test_versions_of_a_claim_hold_no_health_data(k, klaim):
	with sebagai(k.ketua):
		doc = frappe.get_doc("Klaim", klaim.name)
		doc.kronologi = "Kakinya patah"
		doc.saksi[0].keterangan = "Mendengar teriakan"
		doc.append("saksi", {"nama": "Saksi Dua", "keterangan": "Menolong"})
		doc.save(ignore_version=False)
	(data,) = frappe.get_all("Version", {"docname": klaim.name}, pluck="data", order_by="name")
	for rahasia in ("patah", "Terpeleset", "Mendengar", "Melihat", "Menolong"):
		assert rahasia not in data
	assert '"kronologi"' in data


# --- retention


@pytest.fixture
def semua_sudah_lama(monkeypatch):
	"""Everyone's last activity is older than the period; what a batch writes is undone with the test."""
	monkeypatch.setattr(retensi, "batas_retensi", lambda: getdate("2999-01-01"))
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


def keadaan(k) -> dict:
	"""What must be the same before and after names are taken away."""
	with sebagai(k.dpmppa):
		cakupan = cakupan_perlindungan.execute({"tingkat": "RT"})[1]
	jumlah = {
		dt: frappe.db.count(dt)
		for dt in ("Warga", "Peserta", "Klaim", "Hadirin", "Peserta SK", "Saksi Klaim")
	}
	klaim = frappe.get_all("Klaim", fields=["name", "status", "jenis", "nilai_dibayar"], order_by="name")
	return {
		"cakupan": cakupan,
		"jumlah": jumlah,
		"klaim": klaim,
		"usia": frappe.get_all("Peserta", pluck="usia", order_by="name"),
		"jejak": jejak.buktikan(),
	}


def test_after_the_period_names_go_and_figures_and_decisions_stay(k, klaim, semua_sudah_lama):
	url = pabrik.lampiran(klaim, "visum-lama.pdf", k.ketua)
	frappe.db.set_value("Klaim", klaim.name, {"status": "Ditutup", "foto": url})
	with sebagai(k.lurah):
		buka("Warga", klaim.warga, ["nik"], ALASAN)
	nama = frappe.db.get_value("Warga", klaim.warga, "nama")
	nik = tersimpan(klaim.warga).nik
	sebelum = keadaan(k)
	assert retensi.anonimkan()["percobaan"]
	assert tersimpan(klaim.warga)
	hasil = retensi.anonimkan(percobaan=0)
	assert hasil["warga"] == sebelum["jumlah"]["Warga"]
	assert (hasil["klaim"], hasil["berkas"]) == (1, 1)
	assert keadaan(k) == sebelum
	assert frappe.db.count("Data Pribadi") == 0
	ketemu = cari_di_semua_tabel(
		(nama, nik, "Terpeleset", "Saksi Satu", "081277770000", "Mattaher", url, ALASAN)
	)
	assert ketemu == set()
	assert not (Path(frappe.get_site_path()) / url.lstrip("/")).exists()
	assert retensi.anonimkan(percobaan=0)["warga"] == 0


def test_whoever_is_active_or_has_an_open_claim_keeps_the_name(k, klaim, semua_sudah_lama, monkeypatch):
	lama = set(retensi.sudah_lama(getdate("2999-01-01")).run(pluck=True))
	assert klaim.warga not in lama
	peserta = set(frappe.get_all("Peserta", pluck="warga", order_by="name"))
	assert lama & peserta
	assert not set(retensi.sudah_lama(getdate()).run(pluck=True)) & peserta
	monkeypatch.undo()
	assert retensi.sudah_lama(retensi.batas_retensi()).run() == ()


def test_copies_and_notes_of_people_go_with_their_names(k, disusun, semua_sudah_lama):
	"""In versions of musyawarah, deleted documents, comments on top of lists, notifications and tasks."""
	m = frappe.get_doc("Musyawarah", disusun.musyawarah)
	pergi, tinggal = m.hadirin[0], m.hadirin[-1]
	frappe.db.set_value("Warga", tinggal.warga, "modified", "2999-06-01", update_modified=False)
	versi = {}
	for h in (pergi, tinggal):
		isi = {"added": [], "changed": [], "row_changed": [], "removed": [["hadirin", h.as_dict()]]}
		versi[h.warga] = frappe.get_doc(
			{
				"doctype": "Version",
				"ref_doctype": "Musyawarah",
				"docname": m.name,
				"data": frappe.as_json(isi),
			}
		).insert(ignore_permissions=True)
	peserta = frappe.get_doc("Peserta", {"kegiatan": disusun.name, "warga": pergi.warga})
	peserta.delete(ignore_permissions=True)
	frappe.db.set_value("Warga", pergi.warga, {"_comments": f'["{pergi.nama}"]', "_user_tags": pergi.nama})
	for doctype, nilai in (
		("Notification Log", {"document_type": "Warga", "document_name": pergi.warga, "subject": pergi.nama}),
		("ToDo", {"reference_type": "Warga", "reference_name": pergi.warga, "description": pergi.nama}),
	):
		frappe.get_doc({"doctype": doctype, "for_user": k.ketua, **nilai}).db_insert()
	assert "tabDeleted Document" in {t for t, _n in cari_di_semua_tabel((pergi.nama,))}
	retensi.anonimkan(percobaan=0)
	assert cari_di_semua_tabel((pergi.nama,)) == set()
	assert frappe.db.exists("Version", versi[tinggal.warga].name)
	assert frappe.db.get_value("Warga", tinggal.warga, "nama") == tinggal.nama


def test_whoever_was_changed_since_or_holds_an_office_keeps_the_name(k):
	batas = getdate("2020-01-01")
	lama, diubah, pindah, pejabat = (catat(k, nik=f"157101170880{n}").name for n in (6661, 6662, 6663, 6664))
	for doctype in ("Warga", "Data Pribadi"):
		frappe.db.set_value(
			doctype,
			{"name": ["in", (lama, diubah, pindah, pejabat)]},
			{"creation": "2010-01-01", "modified": "2010-01-01"},
			update_modified=False,
		)
	frappe.db.set_value("Warga", diubah, "modified", "2020-01-01", update_modified=False)
	frappe.db.set_value("Data Pribadi", pindah, "modified", "2020-01-01", update_modified=False)
	nik = tersimpan(pejabat).nik
	tugas = pabrik.penugasan(pabrik.pengguna("pejabat-tua"), "Pengawas", nik=nik)
	assert retensi.sudah_lama(batas).run(pluck=True) == [lama]
	frappe.db.set_value("Penugasan", tugas.name, "sampai", "2025-06-01")
	assert set(retensi.sudah_lama(batas).run(pluck=True)) == {lama, pejabat}


def test_a_row_without_a_resident_keeps_nobody_else_from_it(k, klaim, semua_sudah_lama):
	frappe.db.set_value("Klaim", klaim.name, "warga", None)
	assert retensi.anonimkan()["warga"]


def test_whoever_becomes_active_during_the_run_keeps_the_name(k, semua_sudah_lama):
	w = catat(k)
	dulu = retensi.sudah_lama(retensi.batas_retensi()).run(pluck=True)
	assert w.name in dulu
	frappe.db.set_value("Warga", w.name, "modified", "2999-06-01", update_modified=False)
	assert set(dulu) - set(retensi._masih_lama(dulu, retensi.batas_retensi())) == {w.name}


@pytest.mark.parametrize(("tahun", "berlaku"), [(12, 12), (5, 5), (1, 5), (0, 10)])
def test_no_setting_takes_a_name_before_a_claim_has_lapsed(k, tahun, berlaku):
	frappe.db.set_single_value("Pengaturan Kampung Bahagia", "retensi_tahun", tahun)
	assert retensi.batas_retensi() == getdate(add_years(nowdate(), -berlaku))


# --- sites from before


def test_an_older_site_is_moved_once_and_can_be_moved_again(k):
	w = catat(k)
	isi = tersimpan(w.name)
	frappe.db.delete("Data Pribadi", {"name": w.name})
	frappe.db.set_value("Warga", w.name, dict(isi))
	frappe.db.set_value("RT", k.rt, {"nomor_rekening": REKENING, "rekening_samar": None})
	versi = {"changed": [["alamat", "", ALAMAT]], "row_changed": [], "added": [], "removed": []}
	frappe.get_doc(
		{"doctype": "Version", "ref_doctype": "Warga", "docname": w.name, "data": json.dumps(versi)}
	).db_insert()
	frappe.get_doc(
		{
			"doctype": "Comment",
			"comment_type": "Comment",
			"content": f"NIK {NIK}",
			"reference_doctype": "Warga",
		}
	).db_insert()
	for _i in range(2):
		for langkah in (pisahkan_data_pribadi, sandikan_rekening, samarkan_riwayat):
			langkah.execute()
		assert tersimpan(w.name) == isi
		baris = frappe.get_doc("Warga", w.name)
		assert (baris.nik, baris.no_kk, baris.no_hp, baris.alamat) == (
			"1571********7777",
			"1571********8888",
			"+6281******888",
			ALAMAT,
		)
		assert frappe.get_doc("RT", k.rt).get_password("nomor_rekening") == REKENING
		assert {t for t, _n in cari_di_semua_tabel((NIK, KK, ALAMAT, REKENING))} == {"tabData Pribadi"}


# --- searching


def cari(user: str, doctype: str, **nilai) -> set[str]:
	"""What the search of a link field answers over HTTP's own way: through the table of overridden methods."""
	with sebagai(user):
		frappe.local.response = frappe._dict()
		cmd = frappe.get_hooks("override_whitelisted_methods")["frappe.desk.search.search_link"][-1]
		hasil = frappe.call(cmd, doctype=doctype, txt="", page_length=1000, **nilai)
		return {h["value"] for h in hasil or frappe.response["results"]}


def test_a_search_stays_in_the_area_whatever_the_browser_says(k):
	w, jauh = catat(k), catat(k, "Administrator", nik="1571011708806666", rt=k.rt_jauh)
	ketemu = cari(k.ketua, "Warga", ignore_user_permissions=1)
	assert w.name in ketemu
	assert jauh.name not in ketemu


def test_a_search_is_not_sifted_by_what_the_reader_may_not_see(k, klaim):
	saring = {"kronologi": ["like", "%semen%"]}
	assert klaim.name in cari(k.lurah, "Klaim", filters=saring, ignore_user_permissions=1)
	with pytest.raises(frappe.PermissionError):
		cari(k.pengawas, "Klaim", filters=saring, ignore_user_permissions=1)
	for kolom in ("assigned_to", "kronologi"):
		with sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
			pencarian.get_group_by_count("Klaim", '[["Klaim", "kronologi", "like", "%semen%"]]', kolom)


def test_the_name_of_a_person_is_told_in_the_own_area_only(k):
	w = catat(k, nama="Nama Terlihat")
	for user, judul in ((k.ketua, "Nama Terlihat"), (k.lurah_lain, w.name), (k.bpjs, w.name)):
		with sebagai(user):
			assert pencarian.get_link_title("Warga", w.name) == judul


# --- the answer to a save


@pytest.fixture
def permintaan(k):
	"""Inside of a request that writes, which the framework answers with the document."""
	semula = getattr(frappe.local, "request", None)
	set_request(method="PUT", path="/api/resource/RT")
	yield
	frappe.local.request = semula


def test_the_answer_to_a_save_is_closed_like_the_document_that_is_read(k, klaim, permintaan):
	with sebagai(k.dpmppa):
		jawaban = client.set_value("RT", k.rt, {"bank": "Bank Jambi", "nomor_rekening": REKENING})
		assert (jawaban["bank"], jawaban["rekening_samar"]) == ("Bank Jambi", "**********445")
	with sebagai(k.admin):
		doc = frappe.get_doc("RT", k.rt).save()
		assert not {"bank", "rekening_samar", "nomor_rekening"} & doc.as_dict().keys()
		assert "Bank Jambi" not in doc.as_json()
		assert doc.bank == "Bank Jambi"
	for user, melihat in ((k.dpmppa, True), (k.pengawas, False)):
		with sebagai(user):
			doc = frappe.get_doc("Klaim", klaim.name)
			doc.flags.tersimpan = True
			isi = doc.as_dict()
			assert [bool(isi.get(kolom)) for kolom in KESEHATAN] == [melihat] * len(KESEHATAN)
			assert doc.saksi


def test_whoever_saves_without_reading_first_is_noted_like_a_reader(k, klaim, permintaan):
	w = catat(k)
	frappe.db.delete("Akses Data Pribadi")  # what making them was noted for
	with sebagai(k.ketua):
		for _i in range(2):
			assert client.set_value("Warga", w.name, "nama", "Nama Lain")["alamat"] == ALAMAT
			assert client.save(frappe.get_doc("Klaim", klaim.name).as_json())["kronologi"]
	assert [(b.pengguna, b.rujukan_nama, b.jenis) for b in akses()] == [
		(k.ketua, w.name, "Ditampilkan"),
		(k.ketua, klaim.name, "Ditampilkan"),
	]


def test_whoever_the_city_insures_keeps_the_name_until_the_cover_is_long_over(k, semua_sudah_lama):
	dilindungi, berakhir = catat(k, nik="1571011708806671"), catat(k, nik="1571011708806672")
	with sebagai(k.dpmppa):
		pabrik.kepesertaan_kota(dilindungi.name, mulai="2010-01-01")
		lewat = pabrik.kepesertaan_kota(
			berakhir.name,
			mulai="2010-01-01",
			sampai="2011-12-31",
			alasan_berhenti="Pindah ke luar kota",
			kpj="12345678901",
		)
	retensi.anonimkan(percobaan=0)
	assert frappe.db.get_value("Warga", dilindungi.name, "nama") == dilindungi.nama
	assert frappe.db.get_value(
		"Kepesertaan Kota", lewat.name, ["nama", "nik_samar", "kpj", "alasan_berhenti", "kelompok"]
	) == (retensi.TANPA_NAMA, None, None, None, lewat.kelompok)
