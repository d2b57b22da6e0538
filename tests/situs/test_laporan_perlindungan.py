"""Daftar Peserta and Peserta Ganda agree with plain SQL over the same rows, and show each reader their own area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku, sebab_serupa
from kampung_bahagia.perlindungan.report.daftar_peserta import daftar_peserta
from kampung_bahagia.perlindungan.report.peserta_ganda import peserta_ganda
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung

SQL = Path(__file__).parents[1] / "sql"
LAPORAN = ("Daftar Peserta", "Peserta Ganda")
PEMBACA = (
	"ketua",
	"ketua_tetangga",
	"ketua_jauh",
	"pendamping",
	"lurah",
	"lurah_lain",
	"dpmppa",
	"bpjs",
	"pengawas",
	"admin",
)
SERUPA = {"jenis": "Warga Serupa"}


@dataclass
class Data:
	kampung: Kampung
	kecamatan: str  # nothing else was made in it
	berjalan: str  # in the RT: two protected people under a signed decree
	kedua: str  # in the RT on the same days: one of these two, and somebody else
	sebelah: str  # in the RT next door: three people under a decree without signature, one came from the RT
	jauh: str  # in the other kelurahan: two people without a decree, one of them as well of the RT next door


@pytest.fixture(scope="module")
def data(situs: str) -> Iterator[Data]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k, tetangga, jauh = pabrik.tiga_rt()
	berjalan = pabrik.kegiatan_berjalan(k)
	kedua = pabrik.kegiatan(k, tanggal_mulai=add_days(nowdate(), 25), tanggal_selesai=add_days(nowdate(), 50))
	sebelah = pabrik.kegiatan_disetujui(tetangga, peserta=3)
	pabrik.surat_keputusan(tetangga, sebelah, dipindai=False)
	tiga = pabrik.kegiatan(jauh)
	orang = {d.name: _peserta(d.name) for d in (berjalan, kedua, sebelah, tiga)}
	# people move: whoever took part in one RT takes part in another
	_pindah(orang[kedua.name][0], orang[berjalan.name][0])
	_pindah(orang[sebelah.name][0], orang[berjalan.name][1])
	_pindah(orang[tiga.name][0], orang[sebelah.name][1])
	frappe.db.set_value("Peserta", orang[kedua.name][1], {"usia": 71, "catatan_usia": "Mohon konfirmasi."})
	yield Data(
		k,
		frappe.db.get_value("RT", k.rt, "kecamatan"),
		berjalan.name,
		kedua.name,
		sebelah.name,
		tiga.name,
	)
	frappe.db.rollback()
	frappe.clear_cache()


def _peserta(kegiatan: str) -> list[str]:
	return frappe.get_all("Peserta", {"kegiatan": kegiatan}, pluck="name", order_by="creation, name")


def _pindah(peserta: str, seperti: str) -> None:
	siapa = frappe.db.get_value("Peserta", seperti, ["warga", "nama", "nik_samar"], as_dict=True)
	frappe.db.set_value("Peserta", peserta, siapa, update_modified=False)


def jalankan(laporan: str, user: str, **filters) -> tuple[list[dict], dict | None]:
	"""Rows and the line of totals, as the report gives them to `user`."""
	with pabrik.sebagai(user):
		baris = frappe.get_doc("Report", laporan).execute_module(frappe._dict(filters))[1]
	return (baris[:-1], baris[-1]) if baris else ([], None)


def wilayah_pembaca(data: Data, jabatan: str, peserta: str = "p") -> str:
	k = data.kampung
	return {
		"ketua": f"{peserta}.rt = '{k.rt}'",
		"ketua_tetangga": f"{peserta}.rt = '{k.rt_tetangga}'",
		"ketua_jauh": f"{peserta}.rt = '{k.rt_jauh}'",
		"lurah": f"{peserta}.kelurahan = '{k.kelurahan}'",
		"lurah_lain": f"{peserta}.kelurahan = '{k.kelurahan_lain}'",
		"bpjs": f"({peserta}.kecamatan = '{data.kecamatan}' and {peserta}.diserahkan_bpjs = 1)",
	}.get(jabatan, f"{peserta}.kecamatan = '{data.kecamatan}'")


def tangan(nama: str, data: Data, jabatan: str) -> list[dict]:
	teks = (SQL / f"{nama}.sql").read_text()
	lain = wilayah_pembaca(data, jabatan, "q")
	if jabatan == "bpjs":  # who filters by an area asks for it, and may know of the others all the same
		lain = "q.diserahkan_bpjs = 1"
	teks = teks.replace("{wilayah}", wilayah_pembaca(data, jabatan)).replace("{wilayah_lain}", lain)
	return frappe.db.sql(teks, {"tahun": getdate(nowdate()).year, "batas": 5_000}, as_dict=True)


def saringan(data: Data, jabatan: str) -> dict:
	saring = {"tahun": getdate(nowdate()).year}
	if "kecamatan" in wilayah_pembaca(data, jabatan):
		saring["kecamatan"] = data.kecamatan
	return saring


def rapi(baris: list[dict], kolom) -> list[dict]:
	return [{f: b[f] if b[f] is None else str(b[f]) for f in kolom} for b in baris]


@pytest.mark.parametrize("jabatan", PEMBACA)
@pytest.mark.parametrize("laporan", LAPORAN)
def test_sesuai_sql_dalam_wilayah_pembaca(data: Data, laporan: str, jabatan: str):
	baris, jumlah = jalankan(laporan, getattr(data.kampung, jabatan), **saringan(data, jabatan))
	harap = tangan(frappe.scrub(laporan), data, jabatan)
	assert harap
	assert rapi(baris, harap[0]) == rapi(harap, harap[0])
	assert jumlah["nama"].split()[1] == str(len(harap))


@pytest.mark.parametrize("jabatan", PEMBACA)
def test_jumlah_dan_grafik_daftar_sesuai_sql(data: Data, jabatan: str):
	with pabrik.sebagai(getattr(data.kampung, jabatan)):
		hasil = daftar_peserta.execute(saringan(data, jabatan))
	jumlah, grafik = hasil[1][-1], hasil[3]["data"]
	harap = tangan("daftar_peserta_jumlah", data, jabatan)
	status = Counter()
	for b in harap:
		status[b.status] += b.orang
	assert jumlah["nama"] == f"Jumlah: {status.total()} peserta"
	assert jumlah["status"] == f"{status['Terlindungi']} terlindungi"
	assert jumlah["keadaan_sk"] == f"{sum(b.ber_sk for b in harap)} disebut dalam SK"
	assert {d["name"]: sum(d["values"]) for d in grafik["datasets"]} == {
		s: status[s] for s in daftar_peserta.STATUS
	}


def test_di_atas_batas_yang_dihitung_tetap_semuanya(data: Data):
	k = data.kampung
	semua, _jumlah = jalankan("Daftar Peserta", k.lurah)
	with (
		pabrik.sebagai(k.lurah),
		patch.object(daftar_peserta, "BATAS", 2),
		patch.object(peserta_ganda, "BATAS", 1),
	):
		_kolom, baris, pesan, grafik = daftar_peserta.execute({})
		_kolom, ganda, pesan_ganda, _grafik = peserta_ganda.execute({})
	assert baris[:-1] == semua[:2]
	assert baris[-1]["nama"] == f"Jumlah: {len(semua)} peserta" and pesan.startswith("2 peserta pertama")
	assert sum(sum(d["values"]) for d in grafik["data"]["datasets"]) == len(semua)
	assert len(ganda) == 2 and pesan_ganda.startswith("Hanya 1 pasangan")


@pytest.mark.parametrize(
	"saring, kegiatan, banyak",
	[
		({"status": "Terlindungi"}, {"berjalan"}, 2),
		({"sk": "Ditandatangani"}, {"berjalan"}, 2),
		({"sk": "Belum Ditandatangani"}, {"sebelah"}, 3),
		({"sk": "Belum Ada SK"}, {"kedua", "jauh"}, 4),
		({"perlu_konfirmasi": 1}, {"kedua"}, 1),
	],
)
def test_penyaring_daftar(data: Data, saring: dict, kegiatan: set[str], banyak: int):
	baris, jumlah = jalankan("Daftar Peserta", data.kampung.dpmppa, kecamatan=data.kecamatan, **saring)
	assert {b["kegiatan"] for b in baris} == {getattr(data, n) for n in kegiatan}
	assert len(baris) == banyak and jumlah["nama"] == f"Jumlah: {banyak} peserta"


def test_daftar_menyebut_sampai_kapan_terlindungi(data: Data):
	baris, _jumlah = jalankan("Daftar Peserta", data.kampung.ketua)
	sampai = frappe.db.get_value("Pendaftaran BPJS", {"kegiatan": data.berjalan}, "berlaku_sampai")
	assert {b["kegiatan"]: b["terlindungi_sampai"] for b in baris} == {
		data.berjalan: sampai,
		data.kedua: None,
	}


@pytest.mark.parametrize("laporan", LAPORAN)
def test_penyaring_tidak_melebarkan_cakupan(data: Data, laporan: str):
	k = data.kampung
	assert jalankan(laporan, k.lurah, kelurahan=k.kelurahan_lain) == ([], None)
	assert jalankan(laporan, k.ketua, kegiatan=data.sebelah) == ([], None)
	assert jalankan(laporan, k.lurah, kegiatan=data.sebelah)[0]
	assert jalankan(laporan, k.lurah, tahun=2000) == ([], None)
	with pytest.raises(frappe.ValidationError, match="Pilih salah satu"):
		jalankan(laporan, k.lurah, status="Entah", jenis="Entah")


def test_kegiatan_lain_di_luar_wilayah_hanya_disebut_harinya(data: Data):
	"""The RT next door has one peserta who takes part in the RT, and one in the other kelurahan."""
	k = data.kampung
	baris, jumlah = jalankan("Peserta Ganda", k.ketua_tetangga)
	assert len(baris) == 2 and jumlah["nik_samar"] == "2 warga"
	luar = ("kegiatan_lain", "rt_lain", "status_lain", "nik_lain")
	for b in baris:
		assert (b["judul_lain"], {b[f] for f in luar}) == ("kegiatan lain", {None})
		assert b["hari"] == 31
	teks = str(baris)
	assert data.berjalan not in teks and data.jauh not in teks
	per_lurah, _jumlah = jalankan("Peserta Ganda", k.lurah)
	assert Counter(b["kegiatan_lain"] is None for b in per_lurah) == {False: 2, True: 1}


def test_hari_bersama_dihitung(data: Data):
	"""The second kegiatan begins five days before the first one ends, both days included."""
	baris, _jumlah = jalankan("Peserta Ganda", data.kampung.ketua)
	sendiri = [b for b in baris if b["kegiatan_lain"]]
	assert [(str(b["bersama_mulai"]), str(b["bersama_selesai"]), b["hari"]) for b in sendiri] == [
		(add_days(nowdate(), 25), add_days(nowdate(), 30), 6)
	]
	frappe.db.set_value("Kegiatan", data.kedua, "status", "Ditolak", update_modified=False)
	tanpa, _jumlah = jalankan("Peserta Ganda", data.kampung.ketua)
	frappe.db.set_value("Kegiatan", data.kedua, "status", "Draf", update_modified=False)
	assert [b for b in baris if b not in tanpa] == sendiri


@pytest.fixture
def bernama(data: Data) -> Iterator[dict[str, str]]:
	"""Names by which some resemble and some do not: all residents of the tests were born on one day."""
	frappe.db.savepoint("nama")
	semua = frappe.get_all("Peserta", pluck="name", order_by="name")
	for i, satu in enumerate(semua):
		frappe.db.set_value("Peserta", satu, "nama", f"{chr(97 + i % 26) * 9} {i}", update_modified=False)
	serupa = dict(
		zip(
			(
				_peserta(data.berjalan)[0],
				_peserta(data.kedua)[1],
				_peserta(data.sebelah)[2],
				_peserta(data.jauh)[1],
			),
			("Moch. Soekardi", "H. Muhammad Sukardi", "Mohamad Sukardi, S.Pd.", "Muh Sukardi"),
			strict=True,
		)
	)
	for satu, nama in serupa.items():
		frappe.db.set_value("Peserta", satu, "nama", nama, update_modified=False)
	yield serupa
	frappe.db.rollback(save_point="nama")


@pytest.mark.parametrize("jabatan", ["ketua", "lurah", "lurah_lain", "dpmppa", "pengawas"])
def test_serupa_sama_dengan_membandingkan_semua(data: Data, bernama: dict, jabatan: str):
	"""Against each two of all peserta, of whom the rule decides."""
	p = frappe.db.sql(
		"""select p.name, p.nama, p.warga, k.tanggal_mulai a, k.tanggal_selesai b, d.no_kk, d.tanggal_lahir,
			{wilayah} as boleh
		from `tabPeserta` p join `tabKegiatan` k on k.name = p.kegiatan
		join `tabData Pribadi` d on d.name = p.warga where k.status not in ('Ditolak', 'Dihentikan')""".replace(
			"{wilayah}", wilayah_pembaca(data, jabatan)
		),
		as_dict=True,
	)
	harap = Counter()
	for satu, dua in permutations(p, 2):
		if satu.boleh and satu.warga != dua.warga and satu.a <= dua.b and dua.a <= satu.b:
			orang = [Orang(nama_baku(o.nama), o.no_kk, o.tanggal_lahir) for o in (satu, dua)]
			if (sebab := sebab_serupa(*orang)) and not (dua.boleh and dua.name < satu.name):
				harap[satu.nama, dua.nama if dua.boleh else "warga lain", sebab] += 1
	saring = saringan(data, jabatan) | SERUPA
	saring.pop("tahun")
	baris, jumlah = jalankan("Peserta Ganda", getattr(data.kampung, jabatan), **saring)
	if jabatan in (
		"dpmppa",
		"pengawas",
	):  # who asks for one kecamatan sees all the same who resembles elsewhere
		assert {b["nama"] for b in baris} == set(bernama.values()) - {max(bernama.values())} or baris
	assert Counter((b["nama"], b["nama_lain"], b["sebab"]) for b in baris) == harap
	assert harap and jumlah["nama"] == f"Jumlah: {harap.total()} pasangan"


def test_serupa_tidak_membuka_orang_di_luar_wilayah(data: Data, bernama: dict):
	baris, _jumlah = jalankan("Peserta Ganda", data.kampung.ketua_jauh, **SERUPA)
	assert {b["nama"] for b in baris} == {"Muh Sukardi"} and len(baris) == 3
	assert {(b["nama_lain"], b["nik_lain"], b["judul_lain"]) for b in baris} == {
		("warga lain", None, "kegiatan lain")
	}
	assert "Soekardi" not in str(baris)


def test_serupa_dalam_satu_kegiatan(data: Data, bernama: dict):
	"""Somebody recorded twice by a mistyped number is named twice in one list."""
	a, b, *_ = _peserta(data.sebelah)
	for satu in (a, b):
		frappe.db.set_value("Peserta", satu, "nama", "Rukiah", update_modified=False)
	baris, _jumlah = jalankan("Peserta Ganda", data.kampung.ketua_tetangga, **SERUPA)
	assert [
		(x["kegiatan"], x["kegiatan_lain"]) for x in baris if x["nama"] == x["nama_lain"] == "Rukiah"
	] == [(data.sebelah, data.sebelah)]


def test_serupa_untuk_jabatan_dan_jumlah_yang_patut(data: Data):
	k = data.kampung
	with pytest.raises(frappe.PermissionError, match="melihat data warga"):
		jalankan("Peserta Ganda", k.bpjs, **SERUPA)
	with (
		patch.object(peserta_ganda, "DIBANDINGKAN", 4),
		pytest.raises(frappe.ValidationError, match="Pilih kelurahan"),
	):
		jalankan("Peserta Ganda", k.lurah, **SERUPA)
	with patch.object(peserta_ganda, "DIBANDINGKAN", 4):
		jalankan("Peserta Ganda", k.lurah, kegiatan=data.sebelah, **SERUPA)


@pytest.mark.parametrize("laporan", LAPORAN)
def test_yang_kosong_mengatakannya(data: Data, laporan: str):
	with pabrik.sebagai(data.kampung.lurah):
		saring = frappe._dict(kelurahan=data.kampung.kelurahan_lain)
		_kolom, baris, pesan, grafik = frappe.get_doc("Report", laporan).execute_module(saring)
	assert not baris and not grafik
	assert pesan.endswith("wilayah ini.")


@pytest.mark.parametrize("laporan", LAPORAN)
def test_tanpa_hak_ditolak(data: Data, laporan: str):
	user = pabrik.pengguna("tanpa-jabatan")
	with pabrik.sebagai(user), pytest.raises(frappe.PermissionError):
		run(laporan, {})
	assert jalankan(laporan, user) == ([], None)


@pytest.mark.parametrize("laporan", LAPORAN)
def test_jumlah_kueri_tetap(data: Data, laporan: str):
	"""As many queries for all areas as for one."""
	with pabrik.sebagai(data.kampung.dpmppa):
		banyak = []
		for saring in ({}, {}, {"rt": data.kampung.rt}):
			with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
				frappe.get_doc("Report", laporan).execute_module(frappe._dict(saring))
			banyak.append(sql.call_count)
	assert banyak[1] == banyak[2] <= 10  # of which the framework's own for the Report record are most


@pytest.mark.parametrize(
	"laporan, lain", [("Daftar Peserta", {}), ("Peserta Ganda", {}), ("Peserta Ganda", SERUPA)]
)
def test_dibuka_dan_tetap_tersamar(data: Data, laporan: str, lain: dict):
	"""Through the framework's own door; no number, birth date or family card in full."""
	with pabrik.sebagai(data.kampung.lurah):
		hasil = run(laporan, lain)["result"]
	assert any("*" in str(b.get("nik_samar")) for b in hasil)
	isi = str(hasil)
	for satu in frappe.db.sql(
		"select d.nik, d.no_kk from `tabData Pribadi` d join `tabWarga` w on w.name = d.name where w.kecamatan = %s",
		data.kecamatan,
	):
		assert not [nilai for nilai in satu if nilai in isi]
	assert "1980" not in isi
