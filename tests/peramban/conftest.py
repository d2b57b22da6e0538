"""A browser on the site of `situs`, signed in as one of its officials."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe
import pytest
from frappe.utils.password import update_password
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung

SANDI = "Uji-Kampung-2026!"
LEBAR = {"meja": {"width": 1280, "height": 800}, "hp": {"width": 360, "height": 740}}
LAYAR = Path(__file__).parents[2] / "var" / "screens"
BENDERA = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
)


expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
	with sync_playwright() as p:
		b = p.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=BENDERA)
		yield b
		b.close()


@pytest.fixture(scope="session")
def pejabat(kampung_uji) -> Kampung:
	"""The officials, able to sign in with `SANDI`."""
	k: Kampung = kampung_uji[0]
	frappe.set_user("Administrator")
	for user in (k.ketua, k.pendamping, k.lurah, k.dpmppa, k.bpjs, k.pengawas, k.admin):
		update_password(user, SANDI)
	frappe.db.commit()
	return k


@pytest.fixture
def berkas(pejabat: Kampung) -> Iterator[Callable]:
	"""Makes a file and lets the server see it; what a browser does to it is its own."""

	def buat(pembuat, *args, **nilai):
		frappe.db.rollback()
		doc = pembuat(pejabat, *args, **nilai)
		frappe.db.commit()
		return doc

	yield buat
	frappe.db.rollback()


@pytest.fixture(params=LEBAR)
def lebar(request: pytest.FixtureRequest) -> str:
	return request.param


@pytest.fixture
def halaman(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
	"""`halaman(lebar, user=None)`: a page of that width, signed in; a script error on it, or a breach of the content
	security policy, fails the test."""
	konteks, galat = [], []

	def buka(lebar: str, user: str | None = None) -> Page:
		ctx = browser.new_context(
			base_url=server,
			viewport=LEBAR[lebar],
			is_mobile=lebar == "hp",
			has_touch=lebar == "hp",
			locale="id-ID",
			timezone_id="Asia/Jakarta",
		)
		konteks.append(ctx)
		ctx.set_default_timeout(30_000)
		if user:
			jawab = ctx.request.post("/api/method/login", form={"usr": user, "pwd": SANDI})
			assert jawab.ok, jawab.text()
		page = ctx.new_page()
		# a call that the server refuses rejects a promise of the framework without a word
		page.on("pageerror", lambda e: galat.append(str(e)) if str(e) != "undefined" else None)
		page.on("console", lambda m: galat.append(m.text) if "Content Security Policy" in m.text else None)
		return page

	yield buka
	for ctx in konteks:
		ctx.close()
	assert not galat, galat


@pytest.fixture
def usulan(berkas) -> str:
	return berkas(pabrik.musyawarah_sah).usulan[0].name


@pytest.fixture
def foto(tmp_path):
	berkas = tmp_path / "foto.jpg"
	Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(berkas)
	return berkas


def isi_masuk(page: Page, user: str, sandi: str = SANDI) -> None:
	"""Sign in by the form, once its scripts listen: a press before that sends the bare form and loses the way back."""
	page.wait_for_function("location.hash === '#login'")
	page.locator("#login_email").fill(user)
	page.locator("#login_password").fill(sandi)
	page.locator(".form-login .btn-login").click()


def pilih_tindakan(page: Page, lebar: str, nama: str) -> None:
	"""Press a button of the form, which a phone keeps in its menu."""
	if lebar == "hp":
		page.locator(".menu-btn-group:visible, .actions-btn-group:visible").first.click()
		page.locator(".dropdown-menu.show").get_by_text(nama).click()
	else:
		page.get_by_role("button", name=nama).click()


def pilih_langkah(page: Page, aksi: str) -> None:
	"""Take a step of the Workflow from the form's menu."""
	page.locator(".actions-btn-group button").first.click()
	page.locator(".actions-btn-group .dropdown-menu").get_by_text(aksi, exact=True).click()


def potret(page: Page, nama: str) -> None:
	"""Keep what the user sees; nothing may stick out of the screen at the side."""
	LAYAR.mkdir(parents=True, exist_ok=True)
	lebar = page.viewport_size["width"]
	page.screenshot(path=LAYAR / f"{nama}-{lebar}.png", full_page=True)
	assert page.evaluate("document.documentElement.scrollWidth") <= lebar + 1, f"{nama} scrolls sideways"
