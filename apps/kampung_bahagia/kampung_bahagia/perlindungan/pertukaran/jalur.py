"""The two ways to BPJS behind one interface: people carry the ZIP (*Berkas*), or its service takes it (*HTTPS*)."""

from __future__ import annotations

from collections.abc import Callable

from frappe.model.document import Document

from kampung_bahagia.perlindungan.pertukaran import kotak_keluar

HTTPS = "Sambungan HTTPS"


def penyerahan(jalur: str) -> Callable[[Document], None]:
	"""What the way named so does with a package, in the transaction that sends it."""
	return kotak_keluar.antre if jalur == HTTPS else _dibawa_orang


def _dibawa_orang(_berkas: Document) -> None:
	"""Whoever sends it has downloaded the ZIP; that it arrived is recorded by hand (`berkas_bpjs.terima`)."""
