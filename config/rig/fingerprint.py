"""Tell cheaply whether something changed since a step was last done."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

SKIPPED = {"__pycache__", "node_modules", ".git", "dist"}


def of(*paths: Path, skip: Iterable[str] = ()) -> str:
	"""Return a SHA-256 over the names and contents of files and of all files below folders."""
	skipped = SKIPPED | set(skip)
	digest = hashlib.sha256()
	for path in paths:
		files = sorted(_files(path, skipped)) if path.is_dir() else [path]
		for file in files:
			digest.update(str(file.relative_to(path.parent)).encode())
			digest.update(b"\0")
			if file.is_file():
				digest.update(hashlib.sha256(file.read_bytes()).digest())
	return digest.hexdigest()


def joined(*values: str) -> str:
	"""Return one fingerprint of several."""
	return hashlib.sha256("\0".join(values).encode()).hexdigest()


def _files(folder: Path, skipped: set[str]) -> Iterable[Path]:
	for entry in folder.iterdir():
		if entry.name in skipped or entry.name.endswith(".egg-info"):
			continue
		if entry.is_dir() and not entry.is_symlink():
			yield from _files(entry, skipped)
		elif entry.is_file():
			yield entry


def is_stamped(stamp: Path, value: str) -> bool:
	"""Tell whether the work that left this stamp was done for this value."""
	return stamp.is_file() and stamp.read_text() == value
