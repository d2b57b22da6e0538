"""Facts of the letters of this room, for print formats (`jinja` in hooks.py)."""

from __future__ import annotations

import frappe

from kampung_bahagia.izin.data_pribadi import isi_lengkap
from kampung_bahagia.perlindungan.lembar_bpjs import tenaga_kerja


def tenaga_kerja_surat(doc) -> list[frappe._dict]:
	"""The workers of a Pendaftaran BPJS: nama, usia, tugas, upah_bulanan, nik (masked), alamat (None).

	NIK and address are in full only where the builder of a Berkas BPJS, whose downloads are noted, asks for them.
	"""
	orang = tenaga_kerja([doc.kegiatan], diserahkan=bool(doc.diserahkan_bpjs))
	lengkap = isi_lengkap([o.warga for o in orang]) if doc.flags.nik_lengkap else {}
	for o in orang:
		isi = lengkap.get(o.warga, {})
		o.update(nik=isi.get("nik") or o.nik_samar, alamat=isi.get("alamat"))
	return orang
