"""The city's other protected groups: memberships in every state, months paid and open, and budgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import frappe
from frappe.utils import add_days, add_months, getdate, nowdate

from kampung_bahagia.aturan.kepesertaan import bulan_dari
from kampung_bahagia.izin.data_pribadi import warga_ber_nik
from kampung_bahagia.setup.demo import akun
from kampung_bahagia.setup.demo.berkas import lampirkan
from kampung_bahagia.setup.demo.penduduk import LABEL, Rukun

KEPESERTAAN, IURAN = "Kepesertaan Kota", "Iuran Kepesertaan Kota"
# rupiah a year; the third is too little for those who are in it
PAGU = {"Ketua RT": 15_000_000, "Pekerja Rentan": 8_000_000, "PHL": 3_000_000, "Petugas Syara'": 4_000_000}
BULAN_LUNAS = 2  # before the present one, which is open


def muat(rt: Sequence[Rukun], keluarga: Callable[[Rukun], list[list[dict]]]) -> None:
	"""Load what is missing, as DPMPPA; each part in one transaction."""
	if frappe.db.count(KEPESERTAAN):
		return
	akun.sebagai(akun.DPMPPA)
	hari = getdate(nowdate())
	for i, satu in enumerate(rt):
		ketua, *lain = [anggota[0] for anggota in keluarga(satu)]
		_catat("Ketua RT", ketua, kpj=f"{20_250_000_000 + i}")
		for n, (orang, (kelompok, masa)) in enumerate(zip(lain, _susunan(i, hari), strict=False)):
			_catat(kelompok, orang, **masa, kpj=f"{20_260_000_000 + 10 * i + n}" if n else None)
	_iuran_dan_anggaran(hari)
	frappe.db.commit()
	print(f"  Kepesertaan Kota: {frappe.db.count(KEPESERTAAN)}", flush=True)


def _susunan(i: int, hari: date) -> list[tuple[str, dict]]:
	"""Group and period of three residents of the RT with this number: all states turn up."""
	lalu = add_days(hari, -20)
	keadaan = (
		{"mulai": date(hari.year, 1, 1)},
		{"mulai": date(hari.year, 1, 1), "sampai": add_days(hari, 12)},
		{"mulai": date(hari.year, 1, 1), "sampai": lalu},
		{"mulai": date(hari.year, 1, 1), "sampai": lalu, "alasan_berhenti": "Pindah ke luar kota"},
		{"mulai": add_days(hari, 14)},
	)
	return [
		("Pekerja Rentan", keadaan[i % len(keadaan)]),
		("Petugas Syara'", keadaan[0]),
		("PHL", keadaan[i % 2]),
	]


def _catat(kelompok: str, orang: dict, **nilai) -> None:
	warga = warga_ber_nik(orang["nik"])
	if not warga:  # an older demonstration in which somebody has tried corrections
		return
	frappe.get_doc(
		{
			"doctype": KEPESERTAAN,
			"warga": warga,
			"kelompok": kelompok,
			"mulai": "2025-01-01",
			"dasar": f"{LABEL}: keputusan tentang {kelompok}",
			**nilai,
		}
	).insert()


def _iuran_dan_anggaran(hari: date) -> None:
	for kelompok, pagu in PAGU.items():
		frappe.get_doc(
			{
				"doctype": "Anggaran Kepesertaan Kota",
				"tahun": hari.year,
				"kelompok": kelompok,
				"pagu": pagu,
				"nomor_dpa": f"DPA/{hari.year}/460",
				"dasar_hukum": f"{LABEL}. Bukan anggaran resmi.",
			}
		).insert()
		for n in range(BULAN_LUNAS, -1, -1):
			doc = frappe.get_doc(
				{"doctype": IURAN, "kelompok": kelompok, "bulan": add_months(bulan_dari(hari)[0], -n)}
			).insert()
			if n:
				doc.kode_iuran = f"{doc.bulan:%y%m}{len(kelompok):08}"
				doc.dibayar_pada = add_months(hari, -n)
				doc.bukti_bayar = lampirkan(doc, "Bukti bayar iuran kepesertaan", kolom="bukti_bayar")
				doc.save()
