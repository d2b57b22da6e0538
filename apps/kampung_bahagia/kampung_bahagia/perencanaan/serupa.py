"""Other kegiatan of the kelurahan that may be the same work."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, flt, getdate

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.kemiripan import Ambang, Pekerjaan, ganda
from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.tata_kelola.jembatan import desimal

TIDAK_DIBANDINGKAN = ("Draf", "Dikembalikan", "Ditolak", "Dihentikan")


def ambang() -> Ambang:
	"""From where on two works count as one, by the administrator's settings."""
	p = frappe.get_cached_doc("Pengaturan Kampung Bahagia")
	return Ambang(meter=p.jarak_setempat, hari=p.jeda_pecahan, persen=round(p.kemiripan_judul))


def sebagai_pekerjaan(k) -> Pekerjaan:
	"""What is compared of a kegiatan (a document or a row)."""
	titik = (flt(k.lintang), flt(k.bujur))
	return Pekerjaan(
		nama=k.name or "",
		judul=k.judul,
		rt=k.rt,
		lokasi=k.lokasi,
		titik=titik if all(titik) else None,
		mulai=getdate(k.tanggal_mulai),
		selesai=getdate(k.tanggal_selesai),
		dasar=desimal(k.dasar_iuran),
	)


def sewaktu(kegiatan, hari: int) -> list[Pekerjaan]:
	"""Submitted kegiatan of the same kelurahan at most `hari` days before or after: one question to the database."""
	k = frappe.qb.DocType("Kegiatan")
	baris = (
		frappe.qb.from_(k)
		.select(
			k.name,
			k.judul,
			k.rt,
			k.lokasi,
			k.lintang,
			k.bujur,
			k.tanggal_mulai,
			k.tanggal_selesai,
			k.dasar_iuran,
		)
		.where((k.kelurahan == kegiatan.kelurahan) & (k.name != (kegiatan.name or "")))
		.where(k.status.notin(TIDAK_DIBANDINGKAN) & (k.konstruksi == kegiatan.konstruksi))
		.where(k.tanggal_mulai <= add_days(kegiatan.tanggal_selesai, hari + 1))
		.where(k.tanggal_selesai >= add_days(kegiatan.tanggal_mulai, -hari - 1))
		.orderby(k.name)
		.run(as_dict=True)
	)
	return [sebagai_pekerjaan(b) for b in baris]


def yang_ganda(kegiatan, lain: list[Pekerjaan], batas: Ambang) -> list[Pekerjaan]:
	"""Those of `lain` that plan the same work once more."""
	satu = sebagai_pekerjaan(kegiatan)
	return [b for b in lain if ganda(satu, b, batas)]


def sebutkan(bagian: list[Pekerjaan]) -> str:
	"""A line for each: number, name, RT, period, base of the premium."""
	nama_rt = dict(
		frappe.get_all(
			"RT", {"name": ["in", {b.rt for b in bagian}]}, ["name", "judul"], order_by="name", as_list=True
		)
	)
	return "\n".join(
		f"- {b.nama}: {b.judul} ({nama_rt.get(b.rt, b.rt)}), {tanggal_indonesia(b.mulai)} sampai "
		f"{tanggal_indonesia(b.selesai)}, {format_rupiah(b.dasar)}"
		for b in bagian
	)
