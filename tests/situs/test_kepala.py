"""What every answer tells the browser: on pages, calls, files, refusals and errors."""

from __future__ import annotations

from pathlib import Path

import frappe
import pytest
from frappe.utils.password import update_password

from kampung_bahagia.izin.kepala_http import HSTS, TETAP, kepala
from tests.situs.orang import SANDI, Orang

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(scope="module")
def lurah(kampung_uji, server: str) -> Orang:
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	update_password(k.lurah, SANDI)
	frappe.db.commit()
	return Orang(server, k.lurah)


@pytest.mark.parametrize(
	"alamat",
	[
		"/app",
		"/login",
		"/me",
		"/api/method/ping",
		"/api/resource/Kegiatan",
		"/api/resource/Tidak Ada",
		"/api/method/tidak.ada",
		"/private/files/tidak-ada.pdf",
		"/files/tidak-ada.png",
		"/assets/kampung_bahagia/images/logo.svg",
		"/tidak-ada",
	],
)
def test_every_answer_carries_the_headers(lurah: Orang, server: str, alamat: str) -> None:
	for orang in (lurah, Orang(server)):
		headers = orang.ambil(alamat).headers
		for nama, nilai in TETAP.items():
			assert headers.get(nama) == nilai, (alamat, nama)
		kebijakan = headers["Content-Security-Policy"]
		if "/files/" not in alamat:
			for bagian in (
				"object-src 'none'",
				"base-uri 'self'",
				"frame-ancestors 'self'",
				"form-action 'self'",
			):
				assert bagian in kebijakan, (alamat, bagian)
		assert "Strict-Transport-Security" not in headers
		assert "Werkzeug" not in headers.get("Server", "")
		assert not any(c.isdigit() for c in headers.get("Server", ""))


def test_https_is_kept_to_once_it_was_used() -> None:
	assert kepala("/app", True, "kampung.example.org:9000")["Strict-Transport-Security"] == HSTS
	assert (
		"wss://kampung.example.org:9000"
		in kepala("/app", True, "kampung.example.org:9000")["Content-Security-Policy"]
	)


def test_answers_to_those_signed_in_are_not_kept(lurah: Orang) -> None:
	for alamat in ("/app", "/api/resource/Kegiatan", "/api/method/frappe.auth.get_logged_user"):
		assert "no-store" in lurah.ambil(alamat).headers["Cache-Control"], alamat


@pytest.mark.parametrize("nama", ["gambar.svg", "halaman.html", "surat.docx", "data.xml"])
def test_uploaded_file_runs_nothing(lurah: Orang, situs: str, nama: str) -> None:
	answer = lurah.post(
		f"{lurah.server}/api/method/upload_file", {"is_private": 1}, files={"file": (nama, SVG)}, timeout=60
	)
	assert answer.status_code == 200, answer.text
	alamat = answer.json()["message"]["file_url"]
	umum = Path(frappe.get_site_path("public", "files", nama))
	umum.write_bytes(SVG)
	for satu in (alamat, f"/files/{nama}"):
		headers = lurah.ambil(satu).headers
		assert headers["Content-Disposition"].startswith("attachment"), satu
		assert "sandbox" in headers["Content-Security-Policy"], satu
	umum.unlink()


def test_pictures_and_papers_are_shown(lurah: Orang) -> None:
	for nama in ("foto.png", "surat.pdf"):
		answer = lurah.post(
			f"{lurah.server}/api/method/upload_file",
			{"is_private": 1},
			files={"file": (nama, b"%PDF-1.4 isi " + nama.encode())},
			timeout=60,
		)
		headers = lurah.ambil(answer.json()["message"]["file_url"]).headers
		assert not headers.get("Content-Disposition", "").startswith("attachment"), nama
		assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(lurah: Orang, server: str) -> None:
	tamu = Orang(server)
	answer = tamu.masuk(lurah.ambil("/api/method/frappe.auth.get_logged_user").json()["message"])
	for kue in answer.raw.headers.getlist("Set-Cookie"):
		assert "SameSite=Lax" in kue, kue
		assert "HttpOnly" in kue or not kue.startswith("sid="), kue


def test_only_a_session_that_ends_takes_what_the_device_keeps(kampung_uji, lurah: Orang, server: str) -> None:
	lain = Orang(server, kampung_uji[0].lurah)
	for alamat in ("/api/method/logout", "/?cmd=web_logout", "/tidak-ada/logout"):
		assert "Clear-Site-Data" not in Orang(server).ambil(alamat).headers, alamat
	assert "Clear-Site-Data" not in lain.ambil("/tidak-ada/logout").headers
	assert lain.ambil("/api/method/logout").headers["Clear-Site-Data"] == '"storage"'
