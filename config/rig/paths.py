"""Where things lie, and the names that everything else agrees on."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = "kampung_bahagia"
SITE = "kampung.localhost"

APPS = ROOT / "apps"
FRAPPE = APPS / "frappe"
CONFIG = ROOT / "config"
INSIDE = CONFIG / "inside"
ENV = ROOT / "env"
SITES = ROOT / "sites"
PATCHES = ROOT / "patches"

VAR = ROOT / "var"
CACHE = VAR / "cache"
LOG = VAR / "log"
RUN = VAR / "run"
SETUP_LOG = LOG / "setup.log"

COMMON_CONFIG = SITES / "common_site_config.json"
ACCOUNTS = VAR / "akun.json"


def env_program(name: str) -> str:
	"""Return the path of a program in the virtual environment."""
	return str(ENV / "bin" / name)


def make_private_folders() -> None:
	"""Make the folders that hold what is generated; ``var`` is for the owner only."""
	VAR.mkdir(mode=0o700, exist_ok=True)
	for folder in (CACHE, LOG, RUN, ROOT / "logs", CONFIG / "pids"):
		folder.mkdir(exist_ok=True)


def write_private(path: Path, text: str) -> None:
	"""Write a file that only its owner can read, whole or not at all."""
	new = path.with_name(path.name + ".new")
	with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
		file.write(text)
	new.replace(path)


def interpreter() -> str:
	"""Return the Python that runs the set-up (the virtual environment is made from it)."""
	return sys.executable
