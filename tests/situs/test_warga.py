"""A resident is written down once: what a NIK tells is filled, and who resembles somebody is shown before saving."""

from __future__ import annotations

import frappe
import pytest

from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku
from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.tests.pabrik import data_warga, sebagai
from kampung_bahagia.wilayah.doctype.warga.warga import telaah

NIK = "1571015708800001"  # a woman born on 17 August 1980


def tercatat(rt: str, **nilai):
	return frappe.get_doc(data_warga(rt, nama="Budi Santoso", **nilai)).insert()


def isian(w, **nilai) -> dict:
	"""What the form sends of someone new who equals `w`."""
	pribadi = data_pribadi.milik(w.name)
	return {
		"nama": w.nama,
		"no_kk": pribadi.no_kk,
		"tanggal_lahir": str(pribadi.tanggal_lahir),
		**nilai,
	}


# --- what a NIK tells


def test_a_nik_fills_sex_birth_date_and_place_of_issue(k):
	with sebagai(k.ketua):
		hasil = telaah(nik=" 1571 0157 0880 0001")
	assert hasil["isi"] == {
		"jenis_kelamin": "Perempuan",
		"tanggal_lahir": "1980-08-17",
		"tempat_terbit": "Kecamatan Telanaipura, Kota Jambi",
	}
	assert hasil["pesan"] == []


def test_a_nik_that_cannot_be_says_why_and_fills_nothing(k):
	with sebagai(k.ketua):
		hasil = telaah(nik="1571013213800001")
	assert hasil["isi"] == {} and "Tanggal lahir di NIK" in hasil["pesan"][0]


def test_a_nik_of_another_city_is_worth_a_look(k):
	with sebagai(k.ketua):
		assert "luar kota" in telaah(nik="3171015708800001")["pesan"][0]


def test_a_known_nik_is_said_at_once_with_the_way_out_and_without_a_name(k):
	tercatat(k.rt_jauh, nik=NIK, jenis_kelamin="Perempuan")
	with sebagai(k.ketua):
		hasil = telaah(nik=NIK)
	assert "Pindah RT" in hasil["pesan"][0]
	assert "Budi" not in str(hasil) and NIK not in str(hasil)


# --- who resembles whom


def test_one_who_resembles_is_shown_with_name_rt_and_reason(k):
	w = tercatat(k.rt)
	with sebagai(k.ketua):
		hasil = telaah(**isian(w, nama="H. Boedi Santosa", no_kk="1571010101159999"))
	(satu,) = hasil["serupa"]
	assert (satu["warga"], satu["nama"]) == (w.name, "Budi Santoso")
	assert satu["rt"] == frappe.db.get_value("RT", k.rt, "judul")
	assert satu["sebab"] == "Nama mirip, tanggal lahir sama"
	assert hasil["serupa_lain"] == 0


def test_one_of_another_area_is_only_counted(k):
	w = tercatat(k.rt_jauh)
	with sebagai(k.ketua):
		hasil = telaah(**isian(w))
	assert (hasil["serupa"], hasil["serupa_lain"]) == ([], 1)
	assert w.name not in str(hasil) and "Budi" not in str(hasil)


def test_families_and_namesakes_are_not_shown(k):
	w = tercatat(k.rt)
	with sebagai(k.ketua):
		sekeluarga = telaah(**isian(w, nama="Siti Aminah", tanggal_lahir="1984-02-01"))
		senama = telaah(**isian(w, no_kk="1571010101159999", tanggal_lahir="1984-02-01"))
	assert not sekeluarga["serupa"] and not senama["serupa"]


def test_whoever_is_changed_does_not_resemble_themselves_and_a_mask_stands_for_the_stored_number(k):
	w = tercatat(k.rt)
	kembar = tercatat(k.rt, no_kk=data_pribadi.milik(w.name).no_kk)
	with sebagai(k.ketua):
		hasil = telaah(nik=w.nik, warga=w.name, **isian(w, no_kk=w.no_kk))
	assert [s["warga"] for s in hasil["serupa"]] == [kembar.name]
	assert hasil["isi"] == {} and hasil["pesan"] == []


@pytest.mark.parametrize("siapa", ["lurah", "pendamping", "bpjs", "pengawas"])
def test_who_records_nobody_learns_nothing(k, siapa):
	with sebagai(getattr(k, siapa)), pytest.raises(frappe.PermissionError):
		telaah(nik=NIK)


def test_a_resident_of_another_area_cannot_be_asked_about(k):
	w = tercatat(k.rt_jauh)
	with sebagai(k.ketua), pytest.raises(frappe.PermissionError):
		telaah(nama="Budi", warga=w.name)


def test_asking_for_number_after_number_comes_to_an_end(k, monkeypatch):
	monkeypatch.setattr(data_pribadi, "TELAAH_PER_JAM", 2)
	frappe.cache.delete(frappe.cache.make_key(f"telaah_warga:{k.ketua}"))
	with sebagai(k.ketua):
		telaah(nik=NIK)
		telaah(nik=NIK)
		with pytest.raises(data_pribadi.TerlaluSeringMembuka):
			telaah(nik=NIK)
	frappe.cache.delete(frappe.cache.make_key(f"telaah_warga:{k.ketua}"))


def test_comparing_reads_by_index_only(k, monkeypatch):
	"""Neither table is read from end to end, however many residents there are."""
	w = tercatat(k.rt)
	pribadi = data_pribadi.milik(w.name)
	pertanyaan = []
	asli = frappe.db.sql
	monkeypatch.setattr(
		frappe.db, "sql", lambda q, *a, **n: pertanyaan.append((str(q), a)) or asli(q, *a, **n)
	)
	data_pribadi.serupa({0: Orang(nama_baku(w.nama), pribadi.no_kk, pribadi.tanggal_lahir)})
	monkeypatch.undo()
	assert len(pertanyaan) == 2
	for (query, nilai), kolom in zip(pertanyaan, ("no_kk", "tanggal_lahir"), strict=True):
		rencana = {
			b.table: b.possible_keys or "" for b in frappe.db.sql(f"EXPLAIN {query}", *nilai, as_dict=True)
		}
		assert kolom in rencana["tabData Pribadi"].split(",")
		assert "PRIMARY" in rencana["tabWarga"].split(",")
