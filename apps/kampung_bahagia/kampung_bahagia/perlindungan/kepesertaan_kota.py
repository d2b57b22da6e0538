"""The city's other protected groups: who is in them on a day, what of the budget is used, and their clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.kepesertaan import PROGRAM, bulan_dari, iuran_sebulan, keadaan_anggaran
from kampung_bahagia.perlindungan.doctype.tarif_kepesertaan_kota.tarif_kepesertaan_kota import tarif_pada
from kampung_bahagia.tata_kelola.jembatan import desimal
from kampung_bahagia.tata_kelola.kabar import pemegang_jabatan

KEPESERTAAN, KELOMPOK = "Kepesertaan Kota", "Kelompok Kepesertaan"
IURAN, ANGGARAN = "Iuran Kepesertaan Kota", "Anggaran Kepesertaan Kota"
# `aturan.kepesertaan.keadaan` for all rows at once, over k (membership) and g (group)
KEADAAN = """CASE
	WHEN %(hari)s < k.mulai THEN 'Belum Mulai'
	WHEN k.sampai IS NULL THEN 'Aktif'
	WHEN %(hari)s > k.sampai THEN IF(IFNULL(k.alasan_berhenti, '') = '', 'Habis', 'Berhenti')
	WHEN DATEDIFF(k.sampai, %(hari)s) <= g.hari_pengingat THEN 'Akan Habis'
	ELSE 'Aktif' END"""


def anggota_bulan(bulan) -> tuple[str, dict[str, date]]:
	"""FROM and WHERE over k: one membership of each person and group in the month of that day; and their values.

	Who left and came back within a month is in it once, by the later one (`aturan.kepesertaan.masuk_bulan`).
	"""
	awal, akhir = bulan_dari(getdate(bulan))
	masuk = "{0}.mulai <= %(akhir)s AND ({0}.sampai IS NULL OR {0}.sampai >= %(awal)s)"
	return (
		f"""`tab{KEPESERTAAN}` k WHERE {masuk.format("k")} AND NOT EXISTS (
			SELECT 1 FROM `tab{KEPESERTAAN}` l WHERE l.warga = k.warga AND l.kelompok = k.kelompok
			AND l.mulai > k.mulai AND {masuk.format("l")})""",  # noqa: S608
		{"awal": awal, "akhir": akhir},
	)


def serahkan(iuran: Sequence[str]) -> None:
	"""These bills were sent to BPJS: from now on it sees them, and the memberships on them."""
	if not iuran:
		return
	k, r = frappe.qb.DocType(KEPESERTAAN), frappe.qb.DocType("Rincian Iuran Kota")
	disebut = frappe.qb.from_(r).select(r.kepesertaan).where(r.iuran_kota.isin(list(iuran)))
	frappe.qb.update(k).set(k.diserahkan_bpjs, 1).where(k.name.isin(disebut)).run()
	i = frappe.qb.DocType(IURAN)
	frappe.qb.update(i).set(i.diserahkan_bpjs, 1).where(i.name.isin(list(iuran))).run()


# --- beside a claim


def pada_tanggal(warga: str, tanggal) -> list[dict[str, Any]]:
	"""Memberships of a resident in force on that day, without personal data; no permission check.

	Each: kelompok, program (list of JKK, JKM, JHT), mulai, sampai (None: open), lunas (whether the month of the day
	is paid) and kalimat, all of it in words.
	"""
	hari = getdate(tanggal)
	k, g = frappe.qb.DocType(KEPESERTAAN), frappe.qb.DocType(KELOMPOK)
	lunas = frappe.get_all(
		"Rincian Iuran Kota",
		{"warga": warga, "bulan": bulan_dari(hari)[0], "lunas": 1},
		pluck="kelompok",
		order_by="kelompok",
	)
	baris = (
		frappe.qb.from_(k)
		.join(g)
		.on(g.name == k.kelompok)
		.select(k.kelompok, k.mulai, k.sampai, *(g[p.lower()] for p in PROGRAM))
		.where((k.warga == warga) & (k.mulai <= hari) & (k.sampai.isnull() | (k.sampai >= hari)))
		.orderby(k.kelompok)
		.run(as_dict=True)
	)
	return [_dalam_kata(b, b.kelompok in lunas) for b in baris]


def _dalam_kata(b: frappe._dict, lunas: bool) -> dict[str, Any]:
	program = [p for p in PROGRAM if b[p.lower()]]
	kalimat = _("{0} ({1}), {2} sampai {3}; iuran bulan itu {4}.").format(
		b.kelompok,
		", ".join(program),
		formatdate(b.mulai),
		formatdate(b.sampai) if b.sampai else _("belum ditentukan"),
		_("sudah dibayar") if lunas else _("belum tercatat dibayar"),
	)
	return {
		"kelompok": b.kelompok,
		"program": program,
		"mulai": b.mulai,
		"sampai": b.sampai,
		"lunas": lunas,
		"kalimat": kalimat,
	}


# --- budget


def pemakaian(tahun: int, anggaran: Iterable) -> dict[str, dict[str, Decimal]]:
	"""By group of these budgets (rows of kelompok and pagu) of one year: pagu, rencana, realisasi, sisa, lebih.

	Planned is what was billed, and for months without a bill the members of the month by its tariff; realised is
	what was paid.
	"""
	anggaran = list(anggaran)
	tagihan: dict[tuple[str, date], Any] = {
		(b.kelompok, getdate(b.bulan)): b
		for b in frappe.get_all(
			IURAN,
			{"bulan": ["between", [date(tahun, 1, 1), date(tahun, 12, 31)]]},
			["kelompok", "bulan", "iuran", "status"],
			order_by="bulan",
			limit=0,
		)
	}
	hasil = {}
	orang = _anggota_setahun(tahun)
	for a in anggaran:
		rencana = realisasi = Decimal(0)
		for nomor in range(1, 13):
			bulan = date(tahun, nomor, 1)
			if b := tagihan.get((a.kelompok, bulan)):
				rencana += desimal(b.iuran)
				realisasi += desimal(b.iuran) if b.status == "Lunas" else 0
			elif n := orang[a.kelompok, nomor]:
				rencana += _perkiraan(a.kelompok, bulan, n)
		k = keadaan_anggaran(desimal(a.pagu), rencana, realisasi)
		hasil[a.kelompok] = {f: getattr(k, f) for f in k.__slots__}
	return hasil


def _perkiraan(kelompok: str, bulan: date, orang: int) -> Decimal:
	"""Without a tariff for that month nothing is known of it yet."""
	try:
		return iuran_sebulan(orang, tarif_pada(kelompok, bulan).per_orang()).total
	except frappe.ValidationError:
		frappe.clear_messages()
		return Decimal(0)


def _anggota_setahun(tahun: int) -> dict[tuple[str, int], int]:
	"""How many people each group has in each month (1 to 12) of the year."""
	hasil: dict[tuple[str, int], int] = defaultdict(int)
	for nomor in range(1, 13):
		anggota, isi = anggota_bulan(date(tahun, nomor, 1))
		for kelompok, n in frappe.db.sql(
			f"SELECT k.kelompok, COUNT(*) FROM {anggota} GROUP BY k.kelompok ORDER BY k.kelompok",  # noqa: S608
			isi,
		):
			hasil[kelompok, nomor] = n
	return hasil


def catatan_anggaran(kelompok: str, tahun: int, tagihan: str, iuran: Decimal) -> str:
	"""What a bill says of the year's budget of its group, with numbers; `tagihan` itself is not counted as paid."""
	pagu = frappe.db.get_value(ANGGARAN, {"kelompok": kelompok, "tahun": tahun}, "pagu")
	if pagu is None:
		return _("Belum ada anggaran {0} tahun {1}. Catat dahulu pagunya.").format(kelompok, tahun)
	i = frappe.qb.DocType(IURAN)
	dibayar = sum(
		desimal(nilai)
		for nilai in frappe.qb.from_(i)
		.select(i.iuran)
		.where((i.kelompok == kelompok) & (i.status == "Lunas") & (i.name != tagihan))
		.where((i.bulan >= date(tahun, 1, 1)) & (i.bulan <= date(tahun, 12, 31)))
		.run(pluck=True)
	)
	sisa = desimal(pagu) - dibayar - iuran
	angka = _("pagu {0}, sudah dibayar {1}, bulan ini {2}").format(
		format_rupiah(desimal(pagu)), format_rupiah(Decimal(dibayar)), format_rupiah(iuran)
	)
	if sisa < 0:
		return _("Melebihi anggaran sebesar {0}: {1}.").format(format_rupiah(-sisa), angka)
	return _("Sisa anggaran setelah bulan ini {0}: {1}.").format(format_rupiah(sisa), angka)


# --- the clock


def segarkan() -> None:
	"""At midnight WIB: what began, is about to end or has ended since yesterday; DPMPPA is told of what is about to end."""
	isi = {"hari": nowdate()}
	dari = f"`tab{KEPESERTAAN}` k JOIN `tab{KELOMPOK}` g ON g.name = k.kelompok"
	segera = frappe.db.sql(
		f"""SELECT k.kelompok, COUNT(*) AS jumlah, MIN(k.sampai) AS pertama, MAX(k.sampai) AS terakhir
		FROM {dari} WHERE k.status != 'Akan Habis' AND ({KEADAAN}) = 'Akan Habis'
		GROUP BY k.kelompok ORDER BY k.kelompok""",  # noqa: S608
		isi,
		as_dict=True,
	)
	frappe.db.sql(f"UPDATE {dari} SET k.status = {KEADAAN} WHERE k.status != {KEADAAN}", isi)  # noqa: S608
	for b in segera:
		_ingatkan(b)


def _ingatkan(b: frappe._dict) -> None:
	masa = (
		formatdate(b.pertama)
		if b.pertama == b.terakhir
		else _("{0} sampai {1}").format(formatdate(b.pertama), formatdate(b.terakhir))
	)
	isi = {
		"type": "Alert",
		"document_type": KELOMPOK,
		"document_name": b.kelompok,
		"subject": _("{0} kepesertaan {1} berakhir {2}").format(b.jumlah, b.kelompok, masa),
		"email_content": _(
			"<p>Bila dilanjutkan, perpanjang Sampai melalui Impor Kepesertaan Kota sebelum hari itu. Tanpa "
			"perpanjangan, kepesertaan ditutup dengan sendirinya.</p>"
		),
		"from_user": "Administrator",
	}
	make_notification_logs(frappe._dict(isi), pemegang_jabatan("DPMPPA"))


# --- who moves


def ikuti_pindah(doc, method: str | None = None) -> None:
	"""After a move of a resident: memberships that go on are seen in the new area; those that ended stay where they were."""
	k = frappe.qb.DocType(KEPESERTAAN)
	query = frappe.qb.update(k).where(
		(k.warga == doc.warga) & (k.sampai.isnull() | (k.sampai >= getdate(doc.tanggal)))
	)
	for kolom in ("rt", "kelurahan", "kecamatan"):
		query = query.set(k[kolom], doc.get(kolom))
	query.run()
