"""The measurements themselves: what is seeded is valid, and what is measured is written down."""

import json

import bench
import frappe
import measure
import pytest
import seed
from measure import Measure


@pytest.fixture
def clock(monkeypatch):
	"""Time that passes only where a side says so; returns what makes a side of so many seconds."""
	now = [0.0]
	monkeypatch.setattr(measure, "WARM_UP", 1)
	monkeypatch.setattr(measure, "perf_counter", lambda: now[0])

	def side(seconds: float):
		def work():
			now[0] += seconds

		return lambda: work

	return side


def test_what_is_seeded_is_what_the_controllers_would_have_left(db):
	counts = {}
	size = seed.TINY
	before = {doctype: frappe.db.count(doctype) for doctype in ("Kegiatan", "Peserta", "Klaim", "RT")}
	seed.sow(size, commit=lambda: None, say=lambda line: None)
	for doctype, known in before.items():
		counts[doctype] = frappe.db.count(doctype) - known
	assert counts == {
		"Kegiatan": size.kegiatan,
		"Peserta": size.kegiatan * size.peserta,
		"Klaim": size.klaim,
		"RT": size.rt,
	}
	assert seed.check(each=1) == []


def test_a_seeded_file_that_its_controller_would_not_have_left_is_found(db):
	seed.sow(seed.TINY, commit=lambda: None, say=lambda line: None)
	frappe.db.set_value("Kegiatan", {"status": "Draf"}, "nilai_kegiatan", 1)
	assert any("nilai_kegiatan" in wrong for wrong in seed.check(each=9))


def test_results_are_a_list_of_names_values_and_goals(tmp_path, clock, capsys):
	file = tmp_path / "benchmark.json"
	measures = [
		Measure("izin.slow", 1.2, clock(3), clock(2), runs=3),
		Measure("izin.fast", 1.2, clock(1), clock(2), runs=3),
		Measure("klaim.other", 1.2, clock(1), clock(1), runs=3),
	]
	bench.run(measures, "izin", file)
	assert json.loads(file.read_text()) == [
		{"name": "izin.slow", "value": 1.5, "goal": 1.2, "met": False, "runs": 3},
		{"name": "izin.fast", "value": 0.5, "goal": 1.2, "met": True, "runs": 3},
	]
	printed = capsys.readouterr().out
	assert "MISSED: izin.slow" in printed and "klaim.other" not in printed


def test_measuring_a_part_keeps_the_results_of_the_others(tmp_path, clock):
	file = tmp_path / "benchmark.json"
	other = {"name": "klaim.other", "value": 1.0, "goal": 1.2, "met": True, "runs": 15}
	file.write_text(json.dumps([other, other | {"name": "izin.gone"}]))
	bench.run([Measure("izin.new", 9.9, clock(1), clock(1), runs=3)], "izin", file)
	assert [entry["name"] for entry in json.loads(file.read_text())] == ["klaim.other", "izin.new"]


def test_work_of_many_rows_counts_by_the_row_and_is_undone(clock):
	undone = []
	many = Measure("x", 9.9, clock(5), clock(1), runs=5, unit=10, after=lambda: undone.append(1))
	assert measure.take(many).value == 0.5
	assert undone
