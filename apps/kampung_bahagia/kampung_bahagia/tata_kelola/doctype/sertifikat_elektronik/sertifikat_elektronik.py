"""A certificate that signs documents. What it is made of may be read; its key can only be used."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import convert_utc_to_system_timezone, get_datetime, now_datetime
from frappe.utils.password import set_encrypted_password

from kampung_bahagia.tata_kelola.tanda_tangan import uji
from kampung_bahagia.tata_kelola.tanda_tangan.galat import TandaTanganGagal

if TYPE_CHECKING:
	from asn1crypto import x509

JARAK_JAUH = "Jarak Jauh"
IZIN_UJI = "kampung_bahagia_sertifikat_uji"  # in the site's configuration
# read from the certificate itself, or kept: never what a form sends
MILIK_SISTEM = (
	"subjek",
	"penerbit",
	"nomor_seri",
	"berlaku_mulai",
	"berlaku_sampai",
	"sidik_jari",
	"percobaan",
)


class SertifikatDitolak(frappe.ValidationError):
	pass


class SertifikatElektronik(Document):
	def validate(self):
		if not self.flags.terpasang:
			self.jaga_isi()
		self.baca_layanan()
		self.periksa_pencabutan()
		self.periksa_aktif()

	def on_trash(self):
		if self.sertifikat:
			self.tolak(
				_(
					"Sertifikat yang pernah dipasang tidak dapat dihapus, karena tanda tangan yang lama diperiksa dengannya. "
					"Nonaktifkan, atau isi Dicabut Pada."
				)
			)

	def get_password(self, fieldname="password", raise_exception=True) -> NoReturn:
		"""The framework's door to stored passwords, open to System Managers: not for what signs."""
		frappe.throw(
			_(
				"Kunci, sandi, dan token sertifikat tidak dapat dibaca siapa pun; keduanya hanya dapat dipakai."
			),
			frappe.PermissionError,
		)

	def jaga_isi(self):
		"""What was read from the certificate stays; with PKCS#12 it comes with its key only."""
		lama = self.get_doc_before_save()
		for kolom in MILIK_SISTEM:
			self.set(kolom, lama.get(kolom) if lama else None)
		if lama and lama.sertifikat and (self.sertifikat or "").strip() != lama.sertifikat.strip():
			self.tolak(
				_(
					"Sertifikat yang sudah dipasang tidak dapat diganti. Buat Sertifikat Elektronik baru untuk yang baru."
				)
			)
		layanan_berubah = lama and any(
			self.get(k) != lama.get(k) for k in ("alamat", "kredensial", "url_tsa")
		)
		if (
			layanan_berubah
			and lama.sertifikat
			and self.penyedia == JARAK_JAUH
			and self.is_dummy_password(self.token or "*")
		):
			self.tolak(
				_(
					"Alamat atau kredensial layanan berubah. Isi kembali Token, agar yang lama tidak terkirim ke tempat lain."
				)
			)
		if self.penyedia != JARAK_JAUH:
			self.sertifikat = lama.sertifikat if lama else None
			self.alamat = self.kredensial = self.token = None

	def baca_layanan(self):
		from kampung_bahagia.tata_kelola.tanda_tangan import jarak_jauh, pkcs12

		try:
			if self.url_tsa:
				jarak_jauh.periksa_alamat(self.url_tsa)
			if self.penyedia == JARAK_JAUH:
				jarak_jauh.periksa_alamat(self.alamat or "")
				if self.sertifikat and not self.sidik_jari:
					self.isi_dari(pkcs12.baca_pem(self.sertifikat))
		except TandaTanganGagal as galat:
			self.tolak(str(galat))

	def isi_dari(self, rantai: tuple[x509.Certificate, ...]):
		"""Take over what the certificate says: `rantai` begins with the signer's."""
		from asn1crypto import pem

		sertifikat = rantai[0]
		self.update(
			{
				"subjek": _nama(sertifikat.subject),
				"penerbit": _nama(sertifikat.issuer),
				"nomor_seri": f"{sertifikat.serial_number:x}"[:140],
				"berlaku_mulai": _waktu_situs(sertifikat.not_valid_before),
				"berlaku_sampai": _waktu_situs(sertifikat.not_valid_after),
				"sidik_jari": sertifikat.sha256.hex(),
				"sertifikat": "".join(pem.armor("CERTIFICATE", satu.dump()).decode() for satu in rantai),
				"percobaan": int(
					any(
						uji.PENANDA in nama.human_friendly
						for satu in rantai
						for nama in (satu.subject, satu.issuer)
					)
				),
			}
		)

	def periksa_pencabutan(self):
		lama = self.get_doc_before_save()
		if (
			lama
			and lama.dicabut_pada
			and get_datetime(self.dicabut_pada or None) != get_datetime(lama.dicabut_pada)
		):
			self.tolak(_("Pencabutan sertifikat tidak dapat dibatalkan atau diubah."))
		if self.dicabut_pada:
			if get_datetime(self.dicabut_pada) > now_datetime():
				self.tolak(_("Dicabut Pada tidak boleh di masa depan."))
			self.aktif = 0

	def periksa_aktif(self):
		if not self.aktif:
			return
		if not self.sertifikat:
			self.tolak(_("Pasang sertifikatnya lebih dahulu, baru aktifkan."))
		if self.penyedia == JARAK_JAUH and not self.token:
			self.tolak(_("Isi Token layanan lebih dahulu, baru aktifkan."))
		if get_datetime(self.berlaku_sampai) < now_datetime():
			self.tolak(_("Sertifikat ini sudah kedaluwarsa, sehingga tidak dapat diaktifkan."))
		if self.percobaan and not boleh_uji():
			self.tolak(_("Situs ini tidak menerima sertifikat uji coba."))
		lain = frappe.db.get_value(
			self.doctype,
			{
				"name": ["!=", self.name],
				"aktif": 1,
				"pengguna": self.pengguna or ["is", "not set"],
			},
		)
		if lain:
			self.tolak(
				_("{0} masih aktif untuk pemilik yang sama. Nonaktifkan lebih dahulu.").format(
					frappe.bold(lain)
				)
			)

	def tolak(self, pesan: str) -> NoReturn:
		frappe.throw(pesan, SertifikatDitolak, title=_("Sertifikat Elektronik"))

	def pasang(self, isi: bytes, sandi: str) -> None:
		"""Keep a PKCS#12, encrypted with the site's key, and switch the certificate on.

		Raises TandaTanganGagal for a file that cannot sign, SertifikatDitolak for one that may not.
		"""
		from datetime import datetime

		from kampung_bahagia.aturan.tanggal import WIB
		from kampung_bahagia.tata_kelola.tanda_tangan import pkcs12

		if self.penyedia == JARAK_JAUH or self.sertifikat:
			self.tolak(_("Sertifikat ini sudah terpasang, atau kuncinya disimpan oleh layanan jarak jauh."))
		terbuka = pkcs12.buka(isi, sandi)
		pkcs12.periksa_masa(terbuka.sertifikat, datetime.now(WIB))
		self.isi_dari((terbuka.sertifikat, *terbuka.rantai))
		self.aktif = 1
		self.flags.terpasang = True
		self.save()
		set_encrypted_password(self.doctype, self.name, base64.b64encode(isi).decode(), "pkcs12")
		set_encrypted_password(self.doctype, self.name, sandi, "sandi")


@frappe.whitelist(methods=["POST"])
def pasang_pkcs12(name: str, isi: str, sandi: str) -> None:
	"""Install the PKCS#12 `isi` (base64) with its password into the certificate `name`, which may be written.

	Whatever goes wrong is a refusal, never an error report: those show the values they passed.
	"""
	for rahasia in ("isi", "sandi"):  # reports of later errors print the request
		frappe.form_dict.pop(rahasia, None)
	catatan = frappe.get_doc("Sertifikat Elektronik", name)
	catatan.check_permission("write")
	try:
		catatan.pasang(base64.b64decode(isi, validate=True), sandi)
		return
	except (frappe.ValidationError, frappe.PermissionError):
		raise
	except TandaTanganGagal as galat:
		pesan = str(galat)
	except binascii.Error:
		pesan = _("Berkas sertifikat tidak terkirim utuh. Pilih lagi berkasnya, lalu coba lagi.")
	except Exception as galat:
		pesan = _("Sertifikat tidak dapat dipasang ({0}). Coba lagi, atau hubungi pengelola situs.").format(
			type(galat).__name__
		)
	catatan.tolak(pesan)


def boleh_uji() -> bool:
	"""Whether this site may sign with development certificates, and believe them."""
	return bool(frappe.conf.get(IZIN_UJI))


def pasang_sertifikat_uji() -> None:
	"""A development certificate of the city, on a site that asks for one and holds none at all."""
	if not boleh_uji() or frappe.db.count("Sertifikat Elektronik"):
		return
	kota = frappe.db.get_single_value("Pengaturan Kampung Bahagia", "nama_kota")
	buatan = uji.buat(f"Pemerintah {kota}")
	catatan = frappe.new_doc("Sertifikat Elektronik", nama=f"Sertifikat uji coba {kota}")
	catatan.flags.ignore_permissions = True
	catatan.insert()
	catatan.pasang(buatan.isi, buatan.sandi)


def _nama(nama: x509.Name) -> str:
	"""A name as people write it: person, organisation, place; without the names of its parts."""
	bagian = (isi if isinstance(isi, list) else [isi] for isi in reversed(nama.native.values()))
	return ", ".join(str(satu) for isi in bagian for satu in isi)[:140]


def _waktu_situs(waktu):
	"""An aware hour as Frappe keeps it: naive, in the site's time zone."""
	return convert_utc_to_system_timezone(waktu.replace(tzinfo=None)).replace(tzinfo=None)
