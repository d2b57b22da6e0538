import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.aturan.kemajuan import periksa_persen
from kampung_bahagia.izin.dokumen import DokumenBerwilayah
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perencanaan.foto import periksa_foto
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan


class KemajuanKegiatan(DokumenBerwilayah):
	sumber_wilayah = "kegiatan"

	def validate(self):
		self.periksa_dasar()
		periksa_foto(self.foto, _("Foto Pekerjaan"))
		self.periksa_masa()
		self.periksa_sekali_sehari()
		self.periksa_kemajuan()

	def on_update(self):
		terakhir = frappe.get_all(
			self.doctype, {"kegiatan": self.kegiatan}, pluck="persen", order_by="tanggal desc", limit=1
		)
		frappe.db.set_value("Kegiatan", self.kegiatan, "kemajuan", terakhir[0], update_modified=False)

	def periksa_masa(self):
		"""While the work goes on, from its start to today. Work that runs late still reports."""
		k = frappe.db.get_value(  # locked: two reports at once are held against each other
			"Kegiatan", self.kegiatan, ["status", "dimulai_pada"], as_dict=True, for_update=True
		)
		if k.status != "Berjalan":
			frappe.throw(
				_("Kemajuan dicatat selama kegiatan Berjalan. Status sekarang: {0}.").format(
					frappe.bold(k.status)
				)
			)
		tanggal = getdate(self.tanggal)
		if tanggal > getdate(nowdate()):
			frappe.throw(_("Tanggal kemajuan tidak boleh sesudah hari ini."))
		if tanggal < getdate(k.dimulai_pada):
			frappe.throw(
				_("Tanggal kemajuan mendahului mulainya kegiatan ({0}).").format(formatdate(k.dimulai_pada))
			)

	def periksa_sekali_sehari(self):
		sama = {"kegiatan": self.kegiatan, "tanggal": self.tanggal, "name": ["!=", self.name or ""]}
		if lain := frappe.db.get_value(self.doctype, sama, for_update=True):
			frappe.throw(
				_("Kemajuan tanggal {0} sudah dicatat pada {1}. Ubah catatan itu.").format(
					formatdate(self.tanggal), frappe.bold(lain)
				)
			)

	def periksa_kemajuan(self):
		with menurut_aturan():
			periksa_persen(
				desimal(self.persen), self._tetangga("<", "desc"), self._tetangga(">", "asc"), self.catatan
			)

	def _tetangga(self, arah: str, urutan: str):
		"""Percent of the report next to this one in time; None when there is none."""
		persen = frappe.get_all(
			self.doctype,
			{"kegiatan": self.kegiatan, "tanggal": [arah, self.tanggal]},
			pluck="persen",
			order_by=f"tanggal {urutan}",
			limit=1,
		)
		return desimal(persen[0]) if persen else None


def on_doctype_update():
	pasang_indeks("Kemajuan Kegiatan")
	frappe.db.add_unique("Kemajuan Kegiatan", ["kegiatan", "tanggal"], "kemajuan_sekali_sehari")
