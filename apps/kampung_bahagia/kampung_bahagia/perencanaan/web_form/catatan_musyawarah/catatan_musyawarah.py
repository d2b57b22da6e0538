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
	"""Apply to the meeting `kiriman["musyawarah"]` what differs between `isi` and `kiriman["semula"]`, which has
	the same shape and is what the phone saw before. Raises frappe.PermissionError, and what the meeting raises."""
	nama = kiriman.get("musyawarah")
	if not isinstance(nama, str) or not frappe.db.exists("Musyawarah", nama):
		frappe.throw(_("Pilih musyawarah yang dicatat."))
	doc = frappe.get_doc("Musyawarah", nama, for_update=True)
	doc.check_permission("write")
	semula = kiriman.get("semula")
	semula = semula if isinstance(semula, dict) else {}
	if "hadirin" in isi:
		_catat_hadirin(doc, isi["hadirin"], _menurut(semula, "hadirin", "warga"))
	if "usulan" in isi:
		_catat_usulan(doc, isi["usulan"], _menurut(semula, "usulan", "name"))
	doc.update(_berubah({k: v for k, v in isi.items() if k not in ("hadirin", "usulan")}, semula))
	return doc.save()


def _menurut(semula: dict[str, Any], tabel: str, kunci: str) -> dict[str, dict[str, Any]]:
	"""The rows of `tabel` that the phone saw, by their `kunci`."""
	baris = semula.get(tabel)
	baris = baris if isinstance(baris, list) else []
	return {b[kunci]: b for b in baris if isinstance(b, dict) and isinstance(b.get(kunci), str)}


def _berubah(nilai: dict[str, Any], semula: dict[str, Any]) -> dict[str, Any]:
	"""What the phone changed; an empty box and nothing are the same."""
	return {k: v for k, v in nilai.items() if (v or "") != (semula.get(k) or "")}


def _catat_hadirin(doc, baris: list[dict[str, Any]], semula: dict[str, dict[str, Any]]) -> None:
	baru = {b["warga"]: b for b in baris if b.get("warga")}
	dihapus = set(semula) - set(baru)
	doc.hadirin = [h for h in doc.hadirin if h.warga not in dihapus]
	for h in doc.hadirin:
		if b := baru.pop(h.warga, None):
			h.unsur = _berubah(b, semula.get(h.warga, {})).get("unsur") or h.unsur
	for warga, b in baru.items():
		if warga not in semula:  # one whom somebody struck off meanwhile stays struck off
			doc.append("hadirin", {"warga": warga, "unsur": b.get("unsur") or "Warga", "mewakili_kk": 1})
	_nomori(doc.hadirin)


def _catat_usulan(doc, baris: list[dict[str, Any]], semula: dict[str, dict[str, Any]]) -> None:
	dihapus = set(semula) - {b.get("name") for b in baris}
	doc.usulan = [u for u in doc.usulan if u.name not in dihapus]
	ada = {u.name: u for u in doc.usulan}
	judul = {rapikan(u.judul): u for u in doc.usulan}
	for b in baris:
		nilai = {k: v for k, v in b.items() if k != "name"}
		lama = ada.get(b.get("name")) or judul.get(rapikan(str(b.get("judul") or "")))
		if lama:
			lama.update(_berubah(nilai, semula.get(b.get("name"), {})))
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
