"""What a decree costs to print: beside wkhtmltopdf as the framework calls it, and many of them on two cores."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import frappe
from bench_izin import ADMINISTRATOR
from frappe.utils.pdf import get_pdf
from measure import Measure
from stage import Stage, new_request

from kampung_bahagia.tata_kelola import cetak_banyak
from kampung_bahagia.tata_kelola.cetak import jadikan_html, jadikan_pdf

DECREE = "Surat Keputusan"
MANY = 200
PAPER = {"page-width": "215mm", "page-height": "330mm", "quiet": ""}
MEMORY = 400  # MB, the most that a worker may take


def measures(stage: Stage) -> Iterator[Measure]:
	decrees = Decrees(stage)
	# first: a forked worker holds what its parent has left in memory, and what is timed leaves much
	yield Measure(
		"dokumen.sk_banyak", 1 / 1.7, decrees.by_two, decrees.by_one, runs=1, warm_up=0, after=decrees.report
	)
	if shutil.which("wkhtmltopdf"):
		os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
		yield Measure("dokumen.sk", 0.5, decrees.by_the_app, decrees.by_wkhtmltopdf, runs=31)
	else:
		print("  dokumen.sk: for the comparison, apt-get install wkhtmltopdf")


class Decrees:
	"""Signed decrees of the full city with 30 names each."""

	def __init__(self, stage: Stage):
		self.stage = stage
		self.peak = 0  # MB, of the largest worker

	def _prepare(self, work: Callable[[str], object]) -> Callable[[], object]:
		self.stage.full.run(new_request, ADMINISTRATOR)
		(name,) = self.stage.full.run(_names, 1)
		return lambda: self.stage.full.run(work, name)

	def by_the_app(self) -> Callable[[], object]:
		return self._prepare(lambda name: jadikan_pdf(frappe.get_doc(DECREE, name)))

	def by_wkhtmltopdf(self) -> Callable[[], object]:
		return self._prepare(lambda name: get_pdf(jadikan_html(frappe.get_doc(DECREE, name)), dict(PAPER)))

	def by_two(self) -> Callable[[], object]:
		return lambda: self.stage.full.run(self._print_many, 2)

	def by_one(self) -> Callable[[], object]:
		return lambda: self.stage.full.run(self._print_many, 1)

	def _print_many(self, workers: int) -> None:
		"""As the workers do: each job in a process of its own, forked from one in which everything is loaded."""
		new_request(ADMINISTRATOR)
		jobs: list[int] = []
		with patch.object(cetak_banyak, "BAGIAN", workers):
			with patch.object(frappe, "enqueue", lambda _job, **values: jobs.append(values["bagian"])):
				code = cetak_banyak.mulai(DECREE, _names(MANY))
			children = [_forked(frappe.local.site, code, part) for part in jobs]
			for pid, reader in children:
				with os.fdopen(reader) as pipe:
					peak = pipe.read()
				if os.waitpid(pid, 0)[1]:
					raise RuntimeError("a worker failed")
				self.peak = max(self.peak, int(peak) // 1024)
		state = cetak_banyak.keadaan(code)
		if state["persen"] != 100 or state["gagal"] or state["ditolak"]:
			raise RuntimeError(f"many decrees: {state}")

	def report(self) -> None:
		print(f"  dokumen.sk_banyak: at most {self.peak} MB in a worker, of {MEMORY} MB")


def _names(number: int) -> list[str]:
	return frappe.get_all(DECREE, {"docstatus": 1}, pluck="name", order_by="name", limit=number)


def _forked(site: str, code: str, part: int) -> tuple[int, int]:
	"""A process that does one job; its id, and where it says how much memory it took at most (kB)."""
	reader, writer = os.pipe()
	sys.stdout.flush()
	pid = os.fork()
	if pid:
		os.close(writer)
		return pid, reader
	try:
		gc.enable()  # which is off while something is timed; a worker collects what pages leave behind
		frappe.init(site=site, sites_path=".", force=True)
		frappe.connect()
		frappe.set_user(ADMINISTRATOR)
		cetak_banyak.kerjakan(code, part)
		status = Path("/proc/self/status").read_text()
		os.write(writer, status.split("VmHWM:")[1].split()[0].encode())
		os._exit(0)
	except BaseException:
		traceback.print_exc()
		os._exit(1)
