"""Tables as offices hand them in: the first heading of each column, and rows that leave some out."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

Kolom = Mapping[str, Sequence[str]]


def sebagai_csv(kolom: Kolom, isi: Sequence[Mapping], kepala: Sequence[str] | None = None) -> bytes:
	hasil = StringIO()
	tulis = csv.writer(hasil, delimiter=";")
	tulis.writerow(kepala or [judul[0] for judul in kolom.values()])
	tulis.writerows([[b.get(k, "") for k in kolom] for b in isi])
	return hasil.getvalue().encode("utf-8-sig")


def sebagai_xlsx(kolom: Kolom, isi: Sequence[Mapping]) -> bytes:
	buku = Workbook()
	buku.active.append([judul[0] for judul in kolom.values()])
	for b in isi:
		buku.active.append([b.get(k) for k in kolom])
	hasil = BytesIO()
	buku.save(hasil)
	return hasil.getvalue()
