"""What the neighbourhoods decided, in the order of their ranking, and what has become of it.

Decided usulan of legitimate musyawarah, by RT and rank, each with the kegiatan that carries it out. The state is the
one that a Renja shows for the same usulan.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder import DocType

from kampung_bahagia.aturan.renja import KEADAAN, keadaan_butir
from kampung_bahagia.tata_kelola.laporan import (
	di_wilayah,
	jumlahkan,
	kolom_laporan,
	masa,
	pada_masa,
	terlihat,
)


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], str | None, dict | None]:
	"""Columns, a row per decided usulan with the totals last, a message when there is none, and the chart."""
	data = get_data(frappe._dict(filters or {}))
	if not data:
		return get_columns(), [], _("Belum ada usulan yang diputuskan pada masa dan wilayah ini."), None
	jumlah = {
		"rt": _("Jumlah"),
		"judul": _("{0} usulan").format(len(data)),
		**jumlahkan(data, ("perkiraan_biaya", "nilai_kegiatan")),
	}
	return get_columns(), [*data, jumlah], None, get_chart(data)


def get_columns() -> list[dict]:
	return kolom_laporan(
		("rt", _("RT"), "Data", 200),
		("peringkat", _("Peringkat"), "Int", 90),
		("judul", _("Usulan"), "Data", 240),
		("kategori", _("Kategori"), "Data", 180),
		("keadaan", _("Keadaan"), "Data", 140),
		("perkiraan_biaya", _("Perkiraan Biaya"), "Currency", 150),
		("suara", _("Suara"), "Int", 80),
		("poin", _("Poin"), "Int", 80),
		("seri", _("Seri"), "Check", 70),
		("musyawarah", _("Musyawarah"), "Link", 160, "Musyawarah"),
		("tanggal", _("Tanggal"), "Date", 110),
		("kegiatan", _("Kegiatan"), "Link", 160, "Kegiatan"),
		("nilai_kegiatan", _("Nilai Kegiatan"), "Currency", 150),
	)


def get_data(filters: frappe._dict) -> list[dict]:
	if filters.keadaan and filters.keadaan not in KEADAAN:
		frappe.throw(_("Pilih keadaan: {0}.").format(", ".join(KEADAAN)))
	u, m, k, rt = (DocType(d) for d in ("Usulan", "Musyawarah", "Kegiatan", "RT"))
	query = (
		frappe.qb.from_(m)
		.join(u)
		.on((u.parent == m.name) & (u.parenttype == "Musyawarah"))
		.join(rt)
		.on(rt.name == m.rt)
		.left_join(k)
		.on(terlihat("Kegiatan") & (k.usulan == u.name) & (k.status != "Ditolak"))
		.select(
			rt.judul.as_("rt"),
			u.peringkat,
			u.judul,
			u.kategori,
			u.perkiraan_biaya,
			u.suara,
			u.poin,
			u.seri,
			m.name.as_("musyawarah"),
			m.tanggal,
			k.name.as_("kegiatan"),
			k.nilai_kegiatan,
			k.status,
		)
		.where(terlihat("Musyawarah"))
		.where(di_wilayah("Musyawarah", filters))
		.where(pada_masa(m.tanggal, masa(filters)))
		.where((m.status == "Disahkan") & (u.keputusan == "Diputuskan"))
		.orderby(m.rt)
		.orderby(m.tanggal)
		.orderby(u.peringkat)
		.orderby(u.idx)
	)
	if filters.kategori:
		query = query.where(u.kategori == filters.kategori)
	data = query.run(as_dict=True)
	for baris in data:
		baris["keadaan"] = keadaan_butir(baris.pop("status"))
		baris["nilai_kegiatan"] = baris["nilai_kegiatan"] or 0
	return [b for b in data if not filters.keadaan or b["keadaan"] == filters.keadaan]


def get_chart(data: list[dict]) -> dict:
	"""Usulan of each category, by state."""
	kategori = sorted({b["kategori"] for b in data})
	jumlah = dict.fromkeys(((satu, k) for satu in KEADAAN for k in kategori), 0)
	for baris in data:
		jumlah[baris["keadaan"], baris["kategori"]] += 1
	return {
		"data": {
			"labels": [_(k) for k in kategori],
			"datasets": [
				{"name": _(satu), "values": [jumlah[satu, k] for k in kategori]} for satu in KEADAAN
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": ["#c53030", "#d69e2e", "#3182ce", "#2f855a", "#718096"],
	}
