"""What letters that somebody signs have in common: numbered when they are issued, official once they are signed."""

import frappe
from frappe import _
from frappe.utils import get_fullname, getdate, now_datetime

from kampung_bahagia.izin.dokumen import DokumenBeralur, DokumenTerkunci
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.penomoran import beri_nomor
from kampung_bahagia.tata_kelola.pindaian import periksa_pindaian


class SuratResmi(DokumenBeralur):
	"""A letter of a Ketua RT with the states Draf, Ditetapkan and those that end it (`dicabut_pada`).

	It has the fields nomor, tentang, ditetapkan_pada, penanda_tangan, nama_penanda_tangan, cara_tanda_tangan,
	pindaian, sidik_pindaian and dokumen_resmi, and the people whom it names in rows of `lampiran` (nama).
	"""

	jenis_dokumen: str  # as Templat Surat and Dokumen Resmi call it
	sebutan: str  # as messages call it

	def before_submit(self):
		self.tetapkan()

	def before_update_after_submit(self):
		self.periksa_alur()
		self.bubuhkan_pindaian()
		if self.baru_berstatus(resmi.DICABUT, resmi.DIGANTI):
			self.akhiri_dokumen()

	def on_submit(self):
		if self.cara_tanda_tangan == resmi.ELEKTRONIK:
			self.tandatangani_elektronik()

	def periksa_belum_dipindai(self):
		"""What is not signed yet has no signed scan; one put in early would escape its fingerprint."""
		if self.pindaian:
			frappe.throw(
				_("Pindaian diunggah setelah {0} ditetapkan dan ditandatangani.").format(self.sebutan),
				DokumenTerkunci,
			)

	def tetapkan(self):
		"""Number, date and signatory, in the transaction that makes the letter final."""
		self.ditetapkan_pada = now_datetime()
		self.penanda_tangan = frappe.session.user
		self.nama_penanda_tangan = get_fullname(frappe.session.user)
		self.nomor = beri_nomor(self.jenis_dokumen, self.doctype, self.rt, getdate(self.ditetapkan_pada))

	def bubuhkan_pindaian(self):
		"""The signed scan, uploaded once, makes the letter official. Raises DokumenTerkunci on a second one, and
		PindaianTidakTerbaca.
		"""
		sebelum = self.get_doc_before_save()
		if self.pindaian == sebelum.pindaian:
			return
		if self.status != "Ditetapkan" or sebelum.status != "Ditetapkan":
			frappe.throw(
				_(
					"Unggah {0} bertanda tangan saat berstatus Ditetapkan, terpisah dari tindakan lain."
				).format(self.sebutan),
				DokumenTerkunci,
			)
		if sebelum.dokumen_resmi:
			frappe.throw(
				_("Pindaian {0} yang sudah diunggah tidak dapat diganti.").format(self.sebutan),
				DokumenTerkunci,
			)
		nama = frappe.db.get_value(
			"File",
			{"file_url": self.pindaian, "attached_to_doctype": self.doctype, "attached_to_name": self.name},
			"name",
		)
		if not nama:
			frappe.throw(_("Unggah pindaian melalui formulir {0} ini.").format(self.sebutan))
		isi = frappe.get_doc("File", nama).isi_byte()
		periksa_pindaian(isi)
		self.sidik_pindaian = resmi.sidik_berkas(isi)
		self.jadikan_resmi(resmi.BASAH)
		self.siapkan_jejak("Bubuhkan Tanda Tangan", jabatan="Ketua RT", dari=self.status)

	def tandatangani_elektronik(self):
		"""Render, sign and make official, in the transaction of *Tetapkan*. Raises TandaTanganDitolak."""
		berkas = resmi.tandatangani(
			self, self.jabatan_penanda_tangan(), f"{self.nomor} tentang {self.tentang}"
		)
		self.pindaian, self.sidik_pindaian = berkas.alamat, berkas.sidik
		self.jadikan_resmi(resmi.ELEKTRONIK, berkas.kode)
		self.db_set(
			{kolom: self.get(kolom) for kolom in ("pindaian", "sidik_pindaian", "dokumen_resmi")},
			update_modified=False,
		)

	def jabatan_penanda_tangan(self) -> str:
		rt = frappe.db.get_value("RT", self.rt, "nomor")
		return f"Ketua RT {rt:03} Kelurahan {frappe.db.get_value('Kelurahan', self.kelurahan, 'nama')}"

	def jadikan_resmi(self, cara: str, kode: str | None = None):
		self.dokumen_resmi = resmi.terbitkan(
			self,
			jenis=self.jenis_dokumen,
			perihal=self.tentang,
			penerbit=self.jabatan_penanda_tangan(),
			penanda_tangan=self.penanda_tangan,
			nama_penanda_tangan=self.nama_penanda_tangan,
			tanggal=getdate(self.ditetapkan_pada),
			nama=[b.nama for b in self.lampiran],
			cara=cara,
			berkas=self.pindaian,
			sidik=self.sidik_pindaian,
			kode=kode,
		).name

	def akhiri_dokumen(self):
		"""Valid no longer, also for who asks by its code."""
		self.dicabut_pada = self.dicabut_pada or now_datetime()
		if self.dokumen_resmi:
			resmi.akhiri(self.dokumen_resmi, self.status, self.dicabut_pada, self.pengganti_resmi())

	def pengganti_resmi(self) -> str | None:
		"""Dokumen Resmi of the letter that replaces this one."""
		return None
