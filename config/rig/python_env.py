"""The virtual environment: every package by hash from the lock, both apps editable."""

import shutil
import subprocess

from rig import fingerprint
from rig.paths import APP, APPS, CACHE, CONFIG, ENV, FRAPPE, env_program, interpreter
from rig.step import run, step

LOCK = CONFIG / "requirements.lock"
PACKAGES_STAMP = ENV / ".packages"
APPS_STAMP = ENV / ".apps"


def install_packages() -> None:
	"""Make the environment and bring it to the lock, unless it is there already."""
	lock = fingerprint.of(LOCK)
	works = _works()
	if works and fingerprint.is_stamped(PACKAGES_STAMP, lock):
		return
	with step("Python packages"):
		# without its stamp it was cut off half way, and may lack pip itself
		if not (works and PACKAGES_STAMP.is_file()):
			shutil.rmtree(ENV, ignore_errors=True)
			run([interpreter(), "-m", "venv", str(ENV)], what="Making the virtual environment")
		PACKAGES_STAMP.unlink(missing_ok=True)
		APPS_STAMP.unlink(missing_ok=True)
		uv_lock = CACHE / "uv.lock"
		uv_lock.write_text(locked("uv"))
		pip = [env_program("pip"), "install", "-q", "--require-hashes", "--disable-pip-version-check"]
		run([*pip, "-r", str(uv_lock)], what="Installing uv", fetches=True)
		run(
			[env_program("uv"), "pip", "sync", "--require-hashes", str(LOCK)],
			what="Installing Python packages",
			env=_uv_environment(),
			fetches=True,
		)
		PACKAGES_STAMP.write_text(lock)


def install_apps() -> None:
	"""Install the framework and the app editable, from what is on this machine alone."""
	wanted = fingerprint.of(FRAPPE / "pyproject.toml", FRAPPE / ".edition", APPS / APP / "pyproject.toml")
	if fingerprint.is_stamped(APPS_STAMP, wanted):
		return
	with step("Both apps into the environment"):
		run(
			[
				*(env_program("uv"), "pip", "install"),
				*("--offline", "--no-deps", "--no-build-isolation"),
				*("-e", str(FRAPPE), "-e", str(APPS / APP)),
			],
			what="Installing the apps",
			env=_uv_environment(),
		)
		APPS_STAMP.write_text(wanted)


def locked(package: str) -> str:
	"""Return the lines of the lock that pin this one package."""
	lines = LOCK.read_text().splitlines()
	first = next(number for number, line in enumerate(lines) if line.startswith(f"{package}=="))
	after = [number for number, line in enumerate(lines) if number > first and not line.startswith(" ")]
	return "\n".join(lines[first : after[0] if after else None]) + "\n"


def _works() -> bool:
	python = ENV / "bin/python"
	return python.exists() and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def _uv_environment() -> dict[str, str]:
	"""Let uv use the environment, and, as pip does, the index of pip's settings and the system's certificates."""
	index = subprocess.run(
		[env_program("pip"), "config", "get", "global.index-url"], capture_output=True, text=True
	).stdout.strip()
	return {"VIRTUAL_ENV": str(ENV), "UV_SYSTEM_CERTS": "1"} | ({"UV_DEFAULT_INDEX": index} if index else {})
