"""Numbers by dated templates: each kind counts apart, each RT and year from one."""

from datetime import date

import frappe
import pytest

from kampung_bahagia.patches import pindahkan_templat_nomor
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih
from kampung_bahagia.tata_kelola.penomoran import TemplatTidakAda, beri_nomor

SK, ST = "Keputusan Ketua RT", "Surat Tugas"
AKHIR = date(2089, 12, 31)


def templat(isi: str, mulai: str, jenis: str = SK, **nilai):
	return frappe.get_doc(
		{
			"doctype": "Templat Nomor",
			"jenis_dokumen": jenis,
			"templat": isi,
			"berlaku_mulai": mulai,
			"dasar_hukum": "Uji",
			**nilai,
		}
	).insert()


def nomor(k, jenis: str = SK, tanggal: date = AKHIR, rt: str | None = None) -> str:
	return beri_nomor(jenis, "Surat Keputusan", rt or k.rt, tanggal)


def urut(*semua: str) -> list[int]:
	return [int(n.split("/")[0]) for n in semua]


def test_decrees_and_assignments_of_one_rt_count_apart(k):
	semua = [nomor(k), nomor(k, ST), nomor(k), nomor(k, ST), nomor(k, rt=k.rt_tetangga)]
	assert urut(*semua) == [1, 1, 2, 2, 1]
	assert "/KPTS/" in semua[0] and "/ST/" in semua[1]


def test_the_year_ends_at_midnight(k):
	semua = [nomor(k), nomor(k), nomor(k, tanggal=date(2090, 1, 1)), nomor(k)]
	assert urut(*semua) == [1, 2, 1, 3]
	assert [n.rsplit("/", 1)[1] for n in semua] == ["2089", "2089", "2090", "2089"]


def test_a_template_changes_on_its_day_and_the_count_goes_on(k):
	lama = frappe.get_last_doc("Templat Nomor", {"jenis_dokumen": SK})
	lama.berlaku_sampai = "2089-06-30"
	lama.save()
	templat("{seq}/BARU/{yy}", "2089-07-01")
	sebelum, sesudah = nomor(k, tanggal=date(2089, 6, 30)), nomor(k, tanggal=date(2089, 7, 1))
	assert sebelum.startswith("001/KPTS/") and sesudah == "2/BARU/89"


def test_two_templates_of_one_kind_never_overlap(db):
	with pytest.raises(MasaBerlakuTumpangTindih):
		templat("{seq}/{yyyy}", "2030-01-01")


@pytest.mark.parametrize(
	("isi", "pesan"),
	[
		("{seq:03}/KPTS", "{yyyy}"),
		("KPTS/{yyyy}", "{seq}"),
		("{seq}/{lurah}/{yyyy}", "tidak dikenal"),
		("{seq/{yyyy}", "kurung kurawal"),
		("{seq}/{KEL.nama}/{yyyy}", "tidak dikenal"),
	],
)
def test_a_template_that_no_number_could_follow_is_refused_at_the_door(db, isi, pesan):
	with pytest.raises(frappe.ValidationError, match=pesan):
		templat(isi, "2001-01-01", berlaku_sampai="2001-12-31")


def test_it_shows_what_its_numbers_look_like(db):
	doc = templat("{seq:04}.{rt:02}-{KEL}/{yy}", "2001-01-01", berlaku_sampai="2001-12-31", contoh="karangan")
	assert doc.contoh == "0001.14-KENALI ASAM/01"


def test_without_a_template_nobody_guesses_a_number(k):
	with pytest.raises(TemplatTidakAda, match="Mintalah DPMPPA"):
		nomor(k, tanggal=date(1999, 1, 1))


def test_the_setting_of_before_becomes_the_first_template(db):
	frappe.db.delete("Templat Nomor")
	isian = {"doctype": pindahkan_templat_nomor.DULU["doctype"], "field": "templat_nomor_sk"}
	frappe.qb.into("Singles").columns("doctype", "field", "value").insert(
		*isian.values(), "{seq}/LAMA/{yyyy}"
	).run()
	pindahkan_templat_nomor.execute()
	pindahkan_templat_nomor.execute()
	isi = dict(
		frappe.get_all("Templat Nomor", fields=["jenis_dokumen", "templat"], as_list=True, order_by="name")
	)
	assert isi == {SK: "{seq}/LAMA/{yyyy}", ST: "{seq:03}/ST/RT.{rt:03}/{KEL}/{romawi}/{yyyy}"}
	assert not frappe.db.sql("select 1 from tabSingles where field = 'templat_nomor_sk'")
