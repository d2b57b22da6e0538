from __future__ import annotations

from collections.abc import Iterator

import panggung as p
import pytest
from harapan import Harapan
from hasil import Hasil
from pintu import Pengunjung


@pytest.fixture(scope="session")
def panggung(situs: str) -> p.Panggung:
	import frappe

	frappe.db.rollback()
	return p.bangun()


@pytest.fixture(scope="session")
def hasil(panggung: p.Panggung) -> Iterator[Hasil]:
	hasil = Hasil(Harapan(), panggung)
	yield hasil
	hasil.tulis()


@pytest.fixture(scope="session")
def simpanan(panggung: p.Panggung) -> Iterator[p.Simpanan]:
	simpanan = p.Simpanan()
	yield simpanan
	simpanan.kembalikan()
	simpanan.buang()


@pytest.fixture(scope="session")
def pengunjung(panggung: p.Panggung, server: str) -> dict[p.Pelaku, Pengunjung]:
	"""A session of everyone who acts."""
	import frappe
	from frappe.utils.password import update_password

	update_password("Administrator", p.SANDI)
	frappe.db.commit()
	return {pelaku: Pengunjung(server, pelaku.user) for pelaku in panggung.pelaku}


def ringkas(salah: list[dict]) -> str:
	"""The wrong cells as lines, the first hundred."""
	baris = ["  ".join(f"{v}" for v in s.values()) for s in salah]
	return "\n".join([f"{len(salah)} wrong cells", *baris[:100]])


# minutes on a machine with other work
pytestmark = pytest.mark.timeout(1800)


@pytest.fixture
def sel(hasil: Hasil):
	"""The cells of this test: none may be wrong."""
	sebelum = len(hasil.salah)
	yield hasil
	salah = hasil.salah[sebelum:]
	assert not salah, ringkas(salah)
