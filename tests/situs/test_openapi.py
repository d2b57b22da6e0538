"""The API's description against what the server itself goes by."""

from __future__ import annotations

import inspect

import frappe
import jsonschema_rs
import pytest
import schemathesis

from kampung_bahagia.izin.pintu import TAMU
from kampung_bahagia.tata_kelola import openapi


@pytest.fixture(scope="module")
def isi(situs: str) -> dict:
	frappe.set_user("Administrator")
	return openapi.dokumen()


def test_it_is_valid_openapi_with_schemas_that_compile(isi: dict) -> None:
	skema = schemathesis.openapi.from_dict(isi)
	skema.validate()
	assert all(hasil.ok() for hasil in skema.get_all_operations())
	for nama in isi["components"]["schemas"]:
		jsonschema_rs.validator_for({"$ref": f"#/components/schemas/{nama}", "components": isi["components"]})


def test_every_method_of_the_app_is_told_with_words_types_and_ways(isi: dict) -> None:
	openapi.muat_semua()
	semua = [f for f in frappe.whitelisted if f.__module__.startswith("kampung_bahagia.")]
	jalan = {j: cara for j, cara in isi["paths"].items() if j.startswith("/api/method/")}
	assert len(semua) == len(jalan) - len(openapi.KERANGKA) > 70
	for nama, fungsi in openapi.metode():
		assert inspect.getdoc(fungsi), f"{nama} has no docstring"
		assert "return" in fungsi.__annotations__, f"{nama} does not say what it answers"
		boleh = frappe.allowed_http_methods_for_whitelisted_func[fungsi]
		assert {c.upper() for c in jalan[f"/api/method/{nama}"]} == {"GET", "POST"} & set(boleh)


def test_a_method_that_writes_is_told_with_its_arguments(isi: dict) -> None:
	kirim = isi["paths"]["/api/method/kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs.kirim"]
	assert list(kirim) == ["post"]
	skema = kirim["post"]["requestBody"]["content"]["application/json"]["schema"]
	assert skema["required"] == ["nama", "jalur"]
	assert skema["properties"]["nama"] == {"type": "string"}
	assert kirim["post"]["security"] == [{"sesi": [], "csrf": []}, {"kunci": []}]


def test_an_answer_that_is_a_file_is_told_as_one(isi: dict) -> None:
	unduh = isi["paths"]["/api/method/kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs.unduh"]
	assert list(unduh["post"]["responses"]["200"]["content"]) == ["application/zip"]


def test_guests_are_offered_their_doors_only(isi: dict) -> None:
	terbuka = {
		jalan.removeprefix("/api/method/")
		for jalan, cara in isi["paths"].items()
		for operasi in cara.values()
		if isinstance(operasi, dict) and {} in operasi["security"]
	}
	assert terbuka <= TAMU
	assert "frappe.core.doctype.user.user.reset_password" in terbuka


def test_a_document_is_told_with_its_fields_steps_and_offices(isi: dict) -> None:
	skema = isi["components"]["schemas"]["Pendaftaran_BPJS"]
	langkah = next(satu for satu in skema["x-langkah"] if satu["tindakan"] == "Kirim")
	assert langkah == {"dari": "Disiapkan", "tindakan": "Kirim", "menjadi": "Dikirim", "oleh": "DPMPPA"}
	assert skema["properties"]["rincian"]["items"] == {"$ref": "#/components/schemas/Rincian_Iuran"}
	jalan = isi["paths"]["/api/resource/Jejak%20Keputusan/{name}"]
	assert "put" not in jalan and "delete" not in jalan
	assert "DPMPPA" in isi["paths"]["/api/resource/Pendaftaran%20BPJS"]["post"]["description"]


def test_no_password_is_offered(isi: dict) -> None:
	for nama, skema in isi["components"]["schemas"].items():
		meta = frappe.db.exists("DocType", nama.replace("_", " ")) and frappe.get_meta(nama.replace("_", " "))
		for df in meta.fields if meta else ():
			assert df.fieldtype != "Password" or df.fieldname not in skema["properties"]
