"""Base classes of the files that belong to an area and of those that go through a Workflow.

Frappe checks a transition's role and condition on every save, but not who made the file, not whether the
role is held over this file's area, not whether the file may be edited in its state, and not that docstatus
and state agree. These checks live in the document itself, so that no door (form, REST, client API, bulk
action, web form, import, background job) goes round them.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.core.doctype.version.version import get_diff
from frappe.model.document import Document
from frappe.model.workflow import get_workflow

from kampung_bahagia.izin.cakupan import cocok, kriteria, menjabat

AKSI_BERALASAN = frozenset({"Kembalikan", "Tolak", "Hentikan", "Cabut", "Ganti"})
KEADAAN_PENYUSUNAN = frozenset({"Draf", "Dikembalikan", "Disiapkan", "Diperbaiki"})
KOLOM_ALUR = frozenset({"status", "alasan", "diajukan_oleh"})


class JabatanTidakBerwenang(frappe.PermissionError):
	pass


class PemeriksaAdalahPembuat(frappe.PermissionError):
	pass


class DokumenTerkunci(frappe.PermissionError):
	pass


class AlasanKosong(frappe.ValidationError):
	pass


class DiLuarWilayah(frappe.PermissionError):
	pass


class DokumenBerwilayah(Document):
	"""A document that carries rt, kelurahan and kecamatan, copied from the link `sumber_wilayah`."""

	sumber_wilayah = "rt"

	def isi_wilayah(self) -> None:
		sumber = self.get(self.sumber_wilayah)
		if not sumber:
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

	# fields that must be filled in before the file reaches a state
	wajib_pada: dict[str, tuple[str, ...]] = {}

	def periksa_alur(self) -> None:
		"""Raises one of the errors of this module when the save breaks a rule of the Workflow."""
		self.isi_wilayah()
		self.periksa_cakupan()
		alur = get_workflow(self.doctype)
		self.periksa_docstatus(alur)
		sebelum = self.get_doc_before_save()
		if not sebelum:
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

	def periksa_kunci(self, alur, sebelum) -> None:
		"""Only the office named in the state's "Only Allow Edit For" may change the content in that state."""
		if self.flags.oleh_sistem:
			return
		berubah = kolom_berubah(sebelum, self)
		if not berubah - KOLOM_ALUR and not berubah & {"alasan"}:
			return
		user = frappe.session.user
		keadaan = [s for s in alur.states if s.state == sebelum.status]
		if any(menjabat(user, s.allow_edit, sebelum) for s in keadaan):
			return
		# whoever decides in this state may write the reason, and nothing else
		if berubah <= KOLOM_ALUR and any(
			t.state == sebelum.status and menjabat(user, t.allowed, sebelum) for t in alur.transitions
		):
			return
		frappe.throw(
			_("Berkas berstatus {0} tidak dapat Anda ubah. Bila ada yang keliru, gunakan Kembalikan.").format(
				frappe.bold(sebelum.status)
			),
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
		pembuat = {sebelum.owner, sebelum.get("diajukan_oleh")}
		if user in pembuat and not any(t.allow_self_approval for t in milik):
			frappe.throw(
				_("Berkas ini Anda buat atau ajukan sendiri. {0} harus dilakukan oleh pejabat lain.").format(
					frappe.bold(milik[0].action)
				),
				PemeriksaAdalahPembuat,
				title=_("Pemeriksa harus orang lain"),
			)
		self.periksa_alasan({t.action for t in milik})
		if sebelum.status in KEADAAN_PENYUSUNAN:
			self.diajukan_oleh = user

	def periksa_alasan(self, aksi: set[str]) -> None:
		if not aksi & AKSI_BERALASAN:
			self.alasan = None
		elif not (self.alasan or "").strip():
			frappe.throw(
				_("Tulis alasan sebelum memilih {0}, agar penerima tahu apa yang harus diperbaiki.").format(
					frappe.bold(next(iter(aksi & AKSI_BERALASAN)))
				),
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
		"""True while content may still change: figures are computed now and frozen afterwards."""
		return self.status in KEADAAN_PENYUSUNAN

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
		if self.status not in ("Draf", "Disiapkan"):
			frappe.throw(
				_("Berkas berstatus {0} tidak dapat dihapus.").format(frappe.bold(self.status)), DokumenTerkunci
			)


def kolom_berubah(lama: Document, baru: Document) -> set[str]:
	"""Names of the fields whose content differs; empty values of any kind count as equal."""
	beda = get_diff(lama, baru)
	if not beda:
		return set()
	kolom = {f for f, a, b in beda.changed if (a or b) and f != "docstatus"}
	kolom |= {baris[0] for baris in (*beda.added, *beda.removed, *beda.row_changed)}
	return kolom
