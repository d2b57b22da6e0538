"""Pocket cards and excerpts of the decree for those whom a signed decree in force names."""

from __future__ import annotations

from collections.abc import Collection

import frappe
import segno
from frappe import _
from frappe.core.doctype.access_log.access_log import make_access_log
from frappe.translate import print_language

from kampung_bahagia.izin.cakupan import kriteria, sebagai_kondisi
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.cetak import BAHASA, HALAMAN, halaman_ke_pdf
from kampung_bahagia.tata_kelola.isian import daftar_nama
from kampung_bahagia.tata_kelola.naskah import pejabat_surat, wilayah_surat
from kampung_bahagia.tata_kelola.unduhan import BerkasPDF

TEMPLAT = "kampung_bahagia/templates/cetak/kartu_peserta.html"
SEKALI = 100  # chosen in a list: their names stand in an address


class BelumBerSK(frappe.ValidationError):
	pass


def kartu_peserta(doc) -> list[dict]:
	"""The card of the stored Peserta of this name, for its print format; raises BelumBerSK and PermissionError."""
	frappe.get_doc("Peserta", doc.name).check_permission("print")
	return _kartu([doc.name])


def sk_peserta(doc) -> tuple:
	"""The signed decree in force that names the stored Peserta of this name, and the row that does.

	Raises BelumBerSK and PermissionError.
	"""
	peserta = frappe.get_doc("Peserta", doc.name)
	peserta.check_permission("print")
	sah = {satu.peserta: satu.sk for satu in _yang_sah([peserta.name])}
	_pastikan_sah([peserta.name], sah)
	sk = frappe.get_doc("Surat Keputusan", sah[peserta.name])
	sk.check_permission("read")
	return sk, next(baris for baris in sk.lampiran if baris.peserta == peserta.name)


@frappe.whitelist()
def lembar(kegiatan: str | None = None, peserta: str | list[str] | None = None) -> BerkasPDF:
	"""Cards on F4 sheets, ten on each, as a PDF: of all whom the decree of a kegiatan names, or of the chosen.

	Raises frappe.PermissionError where one of them may not be printed, and BelumBerSK.
	"""
	if kegiatan:
		nama = frappe.get_all("Peserta", {"kegiatan": kegiatan}, pluck="name", order_by="nama, name", limit=0)
		_pastikan_boleh(nama)
		nama = [satu.peserta for satu in _yang_sah(nama)]
		if not nama:
			frappe.throw(
				_("Belum ada peserta kegiatan ini dalam SK bertanda tangan yang berlaku."), BelumBerSK
			)
		make_access_log(doctype="Kegiatan", document=kegiatan, file_type="PDF", method="Kartu Peserta")
	else:
		nama = daftar_nama(peserta or [], _("Daftar peserta tidak dikenali. Pilih peserta, lalu ulangi."))
		if not 0 < len(nama) <= SEKALI:
			frappe.throw(_("Pilih 1 sampai {0} peserta untuk sekali cetak.").format(SEKALI))
		_pastikan_boleh(nama)
		for satu in nama:
			make_access_log(doctype="Peserta", document=satu, file_type="PDF", method="Kartu Peserta")
	frappe.local.response.filename = "Kartu-Peserta.pdf"
	frappe.local.response.filecontent = jadikan_lembar(nama)
	frappe.local.response.type = "pdf"


def jadikan_lembar(peserta: list[str]) -> bytes:
	"""The sheets of these Peserta as PDF, without a permission check; raises BelumBerSK."""
	with print_language(BAHASA):
		isi = frappe.render_template(TEMPLAT, {"kartu": _kartu(peserta)})
		return halaman_ke_pdf(
			frappe.render_template(HALAMAN, {"isi": isi, "judul": "Kartu Peserta", "bahasa": BAHASA})
		)


def _pastikan_boleh(nama: Collection[str]) -> None:
	p = frappe.qb.DocType("Peserta")
	boleh = sebagai_kondisi(kriteria("Peserta", frappe.session.user, "print"), "Peserta")
	ada = frappe.qb.from_(p).select(p.name).where(boleh & p.name.isin(list(nama) or [""])).run(pluck=True)
	if not nama or set(nama) - set(ada):
		frappe.throw(_("Kartu peserta ini tidak dapat Anda cetak."), frappe.PermissionError)


def _pastikan_sah(nama: Collection[str], sah: Collection[str]) -> None:
	if belum := [satu for satu in nama if satu not in sah]:
		orang = frappe.get_all("Peserta", {"name": ["in", belum[:5]]}, pluck="nama", order_by="nama")
		frappe.throw(
			_("Belum disebut dalam SK bertanda tangan yang berlaku: {0}{1}.").format(
				", ".join(map(frappe.bold, orang)),
				_(" dan {0} orang lain").format(len(belum) - 5) if len(belum) > 5 else "",
			),
			BelumBerSK,
		)


def _yang_sah(nama: Collection[str]) -> list[frappe._dict]:
	"""Facts of those whom a signed decree in force names, in the order of their RT and names."""
	p, sk = frappe.qb.DocType("Peserta"), frappe.qb.DocType("Surat Keputusan")
	d, k, b = frappe.qb.DocType(resmi.RESMI), frappe.qb.DocType("Kegiatan"), frappe.qb.DocType("Peserta SK")
	return (
		frappe.qb.from_(p)
		.join(sk)
		.on(sk.name == p.surat_keputusan)
		.join(d)
		.on(d.name == sk.dokumen_resmi)
		.join(b)
		.on((b.parent == sk.name) & (b.parenttype == "Surat Keputusan") & (b.peserta == p.name))
		.join(k)
		.on(k.name == p.kegiatan)
		.select(
			p.name.as_("peserta"),
			p.rt,
			p.kelurahan,
			p.kecamatan,
			p.kegiatan,
			p.nama,
			p.nik_samar,
			b.tugas,
			k.judul,
			sk.name.as_("sk"),
			sk.nomor,
			sk.berlaku_mulai,
			sk.berlaku_sampai,
			d.kode,
		)
		.where(p.name.isin(list(nama) or [""]) & (sk.status == "Ditetapkan") & (d.status == resmi.BERLAKU))
		.orderby(p.rt, p.nama, p.name)
		.run(as_dict=True)
	)


def _kartu(nama: Collection[str]) -> list[dict]:
	sah = _yang_sah(nama)
	_pastikan_sah(nama, {satu.peserta for satu in sah})
	proyek = dict(
		frappe.get_all(
			"Pendaftaran BPJS",
			filters={
				"kegiatan": ["in", sorted({satu.kegiatan for satu in sah})],
				"nomor_proyek": ["is", "set"],
			},
			fields=["kegiatan", "nomor_proyek"],
			order_by="creation",
			as_list=True,
		)
	)
	wilayah, ketua, qr = {}, {}, {}
	for satu in sah:
		if satu.rt not in wilayah:
			rt = frappe._dict(doctype="Peserta", **{t: satu[t] for t in ("rt", "kelurahan", "kecamatan")})
			wilayah[satu.rt], ketua[satu.rt] = wilayah_surat(rt), pejabat_surat(rt, "Ketua RT")
		if satu.kode not in qr:
			qr[satu.kode] = segno.make(resmi.alamat(satu.kode), error="m").svg_data_uri(scale=4, border=2)
	return [
		{
			**satu,
			"wilayah": wilayah[satu.rt],
			"ketua": ketua[satu.rt],
			"qr": qr[satu.kode],
			"proyek": proyek.get(satu.kegiatan),
		}
		for satu in sah
	]
