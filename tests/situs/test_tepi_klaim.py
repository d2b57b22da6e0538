"""The edges of cover: cases that lie between the rules, each with what becomes of its report."""

import frappe
import pytest
from frappe.utils import add_days, add_to_date, get_datetime, getdate, now_datetime, nowdate

from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.klaim.doctype.klaim.klaim import KlaimGanda
from kampung_bahagia.klaim.tenggat import tenggat_untuk_layar
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def test_a_person_in_two_works_on_one_day_claims_for_one_of_them(k, berjalan):
	warga, kegiatan = frappe.db.get_value("Peserta", {"kegiatan": berjalan.name}, ["warga", "kegiatan"])
	lain = pabrik.kegiatan(k, peserta=0)
	with sebagai(k.ketua):
		kedua = frappe.get_doc({"doctype": "Peserta", "kegiatan": lain.name, "warga": warga}).insert()
	klaim = pabrik.klaim(
		k, berjalan, peserta=frappe.db.get_value("Peserta", {"kegiatan": kegiatan, "warga": warga})
	)
	assert klaim.kegiatan == kegiatan
	with pytest.raises(KlaimGanda, match=klaim.name):
		pabrik.klaim(k, lain, peserta=kedua.name)


def test_an_accident_in_the_maintenance_period_is_covered(k, berjalan):
	masa = {"dimulai_pada": f"{add_days(nowdate(), -9)} 08:00:00", "tanggal_selesai": add_days(nowdate(), -2)}
	masa |= {"diselesaikan_pada": f"{add_days(nowdate(), -2)} 16:00:00"}
	frappe.db.set_value("Kegiatan", berjalan.name, masa, update_modified=False)
	klaim = pabrik.klaim(k, berjalan)
	assert klaim.status_pertanggungan == "Terlindungi"
	assert "pemeliharaan" in klaim.alasan_pertanggungan


def test_the_way_to_work_counts(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, dalam_perjalanan=1)
	assert klaim.status_pertanggungan == "Terlindungi"
	assert "Perjalanan berangkat dan pulang" in klaim.alasan_pertanggungan


def test_a_report_after_five_years_is_taken_with_a_warning(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=add_to_date(now_datetime(), years=-6))
	assert (klaim.status, klaim.status_pertanggungan) == ("Dilaporkan", "Di Luar Masa")
	assert getdate(klaim.kedaluwarsa_pada) < getdate(nowdate())
	with sebagai(k.lurah):
		lewat = {t["nama"] for t in tenggat_untuk_layar(klaim.name) if t["lewat"]}
		assert any("edaluwarsa" in nama for nama in lewat)
	assert langkah(klaim, k.lurah, "Verifikasi").status == "Diverifikasi Lurah"


def test_a_decree_that_was_revoked_before_the_accident_needs_a_second_look(k, berjalan):
	sk = frappe.db.get_value("Surat Keputusan", {"kegiatan": berjalan.name})
	klaim = pabrik.klaim(k, berjalan)
	assert klaim.status_pertanggungan == "Terlindungi"
	sebelum = add_to_date(get_datetime(klaim.waktu_kejadian), seconds=-1)
	frappe.db.set_value("Surat Keputusan", sk, "dicabut_pada", sebelum, update_modified=False)
	frappe.get_doc("Surat Keputusan", sk).run_method("on_change")
	klaim.reload()
	assert klaim.status_pertanggungan == "Perlu Telaah"
	assert "SK tidak berlaku lagi" in klaim.alasan_pertanggungan


def test_who_is_older_than_the_limit_is_for_bpjs_to_confirm(k, berjalan):
	peserta = frappe.db.get_value("Peserta", {"kegiatan": berjalan.name}, order_by="name")
	frappe.db.set_value("Peserta", peserta, "usia", 70, update_modified=False)
	klaim = pabrik.klaim(k, berjalan, peserta=peserta)
	assert klaim.status_pertanggungan == "Perlu Telaah"
	assert "70" in klaim.alasan_pertanggungan


def test_a_new_lurah_takes_up_the_claims_of_the_former_one(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	lama = frappe.db.get_value("Penugasan", {"pengguna": k.lurah, "jabatan": "Lurah"})
	frappe.db.set_value("Penugasan", lama, "sampai", add_days(nowdate(), -1))
	baru = pabrik.pengguna("lurah-baru-klaim")
	pabrik.penugasan(baru, "Lurah", kelurahan=berjalan.kelurahan, mulai=nowdate())
	frappe.local.request_cache.clear()
	with pytest.raises((JabatanTidakBerwenang, frappe.PermissionError)):
		langkah(klaim, k.lurah, "Verifikasi")
	klaim = langkah(klaim, baru, "Verifikasi")
	assert (klaim.status, klaim.modified_by) == ("Diverifikasi Lurah", baru)
