"""Doors beside the forms: share, assign, rename, cancel, run methods, comment, attach, delete; over HTTP."""

from __future__ import annotations

import frappe
import pytest
from cara import baris, nilai_uji, pelaku_pada, utama
from panggung import CARI, KERANGKA, PERAN_JABATAN, TETAP, WILAYAH
from pintu import (
	BACA,
	DAFTAR,
	HAPUS,
	LAMPIRKAN,
	TANDAI,
	TERUSKAN,
	TIDAK_SEORANG_PUN,
	UBAH,
	cari_menyeluruh,
)

pytestmark = pytest.mark.timeout(1800)  # minutes, on a machine with other work


def bertanda(pintu: str, dt: str, nama: str, user: str) -> bool:
	"""Whether that mark of the user is on the document."""
	frappe.db.rollback()
	jenis = {"komentar": "Comment", "suka": "Like", "label": None}[pintu]
	if jenis:
		tanda = {
			"reference_doctype": dt,
			"reference_name": nama,
			"comment_type": jenis,
			"comment_email": user,
		}
		return bool(frappe.db.exists("Comment", tanda))
	return bool(frappe.db.exists("Tag Link", {"document_type": dt, "document_name": nama}))


def hapus_tanda(dt: str, nama: str) -> None:
	frappe.db.delete(
		"Comment", {"reference_doctype": dt, "reference_name": nama, "owner": ["!=", "Administrator"]}
	)
	frappe.db.delete("Tag Link", {"document_type": dt, "document_name": nama})
	kolom = {"_liked_by": None, "_user_tags": None, "_comments": None}
	if not frappe.get_meta(dt).issingle:
		ada = {k: v for k, v in kolom.items() if k in frappe.db.get_table_columns(dt)}
		frappe.db.set_value(dt, nama, ada, update_modified=False)
	frappe.db.commit()


def test_the_global_search_finds_what_lists_show(sel, pengunjung):
	# before what may be deleted is: it would be gone from the search, and comes back to its table alone
	h, letak = sel.harapan, sel.panggung.letak
	for pelaku in sel.panggung.pelaku:
		if pelaku.jabatan == "Administrator":
			continue
		for dt, semua in sel.panggung.dicari.items():
			dapat, sebab = sel.coba(cari_menyeluruh, pengunjung[pelaku], CARI, dt)
			for nama in semua:
				harap = h.boleh(dt, pelaku, letak[dt][nama], "lihat")
				sel.sel(
					"cari",
					pelaku,
					dt,
					letak[dt][nama][0],
					"pencarian menyeluruh",
					harap,
					nama in (dapat or ()),
					sebab,
				)


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
				for pintu, fungsi in list(TANDAI.items())[sedikit]:
					_dapat, sebab = sel.coba(fungsi, p, dt, nama)
					ada = bertanda(pintu, dt, nama, pelaku.user)
					# a Single has no row that could hold a label
					bisa = boleh and not (pintu == "label" and frappe.get_meta(dt).issingle)
					sel.sel("tandai", pelaku, dt, wilayah, pintu, bisa, ada, sebab)
					if ada:
						hapus_tanda(dt, nama)
				boleh = h.melampirkan(dt, pelaku, di)
				for pintu, fungsi in list(LAMPIRKAN.items())[sedikit]:
					_dapat, sebab = sel.coba(fungsi, p, dt, nama)
					frappe.db.rollback()
					terlampir = {"attached_to_doctype": dt, "attached_to_name": nama, "owner": pelaku.user}
					berkas = frappe.get_all(
						"File",
						{**terlampir, "file_name": ["like", "uji-matriks%"]},
						["is_private"],
						order_by="name",
					)
					sel.sel("lampirkan", pelaku, dt, wilayah, pintu, boleh, bool(berkas), sebab)
					if berkas and not h.tanpa_wilayah(dt):
						sel.sel("lampirkan", pelaku, dt, wilayah, "tertutup", 1, berkas[0].is_private)
					if berkas:
						frappe.db.delete("File", {"file_name": ["like", "uji-matriks%"]})
						frappe.db.commit()
				boleh = h.boleh(dt, pelaku, di, "hapus")
				for pintu, fungsi in list(HAPUS.items())[sedikit]:
					_dapat, sebab = sel.coba(fungsi, p, dt, nama)
					hilang = baris(dt, nama) is None
					sel.sel("hapus", pelaku, dt, wilayah, pintu, boleh, hilang, sebab)
					if hilang:
						simpanan.kembalikan()
		simpanan.kembalikan()


def test_the_administrator_deletes_nothing_from_the_records(sel, simpanan, pengunjung):
	pelaku = next(p for p in sel.panggung.pelaku if p.jabatan == "Administrator")
	for dt in ("Jejak Keputusan", "Akses Data Pribadi"):
		nama = utama(sel, TETAP)[dt]
		for pintu, fungsi in HAPUS.items():
			_dapat, sebab = sel.coba(fungsi, pengunjung[pelaku], dt, nama)
			sel.sel("hapus", pelaku, dt, TETAP, pintu, False, baris(dt, nama) is None, sebab)


def test_records_of_the_framework_are_ones_own(sel, simpanan, pengunjung):
	for pelaku in sel.panggung.pelaku:
		if pelaku.jabatan == "Administrator":
			continue
		for dt, semua in sel.panggung.kerangka.items():
			coba_kerangka(sel, simpanan, pengunjung[pelaku], pelaku, dt, semua)


def coba_kerangka(hasil, simpanan, p, pelaku, dt: str, semua: dict) -> None:
	h, letak = hasil.harapan, hasil.panggung.letak

	def hak(nama: str) -> set[str]:
		user, jenis, acuan = semua[nama]
		if dt == "File":
			return {"daftar", "lihat"} if h.membuka_lampiran(jenis, pelaku, letak[jenis][acuan]) else set()
		return h.kerangka(dt, pelaku, user == pelaku.user)

	penuh = pelaku.masa == "berlaku"
	for pintu in ("REST", "RPC", "laporan daftar")[: None if penuh else 1]:
		dapat, sebab = hasil.coba(DAFTAR[pintu], p, dt, None)
		for nama in semua:
			hasil.sel(
				"kerangka", pelaku, dt, None, pintu, "daftar" in hak(nama), nama in (dapat or ()), sebab
			)
	# one's own, another's, and one in each area
	milik = {(user == pelaku.user, acuan): nama for nama, (user, _jenis, acuan) in semua.items()}
	if dt == "File":
		milik = {
			(letak[jenis][acuan][0], jenis): nama
			for nama, (_user, jenis, acuan) in semua.items()
			if jenis in ("Kegiatan", "Klaim")
		}
	kolom = KERANGKA[dt][1]
	nilai = nilai_uji(dt, kolom, {})
	for nama in milik.values():
		boleh = hak(nama)
		for pintu in ("REST", "formulir", "RPC")[: None if penuh else 1]:
			dapat, sebab = hasil.coba(BACA[pintu], p, dt, nama, None)
			hasil.sel("kerangka", pelaku, dt, None, pintu, "lihat" in boleh, dapat, f"{nama} {sebab}")
		if dt == "File" and boleh:
			continue  # it depends on the state of its file: tests/situs/test_bukti.py
		_dapat, sebab = hasil.coba(UBAH["REST"], p, dt, nama, nilai)
		frappe.db.rollback()
		kini = frappe.db.get_value(dt, nama, kolom)
		hasil.sel(
			"kerangka", pelaku, dt, None, "ubah", "ubah" in boleh, kini == nilai[kolom], f"{nama} {sebab}"
		)
		_dapat, sebab = hasil.coba(HAPUS["REST"], p, dt, nama)
		hilang = baris(dt, nama) is None
		hasil.sel("kerangka", pelaku, dt, None, "hapus", "hapus" in boleh, hilang, f"{nama} {sebab}")
		if hilang or kini == nilai[kolom]:
			simpanan.kembalikan()


def test_nobody_gives_themselves_a_role(sel, pengunjung):
	for pelaku in sel.panggung.pelaku:
		if pelaku.jabatan == "Administrator" or pelaku.masa != "berlaku":
			continue
		peran = ["System Manager", *(j for j in PERAN_JABATAN if not pelaku.jabatan.startswith(j))]
		baru = {"roles": [{"role": satu} for satu in peran]}
		_dapat, sebab = sel.coba(UBAH["REST"], pengunjung[pelaku], "User", pelaku.user, baru)
		frappe.db.rollback()
		for satu in peran:
			ada = frappe.db.exists("Has Role", {"parent": pelaku.user, "role": satu})
			# "Peran tanpa penugasan" lost the rows at its first request
			sel.sel("kerangka", pelaku, "User", None, f"peran {satu}", False, bool(ada), sebab)
