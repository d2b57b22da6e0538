"""Each report of the planning agrees with plain SQL over the same rows, and shows each reader their own area only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, now_datetime, nowdate

from kampung_bahagia.aturan.kemajuan import rencana_kemajuan, rencana_pada
from kampung_bahagia.aturan.tenggat import hari_libur
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung

SQL = Path(__file__).parents[1] / "sql"
LAPORAN = {
	"Kepatuhan Musyawarah": {},
	"Prioritas Usulan": {},
	"Iuran dan Pagu": {"tingkat": "RT"},
	"Kemajuan Kegiatan": {},
	"Rekap Bulanan Lurah": {},
}
PEMBACA = ("ketua", "ketua_tetangga", "ketua_jauh", "pendamping", "lurah", "lurah_lain", "dpmppa", "pengawas")
PEMBACA_REKAP = ("lurah", "lurah_lain", "dpmppa", "pengawas")


@dataclass
class Data:
	kampung: Kampung
	kecamatan: str  # nothing else was made in it
	berjalan: str  # in the RT, 20 days old, 40 % reported five days ago
	disetujui: str  # in the RT next door
	selesai: str  # in the other kelurahan


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k, tetangga, jauh = pabrik.tiga_rt()
	berjalan = pabrik.kegiatan_berjalan(k)
	_tulis("Kegiatan", berjalan.name, dimulai_pada=-20, tanggal_mulai=-20, tanggal_selesai=-4)
	pabrik.kemajuan(k, berjalan, tanggal=add_days(nowdate(), -5), persen=40)
	pabrik.klaim(k, berjalan)
	pabrik.kegiatan(k)
	disetujui = pabrik.kegiatan_disetujui(tetangga, peserta=3)
	pabrik.langkah(pabrik.kegiatan(tetangga), tetangga.ketua, "Ajukan")
	selesai = pabrik.kegiatan_disetujui(jauh)
	_tulis(
		"Kegiatan", selesai.name, dimulai_pada=-9, tanggal_mulai=-12, tanggal_selesai=-3, diselesaikan_pada=-1
	)
	frappe.db.set_value(
		"Kegiatan", selesai.name, {"status": "Selesai", "kemajuan": 100, "swadaya": 6_500_000}
	)
	_tulis("Musyawarah", berjalan.musyawarah, tanggal=-6)
	# no quorum, thus postponed; two usulan with as many votes; one without its papers; one called off
	pabrik.langkah(pabrik.musyawarah(k, hadir=1, diundang=9), k.ketua, "Tunda")
	usul = {"kategori": "Ekonomi", "perkiraan_biaya": 10_000_000, "suara": 2, "keputusan": "Diputuskan"}
	pabrik.musyawarah_sah(k, usulan=[usul | {"judul": "Kolam ikan"}, usul | {"judul": "Kebun bibit"}])
	tanpa = pabrik.musyawarah(tetangga)
	frappe.db.set_value("Musyawarah", tanpa.name, "berita_acara", None)
	pabrik.langkah(pabrik.musyawarah(jauh), jauh.ketua, "Batalkan")
	kecamatan = frappe.db.get_value("RT", k.rt, "kecamatan")
	yield Data(k, kecamatan, berjalan.name, disetujui.name, selesai.name)
	frappe.db.rollback()
	frappe.clear_cache()


def _tulis(doctype: str, nama: str, **hari: int) -> None:
	"""Set dates, in days from today, past the Workflow that would not date anything back."""
	nilai = {f: add_days(nowdate(), n) for f, n in hari.items()}
	frappe.db.set_value(doctype, nama, nilai, update_modified=False)


def jalankan(laporan: str, user: str, **filters) -> tuple[list[dict], dict | None]:
	"""Rows and the line of totals, as the report gives them to `user`."""
	with pabrik.sebagai(user):
		baris = frappe.get_doc("Report", laporan).execute_module(frappe._dict(filters))[1]
	return (baris[:-1], baris[-1]) if baris else ([], None)


def tangan(laporan: str, wilayah: str) -> list[dict]:
	"""The same by hand, for this year or month and the RT that satisfy the condition `wilayah`."""
	hari_ini = getdate(nowdate())
	berikut = date(hari_ini.year + hari_ini.month // 12, hari_ini.month % 12 + 1, 1)
	nilai = {
		"tahun": hari_ini.year,
		"kini": now_datetime(),
		"hari_ini": hari_ini,
		"awal": hari_ini.replace(day=1),
		"akhir": add_days(berikut, -1),
	}
	teks = (SQL / f"{frappe.scrub(laporan)}.sql").read_text()
	return frappe.db.sql(teks.replace("{wilayah}", wilayah), nilai, as_dict=True)


def wilayah_pembaca(data: Data, jabatan: str) -> str:
	k = data.kampung
	return {
		"ketua": f"rt.name = '{k.rt}'",
		"ketua_tetangga": f"rt.name = '{k.rt_tetangga}'",
		"ketua_jauh": f"rt.name = '{k.rt_jauh}'",
		"lurah": f"rt.kelurahan = '{k.kelurahan}'",
		"lurah_lain": f"rt.kelurahan = '{k.kelurahan_lain}'",
	}.get(jabatan, f"rt.kecamatan = '{data.kecamatan}'")


def rapi(nilai):
	"""A value as both sides mean it: dates as text, numbers to three digits."""
	if isinstance(nilai, int | float) or type(nilai).__name__ == "Decimal":
		return round(float(nilai), 3)
	return nilai and str(nilai)


@pytest.mark.parametrize(
	"laporan, jabatan",
	[(satu, j) for satu in LAPORAN for j in (PEMBACA_REKAP if "Lurah" in satu else PEMBACA)],
)
def test_sesuai_sql_dalam_wilayah_pembaca(data: Data, laporan: str, jabatan: str):
	user = getattr(data.kampung, jabatan)
	saring = {"kecamatan": data.kecamatan} if "kecamatan" in wilayah_pembaca(data, jabatan) else {}
	tahun = getdate(nowdate()).year
	baris, _jumlah = jalankan(laporan, user, tahun=tahun, **saring, **LAPORAN[laporan])
	harap = tangan(laporan, wilayah_pembaca(data, jabatan))
	assert harap or laporan == "Kemajuan Kegiatan"
	kolom = list(harap[0]) if harap else []
	assert [{f: rapi(b[f]) for f in kolom} for b in baris] == [
		{f: rapi(nilai) for f, nilai in b.items()} for b in harap
	]


@pytest.mark.parametrize("laporan", LAPORAN)
def test_penyaring_tidak_melebarkan_cakupan(data: Data, laporan: str):
	k = data.kampung
	assert jalankan(laporan, k.lurah, kelurahan=k.kelurahan_lain, **LAPORAN[laporan]) == ([], None)
	assert jalankan(laporan, k.lurah, rt=k.rt_jauh, **LAPORAN[laporan]) == ([], None)
	assert jalankan(laporan, k.lurah, rt=k.rt, **LAPORAN[laporan])[0]


@pytest.mark.parametrize("laporan", LAPORAN)
def test_yang_kosong_mengatakannya(data: Data, laporan: str):
	with pabrik.sebagai(data.kampung.lurah):
		saring = {"kelurahan": data.kampung.kelurahan_lain}
		_kolom, baris, pesan, grafik = frappe.get_doc("Report", laporan).execute_module(frappe._dict(saring))
	assert not baris and not grafik
	assert pesan.endswith("wilayah ini.")


@pytest.mark.parametrize("laporan", LAPORAN)
@pytest.mark.parametrize("jabatan", ["bpjs", None])
def test_tanpa_hak_ditolak(data: Data, laporan: str, jabatan: str | None):
	user = getattr(data.kampung, jabatan) if jabatan else pabrik.pengguna("tanpa-jabatan")
	with pabrik.sebagai(user), pytest.raises(frappe.PermissionError):
		run(laporan, {})
	assert jalankan(laporan, pabrik.pengguna("tanpa-jabatan"), **LAPORAN[laporan]) == ([], None)


@pytest.mark.parametrize("laporan", LAPORAN)
def test_jumlah_kueri_tetap(data: Data, laporan: str):
	"""As many queries for all areas as for none."""
	k = data.kampung
	with pabrik.sebagai(k.dpmppa):
		banyak = []
		for saring in ({}, {}, {"rt": "tidak-ada"}):
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				frappe.get_doc("Report", laporan).execute_module(frappe._dict(LAPORAN[laporan] | saring))
			banyak.append(sql.call_count)
	assert banyak[1] == banyak[2] <= 10  # of which the framework's own for the Report record are most


@pytest.mark.parametrize("laporan", LAPORAN)
def test_dibuka_dan_tidak_memuat_data_pribadi(data: Data, laporan: str):
	"""Through the framework's own door, in the reader's own words."""
	with pabrik.sebagai(data.kampung.lurah):
		hasil = run(laporan, LAPORAN[laporan])
	assert hasil["result"]
	pribadi = frappe.get_all(
		"Warga", {"kecamatan": data.kecamatan}, ["nama", "nik_samar"], order_by="name", as_list=True
	)
	isi = str(hasil["result"])
	assert not [satu for orang in pribadi for satu in orang if satu in isi]


@pytest.mark.parametrize("tingkat", ["Kecamatan", "Kelurahan", "RT"])
def test_pagu_sama_di_setiap_tingkat(data: Data, tingkat: str):
	user = data.kampung.dpmppa
	baris, jumlah = jalankan("Iuran dan Pagu", user, tingkat=tingkat, kecamatan=data.kecamatan)
	angka = ("rt", "kegiatan", "pagu", "terpakai", "direncanakan", "sisa", "dasar_iuran", "tagihan")
	assert {f: sum(b[f] for b in baris) for f in angka} == {f: jumlah[f] for f in angka}
	assert (jumlah["rt"], jumlah["kegiatan"]) == (3, 4)
	assert jumlah["terpakai"] == 3 * 96_500_000 - 6_500_000
	assert jumlah["direncanakan"] == 96_500_000
	assert jumlah["tagihan"] > 0


def test_rt_tanpa_jumlah_kk_disebut(data: Data):
	k = data.kampung
	frappe.db.set_value("RT", k.rt_jauh, "jumlah_kk", 0)
	with pabrik.sebagai(k.dpmppa):
		saring = frappe._dict(tingkat="RT", kecamatan=data.kecamatan)
		_kolom, baris, pesan, _grafik = frappe.get_doc("Report", "Iuran dan Pagu").execute_module(saring)
	frappe.db.set_value("RT", k.rt_jauh, "jumlah_kk", 60)
	assert pesan.startswith("1 RT belum mempunyai pagu")
	assert sorted(b["pagu"] for b in baris[:-1])[0] == 0


def test_rencana_kemajuan_sama_dengan_aturan(data: Data):
	baris, jumlah = jalankan("Kemajuan Kegiatan", data.kampung.dpmppa, kecamatan=data.kecamatan)
	per_nama = {b["kegiatan"]: b for b in baris}
	assert set(per_nama) == {data.berjalan, data.selesai}
	for mulai, selesai in ((-20, -4), (-3, 25), (-1, 0), (1, 9), (-40, 200)):
		mulai, selesai = getdate(add_days(nowdate(), mulai)), getdate(add_days(nowdate(), selesai))
		frappe.db.set_value(
			"Kegiatan",
			data.berjalan,
			{"tanggal_mulai": mulai, "tanggal_selesai": selesai},
			update_modified=False,
		)
		baris, _ = jalankan("Kemajuan Kegiatan", data.kampung.ketua)
		harap = rencana_pada(getdate(nowdate()), rencana_kemajuan(mulai, selesai, hari_libur(mulai, selesai)))
		assert baris[0]["rencana"] == float(harap)
	_tulis("Kegiatan", data.berjalan, tanggal_mulai=-20, tanggal_selesai=-4)
	assert (per_nama[data.berjalan]["selisih"], per_nama[data.berjalan]["terlambat"]) == (-60, 4)
	assert per_nama[data.selesai]["terlambat"] == 2  # ended yesterday, planned to three days ago
	assert jumlah["kemajuan"] == 70


def test_prioritas_menunjukkan_seri_dan_keadaan(data: Data):
	k = data.kampung
	baris, jumlah = jalankan("Prioritas Usulan", k.ketua)
	seri = [b for b in baris if b["seri"]]
	assert {b["judul"] for b in seri} == {"Kolam ikan", "Kebun bibit"}
	assert {b["peringkat"] for b in seri} == {1}
	assert {b["keadaan"] for b in seri} == {"Belum Dikerjakan"}
	assert jumlah["perkiraan_biaya"] == 2 * 96_500_000 + 20_000_000
	dikerjakan, _ = jalankan("Prioritas Usulan", k.ketua, keadaan="Dikerjakan")
	assert [b["kegiatan"] for b in dikerjakan] == [data.berjalan]
	assert len(jalankan("Prioritas Usulan", k.ketua, kategori="Ekonomi")[0]) == 2
	with pytest.raises(frappe.ValidationError):
		jalankan("Prioritas Usulan", k.ketua, keadaan="Entah")


def test_kepatuhan_menghitung_tiap_keadaan(data: Data):
	"""Three of the RT were legitimate and one postponed; next door one lacks its paper; one was called off."""
	baris, jumlah = jalankan("Kepatuhan Musyawarah", data.kampung.dpmppa, kecamatan=data.kecamatan)
	sini, sebelah, jauh = baris
	assert (sini["terlaksana"], sini["disahkan"], sini["ditunda"]) == (3, 3, 1)
	assert sini["rata_hari"] == 2  # one took six days, two were decided at once
	assert (sebelah["terlaksana"], sebelah["tanpa_berita_acara"]) == (3, 1)
	assert jauh["musyawarah"] == 1
	assert jumlah["musyawarah"] == 8
	sah, _ = jalankan("Kepatuhan Musyawarah", data.kampung.ketua, status="Ditunda")
	assert sah[0]["musyawarah"] == 1
	assert jalankan("Kepatuhan Musyawarah", data.kampung.ketua, jenis="Kesiapan")[1]["musyawarah"] == 0


@pytest.mark.parametrize("saring", [{"tahun": 1}, {"tahun": 2026, "bulan": 13}])
def test_masa_yang_tidak_masuk_akal_ditolak(data: Data, saring: dict):
	with pytest.raises(frappe.ValidationError, match="Tahun antara"):
		jalankan("Prioritas Usulan", data.kampung.dpmppa, **saring)


def test_rekap_bulan_lain_tidak_memuat_bulan_ini(data: Data):
	"""A month in which nothing happened has its RT, all at zero but for what waits today."""
	baris, jumlah = jalankan("Rekap Bulanan Lurah", data.kampung.lurah, tahun=2025, bulan=2)
	assert len(baris) == 2
	assert jumlah["musyawarah"] == jumlah["berjalan"] == jumlah["peserta"] == jumlah["klaim"] == 0
	assert jumlah["menunggu_lurah"] == 2  # a kegiatan and a claim
