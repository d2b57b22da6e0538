"""What a meeting was and decided, recorded on a phone while others may sign in by QR or write at a desk.

The phone sends what it saw when it began together with what there is now. Only the difference is applied, so that
nobody's row is lost to a form that is older than it.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from kampung_bahagia.aturan.usulan import rapikan
from kampung_bahagia.izin.data_pribadi import kelompok_kk
from kampung_bahagia.izin.dokumen import KEADAAN_PENYUSUNAN
from kampung_bahagia.tata_kelola.formulir import isi_konteks

KOLOM_USULAN = ("name", "judul", "kategori", "lokasi", "perkiraan_biaya", "suara", "poin", "keputusan")
KOLOM_HASIL = ("hasil_kesiapan", "keputusan", "pimpinan", "notulen", "catatan")


def get_context(context):
	isi_konteks(context)


@frappe.whitelist(methods=["GET"])
def terbuka() -> dict[str, Any]:
	"""Meetings that whoever asks may still record, with their residents.

	musyawarah: rows of name, jenis, tanggal (WIB), rt, kk_diundang, kk_minimum (households that make the quorum),
	hadirin (warga, unsur), usulan (KOLOM_USULAN) and KOLOM_HASIL. warga: by RT, rows of name, nama, kk (a number
	that those of one family card share) and perempuan. Empty for an office that holds no musyawarah.
	"""
	if not frappe.has_permission("Musyawarah", "create"):
		return {"musyawarah": [], "warga": {}, "metode": ""}
	nama = frappe.get_list(
		"Musyawarah",
		filters={"status": ["in", sorted(KEADAAN_PENYUSUNAN)]},
		pluck="name",
		order_by="tanggal desc, name",
		limit=20,
	)
	rapat = [frappe.get_doc("Musyawarah", satu) for satu in nama]
	warga: dict[str, list[dict]] = {m.rt: [] for m in rapat}
	semua = frappe.get_list(
		"Warga",
		filters={"rt": ["in", list(warga)]},
		fields=["name", "nama", "rt", "jenis_kelamin"],
		order_by="nama, name",
		limit=0,
	)
	kk = kelompok_kk([w.name for w in semua])
	for w in semua:
		warga[w.rt].append(
			{
				"name": w.name,
				"nama": w.nama,
				"kk": kk.get(w.name, 0),
				"perempuan": w.jenis_kelamin == "Perempuan",
			}
		)
	return {
		"musyawarah": [_ringkas(m) for m in rapat],
		"warga": warga,
		"metode": frappe.db.get_single_value("Pengaturan Kampung Bahagia", "metode_peringkat"),
	}


def _ringkas(m) -> dict[str, Any]:
	return {
		"name": m.name,
		"jenis": m.jenis,
		"tanggal": str(m.tanggal),
		"rt": m.rt,
		"kk_diundang": m.kk_diundang,
		"kk_minimum": m.nilai_kuorum().minimum,
		"hadirin": [{"warga": h.warga, "unsur": h.unsur} for h in m.hadirin],
		"usulan": [{k: u.get(k) for k in KOLOM_USULAN} for u in m.usulan],
		**{k: m.get(k) for k in KOLOM_HASIL},
	}


def simpan(isi: dict[str, Any], kiriman: dict[str, Any]):
	"""Apply `isi` to the meeting `kiriman["musyawarah"]`; `hadirin_semula` (names of Warga) and `usulan_semula`
	(names of rows) say what the phone saw before. Raises frappe.PermissionError, and what the meeting raises."""
	nama = kiriman.get("musyawarah")
	if not isinstance(nama, str) or not frappe.db.exists("Musyawarah", nama):
		frappe.throw(_("Pilih musyawarah yang dicatat."))
	doc = frappe.get_doc("Musyawarah", nama, for_update=True)
	doc.check_permission("write")
	if "hadirin" in isi:
		_catat_hadirin(doc, isi["hadirin"], _daftar(kiriman, "hadirin_semula"))
	if "usulan" in isi:
		_catat_usulan(doc, isi["usulan"], _daftar(kiriman, "usulan_semula"))
	doc.update({k: v for k, v in isi.items() if k not in ("hadirin", "usulan")})
	return doc.save()


def _daftar(kiriman: dict[str, Any], nama: str) -> set[str]:
	return {satu for satu in kiriman.get(nama) or [] if isinstance(satu, str)}


def _catat_hadirin(doc, baris: list[dict[str, Any]], semula: set[str]) -> None:
	baru = {b["warga"]: b for b in baris if b.get("warga")}
	dihapus = semula - set(baru)
	doc.hadirin = [h for h in doc.hadirin if h.warga not in dihapus]
	for h in doc.hadirin:
		if (b := baru.pop(h.warga, None)) and b.get("unsur"):
			h.unsur = b["unsur"]
	for b in baru.values():
		doc.append("hadirin", {"warga": b["warga"], "unsur": b.get("unsur") or "Warga", "mewakili_kk": 1})
	_nomori(doc.hadirin)


def _catat_usulan(doc, baris: list[dict[str, Any]], semula: set[str]) -> None:
	dihapus = semula - {b.get("name") for b in baris}
	doc.usulan = [u for u in doc.usulan if u.name not in dihapus]
	ada = {u.name: u for u in doc.usulan}
	judul = {rapikan(u.judul): u for u in doc.usulan}
	for b in baris:
		nilai = {k: v for k, v in b.items() if k != "name"}
		lama = ada.get(b.get("name")) or judul.get(rapikan(str(b.get("judul") or "")))
		if lama:
			lama.update(nilai)
		elif b.get("name") is None:  # one that somebody deleted meanwhile stays deleted
			doc.append("usulan", nilai)
	_nomori(doc.usulan)


def _nomori(baris) -> None:
	for nomor, satu in enumerate(baris, 1):
		satu.idx = nomor


def hasil(doc) -> dict[str, Any]:
	"""What the phone shows of a record that arrived: the quorum in words, the usulan in their order."""
	return {
		"keterangan_kuorum": doc.keterangan_kuorum,
		"kuorum_tercapai": doc.kuorum_tercapai,
		"usulan": [
			{"judul": u.judul, "peringkat": u.peringkat, "seri": u.seri, "keputusan": u.keputusan}
			for u in sorted(doc.usulan, key=lambda u: (cint(u.peringkat), u.idx))
		],
	}
