"""What an RT may spend in a year, and what it has spent and planned.

Counted is what the programme pays: the value of a kegiatan less the residents' own share (swadaya).
Spent: approved by DPMPPA and everything after, also when stopped after its start, since the money was paid out.
Planned: submitted and waiting for a decision. Drafts, rejected files and those stopped before their start count for
nothing.
"""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, formatdate

from kampung_bahagia.aturan.pagu import Pemakaian, pagu_untuk
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku

DIRENCANAKAN = ("Diajukan", "Diverifikasi Lurah")
TERPAKAI = (
	"Disetujui DPMPPA",
	"Didaftarkan BPJS",
	"Terlindungi",
	"Berjalan",
	"Serah Terima",
	"Selesai",
)
DIHENTIKAN = "Dihentikan"


def pemakaian_pagu(
	rt: str, tahun: int, pada, *, kecuali: str | None = None, kunci: bool = False
) -> tuple[str, Pemakaian]:
	"""Name of the Ketentuan Pagu in force on the day `pada`, and the year `tahun` of `rt` without the kegiatan `kecuali`.

	`kunci` reads what others have committed, and keeps it until the transaction ends: for decisions, which have
	locked the RT before. Throws when no rule is in force or the RT's number of households is not known.
	"""
	ketentuan = yang_berlaku("Ketentuan Pagu", pada)
	if not ketentuan:
		frappe.throw(
			_("Belum ada Ketentuan Pagu yang berlaku pada {0}. Hubungi DPMPPA.").format(formatdate(pada))
		)
	kk = frappe.db.get_value("RT", rt, "jumlah_kk", for_update=kunci)
	with menurut_aturan():
		pagu = pagu_untuk(cint(kk), frappe.get_cached_doc("Ketentuan Pagu", ketentuan).sebagai_lapis())
	jumlah = dict.fromkeys(("terpakai", "direncanakan"), Decimal(0))
	k = frappe.qb.DocType("Kegiatan")
	q = (
		frappe.qb.from_(k)
		.select(k.name, k.status, k.dimulai_pada, k.nilai_kegiatan, k.swadaya)
		.where((k.rt == rt) & (k.tahun_anggaran == tahun))
		.where(k.status.isin([*DIRENCANAKAN, *TERPAKAI, DIHENTIKAN]))
		.orderby(k.name)
	)
	for baris in (q.for_update() if kunci else q).run(as_dict=True):
		if baris.name == kecuali or (baris.status == DIHENTIKAN and not baris.dimulai_pada):
			continue
		bagian = "direncanakan" if baris.status in DIRENCANAKAN else "terpakai"
		jumlah[bagian] += desimal(baris.nilai_kegiatan) - desimal(baris.swadaya)
	return ketentuan, Pemakaian(pagu, **jumlah)
