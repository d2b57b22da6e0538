"""Who works on which days under a signed decree, and who was there."""

import re

import frappe
import pytest
from frappe.client import set_value
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.perlindungan.doctype.surat_tugas.surat_tugas import catat_kehadiran, usulan
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


@pytest.fixture
def st(k, berjalan):
	return pabrik.surat_tugas(k, berjalan)


def orang(st) -> list[str]:
	return [b.peserta for b in st.lampiran]


def pindai(k, st):
	with sebagai(k.ketua):
		st.pindaian = pabrik.lampiran(st, "surat-tugas.pdf", k.ketua)
		return st.save()


def catat(k, st, hadir: list[str], tanggal: str | None = None):
	with sebagai(k.ketua):
		catat_kehadiran(st.name, tanggal or nowdate(), frappe.as_json(hadir))
	return frappe.get_doc("Surat Tugas", st.name)


def test_it_is_drafted_from_the_signed_decree(k, berjalan):
	st = pabrik.surat_tugas(k, berjalan, ditetapkan=False)
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": berjalan.name, "status": "Ditetapkan"})
	assert st.surat_keputusan == sk.name and not st.nomor
	assert orang(st) == [b.peserta for b in sk.lampiran]
	assert sk.nomor in st.dasar.split("\n")[-1] and "Nomor 18 Tahun 2025" in st.dasar
	assert (str(st.berlaku_mulai), st.tempat) == (str(berjalan.tanggal_mulai), berjalan.lokasi)
	with sebagai(k.ketua):
		layar = usulan(berjalan.name)
	assert [b["peserta"] for b in layar["lampiran"]] == orang(st) and layar["dasar"] == st.dasar


def test_nobody_else_is_told_what_the_decree_says(k, berjalan):
	for user in (k.ketua_tetangga, k.lurah, k.dpmppa):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			usulan(berjalan.name)


def test_without_a_signed_decree_there_is_none(k, disetujui):
	pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with pytest.raises(frappe.ValidationError, match="belum memiliki SK bertanda tangan"):
		pabrik.surat_tugas(k, disetujui, ditetapkan=False)


def test_a_decree_of_another_kegiatan_is_no_base(k, berjalan, disetujui):
	pabrik.surat_keputusan(k, disetujui)
	lain = frappe.db.get_value("Surat Keputusan", {"kegiatan": disetujui.name})
	with pytest.raises(frappe.ValidationError, match="Pilih SK kegiatan ini"):
		pabrik.surat_tugas(k, berjalan, ditetapkan=False, surat_keputusan=lain, lampiran=[])


@pytest.mark.parametrize("kolom, hari", [("berlaku_mulai", -1), ("berlaku_sampai", 31)])
def test_its_days_are_days_of_the_decree_and_the_kegiatan(k, berjalan, kolom, hari):
	with pytest.raises(frappe.ValidationError, match="dalam masa SK dan kegiatan"):
		pabrik.surat_tugas(k, berjalan, ditetapkan=False, **{kolom: add_days(nowdate(), hari)})


def test_it_names_people_of_the_decree_who_have_not_left_each_once(k, berjalan):
	st = pabrik.surat_tugas(k, berjalan, ditetapkan=False)
	satu, dua = orang(st)
	for nama in ([satu, satu], ["PST-2020-00001"]):
		with sebagai(k.ketua), pytest.raises((frappe.ValidationError, frappe.LinkValidationError)):
			st.reload()
			st.set("lampiran", [{"peserta": n} for n in nama])
			st.save()
	st.reload()
	frappe.db.set_value("Peserta", dua, "surat_keputusan", None)  # as when a decree lets somebody go
	with pytest.raises(frappe.ValidationError, match="sudah tidak bertugas"):
		langkah(st, k.ketua, "Tetapkan")


def test_signed_it_is_official_under_a_number_of_its_own(k, berjalan, st):
	assert re.fullmatch(r"001/ST/RT\.\d{3}/[A-Z ]+/[IVX]+/\d{4}", st.nomor)
	assert not st.dokumen_resmi
	st = pindai(k, st)
	d = frappe.get_doc(resmi.RESMI, st.dokumen_resmi)
	assert (d.jenis, d.nomor, d.status, d.cara) == ("Surat Tugas", st.nomor, "Berlaku", "Basah")
	assert not any(b.nama in str(d.as_dict()) for b in st.lampiran)
	jejak = frappe.get_last_doc("Jejak Keputusan", {"rujukan_nama": st.name})
	assert jejak.aksi == "Bubuhkan Tanda Tangan"


def test_electronically_signed_it_is_official_at_once(k, berjalan, monkeypatch):
	monkeypatch.setitem(frappe.local.conf, "host_name", "https://kampung.example")
	st = pabrik.surat_tugas(k, berjalan, cara_tanda_tangan="Elektronik")
	d = frappe.get_doc(resmi.RESMI, frappe.get_doc("Surat Tugas", st.name).dokumen_resmi)
	assert (d.cara, d.nomor) == ("Elektronik", st.nomor)
	assert resmi.berkas_elektronik(frappe.get_doc("Surat Tugas", st.name)).startswith(b"%PDF-")


def test_revoked_it_says_so_to_who_asks(k, st):
	st = pindai(k, st)
	with sebagai(k.ketua):
		set_value("Surat Tugas", st.name, "alasan", "Pekerjaan ditunda.")
	st = langkah(st, k.ketua, "Cabut")
	assert frappe.db.get_value(resmi.RESMI, st.dokumen_resmi, "status") == "Dicabut"


def test_after_it_is_issued_its_people_stand(k, st):
	with sebagai(k.ketua), pytest.raises((DokumenTerkunci, frappe.UpdateAfterSubmitError)):
		st.lampiran[0].tugas = "Mandor"
		st.save()


def test_presence_is_written_once_a_day_and_corrected_in_the_open(k, st):
	satu, dua = orang(st)
	st = catat(k, st, [satu])
	assert [(b.peserta, b.hadir, b.nama) for b in st.kehadiran] == [
		(b.peserta, int(b.peserta == satu), b.nama) for b in st.lampiran
	]
	st = catat(k, st, [satu, dua])
	assert [b.hadir for b in st.kehadiran] == [1, 1]
	aksi = frappe.get_all("Jejak Keputusan", {"rujukan_nama": st.name}, pluck="aksi", order_by="urutan")
	assert aksi[-2:] == ["Catat Kehadiran"] * 2


@pytest.mark.parametrize("hari", [-1, 1, 400])
def test_presence_is_of_days_that_were_worked(k, st, hari):
	with pytest.raises(frappe.ValidationError, match="bukan hari bertugas yang sudah dijalani"):
		catat(k, st, orang(st), add_days(nowdate(), hari))


def test_presence_ends_with_the_work(k, berjalan, st):
	frappe.db.set_value("Kegiatan", berjalan.name, "status", "Selesai")
	with pytest.raises(frappe.ValidationError, match="selama kegiatan dikerjakan"):
		catat(k, st, orang(st))


@pytest.mark.parametrize("isi", ["5", '["bukan"]', "{", "null"])
def test_presence_of_strangers_and_nonsense_is_refused_in_words(k, st, isi):
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match=r"bukan warga|tidak dikenali"):
		catat_kehadiran(st.name, nowdate(), isi)


def test_a_written_day_is_not_taken_away(k, st):
	st = catat(k, st, orang(st))
	with sebagai(k.ketua), pytest.raises((DokumenTerkunci, frappe.UpdateAfterSubmitError)):
		st.set("kehadiran", [])
		st.save()


def test_only_the_ketua_of_the_rt_writes_presence(k, st):
	for user in (k.ketua_tetangga, k.lurah, k.dpmppa, k.pendamping):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			catat_kehadiran(st.name, nowdate(), "[]")


def test_a_draft_brings_no_presence(k, berjalan):
	hadir = {"tanggal": getdate(nowdate()), "peserta": "x", "hadir": 1}
	with pytest.raises((DokumenTerkunci, frappe.LinkValidationError)):
		pabrik.surat_tugas(k, berjalan, ditetapkan=False, kehadiran=[hadir])
