"""Reports on registrations agree with plain SQL over the same rows, and show each reader their own area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.perlindungan.report.pendaftaran_terlambat import pendaftaran_terlambat
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, langkah

SQL = Path(__file__).parents[1] / "sql"
LAPORAN = ("Pendaftaran Terlambat", "Hari Kegiatan Tak Terlindungi")
IURAN = "Iuran BPJS"
PEMBACA = (
	"ketua",
	"ketua_tetangga",
	"ketua_jauh",
	"pendamping",
	"lurah",
	"dpmppa",
	"bpjs",
	"pengawas",
	"admin",
)


@dataclass
class Data:
	kampung: Kampung
	kecamatan: str  # nothing else was made in it
	berjalan: str  # in the RT: paid on its first day, one day late, after three days of work
	sebelah: str  # next door: approved, past both limits, nothing prepared, and yet one day of work
	jauh: str  # in the other kelurahan: sent five days late, and at work for four days without premium
	tepat: str  # in the RT: everything lies ahead


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k, tetangga, lain = pabrik.tiga_rt()
	berjalan = pabrik.kegiatan_berjalan(k)
	sebelah = pabrik.kegiatan_disetujui(tetangga)
	jauh = pabrik.kegiatan_disetujui(lain)
	tepat = pabrik.kegiatan_disetujui(k, tanggal_mulai=add_days(nowdate(), 9))
	_geser(sebelah, -2, -10)
	_geser(jauh, -5, -3)
	langkah(pabrik.pendaftaran(lain, jauh), k.dpmppa, "Kirim")
	_kerjakan(berjalan, -3)
	_kerjakan(sebelah, -1, selesai=-1)
	_kerjakan(jauh, -3)
	yield Data(
		k,
		frappe.db.get_value("RT", k.rt, "kecamatan"),
		berjalan.name,
		sebelah.name,
		jauh.name,
		tepat.name,
	)
	frappe.db.rollback()
	frappe.clear_cache()


def _geser(kegiatan, batas: int, mulai: int) -> None:
	isi = {"batas_pendaftaran": add_days(nowdate(), batas), "tanggal_mulai": add_days(nowdate(), mulai)}
	frappe.db.set_value("Kegiatan", kegiatan.name, isi, update_modified=False)


def _kerjakan(kegiatan, mulai: int, selesai: int | None = None) -> None:
	isi = {"dimulai_pada": f"{add_days(nowdate(), mulai)} 08:00:00"}
	if selesai is not None:
		isi["diselesaikan_pada"] = f"{add_days(nowdate(), selesai)} 16:00:00"
	frappe.db.set_value("Kegiatan", kegiatan.name, isi, update_modified=False)


def jalankan(laporan: str, user: str, **filters) -> tuple[list[dict], dict | None]:
	"""Rows and the line of totals, as the report gives them to `user`."""
	with pabrik.sebagai(user):
		baris = frappe.get_doc("Report", laporan).execute_module(frappe._dict(filters))[1]
	return (baris[:-1], baris[-1]) if baris else ([], None)


def wilayah_pembaca(data: Data, jabatan: str) -> str:
	k = data.kampung
	return {
		"ketua": f"k.rt = '{k.rt}'",
		"ketua_tetangga": f"k.rt = '{k.rt_tetangga}'",
		"ketua_jauh": f"k.rt = '{k.rt_jauh}'",
		"lurah": f"k.kelurahan = '{k.kelurahan}'",
		"bpjs": f"(k.kecamatan = '{data.kecamatan}' and k.diserahkan_bpjs = 1)",
	}.get(jabatan, f"k.kecamatan = '{data.kecamatan}'")


def rapi(baris: list[dict], kolom) -> list[dict]:
	return [{f: None if b[f] is None else str(b[f]) for f in kolom} for b in baris]


# the RT next door has sent nothing
@pytest.mark.parametrize(
	("laporan", "jabatan"),
	[(satu, j) for satu in (*LAPORAN, IURAN) for j in PEMBACA if (satu, j) != (IURAN, "ketua_tetangga")],
)
def test_sesuai_sql_dalam_wilayah_pembaca(data: Data, laporan: str, jabatan: str):
	tahun = getdate(nowdate()).year
	saring = {"tahun": tahun, "kecamatan": data.kecamatan}
	baris, jumlah = jalankan(laporan, getattr(data.kampung, jabatan), **saring)
	teks = (SQL / f"{frappe.scrub(laporan)}.sql").read_text()
	harap = frappe.db.sql(
		teks.replace("{wilayah}", wilayah_pembaca(data, jabatan)),
		{"tahun": tahun, "hari_ini": nowdate()},
		as_dict=True,
	)
	assert harap
	assert rapi(baris, harap[0]) == rapi(harap, harap[0])
	for kolom, isi in jumlah.items():
		if isinstance(isi, int | float) and kolom != "bold":
			assert isi == sum(b[kolom] for b in harap)


def test_terlambat_dihitung_dari_batasnya(data: Data):
	baris, jumlah = jalankan("Pendaftaran Terlambat", data.kampung.dpmppa, kecamatan=data.kecamatan)
	hari = {b["kegiatan"]: (b["terlambat_daftar"], b["terlambat_bayar"]) for b in baris}
	assert hari == {data.berjalan: (0, 1), data.sebelah: (2, 11), data.jauh: (5, 4)}
	assert (jumlah["judul"], jumlah["terlambat_daftar"], jumlah["terlambat_bayar"]) == (
		"Jumlah: 3 kegiatan",
		7,
		16,
	)


@pytest.mark.parametrize(
	("saring", "kegiatan"),
	[
		({"perkara": "Didaftarkan"}, {"sebelah", "jauh"}),
		({"perkara": "Didaftarkan", "terbuka": 1}, {"sebelah", "jauh"}),
		({"terbuka": 1}, {"sebelah", "jauh"}),
		({"perkara": "Dibayar"}, {"berjalan", "sebelah", "jauh"}),
		({"tahun": 2000}, set()),
	],
)
def test_penyaring_terlambat(data: Data, saring: dict, kegiatan: set[str]):
	baris, _jumlah = jalankan(
		"Pendaftaran Terlambat", data.kampung.dpmppa, kecamatan=data.kecamatan, **saring
	)
	assert {b["kegiatan"] for b in baris} == {getattr(data, n) for n in kegiatan}


def test_yang_dihentikan_sebelum_didaftarkan_tidak_ditunggu_lagi(data: Data):
	frappe.db.savepoint("henti")
	frappe.db.set_value("Kegiatan", [["name", "in", [data.sebelah, data.jauh]]], "status", "Dihentikan")
	baris, _jumlah = jalankan("Pendaftaran Terlambat", data.kampung.dpmppa, kecamatan=data.kecamatan)
	frappe.db.rollback(save_point="henti")
	assert {b["kegiatan"]: (b["terlambat_daftar"], b["terlambat_bayar"]) for b in baris} == {
		data.berjalan: (0, 1),
		data.jauh: (5, 0),  # it was late when it was sent
	}


def test_grafik_menghitung_yang_terlambat(data: Data):
	with pabrik.sebagai(data.kampung.dpmppa):
		grafik = pendaftaran_terlambat.execute({"kecamatan": data.kecamatan})[3]["data"]
	assert [sum(d["values"]) for d in grafik["datasets"]] == [2, 3]


def celah(data: Data, **saring) -> dict[str, dict]:
	saring |= {"kecamatan": data.kecamatan}
	baris, _jumlah = jalankan("Hari Kegiatan Tak Terlindungi", data.kampung.dpmppa, **saring)
	return {b["kegiatan"]: b for b in baris}


def test_hari_tanpa_perlindungan_menyebut_sebabnya(data: Data):
	hasil = celah(data)
	assert {n: b["hari"] for n, b in hasil.items()} == {data.jauh: 4, data.berjalan: 3, data.sebelah: 1}
	assert hasil[data.jauh]["sebab"] == "Belum ada sertifikat"
	assert hasil[data.berjalan]["sebab"].startswith("Dimulai sebelum perlindungan berlaku")


def test_hari_setelah_perlindungan_berakhir_dihitung(data: Data):
	frappe.db.savepoint("akhir")
	masa = {
		"dibayar_pada": f"{add_days(nowdate(), -3)} 07:00:00",
		"berlaku_mulai": add_days(nowdate(), -3),
		"berlaku_sampai": add_days(nowdate(), -1),
	}
	frappe.db.set_value("Pendaftaran BPJS", {"kegiatan": data.berjalan}, masa)
	hasil = celah(data)[data.berjalan]
	frappe.db.rollback(save_point="akhir")
	assert (hasil["berjalan"], hasil["tertutup"], hasil["hari"]) == (4, 3, 1)
	assert hasil["sebab"].startswith("Berlanjut setelah perlindungan berakhir")


def test_jumlahnya_sama_dengan_cakupan_perlindungan(data: Data):
	k = data.kampung
	saring = {"tahun": getdate(nowdate()).year, "kecamatan": data.kecamatan}
	_baris, jumlah = jalankan("Hari Kegiatan Tak Terlindungi", k.pengawas, **saring)
	assert jumlah["hari"] == jalankan("Cakupan Perlindungan", k.pengawas, **saring)[1]["hari"] == 8


def test_penyaring_jenis(data: Data):
	assert len(celah(data, jenis="Konstruksi")) == 3
	assert not celah(data, jenis="Bukan Konstruksi")
	frappe.db.savepoint("jenis")
	frappe.db.set_value("Kegiatan", data.jauh, {"konstruksi": 0, "perlindungan_lain": "Kepesertaan Kota"})
	hasil = celah(data, jenis="Bukan Konstruksi")
	frappe.db.rollback(save_point="jenis")
	assert hasil[data.jauh]["sebab"] == "Bukan konstruksi. Perlindungan lain: Kepesertaan Kota"


def test_iuran_per_bulan_dan_per_rt_berjumlah_sama(data: Data):
	k = data.kampung
	per = {
		t: jalankan(IURAN, k.dpmppa, kecamatan=data.kecamatan, tingkat=t)
		for t in ("Bulan", "RT", "Kecamatan")
	}
	jumlah = {t: {f: j[f] for f in ("pendaftaran", "iuran", "dibayar")} for t, (_b, j) in per.items()}
	assert list(jumlah.values()) == [{"pendaftaran": 2, "iuran": 463_200, "dibayar": 231_600}] * 3
	bulan = tanggal_indonesia(getdate(nowdate())).partition(" ")[2]
	assert [b["wilayah"] for b in per["Bulan"][0]] == [bulan]
	assert jalankan(IURAN, k.dpmppa, kecamatan=data.kecamatan, tahun=2000) == ([], None)
	with pytest.raises(frappe.ValidationError, match="Pilih tingkat"):
		jalankan(IURAN, k.dpmppa, tingkat="Entah")


def test_selisih_adendum_dan_yang_dibatalkan(data: Data):
	k = data.kampung
	frappe.db.savepoint("selisih")
	frappe.db.set_value("Kegiatan", data.berjalan, "tambahan_iuran", 46_400)
	frappe.db.set_value("Pendaftaran BPJS", {"kegiatan": data.jauh}, "status", "Dibatalkan")
	_baris, jumlah = jalankan(IURAN, k.dpmppa, kecamatan=data.kecamatan)
	frappe.db.rollback(save_point="selisih")
	assert (jumlah["pendaftaran"], jumlah["dibayar"], jumlah["belum"]) == (1, 231_600, 46_400)


@pytest.mark.parametrize("laporan", (*LAPORAN, IURAN))
def test_penyaring_tidak_melebarkan_cakupan(data: Data, laporan: str):
	k = data.kampung
	assert jalankan(laporan, k.lurah, kelurahan=k.kelurahan_lain) == ([], None)
	assert jalankan(laporan, k.ketua, rt=k.rt_tetangga) == ([], None)
