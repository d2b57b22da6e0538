import frappe
from frappe import _

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.pertanggungjawaban import hitung_realisasi
from kampung_bahagia.izin.berkas import lampiran_disebut
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar

# work has begun and is not closed yet, or was stopped: its money is accounted for all the same
DAPAT_DILAPORKAN = ("Berjalan", "Serah Terima", "Dihentikan")
DAPAT_DIAJUKAN = ("Serah Terima", "Dihentikan")
DITERIMA = "Diterima DPMPPA"


class LPJGanda(frappe.ValidationError):
	pass


class KegiatanBelumDiserahkan(frappe.ValidationError):
	pass


class BuktiKurang(frappe.ValidationError):
	pass


class SerahTerimaTidakSah(frappe.ValidationError):
	pass


class LPJKegiatan(DokumenBeralur):
	sumber_wilayah = "kegiatan"
	wajib_pada = {"Diajukan": ("musyawarah", "berita_acara_serah_terima")}

	def before_validate(self):
		if self.kegiatan and (self.is_new() or self.sedang_disusun()):
			self.susun_realisasi()
			self.musyawarah = self.musyawarah or self.musyawarah_serah_terima()

	def validate(self):
		self.periksa_alur()
		if self.is_new():
			self.periksa_kegiatan()
		if self.sedang_disusun():
			self.hitung()
			self.periksa_musyawarah()
		if not self.dihentikan():
			self.periksa_isian()
		if self.baru_berstatus("Diajukan"):
			self.periksa_diserahkan()
			self.periksa_bukti()

	def dihentikan(self) -> bool:
		"""Whether the work was stopped: then there is nothing to hand over."""
		return frappe.db.get_value("Kegiatan", self.kegiatan, "status") == "Dihentikan"

	def susun_realisasi(self):
		"""One row for each line of the RAB as it stands, in its order; what was filled in stays with its line.

		An addendum writes the RAB anew, so a line is known by its row, else by its words. Raises ValidationError
		for money spent on a line that is no longer there.
		"""
		tercatat = list(self.realisasi)
		baris = []
		for b in frappe.get_all(
			"RAB Kegiatan",
			filters={"parent": self.kegiatan, "parenttype": "Kegiatan"},
			fields=["name", "uraian", "jenis", "jumlah"],
			order_by="idx",
		):
			lama = next((r for r in tercatat if r.rab == b.name), None) or next(
				(r for r in tercatat if r.uraian == b.uraian and r.jenis == b.jenis), None
			)
			if lama:
				tercatat.remove(lama)
			isi = {kolom: lama.get(kolom) for kolom in ("realisasi", "bukti", "keterangan")} if lama else {}
			baris.append(
				{
					**isi,
					"name": lama and lama.name,
					"rab": b.name,
					"uraian": b.uraian,
					"jenis": b.jenis,
					"anggaran": b.jumlah,
				}
			)
		if hilang := [r.uraian for r in tercatat if r.realisasi]:
			frappe.throw(
				_("Tidak ada lagi dalam RAB: {0}. Pindahkan realisasinya ke baris lain.").format(
					frappe.bold(", ".join(map(frappe.utils.escape_html, hilang)))
				)
			)
		self.set("realisasi", baris)

	def musyawarah_serah_terima(self) -> str | None:
		return frappe.db.get_value(
			"Musyawarah",
			{"kegiatan": self.kegiatan, "jenis": "Serah Terima", "status": "Disahkan"},
			"name",
			order_by="tanggal desc",
		)

	def periksa_kegiatan(self):
		"""Work that has begun or was stopped, and one account of it. Raises KegiatanBelumDiserahkan or LPJGanda."""
		k = frappe.db.get_value("Kegiatan", self.kegiatan, ["status"], as_dict=True, for_update=True)
		if k.status not in DAPAT_DILAPORKAN:
			frappe.throw(
				_(
					"LPJ dibuat setelah pekerjaan dimulai atau dihentikan, dan sebelum selesai. Status kegiatan: {0}."
				).format(frappe.bold(k.status)),
				KegiatanBelumDiserahkan,
			)
		if lain := frappe.db.get_value("LPJ Kegiatan", {"kegiatan": self.kegiatan}, "name"):
			frappe.throw(_("Kegiatan ini sudah memiliki LPJ {0}.").format(frappe.bold(lain)), LPJGanda)

	def hitung(self):
		"""Sums, and which lines cost more than planned. More than the whole is refused with the numbers.

		The remainder is the programme's: what the residents gave themselves is spent first.
		"""
		self.swadaya = frappe.db.get_value("Kegiatan", self.kegiatan, "swadaya") or 0
		with menurut_aturan():
			hasil = hitung_realisasi(
				[(desimal(r.anggaran), desimal(r.realisasi)) for r in self.realisasi], desimal(self.swadaya)
			)
		self.jumlah_anggaran = float(hasil.anggaran)
		self.jumlah_realisasi = float(hasil.realisasi)
		self.dana_program = float(hasil.dana_program)
		self.realisasi_program = float(hasil.dari_program)
		self.sisa = float(hasil.sisa)
		lebih = [self.realisasi[i - 1] for i in hasil.melebihi]
		self.catatan_realisasi = "\n".join(
			_("Baris {0}, {1}: realisasi {2} melebihi anggaran {3}.").format(
				r.idx,
				r.uraian,
				format_rupiah(desimal(r.realisasi)),
				format_rupiah(desimal(r.anggaran)),
			)
			for r in lebih
		)

	def periksa_musyawarah(self):
		"""The handover was decided by a legitimate musyawarah about this kegiatan. Raises SerahTerimaTidakSah."""
		if self.musyawarah and not frappe.db.exists(
			"Musyawarah",
			{
				"name": self.musyawarah,
				"kegiatan": self.kegiatan,
				"jenis": "Serah Terima",
				"status": "Disahkan",
			},
		):
			frappe.throw(
				_(
					"{0} bukan musyawarah Serah Terima yang sah tentang kegiatan ini. Pilih musyawarah yang sudah "
					"disahkan lurah."
				).format(frappe.bold(self.musyawarah)),
				SerahTerimaTidakSah,
			)

	def periksa_diserahkan(self):
		if (status := frappe.db.get_value("Kegiatan", self.kegiatan, "status")) not in DAPAT_DIAJUKAN:
			frappe.throw(
				_("Serah terimakan kegiatan dahulu, lalu ajukan LPJ. Status kegiatan: {0}.").format(
					frappe.bold(status)
				),
				KegiatanBelumDiserahkan,
			)

	def periksa_bukti(self):
		"""Every amount has its receipt, the remainder its proof of return. Raises BuktiKurang, naming all."""
		kurang = [
			_("Baris {0}, {1}: bukti {2} belum diunggah.").format(
				r.idx, frappe.utils.escape_html(r.uraian), format_rupiah(desimal(r.realisasi))
			)
			for r in self.realisasi
			if r.realisasi and not r.bukti
		]
		if self.sisa and not self.bukti_pengembalian:
			kurang.append(
				_("Sisa {0}: bukti pengembalian belum diunggah.").format(format_rupiah(desimal(self.sisa)))
			)
		disebut = lampiran_disebut(self)
		terunggah = set(
			frappe.get_all(
				"File",
				filters={
					"attached_to_doctype": self.doctype,
					"attached_to_name": self.name,
					"file_url": ["in", sorted(disebut)],
				},
				pluck="file_url",
				order_by="name",
			)
		)
		kurang += [
			_("Berkas {0} bukan lampiran LPJ ini. Unggah melalui formulir LPJ.").format(
				frappe.utils.escape_html(alamat)
			)
			for alamat in sorted(disebut - terunggah)
		]
		if kurang:
			tolak_dengan_daftar(_("LPJ belum dapat diajukan:"), kurang, BuktiKurang, _("Bukti belum lengkap"))


def on_doctype_update():
	pasang_indeks("LPJ Kegiatan")


def kekurangan_lpj(kegiatan: str) -> str | None:
	"""Why a kegiatan cannot be closed yet, in words for the lurah; None when its account was accepted."""
	lpj = frappe.db.get_value("LPJ Kegiatan", {"kegiatan": kegiatan}, ["name", "status"], as_dict=True)
	if not lpj:
		return _("Kegiatan ini belum memiliki LPJ. Mintalah Ketua RT menyusunnya.")
	if lpj.status != DITERIMA:
		return _("LPJ {0} berstatus {1}. Kegiatan diselesaikan setelah LPJ diterima DPMPPA.").format(
			lpj.name, lpj.status
		)
	return None
