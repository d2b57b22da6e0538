"""Who acts next hears of it, once, and from the ledger alone."""

import frappe
import pytest
from frappe.email.doctype.notification.notification import trigger_daily_alerts
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.tata_kelola.kabar import kabarkan, mulai
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah


@pytest.fixture
def diajukan(k, disusun):
	kabarkan()
	return langkah(disusun, k.ketua, "Ajukan")


def kabar(user: str, nama: str) -> list[frappe._dict]:
	return frappe.get_all(
		"Notification Log",
		{"for_user": user, "document_name": nama},
		["subject", "email_content", "from_user"],
		order_by="creation",
	)


def surel(nama: str) -> set[str]:
	"""Addresses to which a letter about this file waits."""
	antrean = frappe.get_all("Email Queue", {"message": ["like", f"%{nama}%"]}, pluck="name", order_by="name")
	return set(
		frappe.get_all(
			"Email Queue Recipient",
			{"parent": ["in", antrean or [""]]},
			pluck="recipient",
			order_by="recipient",
		)
	)


@pytest.fixture
def akun_surel(monkeypatch) -> None:
	# what an earlier test of this process asked for is remembered here
	monkeypatch.setattr(frappe.local, "outgoing_email_account", {}, raising=False)
	pabrik.akun_surel_keluar()


def test_the_lurah_of_the_area_hears_what_waits_and_no_other_lurah(k, diajukan) -> None:
	tetangga = pabrik.pengguna("lurah-tetangga")
	lain = frappe.db.get_value("Kelurahan", {"name": ["!=", diajukan.kelurahan]}, "name")
	pabrik.penugasan(tetangga, "Lurah", kelurahan=lain)
	kabarkan()
	[satu] = kabar(k.lurah, diajukan.name)
	assert diajukan.judul in satu.subject and "menunggu Lurah" in satu.subject
	assert "Ajukan" in satu.email_content and satu.from_user == k.ketua
	assert not kabar(tetangga, diajukan.name)
	assert not kabar(k.ketua, diajukan.name), "who acted knows it"
	assert not kabar(k.dpmppa, diajukan.name), "not yet their turn"


def test_a_file_sent_back_tells_the_ketua_rt_why(k, diajukan) -> None:
	kabarkan()
	langkah(diajukan, k.lurah, "Kembalikan", alasan="Harga semen <b>keliru</b>")
	kabarkan()
	[satu] = kabar(k.ketua, diajukan.name)
	assert "Dikembalikan" in satu.subject
	assert "Harga semen" in satu.email_content and "<b>keliru" not in satu.email_content


def test_nothing_is_told_twice(k, diajukan) -> None:
	assert kabarkan() >= 1
	assert kabarkan() == 0
	assert len(kabar(k.lurah, diajukan.name)) == 1


def test_what_a_crash_undid_is_told_by_the_next_run(k, diajukan, monkeypatch) -> None:
	frappe.db.savepoint("sebelum")
	kabarkan()
	frappe.db.rollback(save_point="sebelum")
	assert not kabar(k.lurah, diajukan.name)
	kabarkan()
	assert len(kabar(k.lurah, diajukan.name)) == 1


def test_a_text_that_fails_keeps_back_no_other_news(k, diajukan) -> None:
	musyawarah = pabrik.musyawarah(k)
	rusak = frappe.get_doc("Notification", "Serah Terima Berkas Kegiatan")
	rusak.db_set("subject", "{{ doc.tidak.ada.apa }}")
	frappe.clear_document_cache("Notification", rusak.name)
	langkah(musyawarah, k.ketua, "Ajukan")
	kabarkan()
	assert kabar(k.pendamping, musyawarah.name) and not kabar(k.lurah, diajukan.name)
	assert frappe.db.exists("Error Log", {"method": ["like", f"%{diajukan.name}%"]})
	assert kabarkan() == 0


def test_several_steps_between_two_runs_are_told_once_as_the_file_stands(k, diajukan) -> None:
	langkah(diajukan, k.lurah, "Verifikasi")
	kabarkan()
	assert not kabar(k.lurah, diajukan.name)
	assert "menunggu DPMPPA" in kabar(k.dpmppa, diajukan.name)[0].subject
	assert len(kabar(k.ketua, diajukan.name)) == 1


def test_the_successor_hears_and_not_who_left(k, diajukan) -> None:
	baru = pabrik.pengguna("lurah-baru")
	frappe.db.set_value("Penugasan", {"pengguna": k.lurah}, {"mulai": "2024-01-01", "sampai": "2024-12-31"})
	pabrik.penugasan(baru, "Lurah", kelurahan=diajukan.kelurahan, mulai=nowdate())
	kabarkan()
	assert kabar(baru, diajukan.name) and not kabar(k.lurah, diajukan.name)


def test_history_from_before_is_no_news(k, diajukan) -> None:
	frappe.db.delete("DefaultValue", {"defkey": "kb_kabar_sampai"})
	mulai()
	assert kabarkan() == 0


def test_a_letter_goes_beside_it_once_the_site_can_send(k, diajukan, akun_surel) -> None:
	kabarkan()
	assert surel(diajukan.name) == {k.lurah}


def test_without_an_account_for_letters_the_news_stands_in_the_app_alone(k, diajukan) -> None:
	galat = frappe.db.count("Error Log")
	kabarkan()
	assert kabar(k.lurah, diajukan.name) and not surel(diajukan.name)
	assert frappe.db.count("Error Log") == galat


def test_who_declined_letters_gets_none(k, diajukan, akun_surel) -> None:
	frappe.db.set_value("Notification Settings", k.lurah, "enable_email_notifications", 0)
	frappe.clear_document_cache("Notification Settings", k.lurah)
	kabarkan()
	assert kabar(k.lurah, diajukan.name) and not surel(diajukan.name)


def test_every_file_with_a_workflow_has_its_news(db) -> None:
	berkabar = frappe.get_all("Notification", {"event": "Custom"}, pluck="document_type", order_by="name")
	assert sorted(berkabar) == sorted(BERALUR)


@pytest.mark.parametrize(
	("kolom", "hari", "pesan"),
	[
		("jendela_selesai", 7, "berakhir"),
		("jendela_selesai", 30, "berakhir"),
		("tanggal_selesai", -1, "lewat"),
	],
)
def test_a_date_that_comes_near_or_has_passed_is_told(k, berjalan, monkeypatch, kolom, hari, pesan) -> None:
	berjalan.db_set({kolom: add_days(nowdate(), hari), "kelompok": "A"})
	ingatkan(monkeypatch)
	[satu] = kabar(k.ketua, berjalan.name)
	assert pesan in satu.subject and berjalan.judul in satu.subject


def test_a_kegiatan_handed_over_in_time_is_not_reminded_of(k, berjalan, monkeypatch) -> None:
	berjalan.db_set({"jendela_selesai": add_days(nowdate(), 7), "status": "Serah Terima"})
	ingatkan(monkeypatch)
	assert not kabar(k.ketua, berjalan.name)


def test_an_rt_without_kegiatan_hears_before_the_window_of_its_group_ends(k, db, monkeypatch) -> None:
	tetangga = pabrik.kampung("tetangga")
	for kampung, kelompok in ((k, "A"), (tetangga, "B")):
		frappe.db.set_value("RT", kampung.rt, "kelompok", kelompok)
	frappe.db.delete("Jendela Pelaksanaan")
	selesai = add_days(nowdate(), 60)
	jendela = frappe.get_doc(
		{
			"doctype": "Jendela Pelaksanaan",
			"tahun": getdate(selesai).year,
			"kelompok": "A",
			"mulai": f"{getdate(selesai).year}-01-01",
			"selesai": selesai,
		}
	)
	jendela.name = "JDL-UJI"
	jendela.db_insert()
	ingatkan(monkeypatch)
	assert kabar(k.ketua, jendela.name) and not kabar(tetangga.ketua, jendela.name)


def ingatkan(monkeypatch) -> None:
	"""The framework's daily reminders, their rows written at once and nothing committed."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	trigger_daily_alerts()


def test_an_administrator_may_switch_the_news_off(k, diajukan) -> None:
	doc = frappe.get_doc("Notification", "Serah Terima Berkas Kegiatan")
	doc.enabled = 0
	doc.save()
	kabarkan()
	assert not kabar(k.lurah, diajukan.name)
