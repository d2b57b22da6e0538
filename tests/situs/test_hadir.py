"""Signing in to a meeting by QR: once, at its hour, by its own residents, and nothing to be learned by it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from lxml import html

from kampung_bahagia.perencanaan import hadir
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.orang import Orang

PENGATURAN = "Pengaturan Kampung Bahagia"


def orang(rt: str, **nilai) -> tuple[str, str]:
	"""Name and NIK of a new resident."""
	data = pabrik.data_warga(rt, **nilai)
	return frappe.get_doc(data).insert().name, data["nik"]


@pytest.fixture
def alamat_ip(k):
	"""A caller of its own for each test: the counters outlive a transaction."""
	frappe.local.request_ip = f"192.0.2.{frappe.generate_hash(length=6)}"
	yield
	frappe.local.request_ip = None


@pytest.fixture
def terbuka(k, alamat_ip):
	"""A meeting of now with 1 of 4 households, open to phones; its code."""
	m = pabrik.musyawarah(k, hadir=1, diundang=4)
	with sebagai(k.ketua):
		hadir.buka(m.name)
	m.reload()
	return m


def warga_baru(k, **nilai) -> tuple[str, str]:
	with sebagai(k.ketua):
		return orang(k.rt, **nilai)


def catat(m, nik: str) -> hadir.Jawaban:
	with sebagai("Guest"):
		return hadir.catat(m.token_hadir, nik)


def test_who_signs_in_is_present_with_the_hour_and_counts_for_the_quorum(k, terbuka):
	nama, nik = warga_baru(k)
	jawaban = catat(terbuka, nik)
	assert jawaban.hasil == hadir.BERHASIL and "W*** U***" in jawaban.pesan and "pukul" in jawaban.pesan
	m = frappe.get_doc("Musyawarah", terbuka.name)
	baris = m.hadirin[-1]
	assert (baris.warga, baris.cara, baris.mewakili_kk) == (nama, "QR", 1)
	assert baris.waktu_hadir and baris.nama
	assert (m.kk_hadir, m.keterangan_kuorum[:35]) == (2, "Kuorum belum tercapai: hadir 2 dari")
	assert (m.modified, m.rincian_unsur) == (terbuka.modified, "Warga 2")


def test_a_nik_may_be_typed_in_groups(k, terbuka):
	_nama, nik = warga_baru(k)
	assert catat(terbuka, f"{nik[:6]} {nik[6:12]} {nik[12:]}").hasil == hadir.BERHASIL


def test_twice_is_once(k, terbuka):
	_nama, nik = warga_baru(k)
	catat(terbuka, nik)
	assert catat(terbuka, nik).hasil == hadir.SUDAH
	assert frappe.db.count("Hadirin", {"parent": terbuka.name}) == 2


def test_who_stands_on_paper_is_not_counted_again(k, terbuka):
	kertas = terbuka.hadirin[0].warga
	assert catat(terbuka, frappe.db.get_value("Data Pribadi", kertas, "nik")).hasil == hadir.SUDAH


def test_strangers_and_neighbours_get_one_and_the_same_answer(k, terbuka):
	with sebagai(k.ketua_tetangga):
		_nama, tetangga = orang(k.rt_tetangga)
	tak_ada = pabrik.data_warga(k.rt)["nik"]
	jawaban = {catat(terbuka, nik) for nik in (tetangga, tak_ada)}
	assert len(jawaban) == 1 and jawaban.pop().hasil == hadir.DITOLAK
	assert frappe.db.count("Hadirin", {"parent": terbuka.name}) == 1


@pytest.mark.parametrize("nik", ["", "123", "1571011708800001x", "9" * 16, "١" * 16])
def test_what_is_no_nik_is_told_so(k, terbuka, nik):
	jawaban = catat(terbuka, nik)
	assert jawaban.hasil == hadir.DITOLAK and "16 angka" in jawaban.pesan


def test_a_closed_list_takes_nobody(k, terbuka):
	_nama, nik = warga_baru(k)
	with sebagai(k.ketua):
		hadir.tutup(terbuka.name)
	assert catat(terbuka, nik).hasil == hadir.TERTUTUP


@pytest.mark.parametrize(("jam", "kata"), [(2, "dibuka"), (-6, "sudah ditutup")])
def test_only_around_the_hour_of_the_meeting(k, terbuka, jam, kata):
	frappe.db.set_value("Musyawarah", terbuka.name, "tanggal", add_to_date(now_datetime(), hours=jam))
	_nama, nik = warga_baru(k)
	jawaban = catat(terbuka, nik)
	assert jawaban.hasil == hadir.TERTUTUP and kata in jawaban.pesan
	frappe.db.set_single_value(PENGATURAN, "hadir_qr_sebelum", 180)
	frappe.db.set_single_value(PENGATURAN, "hadir_qr_sesudah", 480)
	assert catat(terbuka, nik).hasil == hadir.BERHASIL


def test_what_was_handed_in_is_closed_to_phones(k, alamat_ip):
	m = pabrik.musyawarah(k)
	with sebagai(k.ketua):
		hadir.buka(m.name)
	m = langkah(m, k.ketua, "Ajukan")
	assert not m.hadir_terbuka
	_nama, nik = warga_baru(k)
	assert catat(m, nik).hasil == hadir.TERTUTUP
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="tidak dapat diubah"):
		hadir.buka(m.name)


def test_more_households_than_invited_are_a_matter_for_the_ketua_rt(k, alamat_ip):
	m = pabrik.musyawarah(k, hadir=1, diundang=1)
	with sebagai(k.ketua):
		hadir.buka(m.name)
	_nama, nik = warga_baru(k)
	jawaban = catat(m.reload() or m, nik)
	assert jawaban.hasil == hadir.DITOLAK and "jumlah undangan" in jawaban.pesan
	assert frappe.db.count("Hadirin", {"parent": m.name}) == 1


def test_guessing_comes_to_an_end(k, terbuka):
	_nama, nik = warga_baru(k)
	tak_ada = pabrik.data_warga(k.rt)["nik"]
	for _kali in range(hadir.SALAH_PER_ALAMAT):
		assert catat(terbuka, tak_ada).hasil == hadir.DITOLAK
	assert {catat(terbuka, satu) for satu in (tak_ada, nik)} == {hadir._terlalu_sering()}
	frappe.local.request_ip += "x"  # another phone goes on
	assert catat(terbuka, nik).hasil == hadir.BERHASIL


def test_guesses_from_everywhere_come_to_an_end_too(k, terbuka, monkeypatch):
	monkeypatch.setattr(hadir, "SALAH_PER_KODE", 3)
	_nama, nik = warga_baru(k)
	for nomor in range(3):
		frappe.local.request_ip += str(nomor)
		assert catat(terbuka, pabrik.data_warga(k.rt)["nik"]).hasil == hadir.DITOLAK
	frappe.local.request_ip += "x"
	assert catat(terbuka, nik).hasil == hadir.TERLALU_SERING


def test_digits_that_no_nik_has_lock_nobody_out(k, terbuka):
	"""A whole meeting may share one provider's address, and fingers slip."""
	_nama, nik = warga_baru(k)
	for _kali in range(hadir.SALAH_PER_ALAMAT + 1):
		assert catat(terbuka, nik[:15]).hasil == hadir.DITOLAK
	assert catat(terbuka, nik).hasil == hadir.BERHASIL


def test_made_up_codes_leave_one_counter(k, alamat_ip, monkeypatch):
	monkeypatch.setattr(hadir, "PER_ALAMAT", 2)
	kode = ["x", "", *(frappe.generate_hash(length=32) for _ in range(3))]
	jawaban = [hadir.catat(satu, "1").hasil for satu in kode]
	assert jawaban == [hadir.TERTUTUP] * 4 + [hadir.TERLALU_SERING]
	assert len(frappe.cache.keys(f"*{frappe.local.request_ip}*")) == 1


# --- the code


def test_a_code_cannot_be_guessed_and_a_new_one_ends_the_old(k, terbuka):
	lama = terbuka.token_hadir
	assert len(lama) == 32
	with sebagai(k.ketua):
		hadir.tutup(terbuka.name)
		hadir.buka(terbuka.name)
		assert frappe.db.get_value("Musyawarah", terbuka.name, "token_hadir") == lama  # it may be printed
		hadir.buka(terbuka.name, ganti=True)
	assert frappe.db.get_value("Musyawarah", terbuka.name, "token_hadir") != lama
	_nama, nik = warga_baru(k)
	assert catat(terbuka, nik).hasil == hadir.TERTUTUP


@pytest.mark.parametrize("pejabat", ["ketua_tetangga", "pendamping", "lurah", "dpmppa", "admin"])
def test_only_the_ketua_rt_opens_and_closes(k, terbuka, pejabat):
	for aksi in (hadir.buka, hadir.tutup):
		with sebagai(getattr(k, pejabat)), pytest.raises(frappe.PermissionError):
			aksi(terbuka.name)


def test_the_code_is_neither_typed_nor_copied(k, terbuka):
	with sebagai(k.ketua), pytest.raises(frappe.PermissionError, match="diisi oleh sistem"):
		terbuka.token_hadir = "x" * 32
		terbuka.save()
	assert not frappe.copy_doc(terbuka, ignore_no_copy=False).token_hadir


def test_the_qr_leads_to_the_page_and_shows_itself_to_readers_only(k, terbuka):
	with sebagai(k.ketua):
		k_ = hadir.keadaan(terbuka.name)
		assert k_["alamat"].endswith(f"/hadir?t={terbuka.token_hadir}")
		assert k_["gambar"].startswith("data:image/svg+xml")
	with sebagai(k.pendamping):
		assert "alamat" not in hadir.keadaan(terbuka.name)
	with sebagai(k.ketua_tetangga), pytest.raises(frappe.PermissionError):
		hadir.qr_hadir(frappe._dict(name=terbuka.name))


# --- with the form


def test_a_form_from_before_the_sign_in_takes_it_up(k, terbuka):
	"""The Ketua RT has had the form open all the time, and saves a usulan."""
	with sebagai(k.ketua):
		formulir = frappe.get_doc("Musyawarah", terbuka.name)
	nama, nik = warga_baru(k)
	catat(terbuka, nik)
	with sebagai(k.ketua):
		formulir.tempat = "Balai RT"
		formulir.save()
	m = frappe.get_doc("Musyawarah", terbuka.name)
	assert [(h.warga, h.cara) for h in m.hadirin][-1] == (nama, "QR")
	assert (m.kk_hadir, m.tempat, [h.idx for h in m.hadirin]) == (2, "Balai RT", [1, 2])


def test_on_paper_and_by_phone_at_the_same_time_is_once(k, terbuka):
	with sebagai(k.ketua):
		formulir = frappe.get_doc("Musyawarah", terbuka.name)
	nama, nik = warga_baru(k)
	catat(terbuka, nik)
	with sebagai(k.ketua):
		formulir.append("hadirin", {"warga": nama, "mewakili_kk": 1})
		formulir.save()
	baris = frappe.get_all("Hadirin", {"parent": terbuka.name, "warga": nama}, pluck="cara", order_by="idx")
	assert baris == ["QR"]


def test_who_signed_in_wrongly_is_taken_out_after_closing(k, terbuka):
	nama, nik = warga_baru(k)
	catat(terbuka, nik)
	with sebagai(k.ketua):
		hadir.tutup(terbuka.name)
		m = frappe.get_doc("Musyawarah", terbuka.name)
		m.hadirin = [h for h in m.hadirin if h.warga != nama]
		m.save()
	assert not frappe.db.exists("Hadirin", {"parent": terbuka.name, "warga": nama})


# --- over HTTP, from phones


@pytest.fixture
def di_server(kampung_uji, server):
	"""A committed meeting, open to phones, with nobody present yet and ten residents: its name, code and NIK."""
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	frappe.db.rollback()
	with sebagai(k.ketua):
		semua = [orang(k.rt) for _ in range(10)]
	m = pabrik.musyawarah(k, hadir=1, diundang=40)
	with sebagai(k.ketua):
		hadir.buka(m.name)
	frappe.db.commit()
	yield m.name, frappe.db.get_value("Musyawarah", m.name, "token_hadir"), [nik for _, nik in semua]
	frappe.db.rollback()
	frappe.delete_doc("Musyawarah", m.name, force=True)
	frappe.db.commit()


def kirim(server: str, kode: str, nik: str, ponsel: str = "192.0.2.1"):
	return Orang(server).post(
		f"{server}/hadir",
		{"t": kode, "nik": nik},
		headers={"Accept": "text/html", "X-Forwarded-For": ponsel},
		timeout=60,
	)


def test_the_page_works_without_scripts_and_never_repeats_the_nik(server, di_server):
	nama, kode, semua = di_server
	halaman = Orang(server).get(f"{server}/hadir", params={"t": kode}, timeout=60)
	pohon = html.fromstring(halaman.text)
	(formulir,) = pohon.forms
	assert (formulir.method, formulir.action, pohon.xpath("//script")) == ("POST", "/hadir", [])
	assert formulir.fields["t"] == kode
	jawaban = kirim(server, kode, semua[0])
	assert jawaban.status_code == 200 and "tercatat" in jawaban.text
	assert not any(nik in jawaban.text for nik in semua)
	salah = kirim(server, kode, "1571011708809999")
	assert salah.status_code == 422 and "1571011708809999" not in salah.text
	assert not re.search(r"Warga Uji", jawaban.text + salah.text)
	frappe.db.rollback()
	assert frappe.db.count("Hadirin", {"parent": nama, "cara": "QR"}) == 1


def test_a_nik_in_the_address_does_nothing(server, di_server):
	nama, kode, semua = di_server
	Orang(server).get(f"{server}/hadir", params={"t": kode, "nik": semua[0]}, timeout=60)
	frappe.db.rollback()
	assert frappe.db.count("Hadirin", {"parent": nama, "cara": "QR"}) == 0


@pytest.mark.parametrize("kode", ["", "x", "%' OR 1=1", "A" * 32])
def test_a_code_of_none_is_not_found(server, kode):
	for jawaban in (
		Orang(server).get(f"{server}/hadir", params={"t": kode}, timeout=60),
		kirim(server, kode, "1"),
	):
		assert jawaban.status_code == 404 and "tidak dikenal" in jawaban.text


def test_an_official_signs_in_on_their_own_phone_too(kampung_uji, server, di_server):
	from frappe.utils.password import update_password

	from tests.situs.orang import SANDI

	_nama, kode, semua = di_server
	update_password(kampung_uji[0].ketua, SANDI)
	frappe.db.commit()
	saya = Orang(server, kampung_uji[0].ketua)
	del saya.headers["X-Frappe-CSRF-Token"]
	halaman = saya.get(f"{server}/hadir", params={"t": kode}, timeout=60)
	(formulir,) = html.fromstring(halaman.text).forms
	jawaban = saya.post(f"{server}/hadir", {**dict(formulir.fields), "nik": semua[3]}, timeout=60)
	assert jawaban.status_code == 200 and "tercatat" in jawaban.text


def test_of_many_phones_at_once_each_counts_once(server, di_server):
	nama, kode, semua = di_server
	with ThreadPoolExecutor(8) as para:
		jawaban = list(
			para.map(lambda i: kirim(server, kode, semua[i % 10], f"192.0.2.{i}").status_code, range(20))
		)
	assert set(jawaban) == {200}
	frappe.db.rollback()
	m = frappe.get_doc("Musyawarah", nama)
	assert len(m.hadirin) == len({h.warga for h in m.hadirin}) == 11
	assert sorted(h.idx for h in m.hadirin) == list(range(1, 12))
	assert m.kk_hadir == 11
