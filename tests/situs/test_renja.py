"""The plan of an RT: from what was decided, once, year by year, until it is done."""

import frappe
import pytest

from kampung_bahagia.izin.dokumen import AlasanKosong, DokumenTerkunci, PemeriksaAdalahPembuat
from kampung_bahagia.patches import lengkapi_renja
from kampung_bahagia.perencanaan.doctype.renja.renja import RenjaTidakSah, susun_dari_usulan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.serentak import serentak


@pytest.fixture
def rapat(k):
	"""A legitimate meeting of a new RT that decided three usulan (votes 1, 3, 2) and put one off."""
	rt = pabrik.rt(k.kelurahan).name
	pabrik.penugasan(k.ketua, "Ketua RT", rt=rt)
	pabrik.penugasan(k.pendamping, "Pendamping", rt=rt)
	frappe.local.request_cache.clear()
	isi = [("Gapura", 1), ("Drainase", 3), ("Pos Ronda", 2)]
	usulan = [
		{
			"judul": j,
			"kategori": "Sanitasi",
			"suara": s,
			"perkiraan_biaya": s * 1e6,
			"keputusan": "Diputuskan",
		}
		for j, s in isi
	]
	usulan.append({"judul": "Tenda", "kategori": "Sanitasi", "keputusan": "Ditunda"})
	k.rt_lama, k.rt = k.rt, rt
	yield pabrik.musyawarah_sah(k, usulan=usulan)
	k.rt = k.rt_lama


def susun(k, rapat, jenis="Tahunan", tahun_awal=2027, **nilai):
	with sebagai(k.ketua):
		isi = susun_dari_usulan(rapat.rt, jenis, tahun_awal)
		return frappe.get_doc(
			{"doctype": "Renja", "rt": rapat.rt, "jenis": jenis, "tahun_awal": tahun_awal, **isi, **nilai}
		).insert()


def sahkan(k, renja):
	return langkah(langkah(renja, k.ketua, "Ajukan"), k.lurah, "Sahkan")


def test_it_is_drafted_from_decided_usulan_in_the_order_of_their_rank(k, rapat):
	r = susun(k, rapat)
	assert [(b.judul, b.peringkat, b.tahun, b.keadaan) for b in r.butir] == [
		("Drainase", 1, 2027, "Belum Dikerjakan"),
		("Pos Ronda", 2, 2027, "Belum Dikerjakan"),
		("Gapura", 3, 2027, "Belum Dikerjakan"),
	]
	assert (r.musyawarah, r.jumlah_biaya, r.tahun_akhir, r.judul) == (
		rapat.name,
		6_000_000,
		2027,
		"Renja Tahunan 2027",
	)


def test_what_received_no_vote_comes_last(k, rapat):
	frappe.db.set_value("Usulan", rapat.usulan[1].name, "peringkat", 0)
	assert [b.judul for b in susun(k, rapat).butir] == ["Pos Ronda", "Gapura", "Drainase"]


def test_five_years_are_filled_in_the_order_of_the_ranks(k, rapat):
	r = susun(k, rapat, "Lima Tahunan")
	assert r.tahun_akhir == 2031
	assert [(b.judul, b.tahun) for b in r.butir] == [
		("Drainase", 2027),
		("Pos Ronda", 2028),
		("Gapura", 2029),
	]


def test_the_year_of_the_five_years_plan_takes_only_what_is_due(k, rapat):
	sahkan(k, susun(k, rapat, "Lima Tahunan"))
	assert [b.judul for b in susun(k, rapat, tahun_awal=2028).butir] == ["Drainase", "Pos Ronda"]


def test_what_was_not_done_carries_over_and_what_was_done_does_not(k, rapat):
	pertama = sahkan(k, susun(k, rapat))
	with sebagai(k.ketua):
		selesai = frappe.get_doc(pabrik.data_kegiatan(rapat, usulan=1)).insert()
		frappe.get_doc(pabrik.data_kegiatan(rapat, usulan=2, judul="Pos")).insert()
	frappe.db.set_value("Kegiatan", selesai.name, "status", "Selesai")
	selesai.reload()
	selesai.run_method("on_change")
	pertama.reload()
	assert [(b.judul, b.keadaan) for b in pertama.butir] == [
		("Drainase", "Selesai"),
		("Pos Ronda", "Direncanakan"),
		("Gapura", "Belum Dikerjakan"),
	]
	kedua = susun(k, rapat, tahun_awal=2028)
	assert [(b.judul, b.keadaan) for b in kedua.butir] == [
		("Pos Ronda", "Direncanakan"),
		("Gapura", "Belum Dikerjakan"),
	]


def test_an_item_follows_its_kegiatan(k, rapat):
	r = sahkan(k, susun(k, rapat))
	with sebagai(k.ketua):
		keg = frappe.get_doc(pabrik.data_kegiatan(rapat, usulan=1)).insert()
		frappe.get_doc({"doctype": "Peserta", "kegiatan": keg.name, "warga": rapat.hadirin[0].warga}).insert()
	r.reload()
	assert (r.butir[0].kegiatan, r.butir[0].keadaan) == (keg.name, "Direncanakan")
	assert [b.kegiatan for b in r.butir[1:]] == [None, None]
	keg = langkah(keg, k.ketua, "Ajukan")
	langkah(keg, k.lurah, "Tolak", alasan="Lahan belum jelas.")
	r.reload()
	assert (r.butir[0].kegiatan, r.butir[0].keadaan) == (None, "Belum Dikerjakan")


def test_no_usulan_stands_twice(k, rapat):
	with sebagai(k.ketua):
		isi = susun_dari_usulan(rapat.rt, "Tahunan", 2027)
	ganda = [*isi["butir"], dict(isi["butir"][0])]
	with pytest.raises(RenjaTidakSah, match=r"Baris 4.*tertulis dua kali"):
		susun(k, rapat, butir=ganda)


@pytest.mark.parametrize("tahun", [2026, 2028])
def test_every_year_lies_within_the_plan(k, rapat, tahun):
	with pytest.raises(RenjaTidakSah, match=f"tahun {tahun} di luar masa"):
		susun(k, rapat, butir=[{"usulan": rapat.usulan[0].name, "tahun": tahun}])


def test_what_was_put_off_or_belongs_to_another_rt_is_no_plan(k, rapat, disusun):
	for usulan in (rapat.usulan[3].name, disusun.usulan, "tidak-ada"):
		with pytest.raises(RenjaTidakSah, match="bukan usulan RT ini"):
			susun(k, rapat, butir=[{"usulan": usulan, "tahun": 2027}])


def test_the_facts_of_an_item_are_the_meetings(k, rapat):
	palsu = {"usulan": rapat.usulan[0].name, "tahun": 2027, "judul": "Istana", "perkiraan_biaya": 9e9}
	r = susun(k, rapat, butir=[palsu])
	assert (r.butir[0].judul, r.butir[0].perkiraan_biaya) == ("Gapura", 1_000_000)


def test_one_plan_for_each_kind_and_year(k, rapat):
	pertama = susun(k, rapat, "Lima Tahunan", 2027)
	assert susun(k, rapat, "Tahunan", 2027)
	for tahun in (2027, 2031, 2023):
		with pytest.raises(RenjaTidakSah, match=pertama.name):
			susun(k, rapat, "Lima Tahunan", tahun)
	assert susun(k, rapat, "Lima Tahunan", 2032)


def test_two_plans_at_once_are_one(situs, k, disusun):
	butir = [{"usulan": disusun.usulan, "tahun": 2090}]
	isi = {"doctype": "Renja", "rt": k.rt, "jenis": "Tahunan", "tahun_awal": 2090, "butir": butir}
	isi["musyawarah"] = disusun.musyawarah
	try:
		hasil = serentak(situs, k.ketua, lambda: frappe.get_doc(isi).insert())
		assert hasil == ["RenjaTidakSah", "lolos"]
	finally:
		for nama in frappe.get_all("Renja", {"rt": k.rt, "tahun_awal": 2090}, pluck="name", order_by="name"):
			frappe.delete_doc("Renja", nama, force=True)
		frappe.db.commit()


def test_a_plan_rests_on_a_legitimate_meeting_of_the_rt(k, rapat, disusun):
	draf = pabrik.musyawarah(k)
	for musyawarah in (draf.name, disusun.musyawarah):
		with pytest.raises(RenjaTidakSah, match="bukan musyawarah Prioritas"):
			susun(k, rapat, musyawarah=musyawarah)


def test_the_lurah_legitimises_and_then_nothing_changes(k, rapat):
	r = susun(k, rapat)
	with pytest.raises(frappe.ValidationError):
		langkah(r, k.ketua, "Sahkan")
	r = sahkan(k, r)
	assert (r.status, r.docstatus) == ("Disahkan", 1)
	with sebagai(k.ketua), pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		r.butir[0].tahun = 2028
		r.save()


def test_a_legitimate_plan_is_replaced_with_a_reason(k, rapat):
	lama = sahkan(k, susun(k, rapat))
	with pytest.raises(RenjaTidakSah, match=f"{lama.name}.*lurah memilih"):
		susun(k, rapat)
	with pytest.raises(AlasanKosong):
		langkah(lama, k.lurah, "Ganti")
	with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		langkah(lama, k.ketua, "Ganti", alasan="Salah tahun.")
	lama = langkah(lama, k.lurah, "Ganti", alasan="Gapura batal.")
	assert (lama.status, lama.docstatus, lama.alasan) == ("Diganti", 1, "Gapura batal.")
	baru = sahkan(k, susun(k, rapat))
	assert baru.status == "Disahkan"
	with sebagai(k.lurah), pytest.raises((frappe.ValidationError, frappe.PermissionError)):
		frappe.get_doc("Renja", lama.name).update({"status": "Disahkan"}).save()


def test_an_older_site_learns_to_replace_a_plan(k):
	alur = frappe.get_doc("Workflow", "Renja")
	alur.transitions = [t for t in alur.transitions if t.action != "Ganti"]
	alur.states = [s for s in alur.states if s.state != "Diganti"]
	alur.save()
	for _kali in range(2):
		lengkapi_renja.execute()
	alur.reload()
	assert [(t.state, t.next_state, t.allowed) for t in alur.transitions if t.action == "Ganti"] == [
		("Disahkan", "Diganti", "Lurah")
	]
	assert [s.doc_status for s in alur.states if s.state == "Diganti"] == ["1"]


def test_returned_with_a_reason_it_may_be_mended(k, rapat):
	r = langkah(susun(k, rapat), k.ketua, "Ajukan")
	with sebagai(k.ketua), pytest.raises(DokumenTerkunci):
		frappe.get_doc("Renja", r.name).update({"butir": r.butir[:1]}).save()
	r = langkah(r, k.lurah, "Kembalikan", alasan="Dahulukan gapura.")
	with sebagai(k.ketua):
		r = frappe.get_doc("Renja", r.name)
		r.butir = r.butir[:2]
		assert len(r.save().butir) == 2


def test_nobody_plans_for_another_rt(k, rapat):
	for user in (k.ketua_tetangga, k.lurah, k.dpmppa):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			susun_dari_usulan(rapat.rt, "Tahunan", 2027)


def test_nobody_legitimises_a_plan_of_their_own(k, rapat):
	r = langkah(susun(k, rapat), k.ketua, "Ajukan")
	frappe.db.set_value("Renja", r.name, "owner", k.lurah)
	with sebagai(k.lurah), pytest.raises(PemeriksaAdalahPembuat):
		frappe.get_doc("Renja", r.name).update({"status": "Disahkan", "docstatus": 1}).save()


def test_an_empty_rt_is_told_what_to_do_first(k):
	rt = pabrik.rt(k.kelurahan).name
	pabrik.penugasan(k.ketua, "Ketua RT", rt=rt)
	frappe.local.request_cache.clear()
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="Sahkan dahulu musyawarah"):
		susun_dari_usulan(rt, "Tahunan", 2027)
