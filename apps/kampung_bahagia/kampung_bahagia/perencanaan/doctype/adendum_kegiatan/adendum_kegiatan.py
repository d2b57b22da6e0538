"""A change of an approved kegiatan: decided by its own musyawarah, approved like the plan, applied as a new version.

The addendum holds the values before and after and is never edited once approved, so each version stays readable.
"""

import json

import frappe
from frappe import _
from frappe.utils import cint, getdate

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.pagu import periksa_pagu
from kampung_bahagia.aturan.tenggat import jumlah_hari_kerja
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import (
	KOLOM_ADENDUM,
	KOLOM_RAB,
	MelebihiPagu,
	bandingkan_harga,
	jumlahkan_rab,
)
from kampung_bahagia.perencanaan.pagu import pemakaian_pagu
from kampung_bahagia.tata_kelola.jembatan import desimal

DAPAT_DIUBAH = ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan")
GUGUR = ("Ditolak", "Dibatalkan")
SELESAI = ("Disetujui DPMPPA", *GUGUR)  # states in which an addendum is decided


class AdendumTidakSah(frappe.ValidationError):
	pass


class AdendumKegiatan(DokumenBeralur):
	sumber_wilayah = "kegiatan"

	def check_if_latest(self):
		if self.status == "Disetujui DPMPPA":  # the RT before its files, see Kegiatan
			frappe.db.get_value("RT", self.rt, "name", for_update=True)
		super().check_if_latest()

	def validate(self):
		self.periksa_alur()
		kegiatan = frappe.get_doc("Kegiatan", self.kegiatan, for_update=True)
		if self.is_new():
			self.periksa_tunggal()
			self.versi = cint(kegiatan.versi) + 1
		# a file that cannot go on any more can still go back, with its reason, or away
		if (
			self.is_new()
			or self.status == "Draf"
			or self.baru_berstatus("Diajukan", "Diverifikasi Lurah", "Disetujui DPMPPA")
		):
			self.periksa_kegiatan(kegiatan)
			self.periksa_musyawarah()
		if self.sedang_disusun():
			self.periksa_masa(kegiatan)
			self.bandingkan(kegiatan)
			self.periksa_ada_perubahan(kegiatan)
		if self.baru_berstatus("Diajukan", "Diverifikasi Lurah"):  # at the approval the kegiatan itself asks
			self.periksa_pagu(kegiatan)

	def on_submit(self):
		frappe.get_doc("Kegiatan", self.kegiatan).terapkan_adendum(self)

	def periksa_tunggal(self):
		"""One open addendum at a time: the next one starts from what this one leaves."""
		terbuka = {"kegiatan": self.kegiatan, "status": ["not in", SELESAI]}
		if lain := frappe.db.get_value(self.doctype, terbuka, for_update=True):
			frappe.throw(
				_("Kegiatan ini masih mempunyai adendum {0} yang belum diputuskan.").format(
					frappe.bold(lain)
				),
				AdendumTidakSah,
			)

	def periksa_kegiatan(self, kegiatan):
		if kegiatan.status not in DAPAT_DIUBAH:
			frappe.throw(
				_(
					"Adendum hanya untuk kegiatan yang disetujui dan belum diserahterimakan. Status sekarang: {0}."
				).format(frappe.bold(kegiatan.status)),
				AdendumTidakSah,
			)
		if self.versi != cint(kegiatan.versi) + 1:
			frappe.throw(
				_(
					"Kegiatan sudah berubah menjadi versi {0} setelah adendum ini dibuat. Buat adendum baru."
				).format(kegiatan.versi),
				AdendumTidakSah,
			)

	def periksa_musyawarah(self):
		"""A legitimate meeting on changes of this very kegiatan, with its minutes, and for one addendum only."""
		m = frappe.db.get_value(
			"Musyawarah",
			self.musyawarah,
			["jenis", "status", "kuorum_tercapai", "kegiatan", "berita_acara"],
			as_dict=True,
			for_update=self.is_new(),
		)
		if not m or m.jenis != "Perubahan" or m.kegiatan != self.kegiatan:
			frappe.throw(
				_("Musyawarah {0} bukan musyawarah Perubahan tentang kegiatan ini.").format(
					frappe.bold(self.musyawarah)
				),
				AdendumTidakSah,
			)
		if m.status != "Disahkan" or not m.kuorum_tercapai:
			frappe.throw(
				_("Musyawarah {0} belum disahkan lurah.").format(frappe.bold(self.musyawarah)),
				AdendumTidakSah,
			)
		if not m.berita_acara:
			frappe.throw(
				_("Berita acara perubahan belum diunggah pada musyawarah {0}.").format(
					frappe.bold(self.musyawarah)
				),
				AdendumTidakSah,
			)
		lain = frappe.db.get_value(
			self.doctype,
			{"musyawarah": self.musyawarah, "name": ["!=", self.name], "status": ["not in", GUGUR]},
			for_update=self.is_new(),
		)
		if lain:
			frappe.throw(
				_("Musyawarah ini sudah menjadi dasar adendum {0}.").format(frappe.bold(lain)),
				AdendumTidakSah,
			)

	def periksa_masa(self, kegiatan):
		if getdate(self.tanggal_selesai) < getdate(self.tanggal_mulai):
			frappe.throw(_("Rencana Selesai tidak boleh mendahului Rencana Mulai."))
		if kegiatan.dimulai_pada and getdate(self.tanggal_mulai) != getdate(kegiatan.tanggal_mulai):
			frappe.throw(_("Kegiatan sudah dimulai, sehingga Rencana Mulai tidak dapat diubah."))

	def bandingkan(self, kegiatan):
		"""Keep the values before, compute those after, and their difference. The premium is added by `perlindungan`."""
		self.judul = kegiatan.judul
		for kolom in KOLOM_ADENDUM:
			self.set(f"{kolom}_lama", kegiatan.get(kolom))
		self.rab_lama = json.dumps(
			[{k: b.get(k) for k in (*KOLOM_RAB, "jumlah")} for b in kegiatan.rab], ensure_ascii=False
		)
		self.jumlah_peserta_lama = frappe.db.count(
			"Peserta", {"kegiatan": self.kegiatan, "berhenti_sejak": ["is", "not set"]}
		)
		if not self.jumlah_peserta:
			self.jumlah_peserta = self.jumlah_peserta_lama
		self.catatan_harga = bandingkan_harga(self.rab, self.tanggal_mulai)
		nilai, dasar = jumlahkan_rab(self)
		self.nilai_lama, self.nilai_baru = kegiatan.nilai_kegiatan, float(nilai)
		self.selisih_nilai = float(nilai - desimal(kegiatan.nilai_kegiatan))
		self.dasar_iuran_lama, self.dasar_iuran_baru = kegiatan.dasar_iuran, float(dasar)
		self.hari_kerja_lama = kegiatan.hari_kerja
		self.hari_kerja_baru = jumlah_hari_kerja(getdate(self.tanggal_mulai), getdate(self.tanggal_selesai))

	def periksa_ada_perubahan(self, kegiatan):
		kolom = [k for k in KOLOM_ADENDUM if str(self.get(k) or 0) != str(kegiatan.get(k) or 0)]
		sama = [[b.get(k) for k in KOLOM_RAB] for b in self.rab] == [
			[b.get(k) for k in KOLOM_RAB] for b in kegiatan.rab
		]
		if not kolom and sama and self.jumlah_peserta == self.jumlah_peserta_lama:
			frappe.throw(_("Belum ada yang berubah. Ubah waktu, RAB, atau jumlah peserta."), AdendumTidakSah)

	def periksa_pagu(self, kegiatan):
		"""Raises MelebihiPagu with the numbers, as the kegiatan itself will when this is applied."""
		_ketentuan, pemakaian = pemakaian_pagu(
			self.rt, getdate(self.tanggal_mulai).year, self.tanggal_mulai, kecuali=kegiatan.name
		)
		try:
			periksa_pagu(desimal(self.nilai_baru) - desimal(self.swadaya), pemakaian)
		except AturanError as galat:
			frappe.throw(str(galat), MelebihiPagu)


def on_doctype_update():
	pasang_indeks("Adendum Kegiatan")
