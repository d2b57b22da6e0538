from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import panggung as p
import pytest
from harapan import Harapan
from hasil import Hasil
from pintu import Pengunjung


@pytest.fixture(scope="module")
def panggung(situs_sendiri: str) -> p.Panggung:
	"""The stage, on a site that no other file of tests meets: states are put into its files past every rule."""
	return p.bangun()


@pytest.fixture(scope="module")
def hasil(panggung: p.Panggung, request: pytest.FixtureRequest) -> Iterator[Hasil]:
	hasil = Hasil(Harapan(), panggung, Path(request.node.path).stem)
	yield hasil
	hasil.tulis()


@pytest.fixture(scope="module")
def simpanan(panggung: p.Panggung) -> Iterator[p.Simpanan]:
	simpanan = p.Simpanan()
	yield simpanan
	simpanan.kembalikan()
	simpanan.buang()


@pytest.fixture(scope="module")
def pengunjung(panggung: p.Panggung, server_sendiri: str) -> dict[p.Pelaku, Pengunjung]:
	"""A session of everyone who acts."""
	import frappe
	from frappe.utils.password import update_password

	update_password("Administrator", p.SANDI)
	frappe.db.commit()
	return {pelaku: Pengunjung(server_sendiri, pelaku.user) for pelaku in panggung.pelaku}


def ringkas(salah: list[dict]) -> str:
	"""The wrong cells as lines, the first hundred."""
	baris = ["  ".join(f"{v}" for v in s.values()) for s in salah]
	return "\n".join([f"{len(salah)} wrong cells", *baris[:100]])


@pytest.fixture
def sel(hasil: Hasil):
	"""The cells of this test: none may be wrong."""
	sebelum = len(hasil.salah)
	yield hasil
	salah = hasil.salah[sebelum:]
	assert not salah, ringkas(salah)
