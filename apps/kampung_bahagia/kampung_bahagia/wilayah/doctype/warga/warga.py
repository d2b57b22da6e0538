from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.identitas import (
	isi_dari_nik,
	nomor_hp_e164,
	periksa_nik,
	periksa_no_kk,
	samarkan,
	samarkan_hp,
)
from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku
from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.dokumen import DokumenBerwilayah, DokumenTerkunci
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
		self.periksa_pindah()
		self.baca_pribadi()
		self.periksa_tanggal_lahir()
		self.periksa_nik()
		self.periksa_no_kk()
		self.rapikan_no_hp()
		self.pasang_samaran()

	def periksa_pindah(self):
		"""Another RT is a move, which has a day, a reason and a record. Raises DokumenTerkunci."""
		if not self.is_new() and self.has_value_changed("rt") and not self.flags.pindah_rt:
			frappe.throw(
				_("RT warga berubah hanya melalui tindakan {0}, agar riwayatnya tercatat.").format(
					frappe.bold(_("Pindah RT"))
				),
				DokumenTerkunci,
			)

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


@frappe.whitelist(methods=["POST"])
def telaah(
	nik: str | None = None,
	no_kk: str | None = None,
	nama: str | None = None,
	tanggal_lahir: str | None = None,
	warga: str | None = None,
) -> dict[str, Any]:
	"""What a form may show before it is saved; `warga` is the resident who is being changed, None for a new one.

	Answers with `isi` (jenis_kelamin, tanggal_lahir and tempat_terbit of a new NIK), `pesan` (what is wrong or
	worth a look, in words), `serupa` (warga, nama, rt, sebab of those who resemble and may be seen) and
	`serupa_lain` (how many resemble who may not). Saves and refuses nothing; limited per user, since it tells
	whether a number is known.
	"""
	if warga:
		doc = frappe.get_doc("Warga", warga)
		doc.check_permission("write")
		tersimpan = data_pribadi.milik(warga)
	else:
		if not frappe.has_permission("Warga", "create"):
			raise frappe.PermissionError(_("Jabatan Anda tidak mencatat warga."))
		tersimpan = frappe._dict()
	data_pribadi.batasi_telaah()
	hasil: dict[str, Any] = {"isi": {}, "pesan": [], "serupa": [], "serupa_lain": 0}
	if nik and not (warga and nik == samarkan(tersimpan.nik or "")):
		_telaah_nik(nik, warga, hasil)
	if no_kk and no_kk == samarkan(tersimpan.no_kk or ""):
		no_kk = tersimpan.no_kk
	elif no_kk:
		kk = periksa_no_kk(no_kk)
		hasil["pesan"] += [c.teks for c in (*kk.galat, *kk.peringatan)]
		no_kk = kk.bersih
	if nama:
		lahir = getdate(tanggal_lahir) if tanggal_lahir else None
		_telaah_serupa(Orang(nama_baku(nama), no_kk, lahir), warga, hasil)
	return hasil


def _telaah_nik(nik: str, warga: str | None, hasil: dict[str, Any]) -> None:
	try:
		isi = isi_dari_nik(nik, getdate(nowdate()))
	except AturanError as galat:
		hasil["pesan"].append(str(galat))
		return
	hasil["isi"] = {
		"jenis_kelamin": isi.jenis_kelamin,
		"tanggal_lahir": str(isi.tanggal_lahir),
		"tempat_terbit": isi.tempat_terbit,
	}
	hasil["pesan"] += [c.teks for c in periksa_nik(isi.bersih, None, None).peringatan]
	pemilik = data_pribadi.warga_ber_nik(isi.bersih)
	if pemilik and pemilik != warga:
		hasil["pesan"].append(data_pribadi.pesan_nik_ganda(samarkan(isi.bersih)))


def _telaah_serupa(orang: Orang, warga: str | None, hasil: dict[str, Any]) -> None:
	sebab = dict(data_pribadi.serupa({0: orang}).get(0, ()))
	sebab.pop(warga, None)
	if not sebab:
		return
	terlihat = frappe.get_list(
		"Warga", {"name": ["in", sorted(sebab)]}, ["name as warga", "nama", "rt"], order_by="nama", limit=0
	)
	judul = dict(
		frappe.get_all(
			"RT", {"name": ["in", {w.rt for w in terlihat}]}, ["name", "judul"], order_by="name", as_list=True
		)
	)
	hasil["serupa"] = [{**w, "rt": judul[w.rt], "sebab": _(sebab[w.warga])} for w in terlihat]
	hasil["serupa_lain"] = len(sebab) - len(terlihat)


def on_doctype_update():
	pasang_indeks("Warga")
