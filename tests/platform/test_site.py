"""The site as `make start` leaves it, seen on a clone of a fresh installation."""

import frappe
import pytest
import requests


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
	assert "Tidak Diijinkan" in answer.text


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
