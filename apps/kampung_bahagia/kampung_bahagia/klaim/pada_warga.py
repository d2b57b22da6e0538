"""What `klaim` adds to Warga and Peserta: whose death was reported is locked as they were, and takes part in nothing new."""

from __future__ import annotations

import frappe
from frappe import _

from kampung_bahagia.izin.cakupan import menjabat
from kampung_bahagia.izin.dokumen import DokumenTerkunci


class SudahMeninggal(frappe.ValidationError):
	pass


def kunci_meninggal(warga: str) -> str:
	"""The key by which there is one claim of a death; a claim that was withdrawn or refused for good lets go of it."""
	return f"{warga}|Meninggal"


def klaim_meninggal(warga: str) -> str | None:
	"""Name of the claim that says that this resident died, or None."""
	return frappe.db.get_value("Klaim", {"kunci": kunci_meninggal(warga)})


def periksa_warga(warga, method: str | None = None) -> None:
	"""Hook of Warga. A mistake in a number would fail the claim, so DPMPPA may mend it. Raises DokumenTerkunci."""
	if warga.is_new() or menjabat(frappe.session.user, "DPMPPA", warga):
		return
	if klaim := klaim_meninggal(warga.name):
		frappe.throw(
			_(
				"{0} tercatat meninggal pada klaim {1}, sehingga datanya dikunci. Bila ada yang keliru, mintalah DPMPPA."
			).format(frappe.bold(warga.nama), frappe.bold(klaim)),
			DokumenTerkunci,
		)


def periksa_peserta(peserta, method: str | None = None) -> None:
	"""Hook of Peserta. Raises SudahMeninggal."""
	if peserta.is_new() and (klaim := klaim_meninggal(peserta.warga)):
		frappe.throw(
			_("Warga ini tercatat meninggal pada klaim {0}.").format(frappe.bold(klaim)), SudahMeninggal
		)
