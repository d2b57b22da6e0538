"""A premium is paid in full or per termin; cover begins with the first payment and holds while it is paid up."""

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime, nowdate

from kampung_bahagia.izin.dokumen import AlasanKosong, DokumenTerkunci
from kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs import PembatalanTidakSah
from kampung_bahagia.perlindungan.layar import posisi_kegiatan
from kampung_bahagia.perlindungan.pada_kegiatan import BelumTerlindungi
from kampung_bahagia.perlindungan.termin import TerminTidakSah
from kampung_bahagia.tata_kelola.jejak import buktikan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

IURAN = 231_600
SERTIFIKAT = {"nomor_sertifikat": "S-1"}


def ditagih(k, kegiatan):
	daftar = langkah(pabrik.pendaftaran(k, kegiatan), k.dpmppa, "Kirim")
	return langkah(daftar, k.bpjs, "Tagih", nomor_proyek="1", kode_iuran="2", tagihan=IURAN)


def rencana(daftar, k, *, kedua: int = 30, jumlah: tuple[int, int] = (131_600, 100_000)) -> dict:
	"""Two parts, the first of them paid just now, the second due so many days from today."""
	bukti = pabrik.lampiran(daftar, "angsuran-1.pdf", k.dpmppa)
	return {
		"cara_bayar": "Per Termin",
		"termin": [
			{"jatuh_tempo": nowdate(), "jumlah": jumlah[0], "dibayar_pada": now_datetime(), "bukti": bukti},
			{"jatuh_tempo": add_days(nowdate(), kedua), "jumlah": jumlah[1]},
		],
	}


def diangsur(k, kegiatan, **nilai):
	daftar = ditagih(k, kegiatan)
	return langkah(daftar, k.dpmppa, "Catat Angsuran Pertama", **rencana(daftar, k, **nilai))


def bersertifikat(k, kegiatan, **nilai):
	masa = {"berlaku_mulai": nowdate(), "berlaku_sampai": add_days(nowdate(), 60)}
	return langkah(diangsur(k, kegiatan, **nilai), k.bpjs, "Terbitkan Sertifikat", **SERTIFIKAT, **masa)


def bayar_kedua(k, daftar, **nilai):
	bukti = pabrik.lampiran(daftar, "angsuran-2.pdf", k.dpmppa)
	with sebagai(k.dpmppa):
		daftar = frappe.get_doc("Pendaftaran BPJS", daftar.name)
		daftar.termin[1].update({"dibayar_pada": now_datetime(), "bukti": bukti, **nilai})
		return daftar.save()


def telat(daftar, hari: int = 1) -> None:
	"""The second part fell due so many days ago."""
	tempo = add_days(nowdate(), -hari)
	frappe.db.set_value("Termin Iuran", daftar.termin[0].name, "jatuh_tempo", add_days(tempo, -30))
	frappe.db.set_value("Termin Iuran", daftar.termin[1].name, "jatuh_tempo", tempo)
	frappe.db.set_value("Pendaftaran BPJS", daftar.name, "jatuh_tempo", tempo)


def test_the_certificate_follows_the_first_part_and_the_rest_is_paid_under_cover(k, disetujui):
	daftar = bersertifikat(k, disetujui)
	assert (daftar.status, daftar.terbayar, daftar.sisa_tagihan) == ("Bersertifikat", 131_600, 100_000)
	assert str(daftar.jatuh_tempo) == add_days(nowdate(), 30)
	assert (
		daftar.dibayar_pada == daftar.termin[0].dibayar_pada and daftar.bukti_bayar == daftar.termin[0].bukti
	)
	assert frappe.db.get_value("Kegiatan", disetujui.name, "status") == "Terlindungi"
	daftar = bayar_kedua(k, daftar)
	assert (daftar.terbayar, daftar.sisa_tagihan, daftar.jatuh_tempo) == (IURAN, 0, None)
	daftar.reload()
	assert (daftar.terbayar, daftar.sisa_tagihan, daftar.jatuh_tempo) == (IURAN, 0, None)
	jejak = {"rujukan_nama": daftar.name, "aksi": "Catat Termin"}
	assert frappe.db.get_value("Jejak Keputusan", jejak, ["jabatan", "pengguna"]) == ("DPMPPA", k.dpmppa)
	assert buktikan()["utuh"]


def test_a_payment_in_full_leaves_nothing_open(k, disetujui):
	daftar = pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui))
	assert (daftar.terbayar, daftar.sisa_tagihan, daftar.jatuh_tempo) == (IURAN, 0, None)


def test_what_was_paid_stays_paid_when_bpjs_sends_the_file_back(k, disetujui):
	daftar = ditagih(k, disetujui)
	bukti = pabrik.lampiran(daftar, "bukti.pdf", k.dpmppa)
	daftar = langkah(daftar, k.dpmppa, "Catat Lunas", dibayar_pada=now_datetime(), bukti_bayar=bukti)
	daftar = langkah(daftar, k.bpjs, "Tolak", alasan="Uji")
	assert (daftar.status, daftar.terbayar, daftar.sisa_tagihan) == ("Ditolak BPJS", IURAN, 0)


def test_what_is_not_paid_whole_is_not_called_paid(k, disetujui):
	daftar = ditagih(k, disetujui)
	isi = rencana(daftar, k)
	with pytest.raises(TerminTidakSah, match=r"Rp131\.600 dari tagihan Rp231\.600"):
		langkah(daftar, k.dpmppa, "Catat Lunas", **isi)
	isi["termin"][1] |= {"dibayar_pada": now_datetime(), "bukti": isi["termin"][0]["bukti"]}
	assert langkah(daftar, k.dpmppa, "Catat Lunas", **isi).sisa_tagihan == 0


def test_parts_that_do_not_make_the_bill_are_refused(k, disetujui):
	daftar = ditagih(k, disetujui)
	with pytest.raises(frappe.ValidationError, match="Jumlah semua termin"):
		langkah(daftar, k.dpmppa, "Catat Angsuran Pertama", **rencana(daftar, k, jumlah=(131_600, 99_999)))


@pytest.mark.parametrize("kolom", ["dibayar_pada", "bukti"])
def test_a_payment_needs_its_hour_and_its_proof(k, disetujui, kolom):
	daftar = ditagih(k, disetujui)
	isi = rencana(daftar, k)
	isi["termin"][0].pop(kolom)
	with pytest.raises(TerminTidakSah, match="Termin baris 1"):
		langkah(daftar, k.dpmppa, "Catat Angsuran Pertama", **isi)


def test_a_first_part_is_not_recorded_without_a_plan(k, disetujui):
	with pytest.raises(TerminTidakSah, match="Per Termin"):
		langkah(ditagih(k, disetujui), k.dpmppa, "Catat Angsuran Pertama")


def test_after_the_certificate_the_plan_and_what_was_paid_stay(k, disetujui):
	daftar = bersertifikat(k, disetujui)
	for ubahan in (
		lambda d: d.termin[0].update({"dibayar_pada": add_days(now_datetime(), -1)}),
		lambda d: d.termin[1].update({"jumlah": 1}),
		lambda d: d.remove(d.termin[1]),
		lambda d: d.append("termin", {"jatuh_tempo": add_days(nowdate(), 90), "jumlah": 1}),
		lambda d: d.update({"cara_bayar": "Lunas Sekaligus"}),
	):
		with sebagai(k.dpmppa):
			doc = frappe.get_doc("Pendaftaran BPJS", daftar.name)
			ubahan(doc)
			with pytest.raises((TerminTidakSah, frappe.UpdateAfterSubmitError)):
				doc.save()
	with pytest.raises(DokumenTerkunci), sebagai(k.bpjs):
		doc = frappe.get_doc("Pendaftaran BPJS", daftar.name)
		doc.termin[1].dibayar_pada = now_datetime()
		doc.save()


def test_an_overdue_part_stops_the_start_and_is_told_to_everyone(k, disetujui):
	daftar = bersertifikat(k, disetujui)
	pabrik.surat_keputusan(k, disetujui)
	telat(daftar, 3)
	with pytest.raises(BelumTerlindungi, match="belum dibayar"):
		langkah(disetujui, k.ketua, "Mulai")
	with sebagai(k.ketua):
		tenggat = posisi_kegiatan(disetujui.name)["tenggat"]
	assert any("sudah lewat 3 hari" in t["teks"] and t["warna"] == "red" for t in tenggat)
	bayar_kedua(k, daftar)
	assert langkah(disetujui, k.ketua, "Mulai").status == "Berjalan"


def test_an_accident_while_a_part_is_overdue_needs_a_second_look(k, disetujui):
	daftar = bersertifikat(k, disetujui)
	pabrik.surat_keputusan(k, disetujui)
	langkah(disetujui, k.ketua, "Mulai")
	klaim = pabrik.klaim(k, disetujui)
	assert klaim.status_pertanggungan == "Terlindungi"
	telat(daftar)
	with sebagai(k.ketua):
		klaim.reload()
		klaim.save()
	assert klaim.status_pertanggungan == "Perlu Telaah"
	assert "Termin iuran yang jatuh tempo" in klaim.alasan_pertanggungan


@pytest.mark.parametrize(
	("nama", "hari", "pengawas"),
	[
		("Termin Iuran Jatuh Tempo 7 Hari Lagi", 7, False),
		("Termin Iuran Jatuh Tempo 1 Hari Lagi", 1, False),
		("Termin Iuran Menunggak", -1, True),
	],
)
def test_a_part_that_falls_due_is_told_until_it_is_paid(k, disetujui, nama, hari, pengawas):
	daftar = bersertifikat(k, disetujui, kedua=max(hari, 1))
	if hari < 0:
		telat(daftar, -hari)
	kabar = frappe.get_doc("Notification", nama)
	assert [d.name for d in kabar.get_documents_for_today()] == [daftar.name]
	daftar.reload()
	penerima = kabar.get_list_of_recipients(daftar, {"doc": daftar})[1]
	assert k.dpmppa in penerima and (k.pengawas in penerima) is pengawas
	bayar_kedua(k, daftar)
	assert not kabar.get_documents_for_today()


# --- called off


@pytest.mark.parametrize("sampai", ["Disiapkan", "Ditagih"])
def test_the_registration_of_a_stopped_kegiatan_is_called_off_with_a_reason(k, disetujui, sampai):
	daftar = ditagih(k, disetujui) if sampai == "Ditagih" else pabrik.pendaftaran(k, disetujui)
	with pytest.raises(PembatalanTidakSah, match="setelah kegiatannya dihentikan"):
		langkah(daftar, k.dpmppa, "Batalkan Pendaftaran", alasan="Uji")
	disetujui.reload()
	langkah(disetujui, k.dpmppa, "Hentikan", alasan="Banjir.")
	daftar.reload()
	daftar.alasan = None
	with pytest.raises(AlasanKosong):
		langkah(daftar, k.dpmppa, "Batalkan Pendaftaran", alasan=None)
	daftar = langkah(daftar, k.dpmppa, "Batalkan Pendaftaran", alasan="Kegiatan dihentikan karena banjir.")
	assert (daftar.status, daftar.alasan) == ("Dibatalkan", "Kegiatan dihentikan karena banjir.")
	assert frappe.db.get_value("Kegiatan", disetujui.name, "status_pendaftaran") == "Dibatalkan"
	assert buktikan()["utuh"]


def test_what_was_paid_is_not_called_off(k, disetujui):
	daftar = langkah(diangsur(k, disetujui), k.bpjs, "Tolak", alasan="Uji")
	disetujui.reload()
	langkah(disetujui, k.dpmppa, "Hentikan", alasan="Banjir.")
	with pytest.raises(PembatalanTidakSah, match="sudah dibayar"):
		langkah(daftar, k.dpmppa, "Batalkan Pendaftaran", alasan="Kegiatan dihentikan.")
	assert getdate(daftar.dibayar_pada) == getdate(nowdate())
