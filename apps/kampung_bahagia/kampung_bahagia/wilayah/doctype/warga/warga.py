from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from kampung_bahagia.aturan.identitas import (
	nomor_hp_e164,
	periksa_nik,
	periksa_no_kk,
	samarkan,
	samarkan_hp,
)
from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan

PENYAMAR = {"nik": samarkan, "no_kk": samarkan, "no_hp": samarkan_hp}
TIDAK_DI_SINI = ("tanggal_lahir", "alamat")


class NIKTidakSah(frappe.ValidationError):
	pass


class Warga(DokumenBerwilayah):
	"""A resident. The numbers read here are masks, in the database too; birth date and address are not in it.

	The values themselves are in Data Pribadi. A number that is written in full replaces the stored one; a mask
	that comes back unchanged, as every form sends it, leaves it alone.
	"""

	def load_from_db(self):
		super().load_from_db()
		tersimpan = data_pribadi.milik(self.name)
		for kolom in TIDAK_DI_SINI:
			self.set(kolom, tersimpan.get(kolom))
		return self

	def kolom_pribadi(self):
		return TIDAK_DI_SINI

	def validate(self):
		self.periksa_dasar()
		self.baca_pribadi()
		self.periksa_tanggal_lahir()
		self.periksa_nik()
		self.periksa_no_kk()
		self.rapikan_no_hp()
		self.pasang_samaran()

	def baca_pribadi(self):
		"""Set `pribadi`, the values in full: what was typed, and what is stored where a mask came back."""
		self.flags.pribadi = frappe._dict()
		tersimpan = frappe._dict() if self.is_new() else data_pribadi.milik(self.name)
		for kolom, penyamar in PENYAMAR.items():
			lama = tersimpan.get(kolom)
			tetap = lama and self.get(kolom) == penyamar(lama)
			self.flags.pribadi[kolom] = lama if tetap else self.get(kolom)

	def periksa_tanggal_lahir(self):
		if getdate(self.tanggal_lahir) > getdate(nowdate()):
			frappe.throw(_("Tanggal lahir tidak boleh sesudah hari ini."))

	def periksa_nik(self):
		"""A valid NIK that agrees with sex and birth date, held by one person only. Raises NIKTidakSah."""
		hasil = periksa_nik(self.flags.pribadi.nik, self.jenis_kelamin, getdate(self.tanggal_lahir))
		if not hasil.sah:
			frappe.throw("<br>".join(g.teks for g in hasil.galat), NIKTidakSah, title=_("Periksa NIK"))
		self.flags.pribadi.nik = hasil.bersih
		self.nik_samar = samarkan(hasil.bersih)
		if data_pribadi.warga_ber_nik(hasil.bersih) not in (None, self.name):
			data_pribadi.tolak_nik_ganda(self.nik_samar)

	def periksa_no_kk(self):
		hasil = periksa_no_kk(self.flags.pribadi.no_kk)
		if not hasil.sah:
			frappe.throw("<br>".join(g.teks for g in hasil.galat), title=_("Periksa Nomor KK"))
		self.flags.pribadi.no_kk = hasil.bersih

	def rapikan_no_hp(self):
		if self.flags.pribadi.no_hp:
			with menurut_aturan():
				self.flags.pribadi.no_hp = nomor_hp_e164(self.flags.pribadi.no_hp)

	def pasang_samaran(self):
		for kolom, penyamar in PENYAMAR.items():
			self.set(kolom, penyamar(self.flags.pribadi[kolom]) if self.flags.pribadi[kolom] else None)

	def db_insert(self, *args, **kwargs):
		with self.tanpa_yang_tidak_di_sini():
			super().db_insert(*args, **kwargs)

	def db_update(self):
		with self.tanpa_yang_tidak_di_sini():
			super().db_update()

	@contextmanager
	def tanpa_yang_tidak_di_sini(self) -> Iterator[None]:
		"""Keep birth date and address out of the row that the framework writes meanwhile."""
		nilai = {kolom: self.get(kolom) for kolom in TIDAK_DI_SINI}
		self.update(dict.fromkeys(TIDAK_DI_SINI))
		try:
			yield
		finally:
			self.update(nilai)

	def on_update(self):
		pribadi = self.flags.pop("pribadi", None)
		if pribadi is None:  # saved without the checks: nothing was typed
			return
		pribadi.update({kolom: self.get(kolom) for kolom in TIDAK_DI_SINI})
		data_pribadi.simpan(self.name, pribadi)

	def on_trash(self):
		data_pribadi.hapus(self.name)
		# the framework keeps the content of what was deleted
		self.update(dict.fromkeys(TIDAK_DI_SINI))


def on_doctype_update():
	pasang_indeks("Warga")
