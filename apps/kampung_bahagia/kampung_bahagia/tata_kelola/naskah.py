"""What the print formats call by name (`jinja` in hooks.py): dates, amounts and facts of official letters."""

from __future__ import annotations

import base64
from datetime import date
from io import BytesIO

import frappe
from frappe.utils import get_datetime, get_fullname, getdate, nowdate
from PIL import Image, ImageOps

from kampung_bahagia.aturan import bilangan, tanggal
from kampung_bahagia.aturan.nomor_surat import susun_kalimat
from kampung_bahagia.izin.cakupan import berlaku_pada, mencakup
from kampung_bahagia.tata_kelola.doctype.templat_surat.templat_surat import templat_pada
from kampung_bahagia.tata_kelola.jejak import JEJAK
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan


def tanggal_indonesia(nilai) -> str:
	"""A Date or Datetime value as "9 Juli 2025", with spaces that do not break at the end of a line."""
	return tanggal.tanggal_indonesia(getdate(nilai)).replace(" ", "\N{NO-BREAK SPACE}")


def hari_tanggal(nilai) -> str:
	"""A Date or Datetime value as "Rabu, 9 Juli 2025"."""
	return f"{tanggal.hari_indonesia(getdate(nilai))}, {tanggal_indonesia(nilai)}"


def pada_hari_ini(nilai) -> str:
	"""A Date or Datetime value as minutes open: "Rabu, tanggal sembilan bulan Juli tahun … (9-7-2025)"."""
	hari = getdate(nilai)
	terbilang = tanggal.tanggal_terbilang(hari)
	angka = f"{hari.day}-{hari.month}-{hari.year}".replace("-", "\N{NON-BREAKING HYPHEN}")
	return f"{tanggal.hari_indonesia(hari)}, tanggal {terbilang} ({angka})"


def jam_surat(nilai) -> str:
	"""The hour of a Datetime value as "19.30 WIB"."""
	return f"{get_datetime(nilai):%H.%M}\N{NO-BREAK SPACE}WIB"


def format_rupiah(nilai) -> str:
	"""A Currency value as "Rp231.600"."""
	return bilangan.format_rupiah(desimal(nilai))


def terbilang_rupiah(nilai) -> str:
	"""A Currency value in words; raises AturanError for sen."""
	return bilangan.terbilang_rupiah(desimal(nilai))


def persen_indonesia(nilai) -> str:
	"""A rate with a decimal comma and no idle zeros: 0.21 as "0,21"."""
	return f"{desimal(nilai).normalize():f}".replace(".", ",")


def wilayah_surat(doc) -> dict[str, str]:
	"""Names of the area of `doc` as a letterhead writes them: rt ("014"), kelurahan, kecamatan, kota."""
	return {
		"rt": f"{int(frappe.db.get_value('RT', doc.rt, 'nomor')):03}",
		"kelurahan": frappe.db.get_value("Kelurahan", doc.kelurahan, "nama"),
		"kecamatan": frappe.db.get_value("Kecamatan", doc.kecamatan, "nama"),
		"kota": pengaturan_surat().nama_kota,
	}


def pengaturan_surat():
	return frappe.get_cached_doc("Pengaturan Kampung Bahagia")


def kegiatan_surat(doc):
	"""The kegiatan that `doc` names, when the reader may see it too.

	The desk's preview sends the document with its values, so the link alone would let anyone read the facts
	of any kegiatan. Raises frappe.PermissionError.
	"""
	kegiatan = frappe.get_doc("Kegiatan", doc.kegiatan)
	kegiatan.check_permission("read")
	return kegiatan


def dasar_surat(doc) -> dict[str, list[str]]:
	"""Lines of `menimbang` and `mengingat`: as they were signed; of a draft, by the template in force today."""
	tersimpan = {
		kolom: doc.get(kolom) if doc.docstatus == 1 else None for kolom in ("menimbang", "mengingat")
	}
	susunan = {} if all(tersimpan.values()) else susun_dasar(doc, getdate(nowdate()))
	return {
		kolom: [baris.strip() for baris in (isi or susunan[kolom]).split("\n") if baris.strip()]
		for kolom, isi in tersimpan.items()
	}


def susun_dasar(doc, pada: date) -> dict[str, str]:
	"""`menimbang` and `mengingat` of a letter about a kegiatan by the template in force on that day, one a line."""
	templat = templat_pada(doc.jenis_dokumen, pada)
	k = frappe.db.get_value("Kegiatan", doc.kegiatan, ["judul", "usulan_judul", "musyawarah"], as_dict=True)
	musyawarah = frappe.db.get_value("Musyawarah", k.musyawarah, "tanggal")
	with menurut_aturan():
		menimbang = susun_kalimat(
			templat.menimbang or "",
			rt=f"{int(frappe.db.get_value('RT', doc.rt, 'nomor')):03}",
			tanggal_musyawarah=tanggal_indonesia(musyawarah),
			usulan=k.usulan_judul or k.judul,
			kegiatan=k.judul,
		)
	return {"menimbang": menimbang, "mengingat": templat.mengingat}


def pejabat_surat(doc, jabatan: str, pada=None) -> str | None:
	"""Name of who holds the office `jabatan` over the area of `doc` on the day `pada` (today when None).

	The one who came last when two terms overlap; None when nobody holds it.
	"""
	p = frappe.qb.DocType("Penugasan")
	user = (
		frappe.qb.from_(p)
		.select(p.pengguna)
		.where((p.jabatan == jabatan) & berlaku_pada(p, str(getdate(pada or nowdate()))) & mencakup(p, doc))
		.orderby(p.mulai, p.name, order=frappe.qb.desc)
		.limit(1)
		.run(pluck=True)
	)
	return get_fullname(user[0]) if user else None


def langkah_surat(doc, *status: str):
	"""The last step by which `doc` came to one of the states: nama_pejabat, jabatan, waktu; None before.

	None, too, for a step that is older than the ledger: its first entry of such a file names no office.
	"""
	langkah = frappe.get_all(
		JEJAK,
		filters={
			"rujukan_doctype": doc.doctype,
			"rujukan_nama": doc.name,
			"ke": ["in", status],
			"jabatan": ["is", "set"],
		},
		fields=["nama_pejabat", "jabatan", "waktu"],
		order_by="urutan desc",
		limit=1,
	)
	return langkah[0] if langkah else None


SISI_FOTO = 1000  # pixels; what a third of a page shows at 300 dots per inch
PIKSEL_TERBANYAK = 50_000_000


def foto_surat(doc, alamat: str | None) -> str | None:
	"""An image attached to `doc`, by its address, as a small data: URI; None when there is none to show.

	Pages fetch nothing from the site's files (tata_kelola.cetak), so a photo is drawn anew and laid in. Only
	attachments of this very document: an address alone would open those of any other.
	"""
	nama = alamat and frappe.db.get_value(
		"File", {"file_url": alamat, "attached_to_doctype": doc.doctype, "attached_to_name": doc.name}, "name"
	)
	if not nama:
		return None
	try:
		with Image.open(frappe.get_doc("File", nama).get_full_path()) as gambar:
			if gambar.width * gambar.height > PIKSEL_TERBANYAK:
				return None
			gambar.draft("RGB", (SISI_FOTO, SISI_FOTO))
			kecil = ImageOps.exif_transpose(gambar).convert("RGB")
	except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # what PIL says of broken images
		return None
	kecil.thumbnail((SISI_FOTO, SISI_FOTO))
	isi = BytesIO()
	kecil.save(isi, "JPEG", quality=80)
	return f"data:image/jpeg;base64,{base64.b64encode(isi.getvalue()).decode()}"
