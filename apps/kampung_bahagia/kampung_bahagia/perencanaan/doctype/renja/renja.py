from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, flt

from kampung_bahagia.aturan.renja import bagi_tahun, keadaan_butir, tahun_akhir
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perencanaan.usulan import usulan_terbuka
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan

DARI_USULAN = ("judul", "kategori", "perkiraan_biaya", "peringkat", "musyawarah")


class RenjaTidakSah(frappe.ValidationError):
	pass


class Renja(DokumenBeralur):
	"""What an RT does in one year, or in five: usulan that legitimate meetings decided, each with its year."""

	def validate(self):
		self.periksa_alur()
		if self.sedang_disusun():
			self.periksa_masa()
			self.periksa_musyawarah()
			self.periksa_butir()

	def before_update_after_submit(self):
		self.periksa_alur()

	def periksa_masa(self):
		"""One year or five, and no second plan of this kind for any of them. Raises RenjaTidakSah."""
		with menurut_aturan():
			self.tahun_akhir = tahun_akhir(self.jenis, cint(self.tahun_awal))
		masa = self.tahun_awal if self.jenis == "Tahunan" else f"{self.tahun_awal}–{self.tahun_akhir}"
		self.judul = f"Renja {self.jenis} {masa}"
		if self.is_new():  # two plans for one RT wait for each other here
			frappe.db.get_value("RT", self.rt, "name", for_update=True)
		lain = frappe.db.get_value(
			"Renja",
			{
				"rt": self.rt,
				"jenis": self.jenis,
				"tahun_awal": ["<=", self.tahun_akhir],
				"tahun_akhir": [">=", self.tahun_awal],
				"name": ["!=", self.name or ""],
				"status": ["!=", "Diganti"],
			},
			["name", "judul", "status"],
			as_dict=True,
			for_update=self.is_new(),
		)
		if lain:
			saran = (
				_("Mintalah lurah memilih Tindakan › Ganti pada rencana itu.")
				if lain.status == "Disahkan"
				else _("Buka dan perbaiki rencana itu.")
			)
			frappe.throw(
				_("RT ini sudah mempunyai {0} ({1}).").format(frappe.bold(lain.judul), lain.name)
				+ " "
				+ saran,
				RenjaTidakSah,
			)

	def periksa_musyawarah(self):
		m = frappe.db.get_value("Musyawarah", self.musyawarah, ["rt", "jenis", "status"], as_dict=True)
		if not m or (m.rt, m.jenis, m.status) != (self.rt, "Prioritas", "Disahkan"):
			frappe.throw(
				_("{0} bukan musyawarah Prioritas RT ini yang sudah disahkan lurah.").format(
					frappe.bold(self.musyawarah)
				),
				RenjaTidakSah,
			)

	def periksa_butir(self):
		"""Decided usulan of this RT only, each once, in a year of the plan; their facts are copied from there."""
		diputuskan = {u.usulan: u for u in usulan_terbuka(self.rt)}
		lama = {b.usulan for b in (self.get_doc_before_save() or self).butir if not self.is_new()}
		terpakai: set[str] = set()
		for b in self.butir:
			sebutan = frappe.bold(frappe.utils.escape_html(b.judul or b.usulan))
			if b.usulan in terpakai:
				frappe.throw(
					_("Baris {0}: usulan {1} tertulis dua kali.").format(b.idx, sebutan), RenjaTidakSah
				)
			terpakai.add(b.usulan)
			if not self.tahun_awal <= cint(b.tahun) <= self.tahun_akhir:
				frappe.throw(
					_("Baris {0}: tahun {1} di luar masa rencana ({2}–{3}).").format(
						b.idx, b.tahun, self.tahun_awal, self.tahun_akhir
					),
					RenjaTidakSah,
				)
			if u := diputuskan.get(b.usulan):
				b.update({k: u.get(k) for k in DARI_USULAN})
				b.kegiatan, b.keadaan = u.kegiatan, keadaan_butir(u.status)
			elif b.usulan not in lama:
				frappe.throw(
					_("Baris {0}: {1} bukan usulan RT ini yang diputuskan dan belum dikerjakan.").format(
						b.idx, sebutan
					),
					RenjaTidakSah,
				)
		self.jumlah_biaya = sum(flt(b.perkiraan_biaya) for b in self.butir)


def on_doctype_update():
	pasang_indeks("Renja")


@frappe.whitelist()
def susun_dari_usulan(rt: str, jenis: str, tahun_awal: int) -> dict:
	"""Rows for a plan that begins in `tahun_awal`: `butir` and `musyawarah`, the newest meeting among their sources.

	Everything that was decided and is not done, what older meetings decided first: so what an earlier plan did not
	reach carries over by itself. A yearly plan leaves out what the plan of five years puts into a later year.
	Raises PermissionError for an RT in which the user makes no plan, ValidationError when there is nothing to plan.
	"""
	if not frappe.has_permission("Renja", "create") or not frappe.has_permission("RT", "read", rt):
		frappe.throw(_("Rencana disusun oleh Ketua RT untuk RT-nya sendiri."), frappe.PermissionError)
	with menurut_aturan():
		akhir = tahun_akhir(jenis, cint(tahun_awal))
	nanti = _dijadwalkan_setelah(rt, akhir) if jenis == "Tahunan" else set()
	usulan = [u for u in usulan_terbuka(rt) if u.usulan not in nanti]
	if not usulan:
		frappe.throw(
			_("Belum ada usulan yang diputuskan dan belum dikerjakan. Sahkan dahulu musyawarah Prioritas.")
		)
	tahun = bagi_tahun(len(usulan), cint(tahun_awal), akhir)
	return {
		"musyawarah": max(usulan, key=lambda u: u.tanggal).musyawarah,
		"butir": [
			{
				"usulan": u.usulan,
				"tahun": t,
				"kegiatan": u.kegiatan,
				"keadaan": keadaan_butir(u.status),
				**{k: u.get(k) for k in DARI_USULAN},
			}
			for u, t in zip(usulan, tahun, strict=True)
		],
	}


def _dijadwalkan_setelah(rt: str, tahun: int) -> set[str]:
	"""Usulan that the RT's plan of five years, once legitimate, puts into a year after `tahun`."""
	b, r = frappe.qb.DocType("Butir Renja"), frappe.qb.DocType("Renja")
	return set(
		frappe.qb.from_(r)
		.join(b)
		.on((b.parent == r.name) & (b.parenttype == "Renja"))
		.select(b.usulan)
		.where((r.rt == rt) & (r.status == "Disahkan") & (r.jenis == "Lima Tahunan"))
		.where((r.tahun_awal <= tahun) & (r.tahun_akhir >= tahun) & (b.tahun > tahun))
		.run(pluck=True)
	)


def ikuti_kegiatan(kegiatan, method: str | None = None) -> None:
	"""Hook of Kegiatan: the items of plans show the kegiatan that carries them out, and how far it has come."""
	if not kegiatan.usulan:
		return
	keadaan = keadaan_butir(kegiatan.status)
	b = frappe.qb.DocType("Butir Renja")
	frappe.qb.update(b).set(b.keadaan, keadaan).set(
		b.kegiatan, None if kegiatan.status == "Ditolak" else kegiatan.name
	).where((b.usulan == kegiatan.usulan) & (b.kegiatan.isnull() | (b.kegiatan == kegiatan.name))).run()
