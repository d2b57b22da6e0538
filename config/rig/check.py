"""Checks of the sources that need no site: style, format, and that every JSON and script can be read."""

import json
import re
import subprocess
from pathlib import Path

from rig.paths import ROOT, env_program
from rig.step import Stop, run, step

JINJA = re.compile(r"\{%.*?%\}")


def check() -> None:
	"""Run every check. Raises Stop naming the first that fails."""
	with step("ruff check"):
		_ruff("check")
	with step("ruff format --check"):
		_ruff("format", "--check")
	with step("JSON"):
		for file in tracked("*.json"):
			try:
				json.loads(file.read_text(encoding="utf-8"))
			except ValueError as error:
				raise Stop(f"{file.relative_to(ROOT)}: {error}") from error
	with step("JavaScript"):
		for file in tracked("*.js", "*.mjs"):
			if error := script_error(file):
				raise Stop(f"{file.relative_to(ROOT)}: {error}")


def script_error(file: Path) -> str | None:
	"""Return why a script cannot be read, with its line, or None.

	The apps' scripts are modules when they are bundles, else plain scripts, which Frappe renders as Jinja first.
	"""
	text = file.read_text(encoding="utf-8")
	kind = "module" if file.suffix == ".mjs" or file.name.endswith(".bundle.js") else "commonjs"
	if kind == "commonjs":
		text = JINJA.sub("", text)
	done = subprocess.run(
		["node", "--check", f"--input-type={kind}", "-"], input=text, capture_output=True, text=True
	)
	if not done.returncode:
		return None
	lines = done.stderr.splitlines()
	where = lines[0].removeprefix("[stdin]:")
	return next((f"line {where}: {line}" for line in lines if "SyntaxError" in line), lines[-1])


def _ruff(*arguments: str) -> None:
	done = subprocess.run([env_program("ruff"), *arguments, "."], cwd=ROOT, capture_output=True, text=True)
	if done.returncode:
		raise Stop(f"ruff {' '.join(arguments)}:\n{done.stdout.strip()}")


def tracked(*patterns: str) -> list[Path]:
	"""Return the files of the repository that match, new ones included, ignored ones not."""
	listed = run(
		["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
		what="git ls-files",
	)
	return [file for name in listed.split("\0") if name and (file := ROOT / name).is_file()]
