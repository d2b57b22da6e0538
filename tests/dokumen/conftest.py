from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import frappe
import pytest
from frappe.handler import execute_cmd
from frappe.utils import set_request
from pypdf import PdfReader

from kampung_bahagia.tata_kelola.cetak import jadikan_pdf
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, kampung


class Cetakan(PdfReader):
	"""A PDF as a reader gets it."""

	def __init__(self, isi: bytes):
		super().__init__(BytesIO(isi))
		self.isi = isi

	@property
	def halaman(self) -> list[str]:
		"""Text of each page, runs of white space as one space."""
		return [" ".join(h.extract_text().split()) for h in self.pages]

	@property
	def teks(self) -> str:
		return " ".join(self.halaman)


@dataclass
class Berkas:
	"""Names of what the tests of one module share; made once, because the way there is long."""

	kampung: Kampung
	kegiatan: str
	sk: str


@pytest.fixture(scope="module")
def _berkas(situs: str) -> Iterator[Berkas]:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	k = kampung()
	kegiatan = pabrik.kegiatan_disetujui(k, judul="Perbaikan Drainase Gang Melati")
	sk = pabrik.surat_keputusan(k, kegiatan, ditetapkan=False)
	yield Berkas(k, kegiatan.name, sk.name)
	frappe.db.rollback()
	frappe.clear_cache()


@pytest.fixture
def k(_berkas: Berkas) -> Iterator[Kampung]:
	"""The officials; what the test writes is undone."""
	frappe.db.savepoint("sebelum_uji")
	yield _berkas.kampung
	frappe.set_user("Administrator")
	frappe.local.request = None  # a made-up GET would let the next access log commit
	frappe.db.rollback(save_point="sebelum_uji")
	frappe.clear_cache()


@pytest.fixture
def kegiatan(k: Kampung, _berkas: Berkas):
	return frappe.get_doc("Kegiatan", _berkas.kegiatan)


@pytest.fixture
def sk_draf(k: Kampung, _berkas: Berkas):
	return frappe.get_doc("Surat Keputusan", _berkas.sk)


@pytest.fixture
def sk(k: Kampung, sk_draf):
	return pabrik.langkah(sk_draf, k.ketua, "Tetapkan")


@pytest.fixture
def cetak() -> Callable[..., Cetakan]:
	"""Print a document (as it is in memory) as `user`."""

	def _cetak(doc, user: str, format: str | None = None) -> Cetakan:
		with pabrik.sebagai(user):
			return Cetakan(jadikan_pdf(doc, format))

	return _cetak


@pytest.fixture
def minta() -> Iterator:
	"""Call a method of the web interface as `user`, by the path that a request takes; the answer's bytes."""

	def _minta(user: str, metode: str, **nilai) -> bytes:
		with pabrik.sebagai(user):
			# POST, because the framework's access log commits on GET
			set_request(method="POST", path=f"/api/method/{metode}")
			frappe.local.form_dict = frappe._dict(nilai)
			frappe.local.response = frappe._dict()
			execute_cmd(metode)
			assert frappe.local.response.type == "pdf"
			return frappe.local.response.filecontent

	semula = frappe.local.form_dict, frappe.local.response, getattr(frappe.local, "request", None)
	yield _minta
	frappe.local.form_dict, frappe.local.response, frappe.local.request = semula
