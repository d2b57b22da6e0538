"""A kegiatan changes by its own meeting and approval only, as a whole, and the version before stays readable."""

import json

import frappe
import pytest
from frappe.utils import add_days, now_datetime, nowdate

from kampung_bahagia.izin.dokumen import DiLuarWilayah, DokumenTerkunci
from kampung_bahagia.perencanaan.doctype.adendum_kegiatan.adendum_kegiatan import AdendumTidakSah
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import MelebihiPagu
from kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs import PenyesuaianTidakSah
from kampung_bahagia.perlindungan.layar import posisi_kegiatan
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


def test_a_value_that_crosses_a_slice_is_computed_anew_as_a_whole_and_only_the_difference_billed(k):
	"""Rp70 to Rp120 million: 168.000, then 244.000 + 34.000; and back again."""

	def senilai(juta: int) -> list[dict]:
		return [{**LEBIH[0], "volume": juta, "harga_satuan": 1_000_000}]

	kegiatan = pabrik.kegiatan_disetujui(k, rab=senilai(70))
	daftar = langkah(pabrik.pendaftaran(k, kegiatan), k.dpmppa, "Kirim")
	assert daftar.iuran == 168_000
	kegiatan.reload()
	naik = setujui(pabrik.adendum(k, kegiatan, rab=senilai(120)), k)
	assert (naik.iuran_lama, naik.iuran_baru, naik.selisih_iuran) == (168_000, 278_000, 110_000)
	kegiatan.reload()
	assert (kegiatan.perkiraan_iuran, kegiatan.tambahan_iuran) == (278_000, 110_000)
	turun = setujui(pabrik.adendum(k, kegiatan, rab=senilai(100)), k)
	assert (turun.iuran_lama, turun.iuran_baru, turun.selisih_iuran) == (278_000, 240_000, -38_000)
	kegiatan.reload()
	assert kegiatan.tambahan_iuran == 72_000
	daftar.reload()
	assert daftar.iuran == 168_000  # what was sent stands as it was sent
	naik.reload()
	assert (naik.iuran_lama, naik.iuran_baru) == (168_000, 278_000)  # and each version as it was approved


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


def sertifikat(kegiatan):
	return frappe.get_doc("Pendaftaran BPJS", {"kegiatan": kegiatan.name})


def catat(user, daftar, **nilai):
	with sebagai(user):
		daftar.reload()
		daftar.update(nilai)
		return daftar.save()


def kurang(user, kegiatan):
	with sebagai(user):
		return posisi_kegiatan(kegiatan.name)["kurang"]


def test_longer_work_that_the_certificate_does_not_cover_is_told_until_bpjs_lengthens_it(k, berjalan):
	sampai = add_days(berjalan.tanggal_selesai, 14)
	assert not kurang(k.ketua, berjalan)
	a = pabrik.adendum(k, berjalan, tanggal_selesai=sampai)
	assert "Mintalah DPMPPA memperpanjang" in a.catatan_perlindungan  # before anybody approves
	setujui(a, k)
	assert "Perlindungan BPJS berakhir" in kurang(k.ketua, berjalan)[0]
	daftar = sertifikat(berjalan)
	akhir = add_days(sampai, berjalan.masa_pemeliharaan)
	with pytest.raises(PenyesuaianTidakSah, match="Bukti Perpanjangan"):
		catat(k.dpmppa, daftar, perpanjangan_sampai=akhir)
	bukti = pabrik.lampiran(daftar, "perpanjangan.pdf", k.dpmppa)
	with pytest.raises(PenyesuaianTidakSah, match="tidak boleh mendahului"):
		catat(k.dpmppa, daftar, perpanjangan_sampai=nowdate(), bukti_perpanjangan=bukti)
	daftar = catat(k.dpmppa, daftar, perpanjangan_sampai=akhir, bukti_perpanjangan=bukti)
	assert str(frappe.db.get_value("Pendaftaran BPJS", daftar.name, "berlaku_sampai")) == str(akhir)
	assert not any("BPJS" in satu for satu in kurang(k.ketua, berjalan))
	jejak = {"rujukan_nama": daftar.name, "aksi": "Catat Penyesuaian"}
	assert frappe.db.get_value("Jejak Keputusan", jejak, "jabatan") == "DPMPPA"
	assert buktikan()["utuh"]


def test_longer_work_than_its_sk_is_told_until_another_sk_names_the_people(k, berjalan):
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": berjalan.name})
	sampai = add_days(berjalan.tanggal_selesai, 1)
	a = pabrik.adendum(k, berjalan, tanggal_selesai=sampai)
	assert sk.nomor in a.catatan_perlindungan and "Perbarui SK" in a.catatan_perlindungan
	setujui(a, k)
	assert any(sk.nomor in satu for satu in kurang(k.lurah, berjalan))
	langkah(sk, k.ketua, "Ganti", alasan="Waktu kegiatan ditambah.")
	pabrik.surat_keputusan(k, berjalan)
	assert not any("SK" in satu for satu in kurang(k.lurah, berjalan))


def test_only_dpmppa_lengthens_the_cover_and_only_with_its_proof(k, berjalan):
	daftar = sertifikat(berjalan)
	bukti = pabrik.lampiran(daftar, "perpanjangan.pdf", k.dpmppa)
	akhir = add_days(nowdate(), 200)
	for user in (k.bpjs, k.ketua, k.lurah):
		with pytest.raises(frappe.PermissionError):
			catat(user, daftar, perpanjangan_sampai=akhir, bukti_perpanjangan=bukti)
	with pytest.raises(DokumenTerkunci):
		catat(k.dpmppa, daftar, berlaku_sampai=akhir)


def test_the_difference_in_premium_is_settled_with_its_proof_and_not_beyond_it(k, berjalan):
	setujui(pabrik.adendum(k, berjalan, rab=LEBIH, ppn=1_000_000), k)
	daftar = sertifikat(berjalan)
	bukti = pabrik.lampiran(daftar, "tambahan.pdf", k.dpmppa)
	bayar = {"tambahan_dibayar_pada": now_datetime(), "bukti_bayar_tambahan": bukti}
	with pytest.raises(PenyesuaianTidakSah, match="buktinya"):
		catat(k.dpmppa, daftar, tambahan_dibayar=44_500)
	with pytest.raises(PenyesuaianTidakSah, match=r"Rp44\.500"):
		catat(k.dpmppa, daftar, tambahan_dibayar=44_501, **bayar)
	for jumlah, sisa in ((44_000, 500), (44_500, 0)):
		catat(k.dpmppa, daftar, tambahan_dibayar=jumlah, **bayar)
		assert frappe.db.get_value("Kegiatan", berjalan.name, "tambahan_iuran") == sisa
	assert buktikan()["utuh"]


def test_a_registration_that_bpjs_rejected_bills_an_addendum_once(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	setujui(pabrik.adendum(k, disetujui, rab=LEBIH), k)
	assert frappe.db.get_value("Kegiatan", disetujui.name, "tambahan_iuran") == 46_400
	daftar = langkah(daftar, k.bpjs, "Tolak", alasan="Uji")
	disetujui.reload()
	setujui(pabrik.adendum(k, disetujui, masa_pemeliharaan=60, ppn=1_000_000), k)
	assert frappe.db.get_value("Kegiatan", disetujui.name, "tambahan_iuran") == 46_400
	daftar = langkah(langkah(daftar, k.dpmppa, "Perbaiki"), k.dpmppa, "Kirim")
	assert daftar.iuran == 276_100
	assert frappe.db.get_value("Kegiatan", disetujui.name, "tambahan_iuran") == 0


def test_nothing_is_adjusted_before_the_certificate(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	with pytest.raises(PenyesuaianTidakSah):
		catat(k.dpmppa, daftar, tambahan_dibayar=1)


@pytest.mark.parametrize("dikembalikan", [False, True])
def test_an_addendum_whose_kegiatan_was_stopped_is_called_off(k, disetujui, dikembalikan):
	a = pabrik.adendum(k, disetujui, rab=LEBIH)
	if dikembalikan:
		a = langkah(a, k.ketua, "Ajukan")
	langkah(disetujui, k.dpmppa, "Hentikan", alasan="Uji")
	if dikembalikan:
		a = langkah(a, k.lurah, "Kembalikan", alasan="Kegiatan dihentikan.")
	assert langkah(a, k.ketua, "Batalkan").status == "Dibatalkan"


def test_an_addendum_that_was_called_off_makes_room_for_another(k, disetujui):
	a = langkah(pabrik.adendum(k, disetujui, rab=LEBIH), k.ketua, "Batalkan")
	with sebagai(k.ketua):
		lain = frappe.get_doc(pabrik.data_adendum(disetujui, a.musyawarah, masa_pemeliharaan=60)).insert()
	assert lain.versi == 2


def test_an_addendum_stands_beside_the_price_list_while_it_is_written(k, disetujui):
	frappe.get_doc(
		{
			"doctype": "Standar Harga",
			"uraian": "Kerikil Uji",
			"satuan": "m3",
			"jenis": "Bahan",
			"harga": 100_000,
			"berlaku_mulai": "2026-01-01",
			"dasar_hukum": "Uji",
		}
	).insert(ignore_permissions=True)
	baris = {"uraian": "Kerikil Uji", "jenis": "Bahan", "volume": 10, "harga_satuan": 200_000}
	a = pabrik.adendum(k, disetujui, rab=[{**baris, "satuan": "m3"}])
	assert a.catatan_harga == "Baris 1, Kerikil Uji: 100% di atas harga acuan."
	a.rab[0].satuan = "zak"
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="Samakan satuannya"):
		a.save()
