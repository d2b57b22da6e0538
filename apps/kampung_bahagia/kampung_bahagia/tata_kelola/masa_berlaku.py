"""Dated records: what a regulation or a decree can change is valid from a day to a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import formatdate, getdate


class MasaBerlakuTerbalik(frappe.ValidationError):
	pass


class MasaBerlakuTumpangTindih(frappe.ValidationError):
	pass


def periksa_urutan(doc, mulai: str = "berlaku_mulai", sampai: str = "berlaku_sampai") -> None:
	"""The period does not end before it begins. Raises MasaBerlakuTerbalik."""
	awal, akhir = doc.get(mulai), doc.get(sampai)
	if akhir and getdate(akhir) < getdate(awal):
		frappe.throw(
			_("{0} ({1}) mendahului {2} ({3}).").format(
				doc.meta.get_label(sampai), formatdate(akhir), doc.meta.get_label(mulai), formatdate(awal)
			),
			MasaBerlakuTerbalik,
		)


def periksa_masa_berlaku(
	doc, *kunci: str, mulai: str = "berlaku_mulai", sampai: str = "berlaku_sampai"
) -> None:
	"""No inverted period, and no overlap with another record of the same key.

	`kunci` names the fields that make two records rivals; without one, every record of the DocType is.
	Raises MasaBerlakuTerbalik or MasaBerlakuTumpangTindih, naming the rival.
	"""
	periksa_urutan(doc, mulai, sampai)
	awal, akhir = doc.get(mulai), doc.get(sampai)
	t = frappe.qb.DocType(doc.doctype)
	q = frappe.qb.from_(t).select(t.name).where(t[sampai].isnull() | (t[sampai] >= awal)).limit(1)
	if akhir:
		q = q.where(t[mulai] <= akhir)
	for k in kunci:
		q = q.where(t[k] == doc.get(k))
	if not doc.is_new():
		q = q.where(t.name != doc.name)
	if lain := q.run(pluck=True):
		frappe.throw(
			_("Masa berlaku bertumpang tindih dengan {0}. Akhiri dahulu yang lama.").format(
				frappe.bold(lain[0])
			),
			MasaBerlakuTumpangTindih,
		)


def bersinggungan(mulai_a: Any, sampai_a: Any, mulai_b: Any, sampai_b: Any) -> bool:
	"""Whether two periods (dates, or text of them) share a day; an end of None is none."""
	return (not sampai_b or getdate(mulai_a) <= getdate(sampai_b)) and (
		not sampai_a or getdate(mulai_b) <= getdate(sampai_a)
	)


def yang_berlaku(doctype: str, pada: date | str, **kunci: str) -> str | None:
	"""Name of the record of `doctype` with the values of `kunci` that is in force on the day `pada`, or None."""
	hasil = nilai_berlaku(doctype, pada, ("name",), **kunci)
	return hasil.name if hasil else None


def nilai_berlaku(doctype: str, pada: date | str, kolom: Sequence[str], **kunci: str) -> frappe._dict | None:
	"""The fields `kolom` of that record, in one query."""
	t = frappe.qb.DocType(doctype)
	q = (
		frappe.qb.from_(t)
		.select(*(t[f] for f in kolom))
		.where((t.berlaku_mulai <= pada) & (t.berlaku_sampai.isnull() | (t.berlaku_sampai >= pada)))
		.limit(1)
	)
	for f, nilai in kunci.items():
		q = q.where(t[f] == nilai)
	hasil = q.run(as_dict=True)
	return hasil[0] if hasil else None
