"""The report on the city's other protected groups agrees with plain SQL, and shows each reader their own area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, sebagai

SQL = (Path(__file__).parents[1] / "sql" / "kepesertaan_kota.sql").read_text()
LAPORAN = "Kepesertaan Kota"


@dataclass
class Data:
	kampung: Kampung
	kecamatan: str
	tahun: int


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	"""Two groups in two kelurahan: one month paid, one open, one person about to end, one who ended."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k = pabrik.kampung()
	hari = getdate(nowdate())
	with sebagai(k.dpmppa):
		dekat = pabrik.warga(k.rt, 3) + pabrik.warga(k.rt_tetangga)
		for w in (*dekat, *pabrik.warga(k.rt_jauh, 2)):
			pabrik.kepesertaan_kota(w.name, mulai="2025-01-01")
		pabrik.kepesertaan_kota(dekat[0].name, kelompok="PHL", sampai=add_days(hari, 5))
		pabrik.kepesertaan_kota(dekat[1].name, kelompok="PHL", mulai="2025-01-01", sampai=add_days(hari, -1))
		for kelompok, bulan in (("Petugas Syara'", 1), ("Petugas Syara'", 2), ("PHL", 1)):
			doc = frappe.get_doc(
				{
					"doctype": "Iuran Kepesertaan Kota",
					"kelompok": kelompok,
					"bulan": f"{hari.year}-{bulan:02}-01",
				}
			).insert()
			if bulan == 1:
				doc.reload()
				doc.update(
					{"kode_iuran": "KI", "dibayar_pada": nowdate(), "bukti_bayar": "/private/files/b.pdf"}
				)
				doc.save()
		frappe.get_doc(
			{
				"doctype": "Anggaran Kepesertaan Kota",
				"tahun": hari.year,
				"kelompok": "Petugas Syara'",
				"pagu": 150_000,
				"nomor_dpa": "DPA-1",
				"dasar_hukum": "Uji",
			}
		).insert()
	yield Data(k, frappe.db.get_value("RT", k.rt, "kecamatan"), hari.year)
	frappe.db.rollback()
	frappe.clear_cache()


def jalankan(user: str, **filters) -> tuple[list[dict], dict | None]:
	with sebagai(user):
		baris = frappe.get_doc("Report", LAPORAN).execute_module(frappe._dict(filters))[1]
	return (baris[:-1], baris[-1]) if baris else ([], None)


def rapi(baris: list[dict], kolom) -> list[dict]:
	return [{f: b[f] if f == "wilayah" else float(b[f]) for f in kolom} for b in baris]


@pytest.mark.parametrize("jabatan", ["lurah", "lurah_lain", "dpmppa", "pengawas", "admin"])
def test_sesuai_sql_dalam_wilayah_pembaca(data: Data, jabatan: str):
	k = data.kampung
	kelurahan = {"lurah": k.kelurahan, "lurah_lain": k.kelurahan_lain}.get(jabatan)
	baris, jumlah = jalankan(getattr(k, jabatan), tahun=data.tahun)
	harap = frappe.db.sql(
		SQL.replace("{wilayah}", f"kelurahan = '{kelurahan}'" if kelurahan else "1 = 1"),
		{"tahun": data.tahun, "hari_ini": nowdate()},
		as_dict=True,
	)
	kolom = [f for f in harap[0] if not kelurahan or f not in ("pagu", "sisa")]
	if kelurahan:  # a budget is the whole city's
		harap = [b for b in harap if b.peserta or b.orang_bulan]
		assert "pagu" not in baris[0]
	assert rapi(baris, kolom) == rapi(harap, kolom)
	assert {f: float(jumlah[f]) for f in kolom[1:]} == {f: sum(float(b[f]) for b in harap) for f in kolom[1:]}


def test_angkanya_yang_dibuat(data: Data):
	(syara, phl), _jumlah = jalankan(data.kampung.dpmppa, tahun=data.tahun)
	assert (phl["wilayah"], phl["peserta"], phl["akan_habis"], phl["orang_bulan"]) == ("PHL", 1, 1, 1)
	assert (syara["peserta"], syara["orang_bulan"], syara["iuran"], syara["dibayar"]) == (
		6,
		12,
		12 * 16_800,
		6 * 16_800,
	)
	assert (syara["pagu"], syara["sisa"]) == (150_000, 150_000 - 6 * 16_800)


@pytest.mark.parametrize("tingkat", ["Kecamatan", "Kelurahan", "RT"])
def test_dirinci_per_wilayah_tanpa_pagu(data: Data, tingkat: str):
	baris, jumlah = jalankan(data.kampung.dpmppa, tahun=data.tahun, tingkat=tingkat)
	assert len(baris) == {"Kecamatan": 1, "Kelurahan": 2, "RT": 3}[tingkat]
	assert (jumlah["peserta"], jumlah["orang_bulan"]) == (7, 13)
	assert "pagu" not in jumlah


def test_disaring_menurut_bulan_dan_kelompok(data: Data):
	(satu,), _jumlah = jalankan(
		data.kampung.dpmppa, tahun=data.tahun, bulan="2", kelompok="Petugas Syara'", kecamatan=data.kecamatan
	)
	assert (satu["orang_bulan"], satu["dibayar"]) == (6, 0)


def test_penyaring_tidak_melebarkan_cakupan(data: Data):
	assert jalankan(data.kampung.lurah, tahun=data.tahun, kelurahan=data.kampung.kelurahan_lain)[0] == []


def test_tanpa_hak_ditolak(data: Data):
	for user in (data.kampung.ketua, data.kampung.bpjs, data.kampung.pendamping):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			run(LAPORAN, {})


def test_jumlah_kueri_tetap(data: Data):
	with sebagai(data.kampung.dpmppa):
		banyak = []
		for saring in ({}, {}, {"kelompok": "PHL"}):
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				frappe.get_doc("Report", LAPORAN).execute_module(frappe._dict(saring))
			banyak.append(sql.call_count)
	assert banyak[1] == banyak[2] <= 10
