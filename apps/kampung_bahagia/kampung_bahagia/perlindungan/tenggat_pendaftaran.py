"""The clocks of a registration: sent in time after the approval, paid before the first day of work and at each termin.

Lateness blocks nothing. It is recorded on the registration, told beforehand and afterwards, and reported.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.aturan.tenggat import batas_bayar, batas_pendaftaran, hari_lewat
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import ketentuan_pada

TIDAK_DIKERJAKAN = ("Ditolak", "Dihentikan")


def mulai(kegiatan, method: str | None = None) -> None:
	"""Start the clock with the approval, by the rule in force on that day."""
	if kegiatan.konstruksi and kegiatan.baru_berstatus("Disetujui DPMPPA"):
		hari_ini = getdate(nowdate())
		kegiatan.batas_pendaftaran = batas_pendaftaran(hari_ini, ketentuan_pada(hari_ini).hari_pendaftaran)


def terlambat(batas, pada) -> int:
	"""Days by which something done at `pada` came after the day `batas`; 0 when in time or without a limit."""
	return max(hari_lewat(getdate(batas), getdate(pada), getdate(pada)), 0) if batas else 0


def tenggat_kegiatan(kegiatan) -> list[dict[str, str]]:
	"""What to say of the clocks of a kegiatan: `teks`, and `warna` (orange while time runs, red when it is over).

	Empty for what needs no registration, and for what was done in time.
	"""
	if not kegiatan.konstruksi or not kegiatan.docstatus or kegiatan.status in TIDAK_DIKERJAKAN:
		return []
	daftar = (
		kegiatan.pendaftaran
		and frappe.db.get_value(
			"Pendaftaran BPJS",
			kegiatan.pendaftaran,
			["dikirim_pada", "dibayar_pada", "jatuh_tempo"],
			as_dict=True,
		)
	) or frappe._dict()
	bayar = batas_bayar(getdate(kegiatan.tanggal_mulai))
	semua = (
		_sebutkan(_("Didaftarkan ke BPJS"), kegiatan.batas_pendaftaran, daftar.dikirim_pada),
		_sebutkan(_("Iuran dibayar"), bayar, daftar.dibayar_pada),
		daftar.dibayar_pada and _sebutkan(_("Termin iuran dibayar"), daftar.jatuh_tempo, None),
	)
	return [satu for satu in semua if satu]


def _sebutkan(apa: str, batas, selesai) -> dict[str, str] | None:
	if not batas:
		return None
	lewat = hari_lewat(getdate(batas), selesai and getdate(selesai), getdate(nowdate()))
	if selesai:
		if lewat < 1:
			return None
		teks = _("{0} {1}, terlambat {2} hari dari batas {3}.").format(
			apa, formatdate(selesai), lewat, formatdate(batas)
		)
	elif lewat < 1:
		sisa = _("{0} hari lagi").format(-lewat) if lewat else _("hari ini")
		return {
			"teks": _("{0} paling lambat {1} ({2}).").format(apa, formatdate(batas), sisa),
			"warna": "orange",
		}
	else:
		teks = _("{0} paling lambat {1}: sudah lewat {2} hari.").format(apa, formatdate(batas), lewat)
	return {"teks": teks, "warna": "red"}
