"""Who holds which office, from when to when: what is refused, and what midnight changes."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate
from frappe.utils.password import get_decrypted_password
from freezegun import freeze_time

from kampung_bahagia.izin import peran
from kampung_bahagia.izin.cakupan import kriteria, penugasan_berlaku
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTerbalik, MasaBerlakuTumpangTindih
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, pengguna, penugasan, sebagai
from kampung_bahagia.wilayah.doctype.penugasan.penugasan import (
	NIKPejabatTidakSah,
	PenggunaTidakSah,
	RiwayatPenugasan,
	WilayahTidakSah,
)

NIK = "1571011708800001"  # a man born on 17 August 1980
BERKAS = ("RT", "Musyawarah", "Kegiatan", "Peserta", "Surat Keputusan", "Pendaftaran BPJS", "Klaim")


def masa(user: str, jabatan: str):
	return frappe.get_doc("Penugasan", {"pengguna": user, "jabatan": jabatan})


def akhiri(user: str, jabatan: str, sampai: str):
	p = masa(user, jabatan)
	p.sampai = sampai
	return p.save()


def terlihat(user: str, doctype: str) -> set[str]:
	with sebagai(user):
		return set(frappe.get_list(doctype, pluck="name", order_by="name", limit=0))


# --- what is refused -------------------------------------------------------------


def test_an_unknown_user_is_named_to_those_who_may_appoint_and_to_nobody_else(k):
	with pytest.raises(PenggunaTidakSah, match=r"tidak-ada@uji\.invalid.*tidak terdaftar"):
		penugasan("tidak-ada@uji.invalid", "DPMPPA")
	for orang in ("tidak-ada@uji.invalid", k.lurah):
		with sebagai(k.ketua), pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Penugasan", "pengguna": orang, "jabatan": "DPMPPA"}).insert()


def test_a_disabled_user_gets_no_office_but_loses_theirs(k):
	user = pengguna("nonaktif")
	p = penugasan(user, "Pendamping", rt=k.rt)
	frappe.db.set_value("User", user, "enabled", 0)
	with pytest.raises(PenggunaTidakSah, match="tidak aktif"):
		penugasan(user, "Pendamping", rt=k.rt_tetangga)
	p.reload()
	p.sampai = nowdate()
	p.save()


@pytest.mark.parametrize("user", ["Administrator", "Guest"])
def test_the_systems_own_users_hold_no_office(k, user):
	with pytest.raises((PenggunaTidakSah, frappe.PermissionError)):
		penugasan(user, "DPMPPA")


def test_an_inverted_term_names_both_dates(k):
	with pytest.raises(MasaBerlakuTerbalik, match=r"Sampai.*2026.*mendahului Mulai"):
		penugasan(pengguna("terbalik"), "DPMPPA", mulai="2026-03-01", sampai="2026-02-01")


def test_a_second_lurah_hears_who_the_first_is_and_until_when(k):
	with pytest.raises(MasaBerlakuTumpangTindih) as galat:
		penugasan(pengguna("lurah-kedua"), "Lurah", kelurahan=k.kelurahan)
	nama = frappe.db.get_value("User", k.lurah, "full_name")
	for bagian in (nama, "01-01-2025", "belum diakhiri", "Akhiri dahulu"):
		assert bagian in str(galat.value)


def test_the_successor_starts_the_day_after(k):
	akhiri(k.lurah, "Lurah", add_days(nowdate(), 10))
	baru = pengguna("lurah-pengganti")
	with pytest.raises(MasaBerlakuTumpangTindih):
		penugasan(baru, "Lurah", kelurahan=k.kelurahan, mulai=add_days(nowdate(), 10))
	penugasan(baru, "Lurah", kelurahan=k.kelurahan, mulai=add_days(nowdate(), 11))


def test_an_area_that_does_not_exist_is_named(k):
	with pytest.raises(WilayahTidakSah, match=r"RT.*0000-999.*tidak terdaftar"):
		penugasan(pengguna("rt-salah"), "Ketua RT", rt="0000-999")
	with pytest.raises(WilayahTidakSah, match=r"Kelurahan.*99\.99.*tidak terdaftar"):
		penugasan(pengguna("rt-salah"), "Lurah", kelurahan="99.99")


def test_an_rt_has_offices_only_while_its_number_is_valid(k):
	lama = pabrik.rt(k.kelurahan, berlaku_mulai="2020-01-01", berlaku_sampai="2024-12-31").name
	with pytest.raises(WilayahTidakSah, match="tidak berlaku lagi"):
		penugasan(pengguna("rt-lama"), "Ketua RT", rt=lama)
	with pytest.raises(WilayahTidakSah, match="baru berlaku sejak"):
		penugasan(pengguna("rt-lama"), "Ketua RT", rt=lama, mulai="2019-01-01", sampai="2020-06-30")
	with pytest.raises(WilayahTidakSah, match="paling lambat"):
		penugasan(pengguna("rt-lama"), "Ketua RT", rt=lama, mulai="2024-01-01")
	penugasan(pengguna("rt-lama"), "Ketua RT", rt=lama, mulai="2024-01-01", sampai="2024-12-31")


@pytest.mark.parametrize("jabatan, wilayah", [("Ketua RT", "rt"), ("Lurah", "kelurahan")])
def test_elected_and_appointed_heads_need_their_decree(k, jabatan, wilayah):
	with pytest.raises(frappe.MandatoryError, match="Dasar Penugasan"):
		penugasan(pengguna("tanpa-dasar"), jabatan, **{wilayah: getattr(k, wilayah)}, dasar_hukum=" ")


@pytest.mark.parametrize(
	"nik, pesan",
	[("157101170880000", "16 digit"), ("1571013213800001", "lahir"), ("0071011708800001", "provinsi")],
)
def test_a_nik_with_a_wrong_digit_is_refused_without_being_repeated(k, nik, pesan):
	with pytest.raises(NIKPejabatTidakSah, match=f"(?i){pesan}") as galat:
		penugasan(pengguna("nik-salah"), "DPMPPA", nik=nik)
	assert nik not in str(galat.value)


def test_a_nik_is_kept_encrypted_and_shown_masked(k):
	p = penugasan(pengguna("ber-nik"), "DPMPPA", nik="1571.0117.0880.0001")
	assert p.nik_samar == "1571********0001"
	assert get_decrypted_password("Penugasan", p.name, "nik") == NIK
	assert NIK not in str(frappe.db.sql("select * from tabPenugasan where name=%s", p.name, as_dict=True))
	p.reload()
	p.dasar_hukum = "SK 1"
	p.save()  # the form sends the mask back
	assert p.nik_samar == "1571********0001"
	assert get_decrypted_password("Penugasan", p.name, "nik") == NIK


@pytest.mark.parametrize("nik", [None, "", "1571011708800002"])
def test_a_nik_stays_once_its_term_has_begun(k, nik):
	p = penugasan(pengguna("ber-nik"), "DPMPPA", mulai=nowdate())
	p.nik = NIK
	p.save()  # added late
	p.nik = NIK
	p.save()  # written once more
	p.nik = nik
	with pytest.raises(RiwayatPenugasan, match="tidak dihapus atau diganti"):
		p.save()
	assert get_decrypted_password("Penugasan", p.name, "nik") == NIK


def test_a_nik_is_corrected_or_removed_before_its_term_begins(k):
	p = penugasan(pengguna("ber-nik"), "DPMPPA", mulai=add_days(nowdate(), 2), nik=NIK)
	p.nik = "1571011708800002"
	p.save()
	p.nik = None
	p.save()
	assert not p.nik_samar
	assert get_decrypted_password("Penugasan", p.name, "nik", raise_exception=False) is None


# --- history -----------------------------------------------------------------------


@pytest.mark.parametrize("kolom", ["mulai", "kelurahan"])
def test_a_term_that_has_begun_is_ended_and_not_rewritten(k, kolom):
	p = masa(k.lurah, "Lurah")
	p.set(kolom, {"mulai": "2024-01-01", "kelurahan": k.kelurahan_lain}[kolom])
	with pytest.raises(RiwayatPenugasan, match="Akhiri penugasan"):
		p.save()


def test_an_ended_term_is_not_revived(k):
	p = akhiri(k.lurah, "Lurah", add_days(nowdate(), -1))
	p.sampai = None
	with pytest.raises(RiwayatPenugasan, match="sudah berakhir"):
		p.save()


def test_only_a_term_still_to_come_is_deleted_or_moved(k):
	p = penugasan(pengguna("kelak"), "DPMPPA", mulai=add_days(nowdate(), 5))
	p.mulai = add_days(nowdate(), 6)
	p.save()
	p.delete()
	with pytest.raises(RiwayatPenugasan, match="tidak dihapus"):
		masa(k.lurah, "Lurah").delete()


# --- midnight WIB ------------------------------------------------------------------


@pytest.fixture
def pergantian(k, disusun):
	"""The lurah's last day is 31 December 2026, with a file waiting; the successor's first is 1 January."""
	keg = langkah(disusun, k.ketua, "Ajukan")
	akhiri(k.lurah, "Lurah", "2026-12-31")
	baru = pengguna("lurah-baru")
	penugasan(baru, "Lurah", kelurahan=k.kelurahan, mulai="2027-01-01")
	return k.lurah, baru, keg.name


# WIB is UTC+7: 17.00 UTC is midnight
SEBELUM, SESUDAH, SIANG_UTC = "2026-12-31 16:59:59", "2026-12-31 17:00:01", "2026-12-31 20:00"


def test_rights_and_queue_change_hands_at_midnight_wib_without_any_job(pergantian):
	lama, baru, keg = pergantian
	antrian = {"reference_doctype": "Kegiatan", "reference_name": keg, "status": "Open"}

	def yang_melihat() -> list[str]:
		hasil = []
		for user in (lama, baru):
			doc = frappe.get_doc("Kegiatan", keg)
			daftar = bool(kriteria("Kegiatan", user))
			assert daftar == any(p.jabatan == "Lurah" for p in penugasan_berlaku(user))
			if daftar:
				hasil.append(user)
				continue
			with sebagai(user):
				assert not doc.has_permission("read")
		return hasil

	with freeze_time(SEBELUM):
		assert yang_melihat() == [lama]
		assert keg in terlihat(lama, "Kegiatan")
	with freeze_time(SESUDAH):
		assert yang_melihat() == [baru]
		peran.selaraskan_semua()
		assert keg in terlihat(baru, "Kegiatan")
		with sebagai(baru):
			assert frappe.get_list("Workflow Action", filters=antrian, limit=1, order_by="name")
			assert frappe.get_doc("Kegiatan", keg).has_permission("write")


def test_the_first_request_of_a_day_does_what_the_nightly_job_missed(pergantian, monkeypatch):
	lama, baru, _keg = pergantian
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	with freeze_time(SEBELUM):
		peran.selaraskan_hari_ini()
		assert "Lurah" in frappe.get_roles(lama) and "Lurah" not in frappe.get_roles(baru)
	with freeze_time("2027-01-04 02:00"):
		peran.selaraskan_hari_ini()
		assert "Lurah" not in frappe.get_roles(lama) and "Lurah" in frappe.get_roles(baru)
	frappe.cache.delete_value(peran.KUNCI_HARI)


def test_an_ordinary_request_costs_no_query(k, monkeypatch):
	peran.selaraskan_semua()
	monkeypatch.setattr(frappe.db, "sql", lambda *a, **b: pytest.fail("a query"))
	peran.selaraskan_hari_ini()


def test_who_lost_an_office_is_signed_out_and_the_others_are_not(pergantian):
	lama, baru, _keg = pergantian
	s = frappe.qb.DocType("Sessions")
	for user in (lama, baru):
		frappe.qb.into(s).columns(s.sid, s.user, s.status).insert(f"sid-{user}", user, "Active").run()
	with freeze_time(SESUDAH):
		peran.selaraskan_semua()
	assert frappe.qb.from_(s).select(s.user).where(s.sid.like("sid-%")).run(pluck=True) == [baru]


def test_the_nightly_job_asks_as_few_questions_for_many_as_for_one(k, monkeypatch):
	peran.selaraskan_semua()
	jumlah = []
	asli = frappe.db.sql
	monkeypatch.setattr(frappe.db, "sql", lambda *a, **b: jumlah.append(a) or asli(*a, **b))
	peran.selaraskan_semua()
	assert len(jumlah) <= 3


def peran_kini(user: str) -> set[str]:
	frappe.clear_cache(user=user)
	return set(frappe.get_roles(user))


def test_saving_a_user_gives_no_office_role_and_says_what_does(k):
	frappe.clear_messages()
	frappe.get_doc("User", k.ketua).add_roles("DPMPPA", "Website Manager")
	assert "DPMPPA" not in peran_kini(k.ketua)
	assert {"Ketua RT", "Website Manager"} <= peran_kini(k.ketua)
	(pesan,) = [p["message"] for p in frappe.get_message_log() if "DPMPPA" in p["message"]]
	assert "Penugasan" in pesan and k.ketua in pesan


def test_a_role_profile_gives_no_office_role_and_takes_none(k):
	profil = frappe.get_doc({"doctype": "Role Profile", "role_profile": "Uji", "roles": [{"role": "DPMPPA"}]})
	profil.insert()
	user = frappe.get_doc("User", k.ketua)
	user.role_profile_name = profil.name
	user.save()
	assert peran_kini(k.ketua).intersection(peran.PERAN) == {"Ketua RT"}


def test_who_saves_their_own_account_does_not_become_the_administrator_of_a_site_that_has_none(k):
	frappe.db.delete("Has Role", {"role": "System Manager"})
	frappe.db.set_single_value("System Settings", "setup_complete", 1)
	with sebagai(k.ketua):
		akun = frappe.get_doc("User", k.ketua)
		akun.bio = "Ketua RT"
		akun.save(ignore_permissions=True)
	assert "System Manager" not in peran_kini(k.ketua)


def test_an_office_role_that_came_past_every_form_is_withdrawn_before_it_opens_anything(k, monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	peran.selaraskan_hari_ini()
	pabrik.peran_tanpa_penugasan(k.ketua, "Admin Kampung Bahagia", "Mantan Pejabat", "Website Manager")
	with sebagai(k.ketua):
		assert frappe.has_permission("Pengaturan Kampung Bahagia", "write")
		for hook in frappe.get_hooks("auth_hooks"):
			frappe.get_attr(hook)()
		assert not frappe.has_permission("Pengaturan Kampung Bahagia", "write")
	assert peran_kini(k.ketua) >= {"Ketua RT", "Website Manager"}
	assert not peran_kini(k.ketua) & {"Admin Kampung Bahagia", "Mantan Pejabat"}


def test_files_keep_the_names_of_the_former_lurah(pergantian, k):
	lama, _baru, keg = pergantian
	langkah(frappe.get_doc("Kegiatan", keg), lama, "Verifikasi")
	with freeze_time(SESUDAH):
		peran.selaraskan_semua()
	assert frappe.db.get_value("Kegiatan", keg, "modified_by") == lama
	assert masa(lama, "Lurah").kelurahan == k.kelurahan


# --- who left office, and who only watches ---------------------------------------------


def izinkan_mantan(hari: int):
	pengaturan = frappe.get_doc("Pengaturan Kampung Bahagia")
	pengaturan.mantan_pejabat_melihat = hari
	pengaturan.save()


def test_a_former_lurah_sees_nothing(k, berjalan):
	akhiri(k.lurah, "Lurah", add_days(nowdate(), -1))
	for doctype in BERKAS:
		assert not kriteria(doctype, k.lurah)
	with sebagai(k.lurah):
		assert not frappe.get_doc("Kegiatan", berjalan.name).has_permission("read")
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Kegiatan", order_by="name")


def test_a_former_lurah_reads_as_long_as_the_setting_says_and_does_nothing_else(k, berjalan):
	with sebagai(k.lurah):
		sebelum = {d: set(frappe.get_list(d, pluck="name", order_by="name", limit=0)) for d in BERKAS}
	akhiri(k.lurah, "Lurah", add_days(nowdate(), -10))
	izinkan_mantan(10)
	assert "Lurah" not in frappe.get_roles(k.lurah)
	for doctype in BERKAS:
		assert terlihat(k.lurah, doctype) == sebelum[doctype], doctype
	with sebagai(k.lurah):
		doc = frappe.get_doc("Kegiatan", berjalan.name)
		assert doc.has_permission("read")
		for hak in ("write", "create", "delete", "submit", "print", "export", "share", "report"):
			assert not doc.has_permission(hak), hak
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Warga", order_by="name")
	izinkan_mantan(9)
	assert not kriteria("Kegiatan", k.lurah)
	with sebagai(k.lurah):
		assert not frappe.get_doc("Kegiatan", berjalan.name).has_permission("read")


def test_what_a_former_lurah_may_read_is_the_former_area_only(k, berjalan):
	akhiri(k.lurah, "Lurah", add_days(nowdate(), -1))
	izinkan_mantan(30)
	jauh = frappe.get_doc("RT", k.rt_jauh)
	assert k.rt in terlihat(k.lurah, "RT") and k.rt_jauh not in terlihat(k.lurah, "RT")
	with sebagai(k.lurah):
		assert not jauh.has_permission("read")


@pytest.mark.parametrize("tingkat", ["kecamatan", "kota"])
def test_camat_and_pimpinan_read_their_area_and_change_nothing(k, berjalan, tingkat):
	user = pengguna(f"pengawas-{tingkat}")
	kecamatan = frappe.db.get_value("RT", k.rt, "kecamatan")
	penugasan(user, "Pengawas", kecamatan=kecamatan if tingkat == "kecamatan" else None)
	lain = frappe.get_all(
		"Kelurahan", {"kecamatan": ["!=", kecamatan]}, pluck="name", order_by="name", limit=1
	)
	rt_lain = pabrik.rt(lain[0]).name
	semua = terlihat(user, "RT")
	assert k.rt in semua
	assert (rt_lain in semua) == (tingkat == "kota")
	with sebagai(user):
		assert frappe.get_doc("RT", rt_lain).has_permission("read") == (tingkat == "kota")
		for doctype in ("RT", "Kegiatan"):
			doc = frappe.get_doc(doctype, {"RT": k.rt, "Kegiatan": berjalan.name}[doctype])
			for hak in ("write", "create", "delete"):
				assert not doc.has_permission(hak), (doctype, hak)
