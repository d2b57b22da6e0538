"""Reads harapan.toml: what is expected of every cell."""

from __future__ import annotations

from pathlib import Path

import tomllib
from panggung import Pelaku

BERKAS = Path(__file__).with_name("harapan.toml")
SEMUA_KEADAAN = "setiap keadaan"
Letak = tuple[str | None, bool]  # area (None: of no area), submitted to BPJS


class Harapan:
	def __init__(self, berkas: Path = BERKAS):
		self.data = tomllib.loads(berkas.read_text())

	@property
	def doctype(self) -> set[str]:
		return set(self.data["hak"])

	def induk(self, doctype: str) -> str | None:
		"""DocType of whose documents `doctype` is a table; None when it stands by itself."""
		return self.data["hak"][doctype].get("tabel_dari")

	def tanpa_wilayah(self, doctype: str) -> bool:
		return bool(self.data["hak"][self.induk(doctype) or doctype].get("milik_semua"))

	def hak(self, doctype: str, pelaku: Pelaku) -> set[str]:
		if pelaku.masa != "berlaku" or not self.berisi(doctype, pelaku):
			return set()
		return set(self.data["hak"][self.induk(doctype) or doctype].get(pelaku.jabatan, "").split())

	def berisi(self, doctype: str, pelaku: Pelaku) -> bool:
		"""False when the office reads no field of these rows."""
		return pelaku.jabatan in self.data["hak"][doctype].get("hanya", [pelaku.jabatan])

	def di_wilayah(self, doctype: str, pelaku: Pelaku, letak: Letak) -> bool:
		"""Whether a file that lies there belongs to the area of the office."""
		if pelaku.masa != "berlaku":
			return False
		if self.tanpa_wilayah(doctype):
			return True
		wilayah, diserahkan = letak
		milik = self.data["wilayah"].get(pelaku.jabatan, [])
		if pelaku.jabatan == "BPJS Ketenagakerjaan" and not diserahkan:
			return False
		return wilayah in milik or (wilayah is None and "kecamatan lain" in milik)

	def boleh(self, doctype: str, pelaku: Pelaku, letak: Letak, hak: str) -> bool:
		return hak in self.hak(doctype, pelaku) and self.di_wilayah(doctype, pelaku, letak)

	def melampirkan(self, doctype: str, pelaku: Pelaku, letak: Letak) -> bool:
		return pelaku.jabatan in self.data["melampirkan"].get(doctype, []) and self.di_wilayah(
			doctype, pelaku, letak
		)

	def membuka_lampiran(self, doctype: str, pelaku: Pelaku, letak: Letak) -> bool:
		return self.boleh(doctype, pelaku, letak, "lihat") and pelaku.jabatan in self.data["lampiran"].get(
			doctype, [pelaku.jabatan]
		)

	def kerangka(self, doctype: str, pelaku: Pelaku, sendiri: bool) -> set[str]:
		"""Rights on a record of the framework, one's own or another's."""
		isi = self.data["kerangka"].get(doctype, {})
		if sendiri:
			return set(isi.get("milik sendiri", "").split())
		return set(isi.get(pelaku.jabatan, "").split()) if pelaku.masa == "berlaku" else set()

	def isi(self) -> list[tuple[str, str, dict[str, list[str]]]]:
		"""DocType, field, and by which offices it is changed in which state."""
		return [(dt, kolom, t) for dt, isi in self.data["isi"].items() for kolom, t in isi.items()]

	def langkah(self, doctype: str) -> dict[tuple[str, str], set[str]]:
		"""State and action -> offices of the Workflow."""
		return {k: set(jabatan.partition(" (")[0].split(" atau ")) for k, jabatan in self._langkah(doctype)}

	def langkah_sendiri(self, doctype: str) -> dict[tuple[str, str], set[str]]:
		"""State and action -> offices that take the step by itself; none when it follows another file's."""
		ikut = {k for k, jabatan in self._langkah(doctype) if "(" in jabatan}
		return {k: set() if k in ikut else jabatan for k, jabatan in self.langkah(doctype).items()}

	def _langkah(self, doctype: str) -> list[tuple[tuple[str, str], str]]:
		return [(tuple(k.split(" > ")), jabatan) for k, jabatan in self.data["langkah"][doctype].items()]
