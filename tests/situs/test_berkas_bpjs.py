"""What goes to BPJS as one ZIP: whole, with fingerprints, safe to open, closed once sent, and noted when taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

import frappe
import pytest
from frappe.client import set_value
from frappe.utils import add_to_date, now_datetime, nowdate
from openpyxl import load_workbook
from pypdf import PdfReader

from kampung_bahagia.izin.berkas import LampiranTerkunci
from kampung_bahagia.izin.data_pribadi import milik
from kampung_bahagia.patches import lembar_kepesertaan, rekening_lembar_klaim
from kampung_bahagia.perlindungan import lembar_bpjs
from kampung_bahagia.perlindungan.doctype.berkas_bpjs import berkas_bpjs
from kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs import (
	BerkasTerkunci,
	BerkasTidakSah,
	bangun,
	hapus_arsip_lama,
	kirim,
	terima,
	unduh,
)
from kampung_bahagia.perlindungan.doctype.pemetaan_berkas_bpjs.pemetaan_berkas_bpjs import (
	PemetaanTidakSah,
	pemetaan_pada,
)
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


@pytest.fixture
def susun(k, monkeypatch) -> Callable:
	"""`susun(doc)`: what the job leaves, inside the test's transaction; letters by name only unless `surat`."""
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.savepoint("berkas"))
	monkeypatch.setattr(frappe.db, "rollback", lambda **_: frappe.db.sql("rollback to savepoint berkas"))

	def _susun(doc, surat: bool = False):
		frappe.db.savepoint("berkas")
		with sebagai(k.dpmppa):
			if surat:
				berkas_bpjs.kerjakan(doc.name)
			else:
				with patch.object(berkas_bpjs, "_surat", lambda doc, b: [(f"{b.pendaftaran}.pdf", b"%PDF")]):
					berkas_bpjs.kerjakan(doc.name)
		return frappe.get_doc("Berkas BPJS", doc.name)

	return _susun


@pytest.fixture
def daftar(k, disetujui):
	return pabrik.pendaftaran(k, disetujui)


def letak(doc) -> Path:
	return Path(frappe.get_site_path(doc.arsip.lstrip("/")))


def buka(doc) -> ZipFile:
	return ZipFile(BytesIO(letak(doc).read_bytes()))


def buku(doc):
	return load_workbook(BytesIO(buka(doc).read(f"{doc.name}.xlsx")))


def isi_lembar(doc, nama: str) -> list[dict]:
	kepala, *baris = buku(doc)[nama].iter_rows(values_only=True)
	return [dict(zip(kepala, b, strict=True)) for b in baris]


def test_a_package_holds_sheets_letters_and_the_fingerprint_of_every_part(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar, nomor_surat="460/12/DPMPPA"), surat=True)
	assert (doc.status, doc.catatan) == ("Siap Dikirim", None)
	arsip = buka(doc)
	nama = [f"{doc.name}.xlsx"]
	nama += [f"{daftar.name}/{n}.pdf" for n in ("surat-permohonan-pendaftaran", "rekap-iuran")]
	assert arsip.namelist() == [*nama, "manifes.json"]
	manifes = json.loads(arsip.read("manifes.json"))
	for tercatat in (
		{b["nama"]: b["sha256"] for b in manifes["bagian"]},
		{b.nama: b.sidik for b in doc.bagian},
	):
		assert tercatat == {n: hashlib.sha256(arsip.read(n)).hexdigest() for n in nama}
	assert hashlib.sha256(letak(doc).read_bytes()).hexdigest() == doc.sidik
	surat = " ".join(
		" ".join(h.extract_text().split()) for h in PdfReader(BytesIO(arsip.read(nama[1]))).pages
	)
	orang = frappe.get_all("Peserta", {"kegiatan": daftar.kegiatan}, pluck="warga", order_by="nama")
	nik = frappe.get_all("Data Pribadi", {"name": ["in", orang]}, pluck="nik", order_by="name")
	assert "460/12/DPMPPA" in surat and "DRAF" not in surat
	assert len(nik) == 2 and all(n in surat for n in nik)


def test_building_submits_what_was_not_sent(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	daftar.reload()
	assert daftar.status == "Dikirim"
	assert [b["Nama Lengkap"] for b in isi_lembar(doc, "Tenaga Kerja")] == frappe.get_all(
		"Peserta", {"kegiatan": daftar.kegiatan, "status": "Terdaftar"}, pluck="nama", order_by="nama, name"
	)
	(proyek,) = isi_lembar(doc, "Proyek")
	assert proyek["Nomor Pendaftaran"] == daftar.name
	assert (proyek["Nilai Proyek"], proyek["Jumlah Iuran"]) == (96_500_000, 231_600)


def test_what_cannot_be_submitted_is_told_on_its_row(k, daftar, susun):
	doc = pabrik.berkas_bpjs(k, daftar)
	frappe.db.delete("Peserta", {"kegiatan": daftar.kegiatan})
	doc = susun(doc)
	assert doc.status == "Ada yang Ditolak" and not doc.arsip
	assert "Belum ada peserta" in doc.isi[0].pesan
	assert frappe.db.get_value("Pendaftaran BPJS", daftar.name, "status") == "Disiapkan"


def test_a_nik_and_what_looks_like_a_formula_stay_text(k, daftar, susun):
	frappe.db.set_value("Kegiatan", daftar.kegiatan, {"judul": '=HYPERLINK("http://x")', "lokasi": "@SUM(1)"})
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	proyek = {s.value: s.column for s in buku(doc)["Proyek"][1]}
	lembar = buku(doc)["Proyek"]
	for judul, isi in (("Nama Proyek", '=HYPERLINK("http://x")'), ("Lokasi", "@SUM(1)")):
		sel = lembar.cell(2, proyek[judul])
		assert (sel.value, sel.data_type, sel.number_format, sel.quotePrefix) == (isi, "s", "@", True)
	for b in isi_lembar(doc, "Tenaga Kerja"):
		assert isinstance(b["NIK"], str) and len(b["NIK"]) == 16


def test_columns_follow_a_mapping_changed_in_the_desk(k, daftar, susun):
	with sebagai(k.admin):
		p = frappe.get_doc("Pemetaan Berkas BPJS", frappe.db.get_value("Pemetaan Berkas BPJS", {}))
		p.kolom = []
		p.append(
			"kolom",
			{
				"lembar": "TK",
				"judul": "Perusahaan",
				"sumber": "Umum: Teks Tetap",
				"format": "Teks",
				"teks_tetap": "DPMPPA",
			},
		)
		p.append(
			"kolom",
			{"lembar": "TK", "judul": "Lahir", "sumber": "Tenaga Kerja: Tanggal Lahir", "format": "Teks"},
		)
		p.append("kolom", {"lembar": "TK", "judul": "Nilai", "sumber": "Proyek: Nilai", "format": "Angka"})
		p.save()
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	assert isi_lembar(doc, "TK") == [{"Perusahaan": "DPMPPA", "Lahir": "17-08-1980", "Nilai": 96_500_000}] * 2


@pytest.mark.parametrize(
	"kolom, pesan",
	[
		({"lembar": "A/B", "sumber": "Proyek: Nama"}, "nama Lembar"),
		({"lembar": "A", "sumber": "Umum: Nomor Urut"}, "tidak memuat"),
		({"lembar": "Proyek", "judul": "Nilai Proyek", "sumber": "Proyek: Nama"}, "sudah ada"),
		({"lembar": "A", "sumber": "Umum: Teks Tetap"}, "isi Teks Tetap"),
	],
)
def test_a_wrong_mapping_is_refused(k, kolom, pesan):
	with sebagai(k.dpmppa), pytest.raises(PemetaanTidakSah, match=pesan):
		p = frappe.get_doc("Pemetaan Berkas BPJS", frappe.db.get_value("Pemetaan Berkas BPJS", {}))
		p.append("kolom", {"judul": "Uji", "format": "Teks", **kolom})
		p.save()


def test_the_choice_of_sources_is_what_there_is(k):
	pilihan = frappe.get_meta("Kolom Berkas BPJS").get_field("sumber").options.split("\n")
	assert pilihan == list(lembar_bpjs.SUMBER)


def test_what_was_sent_does_not_change(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	with sebagai(k.dpmppa):
		kirim(doc.name, "Diserahkan Langsung", str(now_datetime()), "Diantar")
		doc.reload()
		assert (doc.status, doc.dikirim_oleh, doc.jalur) == ("Dikirim", k.dpmppa, "Diserahkan Langsung")
		doc.nomor_surat = "lain"
		with pytest.raises(BerkasTerkunci):
			doc.save()
		for tindakan in (
			lambda: kirim(doc.name, "Kurir", str(now_datetime())),
			lambda: berkas_bpjs.susun(doc.name),
			lambda: set_value("Berkas BPJS", doc.name, "status", "Draf"),
		):
			with pytest.raises(BerkasTerkunci):
				tindakan()
		with pytest.raises(LampiranTerkunci):
			frappe.delete_doc("File", frappe.db.get_value("File", {"file_url": doc.arsip}))


def test_what_is_being_built_is_not_sent(k, daftar, susun, monkeypatch):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	monkeypatch.setattr(berkas_bpjs, "is_job_enqueued", lambda _nama: True)
	with sebagai(k.dpmppa), pytest.raises(BerkasTidakSah, match="sedang disusun"):
		kirim(doc.name, "Kurir", str(now_datetime()))


def test_another_content_is_built_anew(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	lama = letak(doc)
	with sebagai(k.dpmppa):
		doc.nomor_surat = "1"
		doc.sidik = "palsu"
		doc.save()
	doc = frappe.get_doc("Berkas BPJS", doc.name)
	assert (doc.status, doc.arsip, doc.sidik, doc.bagian) == ("Draf", None, None, [])
	assert not lama.exists()
	with sebagai(k.dpmppa), pytest.raises(BerkasTidakSah, match="Susun dahulu"):
		kirim(doc.name, "Kurir", str(now_datetime()))


def test_receipt_is_recorded_by_bpjs_or_with_its_paper(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	sekarang = str(now_datetime())
	with sebagai(k.dpmppa):
		with pytest.raises(BerkasTidakSah, match="Hanya berkas berstatus Dikirim"):
			terima(doc.name, sekarang, "Budi")
		kirim(doc.name, "Kurir", sekarang)
		with pytest.raises(BerkasTidakSah, match="Tanda Terima"):
			terima(doc.name, sekarang, "Budi")
	with sebagai(k.bpjs), pytest.raises(BerkasTidakSah, match="Diterima Pada"):
		terima(doc.name, str(add_to_date(now_datetime(), days=1)), "Budi")
	with sebagai(k.pengawas), pytest.raises(frappe.PermissionError):
		terima(doc.name, sekarang, "Budi")
	with sebagai(k.bpjs):
		terima(doc.name, str(now_datetime()), "Budi")
	doc.reload()
	assert (doc.status, doc.penerima, doc.dicatat_oleh) == ("Diterima BPJS", "Budi", k.bpjs)


def test_an_uploaded_receipt_becomes_evidence(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	with sebagai(k.dpmppa):
		kirim(doc.name, "Kurir", str(now_datetime()))
		bukti = pabrik.lampiran(doc, "tanda-terima.pdf", k.dpmppa)
		with pytest.raises(BerkasTidakSah, match="tidak ditemukan"):
			terima(doc.name, str(now_datetime()), "Budi", "/private/files/lain.pdf")
		terima(doc.name, str(now_datetime()), "Budi", bukti)
		with pytest.raises(LampiranTerkunci):
			frappe.delete_doc("File", frappe.db.get_value("File", {"file_url": bukti}))


def test_bpjs_sees_only_what_was_sent_to_it(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))

	def terlihat(user) -> bool:
		with sebagai(user):
			ada = frappe.has_permission("Berkas BPJS", "read", doc=doc.name)
			if frappe.has_permission("Berkas BPJS", "read"):
				assert ada == bool(frappe.get_list("Berkas BPJS", {"name": doc.name}, order_by="name"))
		return ada

	assert not terlihat(k.bpjs) and terlihat(k.dpmppa) and terlihat(k.pengawas)
	assert not terlihat(k.lurah) and not terlihat(k.ketua)
	sebagian = pabrik.pengguna("pengawas-sebagian")
	kecamatan = frappe.db.get_value("RT", k.rt, "kecamatan")
	pabrik.penugasan(sebagian, "Pengawas", kecamatan=kecamatan)
	assert not terlihat(sebagian)  # it packs files of the whole city
	with sebagai(k.dpmppa):
		kirim(doc.name, "Meja BPJS pada Aplikasi", str(now_datetime()))
	assert terlihat(k.bpjs)


def test_a_download_is_noted_for_every_resident_and_has_one_door(k, daftar, susun, monkeypatch):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	monkeypatch.setattr(
		frappe.local,
		"request",
		frappe._dict(environ={"REQUEST_METHOD": "POST"}, method="POST"),
		raising=False,
	)
	warga = frappe.get_all("Peserta", {"kegiatan": daftar.kegiatan}, pluck="warga", order_by="name")
	with sebagai(k.pengawas), pytest.raises(frappe.PermissionError, match="data pribadi"):
		unduh(doc.name)
	with sebagai(k.dpmppa):
		assert unduh(doc.name).status_code == 200
		file = frappe.get_doc("File", {"file_url": doc.arsip})
		assert not file.is_downloadable()
	with sebagai(k.bpjs), pytest.raises(frappe.PermissionError):  # it was not sent yet
		unduh(doc.name)
	catatan = frappe.get_all(
		"Akses Data Pribadi",
		{"rujukan_doctype": "Berkas BPJS", "rujukan_nama": doc.name},
		["warga", "pengguna", "jenis", "rt", "jabatan"],
		order_by="warga",
	)
	assert sorted(c.warga for c in catatan) == sorted(warga)
	assert {(c.pengguna, c.jenis, c.rt, c.jabatan) for c in catatan} == {
		(k.dpmppa, "Diunduh", k.rt, "DPMPPA")
	}


def test_a_row_named_twice_or_too_early_is_refused(k, daftar):
	with pytest.raises(BerkasTidakSah, match="sudah ada pada berkas"):
		pabrik.berkas_bpjs(k, daftar, daftar)
	langkah(daftar, k.dpmppa, "Kirim")
	frappe.db.set_value("Pendaftaran BPJS", daftar.name, "status", "Ditolak BPJS", update_modified=False)
	with pytest.raises(BerkasTidakSah, match="berstatus"):
		pabrik.berkas_bpjs(k, daftar)


def test_a_claim_comes_with_its_papers_and_the_account_to_pay_to(k, berjalan, susun):
	rekening, istri = "7700112233", {"nama": "Siti Aminah", "hubungan": "Istri"}
	klaim = pabrik.klaim(
		k,
		berjalan,
		jenis="JKM",
		ahli_waris=[istri],
		penerima_rencana=istri["nama"],
		bank="Bank Jambi",
		nomor_rekening=rekening,
		atas_nama=istri["nama"],
	)
	tugas = pabrik.surat_tugas(k, berjalan)
	klaim = pabrik.lengkapi_dokumen(klaim, k.ketua)
	for user, aksi in ((k.lurah, "Verifikasi"), (k.dpmppa, "Verifikasi")):
		klaim = langkah(klaim, user, aksi)
	doc = susun(pabrik.berkas_bpjs(k, klaim), surat=True)
	klaim.reload()
	assert klaim.status == "Diajukan ke BPJS" and doc.judul == "1 klaim"
	arsip, sk = buka(doc), frappe.db.get_value("Surat Keputusan", {"kegiatan": berjalan.name})
	nama = [n.removeprefix(f"{klaim.name}/") for n in arsip.namelist() if n.startswith(f"{klaim.name}/")]
	assert nama[:4] == [
		"data-pengajuan-jkm.pdf",
		"kronologi-kejadian.pdf",
		f"keputusan-{sk}.pdf",
		f"surat-tugas-{tugas.name}.pdf",
	]
	assert len(nama) == 4 + sum(bool(d.berkas) for d in klaim.dokumen)
	lembar = PdfReader(BytesIO(arsip.read(f"{klaim.name}/{nama[0]}")))
	teks = " ".join(" ".join(h.extract_text().split()) for h in lembar.pages)
	assert rekening in teks and milik(klaim.warga).nik in teks and "disamarkan" not in teks
	(baris,) = isi_lembar(doc, "Klaim")
	assert baris["Nomor Klaim"] == klaim.name and baris["Kronologi"] == klaim.kronologi
	assert [baris[j] for j in ("Nama Penerima", "Bank", "Nomor Rekening", "Atas Nama")] == [
		istri["nama"],
		"Bank Jambi",
		rekening,
		istri["nama"],
	]
	assert not frappe.db.exists("Akses Data Pribadi", {"rujukan_nama": klaim.name, "jenis": "Diunduh"})


def test_the_signed_chronology_stands_for_the_printed_one(k, berjalan, susun):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	(bertanda,) = [d for d in klaim.dokumen if d.jenis_dokumen.startswith("Kronologi") and d.berkas]
	for user, aksi in ((k.lurah, "Verifikasi"), (k.dpmppa, "Verifikasi")):
		klaim = langkah(klaim, user, aksi)
	nama = buka(susun(pabrik.berkas_bpjs(k, klaim), surat=True)).namelist()
	assert f"{klaim.name}/data-laporan-kecelakaan-tahap-ii.pdf" in nama
	assert [n for n in nama if "kronologi" in n] == [
		f"{klaim.name}/{bertanda.idx:02}-{frappe.scrub(bertanda.jenis_dokumen)}.pdf"
	]


def test_whoever_is_handed_a_claim_is_noted_for_its_health_data_and_account(k, berjalan, susun):
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan), k.ketua)
	for user, aksi in ((k.lurah, "Verifikasi"), (k.dpmppa, "Verifikasi")):
		klaim = langkah(klaim, user, aksi)
	doc = susun(pabrik.berkas_bpjs(k, klaim))
	with sebagai(k.dpmppa):
		doc.catat_pembukaan("Isi ZIP Berkas BPJS")
	catatan = frappe.get_all(
		"Akses Data Pribadi",
		{"rujukan_nama": doc.name, "warga": klaim.warga},
		pluck="kolom",
		order_by="kolom",
	)
	assert catatan == ["Data kesehatan dan nomor rekening pada klaim", "Isi ZIP Berkas BPJS"]


def test_an_older_mapping_takes_up_the_account_once(k):
	pemetaan = frappe.get_doc("Pemetaan Berkas BPJS", pemetaan_pada())
	pemetaan.kolom = [c for c in pemetaan.kolom if c.sumber not in rekening_lembar_klaim.REKENING]
	for c in pemetaan.kolom:
		c.lembar = "Santunan" if c.lembar == "Klaim" else c.lembar
	pemetaan.save()
	rekening_lembar_klaim.execute()
	rekening_lembar_klaim.execute()
	pemetaan.reload()
	assert [c.sumber for c in pemetaan.kolom if c.lembar == "Santunan"][-4:] == list(
		rekening_lembar_klaim.REKENING
	)
	assert sum(c.sumber in rekening_lembar_klaim.REKENING for c in pemetaan.kolom) == 4


def test_archives_stay_as_long_as_names_may(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	with sebagai(k.dpmppa):
		kirim(doc.name, "Kurir", str(now_datetime()))
	hapus_arsip_lama()
	assert frappe.db.get_value("Berkas BPJS", doc.name, "arsip")
	frappe.db.set_value("Berkas BPJS", doc.name, "disusun_pada", "2010-01-01")
	hapus_arsip_lama()
	baru = frappe.get_doc("Berkas BPJS", doc.name)
	assert (baru.arsip, baru.daftar_warga, baru.sidik) == (None, None, doc.sidik)
	assert not frappe.db.exists("File", {"file_url": doc.arsip})


def test_what_is_too_large_leaves_nothing_behind(k, daftar, susun, monkeypatch):
	monkeypatch.setattr(berkas_bpjs, "BYTE_SEMUA", 10)
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	assert doc.status == "Gagal" and "Bagi menjadi beberapa berkas" in doc.catatan and not doc.arsip


def test_sheets_ask_as_much_for_many_as_for_one(k, daftar, susun):
	"""As many questions to the database for two registrations as for one."""
	lain = pabrik.pendaftaran(k, pabrik.kegiatan_disetujui(k))
	pemetaan = frappe.get_doc("Pemetaan Berkas BPJS", frappe.db.get_value("Pemetaan Berkas BPJS", {}))
	banyak = []
	for nama in ([daftar.name], [daftar.name, lain.name]):
		with patch.object(frappe.db, "sql", wraps=frappe.db.sql) as sql:
			lembar_bpjs.susun_buku(pemetaan, nama, [])
		banyak.append(sql.call_count)
	assert banyak[0] == banyak[1] <= 5


def test_building_can_be_repeated(k, daftar, susun):
	doc = susun(pabrik.berkas_bpjs(k, daftar))
	pertama = doc.arsip
	with patch.object(berkas_bpjs, "_surat", lambda *_: []):
		bangun(doc)
	doc.reload()
	assert doc.arsip != pertama and not frappe.db.exists("File", {"file_url": pertama})
	assert len(doc.bagian) == 1


@pytest.fixture
def iuran_kota(k):
	"""The bill of this month for two people of a group that the city pays for."""
	with sebagai(k.dpmppa):
		for i, w in enumerate(pabrik.warga(k.rt, 2)):
			pabrik.kepesertaan_kota(w.name, kpj=f"1234567890{i}")
		return frappe.get_doc(
			{"doctype": "Iuran Kepesertaan Kota", "kelompok": "Petugas Syara'", "bulan": nowdate()}
		).insert()


def paket_iuran(k, iuran):
	with sebagai(k.dpmppa):
		return frappe.get_doc({"doctype": "Berkas BPJS", "isi": [{"iuran_kota": iuran.name}]}).insert()


def test_the_roster_of_a_month_goes_as_a_sheet_of_its_people(k, iuran_kota, susun):
	doc = susun(paket_iuran(k, iuran_kota), surat=True)
	assert (doc.status, doc.judul, doc.isi[0].keterangan) == (
		"Siap Dikirim",
		"1 iuran kota",
		iuran_kota.judul,
	)
	assert buku(doc).sheetnames == ["Kepesertaan Kota"]
	baris = isi_lembar(doc, "Kepesertaan Kota")
	anggota = frappe.get_all(
		"Kepesertaan Kota", {"rt": k.rt}, ["warga", "nama", "kpj"], order_by="nama, name"
	)
	assert [(b["Nama Lengkap"], b["Nomor KPJ"]) for b in baris] == [(a.nama, a.kpj) for a in anggota]
	assert {b["NIK"] for b in baris} == {frappe.db.get_value("Data Pribadi", a.warga, "nik") for a in anggota}
	assert [(b["No"], b["Jumlah Iuran"]) for b in baris] == [(1, 16_800), (2, 16_800)]
	manifes = json.loads(buka(doc).read("manifes.json"))
	assert manifes["iuran_kota"] == [iuran_kota.name]
	assert set(json.loads(doc.daftar_warga)) == {a.warga for a in anggota}


def test_bpjs_sees_bill_and_people_once_the_package_left(k, iuran_kota, susun):
	doc = susun(paket_iuran(k, iuran_kota))

	def terlihat() -> tuple[int, int]:
		with sebagai(k.bpjs):
			return (
				len(frappe.get_list("Iuran Kepesertaan Kota", {"name": iuran_kota.name}, order_by="name")),
				len(frappe.get_list("Kepesertaan Kota", {"rt": k.rt}, order_by="name")),
			)

	assert terlihat() == (0, 0)
	with sebagai(k.dpmppa):
		kirim(doc.name, "Surel", str(now_datetime()))
	assert terlihat() == (1, 2)


def test_an_unpaid_bill_waits_to_be_packed_until_it_is(k, iuran_kota):
	with sebagai(k.dpmppa):
		assert iuran_kota.name in berkas_bpjs.calon()["iuran_kota"]
	paket_iuran(k, iuran_kota)
	with sebagai(k.dpmppa):
		assert iuran_kota.name not in berkas_bpjs.calon()["iuran_kota"]


def test_a_row_names_one_file_only(k, daftar, iuran_kota):
	for isi in ({}, {"iuran_kota": iuran_kota.name, "pendaftaran": daftar.name}):
		with sebagai(k.dpmppa), pytest.raises(BerkasTidakSah):
			frappe.get_doc({"doctype": "Berkas BPJS", "isi": [isi]}).insert()


def test_a_mapping_without_a_sheet_for_people_of_groups_is_told(k, iuran_kota, susun):
	pemetaan = frappe.get_doc("Pemetaan Berkas BPJS", pemetaan_pada())
	pemetaan.kolom = [b for b in pemetaan.kolom if b.lembar != "Kepesertaan Kota"]
	pemetaan.save()
	doc = susun(paket_iuran(k, iuran_kota))
	assert doc.status == "Gagal" and "belum memuat lembar Kepesertaan" in doc.catatan
	lembar_kepesertaan.execute()
	lembar_kepesertaan.execute()  # a second time adds nothing
	doc = susun(doc)
	assert doc.status == "Siap Dikirim" and len(isi_lembar(doc, "Kepesertaan Kota")) == 2
