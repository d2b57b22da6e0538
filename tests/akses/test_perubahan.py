"""Who may make, change, move and delete what, tried over HTTP against harapan.toml."""

from __future__ import annotations

import frappe
import pytest
from frappe.permissions import setup_custom_perms
from harapan import SEMUA_KEADAAN, Harapan
from hasil import RUSAK, Hasil
from panggung import BERALUR, CATATAN, TETAP, WILAYAH, Pelaku, bahan, taruh
from pintu import (
	BUAT,
	HAPUS,
	LANGKAH,
	TANDAI,
	TERUSKAN,
	TIDAK_SEORANG_PUN,
	UBAH,
	jalankan_laporan,
)

pytestmark = pytest.mark.timeout(1800)


# --- what writes; one after the other, and the database says whether anything changed


def pelaku_pada(hasil: Hasil, wilayah: str) -> list[Pelaku]:
	"""Who is tried there: everyone in the own area, in the others those whose office ends before them."""
	if wilayah == TETAP:
		return hasil.panggung.pelaku
	milik = hasil.harapan.data["wilayah"]
	return [
		p
		for p in hasil.panggung.pelaku
		if p.masa == "berlaku" and p.jabatan in milik and wilayah not in milik[p.jabatan]
	]


def baris(dt: str, nama: str) -> tuple | None:
	"""The row as the database has it now."""
	frappe.db.rollback()
	if frappe.get_meta(dt).issingle:  # a save of the same values writes its hour
		isi = frappe.db.get_singles_dict(dt)
		return tuple(sorted((k, v) for k, v in isi.items() if k not in ("modified", "modified_by")))
	isi = frappe.db.sql(f"select * from `tab{dt}` where name = %s", nama)  # noqa: S608
	return isi[0] if isi else None


def utama(hasil: Hasil, wilayah: str) -> dict[str, str]:
	"""The document of each DocType that stands by itself on which changes are tried."""
	h, panggung = hasil.harapan, hasil.panggung
	milik = {}
	for dt in sorted(h.doctype):
		if h.induk(dt) or frappe.get_meta(dt).istable:
			continue
		ada = [n for n, di in panggung.letak[dt].items() if h.tanpa_wilayah(dt) or di[0] == wilayah]
		if ada:
			milik[dt] = (
				panggung.berkas[wilayah].get(f"{dt}: draf") or panggung.berkas[wilayah].get(dt) or ada[0]
			)
	return milik


def test_nobody_changes_what_is_not_theirs_through_a_side_door(sel, simpanan, pengunjung):
	"""Share, assign, rename, cancel, run a document's methods, delete; and comment only where one may read."""
	h, panggung = sel.harapan, sel.panggung
	kepada = next(p.user for p in panggung.pelaku if p.jabatan == "Pengguna tanpa jabatan")
	for wilayah in WILAYAH[:3]:
		milik = utama(sel, wilayah)
		for pelaku in pelaku_pada(sel, wilayah):
			if pelaku.jabatan == "Administrator":
				continue
			p = pengunjung[pelaku]
			for dt, nama in milik.items():
				di = panggung.letak[dt][nama]
				awal = baris(dt, nama)
				# an office that is not in force is held back before any of these doors: one of a kind will do
				sedikit = slice(1) if pelaku.masa != "berlaku" else slice(None)
				for pintu, fungsi in list(TIDAK_SEORANG_PUN.items())[sedikit]:
					_dapat, sebab = sel.coba(fungsi, p, dt, nama)
					sel.sel(
						"pintu samping", pelaku, dt, wilayah, pintu, False, baris(dt, nama) != awal, sebab
					)
				for pintu, fungsi in list(TERUSKAN.items())[sedikit]:
					_dapat, sebab = sel.coba(fungsi, p, dt, nama, kepada)
					ada = any(
						frappe.db.exists(catatan, {kolom: nama})
						for catatan, kolom in (("DocShare", "share_name"), ("ToDo", "reference_name"))
					)
					sel.sel("teruskan", pelaku, dt, wilayah, pintu, False, ada, sebab)
				boleh = h.boleh(dt, pelaku, di, "lihat")
				if not boleh:
					for pintu, fungsi in list(TANDAI.items())[sedikit]:
						_dapat, sebab = sel.coba(fungsi, p, dt, nama)
						ada = baris(dt, nama) != awal or frappe.db.exists(
							"Comment", {"reference_name": nama, "owner": pelaku.user}
						)
						sel.sel("tandai", pelaku, dt, wilayah, pintu, False, bool(ada), sebab)
				boleh = h.boleh(dt, pelaku, di, "hapus")
				for pintu, fungsi in list(HAPUS.items())[sedikit]:
					_dapat, sebab = sel.coba(fungsi, p, dt, nama)
					hilang = baris(dt, nama) is None
					sel.sel("hapus", pelaku, dt, wilayah, pintu, boleh, hilang, sebab)
					if hilang:
						simpanan.kembalikan()
		simpanan.kembalikan()


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


def test_the_administrator_deletes_nothing_from_the_records(sel, simpanan, pengunjung):
	pelaku = next(p for p in sel.panggung.pelaku if p.jabatan == "Administrator")
	for dt in ("Jejak Keputusan", "Akses Data Pribadi"):
		nama = utama(sel, TETAP)[dt]
		for pintu, fungsi in HAPUS.items():
			_dapat, sebab = sel.coba(fungsi, pengunjung[pelaku], dt, nama)
			sel.sel("hapus", pelaku, dt, TETAP, pintu, False, baris(dt, nama) is None, sebab)


def coba_isi(hasil: Hasil, simpanan, pengunjung, dt: str, kolom: str, isi: dict[str, list[str]]) -> None:
	"""Let everyone try to write the field, in each state of the file."""
	h, panggung = hasil.harapan, hasil.panggung
	beralur, meta = dt in BERALUR, frappe.get_meta(dt)
	penulis = {jabatan for semua in isi.values() for jabatan in semua}
	nilai = {kolom: 77 if meta.get_field(kolom).fieldtype == "Int" else "Uji Matriks"}
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
					berubah = frappe.db.get_value(dt, nama, kolom) == nilai[kolom]
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


def test_steps_are_taken_by_their_office_in_its_area(sel, simpanan, pengunjung):
	h, panggung = sel.harapan, sel.panggung
	for dt in BERALUR:
		alur = frappe.get_cached_doc("Workflow", {"document_type": dt})
		docstatus = {s.state: int(s.doc_status) for s in alur.states}
		tujuan = {(t.state, t.action): t.next_state for t in alur.transitions}
		pemilik = h.langkah(dt)
		for (dari, aksi), sendiri in h.langkah_sendiri(dt).items():
			status = tujuan[dari, aksi]
			keadaan = {"status": status, "docstatus": docstatus[status]}
			for wilayah in WILAYAH[:3]:
				nama = panggung.berkas[wilayah][dt]
				taruh(dt, nama, dari)
				di = panggung.letak[dt][nama]
				for pelaku in pelaku_pada(sel, wilayah):
					if pelaku.masa != "berlaku" and pelaku.jabatan != pemilik[dari, aksi]:
						continue
					boleh = pelaku.jabatan == sendiri and h.di_wilayah(dt, pelaku, di)
					for pintu, fungsi in LANGKAH.items():
						_dapat, sebab = sel.coba(fungsi, pengunjung[pelaku], dt, nama, aksi, keadaan)
						frappe.db.rollback()
						kini = frappe.db.get_value(dt, nama, "status")
						letak = f"{wilayah}, {dari}"
						sel.sel("langkah", pelaku, dt, letak, f"{pintu} {aksi}", boleh, kini != dari, sebab)
						if kini != dari:
							simpanan.kembalikan()
							taruh(dt, nama, dari)
			simpanan.kembalikan()


def test_reports_hold_the_readers_area_only(sel, pengunjung):
	"""The line of totals counts the RT of the reader's area."""
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
			kegiatan = sum(
				h.di_wilayah("Kegiatan", pelaku, di) and nama in _disetujui()
				for nama, di in letak["Kegiatan"].items()
			)
			terhitung = isi["result"][-1]["kegiatan"] if isi["result"] else 0
			sel.sel(
				"laporan",
				pelaku,
				laporan,
				None,
				"jumlah kegiatan",
				kegiatan,
				terhitung,
				str(isi["result"])[:300],
			)


def _disetujui() -> set[str]:
	"""Kegiatan that the report counts."""
	frappe.db.rollback()
	return set(frappe.get_all("Kegiatan", {"docstatus": 1}, pluck="name", order_by="name"))
