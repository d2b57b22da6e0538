"""Who may do what, tried over HTTP against harapan.toml; what came out goes to var/access.json."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from cara import nilai_uji
from harapan import Harapan
from hasil import RUSAK, Hasil
from panggung import BERALUR, CATATAN, PERAN_JABATAN, TETAP, WILAYAH, Pelaku, doctype_aplikasi
from pintu import BACA, CETAK, DAFTAR, DAFTAR_EKSPOR, HITUNG, LAMPIRAN, UBAH, Pengunjung

from kampung_bahagia.izin.berkas import DOCTYPE_BERLAMPIRAN
from kampung_bahagia.tests import pabrik

pytestmark = pytest.mark.timeout(1800)  # minutes, on a machine with other work
SEKALIGUS = 2


def bersamaan(hasil: Hasil, pengunjung: dict[Pelaku, Pengunjung], coba) -> None:
	"""Let everyone but the Administrator try, a few at a time; only for what changes nothing."""
	pelaku = [p for p in pengunjung if p.jabatan != "Administrator"]
	with ThreadPoolExecutor(SEKALIGUS) as kolam:
		list(kolam.map(lambda p: coba(hasil, p, pengunjung[p]), pelaku))


def test_the_expectation_names_every_doctype_state_and_step(situs_sendiri):
	h = Harapan()
	tak_tertulis, tak_ada = set(doctype_aplikasi()) - h.doctype, h.doctype - set(doctype_aplikasi())
	assert not tak_tertulis, f"no lines in harapan.toml (its head says which): {sorted(tak_tertulis)}"
	assert not tak_ada, f"lines in harapan.toml for no DocType: {sorted(tak_ada)}"
	assert set(h.data["langkah"]) == set(BERALUR)
	for dt in BERALUR:
		alur = frappe.get_doc("Workflow", {"document_type": dt})
		langkah = {
			(t.state, t.action): {
				u.allowed for u in alur.transitions if (u.state, u.action) == (t.state, t.action)
			}
			for t in alur.transitions
		}
		assert h.langkah(dt) == langkah
	assert {dt for dt, _kolom, _isi in h.isi()} == {dt for dt in h.doctype if not frappe.get_meta(dt).istable}
	# elsewhere the list of files would show their papers to every area
	berwilayah = {dt for dt in h.data["melampirkan"] if not h.tanpa_wilayah(dt)}
	assert not berwilayah - set(DOCTYPE_BERLAMPIRAN)
	for dt, kolom, isi in h.isi():
		assert frappe.get_meta(dt).has_field(kolom), (dt, kolom)
		if dt in BERALUR:
			keadaan = {s.state for s in frappe.get_doc("Workflow", {"document_type": dt}).states}
			assert set(isi) <= keadaan, dt


def tunggal_kah(hasil: Hasil, dt: str, induk: str | None) -> bool:
	"""Whether there is one document of the DocType, or of which it is a table."""
	letak = hasil.panggung.letak
	return dt in letak[dt] or bool(induk and induk in letak[induk])


def coba_daftar(hasil: Hasil, pelaku: Pelaku, p: Pengunjung) -> None:
	h, letak = hasil.harapan, hasil.panggung.letak
	for dt in sorted(h.doctype):
		induk = h.induk(dt)
		if tunggal_kah(hasil, dt, induk):
			continue  # a Single has no list, nor have its tables
		p.terbaca = hasil.periksa_bocor(pelaku, dt)
		pintu = DAFTAR | DAFTAR_EKSPOR
		if induk:
			pintu = {k: f for k, f in pintu.items() if k not in ("pilihan tautan", "ekspor data")}
		tampak = {nama for nama, di in letak[dt].items() if h.boleh(dt, pelaku, di, "lihat")}
		terekspor = {nama for nama, di in letak[dt].items() if h.boleh(dt, pelaku, di, "ekspor")}
		if pelaku.masa != "berlaku":
			pintu = {k: pintu[k] for k in ("REST", "laporan daftar", "ekspor")}
		for nama_pintu, fungsi in pintu.items():
			harap = {"ekspor": terekspor, "ekspor data": set()}.get(nama_pintu, tampak)
			dapat, sebab = hasil.coba(fungsi, p, dt, induk)
			bandingkan(hasil, pelaku, dt, nama_pintu, harap, dapat, sebab)
			if nama_pintu == "REST":
				terdaftar = dapat
		if induk or pelaku.masa != "berlaku":
			continue
		# records grow while others are tried: their number is the list's
		harap = len(terdaftar or ()) if dt in CATATAN else len(tampak)
		for nama_pintu, fungsi in HITUNG.items():
			dapat, sebab = hasil.coba(fungsi, p, dt, induk)
			hasil.sel("hitung", pelaku, dt, None, nama_pintu, harap, dapat or 0, sebab)


def bandingkan(hasil: Hasil, pelaku: Pelaku, dt: str, pintu: str, harap: set[str], dapat, sebab: str) -> None:
	"""A list against what should be in it, row by row, and area by area in the report."""
	if dapat == RUSAK:
		hasil.sel("daftar", pelaku, dt, None, pintu, bool(harap), dapat, sebab)
		return
	dapat = dapat or set()
	for nama, (wilayah, _diserahkan) in hasil.panggung.letak[dt].items():
		hasil.sel("daftar", pelaku, dt, wilayah, pintu, nama in harap, nama in dapat, f"{nama} {sebab}")


def test_lists_show_what_an_office_may_see(sel, pengunjung):
	bersamaan(sel, pengunjung, coba_daftar)


def coba_baca(hasil: Hasil, pelaku: Pelaku, p: Pengunjung) -> None:
	h, panggung = hasil.harapan, hasil.panggung
	penuh = _wilayah_penuh(hasil, pelaku)
	for dt in sorted(h.doctype):
		p.terbaca = hasil.periksa_bocor(pelaku, dt)
		induk = h.induk(dt)
		if not h.berisi(dt, pelaku):
			continue
		contoh = _contoh(hasil, dt)
		tunggal = tunggal_kah(hasil, dt, induk)
		terdaftar = None if tunggal else hasil.coba(DAFTAR["REST"], p, dt, induk)[0] or set()
		for nama, di in panggung.letak[dt].items():
			if pelaku.masa != "berlaku" and (nama not in contoh or di[0] not in penuh):
				continue
			harap = h.boleh(dt, pelaku, di, "lihat")
			for pintu in _pintu_baca(dt, pelaku, induk, nama in contoh, di[0] in penuh):
				dapat, sebab = hasil.coba(BACA[pintu], p, dt, nama, induk)
				hasil.sel("baca", pelaku, dt, di[0], pintu, harap, dapat, f"{nama} {sebab}")
				if pintu == "REST" and terdaftar is not None:
					hasil.sel(
						"selaras", pelaku, dt, di[0], "daftar = dokumen", nama in terdaftar, dapat, nama
					)
			if nama not in contoh or induk or di[0] not in penuh:
				continue
			boleh = h.boleh(dt, pelaku, di, "cetak")
			for pintu, fungsi in CETAK.items():
				if pelaku.masa != "berlaku" and pintu != "PDF":
					continue
				if boleh and pintu.startswith("PDF") and (dt != "Surat Keputusan" or di[0] != TETAP):
					continue  # a page that is drawn in full takes a second
				dapat, sebab = hasil.coba(fungsi, p, dt, nama, induk)
				hasil.sel("cetak", pelaku, dt, di[0], pintu, boleh, dapat, f"{nama} {sebab}")
	for wilayah in WILAYAH if pelaku.masa == "berlaku" else (TETAP,):
		for dt, alamat in panggung.lampiran[wilayah].items():
			harap = h.membuka_lampiran(dt, pelaku, panggung.letak[dt][panggung.berkas[wilayah][dt]])
			for pintu, fungsi in LAMPIRAN.items():
				dapat, sebab = hasil.coba(fungsi, p, alamat)
				hasil.sel("lampiran", pelaku, dt, wilayah, pintu, harap, dapat, sebab)


def _wilayah_penuh(hasil: Hasil, pelaku: Pelaku) -> set[str | None]:
	"""Areas in which every door is tried: the own one and the nearest that is not; of the others a few."""
	if pelaku.masa != "berlaku":
		return {TETAP, None}
	milik = hasil.harapan.data["wilayah"].get(pelaku.jabatan, [])
	return {TETAP, None, next((w for w in WILAYAH if w not in (TETAP, *milik)), TETAP)}


def _pintu_baca(dt: str, pelaku: Pelaku, induk: str | None, contoh: bool, penuh: bool) -> tuple[str, ...]:
	if induk:
		return ("REST", "RPC", "RPC nilai") if contoh else ()
	if not contoh:
		return ("REST",) if penuh else ()
	if not penuh:
		return ("REST", "formulir")
	if pelaku.masa != "berlaku":
		return ("REST", "formulir", "RPC nilai")
	return tuple(p for p in BACA if p != "perjalanan" or dt in BERALUR)


def _contoh(hasil: Hasil, dt: str) -> set[str]:
	"""One document per area (and, for BPJS, per stage) to try every door with."""
	panggung, per_wilayah = hasil.panggung, {}
	utama = {panggung.berkas[w].get(dt) for w in WILAYAH}
	for nama, di in panggung.letak[dt].items():
		if nama in utama or di not in per_wilayah:
			per_wilayah[di] = nama
	return set(per_wilayah.values())


def test_documents_open_where_lists_show_them(sel, pengunjung):
	bersamaan(sel, pengunjung, coba_baca)


def test_an_office_role_that_no_penugasan_gives_opens_nothing(sel, pengunjung):
	"""What has no area is opened by the role alone. The role is put there anew before each door."""
	h, letak = sel.harapan, sel.panggung.letak
	pelaku = next(p for p in pengunjung if p.jabatan == "Peran tanpa penugasan")
	p = pengunjung[pelaku]

	def coba(fungsi, *isi) -> tuple[object, str]:
		pabrik.peran_tanpa_penugasan(pelaku.user, *PERAN_JABATAN)
		frappe.db.commit()
		frappe.clear_cache(user=pelaku.user)
		return sel.coba(fungsi, p, *isi)

	for dt, kolom, _isi in h.isi():
		if not h.tanpa_wilayah(dt):
			continue
		nama = next(iter(letak[dt]))
		for pintu in ("REST", "laporan daftar"):
			if not tunggal_kah(sel, dt, None):
				dapat, sebab = coba(DAFTAR[pintu], dt, None)
				sel.sel("daftar", pelaku, dt, None, pintu, False, bool(dapat), sebab)
		for pintu in ("REST", "formulir", "RPC"):
			dapat, sebab = coba(BACA[pintu], dt, nama, None)
			sel.sel("baca", pelaku, dt, None, pintu, False, dapat, sebab)
		dapat, sebab = coba(CETAK["PDF"], dt, nama, None)
		sel.sel("cetak", pelaku, dt, None, "PDF", False, dapat, sebab)
		nilai = nilai_uji(dt, kolom, {})
		_dapat, sebab = coba(UBAH["REST"], dt, nama, nilai)
		frappe.db.rollback()
		berubah = frappe.db.get_value(dt, nama, kolom) == nilai[kolom]
		sel.sel("ubah", pelaku, dt, None, f"REST {kolom}", False, berubah, sebab)
