"""Who moves to another RT is recorded there from a day and for a reason; what they took part in stays where it was."""

from __future__ import annotations

import frappe
import pytest
from frappe.desk.form.load import get_docinfo
from frappe.utils import add_days, nowdate

from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import data_warga, sebagai
from kampung_bahagia.wilayah.doctype.perpindahan_warga.perpindahan_warga import PindahTidakSah, pindahkan


@pytest.fixture
def warga(k):
	data = data_warga(k.rt_tetangga, nama="Siti Rahma", alamat="Jalan Lama 1")
	return frappe._dict(data, name=frappe.get_doc(data).insert().name)


def pindah(k, oleh: str, rt: str, **nilai):
	with sebagai(oleh):
		return pindahkan(**{"rt": rt, "tanggal": nowdate(), "alasan": "Ikut keluarga", **nilai})


def letak(warga) -> tuple:
	return frappe.db.get_value("Warga", warga.name, ["rt", "kelurahan"])


def test_a_move_takes_the_resident_to_the_area_of_the_new_rt_with_the_new_address(k, warga):
	pindah(k, k.lurah, k.rt, warga=warga.name, alamat="Jalan Baru 2")
	assert letak(warga) == (k.rt, k.kelurahan)
	assert data_pribadi.milik(warga.name).alamat == "Jalan Baru 2"
	assert data_pribadi.milik(warga.name).nik == warga.nik
	with sebagai(k.ketua):
		frappe.get_doc("Warga", warga.name).check_permission("read")
	with sebagai(k.ketua_tetangga):
		assert not frappe.get_list("Warga", {"name": warga.name}, order_by="name")


def test_the_history_is_shown_in_order_and_stays(k, warga):
	pindah(k, k.lurah, k.rt, warga=warga.name, tanggal=add_days(nowdate(), -9), alasan="<b>Ikut</b> keluarga")
	kembali = pindah(k, k.lurah, k.rt_tetangga, warga=warga.name)
	with sebagai(k.lurah):
		get_docinfo(doctype="Warga", name=warga.name)
		isi = [t["content"] for t in frappe.response["docinfo"]["additional_timeline_content"]]
	judul = {rt: frappe.db.get_value("RT", rt, "judul") for rt in (k.rt, k.rt_tetangga)}
	assert f"dari {judul[k.rt_tetangga]} ke {judul[k.rt]}" in isi[0] and "<b>" not in isi[0]
	assert f"dari {judul[k.rt]} ke {judul[k.rt_tetangga]}" in isi[1]
	doc = frappe.get_doc("Perpindahan Warga", kembali["name"])
	with pytest.raises(DokumenTerkunci):
		doc.save()
	with pytest.raises(DokumenTerkunci):
		doc.delete()


def test_what_the_resident_took_part_in_keeps_its_area_and_can_still_be_decided(k):
	kegiatan = pabrik.kegiatan(k, peserta=2)
	nama, orang = frappe.db.get_value("Peserta", {"kegiatan": kegiatan.name}, ["name", "warga"])
	rapat = frappe.get_doc("Musyawarah", kegiatan.musyawarah)
	pindah(k, k.lurah, k.rt_tetangga, warga=orang)
	assert frappe.db.get_value("Peserta", nama, "rt") == k.rt
	kegiatan = pabrik.langkah(kegiatan, k.ketua, "Ajukan")
	with sebagai(k.ketua):
		frappe.get_doc("Peserta", nama).save()
	assert orang in {h.warga for h in rapat.hadirin}


def test_a_meeting_goes_on_when_one_who_was_there_has_moved(k):
	rapat = pabrik.musyawarah(k)
	pindah(k, k.lurah, k.rt_tetangga, warga=rapat.hadirin[0].warga)
	assert pabrik.langkah(rapat, k.ketua, "Ajukan").status == "Diajukan"


def test_one_who_moved_away_does_not_join_here_any_more(k):
	kegiatan = pabrik.kegiatan(k, peserta=0)
	(orang,) = pabrik.warga(k.rt)
	pindah(k, k.lurah, k.rt_tetangga, warga=orang.name)
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="bukan warga RT"):
		frappe.get_doc({"doctype": "Peserta", "kegiatan": kegiatan.name, "warga": orang.name}).insert()


@pytest.mark.parametrize("siapa", ["ketua", "pendamping", "lurah_lain", "bpjs", "pengawas", "admin"])
def test_only_the_lurah_who_receives_and_dpmppa_move(k, warga, siapa):
	with pytest.raises(frappe.PermissionError):
		pindah(k, getattr(k, siapa), k.rt, warga=warga.name)
	assert letak(warga)[0] == k.rt_tetangga


def test_dpmppa_moves_anyone(k, warga):
	pindah(k, k.dpmppa, k.rt_jauh, warga=warga.name)
	assert letak(warga) == (k.rt_jauh, k.kelurahan_lain)


def test_a_lurah_receives_from_elsewhere_by_the_ktp(k, warga):
	with pytest.raises(frappe.PermissionError):
		pindah(k, k.lurah_lain, k.rt_jauh, warga=warga.name)
	pindah(k, k.lurah_lain, k.rt_jauh, nik=warga.nik, nama="Hj. Sitti Rahmah")
	assert letak(warga)[0] == k.rt_jauh


def test_a_wrong_name_is_answered_as_a_number_that_nobody_has(k, warga):
	pesan = set()
	for nilai in (
		{"nik": warga.nik, "nama": "Budi"},
		{"nik": warga.nik[:-4] + "9876", "nama": "Siti Rahma"},
		{"nik": "1571", "nama": "Siti Rahma"},
	):
		with pytest.raises(PindahTidakSah) as galat:
			pindah(k, k.lurah_lain, k.rt_jauh, **nilai)
		pesan.add(str(galat.value))
	assert len(pesan) == 1
	assert letak(warga)[0] == k.rt_tetangga


@pytest.mark.parametrize(
	("nilai", "kata"),
	[
		({"tanggal": "2199-01-01"}, "belum tiba"),
		({"tanggal": "2020-01-01"}, "baru berlaku"),
		({"tanggal": ""}, "Tanggal Pindah"),
		({"alasan": "  a "}, "alasan pindah"),
		({"rt": None}, "sudah tercatat di RT itu"),
	],
)
def test_a_move_without_sense_is_refused_and_nothing_changes(k, warga, nilai, kata):
	nilai = {"rt": k.rt, **nilai}
	nilai["rt"] = nilai["rt"] or k.rt_tetangga
	with pytest.raises(frappe.ValidationError, match=kata):
		pindah(k, k.lurah, warga=warga.name, **nilai)
	assert letak(warga)[0] == k.rt_tetangga


def test_a_move_before_the_last_one_is_refused(k, warga):
	pindah(k, k.lurah, k.rt, warga=warga.name)
	with pytest.raises(PindahTidakSah, match="mendahului"):
		pindah(k, k.lurah, k.rt_tetangga, warga=warga.name, tanggal=add_days(nowdate(), -1))


def test_no_form_changes_the_rt(k, warga):
	with sebagai(k.dpmppa):
		doc = frappe.get_doc("Warga", warga.name)
		doc.rt = k.rt
		with pytest.raises(DokumenTerkunci, match="Pindah RT"):
			doc.save()
