"""A decree that changes or revokes another: who stops, who comes, by when BPJS hears of it, what a claim forbids."""

from datetime import date

import frappe
import pytest
from frappe.client import set_value
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.aturan.tenggat import batas_lapor_perubahan
from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.klaim.pada_sk import BerhentiBerlakuSurut
from kampung_bahagia.perlindungan.layar import lapor_perubahan, rancang_sk
from kampung_bahagia.perlindungan.pada_kegiatan import kekurangan
from kampung_bahagia.perlindungan.perubahan_sk import PerubahanTidakSah
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.cetak import jadikan_html
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

SEBAB = "dua warga mengundurkan diri"


@pytest.fixture
def jalan(k):
	"""A kegiatan under way, three people, its signed decree, and somebody who could come in."""
	kegiatan = pabrik.kegiatan_berjalan(k, peserta=3)
	sk = frappe.get_doc("Surat Keputusan", {"kegiatan": kegiatan.name})
	with sebagai(k.ketua):
		(orang,) = pabrik.warga(k.rt)
		baru = frappe.get_doc({"doctype": "Peserta", "kegiatan": kegiatan.name, "warga": orang.name}).insert()
	return frappe._dict(kegiatan=kegiatan, sk=sk, baru=baru.name, lama=[b.peserta for b in sk.lampiran])


def keluar(peserta: str, **nilai) -> dict:
	return {"peserta": peserta, "berhenti_sejak": nowdate(), "sebab": "Mengundurkan diri", **nilai}


def perubahan(k, jalan, *baris: dict, **nilai):
	"""A change that takes effect; by default the first person stops and the newcomer takes the place."""
	rows = list(baris) or [keluar(jalan.lama[0], pengganti=jalan.baru)]
	return pabrik.surat_keputusan(
		k, jalan.kegiatan, jenis="Perubahan", atas_sk=jalan.sk.name, pertimbangan=SEBAB, keluar=rows, **nilai
	)


def peserta(nama: str) -> frappe._dict:
	return frappe.db.get_value("Peserta", nama, ["surat_keputusan", "status", "berhenti_sejak"], as_dict=True)


def test_who_stops_is_released_and_who_comes_is_named(k, jalan):
	sk = perubahan(k, jalan)
	assert [b.peserta for b in sk.lampiran] == [*jalan.lama[1:], jalan.baru]
	assert sk.tentang == f"Perubahan atas Keputusan Nomor {jalan.sk.nomor} tentang {jalan.sk.tentang}"
	berhenti = peserta(jalan.lama[0])
	assert (berhenti.surat_keputusan, berhenti.status) == (None, "Berakhir")
	assert berhenti.berhenti_sejak == getdate(nowdate())
	assert {peserta(n).surat_keputusan for n in [*jalan.lama[1:], jalan.baru]} == {sk.name}
	assert frappe.db.get_value("Kegiatan", jalan.kegiatan.name, "surat_keputusan") == sk.name
	assert kekurangan(jalan.kegiatan.name)[0].startswith(
		"Belum terdaftar di BPJS"
	)  # the newcomer, not who stopped


def test_the_one_before_stands_until_the_last_signature_and_then_names_its_successor(k, jalan):
	sk = perubahan(k, jalan, dipindai=False)
	assert frappe.db.get_value("Surat Keputusan", jalan.sk.name, "status") == "Ditetapkan"
	assert peserta(jalan.lama[0]).surat_keputusan == jalan.sk.name
	assert peserta(jalan.baru).surat_keputusan is None
	with sebagai(k.ketua):
		sk.pindaian = pabrik.lampiran(sk, "perubahan.pdf", k.ketua)
		sk.save()
	lama = frappe.get_doc("Surat Keputusan", jalan.sk.name)
	assert (lama.status, lama.alasan) == ("Diganti", f"Diubah dengan Keputusan Nomor {sk.nomor}.")
	assert frappe.db.get_value(resmi.RESMI, lama.dokumen_resmi, "diganti_oleh") == sk.dokumen_resmi
	aksi = frappe.get_all("Jejak Keputusan", {"rujukan_nama": lama.name}, pluck="aksi", order_by="urutan")
	assert aksi[-1] == "Ganti"


def test_a_second_change_waits_for_the_signature_of_the_first(k, jalan):
	perubahan(k, jalan, dipindai=False)
	with pytest.raises(PerubahanTidakSah, match="menunggu tanda tangan"):
		perubahan(k, jalan, keluar(jalan.lama[1]))


def test_two_drafts_of_one_change_cannot_both_take_effect(k, jalan):
	satu = perubahan(k, jalan, ditetapkan=False)
	perubahan(k, jalan, keluar(jalan.lama[1]))
	with pytest.raises(PerubahanTidakSah, match="tidak berlaku lagi"):
		langkah(satu, k.ketua, "Tetapkan")


@pytest.mark.parametrize(
	("baris", "pesan"),
	[
		(lambda j: [keluar(j.baru)], "baris 1: tidak disebut"),
		(lambda j: [keluar(j.lama[0]), keluar(j.lama[0])], "baris 2: tidak disebut"),
		(lambda j: [keluar(j.lama[0], pengganti=j.lama[1])], "pengganti sudah bertugas"),
		(lambda j: [keluar(j.lama[0], berhenti_sejak=add_days(nowdate(), 1))], "antara .* dan hari ini"),
		(lambda j: [keluar(j.lama[0], berhenti_sejak="2020-01-01")], "antara .* dan hari ini"),
		(lambda j: [keluar(j.lama[0], sebab="Sakit parah")], "pilih salah satu"),
	],
)
def test_a_wrong_row_is_named(k, jalan, baris, pesan):
	with pytest.raises(frappe.ValidationError, match=pesan):
		perubahan(k, jalan, *baris(jalan), ditetapkan=False)


def test_nobody_drops_out_unsaid_and_something_changes(k, jalan):
	with pytest.raises(PerubahanTidakSah, match="Belum jelas apakah tetap bertugas"):
		perubahan(k, jalan, keluar(jalan.lama[0]), lampiran=[{"peserta": jalan.lama[1]}], ditetapkan=False)
	sama = [{"peserta": b.peserta, "tugas": b.tugas} for b in jalan.sk.lampiran]
	with pytest.raises(PerubahanTidakSah, match="Belum ada yang berubah"):
		pabrik.surat_keputusan(
			k,
			jalan.kegiatan,
			jenis="Perubahan",
			atas_sk=jalan.sk.name,
			pertimbangan=SEBAB,
			lampiran=sama,
			ditetapkan=False,
		)


def test_only_a_signed_decree_in_force_is_changed(k, jalan, disetujui):
	for atas, pesan in ((None, "Isi Atas SK"), (pabrik.surat_keputusan(k, disetujui).name, "Isi Atas SK")):
		with pytest.raises(PerubahanTidakSah, match=pesan):
			pabrik.surat_keputusan(
				k, jalan.kegiatan, jenis="Perubahan", atas_sk=atas, pertimbangan=SEBAB, ditetapkan=False
			)
	with sebagai(k.ketua):
		set_value("Surat Keputusan", jalan.sk.name, "alasan", "Salah kegiatan.")
	langkah(jalan.sk, k.ketua, "Cabut")
	with pytest.raises(PerubahanTidakSah, match="tidak berlaku lagi"):
		perubahan(k, jalan, ditetapkan=False)


def test_nobody_is_taken_out_of_the_past_once_there_is_a_claim(k, jalan):
	frappe.db.set_value("Surat Keputusan", jalan.sk.name, "berlaku_mulai", add_days(nowdate(), -10))
	pabrik.klaim(k, jalan.kegiatan, peserta=jalan.lama[0])
	with pytest.raises(BerhentiBerlakuSurut, match="KLM"):
		perubahan(k, jalan, keluar(jalan.lama[0], berhenti_sejak=add_days(nowdate(), -1)), ditetapkan=False)
	sk = perubahan(
		k, jalan, keluar(jalan.lama[1], berhenti_sejak=add_days(nowdate(), -1)), keluar(jalan.lama[0])
	)
	assert peserta(jalan.lama[0]).berhenti_sejak == getdate(nowdate())
	assert sk.perubahan_sejak == add_days(getdate(nowdate()), -1)


def test_the_clock_runs_seven_working_days_from_the_first_change_until_dpmppa_has_told_bpjs(k, jalan):
	sk = perubahan(k, jalan)
	assert sk.batas_lapor == batas_lapor_perubahan(getdate(nowdate()), 7)
	with sebagai(k.ketua), pytest.raises(JabatanTidakBerwenang):
		lapor_perubahan(sk.name, nowdate())
	with sebagai(k.dpmppa):
		for salah in (add_days(nowdate(), 1), add_days(nowdate(), -1), "kemarin"):
			with pytest.raises(PerubahanTidakSah):
				lapor_perubahan(sk.name, salah)
		lapor_perubahan(sk.name, nowdate())
		with pytest.raises(PerubahanTidakSah, match="tidak menunggu"):
			lapor_perubahan(sk.name, nowdate())
	assert peserta(jalan.baru).status == "Terlindungi"
	assert kekurangan(jalan.kegiatan.name) == []
	jejak = frappe.get_last_doc("Jejak Keputusan", {"rujukan_nama": sk.name})
	assert (jejak.aksi, jejak.jabatan, jejak.pengguna) == ("Laporkan ke BPJS", "DPMPPA", k.dpmppa)


@pytest.mark.parametrize(("hari", "pengawas"), [(3, False), (1, True)])
def test_who_has_to_tell_bpjs_is_reminded_until_it_is_done(k, jalan, hari, pengawas):
	sk = perubahan(k, jalan)
	frappe.db.set_value("Surat Keputusan", sk.name, "batas_lapor", add_days(nowdate(), hari))
	kabar = frappe.get_doc("Notification", f"Perubahan SK Dilaporkan {hari} Hari Lagi")
	assert [d.name for d in kabar.get_documents_for_today()] == [sk.name]
	sk.reload()
	assert frappe.safe_eval(kabar.condition, None, {"doc": sk})
	penerima = kabar.get_list_of_recipients(sk, {"doc": sk})[1]
	assert k.dpmppa in penerima and k.ketua in penerima
	assert (k.pengawas in penerima) is pengawas
	sk.dilaporkan_pada = nowdate()
	assert not frappe.safe_eval(kabar.condition, None, {"doc": sk})


def test_there_is_no_clock_before_bpjs_has_a_list(k):
	kegiatan = pabrik.kegiatan_disetujui(k, peserta=2)
	lama = pabrik.surat_keputusan(k, kegiatan)
	satu = frappe._dict(kegiatan=kegiatan, sk=lama)
	sk = perubahan(k, satu, keluar(lama.lampiran[0].peserta))
	assert sk.perubahan_sejak and not sk.batas_lapor
	# who stopped is not sent to BPJS
	assert pabrik.pendaftaran(k, kegiatan).jumlah_peserta == 1


def test_who_joined_after_the_list_was_sent_is_reported_by_their_first_decree(k):
	kegiatan = pabrik.kegiatan_disetujui(k, peserta=1)
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, kegiatan))
	assert not pabrik.surat_keputusan(k, kegiatan, ditetapkan=False).batas_lapor  # BPJS knows everyone
	with sebagai(k.ketua):
		(warga,) = pabrik.warga(k.rt)
		baru = frappe.get_doc({"doctype": "Peserta", "kegiatan": kegiatan.name, "warga": warga.name}).insert()
	sk = pabrik.surat_keputusan(k, kegiatan, berlaku_mulai=nowdate())
	assert sk.batas_lapor == batas_lapor_perubahan(getdate(nowdate()), 7)
	assert peserta(baru.name).status == "Diusulkan"
	with sebagai(k.dpmppa):
		lapor_perubahan(sk.name, nowdate())
	assert peserta(baru.name).status == "Terlindungi"
	assert langkah(kegiatan, k.ketua, "Mulai").status == "Berjalan"


def test_somebody_who_stopped_can_come_back(k, jalan):
	satu = perubahan(k, jalan)
	dua = pabrik.surat_keputusan(
		k,
		jalan.kegiatan,
		jenis="Perubahan",
		atas_sk=satu.name,
		pertimbangan="warga itu kembali",
		lampiran=[{"peserta": b.peserta, "tugas": b.tugas} for b in satu.lampiran]
		+ [{"peserta": jalan.lama[0]}],
	)
	kembali = peserta(jalan.lama[0])
	assert dua.tentang == f"Perubahan atas Keputusan Nomor {satu.nomor} tentang {jalan.sk.tentang}"
	assert (kembali.surat_keputusan, kembali.berhenti_sejak, kembali.status) == (dua.name, None, "Diusulkan")


def test_a_revocation_ends_the_decree_and_everybody_s_duty(k, jalan):
	sk = pabrik.surat_keputusan(
		k, jalan.kegiatan, jenis="Pencabutan", atas_sk=jalan.sk.name, pertimbangan="kegiatan dialihkan"
	)
	assert not sk.lampiran
	lama = frappe.get_doc("Surat Keputusan", jalan.sk.name)
	d = frappe.get_doc(resmi.RESMI, lama.dokumen_resmi)
	assert (lama.status, d.status, d.diganti_oleh) == ("Dicabut", "Dicabut", sk.dokumen_resmi)
	assert not any(peserta(n).surat_keputusan for n in jalan.lama)
	assert any("SK Ketua RT belum ditetapkan" in kurang for kurang in kekurangan(jalan.kegiatan.name))


def test_a_revocation_ends_the_letters_of_duty_too(k, jalan):
	bertanda_tangan, tanpa_pindaian = (pabrik.surat_tugas(k, jalan.kegiatan) for _ in range(2))
	with sebagai(k.ketua):
		bertanda_tangan.pindaian = pabrik.lampiran(bertanda_tangan, "tugas.pdf", k.ketua)
		bertanda_tangan.save()
	perubahan(k, jalan)  # the letters that rest on the decree before stay in force
	surat = {"name": ["in", [bertanda_tangan.name, tanpa_pindaian.name]]}
	assert frappe.get_all("Surat Tugas", surat, pluck="status", order_by="name") == ["Ditetapkan"] * 2
	sk = pabrik.surat_keputusan(
		k,
		jalan.kegiatan,
		jenis="Pencabutan",
		atas_sk=frappe.db.get_value("Kegiatan", jalan.kegiatan.name, "surat_keputusan"),
		pertimbangan="kegiatan dialihkan",
	)
	for tugas in frappe.get_all("Surat Tugas", surat, ["status", "dicabut_pada", "alasan"], order_by="name"):
		assert (tugas.status, bool(tugas.dicabut_pada)) == ("Dicabut", True)
		assert sk.nomor in tugas.alasan
	assert frappe.db.get_value(resmi.RESMI, bertanda_tangan.dokumen_resmi, "status") == "Dicabut"


def test_the_form_drafts_what_the_decree_before_says(k, jalan):
	with sebagai(k.ketua):
		isi = rancang_sk(jalan.sk.name, "Perubahan")
		assert (isi["jenis"], isi["atas_sk"]) == ("Perubahan", jalan.sk.name)
		assert {b["peserta"] for b in isi["lampiran"]} == {*jalan.lama, jalan.baru}
		assert rancang_sk(jalan.sk.name, "Pencabutan")["lampiran"] == []
	with sebagai(k.ketua_tetangga), pytest.raises(frappe.PermissionError):
		rancang_sk(jalan.sk.name, "Perubahan")


def test_the_letter_says_what_it_changes_who_stops_and_by_when(k, jalan):
	sk = perubahan(k, jalan)
	html = jadikan_html(sk)
	nama = {b.peserta: b.nama for b in jalan.sk.lampiran}
	assert "LAMPIRAN II" in html and nama[jalan.lama[0]] in html
	assert f"Nomor {jalan.sk.nomor}" in html and "dinyatakan diganti" in html
	assert SEBAB in html and "BPJS Ketenagakerjaan paling lambat" in html
	assert "Diktum KESATU" in html


@pytest.mark.parametrize(
	("sejak", "batas"),
	[
		(date(2026, 11, 23), date(2026, 12, 2)),
		(date(2026, 12, 18), date(2026, 12, 31)),  # Christmas and its joint leave between
	],
)
def test_the_limit_skips_weekends_holidays_and_joint_leave(sejak, batas):
	assert batas_lapor_perubahan(sejak) == batas
