"""The site as `make start` leaves it, seen on a clone of a fresh installation."""

import frappe
import pytest
import requests
from rig import credentials


def test_site_is_settled_for_indonesia(db: None) -> None:
	settings = frappe.get_single("System Settings")
	assert (settings.country, settings.language, settings.time_zone) == ("Indonesia", "id", "Asia/Jakarta")
	assert settings.setup_complete == 1
	assert frappe.db.get_default("currency") == "IDR"
	assert frappe.utils.fmt_money(231600, currency="IDR") == "Rp 231.600,00"


def test_both_apps_are_installed(db: None) -> None:
	assert frappe.get_installed_apps() == ["frappe", "kampung_bahagia"]


@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_writes_is_undone_before_the_next(db: None, round_: int) -> None:
	assert not frappe.db.exists("ToDo", {"description": "sementara"})
	frappe.get_doc({"doctype": "ToDo", "description": "sementara"}).insert()


def test_guest_is_greeted_in_indonesian(server: str) -> None:
	answer = requests.get(f"{server}/me", headers={"Accept-Language": "en-US"}, timeout=30)
	assert "Tidak diizinkan" in answer.text


@pytest.mark.parametrize(
	"path", ["/files/../../site_config.json", "/assets/../common_site_config.json", "/private/files/x.pdf"]
)
def test_secrets_are_not_served(server: str, path: str) -> None:
	session = requests.Session()
	request = requests.Request("GET", server + "/").prepare()
	request.url = server + path  # as it stands: a client would tidy the dots away
	answer = session.send(request, timeout=30)
	assert answer.status_code in (403, 404)
	assert "db_password" not in answer.text


def test_hashed_bundles_are_kept_for_a_year(server: str) -> None:
	page = requests.get(f"{server}/login", timeout=30).text
	bundle = page.split('src="/assets/frappe/dist/js/', 1)[1].split('"', 1)[0]
	answer = requests.get(f"{server}/assets/frappe/dist/js/{bundle}", timeout=30)
	assert answer.status_code == 200
	assert "immutable" in answer.headers["Cache-Control"]
	assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_guest_cannot_upload_and_learns_nothing_from_errors(server: str) -> None:
	answer = requests.post(
		f"{server}/api/method/upload_file", files={"file": ("a.txt", b"a", "text/plain")}, timeout=30
	)
	assert answer.status_code == 403
	answer = requests.get(f"{server}/api/method/frappe.client.tidak_ada", timeout=30)
	assert answer.status_code >= 400
	assert "Traceback" not in answer.text


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(server: str) -> None:
	password = credentials.load()["administrator"]
	answer = requests.post(
		f"{server}/api/method/login", {"usr": "Administrator", "pwd": password}, timeout=30
	)
	assert answer.ok, answer.text
	sid = next(header for header in answer.raw.headers.getlist("Set-Cookie") if header.startswith("sid="))
	assert "HttpOnly" in sid
	assert "SameSite=Lax" in sid
	foreign = requests.get(f"{server}/api/method/ping", headers={"Origin": "http://lain.example"}, timeout=30)
	assert "Access-Control-Allow-Origin" not in foreign.headers


def test_doors_are_closed(db: None) -> None:
	settings = frappe.get_single("System Settings")
	assert settings.allow_consecutive_login_attempts == 10
	assert not settings.allow_error_traceback
	assert not settings.login_with_email_link
	assert settings.disable_document_sharing
	assert frappe.db.get_single_value("Website Settings", "disable_signup")
