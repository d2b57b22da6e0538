"""The city's other protected groups: who is in them, what a month costs, and what is left of the budget."""

from __future__ import annotations

from datetime import datetime

import frappe
import pytest
from frappe.utils import add_days, nowdate

from kampung_bahagia.aturan.kepesertaan import bulan_dari
from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.izin.dokumen import DiLuarWilayah, DokumenTerkunci
from kampung_bahagia.klaim.layar import kepesertaan_lain
from kampung_bahagia.perlindungan.doctype.iuran_kepesertaan_kota import iuran_kepesertaan_kota as modul
from kampung_bahagia.perlindungan.doctype.iuran_kepesertaan_kota.iuran_kepesertaan_kota import (
	BulanSudahDisusun,
)
from kampung_bahagia.perlindungan.doctype.kepesertaan_kota.kepesertaan_kota import KPJGanda
from kampung_bahagia.perlindungan.kepesertaan_kota import pada_tanggal, pemakaian, segarkan
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTerbalik, MasaBerlakuTumpangTindih
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from kampung_bahagia.wilayah.doctype.perpindahan_warga.perpindahan_warga import pindahkan
from tests.situs.serentak import serentak

KELOMPOK = "Petugas Syara'"
HARI = datetime.now(WIB).date()
BULAN = bulan_dari(HARI)[0]


def anggota(k, warga=None, **nilai):
	with sebagai(k.dpmppa):
		return pabrik.kepesertaan_kota(warga or pabrik.warga(k.rt)[0].name, **nilai)


def tagihan(k, bulan=BULAN, kelompok=KELOMPOK):
	with sebagai(k.dpmppa):
		return frappe.get_doc(
			{"doctype": "Iuran Kepesertaan Kota", "kelompok": kelompok, "bulan": bulan}
		).insert()


def bayar(k, doc, **nilai):
	with sebagai(k.dpmppa):
		doc.reload()
		doc.update({"kode_iuran": "KI-1", "dibayar_pada": nowdate(), **nilai})
		doc.bukti_bayar = pabrik.lampiran(doc, "bukti.pdf", k.dpmppa)
		return doc.save()


# --- memberships


@pytest.mark.parametrize(
	("mulai", "sampai", "alasan", "status"),
	[
		(1, None, None, "Belum Mulai"),
		(0, None, None, "Aktif"),
		(-100, 31, None, "Aktif"),
		(-100, 30, None, "Akan Habis"),
		(-100, 0, None, "Akan Habis"),
		(-100, -1, None, "Habis"),
		(-100, -1, "Pindah ke luar kota", "Berhenti"),
	],
)
def test_the_state_follows_the_days(k, mulai, sampai, alasan, status):
	doc = anggota(
		k,
		mulai=add_days(HARI, mulai),
		sampai=None if sampai is None else add_days(HARI, sampai),
		alasan_berhenti=alasan,
	)
	assert doc.status == status


def test_a_membership_carries_name_mask_and_area_of_the_resident(k):
	(w,) = pabrik.warga(k.rt)
	doc = anggota(k, w.name)
	assert (doc.nama, doc.nik_samar, doc.rt, doc.kelurahan) == (w.nama, w.nik_samar, k.rt, k.kelurahan)
	assert "*" in doc.nik_samar and not doc.get("nik")


@pytest.mark.parametrize(("mulai", "sampai"), [(-5, None), (-40, -10), (-10, -10), (10, 20), (-60, None)])
def test_nobody_is_in_a_group_twice_at_a_time(k, mulai, sampai):
	(w,) = pabrik.warga(k.rt)
	anggota(k, w.name, mulai=add_days(HARI, -10), sampai=add_days(HARI, 10))
	baru = {"mulai": add_days(HARI, mulai), "sampai": sampai and add_days(HARI, sampai)}
	if mulai > 0:
		anggota(k, w.name, **{**baru, "mulai": add_days(HARI, 11)})  # the day after the end is free
		return
	with pytest.raises(MasaBerlakuTumpangTindih, match="sudah tercatat"):
		anggota(k, w.name, **baru)


def test_one_may_be_in_two_groups_at_once(k):
	(w,) = pabrik.warga(k.rt)
	anggota(k, w.name)
	assert anggota(k, w.name, kelompok="Ketua RT").name


def test_a_period_does_not_end_before_it_begins(k):
	with pytest.raises(MasaBerlakuTerbalik):
		anggota(k, mulai=nowdate(), sampai=add_days(nowdate(), -1))


def test_who_stops_has_a_last_day_and_a_reason_in_words(k):
	with pytest.raises(frappe.MandatoryError, match="hari terakhir"):
		anggota(k, alasan_berhenti="Meninggal dunia")
	with pytest.raises(frappe.ValidationError, match="paling sedikit"):
		anggota(k, sampai=nowdate(), alasan_berhenti="x")


def test_a_number_of_bpjs_belongs_to_one_person(k):
	(w, lain) = pabrik.warga(k.rt, 2)
	assert anggota(k, w.name, kpj="123 4567 8901").kpj == "12345678901"
	anggota(k, w.name, kelompok="PHL", kpj="12345678901")
	with pytest.raises(KPJGanda):
		anggota(k, lain.name, kpj="12345678901")
	with pytest.raises(frappe.ValidationError, match="11 angka"):
		anggota(k, lain.name, kpj="123")


def test_only_dpmppa_records_memberships(k):
	(w,) = pabrik.warga(k.rt)
	for user in (k.ketua, k.lurah, k.bpjs, k.pengawas, k.admin):
		with sebagai(user), pytest.raises((frappe.PermissionError, DiLuarWilayah)):
			pabrik.kepesertaan_kota(w.name)


def test_offices_see_their_own_area_and_bpjs_what_was_handed_to_it(k):
	doc = anggota(k)
	terlihat = {}
	for jabatan in ("ketua", "ketua_tetangga", "lurah", "lurah_lain", "dpmppa", "pengawas", "bpjs"):
		with sebagai(getattr(k, jabatan)):
			terlihat[jabatan] = bool(frappe.get_list("Kepesertaan Kota", {"name": doc.name}, order_by="name"))
	assert {j for j, ya in terlihat.items() if ya} == {"ketua", "lurah", "dpmppa", "pengawas"}
	frappe.db.set_value("Kepesertaan Kota", doc.name, "diserahkan_bpjs", 1)
	with sebagai(k.bpjs):
		assert frappe.get_list("Kepesertaan Kota", {"name": doc.name}, order_by="name")


def test_the_lurah_does_not_see_the_number_and_dpmppa_does(k):
	doc = anggota(k, kpj="12345678901")
	for user, terbaca in ((k.lurah, False), (k.dpmppa, True)):
		with sebagai(user):
			dibuka = frappe.get_doc("Kepesertaan Kota", doc.name)
			dibuka.apply_fieldlevel_read_permissions()
			assert bool(dibuka.get("kpj")) is terbaca


def test_a_membership_that_goes_on_follows_the_resident_to_another_rt(k):
	(w,) = pabrik.warga(k.rt)
	lama = anggota(k, w.name, mulai="2025-01-01", sampai="2025-12-31")
	kini = anggota(k, w.name, mulai="2026-01-01")
	with sebagai(k.lurah_lain):
		pindahkan(
			rt=k.rt_jauh,
			tanggal=nowdate(),
			alasan="Ikut keluarga",
			nik=frappe.db.get_value("Data Pribadi", w.name, "nik"),
			nama=w.nama,
		)
	assert frappe.db.get_value("Kepesertaan Kota", kini.name, ["rt", "kelurahan"]) == (
		k.rt_jauh,
		k.kelurahan_lain,
	)
	assert frappe.db.get_value("Kepesertaan Kota", lama.name, "rt") == k.rt


# --- the clock


def test_at_midnight_states_move_by_themselves_and_dpmppa_is_told_once(k):
	akan = [anggota(k, sampai=add_days(HARI, 10)) for _ in range(2)]
	lewat = anggota(k, mulai=add_days(HARI, -50), sampai=add_days(HARI, -1))
	henti = anggota(
		k, mulai=add_days(HARI, -50), sampai=add_days(HARI, -1), alasan_berhenti="Pindah ke luar kota"
	)
	mulai = anggota(k, mulai=nowdate())
	for doc in (*akan, lewat, henti):
		frappe.db.set_value("Kepesertaan Kota", doc.name, "status", "Aktif", update_modified=False)
	frappe.db.set_value("Kepesertaan Kota", mulai.name, "status", "Belum Mulai", update_modified=False)
	kabar = {"document_type": "Kelompok Kepesertaan", "document_name": KELOMPOK, "for_user": k.dpmppa}
	segarkan()
	assert [
		frappe.db.get_value("Kepesertaan Kota", d.name, "status") for d in (*akan, lewat, henti, mulai)
	] == [
		"Akan Habis",
		"Akan Habis",
		"Habis",
		"Berhenti",
		"Aktif",
	]
	(subjek,) = frappe.get_all("Notification Log", kabar, pluck="subject", order_by="creation")
	assert subjek.startswith(f"2 kepesertaan {KELOMPOK} berakhir")
	segarkan()
	assert frappe.db.count("Notification Log", kabar) == 1


# --- months


def test_a_month_holds_everyone_with_a_day_in_it_once(k):
	w, *_lain = pabrik.warga(k.rt)
	awal, akhir = bulan_dari(HARI)
	anggota(k, w.name, mulai="2025-01-01", sampai=awal)
	kembali = anggota(k, w.name, mulai=add_days(awal, 5))
	hari_akhir = anggota(k, mulai=akhir)
	anggota(k, mulai=add_days(akhir, 1))
	anggota(k, mulai="2025-01-01", sampai=add_days(awal, -1))
	anggota(k, kelompok="PHL")
	doc = tagihan(k, bulan=akhir)
	assert (doc.bulan, doc.jumlah_orang) == (awal, 2)
	assert (doc.jkk, doc.jkm, doc.iuran) == (20_000, 13_600, 33_600)
	rincian = frappe.get_all(
		"Rincian Iuran Kota", {"iuran_kota": doc.name}, ["kepesertaan", "rt", "jumlah"], order_by="name"
	)
	assert {r.kepesertaan for r in rincian} == {kembali.name, hari_akhir.name}
	assert {(r.rt, r.jumlah) for r in rincian} == {(k.rt, 16_800)}


def test_a_month_is_made_once(k):
	anggota(k)
	doc = tagihan(k)
	with pytest.raises(BulanSudahDisusun, match=doc.name):
		tagihan(k, bulan=bulan_dari(HARI)[1])


def test_an_unpaid_month_is_counted_anew_and_a_paid_one_never(k):
	anggota(k)
	doc = tagihan(k)
	anggota(k)
	with sebagai(k.dpmppa):
		modul.hitung_ulang(doc.name)
	assert frappe.db.get_value(doc.doctype, doc.name, ["jumlah_orang", "iuran"]) == (2, 33_600)
	doc = bayar(k, doc)
	assert doc.status == "Lunas"
	anggota(k)
	with sebagai(k.dpmppa), pytest.raises(DokumenTerkunci):
		modul.hitung_ulang(doc.name)
	doc.reload()
	doc.kode_iuran = "KI-2"
	with sebagai(k.dpmppa), pytest.raises(DokumenTerkunci):
		doc.save()
	assert frappe.db.count("Rincian Iuran Kota", {"iuran_kota": doc.name}) == 2


def test_a_month_is_paid_with_code_day_and_proof_only(k):
	anggota(k)
	doc = tagihan(k)
	for kurang in ("kode_iuran", "dibayar_pada"):
		with pytest.raises(frappe.MandatoryError):
			bayar(k, doc, **{kurang: None})
	with pytest.raises(frappe.ValidationError, match="belum tiba"):
		bayar(k, doc, dibayar_pada=add_days(nowdate(), 1))
	assert frappe.db.get_value(doc.doctype, doc.name, "status") == "Belum Dibayar"


def test_a_month_without_people_is_not_paid(k):
	doc = tagihan(k, bulan="2001-01-01", kelompok=_kelompok_baru(k))
	assert doc.jumlah_orang == 0
	with pytest.raises(frappe.ValidationError, match="Belum ada peserta"):
		bayar(k, doc)


def test_figures_come_from_the_count_and_not_from_a_request(k):
	anggota(k)
	with sebagai(k.dpmppa):
		doc = frappe.get_doc(
			{
				"doctype": "Iuran Kepesertaan Kota",
				"kelompok": KELOMPOK,
				"bulan": BULAN,
				"jumlah_orang": 900,
				"iuran": 1,
				"status": "Lunas",
			}
		).insert()
		doc.iuran, doc.status = 5, "Lunas"
		doc.save()
	doc.reload()
	assert (doc.jumlah_orang, doc.iuran, doc.status) == (1, 16_800, "Belum Dibayar")


def test_a_month_takes_the_tariff_of_its_first_day(k):
	kelompok = _kelompok_baru(k)
	with sebagai(k.dpmppa):
		lama = frappe.get_doc("Tarif Kepesertaan Kota", {"kelompok": kelompok})
		lama.berlaku_sampai = add_days(BULAN, 14)
		lama.save()
		frappe.get_doc(
			{
				"doctype": "Tarif Kepesertaan Kota",
				"kelompok": kelompok,
				"berlaku_mulai": add_days(BULAN, 15),
				"jkk": 12_000,
				"jkm": 8_000,
				"dasar_hukum": "Uji",
			}
		).insert()
	anggota(k, kelompok=kelompok)
	doc = tagihan(k, kelompok=kelompok)
	assert (doc.tarif, doc.iuran) == (lama.name, 16_800)
	with pytest.raises(frappe.ValidationError, match="Belum ada Tarif"):
		tagihan(k, bulan="1999-01-01", kelompok=kelompok)


def test_all_groups_of_a_month_are_made_in_one_run_and_a_second_run_makes_none(k, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	for kelompok in (KELOMPOK, "Ketua RT"):
		anggota(k, kelompok=kelompok, mulai="2019-01-01", sampai="2019-06-30")
	kelompok = _kelompok_baru(k, berlaku_mulai="2019-01-01")
	anggota(k, kelompok=kelompok, mulai="2019-01-01", sampai="2019-06-30")
	monkeypatch.setattr(frappe.db, "rollback", lambda **_: None)
	with sebagai(k.dpmppa):
		hasil = modul.kerjakan("2019-02-01")
		assert hasil == {"baru": 1, "dihitung": 0, "lunas": 0, "gagal": 2}  # two groups without a tariff then
		assert modul.kerjakan("2019-02-01") == {"baru": 0, "dihitung": 1, "lunas": 0, "gagal": 2}
	with sebagai(k.lurah), pytest.raises(frappe.PermissionError):
		modul.susun_bulan("2019-02-01")


# --- budget


def test_a_budget_is_planned_realised_and_left(k):
	kelompok = _kelompok_baru(k)
	anggota(k, kelompok=kelompok, mulai="2030-03-01", sampai="2030-06-30")
	anggaran = _anggaran(k, kelompok, 2030, 50_000)
	pakai = pemakaian(2030, [anggaran])[kelompok]
	assert (pakai["rencana"], pakai["realisasi"], pakai["sisa"], pakai["lebih"]) == (
		4 * 16_800,
		0,
		50_000,
		17_200,
	)
	doc = bayar(k, tagihan(k, bulan="2030-03-01", kelompok=kelompok))
	pakai = pemakaian(2030, [anggaran])[kelompok]
	assert (pakai["realisasi"], pakai["sisa"], pakai["rencana"]) == (16_800, 33_200, 67_200)
	assert "Sisa anggaran setelah bulan ini Rp33.200" in doc.catatan_anggaran


def test_a_month_beyond_the_budget_says_so_with_numbers(k):
	kelompok = _kelompok_baru(k)
	anggota(k, kelompok=kelompok)
	assert "Belum ada anggaran" in tagihan(k, kelompok=kelompok).catatan_anggaran
	_anggaran(k, kelompok, 2030, 10_000)
	anggota(k, kelompok=kelompok, mulai="2030-01-01")
	doc = tagihan(k, bulan="2030-01-31", kelompok=kelompok)
	assert doc.catatan_anggaran == (
		"Melebihi anggaran sebesar Rp23.600: pagu Rp10.000, sudah dibayar Rp0, bulan ini Rp33.600."
	)


def test_a_group_has_one_budget_a_year(k):
	kelompok = _kelompok_baru(k)
	_anggaran(k, kelompok, 2030, 10_000)
	with pytest.raises(frappe.UniqueValidationError):
		_anggaran(k, kelompok, 2030, 20_000)


def test_what_stands_on_a_bill_is_neither_deleted_nor_begun_on_another_day(k):
	doc = anggota(k)
	tagihan(k)
	with sebagai(k.dpmppa):
		doc.reload()
		with pytest.raises(DokumenTerkunci):
			doc.delete()
		doc.mulai = add_days(doc.mulai, -1)
		with pytest.raises(DokumenTerkunci):
			doc.save()


# --- beside a claim


def test_what_is_in_force_on_a_day_is_told_without_numbers(k):
	(w,) = pabrik.warga(k.rt)
	assert pada_tanggal(w.name, HARI) == []
	anggota(k, w.name, sampai=add_days(HARI, 3), kpj="12345678901")
	(satu,) = pada_tanggal(w.name, f"{nowdate()} 21:15:00")
	assert (satu["kelompok"], satu["program"], satu["lunas"]) == (KELOMPOK, ["JKK", "JKM"], False)
	assert "12345678901" not in frappe.as_json(satu) and "nik" not in frappe.as_json(satu)
	bayar(k, tagihan(k))
	assert "sudah dibayar" in pada_tanggal(w.name, HARI)[0]["kalimat"]
	assert pada_tanggal(w.name, add_days(HARI, 4)) == []


def test_whoever_reads_a_claim_reads_what_its_person_had_besides(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	with sebagai(k.lurah):
		assert kepesertaan_lain(klaim.name) == []
	with sebagai(k.dpmppa):
		pabrik.kepesertaan_kota(klaim.warga)
	with sebagai(k.lurah):
		(kalimat,) = kepesertaan_lain(klaim.name)
	assert kalimat.startswith("Petugas Syara' (JKK, JKM), ")
	with sebagai(k.lurah_lain), pytest.raises(frappe.PermissionError):
		kepesertaan_lain(klaim.name)


def _kelompok_baru(k, berlaku_mulai="2001-01-01") -> str:
	with sebagai(k.dpmppa):
		g = frappe.get_doc(
			{"doctype": "Kelompok Kepesertaan", "nama": frappe.generate_hash(length=8), "dasar_hukum": "Uji"}
		).insert()
		frappe.get_doc(
			{
				"doctype": "Tarif Kepesertaan Kota",
				"kelompok": g.name,
				"berlaku_mulai": berlaku_mulai,
				"jkk": 10_000,
				"jkm": 6_800,
				"dasar_hukum": "Uji",
			}
		).insert()
	return g.name


def _anggaran(k, kelompok: str, tahun: int, pagu: int):
	with sebagai(k.dpmppa):
		return frappe.get_doc(
			{
				"doctype": "Anggaran Kepesertaan Kota",
				"tahun": tahun,
				"kelompok": kelompok,
				"pagu": pagu,
				"nomor_dpa": "DPA-1",
				"dasar_hukum": "Uji",
			}
		).insert()


# --- last: on a site of its own


def test_two_at_once_make_one_month(situs_sendiri):
	k = pabrik.kampung()
	anggota(k, kelompok="PHL")
	frappe.db.commit()
	hasil = serentak(
		situs_sendiri,
		k.dpmppa,
		lambda: frappe.get_doc(
			{"doctype": "Iuran Kepesertaan Kota", "kelompok": "PHL", "bulan": BULAN}
		).insert(),
	)
	assert hasil == ["BulanSudahDisusun", "lolos"]
	assert frappe.db.count("Iuran Kepesertaan Kota", {"kelompok": "PHL", "bulan": BULAN}) == 1
