from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate
from frappe.utils.password import get_decrypted_password

from kampung_bahagia.aturan.identitas import periksa_nik, samarkan
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.izin.peran import BUKAN_PEJABAT, selaraskan_peran
from kampung_bahagia.izin.totp import terkunci
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih, periksa_urutan

# the level of area that an office is given for; Pengawas may stand for one kecamatan or the whole city
TINGKAT_JABATAN = {"Ketua RT": "rt", "Pendamping": "rt", "Lurah": "kelurahan"}
SATU_PEJABAT = {"Ketua RT": "rt", "Lurah": "kelurahan"}
DOCTYPE_WILAYAH = {"rt": "RT", "kelurahan": "Kelurahan", "kecamatan": "Kecamatan"}
JABATAN_BERDASAR = ("Ketua RT", "Lurah")
# what a term that has begun keeps: what was done in it was done by this person, in this office, here
RIWAYAT = ("pengguna", "jabatan", "rt", "kelurahan", "kecamatan", "mulai")


class PenggunaTidakSah(frappe.ValidationError):
	pass


class WilayahTidakSah(frappe.ValidationError):
	pass


class RiwayatPenugasan(frappe.ValidationError):
	pass


class NIKPejabatTidakSah(frappe.ValidationError):
	pass


class Penugasan(DokumenBerwilayah):
	def isi_wilayah(self):
		"""An office names its own area; nothing is copied from it upwards."""

	def _validate_links(self):
		"""Frappe says which record it could not find before it asks who wants to know, and only its name."""
		if not (self.flags.ignore_permissions or self.flags.ignore_links):
			self.check_permission("create" if self.is_new() else "write")
		self.periksa_pengguna()
		self.periksa_wilayah_tercatat()
		super()._validate_links()

	def validate(self):
		self.periksa_bentuk()
		self.periksa_bukan_diri_sendiri()
		self.periksa_riwayat()
		self.periksa_wilayah()
		self.periksa_dasar_hukum()
		periksa_urutan(self, "mulai", "sampai")
		self.periksa_masa_rt()
		self.periksa_tumpang_tindih()
		self.periksa_nik()

	def periksa_pengguna(self):
		"""A new term needs an account that can sign in. Raises PenggunaTidakSah."""
		if not self.pengguna or not self.is_new():
			return
		aktif = frappe.db.get_value("User", self.pengguna, "enabled")
		if aktif is None or self.pengguna in BUKAN_PEJABAT:
			frappe.throw(
				_("Pengguna {0} tidak terdaftar. Buat dahulu akunnya, atau periksa ejaannya.").format(
					frappe.bold(self.pengguna)
				),
				PenggunaTidakSah,
				title=_("Pengguna tidak terdaftar"),
			)
		if not aktif:
			frappe.throw(
				_("Akun {0} tidak aktif. Aktifkan dahulu akunnya, atau pilih pengguna lain.").format(
					frappe.bold(self.pengguna)
				),
				PenggunaTidakSah,
				title=_("Akun tidak aktif"),
			)
		if terkunci(self.pengguna, self.jabatan):
			frappe.throw(
				_(
					"Jabatan {0} wajib memakai TOTP, sedangkan akun {1} tidak memiliki alamat surel untuk menerima "
					"kode QR, sehingga tidak akan dapat masuk. Pilih akun yang beralamat surel."
				).format(frappe.bold(_(self.jabatan)), frappe.bold(self.pengguna)),
				PenggunaTidakSah,
				title=_("Akun tanpa alamat surel"),
			)

	def periksa_wilayah_tercatat(self):
		"""Raises WilayahTidakSah."""
		for kolom, doctype in DOCTYPE_WILAYAH.items():
			if self.get(kolom) and not frappe.db.exists(doctype, self.get(kolom)):
				frappe.throw(
					_("{0} {1} tidak terdaftar. Pilih dari daftar {0}.").format(
						_(doctype), frappe.bold(self.get(kolom))
					),
					WilayahTidakSah,
					title=_("Wilayah tidak terdaftar"),
				)

	def periksa_bukan_diri_sendiri(self):
		"""Whoever appoints could otherwise verify and approve the same file in two offices."""
		if self.pengguna == frappe.session.user:
			frappe.throw(_("Penugasan Anda sendiri harus dicatat oleh pejabat lain."), frappe.PermissionError)

	def periksa_riwayat(self):
		"""A term that has begun is ended, not rewritten, and one that has ended stays. Raises RiwayatPenugasan."""
		sebelum = self.get_doc_before_save()
		if not sebelum or not sudah_mulai(sebelum):
			return
		kolom = [k for k in RIWAYAT if _berbeda(sebelum, self, k)]
		if _berbeda(sebelum, self, "sampai") and sebelum.sampai and getdate(sebelum.sampai) < hari_ini():
			kolom.append("sampai")
		if kolom:
			frappe.throw(
				_(
					"Penugasan ini sudah berjalan sejak {0}, sehingga {1} tidak dapat diubah. Akhiri penugasan "
					"ini dengan mengisi Sampai, lalu catat penugasan baru."
				).format(
					formatdate(sebelum.mulai),
					frappe.bold(", ".join(_(self.meta.get_label(k)) for k in kolom)),
				)
				if "sampai" not in kolom
				else _("Penugasan ini sudah berakhir pada {0}. Catat penugasan baru.").format(
					formatdate(sebelum.sampai)
				),
				RiwayatPenugasan,
				title=_("Riwayat tidak diubah"),
			)

	def periksa_wilayah(self):
		"""Exactly the area that the office calls for: an area too many would widen or void its scope."""
		tingkat = TINGKAT_JABATAN.get(self.jabatan)
		if tingkat and not self.get(tingkat):
			frappe.throw(
				_("{0} memerlukan {1}.").format(frappe.bold(self.jabatan), self.meta.get_label(tingkat)),
				frappe.MandatoryError,
			)
		for t in DOCTYPE_WILAYAH:
			if t != tingkat and not (self.jabatan == "Pengawas" and t == "kecamatan"):
				self.set(t, None)

	def periksa_dasar_hukum(self):
		if self.is_new() and self.jabatan in JABATAN_BERDASAR and not (self.dasar_hukum or "").strip():
			frappe.throw(
				_("{0} memerlukan {1}: nomor dan tanggal surat keputusan pengangkatan.").format(
					frappe.bold(self.jabatan), _(self.meta.get_label("dasar_hukum"))
				),
				frappe.MandatoryError,
			)

	def periksa_masa_rt(self):
		"""An RT has an office only while its number is valid. Raises WilayahTidakSah."""
		sebelum = self.get_doc_before_save()
		if not self.rt or (
			sebelum and not any(_berbeda(sebelum, self, k) for k in ("rt", "mulai", "sampai"))
		):
			return
		rt = frappe.db.get_value("RT", self.rt, ["judul", "berlaku_mulai", "berlaku_sampai"], as_dict=True)
		if pesan := pesan_masa_rt(rt, getdate(self.mulai), self.sampai and getdate(self.sampai)):
			frappe.throw(pesan, WilayahTidakSah, title=_("RT tidak berlaku pada masa itu"))

	def periksa_tumpang_tindih(self):
		"""One holder at a time of an office there is one of, and no term twice. Raises MasaBerlakuTumpangTindih."""
		tingkat = SATU_PEJABAT.get(self.jabatan)
		p = frappe.qb.DocType("Penugasan")
		# two who appoint at the same moment: the second waits here, and then reads what the first wrote
		if tingkat:
			frappe.db.get_value(DOCTYPE_WILAYAH[tingkat], self.get(tingkat), "name", for_update=True)
			syarat = p[tingkat] == self.get(tingkat)
		else:
			frappe.db.get_value("User", self.pengguna, "name", for_update=True)
			syarat = p.pengguna == self.pengguna
			for t in ("rt", "kecamatan"):
				if self.get(t):
					syarat &= p[t] == self.get(t)
		syarat &= (p.jabatan == self.jabatan) & (p.sampai.isnull() | (p.sampai >= self.mulai))
		if self.sampai:
			syarat &= p.mulai <= self.sampai
		if not self.is_new():
			syarat &= p.name != self.name
		q = frappe.qb.from_(p).select(p.pengguna, p.mulai, p.sampai).where(syarat)
		if lain := q.orderby(p.mulai).limit(1).for_update().run(as_dict=True):
			lain = lain[0]
			nama = frappe.db.get_value("User", lain.pengguna, "full_name") or lain.pengguna
			frappe.throw(
				pesan_tumpang_tindih(self.jabatan, self.sebutan_wilayah(), nama, lain.mulai, lain.sampai),
				MasaBerlakuTumpangTindih,
				title=_("Jabatan masih terisi"),
			)

	def sebutan_wilayah(self) -> str:
		if self.rt:
			return frappe.db.get_value("RT", self.rt, "judul")
		for kolom in ("kelurahan", "kecamatan"):
			if self.get(kolom):
				return f"{_(DOCTYPE_WILAYAH[kolom])} {frappe.db.get_value(DOCTYPE_WILAYAH[kolom], self.get(kolom), 'nama')}"
		return _("tingkat kota")

	def periksa_nik(self):
		"""The mask that the form sends back means: unchanged. Raises NIKPejabatTidakSah.

		In a term that has begun a NIK may be added, but neither removed nor changed: a colleague could switch
		the check for a conflict of interest off and on again. Raises RiwayatPenugasan.
		"""
		sebelum = self.get_doc_before_save()
		if self.nik and self.is_dummy_password(self.nik):
			if not sebelum:
				self.nik = None
			self.nik_samar = sebelum.nik_samar if sebelum else None
			return
		if not self.nik:
			if sebelum and nik_terkunci(sebelum):
				frappe.throw(pesan_nik_terkunci(), RiwayatPenugasan, title=_("NIK tidak diubah"))
			self.nik_samar = None
			return
		hasil = periksa_nik(self.nik, None, None)
		if not hasil.sah:
			frappe.throw("<br>".join(g.teks for g in hasil.galat), NIKPejabatTidakSah, title=_("Periksa NIK"))
		self.nik = hasil.bersih
		if sebelum and nik_terkunci(sebelum) and not nik_sama(sebelum, self.nik):
			frappe.throw(pesan_nik_terkunci(), RiwayatPenugasan, title=_("NIK tidak diubah"))
		self.nik_samar = samarkan(self.nik)

	def on_update(self):
		selaraskan_peran({self.pengguna})

	def on_trash(self):
		if sudah_mulai(self):
			frappe.throw(
				_(
					"Penugasan yang sudah berjalan tidak dihapus, agar riwayatnya utuh. Akhiri dengan mengisi Sampai."
				),
				RiwayatPenugasan,
				title=_("Riwayat tidak dihapus"),
			)

	def after_delete(self):
		selaraskan_peran({self.pengguna})


def hari_ini() -> date:
	"""Today in the site's time zone (WIB)."""
	return getdate(nowdate())


def sudah_mulai(p) -> bool:
	return getdate(p.mulai) <= hari_ini()


def nik_terkunci(p) -> bool:
	"""`p` has nik_samar and mulai."""
	return bool(p.nik_samar) and sudah_mulai(p)


def nik_sama(p, nik: str) -> bool:
	"""Whether this NIK is the one recorded on the Penugasan `p` (name, nik_samar)."""
	return (
		p.nik_samar == samarkan(nik)
		and get_decrypted_password("Penugasan", p.name, "nik", raise_exception=False) == nik
	)


def pesan_nik_terkunci() -> str:
	return _(
		"NIK pada penugasan yang sudah berjalan dapat ditambahkan, tetapi tidak dihapus atau diganti, karena "
		"benturan kepentingan diperiksa dengannya. Bila keliru, akhiri penugasan ini lalu catat penugasan baru."
	)


def _berbeda(lama, baru, kolom: str) -> bool:
	return str(lama.get(kolom) or "") != str(baru.get(kolom) or "")


def pesan_masa_rt(rt, mulai: date, sampai: date | None) -> str | None:
	"""What is wrong with a term in an RT that is valid from a day to a day; None when nothing is.

	`rt` has judul, berlaku_mulai and berlaku_sampai.
	"""
	if mulai < getdate(rt.berlaku_mulai):
		return _("{0} baru berlaku sejak {1}.").format(frappe.bold(rt.judul), formatdate(rt.berlaku_mulai))
	if rt.berlaku_sampai and (not sampai or sampai > getdate(rt.berlaku_sampai)):
		if mulai > getdate(rt.berlaku_sampai):
			return _("{0} tidak berlaku lagi sejak {1}. Pilih RT penggantinya.").format(
				frappe.bold(rt.judul), formatdate(rt.berlaku_sampai)
			)
		return _("{0} hanya berlaku sampai {1}. Isi Sampai paling lambat tanggal itu.").format(
			frappe.bold(rt.judul), formatdate(rt.berlaku_sampai)
		)
	return None


def pesan_tumpang_tindih(jabatan: str, wilayah: str, nama: str, mulai, sampai) -> str:
	"""Says whose term is in the way, and until when."""
	masa = _("sejak {0}").format(formatdate(mulai))
	masa += " " + (_("sampai {0}").format(formatdate(sampai)) if sampai else _("dan belum diakhiri"))
	return _(
		"{0} {1} dijabat oleh {2} {3}. Akhiri dahulu penugasan itu, atau pilih masa yang tidak bertumpang tindih."
	).format(jabatan, frappe.bold(wilayah), frappe.bold(nama), masa)


def periksa_hak(hak: str) -> None:
	"""For doors that do more than one record's own check sees. Raises frappe.PermissionError."""
	if not frappe.has_permission("Penugasan", hak):
		frappe.throw(_("Anda tidak berwenang mengatur penugasan."), frappe.PermissionError)
