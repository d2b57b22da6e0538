"""Peserta are chosen many at a time: who cannot be is marked with the reason, and each gets a verdict."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.perlindungan.layar import calon_peserta, tambah_peserta
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import data_warga, sebagai


@pytest.fixture
def kegiatan(k):
	return pabrik.kegiatan(k, peserta=1)


def orang(rt: str, tahun: int = 1980, **nilai):
	n = data_warga(rt)["nik"][-4:]
	lahir = {"nik": f"1571011708{tahun % 100:02}{n}", "tanggal_lahir": f"{tahun}-08-17"}
	return frappe.get_doc(data_warga(rt, **lahir, **nilai)).insert()


def calon(k, kegiatan) -> dict[str, frappe._dict]:
	with sebagai(k.ketua):
		return {c.name: c for c in calon_peserta(kegiatan.name)}


def tambah(k, kegiatan, *warga) -> list[dict]:
	with sebagai(k.ketua):
		return tambah_peserta(kegiatan.name, frappe.as_json([w.name for w in warga]))


def peserta(kegiatan) -> set[str]:
	return set(frappe.get_all("Peserta", {"kegiatan": kegiatan.name}, pluck="warga", order_by="name"))


def test_the_choice_shows_everyone_of_the_rt_and_why_some_cannot_be_chosen(k, kegiatan):
	biasa, anak, tua = orang(k.rt), orang(k.rt, 2015), orang(k.rt, 1950)
	tetangga = orang(k.rt_tetangga)
	(sudah,) = peserta(kegiatan)
	pilihan = calon(k, kegiatan)
	assert tetangga.name not in pilihan
	assert (pilihan[biasa.name].tertutup, pilihan[biasa.name].catatan) == (None, None)
	assert pilihan[sudah].tertutup == "Sudah menjadi peserta"
	assert "minimal 18 tahun" in pilihan[anak.name].tertutup and "pendukung" in pilihan[anak.name].tertutup
	assert pilihan[tua.name].tertutup is None and "konfirmasi" in pilihan[tua.name].catatan


def test_many_are_added_at_once_with_a_verdict_for_each(k, kegiatan):
	biasa, anak, tua = (
		orang(k.rt, nama="Budi"),
		orang(k.rt, 2015, nama="Cici"),
		orang(k.rt, 1950, nama="Dedi"),
	)
	putusan = {p["nama"]: p for p in tambah(k, kegiatan, biasa, anak, tua, biasa)}
	assert {n: p["hasil"] for n, p in putusan.items()} == {
		"Budi": "Ditambahkan",
		"Cici": "Ditolak",
		"Dedi": "Ditambahkan",
	}
	assert "pendukung" in putusan["Cici"]["pesan"]
	assert "konfirmasi" in putusan["Dedi"]["pesan"] and not putusan["Budi"]["pesan"]
	assert {biasa.name, tua.name} <= peserta(kegiatan) and anak.name not in peserta(kegiatan)


def test_one_already_there_is_refused_and_the_others_come_in(k, kegiatan):
	baru = orang(k.rt)
	lama = frappe.get_doc("Warga", peserta(kegiatan).pop())
	putusan = tambah(k, kegiatan, lama, baru)
	assert [p["hasil"] for p in putusan] == ["Ditolak", "Ditambahkan"]
	assert "sudah tercatat" in putusan[0]["pesan"]


def test_a_foreign_kegiatan_or_resident_refuses_the_whole_call(k, kegiatan):
	baru, jauh = orang(k.rt), orang(k.rt_jauh)
	with sebagai(k.ketua_jauh), pytest.raises(frappe.PermissionError):
		tambah_peserta(kegiatan.name, [jauh.name])
	with sebagai(k.ketua_jauh), pytest.raises(frappe.PermissionError):
		calon_peserta(kegiatan.name)
	for siapa in (k.lurah, k.dpmppa, k.bpjs, k.pengawas):
		with sebagai(siapa), pytest.raises(frappe.PermissionError):
			tambah_peserta(kegiatan.name, [baru.name])
	assert baru.name not in peserta(kegiatan)


@pytest.mark.parametrize("warga", ['"x"', "[1]", "{}", '[["a"]]'])
def test_what_is_no_list_of_people_is_refused(k, kegiatan, warga):
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="Pilih warga"):
		tambah_peserta(kegiatan.name, warga)


def test_the_same_day_elsewhere_is_told_and_not_refused(k, kegiatan):
	lain = pabrik.kegiatan(k, peserta=0, judul="Bersih Parit")
	nanti = pabrik.kegiatan(
		k, peserta=0, tanggal_mulai=add_days(nowdate(), 60), tanggal_selesai=add_days(nowdate(), 70)
	)
	satu = orang(k.rt)
	assert tambah(k, kegiatan, satu)[0]["pesan"] == ""
	assert "Perbaikan Drainase" in calon(k, lain)[satu.name].catatan
	assert calon(k, nanti)[satu.name].catatan is None
	(putusan,) = tambah(k, lain, satu)
	assert putusan["hasil"] == "Ditambahkan" and "Perbaikan Drainase" in putusan["pesan"]
	doc = frappe.get_doc("Peserta", {"kegiatan": lain.name, "warga": satu.name})
	assert "Pada hari yang sama" in doc.catatan_bersamaan
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci):
		doc.catatan_bersamaan = None
		doc.save()


def test_a_kegiatan_that_was_refused_takes_nobodys_day(k, kegiatan):
	lain = pabrik.kegiatan(k, peserta=0)
	satu = orang(k.rt)
	tambah(k, kegiatan, satu)
	frappe.db.set_value("Kegiatan", kegiatan.name, "status", "Ditolak")
	assert calon(k, lain)[satu.name].catatan is None


def test_what_another_rt_plans_is_not_named(k, kegiatan):
	satu = orang(k.rt)
	tambah(k, kegiatan, satu)
	frappe.db.set_value("Kegiatan", kegiatan.name, "rt", k.rt_jauh)
	lain = pabrik.kegiatan(k, peserta=0)
	catatan = calon(k, lain)[satu.name].catatan
	assert "kegiatan di RT lain" in catatan and "Perbaikan" not in catatan


# --- the rule of its day


def test_age_and_wage_follow_the_rule_in_force_on_the_day_the_work_starts(k, kegiatan):
	lama = frappe.get_doc("Ketentuan Peserta", {"berlaku_sampai": ["is", "not set"]})
	remaja = orang(k.rt, frappe.utils.getdate().year - 17)
	assert "minimal 18 tahun" in calon(k, kegiatan)[remaja.name].tertutup
	lama.update({"usia_minimum": 16, "usia_konfirmasi": 40, "upah_bulanan": 5_000_000}).save()
	tua = orang(k.rt, 1980)
	assert calon(k, kegiatan)[remaja.name].tertutup is None
	assert [p["hasil"] for p in tambah(k, kegiatan, remaja, tua)] == ["Ditambahkan"] * 2
	doc = frappe.get_doc("Peserta", {"warga": tua.name})
	assert (doc.upah_bulanan, doc.ketentuan_peserta) == (5_000_000, lama.name)
	assert "konfirmasi" in doc.catatan_usia


def test_what_was_reported_stays_when_the_rule_changes(k, kegiatan):
	satu = orang(k.rt)
	tambah(k, kegiatan, satu)
	doc = frappe.get_doc("Peserta", {"warga": satu.name})
	semula = doc.upah_bulanan
	frappe.get_doc("Ketentuan Peserta", doc.ketentuan_peserta).update({"upah_bulanan": 9}).save()
	with sebagai(k.ketua):
		doc.save()
	assert doc.upah_bulanan == semula == 3_868_963


def test_without_a_rule_nobody_joins_and_the_message_says_whom_to_ask(k, kegiatan):
	satu = orang(k.rt)
	frappe.db.delete("Ketentuan Peserta")
	(putusan,) = tambah(k, kegiatan, satu)
	assert putusan["hasil"] == "Ditolak" and "Mintalah DPMPPA" in putusan["pesan"]


def test_two_rules_for_one_day_and_ages_the_wrong_way_round_are_refused(k):
	nilai = {"doctype": "Ketentuan Peserta", "dasar_hukum": "Uji", "upah_bulanan": 1, "usia_minimum": 18}
	with pytest.raises(frappe.ValidationError, match="tumpang tindih"):
		frappe.get_doc({**nilai, "berlaku_mulai": "2025-06-01", "usia_konfirmasi": 65}).insert()
	with pytest.raises(frappe.ValidationError, match="lebih muda"):
		frappe.get_doc(
			{**nilai, "berlaku_mulai": "2001-01-01", "berlaku_sampai": "2001-12-31", "usia_konfirmasi": 17}
		).insert()
