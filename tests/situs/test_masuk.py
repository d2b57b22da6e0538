"""Signing in: passwords, lock-out, sessions, the second step, and what the admin sees of it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import frappe
import pyotp
import pytest
import requests
from frappe.sessions import get_expiry_in_seconds
from frappe.twofactor import get_otpsecret_for_
from frappe.utils import add_days, nowdate
from frappe.utils.password import update_password

from kampung_bahagia.izin import totp
from kampung_bahagia.setup.keamanan import kunci_situs
from kampung_bahagia.tata_kelola.report.riwayat_masuk.riwayat_masuk import TIDAK_DIKENAL, execute
from kampung_bahagia.tests import pabrik
from kampung_bahagia.wilayah.akun import buat_satu_akun
from kampung_bahagia.wilayah.doctype.impor_penugasan import impor_penugasan
from kampung_bahagia.wilayah.doctype.penugasan.penugasan import PenggunaTidakSah
from tests.situs.orang import SANDI, Orang

LEMAH, SANDI_BARU = "kampung123", "Baru-Sekali-2026?"


@pytest.fixture(scope="module")
def k(kampung_uji):
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	for user in (k.lurah, k.lurah_lain, k.pengawas, k.admin):
		update_password(user, SANDI)
	frappe.db.commit()
	return k


def pengaturan(kolom: str):
	return frappe.db.get_single_value("System Settings", kolom, cache=False)


def test_site_is_locked_by_the_app_itself(db) -> None:
	for kolom, nilai in {
		"enable_password_policy": 1,
		"minimum_password_score": "3",
		"allow_consecutive_login_attempts": 10,
		"allow_login_after_fail": 300,
		"logout_on_password_reset": 1,
		"password_reset_limit": 3,  # these two are the framework's own, and stricter
		"reset_password_link_expiry_duration": 1200,
		"disable_document_sharing": 1,
		"login_with_email_link": 0,
		"session_expiry": "08:00",
	}.items():
		assert str(pengaturan(kolom)) == str(nilai), kolom


def test_sessions_end_when_the_settings_say_so(db) -> None:
	assert get_expiry_in_seconds() == 8 * 3600


def test_looser_settings_are_set_back_and_stricter_ones_stay(db) -> None:
	for kolom, nilai in {
		"minimum_password_score": "4",
		"allow_consecutive_login_attempts": 3,
		"allow_login_after_fail": 10,
		"session_expiry": "01:30",
		"password_reset_limit": 0,
	}.items():
		frappe.db.set_single_value("System Settings", kolom, nilai)
	kunci_situs()
	assert pengaturan("minimum_password_score") == "4"
	assert pengaturan("allow_consecutive_login_attempts") == 3
	assert pengaturan("allow_login_after_fail") == 300
	assert pengaturan("session_expiry") == "01:30"
	assert pengaturan("password_reset_limit") == 10
	frappe.db.set_single_value("System Settings", "session_expiry", "24:00")
	kunci_situs()
	assert pengaturan("session_expiry") == "08:00"


def test_weak_password_is_refused(k, server: str) -> None:
	orang = Orang(server, k.lurah)
	answer = orang.panggil(
		"frappe.core.doctype.user.user.update_password", old_password=SANDI, new_password=LEMAH
	)
	assert answer.status_code >= 400, answer.text
	assert Orang(server).masuk(k.lurah, LEMAH).status_code == 401


def test_account_is_locked_after_too_many_failures(k, server: str) -> None:
	tamu = Orang(server)
	for _ in range(11):
		assert tamu.masuk(k.lurah_lain, "salah").status_code == 401
	answer = tamu.masuk(k.lurah_lain)
	assert answer.status_code == 401, answer.text
	assert "terkunci" in answer.text.lower() or "dikunci" in answer.text.lower(), answer.text
	frappe.db.rollback()
	_kolom, baris = execute({"dari": nowdate(), "sampai": nowdate(), "rangkum": "Per Pengguna"})
	milik = next(b for b in baris if b["kunci"] == k.lurah_lain)
	assert milik["gagal"] >= 10
	assert milik["terkunci"] == "Ya"


def test_address_that_tries_many_names_is_locked_too(k, server: str) -> None:
	tamu = Orang(server)
	for n in range(11):
		tamu.masuk(f"tidak.ada.{n}@uji.invalid", "salah")
	answer = tamu.masuk(k.lurah)
	assert answer.status_code == 401, answer.text
	# an address of one's own choosing does not help
	assert (
		Orang(server)
		.post(
			f"{server}/api/method/login",
			{"usr": k.lurah, "pwd": SANDI},
			headers={"X-Forwarded-For": "203.0.113.9"},
			timeout=60,
		)
		.status_code
		== 401
	)


def test_new_password_ends_the_other_sessions(k, server: str) -> None:
	lama, baru = Orang(server, k.pengawas), Orang(server, k.pengawas)
	answer = baru.panggil(
		"frappe.core.doctype.user.user.update_password", old_password=SANDI, new_password=SANDI_BARU
	)
	assert answer.status_code == 200, answer.text
	assert lama.ambil("/api/method/frappe.auth.get_logged_user").status_code in (401, 403)
	update_password(k.pengawas, SANDI)
	frappe.db.commit()


def test_a_call_under_way_does_not_undo_signing_out(k, server: str) -> None:
	orang = Orang(server, k.pengawas)
	sesi = {"sid": orang.cookies["sid"]}
	frappe.db.get_value("User", k.pengawas, "name", for_update=True)
	with ThreadPoolExecutor(1) as kolam:
		lambat = kolam.submit(orang.panggil, "frappe.core.doctype.user.user.switch_theme", theme="Light")
		for _ in range(300):
			if lambat.done() or frappe.db.sql(
				"select 1 from information_schema.processlist where info like 'update%%desk_theme%%'"
			):
				break
			time.sleep(0.1)
		assert not lambat.done()
		keluar = requests.post(f"{server}/api/method/logout", cookies=sesi, headers=orang.headers, timeout=60)
		assert keluar.status_code == 200, keluar.text
		frappe.db.rollback()
		assert lambat.result().status_code == 200
	assert orang.cookies["sid"] == sesi["sid"]  # the browser is told to be signed in again
	answer = orang.ambil("/api/method/frappe.auth.get_logged_user")
	assert answer.status_code in (401, 403), answer.text


def test_admin_sees_sign_ins_and_failures(k, server: str) -> None:
	tamu = Orang(server)
	tamu.masuk(k.lurah, "salah")
	tamu.masuk("sandi-yang-salah-kolom", "x")
	admin = Orang(server, k.admin)
	filters = frappe.as_json({"dari": nowdate(), "sampai": nowdate()})
	answer = admin.panggil("frappe.desk.query_report.run", report_name="Riwayat Masuk", filters=filters)
	assert answer.status_code == 200, answer.text
	baris = answer.json()["message"]["result"]
	assert any(b["pengguna"] == k.lurah and b["hasil"] == "Gagal" and b["alamat"] for b in baris)
	assert any(b["pengguna"] == k.admin and b["hasil"] == "Berhasil" for b in baris)
	assert any(b["pengguna"] == TIDAK_DIKENAL for b in baris)
	assert "sandi-yang-salah-kolom" not in answer.text
	answer = Orang(server, k.lurah).panggil(
		"frappe.desk.query_report.run", report_name="Riwayat Masuk", filters=filters
	)
	assert answer.status_code == 403


def wajibkan(*jabatan: str) -> None:
	doc = frappe.get_doc("Pengaturan Kampung Bahagia")
	doc.set("jabatan_wajib_totp", [{"jabatan": j} for j in jabatan])
	doc.save()


def test_totp_is_off_by_default(db) -> None:
	assert not pengaturan("enable_two_factor_auth")
	assert not frappe.db.count("Role", {"two_factor_auth": 1})


def test_totp_is_not_required_where_no_letter_can_be_sent(db) -> None:
	with pytest.raises(totp.TOTPTidakDapatDipakai):
		wajibkan("Lurah")
	pabrik.akun_surel_keluar()
	with pytest.raises(totp.TOTPTidakDapatDipakai):
		wajibkan("System Manager")


def test_totp_is_not_required_of_who_has_no_address_to_receive_it(k, db) -> None:
	pabrik.akun_surel_keluar()
	hp = [buat_satu_akun(f"Pengawas {n}", None, f"0812345670{n:02}") for n in range(6)]
	for user in hp:
		pabrik.penugasan(user, "Pengawas", mulai=add_days(nowdate(), 7))
	with pytest.raises(totp.TOTPTidakDapatDipakai, match=r"^6 pejabat") as galat:
		wajibkan("Lurah", "Pengawas")
	assert "Pengawas 4, dan lainnya" in str(galat.value) and "Pengawas 5" not in str(galat.value)
	wajibkan("Lurah")  # an office that all can sign in to
	frappe.db.set_value(
		"Penugasan", {"pengguna": ["in", hp]}, {"mulai": "2024-01-01", "sampai": "2024-12-31"}
	)
	wajibkan("Lurah", "Pengawas")


def test_an_office_that_requires_totp_is_not_given_to_who_has_no_address(k, db) -> None:
	pabrik.akun_surel_keluar()
	wajibkan("Pengawas", "Ketua RT")
	hp = buat_satu_akun("Pengawas Baru", None, "081234567099")
	with pytest.raises(PenggunaTidakSah, match="TOTP"):
		pabrik.penugasan(hp, "Pengawas")
	pabrik.penugasan(hp, "DPMPPA")  # an office without a code
	isi = {"kelurahan": "15.71.01.1001", "rt": "1", "nama": "Ketua Baru", "no_hp": "081234567098"}
	kosong = dict.fromkeys(impor_penugasan.KOLOM)
	[baris] = impor_penugasan.nilai_baris([(2, kosong | isi)])
	assert any("TOTP" in galat for galat in baris.galat)


def test_totp_binds_the_named_offices_only_also_after_system_settings_are_saved(db) -> None:
	pabrik.akun_surel_keluar()
	wajibkan("Lurah")
	frappe.get_doc("System Settings").save()
	assert frappe.get_all("Role", {"two_factor_auth": 1}, pluck="name", order_by="name") == ["Lurah"]
	wajibkan()
	assert not pengaturan("enable_two_factor_auth")
	assert not frappe.db.count("Role", {"two_factor_auth": 1})


def test_lurah_signs_in_with_a_code(k, server: str) -> None:
	pabrik.akun_surel_keluar()
	wajibkan("Lurah")
	frappe.db.commit()
	try:
		tamu = Orang(server)
		answer = tamu.masuk(k.lurah).json()
		assert answer.get("verification"), answer
		assert tamu.ambil("/api/method/frappe.auth.get_logged_user").status_code == 403
		frappe.db.rollback()
		kode = pyotp.TOTP(get_otpsecret_for_(k.lurah)).now()
		salah = f"{(int(kode) + 1) % 1000000:06}"
		assert tamu.masuk(k.lurah, otp=salah, tmp_id=answer["tmp_id"]).status_code == 401
		answer = tamu.masuk(k.lurah, otp=kode, tmp_id=answer["tmp_id"])
		assert answer.status_code == 200, answer.text
		assert tamu.ambil("/api/method/frappe.auth.get_logged_user").json()["message"] == k.lurah
		# an office that is not named signs in as before
		assert "verification" not in Orang(server).masuk(k.admin).json()
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		wajibkan()
		frappe.db.delete("Email Account", {"name": "Surel Uji"})
		frappe.db.commit()
