"""The meeting itself: postponed, ranked, decided by kind, reviewed; each refusal at the door it came through."""

import re

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime, nowdate
from frappe.utils.password import update_password

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.perencanaan import undangan
from kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah import (
	KeputusanBelumLengkap,
	KuorumBelumTercapai,
	LanjutanTidakSah,
	SuaraMelebihiHadirin,
	TidakPerluDitunda,
	UndanganTidakWajar,
	UsulanGanda,
	lanjutan_paling_awal,
	undang_ulang,
)
from kampung_bahagia.setup.catatan import muat_catatan
from kampung_bahagia.tata_kelola import jejak
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.orang import SANDI, Orang
from tests.situs.serentak import serentak

PENGATURAN = "Pengaturan Kampung Bahagia"


def ubah(doc, user: str, **nilai):
	with sebagai(user):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.update(nilai)
		return doc.save()


@pytest.fixture
def sepi(k, monkeypatch):
	"""A meeting of yesterday to which two of ten households came, postponed the same evening."""
	kemarin = add_to_date(now_datetime(), days=-1)
	m = pabrik.musyawarah(k, hadir=2, diundang=10, tanggal=kemarin)
	with monkeypatch.context() as waktu:
		waktu.setattr(jejak, "now_datetime", lambda: kemarin)
		return langkah(m, k.ketua, "Tunda")


# --- invitation


def test_the_households_of_the_rt_are_invited_unless_told_otherwise(k):
	m = pabrik.musyawarah(k, diundang=None, hadir=1)
	assert m.kk_diundang == frappe.db.get_value("RT", k.rt, "jumlah_kk") > 0


@pytest.mark.parametrize(("tercatat", "terbanyak"), [(60, 120), (0, 2000), (5000, 2000)])
def test_a_slip_of_the_finger_is_no_number_of_households(k, tercatat, terbanyak):
	frappe.db.set_value("RT", k.rt, "jumlah_kk", tercatat)
	assert pabrik.musyawarah(k, diundang=terbanyak)
	with pytest.raises(UndanganTidakWajar, match=f"paling banyak {terbanyak}"):
		pabrik.musyawarah(k, diundang=terbanyak + 1)


def test_the_invitation_is_for_who_may_read_the_meeting(k):
	m = pabrik.musyawarah(k, acara="Pembukaan\n\nUsulan warga", tempat="Balai RT")
	with sebagai(k.ketua):
		hasil = undangan.undangan(m.name)
	assert "1. Pembukaan\n2. Usulan warga" in hasil["teks"] and "Balai RT" in hasil["teks"]
	assert hasil["tautan"].startswith("https://wa.me/?text=")
	with sebagai(k.ketua_tetangga), pytest.raises(frappe.PermissionError):
		undangan.undangan(m.name)


# --- no quorum


def test_without_quorum_it_is_postponed_and_invited_anew(k, sepi):
	assert sepi.status == "Ditunda" and not sepi.docstatus
	with sebagai(k.ketua):
		nama = undang_ulang(sepi.name, f"{nowdate()} 00:00:01")
	baru = frappe.get_doc("Musyawarah", nama)
	assert (baru.lanjutan_dari, baru.rt, baru.jenis, baru.kk_diundang) == (
		sepi.name,
		sepi.rt,
		sepi.jenis,
		10,
	)
	assert [(u.judul, u.keputusan or None, u.suara) for u in baru.usulan] == [(sepi.usulan[0].judul, None, 0)]


def test_whoever_comes_to_the_next_one_decides(k, sepi):
	with sebagai(k.ketua):
		nama = undang_ulang(sepi.name, f"{nowdate()} 00:00:01")
		m = frappe.get_doc("Musyawarah", nama)
	assert "berapa pun" in m.keterangan_kuorum and not m.kuorum_tercapai
	m = ubah(m, k.ketua, hadirin=[{"warga": sepi.hadirin[0].warga, "mewakili_kk": 1}])
	assert m.kuorum_tercapai and m.kk_hadir == 1


def test_the_share_after_a_postponement_is_dated_data(k, sepi):
	frappe.db.set_value("Ketentuan Kuorum", sepi.ketentuan_kuorum, "persen_tunda", 25)
	frappe.clear_document_cache("Ketentuan Kuorum", sepi.ketentuan_kuorum)
	with sebagai(k.ketua):
		m = frappe.get_doc("Musyawarah", undang_ulang(sepi.name, f"{nowdate()} 00:00:01"))
	m = ubah(m, k.ketua, hadirin=[{"warga": h.warga, "mewakili_kk": 1} for h in sepi.hadirin])
	assert (m.kuorum_tercapai, m.keterangan_kuorum) == (
		0,
		"Kuorum belum tercapai: hadir 2 dari 10 KK, minimal 3 KK.",
	)


def test_with_quorum_nothing_is_postponed(k):
	with pytest.raises(TidakPerluDitunda, match="hadir 3 dari 4 KK"):
		langkah(pabrik.musyawarah(k), k.ketua, "Tunda")


def test_a_meeting_is_not_postponed_before_its_hour(k):
	m = pabrik.musyawarah(k, hadir=1, diundang=9, tanggal=add_to_date(now_datetime(), hours=1))
	with pytest.raises(frappe.ValidationError, match="belum berlangsung"):
		langkah(m, k.ketua, "Tunda")


def test_only_the_ketua_rt_postpones(k):
	m = pabrik.musyawarah(k, hadir=1, diundang=9)
	for user in (k.lurah, k.pendamping, k.dpmppa):
		with pytest.raises(frappe.ValidationError):
			langkah(m, user, "Tunda")


def test_the_next_meeting_keeps_the_gap(k, sepi):
	with sebagai(k.ketua):
		assert lanjutan_paling_awal(sepi.name) == nowdate()
		with pytest.raises(LanjutanTidakSah, match="paling awal"):
			undang_ulang(sepi.name, str(sepi.tanggal))
	frappe.db.set_value("Ketentuan Kuorum", sepi.ketentuan_kuorum, "jeda_tunda_hari", 3)
	frappe.clear_document_cache("Ketentuan Kuorum", sepi.ketentuan_kuorum)
	with sebagai(k.ketua), pytest.raises(LanjutanTidakSah, match="paling awal"):
		undang_ulang(sepi.name, f"{nowdate()} 00:00:01")


def test_a_date_typed_long_ago_does_not_shorten_the_gap(k):
	m = pabrik.musyawarah(k, hadir=1, diundang=9, tanggal=add_to_date(now_datetime(), days=-10))
	m = langkah(m, k.ketua, "Tunda")
	besok = str(add_to_date(nowdate(), days=1))
	with sebagai(k.ketua):
		assert lanjutan_paling_awal(m.name) == besok
		for tanggal in (add_to_date(now_datetime(), days=-9), now_datetime()):
			with pytest.raises(LanjutanTidakSah, match="paling awal"):
				undang_ulang(m.name, str(tanggal))
		nama = undang_ulang(m.name, f"{besok} 19:30:00")
	with pytest.raises(LanjutanTidakSah, match="paling awal"):
		ubah(frappe.get_doc("Musyawarah", nama), k.ketua, tanggal=now_datetime())


def test_two_invitations_at_once_make_one_meeting(situs, k):
	m = pabrik.musyawarah(k, hadir=1, diundang=9, tanggal=add_to_date(now_datetime(), days=-1))
	frappe.db.set_value("Musyawarah", m.name, "status", "Ditunda")
	frappe.db.commit()
	try:
		hasil = serentak(situs, k.ketua, lambda: undang_ulang(m.name, f"{nowdate()} 00:00:01"))
		assert hasil == ["LanjutanTidakSah", "lolos"]
	finally:
		frappe.db.set_value("Musyawarah", m.name, "status", "Draf")
		lanjutan = frappe.get_all("Musyawarah", {"lanjutan_dari": m.name}, pluck="name", order_by="name")
		for nama in (*lanjutan, m.name):
			frappe.delete_doc("Musyawarah", nama, force=True)
		frappe.db.commit()


def test_a_postponement_shows_who_came(k):
	m = ubah(pabrik.musyawarah(k, hadir=1, diundang=9), k.ketua, daftar_hadir_bertanda=None)
	with pytest.raises(frappe.MandatoryError, match="Daftar Hadir"):
		langkah(m, k.ketua, "Tunda")


def test_one_meeting_follows_a_postponed_one(k, sepi):
	with sebagai(k.ketua):
		undang_ulang(sepi.name, f"{nowdate()} 00:00:01")
		with pytest.raises(LanjutanTidakSah, match="sudah diundang ulang"):
			undang_ulang(sepi.name, f"{nowdate()} 00:00:01")


def test_nothing_follows_a_meeting_that_was_not_postponed_or_is_anothers(k, sepi):
	biasa = pabrik.musyawarah(k)
	with pytest.raises(LanjutanTidakSah):
		pabrik.musyawarah(k, lanjutan_dari=biasa.name)
	with pytest.raises(LanjutanTidakSah):
		pabrik.musyawarah(k, lanjutan_dari=sepi.name, jenis="Kesiapan")
	with sebagai(k.ketua_tetangga), pytest.raises(frappe.PermissionError):
		undang_ulang(sepi.name, f"{nowdate()} 00:00:01")


def test_what_was_postponed_is_at_its_end(k, sepi):
	with pytest.raises(DokumenTerkunci):
		ubah(sepi, k.ketua, tempat="Balai")
	with pytest.raises(frappe.ValidationError):
		ubah(sepi, k.ketua, status="Diajukan")


# --- usulan


def test_the_photo_of_a_usulan_is_seen_by_who_sees_the_meeting(k):
	m = pabrik.musyawarah(k)
	with sebagai(k.ketua):
		foto = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"jalan-{frappe.generate_hash(length=6)}.png",
				"is_private": 1,
				"content": pabrik.selembar("lain"),
			}
		).insert()
	baris = {**m.usulan[0].as_dict(), "foto": foto.file_url}
	ubah(m, k.ketua, usulan=[baris])
	foto.reload()
	assert (foto.attached_to_doctype, foto.attached_to_name) == ("Musyawarah", m.name)
	for url, pesan in (("/files/jalan.png", "disimpan tertutup"), ("/private/files/a.pdf", "unggah gambar")):
		with pytest.raises(frappe.ValidationError, match=f"(?s)Foto usulan baris 1.*{pesan}"):
			ubah(m, k.ketua, usulan=[{**baris, "foto": url}])


def test_votes_rank_the_usulan_and_show_who_is_equal(k):
	suara = (1, 3, 1, 0)
	m = pabrik.musyawarah(
		k, usulan=[{"judul": f"Usulan {n}", "kategori": "Sanitasi", "suara": s} for n, s in enumerate(suara)]
	)
	assert [(u.peringkat, u.seri) for u in m.usulan] == [(2, 1), (1, 0), (2, 1), (0, 0)]


def test_the_method_is_a_setting(k):
	frappe.db.set_single_value(PENGATURAN, "metode_peringkat", "Jumlah Poin")
	m = pabrik.musyawarah(k, usulan=2)
	baris = [
		{"judul": u.judul, "kategori": u.kategori, "suara": 3 - i, "poin": i + 1}
		for i, u in enumerate(m.usulan)
	]
	assert [u.peringkat for u in ubah(m, k.ketua, usulan=baris).usulan] == [2, 1]
	frappe.db.set_single_value(PENGATURAN, "metode_peringkat", "Mufakat")
	assert [u.peringkat for u in ubah(m, k.ketua, tempat="Balai").usulan] == [1, 2]


def test_a_rank_cannot_be_claimed(k):
	m = pabrik.musyawarah(k, usulan=2)
	m.usulan[0].suara = 1
	m.usulan[0].peringkat = 1
	with sebagai(k.ketua):
		m.save()
	assert [u.peringkat for u in m.usulan] == [2, 1]


def test_there_are_no_more_votes_than_people(k):
	with pytest.raises(SuaraMelebihiHadirin, match="4 suara, padahal hadirin yang tercatat 3 orang"):
		pabrik.musyawarah(k, usulan=[{"judul": "Jalan", "kategori": "Sanitasi", "suara": 4}])


def test_a_usulan_stands_once_in_a_meeting(k):
	with pytest.raises(UsulanGanda, match="baris 1 dan 2"):
		pabrik.musyawarah(
			k, usulan=[{"judul": j, "kategori": "Sanitasi"} for j in ("Pos Ronda", "pos  ronda.")]
		)


def usulan(judul: str, **nilai) -> list[dict]:
	return [{"judul": judul, "kategori": "Sanitasi", "suara": 2, "keputusan": "Diputuskan", **nilai}]


def test_what_is_decided_and_not_done_is_not_decided_again(k):
	lama = pabrik.musyawarah_sah(k, usulan=usulan("Talud Sungai Kecil"))
	baru = pabrik.musyawarah(k, usulan=usulan("talud sungai kecil"))
	with pytest.raises(UsulanGanda, match=lama.name):
		langkah(baru, k.ketua, "Ajukan")
	assert langkah(pabrik.musyawarah(k, usulan=usulan("Talud Sungai Besar Dua")), k.ketua, "Ajukan")


def test_put_off_again_it_may_stand_beside_the_decided_one(k):
	pabrik.musyawarah_sah(k, usulan=usulan("Talud Sungai Kecil"))
	m = pabrik.musyawarah(k, usulan=usulan("Gapura") + usulan("Talud Sungai Kecil", keputusan="Ditunda"))
	assert langkah(m, k.ketua, "Ajukan").status == "Diajukan"


def test_what_was_done_may_be_decided_again(k, berjalan):
	judul = berjalan.usulan_judul
	with pytest.raises(UsulanGanda):
		langkah(pabrik.musyawarah(k, usulan=usulan(judul)), k.ketua, "Ajukan")
	frappe.db.set_value("Kegiatan", berjalan.name, "status", "Selesai")
	assert langkah(pabrik.musyawarah(k, usulan=usulan(judul)), k.ketua, "Ajukan")


def test_another_rt_may_decide_the_same(k):
	pabrik.musyawarah_sah(k, usulan=usulan("Talud Sungai Kecil"))
	with sebagai(k.ketua_tetangga):
		(orang,) = pabrik.warga(k.rt_tetangga)
		m = frappe.get_doc(
			{
				"doctype": "Musyawarah",
				"tanggal": now_datetime(),
				"tempat": "Balai",
				"rt": k.rt_tetangga,
				"kk_diundang": 1,
				"usulan": usulan("Talud Sungai Kecil", suara=1),
				"hadirin": [{"warga": orang.name}],
				"berita_acara": "/private/files/a.pdf",
				"daftar_hadir_bertanda": "/private/files/b.pdf",
			}
		).insert()
	assert langkah(m, k.ketua_tetangga, "Ajukan").status == "Diajukan"


def test_a_title_that_is_nearly_the_same_is_pointed_out(k):
	lama = pabrik.musyawarah_sah(k, usulan=usulan("Talud Sungai Kecil"))
	m = pabrik.musyawarah(k, usulan=usulan("Talud Sungai Kecill"))
	frappe.clear_messages()
	assert langkah(m, k.ketua, "Ajukan").status == "Diajukan"
	pesan = " ".join(map(str, frappe.get_message_log()))
	assert "mirip" in pesan and lama.name in pesan


# --- what each kind decides


@pytest.mark.parametrize("kurang", ["berita_acara", "daftar_hadir_bertanda"])
def test_the_signed_papers_come_before_the_lurah(k, kurang):
	m = ubah(pabrik.musyawarah(k), k.ketua, **{kurang: None})
	with pytest.raises(frappe.MandatoryError, match=m.meta.get_label(kurang)):
		langkah(m, k.ketua, "Ajukan")


def test_a_meeting_on_priorities_decides_at_least_one(k):
	m = pabrik.musyawarah(k, usulan=usulan("Jalan", keputusan="Ditunda"))
	with pytest.raises(KeputusanBelumLengkap, match="satu usulan"):
		langkah(m, k.ketua, "Ajukan")


def test_a_meeting_on_readiness_forms_the_pokja_of_the_rt(k):
	m = pabrik.musyawarah(k, jenis="Kesiapan", usulan=[])
	with pytest.raises(KeputusanBelumLengkap, match="Siap atau Belum Siap"):
		langkah(m, k.ketua, "Ajukan")
	pokja = [{"nama": f"Orang {j}", "jabatan": j} for j in ("Ketua", "Sekretaris")]
	m = ubah(m, k.ketua, hasil_kesiapan="Siap", pokja=pokja)
	with pytest.raises(KeputusanBelumLengkap, match="Bendahara"):
		langkah(m, k.ketua, "Ajukan")
	m = ubah(m, k.ketua, pokja=[*pokja, {"nama": "Orang Bendahara", "jabatan": "Bendahara"}])
	for user, aksi in ((k.ketua, "Ajukan"), (k.pendamping, "Teruskan ke Lurah"), (k.lurah, "Sahkan")):
		assert "Orang Bendahara" not in {p.nama for p in frappe.get_doc("RT", k.rt).pokja}
		m = langkah(m, user, aksi)
	assert [(p.nama, p.jabatan) for p in frappe.get_doc("RT", k.rt).pokja][-1] == (
		"Orang Bendahara",
		"Bendahara",
	)


def test_an_rt_that_is_not_ready_may_say_so(k):
	m = pabrik.musyawarah(k, jenis="Kesiapan", usulan=[], hasil_kesiapan="Belum Siap")
	assert langkah(m, k.ketua, "Ajukan").status == "Diajukan"


def test_a_change_names_a_kegiatan_in_work_and_what_was_agreed(k, berjalan, disusun):
	m = pabrik.musyawarah(k, jenis="Perubahan", usulan=[])
	with pytest.raises(KeputusanBelumLengkap, match="Isi Kegiatan dan Keputusan"):
		langkah(m, k.ketua, "Ajukan")
	m = ubah(m, k.ketua, kegiatan=disusun.name, keputusan="Lebar jalan menjadi dua meter.")
	with pytest.raises(KeputusanBelumLengkap, match="berstatus"):
		langkah(m, k.ketua, "Ajukan")
	m = ubah(m, k.ketua, kegiatan=berjalan.name)
	assert langkah(m, k.ketua, "Ajukan").status == "Diajukan"


def test_a_handover_is_of_work_that_was_begun(k, berjalan, disetujui):
	m = pabrik.musyawarah(k, jenis="Serah Terima", usulan=[], keputusan="Diterima.", kegiatan=disetujui.name)
	with pytest.raises(KeputusanBelumLengkap, match="berstatus"):
		langkah(m, k.ketua, "Ajukan")
	m = ubah(m, k.ketua, kegiatan=berjalan.name)
	assert langkah(m, k.ketua, "Ajukan").status == "Diajukan"


def test_a_kegiatan_of_another_rt_is_not_discussed_here(k, berjalan):
	with sebagai(k.ketua_tetangga), pytest.raises(frappe.ValidationError, match="bukan milik RT ini"):
		frappe.get_doc(
			{
				"doctype": "Musyawarah",
				"jenis": "Perubahan",
				"tanggal": now_datetime(),
				"tempat": "Balai",
				"rt": k.rt_tetangga,
				"kegiatan": berjalan.name,
			}
		).insert()


# --- people


def test_elements_are_counted(k):
	m = pabrik.musyawarah(k)
	orang = [h.warga for h in m.hadirin]
	baris = [
		{"warga": w, "unsur": u} for w, u in zip(orang, ("Perempuan", "Pemuda", "Perempuan"), strict=True)
	]
	assert ubah(m, k.ketua, hadirin=baris).rincian_unsur == "Perempuan 2, Pemuda 1"


def test_the_same_person_twice_is_named(k):
	m = pabrik.musyawarah(k)
	with pytest.raises(frappe.ValidationError, match="lebih dari satu kali"):
		ubah(m, k.ketua, hadirin=[*m.hadirin, {"warga": m.hadirin[0].warga}])


def test_how_somebody_signed_in_is_not_for_forms(k):
	m = pabrik.musyawarah(k)
	baris = [{"warga": h.warga, "cara": "QR", "waktu_hadir": now_datetime()} for h in m.hadirin]
	assert {(h.cara, h.waktu_hadir) for h in ubah(m, k.ketua, hadirin=baris).hadirin} == {
		("Daftar Kertas", None)
	}


# --- review


def test_the_pendamping_writes_remarks_and_nothing_else(k):
	m = langkah(pabrik.musyawarah(k), k.ketua, "Ajukan")
	m = ubah(m, k.pendamping, catatan_pendamping="Sudah saya saksikan.")
	with pytest.raises(DokumenTerkunci):
		ubah(m, k.pendamping, tempat="Tempat lain")
	m = langkah(m, k.pendamping, "Teruskan ke Lurah")
	assert m.catatan_pendamping == "Sudah saya saksikan."
	for user in (k.pendamping, k.lurah, k.ketua):
		with pytest.raises(DokumenTerkunci):
			ubah(m, user, catatan_pendamping="Lain")


def test_the_ketua_rt_writes_no_remarks_of_the_pendamping(k):
	with pytest.raises(DokumenTerkunci, match="Pendamping"):
		pabrik.musyawarah(k, catatan_pendamping="Bagus")
	m = pabrik.musyawarah(k)
	with pytest.raises(DokumenTerkunci):
		ubah(m, k.ketua, catatan_pendamping="Bagus")


def test_a_lurah_finds_quorum_or_does_not_legitimise(k):
	m = langkah(langkah(pabrik.musyawarah(k), k.ketua, "Ajukan"), k.pendamping, "Teruskan ke Lurah")
	frappe.db.set_value("Musyawarah", m.name, "kuorum_tercapai", 0)
	with pytest.raises(KuorumBelumTercapai):
		langkah(m, k.lurah, "Sahkan")


# --- by REST


@pytest.fixture(scope="module")
def ketua(kampung_uji, server: str) -> Orang:
	frappe.set_user("Administrator")
	update_password(kampung_uji[0].ketua, SANDI)
	frappe.db.commit()
	return Orang(server, kampung_uji[0].ketua)


def test_by_rest_the_same_is_refused_in_the_same_words(k, ketua):
	with sebagai(k.ketua):
		(orang,) = pabrik.warga(k.rt)
	with sebagai(k.ketua_tetangga):
		(tetangga,) = pabrik.warga(k.rt_tetangga)
	frappe.db.commit()
	isi = {"jenis": "Prioritas", "tempat": "Balai", "rt": k.rt, "kk_diundang": 4}
	isi |= {"tanggal": str(add_to_date(now_datetime(), days=1)), "hadirin": [{"warga": orang.name}]}
	for nilai, pesan in (
		({"hadirin": [{"warga": orang.name}] * 2}, "lebih dari satu kali"),
		({"hadirin": [{"warga": tetangga.name}]}, "Bukan warga RT ini"),
		({"usulan": usulan("Jalan")}, "hadirin yang tercatat 1 orang"),
		({"usulan": [*usulan("Jalan", suara=0), *usulan("JALAN", suara=0)]}, "tertulis dua kali"),
		({"lanjutan_dari": "MSY-0000"}, "Tidak dapat menemukan"),
		({"rt": k.rt_tetangga}, "tidak berwenang"),
	):
		jawaban = ketua.post(f"{ketua.server}/api/resource/Musyawarah", json={**isi, **nilai}, timeout=60)
		assert jawaban.status_code in (403, 404, 417), (nilai, jawaban.text[:300])
		assert re.search(pesan, jawaban.text), (nilai, jawaban.text[:300])
	jawaban = ketua.post(f"{ketua.server}/api/resource/Musyawarah", json=isi, timeout=60)
	assert jawaban.status_code == 200, jawaban.text
	nama = jawaban.json()["data"]["name"]
	for aksi, pesan in (("Ajukan", "belum berlangsung"), ("Tunda", "belum berlangsung")):
		jawaban = ketua.panggil(
			"frappe.model.workflow.apply_workflow",
			doc=frappe.as_json({"doctype": "Musyawarah", "name": nama}),
			action=aksi,
		)
		assert jawaban.status_code == 417 and pesan in jawaban.text
	frappe.db.rollback()
	frappe.delete_doc("Musyawarah", nama, force=True)
	frappe.db.commit()


# --- an older site


def test_an_older_site_learns_the_new_steps_and_settings(k):
	from kampung_bahagia.patches import lengkapi_musyawarah

	alur = frappe.get_doc("Workflow", "Musyawarah")
	alur.transitions = [t for t in alur.transitions if t.action != "Tunda"]
	alur.states = [s for s in alur.states if s.state != "Ditunda"]
	for s in alur.states:
		if s.state == "Diajukan":
			s.allow_edit = "Admin Kampung Bahagia"
	alur.save()
	frappe.db.delete("Singles", {"doctype": PENGATURAN, "field": "metode_peringkat"})
	for _kali in range(2):
		lengkapi_musyawarah.execute()
	frappe.clear_cache(doctype="Workflow")
	alur = frappe.get_doc("Workflow", "Musyawarah")
	assert [t.state for t in alur.transitions if t.action == "Tunda"] == ["Draf", "Dikembalikan"]
	assert [s.allow_edit for s in alur.states if s.state == "Diajukan"] == ["Pendamping"]
	assert frappe.db.get_singles_dict(PENGATURAN).metode_peringkat == "Suara Terbanyak"
	muat_catatan()
