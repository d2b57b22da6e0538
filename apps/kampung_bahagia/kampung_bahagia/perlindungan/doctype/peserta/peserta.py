from collections import defaultdict
from collections.abc import Collection
from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate

from kampung_bahagia.izin.data_pribadi import milik
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import (
	ketentuan_pada,
	usia_menurut,
)
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan

KEGIATAN_TERTUTUP = ("Ditolak", "Dihentikan", "Serah Terima", "Selesai")
TIDAK_DIKERJAKAN = ("Ditolak", "Dihentikan")


class PesertaGanda(frappe.UniqueValidationError):
	pass


class Peserta(DokumenBerwilayah):
	sumber_wilayah = "kegiatan"

	def validate(self):
		self.periksa_dasar()
		self.salin_warga()
		if self.is_new():
			self.periksa_kegiatan()
			self.periksa_ganda()
			self.catat_bersamaan()

	def salin_warga(self):
		"""The resident is old enough on the day the work starts, and of the same RT when joining: people move."""
		# locked: names that are due to go stay while someone joins, see izin/retensi.py
		w = frappe.db.get_value(
			"Warga", self.warga, ["nama", "nik_samar", "rt"], as_dict=True, for_update=self.is_new()
		)
		if self.is_new() and w.rt != self.rt:
			frappe.throw(_("{0} bukan warga RT tempat kegiatan ini.").format(frappe.bold(w.nama)))
		self.nama, self.nik_samar = w.nama, w.nik_samar
		mulai = frappe.db.get_value("Kegiatan", self.kegiatan, "tanggal_mulai")
		ketentuan = ketentuan_pada(mulai)
		with menurut_aturan():
			hasil = usia_menurut(ketentuan, milik(self.warga).tanggal_lahir, mulai)
		if not hasil.boleh:
			frappe.throw(f"{frappe.bold(w.nama)}: {hasil.teks}", title=_("Usia belum memenuhi syarat"))
		self.usia, self.catatan_usia = hasil.usia, hasil.teks
		if self.is_new():  # what was reported stays when the rule changes
			self.ketentuan_peserta, self.upah_bulanan = ketentuan.name, ketentuan.upah_bulanan

	def periksa_kegiatan(self):
		status = frappe.db.get_value("Kegiatan", self.kegiatan, "status")
		if status in KEGIATAN_TERTUTUP:
			frappe.throw(
				_("Kegiatan berstatus {0}; peserta tidak dapat ditambahkan lagi.").format(frappe.bold(status))
			)

	def periksa_ganda(self):
		if frappe.db.exists("Peserta", {"kegiatan": self.kegiatan, "warga": self.warga}):
			frappe.throw(
				_("{0} sudah tercatat sebagai peserta kegiatan ini.").format(frappe.bold(self.nama)),
				PesertaGanda,
			)

	def catat_bersamaan(self):
		"""Cover is by project, so two at a time are allowed; whoever decides is told, for a claim names one."""
		masa = frappe.db.get_value("Kegiatan", self.kegiatan, ["tanggal_mulai", "tanggal_selesai"])
		lain = kegiatan_bersamaan([self.warga], *masa, selain=self.kegiatan).get(self.warga)
		self.catatan_bersamaan = sebutkan_bersamaan(lain, self.rt) if lain else None

	def on_trash(self):
		if self.status != "Diusulkan" or self.surat_keputusan:
			frappe.throw(
				_("{0} sudah didaftarkan atau disebut dalam SK, sehingga tidak dapat dihapus.").format(
					frappe.bold(self.nama)
				)
			)


def kegiatan_bersamaan(
	warga: Collection[str], mulai: date | str, selesai: date | str, *, selain: str
) -> dict[str, list[frappe._dict]]:
	"""Other kegiatan (judul, rt, tanggal_mulai, tanggal_selesai) of each of `warga` that share a day with the period.

	Without a permission check: what of it may be told, `sebutkan_bersamaan` decides.
	"""
	if not warga or not (mulai and selesai):
		return {}
	p, k = frappe.qb.DocType("Peserta"), frappe.qb.DocType("Kegiatan")
	hasil = defaultdict(list)
	for satu in (
		frappe.qb.from_(p)
		.join(k)
		.on(k.name == p.kegiatan)
		.select(p.warga, k.judul, k.rt, k.tanggal_mulai, k.tanggal_selesai)
		.where(p.warga.isin(sorted(warga)) & (k.name != selain) & k.status.notin(TIDAK_DIKERJAKAN))
		.where((k.tanggal_mulai <= selesai) & (k.tanggal_selesai >= mulai))
		.orderby(k.tanggal_mulai, k.name)
		.run(as_dict=True)
	):
		hasil[satu.warga].append(satu)
	return hasil


def sebutkan_bersamaan(lain: list[frappe._dict], rt: str) -> str:
	"""A line for people; what another RT plans is not named."""
	return _("Pada hari yang sama juga peserta {0}.").format(
		"; ".join(
			_("{0} ({1} sampai {2})").format(
				satu.judul if satu.rt == rt else _("kegiatan di RT lain"),
				formatdate(satu.tanggal_mulai),
				formatdate(satu.tanggal_selesai),
			)
			for satu in lain
		)
	)


def on_doctype_update():
	pasang_indeks("Peserta")
	frappe.db.add_unique("Peserta", ["kegiatan", "warga"], "peserta_sekali_per_kegiatan")
