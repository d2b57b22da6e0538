"""Who may do what, tried over HTTP against harapan.toml; what came out goes to var/access.json."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import frappe
import pytest
from hasil import RUSAK, Hasil
from panggung import BERALUR, TETAP, WILAYAH, Pelaku, doctype_aplikasi
from pintu import BACA, CETAK, DAFTAR, DAFTAR_EKSPOR, HITUNG, LAMPIRAN, Pengunjung

pytestmark = pytest.mark.timeout(1800)  # minutes, on a machine with other work
SEKALIGUS = 2


def bersamaan(hasil: Hasil, pengunjung: dict[Pelaku, Pengunjung], coba) -> None:
	"""Let everyone but the Administrator try, a few at a time; only for what changes nothing."""
	pelaku = [p for p in pengunjung if p.jabatan != "Administrator"]
	with ThreadPoolExecutor(SEKALIGUS) as kolam:
		list(kolam.map(lambda p: coba(hasil, p, pengunjung[p]), pelaku))


def test_the_expectation_names_every_doctype_state_and_step(situs, hasil):
	assert hasil.harapan.doctype == set(doctype_aplikasi())
	for dt in BERALUR:
		alur = frappe.get_doc("Workflow", {"document_type": dt})
		langkah = {(t.state, t.action): t.allowed for t in alur.transitions}
		assert hasil.harapan.langkah(dt) == langkah
	for dt, kolom, isi in hasil.harapan.isi():
		assert frappe.get_meta(dt).has_field(kolom), (dt, kolom)
		if dt in BERALUR:
			keadaan = {s.state for s in frappe.get_doc("Workflow", {"document_type": dt}).states}
			assert set(isi) <= keadaan, dt


def coba_daftar(hasil: Hasil, pelaku: Pelaku, p: Pengunjung) -> None:
	h, letak = hasil.harapan, hasil.panggung.letak
	for dt in sorted(h.doctype):
		induk = h.induk(dt)
		if dt in letak[dt] or (induk and induk in letak[induk]):
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
		if induk or pelaku.masa != "berlaku":
			continue
		for nama_pintu, fungsi in HITUNG.items():
			dapat, sebab = hasil.coba(fungsi, p, dt, induk)
			hasil.sel("hitung", pelaku, dt, None, nama_pintu, len(tampak), dapat or 0, sebab)


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
		for nama, di in panggung.letak[dt].items():
			if pelaku.masa != "berlaku" and (nama not in contoh or di[0] not in penuh):
				continue
			harap = h.boleh(dt, pelaku, di, "lihat")
			for pintu in _pintu_baca(dt, pelaku, induk, nama in contoh, di[0] in penuh):
				dapat, sebab = hasil.coba(BACA[pintu], p, dt, nama, induk)
				hasil.sel("baca", pelaku, dt, di[0], pintu, harap, dapat, f"{nama} {sebab}")
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
			harap = h.boleh(dt, pelaku, panggung.letak[dt][panggung.berkas[wilayah][dt]], "lihat")
			harap = harap and pelaku.jabatan in h.data["lampiran"].get(dt, [pelaku.jabatan])
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
