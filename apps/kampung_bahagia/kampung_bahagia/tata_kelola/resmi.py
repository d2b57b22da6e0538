"""Signed documents and how anyone can verify them.

A document becomes official in the transaction of its final signature and in no other: number, signed file with
its SHA-256, code and ledger entry stand or fall together. Before that there is no code, so no QR that could be
copied onto something else. Who knows the code sees what the paper says already, names masked; the page never
tells whether a code that it does not know is close to one that exists.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe
import segno
from frappe import _
from frappe.utils import get_url, now_datetime

from kampung_bahagia.aturan.identitas import samarkan_nama
from kampung_bahagia.aturan.kode_verifikasi import BIT, baca_kode, kelompokkan, tulis_kode
from kampung_bahagia.tata_kelola.pembatas import masih_boleh, terhitung

RESMI, LOG = "Dokumen Resmi", "Pemindaian Dokumen"
BASAH, ELEKTRONIK = "Basah", "Elektronik"
BERLAKU, DIGANTI, DICABUT = "Berlaku", "Diganti", "Dicabut"
TIDAK_DIKENAL, TIDAK_SAMA, SERING, TERLALU_BESAR = "tidak dikenal", "tidak sama", "sering", "terlalu besar"
BYTE_TERBESAR = 10 * 2**20
# questions from one address in so many seconds; an office shares one, and a guesser needs 2**150 of them
JENDELA, PER_ALAMAT, SALAH_PER_ALAMAT = 600, 120, 30
KOLOM = (
	"name",
	"jenis",
	"nomor",
	"perihal",
	"status",
	"tidak_berlaku_sejak",
	"diganti_oleh",
	"penerbit",
	"nama_penanda_tangan",
	"tanggal",
	"cara",
	"ditandatangani_pada",
	"sidik",
	"kode",
	"nama_samar",
)


class BerkasTerpakai(frappe.ValidationError):
	pass


@dataclass(frozen=True, slots=True)
class Putusan:
	"""What the page says: `hasil` is a status of the document or one of the words above."""

	hasil: str
	dokumen: frappe._dict | None = None
	pengganti: frappe._dict | None = None
	berkas_sama: bool | None = None  # None: no file was shown


def kode_baru() -> str:
	return tulis_kode(secrets.randbits(BIT))


def terbitkan(
	doc,
	*,
	jenis: str,
	perihal: str,
	penerbit: str,
	penanda_tangan: str,
	nama_penanda_tangan: str,
	tanggal,
	nama: Iterable[str],
	cara: str,
	berkas: str,
	sidik: str,
	kode: str | None = None,
):
	"""Make `doc`, which has its `nomor` and now its last signature, official; the Dokumen Resmi.

	`berkas`: address of the signed file, attached to `doc`; `sidik`: its SHA-256; `nama`: who is named in it;
	`kode`: when it stands in the signed file already. Raises frappe.UniqueValidationError for a second one, and
	BerkasTerpakai for a file that is another document's.
	"""
	if lain := frappe.db.get_value(RESMI, {"sidik": sidik}, "nomor"):
		frappe.throw(
			_(
				"Berkas ini sudah menjadi naskah bertanda tangan nomor {0}. Unggah berkas milik surat ini."
			).format(frappe.bold(lain)),
			BerkasTerpakai,
		)
	resmi = frappe.get_doc(
		{
			"doctype": RESMI,
			"jenis": jenis,
			"nomor": doc.nomor,
			"perihal": perihal,
			"penerbit": penerbit,
			"penanda_tangan": penanda_tangan,
			"nama_penanda_tangan": nama_penanda_tangan,
			"tanggal": tanggal,
			"cara": cara,
			"ditandatangani_pada": now_datetime(),
			"berkas": berkas,
			"sidik": sidik,
			"kode": kode or kode_baru(),
			"nama_samar": "\n".join(samarkan_nama(n) for n in nama),
			"rujukan_doctype": doc.doctype,
			"rujukan_nama": doc.name,
			"rt": doc.rt,
		}
	)
	resmi.flags.oleh_sistem = True
	return resmi.insert(ignore_permissions=True)


def akhiri(nama: str, status: str, sejak: datetime, pengganti: str | None = None) -> None:
	"""The document `nama` is valid no longer: DIGANTI, by the document `pengganti` once there is one, or DICABUT."""
	resmi = frappe.get_doc(RESMI, nama, for_update=True)
	resmi.update({"status": status, "tidak_berlaku_sejak": sejak, "diganti_oleh": pengganti})
	resmi.flags.oleh_sistem = True
	resmi.save(ignore_permissions=True)


def sidik_berkas(isi: bytes) -> str:
	return hashlib.sha256(isi).hexdigest()


# --- on paper


def alamat(kode: str) -> str:
	return get_url(f"/verifikasi?t={kode}")


def tanda_verifikasi(doc) -> dict[str, str] | None:
	"""QR (`gambar`, a data URI), `kode` in groups, `alamat` and `sidik` for print formats; None until it is signed.

	Asked of the stored document and of the reader's right to it: a preview sends whatever document it likes.
	While it is being signed its code stands in the flags, which no request can fill.
	"""
	if kode := doc.flags.kode_verifikasi:
		return _tanda(kode, None)
	tersimpan = frappe.get_doc(doc.doctype, doc.name) if frappe.db.exists(doc.doctype, doc.name) else None
	if not tersimpan or not tersimpan.dokumen_resmi:
		return None
	tersimpan.check_permission("read")
	kode, sidik = frappe.db.get_value(RESMI, tersimpan.dokumen_resmi, ["kode", "sidik"])
	return _tanda(kode, sidik)


def _tanda(kode: str, sidik: str | None) -> dict[str, str]:
	return {
		"gambar": segno.make(alamat(kode), error="m").svg_data_uri(scale=4, border=2),
		"kode": kelompokkan(kode),
		"alamat": get_url("/verifikasi").split("://", 1)[1],
		"sidik": sidik or "",
	}


# --- for the page


def periksa_kode(ketikan: str) -> Putusan:
	"""What there is to say of a code, typed or scanned; noted when it is known."""
	alamat_ip = frappe.local.request_ip
	if not masih_boleh(f"verifikasi:{alamat_ip}", PER_ALAMAT, JENDELA) or _banyak_salah(alamat_ip):
		return Putusan(SERING)
	kode = baca_kode(ketikan)
	resmi = kode and frappe.db.get_value(RESMI, {"kode": kode}, KOLOM, as_dict=True)
	if not resmi:
		masih_boleh(f"verifikasi:{alamat_ip}:salah", SALAH_PER_ALAMAT, JENDELA)
		return Putusan(TIDAK_DIKENAL)
	_catat(resmi, "Kode", resmi.status)
	return Putusan(resmi.status, resmi, _pengganti(resmi))


def periksa_berkas(isi: bytes) -> Putusan:
	"""Whether a file is, byte by byte, one that was signed here."""
	alamat_ip = frappe.local.request_ip
	if not masih_boleh(f"verifikasi:{alamat_ip}", PER_ALAMAT, JENDELA) or _banyak_salah(alamat_ip):
		return Putusan(SERING)
	if len(isi) > BYTE_TERBESAR:
		return Putusan(TERLALU_BESAR)
	resmi = frappe.db.get_value(RESMI, {"sidik": sidik_berkas(isi)}, KOLOM, as_dict=True)
	if not resmi:
		masih_boleh(f"verifikasi:{alamat_ip}:salah", SALAH_PER_ALAMAT, JENDELA)
		return Putusan(TIDAK_SAMA)
	_catat(resmi, "Berkas", resmi.status)
	return Putusan(resmi.status, resmi, _pengganti(resmi), berkas_sama=True)


def _banyak_salah(alamat_ip: str) -> bool:
	return terhitung(f"verifikasi:{alamat_ip}:salah") >= SALAH_PER_ALAMAT


def _pengganti(resmi: frappe._dict) -> frappe._dict | None:
	return resmi.diganti_oleh and frappe.db.get_value(
		RESMI, resmi.diganti_oleh, ["nomor", "tanggal", "kode"], as_dict=True
	)


def _catat(resmi: frappe._dict, cara: str, hasil: str) -> None:
	"""That the document was asked for, with the address' network only: enough to see that somebody tries many."""
	ip = frappe.local.request_ip or ""
	pemindaian = frappe.get_doc(
		{
			"doctype": LOG,
			"waktu": now_datetime(),
			"dokumen_resmi": resmi.name,
			"cara": cara,
			"hasil": hasil,
			"alamat_ip": ".".join(ip.split(".")[:3]) + ".x" if "." in ip else ip.split("::")[0][:19],
		}
	)
	pemindaian.flags.oleh_sistem = True
	pemindaian.insert(ignore_permissions=True)
	frappe.local.flags.commit = True  # the page is asked for by GET


def hapus_pemindaian_lama() -> None:
	"""Daily: what guests looked at is kept for a year."""
	batas = frappe.utils.add_years(now_datetime(), -1)
	frappe.db.delete(LOG, {"waktu": ["<", batas]})
