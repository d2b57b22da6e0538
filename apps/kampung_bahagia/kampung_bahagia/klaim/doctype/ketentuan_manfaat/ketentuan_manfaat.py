from __future__ import annotations

from frappe.model.document import Document
from frappe.utils import cint

from kampung_bahagia.aturan.manfaat import Jenjang, Ketentuan, periksa_ketentuan
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_masa_berlaku

BILANGAN = (
	"kematian_faktor",
	"cacat_sebagian_faktor",
	"cacat_total_faktor",
	"stmb_bulan_awal",
	"hari_per_bulan",
	"beasiswa_jkm_bulan",
	"beasiswa_anak",
)
DESIMAL = (
	"jkm_santunan",
	"jkm_berkala",
	"jkm_pemakaman",
	"kematian_persen",
	"cacat_total_persen",
	"stmb_persen_awal",
	"stmb_persen_lanjut",
	"transportasi_darat",
	"transportasi_laut",
	"transportasi_udara",
)


class KetentuanManfaat(Document):
	def validate(self):
		periksa_masa_berlaku(self)
		with menurut_aturan():
			periksa_ketentuan(self.sebagai_ketentuan())

	def sebagai_ketentuan(self) -> Ketentuan:
		"""The record as the pure rules take it."""
		return Ketentuan(
			**{kolom: desimal(self.get(kolom)) for kolom in DESIMAL},
			**{kolom: cint(self.get(kolom)) for kolom in BILANGAN},
			beasiswa_jkk=bool(self.beasiswa_jkk),
			beasiswa_jkm=bool(self.beasiswa_jkm),
			jenjang=tuple(
				Jenjang(j.jenjang, desimal(j.per_tahun), cint(j.tahun), cint(j.sampai_usia))
				for j in self.jenjang
			),
			dasar_hukum=self.dasar_hukum,
		)
