"""What a form sends, and what a list of one must be."""

import base64
from datetime import datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
PNG = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def row(doctype: str, table: str, idx: int, **values) -> dict:
	"""A row of a table as a new form sends it."""
	return {
		"doctype": doctype,
		"parentfield": table,
		"idx": idx,
		"__islocal": 1,
		"name": f"new-{table}-{idx}",
		**values,
	}


def moment(when: datetime) -> str:
	return f"{when:%Y-%m-%d %H:%M:%S}"


def only(found: list[dict]) -> dict:
	equal(len(found), 1)
	return found[0]


def equal(found: object, wanted: object) -> None:
	if found != wanted:
		raise AssertionError(f"{found!r} instead of {wanted!r}")
