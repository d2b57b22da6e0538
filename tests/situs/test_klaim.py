"""From the accident to the paid claim."""

from datetime import datetime, timezone

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime, nowdate

from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.klaim.doctype.klaim.klaim import DokumenBelumLengkap, KlaimGanda
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def test_a_covered_accident_says_so_with_every_reason(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	assert klaim.status_pertanggungan == "Terlindungi"
	assert "✗" not in klaim.alasan_pertanggungan
	assert "Nama disebut dalam SK" in klaim.alasan_pertanggungan


def test_an_accident_before_payment_is_accepted_and_marked(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=add_to_date(now_datetime(), hours=-3))
	assert klaim.status_pertanggungan == "Di Luar Masa"
	assert "✗ Iuran lunas" in klaim.alasan_pertanggungan


def test_a_late_report_is_accepted_with_its_legal_consequence(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=add_to_date(now_datetime(), hours=-49))
	assert klaim.terlambat
	assert "Permenaker 1/2025" in klaim.akibat_terlambat


def test_the_hour_of_the_report_cannot_be_backdated(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=add_to_date(now_datetime(), hours=-49))
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci, match="Dilaporkan Pada"):
		klaim.dilaporkan_pada = add_to_date(now_datetime(), hours=-48)
		klaim.save()


def test_the_same_accident_is_reported_once(k, berjalan):
	pertama = pabrik.klaim(k, berjalan)
	with pytest.raises(KlaimGanda, match=pertama.name):
		pabrik.klaim(k, berjalan)


def test_a_death_by_accident_excludes_a_death_benefit_otherwise(k, berjalan):
	pabrik.klaim(k, berjalan, jenis="JKK Meninggal")
	with pytest.raises(KlaimGanda):
		pabrik.klaim(k, berjalan, jenis="JKM")


def test_two_reports_at_one_moment_leave_one_claim(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	with pytest.raises(frappe.UniqueValidationError):
		frappe.get_doc({**klaim.as_dict(), "name": None, "__islocal": 1}).db_insert()


def test_the_claim_does_not_reach_bpjs_with_papers_missing(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	for user in (k.lurah, k.dpmppa):
		klaim = langkah(klaim, user, "Verifikasi")
	with pytest.raises(DokumenBelumLengkap, match="KTP Peserta"):
		langkah(klaim, k.dpmppa, "Ajukan ke BPJS")


def test_a_complete_claim_goes_to_payment(k, berjalan):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	assert klaim.kelengkapan == 100
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	klaim = langkah(klaim, k.bpjs, "Setujui", nomor_klaim="K-1", nilai_disetujui=4_500_000)
	klaim = langkah(
		klaim,
		k.bpjs,
		"Bayar",
		pembayaran=[pabrik.pembayaran(k, klaim, 4_500_000)],
	)
	klaim = langkah(klaim, k.dpmppa, "Tutup")
	assert (klaim.status, klaim.docstatus) == ("Ditutup", 1)


def test_cover_is_judged_anew_when_late_facts_arrive(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": berjalan.name})
	frappe.db.set_value("Surat Keputusan", sk.name, "ditetapkan_pada", add_to_date(now_datetime(), hours=1))
	with sebagai(k.ketua):
		klaim = frappe.get_doc("Klaim", klaim.name)
		klaim.faskes = "RSUD"
		klaim.save()
	assert klaim.status_pertanggungan == "Perlu Telaah"


def test_the_lurah_verifies_even_when_the_ketua_rt_is_the_victim(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	with pytest.raises(frappe.ValidationError):
		langkah(klaim, k.ketua, "Verifikasi")
	assert langkah(klaim, k.lurah, "Verifikasi").status == "Diverifikasi Lurah"


def test_work_that_began_after_its_planned_end_can_still_have_an_accident(k, berjalan):
	frappe.db.set_value("Kegiatan", berjalan.name, "tanggal_selesai", add_to_date(nowdate(), days=-2))
	assert pabrik.klaim(k, berjalan).status_pertanggungan == "Terlindungi"


def test_required_papers_cannot_be_taken_off_the_list(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	semula = (sum(d.wajib for d in klaim.dokumen), klaim.kelengkapan)
	with sebagai(k.ketua):
		klaim.set("dokumen", [])
		klaim.save()
		for d in klaim.dokumen:
			d.wajib = 0
		klaim.save()
	assert (sum(d.wajib for d in klaim.dokumen), klaim.kelengkapan) == semula
	assert klaim.kelengkapan < 100


def test_a_report_may_arrive_with_papers(k, berjalan):
	ktp = {"jenis_dokumen": "KTP Peserta", "berkas": "/private/files/ktp.pdf"}
	assert pabrik.klaim(k, berjalan, dokumen=[ktp]).kelengkapan > 0


@pytest.mark.parametrize(("kolom", "nilai"), [("jenis", "Foo"), ("waktu_kejadian", "kemarin sore")])
def test_a_report_with_a_senseless_value_names_its_field(k, berjalan, kolom, nilai):
	label = frappe.get_meta("Klaim").get_label(kolom).split(" (")[0]
	with pytest.raises(frappe.ValidationError, match=label):
		pabrik.klaim(k, berjalan, **{kolom: nilai})


def test_an_hour_of_another_time_zone_is_stored_in_wib(k, berjalan):
	utc = datetime.now(timezone.utc).replace(microsecond=0)
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=utc.isoformat())
	assert klaim.waktu_kejadian == utc.astimezone(WIB).replace(tzinfo=None)
