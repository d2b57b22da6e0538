"""The chain and its guards, by the doors that a document can be changed through."""

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError, WorkflowTransitionError, apply_workflow
from frappe.utils import add_days, now_datetime, nowdate

from kampung_bahagia.izin.dokumen import (
	CONTOH,
	PENGURAI,
	AlasanKosong,
	DiLuarWilayah,
	DokumenTerkunci,
	IsianTidakSah,
	JabatanTidakBerwenang,
	PemeriksaAdalahPembuat,
)
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import UsulanTidakSah
from kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah import KuorumBelumTercapai
from kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs import TagihanBerbeda
from kampung_bahagia.perlindungan.pada_kegiatan import BelumTerlindungi
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def ubah(doc, user: str, **nilai):
	"""What a REST PUT does: the values on the stored document, then a plain save."""
	with sebagai(user):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.update(nilai)
		return doc.save()


def status(doc) -> str:
	return frappe.db.get_value(doc.doctype, doc.name, "status")


# --- musyawarah


def test_a_meeting_without_quorum_cannot_be_submitted(k):
	m = pabrik.musyawarah(k, hadir=2, diundang=4)
	with pytest.raises(KuorumBelumTercapai, match="hadir 2 dari 4 KK, minimal 3 KK"):
		langkah(m, k.ketua, "Ajukan")


def test_two_of_one_family_count_as_one_household(k):
	m = pabrik.musyawarah(k, hadir=3, diundang=4)
	orang = [h.warga for h in m.hadirin]
	kk = frappe.db.get_value("Data Pribadi", orang[0], "no_kk")
	frappe.db.set_value("Data Pribadi", orang[1], "no_kk", kk)
	m = ubah(m, k.ketua, tempat="Balai")
	assert (m.kk_hadir, m.kuorum_tercapai) == (2, 0)


def test_quorum_cannot_be_claimed_in_the_request_that_submits(k):
	m = pabrik.musyawarah(k, hadir=2, diundang=4)
	with pytest.raises(KuorumBelumTercapai):
		ubah(m, k.ketua, kuorum_tercapai=1, kk_hadir=4, status="Diajukan")


def test_a_resident_of_another_rt_is_not_an_attendee(k):
	m = pabrik.musyawarah(k)
	with sebagai(k.ketua_tetangga):
		(orang,) = pabrik.warga(k.rt_tetangga)
	with pytest.raises(frappe.ValidationError, match="Bukan warga RT ini"):
		ubah(m, k.ketua, hadirin=[*m.hadirin, {"warga": orang.name}])


def test_a_meeting_of_tomorrow_cannot_be_submitted(k):
	m = ubah(pabrik.musyawarah(k), k.ketua, tanggal=add_days(now_datetime(), 1))
	with pytest.raises(frappe.ValidationError, match="belum berlangsung"):
		langkah(m, k.ketua, "Ajukan")


# --- maker and checker, office and area


def test_nobody_approves_what_they_made(k, disusun):
	"""A lurah who also leads an RT of the kelurahan files a kegiatan and tries to verify it."""
	pabrik.penugasan(k.lurah, "Pendamping", rt=k.rt)
	frappe.db.set_value("Kegiatan", disusun.name, "owner", k.lurah)
	langkah(disusun, k.ketua, "Ajukan")
	for cara in (
		lambda: ubah(disusun, k.lurah, status="Diverifikasi Lurah"),
		lambda: langkah(disusun, k.lurah, "Verifikasi"),
	):
		with pytest.raises((PemeriksaAdalahPembuat, frappe.ValidationError)):
			cara()
		assert status(disusun) == "Diajukan"


def test_whoever_submitted_counts_as_maker_too(k, disusun):
	langkah(disusun, k.ketua, "Ajukan")
	frappe.db.set_value("Kegiatan", disusun.name, "diajukan_oleh", k.lurah)
	with pytest.raises(PemeriksaAdalahPembuat, match="pejabat lain"):
		ubah(disusun, k.lurah, status="Diverifikasi Lurah")


def test_the_office_must_be_held_over_this_area(k, disusun):
	keg = langkah(disusun, k.ketua, "Ajukan")
	pabrik.penugasan(k.lurah_lain, "Pengawas")  # sees the whole city, verifies in one kelurahan
	with pytest.raises(frappe.PermissionError):
		ubah(keg, k.lurah_lain, status="Diverifikasi Lurah")
	assert status(keg) == "Diajukan"


def test_administrator_holds_no_office(k, disusun):
	keg = langkah(disusun, k.ketua, "Ajukan")
	with pytest.raises(JabatanTidakBerwenang, match="Lurah"):
		apply_workflow(frappe.get_doc("Kegiatan", keg.name), "Verifikasi")


def test_an_office_that_ended_yesterday_gives_nothing(k, disusun):
	keg = langkah(disusun, k.ketua, "Ajukan")
	p = frappe.get_doc("Penugasan", {"pengguna": k.lurah, "jabatan": "Lurah"})
	p.sampai = add_days(nowdate(), -1)
	p.save()
	assert "Lurah" not in frappe.get_roles(k.lurah)
	with sebagai(k.lurah):
		assert not frappe.get_doc("Kegiatan", keg.name).has_permission("read")


def test_returning_and_refusing_need_a_reason(k, disusun):
	keg = langkah(disusun, k.ketua, "Ajukan")
	for aksi in ("Kembalikan", "Tolak"):
		with pytest.raises(AlasanKosong, match="alasan"):
			langkah(keg, k.lurah, aksi)
	keg = langkah(keg, k.lurah, "Kembalikan", alasan="RAB belum memuat upah.")
	assert (keg.status, keg.alasan) == ("Dikembalikan", "RAB belum memuat upah.")
	assert not langkah(keg, k.ketua, "Ajukan").alasan


# --- states and locks


@pytest.mark.parametrize("tujuan", ["Diverifikasi Lurah", "Disetujui DPMPPA", "Terlindungi", "Berjalan"])
def test_a_plain_save_cannot_jump_states(k, tujuan, disusun):
	with pytest.raises((WorkflowPermissionError, DokumenTerkunci, JabatanTidakBerwenang)):
		ubah(disusun, k.ketua, status=tujuan)
	assert status(disusun) == "Draf"


def test_submitting_past_the_workflow_is_refused(k, disusun):
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci):
		frappe.get_doc("Kegiatan", disusun.name).submit()
	with pytest.raises((WorkflowPermissionError, DokumenTerkunci)):
		ubah(disusun, k.ketua, status="Disetujui DPMPPA", docstatus=1)
	assert frappe.db.get_value("Kegiatan", disusun.name, ["status", "docstatus"]) == ("Draf", 0)


def test_a_document_cannot_be_born_in_a_later_state(k):
	m = pabrik.musyawarah_sah(k)
	with sebagai(k.ketua), pytest.raises((WorkflowPermissionError, DokumenTerkunci)):
		frappe.get_doc(pabrik.data_kegiatan(m, status="Terlindungi")).insert()


def test_content_is_locked_while_others_decide(k, disusun):
	keg = langkah(disusun, k.ketua, "Ajukan")
	for user in (k.ketua, k.lurah, k.dpmppa, "Administrator"):
		with pytest.raises(DokumenTerkunci, match="Lokasi"):
			ubah(keg, user, lokasi="Tempat lain")


def test_content_cannot_change_in_the_same_save_as_a_decision(k, disusun):
	keg = langkah(disusun, k.ketua, "Ajukan")
	with pytest.raises(DokumenTerkunci):
		ubah(keg, k.lurah, status="Diverifikasi Lurah", lokasi="Tempat lain")


@pytest.mark.parametrize(
	"nilai", [{"diserahkan_bpjs": 1}, {"status_pendaftaran": "Bersertifikat"}, {"dimulai_pada": "2026-01-01"}]
)
def test_fields_of_the_system_are_not_for_requests(k, nilai, disusun):
	with pytest.raises(DokumenTerkunci, match="diisi oleh sistem"):
		ubah(disusun, k.ketua, **nilai)
	m = pabrik.musyawarah_sah(k)
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci, match="diisi oleh sistem"):
		frappe.get_doc(pabrik.data_kegiatan(m, **nilai)).insert()


def test_official_files_are_neither_cancelled_nor_deleted(k, disusun):
	m = pabrik.musyawarah_sah(k)
	with pytest.raises(DokumenTerkunci):
		frappe.get_doc("Musyawarah", m.name).cancel()
	keg = langkah(disusun, k.ketua, "Ajukan")
	with pytest.raises(DokumenTerkunci):
		frappe.delete_doc("Kegiatan", keg.name)


# --- kegiatan


def test_no_kegiatan_before_the_meeting_is_legitimate(k):
	m = langkah(pabrik.musyawarah(k), k.ketua, "Ajukan")
	with sebagai(k.ketua), pytest.raises(UsulanTidakSah, match="belum disahkan"):
		frappe.get_doc(pabrik.data_kegiatan(m)).insert()


def test_an_undecided_usulan_is_no_kegiatan(k):
	m = pabrik.musyawarah_sah(k, usulan=2)
	frappe.db.set_value("Usulan", m.usulan[1].name, "keputusan", "Ditunda")
	with sebagai(k.ketua), pytest.raises(UsulanTidakSah, match="Diputuskan"):
		frappe.get_doc(pabrik.data_kegiatan(m, usulan=1)).insert()


def test_a_usulan_becomes_one_kegiatan_only(k):
	m = pabrik.musyawarah_sah(k)
	with sebagai(k.ketua):
		pertama = frappe.get_doc(pabrik.data_kegiatan(m)).insert()
		with pytest.raises(UsulanTidakSah, match=pertama.name):
			frappe.get_doc(pabrik.data_kegiatan(m)).insert()


@pytest.mark.parametrize("skip_permissions", [False, True])
def test_a_kegiatan_for_another_rt_is_refused_also_where_a_door_skips_permissions(k, skip_permissions):
	m = pabrik.musyawarah_sah(k)
	with sebagai(k.ketua_tetangga), pytest.raises((frappe.PermissionError, DiLuarWilayah)):
		frappe.get_doc(pabrik.data_kegiatan(m)).insert(ignore_permissions=skip_permissions)


def test_value_and_base_come_from_the_rab(k):
	keg = pabrik.kegiatan(
		k,
		ppn=1_000_000,
		rab=[
			{"uraian": "Semen", "jenis": "Bahan", "volume": 100, "satuan": "zak", "harga_satuan": 65_000},
			{"uraian": "Upah", "jenis": "Upah", "volume": 2.5, "satuan": "hari", "harga_satuan": 150_001},
			{
				"uraian": "Konsumsi",
				"jenis": "Lainnya",
				"volume": 1,
				"satuan": "paket",
				"harga_satuan": 500_000,
				"dasar_iuran": 0,
			},
		],
	)
	# 6.500.000 + 375.002,5 rounded half up + 500.000; base without konsumsi, less PPN
	assert (keg.nilai_kegiatan, keg.dasar_iuran) == (7_375_003, 5_875_003)


@pytest.mark.parametrize(
	("kolom", "nilai"), [("tanggal_mulai", "besok"), ("masa_pemeliharaan", "tiga puluh"), ("ppn", "NaN")]
)
def test_a_value_of_the_wrong_kind_names_its_field(k, kolom, nilai):
	label = frappe.get_meta("Kegiatan").get_label(kolom)
	with pytest.raises(IsianTidakSah, match=label.replace("(", r"\(").replace(")", r"\)")):
		pabrik.kegiatan(k, **{kolom: nilai})


def test_the_example_in_a_refusal_would_have_been_accepted():
	for jenis, contoh in CONTOH.items():
		assert PENGURAI[jenis](contoh) is not None


def test_what_is_missing_is_named_in_the_users_words(k):
	with pytest.raises(frappe.MandatoryError, match="Lokasi"):
		pabrik.kegiatan(k, lokasi="")


# --- protection


def test_the_premium_and_its_working_stand_on_the_registration(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	assert (daftar.jkk, daftar.jkm, daftar.iuran) == (202_650, 28_950, 231_600)
	assert daftar.terbilang == "dua ratus tiga puluh satu ribu enam ratus rupiah"
	assert [(r.dasar, r.jkk_persen, r.jkm_persen) for r in daftar.rincian] == [(96_500_000, 0.21, 0.03)]


def test_a_bill_that_differs_needs_a_reason(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	isian = {"nomor_proyek": "1", "kode_iuran": "2", "tagihan": 231_601}
	with pytest.raises(TagihanBerbeda, match="Rp1 "):
		ubah(daftar, k.bpjs, **isian)
	assert ubah(daftar, k.bpjs, **isian, alasan_selisih="Pembulatan e-Jakon").tagihan == 231_601


def test_bpjs_writes_its_own_fields_only(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	with pytest.raises(DokumenTerkunci):
		ubah(daftar, k.bpjs, iuran=1)
	with pytest.raises(DokumenTerkunci):
		ubah(daftar, k.dpmppa, kode_iuran="9")


def test_the_kegiatan_and_its_people_follow_the_registration(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	langkah(daftar, k.dpmppa, "Kirim")
	assert status(disetujui) == "Didaftarkan BPJS"
	pabrik_status = frappe.get_all("Peserta", {"kegiatan": disetujui.name}, pluck="status", order_by="name")
	assert pabrik_status == ["Terdaftar", "Terdaftar"]


def test_a_full_chain_ends_protected(k, disetujui):
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui))
	assert status(disetujui) == "Terlindungi"
	assert set(frappe.get_all("Peserta", {"kegiatan": disetujui.name}, pluck="status", order_by="name")) == {
		"Terlindungi"
	}


def test_non_construction_is_not_registered_as_construction(k):
	keg = pabrik.kegiatan_disetujui(k, konstruksi=0, perlindungan_lain="Kepesertaan Kota")
	assert keg.perkiraan_iuran == 0
	with pytest.raises(frappe.ValidationError, match="bukan konstruksi"):
		pabrik.pendaftaran(k, keg)


def test_work_does_not_start_without_cover_and_signed_sk(k, disetujui):
	with pytest.raises(WorkflowTransitionError):
		langkah(disetujui, k.ketua, "Mulai")
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui))
	with pytest.raises(BelumTerlindungi, match="SK Ketua RT belum ditetapkan"):
		langkah(disetujui, k.ketua, "Mulai")
	sk = pabrik.surat_keputusan(k, disetujui, dipindai=False)
	with pytest.raises(BelumTerlindungi, match="bertanda tangan belum diunggah"):
		ubah(disetujui, k.ketua, status="Berjalan")
	ubah(sk, k.ketua, pindaian=pabrik.lampiran(sk, "sk.pdf", k.ketua))
	assert langkah(disetujui, k.ketua, "Mulai").dimulai_pada


def test_someone_added_after_the_sk_stops_the_start_until_named(k, disetujui):
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui))
	pabrik.surat_keputusan(k, disetujui)
	with sebagai(k.ketua):
		(baru,) = pabrik.warga(k.rt)
		frappe.get_doc({"doctype": "Peserta", "kegiatan": disetujui.name, "warga": baru.name}).insert()
	with pytest.raises(BelumTerlindungi, match=baru.nama):
		langkah(disetujui, k.ketua, "Mulai")


def test_cover_that_begins_tomorrow_is_no_cover_today(k, disetujui):
	pabrik.bersertifikat(k, pabrik.pendaftaran(k, disetujui), berlaku_mulai=add_days(nowdate(), 1))
	pabrik.surat_keputusan(k, disetujui)
	with pytest.raises(BelumTerlindungi, match="di luar masa perlindungan"):
		langkah(disetujui, k.ketua, "Mulai")


def test_a_stopped_kegiatan_knows_its_last_day(k, berjalan):
	ubah(berjalan, k.dpmppa, alasan="Banjir.")
	assert langkah(berjalan, k.dpmppa, "Hentikan").diselesaikan_pada


def test_who_joins_after_the_list_was_sent_is_not_called_protected(k, disetujui):
	daftar = langkah(pabrik.pendaftaran(k, disetujui), k.dpmppa, "Kirim")
	with sebagai(k.ketua):
		(baru,) = pabrik.warga(k.rt)
		p = frappe.get_doc({"doctype": "Peserta", "kegiatan": disetujui.name, "warga": baru.name}).insert()
	daftar = langkah(daftar, k.bpjs, "Tagih", nomor_proyek="1", kode_iuran="2", tagihan=231_600)
	bayar = {"dibayar_pada": now_datetime(), "bukti_bayar": "/private/files/b.pdf"}
	daftar = langkah(daftar, k.dpmppa, "Catat Lunas", **bayar)
	with pytest.raises(DokumenTerkunci, match="setelah ditagih"):
		ubah(daftar, k.bpjs, tagihan=1, alasan_selisih="Salah ketik.")
	sertifikat = {
		"nomor_sertifikat": "S",
		"berlaku_mulai": nowdate(),
		"berlaku_sampai": add_days(nowdate(), 9),
	}
	langkah(daftar, k.bpjs, "Terbitkan Sertifikat", **sertifikat)
	assert status(p) == "Diusulkan"
	pabrik.surat_keputusan(k, disetujui)
	with pytest.raises(BelumTerlindungi, match=f"Belum terdaftar di BPJS: {baru.nama}"):
		langkah(disetujui, k.ketua, "Mulai")


def test_no_premium_is_asked_for_a_stopped_kegiatan(k, disetujui):
	daftar = pabrik.pendaftaran(k, disetujui)
	ubah(disetujui, k.dpmppa, alasan="Batal.")
	langkah(disetujui, k.dpmppa, "Hentikan")
	with pytest.raises(frappe.ValidationError, match="tidak dilanjutkan"):
		langkah(daftar, k.dpmppa, "Kirim")


def test_a_resident_who_moves_does_not_strand_the_meeting(k):
	m = langkah(pabrik.musyawarah(k), k.ketua, "Ajukan")
	frappe.db.set_value("Warga", m.hadirin[0].warga, "rt", k.rt_tetangga)
	assert langkah(m, k.pendamping, "Teruskan ke Lurah").status == "Ditinjau Pendamping"


def test_nobody_appoints_themselves(k):
	with sebagai(k.dpmppa), pytest.raises(frappe.PermissionError, match="pejabat lain"):
		frappe.get_doc(
			{"doctype": "Penugasan", "pengguna": k.dpmppa, "jabatan": "Pengawas", "mulai": nowdate()}
		).insert()


def test_an_amount_beyond_the_column_is_refused_in_words(k):
	rab = [{"uraian": "Emas", "jenis": "Bahan", "volume": 50, "satuan": "kg", "harga_satuan": 90_000_000_000}]
	with pytest.raises(frappe.ValidationError, match="terlalu besar"):
		pabrik.kegiatan(k, rab=rab)


@pytest.mark.parametrize("isi", [["a"], {"a": 1}])
def test_a_text_that_is_none_is_refused_by_name(k, disusun, isi):
	langkah(disusun, k.ketua, "Ajukan")
	with pytest.raises((IsianTidakSah, AlasanKosong, DokumenTerkunci)):
		ubah(disusun, k.lurah, alasan=isi, status="Dikembalikan")


def test_a_number_for_a_reason_is_read_as_text(k, disusun):
	langkah(disusun, k.ketua, "Ajukan")
	assert ubah(disusun, k.lurah, alasan=5, status="Dikembalikan").alasan == "5"
