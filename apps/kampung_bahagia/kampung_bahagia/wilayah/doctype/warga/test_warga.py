from unittest.mock import patch

import frappe
from frappe.client import validate_link
from frappe.tests.utils import FrappeTestCase

from kampung_bahagia.izin.data_pribadi import milik
from kampung_bahagia.tests.pabrik import data_warga, rt
from kampung_bahagia.wilayah.doctype.warga.warga import NIKTidakSah


class TestWarga(FrappeTestCase):
	def setUp(self):
		self.rt = rt("15.71.01.1001")

	def tearDown(self):
		frappe.db.rollback()

	def buat(self, **nilai):
		return frappe.get_doc(data_warga(self.rt.name, **nilai)).insert()

	def test_a_resident_carries_the_area_of_the_rt_and_a_masked_nik(self):
		w = self.buat(nik="1571011708800001")
		self.assertEqual((w.kelurahan, w.kecamatan), ("15.71.01.1001", "15.71.01"))
		self.assertEqual(w.nik_samar, "1571********0001")

	def test_the_nik_is_not_the_name_and_so_not_in_any_address(self):
		w = self.buat(nik="1571011708800001")
		self.assertNotIn("1571", w.name)

	def test_a_name_of_digits_around_an_e_is_found_as_any_other(self):
		with patch("frappe.generate_hash", return_value="1e39427928"):
			w = self.buat()
		self.assertEqual(validate_link("Warga", w.name)["name"], w.name)

	def test_a_nik_may_be_typed_with_spaces(self):
		w = self.buat(nik="1571 0117 0880 0001")
		self.assertEqual(milik(w.name).nik, "1571011708800001")

	def test_each_contradiction_has_its_own_words(self):
		for nilai, pesan in (
			({"nik": "157101170880000"}, "16"),
			({"jenis_kelamin": "Perempuan"}, "Jenis kelamin"),
			({"tanggal_lahir": "1980-08-18"}, "Tanggal lahir"),
			({"nik": "1571011708800000"}, "urut"),
		):
			with self.subTest(nilai=nilai), self.assertRaisesRegex(NIKTidakSah, pesan):
				self.buat(**nilai)

	def test_a_resident_is_recorded_once_and_the_refusal_tells_no_name(self):
		self.buat(nik="1571011708800001", nama="Rahasia")
		with self.assertRaises(frappe.UniqueValidationError) as galat:
			self.buat(nik="1571011708800001")
		self.assertNotIn("Rahasia", str(galat.exception))
		self.assertNotIn("1571011708800001", str(galat.exception))

	def test_a_phone_number_is_stored_in_one_form(self):
		self.assertEqual(milik(self.buat(no_hp="0812-3456-7890").name).no_hp, "+6281234567890")

	def test_what_is_missing_is_named_before_anything_else(self):
		with self.assertRaisesRegex(frappe.MandatoryError, "Tanggal Lahir"):
			self.buat(tanggal_lahir=None)
