"""What a claim asks for, who looks at it, who inherits and into which account it is paid."""

from datetime import date

import frappe
import pytest

from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.dokumen import BenturanKepentingan, DokumenTerkunci, JabatanTidakBerwenang
from kampung_bahagia.klaim import dokumen
from kampung_bahagia.klaim.ahli_waris import PenerimaTidakBerhak
from kampung_bahagia.klaim.doctype.klaim.klaim import DokumenBelumLengkap
from kampung_bahagia.klaim.pada_warga import SudahMeninggal
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

ISTRI = {"nama": "Siti Aminah", "hubungan": "Istri", "tanggal_lahir": "1985-03-01"}
ANAK = {"nama": "Budi Kecil", "hubungan": "Anak", "tanggal_lahir": f"{date.today().year - 8}-01-01"}
IBU = {"nama": "Ibu Kandung", "hubungan": "Orang Tua", "tanggal_lahir": "1955-01-01"}


def diminta(klaim) -> set[str]:
	return {d.jenis_dokumen for d in klaim.dokumen if d.wajib}


def isi(klaim, user, **nilai):
	with sebagai(user):
		klaim = frappe.get_doc("Klaim", klaim.name)
		return klaim.update(nilai).save()


def baris(klaim, jenis):
	return next(d for d in klaim.dokumen if d.jenis_dokumen == jenis)


def unggah(klaim, user, *jenis):
	with sebagai(user):
		klaim = frappe.get_doc("Klaim", klaim.name)
		for satu in jenis:
			baris(klaim, satu).berkas = pabrik.lampiran(klaim, f"{frappe.generate_hash(length=6)}.pdf", user)
		return klaim.save()


def periksa(user, klaim, jenis, hasil, alasan=None):
	with sebagai(user):
		dokumen.periksa(klaim.name, baris(klaim, jenis).name, hasil, alasan)
	return frappe.get_doc("Klaim", klaim.name)


def test_circumstances_ask_for_their_papers_and_only_then(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	assert not {
		"Laporan Polisi",
		"Surat Tugas di Luar Lokasi",
		"Kuitansi Perawatan dan Transportasi",
	} & diminta(klaim)
	klaim = isi(klaim, k.ketua, lalu_lintas=1, di_luar_lokasi=1, biaya_perawatan=250_000)
	assert {"Laporan Polisi", "Surat Tugas di Luar Lokasi", "Kuitansi Perawatan dan Transportasi"} <= diminta(
		klaim
	)
	assert baris(klaim, "Laporan Polisi").pembawa == "Kepolisian"
	klaim = unggah(klaim, k.ketua, "Laporan Polisi")
	klaim = isi(klaim, k.ketua, lalu_lintas=0, di_luar_lokasi=0)
	assert "Laporan Polisi" not in diminta(klaim) and baris(klaim, "Laporan Polisi").berkas
	assert "Surat Tugas di Luar Lokasi" not in {d.jenis_dokumen for d in klaim.dokumen}


def test_every_paper_of_a_kind_stays_and_one_empty_row_is_enough(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, jenis="JKM")
	with sebagai(k.ketua):
		for nama in ("istri.pdf", "anak.pdf"):
			satu = {"jenis_dokumen": "KTP Ahli Waris", "berkas": pabrik.lampiran(klaim, nama, k.ketua)}
			klaim.append("dokumen", satu)
		klaim.append("dokumen", {"jenis_dokumen": "Kartu Keluarga"})
		klaim.save()
	jenis = [d.jenis_dokumen for d in frappe.get_doc("Klaim", klaim.name).dokumen]
	assert (jenis.count("KTP Ahli Waris"), jenis.count("Kartu Keluarga")) == (2, 1)


def test_what_the_programme_has_is_not_asked_again(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	bukti = baris(klaim, "Bukti Pendaftaran Proyek dan Pembayaran Iuran")
	assert "nomor proyek" in bukti.sumber and dokumen.tersedia(bukti)
	assert "Bukti Pendaftaran Proyek dan Pembayaran Iuran" not in dokumen.kurang(klaim)
	with pytest.raises(frappe.ValidationError):  # there is nothing to look at
		periksa(k.lurah, klaim, "Bukti Pendaftaran Proyek dan Pembayaran Iuran", "Diterima")


def test_a_refused_paper_lacks_until_another_one_is_brought(k, berjalan):
	klaim = unggah(pabrik.klaim(k, berjalan), k.ketua, "KTP Peserta")
	lengkap = klaim.kelengkapan
	klaim = periksa(k.lurah, klaim, "KTP Peserta", "Ditolak", "Foto buram, NIK tidak terbaca.")
	assert klaim.kelengkapan < lengkap
	assert "KTP Peserta (ditolak: Foto buram, NIK tidak terbaca.)" in dokumen.kurang(klaim)
	entri = frappe.get_last_doc("Jejak Keputusan", {"rujukan_nama": klaim.name}, order_by="urutan desc")
	assert (entri.aksi, entri.jabatan) == ("Tolak KTP Peserta", "Lurah")
	klaim = unggah(klaim, k.ketua, "KTP Peserta")
	assert (baris(klaim, "KTP Peserta").pemeriksaan, klaim.kelengkapan) == (None, lengkap)
	klaim = periksa(k.lurah, klaim, "KTP Peserta", "Diterima")
	assert (
		isi(klaim, k.ketua, faskes="RSUD").dokumen and baris(klaim, "KTP Peserta").pemeriksaan == "Diterima"
	)


def test_a_complete_claim_with_a_refused_paper_does_not_reach_bpjs(k, berjalan):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	for user in (k.lurah, k.dpmppa):
		klaim = langkah(klaim, user, "Verifikasi")
	klaim = periksa(k.dpmppa, klaim, "KTP Peserta", "Ditolak", "Bukan KTP.")
	with pytest.raises(DokumenBelumLengkap, match="Bukan KTP"):
		langkah(klaim, k.dpmppa, "Ajukan ke BPJS")


def test_papers_are_judged_by_the_office_whose_turn_it_is_and_by_nobody_through_the_form(k, berjalan):
	klaim = unggah(pabrik.klaim(k, berjalan), k.ketua, "KTP Peserta")
	for user in (k.ketua, k.dpmppa, k.bpjs, k.lurah_lain):
		with pytest.raises((JabatanTidakBerwenang, frappe.PermissionError)):
			periksa(user, klaim, "KTP Peserta", "Diterima")
	with pytest.raises(frappe.ValidationError, match="alasannya"):
		periksa(k.lurah, klaim, "KTP Peserta", "Ditolak")
	with sebagai(k.ketua):
		klaim = frappe.get_doc("Klaim", klaim.name)
		baris(klaim, "KTP Peserta").pemeriksaan = "Diterima"
		klaim.save()
	assert not baris(klaim, "KTP Peserta").pemeriksaan


def test_nobody_judges_the_papers_of_their_own_family(k, berjalan, monkeypatch):
	klaim = unggah(pabrik.klaim(k, berjalan), k.ketua, "KTP Peserta")
	monkeypatch.setattr(dokumen, "bersangkutan", lambda user, doc: user == k.lurah)
	with pytest.raises(BenturanKepentingan):
		periksa(k.lurah, klaim, "KTP Peserta", "Diterima")


def test_the_nearest_relatives_inherit_and_the_others_are_told_why_not(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, jenis="JKK Meninggal", ahli_waris=[IBU, ISTRI, ANAK])
	assert [(b.nama, b.berhak) for b in klaim.ahli_waris] == [
		("Ibu Kandung", 0),
		("Siti Aminah", 1),
		("Budi Kecil", 1),
	]
	assert "tidak berhak karena masih ada" in klaim.ahli_waris[0].keterangan
	assert klaim.ahli_waris[2].perlu_wali and "Nama Wali" in klaim.ahli_waris[2].keterangan
	assert "sepakat tertulis" in klaim.hasil_waris
	assert {
		"Surat Kuasa Ahli Waris",
		"Surat Keterangan Wali",
		"Buku Nikah",
		"Akta Kelahiran Ahli Waris",
	} <= diminta(klaim)
	klaim = isi(klaim, k.ketua, ahli_waris=[IBU])
	assert klaim.ahli_waris[0].berhak and "Buku Nikah" not in diminta(klaim)


def test_the_account_is_in_the_name_of_somebody_who_inherits(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, jenis="JKM", ahli_waris=[ISTRI, IBU])
	rekening = {"bank": "BRI", "nomor_rekening": "0123 4567 8901 234", "atas_nama": "SITI AMINAH"}
	with pytest.raises(PenerimaTidakBerhak, match="Siti Aminah"):
		isi(klaim, k.ketua, penerima_rencana="Ibu Kandung", **rekening)
	klaim = isi(klaim, k.ketua, penerima_rencana="Siti Aminah", **rekening)
	assert klaim.telaah_rekening.startswith("Nama pemilik rekening sama")
	klaim = isi(klaim, k.ketua, atas_nama="Orang Lain")
	assert "berbeda" in klaim.telaah_rekening


def test_an_account_number_that_cannot_be_is_refused_and_a_real_one_kept_encrypted(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	with pytest.raises(frappe.ValidationError, match=r"(?i)rekening"):
		isi(klaim, k.ketua, bank="BRI", atas_nama=klaim.nama, nomor_rekening="12AB")
	klaim = isi(klaim, k.ketua, bank="BRI", atas_nama=klaim.nama, nomor_rekening="012345678901234")
	tersimpan = frappe.db.get_value("Klaim", klaim.name, ["nomor_rekening", "rekening_samar"], as_dict=True)
	assert "0123456789" not in str(tersimpan) and tersimpan.rekening_samar.endswith("234")
	klaim = isi(klaim, k.ketua, faskes="RSUD")  # another save leaves it alone
	assert klaim.get_password("nomor_rekening") == "012345678901234"
	with sebagai(k.dpmppa):
		buka = data_pribadi.buka("Klaim", klaim.name, ["nomor_rekening"], "Mengisi formulir BPJS")
	assert buka == {"nomor_rekening": "012345678901234"}
	with sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
		data_pribadi.buka("Klaim", klaim.name, ["nomor_rekening"], "Mengisi formulir BPJS")


def test_the_lurah_reads_the_heirs_and_changes_none(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, jenis="JKM", ahli_waris=[ISTRI])
	klaim = isi(klaim, k.lurah, ahli_waris=[IBU])  # the framework leaves such fields as they were
	assert [b.nama for b in frappe.get_doc("Klaim", klaim.name).ahli_waris] == ["Siti Aminah"]


def test_whose_death_was_reported_is_locked_and_takes_part_in_nothing_new(k, berjalan, disusun):
	klaim = pabrik.klaim(k, berjalan, jenis="JKM")
	with sebagai(k.ketua):
		warga = frappe.get_doc("Warga", klaim.warga)
		warga.alamat = "Lorong lain"
		with pytest.raises(DokumenTerkunci, match=klaim.name):
			warga.save()
		with pytest.raises(SudahMeninggal):
			frappe.get_doc({"doctype": "Peserta", "kegiatan": disusun.name, "warga": klaim.warga}).insert()
	with sebagai(k.dpmppa):  # a wrong number would fail the claim
		warga = frappe.get_doc("Warga", klaim.warga)
		warga.alamat = "Lorong lain"
		warga.save()
	langkah(klaim, k.ketua, "Tarik Laporan", alasan="Masih hidup; salah lapor.")
	with sebagai(k.ketua):
		frappe.get_doc("Warga", klaim.warga).update({"alamat": "Lorong semula"}).save()


def test_the_estimate_shows_its_working_and_follows_what_becomes_known(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, jenis="JKM")
	assert klaim.perkiraan_manfaat == sum(b.jumlah for b in klaim.rincian_manfaat) == 42_000_000
	assert klaim.ketentuan_manfaat and all(b.perhitungan and b.dasar_hukum for b in klaim.rincian_manfaat)
	langkah(klaim, k.ketua, "Tarik Laporan", alasan="Uji")
	duka = pabrik.klaim(k, berjalan, jenis="JKK Meninggal", ahli_waris=[ISTRI])
	assert duka.perkiraan_manfaat > 42_000_000 and "NPWP Penerima" in diminta(duka)
	dua_anak = isi(duka, k.ketua, ahli_waris=[ISTRI, ANAK, {**ANAK, "nama": "Adik Kecil"}])
	assert dua_anak.perkiraan_manfaat > duka.perkiraan_manfaat
	baris = [b.name for b in dua_anak.rincian_manfaat]
	lagi = isi(dua_anak, k.ketua, faskes="RSUD")
	assert [b.name for b in lagi.rincian_manfaat] == baris  # nothing new, nothing written again


def test_a_report_is_not_held_up_where_no_rule_of_benefits_is_on_record(k, berjalan):
	frappe.db.delete("Ketentuan Manfaat")
	klaim = pabrik.klaim(k, berjalan, jenis="JKK Meninggal", ahli_waris=[ISTRI])
	assert klaim.perkiraan_manfaat == 0 and "Belum ada Ketentuan Manfaat" in klaim.catatan_manfaat
