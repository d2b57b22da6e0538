"""The facts behind the judgement of cover, from the files as they are now, and the judgement made anew with them."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.utils import get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.pertanggungan import Fakta, Pertanggungan, tentukan_pertanggungan
from kampung_bahagia.perlindungan.termin import menunggak_pada
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan, waktu_wib

SELESAI = ("Ditutup", "Ditarik")  # nothing is judged any more
KOLOM = ("status_pertanggungan", "alasan_pertanggungan")


def nilai(klaim) -> None:
	"""Judge the cover with what is on record now; what was judged before stays in the history of the claim."""
	hasil = pertanggungan(klaim)
	alasan = "\n".join(
		f"{'✓' if a.terpenuhi else '✗'} {a.teks}" + (f" ({a.dasar_hukum})" if a.dasar_hukum else "")
		for a in hasil.alasan
	)
	if (klaim.status_pertanggungan, klaim.alasan_pertanggungan) == (hasil.status, alasan):
		return
	klaim.status_pertanggungan, klaim.alasan_pertanggungan = hasil.status, alasan
	klaim.append("riwayat_pertanggungan", {"pada": now_datetime(), "status": hasil.status, "alasan": alasan})


def nilai_ulang(doc, method: str | None = None) -> None:
	"""Hook of the files that cover rests on: judge the open claims of their kegiatan anew.

	A form that stands open meanwhile is not disturbed: the claim counts as unchanged by it.
	"""
	if doc.doctype == "Kegiatan" and not doc.dimulai_pada:
		return  # of a kegiatan itself cover asks on which days it was carried out
	kegiatan = doc.name if doc.doctype == "Kegiatan" else doc.kegiatan
	for nama in frappe.get_all(
		"Klaim", {"kegiatan": kegiatan, "status": ["not in", SELESAI]}, pluck="name", order_by="name"
	):
		frappe.db.savepoint("nilai_ulang")
		try:
			_nilai_satu(nama)
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			raise
		except Exception:  # facts that no rule can judge hold nobody's file up
			frappe.db.rollback(save_point="nilai_ulang")
			if frappe.local.message_log:
				frappe.clear_last_message()
			frappe.log_error(f"Pertanggungan {nama}")


def _nilai_satu(nama: str) -> None:
	klaim = frappe.get_doc("Klaim", nama, for_update=True)
	sebelum = len(klaim.riwayat_pertanggungan)
	nilai(klaim)
	if len(klaim.riwayat_pertanggungan) > sebelum:
		simpan_diam(klaim, KOLOM)


def simpan_diam(klaim, kolom) -> None:
	"""Write the fields `kolom` and the new rows of tables, without the claim counting as changed by somebody."""
	for baris in klaim.get_all_children():
		if not baris.name:
			baris.db_insert()
	frappe.db.set_value("Klaim", klaim.name, {f: klaim.get(f) for f in kolom}, update_modified=False)
	klaim.notify_update()


def pertanggungan(klaim) -> Pertanggungan:
	k = frappe.db.get_value(
		"Kegiatan",
		klaim.kegiatan,
		["konstruksi", "tanggal_selesai", "dimulai_pada", "diselesaikan_pada"],
		as_dict=True,
	)
	d = (
		frappe.db.get_value(
			"Pendaftaran BPJS",
			{"kegiatan": klaim.kegiatan, "dibayar_pada": ["is", "set"]},
			["name", "dibayar_pada", "berlaku_mulai", "berlaku_sampai", "status", "cara_bayar"],
			as_dict=True,
			order_by="dibayar_pada asc",
		)
		or frappe._dict()
	)
	p = frappe.db.get_value("Peserta", klaim.peserta, ["status", "usia"], as_dict=True)
	sk = sk_yang_menyebut(klaim)
	tugas = surat_tugas(klaim)
	with menurut_aturan():
		return tentukan_pertanggungan(
			Fakta(
				waktu_kejadian=waktu_wib(klaim.waktu_kejadian),
				is_konstruksi=bool(k.konstruksi),
				dibayar_pada=waktu_wib(d.dibayar_pada),
				berlaku_mulai=d.berlaku_mulai,
				berlaku_sampai=d.berlaku_sampai,
				bersertifikat=d.status == "Bersertifikat",
				peserta_terdaftar=p.status in ("Terdaftar", "Terlindungi", "Berakhir"),
				sk_ditetapkan_pada=waktu_wib(sk.ditetapkan_pada),
				sk_berlaku=sk.berlaku_mulai,
				sk_dicabut_pada=waktu_wib(sk.dicabut_pada),
				disebut_dalam_sk=bool(sk.ditetapkan_pada),
				kegiatan_mulai=getdate(k.dimulai_pada) if k.dimulai_pada else None,
				kegiatan_selesai=_akhir_kegiatan(k),
				dalam_perjalanan=bool(klaim.dalam_perjalanan),
				di_luar_lokasi=bool(klaim.di_luar_lokasi),
				surat_tugas=tugas.nomor,
				hadir=None if tugas.hadir is None else bool(tugas.hadir),
				termin_menunggak_sejak=menunggak_pada(d, getdate(klaim.waktu_kejadian)),
				usia=p.usia,
			)
		)


def _akhir_kegiatan(k):
	"""The real last day, else the planned one; a plan that ended before work began says nothing."""
	if k.diselesaikan_pada:
		return getdate(k.diselesaikan_pada)
	if k.dimulai_pada and k.tanggal_selesai < getdate(k.dimulai_pada):
		return None
	return k.tanggal_selesai


def sk_yang_menyebut(klaim) -> frappe._dict:
	"""The signed SK that names this person: one in force at the hour if there is one, else the newest."""
	sk, baris = DocType("Surat Keputusan"), DocType("Peserta SK")
	semua = (
		frappe.qb.from_(sk)
		.join(baris)
		.on((baris.parent == sk.name) & (baris.parenttype == "Surat Keputusan"))
		.select(sk.name, sk.nomor, sk.ditetapkan_pada, sk.berlaku_mulai, sk.dicabut_pada)
		.where((sk.docstatus == 1) & (baris.peserta == klaim.peserta))
		.orderby(sk.ditetapkan_pada, order=frappe.qb.desc)
		.run(as_dict=True)
	)
	waktu = get_datetime(klaim.waktu_kejadian)
	for s in semua:
		if s.ditetapkan_pada <= waktu and (not s.dicabut_pada or s.dicabut_pada > waktu):
			return s
	return semua[0] if semua else frappe._dict()


def surat_tugas(klaim) -> frappe._dict:
	"""`name` and `nomor` of the letter that sent this person to work on the day, `dokumen_resmi` when it is signed, and `hadir` as its
	attendance says; each may be missing.
	"""
	t, p, h = DocType("Surat Tugas"), DocType("Petugas Surat Tugas"), DocType("Kehadiran Surat Tugas")
	waktu = get_datetime(klaim.waktu_kejadian)
	hari = waktu.date()
	baris = (
		frappe.qb.from_(t)
		.join(p)
		.on((p.parent == t.name) & (p.parenttype == "Surat Tugas"))
		.left_join(h)
		.on((h.parent == t.name) & (h.peserta == p.peserta) & (h.tanggal == hari))
		.select(t.name, t.nomor, t.dokumen_resmi, h.hadir)
		.where((t.docstatus == 1) & (p.peserta == klaim.peserta))
		.where((t.berlaku_mulai <= hari) & (t.berlaku_sampai >= hari))
		.where(t.dicabut_pada.isnull() | (t.dicabut_pada > waktu))
		.orderby(h.hadir, order=frappe.qb.desc)
		.orderby(t.ditetapkan_pada, order=frappe.qb.desc)
		.limit(1)
		.run(as_dict=True)
	)
	return baris[0] if baris else frappe._dict()
