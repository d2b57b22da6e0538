"""Numbers of documents: without a gap, none twice, whoever signs at the same moment."""

import os
import signal
import threading
from multiprocessing import get_context
from unittest.mock import patch

import frappe
import pytest
from frappe.utils import getdate, nowdate

from kampung_bahagia.tata_kelola import penomoran


def deret(awalan: str) -> list[int]:
	s = frappe.qb.DocType("Series")
	return frappe.qb.from_(s).select(s.current).where(s.name == awalan).run(pluck=True)


def test_a_fresh_site_has_the_series_of_next_year(db):
	assert deret(f"KPM-{getdate(nowdate()).year + 1}-") == [0]


def test_series_in_use_keep_their_number(db):
	with patch.object(penomoran, "nowdate", return_value="2090-12-31"):
		penomoran.siapkan_deret()
		s = frappe.qb.DocType("Series")
		frappe.qb.update(s).set(s.current, 7).where(s.name == "KGT-2091-").run()
		penomoran.siapkan_deret()
	assert [deret(f"{d}-{t}-") for d in ("KGT", "RNJ") for t in (2090, 2091)] == [[0], [7], [0], [0]]


SERENTAK = 16


@pytest.fixture
def deret_uji(situs):
	"""Its row is there before anyone signs, as `siapkan_deret` makes it."""
	nama = f"UJI {frappe.generate_hash(length=6)} "
	frappe.qb.into("Series").columns("name", "current").insert(nama, 0).run()
	frappe.db.commit()
	yield nama
	frappe.db.rollback()
	frappe.db.sql("DELETE FROM `tabSeries` WHERE `name` = %s", nama)
	frappe.db.commit()


def _tanda_tangani(situs: str, nama: str, mulai, hasil: list, gagal: bool) -> None:
	frappe.init(site=situs)
	frappe.connect()
	try:
		frappe.db.count("RT")  # a snapshot from before anyone signed
		mulai.wait(60)
		nomor = penomoran.ambil_nomor(nama)
		if gagal:
			frappe.db.rollback()
		else:
			frappe.db.commit()
			hasil.append(nomor)
	except Exception as galat:
		hasil.append(repr(galat))
	finally:
		frappe.destroy()


def test_of_sixteen_at_once_each_has_a_number_and_none_is_missing(situs, deret_uji):
	hasil, mulai = [], threading.Barrier(SERENTAK)
	para = [
		threading.Thread(target=_tanda_tangani, args=(situs, deret_uji, mulai, hasil, i % 4 == 3))
		for i in range(SERENTAK)
	]
	for t in para:
		t.start()
	for t in para:
		t.join(120)
	assert sorted(hasil, key=str) == sorted(range(1, SERENTAK * 3 // 4 + 1), key=str)


def _mati_di_tengah(situs: str, nama: str, kabar) -> None:
	frappe.init(site=situs)
	frappe.connect()
	kabar.put(penomoran.ambil_nomor(nama))
	signal.pause()


def test_who_is_killed_before_the_end_gives_the_number_back(situs, deret_uji):
	cabang = get_context("spawn")
	kabar = cabang.Queue()
	korban = cabang.Process(target=_mati_di_tengah, args=(situs, deret_uji, kabar))
	korban.start()
	assert kabar.get(timeout=60) == 1
	os.kill(korban.pid, signal.SIGKILL)
	korban.join(30)
	frappe.db.rollback()
	assert [penomoran.ambil_nomor(deret_uji) for _ in range(2)] == [1, 2]


def test_the_letters_of_a_new_rt_find_their_series(k):
	tahun = getdate(nowdate()).year
	assert [deret(f"{kode} {k.rt_jauh} {t} ") for kode in ("SK", "ST") for t in (tahun, tahun + 1)] == [
		[0]
	] * 4


def test_the_letters_of_every_rt_find_next_years_series(k):
	with patch.object(penomoran, "nowdate", return_value="2090-12-31"):
		penomoran.siapkan_deret()
	assert deret(f"SK {k.rt} 2091 ") == deret(f"ST {k.rt_tetangga} 2091 ") == [0]


def test_each_year_begins_anew(db):
	assert [penomoran.ambil_nomor(f"SK uji {tahun} ") for tahun in (2089, 2089, 2090)] == [1, 2, 1]
