import frappe
from frappe.tests.utils import FrappeTestCase

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.perlindungan.doctype.peserta.peserta import PesertaGanda
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import data_warga, sebagai


class TestPeserta(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.k = pabrik.kampung("peserta")

	def setUp(self):
		frappe.db.savepoint("sebelum_uji")
		self.kegiatan = pabrik.kegiatan(self.k, peserta=1)

	def tearDown(self):
		frappe.db.rollback(save_point="sebelum_uji")

	def daftarkan(self, **warga):
		with sebagai(self.k.ketua):
			w = frappe.get_doc(data_warga(self.k.rt, **warga)).insert()
			return frappe.get_doc(
				{"doctype": "Peserta", "kegiatan": self.kegiatan.name, "warga": w.name}
			).insert()

	def test_a_minor_is_refused_with_the_way_out(self):
		tahun = frappe.utils.getdate().year - 10
		with self.assertRaisesRegex(frappe.ValidationError, "pendukung"):
			self.daftarkan(
				nik=f"1571011708{tahun % 100:02}0001",
				tanggal_lahir=f"{tahun}-08-17",
			)

	def test_an_elder_is_accepted_with_a_note_to_ask_bpjs(self):
		p = self.daftarkan(nik="1571011708500001", tanggal_lahir="1950-08-17")
		self.assertIn("konfirmasi", p.catatan_usia)

	def test_one_person_takes_part_once(self):
		warga = frappe.db.get_value("Peserta", {"kegiatan": self.kegiatan.name}, "warga")
		with sebagai(self.k.ketua), self.assertRaises(PesertaGanda):
			frappe.get_doc({"doctype": "Peserta", "kegiatan": self.kegiatan.name, "warga": warga}).insert()

	def test_protection_is_not_claimed_by_a_form(self):
		p = self.daftarkan()
		with sebagai(self.k.ketua), self.assertRaises(DokumenTerkunci):
			p.status = "Terlindungi"
			p.save()

	def test_a_proposed_person_may_be_taken_off_and_a_registered_one_not(self):
		p = self.daftarkan()
		frappe.db.set_value("Peserta", p.name, "status", "Terdaftar")
		with sebagai(self.k.ketua), self.assertRaises(frappe.ValidationError):
			frappe.delete_doc("Peserta", p.name)
		frappe.db.set_value("Peserta", p.name, "status", "Diusulkan")
		with sebagai(self.k.ketua):
			frappe.delete_doc("Peserta", p.name)
		self.assertFalse(frappe.db.exists("Peserta", p.name))
