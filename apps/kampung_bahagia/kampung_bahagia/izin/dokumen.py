"""Base classes of the files that belong to an area and of those that go through a Workflow.

Frappe checks a transition's role and condition on every save, but not who made the file, not whether the
role is held over this file's area, not whether the file may be edited in its state, and not that docstatus
and state agree. These checks live in the document itself, so that no door (form, REST, client API, bulk
action, web form, import, background job) goes round them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.version.version import get_diff
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import get_datetime, getdate

from kampung_bahagia.aturan.tanggal import sebagai_wib
from kampung_bahagia.izin.benturan import bersangkutan, memutus_dalam_jabatan_lain
from kampung_bahagia.izin.cakupan import (
	TINGKAT,
	cocok,
	jabatan_berhak,
	kriteria,
	menjabat,
	penugasan_atas,
)
from kampung_bahagia.izin.data_pribadi import catat_tampilan
from kampung_bahagia.tata_kelola.jejak import BOLEH_DIHAPUS, alasan_masuk, catat

AKSI_BERALASAN = frozenset(
	{
		"Kembalikan",
		"Tolak",
		"Hentikan",
		"Cabut",
		"Ganti",
		"Batalkan Pendaftaran",
		"Tarik Laporan",
		"Minta Perbaikan",
		"Catat Penolakan BPJS",
		"Ajukan Ulang",
		"Ajukan Keberatan",
	}
)
# steps of BPJS that DPMPPA takes from BPJS's signed answer; the Workflow opens them to its import alone
AKSI_DARI_JAWABAN = frozenset(
	{
		"Catat Tagihan BPJS",
		"Catat Sertifikat BPJS",
		"Catat Perlindungan BPJS",
		"Catat Persetujuan BPJS",
		"Catat Penolakan BPJS",
	}
)
KEADAAN_PENYUSUNAN = frozenset({"Draf", "Dikembalikan", "Disiapkan", "Diperbaiki"})


ANGKA_TERBESAR = 10**12  # what a column of the framework holds


def _waktu(nilai) -> datetime:
	"""An hour with a time zone becomes the site's own (WIB), as hours are stored."""
	return sebagai_wib(get_datetime(nilai)).replace(tzinfo=None)


def _angka(nilai) -> float:
	hasil = float(nilai)
	if not math.isfinite(hasil) or abs(hasil) >= ANGKA_TERBESAR:
		raise ValueError
	return hasil


def _bilangan_bulat(nilai) -> int:
	if _angka(nilai) != int(_angka(nilai)):
		raise ValueError
	return int(_angka(nilai))


PENGURAI = {
	"Date": getdate,
	"Datetime": _waktu,
	"Int": _bilangan_bulat,
	"Float": _angka,
	"Currency": _angka,
	"Percent": _angka,
}
TULISAN = frozenset({"Data", "Small Text", "Text", "Long Text", "Link"})
# each in a spelling that its parser takes for certain
CONTOH = {
	"Date": "2026-12-31",
	"Datetime": "2026-12-31 19:30",
	"Int": "25",
	"Float": "2.5",
	"Currency": "1500000",
	"Percent": "50",
}


class IsianTidakSah(frappe.ValidationError):
	pass


class JabatanTidakBerwenang(frappe.PermissionError):
	pass


class PemeriksaAdalahPembuat(frappe.PermissionError):
	pass


class BenturanKepentingan(frappe.PermissionError):
	pass


class DokumenTerkunci(frappe.PermissionError):
	pass


class AlasanKosong(frappe.ValidationError):
	pass


class DiLuarWilayah(frappe.PermissionError):
	pass


def nama_acak() -> str:
	"""A random name that no door takes for a number, as the framework does with ten digits like 1e39427928."""
	return f"n{frappe.generate_hash(length=10)}"


class DokumenBerwilayah(Document):
	"""A document that carries rt, kelurahan and kecamatan, copied from the link `sumber_wilayah`."""

	sumber_wilayah = "rt"
	kolom_langkah: frozenset[str] = frozenset()  # read-only fields that a step of the Workflow writes
	# read-only fields that other documents write while a form is open: the form's older value gives way
	kolom_menyusul: frozenset[str] = frozenset()

	def autoname(self):
		if self.meta.autoname == "hash":
			self.name = nama_acak()

	def kolom_pribadi(self) -> Sequence[str]:
		"""Fields of which it is noted to whom they were shown."""
		return ()

	def apply_fieldlevel_read_permissions(self):
		"""The framework's gate before a document leaves for a reader: whoever is shown more is noted."""
		super().apply_fieldlevel_read_permissions()
		catat_tampilan(self, [kolom for kolom in self.kolom_pribadi() if self.get(kolom)])

	def run_post_save_methods(self):
		super().run_post_save_methods()
		self.flags.tersimpan = True

	def as_dict(self, *args, **kwargs) -> dict:
		"""What was just saved is the answer to the request that saved it, which the framework sends whole.

		It passes the same gate as a document that is read. The document itself keeps all of its values.
		"""
		isi = super().as_dict(*args, **kwargs)
		if self.flags.tersimpan and getattr(frappe.local, "request", None):
			self.tutup_kolom(isi)
			catat_tampilan(self, [kolom for kolom in self.kolom_pribadi() if isi.get(kolom)])
		return isi

	def tutup_kolom(self, isi: dict[str, Any]) -> None:
		"""Take out of `isi`, the document as a mapping, what the user may not read, in the rows of tables too."""
		if frappe.session.user == "Administrator":
			return
		terbaca = {0, *self.get_permlevel_access("read")}
		for df in self.meta.get_table_fields():
			baris = isi[df.fieldname] if df.permlevel in terbaca else []
			isi[df.fieldname] = baris
			for anak in frappe.get_meta(df.options).fields:
				if anak.permlevel not in terbaca:
					for satu in baris:
						satu.pop(anak.fieldname, None)
		for df in self.meta.get_high_permlevel_fields():
			if df.permlevel not in terbaca and df.fieldtype not in frappe.model.table_fields:
				isi.pop(df.fieldname, None)

	def periksa_dasar(self) -> None:
		"""What every document is held against before its own rules."""
		self.periksa_bentuk()
		self.periksa_kolom_sistem()
		self.isi_wilayah()
		self.periksa_cakupan()

	def periksa_bentuk(self) -> None:
		"""Required fields are filled, dates are dates and numbers are numbers, in the rows of tables too.

		Frappe asks for required fields only after `validate`, and a door may tell it not to; the rules must
		never meet a value of the wrong kind. Raises frappe.MandatoryError or IsianTidakSah, naming the field.
		"""
		kosong = []
		for doc in (self, *self.get_all_children()):
			baris = f" ({_('baris')} {doc.idx})" if doc is not self else ""
			for df in doc.meta.fields:
				nilai = doc.get(df.fieldname)
				label = f"{_(df.label)}{baris}"
				if nilai in (None, "", []):
					if df.reqd:
						kosong.append(label)
				elif df.fieldtype == "Select" and nilai not in (df.options or "").split("\n"):
					frappe.throw(
						_("{0}: pilih salah satu dari {1}.").format(
							frappe.bold(label), ", ".join(filter(None, df.options.split("\n")))
						),
						IsianTidakSah,
					)
				elif df.fieldtype in TULISAN and not isinstance(nilai, str):
					if not isinstance(nilai, int | float):
						frappe.throw(_("{0}: isi dengan tulisan.").format(frappe.bold(label)), IsianTidakSah)
					doc.set(df.fieldname, str(nilai))
				elif df.fieldtype in PENGURAI:
					try:
						doc.set(df.fieldname, PENGURAI[df.fieldtype](nilai))
					except (ValueError, TypeError, OverflowError, frappe.ValidationError):
						frappe.throw(
							_("{0}: isian tidak dikenali. Contoh yang benar: {1}.").format(
								frappe.bold(label), CONTOH[df.fieldtype]
							),
							IsianTidakSah,
						)
		if kosong:
			frappe.throw(_("Isi dahulu: {0}.").format(frappe.bold(", ".join(kosong))), frappe.MandatoryError)

	def periksa_kolom_sistem(self) -> None:
		"""Read-only fields that are not copied are the system's own: no form or request may set them.

		Raises DokumenTerkunci.
		"""
		if self.flags.oleh_sistem:
			return
		sebelum = self.get_doc_before_save()
		for df in self.meta.fields:
			if not (df.read_only and df.no_copy) or df.fieldname in self.kolom_langkah:
				continue
			lama = sebelum.get(df.fieldname) if sebelum else df.default
			if sebelum and df.fieldname in self.kolom_menyusul:
				self.set(df.fieldname, lama)
				if df.fieldtype in frappe.model.table_fields:
					for baris in lama:  # as stored; a submission goes for the rows too
						baris.docstatus = self.docstatus
			baru = self.get(df.fieldname)
			if (lama or baru) and str(lama or 0) != str(baru or 0):
				frappe.throw(
					_("{0} diisi oleh sistem dan tidak dapat diubah.").format(frappe.bold(_(df.label))),
					DokumenTerkunci,
				)

	def isi_wilayah(self) -> None:
		sumber = self.get(self.sumber_wilayah)
		if not sumber:
			return
		sebelum = self.get_doc_before_save()
		if sebelum and sebelum.get(self.sumber_wilayah) == sumber:  # the area of a file never changes
			self.update({tingkat: sebelum.get(tingkat) for tingkat in TINGKAT})
			return
		doctype = self.meta.get_field(self.sumber_wilayah).options
		rt = "name as rt" if doctype == "RT" else "rt"
		wilayah = frappe.db.get_value(doctype, sumber, [rt, "kelurahan", "kecamatan"], as_dict=True)
		if wilayah:
			self.update(wilayah)

	def periksa_cakupan(self) -> None:
		"""A new document must lie in the area of whoever makes it, also where a door skips permissions.

		Raises DiLuarWilayah.
		"""
		if not self.is_new() or self.flags.oleh_sistem:
			return
		if not self.get(self.sumber_wilayah):
			label = self.meta.get_label(self.sumber_wilayah)
			frappe.throw(_("Isi dahulu kolom {0}.").format(frappe.bold(label)), frappe.MandatoryError)
		if not cocok(kriteria(self.doctype, frappe.session.user, "create"), self):
			frappe.throw(
				_("{0} ini berada di luar wilayah tugas Anda. Pilih data dari wilayah Anda sendiri.").format(
					_(self.doctype)
				),
				DiLuarWilayah,
				title=_("Di luar wilayah tugas"),
			)


class DokumenBeralur(DokumenBerwilayah):
	"""A file that moves through a Workflow in the field `status`."""

	kolom_langkah = frozenset({"status", "alasan"})
	# fields that must be filled in before the file reaches a state
	wajib_pada: dict[str, tuple[str, ...]] = {}
	# fields of an office named in kolom_jabatan that others may write too, where the state is open to them
	kolom_bersama: frozenset[str] = frozenset()
	# an office named here changes only these fields, also in a state that is open to it
	kolom_jabatan: dict[str, frozenset[str]] = {}

	def periksa_alur(self) -> None:
		"""Raises one of the errors of this module when the save breaks a rule of the Workflow."""
		self.periksa_dasar()
		alur = get_workflow(self.doctype)
		self.periksa_docstatus(alur)
		sebelum = self.get_doc_before_save()
		if not sebelum:
			self.periksa_isian_awal()
			self.siapkan_jejak("Buat", jabatan=self.jabatan_pembuat(alur))
			return
		self.periksa_kunci(alur, sebelum)
		if self.status != sebelum.status:
			self.periksa_langkah(alur, sebelum)

	def periksa_docstatus(self, alur) -> None:
		keadaan = next((s for s in alur.states if s.state == (self.status or alur.states[0].state)), None)
		if keadaan and int(keadaan.doc_status) != int(self.docstatus or 0):
			frappe.throw(
				_("Status {0} hanya dapat dicapai melalui tombol tindakan pada formulir.").format(
					frappe.bold(self.status)
				),
				DokumenTerkunci,
			)

	def periksa_isian_awal(self) -> None:
		"""A new file does not arrive with what another office has to write. Raises DokumenTerkunci.

		Tables are shared: whoever reports may attach the papers that another office completes later.
		"""
		tabel = {df.fieldname for df in self.meta.get_table_fields()}
		for jabatan, kolom in self.kolom_jabatan.items():
			if menjabat(frappe.session.user, jabatan, self):
				continue
			if terisi := [
				_(self.meta.get_label(f)) for f in sorted(kolom - tabel - self.kolom_bersama) if self.get(f)
			]:
				frappe.throw(
					_("{0} diisi oleh {1}.").format(frappe.bold(", ".join(terisi)), frappe.bold(jabatan)),
					DokumenTerkunci,
				)

	def periksa_kunci(self, alur, sebelum) -> None:
		"""Content changes only by the office in the state's "Only Allow Edit For", and only its own fields."""
		if self.flags.oleh_sistem:
			return
		berubah = kolom_berubah(sebelum, self) - {"status"}
		if not berubah:
			return
		user = frappe.session.user
		tabel = {df.fieldname for df in self.meta.get_table_fields()}
		kolom_lain = frozenset().union(*self.kolom_jabatan.values()) - tabel - self.kolom_bersama
		for keadaan in alur.states:
			# an office without fields of its own leaves those of the others alone; tables are shared
			kolom = self.kolom_jabatan.get(keadaan.allow_edit, berubah - kolom_lain)
			if (
				keadaan.state == sebelum.status
				and berubah <= kolom
				and menjabat(user, keadaan.allow_edit, sebelum)
			):
				return
		# whoever decides in this state may write the reason, and nothing else
		if berubah == {"alasan"} and any(
			t.state == sebelum.status and menjabat(user, t.allowed, sebelum) for t in alur.transitions
		):
			return
		label = ", ".join(_(self.meta.get_label(f)) for f in sorted(berubah))
		frappe.throw(
			_(
				"Berkas berstatus {0}: {1} tidak dapat Anda ubah. Bila ada yang keliru, gunakan Kembalikan."
			).format(frappe.bold(sebelum.status), frappe.bold(label)),
			DokumenTerkunci,
			title=_("Berkas terkunci"),
		)

	def periksa_langkah(self, alur, sebelum) -> None:
		langkah = [t for t in alur.transitions if t.state == sebelum.status and t.next_state == self.status]
		if not langkah:
			return  # Frappe itself refuses, and names both states
		user = frappe.session.user
		milik = [t for t in langkah if menjabat(user, t.allowed, sebelum)]
		if not milik:
			frappe.throw(
				_("{0} hanya dapat dilakukan oleh {1} di wilayah berkas ini.").format(
					frappe.bold(langkah[0].action), frappe.bold(", ".join({t.allowed for t in langkah}))
				),
				JabatanTidakBerwenang,
				title=_("Bukan kewenangan Anda"),
			)
		if not any(t.allow_self_approval for t in milik):
			self.periksa_pemeriksa(milik[0], sebelum)
		self.periksa_alasan({t.action for t in milik}, sebelum.status)
		if sebelum.status in KEADAAN_PENYUSUNAN:
			self.diajukan_oleh = user
		self.siapkan_jejak(milik[0].action, dari=sebelum.status, jabatan=milik[0].allowed)

	def periksa_pemeriksa(self, langkah, sebelum) -> None:
		"""Who checks is neither the maker, nor named in the file, nor who decided before in another office.

		Raises PemeriksaAdalahPembuat or BenturanKepentingan.
		"""
		user = frappe.session.user
		if user in {sebelum.owner, sebelum.get("diajukan_oleh")}:
			frappe.throw(
				_("Berkas ini Anda buat atau ajukan sendiri. {0} harus dilakukan oleh pejabat lain.").format(
					frappe.bold(langkah.action)
				),
				PemeriksaAdalahPembuat,
				title=_("Pemeriksa harus orang lain"),
			)
		if lain := memutus_dalam_jabatan_lain(user, langkah.allowed, self):
			frappe.throw(
				_(
					"Anda sudah menangani berkas ini sebagai {0}. {1} harus dilakukan oleh pejabat lain."
				).format(frappe.bold(_(lain)), frappe.bold(langkah.action)),
				PemeriksaAdalahPembuat,
				title=_("Pemeriksa harus orang lain"),
			)
		if bersangkutan(user, sebelum):
			frappe.throw(
				_(
					"Berkas ini menyebut Anda atau anggota keluarga dalam satu KK. {0} harus dilakukan oleh "
					"pejabat lain. Mintalah DPMPPA menugaskan pengganti."
				).format(frappe.bold(langkah.action)),
				BenturanKepentingan,
				title=_("Benturan kepentingan"),
			)

	def jabatan_pembuat(self, alur) -> str | None:
		"""The office by which a new file is made: one that may edit its first state, else any that may create."""
		user, awal = frappe.session.user, alur.states[0].state
		berhak = [s.allow_edit for s in alur.states if s.state == awal]
		berhak += sorted(jabatan_berhak(self.doctype, "create"))
		return next((j for j in berhak if menjabat(user, j, self)), None)

	def siapkan_jejak(self, aksi: str, *, jabatan: str | None, dari: str | None = None) -> None:
		"""Keep what the ledger will say of this step until the save has its last word (`on_change`)."""
		penugasan = jabatan and penugasan_atas(frappe.session.user, jabatan, self)
		self.flags.jejak = {"aksi": aksi, "dari": dari, "jabatan": jabatan, "penugasan": penugasan}

	def on_change(self) -> None:
		if langkah := self.flags.pop("jejak", None):
			catat(self, **langkah)

	def periksa_alasan(self, aksi: set[str], dari: str) -> None:
		"""A step that needs a reason has one of its own: not that by which the file came to the state `dari`."""
		if not aksi & AKSI_BERALASAN:
			self.alasan = None
			return
		if not (self.alasan or "").strip():
			pesan = _("Tulis alasan sebelum memilih {0}, agar penerima berkas memahaminya.")
		elif self.alasan == alasan_masuk(self, dari):
			pesan = _("Alasan yang tercatat berasal dari langkah sebelumnya. Tulis alasan Anda untuk {0}.")
		else:
			return
		frappe.throw(
			pesan.format(frappe.bold(next(iter(aksi & AKSI_BERALASAN)))),
			AlasanKosong,
			title=_("Alasan belum diisi"),
		)

	def periksa_isian(self) -> None:
		"""Each step needs its facts and papers; the message names all that lack."""
		kosong = [
			f
			for status, kolom in self.wajib_pada.items()
			if self.baru_berstatus(status)
			for f in kolom
			if not self.get(f)
		]
		if kosong:
			label = ", ".join(_(self.meta.get_label(f)) for f in kosong)
			frappe.throw(_("Isi dahulu: {0}.").format(frappe.bold(label)), frappe.MandatoryError)

	def baru_berstatus(self, *status: str) -> bool:
		"""True when this very save brings the file into one of the given states."""
		sebelum = self.get_doc_before_save()
		return self.status in status and (not sebelum or sebelum.status != self.status)

	def sedang_disusun(self) -> bool:
		"""True for a save whose content may differ: figures are computed now and frozen afterwards.

		The state before the save decides, or one request could change the content and leave that state.
		"""
		sebelum = self.get_doc_before_save()
		return (sebelum or self).status in KEADAAN_PENYUSUNAN

	def pindahkan(self, status: str, **nilai) -> None:
		"""Move the file as a consequence of another file's step, by the same person, under the same rules.

		The person may hold the step's office and yet have no write permission on this DocType; the Workflow
		and the checks above still decide.
		"""
		self.update(nilai)
		self.status = status
		self.flags.oleh_sistem = True
		self.flags.ignore_permissions = True
		self.save()

	def before_cancel(self) -> None:
		frappe.throw(
			_("Berkas resmi tidak dibatalkan, agar riwayatnya utuh. Gunakan tindakan yang tersedia."),
			DokumenTerkunci,
		)

	def on_trash(self) -> None:
		if self.status not in BOLEH_DIHAPUS:
			frappe.throw(
				_("Berkas berstatus {0} tidak dapat dihapus.").format(frappe.bold(self.status)),
				DokumenTerkunci,
			)


def kolom_berubah(lama: Document, baru: Document) -> set[str]:
	"""Names of the fields whose content differs; empty values of any kind count as equal."""
	beda = get_diff(lama, baru)
	if not beda:
		return set()
	kolom = {f for f, a, b in beda.changed if (a or b) and f != "docstatus"}
	kolom |= {baris[0] for baris in (*beda.added, *beda.removed, *beda.row_changed)}
	return kolom
