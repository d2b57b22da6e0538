from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate

from kampung_bahagia.aturan.nomor_surat import susun_kalimat, susun_nomor
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku, yang_berlaku

KOLOM = ("templat", "menimbang", "mengingat")
# what the considerations may name, with a sample of each
UNSUR = {
	"rt": "014",
	"tanggal_musyawarah": "9 Juli 2025",
	"usulan": "Normalisasi Drainase",
	"kegiatan": "Normalisasi Drainase Gang Melati",
}


class TemplatTidakAda(frappe.ValidationError):
	pass


class TemplatSurat(Document):
	def validate(self):
		periksa_masa_berlaku(self, "jenis_dokumen")
		self.contoh = isi_templat(
			self.templat or "", seq=1, tanggal=getdate(self.berlaku_mulai), rt=14, kelurahan="Kenali Asam"
		)
		with menurut_aturan():
			susun_kalimat(self.menimbang or "", **UNSUR)


def templat_pada(jenis: str, tanggal: date) -> frappe._dict:
	"""KOLOM of the template for letters of the kind `jenis` on that day. Raises TemplatTidakAda, which says whom to ask."""
	nama = yang_berlaku("Templat Surat", tanggal, jenis_dokumen=jenis)
	if not nama:
		frappe.throw(
			_("Belum ada Templat Surat {0} yang berlaku pada {1}. Mintalah DPMPPA mencatatnya.").format(
				frappe.bold(jenis), formatdate(tanggal)
			),
			TemplatTidakAda,
		)
	return frappe.db.get_value("Templat Surat", nama, KOLOM, as_dict=True)


def isi_templat(templat: str, *, seq: int, tanggal: date, rt: int, kelurahan: str) -> str:
	"""A number by the template; raises ValidationError for one that cannot be filled."""
	with menurut_aturan():
		return susun_nomor(templat, seq=seq, tanggal=tanggal, rt=rt, KEL=kelurahan.upper())
