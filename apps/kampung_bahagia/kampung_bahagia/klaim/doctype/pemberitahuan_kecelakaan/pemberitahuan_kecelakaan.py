from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, getdate, now_datetime, nowdate

from kampung_bahagia.aturan.identitas import nomor_hp_e164, samarkan
from kampung_bahagia.aturan.kode_verifikasi import kelompokkan
from kampung_bahagia.aturan.tenggat import batas_tahap_satu
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.klaim import pemberitahuan
from kampung_bahagia.klaim.doctype.ketentuan_klaim.ketentuan_klaim import ketentuan_pada
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan, waktu_wib


class PemberitahuanKecelakaan(DokumenBeralur):
	"""What somebody told of an accident. Its words are evidence: nobody changes them, it is taken over or refused."""

	sumber_wilayah = "kelurahan"
	# written by the job that finds out whom it is about, by the clock, and by who looks where it stands
	kolom_menyusul = frozenset(
		{"warga", "pertama", "klaim", "dikenali_pada", "pengingat", "jumlah_dilacak", "terakhir_dilacak"}
	)
	wajib_pada = {pemberitahuan.DITERUSKAN: ("klaim",)}

	def kolom_pribadi(self):
		"""Health data is personal data of the special kind."""
		return [df.fieldname for df in self.meta.get_high_permlevel_fields() if df.permlevel == 1]

	def validate(self):
		self.isi_wilayah()
		self.periksa_alur()
		if self.is_new():
			self.periksa_waktu()
			self.rapikan_nomor()
			self.cari_rt()
			self.beri_tiket()
			self.hitung_batas()
		self.periksa_isian()

	def isi_wilayah(self) -> None:
		"""The RT where it is known, else the kelurahan alone."""
		if self.rt:
			self.kelurahan = frappe.db.get_value("RT", self.rt, "kelurahan")
		self.kecamatan = self.kelurahan and frappe.db.get_value("Kelurahan", self.kelurahan, "kecamatan")

	def periksa_waktu(self) -> None:
		if get_datetime(self.waktu_kejadian) > now_datetime():
			frappe.throw(_("Waktu Kejadian tidak boleh sesudah saat ini."))

	def rapikan_nomor(self) -> None:
		with menurut_aturan():
			self.hp_pelapor = nomor_hp_e164(self.hp_pelapor)
			self.nik_korban = pemberitahuan.nomor_orang(self.nik_korban)
		if self.nik_korban:
			self.nik_samar = samarkan(self.nik_korban)
			self.sidik_nik = pemberitahuan.sidik("nik", self.nik_korban)

	def cari_rt(self) -> None:
		"""The RT with the number that the notifier gave, if the kelurahan has one today."""
		if self.rt or not cint(self.nomor_rt):
			return
		rt = frappe.qb.DocType("RT")
		ada = (
			frappe.qb.from_(rt)
			.select(rt.name)
			.where((rt.kelurahan == self.kelurahan) & (rt.nomor == cint(self.nomor_rt)))
			.where(
				(rt.berlaku_mulai <= nowdate())
				& (rt.berlaku_sampai.isnull() | (rt.berlaku_sampai >= nowdate()))
			)
			.orderby(rt.name)
			.run(pluck=True)
		)
		self.rt = ada[0] if len(ada) == 1 else None

	def beri_tiket(self) -> None:
		tanpa_akun = self.flags.tiket
		self.flags.tiket = tanpa_akun or pemberitahuan.tiket_dari(pemberitahuan.kunci_baru())
		self.sidik_tiket = pemberitahuan.sidik("sidik tiket", self.flags.tiket)
		self.cara = "Tanpa akun" if tanpa_akun else "Meja"
		self.diterima_pada = now_datetime()

	def hitung_batas(self) -> None:
		jam = ketentuan_pada(getdate(self.waktu_kejadian)).jam_tahap_satu
		self.batas_tahap_satu = batas_tahap_satu(waktu_wib(self.waktu_kejadian), jam).replace(tzinfo=None)

	def after_insert(self):
		if self.cara == "Meja":
			frappe.msgprint(
				_("Catat tiket ini untuk pelapor, sebab hanya ditampilkan sekali: {0}").format(
					frappe.bold(kelompokkan(self.flags.tiket, 4))
				),
				title=_("Pemberitahuan diterima"),
			)
		frappe.enqueue(pemberitahuan.kenali, queue="short", enqueue_after_commit=True, nama=self.name)


def on_doctype_update():
	pasang_indeks("Pemberitahuan Kecelakaan")
