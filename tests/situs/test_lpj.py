"""The account of a kegiatan: line by line, with receipts, what is left, and the handover."""

from __future__ import annotations

import frappe
import pytest

from kampung_bahagia.izin.dokumen import AlasanKosong, DiLuarWilayah, DokumenTerkunci
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import LPJBelumDiterima
from kampung_bahagia.perencanaan.doctype.lpj_kegiatan.lpj_kegiatan import (
	BuktiKurang,
	KegiatanBelumDiserahkan,
	LPJGanda,
	SerahTerimaTidakSah,
)
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, lpj, sebagai

RAB = [
	{"uraian": "Semen", "jenis": "Bahan", "volume": 100, "satuan": "zak", "harga_satuan": 80_000},
	{"uraian": "Upah tukang", "jenis": "Upah", "volume": 10, "satuan": "HOK", "harga_satuan": 200_000},
]


@pytest.fixture
def diserahkan(k):
	"""Handed over, worth Rp10.000.000 in two lines."""
	return pabrik.kegiatan_serah_terima(k, rab=RAB)


def buat(k, kegiatan, user=None):
	with sebagai(user or k.ketua):
		return frappe.get_doc({"doctype": "LPJ Kegiatan", "kegiatan": kegiatan.name}).insert()


def simpan(k, doc, **nilai):
	with sebagai(k.ketua):
		doc.update(nilai)
		return doc.save()


def test_disusun_dari_rab_dan_serah_terima(k, diserahkan):
	doc = buat(k, diserahkan)
	assert [(r.uraian, r.jenis, r.anggaran) for r in doc.realisasi] == [
		("Semen", "Bahan", 8_000_000),
		("Upah tukang", "Upah", 2_000_000),
	]
	assert (doc.jumlah_anggaran, doc.jumlah_realisasi, doc.sisa) == (10_000_000, 0, 10_000_000)
	assert (doc.rt, doc.kelurahan, doc.status) == (k.rt, k.kelurahan, "Draf")
	assert frappe.db.get_value("Musyawarah", doc.musyawarah, "jenis") == "Serah Terima"


def test_satu_lpj_untuk_satu_kegiatan(k, diserahkan):
	pertama = buat(k, diserahkan)
	with pytest.raises(LPJGanda, match=pertama.name):
		buat(k, diserahkan)


def test_sebelum_pekerjaan_dimulai_ditolak(k, disetujui):
	with pytest.raises(KegiatanBelumDiserahkan):
		buat(k, disetujui)


def test_kegiatan_rt_lain_ditolak(k, diserahkan):
	with pytest.raises((DiLuarWilayah, frappe.PermissionError)):
		buat(k, diserahkan, k.ketua_tetangga)


def test_disusun_selagi_berjalan_diajukan_setelah_diserahkan(k, berjalan):
	doc = lpj(k, berjalan)
	assert not doc.musyawarah
	with pytest.raises(frappe.MandatoryError, match="Musyawarah Serah Terima"):
		langkah(doc, k.ketua, "Ajukan")
	pabrik.musyawarah_sah(
		k, usulan=0, jenis="Serah Terima", kegiatan=berjalan.name, keputusan="Hasil diterima."
	)
	with pytest.raises(KegiatanBelumDiserahkan):
		langkah(doc, k.ketua, "Ajukan")
	pabrik.serah_terimakan(k, berjalan)
	assert langkah(doc, k.ketua, "Ajukan").status == "Diajukan"


def test_realisasi_tanpa_bukti_ditolak_saat_diajukan(k, diserahkan):
	doc = lpj(k, diserahkan)
	doc.realisasi[1].bukti = None
	doc = simpan(k, doc)  # a draft may lack it
	with pytest.raises(BuktiKurang, match=r"Baris 2, Upah tukang: bukti Rp2.000.000"):
		langkah(doc, k.ketua, "Ajukan")


def test_baris_tanpa_realisasi_tidak_perlu_bukti(k, diserahkan):
	doc = lpj(k, diserahkan)
	doc.realisasi[1].realisasi, doc.realisasi[1].bukti = 0, None
	assert langkah(simpan(k, doc), k.ketua, "Ajukan").sisa == 2_000_000


def test_bukti_harus_lampiran_lpj_ini(k, diserahkan, disetujui):
	doc = lpj(k, diserahkan)
	doc.realisasi[0].bukti = pabrik.lampiran(disetujui, "lain.pdf", k.ketua)
	with pytest.raises(BuktiKurang, match="bukan lampiran LPJ ini"):
		langkah(simpan(k, doc), k.ketua, "Ajukan")


def test_jumlah_melebihi_nilai_ditolak_dengan_angkanya(k, diserahkan):
	doc = buat(k, diserahkan)
	doc.realisasi[0].realisasi, doc.realisasi[1].realisasi = 9_000_000, 1_500_000
	with pytest.raises(frappe.ValidationError, match=r"Rp10\.500\.000.*Rp10\.000\.000.*Rp500\.000"):
		simpan(k, doc)


def test_satu_baris_boleh_lebih_dengan_catatan(k, diserahkan):
	doc = buat(k, diserahkan)
	doc.realisasi[0].realisasi, doc.realisasi[1].realisasi = 8_500_000, 1_500_000
	doc = simpan(k, doc)
	assert doc.sisa == 0
	assert doc.catatan_realisasi == "Baris 1, Semen: realisasi Rp8.500.000 melebihi anggaran Rp8.000.000."


def test_realisasi_kurang_dari_nol_ditolak(k, diserahkan):
	doc = buat(k, diserahkan)
	doc.realisasi[0].realisasi = -1
	with pytest.raises(frappe.ValidationError):
		simpan(k, doc)


def test_sisa_harus_dikembalikan_dengan_bukti(k, diserahkan):
	doc = lpj(k, diserahkan, realisasi=1_500_000)
	assert doc.sisa == 7_000_000
	doc = simpan(k, doc, bukti_pengembalian=None)
	with pytest.raises(BuktiKurang, match=r"Sisa Rp7\.000\.000"):
		langkah(doc, k.ketua, "Ajukan")


def test_anggaran_tidak_dapat_diubah_dari_formulir(k, diserahkan):
	doc = buat(k, diserahkan)
	doc.realisasi[0].anggaran, doc.realisasi[0].uraian = 99_000_000, "Karangan"
	doc = simpan(k, doc, jumlah_anggaran=99_000_000)
	assert (doc.realisasi[0].anggaran, doc.realisasi[0].uraian) == (8_000_000, "Semen")
	assert doc.jumlah_anggaran == 10_000_000
	doc.set("realisasi", doc.realisasi[:1])
	assert len(simpan(k, doc).realisasi) == 2


def test_isian_tetap_pada_barisnya_setelah_rab_ditulis_ulang(k, diserahkan):
	"""An addendum writes the RAB anew: same words, other rows, other amounts."""
	doc = lpj(k, diserahkan)
	bukti = doc.realisasi[0].bukti
	frappe.db.delete("RAB Kegiatan", {"parent": diserahkan.name, "parenttype": "Kegiatan"})
	for idx, (uraian, jenis, jumlah) in enumerate(
		(("Upah tukang", "Upah", 3_000_000), ("Semen", "Bahan", 9_000_000), ("Pasir", "Bahan", 500_000)), 1
	):
		frappe.get_doc(
			{
				"doctype": "RAB Kegiatan",
				"parent": diserahkan.name,
				"parenttype": "Kegiatan",
				"parentfield": "rab",
				"idx": idx,
				"uraian": uraian,
				"jenis": jenis,
				"jumlah": jumlah,
				"name": f"rab-baru-{idx}",
			}
		).db_insert()
	doc = simpan(k, doc)
	assert [(r.uraian, r.anggaran, r.realisasi or 0) for r in doc.realisasi] == [
		("Upah tukang", 3_000_000, 2_000_000),
		("Semen", 9_000_000, 8_000_000),
		("Pasir", 500_000, 0),
	]
	assert doc.realisasi[1].bukti == bukti
	frappe.db.delete("RAB Kegiatan", {"name": "rab-baru-2"})
	with pytest.raises(frappe.ValidationError, match="Semen"):
		simpan(k, doc)


def test_musyawarah_lain_bukan_serah_terima(k, diserahkan):
	doc = buat(k, diserahkan)
	with pytest.raises(SerahTerimaTidakSah):
		simpan(k, doc, musyawarah=diserahkan.musyawarah)


def test_terkunci_setelah_diajukan(k, diserahkan):
	doc = langkah(lpj(k, diserahkan), k.ketua, "Ajukan")
	doc.realisasi[0].realisasi = 1
	with pytest.raises(DokumenTerkunci):
		simpan(k, doc)


def test_diperiksa_lurah_diterima_dpmppa(k, diserahkan):
	doc = langkah(lpj(k, diserahkan), k.ketua, "Ajukan")
	with pytest.raises(frappe.ValidationError):
		langkah(doc, k.ketua, "Periksa")
	doc = langkah(doc, k.lurah, "Periksa")
	assert doc.docstatus == 0
	doc = langkah(doc, k.dpmppa, "Terima")
	assert (doc.status, doc.docstatus) == ("Diterima DPMPPA", 1)


@pytest.mark.parametrize("siapa", ["lurah", "dpmppa"])
def test_dikembalikan_dengan_alasan_lalu_diperbaiki(k, diserahkan, siapa):
	doc = langkah(lpj(k, diserahkan), k.ketua, "Ajukan")
	if siapa == "dpmppa":
		doc = langkah(doc, k.lurah, "Periksa")
	with pytest.raises(AlasanKosong):
		langkah(doc, getattr(k, siapa), "Kembalikan")
	doc = langkah(doc, getattr(k, siapa), "Kembalikan", alasan="Nota semen tidak terbaca.")
	assert doc.status == "Dikembalikan"
	assert langkah(doc, k.ketua, "Ajukan").status == "Diajukan"


def test_kegiatan_selesai_hanya_dengan_lpj_yang_diterima(k, diserahkan):
	with pytest.raises(LPJBelumDiterima, match="belum memiliki LPJ"):
		langkah(diserahkan, k.lurah, "Selesaikan")
	doc = langkah(lpj(k, diserahkan), k.ketua, "Ajukan")
	with pytest.raises(LPJBelumDiterima, match=f"{doc.name} berstatus Diajukan"):
		langkah(diserahkan, k.lurah, "Selesaikan")
	langkah(langkah(doc, k.lurah, "Periksa"), k.dpmppa, "Terima")
	assert langkah(diserahkan, k.lurah, "Selesaikan").status == "Selesai"


def test_bukti_tersimpan_tertutup_dan_terkunci(k, diserahkan):
	doc = langkah(lpj(k, diserahkan), k.ketua, "Ajukan")
	berkas = frappe.get_doc("File", {"file_url": doc.realisasi[0].bukti})
	assert berkas.is_private
	for user, boleh in ((k.lurah, True), (k.pengawas, True), (k.ketua_tetangga, False), (k.bpjs, False)):
		assert bool(frappe.has_permission("File", "read", berkas, user=user)) == boleh, user
	with sebagai(k.ketua), pytest.raises(frappe.PermissionError):
		berkas.delete()


def test_terlihat_di_wilayahnya_saja(k, diserahkan):
	doc = buat(k, diserahkan)
	for user in (k.ketua, k.pendamping, k.lurah, k.dpmppa, k.pengawas, k.admin):
		with sebagai(user):
			assert doc.name in frappe.get_list("LPJ Kegiatan", pluck="name")
	for user in (k.ketua_tetangga, k.ketua_jauh, k.lurah_lain):
		with sebagai(user):
			assert doc.name not in frappe.get_list("LPJ Kegiatan", pluck="name")
			assert not frappe.has_permission("LPJ Kegiatan", "read", doc.name)
	with sebagai(k.bpjs), pytest.raises(frappe.PermissionError):
		frappe.get_list("LPJ Kegiatan")


def test_kegiatan_dihentikan_tetap_dipertanggungjawabkan(k, berjalan):
	langkah(berjalan, k.dpmppa, "Hentikan", alasan="Bencana banjir.")
	doc = lpj(k, berjalan, realisasi=1_000_000)
	doc = simpan(k, doc, berita_acara_serah_terima=None)  # nothing was handed over
	doc = langkah(doc, k.ketua, "Ajukan")
	doc = langkah(langkah(doc, k.lurah, "Periksa"), k.dpmppa, "Terima")
	assert doc.sisa == 95_500_000


def test_swadaya_dipakai_lebih_dahulu_dan_tidak_dikembalikan(k):
	kegiatan = pabrik.kegiatan_serah_terima(k, rab=RAB, swadaya=2_500_000)
	doc = lpj(k, kegiatan, realisasi=1_500_000)
	assert (doc.swadaya, doc.dana_program) == (2_500_000, 7_500_000)
	assert (doc.realisasi_program, doc.sisa) == (500_000, 7_000_000)
	doc = lpj_isi(k, doc, 0)
	assert (doc.realisasi_program, doc.sisa) == (0, 7_500_000)  # never more than the programme gave


def lpj_isi(k, doc, realisasi):
	for baris in doc.realisasi:
		baris.realisasi = realisasi
	return simpan(k, doc)


def test_tanpa_belanja_seluruh_dana_dikembalikan_dengan_bukti(k, diserahkan):
	doc = lpj(k, diserahkan, realisasi=0)
	bukti = doc.bukti_pengembalian
	doc = simpan(k, doc, bukti_pengembalian=None)
	with pytest.raises(BuktiKurang, match=r"Sisa Rp10\.000\.000"):
		langkah(doc, k.ketua, "Ajukan")
	assert langkah(simpan(k, doc, bukti_pengembalian=bukti), k.ketua, "Ajukan").status == "Diajukan"
