"""How long each office held claims, from the ledger: the state of an entry lasts until the next entry of the claim.

Days are calendar days of 24 hours, also over nights and holidays: that is how long a family waits.
"""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.model.workflow import get_workflow
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Max, Sum
from pypika import CustomFunction, Table
from pypika.analytics import Lead
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Term

from kampung_bahagia.izin.cakupan import BPJS
from kampung_bahagia.izin.layar import giliran
from kampung_bahagia.tata_kelola.jejak import JEJAK
from kampung_bahagia.tata_kelola.laporan import Terkecil, bila

# by office the column of its days
JABATAN = {"Ketua RT": "hari_ketua_rt", "Lurah": "hari_lurah", "DPMPPA": "hari_dpmppa", BPJS: "hari_bpjs"}
Detik, Bulatkan = CustomFunction("TO_SECONDS", ["waktu"]), CustomFunction("ROUND", ["nilai", "angka"])


def keadaan_per_jabatan() -> dict[str, list[str]]:
	"""By office of JABATAN the states in which a claim waits for it, by the Workflow as an administrator left it."""
	alur = get_workflow("Klaim")
	keadaan: dict[str, list[str]] = {jabatan: [] for jabatan in JABATAN}
	for satu in alur.states:
		for jabatan in giliran(alur, satu.state)[:1]:
			if jabatan in keadaan:
				keadaan[jabatan].append(satu.state)
	return keadaan


def pada_keadaan(kolom: Term, keadaan: Collection[str]) -> Criterion:
	"""Condition: the state in `kolom` is one of these; of none, never."""
	return kolom.isin(list(keadaan) or [""])


def selama(awal: Term, akhir: Term) -> Term:
	"""Days between two moments, as a fraction."""
	return (Detik(akhir) - Detik(awal)) / 86_400


def hari_per_jabatan(
	klaim: Table, syarat: Criterion, sampai: Term, kecuali: Collection[str] = ()
) -> QueryBuilder:
	"""A row for each claim (`klaim`) for which the condition over the table holds: days in the columns of JABATAN, and
	`terakhir`, the hour of its last step.

	What comes after the moment `sampai` does not count, nor do the states `kecuali`.
	"""
	jejak = DocType(JEJAK)
	babak = (
		frappe.qb.from_(klaim)
		.join(jejak)
		.on((jejak.rujukan_nama == klaim.name) & (jejak.rujukan_doctype == "Klaim"))
		.select(
			jejak.rujukan_nama.as_("klaim"),
			jejak.ke,
			jejak.waktu,
			Lead(jejak.waktu).over(jejak.rujukan_nama).orderby(jejak.urutan).as_("berikutnya"),
			sampai.as_("sampai"),
		)
		.where(syarat)
	).as_("babak")
	lama = selama(
		Terkecil(babak.waktu, babak.sampai),
		Terkecil(Coalesce(babak.berikutnya, babak.sampai), babak.sampai),
	)
	keadaan = keadaan_per_jabatan()
	return (
		frappe.qb.from_(babak)
		.select(
			babak.klaim,
			Max(babak.waktu).as_("terakhir"),
			*(
				Sum(bila(pada_keadaan(babak.ke, set(keadaan[jabatan]) - set(kecuali)), lama)).as_(kolom)
				for jabatan, kolom in JABATAN.items()
			),
		)
		.groupby(babak.klaim)
	)
