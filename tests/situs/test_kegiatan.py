"""The plan of a kegiatan: its ceiling, prices, window, Pokja, photos, progress, and works that are one."""

import threading

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, nowdate

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import KegiatanBelumLengkap, MelebihiPagu
from kampung_bahagia.perencanaan.layar import pagu_rt
from kampung_bahagia.perlindungan.pada_kegiatan import BelumTerlindungi
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

JUTA = 1_000_000


def rab(juta: float, **nilai) -> list[dict]:
	return [
		{"uraian": "Semen", "jenis": "Bahan", "volume": juta * 10, "satuan": "zak", "harga_satuan": 100_000}
		| nilai
	]


@pytest.fixture
def rencana(k):
	"""Makes drafts of one RT whose year is still empty: values in million rupiah."""
	with sebagai("Administrator"):
		pabrik.pagu((1, 59, 50 * JUTA), (60, 100, 70 * JUTA), (101, 0, 100 * JUTA))
	frappe.db.set_value("Kegiatan", {"rt": k.rt}, "tahun_anggaran", 2001)

	def buat(juta: float = 30, **nilai):
		nilai = {
			"peserta": 0,
			"judul": f"Pekerjaan {frappe.generate_hash(length=6)}",
			"rab": rab(juta),
		} | nilai
		return pabrik.kegiatan(k, **nilai)

	return buat


def ajukan(doc, k):
	return langkah(doc, k.ketua, "Ajukan")


# --- ceiling


def test_several_kegiatan_share_the_ceiling_and_the_one_too_many_is_told_the_numbers(k, rencana):
	a, b = ajukan(rencana(40), k), ajukan(rencana(30), k)
	assert (a.pagu, a.pagu_sisa) == (70 * JUTA, 30 * JUTA)
	assert (b.pagu_direncanakan, b.pagu_sisa) == (40 * JUTA, 0)
	with pytest.raises(MelebihiPagu) as galat:
		ajukan(rencana(0.1), k)
	for angka in ("Rp70.000.000", "direncanakan Rp70.000.000", "sisa Rp0", "Rp100.000"):
		assert angka in str(galat.value)


@pytest.mark.parametrize("langkah_ke", [1, 2])
def test_a_ceiling_that_was_lowered_stops_verification_and_approval_too(k, rencana, langkah_ke):
	doc = ajukan(rencana(60), k)
	if langkah_ke == 2:
		doc = langkah(doc, k.lurah, "Verifikasi")
	pabrik.pagu((1, 0, 50 * JUTA))
	with pytest.raises(MelebihiPagu):
		langkah(doc, *((k.lurah, "Verifikasi"), (k.dpmppa, "Setujui"))[langkah_ke - 1])


def test_what_was_rejected_or_given_back_leaves_its_room(k, rencana):
	for aksi in ("Tolak", "Kembalikan"):
		langkah(ajukan(rencana(70), k), k.lurah, aksi, alasan="Uji")
	assert ajukan(rencana(70), k).pagu_sisa == 0


def test_the_share_of_the_residents_does_not_count(k, rencana):
	doc = ajukan(rencana(120, swadaya=50 * JUTA), k)
	assert (doc.nilai_kegiatan, doc.pagu_sisa, doc.perkiraan_iuran) == (120 * JUTA, 0, 278_000)
	with pytest.raises(frappe.ValidationError, match="Swadaya"):
		rencana(10, swadaya=11 * JUTA)


def test_the_next_year_has_a_ceiling_of_its_own(k, rencana):
	ajukan(rencana(70), k)
	depan = add_days(nowdate(), 366)
	assert (
		ajukan(rencana(70, tanggal_mulai=depan, tanggal_selesai=depan), k).tahun_anggaran
		== getdate(depan).year
	)


def test_the_number_of_households_decides(k, rencana):
	frappe.db.set_value("RT", k.rt, "jumlah_kk", 101)
	assert ajukan(rencana(100), k).pagu == 100 * JUTA
	frappe.db.set_value("RT", k.rt, "jumlah_kk", 0)
	with pytest.raises(frappe.ValidationError, match="Jumlah KK"):
		ajukan(rencana(1), k)


def test_nobody_writes_the_numbers_of_the_ceiling(k, rencana):
	doc = rencana()
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci):
		doc.pagu = 10**9
		doc.save()


def test_a_table_with_a_gap_is_refused_and_so_is_a_second_one_at_the_same_time(k):
	with pytest.raises(frappe.ValidationError, match="celah sebelum lapis 2"):
		pabrik.pagu((1, 59, JUTA), (61, 0, JUTA))
	with pytest.raises(frappe.ValidationError, match="bertumpang tindih"):
		frappe.get_doc(
			{
				"doctype": "Ketentuan Pagu",
				"berlaku_mulai": "2026-01-01",
				"dasar_hukum": "Uji",
				"lapis": [{"kk_dari": 1, "pagu": JUTA}],
			}
		).insert()


def test_two_decisions_at_once_do_not_pass_the_ceiling_together(situs, k, rencana):
	a, b = rencana(35), rencana(36)
	semula = frappe.get_all("Kegiatan", {"rt": k.rt, "tahun_anggaran": 2001}, pluck="name", order_by="name")
	frappe.db.commit()
	hasil, mulai = [], threading.Barrier(2)

	def putuskan(nama):
		frappe.init(site=situs)
		frappe.connect()
		try:
			frappe.set_user(k.ketua)
			doc = frappe.get_doc("Kegiatan", nama)
			mulai.wait(10)
			apply_workflow(doc, "Ajukan")
			frappe.db.commit()
			hasil.append("lolos")
		except MelebihiPagu:
			hasil.append("melebihi")
		except Exception as galat:
			hasil.append(repr(galat))
		finally:
			frappe.db.rollback()
			frappe.destroy()

	para = [threading.Thread(target=putuskan, args=(satu.name,)) for satu in (a, b)]
	for satu in para:
		satu.start()
	for satu in para:
		satu.join(60)
	frappe.db.rollback()
	try:
		assert sorted(hasil) == ["lolos", "melebihi"]
	finally:
		# what was committed is out of the way of the tests that follow
		frappe.db.set_value("Kegiatan", {"name": ["in", semula]}, "tahun_anggaran", getdate().year)
		frappe.db.set_value("Kegiatan", {"name": ["in", [a.name, b.name]]}, "tahun_anggaran", 2001)
		pabrik.pagu()
		frappe.db.commit()


# --- what a plan must have


def test_all_that_lacks_is_named_at_once(k, rencana):
	frappe.db.delete("Anggota Pokja", {"parent": k.rt, "unsur": ["in", ["Perempuan", "Tokoh Agama"]]})
	doc = rencana(konstruksi=0, foto=[])
	with pytest.raises(KegiatanBelumLengkap) as galat:
		ajukan(doc, k)
	for kata in ("Bendahara, Perempuan, Tokoh Agama/Tokoh Masyarakat", "Foto lokasi", "Perlindungan Lain"):
		assert kata in str(galat.value)


def test_the_administrator_says_whom_a_pokja_needs(k, rencana):
	frappe.db.delete("Anggota Pokja", {"parent": k.rt, "jabatan": ["!=", "Ketua"]})
	frappe.db.set_single_value("Pengaturan Kampung Bahagia", "syarat_pokja", "Ketua")
	frappe.clear_document_cache("Pengaturan Kampung Bahagia", "Pengaturan Kampung Bahagia")
	assert ajukan(rencana(), k).status == "Diajukan"


def test_outside_the_window_of_the_group_a_reason_is_asked_for(k, rencana):
	frappe.db.set_value("RT", k.rt, "kelompok", "A")
	waktu = {"tanggal_mulai": "2026-07-20", "tanggal_selesai": "2026-08-03"}
	doc = rencana(**waktu)
	assert doc.di_luar_jendela and str(doc.jendela_selesai) == "2026-07-31"
	with pytest.raises(KegiatanBelumLengkap, match="di luar jendela Kelompok A"):
		ajukan(doc, k)
	assert ajukan(rencana(**waktu, alasan_di_luar_jendela="Banjir"), k).alasan_di_luar_jendela == "Banjir"
	dalam = rencana(tanggal_mulai="2026-07-01", tanggal_selesai="2026-07-31", alasan_di_luar_jendela="Sisa")
	assert not dalam.di_luar_jendela and not dalam.alasan_di_luar_jendela


def test_working_days_follow_the_national_calendar(rencana):
	assert rencana(tanggal_mulai="2026-03-16", tanggal_selesai="2026-03-29").hari_kerja == 5


def test_a_point_outside_indonesia_is_refused(rencana):
	with pytest.raises(frappe.ValidationError, match="di luar Indonesia"):
		rencana(lintang=103.61, bujur=-1.61)
	assert rencana(lintang=-1.61, bujur=103.61).lintang == -1.61


@pytest.mark.parametrize(
	"foto", ["/private/files/surat.pdf", "/files/terbuka.png", "https://luar.invalid/a.png"]
)
def test_photos_are_private_images(rencana, foto):
	with pytest.raises(frappe.ValidationError, match="Foto baris 1"):
		rencana(foto=[{"tahap": "Sebelum", "foto": foto}])


def test_a_photo_uploaded_before_the_first_save_is_seen_by_who_decides(k, rencana):
	with sebagai(k.ketua):
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "sebelum-kerja.png", "is_private": 1, "content": b"\x89PNG uji"}
		).insert()
	doc = rencana(foto=[{"tahap": "Sebelum", "foto": file.file_url}])
	assert frappe.db.get_value("File", file.name, "attached_to_name") == doc.name
	with sebagai(k.lurah):
		assert frappe.get_doc("File", file.name).has_permission("read")
	with sebagai(k.lurah_lain):
		assert not frappe.get_doc("File", file.name).has_permission("read")


def test_work_is_handed_over_with_a_photo_of_the_result(k, berjalan):
	with pytest.raises(KegiatanBelumLengkap, match="Sesudah"):
		langkah(berjalan, k.ketua, "Serah Terimakan")
	foto = [f.as_dict() for f in berjalan.foto] + [pabrik.FOTO_SESUDAH]
	assert langkah(berjalan, k.ketua, "Serah Terimakan", foto=foto).status == "Serah Terima"


# --- prices


@pytest.fixture
def harga(k):
	def catat(harga: int, **nilai):
		return frappe.get_doc(
			{
				"doctype": "Standar Harga",
				"uraian": "Semen",
				"satuan": "zak",
				"jenis": "Bahan",
				"harga": harga,
				"berlaku_mulai": "2025-01-01",
				"dasar_hukum": "Uji",
				**nilai,
			}
		).insert()

	return catat


def test_a_price_far_from_the_list_is_shown_and_not_refused(k, rencana, harga):
	s = harga(75_000)
	doc = rencana()
	assert (doc.rab[0].standar_harga, doc.rab[0].selisih_persen) == (s.name, 33.33)
	assert "Baris 1, Semen: 33% di atas" in doc.catatan_harga
	assert ajukan(doc, k).status == "Diajukan"


def test_a_price_near_the_list_or_not_on_it_says_nothing(rencana, harga):
	harga(95_000)
	assert not rencana().catatan_harga
	doc = rencana(rab=rab(10, uraian="Pasir"))
	assert not doc.catatan_harga and not doc.rab[0].standar_harga


def test_the_list_in_force_on_the_day_of_the_start_counts(rencana, harga):
	harga(10_000, berlaku_sampai="2025-12-31")
	assert not rencana().catatan_harga


def test_a_price_in_another_unit_is_not_compared(rencana, harga):
	s = harga(75_000)
	with pytest.raises(frappe.ValidationError, match="berbeda dari standar harga"):
		rencana(rab=rab(10, satuan="kg", standar_harga=s.name))


# --- not construction


def test_what_is_not_construction_starts_without_the_registration_of_a_project(k):
	doc = pabrik.kegiatan_disetujui(k, konstruksi=0, perlindungan_lain="Kepesertaan Kota")
	with pytest.raises(BelumTerlindungi, match="SK Ketua RT belum ditetapkan"):
		langkah(doc, k.ketua, "Mulai")
	pabrik.surat_keputusan(k, doc)
	assert langkah(doc, k.ketua, "Mulai").dimulai_pada


def test_work_without_risk_says_why(k, rencana):
	doc = rencana(konstruksi=0, perlindungan_lain="Tanpa Risiko Kerja")
	with pytest.raises(KegiatanBelumLengkap, match="tanpa risiko"):
		ajukan(doc, k)


# --- one work in parts, one work twice


def test_a_work_in_two_parts_is_flagged_on_both_with_the_evidence(k, rencana):
	pabrik.pagu()
	bagian = {"judul": "Drainase Lorong Uji", "lokasi": "Lorong Uji"}
	a = ajukan(rencana(60, **bagian), k)
	assert not a.tanda_pecah
	mulai = add_days(nowdate(), 31)
	b = ajukan(rencana(50, **bagian | {"tanggal_mulai": mulai, "tanggal_selesai": add_days(mulai, 10)}), k)
	a.reload()
	assert a.tanda_pecah and b.tanda_pecah and not b.tanda_ganda
	assert b.name in a.bukti_tanda
	for kata in (a.name, "Rp60.000.000", "Rp110.000.000", "Rp100.000.000", "Rp264.000", "Rp259.000"):
		assert kata in b.bukti_tanda, kata
	assert langkah(b, k.lurah, "Verifikasi").status == "Diverifikasi Lurah"  # shown, not refused
	langkah(a, k.lurah, "Tolak", alasan="Gabungkan menjadi satu kegiatan.")
	b.reload()
	assert not b.tanda_pecah and not b.bukti_tanda


def test_a_part_that_was_approved_is_no_part_any_more_when_the_other_is_stopped(k, rencana):
	pabrik.pagu()
	bagian = {"judul": "Drainase Lorong Uji", "lokasi": "Lorong Uji"}
	a, b = ajukan(rencana(60, **bagian), k), ajukan(rencana(50, **bagian), k)
	for satu in (a, b):
		satu.reload()
		langkah(langkah(satu, k.lurah, "Verifikasi"), k.dpmppa, "Setujui")
	langkah(b, k.dpmppa, "Hentikan", alasan="Digabungkan ke kegiatan lain.")
	a.reload()
	assert not a.tanda_pecah and not a.tanda_ganda and not a.bukti_tanda


def test_the_same_plan_twice_is_flagged(k, rencana):
	kembar = {"judul": "Pos ronda", "lokasi": "Simpang Uji"}
	a = ajukan(rencana(5, **kembar), k)
	b = ajukan(rencana(5, judul="Pos Ronda.", lokasi="simpang uji"), k)
	a.reload()
	assert a.tanda_ganda and b.tanda_ganda and not b.tanda_pecah
	assert a.name in b.bukti_tanda


def test_different_works_of_one_rt_are_not_flagged(k, rencana):
	pabrik.pagu()
	ajukan(rencana(60, judul="Drainase", lokasi="Lorong Satu Uji"), k)
	b = ajukan(rencana(60, judul="Rumah baca anak", lokasi="Halaman masjid"), k)
	assert not b.tanda_pecah and not b.tanda_ganda and not b.bukti_tanda


# --- progress


@pytest.fixture
def lapor(k, berjalan):
	frappe.db.set_value("Kegiatan", berjalan.name, "dimulai_pada", f"{add_days(nowdate(), -10)} 08:00:00")

	def catat(persen: float, lalu: int = 0, **nilai):
		return pabrik.kemajuan(k, berjalan, tanggal=add_days(nowdate(), -lalu), persen=persen, **nilai)

	return catat


def test_a_form_left_open_while_progress_came_in_can_still_be_saved(k, lapor, berjalan):
	terbuka = frappe.get_doc("Kegiatan", berjalan.name)
	lapor(40, 1)
	with pabrik.sebagai(k.ketua):
		terbuka.append("foto", pabrik.FOTO_SEBELUM | {"tahap": "Selama"})
		terbuka.save()
	tersimpan = frappe.get_doc("Kegiatan", berjalan.name)
	assert tersimpan.kemajuan == 40 and tersimpan.foto[-1].tahap == "Selama"


@pytest.mark.parametrize("tahun", [0, 99999])
def test_the_ceiling_of_an_impossible_year_is_refused_in_words(k, db, tahun):
	with pytest.raises(frappe.ValidationError, match="Tahun"):
		pagu_rt(k.rt, tahun)


def test_progress_grows_and_its_newest_stands_on_the_kegiatan(lapor, berjalan):
	lapor(20, 5), lapor(50, 1)
	assert frappe.db.get_value("Kegiatan", berjalan.name, "kemajuan") == 50
	lapor(30, 3)  # a report that was late to be written
	assert frappe.db.get_value("Kegiatan", berjalan.name, "kemajuan") == 50


def test_progress_that_falls_needs_a_reason(lapor):
	lapor(50, 5)
	with pytest.raises(frappe.ValidationError, match="turun dari 50% menjadi 40%"):
		lapor(40, 2)
	assert lapor(40, 2, catatan="Talud roboh terkena banjir.").persen == 40


@pytest.mark.parametrize(
	("lalu", "pesan"), [(-1, "sesudah hari ini"), (11, "mendahului mulainya"), (5, "sudah dicatat")]
)
def test_progress_is_of_a_day_of_the_work_once(lapor, lalu, pesan):
	lapor(10, 5)
	with pytest.raises(frappe.ValidationError, match=pesan):
		lapor(20, lalu)


def test_progress_is_reported_of_running_work_only(k, disetujui):
	with pytest.raises(frappe.ValidationError, match="selama kegiatan Berjalan"):
		pabrik.kemajuan(k, disetujui)


@pytest.mark.parametrize("ulah", ["hapus", "ganti", "tahap"])
def test_what_the_place_looked_like_stays_after_the_approval(k, berjalan, ulah):
	with sebagai(k.ketua):
		berjalan.reload()
		if ulah == "hapus":
			berjalan.foto = []
		else:
			berjalan.foto[0].update(
				{"ganti": {"foto": "/private/files/lain.png"}, "tahap": {"tahap": "Selama"}}[ulah]
			)
		with pytest.raises(DokumenTerkunci, match="Sebelum"):
			berjalan.save()


def test_photos_may_still_be_added_after_the_approval(k, berjalan):
	with sebagai(k.ketua):
		berjalan.reload()
		berjalan.append("foto", pabrik.FOTO_SESUDAH)
		berjalan.append("foto", pabrik.FOTO_SEBELUM)
		assert len(berjalan.save().foto) == 3
