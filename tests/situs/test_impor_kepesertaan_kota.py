"""The roster of a group from a table: a verdict per row, nothing half applied, the same file twice changes nothing."""

from __future__ import annotations

from functools import partial

import frappe
import pytest
from frappe.utils import add_days, formatdate, nowdate

from kampung_bahagia.perlindungan.doctype.impor_kepesertaan_kota import impor_kepesertaan_kota as impor
from kampung_bahagia.perlindungan.doctype.impor_kepesertaan_kota.impor_kepesertaan_kota import KOLOM
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from kampung_bahagia.wilayah.impor import ImporBelumDiperiksa, ImporSudahDiterapkan
from tests.situs.tabel import sebagai_csv, sebagai_xlsx

csv_dari, xlsx_dari = partial(sebagai_csv, KOLOM), partial(sebagai_xlsx, KOLOM)
KELOMPOK = "Pekerja Rentan"


def baris(warga, /, **nilai) -> dict:
	return {
		"nik": frappe.db.get_value("Data Pribadi", warga.name, "nik"),
		"nama": warga.nama,
		"kelompok": KELOMPOK,
		"mulai": "01-01-2026",
		"sampai": "31-12-2026",
		**nilai,
	}


@pytest.fixture
def jalankan(k, monkeypatch):
	"""`jalankan(content, terapkan=False)`: what the job leaves, inside the test's transaction."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(frappe.db, "rollback", lambda **_: frappe.db.sql("rollback to savepoint impor"))
	monkeypatch.setattr(frappe, "log_error", lambda **_: print(frappe.get_traceback()))

	def _jalankan(isi, *, terapkan=False, nama="daftar.csv"):
		with sebagai(k.dpmppa):
			file = frappe.get_doc(
				{"doctype": "File", "file_name": nama, "is_private": 1, "content": isi}
			).insert()
			doc = frappe.get_doc({"doctype": impor.DOCTYPE, "berkas": file.file_url}).insert()
			frappe.db.savepoint("impor")
			impor.jalankan(doc.name, False)
			if terapkan:
				frappe.db.savepoint("impor")
				impor.jalankan(doc.name, True)
			return frappe.get_doc(doc.doctype, doc.name)

	return _jalankan


def tercatat(*warga) -> list:
	return frappe.get_all(
		"Kepesertaan Kota",
		{"warga": ["in", [w.name for w in warga]]},
		["warga", "nama", "kelompok", "mulai", "sampai", "kpj", "status", "rt", "alasan_berhenti", "name"],
		order_by="mulai, name",
	)


def pesan(doc) -> str:
	return " ".join(filter(None, [doc.catatan, *(b.pesan for b in doc.hasil)]))


@pytest.mark.parametrize("bentuk", [csv_dari, xlsx_dari])
def test_trying_tells_everything_and_changes_nothing(k, jalankan, bentuk):
	orang = pabrik.warga(k.rt, 2)
	doc = jalankan(
		bentuk([baris(w) for w in orang]), nama="daftar.csv" if bentuk is csv_dari else "daftar.xlsx"
	)
	assert (doc.status, doc.jumlah_baru, doc.jumlah_ditolak) == ("Siap Diterapkan", 2, 0)
	assert tercatat(*orang) == []


def test_applying_records_people_as_the_form_does(k, jalankan):
	(w,) = pabrik.warga(k.rt)
	doc = jalankan(csv_dari([baris(w, kpj="123-4567-8901", kelompok="pekerja rentan")]), terapkan=True)
	assert doc.status == "Diterapkan"
	(satu,) = tercatat(w)
	assert (satu.nama, satu.kelompok, satu.rt, satu.kpj) == (w.nama, KELOMPOK, k.rt, "12345678901")
	lewat_formulir = frappe.get_doc("Kepesertaan Kota", satu.name)
	lewat_formulir.save()  # nothing that the form would refuse or compute otherwise
	assert lewat_formulir.status == satu.status
	assert frappe.db.get_value("Data Pribadi", w.name, "nik") not in frappe.as_json(doc)
	assert not frappe.db.exists("File", {"attached_to_name": doc.name})


def test_the_same_table_twice_changes_nothing(k, jalankan):
	orang = pabrik.warga(k.rt, 3)
	isi = csv_dari([baris(w) for w in orang])
	jalankan(isi, terapkan=True)
	sebelum = tercatat(*orang)
	doc = jalankan(isi, terapkan=True)
	assert (doc.jumlah_sama, doc.jumlah_baru, doc.jumlah_diubah) == (3, 0, 0)
	assert tercatat(*orang) == sebelum


def test_a_table_extends_and_stops_and_says_what_changed(k, jalankan):
	lanjut, berhenti = orang = pabrik.warga(k.rt, 2)
	jalankan(csv_dari([baris(w, kpj="") for w in orang]), terapkan=True)
	kemarin = add_days(nowdate(), -1)
	doc = jalankan(
		csv_dari(
			[
				baris(lanjut, sampai="31-12-2027", kpj="10987654321"),
				baris(berhenti, sampai=kemarin, alasan_berhenti="Meninggal dunia"),
			]
		),
		terapkan=True,
	)
	assert (doc.status, doc.jumlah_diubah) == ("Diterapkan", 2)
	assert f"Sampai {formatdate('2026-12-31')}→{formatdate('2027-12-31')}, KPJ" in pesan(doc)
	hasil = {s.warga: s for s in tercatat(*orang)}
	assert (str(hasil[lanjut.name].sampai), hasil[lanjut.name].kpj) == ("2027-12-31", "10987654321")
	assert (hasil[berhenti.name].status, hasil[berhenti.name].alasan_berhenti) == (
		"Berhenti",
		"Meninggal dunia",
	)
	# an empty cell takes no number away
	jalankan(csv_dari([baris(lanjut, sampai="31-12-2028")]), terapkan=True)
	assert tercatat(lanjut)[0].kpj == "10987654321"


@pytest.mark.parametrize(
	("ubah", "kata"),
	[
		({"nik": "1571011708809998"}, "belum tercatat sebagai warga. Daftarkan dahulu melalui Impor Warga"),
		({"nik": "123"}, "NIK"),
		({"nama": "Orang Lain Sekali"}, "Nama tidak sesuai"),
		({"kelompok": "Direksi"}, "Kelompok harus salah satu dari"),
		({"mulai": ""}, "Mulai belum diisi"),
		({"mulai": "31-02-2026"}, "bukan tanggal"),
		({"sampai": "31-12-2025"}, "mendahului"),
		({"kpj": "123"}, "11 angka"),
		({"sampai": "", "alasan_berhenti": "Meninggal dunia"}, "Isi Sampai"),
	],
)
def test_a_wrong_row_says_why_and_nothing_is_applied(k, jalankan, ubah, kata):
	benar, salah = pabrik.warga(k.rt, 2)
	doc = jalankan(csv_dari([baris(benar), baris(salah, **ubah)]))
	assert (doc.status, doc.jumlah_ditolak, doc.jejak_berkas) == ("Ditolak", 1, None)
	assert kata in pesan(doc)
	assert doc.hasil[0].hasil == "Ditolak" and doc.hasil[0].baris == 3
	with sebagai(k.dpmppa), pytest.raises(ImporBelumDiperiksa):
		impor.terapkan(doc.name)
	assert tercatat(benar, salah) == []


def test_a_refused_name_does_not_tell_whose_nik_it_is(k, jalankan):
	milik, lain = pabrik.warga(k.rt, 2)
	frappe.db.set_value("Warga", milik.name, "nama", "Sumarni Binti Saleh")
	doc = jalankan(csv_dari([baris(lain, nik=frappe.db.get_value("Data Pribadi", milik.name, "nik"))]))
	assert "Sumarni" not in pesan(doc) + frappe.as_json([b.as_dict() for b in doc.hasil])


def test_overlaps_are_refused_within_the_table_and_against_what_is_recorded(k, jalankan):
	(w,) = pabrik.warga(k.rt)
	doc = jalankan(csv_dari([baris(w), baris(w, mulai="31-12-2026", sampai="")]))
	assert "pada baris 2" in pesan(doc)
	jalankan(csv_dari([baris(w)]), terapkan=True)
	doc = jalankan(csv_dari([baris(w, mulai="01-06-2026")]))
	assert "Akhiri dahulu yang lama" in pesan(doc)
	assert jalankan(csv_dari([baris(w, mulai="01-01-2027", sampai="")])).status == "Siap Diterapkan"


def test_a_number_is_not_given_to_two_people(k, jalankan):
	a, b = pabrik.warga(k.rt, 2)
	doc = jalankan(csv_dari([baris(a, kpj="12345678901"), baris(b, kpj="12345678901")]))
	assert "KPJ ini sudah tercatat untuk orang lain" in pesan(doc)


def test_unknown_columns_are_named(k, jalankan):
	doc = jalankan(b"NIK;Nama;Kelompok;Mulai;Gaji\n1;2;3;4;5\n")
	assert doc.status == "Ditolak" and "Kolom yang tidak dikenal: Gaji" in doc.catatan


def test_applied_once(k, jalankan):
	doc = jalankan(csv_dari([baris(*pabrik.warga(k.rt))]), terapkan=True)
	with sebagai(k.dpmppa), pytest.raises(ImporSudahDiterapkan):
		impor.terapkan(doc.name)


def test_only_dpmppa_imports(k):
	for user in (k.lurah, k.bpjs, k.admin, k.ketua):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			impor.templat()


def test_the_number_of_questions_does_not_grow_with_the_rows(k, monkeypatch):
	def tanya(n: int) -> int:
		orang = pabrik.warga(k.rt, n)
		isi = [(i, {**dict.fromkeys(KOLOM), **baris(w)}) for i, w in enumerate(orang, start=2)]
		asli, banyak = frappe.db.sql, []
		monkeypatch.setattr(frappe.db, "sql", lambda *a, **b: banyak.append(1) or asli(*a, **b))
		with sebagai(k.dpmppa):
			hasil = impor.nilai_baris(isi)
			impor.terapkan_baris(hasil)
		monkeypatch.undo()
		assert {b.hasil for b in hasil} == {"Baru"}
		return len(banyak)

	tanya(1)
	assert tanya(1) == tanya(12)
