"""The API's description: OpenAPI 3.1, made of what the server itself goes by.

Methods come from `@frappe.whitelist`, their parameters and answers from the type hints, their words from the
docstrings, who may call them from the gate (`izin/pintu.py`); documents come from the DocTypes' fields and
permissions, steps from the Workflow records. Nothing is listed by hand but the doors of the framework that a
client cannot do without. `docs/api.md` tells the rest.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import quote

import frappe
from frappe.model import default_fields, no_value_fields, table_fields
from frappe.model.meta import Meta
from frappe.utils.typing_validations import TypeAdapter
from werkzeug.wrappers import Response

import kampung_bahagia
from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.izin.pintu import TAMU, Isian, isian_metode

APLIKASI = "kampung_bahagia."
BUKAN_PINTU = re.compile(r"\.(tests|patches|setup)\b|\.test_")  # modules that offer no method
ACUAN = "#/components/schemas/"
JSON = "application/json"
ANGKA = {"Check", "Int", "Long Int"}
PECAHAN = {"Float", "Currency", "Percent", "Rating", "Duration"}
BUKAN_ISIAN = {*no_value_fields, "Password"} - {*table_fields}

GALAT = {
	400: "The token against forged requests is missing or old.",
	401: "Wrong password or key, or the session is over.",
	403: "Closed to this office, or the document lies outside its area.",
	404: "There is no such document or method.",
	409: "It exists already, or somebody else was faster.",
	410: "It was sent once and has been deleted since.",
	413: "Too large.",
	417: "A value or a step was refused: what is wrong, where, and what to do.",
	429: "Too often; wait.",
	501: "The site sends no e-mail yet.",
}

# Doors of the framework without which no step is taken; it does not say what they are given.
KERANGKA: dict[str, dict[str, Any]] = {
	"login": {
		"description": "Sign in: sets the session's cookie `sid`. Eight hours without a call end it.",
		"isian": {"usr": {"type": "string"}, "pwd": {"type": "string", "format": "password"}},
		"wajib": ["usr", "pwd"],
	},
	"logout": {"description": "End the session.", "isian": {}, "wajib": []},
	"frappe.model.workflow.apply_workflow": {
		"description": "Take a step of a document's Workflow; the answer is the document after it.",
		"isian": {
			"doc": {
				"type": "object",
				"description": "The document as last read; `modified` tells whether somebody was faster.",
				"required": ["doctype", "name"],
				"properties": {
					"doctype": {"enum": list(BERALUR)},
					"name": {"type": "string"},
					"modified": {"type": "string"},
				},
			},
			"action": {"type": "string", "description": "One of `x-langkah` of the document's schema."},
		},
		"wajib": ["doc", "action"],
	},
}


def dokumen() -> dict[str, Any]:
	"""The description as an OpenAPI 3.1 object, the same for whoever asks; needs a connected site."""
	skema: dict[str, Any] = {"Galat": _skema_galat()}
	jalan: dict[str, Any] = {}
	for nama, fungsi in metode():
		jalan[f"/api/method/{nama}"] = {
			cara.lower(): _operasi_metode(nama, fungsi, cara, skema) for cara in _cara(fungsi)
		}
	for nama, isi in KERANGKA.items():
		jalan[f"/api/method/{nama}"] = {"post": _operasi_kerangka(nama, isi)}
	for meta in doctype():
		skema[_kunci(meta.name)] = _skema_dokumen(meta)
		if not meta.istable:
			jalan |= _jalan_dokumen(meta)
	return {
		"openapi": "3.1.0",
		"info": {
			"title": "Kampung Bahagia",
			"version": kampung_bahagia.__version__,
			"description": "See docs/api.md for signing in, errors, and sending a thing once.",
			"license": {"name": "MIT", "identifier": "MIT"},
		},
		"servers": [{"url": "/"}],
		"paths": dict(sorted(jalan.items())),
		"components": {
			"schemas": dict(sorted(skema.items())),
			"responses": {str(kode): _jawaban_galat(arti) for kode, arti in GALAT.items()},
			"securitySchemes": {
				"sesi": {"type": "apiKey", "in": "cookie", "name": "sid"},
				"csrf": {"type": "apiKey", "in": "header", "name": "X-Frappe-CSRF-Token"},
				"kunci": {
					"type": "apiKey",
					"in": "header",
					"name": "Authorization",
					"description": "`token KEY:SECRET`, of a User's API access",
				},
			},
		},
	}


# --- methods ---------------------------------------------------------------------------


def metode() -> Iterator[tuple[str, Callable]]:
	"""Each whitelisted method of the app with the name it is called by, in the order of the names.

	One that stands in for a method of the framework is called by that name.
	"""
	muat_semua()
	pengganti = {
		baru: lama
		for lama, semua in frappe.get_hooks("override_whitelisted_methods", {}).items()
		for baru in semua
	}
	nama = {
		f"{f.__module__}.{f.__qualname__}": f for f in frappe.whitelisted if f.__module__.startswith(APLIKASI)
	}
	yield from sorted((pengganti.get(asli, asli), f) for asli, f in nama.items())


@cache
def muat_semua() -> None:
	"""Import every module of the app: a method is known once its module is."""
	for modul in pkgutil.walk_packages(kampung_bahagia.__path__, APLIKASI):
		if not BUKAN_PINTU.search(modul.name):
			importlib.import_module(modul.name)


def _cara(fungsi: Callable) -> list[str]:
	"""GET and POST, as far as the method takes them."""
	return [c for c in frappe.allowed_http_methods_for_whitelisted_func[fungsi] if c in ("GET", "POST")]


def _operasi_metode(nama: str, fungsi: Callable, cara: str, skema: dict[str, Any]) -> dict[str, Any]:
	petunjuk = get_type_hints(inspect.unwrap(fungsi), include_extras=True)
	isian = {i.nama: (_skema_isian(i, skema), i.wajib) for i in isian_metode(inspect.unwrap(fungsi))}
	operasi = _operasi(nama, inspect.getdoc(fungsi) or "", cara, _bagian(fungsi), nama in TAMU)
	if cara == "GET":
		operasi["parameters"] = [
			{"name": n, "in": "query", "required": wajib} | _isian_alamat(s)
			for n, (s, wajib) in isian.items()
		]
	elif isian:
		wajib = [n for n, (_s, harus) in isian.items() if harus]
		operasi["requestBody"] = _badan({n: s for n, (s, _w) in isian.items()}, wajib)
	operasi["responses"] = {"200": _jawaban_metode(petunjuk.get("return"), skema)} | _galat()
	return operasi


def _operasi_kerangka(nama: str, isi: dict[str, Any]) -> dict[str, Any]:
	operasi = _operasi(nama, isi["description"], "POST", "frappe", nama in TAMU)
	if isi["isian"]:
		operasi["requestBody"] = _badan(isi["isian"], isi["wajib"])
	operasi["responses"] = {
		"200": {"description": "OK", "content": {JSON: {"schema": {"type": "object"}}}}
	} | _galat()
	return operasi


def _operasi(nama: str, keterangan: str, cara: str, bagian: str, tamu: bool) -> dict[str, Any]:
	aman = [{"sesi": []}, {"kunci": []}] if cara == "GET" else [{"sesi": [], "csrf": []}, {"kunci": []}]
	return {
		"operationId": f"{cara.lower()}:{nama}",
		"summary": keterangan.split("\n")[0],
		"description": keterangan,
		"tags": [bagian],
		"security": [{}, *aman] if tamu else aman,
	}


def _bagian(fungsi: Callable) -> str:
	return fungsi.__module__.split(".")[1]


def _skema_isian(isian: Isian, skema: dict[str, Any]) -> dict[str, Any]:
	hasil = _skema_tipe(isian.jenis, skema, "validation")
	return hasil if isian.bawaan is None else hasil | {"default": isian.bawaan}


def _skema_tipe(petunjuk: Any, skema: dict[str, Any], cara: str) -> dict[str, Any]:
	hasil = TypeAdapter(petunjuk).json_schema(ref_template=ACUAN + "{model}", mode=cara)
	skema |= hasil.pop("$defs", {})
	return hasil


def _isian_alamat(skema: dict[str, Any]) -> dict[str, Any]:
	"""In an address a list or an object is written as JSON, and nothing is a value left out."""
	pilihan = [s for s in skema.get("anyOf", [skema]) if s.get("type") != "null"]
	if any(s.get("type") in ("array", "object") for s in pilihan):
		return {"schema": {"type": "string", "contentMediaType": JSON}}
	sisa = {k: v for k, v in skema.items() if k != "anyOf"} if "anyOf" in skema else {}
	return {"schema": sisa | (pilihan[0] if len(pilihan) == 1 else {"anyOf": pilihan})}


def _badan(isian: dict[str, Any], wajib: list[str]) -> dict[str, Any]:
	skema: dict[str, Any] = {"type": "object", "properties": isian}
	if wajib:
		skema["required"] = wajib
	return {"required": bool(wajib), "content": {JSON: {"schema": skema}}}


def _jawaban_metode(petunjuk: Any, skema: dict[str, Any]) -> dict[str, Any]:
	tipe, *media = get_args(petunjuk) if get_origin(petunjuk) is Annotated else (petunjuk,)
	if media:
		return {"description": "A file", "content": {m: {} for m in media}}
	if tipe is Response:
		raise TypeError("say by tata_kelola.unduhan which kind of file is answered")
	if tipe in (None, type(None)):
		return {"description": "Done", "content": {JSON: {"schema": {"type": "object"}}}}
	isi = _skema_tipe(tipe, skema, "serialization")
	kosong = {"type": "null"} in isi.get("anyOf", [])
	skema_jawaban = {"type": "object", "properties": {"message": isi}}
	if not kosong:  # None is left out of the answer
		skema_jawaban["required"] = ["message"]
	return {"description": "OK", "content": {JSON: {"schema": skema_jawaban}}}


# --- documents -------------------------------------------------------------------------


def doctype() -> list[Meta]:
	"""Of the app's DocTypes that hold documents, and of their tables."""
	modul = frappe.get_all("Module Def", {"app_name": "kampung_bahagia"}, pluck="name", order_by="name")
	nama = frappe.get_all("DocType", {"module": ["in", modul], "issingle": 0}, pluck="name", order_by="name")
	return [frappe.get_meta(satu) for satu in nama]


def _kunci(doctype: str) -> str:
	return doctype.replace(" ", "_")


def _skema_dokumen(meta) -> dict[str, Any]:
	isian: dict[str, Any] = {
		"name": {"type": "string", "readOnly": True},
		"modified": {"type": "string", "description": "YYYY-MM-DD HH:MM:SS.ffffff; send it back unchanged"},
		"docstatus": {"enum": [0, 1, 2], "readOnly": True},
	}
	for df in meta.fields:
		if df.fieldtype not in BUKAN_ISIAN and df.fieldname not in default_fields:
			isian[df.fieldname] = _skema_kolom(df)
	hasil: dict[str, Any] = {"type": "object", "properties": isian}
	if keterangan := meta.get("description"):
		hasil["description"] = keterangan
	if langkah := _langkah(meta.name):
		hasil["x-langkah"] = langkah
	return hasil


def _skema_kolom(df) -> dict[str, Any]:
	if df.fieldtype in table_fields:
		hasil: dict[str, Any] = {"type": "array", "items": {"$ref": ACUAN + _kunci(df.options)}}
	elif df.fieldtype == "Check":
		hasil = {"enum": [0, 1, None]}
	elif df.fieldtype in ANGKA:
		hasil = {"type": ["integer", "null"]}
	elif df.fieldtype in PECAHAN:
		hasil = {"type": ["number", "null"]}
	elif df.fieldtype == "Select" and df.options:
		hasil = {"enum": list(dict.fromkeys([*df.options.split("\n"), "", None]))}
	elif df.fieldtype == "Date":
		hasil = {"type": ["string", "null"], "format": "date"}
	else:
		hasil = {"type": ["string", "null"]}
	if df.fieldtype in ("Link", "Datetime", "Time", "Attach", "Attach Image"):
		hasil["x-jenis"] = f"{df.fieldtype}: {df.options}" if df.options else df.fieldtype
	for kunci, nilai in {
		"title": df.label,
		"description": df.description,
		"readOnly": bool(df.read_only),
		"x-wajib": bool(df.reqd),
		"x-permlevel": df.permlevel,
	}.items():
		if nilai:
			hasil[kunci] = nilai
	return hasil


def _langkah(doctype: str) -> list[dict[str, str]]:
	if doctype not in BERALUR:
		return []
	alur = frappe.db.get_value("Workflow", {"document_type": doctype, "is_active": 1})
	return [
		{"dari": t.state, "tindakan": t.action, "menjadi": t.next_state, "oleh": t.allowed}
		for t in (frappe.get_cached_doc("Workflow", alur).transitions if alur else ())
	]


def _jalan_dokumen(meta) -> dict[str, Any]:
	alamat = f"/api/resource/{quote(meta.name)}"
	satu = {"$ref": ACUAN + _kunci(meta.name)}
	nama = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
	semua: dict[str, Any] = {
		"get": _operasi_dokumen(meta, "read", "GET", {"type": "array", "items": {}})
		| {"parameters": _saringan()}
	}
	tiap: dict[str, Any] = {"get": _operasi_dokumen(meta, "read", "GET", satu, "satu"), "parameters": [nama]}
	if _jabatan(meta, "create"):
		semua["post"] = _operasi_dokumen(meta, "create", "POST", satu) | {"requestBody": _isi(satu)}
	if _jabatan(meta, "write"):
		tiap["put"] = _operasi_dokumen(meta, "write", "PUT", satu) | {"requestBody": _isi(satu)}
	if _jabatan(meta, "delete"):
		tiap["delete"] = _operasi_dokumen(meta, "delete", "DELETE", None)
	return {alamat: semua, f"{alamat}/{{name}}": tiap}


def _isi(skema: dict[str, Any]) -> dict[str, Any]:
	return {"required": True, "content": {JSON: {"schema": skema}}}


def _operasi_dokumen(meta, hak: str, cara: str, isi: dict | None, bagian: str = "") -> dict[str, Any]:
	keterangan = f"{hak.capitalize()} {meta.name}: {', '.join(_jabatan(meta, hak))}, in their own areas."
	operasi = _operasi(f"{meta.name}{bagian and ':' + bagian}", keterangan, cara, "resource", tamu=False)
	if isi is None:
		baik = {"202": {"description": "Deleted", "content": {JSON: {"schema": {"type": "object"}}}}}
	else:
		skema = {"type": "object", "required": ["data"], "properties": {"data": isi}}
		baik = {"200": {"description": "OK", "content": {JSON: {"schema": skema}}}}
	return operasi | {"responses": baik | _galat()}


def _jabatan(meta, hak: str) -> list[str]:
	"""Offices whose role has this right on its fields that everyone may see."""
	return sorted({p.role for p in meta.permissions if p.get(hak) and not p.permlevel} - {"System Manager"})


def _saringan() -> list[dict[str, Any]]:
	isi = {
		"fields": {"type": "string", "contentMediaType": JSON, "description": '["name", "status"]'},
		"filters": {"type": "string", "contentMediaType": JSON, "description": '[["status", "=", "Draf"]]'},
		"order_by": {"type": "string", "examples": ["modified desc"]},
		"limit_start": {"type": "integer", "minimum": 0, "default": 0},
		"limit_page_length": {"type": "integer", "minimum": 0, "default": 20},
	}
	return [{"name": nama, "in": "query", "schema": skema} for nama, skema in isi.items()]


# --- errors ----------------------------------------------------------------------------


def _galat() -> dict[str, Any]:
	return {str(kode): {"$ref": f"#/components/responses/{kode}"} for kode in GALAT}


def _jawaban_galat(arti: str) -> dict[str, Any]:
	return {"description": arti, "content": {JSON: {"schema": {"$ref": f"{ACUAN}Galat"}}}}


def _skema_galat() -> dict[str, Any]:
	return {
		"type": "object",
		"description": "The framework's envelope.",
		"properties": {
			"exc_type": {"type": "string", "description": "Name of the error's class."},
			"_server_messages": {
				"type": "string",
				"contentMediaType": JSON,
				"description": "A JSON list of JSON objects, whose `message` is the sentence for the user (HTML).",
			},
			"message": {},
		},
		"not": {"required": ["exc"]},  # never a trace of the server's code
	}
