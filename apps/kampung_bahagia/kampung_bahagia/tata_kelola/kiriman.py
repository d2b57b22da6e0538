"""What phones send from their forms: each key once, whatever the network does.

The key is made on the phone together with the draft. Its record and the document are of one transaction: after
a cut the phone sends again, and either nothing had happened or the first document is the answer.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import Any

import frappe
import frappe.sessions
from frappe import _
from frappe.utils import add_days, now_datetime
from frappe.website.doctype.web_form.web_form import get_web_form_module
from PIL import Image

from kampung_bahagia.tata_kelola.formulir import AWALAN, BERKAS_TERBANYAK, BERKAS_TERBESAR, kolom_baris

KUNCI = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BERKAS = re.compile(r"berkas:(\d{1,2})")
LAMPIRAN = {"Attach", "Attach Image"}
MASA_SIMPAN = 180  # days; a phone drops its drafts long before


class KirimanBerbeda(frappe.ValidationError):
	http_status_code = 409


class KirimanHilang(frappe.ValidationError):
	http_status_code = 410


class BerkasTidakSah(frappe.ValidationError):
	pass


@frappe.whitelist(methods=["GET"])
def sesi() -> dict[str, str]:
	"""Who is signed in (pengguna, nama) and the token that writing calls carry: a kept page has neither."""
	return {
		"pengguna": frappe.session.user,
		"nama": frappe.utils.get_fullname(frappe.session.user),
		"token": frappe.sessions.get_csrf_token(),
	}


@frappe.whitelist(methods=["POST"])
def kirim(kunci: str, formulir: str, isi: str) -> dict[str, Any]:
	"""Make the document of a phone form, with the permissions of whoever sends it, once for each `kunci`.

	`kunci` is a UUID, `formulir` the name of a Web Form of the phone, `isi` a JSON object of its fields. Files
	come as parts `berkas-0`, `berkas-1` … of the request; an attach field names its one as `berkas:0`. Answers
	doctype, name, hasil (what the form shows) and sudah_ada: the key was used before, this is its document.

	Raises KirimanBerbeda for a used key with other content, KirimanHilang for one whose document is gone,
	BerkasTidakSah, and whatever the document raises; `kolom` in the answer then names the fields that the message
	speaks of (kolom, tabel, baris).
	"""
	if not KUNCI.fullmatch(kunci):
		frappe.throw(_("Kunci kiriman tidak dikenali. Muat ulang formulir ini."))
	form = _formulir(formulir)
	berkas = _berkas_permintaan()
	sidik = hashlib.sha256(
		json.dumps([formulir, isi, [hashlib.sha256(b).hexdigest() for b in berkas]]).encode()
	).hexdigest()
	nama = hashlib.sha256(f"{frappe.session.user}|{kunci}".encode()).hexdigest()[:40]
	catatan = frappe.get_doc(
		{
			"doctype": "Kiriman",
			"name": f"k{nama}",
			"pengguna": frappe.session.user,
			"formulir": formulir,
			"sidik": sidik,
		}
	)
	catatan.flags.name_set = True
	try:
		# a second request with this key waits here for the first one's end
		catatan.insert(ignore_permissions=True)
	except frappe.DuplicateEntryError:
		frappe.clear_last_message()
		return _kiriman_pertama(catatan, form)
	try:
		doc = _simpan(form, isi, berkas)
	except (frappe.ValidationError, frappe.PermissionError) as galat:
		frappe.local.response["kolom"] = kolom_disebut(form.doc_type, str(galat))
		raise
	catatan.db_set({"jenis_dokumen": doc.doctype, "dokumen": doc.name}, update_modified=False)
	return _jawaban(form, doc, sudah_ada=False)


def hapus_lama() -> None:
	"""Daily job: keys that no phone holds any more."""
	frappe.db.delete("Kiriman", {"creation": ["<", add_days(now_datetime(), -MASA_SIMPAN)]})


def _formulir(nama: str):
	form = frappe.db.exists("Web Form", nama) and frappe.get_cached_doc("Web Form", nama)
	if not form or not form.published or not (form.route or "").startswith(AWALAN):
		frappe.throw(_("Formulir ini tidak tersedia lagi. Kembali ke beranda Ketua RT."))
	return form


def _kiriman_pertama(catatan, form) -> dict[str, Any]:
	frappe.db.rollback()  # nothing was written; reads would show the time before this request began to wait
	lama = frappe.db.get_value("Kiriman", catatan.name, ["sidik", "jenis_dokumen", "dokumen"], as_dict=True)
	if not lama or not lama.dokumen:
		frappe.throw(_("Isian ini pernah diterima, tetapi tidak menjadi berkas."), KirimanHilang)
	if not frappe.db.exists(lama.jenis_dokumen, lama.dokumen):
		frappe.throw(
			_("Isian ini sudah terkirim sebagai {0}, kemudian berkas itu dihapus.").format(
				frappe.bold(lama.dokumen)
			),
			KirimanHilang,
			title=_("Sudah dihapus"),
		)
	if lama.sidik != catatan.sidik:
		frappe.local.response["terkirim"] = {"doctype": lama.jenis_dokumen, "name": lama.dokumen}
		frappe.throw(
			_("Isian ini sudah terkirim sebagai {0}. Perubahan sesudahnya tidak ikut terkirim.").format(
				frappe.bold(lama.dokumen)
			),
			KirimanBerbeda,
			title=_("Sudah terkirim"),
		)
	doc = frappe.get_doc(lama.jenis_dokumen, lama.dokumen)
	doc.check_permission("read")
	return _jawaban(form, doc, sudah_ada=True)


def _jawaban(form, doc, *, sudah_ada: bool) -> dict[str, Any]:
	susun = getattr(get_web_form_module(form), "hasil", None)
	return {
		"doctype": doc.doctype,
		"name": doc.name,
		"hasil": susun(doc) if susun else {},
		"sudah_ada": sudah_ada,
	}


def _berkas_permintaan() -> list[bytes]:
	"""The files of the request, in the order of their numbers. Raises BerkasTidakSah."""
	bagian = frappe.request.files if getattr(frappe.local, "request", None) else {}
	if len(bagian) > BERKAS_TERBANYAK:
		frappe.throw(
			_("Paling banyak {0} foto dan berkas untuk satu kiriman.").format(BERKAS_TERBANYAK),
			BerkasTidakSah,
		)
	hasil = []
	for nomor in range(len(bagian)):
		if f"berkas-{nomor}" not in bagian:
			frappe.throw(
				_("Berkas ke-{0} tidak ikut terkirim. Kirim ulang.").format(nomor + 1), BerkasTidakSah
			)
		isi = bagian[f"berkas-{nomor}"].read()
		if len(isi) > BERKAS_TERBESAR:
			frappe.throw(_("Berkas ke-{0} terlalu besar.").format(nomor + 1), BerkasTidakSah)
		hasil.append(isi)
	return hasil


def _simpan(form, isi: str, berkas: list[bytes]):
	try:
		nilai = json.loads(isi)
	except ValueError:
		nilai = None
	if not isinstance(nilai, dict):
		frappe.throw(_("Isian tidak dikenali. Muat ulang formulir ini."))
	simpan = getattr(get_web_form_module(form), "simpan", None)
	lampiran = _Lampiran(berkas)
	bersih = _saring(form, nilai, lampiran)
	doc = simpan(bersih, nilai) if simpan else frappe.new_doc(form.doc_type).update(bersih).insert()
	lampiran.ikat(doc)
	return doc


def _saring(form, nilai: dict[str, Any], lampiran: _Lampiran) -> dict[str, Any]:
	"""Those of `nilai` that the form asks for; attach fields with the address of the file that came along."""
	meta = frappe.get_meta(form.doc_type)
	hasil = {}
	for df in form.web_form_fields:
		if not df.fieldname or df.fieldname not in nilai or not (asal := meta.get_field(df.fieldname)):
			continue
		satu = nilai[df.fieldname]
		if asal.fieldtype == "Table":
			if not isinstance(satu, list):
				frappe.throw(_("{0}: isian tidak dikenali. Muat ulang formulir ini.").format(_(asal.label)))
			kolom = {k.fieldname: k for k in kolom_baris(frappe.get_meta(asal.options))}
			hasil[df.fieldname] = [
				{"name": baris["name"]} | _saring_baris(baris, kolom, lampiran)
				if isinstance(baris.get("name"), str)
				else _saring_baris(baris, kolom, lampiran)
				for baris in satu
				if isinstance(baris, dict)
			]
		else:
			hasil |= _saring_baris({df.fieldname: satu}, {df.fieldname: asal}, lampiran)
	return hasil


def _saring_baris(baris: dict[str, Any], kolom: dict[str, Any], lampiran: _Lampiran) -> dict[str, Any]:
	hasil = {}
	for nama, df in kolom.items():
		if nama not in baris:
			continue
		if df.fieldtype in LAMPIRAN:
			# only what came along: an address from the browser could be another's file
			if alamat := lampiran.alamat(baris[nama], df):
				hasil[nama] = alamat
		elif not isinstance(baris[nama], dict | list):
			hasil[nama] = baris[nama]
	return hasil


class _Lampiran:
	"""The files of one sending, stored when a field names them and tied to the document afterwards."""

	def __init__(self, berkas: list[bytes]):
		self.berkas = berkas
		self.tersimpan: dict[int, Any] = {}

	def alamat(self, rujukan, df) -> str | None:
		cocok = BERKAS.fullmatch(rujukan) if isinstance(rujukan, str) else None
		if not cocok:
			return None
		nomor = int(cocok[1])
		if nomor >= len(self.berkas):
			frappe.throw(
				_("Berkas ke-{0} tidak ikut terkirim. Kirim ulang.").format(nomor + 1), BerkasTidakSah
			)
		if nomor not in self.tersimpan:
			isi = self.berkas[nomor]
			jenis = jenis_berkas(isi, nomor)
			if jenis == "pdf" and df.fieldtype == "Attach Image":
				frappe.throw(_("{0}: unggah foto, bukan PDF.").format(_(df.label)), BerkasTidakSah)
			self.tersimpan[nomor] = frappe.get_doc(
				{
					"doctype": "File",
					"file_name": f"{frappe.generate_hash(length=12)}.{jenis}",
					"is_private": 1,
					"content": isi,
				}
			).insert()
		return self.tersimpan[nomor].file_url

	def ikat(self, doc) -> None:
		for file in self.tersimpan.values():
			file.reload()
			if not file.attached_to_name:  # the framework ties those of the document's own fields
				file.update({"attached_to_doctype": doc.doctype, "attached_to_name": doc.name})
				file.save()


def jenis_berkas(isi: bytes, nomor: int = 0) -> str:
	"""pdf, jpeg or png. Raises BerkasTidakSah, which names the file by its number from 0."""
	if isi.startswith(b"%PDF-"):
		return "pdf"
	try:
		with Image.open(io.BytesIO(isi)) as gambar:
			gambar.verify()
			jenis = gambar.format
	except Exception:  # whatever Pillow says of broken bytes
		jenis = None
	if jenis not in ("JPEG", "PNG"):
		pesan = _("Berkas ke-{0} tidak dapat dibaca. Hapus, lalu pilih lagi.")
		frappe.throw(pesan.format(nomor + 1), BerkasTidakSah)
	return jenis.lower()


def kolom_disebut(doctype: str, pesan: str) -> list[dict[str, Any]]:
	"""Fields whose labels stand in `pesan`, in its order: kolom, and in a table tabel and baris (from 1).

	The rules name a field by its label or its first two words, one of a row as "Label (baris 2)" or as
	"Tabel baris 2".
	"""
	meta = frappe.get_meta(doctype)
	teks = frappe.utils.strip_html(pesan)
	temuan: dict[int, dict[str, Any]] = {}

	def cari(label: str, apa: dict[str, Any], akhiran: str = "") -> None:
		for m in re.finditer(rf"(?<!\w){re.escape(label)}{akhiran}(?!\w)", teks):
			lebih_panjang = temuan.get(m.start(), {}).get("panjang", 0)
			if len(m[0]) > lebih_panjang:
				temuan[m.start()] = {**apa, "panjang": len(m[0])} | ({"baris": int(m[1])} if akhiran else {})

	for df in meta.fields:
		if not df.label or df.fieldtype in ("Section Break", "Column Break", "HTML"):
			continue
		cari(_(df.label), {"kolom": df.fieldname})
		cari(" ".join(_(df.label).split()[:2]), {"kolom": df.fieldname})
		if df.fieldtype == "Table":
			cari(_(df.label), {"tabel": df.fieldname}, r" baris (\d+)")
			for anak in kolom_baris(frappe.get_meta(df.options)):
				cari(_(anak.label), {"tabel": df.fieldname, "kolom": anak.fieldname}, r" \(baris (\d+)\)")
	return [{k: v for k, v in temuan[awal].items() if k != "panjang"} for awal in sorted(temuan)]
