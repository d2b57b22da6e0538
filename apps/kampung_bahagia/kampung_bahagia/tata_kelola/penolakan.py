from collections.abc import Iterable

import frappe


def tolak_dengan_daftar(pesan: str, butir: Iterable[str], galat: type[Exception], judul: str) -> None:
	"""Raise `galat` with everything that is wrong at once: the sentence `pesan` and a list of `butir` (HTML)."""
	daftar = "".join(f"<li>{b}</li>" for b in butir)
	frappe.throw(f"{pesan}<ul>{daftar}</ul>", galat, title=judul)
