"""Debian packages: installed only when what they bring is missing."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from rig.paths import interpreter
from rig.step import Stop, run, step


def has_program(*names: str) -> bool:
	"""Tell whether one of these programs can be found; /usr/sbin is looked at for ordinary users too."""
	path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin"
	return any(shutil.which(name, path=path) for name in names)


def has_library(name: str) -> bool:
	"""Tell whether the dynamic linker finds this library."""
	try:
		ctypes.CDLL(name)
	except OSError:
		return False
	return True


def has_venv() -> bool:
	"""Tell whether the chosen Python can make a virtual environment with pip (Debian splits it off)."""
	return (
		subprocess.run([interpreter(), "-c", "import ensurepip, venv"], capture_output=True).returncode == 0
	)


# package → what tells that it is there. The -core packages bring no system-wide service.
NEEDED: dict[str, Callable[[], bool]] = {
	"git": lambda: has_program("git"),
	"python3-venv": has_venv,
	"mariadb-server-core": lambda: has_program("mariadbd") and has_program("mariadb-install-db"),
	"mariadb-client": lambda: has_program("mariadb") and has_program("mariadb-dump"),
	"redis-server": lambda: has_program("redis-server"),
	"nodejs": lambda: has_program("node"),
	"npm": lambda: has_program("npm"),
	"libpango-1.0-0": lambda: has_library("libpango-1.0.so.0"),
	"libpangoft2-1.0-0": lambda: has_library("libpangoft2-1.0.so.0"),
	"libharfbuzz-subset0": lambda: has_library("libharfbuzz-subset.so.0"),
	"fonts-liberation": lambda: Path("/usr/share/fonts/truetype/liberation").is_dir(),
}
FOR_TESTS: dict[str, Callable[[], bool]] = {
	"chromium": lambda: has_program("chromium"),
}


def install_missing(with_tests: bool) -> None:
	"""Install the Debian packages that are missing; nothing is asked of the system when none is.

	Raises Stop when they cannot be installed, naming them.
	"""
	wanted = NEEDED | (FOR_TESTS if with_tests else {})
	missing = [package for package, there in wanted.items() if not there()]
	if not missing:
		return
	manual = f"apt-get install --no-install-recommends {' '.join(missing)}"
	if not has_program("apt-get"):
		raise Stop(f"These are missing, and there is no apt-get to install them: {', '.join(missing)}.")
	if os.geteuid() and not has_program("sudo"):
		raise Stop(f"Debian packages are missing and there is no sudo. As root: {manual}")
	with step(f"Debian packages: {' '.join(missing)}"):
		_install(missing, manual)
	if still := [package for package in missing if not wanted[package]()]:
		raise Stop(f"Installed, but not found afterwards: {', '.join(still)}. See var/log/setup.log.")


def _install(packages: list[str], manual: str) -> None:
	sudo = ["sudo"] if os.geteuid() else []
	quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
	# another apt under way, or one of a run that was killed, is waited for
	apt = [*sudo, *quiet, "apt-get", "-o", "DPkg::Lock::Timeout=120"]
	install = [*apt, "install", "-y", "--no-install-recommends", *packages]
	try:
		run(install, what="apt-get install", fetches=True, outlives=True)
	except Stop:
		# an earlier installation was cut off; the package lists are old or were never fetched
		run([*sudo, *quiet, "dpkg", "--configure", "-a"], what="dpkg --configure -a", outlives=True)
		run([*apt, "update"], what="apt-get update", fetches=True, outlives=True)
		run(install, what=f"Installing Debian packages (by hand: {manual})", fetches=True, outlives=True)
