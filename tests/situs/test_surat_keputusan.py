"""Numbers, names and the signed scan of a decree."""

import hashlib
import re

import frappe
import pytest
from frappe.client import set_value

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def urut(sk) -> int:
	return int(sk.nomor.split("/")[0])


def test_a_draft_has_no_number_and_a_signed_one_has(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, ditetapkan=False)
	assert not sk.nomor
	sk = langkah(sk, k.ketua, "Tetapkan")
	nomor = frappe.db.get_value("RT", k.rt, "nomor")
	assert re.fullmatch(rf"\d{{3}}/KPTS/RT\.{nomor:03}/[A-Z ]+/[IVX]+/\d{{4}}", sk.nomor)
	assert sk.penanda_tangan == k.ketua


def test_numbers_of_one_rt_run_without_a_gap_after_a_failed_signature(k):
	keg = pabrik.kegiatan_disetujui(k)
	sk = pabrik.surat_keputusan(k, keg, ditetapkan=False)
	frappe.db.savepoint("sebelum_gagal")
	gagal = urut(langkah(sk, k.ketua, "Tetapkan"))
	frappe.db.rollback(save_point="sebelum_gagal")
	assert urut(langkah(sk, k.ketua, "Tetapkan")) == gagal
	kedua = pabrik.kegiatan_disetujui(k)
	assert urut(pabrik.surat_keputusan(k, kedua)) == gagal + 1


def test_everyone_of_the_kegiatan_is_named_and_knows_it(k):
	keg = pabrik.kegiatan_disetujui(k, peserta=3)
	sk = pabrik.surat_keputusan(k, keg)
	assert len(sk.lampiran) == 3
	assert set(
		frappe.get_all("Peserta", {"kegiatan": keg.name}, pluck="surat_keputusan", order_by="name")
	) == {sk.name}


def test_a_signed_decree_is_never_edited(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with sebagai(k.ketua):
		sk.lampiran[0].nama = "Orang Lain"
		with pytest.raises((DokumenTerkunci, frappe.UpdateAfterSubmitError)):
			sk.save()


def test_the_scan_is_bound_by_its_hash_and_uploaded_once(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui)
	isi = frappe.get_doc("File", {"file_url": sk.pindaian}).isi_byte()
	assert sk.sidik_pindaian == hashlib.sha256(isi).hexdigest()
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci, match="tidak dapat diganti"):
		sk.pindaian = pabrik.lampiran(sk, "lain.pdf", k.ketua)
		sk.save()


def test_a_file_of_elsewhere_is_no_scan(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="Unggah pindaian"):
		sk.pindaian = "/private/files/bukan-milik-sk.pdf"
		sk.save()


def test_revoking_needs_a_reason_and_unnames_everyone(k, disetujui):
	sk = pabrik.surat_keputusan(k, disetujui)
	with sebagai(k.ketua):
		set_value("Surat Keputusan", sk.name, "alasan", "Susunan peserta berubah.")
	sk = langkah(sk, k.ketua, "Cabut")
	assert sk.dicabut_pada
	assert not any(
		frappe.get_all("Peserta", {"kegiatan": disetujui.name}, pluck="surat_keputusan", order_by="name")
	)


def test_an_sk_waits_for_the_approval_of_its_kegiatan(k, disusun):
	with pytest.raises(frappe.ValidationError, match="setelah kegiatan disetujui"):
		pabrik.surat_keputusan(k, disusun, ditetapkan=False)


def test_a_draft_cannot_carry_a_signed_scan(k, disetujui):
	isian = {"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "pindaian": "/private/files/x.pdf"}
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci, match="setelah SK ditetapkan"):
		frappe.get_doc(isian).insert()


def test_a_replaced_decree_leaves_the_names_of_the_new_one(k, disetujui):
	lama = pabrik.surat_keputusan(k, disetujui)
	nama = [{"peserta": b.peserta} for b in lama.lampiran]
	with sebagai(k.ketua):
		baru = frappe.get_doc(
			{"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "lampiran": nama}
		).insert()
		baru = langkah(baru, k.ketua, "Tetapkan")
		set_value("Surat Keputusan", lama.name, "alasan", "Diganti yang baru.")
	langkah(lama, k.ketua, "Ganti")
	assert set(
		frappe.get_all("Peserta", {"kegiatan": disetujui.name}, pluck="surat_keputusan", order_by="name")
	) == {baru.name}
