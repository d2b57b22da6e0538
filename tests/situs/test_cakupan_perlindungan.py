"""The coverage report agrees with plain SQL, and shows each reader their own area only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, nowdate

from kampung_bahagia.perlindungan.report.cakupan_perlindungan.cakupan_perlindungan import execute
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung

# Each day of the last 60, and whether a started kegiatan worked on it inside paid cover.
SQL = """
with recursive hari as (
	select %(hari_ini)s - interval 60 day as h
	union all select h + interval 1 day from hari where h < %(hari_ini)s
)
select
	count(distinct k.rt) as rt,
	count(*) as kegiatan,
	sum(k.nilai_kegiatan) as nilai,
	sum((select count(*) from `tabPeserta` p where p.kegiatan = k.name)) as peserta,
	sum((select count(*) from `tabPeserta` p
		where p.kegiatan = k.name and p.status in ('Terlindungi', 'Berakhir'))) as terlindungi,
	sum((select count(*) from hari
		where h between date(k.dimulai_pada) and date(coalesce(k.diselesaikan_pada, %(hari_ini)s))
		and not exists (select 1 from `tabPendaftaran BPJS` d where d.kegiatan = k.name
			and d.status = 'Bersertifikat' and h >= date(d.dibayar_pada)
			and h between d.berlaku_mulai and d.berlaku_sampai))) as hari
from `tabKegiatan` k
where k.docstatus = 1 and k.{kolom} = %(nilai)s
"""
ANGKA = ("rt", "kegiatan", "nilai", "peserta", "terlindungi", "hari")


@dataclass
class Data:
	kampung: Kampung
	berjalan: str  # in the RT, cover shorter than the work
	disetujui: str  # in the RT next door, nothing submitted to BPJS
	jauh: str  # in the other kelurahan, covered all the time
	draf: str
	kecamatan: str  # nothing else was made in it


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k, tetangga, jauh = pabrik.tiga_rt()
	berjalan = pabrik.kegiatan_berjalan(k)
	# 21 days of work, paid 15 days ago, certified for the days from -18 to -6: 10 days covered, 11 not
	_tulis(berjalan, dimulai_pada=-20)
	_tulis(berjalan, "Pendaftaran BPJS", dibayar_pada=-15, berlaku_mulai=-18, berlaku_sampai=-6)
	selesai = pabrik.kegiatan_berjalan(jauh)
	_tulis(selesai, dimulai_pada=-9, diselesaikan_pada=-3)
	_tulis(selesai, "Pendaftaran BPJS", dibayar_pada=-12, berlaku_mulai=-10, berlaku_sampai=30)
	disetujui = pabrik.kegiatan_disetujui(tetangga, peserta=3)
	draf = pabrik.kegiatan(k)
	yield Data(k, berjalan.name, disetujui.name, selesai.name, draf.name, berjalan.kecamatan)
	frappe.db.rollback()
	frappe.clear_cache()


def _tulis(kegiatan, doctype: str = "Kegiatan", **hari: int) -> None:
	"""Set dates, in days from today, past the Workflow that would not date anything back."""
	nilai = {f: add_days(nowdate(), n) for f, n in hari.items()}
	kunci = {"kegiatan" if doctype == "Pendaftaran BPJS" else "name": kegiatan.name}
	frappe.db.set_value(doctype, kunci, nilai, update_modified=False)


def laporan(user: str, **filters) -> tuple[list[dict], dict | None]:
	"""Rows (the total is the last) and total, as the report gives them to `user`."""
	with pabrik.sebagai(user):
		_kolom, baris, _pesan, _grafik = execute(filters)
	return baris[:-1], baris[-1] if baris else None


def test_sesuai_sql(data: Data):
	k = data.kampung
	baris, _jumlah = laporan(k.dpmppa, tingkat="Kelurahan")
	per_nama = {b["wilayah"]: b for b in baris}
	for kelurahan in (k.kelurahan, k.kelurahan_lain):
		harap = frappe.db.sql(
			SQL.format(kolom="kelurahan"), {"hari_ini": nowdate(), "nilai": kelurahan}, as_dict=True
		)[0]
		ada = per_nama[frappe.db.get_value("Kelurahan", kelurahan, "nama")]
		assert {f: ada[f] for f in ANGKA} == {f: harap[f] for f in ANGKA}
	satu = per_nama[frappe.db.get_value("Kelurahan", k.kelurahan, "nama")]
	assert (satu["rt"], satu["kegiatan"], satu["peserta"], satu["terlindungi"], satu["hari"]) == (
		2,
		2,
		5,
		2,
		11,
	)
	assert satu["persen"] == 40


@pytest.mark.parametrize("tingkat", ["Kecamatan", "Kelurahan", "RT"])
def test_jumlah_sama_di_setiap_tingkat(data: Data, tingkat: str):
	baris, jumlah = laporan(data.kampung.dpmppa, tingkat=tingkat, kecamatan=data.kecamatan)
	assert {f: sum(b[f] for b in baris) for f in ANGKA} == {f: jumlah[f] for f in ANGKA}
	assert jumlah["kegiatan"] == frappe.db.count("Kegiatan", {"docstatus": 1, "kecamatan": data.kecamatan})
	assert jumlah["nilai"] == 3 * 96_500_000
	assert round(jumlah["persen"], 2) == round(100 * 4 / 7, 2)


@pytest.mark.parametrize(
	"jabatan, kegiatan",
	[
		("ketua", {"berjalan"}),
		("ketua_tetangga", {"disetujui"}),
		("lurah", {"berjalan", "disetujui"}),
		("lurah_lain", {"jauh"}),
		("bpjs", {"berjalan", "jauh"}),
		("dpmppa", {"berjalan", "disetujui", "jauh"}),
		("pengawas", {"berjalan", "disetujui", "jauh"}),
		("admin", {"berjalan", "disetujui", "jauh"}),
	],
)
def test_cakupan_pembaca(data: Data, jabatan: str, kegiatan: set[str]):
	"""Exactly the RT of the kegiatan that the reader finds in the list, through the framework's own door."""
	user = getattr(data.kampung, jabatan)
	with pabrik.sebagai(user):
		di_sini = {"docstatus": 1, "kecamatan": data.kecamatan}
		terlihat = set(frappe.get_list("Kegiatan", filters=di_sini, pluck="name", order_by="name"))
		hasil = run("Cakupan Perlindungan", {"tingkat": "RT", "kecamatan": data.kecamatan})["result"]
	assert terlihat == {getattr(data, n) for n in kegiatan}
	judul = {
		frappe.db.get_value("RT", frappe.db.get_value("Kegiatan", nama, "rt"), "judul") for nama in terlihat
	}
	assert {b["wilayah"] for b in hasil[:-1]} == judul


def test_penyaring_tidak_melebarkan_cakupan(data: Data):
	k = data.kampung
	assert laporan(k.lurah, kelurahan=k.kelurahan_lain) == ([], None)
	assert laporan(k.ketua, tingkat="RT", kelurahan=k.kelurahan)[1]["kegiatan"] == 1


def test_bpjs_hanya_menghitung_peserta_yang_diserahkan(data: Data):
	semula = laporan(data.kampung.bpjs, kelurahan=data.kampung.kelurahan)[1]["peserta"]
	satu = frappe.get_all("Peserta", {"kegiatan": data.berjalan}, pluck="name", order_by="name", limit=1)[0]
	frappe.db.set_value("Peserta", satu, "diserahkan_bpjs", 0)
	assert laporan(data.kampung.bpjs, kelurahan=data.kampung.kelurahan)[1]["peserta"] == semula - 1
	frappe.db.set_value("Peserta", satu, "diserahkan_bpjs", 1)


def test_tanpa_penugasan_tidak_melihat_apa_pun(data: Data):
	user = pabrik.pengguna("tanpa-jabatan")
	assert laporan(user) == ([], None)
	with pabrik.sebagai(user), pytest.raises(frappe.PermissionError):
		run("Cakupan Perlindungan", {})


def test_penyaring(data: Data):
	k = data.kampung
	tahun = int(nowdate()[:4])
	assert laporan(k.dpmppa, kecamatan=data.kecamatan, tahun=tahun - 1) == ([], None)
	assert laporan(k.dpmppa, kecamatan=data.kecamatan, tahun=str(tahun))[1]["kegiatan"] == 3
	assert laporan(k.dpmppa, kelurahan=k.kelurahan_lain)[1]["kegiatan"] == 1
	assert laporan(k.dpmppa, kecamatan=data.kecamatan, status="Draf")[1]["kegiatan"] == 1
	assert laporan(k.dpmppa, kecamatan=data.kecamatan, status="Berjalan")[1]["kegiatan"] == 2
	with pytest.raises(frappe.ValidationError):
		laporan(k.dpmppa, tingkat="User")


def test_dihentikan_dan_belum_lunas(data: Data):
	"""A stopped kegiatan counts to the day it was stopped; without payment no day is covered."""
	k = data.kampung
	semula = frappe.db.get_value("Kegiatan", data.berjalan, ["status", "diselesaikan_pada"], as_dict=True)
	dibayar = frappe.db.get_value("Pendaftaran BPJS", {"kegiatan": data.berjalan}, "dibayar_pada")
	frappe.db.set_value(
		"Kegiatan",
		data.berjalan,
		{"status": "Dihentikan", "diselesaikan_pada": add_days(nowdate(), -4)},
		update_modified=False,
	)
	assert laporan(k.ketua)[1]["hari"] == 17 - 10
	frappe.db.set_value("Pendaftaran BPJS", {"kegiatan": data.berjalan}, "dibayar_pada", None)
	assert laporan(k.ketua)[1]["hari"] == 17
	frappe.db.set_value("Pendaftaran BPJS", {"kegiatan": data.berjalan}, "dibayar_pada", dibayar)
	frappe.db.set_value("Kegiatan", data.berjalan, dict(semula), update_modified=False)


def test_grafik_menunjukkan_yang_terendah_dahulu(data: Data):
	with pabrik.sebagai(data.kampung.dpmppa):
		grafik = execute({"tingkat": "RT", "kecamatan": data.kecamatan})[3]["data"]
	terlindungi, belum = (d["values"] for d in grafik["datasets"])
	assert (terlindungi, belum) == ([0, 2, 2], [3, 0, 0])


def test_jumlah_kueri_tetap(data: Data):
	"""As many queries for every RT of the city as for one."""
	with pabrik.sebagai(data.kampung.dpmppa):
		banyak = []
		for filters in ({"tingkat": "RT"}, {"tingkat": "RT"}, {"tingkat": "RT", "tahun": 1999}):
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				execute(filters)
			banyak.append(sql.call_count)
	assert banyak[1] == banyak[2] <= 2
