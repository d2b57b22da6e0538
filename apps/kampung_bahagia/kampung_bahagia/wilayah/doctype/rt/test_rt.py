import frappe
from frappe.tests.utils import FrappeTestCase

from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTerbalik, MasaBerlakuTumpangTindih
from kampung_bahagia.tests.pabrik import rt

KELURAHAN = "15.71.01.1001"


class TestRT(FrappeTestCase):
	def tearDown(self):
		frappe.db.rollback()

	def test_an_rt_is_known_by_kelurahan_number_and_first_day(self):
		r = rt(KELURAHAN, 14)
		self.assertEqual(r.name, "1571011001-014-20250101")
		self.assertEqual(r.judul, "RT 014 Simpang IV Sipin")
		self.assertEqual(r.kecamatan, "15.71.01")

	def test_a_number_is_given_again_only_after_the_first_has_ended(self):
		lama = rt(KELURAHAN, 14)
		with self.assertRaises(MasaBerlakuTumpangTindih):
			rt(KELURAHAN, 14, berlaku_mulai="2026-01-01")
		lama.berlaku_sampai = "2025-12-31"
		lama.save()
		self.assertNotEqual(rt(KELURAHAN, 14, berlaku_mulai="2026-01-01").name, lama.name)

	def test_an_enclosing_period_overlaps_too(self):
		rt(KELURAHAN, 14, berlaku_mulai="2025-03-01", berlaku_sampai="2025-04-01")
		with self.assertRaises(MasaBerlakuTumpangTindih):
			rt(KELURAHAN, 14, berlaku_mulai="2025-01-01", berlaku_sampai="2025-12-31")

	def test_an_inverted_period_is_refused(self):
		with self.assertRaises(MasaBerlakuTerbalik):
			rt(KELURAHAN, 14, berlaku_sampai="2024-12-31")

	def test_bad_numbers_are_refused_in_words(self):
		for nomor in (-1, 1000, "empat"):
			with self.subTest(nomor=nomor), self.assertRaises(frappe.ValidationError):
				rt(KELURAHAN, nomor)
