"""Secrets of this installation: generated once, kept in ``var/secrets.json`` for the owner only."""

import json
import secrets

from rig.paths import VAR, write_private

FILE = VAR / "secrets.json"
NAMES = ("mariadb_root", "site_db", "redis", "administrator")


def load() -> dict[str, str]:
	"""Return the secrets by name; generate those that are missing."""
	known = json.loads(FILE.read_text()) if FILE.is_file() else {}
	missing = [name for name in NAMES if name not in known]
	if missing:
		known |= {name: secrets.token_urlsafe(18) for name in missing}
		write_private(FILE, json.dumps(known, indent=1))
	return known
