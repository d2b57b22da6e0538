from collections.abc import Iterator

import pytest

from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung


@pytest.fixture(scope="session")
def kampung_uji(situs) -> tuple[Kampung, dict[str, str]]:
	"""Officials, areas and one kegiatan in each stage; made once, since accounts and chains are slow to make."""
	import frappe

	k = pabrik.kampung()
	kegiatan = {
		"disusun": pabrik.kegiatan(k).name,
		"disetujui": pabrik.kegiatan_disetujui(k).name,
		"berjalan": pabrik.kegiatan_berjalan(k).name,
	}
	frappe.db.commit()
	return k, kegiatan


@pytest.fixture
def k(kampung_uji, db) -> Iterator[Kampung]:
	"""The kampung, in a transaction that ends with the test."""
	yield kampung_uji[0]


def _kegiatan(tahap: str):
	@pytest.fixture(name=tahap)
	def fixture(kampung_uji, k):
		import frappe

		return frappe.get_doc("Kegiatan", kampung_uji[1][tahap])

	return fixture


disusun = _kegiatan("disusun")  # Draf, worth Rp96.500.000, two peserta
disetujui = _kegiatan("disetujui")  # Disetujui DPMPPA
berjalan = _kegiatan("berjalan")  # under cover, with a signed SK, started
