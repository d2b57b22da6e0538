import frappe
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days, nowdate

from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih
from kampung_bahagia.tests.pabrik import pengguna, penugasan, rt


class TestPenugasan(FrappeTestCase):
	def setUp(self):
		# the last one: what other tests made lies in the first
		self.kelurahan = frappe.get_all("Kelurahan", pluck="name", order_by="name desc", limit=1)[0]
		self.user = pengguna("pejabat-uji")

	def tearDown(self):
		frappe.db.rollback()
		frappe.clear_cache(user=self.user)

	def test_the_role_comes_and_goes_with_the_office(self):
		p = penugasan(self.user, "Lurah", kelurahan=self.kelurahan)
		self.assertIn("Lurah", frappe.get_roles(self.user))
		p.sampai = add_days(nowdate(), -1)
		p.save()
		self.assertNotIn("Lurah", frappe.get_roles(self.user))

	def test_an_office_of_tomorrow_gives_no_role_today(self):
		penugasan(self.user, "Lurah", kelurahan=self.kelurahan, mulai=add_days(nowdate(), 1))
		self.assertNotIn("Lurah", frappe.get_roles(self.user))

	def test_other_roles_stay(self):
		frappe.get_doc("User", self.user).add_roles("Website Manager")
		penugasan(self.user, "DPMPPA")
		self.assertLessEqual({"Website Manager", "DPMPPA"}, set(frappe.get_roles(self.user)))

	def test_one_kelurahan_has_one_lurah_at_a_time(self):
		penugasan(self.user, "Lurah", kelurahan=self.kelurahan)
		with self.assertRaises(MasaBerlakuTumpangTindih):
			penugasan(pengguna("pejabat-uji-2"), "Lurah", kelurahan=self.kelurahan)

	def test_an_office_without_its_area_is_refused(self):
		with self.assertRaisesRegex(frappe.MandatoryError, "RT"):
			penugasan(self.user, "Ketua RT")

	def test_an_area_too_many_does_not_narrow_or_widen_the_office(self):
		p = penugasan(self.user, "Ketua RT", rt=rt(self.kelurahan).name, kelurahan=self.kelurahan)
		self.assertIsNone(p.kelurahan)
