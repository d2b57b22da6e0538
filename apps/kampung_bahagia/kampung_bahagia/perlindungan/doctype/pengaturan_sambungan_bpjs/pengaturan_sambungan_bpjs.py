"""Whether and how the service of BPJS is called. Its token and key can be used, and read by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.password import get_decrypted_password

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.izin.cakupan import penugasan_berlaku
from kampung_bahagia.perlindungan.pertukaran import pemutus
from kampung_bahagia.perlindungan.pertukaran.https import Layanan, periksa_alamat

DOCTYPE = "Pengaturan Sambungan BPJS"
GALAT_JAWABAN = "kb_jawaban_bpjs_galat"  # why the last answers could not be fetched; empty when they could
KUNCI_TERPENDEK = 32  # an HMAC-SHA256 is as strong as its key
RAHASIA = ("token", "kunci")
BATAS = {  # field: least and most
	"detik_sambung": (1, 60),
	"detik_semua": (10, 900),
	"percobaan": (1, 100),
	"jeda_awal": (10, 3_600),
	"jeda_terlama": (60, 86_400),
	"gagal_beruntun": (1, 100),
	"istirahat_menit": (1, 1_440),
}


class SambunganTidakSah(frappe.ValidationError):
	pass


@dataclass(frozen=True)
class Sambungan:
	"""The settings as they are used; numbers as in the form."""

	layanan: Layanan
	percobaan: int
	jeda_awal: int
	jeda_terlama: int
	gagal_beruntun: int
	istirahat_menit: int
	peninjau: str | None  # who looks at answers; None: they are not fetched


class PengaturanSambunganBPJS(Document):
	def onload(self):
		self.set_onload("gagal_beruntun", pemutus.gagal_beruntun())
		self.set_onload("sisa_istirahat", pemutus.sisa_istirahat())
		self.set_onload("galat_jawaban", frappe.db.get_global(GALAT_JAWABAN))

	def validate(self):
		self.docstatus = 0  # the framework lets a Single be cancelled, which nobody could then save again
		self.alamat = (self.alamat or "").strip()
		self.periksa_batas()
		self.periksa_rahasia()
		if self.jalur == "HTTPS":
			self.periksa_lengkap()

	def on_update(self):
		pemutus.berhasil()  # what was set right is tried at once

	def get_password(self, fieldname="password", raise_exception=True) -> NoReturn:
		"""The framework's door to stored passwords, open to System Managers: not for these."""
		frappe.throw(
			_("Token dan kunci sambungan tidak dapat dibaca siapa pun; keduanya hanya dapat dipakai."),
			frappe.PermissionError,
		)

	def periksa_batas(self):
		for kolom, (paling_kecil, paling_besar) in BATAS.items():
			if not paling_kecil <= (self.get(kolom) or 0) <= paling_besar:
				self.tolak(
					_("{0}: isi angka di antara {1} dan {2}.").format(
						frappe.bold(_(self.meta.get_label(kolom))), paling_kecil, paling_besar
					)
				)
		if self.jeda_awal > self.jeda_terlama:
			self.tolak(_("Jeda Pertama tidak boleh lebih lama daripada Jeda Terlama."))

	def periksa_rahasia(self):
		"""Secrets go to the address they were entered for, and are long enough. Raises SambunganTidakSah."""
		baru = {k: v for k in RAHASIA if (v := self.get(k)) and not self.is_dummy_password(v)}
		lama = self.get_doc_before_save()
		if lama and lama.alamat and lama.alamat != self.alamat and self.token and len(baru) < len(RAHASIA):
			self.tolak(
				_(
					"Alamat berubah. Isi kembali Token dan Kunci, agar yang lama tidak terkirim ke tempat lain."
				)
			)
		if not baru.get("token", "x").isascii() or not baru.get("token", "x").isprintable():
			self.tolak(_("Token hanya boleh memuat huruf, angka, dan tanda baca biasa."))
		if "kunci" in baru and len(baru["kunci"]) < KUNCI_TERPENDEK:
			self.tolak(_("Kunci Tanda Tangan paling sedikit {0} huruf.").format(KUNCI_TERPENDEK))

	def periksa_lengkap(self):
		try:
			periksa_alamat(self.alamat)
		except AturanError as galat:
			self.tolak(str(galat))
		if not (self.token and self.kunci):
			self.tolak(_("Isi Token dan Kunci Tanda Tangan lebih dahulu."))
		if self.tarik_jawaban and not meninjau(self.peninjau):
			self.tolak(_("Isi Ditinjau Oleh dengan pejabat DPMPPA yang sedang bertugas."))

	def tolak(self, pesan: str) -> NoReturn:
		frappe.throw(pesan, SambunganTidakSah, title=_("Sambungan BPJS"))


def meninjau(user: str | None) -> bool:
	"""Whether `user` is of DPMPPA today, and so may look at answers."""
	return bool(user) and any(p.jabatan == "DPMPPA" for p in penugasan_berlaku(user))


def aktif() -> bool:
	"""Whether packages may go by HTTPS."""
	return frappe.db.get_single_value(DOCTYPE, "jalur") == "HTTPS"


def sambungan() -> Sambungan | None:
	"""The connection; None when it is switched off, or a secret of it cannot be opened with the site's key."""
	if not aktif():
		return None
	doc = frappe.get_doc(DOCTYPE)
	try:
		token, kunci = (get_decrypted_password(DOCTYPE, DOCTYPE, k, raise_exception=False) for k in RAHASIA)
	except Exception:
		frappe.clear_last_message()  # the framework's own, which names its key
		token = kunci = None
	if not (token and kunci):
		return None
	return Sambungan(
		Layanan(doc.alamat, token, kunci, doc.detik_sambung, doc.detik_semua),
		**{
			k: doc.get(k)
			for k in ("percobaan", "jeda_awal", "jeda_terlama", "gagal_beruntun", "istirahat_menit")
		},
		peninjau=doc.peninjau if doc.tarik_jawaban else None,
	)
