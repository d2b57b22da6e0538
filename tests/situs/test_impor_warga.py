"""Residents from a table: a verdict per row, what is refused stays out, the same file twice changes nothing."""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO

import frappe
import pytest
from openpyxl import load_workbook

from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.tata_kelola.jejak import buktikan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import data_warga, sebagai
from kampung_bahagia.wilayah.doctype.impor_warga import impor_warga as modul
from kampung_bahagia.wilayah.doctype.impor_warga.impor_warga import KOLOM, KOLOM_WAJIB
from kampung_bahagia.wilayah.doctype.perpindahan_warga.perpindahan_warga import pindahkan
from kampung_bahagia.wilayah.impor import ImporBelumDiperiksa, ImporBerjalan, ImporSudahDiterapkan
from tests.situs.tabel import sebagai_csv, sebagai_xlsx

NAMA = ("Abdi", "Bagus", "Citra", "Dewi", "Eko", "Fajar", "Gita", "Hana")
KEPALA = [judul[0] for judul in KOLOM.values()]


@pytest.fixture
def rt(k):
	return frappe.get_doc("RT", k.rt)


def baris(rt, /, **nilai) -> dict:
	"""One new resident; names and birthdays differ, so that nobody resembles anybody."""
	data = data_warga(rt.name)
	n = int(data["nik"][-4:])
	tahun, bulan, hari = 1950 + n % 50, 1 + n % 12, 1 + n % 28
	return {
		"nik": f"157101{hari:02}{bulan:02}{tahun % 100:02}{n:04}",
		"no_kk": data["no_kk"],
		"nama": f"{NAMA[n % len(NAMA)]} {chr(65 + n % 26)}",
		"kelurahan": rt.kelurahan,
		"rt": f"{rt.nomor:03}",
		**nilai,
	}


csv_dari, xlsx_dari = partial(sebagai_csv, KOLOM), partial(sebagai_xlsx, KOLOM)


@pytest.fixture
def jalankan(k, monkeypatch):
	"""`jalankan(content, terapkan=False)`: what the job leaves, inside the test's transaction.

	What the job commits a savepoint keeps, and its rollback goes back to the last of them.
	"""
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.sql("savepoint impor"))

	def rollback(save_point=None):
		frappe.db.sql(f"rollback to savepoint {save_point or 'impor'}")

	monkeypatch.setattr(frappe.db, "rollback", rollback)
	monkeypatch.setattr(frappe, "log_error", lambda **_: print(frappe.get_traceback()))

	def _jalankan(isi, *, terapkan=False, nama="warga.csv", oleh=None, doc=None):
		with sebagai(oleh or k.dpmppa):
			if doc is None:
				file = frappe.get_doc(
					{"doctype": "File", "file_name": nama, "is_private": 1, "content": isi}
				).insert()
				doc = frappe.get_doc({"doctype": "Impor Warga", "berkas": file.file_url}).insert()
				if terapkan:
					frappe.db.commit()
					modul.jalankan(doc.name, False)
			frappe.db.commit()
			modul.jalankan(doc.name, terapkan)
			return frappe.get_doc(doc.doctype, doc.name)

	return _jalankan


def putusan(doc) -> dict[int, frappe._dict]:
	return {
		b.baris: b
		for b in frappe.get_all(
			"Baris Impor Warga",
			{"parent": doc.name},
			["baris", "rt", "hasil", "kolom", "pesan", "parentfield"],
			order_by="baris",
		)
	}


def warga_ber(nik: str) -> str | None:
	return frappe.db.get_value("Data Pribadi", {"nik": nik})


def isi_tabel() -> tuple:
	"""All residents, to the last field."""
	return tuple(
		frappe.get_all(dt, fields=["*"], order_by="name", limit=0, as_list=True)
		for dt in ("Warga", "Data Pribadi")
	)


@pytest.mark.parametrize("bentuk", [csv_dari, xlsx_dari])
def test_trying_tells_everything_and_changes_nothing(rt, jalankan, bentuk):
	sebelum = isi_tabel()
	nama = "warga.csv" if bentuk is csv_dari else "warga.xlsx"
	doc = jalankan(bentuk([baris(rt), baris(rt, nama="")]), nama=nama)
	assert (doc.status, doc.jumlah_baru, doc.jumlah_ditolak) == ("Siap Diterapkan", 1, 1)
	assert {n: b.hasil for n, b in putusan(doc).items()} == {2: "Baru", 3: "Ditolak"}
	assert isi_tabel() == sebelum


def test_what_is_written_is_what_the_document_would_have_written(k, rt, jalankan):
	"""Field by field, in both tables; but for names and moments, which are anew for each."""
	isi = baris(rt, alamat="Jalan Melati 1", no_hp="0812 3456 7890")
	polos = baris(rt)
	jalankan(csv_dari([isi, polos]), terapkan=True)
	for satu in (isi, polos):
		dari_impor = [
			frappe.db.get_value(dt, warga_ber(satu["nik"]), "*", as_dict=True)
			for dt in ("Warga", "Data Pribadi")
		]
		with sebagai(k.dpmppa):
			frappe.delete_doc("Warga", warga_ber(satu["nik"]), ignore_permissions=True)
			doc = frappe.get_doc(
				{
					"doctype": "Warga",
					**{f: satu.get(f) for f in ("nik", "no_kk", "nama", "alamat", "no_hp")},
					"jenis_kelamin": "Laki-laki",
					"tanggal_lahir": f"19{satu['nik'][10:12]}-{satu['nik'][8:10]}-{satu['nik'][6:8]}",
					"rt": rt.name,
				}
			).insert()
		for dt, lama in zip(("Warga", "Data Pribadi"), dari_impor, strict=True):
			kini = frappe.db.get_value(dt, doc.name, "*", as_dict=True)
			for sendiri in ("name", "creation", "modified"):
				lama.pop(sendiri), kini.pop(sendiri)
			assert lama == kini, dt


def test_sex_and_birth_date_are_read_from_the_nik_when_the_table_lacks_them(k, rt, jalankan):
	jalankan(csv_dari([baris(rt, nik="1571015708800001")]), terapkan=True)
	nama = warga_ber("1571015708800001")
	assert frappe.db.get_value("Warga", nama, "jenis_kelamin") == "Perempuan"
	assert str(data_pribadi.milik(nama).tanggal_lahir) == "1980-08-17"


def test_refused_rows_stay_out_and_the_mended_file_brings_them_in(rt, jalankan):
	baik, rusak = baris(rt), baris(rt)
	doc = jalankan(csv_dari([baik, {**rusak, "no_kk": "1"}]), terapkan=True)
	assert (doc.status, doc.jumlah_baru, doc.jumlah_ditolak) == ("Diterapkan", 1, 1)
	assert warga_ber(baik["nik"]) and not warga_ber(rusak["nik"])
	doc = jalankan(csv_dari([baik, rusak]), terapkan=True)
	assert (doc.jumlah_baru, doc.jumlah_sama, doc.jumlah_ditolak) == (1, 1, 0)


def test_the_same_file_twice_changes_nothing(rt, jalankan):
	isi = csv_dari([baris(rt, alamat="Jalan Melati 1", no_hp="081234567890") for _ in range(3)])
	jalankan(isi, terapkan=True)
	sebelum = isi_tabel()
	doc = jalankan(isi, terapkan=True)
	assert (doc.status, doc.jumlah_sama, doc.jumlah_baru, doc.jumlah_diubah) == ("Diterapkan", 3, 0, 0)
	assert isi_tabel() == sebelum


def test_a_correction_changes_only_what_it_says_and_empty_cells_take_nothing_away(rt, jalankan, monkeypatch):
	satu = baris(rt, nama="Suparman", alamat="Jalan Lama 1", no_hp="081234567890")
	jalankan(csv_dari([satu]), terapkan=True)
	monkeypatch.setitem(frappe.flags, "in_test", False)  # in tests the framework keeps no versions
	doc = jalankan(csv_dari([{**satu, "nama": "Soeparman", "alamat": "", "no_hp": ""}]), terapkan=True)
	assert doc.jumlah_diubah == 1
	assert putusan(doc)[2].kolom == "Nama" and "Berubah: Nama." in putusan(doc)[2].pesan
	nama = warga_ber(satu["nik"])
	assert frappe.db.get_value("Warga", nama, "nama") == "Soeparman"
	assert data_pribadi.milik(nama).alamat == "Jalan Lama 1"
	assert frappe.db.exists("Version", {"ref_doctype": "Warga", "docname": nama})


@pytest.mark.parametrize(
	("nilai", "kolom", "kata"),
	[
		({"nik": ""}, "NIK", "NIK belum diisi"),
		({"nik": "157101170880000"}, "NIK", "16 digit"),
		({"nik": "1571013213800001"}, "NIK", "(?i)tanggal lahir"),
		({"nik": "1.57101E+15"}, "NIK", "format kolom NIK menjadi Teks"),
		({"no_kk": ""}, "Nomor KK", "Nomor KK belum diisi"),
		({"no_kk": "12"}, "Nomor KK", "16 digit"),
		({"nama": ""}, "Nama", "Nama belum diisi"),
		({"nama": "12345"}, "Nama", "huruf"),
		({"nama": "<b>Budi</b>"}, "Nama", "tanda"),
		({"nama": "a" * 141}, "Nama", "140"),
		({"jenis_kelamin": "X"}, "Jenis Kelamin", "Laki-laki atau Perempuan"),
		({"jenis_kelamin": "P"}, "NIK", "Jenis kelamin tidak sesuai"),
		({"tanggal_lahir": "01-01-1900"}, "NIK", "Tanggal lahir tidak sesuai"),
		({"tanggal_lahir": "01-01-2199"}, "Tanggal Lahir", "sesudah hari ini"),
		({"tanggal_lahir": "kemarin"}, "Tanggal Lahir", "31-12-2026"),
		({"kelurahan": ""}, "Kelurahan", "Kelurahan belum diisi"),
		({"kelurahan": "Antah Berantah"}, "Nomor RT", "tidak terdaftar"),
		({"rt": "998"}, "Nomor RT", "tidak terdaftar"),
		({"no_hp": "123"}, "Nomor HP", "(?i)nomor"),
	],
)
def test_each_mistake_names_row_field_and_what_to_do(rt, jalankan, nilai, kolom, kata):
	doc = jalankan(csv_dari([{**baris(rt), **nilai}]))
	satu = putusan(doc)[2]
	assert (doc.status, satu.hasil) == ("Ditolak", "Ditolak")
	assert kolom in satu.kolom and re.search(kata, satu.pesan), (satu.kolom, satu.pesan)
	assert not nilai.get("nik") or nilai["nik"] not in satu.pesan


def test_duplicates_within_the_file_are_named_by_their_row(rt, jalankan):
	satu = baris(rt)
	p = putusan(jalankan(csv_dari([satu, baris(rt), {**satu, "nama": "Orang Lain"}])))
	assert [p[n].hasil for n in (2, 3, 4)] == ["Baru", "Baru", "Ditolak"]
	assert "sudah tertulis pada baris 2" in p[4].pesan


def test_who_resembles_another_row_or_a_resident_is_noted_and_not_refused(k, rt, jalankan):
	lama = data_warga(k.rt_tetangga, nama="Ahmad Junaidi")
	frappe.get_doc(lama).insert()
	a = baris(rt, nik="1571011708807001", nama="H. Achmad Djunaidi")
	b = baris(rt, nik="1571011708807002", nama="Achmad Junaedi")
	p = putusan(jalankan(csv_dari([a, b]), terapkan=True))
	judul = frappe.db.get_value("RT", k.rt_tetangga, "judul")
	assert (p[2].hasil, p[3].hasil) == ("Baru", "Baru")
	assert f"tercatat di {judul}" in p[2].pesan and "baris 2" in p[3].pesan
	assert "Junaidi" not in p[2].pesan
	assert p[2].parentfield == p[3].parentfield == "hasil"


def test_one_who_is_recorded_elsewhere_is_moved_and_not_imported(k, rt, jalankan):
	lama = data_warga(k.rt_jauh, nama="Suparman")
	frappe.get_doc(lama).insert()
	satu = baris(rt, nik=lama["nik"], no_kk=lama["no_kk"], nama="Suparman")
	p = putusan(jalankan(csv_dari([satu])))
	assert p[2].hasil == "Ditolak" and "Pindah RT" in p[2].pesan and k.rt_jauh not in p[2].pesan


def test_a_nik_of_somebody_else_takes_no_name_over(k, rt, jalankan):
	lama = data_warga(rt.name, nama="Suparman")
	frappe.get_doc(lama).insert()
	p = putusan(jalankan(csv_dari([baris(rt, nik=lama["nik"], nama="Budi Hartono")]), terapkan=True))
	assert p[2].hasil == "Ditolak" and "atas nama lain" in p[2].pesan and "Suparman" not in p[2].pesan
	assert frappe.db.get_value("Warga", warga_ber(lama["nik"]), "nama") == "Suparman"


def test_an_rt_that_ended_or_is_not_the_users_takes_nobody(k, rt, jalankan):
	berakhir = pabrik.rt(k.kelurahan, berlaku_mulai="2020-01-01", berlaku_sampai="2025-12-31")
	assert "tidak berlaku lagi" in putusan(jalankan(csv_dari([baris(berakhir)])))[2].pesan
	frappe.get_doc(
		{
			"doctype": "Custom DocPerm",
			"parent": "Impor Warga",
			"role": "Ketua RT",
			"read": 1,
			"write": 1,
			"create": 1,
		}
	).insert()
	frappe.clear_cache(doctype="Impor Warga")
	try:
		lain = frappe.get_doc("RT", k.rt_tetangga)
		p = putusan(jalankan(csv_dari([baris(rt), baris(lain)]), oleh=k.ketua))
	finally:
		frappe.db.delete("Custom DocPerm", {"parent": "Impor Warga"})
		frappe.clear_cache(doctype="Impor Warga")
	assert (p[2].hasil, p[3].hasil) == ("Baru", "Ditolak") and "luar wilayah tugas" in p[3].pesan


def test_only_dpmppa_imports(k, rt, jalankan):
	isi = csv_dari([baris(rt)])
	for user in (k.ketua, k.lurah, k.pengawas, k.bpjs, k.admin):
		with pytest.raises(frappe.PermissionError):
			jalankan(isi, oleh=user)
	doc = jalankan(isi)
	for jalan in (modul.periksa, modul.terapkan, modul.unduh_hasil, lambda n: modul.jalankan(n, True)):
		with sebagai(k.lurah), pytest.raises(frappe.PermissionError):
			jalan(doc.name)
	with sebagai(k.lurah), pytest.raises(frappe.PermissionError):
		modul.templat()


# --- batches ------------------------------------------------------------------------------


def test_an_import_that_is_cut_off_keeps_whole_batches_and_goes_on_where_it_was(k, rt, jalankan, monkeypatch):
	monkeypatch.setattr(modul, "SEKALI", 2)
	isi = [baris(rt) for _ in range(5)]
	doc = jalankan(csv_dari(isi))
	asli, kali = modul._perbarui_putusan, []

	def mati(*args):
		kali.append(1)
		if len(kali) == 2:
			raise MemoryError
		asli(*args)

	with monkeypatch.context() as m:
		m.setattr(modul, "_perbarui_putusan", mati)
		doc = jalankan(None, doc=doc, terapkan=True)
	assert doc.status == "Gagal" and "setelah baris 3" in doc.catatan
	assert [bool(warga_ber(b["nik"])) for b in isi] == [True, True, False, False, False]
	with sebagai(k.dpmppa):
		monkeypatch.setattr(frappe, "enqueue", lambda *_a, **_n: None)
		modul.terapkan(doc.name)
	doc = jalankan(None, doc=doc, terapkan=True)
	assert (doc.status, doc.jumlah_baru) == ("Diterapkan", 5)
	assert all(warga_ber(b["nik"]) for b in isi)


def test_what_a_killed_worker_left_is_taken_up_in_the_name_of_who_began(k, rt, jalankan, monkeypatch):
	doc = jalankan(csv_dari([baris(rt)]))
	doc.db_set({"status": "Berjalan", "pelaksana": k.dpmppa, "modified": "2026-01-01"}, update_modified=False)
	antrean = []
	with monkeypatch.context() as m:
		m.setattr(frappe, "enqueue", lambda metode, **nilai: antrean.append((metode, nilai["nama"])))
		modul.lanjutkan_yang_terhenti()
	assert antrean == [(modul.lanjutkan, doc.name)]
	with sebagai(k.dpmppa), pytest.raises(ImporBerjalan):
		modul.terapkan(doc.name)
	modul.lanjutkan(doc.name)
	doc.reload()
	assert doc.status == "Diterapkan" and frappe.session.user == "Administrator"


def test_nobody_goes_on_in_the_name_of_one_who_left_the_office(k, rt, jalankan):
	satu = baris(rt)
	doc = jalankan(csv_dari([satu]))
	doc.db_set({"status": "Berjalan", "pelaksana": k.lurah})
	modul.lanjutkan(doc.name)
	doc.reload()
	assert doc.status == "Gagal" and not warga_ber(satu["nik"])


def test_somebody_recorded_between_trial_and_applying_is_no_new_one(k, rt, jalankan):
	satu = baris(rt)
	doc = jalankan(csv_dari([satu, baris(rt)]))
	jalankan(csv_dari([satu]), terapkan=True)
	doc = jalankan(None, doc=doc, terapkan=True)
	assert (doc.jumlah_baru, doc.jumlah_sama) == (1, 1)
	assert putusan(doc)[2].hasil == "Sama"


def test_somebody_recorded_at_the_very_moment_is_met_by_a_second_look(k, rt, jalankan, monkeypatch):
	satu = baris(rt)
	doc = jalankan(csv_dari([satu, baris(rt)]))
	asli, kali = modul.sisip_warga, []

	def keduluan(bagian):
		kali.append(1)
		if len(kali) == 1:
			asli(bagian[:1])
			frappe.db.sql("savepoint impor")  # the other one commits
		asli(bagian)

	monkeypatch.setattr(modul, "sisip_warga", keduluan)
	doc = jalankan(None, doc=doc, terapkan=True)
	assert (doc.status, doc.jumlah_baru, doc.jumlah_sama) == ("Diterapkan", 1, 1)


def test_applying_needs_a_trial_of_this_very_file_and_happens_once(k, rt, jalankan):
	doc = jalankan(csv_dari([baris(rt, nik="1")]))
	with sebagai(k.dpmppa), pytest.raises(ImporBelumDiperiksa):
		modul.terapkan(doc.name)
	doc = jalankan(csv_dari([baris(rt)]))
	semula = doc.jejak_berkas
	doc.db_set("jejak_berkas", "lain")
	assert "Berkas berubah" in jalankan(None, doc=doc, terapkan=True).catatan
	doc.db_set({"jejak_berkas": semula, "status": "Siap Diterapkan"})
	assert jalankan(None, doc=doc, terapkan=True).status == "Diterapkan"
	with sebagai(k.dpmppa), pytest.raises(ImporSudahDiterapkan):
		modul.jalankan(doc.name, True)


# --- what stays of it ----------------------------------------------------------------------


def test_the_ledger_says_once_who_applied_which_file(k, rt, jalankan):
	doc = jalankan(csv_dari([baris(rt), baris(rt)]), terapkan=True)
	(entri,) = frappe.get_all(
		"Jejak Keputusan",
		{"rujukan_doctype": "Impor Warga", "rujukan_nama": doc.name},
		["aksi", "ke", "pengguna", "jabatan"],
		order_by="urutan",
	)
	assert (entri.aksi, entri.ke, entri.pengguna, entri.jabatan) == (
		"Terapkan",
		"Diterapkan",
		k.dpmppa,
		"DPMPPA",
	)
	assert buktikan()["putus"] is None


def test_the_table_with_the_numbers_goes_and_no_verdict_holds_one(rt, jalankan):
	satu = baris(rt)
	doc = jalankan(csv_dari([satu, {**satu, "nama": "Orang Lain"}]), terapkan=True)
	assert not frappe.db.exists("File", {"file_url": doc.berkas})
	assert satu["nik"] not in frappe.as_json([doc.as_dict(), putusan(doc)])


def test_every_verdict_is_downloaded_and_the_form_shows_what_asks_for_a_look(k, rt, jalankan, monkeypatch):
	monkeypatch.setattr(modul, "TAMPIL", 2)
	doc = jalankan(csv_dari([baris(rt), *(baris(rt, nama=f"={n}", no_kk="x") for n in range(4))]))
	assert [b.hasil for b in doc.hasil] == ["Ditolak", "Ditolak"]
	with sebagai(k.dpmppa):
		modul.unduh_hasil(doc.name)
	lembar = load_workbook(BytesIO(frappe.local.response.filecontent)).active
	assert [b[0] for b in lembar.iter_rows(min_row=2, values_only=True)] == [2, 3, 4, 5, 6]
	assert all(sel.data_type != "f" for b in lembar.iter_rows() for sel in b)


def test_the_template_reads_back(k):
	with sebagai(k.dpmppa):
		modul.templat()
	((satu),) = modul.baca(frappe.local.response.filecontent, "templat.xlsx")
	assert satu.kelamin == "Laki-laki" and str(satu.lahir) == "1980-08-17"
	assert set(KOLOM_WAJIB) <= set(KOLOM)


def test_one_who_moved_since_the_trial_is_left_where_they_are(k, rt, jalankan):
	satu = baris(rt, nama="Suparman")
	jalankan(csv_dari([satu]), terapkan=True)
	doc = jalankan(csv_dari([{**satu, "nama": "Soeparman"}]))
	with sebagai(k.lurah):
		pindahkan(k.rt_tetangga, frappe.utils.nowdate(), "Ikut keluarga", warga=warga_ber(satu["nik"]))
	doc = jalankan(None, doc=doc, terapkan=True)
	assert doc.jumlah_ditolak == 1 and "Pindah RT" in putusan(doc)[2].pesan
	assert frappe.db.get_value("Warga", warga_ber(satu["nik"]), ["nama", "rt"]) == ("Suparman", k.rt_tetangga)
