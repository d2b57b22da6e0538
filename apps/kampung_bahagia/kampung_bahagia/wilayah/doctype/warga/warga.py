import frappe
from frappe import _
from frappe.utils import getdate, nowdate

from kampung_bahagia.aturan.identitas import nomor_hp_e164, periksa_nik, periksa_no_kk, samarkan
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan


class NIKTidakSah(frappe.ValidationError):
	pass


class Warga(DokumenBerwilayah):
	def validate(self):
		self.periksa_dasar()
		self.periksa_tanggal_lahir()
		self.periksa_nik()
		self.periksa_no_kk()
		self.rapikan_no_hp()

	def periksa_tanggal_lahir(self):
		if getdate(self.tanggal_lahir) > getdate(nowdate()):
			frappe.throw(_("Tanggal lahir tidak boleh sesudah hari ini."))

	def periksa_nik(self):
		"""A valid NIK that agrees with sex and birth date, held by one person only. Raises NIKTidakSah."""
		hasil = periksa_nik(self.nik, self.jenis_kelamin, getdate(self.tanggal_lahir))
		if not hasil.sah:
			frappe.throw("<br>".join(g.teks for g in hasil.galat), NIKTidakSah, title=_("Periksa NIK"))
		self.nik = hasil.bersih
		self.nik_samar = samarkan(self.nik)
		if frappe.db.exists("Warga", {"nik": self.nik, "name": ["!=", self.name]}):
			# the name stays untold: whoever types a NIK must not learn whose it is
			frappe.throw(
				_("NIK {0} sudah terdaftar. Setiap warga cukup dicatat satu kali.").format(self.nik_samar),
				frappe.UniqueValidationError,
				title=_("NIK sudah terdaftar"),
			)

	def periksa_no_kk(self):
		hasil = periksa_no_kk(self.no_kk)
		if not hasil.sah:
			frappe.throw("<br>".join(g.teks for g in hasil.galat), title=_("Periksa Nomor KK"))
		self.no_kk = hasil.bersih

	def rapikan_no_hp(self):
		if self.no_hp:
			with menurut_aturan():
				self.no_hp = nomor_hp_e164(self.no_hp)
