"""What was tried, and what came out otherwise than expected."""

from __future__ import annotations

import fcntl
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from harapan import Harapan
from panggung import Panggung, Pelaku
from pintu import Ditolak, Pengunjung, Rusak

RUSAK = "rusak"
NOMOR = re.compile(r"\d{12}[\dA-C]\d{3}")  # the letters: copies of a number in panggung.py
LAPORAN = Path(__file__).parents[2] / "var" / "access.json"


@dataclass
class Hasil:
	harapan: Harapan
	panggung: Panggung
	bagian: str = ""  # the file of tests that tries
	dicoba: Counter = field(default_factory=Counter)  # operation -> cells
	salah: list[dict] = field(default_factory=list)

	def sel(
		self,
		operasi: str,
		pelaku: Pelaku,
		doctype: str,
		letak: str | None,
		pintu: str,
		harap,
		dapat,
		sebab: str = "",
	) -> None:
		"""One cell: `harap` and `dapat` are True (done, seen), False (refused) or, of counts, the number."""
		self.dicoba[operasi] += 1
		if harap == dapat:
			return
		self.salah.append(
			{
				"operasi": operasi,
				"pelaku": str(pelaku),
				"doctype": doctype,
				"wilayah": letak or "-",
				"pintu": pintu,
				"harap": harap,
				"dapat": dapat,
				"sebab": sebab[:300],
			}
		)

	def coba(self, fungsi: Callable, p: Pengunjung, *isi) -> tuple[object, str]:
		"""Go through a door; its answer, or False and the refusal, or RUSAK and how it broke."""
		try:
			return fungsi(p, *isi), ""
		except Ditolak as galat:
			return False, str(galat)
		except (Rusak, KeyError, TypeError, ValueError, AttributeError) as galat:
			return RUSAK, f"{type(galat).__name__}: {galat}"

	def periksa_bocor(self, pelaku: Pelaku, doctype: str) -> Callable[[str], None]:
		"""What every readable answer about `doctype` goes through: no NIK or family card in full, to anyone."""

		def periksa(teks: str) -> None:
			bocor = self.panggung.pribadi.intersection(NOMOR.findall(teks))
			self.sel(
				"nomor pribadi", pelaku, doctype, None, "jawaban", False, bool(bocor), f"{bocor} {teks[:80]}"
			)

		return periksa

	def tulis(self) -> None:
		"""Put what was tried in place of the last results of the same part; the parts run in several processes."""
		LAPORAN.parent.mkdir(exist_ok=True)
		with open(LAPORAN, "a+") as berkas:
			fcntl.flock(berkas, fcntl.LOCK_EX)
			berkas.seek(0)
			lama = json.loads(berkas.read() or "{}")
			ada = {b.stem for b in Path(__file__).parent.glob("test_*.py")}
			bagian = {b: isi for b, isi in lama.get("parts", {}).items() if b in ada}
			bagian[self.bagian] = {"operations": dict(sorted(self.dicoba.items())), "wrong": self.salah}
			isi = {
				"tried": sum(n for b in bagian.values() for n in b["operations"].values()),
				"wrong": [salah for b in bagian.values() for salah in b["wrong"]],
				"parts": dict(sorted(bagian.items())),
			}
			berkas.truncate(0)
			json.dump(isi, berkas, indent="\t", ensure_ascii=False, default=str)
