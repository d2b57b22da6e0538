"""The termin of a registration: DPMPPA plans them when BPJS has billed, and writes down each payment with its proof.

The first payment is the one from which cover can begin. Those that are left are written down after the certificate.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.termin import (
	Termin,
	jatuh_tempo_berikut,
	menunggak_sejak,
	periksa_termin,
	terbayar,
)
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan

PER_TERMIN = "Per Termin"
BERBAYAR = ("Diangsur", "Lunas", "Bersertifikat")
PEMBAYARAN = ("dibayar_pada", "bukti", "nomor")


class TerminTidakSah(frappe.ValidationError):
	pass


def hitung(doc) -> None:
	"""Check the termin of a registration and write what is paid and left. Raises TerminTidakSah or ValidationError."""
	if doc.cara_bayar == PER_TERMIN:
		_hitung_termin(doc)
		return
	doc.set("termin", [])
	if doc.baru_berstatus("Diangsur"):
		frappe.throw(
			_("Pilih Cara Bayar Per Termin dan isi terminnya, atau pilih Catat Lunas."), TerminTidakSah
		)
	# also when BPJS sends the file back afterwards
	doc.terbayar = (doc.tagihan or 0) if doc.dibayar_pada and doc.bukti_bayar else 0
	doc.sisa_tagihan, doc.jatuh_tempo = (doc.tagihan or 0) - doc.terbayar, None


def _hitung_termin(doc) -> None:
	for baris in doc.termin:
		if baris.dibayar_pada and not baris.bukti:
			frappe.throw(_("Termin baris {0}: unggah bukti bayarnya.").format(baris.idx), TerminTidakSah)
		if (baris.bukti or baris.nomor) and not baris.dibayar_pada:
			frappe.throw(_("Termin baris {0}: isi Dibayar Pada.").format(baris.idx), TerminTidakSah)
		if baris.dibayar_pada and get_datetime(baris.dibayar_pada) > now_datetime():
			frappe.throw(
				_("Termin baris {0}: Dibayar Pada tidak boleh sesudah saat ini.").format(baris.idx),
				TerminTidakSah,
			)
	semua, tagihan = _sebagai_termin(doc.termin), desimal(doc.tagihan)
	if doc.termin or doc.status in BERBAYAR:
		with menurut_aturan():
			periksa_termin(semua, tagihan)
	if doc.baru_berstatus("Lunas") and terbayar(semua) != tagihan:
		frappe.throw(
			_(
				"Termin yang dibayar {0} dari tagihan {1}. Pilih Catat Angsuran Pertama; sisanya dicatat "
				"setelah sertifikat terbit."
			).format(format_rupiah(terbayar(semua)), format_rupiah(tagihan)),
			TerminTidakSah,
		)
	pertama = doc.termin[0] if doc.termin else frappe._dict()
	# the first payment is the one that opens the cover; see wajib_pada
	doc.dibayar_pada, doc.bukti_bayar = pertama.dibayar_pada, pertama.bukti
	doc.terbayar = float(terbayar(semua))
	doc.sisa_tagihan = float(tagihan) - doc.terbayar
	doc.jatuh_tempo = jatuh_tempo_berikut(semua)


def catat(doc) -> bool:
	"""After the certificate: take up payments of further termin; whether there are any. Raises TerminTidakSah.

	The plan stays as it was billed, and what was paid as it was proved.
	"""
	if not doc.has_value_changed("cara_bayar") and not _berubah(doc):
		return False
	lama = {b.name: b for b in doc.get_doc_before_save().termin}
	if doc.has_value_changed("cara_bayar") or [b.name for b in doc.termin] != list(lama):
		frappe.throw(_("Termin tidak dapat ditambah atau dihapus setelah sertifikat terbit."), TerminTidakSah)
	for baris in doc.termin:
		if lama[baris.name].dibayar_pada and not _sama(baris, lama[baris.name]):
			frappe.throw(
				_("Termin baris {0} sudah dicatat dibayar dan tidak dapat diubah.").format(baris.idx),
				TerminTidakSah,
			)
	_hitung_termin(doc)
	return True


def menunggak_pada(daftar: frappe._dict, hari: date) -> date | None:
	"""Due date of the termin of a registration (`name`, `cara_bayar`) that was overdue on the day `hari`; else None."""
	if daftar.cara_bayar != PER_TERMIN:
		return None
	baris = frappe.get_all(
		"Termin Iuran",
		{"parent": daftar.name, "parenttype": "Pendaftaran BPJS"},
		["jatuh_tempo", "jumlah", "dibayar_pada"],
		order_by="idx",
	)
	return menunggak_sejak(_sebagai_termin(baris), hari)


def _sebagai_termin(baris) -> list[Termin]:
	return [
		Termin(getdate(b.jatuh_tempo), desimal(b.jumlah), getdate(b.dibayar_pada) if b.dibayar_pada else None)
		for b in baris
	]


def _berubah(doc) -> bool:
	lama = {b.name: b for b in doc.get_doc_before_save().termin}
	return [b.name for b in doc.termin] != list(lama) or not all(_sama(b, lama[b.name]) for b in doc.termin)


def _sama(baris, lama) -> bool:
	return all(str(baris.get(f) or "") == str(lama.get(f) or "") for f in PEMBAYARAN)
