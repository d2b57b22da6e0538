"""Numbers by which documents are called: a row for each series and year, before the year's first document.

The framework locks the row of a series while it takes a number. Where the row does not exist yet it locks nothing,
and of two who make the first document of a year at the same moment one loses it to a deadlock.
"""

from datetime import date

import frappe
from frappe.utils import getdate, nowdate

from kampung_bahagia.tata_kelola.doctype.templat_surat.templat_surat import isi_templat, templat_pada

# kinds of official letters (Templat Surat), each with the prefix of its series
DERET = {"Keputusan Ketua RT": "SK", "Surat Tugas": "ST"}


def siapkan_deret() -> None:
	"""From migrate and daily: the series of this year and the next; those that exist keep their number."""
	pola = frappe.get_all(
		"DocType",
		{"module": ["in", frappe.get_module_list("kampung_bahagia")], "autoname": ["like", "%-.YYYY.-.#%"]},
		pluck="autoname",
		order_by="name",
	)
	awalan = [p.split("#")[0].replace(".", "") for p in pola]
	_mulai_deret([a.replace("YYYY", str(t)) for a in awalan for t in _tahun()])
	siapkan_deret_surat(frappe.get_all("RT", pluck="name", order_by="name"))


def siapkan_deret_surat(rt: list[str]) -> None:
	"""The series of the letters of these RT."""
	_mulai_deret([deret_surat(jenis, satu, t) for jenis in DERET for satu in rt for t in _tahun()])


def rt_baru(doc, _peristiwa: str) -> None:
	"""Hook on RT: its first letter finds its series."""
	siapkan_deret_surat([doc.name])


def deret_surat(jenis: str, rt: str, tahun: int) -> str:
	"""Name of the series of the letters of a kind that an RT issues in a year."""
	return f"{DERET[jenis]} {rt} {tahun} "


def _tahun() -> tuple[int, int]:
	tahun = getdate(nowdate()).year
	return tahun, tahun + 1


def _mulai_deret(nama: list[str]) -> None:
	if not nama:
		return
	s = frappe.qb.DocType("Series")
	# read first: an INSERT would wait for everyone who is taking a number at this moment
	ada = set(frappe.qb.from_(s).select(s.name).where(s.name.isin(nama)).run(pluck=True))
	for bagian in frappe.utils.create_batch([n for n in nama if n not in ada], 1000):
		q = frappe.qb.into("Series").columns("name", "current").ignore()
		for satu in bagian:
			q = q.insert(satu, 0)
		q.run()


def ambil_nomor(deret: str) -> int:
	"""The next number of the series `deret`, from 1, in the present transaction.

	Its row stays locked until that transaction ends, and a rollback gives the number back: the numbers run without
	a gap and none is given twice. A series without a row begins here, too; but when who begins it is undone, those
	who wait for that row lose theirs to a deadlock: `siapkan_deret` makes the rows beforehand.
	"""
	frappe.db.sql(
		"INSERT INTO `tabSeries` (`name`, `current`) VALUES (%s, 1) ON DUPLICATE KEY UPDATE `current` = `current` + 1",
		deret,
	)
	s = frappe.qb.DocType("Series")
	return frappe.qb.from_(s).select(s.current).where(s.name == deret).run()[0][0]


def beri_nomor(jenis: str, doctype: str, rt: str, tanggal: date) -> str:
	"""The number of a letter of the kind `jenis` that the Ketua RT of `rt` issues on `tanggal`, kept in `doctype`.

	Every kind counts apart, for each RT and year from 1, by the template in force on the day. The counter row
	stays locked until the transaction ends, and a rollback gives the number back: the numbers of an RT run through
	the year without a gap. Raises TemplatTidakAda, which says whom to ask.
	"""
	templat = templat_pada(jenis, tanggal).templat
	nomor_rt, kelurahan = frappe.db.get_value("RT", rt, ["nomor", "kelurahan"])
	kelurahan = frappe.db.get_value("Kelurahan", kelurahan, "nama")
	while True:
		seq = ambil_nomor(deret_surat(jenis, rt, tanggal.year))
		nomor = isi_templat(templat, seq=seq, tanggal=tanggal, rt=nomor_rt, kelurahan=kelurahan)
		# a counter that was set back must not give a number twice
		if not frappe.db.exists(doctype, {"rt": rt, "nomor": nomor}):
			return nomor
