"""What a registration still lacks, from the files that it is made of: in a fixed number of queries."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce, Count, Sum
from frappe.utils import add_days, cint, getdate

from kampung_bahagia.aturan.kelengkapan import (
	Butir,
	KeadaanPendaftaran,
	butir_pendaftaran,
	persen_lengkap,
)
from kampung_bahagia.perlindungan.perubahan_sk import PENCABUTAN
from kampung_bahagia.tata_kelola.jembatan import desimal
from kampung_bahagia.tata_kelola.laporan import bila

# where each thing is brought: DocType, and whether of the kegiatan (a list) or the kegiatan itself
TEMPAT = {
	"DASAR": "Kegiatan",
	"MASA": "Kegiatan",
	"PESERTA": "Peserta",
	"DATA": "Peserta",
	"SK": "Surat Keputusan",
}
# and else: a field of the registration itself
KOLOM = {
	"KIRIM": "status",
	"TAGIHAN": "kode_iuran",
	"BAYAR": "cara_bayar",
	"SERTIFIKAT": "nomor_sertifikat",
	"SELISIH": "tambahan_dibayar",
}


def kelengkapan(daftar) -> dict[str, Any]:
	"""`persen` (whole percent) and `butir`: of each thing `judul`, `kurang` (empty when it is there), the office that
	brings it (`pembawa`), and the way there: `tautan` (an address, None for who may not go there) or `kolom`.

	Without a permission check: it names no person.
	"""
	butir = butir_pendaftaran(keadaan(daftar))
	return {"persen": persen_lengkap(butir), "butir": [_dengan_jalan(satu, daftar) for satu in butir]}


def keadaan(daftar) -> KeadaanPendaftaran:
	k = frappe.db.get_value(
		"Kegiatan",
		daftar.kegiatan,
		["dasar_iuran", "tanggal_mulai", "tanggal_selesai", "masa_pemeliharaan", "tambahan_iuran"],
		as_dict=True,
	)
	orang = _peserta(daftar.kegiatan)
	perlu = add_days(getdate(k.tanggal_selesai), cint(k.masa_pemeliharaan))
	sampai = daftar.berlaku_sampai and getdate(daftar.berlaku_sampai)
	return KeadaanPendaftaran(
		dasar_iuran=desimal(k.dasar_iuran),
		berjangka=bool(k.tanggal_mulai and k.tanggal_selesai),
		peserta=cint(orang.semua),
		tanpa_alamat=cint(orang.tanpa_alamat),
		tanpa_upah=sum(not baris.upah_bulanan for baris in daftar.upah),
		ber_sk=bool(
			frappe.db.exists(
				"Surat Keputusan",
				{
					"kegiatan": daftar.kegiatan,
					"status": "Ditetapkan",
					"jenis": ["!=", PENCABUTAN],
					"dokumen_resmi": ["is", "set"],
				},
			)
		),
		tanpa_sk=cint(orang.tanpa_sk),
		dikirim=bool(daftar.diserahkan_bpjs) and daftar.status not in ("Diperbaiki", "Ditolak BPJS"),
		peserta_baru=cint(orang.baru),
		ditagih=bool(daftar.nomor_proyek and daftar.kode_iuran and daftar.tagihan),
		dibayar=bool(daftar.dibayar_pada and daftar.bukti_bayar),
		sisa_tagihan=desimal(daftar.sisa_tagihan),
		bersertifikat=daftar.status == "Bersertifikat",
		perlindungan_cukup=bool(sampai and sampai >= perlu),
		selisih=desimal(k.tambahan_iuran),
	)


def _peserta(kegiatan: str) -> frappe._dict:
	p, d = DocType("Peserta"), DocType("Data Pribadi")
	return (
		frappe.qb.from_(p)
		.left_join(d)
		.on(d.name == p.warga)
		.select(
			Count("*").as_("semua"),
			Sum(bila(Coalesce(d.alamat, "") == "")).as_("tanpa_alamat"),
			Sum(bila(Coalesce(p.surat_keputusan, "") == "")).as_("tanpa_sk"),
			Sum(bila(p.status == "Diusulkan")).as_("baru"),
		)
		.where((p.kegiatan == kegiatan) & p.berhenti_sejak.isnull())
		.run(as_dict=True)[0]
	)


def _dengan_jalan(butir: Butir, daftar) -> dict[str, str | None]:
	isi = {f: getattr(butir, f) for f in ("judul", "pembawa", "kurang")}
	return isi | {"tautan": _tautan(TEMPAT.get(butir.kode), daftar.kegiatan), "kolom": KOLOM.get(butir.kode)}


def _tautan(doctype: str | None, kegiatan: str) -> str | None:
	if not doctype or not frappe.has_permission(doctype, "read"):
		return None
	jalan = f"/app/{frappe.scrub(doctype).replace('_', '-')}"
	return f"{jalan}/{kegiatan}" if doctype == "Kegiatan" else f"{jalan}?{urlencode({'kegiatan': kegiatan})}"
