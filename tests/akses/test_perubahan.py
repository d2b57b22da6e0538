"""Who may make and change what, tried over HTTP against harapan.toml."""

from __future__ import annotations

import frappe
import pytest
from cara import nilai_uji, pelaku_pada, utama
from frappe.permissions import setup_custom_perms
from harapan import SEMUA_KEADAAN, Harapan
from hasil import RUSAK, Hasil
from panggung import BERALUR, CATATAN, TETAP, WILAYAH, bahan, taruh
from pintu import BUAT, UBAH, jalankan_laporan

pytestmark = pytest.mark.timeout(1800)  # minutes, on a machine with other work


def test_content_changes_in_its_state_by_its_office(sel, simpanan, pengunjung):
	for dt, kolom, isi in sel.harapan.isi():
		coba_isi(sel, simpanan, pengunjung, dt, kolom, isi)


def test_a_right_too_many_turns_up_as_wrong_cells(panggung, simpanan, pengunjung):
	"""The matrix is no better than what it notices."""
	hasil = Hasil(Harapan(), panggung)
	setup_custom_perms("Kecamatan")
	frappe.db.set_value("Custom DocPerm", {"parent": "Kecamatan", "role": "Pengawas"}, "write", 1)
	frappe.db.commit()
	frappe.clear_cache(doctype="Kecamatan")
	try:
		coba_isi(hasil, simpanan, pengunjung, "Kecamatan", "nama", {})
	finally:
		frappe.db.delete("Custom DocPerm", {"parent": "Kecamatan"})
		frappe.db.commit()
		frappe.clear_cache(doctype="Kecamatan")
	assert {(s["pelaku"], s["dapat"]) for s in hasil.salah} == {
		("Pengawas kota", True),
		("Pengawas kecamatan", True),
	}


def coba_isi(hasil: Hasil, simpanan, pengunjung, dt: str, kolom: str, isi: dict[str, list[str]]) -> None:
	"""Let everyone try to write the field, in each state of the file."""
	h, panggung = hasil.harapan, hasil.panggung
	beralur = dt in BERALUR
	penulis = {jabatan for semua in isi.values() for jabatan in semua}
	# every door where there is one state, two in the states of a Workflow
	pintu = dict(list(UBAH.items())[:2]) if beralur else UBAH
	keadaan = (
		[s.state for s in frappe.get_cached_doc("Workflow", {"document_type": dt}).states]
		if beralur
		else [SEMUA_KEADAAN]
	)
	for wilayah in WILAYAH[:3] if not h.tanpa_wilayah(dt) else (TETAP,):
		nama = (
			panggung.berkas[wilayah]["Peserta: draf"] if dt == "Peserta" else panggung.berkas[wilayah].get(dt)
		)
		nama = nama or utama(hasil, wilayah).get(dt)
		if not nama:
			continue
		di = panggung.letak[dt][nama]
		nilai = nilai_uji(dt, kolom, panggung.berkas[wilayah])
		for satu in keadaan:
			simpanan.kembalikan()
			if beralur:
				taruh(dt, nama, satu)
			for pelaku in pelaku_pada(hasil, wilayah):
				if pelaku.jabatan == "Administrator" and not beralur and dt not in CATATAN:
					continue
				if pelaku.masa != "berlaku" and pelaku.jabatan not in penulis:
					continue
				boleh = pelaku.jabatan in isi.get(satu, []) and h.di_wilayah(dt, pelaku, di)
				for nama_pintu, fungsi in pintu.items():
					_dapat, sebab = hasil.coba(fungsi, pengunjung[pelaku], dt, nama, nilai)
					frappe.db.rollback()
					berubah = str(frappe.db.get_value(dt, nama, kolom)) == str(nilai[kolom])
					letak = f"{wilayah}, {satu}"
					hasil.sel("ubah", pelaku, dt, letak, f"{nama_pintu} {kolom}", boleh, berubah, sebab)
					if berubah:
						simpanan.kembalikan()
						if beralur:
							taruh(dt, nama, satu)
	simpanan.kembalikan()


def test_documents_are_made_by_their_office_in_its_area(sel, simpanan, pengunjung):
	h = sel.harapan
	for wilayah in WILAYAH[:3]:
		for dt, doc in bahan(sel.panggung, wilayah).items():
			for pelaku in pelaku_pada(sel, wilayah):
				if pelaku.jabatan == "Administrator":
					continue
				boleh = h.boleh(dt, pelaku, (wilayah, False), "buat")
				for pintu, fungsi in BUAT.items():
					frappe.db.rollback()
					awal = frappe.db.count(dt)
					_dapat, sebab = sel.coba(fungsi, pengunjung[pelaku], doc)
					frappe.db.rollback()
					jadi = frappe.db.count(dt) != awal
					sel.sel("buat", pelaku, dt, wilayah, pintu, boleh, jadi, sebab)
					if jadi:
						simpanan.kembalikan()
					if not boleh and pelaku.masa != "berlaku":
						break


def test_reports_hold_the_readers_area_only(sel, pengunjung):
	"""Each report counts the files of the reader's area."""
	h, letak = sel.harapan, sel.panggung.letak
	for laporan, jabatan in h.data["laporan"].items():
		for pelaku in sel.panggung.pelaku:
			if pelaku.jabatan == "Administrator":
				continue
			boleh = pelaku.jabatan in jabatan and pelaku.masa == "berlaku"
			isi, sebab = sel.coba(jalankan_laporan, pengunjung[pelaku], laporan)
			sel.sel(
				"laporan",
				pelaku,
				laporan,
				None,
				"query_report",
				boleh,
				bool(isi) if isi != RUSAK else isi,
				sebab,
			)
			if not boleh or not isi or isi == RUSAK:
				continue
			dt, saring, hitung = HITUNGAN[laporan]
			seharusnya = sum(
				h.di_wilayah(dt, pelaku, di) and nama in _berkas(dt, saring) for nama, di in letak[dt].items()
			)
			terhitung = hitung(isi["result"]) if isi["result"] else 0
			sel.sel(
				"laporan",
				pelaku,
				laporan,
				None,
				f"jumlah {dt}",
				seharusnya,
				terhitung,
				str(isi["result"])[:300],
			)


# by report: which files it counts, and how many the answer says there are
HITUNGAN = {
	"Cakupan Perlindungan": ("Kegiatan", {"docstatus": 1}, lambda baris: baris[-1]["kegiatan"]),
	"Daftar Peserta": ("Peserta", {}, lambda baris: len(baris) - 1),
	"Peserta Ganda": ("Peserta", {"catatan_bersamaan": ["is", "set"]}, lambda baris: len(baris) - 1),
	"Kepatuhan Musyawarah": (
		"Musyawarah",
		{"status": ["!=", "Dibatalkan"]},
		lambda baris: baris[-1]["musyawarah"],
	),
	"Prioritas Usulan": (
		"Musyawarah",
		[["status", "=", "Disahkan"], ["Usulan", "keputusan", "=", "Diputuskan"]],
		lambda baris: len({b["musyawarah"] for b in baris[:-1]}),
	),
	"Register Dokumen Resmi": ("Dokumen Resmi", {}, lambda baris: len(baris) - 1),
	"Iuran dan Pagu": ("RT", {}, lambda baris: baris[-1]["rt"]),
	"Kemajuan Kegiatan": ("Kegiatan", {"dimulai_pada": ["is", "set"]}, lambda baris: len(baris) - 1),
	"Kepesertaan Kota": ("Kepesertaan Kota", {}, lambda baris: baris[-1]["peserta"]),
	"Rekap Bulanan Lurah": ("RT", {}, lambda baris: len(baris) - 1),
	"Klaim": ("Klaim", {}, lambda baris: len(baris) - 1),
	"Klaim Macet": (
		"Klaim",
		[["batas_bayar", "between", ["2019-01-01", "2019-12-31"]], ["dibayar_pada", "is", "not set"]],
		lambda baris: len(baris) - 1,
	),
	"Manfaat Dibayar": ("Klaim", {"dibayar_pada": ["is", "set"]}, lambda baris: baris[-1]["klaim"]),
}


def _berkas(dt: str, saring: dict | list) -> set[str]:
	frappe.db.rollback()
	return set(frappe.get_all(dt, saring, pluck="name", order_by="name"))
