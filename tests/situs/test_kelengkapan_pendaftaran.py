"""The completeness of a registration follows the files that it is made of."""

import frappe
import pytest

from kampung_bahagia.perlindungan.layar import kelengkapan_pendaftaran
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.test_anggaran_kueri import queries

ALAMAT = "Jalan Melati 7"


def kurang(user: str, daftar) -> dict[str, dict]:
	with sebagai(user):
		return {b["judul"]: b for b in kelengkapan_pendaftaran(daftar.name)["butir"] if b["kurang"]}


def isi_alamat(kegiatan) -> None:
	warga = frappe.get_all("Peserta", {"kegiatan": kegiatan.name}, pluck="warga", order_by="name")
	frappe.db.set_value("Data Pribadi", {"name": ["in", warga]}, "alamat", ALAMAT)


def test_from_the_first_day_to_the_certificate_nothing_is_left(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	assert set(kurang(k.dpmppa, daftar)) == {
		"Data setiap peserta",
		"SK Ketua RT bertanda tangan",
		"Pendaftaran dikirim",
		"Nomor proyek, kode iuran, dan tagihan",
		"Bukti bayar iuran",
		"Sertifikat dan masa perlindungan",
	}
	isi_alamat(disetujui)
	pabrik.surat_keputusan(k, disetujui)
	pabrik.bersertifikat(k, daftar)
	assert not kurang(k.dpmppa, daftar)
	with sebagai(k.lurah):
		assert kelengkapan_pendaftaran(daftar.name)["persen"] == 100


def test_a_decree_without_its_signature_is_none(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	pabrik.surat_keputusan(k, disetujui, dipindai=False)
	assert "belum ada" in kurang(k.dpmppa, daftar)["SK Ketua RT bertanda tangan"]["kurang"]


def test_who_joined_after_the_list_was_sent_is_counted(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	with sebagai(k.ketua):
		(baru,) = pabrik.warga(k.rt)
		frappe.get_doc({"doctype": "Peserta", "kegiatan": disetujui.name, "warga": baru.name}).insert()
	assert kurang(k.bpjs, daftar)["Pendaftaran dikirim"]["kurang"].startswith("1 orang bergabung")


def test_each_lack_leads_to_where_it_ends_for_who_may_go_there(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	jalan = kurang(k.ketua, daftar)
	assert jalan["Data setiap peserta"]["tautan"] == f"/app/peserta?kegiatan={disetujui.name}"
	assert jalan["Bukti bayar iuran"]["kolom"] == "cara_bayar" and not jalan["Bukti bayar iuran"]["tautan"]
	assert ALAMAT not in str(jalan)


def test_a_foreign_registration_says_nothing(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	for user in (k.ketua_jauh, k.lurah_lain, k.bpjs):  # BPJS: not sent yet
		with sebagai(user), pytest.raises(frappe.PermissionError):
			kelengkapan_pendaftaran(daftar.name)


def test_it_asks_as_much_for_thirty_people_as_for_two(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)

	def diminta() -> int:
		with queries(k.dpmppa) as asked:
			kelengkapan_pendaftaran(daftar.name)
		return len(asked)

	diminta()
	dua = diminta()
	with sebagai(k.ketua):
		for w in pabrik.warga(k.rt, 8):
			frappe.get_doc({"doctype": "Peserta", "kegiatan": disetujui.name, "warga": w.name}).insert()
	assert diminta() == dua
