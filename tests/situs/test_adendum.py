"""A kegiatan changes by its own meeting and approval only, as a whole, and the version before stays readable."""

import json

import frappe
import pytest
from frappe.utils import add_days, nowdate

from kampung_bahagia.izin.dokumen import DiLuarWilayah, DokumenTerkunci
from kampung_bahagia.perencanaan.doctype.adendum_kegiatan.adendum_kegiatan import AdendumTidakSah
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import MelebihiPagu
from kampung_bahagia.tata_kelola.jejak import buktikan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

LEBIH = [{"uraian": "Semen", "jenis": "Bahan", "volume": 1_200, "satuan": "zak", "harga_satuan": 100_000}]


def setujui(doc, k):
	for user, aksi in ((k.ketua, "Ajukan"), (k.lurah, "Verifikasi"), (k.dpmppa, "Setujui")):
		doc = langkah(doc, user, aksi)
	return doc


def test_an_approved_addendum_becomes_the_next_version_and_keeps_the_one_before(k, berjalan):
	sampai = add_days(berjalan.tanggal_selesai, 14)
	a = pabrik.adendum(k, berjalan, rab=LEBIH, ppn=1_000_000, tanggal_selesai=sampai, jumlah_peserta=5)
	berjalan.reload()
	assert (berjalan.versi, berjalan.nilai_kegiatan) == (1, 96_500_000)  # nothing before the approval
	a = setujui(a, k)
	berjalan.reload()
	assert (berjalan.versi, berjalan.nilai_kegiatan, berjalan.dasar_iuran) == (2, 120_000_000, 119_000_000)
	assert berjalan.status == "Berjalan" and str(berjalan.tanggal_selesai) == str(sampai)
	assert berjalan.perkiraan_iuran == 276_100  # by slices of the whole
	assert (a.nilai_lama, a.nilai_baru, a.selisih_nilai) == (96_500_000, 120_000_000, 23_500_000)
	assert (a.iuran_lama, a.iuran_baru, a.selisih_iuran) == (231_600, 276_100, 44_500)
	assert (a.jumlah_peserta_lama, a.jumlah_peserta) == (2, 5)
	assert json.loads(a.rab_lama)[0]["volume"] == 965
	assert berjalan.tambahan_iuran == 44_500  # the registration was sent: it waits to be billed
	jejak = frappe.get_all(
		"Jejak Keputusan",
		{"rujukan_nama": berjalan.name},
		["aksi", "jabatan"],
		order_by="urutan desc",
		limit=1,
	)
	assert jejak == [{"aksi": "Terapkan Adendum", "jabatan": "DPMPPA"}]
	assert buktikan()["utuh"]


def test_before_the_registration_nothing_waits_to_be_billed(k, disetujui):
	setujui(pabrik.adendum(k, disetujui, rab=LEBIH), k)
	disetujui.reload()
	assert disetujui.versi == 2 and not disetujui.tambahan_iuran
	assert pabrik.pendaftaran(k, disetujui).iuran == disetujui.perkiraan_iuran == 278_000


def test_an_approved_addendum_never_changes_again(k, disetujui):
	a = setujui(pabrik.adendum(k, disetujui, rab=LEBIH), k)
	with sebagai(k.ketua), pytest.raises((DokumenTerkunci, frappe.UpdateAfterSubmitError)):
		a.reload()
		a.alasan_perubahan = "Lain"
		a.save()


@pytest.mark.parametrize("jenis", ["Prioritas", "Perubahan"])
def test_only_a_meeting_on_changes_of_this_kegiatan_will_do(k, disetujui, berjalan, jenis):
	m = pabrik.musyawarah_perubahan(k, berjalan) if jenis == "Perubahan" else pabrik.musyawarah_sah(k)
	with sebagai(k.ketua), pytest.raises(AdendumTidakSah, match="bukan musyawarah Perubahan"):
		frappe.get_doc(pabrik.data_adendum(disetujui, m.name, rab=LEBIH)).insert()


def test_a_meeting_that_is_not_legitimate_yet_will_not_do(k, disetujui):
	m = pabrik.musyawarah(k, jenis="Perubahan", kegiatan=disetujui.name)
	with sebagai(k.ketua), pytest.raises(AdendumTidakSah, match="belum disahkan"):
		frappe.get_doc(pabrik.data_adendum(disetujui, m.name, rab=LEBIH)).insert()


def test_a_meeting_carries_one_addendum(k, disetujui):
	a = setujui(pabrik.adendum(k, disetujui, rab=LEBIH), k)
	disetujui.reload()
	with sebagai(k.ketua), pytest.raises(AdendumTidakSah, match=a.name):
		frappe.get_doc(pabrik.data_adendum(disetujui, a.musyawarah, masa_pemeliharaan=60)).insert()


def test_a_second_open_addendum_is_refused(k, disetujui):
	a = pabrik.adendum(k, disetujui, rab=LEBIH)
	with pytest.raises(AdendumTidakSah, match=a.name):
		pabrik.adendum(k, disetujui, masa_pemeliharaan=60)


def test_an_addendum_that_was_rejected_makes_room_for_another(k, disetujui):
	a = langkah(pabrik.adendum(k, disetujui, rab=LEBIH), k.ketua, "Ajukan")
	langkah(a, k.lurah, "Tolak", alasan="Uji")
	assert pabrik.adendum(k, disetujui, masa_pemeliharaan=60).versi == 2


def test_an_addendum_of_an_older_version_is_refused(k, disetujui):
	a = pabrik.adendum(k, disetujui, rab=LEBIH)
	frappe.db.set_value("Kegiatan", disetujui.name, "versi", 2)
	with pytest.raises(AdendumTidakSah, match="versi 2"):
		langkah(a, k.ketua, "Ajukan")


def test_the_ceiling_holds_for_the_new_value_and_nothing_is_half_done(k, disetujui):
	frappe.db.set_value("Kegiatan", {"rt": k.rt, "name": ["!=", disetujui.name]}, "tahun_anggaran", 2001)
	a = pabrik.adendum(k, disetujui, rab=LEBIH)
	pabrik.pagu((1, 0, 100_000_000))
	with pytest.raises(MelebihiPagu, match=r"Rp100\.000\.000"):
		langkah(a, k.ketua, "Ajukan")
	pabrik.pagu()
	for user, aksi in ((k.ketua, "Ajukan"), (k.lurah, "Verifikasi")):
		a = langkah(a, user, aksi)
	pabrik.pagu((1, 0, 100_000_000))
	frappe.db.savepoint("putusan")
	with pytest.raises(MelebihiPagu):
		langkah(a, k.dpmppa, "Setujui")
	frappe.db.rollback(save_point="putusan")
	disetujui.reload()
	assert (disetujui.versi, disetujui.nilai_kegiatan) == (1, 96_500_000)


def test_an_addendum_changes_something(k, disetujui):
	with pytest.raises(AdendumTidakSah, match="Belum ada yang berubah"):
		pabrik.adendum(k, disetujui)


def test_work_that_has_started_keeps_its_start(k, berjalan):
	with pytest.raises(frappe.ValidationError, match="sudah dimulai"):
		pabrik.adendum(k, berjalan, tanggal_mulai=add_days(nowdate(), 3))


def test_a_draft_and_a_finished_kegiatan_have_no_addendum(k, disetujui):
	m = pabrik.musyawarah_perubahan(k, disetujui)
	frappe.db.set_value("Kegiatan", disetujui.name, "status", "Selesai")
	with sebagai(k.ketua), pytest.raises(AdendumTidakSah, match="Selesai"):
		frappe.get_doc(pabrik.data_adendum(disetujui, m.name, rab=LEBIH)).insert()


def test_a_neighbour_makes_none(k, disetujui):
	m = pabrik.musyawarah_perubahan(k, disetujui)
	with sebagai(k.ketua_tetangga), pytest.raises(DiLuarWilayah):
		frappe.get_doc(pabrik.data_adendum(disetujui, m.name, rab=LEBIH)).insert(ignore_permissions=True)
