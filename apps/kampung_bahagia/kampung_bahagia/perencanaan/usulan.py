"""What a neighbourhood decided and has not done yet."""

from __future__ import annotations

from collections.abc import Sequence

import frappe

DISAHKAN = ("Disahkan",)
BERJALAN_DI_LURAH = ("Diajukan", "Ditinjau Pendamping", "Disahkan")
TIDAK_LAGI = ("Selesai", "Dihentikan")  # a kegiatan in these states leaves nothing to do


def usulan_terbuka(
	rt: str, musyawarah: Sequence[str] = DISAHKAN, kecuali: str | None = None
) -> list[frappe._dict]:
	"""Decided usulan of the RT whose kegiatan is not at its end, or that have none; the oldest meeting first.

	Rows of usulan, judul, kategori, perkiraan_biaya (rupiah), peringkat, musyawarah, tanggal, kegiatan and its
	status. `musyawarah` are the states of the meetings that count, `kecuali` one that does not. No permission check.
	"""
	u, m, k = (frappe.qb.DocType(d) for d in ("Usulan", "Musyawarah", "Kegiatan"))
	q = (
		frappe.qb.from_(m)
		.join(u)
		.on((u.parent == m.name) & (u.parenttype == "Musyawarah"))
		.left_join(k)
		.on((k.usulan == u.name) & (k.status != "Ditolak"))
		.select(
			u.name.as_("usulan"),
			u.judul,
			u.kategori,
			u.perkiraan_biaya,
			u.peringkat,
			m.name.as_("musyawarah"),
			m.tanggal,
			k.name.as_("kegiatan"),
			k.status,
		)
		.where((m.rt == rt) & m.status.isin(musyawarah) & (u.keputusan == "Diputuskan"))
		.where(k.name.isnull() | k.status.notin(TIDAK_LAGI))
		.orderby(m.tanggal)
		.orderby(u.peringkat == 0)  # what received no vote comes last
		.orderby(u.peringkat, u.idx)
	)
	if kecuali:
		q = q.where(m.name != kecuali)
	return q.run(as_dict=True)
