"""Certificates as records: who signs with which, and that nobody ever reads a key."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import frappe
import pytest
from frappe.utils import now_datetime
from frappe.utils.password import update_password
from rig import credentials
from weasyprint import HTML

from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.tata_kelola.doctype.sertifikat_elektronik import sertifikat_elektronik
from kampung_bahagia.tata_kelola.doctype.sertifikat_elektronik.sertifikat_elektronik import (
	IZIN_UJI,
	SertifikatDitolak,
	pasang_pkcs12,
)
from kampung_bahagia.tata_kelola.tanda_tangan import hasil, periksa, uji
from kampung_bahagia.tata_kelola.tanda_tangan.penyedia import (
	Keterangan,
	TandaTanganDitolak,
	penyedia_untuk,
)
from kampung_bahagia.tata_kelola.tanda_tangan.periksa import PdfTidakDapatDiperiksa, periksa_pdf
from kampung_bahagia.tests.pabrik import Kampung, sebagai
from tests.situs.orang import SANDI, Orang

JENIS = "Sertifikat Elektronik"
KETERANGAN = Keterangan("Budi", "Ketua RT 001", "Keputusan", "Kota Jambi")
PASANG = f"{sertifikat_elektronik.__name__}.pasang_pkcs12"


@pytest.fixture(scope="module")
def pdf() -> bytes:
	return HTML(string="<html lang='id'><title>Surat</title><p>Isi</p></html>").write_pdf()


@pytest.fixture(scope="module")
def buatan() -> uji.SertifikatUji:
	return uji.buat("Ketua RT 001")


def catatan(admin: str, pengguna: str | None = None, **lain):
	with sebagai(admin):
		return frappe.get_doc({"doctype": JENIS, "nama": "Uji", "pengguna": pengguna, **lain}).insert()


def pasang(admin: str, nama: str, isi: bytes, sandi: str) -> None:
	with sebagai(admin):
		pasang_pkcs12(nama, base64.b64encode(isi).decode(), sandi)


def milik(k: Kampung, buatan: uji.SertifikatUji, pengguna: str | None = None):
	doc = catatan(k.admin, pengguna or k.ketua)
	pasang(k.admin, doc.name, buatan.isi, buatan.sandi)
	doc.reload()
	return doc


def kota() -> str:
	return frappe.db.get_value(JENIS, {"pengguna": ["is", "not set"], "aktif": 1})


# --- who signs with which


def test_a_site_for_trying_signs_from_its_first_day(k, pdf):
	penyedia = penyedia_untuk(k.lurah)
	assert penyedia.percobaan
	[tanda] = periksa_pdf(penyedia.tandatangani(pdf, KETERANGAN, None))
	assert tanda.sah and tanda.percobaan
	assert tanda.penanda_tangan == "Pemerintah Kota Jambi (UJI COBA)"
	assert abs(tanda.waktu - datetime.now(WIB)) < timedelta(minutes=5)


def test_installing_again_makes_no_second_one(k):
	sertifikat_elektronik.pasang_sertifikat_uji()
	assert frappe.db.count(JENIS) == 1


def test_ones_own_certificate_goes_before_the_citys(k, pdf, buatan):
	milik(k, buatan)
	[tanda] = periksa_pdf(penyedia_untuk(k.ketua).tandatangani(pdf, KETERANGAN, None))
	assert tanda.sah and tanda.penanda_tangan == "Ketua RT 001 (UJI COBA)"
	[tanda] = periksa_pdf(penyedia_untuk(k.lurah).tandatangani(pdf, KETERANGAN, None))
	assert tanda.penanda_tangan.startswith("Pemerintah Kota")


def test_an_own_certificate_that_does_not_work_is_not_replaced_by_the_citys(k, buatan):
	doc = milik(k, buatan)
	frappe.db.delete("__Auth", {"doctype": JENIS, "name": doc.name, "fieldname": "sandi"})
	with pytest.raises(TandaTanganDitolak, match="tidak dapat dibuka"):
		penyedia_untuk(k.ketua)


def test_without_any_certificate_the_way_out_is_named(k):
	frappe.db.set_value(JENIS, kota(), "aktif", 0)
	with pytest.raises(TandaTanganDitolak, match="unggah hasil pindainya"):
		penyedia_untuk(k.ketua)


def test_a_revoked_certificate_signs_no_more_and_is_believed_no_more(k, pdf, buatan):
	doc = milik(k, buatan)
	bertanda = penyedia_untuk(k.ketua).tandatangani(pdf, KETERANGAN, None)
	with sebagai(k.admin):
		doc.dicabut_pada = now_datetime()
		doc.save()
	assert not doc.aktif
	assert "dicabut pada" in periksa_pdf(bertanda)[0].sebab
	with sebagai(k.admin), pytest.raises(SertifikatDitolak, match="tidak dapat dibatalkan"):
		doc.dicabut_pada = None
		doc.save()
	frappe.db.set_value(JENIS, doc.name, "aktif", 1)
	with pytest.raises(TandaTanganDitolak, match="sudah dicabut"):
		penyedia_untuk(k.ketua)


def test_an_expired_certificate_is_not_installed_and_no_longer_signs(k, buatan):
	kini = datetime.now(WIB)
	basi = uji.buat("Ketua", kini - timedelta(days=9), kini - timedelta(days=1))
	with pytest.raises(SertifikatDitolak, match="kedaluwarsa pada"):
		pasang(k.admin, catatan(k.admin, k.ketua).name, basi.isi, basi.sandi)
	milik(k, buatan, k.lurah)
	with pytest.MonkeyPatch.context() as m:
		m.setattr("kampung_bahagia.tata_kelola.tanda_tangan.penyedia.datetime", _TahunDepan)
		with pytest.raises(TandaTanganDitolak, match="kedaluwarsa pada 1 Januari 2045"):
			penyedia_untuk(k.lurah)


class _TahunDepan(datetime):
	@classmethod
	def now(cls, tz=None):
		return datetime(2046, 1, 1, tzinfo=tz)


def test_a_site_that_is_not_for_trying_neither_signs_with_nor_believes_a_trial(k, pdf, buatan, monkeypatch):
	bertanda = penyedia_untuk(k.ketua).tandatangani(pdf, KETERANGAN, None)
	kosong = catatan(k.admin, k.ketua)
	monkeypatch.setitem(frappe.local.conf, IZIN_UJI, 0)
	with pytest.raises(TandaTanganDitolak, match="uji coba tidak dapat dipakai"):
		penyedia_untuk(k.ketua)
	[tanda] = periksa_pdf(bertanda)
	assert tanda.percobaan and not tanda.dipercaya
	with pytest.raises(SertifikatDitolak, match="tidak menerima sertifikat uji coba"):
		pasang(k.admin, kosong.name, buatan.isi, buatan.sandi)


def test_a_remote_certificate_asks_for_an_otp_before_anything_else(k, buatan):
	doc = jauh(k, buatan)
	assert doc.subjek.startswith("Ketua RT 001 (UJI COBA), ") and doc.percobaan
	with pytest.raises(TandaTanganDitolak, match="Isi kode OTP"):
		penyedia_untuk(k.ketua)
	assert penyedia_untuk(k.ketua, otp="123456").percobaan


def test_a_remote_certificate_needs_an_https_address_and_a_readable_certificate(k):
	lain = {"penyedia": "Jarak Jauh", "kredensial": "1", "token": "x"}
	with pytest.raises(SertifikatDitolak, match="https://"):
		catatan(k.admin, k.ketua, alamat="http://a.id", **lain)
	with pytest.raises(SertifikatDitolak, match="PEM"):
		catatan(k.admin, k.ketua, alamat="https://a.id", sertifikat="halo", **lain)
	with pytest.raises(SertifikatDitolak, match="https://"):
		catatan(k.admin, k.ketua, url_tsa="http://tsa.id")


# --- what an administrator may do with the record


def test_what_was_read_from_the_certificate_is_shown(k, buatan):
	doc = milik(k, buatan)
	assert doc.aktif and doc.percobaan
	assert doc.berlaku_sampai == datetime(2045, 1, 1, 7)  # WIB
	assert len(doc.sidik_jari) == 64 and doc.sertifikat.count("BEGIN CERTIFICATE") == 2
	with sebagai(k.admin):
		doc.update({"subjek": "Orang lain", "percobaan": 0, "berlaku_sampai": "2099-01-01"}).save()
	assert doc.subjek.startswith("Ketua RT 001 (UJI COBA), ") and doc.percobaan


@pytest.mark.parametrize(
	("rusak", "pesan"),
	[
		(lambda b: (b.isi, "salah"), "Sandi sertifikat salah"),
		(lambda b: (b"bukan sertifikat", "x"), "bukan sertifikat PKCS#12"),
		(lambda b: (b.isi[:-100], b.sandi), "bukan sertifikat PKCS#12"),
	],
)
def test_a_file_that_cannot_sign_is_refused_and_leaves_nothing(k, buatan, rusak, pesan):
	doc = catatan(k.admin, k.ketua)
	with pytest.raises(SertifikatDitolak, match=pesan):
		pasang(k.admin, doc.name, *rusak(buatan))
	doc.reload()
	assert not doc.aktif and not doc.sertifikat
	assert not frappe.db.count("__Auth", {"doctype": JENIS, "name": doc.name})


def test_a_second_active_one_for_the_same_owner_is_refused(k, buatan):
	milik(k, buatan)
	with pytest.raises(SertifikatDitolak, match="masih aktif untuk pemilik yang sama"):
		milik(k, buatan)
	with pytest.raises(SertifikatDitolak, match="masih aktif untuk pemilik yang sama"):
		pasang(k.admin, catatan(k.admin).name, buatan.isi, buatan.sandi)


def test_an_installed_certificate_is_neither_replaced_nor_deleted(k, buatan):
	doc = milik(k, buatan)
	with pytest.raises(SertifikatDitolak, match="sudah terpasang"):
		pasang(k.admin, doc.name, buatan.isi, buatan.sandi)
	with pytest.raises(SertifikatDitolak, match="tidak dapat dihapus"):
		frappe.delete_doc(JENIS, doc.name)  # as Administrator
	remote = jauh(k, buatan, k.lurah)
	with sebagai(k.admin), pytest.raises(SertifikatDitolak, match="tidak dapat diganti"):
		remote.update({"sertifikat": doc.sertifikat.split("-----END")[0]}).save()


def test_without_a_certificate_it_cannot_be_switched_on(k):
	with pytest.raises(SertifikatDitolak, match="Pasang sertifikatnya"):
		catatan(k.admin, k.ketua, aktif=1)


@pytest.mark.parametrize("jabatan", ["ketua", "lurah", "dpmppa", "bpjs", "pengawas"])
def test_other_offices_neither_make_nor_install_nor_see_one(k, buatan, jabatan):
	user = getattr(k, jabatan)
	kosong = catatan(k.admin, user)
	with pytest.raises(frappe.PermissionError):
		catatan(user, user)
	with pytest.raises(frappe.PermissionError):
		pasang(user, kosong.name, buatan.isi, buatan.sandi)
	with sebagai(user), pytest.raises(frappe.PermissionError):
		frappe.get_list(JENIS, order_by="name")


# --- that nobody reads a key, whichever way


@pytest.fixture(scope="module")
def terpasang(kampung_uji, buatan) -> Iterator[str]:
	"""A certificate of the Lurah that the server sees, too."""
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	doc = milik(k, buatan, k.lurah)
	for user in (k.admin, k.lurah, "Administrator"):
		update_password(user, SANDI)
	frappe.db.commit()
	yield doc.name
	frappe.db.rollback()
	frappe.db.delete("__Auth", {"doctype": JENIS, "name": doc.name})
	frappe.db.delete(JENIS, {"name": doc.name})
	update_password("Administrator", credentials.load()["administrator"])
	frappe.db.commit()


@pytest.fixture(scope="module")
def masuk(server: str) -> Callable[[str], Orang]:
	kenal: dict[str, Orang] = {}

	def _masuk(user: str) -> Orang:
		if user not in kenal:
			kenal[user] = Orang(server, user)
			kenal[user].headers["Connection"] = "close"  # the server may end a kept one at any time
		return kenal[user]

	return _masuk


PINTU = [
	("frappe.client.get_password", {"doctype": JENIS, "fieldname": "pkcs12"}),
	("frappe.client.get_password", {"doctype": JENIS, "fieldname": "sandi"}),
	("frappe.client.get_password", {"doctype": JENIS, "fieldname": "token"}),
	("frappe.client.get", {"doctype": JENIS}),
	("frappe.client.get_value", {"doctype": JENIS, "fieldname": '["pkcs12", "sandi"]'}),
	("frappe.client.get_value", {"doctype": "__Auth", "fieldname": "password"}),
	("frappe.client.get_list", {"doctype": "__Auth", "fields": '["*"]'}),
	("frappe.desk.form.load.getdoc", {"doctype": JENIS}),
	("frappe.desk.reportview.get", {"doctype": JENIS, "fields": '["*"]'}),
	("frappe.desk.reportview.export_query", {"doctype": JENIS, "fields": '["*"]', "file_format_type": "CSV"}),
	("frappe.core.doctype.data_import.data_import.download_template", {"doctype": JENIS}),
	("frappe.utils.print_format.download_pdf", {"doctype": JENIS}),
	("frappe.www.printview.get_html_and_style", {"doc": JENIS}),
]


@pytest.mark.parametrize(("nama", "isi"), PINTU, ids=[f"{nama}-{i}" for i, (nama, _) in enumerate(PINTU)])
@pytest.mark.parametrize("siapa", ["admin", "Administrator"])
def test_no_door_gives_a_key_away(k, terpasang, masuk, buatan, siapa, nama, isi):
	jawab = masuk(getattr(k, siapa, siapa)).panggil(nama, name=terpasang, **isi)
	tanpa_rahasia(jawab.text, buatan)
	if nama == "frappe.client.get_password":
		assert jawab.status_code == 403, jawab.text


def test_rest_and_the_page_of_the_record_hold_no_secret(k, terpasang, masuk, buatan):
	for siapa in (k.admin, "Administrator"):
		orang = masuk(siapa)
		jawab = orang.ambil(f"/api/resource/{JENIS}/{terpasang}")
		assert jawab.json()["data"]["sidik_jari"]
		tanpa_rahasia(jawab.text, buatan)
		tanpa_rahasia(orang.ambil(f"/api/resource/{JENIS}", fields='["*"]').text, buatan)


def test_what_is_stored_is_encrypted(terpasang, buatan):
	simpanan = frappe.db.sql("select password from `__Auth` where name=%s", terpasang, pluck=True)
	assert len(simpanan) == 2
	for satu in simpanan:
		tanpa_rahasia(satu, buatan)
	versi = frappe.get_all("Version", {"docname": terpasang}, pluck="data", order_by="name")
	tanpa_rahasia(json.dumps(versi), buatan)


def test_installing_over_http_leaves_the_key_in_no_answer_and_no_log(k, masuk, buatan, terpasang):
	orang = masuk(k.admin)
	kosong = orang.post(
		f"{orang.server}/api/resource/{JENIS}", json={"nama": "Uji", "pengguna": k.dpmppa}
	).json()
	kosong = kosong["data"]["name"]
	isi = base64.b64encode(buatan.isi).decode()
	for sandi, isi_berkas, status in (
		("salah-sekali", isi, 417),
		(buatan.sandi, "%%%", 417),
		(buatan.sandi, isi, 200),
	):
		jawab = orang.panggil(PASANG, name=kosong, isi=isi_berkas, sandi=sandi)
		assert jawab.status_code == status, jawab.text
		assert "Traceback" not in jawab.text
		tanpa_rahasia(jawab.text, buatan)
		assert "salah-sekali" not in jawab.text
	frappe.db.rollback()
	catatan_galat = frappe.get_all("Error Log", pluck="error", order_by="creation desc", limit=20)
	tanpa_rahasia("\n".join(catatan_galat), buatan)


def test_an_error_nobody_thought_of_is_a_refusal_without_secrets(k, buatan, monkeypatch):
	"""Error reports print the values of every frame: there must be none."""
	doc = catatan(k.admin, k.ketua)

	def meledak(*_):
		raise RuntimeError(f"rahasia {buatan.sandi}")

	monkeypatch.setattr(sertifikat_elektronik, "set_encrypted_password", meledak)
	with pytest.raises(SertifikatDitolak, match="RuntimeError") as galat:
		pasang(k.admin, doc.name, buatan.isi, buatan.sandi)
	assert buatan.sandi not in str(galat.value)


def test_a_refusal_to_sign_reported_with_all_values_holds_no_secret(k, buatan):
	milik(k, buatan)
	frappe.db.sql("update `__Auth` set password='rusak' where doctype=%s and fieldname='pkcs12'", JENIS)
	try:
		penyedia_untuk(k.ketua)
	except TandaTanganDitolak:
		laporan = frappe.get_traceback(with_context=True)
	tanpa_rahasia(laporan, buatan)
	assert buatan.sandi not in laporan


def test_a_key_file_is_not_kept_as_an_attachment(k, buatan):
	for nama in ("kunci.p12", "KUNCI.PFX"):
		berkas = {"doctype": "File", "file_name": nama, "content": buatan.isi, "is_private": 1}
		with sebagai(k.admin), pytest.raises(frappe.ValidationError, match="tidak disimpan sebagai lampiran"):
			frappe.get_doc(berkas).insert()


def tanpa_rahasia(teks: str, buatan: uji.SertifikatUji) -> None:
	assert buatan.sandi not in teks
	isi = base64.b64encode(buatan.isi).decode()
	assert isi[:60] not in teks and isi[200:260] not in teks


# --- what strangers hand in


def test_a_file_that_is_no_readable_pdf_is_refused_in_plain_words(db):
	for berkas, pesan in ((b"", "bukan PDF"), (b"%PDF-1.7", "rusak"), (bytes(6_000_000), "terlalu besar")):
		with pytest.raises(PdfTidakDapatDiperiksa, match=pesan):
			periksa_pdf(berkas)


def test_a_small_file_that_unfolds_to_gigabytes_is_given_up(db):
	isi = zlib.compress(bytes(2_000_000_000), 9)
	assert len(isi) < hasil.TERBESAR
	kepala = b"%PDF-1.7\n"
	objek = b"1 0 obj <</Type/XRef/Size 1/W[1 4 2]/Index[0 99999999]/Root 1 0 R/Filter/FlateDecode/Length %d>> stream\n"
	bom = kepala + objek % len(isi) + isi + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % len(kepala)
	with pytest.raises(PdfTidakDapatDiperiksa, match=r"rusak|terlalu rumit"):
		periksa_pdf(bom)


def test_a_reader_that_never_ends_is_ended(db, monkeypatch):
	monkeypatch.setattr(periksa, "DETIK_TERLAMA", 0.2)
	with pytest.raises(PdfTidakDapatDiperiksa, match="terlalu rumit"):
		periksa_pdf(b"%PDF-1.7")


def jauh(k: Kampung, buatan: uji.SertifikatUji, pengguna: str | None = None):
	doc = milik(k, buatan, k.pengawas)
	pem = doc.sertifikat
	doc.db_set("aktif", 0)
	return catatan(
		k.admin,
		pengguna or k.ketua,
		penyedia="Jarak Jauh",
		alamat="https://tte.contoh.invalid/csc/v1",
		kredensial="kunci-1",
		token="token-uji",  # noqa: S106
		sertifikat=pem,
		aktif=1,
	)
