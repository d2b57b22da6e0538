"""The site: created, settled, the app installed, migrated when the code of the apps changed."""

import base64
import getpass
import json
import secrets
import shutil
from pathlib import Path

from rig import credentials, fingerprint, framework, mariadb, redis
from rig.paths import (
	ACCOUNTS,
	APP,
	APPS,
	CACHE,
	COMMON_CONFIG,
	INSIDE,
	RUN,
	SITE,
	SITES,
	env_program,
	write_private,
)
from rig.step import Stop, run, step

DATABASE = "kampung_bahagia"
BASE_SITE, BASE_DATABASE = "dasar.localhost", "dasar"
DUMPS = CACHE / "dumps"
SITE_CONFIG = SITES / SITE / "site_config.json"
# Written while a site is being created: what a run that was cut off leaves is made anew. A site without
# this mark is never dropped.
UNFINISHED = RUN / "site-unfinished"
# Kept in the database, so that a restored backup of older code migrates by itself.
MIGRATED = "bench_migrated"
SETTLED = "bench_settled"
BUNDLES = "bench_bundles"
LOADED = "bench_demo"
DEMO = f"{APP}.setup.demo"


def bench(*arguments: str, site: str = SITE, what: str) -> str:
	"""Run one of Frappe's own commands on a site, as `bench --site` does, and return what it printed."""
	command = [env_program("python"), "-m", "frappe.utils.bench_helper", "frappe", "--site", site]
	return run([*command, *arguments], what=what, cwd=SITES)


def inside(program: str, *arguments: str, text: str = "", what: str) -> str:
	"""Run one of the programs of ``config/inside`` in the environment, in the sites folder."""
	return run(
		[env_program("python"), str(INSIDE / f"{program}.py"), *arguments], what=what, cwd=SITES, text=text
	)


def code() -> str:
	"""Return a fingerprint of the app's code, DocTypes, patches and templates, and of the framework."""
	return fingerprint.joined(fingerprint.of(APPS / APP, skip=("public",)), framework.wanted())


def configure(ports: dict[str, int]) -> None:
	"""Write what all sites share: where the services are, and how this bench is run."""
	known = json.loads(COMMON_CONFIG.read_text()) if COMMON_CONFIG.is_file() else {}
	queue = redis.url("queue", ports["queue"])
	wanted = known | {
		"background_workers": 1,
		"db_host": "127.0.0.1",
		"db_port": ports["mariadb"],
		"default_site": SITE,
		"developer_mode": 0,
		"frappe_user": getpass.getuser(),
		"gunicorn_workers": 2,
		"kampung_bahagia_sertifikat_uji": 1,  # a bench for trying may sign with a development certificate
		"live_reload": False,
		"mute_emails": 1,
		"redis_cache": redis.url("cache", ports["cache"]),
		"redis_queue": queue,
		"redis_socketio": queue,
		"restart_supervisor_on_update": False,
		"restart_systemd_on_update": False,
		"serve_default_site": True,
		"socketio_port": ports["realtime"],
		"use_redis_auth": False,
		"webserver_port": ports["web"],
	}
	if wanted != known:
		write_private(COMMON_CONFIG, json.dumps(wanted, indent=1, sort_keys=True) + "\n")


def set_config(values: dict) -> None:
	"""Set keys of the site's own configuration."""
	known = json.loads(SITE_CONFIG.read_text())
	if known | values != known:
		write_private(SITE_CONFIG, json.dumps(known | values, indent=1, sort_keys=True) + "\n")


def exists() -> bool:
	"""Tell whether the site has been created to the end."""
	return SITE_CONFIG.is_file() and not UNFINISHED.exists()


def create() -> bool:
	"""Create the site unless it exists (the framework, its settings, the app); return whether it was."""
	if exists():
		return False
	if (SITES / SITE).exists() and not UNFINISHED.exists():
		raise Stop(
			f"sites/{SITE} is there without site_config.json. Restore that file or move the folder away."
		)
	base = base_dump()
	UNFINISHED.touch()
	with step("App"):
		# the app loads its demonstration data on a site that asks for it, and into an empty one only
		restore(SITE, DATABASE, credentials.load()["site_db"], base, {"kb_demo": 1})
		bench("install-app", APP, what="Installing the app")
		set_global(MIGRATED, code())
		set_global(SETTLED, settlement())
	UNFINISHED.unlink()
	return True


def base_fingerprint() -> str:
	"""Return a value that changes when a settled site with the framework alone would be another."""
	return fingerprint.joined(framework.wanted(), fingerprint.of(INSIDE))


def base_dump() -> Path:
	"""Return a dump of a settled site that holds the framework alone; make it if there is none.

	Sites and the clones for tests begin with it: the framework's own 25 seconds are spent once.
	"""
	DUMPS.mkdir(exist_ok=True)
	dump = DUMPS / f"base-{base_fingerprint()[:16]}.sql"
	if dump.is_file():
		return dump
	for old in DUMPS.glob("base-*.sql"):
		old.unlink()
	with step("Site"):
		_create_with_framework(BASE_SITE, BASE_DATABASE)
		unfinished = dump.with_suffix(".unfinished")
		mariadb.dump(BASE_DATABASE, unfinished)
		mariadb.drop(BASE_DATABASE)
		shutil.rmtree(SITES / BASE_SITE)
		unfinished.rename(dump)
	return dump


def _create_with_framework(site: str, database: str) -> None:
	mariadb.drop(database)
	shutil.rmtree(SITES / site, ignore_errors=True)
	known = credentials.load()
	given = {
		"site": site,
		"db_name": database,
		"db_password": known["site_db"],
		"root_password": known["mariadb_root"],
		"administrator": known["administrator"],
		"host": "127.0.0.1",
		"port": json.loads(COMMON_CONFIG.read_text())["db_port"],
	}
	inside("new_site", text=json.dumps(given), what="Creating the site")
	inside("settle", site, what="Settling the site")


def restore(site: str, database: str, password: str, dump: Path, config: dict) -> None:
	"""Make a site's folder, configuration and database out of a dump; what was there is replaced."""
	shutil.rmtree(SITES / site, ignore_errors=True)
	for folder in ("public/files", "private/files", "private/backups", "locks", "logs"):
		(SITES / site / folder).mkdir(parents=True)
	# what the framework encrypts in the database is encrypted with this key
	own = {"db_name": database, "db_password": password, "db_type": "mariadb", "encryption_key": new_key()}
	write_private(SITES / site / "site_config.json", json.dumps(own | config, indent=1, sort_keys=True))
	mariadb.create_from_dump(database, password, dump)


def new_key() -> str:
	"""Return a new key in the form that the framework's encryption (Fernet) wants."""
	return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def migrate() -> bool:
	"""Migrate the site when the code changed since it was last migrated; return whether it was."""
	if get_global(MIGRATED) == code():
		return False
	with step("Migrating the site (the code changed)"):
		bench("migrate", "--skip-search-index", what="Migrating the site")
		set_global(MIGRATED, code())
	return True


def settlement() -> str:
	"""Return a fingerprint of the settings that every site of this bench begins with."""
	return fingerprint.of(INSIDE / "settle.py")


def settle() -> None:
	"""Give an older site the settings that a new one begins with, once when these have changed."""
	if get_global(SETTLED) == settlement():
		return
	with step("Settings"):
		inside("settle", SITE, what="Settling the site")
		set_global(SETTLED, settlement())


def note_bundles(bundles: str) -> None:
	"""Note which bundles the site's empty cache will be filled with."""
	set_global(BUNDLES, bundles)


def forget_old_bundles(bundles: str) -> None:
	"""Make the site forget what it cached, when the names of the bundles are others than it knows."""
	if get_global(BUNDLES) == bundles:
		return
	with step("Clearing the cache"):
		bench("clear-cache", what="Clearing the cache")
		bench("clear-website-cache", what="Clearing the website cache")
		note_bundles(bundles)


def load_demonstration() -> None:
	"""Let the app load its demonstration data where the site asks for it; it does nothing twice."""
	if not json.loads(SITE_CONFIG.read_text()).get("kb_demo"):
		return
	done = fingerprint.of(APPS / APP / APP / "setup/demo")
	if get_global(LOADED) == done and ACCOUNTS.is_file():
		return
	with step("Demonstration data"):
		bench("execute", f"{DEMO}.muat", what="Loading the demonstration data")
		set_global(LOADED, done)


def get_global(key: str) -> str:
	"""Return a value that this bench keeps in the site's database, or an empty string."""
	where = f"parent='__global' AND defkey='{key}'"  # the keys are constants of this program
	return mariadb.sql(f"SELECT defvalue FROM tabDefaultValue WHERE {where}", DATABASE).strip()  # noqa: S608


def set_global(key: str, value: str) -> None:
	"""Keep a value in the site's database."""
	row = f"'{key}', NOW(), NOW(), 'Administrator', '__global', '__default', 'system_defaults', '{key}', '{value}'"
	columns = "name, creation, modified, owner, parent, parenttype, parentfield, defkey, defvalue"
	mariadb.sql(f"REPLACE INTO tabDefaultValue ({columns}) VALUES ({row})", DATABASE)  # noqa: S608
