"""Throw-away copies of a site for tests: a database restored from a dump, a folder beside the site's own.

A clone is either `fresh` (the framework and the app as installed, no demonstration data) or a copy of the
running site as it is now.
"""

import contextlib
import fcntl
import json
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from rig import mariadb, site
from rig.paths import APP, RUN, SITE, SITES
from rig.site import DUMPS

SUFFIX = ".uji.localhost"


def clone_site(name: str, *, running: bool = False) -> str:
	"""Make a clone called `name` (letters, digits, hyphens) and return its site name.

	A clone of that name that is there already is replaced. With `running` the data of the running site
	is copied, its files too; otherwise the clone is as freshly installed.
	"""
	if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
		raise ValueError(f"not a name for a clone: {name!r}")
	clone = name + SUFFIX
	with _alone():
		dump = DUMPS / "running.sql" if running else fresh_dump()
		if running:
			DUMPS.mkdir(exist_ok=True)
			mariadb.dump(site.DATABASE, dump)
		drop_clone(clone)
		_restore(clone, dump)
	if running:
		for files in ("public/files", "private/files"):
			shutil.copytree(SITES / SITE / files, SITES / clone / files, dirs_exist_ok=True)
	return clone


def drop_clone(clone: str) -> None:
	"""Drop a clone's database and folder."""
	if not clone.endswith(SUFFIX):
		raise ValueError(f"not a clone: {clone!r}")
	mariadb.drop(_database(clone))
	shutil.rmtree(SITES / clone, ignore_errors=True)


def fresh_dump() -> Path:
	"""Return a dump of a site as freshly installed by the present code; make it if there is none."""
	base = site.base_dump()
	dump = DUMPS / f"fresh-{site.base_fingerprint()[:16]}-{site.code()[:16]}.sql"
	if not dump.is_file():
		for old in DUMPS.glob("fresh-*.sql"):
			old.unlink()
		with _workshop(base) as workshop:
			site.bench("install-app", APP, site=workshop, what="Installing the app on a clone")
			mariadb.dump(_database(workshop), dump)
	return dump


@contextlib.contextmanager
def _workshop(dump: Path) -> Iterator[str]:
	workshop = "bengkel" + SUFFIX
	drop_clone(workshop)
	_restore(workshop, dump)
	try:
		yield workshop
	finally:
		drop_clone(workshop)


def _restore(clone: str, dump: Path) -> None:
	running = json.loads(site.SITE_CONFIG.read_text())
	own = {
		"encryption_key": running["encryption_key"],
		"pause_scheduler": 1,
		"allow_tests": True,
		"kb_berkas_akun": str(SITES / clone / "private/akun.json"),
		"bench_id": clone,  # queues of its own, which the workers of the running bench do not serve
	}
	site.restore(clone, _database(clone), secrets.token_urlsafe(18), dump, own)


def _database(clone: str) -> str:
	return "uji_" + clone.removesuffix(SUFFIX).replace("-", "_")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
	"""Let one process at a time make clones: the dumps are shared by all test workers."""
	with open(RUN / "clone.lock", "w") as lock:
		fcntl.flock(lock, fcntl.LOCK_EX)
		yield
