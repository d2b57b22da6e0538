"""Antrian Saya: what waits for an office, of every kind, the nearest clock first."""

from __future__ import annotations

import json
from unittest.mock import patch

import frappe
import pytest
from frappe.desk import desktop
from frappe.desk.query_report import run
from frappe.utils import add_to_date, now_datetime

from kampung_bahagia.tata_kelola.report.antrian_saya import antrian_saya
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.test_anggaran_kueri import queries

LAPORAN = "Antrian Saya"


def antrian(user: str, **saring) -> list[dict]:
	with sebagai(user):
		return run(LAPORAN, json.dumps(saring))["result"]


def yang(user: str, berkas) -> dict | None:
	"""The row of a file in the queue of `user`."""
	return next(
		(b for b in antrian(user) if (b["jenis_berkas"], b["nama"]) == (berkas.doctype, berkas.name)), None
	)


@pytest.fixture
def berjalan(k):
	return pabrik.kegiatan_berjalan(k)


def test_the_nearest_clock_comes_first_and_what_has_none_last(k, berjalan):
	diajukan = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	kini = now_datetime()
	pertama, kedua = frappe.get_all("Peserta", {"kegiatan": berjalan.name}, pluck="name", order_by="name")
	baru = pabrik.klaim(k, berjalan, peserta=pertama, waktu_kejadian=add_to_date(kini, hours=-2))
	lama = pabrik.klaim(k, berjalan, peserta=kedua, waktu_kejadian=add_to_date(kini, hours=-40))
	nama = [b["nama"] for b in antrian(k.lurah)]
	assert [n for n in nama if n in (diajukan.name, lama.name, baru.name)] == [
		lama.name,
		baru.name,
		diajukan.name,
	]
	assert yang(k.lurah, lama)["sisa_jam"] == 7  # 48 hours from then, the hour that has begun not counted
	assert yang(k.lurah, lama)["tenggat_jenis"] == "Laporan Tahap I ke BPJS"
	assert yang(k.lurah, diajukan)["sisa_jam"] is None


def test_a_file_moves_on_to_the_queue_of_the_next_office(k):
	keg = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	assert yang(k.lurah, keg)["langkah"] == "Kegiatan perlu diverifikasi"
	assert yang(k.lurah, keg)["nama_rt"] == frappe.db.get_value("RT", k.rt, "judul")
	assert not yang(k.dpmppa, keg)
	keg = langkah(keg, k.lurah, "Verifikasi")
	assert not yang(k.lurah, keg)
	assert yang(k.dpmppa, keg)["langkah"] == "Kegiatan perlu disetujui"


def test_the_clock_of_a_registration_ends_when_it_was_sent(k):
	keg = pabrik.kegiatan_disetujui(k)
	assert yang(k.dpmppa, keg)["tenggat_jenis"] == "Pendaftaran ke BPJS"
	daftar = pabrik.pendaftaran(k, keg)
	assert not yang(k.dpmppa, keg)  # one file of the two is in hand now
	assert yang(k.dpmppa, daftar)["tenggat_jenis"] == "Pendaftaran ke BPJS"
	assert yang(k.dpmppa, daftar)["perihal"] == keg.judul
	frappe.db.set_value(daftar.doctype, daftar.name, "dikirim_pada", now_datetime())
	assert yang(k.dpmppa, daftar)["tenggat_pada"] is None


def test_nobody_sees_what_waits_elsewhere(k):
	keg = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	assert yang(k.lurah, keg)
	for user in (k.lurah_lain, k.ketua_tetangga, k.pendamping, k.bpjs):
		assert not yang(user, keg), user


def test_an_overseer_and_the_administrator_of_the_programme_have_no_queue(k):
	for user in (k.pengawas, k.admin):
		with pytest.raises(frappe.PermissionError):
			antrian(user)


def test_an_office_that_ended_leaves_no_queue(k):
	keg = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	assert yang(k.lurah, keg)
	frappe.db.set_value("Penugasan", {"pengguna": k.lurah}, "sampai", "2025-12-31")
	frappe.clear_cache(user=k.lurah)
	assert not yang(k.lurah, keg)


@pytest.mark.parametrize("jabatan", ["ketua", "lurah", "dpmppa", "bpjs"])
def test_the_queue_holds_what_the_shortcuts_of_the_workspace_count(k, berjalan, jabatan):
	langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	pabrik.klaim(k, berjalan)
	user = getattr(k, jabatan)
	baris = antrian(user)
	with sebagai(user):
		for satu in antrian_saya.pintasan():
			daftar = frappe.get_list(
				satu.doctype, filters=satu.saring, pluck="name", limit=antrian_saya.BARIS
			)
			assert sorted(b["nama"] for b in baris if b["langkah"] == satu.label) == sorted(daftar), (
				satu.label
			)


def test_what_is_left_out_is_said(k):
	for _ in range(3):
		langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	with patch.object(antrian_saya, "BARIS", 2), sebagai(k.lurah):
		hasil = run(LAPORAN, "{}")
	assert "Kegiatan perlu diverifikasi" in hasil["message"]
	assert len([b for b in hasil["result"] if b["langkah"] == "Kegiatan perlu diverifikasi"]) == 2
	assert len(antrian(k.lurah, teratas=2)) == 2


@pytest.fixture
def pintasan_lurah():
	"""Changes what the lurah's shortcut for kegiatan counts, as an administrator may."""

	def ubah(saringan: str) -> None:
		baris = {"parent": "Lurah", "label": "Kegiatan perlu diverifikasi"}
		frappe.db.set_value("Workspace Shortcut", baris, "stats_filter", saringan)

	return ubah


def test_the_queue_follows_a_shortcut_that_an_administrator_changed(k, pintasan_lurah):
	keg = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	pintasan_lurah('{"status": ["in", ["Diajukan"]], "judul": ["like", "%tidak ada%"]}')
	assert not yang(k.lurah, keg)
	pintasan_lurah(
		'{"status": ["in", ["Diajukan"]], "tanggal_mulai": ["Between", ["2000-01-01", "2100-01-01"]]}'
	)
	assert yang(k.lurah, keg)


@pytest.mark.parametrize(
	"saringan",
	[
		'{"tanggal_mulai": ["<", frappe.datetime.get_today()]}',
		'{"kolom_lama": ["=", "x"]}',
		'{"status": ["mirip", "Diajukan"]}',
		'{"status": "Diajukan"}',
		'[["Kegiatan", "status", "=", "Diajukan", false]]',
		"3",
	],
)
def test_a_shortcut_that_cannot_be_read_is_named_and_the_rest_is_shown(k, berjalan, pintasan_lurah, saringan):
	klaim = pabrik.klaim(k, berjalan)
	pintasan_lurah(saringan)
	with sebagai(k.lurah):
		hasil = run(LAPORAN, "{}")
	assert "Kegiatan perlu diverifikasi" in hasil["message"]
	assert klaim.name in [b["nama"] for b in hasil["result"]]


@pytest.mark.parametrize("teratas", ["seratus", -5, 10**9, None])
def test_a_number_that_makes_no_sense_is_the_usual_one(k, teratas):
	keg = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	assert keg.name in [b["nama"] for b in antrian(k.lurah, teratas=teratas)]


def test_as_many_queries_for_many_files_as_for_one(k):
	def pernyataan() -> int:
		with queries(k.lurah) as diminta:
			antrian_saya.execute({})
		return len(diminta)

	langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	pernyataan()  # what is known once is not asked again
	sedikit = pernyataan()
	for _ in range(4):
		langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	assert pernyataan() == sedikit


def test_the_workspace_of_an_office_begins_with_its_queue(k):
	for user, ruang in ((k.ketua, "Ketua RT"), (k.lurah, "Lurah"), (k.dpmppa, "DPMPPA")):
		with sebagai(user):
			isi = desktop.get_desktop_page(json.dumps({"name": ruang, "title": ruang}))
			assert [b.custom_block_name for b in isi["custom_blocks"]["items"]] == [LAPORAN]


def test_other_blocks_stay_with_the_administrator_and_none_can_be_written(k):
	lain = frappe.get_doc({"doctype": "Custom HTML Block", "name": "Coba", "html": "x"}).insert()
	with sebagai(k.lurah):
		assert frappe.get_list("Custom HTML Block", pluck="name") == [LAPORAN]
		assert not frappe.has_permission("Custom HTML Block", doc=lain)
		milik = frappe.get_doc("Custom HTML Block", LAPORAN)
		milik.script = "alert(1)"
		with pytest.raises(frappe.PermissionError):
			milik.save()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Custom HTML Block", "name": "Milik lurah", "html": "x"}).insert()
