"""Who checks a file is not in it, by every door through which a file is moved."""

import frappe
import pytest
from frappe.client import bulk_update, save, set_value
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, nowdate
from frappe.utils.password import set_encrypted_password

from kampung_bahagia.izin.cakupan import lupakan_penugasan
from kampung_bahagia.izin.data_pribadi import milik
from kampung_bahagia.izin.dokumen import BenturanKepentingan, PemeriksaAdalahPembuat
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def jadikan_warga(user: str, warga: str) -> None:
	"""Record on the office of `user` that they are this resident."""
	nama = frappe.db.get_value("Penugasan", {"pengguna": user}, "name")
	p = frappe.get_doc("Penugasan", nama)
	p.nik = milik(warga).nik
	p.save(ignore_permissions=True)
	frappe.local.request_cache.clear()


def serumahkan(warga: str, dengan: str) -> None:
	frappe.db.set_value("Data Pribadi", warga, "no_kk", milik(dengan).no_kk)


@pytest.fixture
def diajukan(k, disusun):
	return langkah(disusun, k.ketua, "Ajukan")


@pytest.fixture
def peserta(diajukan) -> str:
	return frappe.get_all("Peserta", {"kegiatan": diajukan.name}, pluck="warga", order_by="name", limit=1)[0]


def lewat_tombol(doc, aksi, status):
	apply_workflow(frappe.get_doc(doc.doctype, doc.name), aksi)


def lewat_simpan(doc, aksi, status):
	doc = frappe.get_doc(doc.doctype, doc.name)
	doc.status = status
	doc.save()


def lewat_klien(doc, aksi, status):
	set_value(doc.doctype, doc.name, "status", status)


def lewat_klien_simpan(doc, aksi, status):
	save(frappe.get_doc(doc.doctype, doc.name).as_dict() | {"status": status})


def lewat_ubah_massal(doc, aksi, status):
	gagal = bulk_update(frappe.as_json([{"doctype": doc.doctype, "docname": doc.name, "status": status}]))[
		"failed_docs"
	]
	if gagal:
		raise BenturanKepentingan(gagal[0]["exc"])


@pytest.mark.parametrize(
	"pintu", [lewat_tombol, lewat_simpan, lewat_klien, lewat_klien_simpan, lewat_ubah_massal]
)
def test_nobody_checks_what_names_them_by_any_door(k, diajukan, peserta, pintu):
	jadikan_warga(k.lurah, peserta)
	with sebagai(k.lurah), pytest.raises(BenturanKepentingan, match="satu KK"):
		pintu(diajukan, "Verifikasi", "Diverifikasi Lurah")
	assert frappe.db.get_value("Kegiatan", diajukan.name, "status") == "Diajukan"


def test_nobody_checks_what_names_someone_on_their_family_card(k, diajukan, peserta):
	(lurah,) = pabrik.warga(k.rt)
	jadikan_warga(k.lurah, lurah.name)
	serumahkan(lurah.name, peserta)
	with sebagai(k.lurah), pytest.raises(BenturanKepentingan):
		langkah(diajukan, k.lurah, "Verifikasi")


def test_who_is_no_relation_checks(k, diajukan):
	(lurah,) = pabrik.warga(k.rt)
	jadikan_warga(k.lurah, lurah.name)
	assert langkah(diajukan, k.lurah, "Verifikasi").status == "Diverifikasi Lurah"


def test_to_send_back_is_a_decision_too(k, diajukan, peserta):
	jadikan_warga(k.lurah, peserta)
	with sebagai(k.lurah), pytest.raises(BenturanKepentingan):
		langkah(diajukan, k.lurah, "Kembalikan", alasan="Lengkapi")


def test_a_claim_is_not_checked_by_the_family_of_the_injured(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	jadikan_warga(k.lurah, klaim.warga)
	with sebagai(k.lurah), pytest.raises(BenturanKepentingan):
		langkah(klaim, k.lurah, "Verifikasi")


def test_a_meeting_is_not_legitimised_by_who_was_counted_in_it(k):
	m = pabrik.musyawarah(k)
	m = langkah(m, k.ketua, "Ajukan")
	jadikan_warga(k.pendamping, m.hadirin[0].warga)
	with sebagai(k.pendamping), pytest.raises(BenturanKepentingan):
		langkah(m, k.pendamping, "Teruskan ke Lurah")


def test_the_ketua_rt_may_take_part_and_submit(k, disusun):
	peserta = frappe.get_all("Peserta", {"kegiatan": disusun.name}, pluck="warga", order_by="name")[0]
	jadikan_warga(k.ketua, peserta)
	assert langkah(disusun, k.ketua, "Ajukan").status == "Diajukan"


def test_an_office_that_ended_does_not_end_the_family(k, diajukan, peserta):
	"""The NIK stands on an earlier term; the present one has none."""
	lama = frappe.get_doc("Penugasan", {"pengguna": k.lurah})
	frappe.db.set_value("Penugasan", lama.name, {"mulai": "2024-01-01", "sampai": add_days(nowdate(), -1)})
	frappe.db.set_value("Penugasan", lama.name, "nik_samar", "x")
	set_encrypted_password("Penugasan", lama.name, milik(peserta).nik, "nik")
	lupakan_penugasan()
	pabrik.penugasan(k.lurah, "Lurah", kelurahan=k.kelurahan, mulai=nowdate())
	frappe.local.request_cache.clear()
	with sebagai(k.lurah), pytest.raises(BenturanKepentingan):
		langkah(diajukan, k.lurah, "Verifikasi")


def test_one_person_in_two_offices_does_not_decide_twice(k, diajukan):
	pabrik.penugasan(k.lurah, "DPMPPA")
	doc = langkah(diajukan, k.lurah, "Verifikasi")
	with sebagai(k.lurah), pytest.raises(PemeriksaAdalahPembuat, match="sebagai <strong>Lurah"):
		langkah(doc, k.lurah, "Setujui")
	assert langkah(doc, k.dpmppa, "Setujui").status == "Disetujui DPMPPA"
