import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.kuorum import kuorum_tercapai
from kampung_bahagia.izin.data_pribadi import jumlah_kk
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku


class KuorumBelumTercapai(frappe.ValidationError):
	pass


class Musyawarah(DokumenBeralur):
	def validate(self):
		self.periksa_alur()
		if self.sedang_disusun():
			self.periksa_hadirin()
			self.hitung_kuorum()
		if self.baru_berstatus("Diajukan", "Disahkan"):
			self.periksa_waktu()
			self.periksa_kuorum()
			self.periksa_keputusan()

	def periksa_hadirin(self):
		"""Everyone once, and only residents of this RT."""
		dihitung = [h.warga for h in self.hadirin if h.warga]
		if ganda := sorted({w for w in dihitung if dihitung.count(w) > 1}):
			nama = frappe.db.get_value("Warga", ganda[0], "nama")
			frappe.throw(_("{0} tercatat hadir lebih dari satu kali.").format(frappe.bold(nama)))
		w = frappe.qb.DocType("Warga")
		if dihitung and (
			luar := frappe.qb.from_(w)
			.select(w.nama)
			.where(w.name.isin(dihitung) & (w.rt != self.rt))
			.run(pluck=True)
		):
			frappe.throw(
				_("Bukan warga RT ini: {0}. Hapus dari daftar hadir.").format(frappe.bold(", ".join(luar)))
			)

	def hitung_kuorum(self):
		"""Households, not heads: two of one family card count once."""
		self.kk_hadir = self.jumlah_kk_hadir()
		self.ketentuan_kuorum = yang_berlaku("Ketentuan Kuorum", getdate(self.tanggal))
		if not self.ketentuan_kuorum:
			frappe.throw(
				_("Belum ada Ketentuan Kuorum yang berlaku pada tanggal musyawarah. Hubungi DPMPPA.")
			)
		ketentuan = frappe.get_cached_doc("Ketentuan Kuorum", self.ketentuan_kuorum)
		with menurut_aturan():
			hasil = kuorum_tercapai(
				self.kk_hadir,
				int(self.kk_diundang or 0),
				desimal(ketentuan.persen_minimum),
				bool(ketentuan.lebih_dari),
			)
		self.kuorum_tercapai = int(hasil.tercapai)
		self.keterangan_kuorum = hasil.teks

	def jumlah_kk_hadir(self) -> int:
		return jumlah_kk({h.warga for h in self.hadirin if h.warga and h.mewakili_kk})

	def periksa_waktu(self):
		if get_datetime(self.tanggal) > now_datetime():
			frappe.throw(_("Musyawarah belum berlangsung. Ajukan setelah musyawarah selesai."))

	def periksa_kuorum(self):
		if not self.kuorum_tercapai:
			frappe.throw(
				_("{0} Musyawarah harus ditunda dan diundang ulang.").format(self.keterangan_kuorum),
				KuorumBelumTercapai,
				title=_("Kuorum belum tercapai"),
			)

	def periksa_keputusan(self):
		if self.jenis == "Prioritas" and not any(u.keputusan == "Diputuskan" for u in self.usulan):
			frappe.throw(_("Tandai paling sedikit satu usulan sebagai Diputuskan."))


def on_doctype_update():
	pasang_indeks("Musyawarah")


@frappe.whitelist()
def usulan_diputuskan(musyawarah: str) -> list[dict]:
	"""Decided usulan of a legitimate musyawarah that no kegiatan carries out yet: name, judul, kategori."""
	doc = frappe.get_doc("Musyawarah", musyawarah)
	doc.check_permission("read")
	if doc.status != "Disahkan":
		return []
	terpakai = set(
		frappe.get_all(
			"Kegiatan",
			filters={"musyawarah": doc.name, "status": ["!=", "Ditolak"]},
			pluck="usulan",
			order_by="name",
		)
	)
	return [
		{"name": u.name, "judul": u.judul, "kategori": u.kategori}
		for u in doc.usulan
		if u.keputusan == "Diputuskan" and u.name not in terpakai
	]
