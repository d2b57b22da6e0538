"""Commands: setup, start, stop, status, logs, clean, check. ``make`` calls them."""

import fcntl
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.version_info[:2] != (3, 11):
	sys.exit(
		f"✗ Python 3.11 is needed, which the locked packages are for; this is {sys.version.split()[0]}. "
		"On Debian 12: apt-get install python3"
	)

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rig import (
	assets,
	check,
	credentials,
	framework,
	mariadb,
	ports,
	processes,
	python_env,
	services,
	site,
	system,
)
from rig.paths import (
	ACCOUNTS,
	APP,
	APPS,
	CONFIG,
	ENV,
	FRAPPE,
	LOG,
	ROOT,
	RUN,
	SITES,
	VAR,
	make_private_folders,
)
from rig.step import Stop, end_what_was_left, exit_clearly

FREE_BYTES_COLD = 2_000_000_000  # measured 1.5 GB, and the packages' own caches in the home folder
FREE_BYTES = 300_000_000


def start(with_tests: bool = False) -> None:
	"""Stand the bench up, doing only what is missing, and print how to sign in."""
	begin = time.monotonic()
	refuse_path(ROOT)
	with alone():
		set_up(with_tests)
	print(f"\nReady after {time.monotonic() - begin:.0f} s.")
	print_sign_ins()


def refuse_path(root: Path) -> None:
	"""Raise Stop when the framework could not work at this path: it hands paths to shells unquoted."""
	if not re.fullmatch(r"[\w./+-]+", str(root), re.ASCII):
		raise Stop(f"Frappe cannot work in a folder whose path has a space or a sign in it: {root}. Move it.")


@contextmanager
def alone() -> Iterator[None]:
	"""Let one run at a time change this bench, and end what a run that was killed left under way.

	Raises Stop when another run is on.
	"""
	make_private_folders()
	with open(RUN / "lock", "w") as lock:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError as error:
			raise Stop("Another run is changing this bench. Wait for it, then run this again.") from error
		end_what_was_left()
		yield


def refuse_full_disk(cold: bool) -> None:
	"""Raise Stop when there is too little space; the database would wait for some instead of saying so."""
	needed = FREE_BYTES_COLD if cold else FREE_BYTES
	for folder in (ROOT, VAR):
		free = shutil.disk_usage(folder).free
		if free < needed:
			raise Stop(
				f"The disk is too full: {free / 1e9:.1f} GB are free at {folder}, "
				f"{needed / 1e9:.1f} GB are needed. Free some space, then run this again."
			)


def set_up(with_tests: bool) -> None:
	"""Do every step that is missing."""
	refuse_full_disk(cold=not site.exists())
	system.install_missing(with_tests)
	python_env.install_packages()
	framework.obtain()
	python_env.install_apps()
	assets.install_packages()
	bundles = assets.build()

	chosen = services.choose_ports()
	mariadb.prepare(chosen["mariadb"])
	services.start(services.stores(chosen), "Stores")
	site.configure(chosen)
	created = site.create()
	site.set_config(
		{
			"host_name": f"http://127.0.0.1:{chosen['web']}",
			"kb_berkas_akun": str(ACCOUNTS),
		}
	)
	if created or site.migrate():
		site.note_bundles(bundles)
	else:
		site.forget_old_bundles(bundles)
	site.settle()
	site.load_demonstration()
	services.start(services.application(chosen), "Application")


def print_sign_ins() -> None:
	"""Print the address, the Administrator's password and one sign-in per office."""
	port = ports.load()["web"]
	rows = [
		{
			"jabatan": "Administrator",
			"pengguna": "Administrator",
			"sandi": credentials.load()["administrator"],
		}
	]
	if ACCOUNTS.is_file():
		rows += [row for row in json.loads(ACCOUNTS.read_text()) if row["utama"]]
	print(f"\n  http://127.0.0.1:{port}\n")
	widths = [max(len(str(row[key])) for row in rows) for key in ("jabatan", "pengguna")]
	for row in rows:
		print(f"  {row['jabatan']:<{widths[0]}}  {row['pengguna']:<{widths[1]}}  {row['sandi']}")


def stop() -> None:
	"""End exactly what was started."""
	with alone():
		ended = services.stop()
	print(f"Ended: {', '.join(ended)}." if ended else "Nothing ran.")


def status() -> None:
	"""Print each service with its process and whether it runs. Raises Stop when one does not."""
	missing = []
	for name in services.NAMES:
		known = processes.running(RUN / f"{name}.json")
		print(f"  {name:<13} {'runs, process ' + str(known['pid']) if known else 'does not run'}")
		if not known:
			missing.append(name)
	if missing:
		raise Stop(f"{len(missing)} of {len(services.NAMES)} do not run. `make start` starts them.")
	print(f"\n  http://127.0.0.1:{ports.load()['web']}")


def logs() -> None:
	"""Follow every log until interrupted."""
	files = [str(file) for file in sorted(LOG.glob("*.log"))]
	if not files:
		raise Stop("There are no logs yet.")
	subprocess.run(["tail", "-n", "20", "-F", *files], check=False)


def clean() -> None:
	"""End everything and remove all that was generated: the site with its data too."""
	with alone():
		services.stop()
		for folder in (
			ENV,
			FRAPPE,
			VAR,
			CONFIG / "node_modules",
			CONFIG / "pids",
			ROOT / "logs",
			SITES / "assets",
			APPS / APP / APP / "public/dist",
		):
			if folder.is_dir():
				shutil.rmtree(folder)
		for entry in SITES.iterdir():
			if entry.is_dir():
				shutil.rmtree(entry)
			elif entry.name not in ("apps.txt", "README.md"):
				entry.unlink()
	print("Removed all that was generated, the site and its data included.")


COMMANDS = {
	"setup-with-tests": lambda: start(with_tests=True),
	"start": start,
	"stop": stop,
	"status": status,
	"logs": logs,
	"clean": clean,
	"check": check.check,
}

if __name__ == "__main__":
	if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
		sys.exit(f"One of: {', '.join(COMMANDS)}")
	sys.exit(exit_clearly(COMMANDS[sys.argv[1]]))
