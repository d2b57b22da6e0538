"""The clocks of a claim on a real site: shown, reminded of before they end, and written down when a stage was kept."""

import frappe
import pytest
from frappe.utils import add_to_date, get_datetime, now_datetime

from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.klaim import tenggat
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


def catat(user, klaim, tahap="I", kepada=tenggat.BPJS, pada=None, cara="Daring"):
	with sebagai(user):
		tenggat.catat_laporan(klaim.name, tahap, kepada, str(pada or now_datetime()), cara)
	return frappe.get_doc("Klaim", klaim.name)


def lalu(**beda):
	return add_to_date(now_datetime(), **{satuan: -n for satuan, n in beda.items()})


def pesan_untuk(user):
	return frappe.get_all(
		"Notification Log", {"for_user": user}, ["subject", "document_name"], order_by="creation, name"
	)


def test_the_next_clock_is_stage_one_then_stage_two_then_the_payment(k, berjalan):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	assert klaim.tenggat_jenis == "Laporan Tahap I ke BPJS"
	klaim = catat(k.ketua, klaim)
	assert klaim.tenggat_jenis == "Laporan Tahap I ke pengawas ketenagakerjaan"
	klaim = catat(k.lurah, klaim, kepada=tenggat.PENGAWAS, cara="Luring")
	assert klaim.tenggat_jenis == "Laporan Tahap II ke BPJS"
	assert get_datetime(klaim.tenggat_pada) == add_to_date(klaim.keterangan_dokter_pada, hours=48)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	assert (klaim.tenggat_jenis, klaim.terlambat, klaim.terlambat_tahap_dua) == ("Pembayaran oleh BPJS", 0, 0)
	assert klaim.batas_bayar and klaim.diajukan_pada


def test_a_late_payment_shows_what_bpjs_owes_for_it(k, berjalan):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	sudah = {"waktu_kejadian": lalu(days=60), "diajukan_pada": lalu(days=40), "nilai_disetujui": 1_000_000}
	frappe.db.set_value("Klaim", klaim.name, {**sudah, "keterangan_dokter_pada": lalu(days=41)})
	with sebagai(k.lurah):
		bayar = next(
			t for t in tenggat.tenggat_untuk_layar(klaim.name) if t["nama"] == "Pembayaran oleh BPJS"
		)
	hari = (get_datetime(now_datetime()) - get_datetime(bayar["batas"])).days + 1
	assert bayar["lewat"] and f"terlambat {hari} hari" in bayar["catatan"]
	assert f"Rp{hari * 10_000:,}".replace(",", ".") in bayar["catatan"]


def test_a_clinic_that_told_bpjs_in_time_saves_a_report_that_came_here_late(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=lalu(hours=60))
	assert klaim.terlambat and "kewajiban pemberi kerja" in klaim.akibat_terlambat
	klaim = catat(k.dpmppa, klaim, pada=lalu(hours=20))
	assert (klaim.terlambat, klaim.akibat_terlambat) == (0, None)
	klaim = catat(k.dpmppa, klaim, pada=lalu(hours=2))  # the hour was mistaken: the newest row counts
	assert (klaim.terlambat, len(klaim.laporan_tahap)) == (1, 2)


def test_a_report_is_not_held_up_where_no_rule_is_in_force(k, berjalan):
	frappe.db.delete("Ketentuan Klaim")
	klaim = pabrik.klaim(k, berjalan)
	assert get_datetime(klaim.batas_tahap_satu) == add_to_date(klaim.waktu_kejadian, hours=48)
	tenggat.ingatkan()


def test_a_death_that_was_no_accident_has_only_its_expiry(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, jenis="JKM", waktu_kejadian=lalu(hours=60))
	assert (klaim.terlambat, klaim.batas_tahap_satu, klaim.tenggat_jenis) == (0, None, "Kedaluwarsa klaim")
	with pytest.raises(frappe.ValidationError, match="hanya untuk kecelakaan"):
		catat(k.ketua, klaim)


def test_a_stage_is_noted_by_the_offices_of_that_area_only(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	for user in (k.ketua_tetangga, k.lurah_lain, k.pendamping):
		with pytest.raises(frappe.PermissionError):
			catat(user, klaim)
	with pytest.raises(JabatanTidakBerwenang):
		catat(k.pengawas, klaim)


@pytest.mark.parametrize(
	("beda", "pesan"),
	[
		({"pada": "2020-01-01 10:00:00"}, "antara"),
		({"pada": "2099-01-01 10:00:00"}, "antara"),
		({"pada": "kemarin sore"}, "isian tidak dikenali"),
		({"tahap": "III"}, "Tahap"),
		({"kepada": "Kepala Dinas"}, "Kepada"),
		({"tahap": "II"}, "Keterangan Dokter"),
	],
)
def test_a_stage_that_cannot_be_is_refused_with_the_reason(k, berjalan, beda, pesan):
	klaim = pabrik.klaim(k, berjalan)
	with pytest.raises(frappe.ValidationError, match=pesan):
		catat(k.lurah, klaim, **beda)


def test_what_was_noted_is_in_the_ledger_and_cannot_be_rewritten(k, berjalan):
	klaim = catat(k.lurah, pabrik.klaim(k, berjalan))
	entri = frappe.get_last_doc("Jejak Keputusan", {"rujukan_nama": klaim.name}, order_by="urutan desc")
	assert (entri.aksi, entri.jabatan, entri.pengguna) == ("Catat Laporan Tahap I", "Lurah", k.lurah)
	tercatat = klaim.laporan_tahap[0].pada
	with sebagai(k.ketua):
		klaim.laporan_tahap[0].pada = lalu(hours=40)
		klaim.laporan_tahap[0].tanda_terima = "palsu"
		klaim.terlambat = 0
		klaim.save()
	klaim.reload()
	assert (klaim.laporan_tahap[0].pada, klaim.laporan_tahap[0].tanda_terima) == (tercatat, None)
	with sebagai(k.ketua):
		klaim.set("laporan_tahap", [])
		klaim.save()
	assert len(frappe.get_doc("Klaim", klaim.name).laporan_tahap) == 1


def test_what_follows_within_the_minute_may_be_written_without_seconds(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	menit = klaim.waktu_kejadian.replace(second=0, microsecond=0)
	assert catat(k.lurah, klaim, pada=menit).terlambat == 0
	with sebagai(k.ketua):
		frappe.get_doc("Klaim", klaim.name).update({"keterangan_dokter_pada": menit}).save()


def test_noting_a_stage_disturbs_nobody_who_has_the_form_open(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	terbuka = frappe.get_doc("Klaim", klaim.name)
	catat(k.lurah, klaim)
	with sebagai(k.ketua):
		terbuka.faskes = "RSUD"
		terbuka.save()
	terbuka.reload()
	assert (terbuka.faskes, len(terbuka.laporan_tahap)) == ("RSUD", 1)
	assert terbuka.tahap_satu_pada


@pytest.mark.parametrize("pada", ["sebelum", "sesudah"])
def test_the_doctor_states_nothing_before_the_accident_or_in_the_future(k, berjalan, pada):
	hari = -3 if pada == "sebelum" else 3
	klaim = pabrik.klaim(k, berjalan)
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="Keterangan Dokter Pada"):
		klaim.keterangan_dokter_pada = add_to_date(now_datetime(), days=hari)
		klaim.save()


def test_reminders_come_before_the_clock_ends_and_climb_to_the_next_office(k, berjalan):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=lalu(hours=25))  # 23 hours left

	def kabar():
		frappe.db.delete("Notification Log", {"document_name": klaim.name})
		tenggat.ingatkan()
		return {
			u: [p.subject for p in pesan_untuk(u) if p.document_name == klaim.name]
			for u in (k.ketua, k.dpmppa, k.pengawas)
		}

	def geser(jam):
		frappe.db.set_value(
			"Klaim",
			klaim.name,
			{"waktu_kejadian": lalu(hours=jam), "tenggat_pada": add_to_date(lalu(hours=jam), hours=48)},
			update_modified=False,
		)

	pertama = kabar()
	assert len(pertama[k.ketua]) == 1 and "paling lambat" in pertama[k.ketua][0]
	assert not pertama[k.dpmppa] and not pertama[k.pengawas]
	assert not any(kabar().values())  # told once
	geser(37)
	kedua = kabar()
	assert "Mendesak" in kedua[k.dpmppa][0] and not kedua[k.pengawas]
	geser(49)
	ketiga = kabar()
	assert "melewati batas" in ketiga[k.pengawas][0] and ketiga[k.ketua]
	assert frappe.db.get_value("Klaim", klaim.name, "terlambat") == 1
	assert not any(kabar().values())


def test_one_broken_claim_keeps_nobody_elses_reminder_back(k, berjalan, monkeypatch):
	klaim = pabrik.klaim(k, berjalan, waktu_kejadian=lalu(hours=40))
	rusak = pabrik.klaim(k, berjalan, jenis="JKK Meninggal", waktu_kejadian=lalu(hours=41))
	asli = tenggat._ingatkan_satu

	def satu(doc, sekarang):
		if doc.name == rusak.name:
			raise RuntimeError("rusak")
		return asli(doc, sekarang)

	monkeypatch.setattr(tenggat, "_ingatkan_satu", satu)
	assert tenggat.ingatkan() >= 1
	assert frappe.db.get_value("Klaim", klaim.name, "pengingat") == tenggat.ESKALASI


def test_a_withdrawn_claim_has_no_clock_and_makes_room_for_another(k, berjalan):
	klaim = langkah(pabrik.klaim(k, berjalan), k.ketua, "Tarik Laporan", alasan="Salah lapor.")
	assert (klaim.status, klaim.tenggat_pada, klaim.kunci) == ("Ditarik", None, None)
	with pytest.raises(frappe.ValidationError):
		catat(k.ketua, klaim)
	assert pabrik.klaim(k, berjalan).status == "Dilaporkan"


def test_a_claim_is_not_withdrawn_once_bpjs_has_it(k, berjalan):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	with pytest.raises(frappe.ValidationError):
		langkah(klaim, k.dpmppa, "Tarik Laporan", alasan="Uji")


def test_cover_is_judged_anew_by_late_facts_and_the_earlier_judgement_stays(k, berjalan):
	daftar = frappe.get_doc("Pendaftaran BPJS", {"kegiatan": berjalan.name})
	frappe.db.set_value("Pendaftaran BPJS", daftar.name, "dibayar_pada", None)
	klaim = pabrik.klaim(k, berjalan)
	assert klaim.status_pertanggungan == "Di Luar Masa"
	frappe.db.set_value("Pendaftaran BPJS", daftar.name, "dibayar_pada", lalu(hours=1))
	frappe.get_doc("Pendaftaran BPJS", daftar.name).run_method("on_change")
	klaim.reload()
	assert klaim.status_pertanggungan == "Terlindungi"
	assert [r.status for r in klaim.riwayat_pertanggungan] == ["Di Luar Masa", "Terlindungi"]
	assert "✗ Iuran belum tercatat lunas" in klaim.riwayat_pertanggungan[0].alasan


def test_the_letter_of_duty_and_its_attendance_count(k, berjalan):
	frappe.db.set_value("Kegiatan", berjalan.name, "dimulai_pada", lalu(days=1), update_modified=False)
	klaim = pabrik.klaim(k, berjalan, di_luar_lokasi=1)
	assert klaim.status_pertanggungan == "Perlu Telaah"
	assert "✗ Kejadian di luar lokasi kegiatan tanpa surat tugas" in klaim.alasan_pertanggungan
	tugas = pabrik.surat_tugas(k, berjalan)
	klaim.reload()
	assert klaim.status_pertanggungan == "Terlindungi" and tugas.nomor in klaim.alasan_pertanggungan
	with sebagai(k.ketua):
		tugas.append(
			"kehadiran", {"tanggal": klaim.waktu_kejadian.date(), "peserta": klaim.peserta, "hadir": 0}
		)
		tugas.save()
	klaim.reload()
	assert "✗ Daftar hadir hari itu mencatat tidak hadir" in klaim.alasan_pertanggungan
	assert [r.status for r in klaim.riwayat_pertanggungan] == ["Perlu Telaah", "Terlindungi", "Perlu Telaah"]


def test_a_claim_that_cannot_be_judged_holds_no_other_file_up(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	frappe.db.set_value("Klaim", klaim.name, "waktu_kejadian", None, update_modified=False)
	frappe.get_doc("Pendaftaran BPJS", {"kegiatan": berjalan.name}).run_method("on_change")
	assert frappe.get_all("Error Log", {"method": ["like", f"%{klaim.name}%"]}, order_by="creation")
	assert frappe.db.get_value("Klaim", klaim.name, "status_pertanggungan") == "Terlindungi"
