"""Whose certificate signs for whom: the one door through which documents are signed."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn, Protocol

import frappe
from frappe import _
from frappe.utils.password import get_decrypted_password

from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.tata_kelola.doctype.sertifikat_elektronik.sertifikat_elektronik import (
	JARAK_JAUH,
	boleh_uji,
)
from kampung_bahagia.tata_kelola.tanda_tangan.galat import TandaTanganGagal
from kampung_bahagia.tata_kelola.tanda_tangan.keterangan import Keterangan
from kampung_bahagia.tata_kelola.tanda_tangan.kotak import Kotak, cari_kotak

if TYPE_CHECKING:
	from kampung_bahagia.tata_kelola.tanda_tangan.pades import Pena

__all__ = ["Keterangan", "Kotak", "Penyedia", "TandaTanganDitolak", "cari_kotak", "penyedia_untuk"]

SERTIFIKAT = "Sertifikat Elektronik"
DETIK_TSA = 10


class TandaTanganDitolak(frappe.ValidationError):
	"""Nothing was signed; the message says why and what to do."""


class Penyedia(Protocol):
	"""What signs documents."""

	@property
	def percobaan(self) -> bool:
		"""Whether it signs with a development certificate, without legal force."""

	def tandatangani(self, pdf: bytes, keterangan: Keterangan, kotak: Kotak | None) -> bytes:
		"""`pdf` with one more signature, seen in `kotak`, examined before it is returned.

		Raises TandaTanganDitolak. Without a box the signature is there, but not to be seen.
		"""


def penyedia_untuk(user: str, otp: str | None = None) -> Penyedia:
	"""What signs for `user`: the user's own certificate, else the city's.

	Raises TandaTanganDitolak in Indonesian when there is none, or the one there is has expired, is revoked,
	cannot be opened, or needs an OTP that is not given. An own certificate that does not work is never
	replaced by the city's: who signs is not left to chance.
	"""
	nama = _sertifikat(user)
	if not nama:
		frappe.throw(
			_(
				"Belum ada sertifikat elektronik yang aktif untuk Anda maupun untuk kota. Minta Admin Kampung Bahagia "
				"memasangnya, atau tandatangani dengan tinta lalu unggah hasil pindainya."
			),
			TandaTanganDitolak,
			title=_("Tanda tangan elektronik"),
		)
	# refusals are raised where no secret is at hand: error reports show the values of every frame they pass
	try:
		pena = _pena(frappe.get_doc(SERTIFIKAT, nama), otp)
	except TandaTanganGagal as galat:
		pena, pesan = None, str(galat)
	if pena is None:
		_tolak(pesan)
	return _Tersambung(pena)


def layanan_jarak_jauh(user: str) -> bool:
	"""Whether a service that keeps the key signs for `user`, so that it asks for an OTP."""
	nama = _sertifikat(user)
	return bool(nama) and frappe.db.get_value(SERTIFIKAT, nama, "penyedia") == JARAK_JAUH


def _sertifikat(user: str) -> str | None:
	return frappe.db.get_value(SERTIFIKAT, {"pengguna": user, "aktif": 1}) or frappe.db.get_value(
		SERTIFIKAT, {"pengguna": ["is", "not set"], "aktif": 1}
	)


class _Tersambung:
	"""A pen whose refusals are shown as Frappe shows its own."""

	def __init__(self, pena: Pena):
		self._pena = pena

	@property
	def percobaan(self) -> bool:
		return self._pena.percobaan

	def tandatangani(self, pdf: bytes, keterangan: Keterangan, kotak: Kotak | None) -> bytes:
		try:
			hasil = self._pena.tandatangani(pdf, keterangan, kotak)
		except TandaTanganGagal as galat:
			hasil, pesan = None, str(galat)
		if hasil is None:
			_tolak(pesan)
		return hasil


def _tolak(pesan: str) -> NoReturn:
	frappe.throw(pesan, TandaTanganDitolak, title=_("Tanda tangan elektronik"))


def _pena(catatan, otp: str | None) -> Pena:
	# pyHanko takes a second and 60 MB, which only those who sign should spend
	from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

	from kampung_bahagia.tata_kelola.tanda_tangan import jarak_jauh, pkcs12
	from kampung_bahagia.tata_kelola.tanda_tangan.pades import Pena

	if catatan.dicabut_pada:
		raise TandaTanganGagal(
			"Sertifikat elektronik sudah dicabut. Minta Admin Kampung Bahagia memasang yang baru."
		)
	if catatan.percobaan and not boleh_uji():
		raise TandaTanganGagal(
			"Sertifikat uji coba tidak dapat dipakai di situs ini. Minta Admin Kampung Bahagia memasang sertifikat dari "
			"penyelenggara sertifikasi elektronik."
		)
	cap_waktu = RequestsHTTPTimeStamper(catatan.url_tsa, timeout=DETIK_TSA) if catatan.url_tsa else None
	sertifikat, *rantai = pkcs12.baca_pem(catatan.sertifikat)
	pkcs12.periksa_masa(sertifikat, datetime.now(WIB))
	if catatan.penyedia == JARAK_JAUH:
		penanda = jarak_jauh.PenandaJarakJauh(
			jarak_jauh.Layanan(catatan.alamat, catatan.kredensial, rahasia(catatan.name, "token")),
			sertifikat,
			rantai,
			otp,
		)
	else:
		isi = base64.b64decode(rahasia(catatan.name, "pkcs12"))
		penanda = pkcs12.buka(isi, rahasia(catatan.name, "sandi")).penanda
	return Pena(penanda, tuple(rantai), bool(catatan.percobaan), cap_waktu)


def rahasia(nama: str, bagian: str) -> str:
	"""A secret of a certificate, decrypted. Raises TandaTanganGagal when the site's key is not the one it was
	encrypted with."""
	try:
		isi = get_decrypted_password(SERTIFIKAT, nama, bagian, raise_exception=False)
	except Exception:
		frappe.clear_last_message()  # the framework's own, which names its key
		isi = None
	if not isi:
		raise TandaTanganGagal(
			"Kunci sertifikat elektronik tidak dapat dibuka. Minta Admin Kampung Bahagia memasangnya lagi."
		)
	return isi
