from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, formatdate, getdate, nowdate

from kampung_bahagia.aturan.kepesertaan import keadaan, rapikan_kpj
from kampung_bahagia.izin.dokumen import DokumenBerwilayah, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih, bersinggungan, periksa_urutan

ALASAN_TERPENDEK = 5


class KPJGanda(frappe.UniqueValidationError):
	pass


class KepesertaanKota(DokumenBerwilayah):
	sumber_wilayah = "warga"
	kolom_menyusul = frozenset({"status", "diserahkan_bpjs"})

	def kolom_pribadi(self):
		return ("kpj",)

	def validate(self):
		self.periksa_dasar()
		self.salin_warga()
		periksa_urutan(self, "mulai", "sampai")
		self.periksa_tumpang_tindih()
		self.periksa_mulai()
		self.periksa_berhenti()
		self.periksa_kpj()
		self.hitung_status()

	def salin_warga(self):
		"""Locked: two who enter the same person follow one another, and nobody is anonymised meanwhile."""
		w = frappe.db.get_value("Warga", self.warga, ["nama", "nik_samar"], as_dict=True, for_update=True)
		self.nama, self.nik_samar = w.nama, w.nik_samar

	def periksa_tumpang_tindih(self):
		"""One membership of a person in a group at a time. Raises MasaBerlakuTumpangTindih."""
		for lain in frappe.get_all(
			"Kepesertaan Kota",
			{"warga": self.warga, "kelompok": self.kelompok, "name": ["!=", self.name or ""]},
			["mulai", "sampai"],
			order_by="mulai",
		):
			if bersinggungan(self.mulai, self.sampai, lain.mulai, lain.sampai):
				frappe.throw(pesan_tumpang_tindih(self.nama, lain), MasaBerlakuTumpangTindih)

	def periksa_mulai(self):
		"""Raises DokumenTerkunci: the first day stands on bills already."""
		if not self.is_new() and self.has_value_changed("mulai") and self.tertagih():
			frappe.throw(
				_("Mulai tidak dapat diubah: {0} sudah ada pada tagihan iuran.").format(
					frappe.bold(self.nama)
				),
				DokumenTerkunci,
			)

	def periksa_berhenti(self):
		self.alasan_berhenti = (self.alasan_berhenti or "").strip() or None
		if not self.alasan_berhenti:
			return
		if not self.sampai:
			frappe.throw(_("Isi Sampai: hari terakhir sebelum berhenti."), frappe.MandatoryError)
		if len(self.alasan_berhenti) < ALASAN_TERPENDEK:
			frappe.throw(_("Tulis alasan berhenti, paling sedikit {0} huruf.").format(ALASAN_TERPENDEK))

	def periksa_kpj(self):
		"""A person keeps one number, and nobody else has it. Raises KPJGanda."""
		if not self.kpj:
			self.kpj = None
			return
		with menurut_aturan():
			self.kpj = rapikan_kpj(self.kpj)
		if frappe.db.exists("Kepesertaan Kota", {"kpj": self.kpj, "warga": ["!=", self.warga]}):
			frappe.throw(
				_("KPJ ini sudah tercatat untuk orang lain. Cocokkan dengan kartu dari BPJS."), KPJGanda
			)

	def hitung_status(self):
		pengingat = frappe.db.get_value("Kelompok Kepesertaan", self.kelompok, "hari_pengingat")
		self.status = keadaan(
			getdate(self.mulai),
			self.sampai and getdate(self.sampai),
			bool(self.alasan_berhenti),
			getdate(nowdate()),
			cint(pengingat),
		)

	def tertagih(self) -> bool:
		"""Whether it stands on a bill of any month."""
		return bool(frappe.db.exists("Rincian Iuran Kota", {"kepesertaan": self.name}))

	def on_trash(self):
		if self.tertagih():
			frappe.throw(
				_(
					"{0} sudah ada pada tagihan iuran, sehingga tidak dapat dihapus. Isi Sampai dan Alasan Berhenti."
				).format(frappe.bold(self.nama)),
				DokumenTerkunci,
			)


def pesan_tumpang_tindih(nama: str, lain) -> str:
	return _("{0} sudah tercatat dalam kelompok ini dari {1} sampai {2}. Akhiri dahulu yang lama.").format(
		frappe.bold(nama),
		formatdate(lain.mulai),
		formatdate(lain.sampai) if lain.sampai else _("belum ditentukan"),
	)


def on_doctype_update():
	pasang_indeks("Kepesertaan Kota")
	frappe.db.add_index("Kepesertaan Kota", ["kelompok", "mulai"])
	frappe.db.add_index("Kepesertaan Kota", ["kpj"])
