"""Fixtures for every test, in ``tests/`` and beside the DocTypes.

Tests of the pure rules ask for none of them and need no bench. The others get a site of their own, cloned
from a dump of a fresh installation; each pytest worker has its own clone.
"""

import os
import socket
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "config"))

from rig import clone, processes, services
from rig.paths import APPS, RUN, SITES


def _clone(worker: str, kind: str, *, running: bool = False) -> Iterator[str]:
	site = clone.clone_site(f"{kind}-{worker}-{uuid.uuid4().hex[:8]}", running=running)
	yield site
	clone.drop_clone(site)


def _serve(site: str) -> Iterator[str]:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		port = probe.getsockname()[1]
	name = f"test-{site.split('.')[0]}"
	service = services.web(site, port, stamp="", name=name, workers=1)
	processes.start(service)
	try:
		processes.wait_until_ready(service)
		yield f"http://127.0.0.1:{port}"
	finally:
		processes.stop(RUN / f"{name}.json")
		service.log.unlink()


@pytest.fixture(scope="session")
def _situs_name(worker_id: str) -> Iterator[str]:
	yield from _clone(worker_id, "situs")


def _connect(site: str) -> None:
	import frappe

	frappe.init(site=site)
	frappe.connect()
	frappe.flags.in_test = True
	frappe.set_user("Administrator")


@pytest.fixture(scope="session")
def situs(_situs_name: str) -> Iterator[str]:
	"""Name of a freshly installed site; frappe is connected to it as Administrator."""
	import frappe

	before = Path.cwd()
	os.chdir(SITES)  # the framework reads assets and logs relative to it
	_connect(_situs_name)
	yield _situs_name
	frappe.destroy()
	os.chdir(before)


@pytest.fixture(scope="module")
def situs_sendiri(worker_id: str, situs: str) -> Iterator[str]:
	"""Name of a fresh site for the tests of one file, which may commit to it what others must not meet."""
	import frappe

	frappe.destroy()
	for site in _clone(worker_id, "sendiri"):
		_connect(site)
		yield site
		frappe.destroy()
	_connect(situs)


@pytest.fixture(scope="module")
def server_sendiri(situs_sendiri: str) -> Iterator[str]:
	"""Base address of a web server on the site of `situs_sendiri`."""
	yield from _serve(situs_sendiri)


def _forget_what_was_undone() -> None:
	"""Drop cached roles and documents; the DocTypes' meta, slow to build, is still true after a rollback."""
	import frappe

	for key in ("roles", "bootinfo", "user_permissions"):
		frappe.cache.delete_value(key)
	for prefix in ("document_cache", "last_db_value"):
		frappe.cache.delete_keys(prefix)
	frappe.local.document_cache = {}
	frappe.local.role_permissions = {}
	if hasattr(frappe.local, "request_cache"):  # it is made when something is first kept in it
		frappe.local.request_cache.clear()
	frappe.db.value_cache.clear()


@pytest.fixture
def db(situs: str) -> Iterator[None]:
	"""Undo at the end of the test what it wrote (what it committed and DDL stay)."""
	import frappe

	frappe.set_user("Administrator")
	frappe.db.rollback()  # a new transaction sees what the server of `server` committed
	yield
	frappe.db.rollback()
	frappe.set_user("Administrator")
	_forget_what_was_undone()


@pytest.fixture(scope="session")
def server(_situs_name: str) -> Iterator[str]:
	"""Base address of a web server on the site of `situs`."""
	yield from _serve(_situs_name)


@pytest.fixture(autouse=True)
def _own_counters(request: pytest.FixtureRequest) -> None:
	"""Failed sign-ins and guests' calls are counted for an address, and every test comes from the same one."""
	if "server" not in request.fixturenames:
		return
	request.getfixturevalue("situs")
	import frappe

	for name in ("login_failed_count", "login_failed_time"):
		frappe.cache.delete_value(name)
	frappe.cache.delete_keys("rl:")


@pytest.fixture(scope="session")
def situs_demo(worker_id: str) -> Iterator[str]:
	"""Name of a copy of the running site, demonstration data included; no worker serves it."""
	yield from _clone(worker_id, "demo", running=True)


@pytest.fixture(scope="session")
def server_demo(situs_demo: str) -> Iterator[str]:
	"""Base address of a web server on `situs_demo`."""
	yield from _serve(situs_demo)


@pytest.fixture(scope="module", autouse=True)
def _site_for_doctype_tests(request: pytest.FixtureRequest) -> None:
	"""Connect the site before a DocType's own tests, whose base class expects it connected."""
	if APPS in Path(request.node.path).parents:
		request.getfixturevalue("situs")
