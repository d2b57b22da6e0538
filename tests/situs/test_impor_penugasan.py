"""Ketua RT from a table: a verdict per row, nothing half applied, the same file twice changes nothing."""

from __future__ import annotations

import hashlib
import time
from functools import partial
from io import BytesIO
from pathlib import Path

import frappe
import pytest
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.core.doctype.user.user import User
from frappe.utils import add_days, nowdate
from frappe.utils.password import get_decrypted_password
from openpyxl import load_workbook

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.tata_kelola.report.siapa_melihat_data_pribadi import (
	siapa_melihat_data_pribadi as laporan,
)
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import penugasan, sebagai
from kampung_bahagia.wilayah.baca_tabel import baca_nomor_panjang, baca_tabel, baca_tanggal, susun_baris
from kampung_bahagia.wilayah.doctype.impor_penugasan import impor_penugasan as impor
from kampung_bahagia.wilayah.doctype.impor_penugasan.impor_penugasan import KOLOM, KOLOM_WAJIB
from kampung_bahagia.wilayah.impor import ImporBelumDiperiksa, ImporSudahDiterapkan, hapus_berkas_lama
from tests.situs.tabel import sebagai_csv, sebagai_xlsx

KEPALA = [judul[0] for judul in KOLOM.values()]
NIK = "1571011708800001"  # a man born on 17 August 1980


@pytest.fixture
def dua_rt(k):
	return [pabrik.rt(k.kelurahan) for _ in range(2)]


def baris(k, rt, /, **nilai) -> dict:
	return {
		"kelurahan": k.kelurahan,
		"rt": f"{rt.nomor:03}",
		"nama": f"Ketua {rt.nomor}",
		"surel": f"ketua{rt.nomor}@impor.invalid",
		"mulai": "01-01-2026",
		"dasar_hukum": "SK Lurah Nomor 1 Tahun 2026",
		**nilai,
	}


csv_dari, xlsx_dari = partial(sebagai_csv, KOLOM), partial(sebagai_xlsx, KOLOM)


@pytest.fixture
def jalankan(k, monkeypatch):
	"""`jalankan(content, terapkan=False)`: what the job leaves, inside the test's transaction.

	A new file is tried before it is applied.
	"""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_: frappe.db.sql("rollback to savepoint impor"))

	monkeypatch.setattr(frappe, "log_error", lambda **_: print(frappe.get_traceback()))

	def _jalankan(isi, *, terapkan=False, nama="rt.csv", oleh=None, doc=None):
		with sebagai(oleh or k.dpmppa):
			if doc is None:
				# as the form does: the file first, then the document that names it
				file = frappe.get_doc(
					{"doctype": "File", "file_name": nama, "is_private": 1, "content": isi}
				).insert()
				doc = frappe.get_doc({"doctype": "Impor Penugasan", "berkas": file.file_url}).insert()
				if terapkan:
					impor.jalankan(doc.name, False)
			frappe.db.savepoint("impor")
			impor.jalankan(doc.name, terapkan)
			return frappe.get_doc(doc.doctype, doc.name)

	return _jalankan


def pesan(doc) -> str:
	return " ".join(filter(None, [doc.catatan, *(b.pesan for b in doc.hasil)]))


def jumlah() -> tuple[int, int]:
	return frappe.db.count("Penugasan"), frappe.db.count("User")


def ketua(rt):
	return frappe.get_all(
		"Penugasan", {"rt": rt.name}, ["pengguna", "mulai", "sampai", "nik_samar", "name"], order_by="mulai"
	)


@pytest.mark.parametrize("bentuk", [csv_dari, xlsx_dari])
def test_trying_tells_everything_and_changes_nothing(k, dua_rt, jalankan, bentuk):
	sebelum = jumlah()
	nama = "rt.csv" if bentuk is csv_dari else "rt.xlsx"
	doc = jalankan(bentuk([baris(k, rt) for rt in dua_rt]), nama=nama)
	assert (doc.status, doc.jumlah_baru, doc.jumlah_ditolak) == ("Siap Diterapkan", 2, 0)
	assert [b.hasil for b in doc.hasil] == ["Baru", "Baru"]
	assert jumlah() == sebelum


def test_applying_gives_account_office_role_and_encrypted_nik(k, dua_rt, jalankan):
	isi = csv_dari(
		[baris(k, dua_rt[0], nik=NIK, jenis_kelamin="L", tanggal_lahir="17-08-1980"), baris(k, dua_rt[1])]
	)
	doc = jalankan(isi, terapkan=True)
	assert doc.status == "Diterapkan"
	(p,) = ketua(dua_rt[0])
	assert p.nik_samar == "1571********0001"
	assert get_decrypted_password("Penugasan", p.name, "nik") == NIK
	assert NIK not in frappe.as_json(doc)
	user = frappe.get_doc("User", p.pengguna)
	assert (user.user_type, user.enabled, user.language, user.full_name) == (
		"System User",
		1,
		"id",
		f"Ketua {dua_rt[0].nomor}",
	)
	assert [r.role for r in user.roles] == ["Ketua RT"]
	assert user.block_modules
	with sebagai(p.pengguna):
		assert frappe.get_list("RT", pluck="name", order_by="name") == [dua_rt[0].name]
		frappe.get_doc("User", p.pengguna).check_permission("write")
		assert frappe.get_cached_doc("Notification Settings", p.pengguna)  # the desk does not open without
	user.save()  # what was written by rows is a User that the framework accepts


def test_the_same_file_twice_changes_nothing(k, dua_rt, jalankan):
	isi = csv_dari([baris(k, rt, nik=NIK[:-1] + str(i)) for i, rt in enumerate(dua_rt, start=1)])
	jalankan(isi, terapkan=True)
	sebelum = jumlah(), [ketua(rt) for rt in dua_rt]
	doc = jalankan(isi, terapkan=True)
	assert (doc.status, doc.jumlah_sama, doc.jumlah_baru) == ("Diterapkan", 2, 0)
	assert (jumlah(), [ketua(rt) for rt in dua_rt]) == sebelum


def test_one_refused_row_keeps_all_others_out(k, dua_rt, jalankan):
	doc = jalankan(csv_dari([baris(k, rt) for rt in dua_rt]))
	penugasan(pabrik.pengguna("ketua-mendahului"), "Ketua RT", rt=dua_rt[1].name)
	sebelum = jumlah()
	doc = jalankan(None, doc=doc, terapkan=True)
	assert (doc.status, doc.jumlah_ditolak) == ("Ditolak", 1)
	assert (doc.hasil[0].hasil, doc.hasil[0].baris) == ("Ditolak", 3)
	assert jumlah() == sebelum


def test_a_later_end_is_a_change_and_another_begin_is_not(k, dua_rt, jalankan):
	rt = dua_rt[0]
	jalankan(csv_dari([baris(k, rt)]), terapkan=True)
	doc = jalankan(csv_dari([baris(k, rt, sampai="31-12-2030")]), terapkan=True)
	assert (doc.status, doc.jumlah_diubah) == ("Diterapkan", 1)
	assert str(ketua(rt)[0].sampai) == "2030-12-31"
	doc = jalankan(csv_dari([baris(k, rt, mulai="02-01-2026")]))
	assert doc.status == "Ditolak" and "dijabat oleh" in pesan(doc)


@pytest.mark.parametrize(
	"nilai, kata",
	[
		({"kelurahan": "Antah Berantah"}, "Kelurahan Antah Berantah tidak terdaftar"),
		({"rt": "998"}, "RT 998 .*tidak terdaftar"),
		({"rt": "satu"}, "antara 1 dan 999"),
		({"nama": ""}, "Nama belum diisi"),
		({"surel": "bukan-surel"}, "Alamat surel tidak dikenali"),
		({"surel": ""}, "surel atau nomor HP"),
		({"no_hp": "123"}, "(?i)nomor"),
		({"mulai": ""}, "Mulai belum diisi"),
		({"dasar_hukum": ""}, "Dasar Penugasan belum diisi"),
		({"mulai": "01-01-2026", "sampai": "31-12-2025"}, "mendahului Mulai"),
		({"mulai": "01-01-2020"}, "baru berlaku sejak"),
		({"nik": "157101170880000"}, "16 digit"),
		({"nik": "1571013213800001"}, "(?i)lahir"),
		({"nik": "1.57101E+15"}, "format kolom NIK menjadi Teks"),
		({"nik": NIK, "jenis_kelamin": "Perempuan"}, "Jenis kelamin tidak sesuai"),
		({"nik": NIK, "tanggal_lahir": "18-08-1980"}, "Tanggal lahir tidak sesuai"),
		({"jenis_kelamin": "X"}, "Jenis Kelamin harus"),
	],
)
def test_each_mistake_gets_its_own_message(k, dua_rt, jalankan, nilai, kata):
	import re

	doc = jalankan(csv_dari([baris(k, dua_rt[0], **nilai)]))
	assert doc.status == "Ditolak"
	assert re.search(kata, doc.hasil[0].pesan), doc.hasil[0].pesan
	if len(str(nilai.get("nik", ""))) > 10:
		assert nilai["nik"] not in pesan(doc)


def test_clashes_with_others_are_named(k, dua_rt, jalankan):
	rt, lain = dua_rt
	lama = pabrik.pengguna("ketua-lama")
	penugasan(lama, "Ketua RT", rt=rt.name)
	nonaktif = pabrik.pengguna("ketua-nonaktif")
	frappe.db.set_value("User", nonaktif, {"enabled": 0, "mobile_no": "081200001111"})
	doc = jalankan(
		csv_dari(
			[
				baris(k, rt),
				baris(k, lain, surel=nonaktif),
				baris(k, lain, mulai="01-02-2026", no_hp="0812 0000 1111"),
				baris(k, lain, surel=k.dpmppa, mulai="01-03-2026"),
			]
		)
	)
	p = {b.baris: b.pesan for b in doc.hasil}
	assert "ketua-lama" in p[2] and "belum diakhiri" in p[2]
	assert "tidak aktif" in p[3]
	assert "sudah dipakai akun lain" in p[4] and "pada baris 3" in p[4]
	assert "Penugasan Anda sendiri" in p[5]


def test_a_number_given_again_after_pemekaran_means_the_rt_of_that_time(k, jalankan):
	lama = pabrik.rt(k.kelurahan, 901, berlaku_mulai="2020-01-01", berlaku_sampai="2025-12-31")
	baru = pabrik.rt(k.kelurahan, 901, berlaku_mulai="2026-01-01")
	jalankan(
		csv_dari(
			[
				baris(k, lama, mulai="01-01-2024", sampai="31-12-2025"),
				baris(k, baru, surel="pengganti@impor.invalid", nama="Pengganti"),
			]
		),
		terapkan=True,
	)
	assert len(ketua(lama)) == len(ketua(baru)) == 1
	assert ketua(baru)[0].pengguna == "pengganti@impor.invalid"


def test_without_an_address_the_mobile_number_is_the_account(k, dua_rt, jalankan):
	doc = jalankan(csv_dari([baris(k, dua_rt[0], surel="", no_hp="+62 812-3456-0001")]), terapkan=True)
	assert doc.status == "Diterapkan", pesan(doc)
	user = frappe.get_doc("User", ketua(dua_rt[0])[0].pengguna)
	assert (user.name, user.mobile_no) == ("081234560001@hp.invalid", "081234560001")
	assert not user.thread_notify


def test_only_who_may_appoint_imports(k, dua_rt, jalankan):
	isi = csv_dari([baris(k, dua_rt[0])])
	for user in (k.ketua, k.lurah, k.pengawas, k.bpjs):
		with pytest.raises(frappe.PermissionError):
			jalankan(isi, oleh=user)
	doc = jalankan(isi)
	with sebagai(k.lurah), pytest.raises(frappe.PermissionError):
		impor.jalankan(doc.name, True)


def test_applying_needs_a_trial_of_this_very_file(k, dua_rt, jalankan):
	doc = jalankan(csv_dari([baris(k, dua_rt[0], mulai="kapan-kapan")]))
	with sebagai(k.dpmppa), pytest.raises(ImporBelumDiperiksa):
		impor.terapkan(doc.name)
	doc = jalankan(csv_dari([baris(k, dua_rt[0])]))
	for jejak in ("lain", None):
		doc.db_set({"jejak_berkas": jejak, "status": "Gagal"})
		hasil = jalankan(None, doc=doc, terapkan=True)
		assert "Berkas berubah" in hasil.catatan and not ketua(dua_rt[0])


@pytest.mark.parametrize("mulai", ["kapan-kapan", "01-01-2026"])
def test_a_run_that_failed_is_applied_again_only_after_a_trial_without_refusal(
	k, dua_rt, jalankan, monkeypatch, mulai
):
	doc = jalankan(csv_dari([baris(k, dua_rt[0], mulai=mulai)]))
	doc.db_set("status", "Gagal")
	antrean = []
	monkeypatch.setattr(frappe, "enqueue", lambda *_a, **nilai: antrean.append(nilai))
	with sebagai(k.dpmppa):
		if mulai == "kapan-kapan":
			with pytest.raises(ImporBelumDiperiksa):
				impor.terapkan(doc.name)
		else:
			impor.terapkan(doc.name)
	assert len(antrean) == (mulai != "kapan-kapan")


def test_what_was_applied_keeps_its_verdicts(k, dua_rt, jalankan):
	doc = jalankan(csv_dari([baris(k, dua_rt[0])]), terapkan=True)
	with sebagai(k.dpmppa):
		for jalan in (
			lambda: impor.periksa(doc.name),
			lambda: impor.terapkan(doc.name),
			lambda: impor.jalankan(doc.name, False),
			lambda: impor.jalankan(doc.name, True),
		):
			with pytest.raises(ImporSudahDiterapkan):
				jalan()
	doc.reload()
	assert (doc.status, [b.hasil for b in doc.hasil]) == ("Diterapkan", ["Baru"])


def test_another_nik_for_a_term_that_has_begun_is_refused_in_its_row(k, dua_rt, jalankan):
	jalankan(csv_dari([baris(k, dua_rt[0], nik=NIK)]), terapkan=True)
	doc = jalankan(csv_dari([baris(k, dua_rt[0], nik=NIK[:-1] + "2")]))
	assert doc.status == "Ditolak" and "tidak dihapus atau diganti" in doc.hasil[0].pesan


def test_only_accounts_whose_term_is_near_are_invited(k, dua_rt, jalankan, monkeypatch):
	terkirim = []
	monkeypatch.setattr(impor, "ada_surel_keluar", lambda: True)
	monkeypatch.setattr(User, "send_welcome_mail_to_user", lambda self: terkirim.append(self.name))
	jauh = add_days(nowdate(), 30)
	doc = jalankan(csv_dari([baris(k, dua_rt[0]), baris(k, dua_rt[1], mulai=jauh)]), terapkan=True)
	impor.undang(doc.name)
	doc.reload()
	assert terkirim == [f"ketua{dua_rt[0].nomor}@impor.invalid"]
	assert "1 undangan" in doc.catatan and "1 tidak diundang" in doc.catatan


def test_pressing_the_button_queues_the_job_in_a_request_that_writes_nothing(
	k, dua_rt, jalankan, monkeypatch
):
	"""A request without a write is not committed, and a job that waits for the commit is never run."""
	doc = jalankan(csv_dari([baris(k, dua_rt[0])]))
	antrean = []
	monkeypatch.setattr(frappe, "enqueue", lambda metode, **nilai: antrean.append((metode, nilai)))
	tertulis = frappe.db.transaction_writes
	with sebagai(k.dpmppa):
		impor.periksa(doc.name)
	((metode, nilai),) = antrean
	assert metode is impor.jalankan and nilai["nama"] == doc.name
	assert frappe.db.transaction_writes > tertulis or not nilai.get("enqueue_after_commit")


def test_a_request_brings_no_verdicts_of_its_own(k, dua_rt, jalankan):
	doc = jalankan(csv_dari([baris(k, dua_rt[0], mulai="x")]))
	with sebagai(k.dpmppa):
		doc.status = "Siap Diterapkan"
		doc.hasil = []
		doc.save()
	doc.reload()
	assert doc.status == "Ditolak" and len(doc.hasil) == 1


def test_a_failure_midway_applies_nothing_and_can_be_repeated(k, dua_rt, jalankan, monkeypatch):
	isi = csv_dari([baris(k, rt) for rt in dua_rt])
	sebelum = jumlah()
	with monkeypatch.context() as m:
		m.setattr(impor, "selaraskan_peran", lambda _p: 1 / 0)
		doc = jalankan(isi, terapkan=True)
	assert doc.status == "Gagal" and "tidak ada yang diterapkan" in doc.catatan
	assert jumlah() == sebelum
	assert jalankan(None, doc=doc, terapkan=True).status == "Diterapkan"


def test_the_template_reads_back_and_holds_no_formula(k):
	with sebagai(k.dpmppa):
		impor.templat()
	isi = frappe.local.response.filecontent
	lembar = load_workbook(BytesIO(isi)).active
	assert all(sel.data_type != "f" for b in lembar.iter_rows() for sel in b)
	assert lembar["F2"].number_format == "@"
	((nomor, satu),) = susun_baris(baca_tabel(isi, "templat.xlsx"), KOLOM, KOLOM_WAJIB)
	assert (nomor, satu["nik"]) == (2, NIK)


def test_verdicts_leave_as_text_only(k, dua_rt, jalankan):
	doc = jalankan(csv_dari([baris(k, dua_rt[0], nama="=1+1", mulai="x")]))
	with sebagai(k.dpmppa):
		impor.unduh_hasil(doc.name)
	lembar = load_workbook(BytesIO(frappe.local.response.filecontent)).active
	assert all(sel.data_type != "f" for b in lembar.iter_rows() for sel in b)


def test_1650_rows_with_new_accounts_take_seconds(k, jalankan):
	"""Measured on two cores: about 9 s; inserting each User would take half an hour."""
	rt = pabrik.rt(k.kelurahan)
	contoh = frappe.db.get_value("RT", rt.name, "*", as_dict=True)
	kolom = list(contoh)
	kelurahan = frappe.get_all("Kelurahan", pluck="name", order_by="name desc", limit=4)
	frappe.db.bulk_insert(
		"RT",
		kolom,
		[
			[
				{**contoh, "name": f"{kel}-{n}", "kelurahan": kel, "nomor": n, "judul": f"RT {n}"}[x]
				for x in kolom
			]
			for kel in kelurahan
			for n in range(500, 913)
		],
	)
	isi = [
		{
			**baris(k, rt),
			"kelurahan": kel,
			"rt": n,
			"nama": f"Ketua {n}",
			"surel": f"k{n}.{kel.replace('.', '')}@impor.invalid",
			"nik": f"157101170880{i:04}",
		}
		for i, (kel, n) in enumerate(((kel, n) for kel in kelurahan for n in range(500, 913)), start=1)
	][:1650]
	mulai = time.monotonic()
	doc = jalankan(xlsx_dari(isi), nama="rt.xlsx", terapkan=True)
	lama = time.monotonic() - mulai
	assert (doc.status, doc.jumlah_baru) == ("Diterapkan", 1650), doc.catatan
	print(f"1,650 rows: {lama:.1f} s")
	assert lama < 60
	mulai = time.monotonic()
	assert jalankan(xlsx_dari(isi), nama="rt.xlsx").jumlah_sama == 1650
	print(f"again: {time.monotonic() - mulai:.1f} s")


# --- reading -------------------------------------------------------------------------------


def test_headings_are_read_whatever_their_case_and_signs():
	tabel = [["kode kelurahan", "NO. RT", " nama ", "E-mail", "tmt", "Dasar"], ["a", 1, "b", "c", "d", "e"]]
	((_n, satu),) = susun_baris(tabel, KOLOM, KOLOM_WAJIB)
	assert satu["surel"] == "c" and satu["mulai"] == "d" and satu["nik"] is None


def test_missing_unknown_and_doubled_columns_are_named():
	with pytest.raises(AturanError) as galat:
		susun_baris([["Kelurahan", "RT", "No RT", "Warna"]], KOLOM, KOLOM_WAJIB)
	for bagian in ("belum ada: Nama, Mulai, Dasar Penugasan", "tidak dikenal: Warna", "dua kali: No RT"):
		assert bagian in str(galat.value)


@pytest.mark.parametrize("teks", ["31-12-2026", "31/12/2026", "2026-12-31", "31.12.2026"])
def test_dates_as_people_write_them(teks):
	assert str(baca_tanggal(teks, "Mulai")) == "2026-12-31"


@pytest.mark.parametrize("nilai", [46022, 46022.5, "12-31-2026", "besok", "2026-02-30"])
def test_what_is_no_date_is_refused(nilai):
	with pytest.raises(AturanError, match="31-12-2026"):
		baca_tanggal(nilai, "Mulai")


@pytest.mark.parametrize("nilai", [1571011708800001, 1.571011708800001e15, "1.57101E+15", "1,57101e15"])
def test_a_nik_that_a_spreadsheet_made_a_number_is_refused(nilai):
	with pytest.raises(AturanError, match="Teks"):
		baca_nomor_panjang(nilai, "NIK")


@pytest.mark.parametrize(
	"isi, nama",
	[
		(b"", "a.csv"),
		(b"PK\x03\x04rusak", "a.xlsx"),
		(b"MZ", "a.exe"),
		(b"a\0b", "a.csv"),
		(b"x" * 6_000_000, "a.csv"),
	],
)
def test_a_file_that_is_no_table_is_refused(isi, nama):
	with pytest.raises(AturanError):
		susun_baris(baca_tabel(isi, nama), KOLOM, KOLOM_WAJIB)


def test_today_is_the_earliest_end_that_a_correction_may_reach(k, dua_rt, jalankan):
	rt = dua_rt[0]
	jalankan(csv_dari([baris(k, rt)]), terapkan=True)
	frappe.db.set_value("Penugasan", ketua(rt)[0].name, "sampai", add_days(nowdate(), -1))
	doc = jalankan(csv_dari([baris(k, rt, sampai="31-12-2030")]))
	assert doc.status == "Ditolak" and "sudah berakhir" in pesan(doc)


def berkas_impor(doc) -> list[str]:
	return frappe.get_all(
		"File", {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}, order_by="name"
	)


def test_the_table_with_the_numbers_goes_once_it_is_applied(k, dua_rt, jalankan):
	isi = csv_dari([baris(k, rt, nik=NIK[:-1] + str(i)) for i, rt in enumerate(dua_rt, start=3)])
	doc = jalankan(isi)
	assert berkas_impor(doc)
	path = Path(frappe.get_site_path(doc.berkas.lstrip("/")))
	with sebagai(k.dpmppa):
		make_access_log(doctype="File", document=berkas_impor(doc)[0].name, file_type=".csv")
	assert path.read_bytes() == isi
	doc = jalankan(isi, terapkan=True, doc=doc)
	assert doc.status == "Diterapkan"
	assert doc.jejak_berkas == hashlib.sha256(isi).hexdigest()
	assert "Berkasnya dihapus" in doc.catatan
	assert not frappe.db.exists("File", {"file_url": doc.berkas})
	assert not path.exists()
	with sebagai(k.dpmppa), pytest.raises(ImporSudahDiterapkan):
		impor.periksa(doc.name)
	with sebagai(k.pengawas):
		unduhan = laporan.execute({"dari": nowdate(), "sampai": nowdate(), "rt": dua_rt[0].name})[1]
	assert (k.dpmppa, doc.name) in {(b.pengguna, b.rujukan_nama) for b in unduhan}


def test_a_table_that_nobody_applies_goes_after_thirty_days(k, dua_rt, jalankan):
	lama, baru = (jalankan(csv_dari([baris(k, rt, nama=f"Uji {rt.nomor}")])) for rt in dua_rt)
	frappe.db.set_value("File", berkas_impor(lama)[0].name, "creation", add_days(nowdate(), -31))
	hapus_berkas_lama()
	assert (berkas_impor(lama), len(berkas_impor(baru))) == ([], 1)
	assert "Unggah ulang" in pesan(jalankan(None, terapkan=True, doc=lama))
