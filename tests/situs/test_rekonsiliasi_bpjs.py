"""What was sent beside what BPJS answered: agrees with plain SQL, and shows each reader their own area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, now_datetime, nowdate

from kampung_bahagia.perlindungan.report.rekonsiliasi_bpjs import rekonsiliasi_bpjs
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, langkah

SQL = Path(__file__).parents[1] / "sql" / "rekonsiliasi_bpjs.sql"
LAPORAN = "Rekonsiliasi BPJS"
PEMBACA = ("lurah", "lurah_lain", "dpmppa", "bpjs", "pengawas", "admin")


@dataclass
class Data:
	kampung: Kampung
	kecamatan: str  # nothing else was made in it
	sesuai: str  # in the RT: certified for all days that were asked for
	beda: str  # in the RT: billed Rp400 more than computed, not paid yet
	lewat: str  # next door: sent nine days ago, without answer
	ditolak: str  # in the other kelurahan: sent back
	disiapkan: str  # in the RT: never sent


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k, tetangga, jauh = pabrik.tiga_rt()
	daftar = [pabrik.pendaftaran(satu, pabrik.kegiatan_disetujui(satu)) for satu in (k, k, tetangga, jauh, k)]
	sesuai, beda, lewat, ditolak, disiapkan = (d.name for d in daftar)
	pabrik.bersertifikat(k, daftar[0])
	for d in daftar[1:4]:
		langkah(d, k.dpmppa, "Kirim")
	isi = {"nomor_proyek": "26-2", "kode_iuran": "2", "alasan_selisih": "Dibulatkan BPJS"}
	langkah(daftar[1], k.bpjs, "Tagih", tagihan=daftar[1].iuran + 400, **isi)
	langkah(daftar[3], k.bpjs, "Tolak", alasan="Nama keliru")
	frappe.db.set_value(
		"Pendaftaran BPJS",
		lewat,
		"dikirim_pada",
		f"{add_days(nowdate(), -9)} 09:00:00",
		update_modified=False,
	)
	kecamatan = frappe.db.get_value("RT", k.rt, "kecamatan")
	yield Data(k, kecamatan, sesuai, beda, lewat, ditolak, disiapkan)
	frappe.db.rollback()
	frappe.clear_cache()


def jalankan(user: str, **filters) -> tuple[list[dict], dict | None]:
	"""Rows and the line of totals, as the report gives them to `user`."""
	with pabrik.sebagai(user):
		baris = frappe.get_doc("Report", LAPORAN).execute_module(frappe._dict(filters))[1]
	return (baris[:-1], baris[-1]) if baris else ([], None)


def keadaan(data: Data, **filters) -> dict[str, str]:
	baris, _jumlah = jalankan(data.kampung.dpmppa, kecamatan=data.kecamatan, **filters)
	return {b["pendaftaran"]: b["keadaan"] for b in baris}


@pytest.mark.parametrize("jabatan", PEMBACA)
def test_sesuai_sql_dalam_wilayah_pembaca(data: Data, jabatan: str):
	k, tahun = data.kampung, getdate(nowdate()).year
	wilayah = {"lurah": f"k.kelurahan = '{k.kelurahan}'", "lurah_lain": f"k.kelurahan = '{k.kelurahan_lain}'"}
	teks = SQL.read_text().replace("{wilayah}", wilayah.get(jabatan, f"k.kecamatan = '{data.kecamatan}'"))
	harap = frappe.db.sql(teks, {"tahun": tahun, "hari_ini": nowdate()}, as_dict=True)
	baris, jumlah = jalankan(getattr(k, jabatan), tahun=tahun, kecamatan=data.kecamatan)
	assert harap

	def rapi(semua):
		return [{f: None if b[f] is None else str(b[f]) for f in harap[0]} for b in semua]

	assert rapi(baris) == rapi(harap)
	for kolom in ("iuran", "tagihan", "selisih", "hari_menunggu", "hari_kurang"):
		assert jumlah[kolom] == sum(b[kolom] for b in harap)


def test_setiap_keadaan_dikenali(data: Data):
	assert keadaan(data) == {
		data.sesuai: "Sesuai",
		data.beda: "Berbeda",
		data.lewat: "Lewat Batas",
		data.ditolak: "Perlu Perbaikan",
	}
	assert keadaan(data, keadaan="Berbeda") == {data.beda: "Berbeda"}
	assert keadaan(data, batas_hari=9)[data.lewat] == "Menunggu Jawaban"
	assert keadaan(data, batas_hari="8")[data.lewat] == "Lewat Batas"
	assert keadaan(data, tahun=2000) == {}


def test_selisih_tagihan_dan_hari_yang_tak_tercakup(data: Data):
	baris, _jumlah = jalankan(data.kampung.dpmppa, kecamatan=data.kecamatan)
	menurut = {b["pendaftaran"]: b for b in baris}
	assert (menurut[data.beda]["selisih"], menurut[data.lewat]["hari_menunggu"]) == (400, 9)
	frappe.db.savepoint("masa")
	nilai = {"berlaku_mulai": add_days(nowdate(), 2), "berlaku_sampai": add_days(nowdate(), 57)}
	frappe.db.set_value("Pendaftaran BPJS", data.sesuai, nilai, update_modified=False)
	baris, _jumlah = jalankan(data.kampung.dpmppa, kecamatan=data.kecamatan, keadaan="Berbeda")
	frappe.db.rollback(save_point="masa")
	assert {b["pendaftaran"]: b["hari_kurang"] for b in baris} == {data.beda: 0, data.sesuai: 5}


def test_berkas_terakhir_disebut_kepada_yang_melihatnya(data: Data):
	k = data.kampung
	frappe.db.savepoint("berkas")
	doc = pabrik.berkas_bpjs(k, frappe.get_doc("Pendaftaran BPJS", data.lewat))

	def berkas(user):
		baris, _jumlah = jalankan(user, kecamatan=data.kecamatan)
		return {b["berkas"] for b in baris} - {None}

	sebelum = berkas(k.dpmppa)
	terkirim = {"status": "Dikirim", "dikirim_pada": now_datetime(), "diserahkan_bpjs": 1}
	frappe.db.set_value("Berkas BPJS", doc.name, terkirim)
	hasil = [berkas(user) for user in (k.dpmppa, k.bpjs, k.lurah)]
	frappe.db.rollback(save_point="berkas")
	assert sebelum == set() and hasil == [{doc.name}, {doc.name}, set()]


def test_grafik_menghitung_setiap_keadaan(data: Data):
	with pabrik.sebagai(data.kampung.dpmppa):
		grafik = rekonsiliasi_bpjs.execute({"kecamatan": data.kecamatan})[3]["data"]
	isi = dict(zip(grafik["labels"], grafik["datasets"][0]["values"], strict=True))
	assert Counter(isi) == Counter(keadaan(data).values())


def test_jumlah_kueri_tetap(data: Data):
	with pabrik.sebagai(data.kampung.dpmppa):
		banyak = []
		for saring in ({}, {}, {"rt": data.kampung.rt}):
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				frappe.get_doc("Report", LAPORAN).execute_module(frappe._dict(saring))
			banyak.append(sql.call_count)
	assert banyak[1] == banyak[2] <= 10


def test_tanpa_hak_ditolak_dan_pilihan_asing_disebut(data: Data):
	for user in (data.kampung.ketua, pabrik.pengguna("tanpa-jabatan")):
		with pabrik.sebagai(user), pytest.raises(frappe.PermissionError):
			run(LAPORAN, {})
	for saring in ({"keadaan": "Entah"}, {"batas_hari": -1}):
		with pytest.raises(frappe.ValidationError):
			jalankan(data.kampung.dpmppa, **saring)
