"""Reports on claims agree with plain SQL over the same rows, and show each reader their own area."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, get_datetime, getdate, now_datetime, nowdate

from kampung_bahagia.klaim.tenggat import catat_laporan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, langkah, sebagai

SQL = Path(__file__).parents[1] / "sql"
LAPORAN = ("Klaim", "Klaim Macet", "Manfaat Dibayar")
PEMBACA = ("ketua", "ketua_tetangga", "ketua_jauh", "lurah", "lurah_lain", "dpmppa", "bpjs", "pengawas")
# where nothing is in the reader's area
KOSONG = {
	("Klaim Macet", "ketua"),
	("Klaim Macet", "bpjs"),
	*(("Manfaat Dibayar", satu) for satu in ("ketua_tetangga", "ketua_jauh", "lurah_lain")),
}
HARI = ("hari_lapor", "hari_ketua_rt", "hari_lurah", "hari_dpmppa", "hari_bpjs")


@dataclass
class Data:
	kampung: Kampung
	kecamatan: str  # nothing else was made in it
	kini: datetime
	dibayar: str  # in the RT: accident twelve days ago, paid two days ago, after it had been sent back once
	baru: str  # in the RT: reported an hour ago
	ditarik: str  # in the RT: withdrawn after two days
	macet: str  # next door: with the lurah for six days, stage one not reported
	dikembalikan: str  # in the other kelurahan: sent back to the Ketua RT five days ago


@contextmanager
def pada(waktu: str) -> Iterator[None]:
	"""Whatever is done to a claim is done at that hour."""
	with ExitStack() as jam:
		for modul in ("tata_kelola.jejak", "klaim.doctype.klaim.klaim", "tests.pabrik"):
			jam.enter_context(
				patch(f"kampung_bahagia.{modul}.now_datetime", return_value=get_datetime(waktu))
			)
		yield


def lalu(hari: int, jam: str = "08:00:00") -> str:
	return f"{add_days(nowdate(), -hari)} {jam}"


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k, tetangga, jauh = pabrik.tiga_rt()
	berjalan = pabrik.kegiatan_berjalan(k)
	dibayar = _dibayar(k, berjalan)
	baru = pabrik.klaim(k, berjalan)
	with pada(lalu(9)):
		ditarik = pabrik.klaim(k, berjalan, waktu_kejadian=lalu(10))
	with pada(lalu(7)):
		langkah(ditarik, k.ketua, "Tarik Laporan", alasan="Bukan kecelakaan kerja")
	with pada(lalu(6)):
		macet = pabrik.klaim(tetangga, pabrik.kegiatan_berjalan(tetangga), waktu_kejadian=lalu(6))
	with pada(lalu(6)):
		dikembalikan = pabrik.klaim(jauh, pabrik.kegiatan_berjalan(jauh), waktu_kejadian=lalu(6), jenis="JKM")
	with pada(lalu(5)):
		langkah(dikembalikan, jauh.lurah, "Kembalikan", alasan="Saksi belum disebut")
	kecamatan = frappe.db.get_value("RT", k.rt, "kecamatan")
	semua = (dibayar, baru, ditarik, macet, dikembalikan)
	yield Data(k, kecamatan, now_datetime(), *(satu.name for satu in semua))
	frappe.db.rollback()
	frappe.clear_cache()


def _dibayar(k: Kampung, kegiatan):
	with pada(lalu(11)):
		klaim = pabrik.klaim(k, kegiatan, waktu_kejadian=lalu(12), biaya_perawatan=1_000_000)
	with pada(lalu(10)):  # one day with the lurah
		klaim = langkah(klaim, k.lurah, "Kembalikan", alasan="Lengkapi dokumen")
	with pada(lalu(9, "20:00:00")):  # one and a half with the Ketua RT
		klaim = langkah(pabrik.lengkapi_dokumen(klaim, k.ketua), k.ketua, "Laporkan Ulang")
	with pada(lalu(8, "20:00:00")):  # one more with the lurah
		klaim = langkah(klaim, k.lurah, "Verifikasi")
	with pada(lalu(7, "20:00:00")):
		klaim = langkah(klaim, k.dpmppa, "Verifikasi")
	with pada(lalu(6, "20:00:00")):  # two with DPMPPA
		klaim = langkah(klaim, k.dpmppa, "Ajukan ke BPJS")
	with pada(lalu(4)):
		klaim = langkah(klaim, k.bpjs, "Setujui", nomor_klaim="K-1", nilai_disetujui=4_500_000)
	bayar = [
		pabrik.pembayaran(k, klaim, jumlah, manfaat=manfaat, tanggal=add_days(nowdate(), -hari))
		for manfaat, jumlah, hari in (("Perawatan", 4_000_000, 3), ("Transportasi", 500_000, 2))
	]
	with pada(lalu(1)):  # recorded a day later: for the family it ended with the day of the payment
		return langkah(klaim, k.bpjs, "Bayar", pembayaran=bayar)


def jalankan(
	laporan: str, user: str, kini: datetime | None = None, **filters
) -> tuple[list[dict], dict | None]:
	"""Rows and the line of totals, as the report gives them to `user` at the hour `kini`."""
	report = frappe.get_doc("Report", laporan)
	modul = f"kampung_bahagia.klaim.report.{frappe.scrub(laporan)}.{frappe.scrub(laporan)}.now_datetime"
	with sebagai(user), patch(modul, return_value=kini or now_datetime(), create=True):
		baris = report.execute_module(frappe._dict(filters))[1]
	return (baris[:-1], baris[-1]) if baris else ([], None)


def wilayah_pembaca(data: Data, jabatan: str) -> str:
	k = data.kampung
	return {
		"ketua": f"k.rt = '{k.rt}'",
		"ketua_tetangga": f"k.rt = '{k.rt_tetangga}'",
		"ketua_jauh": f"k.rt = '{k.rt_jauh}'",
		"lurah": f"k.kelurahan = '{k.kelurahan}'",
		"lurah_lain": f"k.kelurahan = '{k.kelurahan_lain}'",
		"bpjs": f"(k.kecamatan = '{data.kecamatan}' and k.diserahkan_bpjs = 1)",
	}.get(jabatan, f"k.kecamatan = '{data.kecamatan}'")


def sama(didapat, harap) -> bool:
	"""Days are told with one digit; months in words."""
	if isinstance(harap, float):
		return didapat == pytest.approx(harap, abs=0.0501)
	return str(didapat) == str(harap)


@pytest.mark.parametrize(
	("laporan", "jabatan"), [(satu, j) for satu in LAPORAN for j in PEMBACA if (satu, j) not in KOSONG]
)
def test_sesuai_sql_dalam_wilayah_pembaca(data: Data, laporan: str, jabatan: str):
	tahun = getdate(lalu(12)).year
	saring = {} if laporan == "Klaim Macet" else {"tahun": tahun}
	baris, jumlah = jalankan(
		laporan, getattr(data.kampung, jabatan), data.kini, kecamatan=data.kecamatan, **saring
	)
	teks = (SQL / f"{frappe.scrub(laporan)}.sql").read_text()
	harap = frappe.db.sql(
		teks.replace("{wilayah}", wilayah_pembaca(data, jabatan)),
		{"tahun": tahun, "sekarang": data.kini},
		as_dict=True,
	)
	assert len(baris) == len(harap) > 0
	for satu, seharusnya in zip(baris, harap, strict=True):
		if laporan == "Manfaat Dibayar":
			seharusnya.pop("wilayah")
		assert [f for f in seharusnya if not sama(satu[f], seharusnya[f])] == [], (satu, seharusnya)
	for kolom, isi in jumlah.items():
		if isinstance(isi, int | float) and kolom not in ("bold", "hari", *HARI):
			assert isi == sum(b[kolom] for b in harap)


@pytest.mark.parametrize(("laporan", "jabatan"), sorted(KOSONG))
def test_tanpa_klaim_di_wilayahnya_laporan_kosong(data: Data, laporan: str, jabatan: str):
	assert jalankan(laporan, getattr(data.kampung, jabatan)) == ([], None)


def klaim(data: Data, **saring) -> dict[str, dict]:
	saring |= {"kecamatan": data.kecamatan}
	return {b["klaim"]: b for b in jalankan("Klaim", data.kampung.dpmppa, data.kini, **saring)[0]}


def test_hari_di_setiap_jabatan_menurut_jejak(data: Data):
	baris = klaim(data)
	satu = baris[data.dibayar]
	sejak_dibayar = round((data.kini - get_datetime(lalu(1))).total_seconds() / 86_400, 1)
	assert [satu[f] for f in HARI] == [1.0, 1.5, 2.0, pytest.approx(2 + sejak_dibayar), 4.5]
	ditarik = baris[data.ditarik]
	assert [ditarik[f] for f in HARI] == [1.0, 0, 2.0, 0, 0]
	assert (satu["usia"], ditarik["usia"], baris[data.baru]["usia"]) == (12, 3, 0)


def test_jam_yang_ditepati_dan_yang_tidak(data: Data):
	baris = klaim(data)

	def jam(nama: str) -> tuple:
		return tuple(baris[nama][f] for f in ("tahap_satu", "tahap_dua", "pembayaran"))

	assert jam(data.dibayar) == ("Terlambat", "Terlambat", "Tepat Waktu")
	assert jam(data.baru) == ("Berjalan", None, None)
	assert jam(data.macet)[0] == "Terlambat"
	assert jam(data.dikembalikan) == (None, None, None)  # a death that was no accident has no stages


def test_penyaring_klaim(data: Data):
	assert set(klaim(data, jenis="JKM")) == {data.dikembalikan}
	assert set(klaim(data, status="Ditarik")) == {data.ditarik}
	assert klaim(data, tahun=2000) == {}
	with pytest.raises(frappe.ValidationError, match="Pilih salah satu: JKK Perawatan"):
		klaim(data, jenis="Entah")


def macet(data: Data, kini: datetime | None = None, **saring) -> dict[str, tuple]:
	saring |= {"kecamatan": data.kecamatan}
	baris, _jumlah = jalankan("Klaim Macet", data.kampung.dpmppa, kini or data.kini, **saring)
	return {b["klaim"]: (b["jabatan"], b["sebab"]) for b in baris}


def test_klaim_macet_menyebut_giliran_dan_sebabnya(data: Data):
	hasil = macet(data)
	assert list(hasil)[:2] == [data.macet, data.dikembalikan]  # the longest first
	assert hasil[data.macet] == ("Lurah", "Keduanya")
	assert hasil[data.dikembalikan] == ("Ketua RT", "Terlalu Lama")
	assert data.baru not in hasil
	assert data.ditarik not in hasil
	assert set(macet(data, jabatan="Ketua RT")) == {data.dikembalikan}
	assert set(macet(data, sebab="Terlalu Lama")) == {data.dikembalikan}


def test_yang_baru_menjadi_macet_setelah_batas_lurah(data: Data):
	assert macet(data, add_days(data.kini, 3))[data.baru] == ("Lurah", "Keduanya")


def test_setelah_diajukan_tenggatnya_pembayaran(data: Data):
	"""Nobody wrote down that stage one of the paid claim was reported; that holds it up no longer."""
	frappe.db.savepoint("bayar")
	frappe.db.set_value(
		"Klaim", data.dibayar, {"status": "Disetujui BPJS", "dibayar_pada": None}, update_modified=False
	)
	hasil = macet(data, add_days(data.kini, 40))
	baris, _jumlah = jalankan("Klaim Macet", data.kampung.bpjs, add_days(data.kini, 40), rt=data.kampung.rt)
	frappe.db.rollback(save_point="bayar")
	assert hasil[data.dibayar] == ("BPJS Ketenagakerjaan", "Keduanya")
	assert [b["tenggat_jenis"] for b in baris] == ["Pembayaran oleh BPJS"]
	assert data.dibayar not in macet(data)


def test_batas_jabatan_menurut_ketentuan_pada_hari_kejadian(data: Data):
	frappe.db.savepoint("ketentuan")
	frappe.db.set_value("Ketentuan Klaim", {"berlaku_sampai": ["is", "not set"]}, "hari_lurah", 30)
	frappe.db.set_value("Ketentuan Klaim", {"berlaku_sampai": ["is", "not set"]}, "hari_ketua_rt", 30)
	hasil = macet(data)
	frappe.db.delete("Ketentuan Klaim")
	tanpa_ketentuan = macet(data)
	frappe.db.rollback(save_point="ketentuan")
	assert hasil[data.macet] == ("Lurah", "Tenggat Lewat")
	assert data.dikembalikan not in hasil
	assert tanpa_ketentuan == macet(data)


def test_catatan_laporan_tahap_tidak_memulai_waktu_jabatan_lagi(data: Data):
	frappe.db.savepoint("tahap")
	with sebagai(data.kampung.lurah):
		catat_laporan(data.macet, "I", "BPJS Ketenagakerjaan", lalu(5), "Luring")
	hasil = macet(data)
	frappe.db.rollback(save_point="tahap")
	assert hasil[data.macet] == ("Lurah", "Keduanya")


def test_bagian_setiap_jabatan_berjumlah_waktu_sampai_dibayar(data: Data):
	(baris,), jumlah = jalankan("Manfaat Dibayar", data.kampung.dpmppa, kecamatan=data.kecamatan)
	# from eight o'clock twelve days ago until the end of the day of the payment
	assert [baris[f] for f in ("hari", *HARI)] == [10.7, 1.0, 1.5, 2.0, 2.0, 4.2]
	assert (baris["klaim"], baris["nilai_dibayar"], baris["tepat_waktu"]) == (1, 4_500_000, 1)
	assert [jumlah[f] for f in ("hari", *HARI)] == [baris[f] for f in ("hari", *HARI)]


@pytest.mark.parametrize("tingkat", ["Bulan", "Kecamatan", "Kelurahan", "RT", "Jenis Klaim"])
def test_dirinci_berjumlah_sama(data: Data, tingkat: str):
	baris, jumlah = jalankan(
		"Manfaat Dibayar", data.kampung.dpmppa, kecamatan=data.kecamatan, tingkat=tingkat
	)
	nama = {"Jenis Klaim": "JKK Perawatan", "RT": frappe.db.get_value("RT", data.kampung.rt, "judul")}
	assert len(baris) == 1
	assert baris[0]["wilayah"] == nama.get(tingkat, baris[0]["wilayah"])
	assert (jumlah["klaim"], jumlah["nilai_dibayar"]) == (1, 4_500_000)


def test_per_manfaat_di_samping_perkiraannya(data: Data):
	baris, jumlah = jalankan(
		"Manfaat Dibayar", data.kampung.dpmppa, kecamatan=data.kecamatan, tingkat="Manfaat"
	)
	assert [(b["wilayah"], b["klaim"], b["nilai_dibayar"], b["perkiraan_manfaat"]) for b in baris] == [
		("Perawatan", 1, 4_000_000, 1_000_000),
		("Transportasi", 1, 500_000, 0),
	]
	assert (jumlah["klaim"], jumlah["nilai_dibayar"], jumlah["hari"]) == (1, 4_500_000, 10.7)
	assert "nilai_disetujui" not in [f for b in baris for f in b]  # one sum for the whole claim


@pytest.mark.parametrize("laporan", LAPORAN)
def test_penyaring_tidak_melebarkan_cakupan(data: Data, laporan: str):
	k = data.kampung
	assert jalankan(laporan, k.lurah, kelurahan=k.kelurahan_lain) == ([], None)
	assert jalankan(laporan, k.ketua, rt=k.rt_tetangga) == ([], None)


@pytest.mark.parametrize("laporan", LAPORAN)
def test_tanpa_hak_ditolak(data: Data, laporan: str):
	for user in (data.kampung.pendamping, data.kampung.admin):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			run(laporan, {})


@pytest.mark.parametrize("laporan", LAPORAN)
def test_jumlah_kueri_tetap(data: Data, laporan: str):
	with sebagai(data.kampung.dpmppa):
		banyak = []
		for saring in ({}, {}, {"kecamatan": data.kecamatan}, {"rt": data.kampung.rt}):
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				frappe.get_attr(
					f"kampung_bahagia.klaim.report.{frappe.scrub(laporan)}.{frappe.scrub(laporan)}.execute"
				)(saring)
			banyak.append(sql.call_count)
	assert len(set(banyak[1:])) == 1
	assert banyak[-1] <= 3


def test_bulan_disebut_dengan_kata(data: Data):
	(baris,), _jumlah = jalankan("Manfaat Dibayar", data.kampung.dpmppa, kecamatan=data.kecamatan)
	hari: date = getdate(lalu(2))
	assert baris["wilayah"].endswith(f" {hari.year}")
	assert not baris["wilayah"][0].isdigit()
