"""The journey, and the demonstration data that it starts from, on a copy of the running site."""

import json
import subprocess
import sys

import journey
import pytest
from desk import Desk
from forms import only
from rig import credentials
from rig.paths import ACCOUNTS, SITES


@pytest.fixture(scope="module")
def accounts() -> list[dict]:
	return json.loads(ACCOUNTS.read_text())


@pytest.mark.timeout(1200)  # minutes, on a machine with other work
def test_one_activity_from_residents_to_a_paid_claim_and_an_accepted_account(
	situs_demo, server_demo, accounts, tmp_path
):
	administrator = credentials.load()["administrator"]
	record = journey.run(server_demo, accounts, administrator, tmp_path, lambda: work_off(situs_demo))
	assert not record.failed()
	steps = {step["step"] for step in record.steps}
	assert {
		"closes the claim",
		"pays the widow",
		"verifies it all the same",
		"closes the kegiatan",
		"fetches the complete file",
	} <= steps
	assert json.loads((tmp_path / "journey.json").read_text()) == record.steps
	for name in ("keputusan-ketua-rt.pdf", "rekap-iuran.pdf", "berkas-lengkap.pdf"):
		assert (tmp_path / "journey" / name).stat().st_size > 5_000


def test_the_demonstration_holds_a_file_in_every_state_of_every_workflow(server_demo, accounts):
	dpmppa = account(server_demo, accounts, "DPMPPA")
	administrator = Desk(server_demo, "Administrator").sign_in(credentials.load()["administrator"])
	for doctype in ("Musyawarah", "Kegiatan", "Surat Keputusan", "Pendaftaran BPJS", "Klaim"):
		states = {state["state"] for state in administrator.load("Workflow", doctype)["states"]}
		assert {file["status"] for file in dpmppa.list(doctype, fields=["status"])} == states, doctype


def test_the_demonstration_covers_the_pilot(server_demo, accounts):
	dpmppa = account(server_demo, accounts, "DPMPPA")
	assert len(dpmppa.list("RT", {"tahap": 2025})) == 67
	heads = dpmppa.list("Penugasan", {"jabatan": "Ketua RT"}, ["pengguna", "rt"])
	assert len({head["rt"] for head in heads}) == len({head["pengguna"] for head in heads}) == 67
	values = {file["nilai_kegiatan"] for file in dpmppa.list("Kegiatan", fields=["nilai_kegiatan"])}
	assert {50_000_000, 100_000_000, 120_000_000} <= values
	assert dpmppa.list("Kegiatan", {"konstruksi": 0})


def test_the_demonstration_goes_through_the_whole_of_planning(server_demo, accounts):
	dpmppa = account(server_demo, accounts, "DPMPPA")
	for doctype, states in (
		("Renja", {"Diajukan", "Disahkan"}),
		("Adendum Kegiatan", {"Diajukan", "Disetujui DPMPPA"}),
		("LPJ Kegiatan", {"Diajukan", "Diperiksa Lurah", "Diterima DPMPPA"}),
	):
		assert states <= {file["status"] for file in dpmppa.list(doctype, fields=["status"])}, doctype
	meetings = dpmppa.list("Musyawarah", {"status": "Disahkan"}, ["jenis"])
	assert {m["jenis"] for m in meetings} == {"Kesiapan", "Prioritas", "Perubahan", "Serah Terima"}
	assert {plan["jenis"] for plan in dpmppa.list("Renja", fields=["jenis"])} == {"Tahunan", "Lima Tahunan"}
	for flag in ("tanda_pecah", "tanda_ganda"):
		assert dpmppa.list("Kegiatan", {flag: 1, "bukti_tanda": ["is", "set"]}), flag
	assert dpmppa.list("Kegiatan", {"catatan_harga": ["is", "set"], "lintang": ["!=", 0]})
	behind = only(dpmppa.list("Kegiatan", {"judul": "Perbaikan saluran Lorong Melur"}))["name"]
	curve = dpmppa.call("kampung_bahagia.perencanaan.layar.kurva_kemajuan", kegiatan=behind)["message"]
	assert 0 < curve["nyata"][-1] < curve["rencana"][-1]
	waiting = only(dpmppa.list("Adendum Kegiatan", {"kegiatan": behind}))["name"]
	assert dpmppa.load("Adendum Kegiatan", waiting)["selisih_iuran"] > 0
	assert dpmppa.list("Kemajuan Kegiatan", {"foto": ["is", "set"]})
	postponed = dpmppa.list("Musyawarah", {"status": "Ditunda", "kuorum_tercapai": 0})
	assert dpmppa.list("Musyawarah", {"lanjutan_dari": ["in", [one["name"] for one in postponed]]})
	plans = dpmppa.list("Renja", {"status": "Disahkan"}, ["musyawarah"])
	assert any(
		usulan["seri"] for plan in plans for usulan in dpmppa.load("Musyawarah", plan["musyawarah"])["usulan"]
	)


def test_everything_says_that_it_is_an_example(server_demo, accounts):
	dpmppa = account(server_demo, accounts, "DPMPPA")
	notes = [file["catatan"] for file in dpmppa.list("Musyawarah", fields=["catatan"])]
	assert all("contoh" in note.lower() for note in notes)
	assert all(user["pengguna"].endswith("@contoh.invalid") for user in accounts)
	assert oct(ACCOUNTS.stat().st_mode & 0o777) == "0o600"


def work_off(site: str) -> None:
	"""Do the jobs that wait in the queues of a site that no worker serves, in a process of their own."""
	program = f"""
import frappe
from frappe.utils.background_jobs import generate_qname, get_redis_conn
from rq import Worker
frappe.init(site={site!r})
Worker([generate_qname("short"), generate_qname("long")], connection=get_redis_conn()).work(burst=True)
"""
	subprocess.run([sys.executable, "-c", program], cwd=SITES, check=True, capture_output=True)


def account(base: str, accounts: list[dict], office: str) -> Desk:
	found = next(one for one in accounts if one["jabatan"] == office)
	return Desk(base, found["pengguna"]).sign_in(found["sandi"])
