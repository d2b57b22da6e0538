"""Every door of the API, called as its description says and otherwise, by schemathesis and as each office.

No call may end as an error of the server, show code, answer what the description does not tell, or hold a number
of a resident. Few examples for each door and always the same; FUZZ=50 tries so many, others at each run.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict

import frappe
import pytest
import schemathesis
from frappe.deferred_insert import save_to_db
from frappe.utils.password import update_password
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
	content_type_conformance,
	response_schema_conformance,
	status_code_conformance,
)

from kampung_bahagia.tata_kelola import openapi
from kampung_bahagia.tests import pabrik
from tests.situs.orang import SANDI, Orang

CONTOH = int(os.environ.get("FUZZ") or 0)
PERIKSA = [
	not_a_server_error,
	status_code_conformance,
	content_type_conformance,
	response_schema_conformance,
]
KODE = re.compile(r'Traceback \(most recent|File \\*"[^"]+\.py|"exc":|pymysql|apps/frappe')
SESI = {"/api/method/login", "/api/method/logout"}  # they begin and end what the others are tried in
MEMBUKA = "/api/method/kampung_bahagia.izin.data_pribadi.buka"  # for a reason, which it notes
TANGGAL = st.sampled_from(["2026-11-23", "2026-02-30", "0001-01-01", "31-12-2026", "besok", ""])
LIHAI = st.sampled_from(["", "[", "{", "[null]", '["\\ud800"]', "%", "'", "\x00", "9" * 40, "x" * 200])


@pytest.fixture(scope="module")
def panggung(situs_sendiri: str) -> tuple[dict[str, str | None], set[str], dict[str, list[str]]]:
	"""Who signs in, the numbers of a kampung far away, and the names of all documents by DocType; committed."""
	k, jauh = pabrik.kampung(), pabrik.kampung("jauh")
	for satu in (k, jauh):
		kegiatan = pabrik.kegiatan_berjalan(satu)
		pabrik.pemberitahuan(satu, pabrik.klaim(satu, kegiatan))
		pabrik.surat_tugas(satu, kegiatan)
		pabrik.berkas_bpjs(satu, pabrik.pendaftaran(satu, pabrik.kegiatan_disetujui(satu)))
	rekening = frappe.get_doc("RT", jauh.rt).update({"bank": "Bank Uji", "nomor_rekening": "7700112233445"})
	rekening.save()
	orang = frappe.get_all("Warga", {"rt": jauh.rt}, pluck="name", order_by="name")
	for nomor, nama in enumerate(orang):
		frappe.db.set_value("Data Pribadi", nama, "no_hp", f"08127770{nomor:04}")
	kolom = ["nik", "no_kk", "no_hp"]
	isi = frappe.get_all("Data Pribadi", {"name": ["in", orang]}, kolom, order_by="name", as_list=True)
	nama = {m.name: frappe.get_all(m.name, pluck="name", order_by="name") for m in openapi.doctype()}
	pabrik.akun_surel_keluar()
	for user in (k.ketua, k.dpmppa, k.bpjs):
		update_password(user, SANDI)
	frappe.db.commit()
	rahasia = {nomor for baris in isi for nomor in baris} | {"7700112233445"}
	return {"tamu": None, "ketua": k.ketua, "dpmppa": k.dpmppa, "bpjs": k.bpjs}, rahasia, nama


@pytest.fixture(scope="module")
def skema(situs_sendiri: str):
	return schemathesis.openapi.from_dict(openapi.dokumen())


@pytest.mark.parametrize("siapa", ["tamu", "ketua", "dpmppa", "bpjs"])
@pytest.mark.timeout(0 if CONTOH else 1200)  # minutes, on a machine with other work
def test_no_door_breaks_or_tells(siapa: str, panggung, skema, server_sendiri: str) -> None:
	siapa_saja, rahasia, nama = panggung
	orang = Orang(server_sendiri, siapa_saja[siapa])
	cacat: dict[str, list[str]] = defaultdict(list)
	for hasil in skema.get_all_operations():
		pintu = hasil.ok()
		dokumen = pintu.path.startswith("/api/resource/")
		# documents are tried by every office in tests/akses already
		if pintu.path in SESI or (dokumen and not CONTOH and siapa != "ketua"):
			continue
		jumlah = CONTOH or (1 if dokumen or siapa == "tamu" else 3)
		for satu in _coba(pintu, jumlah, orang, nama, set() if pintu.path == MEMBUKA else rahasia):
			cacat[f"{pintu.method} {pintu.path}"].append(satu)
	laporan = "\n".join(f"{pintu}\n    " + "\n    ".join(apa[:3]) for pintu, apa in cacat.items() if apa)
	assert not laporan, laporan


def _coba(pintu, jumlah: int, orang: Orang, nama: dict[str, list[str]], rahasia: set[str]) -> list[str]:
	"""What is wrong with the answers of one door, each fault once."""
	cacat: dict[str, None] = {}

	@settings(
		max_examples=jumlah,
		derandomize=not CONTOH,
		database=None,
		deadline=None,
		phases=[Phase.generate],
		suppress_health_check=list(HealthCheck),
	)
	@given(st.data())
	def coba(data) -> None:
		cara = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
		kasus = data.draw(pintu.as_strategy(generation_mode=cara))
		_isi_nyata(data, kasus, nama)
		jawab = kasus.call(base_url=orang.server, session=orang, timeout=60)
		cacat.update(dict.fromkeys(_cacat(kasus, jawab, rahasia)))

	coba()
	return list(cacat)


def _cacat(kasus, jawab, rahasia: set[str]) -> list[str]:
	hasil = []
	try:
		kasus.validate_response(jawab, checks=PERIKSA)
	except FailureGroup as galat:
		hasil += [f"{satu.title}: {satu.message[:300]}" for satu in galat.exceptions]
	teks = jawab.content.decode(errors="ignore")
	if jawab.status_code >= 500:
		hasil.append(_galat_tercatat())
	if KODE.search(teks):
		hasil.append(f"shows code: {teks[:300]}")
	hasil += [f"tells a number of another area: {n}" for n in rahasia if n in teks]
	return [f"{jawab.status_code} {satu} <- {kasus.as_curl_command()[:400]}" for satu in hasil]


def _galat_tercatat() -> str:
	"""What the server noted of its last error."""
	frappe.db.rollback()
	save_to_db()
	catatan = frappe.get_all("Error Log", ["error"], order_by="creation desc", limit=1)
	return "".join(baris.error[-700:] for baris in catatan)


def _isi_nyata(data, kasus, nama: dict[str, list[str]]) -> None:
	"""Mostly real names in the place of made-up texts: what is unknown stops at the first question."""
	menurut_kolom = {frappe.scrub(dt): semua for dt, semua in nama.items() if semua}
	semua = st.sampled_from(sorted({n for satu in nama.values() for n in satu}))

	def nyata(kolom: str, nilai):
		if not isinstance(nilai, str) or not data.draw(st.integers(0, 3)):
			return nilai
		if kolom in menurut_kolom:
			return data.draw(st.sampled_from(menurut_kolom[kolom]))
		if "doctype" in kolom or kolom == "dt":
			return data.draw(st.sampled_from(sorted(nama)))
		if "tanggal" in kolom or kolom.endswith("_pada"):
			return data.draw(TANGGAL)
		return data.draw(st.one_of(semua, LIHAI, st.just(nilai)))

	dt = kasus.operation.path.removeprefix("/api/resource/").partition("/")[0].replace("%20", " ")
	kasus.cookies.clear()  # as whom it is called is the test's own
	kasus.headers.clear()
	if kasus.body and not isinstance(kasus.body, dict):
		kasus.body = {}  # the framework reads the body before any check, and breaks on what is no object
	for isi in (kasus.query, kasus.body):
		if isinstance(isi, dict):
			isi |= {kolom: nyata(kolom, nilai) for kolom, nilai in isi.items()}
	if kasus.path_parameters and nama.get(dt) and data.draw(st.integers(0, 3)):
		kasus.path_parameters["name"] = data.draw(st.sampled_from(nama[dt]))
