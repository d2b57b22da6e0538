"""Attachments of the programme's files: private, listed to who may see the file, and kept once it is final."""

import frappe
from frappe import _
from frappe.core.doctype.file import file
from frappe.core.doctype.file.file import File
from frappe.model.workflow import get_workflow, get_workflow_name

from kampung_bahagia.izin.cakupan import di_dalam, kriteria, menjabat, sebagai_sql
from kampung_bahagia.izin.data_pribadi import boleh_baca_kolom

DOCTYPE_BERLAMPIRAN = (
	"RT",
	"Warga",
	"Penugasan",
	"Musyawarah",
	"Renja",
	"Kegiatan",
	"Kemajuan Kegiatan",
	"Adendum Kegiatan",
	"Peserta",
	"Surat Keputusan",
	"Surat Tugas",
	"Dokumen Resmi",
	"Pendaftaran BPJS",
	"Berkas BPJS",
	"Klaim",
	"Pemberitahuan Kecelakaan",
	"LPJ Kegiatan",
	"Impor Penugasan",
	"Impor Warga",
	"Impor Jawaban BPJS",
	"Impor Kepesertaan Kota",
	"Kepesertaan Kota",
	"Iuran Kepesertaan Kota",
	"Anggaran Kepesertaan Kota",
)


# papers about somebody's health, or with everybody's numbers: for those only who read the fields that name them
LAMPIRAN_TERTUTUP = {"Klaim": "dokumen", "Pemberitahuan Kecelakaan": "foto", "Berkas BPJS": "arsip"}

PENERBIT = {"System Manager", "Admin Kampung Bahagia"}
KUNCI_PRIVAT = (".p12", ".pfx")
KOLOM_LETAK = ("file_url", "file_name", "attached_to_doctype", "attached_to_name")


class LampiranTerkunci(frappe.PermissionError):
	pass


class BerkasProgram(File):
	"""A File that is private from its first byte when it hangs on one of the programme's documents.

	Made private afterwards it would be too late: the framework writes the attachment of a web form, and the
	copy that it makes for an attach field, as public files before any hook runs.
	"""

	def before_insert(self):
		self.tolak_kunci_privat()
		self.tutup()
		self.periksa_induk()
		super().before_insert()

	def validate(self):
		self.tutup()
		if not self.is_new() and any(self.has_value_changed(kolom) for kolom in KOLOM_LETAK):
			self.periksa_kunci(self.get_doc_before_save())
		super().validate()

	def optimize_file(self):
		"""The framework writes the smaller picture over the one that was uploaded, which may be evidence."""
		self.periksa_kunci(self)
		super().optimize_file()

	def on_trash(self):
		self.periksa_kunci(self)
		self.ingat_unduhan()
		super().on_trash()

	def ingat_unduhan(self):
		"""Who downloaded the file is told of its document from now on, or nobody would know what it was."""
		if self.attached_to_doctype in DOCTYPE_BERLAMPIRAN:
			frappe.db.set_value(
				"Access Log",
				{"export_from": "File", "reference_document": self.name},
				{"export_from": self.attached_to_doctype, "reference_document": self.attached_to_name},
				update_modified=False,
			)

	def isi_byte(self) -> bytes:
		"""The content byte by byte: the framework's own reading hands out as text what can be read as text."""
		isi = self.get_content()
		return isi if isinstance(isi, bytes) else isi.encode()

	def is_downloadable(self):
		return boleh_berkas(self, "read") and not self.lewat_metode()

	def lewat_metode(self) -> bool:
		"""The ZIP of a Berkas BPJS is handed out by its own method, which notes whose data leaves."""
		url = self.file_url or ""
		return url.endswith(".zip") and bool(frappe.db.exists("Berkas BPJS", {"arsip": url}))

	def tolak_kunci_privat(self):
		"""An attachment lies on the disk as it is and can be downloaded. Raises ValidationError."""
		if (self.file_name or "").lower().endswith(KUNCI_PRIVAT):
			frappe.throw(
				_(
					"Berkas kunci (.p12, .pfx) tidak disimpan sebagai lampiran. Pasang melalui tombol Pasang PKCS#12 pada "
					"Sertifikat Elektronik."
				)
			)

	def tutup(self):
		"""A public address is read by everyone in the world: only whoever runs the site hands one out."""
		if self.is_folder or self.is_private:
			return
		# the copy that the framework makes for an attach field is as closed as what it is copied from
		tersalin = self.is_new() and (self.file_url or "").startswith("/private/")
		if tersalin or self.attached_to_doctype in DOCTYPE_BERLAMPIRAN:
			self.is_private = 1
		# a record that only names a file which is public already makes nothing public
		elif self.content if self.is_new() else self.has_value_changed("is_private"):
			boleh = self.flags.ignore_permissions or PENERBIT & set(frappe.get_roles())
			self.is_private = 0 if boleh else 1

	def periksa_induk(self):
		"""Only who may write a document attaches to it; the framework asks nothing. Raises PermissionError."""
		jenis, nama = self.attached_to_doctype, self.attached_to_name
		if self.flags.ignore_permissions or not (jenis and nama and frappe.db.exists(jenis, nama)):
			return
		if frappe.get_meta(jenis).module in frappe.get_module_list("kampung_bahagia"):
			frappe.get_doc(jenis, nama).check_permission("write")

	def periksa_kunci(self, berkas):
		"""A paper that a document names goes only while that field may change. Raises LampiranTerkunci.

		The framework lets whoever uploaded a file delete it: the signed decree, the proof of payment.
		"""
		if not self._induk_tercatat(berkas):
			return
		doc = frappe.get_doc(berkas.attached_to_doctype, berkas.attached_to_name)
		resmi = frappe.db.exists("Dokumen Resmi", {"berkas": berkas.file_url})
		if resmi or (berkas.file_url in lampiran_disebut(doc) and not terbuka(doc)):
			frappe.throw(
				_("{0} menjadi bukti pada {1} {2}, sehingga tidak dapat dihapus atau diganti.").format(
					frappe.bold(berkas.file_name), _(doc.doctype), frappe.bold(doc.name)
				),
				LampiranTerkunci,
				title=_("Lampiran terkunci"),
			)

	@staticmethod
	def _induk_tercatat(berkas) -> bool:
		return berkas.attached_to_doctype in DOCTYPE_BERLAMPIRAN and bool(
			frappe.db.exists(berkas.attached_to_doctype, berkas.attached_to_name)
		)


def boleh_berkas(doc, ptype: str | None = None, user: str | None = None) -> bool:
	"""Document hook of File: the framework's own, which an answer here takes the place of, and the field's.

	The framework always lets in who uploaded a file: also when that office has ended, or lay in another area.
	"""
	user = user or frappe.session.user
	if user != "Administrator" and BerkasProgram._induk_tercatat(doc):
		induk = frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name)
		if not frappe.has_permission(induk.doctype, "read", induk, user=user):
			return False
	kolom = LAMPIRAN_TERTUTUP.get(doc.attached_to_doctype)
	if kolom and doc.owner != user and not boleh_baca_kolom(doc.attached_to_doctype, kolom, user):
		return False
	return bool(file.has_permission(doc, ptype, user))


def lampiran_disebut(doc) -> set[str]:
	"""Addresses in the attach fields of `doc` and of its tables."""
	jenis = {"fieldtype": ["in", ["Attach", "Attach Image"]]}
	return {
		bagian.get(kolom.fieldname)
		for bagian in (doc, *doc.get_all_children())
		for kolom in bagian.meta.get("fields", jenis)
	} - {None, ""}


def terbuka(doc) -> bool:
	"""Whether the present user may still change the content of `doc`."""
	if not get_workflow_name(doc.doctype):
		return not (hasattr(doc, "terkunci") and doc.terkunci())
	return not doc.docstatus and any(
		s.state == doc.status and menjabat(frappe.session.user, s.allow_edit, doc)
		for s in get_workflow(doc.doctype).states
	)


def daftar_file(user: str | None = None) -> str:
	"""List hook of File. Frappe lists the attachments of every DocType that a role may read, in all areas."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	f = frappe.qb.DocType("File")
	boleh = f.attached_to_doctype.isnull() | f.attached_to_doctype.notin(DOCTYPE_BERLAMPIRAN)
	for doctype in DOCTYPE_BERLAMPIRAN:
		if (kolom := LAMPIRAN_TERTUTUP.get(doctype)) and not boleh_baca_kolom(doctype, kolom, user):
			continue
		boleh |= (f.attached_to_doctype == doctype) & di_dalam(
			f.attached_to_name, doctype, kriteria(doctype, user)
		)
	return sebagai_sql(boleh)
