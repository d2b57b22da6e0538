from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.identitas import nomor_hp_e164
from kampung_bahagia.aturan.pertanggungan import Fakta, Pertanggungan, tentukan_pertanggungan
from kampung_bahagia.aturan.tenggat import batas_tahap_satu, terlambat
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perlindungan.termin import menunggak_pada
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan, waktu_wib
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar

AKIBAT_TERLAMBAT = (
	"Laporan Tahap I melewati 2×24 jam: manfaat menjadi kewajiban pemberi kerja dan penggantiannya dapat "
	"diminta setelah dilaporkan (Permenaker 1/2025 Pasal 8 ayat (2a) dan (2b))."
)
KOLOM_JENIS = {"JKK Perawatan": "jkk_perawatan", "JKK Meninggal": "jkk_meninggal", "JKM": "jkm"}


class KlaimGanda(frappe.UniqueValidationError):
	pass


class DokumenBelumLengkap(frappe.ValidationError):
	pass


class Klaim(DokumenBeralur):
	sumber_wilayah = "peserta"
	kolom_jabatan = {
		"DPMPPA": frozenset({"dokumen"}),
		"BPJS Ketenagakerjaan": frozenset(
			{
				"nomor_klaim",
				"nilai_disetujui",
				"keputusan",
				"dibayar_pada",
				"nilai_dibayar",
				"penerima",
				"bukti_bayar",
			}
		),
	}
	wajib_pada = {
		"Disetujui BPJS": ("nomor_klaim", "nilai_disetujui"),
		"Ditolak BPJS": ("nomor_klaim", "keputusan"),
		"Dibayar": ("dibayar_pada", "nilai_dibayar", "penerima", "bukti_bayar"),
	}

	def kolom_pribadi(self):
		"""Health data is personal data of the special kind."""
		return [df.fieldname for df in self.meta.get_high_permlevel_fields()]

	def validate(self):
		self.periksa_alur()
		self.salin_peserta()
		if self.is_new():
			self.dilaporkan_pada = now_datetime()
			self.periksa_waktu()
			self.periksa_ganda()
		self.rapikan_no_hp()
		self.nilai_tahap_satu()
		if not self.diserahkan_bpjs:
			self.isi_daftar_dokumen()
			self.nilai_pertanggungan()
		self.hitung_kelengkapan()
		self.periksa_isian()
		if self.baru_berstatus("Diajukan ke BPJS"):
			self.periksa_kelengkapan()
			self.diserahkan_bpjs = 1
		self.lepas_kunci_bila_ditolak()

	def salin_peserta(self):
		self.update(frappe.db.get_value("Peserta", self.peserta, ["nama", "warga", "kegiatan"], as_dict=True))

	def periksa_waktu(self):
		if get_datetime(self.waktu_kejadian) > now_datetime():
			frappe.throw(_("Waktu Kejadian tidak boleh sesudah saat ini."))

	def periksa_ganda(self):
		"""One claim per person, day and kind; a death is paid by JKK or by JKM, never both. Raises KlaimGanda.

		The unique key in the database decides when two reports arrive at the same moment.
		"""
		hari = getdate(self.waktu_kejadian)
		# a death by accident and a death otherwise exclude each other, so they share one key
		jenis = "JKK Perawatan" if self.jenis == "JKK Perawatan" else "Meninggal"
		self.kunci = f"{self.warga}|{jenis}" + (f"|{hari}" if jenis == "JKK Perawatan" else "")
		if ada := frappe.db.get_value("Klaim", {"kunci": self.kunci}, ["name", "jenis"], as_dict=True):
			frappe.throw(
				_("{0} untuk kejadian ini sudah dilaporkan dengan nomor {1}. Lengkapi laporan itu.").format(
					ada.jenis, frappe.bold(ada.name)
				),
				KlaimGanda,
				title=_("Sudah dilaporkan"),
			)

	def lepas_kunci_bila_ditolak(self):
		"""A claim that was refused for good stands no longer in the way of the other kind."""
		sebelum = self.get_doc_before_save()
		if sebelum and sebelum.status == "Ditolak BPJS" and self.status == "Ditutup":
			self.kunci = None

	def isi_daftar_dokumen(self):
		"""The checklist of this kind of claim, whole again on each save; what was attached stays."""
		ada = {d.jenis_dokumen: d for d in self.dokumen}
		for j in frappe.get_all(
			"Jenis Dokumen Klaim",
			filters={KOLOM_JENIS[self.jenis]: 1},
			fields=["name", "wajib"],
			order_by="urutan, name",
		):
			baris = ada.get(j.name) or self.append("dokumen", {"jenis_dokumen": j.name})
			baris.wajib = j.wajib

	def rapikan_no_hp(self):
		with menurut_aturan():
			self.hp_pelapor = nomor_hp_e164(self.hp_pelapor)

	def nilai_tahap_satu(self):
		"""Lateness never blocks a report: it is recorded and shown with its legal consequence."""
		batas = batas_tahap_satu(waktu_wib(self.waktu_kejadian))
		self.batas_tahap_satu = batas.replace(tzinfo=None)
		self.terlambat = int(terlambat(batas, waktu_wib(self.dilaporkan_pada)))
		self.akibat_terlambat = AKIBAT_TERLAMBAT if self.terlambat else None

	def nilai_pertanggungan(self):
		"""Judge the cover anew with what is on record now, until the claim was handed to BPJS."""
		hasil = self.pertanggungan()
		self.status_pertanggungan = hasil.status
		self.alasan_pertanggungan = "\n".join(
			f"{'✓' if a.terpenuhi else '✗'} {a.teks}" + (f" ({a.dasar_hukum})" if a.dasar_hukum else "")
			for a in hasil.alasan
		)

	def pertanggungan(self) -> Pertanggungan:
		k = frappe.db.get_value(
			"Kegiatan",
			self.kegiatan,
			["konstruksi", "tanggal_selesai", "dimulai_pada", "diselesaikan_pada"],
			as_dict=True,
		)
		d = (
			frappe.db.get_value(
				"Pendaftaran BPJS",
				{"kegiatan": self.kegiatan, "dibayar_pada": ["is", "set"]},
				["name", "dibayar_pada", "berlaku_mulai", "berlaku_sampai", "status", "cara_bayar"],
				as_dict=True,
				order_by="dibayar_pada asc",
			)
			or frappe._dict()
		)
		p = frappe.db.get_value("Peserta", self.peserta, ["status", "usia"], as_dict=True)
		sk = self.sk_yang_menyebut()
		with menurut_aturan():
			return tentukan_pertanggungan(
				Fakta(
					waktu_kejadian=waktu_wib(self.waktu_kejadian),
					is_konstruksi=bool(k.konstruksi),
					dibayar_pada=waktu_wib(d.dibayar_pada),
					berlaku_mulai=d.berlaku_mulai,
					berlaku_sampai=d.berlaku_sampai,
					bersertifikat=d.status == "Bersertifikat",
					peserta_terdaftar=p.status in ("Terdaftar", "Terlindungi", "Berakhir"),
					sk_ditetapkan_pada=waktu_wib(sk.ditetapkan_pada),
					sk_berlaku=sk.berlaku_mulai,
					sk_dicabut_pada=waktu_wib(sk.dicabut_pada),
					disebut_dalam_sk=bool(sk.ditetapkan_pada),
					kegiatan_mulai=getdate(k.dimulai_pada) if k.dimulai_pada else None,
					kegiatan_selesai=self.akhir_kegiatan(k),
					dalam_perjalanan=bool(self.dalam_perjalanan),
					termin_menunggak_sejak=menunggak_pada(d, getdate(self.waktu_kejadian)),
					usia=p.usia,
				)
			)

	@staticmethod
	def akhir_kegiatan(k):
		"""The real last day, else the planned one; a plan that ended before work began says nothing."""
		if k.diselesaikan_pada:
			return getdate(k.diselesaikan_pada)
		if k.dimulai_pada and k.tanggal_selesai < getdate(k.dimulai_pada):
			return None
		return k.tanggal_selesai

	def sk_yang_menyebut(self) -> frappe._dict:
		"""The signed SK that names this person: one in force at the hour if there is one, else the newest."""
		sk, baris = frappe.qb.DocType("Surat Keputusan"), frappe.qb.DocType("Peserta SK")
		semua = (
			frappe.qb.from_(sk)
			.join(baris)
			.on((baris.parent == sk.name) & (baris.parenttype == "Surat Keputusan"))
			.select(sk.ditetapkan_pada, sk.berlaku_mulai, sk.dicabut_pada)
			.where((sk.docstatus == 1) & (baris.peserta == self.peserta))
			.orderby(sk.ditetapkan_pada, order=frappe.qb.desc)
			.run(as_dict=True)
		)
		waktu = get_datetime(self.waktu_kejadian)
		for s in semua:
			if s.ditetapkan_pada <= waktu and (not s.dicabut_pada or s.dicabut_pada > waktu):
				return s
		return semua[0] if semua else frappe._dict()

	def hitung_kelengkapan(self):
		wajib = [d for d in self.dokumen if d.wajib]
		ada = [d for d in wajib if d.berkas]
		self.kelengkapan = round(100 * len(ada) / len(wajib)) if wajib else 100

	def periksa_kelengkapan(self):
		if kurang := [d.jenis_dokumen for d in self.dokumen if d.wajib and not d.berkas]:
			tolak_dengan_daftar(
				_("Dokumen wajib belum lengkap:"), kurang, DokumenBelumLengkap, _("Dokumen belum lengkap")
			)


def on_doctype_update():
	pasang_indeks("Klaim")
