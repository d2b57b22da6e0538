"""The clocks of a registration: 14 working days from the approval, and paid before the first day of work."""

import frappe
import pytest
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.aturan.tenggat import batas_pendaftaran
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import ketentuan_pada
from kampung_bahagia.perlindungan.layar import posisi_kegiatan, posisi_pendaftaran
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def geser(kegiatan, *, batas: int | None = None, mulai: int | None = None) -> None:
	"""Put the limit, or the planned start, so many days from today."""
	isi = {"batas_pendaftaran": batas, "tanggal_mulai": mulai}
	isi = {kolom: add_days(nowdate(), hari) for kolom, hari in isi.items() if hari is not None}
	frappe.db.set_value("Kegiatan", kegiatan.name, isi, update_modified=False)


def tenggat(user: str, kegiatan) -> list[tuple[str, str]]:
	with sebagai(user):
		return [(t["warna"], t["teks"]) for t in posisi_kegiatan(kegiatan.name)["tenggat"]]


def test_the_clock_starts_with_the_approval_by_the_rule_in_force(k):
	ketentuan = frappe.get_doc("Ketentuan Peserta", ketentuan_pada(nowdate()).name)
	assert ketentuan.hari_pendaftaran == 14
	assert not pabrik.kegiatan(k).batas_pendaftaran
	assert pabrik.kegiatan_disetujui(k).batas_pendaftaran == batas_pendaftaran(getdate(nowdate()), 14)
	ketentuan.hari_pendaftaran = 5
	ketentuan.save()
	assert pabrik.kegiatan_disetujui(k).batas_pendaftaran == batas_pendaftaran(getdate(nowdate()), 5)


def test_what_is_not_construction_has_no_clock(k):
	keg = pabrik.kegiatan_disetujui(k, konstruksi=0, perlindungan_lain="Kepesertaan Kota")
	assert not keg.batas_pendaftaran and not tenggat(k.ketua, keg)


def test_the_first_sending_is_kept_and_lateness_recorded_without_blocking_it(k, disetujui):
	geser(disetujui, batas=-3)
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	assert (daftar.terlambat_daftar, str(getdate(daftar.dikirim_pada))) == (3, nowdate())
	pertama = daftar.dikirim_pada
	daftar = langkah(daftar, k.bpjs, "Tolak", alasan="Uji")
	daftar = langkah(langkah(daftar, k.dpmppa, "Perbaiki"), k.dpmppa, "Kirim")
	assert daftar.dikirim_pada == pertama


@pytest.mark.parametrize(("mulai", "terlambat"), [(1, 0), (0, 1), (-4, 5)])
def test_a_premium_is_in_time_the_day_before_the_work_and_not_on_it(k, disetujui, mulai, terlambat):
	geser(disetujui, mulai=mulai)
	daftar = pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui))
	assert (daftar.status, daftar.terlambat_bayar) == ("Bersertifikat", terlambat)


def test_lateness_is_nobodys_to_write(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	with sebagai(k.dpmppa), pytest.raises(frappe.PermissionError, match="diisi oleh sistem"):
		daftar.update({"batas_pendaftaran": add_days(nowdate(), 90)}).save()


def test_both_clocks_are_told_on_the_kegiatan_and_the_registration(k, disetujui):
	geser(disetujui, batas=5, mulai=-1)
	daftar, bayar = tenggat(k.ketua, disetujui)
	assert daftar[0] == "orange" and "5 hari lagi" in daftar[1]
	assert bayar[0] == "red" and "sudah lewat 2 hari" in bayar[1]
	p = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	assert [warna for warna, _t in tenggat(k.lurah, disetujui)] == [
		"red"
	]  # sent in time: only the payment is left
	with sebagai(k.bpjs):
		assert [t["warna"] for t in posisi_pendaftaran(p.name)["tenggat"]] == ["red"]
	with sebagai(k.ketua_jauh), pytest.raises(frappe.PermissionError):
		posisi_pendaftaran(p.name)


def test_nothing_is_told_of_stopped_work(k, disetujui):
	geser(disetujui, batas=-5, mulai=-5)
	assert len(tenggat(k.ketua, disetujui)) == 2
	langkah(disetujui, k.dpmppa, "Hentikan", alasan="Uji")
	assert not tenggat(k.ketua, disetujui)


@pytest.mark.parametrize(
	("nama", "kolom", "hari", "pengawas"),
	[
		("Pendaftaran BPJS Jatuh Tempo 3 Hari Lagi", "batas", 3, False),
		("Pendaftaran BPJS Jatuh Tempo 1 Hari Lagi", "batas", 1, True),
		("Pendaftaran BPJS Terlambat", "batas", -1, True),
		("Iuran BPJS Dibayar 3 Hari Lagi", "mulai", 3, False),
		("Iuran BPJS Dibayar 1 Hari Lagi", "mulai", 1, True),
		("Iuran BPJS Belum Dibayar", "mulai", -1, True),
	],
)
def test_who_has_to_act_is_reminded_and_whoever_watches_told_until_it_is_done(
	k, disetujui, nama, kolom, hari, pengawas
):
	geser(disetujui, **{kolom: hari})
	kabar = frappe.get_doc("Notification", nama)
	assert disetujui.name in [d.name for d in kabar.get_documents_for_today()]
	disetujui.reload()
	penerima = kabar.get_list_of_recipients(disetujui, {"doc": disetujui})[1]
	assert k.dpmppa in penerima and k.ketua in penerima
	assert (k.pengawas in penerima) is pengawas
	daftar = pabrik.pendaftaran(k, disetujui)
	if kolom == "batas":
		langkah(daftar, k.dpmppa, "Kirim")
	else:
		pabrik.bersertifikat(k, daftar)
	assert disetujui.name not in [d.name for d in kabar.get_documents_for_today()]
