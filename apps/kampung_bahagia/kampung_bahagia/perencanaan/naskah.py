"""What the letters of a musyawarah and a kegiatan call by name (`jinja` in hooks.py)."""

from __future__ import annotations

import json
from decimal import Decimal

import frappe

from kampung_bahagia.tata_kelola.jembatan import desimal

JENIS_BIAYA = ("Bahan", "Upah", "Alat", "Lainnya")
PANGGILAN_JK = {"Laki-laki": "L", "Perempuan": "P"}
SUSUNAN_POKJA = ("Ketua", "Sekretaris", "Bendahara", "Anggota")
ACARA = {
	"Kesiapan": "Rembuk kesiapan warga dan pembentukan Kelompok Kerja (Pokja)",
	"Prioritas": "Pembahasan usulan warga dan penetapan usulan prioritas",
	"Perubahan": "Pembahasan perubahan kegiatan",
	"Serah Terima": "Serah terima hasil kegiatan",
}


def acara_surat(musyawarah) -> list[str]:
	"""Lines of the agenda; what its kind is held for when none is written."""
	baris = [b.strip() for b in (musyawarah.acara or "").split("\n")]
	return [b for b in baris if b] or [ACARA[musyawarah.jenis]]


def hadirin_surat(musyawarah) -> list[frappe._dict]:
	"""Everyone present in the order of the list: nama, jk (L or P), rt ("014"), unsur, mewakili_kk, cara, waktu.

	Without NIK, address and number: who signs beside the name is known to the neighbours.
	"""
	nama = [h.warga for h in musyawarah.hadirin if h.warga]
	warga = {
		w.name: w
		for w in frappe.get_all(
			"Warga",
			filters={"name": ["in", nama or [""]]},
			fields=["name", "nama", "jenis_kelamin", "rt.nomor as nomor_rt"],
			order_by="name",
		)
	}
	return [
		frappe._dict(
			nama=h.nama or (w and w.nama),
			jk=PANGGILAN_JK.get(w and w.jenis_kelamin, ""),
			rt=f"{w.nomor_rt:03}" if w and w.nomor_rt else "",
			unsur=h.unsur,
			mewakili_kk=h.mewakili_kk,
			cara=h.cara,
			waktu=h.waktu_hadir,
		)
		for h in musyawarah.hadirin
		for w in [warga.get(h.warga)]
	]


def usulan_surat(musyawarah) -> list:
	"""The usulan by rank where they have one, else as they were written down."""
	return sorted(musyawarah.usulan, key=lambda u: (u.peringkat or len(musyawarah.usulan) + 1, u.idx))


def rab_surat(kegiatan) -> list[frappe._dict]:
	"""The RAB in its groups, empty ones left out: jenis, baris (rows), jumlah (rupiah)."""
	kelompok = []
	for jenis in JENIS_BIAYA:
		if baris := [b for b in kegiatan.rab if b.jenis == jenis]:
			jumlah = sum((desimal(b.jumlah) for b in baris), Decimal(0))
			kelompok.append(frappe._dict(jenis=jenis, baris=baris, jumlah=float(jumlah)))
	return kelompok


def rab_adendum_surat(adendum) -> list[frappe._dict]:
	"""Each line of the RAB before and after an addendum: uraian, jenis, lama and baru (rows; None: it is not there),
	selisih (rupiah). Lines are the same by their words and kind; those that are gone come last.
	"""
	sisa = [frappe._dict(b) for b in json.loads(adendum.rab_lama or "[]")]
	pasangan = []
	for baru in adendum.rab:
		lama = next((b for b in sisa if (b.uraian, b.jenis) == (baru.uraian, baru.jenis)), None)
		if lama:
			sisa.remove(lama)
		pasangan.append((lama, baru))
	return [
		frappe._dict(
			uraian=(baru or lama).uraian,
			jenis=(baru or lama).jenis,
			lama=lama,
			baru=baru,
			selisih=float(desimal(baru and baru.jumlah) - desimal(lama and lama.jumlah)),
		)
		for lama, baru in [*pasangan, *((b, None) for b in sisa)]
	]


def pokja_surat(doc) -> list[frappe._dict]:
	"""Members of the Pokja of the RT of `doc`, the chair first: nama, jabatan, unsur.

	None of them for a reader who does not see the RT (BPJS).
	"""
	if not frappe.has_permission("RT", "read", doc.rt):
		return []
	anggota = frappe.get_all(
		"Anggota Pokja",
		filters={"parent": doc.rt, "parenttype": "RT"},
		fields=["nama", "jabatan", "unsur"],
		order_by="idx",
	)
	return sorted(anggota, key=lambda a: SUSUNAN_POKJA.index(a.jabatan))


def kemajuan_surat(kegiatan) -> list[frappe._dict]:
	"""Reports on the work in their order: tanggal, persen, catatan, foto; and what names each (doctype, name)."""
	laporan = frappe.get_all(
		"Kemajuan Kegiatan",
		filters={"kegiatan": kegiatan.name},
		fields=["name", "tanggal", "persen", "catatan", "foto"],
		order_by="tanggal, creation",
	)
	return [frappe._dict(satu, doctype="Kemajuan Kegiatan") for satu in laporan]


def musyawarah_surat(kegiatan):
	"""The musyawarah that decided `kegiatan`, when the reader may see it; None otherwise.

	BPJS is given the kegiatan, and not who sat in the meeting.
	"""
	doc = frappe.get_doc("Musyawarah", kegiatan.musyawarah)
	return doc if doc.has_permission("read") else None


def musyawarah_serah_terima(kegiatan):
	"""The legitimate handover musyawarah about `kegiatan`: tanggal, tempat; None before there is one."""
	ditemukan = frappe.get_all(
		"Musyawarah",
		filters={"kegiatan": kegiatan.name, "jenis": "Serah Terima", "status": "Disahkan"},
		fields=["name", "tanggal", "tempat"],
		order_by="tanggal desc",
		limit=1,
	)
	return ditemukan[0] if ditemukan else None
