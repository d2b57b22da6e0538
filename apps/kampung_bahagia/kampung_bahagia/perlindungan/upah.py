"""The branch of the law in which wages are known: a registration whose premium is a share of the monthly wages.

DPMPPA says so while it prepares the file, with the wage of each peserta or with one sum, and for how many months.
What is sent to BPJS is then what is on record of each person, too.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, flt, getdate

from kampung_bahagia.aturan.iuran import HasilIuran, jumlah_bulan
from kampung_bahagia.izin.dokumen import DokumenTerkunci, kolom_berubah
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import ketentuan_pada
from kampung_bahagia.perlindungan.doctype.tarif_iuran.tarif_iuran import iuran_menurut_upah
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan

UPAH, SELURUHNYA = "Upah", "Jumlah Seluruhnya"
KOLOM = frozenset({"cara_hitung", "cara_upah", "bulan_upah", "jumlah_upah", "upah"})


def hitung(doc, kegiatan: frappe._dict) -> tuple[str, HasilIuran]:
	"""Tariff and premium of a registration by wages; `kegiatan` holds tanggal_mulai and tanggal_selesai.

	Fills what is not said: months from the planned days, the wage of each person from their record,
	or the one that is reported when it is unknown.
	"""
	if not cint(doc.bulan_upah):
		with menurut_aturan():
			doc.bulan_upah = jumlah_bulan(getdate(kegiatan.tanggal_mulai), getdate(kegiatan.tanggal_selesai))
	if doc.cara_upah == SELURUHNYA:
		doc.set("upah", [])
		upah = [desimal(doc.jumlah_upah)]
	else:
		_susun_daftar(doc, ketentuan_pada(kegiatan.tanggal_mulai).upah_bulanan)
		upah = [desimal(baris.upah_bulanan) for baris in doc.upah]
		doc.jumlah_upah = float(sum(upah))
	if doc.baru_berstatus("Dikirim") and (kosong := [b.nama for b in doc.upah if not flt(b.upah_bulanan)]):
		frappe.throw(_("Isi upah setiap peserta. Belum diisi: {0}.").format(", ".join(kosong)))
	return iuran_menurut_upah(upah, cint(doc.bulan_upah), kegiatan.tanggal_mulai)


def kosongkan(doc) -> None:
	doc.cara_hitung = doc.cara_hitung or "Nilai Kontrak"
	doc.bulan_upah, doc.jumlah_upah = 0, 0
	doc.set("upah", [])


def periksa_tetap(doc) -> None:
	"""What the premium was computed from stays once the file was sent. Raises DokumenTerkunci."""
	sebelum = doc.get_doc_before_save()
	if sebelum and kolom_berubah(sebelum, doc) & KOLOM:
		frappe.throw(_("Upah tidak dapat diubah setelah pendaftaran dikirim."), DokumenTerkunci)


def laporkan(doc) -> None:
	"""What BPJS was told of each person's wage stands on their record from now on, in one statement."""
	if doc.cara_hitung != UPAH or doc.cara_upah == SELURUHNYA:
		return
	# in plain SQL: the query builder does not say whose column is set
	frappe.db.sql(
		"""UPDATE `tabPeserta` p JOIN `tabUpah Pendaftaran` u ON u.`peserta` = p.`name`
		SET p.`upah_bulanan` = u.`upah_bulanan` WHERE u.`parent` = %s AND u.`parenttype` = %s""",
		(doc.name, doc.doctype),
	)


def _susun_daftar(doc, bila_tidak_diketahui: float) -> None:
	"""A row for each person who takes part; what was typed of who stays in it is kept."""
	tertulis = {b.peserta: b.upah_bulanan for b in doc.upah}
	doc.set("upah", [])
	for p in frappe.get_all(
		"Peserta",
		{"kegiatan": doc.kegiatan, "berhenti_sejak": ["is", "not set"]},
		["name", "nama", "upah_bulanan"],
		order_by="nama, name",
	):
		upah = tertulis.get(p.name, p.upah_bulanan or bila_tidak_diketahui)
		doc.append("upah", {"peserta": p.name, "nama": p.nama, "upah_bulanan": upah})
