from decimal import ROUND_HALF_UP, Decimal

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from kampung_bahagia.aturan.bilangan import periksa_rupiah
from kampung_bahagia.aturan.iuran import dasar_iuran
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan

NILAI_TERBESAR = 10**12  # rupiah; what a Currency column holds


class UsulanTidakSah(frappe.ValidationError):
	pass


class Kegiatan(DokumenBeralur):
	def validate(self):
		self.periksa_alur()
		self.periksa_musyawarah()
		self.periksa_usulan()
		self.periksa_masa()
		if self.sedang_disusun():
			self.hitung_nilai()

	def before_update_after_submit(self):
		self.periksa_alur()
		if self.baru_berstatus("Berjalan"):
			self.dimulai_pada = now_datetime()
		if self.baru_berstatus("Selesai", "Dihentikan"):
			self.diselesaikan_pada = now_datetime()

	def periksa_musyawarah(self):
		"""No kegiatan without a legitimate musyawarah of the same RT. Raises UsulanTidakSah."""
		m = frappe.db.get_value(
			"Musyawarah",
			self.musyawarah,
			["rt", "status", "kuorum_tercapai"],
			as_dict=True,
			for_update=self.is_new(),  # two kegiatan for one usulan wait for each other here
		)
		if not m or m.status != "Disahkan" or not m.kuorum_tercapai:
			frappe.throw(
				_(
					"Musyawarah {0} belum disahkan lurah. Kegiatan hanya dapat dibuat dari musyawarah yang sah."
				).format(self.musyawarah),
				UsulanTidakSah,
			)
		if m.rt != self.rt:
			frappe.throw(_("Musyawarah {0} bukan milik RT ini.").format(self.musyawarah), UsulanTidakSah)

	def periksa_usulan(self):
		"""The usulan was decided there, and no other kegiatan carries it out. Raises UsulanTidakSah."""
		u = frappe.db.get_value(
			"Usulan",
			{"name": self.usulan, "parent": self.musyawarah, "parenttype": "Musyawarah"},
			["judul", "kategori", "keputusan"],
			as_dict=True,
		)
		if not u or u.keputusan != "Diputuskan":
			frappe.throw(
				_("Pilih usulan yang berkeputusan Diputuskan pada musyawarah {0}.").format(self.musyawarah),
				UsulanTidakSah,
			)
		self.usulan_judul, self.kategori = u.judul, u.kategori
		lain = frappe.db.get_value(
			"Kegiatan",
			{"usulan": self.usulan, "name": ["!=", self.name], "status": ["!=", "Ditolak"]},
			"name",
			for_update=self.is_new(),
		)
		if lain:
			frappe.throw(_("Usulan ini sudah menjadi kegiatan {0}.").format(lain), UsulanTidakSah)

	def periksa_masa(self):
		if getdate(self.tanggal_selesai) < getdate(self.tanggal_mulai):
			frappe.throw(_("Rencana Selesai tidak boleh mendahului Rencana Mulai."))

	def hitung_nilai(self):
		"""Sum of the RAB and base of the premium (chosen lines less PPN), in whole rupiah per line."""
		nilai = dasar = Decimal(0)
		for baris in self.rab:
			jumlah = desimal(baris.volume) * desimal(baris.harga_satuan)
			with menurut_aturan():
				periksa_rupiah(jumlah, f"Jumlah RAB baris {baris.idx}")
			jumlah = jumlah.quantize(Decimal(1), ROUND_HALF_UP)
			baris.jumlah = float(jumlah)
			nilai += jumlah
			if baris.dasar_iuran:
				dasar += jumlah
		if nilai >= NILAI_TERBESAR:
			frappe.throw(_("Nilai kegiatan terlalu besar. Periksa volume dan harga pada RAB."))
		if nilai <= 0:
			frappe.throw(_("Isi volume dan harga pada RAB; nilai kegiatan masih nol."))
		with menurut_aturan():
			self.dasar_iuran = float(dasar_iuran(dasar, desimal(self.ppn)))
		self.nilai_kegiatan = float(nilai)


def on_doctype_update():
	pasang_indeks("Kegiatan")
