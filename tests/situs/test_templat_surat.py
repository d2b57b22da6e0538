"""Numbers by dated templates: each kind counts apart, each RT and year from one."""

from datetime import date

import frappe
import pytest

from kampung_bahagia.patches import pindahkan_templat_surat
from kampung_bahagia.tata_kelola.cetak import jadikan_html
from kampung_bahagia.tata_kelola.doctype.templat_surat.templat_surat import TemplatTidakAda
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih
from kampung_bahagia.tata_kelola.penomoran import beri_nomor
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah

SK, ST = "Keputusan Ketua RT", "Surat Tugas"
AKHIR = date(2089, 12, 31)


def templat(isi: str, mulai: str, jenis: str = SK, **nilai):
	return frappe.get_doc(
		{
			"doctype": "Templat Surat",
			"jenis_dokumen": jenis,
			"templat": isi,
			"menimbang": "perlu ditetapkan",
			"mengingat": "Peraturan Uji",
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
	lama = frappe.get_last_doc("Templat Surat", {"jenis_dokumen": SK})
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


@pytest.mark.parametrize(
	("menimbang", "pesan"),
	[
		("warga {nik} bekerja", "{nik} tidak dikenal"),
		("{rt.__class__}", "tidak dikenal"),
		("{rt", "kurung kurawal"),
	],
)
def test_a_consideration_that_no_letter_could_fill_is_refused_at_the_door(db, menimbang, pesan):
	with pytest.raises(frappe.ValidationError, match=pesan):
		templat("{seq}/{yyyy}", "2001-01-01", berlaku_sampai="2001-12-31", menimbang=menimbang)


def test_a_decree_says_what_the_template_of_its_day_says_and_keeps_it(k, disetujui):
	t = frappe.get_last_doc("Templat Surat", {"jenis_dokumen": SK})
	t.menimbang = (
		"RT {rt} memutuskan {usulan}\n  kegiatan {kegiatan} perlu dikerjakan.  \n\nwarga perlu terlindungi;"
	)
	t.mengingat = "Peraturan Satu;\nPeraturan Dua"
	t.save()
	draf = pabrik.surat_keputusan(k, disetujui, ditetapkan=False)
	html = " ".join(jadikan_html(draf).split())
	nomor_rt = frappe.db.get_value("RT", k.rt, "nomor")
	assert f"<li>bahwa RT {nomor_rt:03} memutuskan {disetujui.usulan_judul};</li>" in html
	assert f"<li>bahwa kegiatan {disetujui.judul} perlu dikerjakan;</li>" in html
	assert "sebagaimana dimaksud dalam huruf a sampai dengan huruf c," in html
	assert "<li>Peraturan Satu;</li> <li>Peraturan Dua.</li>" in html
	sk = langkah(draf, k.ketua, "Tetapkan")
	t.reload()
	t.update({"menimbang": "lain sama sekali", "mengingat": "Peraturan Lain"})
	t.save()
	html = " ".join(jadikan_html(sk).split())
	assert "perlu dikerjakan" in html and "Peraturan Dua" in html
	assert "lain sama sekali" not in html and "Peraturan Lain" not in html


def test_the_settings_of_before_become_the_first_template(db):
	frappe.db.delete("Templat Surat")
	for kolom, nilai in (("templat_nomor_sk", "{seq}/LAMA/{yyyy}"), ("dasar_mengingat", "Peraturan Lama")):
		frappe.qb.into("Singles").columns("doctype", "field", "value").insert(
			pindahkan_templat_surat.PENGATURAN, kolom, nilai
		).run()
	pindahkan_templat_surat.execute()
	pindahkan_templat_surat.execute()
	isi = {
		t.jenis_dokumen: (t.templat, t.mengingat)
		for t in frappe.get_all(
			"Templat Surat", fields=["jenis_dokumen", "templat", "mengingat"], order_by="name"
		)
	}
	assert isi == {
		SK: ("{seq}/LAMA/{yyyy}", "Peraturan Lama"),
		ST: ("{seq:03}/ST/RT.{rt:03}/{KEL}/{romawi}/{yyyy}", "Peraturan Lama"),
	}
	assert not frappe.db.sql(
		"select 1 from tabSingles where field in ('templat_nomor_sk', 'dasar_mengingat')"
	)
