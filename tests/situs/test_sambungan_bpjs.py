"""Packages that go to BPJS by HTTPS, and answers that are fetched: nothing lost, nothing twice, whatever fails."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import frappe
import pytest
from frappe.utils import add_to_date, get_datetime, now_datetime
from frappe.utils.password import get_decrypted_password
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kampung_bahagia.perlindungan.doctype.berkas_bpjs import berkas_bpjs
from kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs import BerkasTidakSah, kirim, terima
from kampung_bahagia.perlindungan.doctype.kiriman_bpjs.kiriman_bpjs import (
	KirimanTidakSah,
	kirim_ulang,
	serahkan_manual,
)
from kampung_bahagia.perlindungan.doctype.pengaturan_sambungan_bpjs import pengaturan_sambungan_bpjs
from kampung_bahagia.perlindungan.doctype.pengaturan_sambungan_bpjs.pengaturan_sambungan_bpjs import (
	SambunganTidakSah,
)
from kampung_bahagia.perlindungan.pertukaran import https, jawaban, kotak_keluar, pemutus
from kampung_bahagia.perlindungan.pertukaran.jalur import HTTPS
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, sebagai
from tests.layanan_bpjs import BENAR, KUNCI, SEBELUM, SESUDAH, TOKEN, LayananBPJS
from tests.tls import sertifikat_loopback

ATUR, KIRIMAN = "Pengaturan Sambungan BPJS", "Kiriman BPJS"
BATAS = 0.6  # seconds of one call


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
	return sertifikat_loopback(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def server_bpjs(tls) -> Iterator[LayananBPJS]:
	server = LayananBPJS(tls[1])
	utas = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
	utas.start()
	yield server
	server.shutdown()
	server.server_close()
	utas.join()


@pytest.fixture
def layanan(server_bpjs, tls, monkeypatch) -> LayananBPJS:
	"""The service, which holds nothing yet."""
	monkeypatch.setenv("SSL_CERT_FILE", tls[0])
	server_bpjs.mulai_baru()
	return server_bpjs


@pytest.fixture(scope="module")
def kampung_sendiri(situs_sendiri, server_bpjs) -> Kampung:
	k = pabrik.kampung()
	atur(k, server_bpjs)
	return k


@pytest.fixture
def k(kampung_sendiri, layanan, monkeypatch) -> Iterator[Kampung]:
	"""A kampung whose connection leads to `layanan`; what is sent is sent by the test, not by a worker."""
	asli = pengaturan_sambungan_bpjs.sambungan

	def cepat():
		s = asli()
		return s and replace(s, layanan=replace(s.layanan, detik_sambung=BATAS, detik_semua=BATAS))

	for modul in (kotak_keluar, jawaban):
		monkeypatch.setattr(modul, "sambungan", cepat)
	monkeypatch.setattr(kotak_keluar, "segerakan", lambda _nama: None)
	pemutus.berhasil()
	semula = frappe.db.get_singles_dict(ATUR)
	yield kampung_sendiri
	frappe.db.rollback()
	frappe.set_user("Administrator")
	pemutus.berhasil()
	for jenis in (KIRIMAN, "Berkas BPJS", "Notification Log", "Impor Jawaban BPJS", "Akses Data Pribadi"):
		frappe.db.delete(jenis)
	if frappe.db.get_singles_dict(ATUR) != semula:
		atur(kampung_sendiri, layanan)
	lupakan_keadaan_jawaban()
	frappe.db.commit()


def lupakan_keadaan_jawaban() -> None:
	for nama in (jawaban.KURSOR, pengaturan_sambungan_bpjs.GALAT_JAWABAN):
		frappe.defaults.clear_default(nama, parent="__global")


def atur(k: Kampung, layanan: LayananBPJS, **nilai) -> None:
	with sebagai(k.admin):
		doc = frappe.get_doc(ATUR)
		doc.update(
			{
				"jalur": "HTTPS",
				"alamat": layanan.alamat,
				"token": TOKEN,
				"kunci": KUNCI,
				"percobaan": 12,
				"gagal_beruntun": 100,
				"tarik_jawaban": 1,
				"peninjau": k.dpmppa_lain,
				**nilai,
			}
		)
		doc.save()
	frappe.db.commit()


def paket(k: Kampung, isi: bytes = b"PK isi berkas", *, lewat: str | None = HTTPS) -> str:
	"""A package with this ZIP, sent; not sent without `lewat`."""
	doc = frappe.get_doc({"doctype": "Berkas BPJS", "status": "Siap Dikirim", "judul": "1 pendaftaran"})
	doc.update(
		{"sidik": hashlib.sha256(isi).hexdigest(), "disusun_pada": now_datetime(), "daftar_warga": "[]"}
	)
	doc.set_new_name()
	doc.arsip = f"/private/files/{doc.name}.zip"
	Path(frappe.get_site_path(doc.arsip.lstrip("/"))).write_bytes(isi)
	doc.db_insert()
	if lewat:
		with sebagai(k.dpmppa):
			kirim(doc.name, lewat)
	frappe.db.commit()
	return doc.name


def kiriman(berkas: str) -> frappe._dict:
	frappe.db.rollback()
	return frappe.db.get_value(KIRIMAN, {"berkas": berkas}, "*", as_dict=True)


def usahakan(berkas: str) -> frappe._dict:
	"""One attempt, however long it would have to wait; what is stored afterwards."""
	nama = kiriman(berkas).name
	frappe.db.set_value(KIRIMAN, nama, "coba_lagi_pada", add_to_date(now_datetime(), seconds=-1))
	frappe.db.commit()
	kotak_keluar.usahakan(nama)
	return kiriman(berkas)


def status(berkas: str) -> str:
	return frappe.db.get_value("Berkas BPJS", berkas, "status")


# --- one message


def test_a_package_is_received_with_the_number_and_hour_of_the_receipt(k, layanan):
	berkas = paket(k)
	assert (kiriman(berkas).status, status(berkas)) == ("Menunggu", "Dikirim")
	hasil = usahakan(berkas)
	assert (hasil.status, hasil.percobaan, hasil.galat) == ("Diterima", 1, None)
	assert layanan.diterima == {hasil.kunci: [hasil.sidik]}
	doc = frappe.get_doc("Berkas BPJS", berkas)
	assert (doc.status, doc.nomor_tanda_terima) == ("Diterima BPJS", hasil.nomor_tanda_terima)
	assert str(hasil.diterima_pada) == "2026-01-05 10:00:00"  # WIB
	assert doc.diterima_pada >= doc.dikirim_pada


def test_sending_and_its_message_are_one_transaction(k, layanan):
	berkas = paket(k, lewat=None)
	with sebagai(k.dpmppa):
		kirim(berkas, HTTPS)
		assert frappe.db.exists(KIRIMAN, {"berkas": berkas})
		frappe.db.rollback()
	assert not frappe.db.exists(KIRIMAN, {"berkas": berkas}) and status(berkas) == "Siap Dikirim"


def test_whose_data_goes_to_bpjs_is_noted(k, layanan):
	(warga,) = pabrik.warga(k.rt)
	berkas = paket(k, lewat=None)
	frappe.db.set_value("Berkas BPJS", berkas, "daftar_warga", f'["{warga.name}"]')
	with sebagai(k.dpmppa):
		kirim(berkas, HTTPS)
	catatan = {"rujukan_nama": berkas, "warga": warga.name, "pengguna": k.dpmppa}
	assert frappe.db.get_value("Akses Data Pribadi", catatan, "kolom") == "Isi ZIP, dikirim kepada BPJS"


def test_other_ways_write_no_message(k, layanan):
	berkas = paket(k, lewat=None)
	with sebagai(k.dpmppa):
		kirim(berkas, "Kurir", str(now_datetime()))
	assert not frappe.db.exists(KIRIMAN, {"berkas": berkas})


def test_switched_off_nothing_goes_by_https(k, layanan):
	menunggu = paket(k)
	atur(k, layanan, jalur="Berkas")
	berkas = paket(k, lewat=None)
	with sebagai(k.dpmppa), pytest.raises(BerkasTidakSah, match="Pilih Jalur"):
		kirim(berkas, HTTPS)
	assert usahakan(menunggu).status == "Menunggu" and not layanan.permintaan


@pytest.mark.parametrize("gangguan", [*SEBELUM, *SESUDAH])
def test_a_failure_is_told_and_tried_again_with_the_same_key(k, layanan, gangguan):
	layanan.gangguan = [gangguan]
	berkas = paket(k)
	hasil = usahakan(berkas)
	assert hasil.status == "Gagal Sementara" and hasil.galat and status(berkas) == "Dikirim"
	assert hasil.coba_lagi_pada > now_datetime()
	assert usahakan(berkas).status == "Diterima"
	assert layanan.diterima == {hasil.kunci: [hasil.sidik]}
	assert not any("/lain" in jalan for jalan, _kunci in layanan.permintaan)  # no redirect is followed


@pytest.mark.parametrize("gangguan", ["diam", "tetes"])
def test_a_call_ends_when_its_time_is_over_however_slowly_it_goes(k, layanan, gangguan):
	layanan.gangguan = [gangguan]
	berkas, mulai = paket(k), time.monotonic()
	hasil = usahakan(berkas)
	assert time.monotonic() - mulai < BATAS + 0.6
	assert hasil.galat == https.TERLALU_LAMA


def test_a_duplicate_answers_with_the_first_receipt(k, layanan):
	layanan.gangguan = ["sesudah putus", "sudah ada"]
	berkas = paket(k)
	assert usahakan(berkas).status == "Gagal Sementara"
	hasil = usahakan(berkas)
	assert (hasil.status, hasil.kode_jawaban) == ("Diterima", 409)
	assert layanan.diterima == {hasil.kunci: [hasil.sidik]}


def test_what_was_received_is_not_sent_again(k, layanan):
	berkas = paket(k)
	usahakan(berkas)
	usahakan(berkas)
	assert len(layanan.permintaan) == 1


def test_retry_after_is_kept_within_limits(k, layanan):
	layanan.coba_lagi = "1800"
	layanan.gangguan = ["429"]
	pada = usahakan(paket(k)).coba_lagi_pada
	assert 1790 < (pada - now_datetime()).total_seconds() <= 1800
	layanan.coba_lagi = str(10**9)
	layanan.gangguan = ["429"]
	pada = usahakan(paket(k)).coba_lagi_pada
	assert (pada - now_datetime()).total_seconds() <= 6 * 3600


@pytest.mark.parametrize("kode", ["400", "401", "413", "422"])
def test_a_refusal_is_final_and_told_to_dpmppa(k, layanan, kode):
	layanan.gangguan = [kode]
	berkas = paket(k)
	hasil = usahakan(berkas)
	assert (hasil.status, hasil.percobaan) == ("Gagal Tetap", 1) and kode in hasil.galat
	kabar = {"document_type": KIRIMAN, "document_name": hasil.name}
	penerima = frappe.get_all("Notification Log", kabar, pluck="for_user", order_by="for_user")
	assert {k.dpmppa, k.dpmppa_lain, k.admin} <= set(penerima)
	assert usahakan(berkas).status == "Gagal Tetap" and len(layanan.permintaan) == 1


def test_after_the_last_attempt_it_is_a_dead_letter(k, layanan):
	atur(k, layanan, percobaan=2)
	layanan.gangguan = ["503", "503"]
	berkas = paket(k)
	assert usahakan(berkas).status == "Gagal Sementara"
	assert usahakan(berkas).status == "Gagal Tetap"


def test_a_zip_that_was_changed_or_lost_does_not_leave(k, layanan):
	for ubah in (lambda p: p.write_bytes(b"lain"), lambda p: p.unlink()):
		berkas = paket(k)
		ubah(frappe.get_doc("Berkas BPJS", berkas).letak_arsip())
		assert usahakan(berkas).status == "Gagal Tetap"
	assert not layanan.permintaan


def test_a_certificate_that_is_not_trusted_gets_nothing(k, layanan, monkeypatch, tmp_path):
	monkeypatch.setenv("SSL_CERT_FILE", sertifikat_loopback(tmp_path)[0])
	hasil = usahakan(paket(k))
	assert (hasil.status, hasil.galat) == ("Gagal Sementara", https.TLS_SALAH)
	assert not layanan.permintaan


def test_nobody_there_is_told(k, layanan):
	atur(k, layanan, alamat="https://127.0.0.1:1/v1")
	hasil = usahakan(paket(k))
	assert hasil.status == "Gagal Sementara" and hasil.galat in (https.TIDAK_TERSAMBUNG, https.TERPUTUS)


# --- several at once


def test_two_workers_send_it_once(k, layanan, situs_sendiri, monkeypatch):
	nama = kiriman(paket(k)).name
	mulai, tulis = threading.Barrier(2), kotak_keluar._tulis

	def tulis_pelan(*args, **nilai) -> None:
		time.sleep(0.3)  # between looking and claiming, where the other one comes
		tulis(*args, **nilai)

	monkeypatch.setattr(kotak_keluar, "_tulis", tulis_pelan)

	def satu() -> None:
		frappe.init(site=situs_sendiri)
		frappe.connect()
		try:
			frappe.db.count(KIRIMAN)  # from here on a plain read sees this moment only
			mulai.wait(10)
			kotak_keluar.usahakan(nama)
		finally:
			frappe.destroy()

	para = [threading.Thread(target=satu) for _ in range(2)]
	for t in para:
		t.start()
	for t in para:
		t.join(20)
	frappe.db.rollback()
	assert len(layanan.permintaan) == 1
	assert frappe.db.get_value(KIRIMAN, nama, ["status", "percobaan"]) == ("Diterima", 1)


def test_a_message_whose_worker_was_killed_is_taken_up_with_the_same_key(k, layanan, situs_sendiri):
	layanan.gangguan = ["macet"]
	berkas = paket(k)
	nama = kiriman(berkas).name
	kerja = (
		"import frappe; from kampung_bahagia.perlindungan.pertukaran import kotak_keluar;"
		f"frappe.init(site={situs_sendiri!r}); frappe.connect(); kotak_keluar.usahakan({nama!r})"
	)
	proses = subprocess.Popen([sys.executable, "-c", kerja], cwd=os.getcwd(), env=os.environ.copy())
	try:
		assert layanan.tersimpan.wait(20)
	finally:
		proses.send_signal(signal.SIGKILL)
		proses.wait()
	assert kiriman(berkas).status == "Sedang Dikirim"
	assert usahakan(berkas).percobaan == 1  # its time is not over
	frappe.db.set_value(KIRIMAN, nama, "mulai_pada", add_to_date(now_datetime(), hours=-1))
	frappe.db.commit()
	hasil = usahakan(berkas)
	assert (hasil.status, hasil.percobaan, status(berkas)) == ("Diterima", 2, "Diterima BPJS")
	assert layanan.diterima == {hasil.kunci: [hasil.sidik]} and len(layanan.permintaan) == 2


def test_an_older_attempt_that_fails_late_changes_nothing(k, layanan):
	berkas = paket(k)
	atur_kini = kotak_keluar.sambungan()
	lama = kotak_keluar._ambil(kiriman(berkas).name, atur_kini)
	frappe.db.set_value(KIRIMAN, lama.name, "mulai_pada", add_to_date(now_datetime(), hours=-1))
	frappe.db.commit()
	baru = kotak_keluar._ambil(lama.name, atur_kini)
	kotak_keluar._catat(lama, kotak_keluar.Hasil(galat="terlambat", coba_lagi=False), atur_kini)
	assert (frappe.db.get_value(KIRIMAN, lama.name, "status"), baru.percobaan) == ("Sedang Dikirim", 2)
	tanda = kotak_keluar.TandaTerima("TT/1", get_datetime("2026-01-05 10:00:00"))
	kotak_keluar._catat(lama, kotak_keluar.Hasil(tanda, sehat=True), atur_kini)
	lain = replace(tanda, nomor="TT/2")
	for hasil in (kotak_keluar.Hasil(lain), kotak_keluar.Hasil(galat="gagal", coba_lagi=False)):
		kotak_keluar._catat(baru, hasil, atur_kini)
	nilai = frappe.db.get_value(KIRIMAN, lama.name, ["status", "nomor_tanda_terima"])
	assert nilai == ("Diterima", "TT/1")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
	riwayat=st.lists(
		st.tuples(
			st.lists(
				st.sampled_from([g for g in (*SEBELUM, *SESUDAH) if "diam" not in g and g != "tetes"]),
				max_size=4,
			),
			st.sampled_from(BENAR),
		),
		min_size=1,
		max_size=3,
	)
)
def test_after_any_failures_the_service_holds_each_package_once(k, layanan, riwayat):
	layanan.diterima.clear()
	para = [paket(k, f"PK isi {i}".encode()) for i in range(len(riwayat))]
	for berkas, (gagal, benar) in zip(para, riwayat, strict=True):
		layanan.gangguan_kunci[kiriman(berkas).kunci] = [*gagal, benar]
	for _ in range(1 + max(len(gagal) for gagal, _benar in riwayat)):
		for berkas in para:
			usahakan(berkas)
	assert {status(b) for b in para} == {"Diterima BPJS"}
	assert layanan.diterima == {kiriman(b).kunci: [kiriman(b).sidik] for b in para}


# --- the breaker and the scheduler


def test_after_failures_in_a_row_the_service_is_left_alone_then_tried_once(k, layanan):
	atur(k, layanan, gagal_beruntun=3, istirahat_menit=1)
	para = [paket(k, f"PK {i}".encode()) for i in range(5)]
	layanan.gangguan = ["503"] * 4
	kotak_keluar.kuras()
	assert len(layanan.permintaan) == 3 and pemutus.sisa_istirahat() > 0
	with sebagai(k.admin):
		doc = frappe.get_doc(ATUR)
		doc.run_method("onload")
		assert doc.get_onload().gagal_beruntun == 3 and doc.get_onload().sisa_istirahat > 0
	assert {kiriman(b).percobaan for b in para[3:]} == {0}  # waiting uses up no attempt
	frappe.cache.delete(frappe.cache.make_key(pemutus.ISTIRAHAT))  # as when its time is over
	usahakan(para[3])
	assert len(layanan.permintaan) == 4 and pemutus.sisa_istirahat() > 0  # the trial failed
	frappe.cache.delete(frappe.cache.make_key(pemutus.ISTIRAHAT))
	assert pemutus.boleh(3, 60) and not pemutus.boleh(3, 60)  # one at a time
	pemutus.lepas()
	assert usahakan(para[4]).status == "Diterima" and pemutus.gagal_beruntun() == 0


def test_a_refused_package_says_nothing_against_the_service(k, layanan):
	layanan.gangguan = ["422", "401"]
	usahakan(paket(k, b"PK 1"))
	assert pemutus.gagal_beruntun() == 0
	usahakan(paket(k, b"PK 2"))
	assert pemutus.gagal_beruntun() == 1  # a wrong token meets every package


def test_the_run_takes_what_is_due_and_leaves_the_rest(k, layanan):
	kini, nanti = paket(k, b"PK kini"), paket(k, b"PK nanti")
	frappe.db.set_value(KIRIMAN, kiriman(nanti).name, "coba_lagi_pada", add_to_date(now_datetime(), hours=1))
	frappe.db.commit()
	kotak_keluar.kuras()
	assert (kiriman(kini).status, kiriman(nanti).status) == ("Diterima", "Menunggu")


# --- dead letters


@pytest.fixture
def gagal_tetap(k, layanan) -> str:
	layanan.gangguan = ["400"]
	berkas = paket(k)
	usahakan(berkas)
	return berkas


def test_a_dead_letter_is_sent_again_under_its_old_key(k, layanan, gagal_tetap):
	nama = kiriman(gagal_tetap).name
	for user in (k.admin, k.pengawas, k.bpjs, k.lurah):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			kirim_ulang(nama)
	with sebagai(k.dpmppa):
		kirim_ulang(nama)
		assert frappe.db.exists("Comment", {"reference_name": nama, "content": ["like", "%Dikirim ulang%"]})
		with pytest.raises(KirimanTidakSah):
			kirim_ulang(nama)
	frappe.db.commit()
	hasil = usahakan(gagal_tetap)
	assert hasil.status == "Diterima" and {kunci for _j, kunci in layanan.permintaan} == {hasil.kunci}


def test_a_dead_letter_is_not_queued_for_a_connection_that_is_off(k, layanan, gagal_tetap):
	atur(k, layanan, jalur="Berkas")
	with sebagai(k.dpmppa), pytest.raises(KirimanTidakSah, match="tidak aktif"):
		kirim_ulang(frappe.db.get_value(KIRIMAN, {"berkas": gagal_tetap}))


def test_a_dead_letter_goes_by_hand_instead(k, layanan, gagal_tetap):
	nama, sekarang = kiriman(gagal_tetap).name, str(now_datetime())
	with sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
		serahkan_manual(nama, "Kurir", sekarang)
	with sebagai(k.dpmppa):
		with pytest.raises(BerkasTidakSah, match="Pilih Jalur"):
			serahkan_manual(nama, HTTPS, sekarang)
		serahkan_manual(nama, "Kurir", sekarang, "Diantar")
	assert frappe.db.get_value("Berkas BPJS", gagal_tetap, ["status", "jalur"]) == ("Dikirim", "Kurir")
	frappe.db.commit()
	assert usahakan(gagal_tetap).status == "Dialihkan"


def test_a_receipt_recorded_by_hand_ends_the_message(k, layanan):
	berkas = paket(k)
	with sebagai(k.bpjs):
		terima(berkas, str(now_datetime()), "Budi")
	frappe.db.commit()
	assert usahakan(berkas).status == "Dialihkan" and not layanan.permintaan


# --- answers


@pytest.fixture
def antrean(monkeypatch) -> list[str]:
	"""Imports that were given to their trial."""
	nama: list[str] = []
	monkeypatch.setattr(
		jawaban.impor, "antrekan", lambda doc, _jalankan, *, terapkan: nama.append((doc.name, terapkan))
	)
	return nama


def isi_impor() -> list[tuple[str, str, str]]:
	frappe.db.rollback()
	kolom = ["id_jawaban", "status", "owner"]
	return list(frappe.get_all("Impor Jawaban BPJS", fields=kolom, order_by="id_jawaban", as_list=True))


def test_each_answer_becomes_one_import_that_is_tried_and_not_applied(k, layanan, antrean):
	layanan.jawaban = [("J1", "satu.csv", b"Nomor\nBPJS-1\n"), ("J2", "dua.csv", b"Nomor\nBPJS-2\n")]
	assert jawaban.ambil() == 2
	assert isi_impor() == [("J1", "Baru", k.dpmppa_lain), ("J2", "Baru", k.dpmppa_lain)]
	assert [terapkan for _nama, terapkan in antrean] == [False, False]
	kabar = {"document_type": "Impor Jawaban BPJS", "for_user": k.dpmppa_lain}
	assert frappe.db.count("Notification Log", kabar) == 2
	assert jawaban.ambil() == 0
	lupakan_keadaan_jawaban()  # a cursor that was lost
	frappe.db.commit()
	assert jawaban.ambil() == 0 and len(isi_impor()) == 2
	layanan.jawaban.append(("J3", "tiga.csv", b"Nomor\nBPJS-3\n"))
	assert jawaban.ambil() == 1


@pytest.mark.parametrize(
	"tempat, gangguan",
	[
		*(("/v1/jawaban", g) for g in ("tanpa tanda", "putus", "503")),
		*(("/v1/jawaban/J2", g) for g in ("tanda lain", "separuh", "besar", "isi lain")),
	],
)
def test_an_answer_that_is_not_whole_and_signed_is_not_taken(k, layanan, antrean, tempat, gangguan):
	layanan.jawaban = [("J1", "satu.csv", b"Nomor\nBPJS-1\n"), ("J2", "dua.csv", b"Nomor\nBPJS-2\n")]
	layanan.gangguan_kunci[tempat] = [gangguan]
	jawaban.ambil()
	assert len(isi_impor()) == (0 if tempat == "/v1/jawaban" else 1)
	with sebagai(k.admin):
		doc = frappe.get_doc(ATUR)
		doc.run_method("onload")
		assert doc.get_onload().galat_jawaban
	jawaban.ambil()
	assert [b[0] for b in isi_impor()] == ["J1", "J2"]
	assert not frappe.db.get_global(pengaturan_sambungan_bpjs.GALAT_JAWABAN)


@pytest.mark.parametrize("nama", ["../x.csv", "x.exe", "x" * 200 + ".csv"])
def test_an_answer_with_an_odd_name_is_not_taken(k, layanan, antrean, nama):
	layanan.jawaban = [("J1", nama, b"Nomor\n")]
	assert jawaban.ambil() == 0 and not isi_impor()


def test_answers_wait_for_somebody_to_look_at_them(k, layanan, antrean, monkeypatch):
	layanan.jawaban = [("J1", "satu.csv", b"Nomor\nBPJS-1\n")]
	monkeypatch.setattr(jawaban, "meninjau", lambda _user: False)
	assert jawaban.ambil() == 0 and not layanan.permintaan
	assert "Ditinjau Oleh" in frappe.db.get_global(pengaturan_sambungan_bpjs.GALAT_JAWABAN)


def test_the_trial_of_an_answer_gives_its_verdicts(k, layanan, monkeypatch):
	layanan.jawaban = [("J1", "satu.csv", b"Nomor,Kode Iuran\nBPJS-TIDAK-ADA,1234\n")]
	monkeypatch.setattr(
		jawaban.impor, "antrekan", lambda doc, jalankan, *, terapkan: jalankan(doc.name, terapkan)
	)
	jawaban.ambil()
	assert isi_impor() == [("J1", "Ditolak", k.dpmppa_lain)]


# --- settings and secrets


@pytest.mark.parametrize(
	"nilai, pesan",
	[
		({"alamat": "http://127.0.0.1/v1"}, "https://"),
		({"alamat": "https://u:p@bpjs.example/v1"}, "https://"),
		({"alamat": "https://bpjs.example/v1?a=1"}, "https://"),
		({"kunci": "pendek"}, "paling sedikit 32"),
		({"token": "a\r\nX: 1"}, "Token"),
		({"percobaan": 0}, "Percobaan"),
		({"jeda_awal": 600, "jeda_terlama": 60}, "Jeda"),
		({"peninjau": "Administrator"}, "Ditinjau Oleh"),
	],
)
def test_wrong_settings_are_refused(k, layanan, nilai, pesan):
	with pytest.raises(SambunganTidakSah, match=pesan):
		atur(k, layanan, **nilai)


def test_secrets_do_not_follow_another_address(k, layanan):
	with sebagai(k.admin):
		doc = frappe.get_doc(ATUR)
		doc.alamat = "https://lain.example/v1"
		with pytest.raises(SambunganTidakSah, match="Isi kembali"):
			doc.save()


def test_secrets_are_read_by_nobody(k, layanan):
	doc = frappe.get_doc(ATUR)
	assert TOKEN not in frappe.as_json(doc) and KUNCI not in frappe.as_json(doc)
	with pytest.raises(frappe.PermissionError):
		doc.get_password("token")
	assert get_decrypted_password(ATUR, ATUR, "token") == TOKEN
	assert TOKEN not in repr(kotak_keluar.sambungan()) and KUNCI not in repr(kotak_keluar.sambungan())


def test_what_goes_wrong_leaves_neither_secrets_nor_errors_behind(k, layanan, monkeypatch, caplog):
	sebelum = frappe.db.count("Error Log")
	monkeypatch.setattr(https, "_baca", lambda *_: 1 / 0)
	hasil = usahakan(paket(k))
	assert (hasil.status, hasil.galat) == ("Gagal Sementara", https.JAWABAN_ANEH)
	assert frappe.db.count("Error Log") == sebelum
	assert TOKEN not in caplog.text and KUNCI not in caplog.text


def test_messages_are_written_by_the_system_only(k, layanan):
	berkas = paket(k)
	doc = frappe.get_doc(KIRIMAN, kiriman(berkas).name)
	for tindakan in (doc.save, doc.delete, frappe.copy_doc(doc).insert):
		with pytest.raises(frappe.PermissionError):
			tindakan()


def test_two_who_send_at_once_write_one_message(k, layanan):
	berkas = paket(k)
	with sebagai(k.dpmppa), pytest.raises(berkas_bpjs.BerkasTerkunci):
		kirim(berkas, HTTPS)
	assert frappe.db.count(KIRIMAN, {"berkas": berkas}) == 1
