"""What waits for a role is seen by those of its holders who may see the file, and removed by none."""

import frappe
import pytest

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


@pytest.fixture
def antrian(k):
	"""The note that a kegiatan of `k.rt` waits for its lurah."""
	kegiatan = langkah(pabrik.kegiatan(k), k.ketua, "Ajukan")
	return frappe.get_doc("Workflow Action", {"reference_name": kegiatan.name, "workflow_state": "Diajukan"})


def test_only_the_lurah_of_the_area_sees_it(k, antrian):
	for user, melihat in ((k.lurah, True), (k.lurah_lain, False), (k.ketua_tetangga, False)):
		with sebagai(user):
			assert (
				antrian.name in frappe.get_list("Workflow Action", pluck="name", limit=0, order_by="name")
			) == melihat, user
			assert bool(antrian.has_permission("read")) == melihat, user


def test_nobody_takes_it_out_of_the_queue(k, antrian):
	for user in (k.lurah, k.lurah_lain, k.dpmppa):
		with sebagai(user), pytest.raises(frappe.PermissionError):
			frappe.delete_doc("Workflow Action", antrian.name)
	assert frappe.db.exists("Workflow Action", antrian.name)
