from decimal import Decimal

import frappe
from frappe.tests.utils import FrappeTestCase

from kampung_bahagia.perlindungan.doctype.tarif_iuran.tarif_iuran import iuran_menurut_tarif
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih


class TestTarifIuran(FrappeTestCase):
	def tearDown(self):
		frappe.db.rollback()

	def baru(self, **nilai):
		return frappe.get_doc(
			{
				"doctype": "Tarif Iuran",
				"nama": "Tarif baru",
				"berlaku_mulai": "2027-01-01",
				"dasar_hukum": "Peraturan uji",
				"lapis": [{"batas_atas": 0, "jkk_persen": 1, "jkm_persen": 0.5}],
				**nilai,
			}
		)

	def test_the_shipped_tariff_gives_the_amounts_of_the_law(self):
		for dasar, iuran in (
			(50_000_000, 120_000),
			(96_500_000, 231_600),
			(100_000_000, 240_000),
			(120_000_000, 278_000),
			(5_000_000_000, 6_550_000),
		):
			with self.subTest(dasar=dasar):
				self.assertEqual(iuran_menurut_tarif(Decimal(dasar), "2026-06-01")[1].total, iuran)

	def test_a_new_tariff_holds_from_its_day_and_the_old_one_before(self):
		lama = frappe.get_doc("Tarif Iuran", iuran_menurut_tarif(Decimal(1), "2026-06-01")[0])
		with self.assertRaises(MasaBerlakuTumpangTindih):
			self.baru().insert()
		lama.berlaku_sampai = "2026-12-31"
		lama.save()
		self.baru().insert()
		juta = Decimal(1_000_000)
		self.assertEqual(iuran_menurut_tarif(juta, "2026-12-31")[1].total, 2_400)
		self.assertEqual(iuran_menurut_tarif(juta, "2027-01-01")[1].total, 15_000)

	def test_without_a_tariff_the_refusal_names_the_day(self):
		with self.assertRaisesRegex(frappe.ValidationError, "Tarif Iuran"):
			iuran_menurut_tarif(Decimal(1), "2001-01-01")

	def test_slices_that_do_not_ascend_are_refused(self):
		lapis = [{"batas_atas": b, "jkk_persen": 1, "jkm_persen": 1} for b in (500, 100, 0)]
		with self.assertRaisesRegex(frappe.ValidationError, "lapis 2"):
			self.baru(lapis=lapis, berlaku_mulai="2010-01-01", berlaku_sampai="2010-12-31").insert()
