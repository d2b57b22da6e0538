"""Antrian Saya: what waits for an office, of every kind, the nearest clock first."""

from __future__ import annotations

import json
from unittest.mock import patch

import frappe
import pytest
from frappe.desk import desktop
from frappe.desk.query_report import run
from frappe.utils import add_days, add_to_date, getdate, now_datetime, nowdate

from kampung_bahagia.tata_kelola.report.antrian_saya import antrian_saya
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.test_anggaran_kueri import queries

LAPORAN, BALOK = "Antrian Saya", "Antrian Meja"


def antrian(user: str, **saring) -> list[dict]:
	with sebagai(user):
		return run(LAPORAN, json.dumps(saring))["result"]


def yang(user: str, berkas) -> dict | None:
	"""The row of a file in the queue of `user`."""
	return next(
		(b for b in antrian(user) if (b["jenis_berkas"], b["nama"]) == (berkas.doctype, berkas.name)), None
	)


def meja(k) -> list[tuple[str, str]]:
	"""Each official with the workspace of their office."""
	ruang = {"ketua": "Ketua RT", "pendamping": "Pendamping", "lurah": "Lurah", "dpmppa": "DPMPPA"}
	return [(getattr(k, satu), nama) for satu, nama in {**ruang, "bpjs": "BPJS Ketenagakerjaan"}.items()]


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
	langkah(daftar, k.dpmppa, "Kirim")
	assert not yang(k.dpmppa, daftar)
	assert yang(k.bpjs, daftar)["tenggat_pada"] is None


def test_the_premium_is_to_be_paid_before_the_work_begins(k):
	keg = pabrik.kegiatan_disetujui(k)
	daftar = langkah(pabrik.pendaftaran(k, keg), k.dpmppa, "Kirim")
	daftar = langkah(daftar, k.bpjs, "Tagih", kode_iuran="K-1", nomor_proyek="P-1", tagihan=daftar.iuran)
	baris = yang(k.dpmppa, daftar)
	assert (baris["langkah"], baris["tenggat_jenis"]) == ("Iuran perlu dibayar", "Pembayaran iuran")
	assert baris["tenggat_pada"].date() == getdate(add_days(keg.tanggal_mulai, -1))


def test_a_change_of_a_decree_waits_for_dpmppa_once_it_is_signed(k, berjalan):
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": berjalan.name})
	keluar = {"peserta": sk.lampiran[0].peserta, "berhenti_sejak": nowdate(), "sebab": "Mengundurkan diri"}
	ubah = pabrik.surat_keputusan(
		k,
		berjalan,
		jenis="Perubahan",
		atas_sk=sk.name,
		pertimbangan="seorang berhenti",
		keluar=[keluar],
		dipindai=False,
	)
	assert not yang(k.dpmppa, ubah)  # BPJS is told of it only then, and the form refuses before
	with sebagai(k.ketua):
		ubah.pindaian = pabrik.lampiran(ubah, "sk.pdf", k.ketua)
		ubah.save()
	assert yang(k.dpmppa, ubah)["tenggat_jenis"] == "Laporan perubahan ke BPJS"


def test_a_notice_without_a_claim_runs_out_in_forty_eight_hours(k):
	with sebagai(k.ketua):
		catatan = frappe.get_doc(pabrik.data_pemberitahuan(rt=k.rt)).insert()
	for user in (k.ketua, k.lurah):
		assert yang(user, catatan)["tenggat_pada"] == catatan.batas_tahap_satu


def diajukan_lama(k):
	"""A kegiatan that was submitted twenty days ago."""
	keg = pabrik.kegiatan(k)
	with patch("kampung_bahagia.tata_kelola.jejak.now_datetime", return_value=add_days(now_datetime(), -20)):
		return langkah(keg, k.ketua, "Ajukan")


def test_a_clock_that_ends_in_years_is_no_news_and_waits_by_its_age(k, berjalan):
	diajukan = diajukan_lama(k)
	jkm = pabrik.klaim(k, berjalan, jenis="JKM")
	assert frappe.db.get_value("Klaim", jkm.name, "tenggat_pada") > add_to_date(now_datetime(), years=1)
	assert yang(k.lurah, jkm)["tenggat_pada"] is None
	nama = [b["nama"] for b in antrian(k.lurah)]
	assert nama.index(diajukan.name) < nama.index(jkm.name)


def test_the_longest_waiting_is_shown_though_it_was_saved_last(k):
	lama, baru = diajukan_lama(k), langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	frappe.db.set_value(lama.doctype, lama.name, "modified", add_to_date(now_datetime(), hours=1))
	langkah_ini = yang(k.lurah, lama)["langkah"]
	nama = [b["nama"] for b in antrian(k.lurah) if b["langkah"] == langkah_ini]
	letak = nama.index(lama.name)  # after what other tests left with a nearer clock
	assert baru.name in nama[letak + 1 :]
	with patch.object(antrian_saya, "BARIS", letak + 1):
		terpotong = [b["nama"] for b in antrian(k.lurah)]
	assert lama.name in terpotong and baru.name not in terpotong


def test_an_office_beside_another_brings_no_work_of_its_area(situs):
	"""A Ketua RT who is Pengawas of the city too reads everywhere, and has work in their own RT only."""
	k, _tetangga, lain = pabrik.tiga_rt()
	jauh, sendiri = pabrik.kegiatan(lain), pabrik.kegiatan(k)
	pabrik.penugasan(k.ketua, "Pengawas")
	with sebagai(k.ketua):
		assert frappe.has_permission("Kegiatan", doc=jauh)
	assert yang(k.ketua, sendiri) and not yang(k.ketua, jauh)


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


def test_the_queue_holds_what_the_shortcuts_of_the_workspace_count(k, berjalan):
	"""Counted as the desk does."""
	langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	langkah(langkah(pabrik.kegiatan(k), k.ketua, "Ajukan"), k.lurah, "Verifikasi")
	pabrik.kegiatan(k)
	pabrik.surat_tugas(k, berjalan)
	pabrik.pendaftaran(k, pabrik.kegiatan_disetujui(k))
	pabrik.klaim(k, berjalan)
	terhitung = 0
	for user, ruang in meja(k):
		baris = [b["langkah"] for b in antrian(user)]
		with sebagai(user):
			for satu in frappe.get_doc("Workspace", ruang).shortcuts:
				if satu.stats_filter:
					ada = len(
						frappe.get_list(satu.link_to, json.loads(satu.stats_filter), limit_page_length=0)
					)
					assert baris.count(satu.label) == min(ada, antrian_saya.BARIS), (ruang, satu.label)
					terhitung += bool(ada)
	assert terhitung >= 6


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
		'[["Kegiatan", "status", "=", "Diajukan", false]]'
	)  # as other versions of the desk write it
	assert yang(k.lurah, keg)
	pintasan_lurah("{}")  # counts nothing
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
	],
)
def test_a_shortcut_that_cannot_be_read_is_named_and_the_rest_is_shown(k, berjalan, pintasan_lurah, saringan):
	klaim = pabrik.klaim(k, berjalan)
	pintasan_lurah(saringan)
	with sebagai(k.lurah):
		hasil = run(LAPORAN, "{}")
	assert "Kegiatan perlu diverifikasi" in hasil["message"]
	assert klaim.name in [b["nama"] for b in hasil["result"]]
	with sebagai(k.lurah):
		assert "Kegiatan perlu diverifikasi" in run(LAPORAN, '{"teratas": 6}')["message"]


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
	for user, ruang in meja(k):
		with sebagai(user):
			isi = desktop.get_desktop_page(json.dumps({"name": ruang, "title": ruang}))
			assert [b.custom_block_name for b in isi["custom_blocks"]["items"]] == [BALOK]
		awal = json.loads(frappe.db.get_value("Workspace", ruang, "content"))[:2]
		assert [b["type"] for b in awal] == ["header", "custom_block"]


def test_a_block_is_read_where_it_stands_and_written_by_no_office(k):
	lain = frappe.get_doc({"doctype": "Custom HTML Block", "name": "Coba", "html": "x"}).insert()
	meja = frappe.get_doc("Workspace", "Pengawas")
	meja.append("custom_blocks", {"custom_block_name": lain.name, "label": lain.name})
	meja.flags.ignore_links = True
	meja.save(ignore_permissions=True)
	with sebagai(k.pengawas):
		assert frappe.has_permission("Custom HTML Block", doc=lain)
	with sebagai(k.lurah):
		assert frappe.get_list("Custom HTML Block", pluck="name") == [BALOK]
		assert not frappe.has_permission("Custom HTML Block", doc=lain)
		milik = frappe.get_doc("Custom HTML Block", BALOK)
		milik.script = "alert(1)"
		with pytest.raises(frappe.PermissionError):
			milik.save()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Custom HTML Block", "name": "Milik lurah", "html": "x"}).insert()
