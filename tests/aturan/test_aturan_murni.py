"""The rules stay pure: no framework, no clock, no files, no database."""

import ast
from pathlib import Path

import pytest

import kampung_bahagia.aturan

FOLDER = Path(kampung_bahagia.aturan.__file__).parent
BERKAS = sorted(FOLDER.glob("**/*.py"))

IMPOR_BOLEH = {
	"__future__",
	"collections",
	"dataclasses",
	"datetime",
	"decimal",
	"fractions",
	"hashlib",
	"json",
	"kampung_bahagia.aturan",
	"lokal",
	"math",
	"rapidfuzz",
	"re",
	"string",
	"typing",
	"urllib.parse",
	"zoneinfo",
}
PANGGILAN_TERLARANG = {
	"__import__",
	"eval",
	"exec",
	"input",
	"is_valid_nik",  # asks the clock for the century
	"now",
	"open",
	"print",
	"today",
	"utcnow",
}


def pelanggaran(sumber: str) -> list[str]:
	temuan = []
	for simpul in ast.walk(ast.parse(sumber)):
		if isinstance(simpul, ast.Import):
			modul = [nama.name for nama in simpul.names]
		elif isinstance(simpul, ast.ImportFrom):
			modul = ["." * simpul.level + (simpul.module or "")]
		else:
			modul = []
		for nama in modul:
			if not any(nama == boleh or nama.startswith(boleh + ".") for boleh in IMPOR_BOLEH):
				temuan.append(f"impor {nama}")
		nama = getattr(simpul, "id", None) or getattr(simpul, "attr", None)
		if nama in PANGGILAN_TERLARANG:
			temuan.append(f"nama {nama}")
		if (
			isinstance(simpul, ast.Call)
			and getattr(simpul.func, "id", None) == "parse_nik"
			and "reference_date" not in {kunci.arg for kunci in simpul.keywords}
		):
			temuan.append("parse_nik tanpa reference_date")
	return temuan


@pytest.mark.parametrize("berkas", BERKAS, ids=lambda berkas: berkas.name)
def test_rule_module_touches_nothing_outside(berkas):
	assert pelanggaran(berkas.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
	"sumber",
	[
		"import frappe",
		"from frappe.utils import flt",
		"import time",
		"from kampung_bahagia.izin import x",
		"from . import galat",
		"import datetime\ndatetime.datetime.now()",
		"from datetime import date\nhari_ini = date.today",
		"open('x')",
		"parse_nik('1')",
	],
)
def test_the_guard_sees_a_breach(sumber):
	assert pelanggaran(sumber)


def test_every_rule_module_is_walked():
	assert {berkas.name for berkas in BERKAS} >= {
		"__init__.py",
		"identitas.py",
		"iuran.py",
		"kuorum.py",
		"nomor_surat.py",
		"pertanggungan.py",
		"tenggat.py",
	}
