import frappe
from frappe import _
from frappe.utils import getdate

from kampung_bahagia.aturan.identitas import kelayakan_usia
from kampung_bahagia.izin.data_pribadi import milik
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan

KEGIATAN_TERTUTUP = ("Ditolak", "Dihentikan", "Serah Terima", "Selesai")


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
		with menurut_aturan():
			hasil = kelayakan_usia(getdate(milik(self.warga).tanggal_lahir), getdate(mulai))
		if not hasil.boleh:
			frappe.throw(f"{frappe.bold(w.nama)}: {hasil.teks}", title=_("Usia belum memenuhi syarat"))
		self.usia, self.catatan_usia = hasil.usia, hasil.teks

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

	def on_trash(self):
		if self.status != "Diusulkan" or self.surat_keputusan:
			frappe.throw(
				_("{0} sudah didaftarkan atau disebut dalam SK, sehingga tidak dapat dihapus.").format(
					frappe.bold(self.nama)
				)
			)


def on_doctype_update():
	pasang_indeks("Peserta")
	frappe.db.add_unique("Peserta", ["kegiatan", "warga"], "peserta_sekali_per_kegiatan")
