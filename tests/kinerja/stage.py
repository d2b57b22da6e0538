"""The sites that are measured: clones of a fresh installation, seeded once and kept until their rows would differ."""

from __future__ import annotations

import contextvars
import json
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "config"))

import frappe
import seed
from frappe.app import application
from frappe.sessions import Session, get_csrf_token
from rig import clone, fingerprint, site
from rig.paths import APP, APPS, SITES
from rig.step import step
from werkzeug.test import Client, TestResponse, create_environ
from werkzeug.wrappers import Request

APP_FOLDER = APPS / APP / APP


def rows_fingerprint() -> str:
	"""A value that changes when seeded rows would be others: the DocTypes, the standard records, the seed."""
	doctypes = sorted(APP_FOLDER.glob("*/doctype/*/*.json"))
	return fingerprint.joined(
		site.base_fingerprint(),
		fingerprint.of(APP_FOLDER / "setup/data", Path(seed.__file__), *doctypes),
	)


class Site:
	"""One site, connected in a context of its own, so that one process measures several by turns."""

	def __init__(self, name: str):
		self.name = name
		self._context = contextvars.copy_context()
		self._context.run(self._connect)

	def _connect(self) -> None:
		frappe.init(site=self.name, sites_path=str(SITES), force=True)
		frappe.connect()

	def run(self, work: Callable, *arguments) -> Any:
		"""Call `work` with this site as frappe's own."""
		return self._context.run(work, *arguments)


class Stage:
	"""The city of full size, and the one of a hundredth; each made when it is first asked for."""

	@cached_property
	def full(self) -> Site:
		return _site("kinerja", seed.FULL)

	@cached_property
	def small(self) -> Site:
		return _site("kinerja-kecil", seed.SMALL)


def _site(name: str, size: seed.Size) -> Site:
	"""The seeded site; made anew unless its mark, written last, says that its rows are those of today."""
	full_name = name + clone.SUFFIX
	mark = SITES / full_name / "kinerja.json"
	known = json.loads(mark.read_text()) if mark.is_file() else {}
	wanted = {"rows": rows_fingerprint(), "code": site.code()}
	if known == wanted:
		return Site(full_name)
	mark.unlink(missing_ok=True)
	if known.get("rows") == wanted["rows"]:
		with step(f"Migrating {full_name}"):
			site.bench("migrate", "--skip-search-index", site=full_name, what=f"Migrating {full_name}")
		made = Site(full_name)
	else:
		with step(f"A site for {name}"):
			clone.clone_site(name)
		made = Site(full_name)
		print(f"  Seeding {full_name}:", flush=True)
		made.run(_sow, size)
	mark.write_text(json.dumps(wanted))
	return made


def _settle() -> None:
	"""Commit, and let the database know how many members there are before it bills them."""
	frappe.db.commit()
	frappe.db.sql("ANALYZE TABLE `tabKepesertaan Kota`")


def _sow(size: seed.Size) -> None:
	frappe.db.sql("SET SESSION unique_checks = 0, foreign_key_checks = 0")
	seed.sow(size, commit=_settle, say=lambda line: print(line, flush=True))
	wrong = seed.check(each=2)
	frappe.db.rollback()
	if wrong:
		raise SystemExit("✗ What was seeded is not valid:\n" + "\n".join(wrong))
	for table in frappe.db.get_tables(cached=False):
		frappe.db.sql(f"ANALYZE TABLE `{table}`")
	frappe.db.commit()
	frappe.clear_cache()


def new_request(user: str) -> None:
	"""What a request finds when it begins: `user` signed in, Redis warm, nothing kept in this process."""
	frappe.db.rollback()
	frappe.set_user(user)
	frappe.local.document_cache = {}
	if hasattr(frappe.local, "request_cache"):
		frappe.local.request_cache.clear()
	frappe.db.value_cache.clear()
	frappe.local.message_log = []


class Browser:
	"""A signed-in user of the connected site, who sends requests to the application in this process."""

	def __init__(self, user: str):
		new_request(user)
		frappe.local.request = Request(create_environ())
		frappe.local.request_ip = "127.0.0.1"
		frappe.local.session_obj = Session(user, resume=False, full_name=user, user_type="System User")
		self._headers = {
			"X-Frappe-Site-Name": frappe.local.site,
			"X-Frappe-CSRF-Token": get_csrf_token(),
			"Cookie": f"sid={frappe.session.sid}",
			"Accept": "application/json",
		}
		frappe.db.commit()
		self._client = Client(application, use_cookies=False)

	def post(self, method: str, arguments: dict) -> TestResponse:
		"""Call a method of the server, as the desk does, in a context of its own."""
		return contextvars.Context().run(
			self._client.post, f"/api/method/{method}", data=arguments, headers=self._headers
		)
