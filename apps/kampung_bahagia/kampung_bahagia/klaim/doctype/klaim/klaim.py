from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.identitas import nomor_hp_e164
from kampung_bahagia.izin.data_pribadi import boleh_baca_kolom, catat_unduhan
from kampung_bahagia.izin.dokumen import DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.klaim import (
	ahli_waris,
	ambil_alih,
	berkas_bpjs,
	dokumen,
	manfaat,
	naskah,
	pembayaran,
	pengajuan,
	pertanggungan,
	tenggat,
)
from kampung_bahagia.klaim.pada_warga import kunci_meninggal
from kampung_bahagia.klaim.pemberitahuan import kunci_warga
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar


class KlaimGanda(frappe.UniqueValidationError):
	pass


class DokumenBelumLengkap(frappe.ValidationError):
	pass


class Klaim(DokumenBeralur):
	sumber_wilayah = "peserta"
	kolom_bersama = frozenset(
		{
			"keterangan_dokter_pada",
			"akibat",
			"ahli_waris",
			"penerima_rencana",
			"bank",
			"nomor_rekening",
			"atas_nama",
			"biaya_perawatan",
			"angkutan",
			"biaya_angkutan",
			"hari_tidak_bekerja",
			"cacat_persen",
		}
	)
	# written by the clock, by reports of a stage and by files that cover rests on
	kolom_menyusul = frozenset(
		{
			*tenggat.KOLOM,
			*pertanggungan.KOLOM,
			"laporan_tahap",
			"riwayat_pertanggungan",
			"rincian_manfaat",
			"riwayat_pengajuan",
		}
	)
	kolom_jabatan = {
		"DPMPPA": frozenset({"dokumen", *kolom_bersama}),
		"BPJS Ketenagakerjaan": frozenset(
			{"nomor_klaim", "nilai_disetujui", "keputusan", "pembayaran", "catatan_pembayaran"}
		),
	}
	wajib_pada = {
		"Disetujui BPJS": ("nomor_klaim", "nilai_disetujui"),
		"Ditolak BPJS": ("nomor_klaim", "keputusan"),
		"Dibayar": ("pembayaran",),
	}

	def kolom_pribadi(self):
		"""Health data is personal data of the special kind."""
		return [df.fieldname for df in self.meta.get_high_permlevel_fields()]

	def onload(self):
		self.set_onload("naskah", naskah.untuk_layar(self))

	def bagian_berkas_bpjs(self):
		"""What the builder of a Berkas BPJS, in a room before this one, packs of a claim."""
		return berkas_bpjs.bagian(self)

	def before_print(self, settings=None):
		"""On paper a claim is whole: only for who reads health data, and noted. Raises PermissionError.

		What goes into a Berkas BPJS is noted when that is handed out.
		"""
		if self.flags.untuk_bpjs:
			return
		self.periksa_pembaca(_("Jabatan Anda tidak mencetak data kesehatan."))
		kolom = [_(self.meta.get_label(k)) for k in self.kolom_pribadi() if self.get(k)]
		catat_unduhan(self, [self.warga], ", ".join(kolom))
		frappe.local.flags.commit = True  # a paper is fetched by GET, of which nothing else is kept

	def periksa_pembaca(self, pesan: str) -> None:
		"""Health data is for those who handle the claim. Raises PermissionError with `pesan`."""
		if not boleh_baca_kolom(self.doctype, "kronologi"):
			frappe.throw(pesan, frappe.PermissionError)

	def validate(self):
		self.periksa_alur()
		self.salin_peserta()
		if self.is_new():
			kunci_warga(self.warga)
			self.dilaporkan_pada = now_datetime()
			self.periksa_waktu()
			self.periksa_ganda()
		self.rapikan_no_hp()
		self.periksa_keterangan_dokter()
		if pengajuan.terbuka(self):
			ahli_waris.nilai(self)
			ahli_waris.periksa_rekening(self)
			manfaat.nilai(self)
			dokumen.susun(self)
		if self.status not in pertanggungan.SELESAI:
			pertanggungan.nilai(self)
		dokumen.hitung(self)
		self.periksa_isian()
		if self.baru_berstatus("Diajukan ke BPJS"):
			self.periksa_kelengkapan()
			self.diserahkan_bpjs, self.diajukan_pada = 1, now_datetime()
		pengajuan.catat(self)
		pembayaran.hitung(self)
		tenggat.hitung(self)
		self.lepas_kunci()

	def after_insert(self):
		ambil_alih.sambut(self)

	def jabatan_pembuat(self, alur):
		return self.flags.pengambil or super().jabatan_pembuat(alur)

	def salin_peserta(self):
		self.update(frappe.db.get_value("Peserta", self.peserta, ["nama", "warga", "kegiatan"], as_dict=True))

	def periksa_waktu(self):
		if get_datetime(self.waktu_kejadian) > now_datetime():
			frappe.throw(_("Waktu Kejadian tidak boleh sesudah saat ini."))

	def periksa_ganda(self):
		"""One claim per person, day and kind; a death is paid by JKK or by JKM, never both. Raises KlaimGanda.

		The unique key in the database decides when two reports arrive at the same moment.
		"""
		if self.jenis == "JKK Perawatan":
			self.kunci = f"{self.warga}|{self.jenis}|{getdate(self.waktu_kejadian)}"
		else:  # a death by accident and a death otherwise exclude each other, so they share one key
			self.kunci = kunci_meninggal(self.warga)
		self.tolak_bila_ada(
			frappe.db.get_value("Klaim", {"kunci": self.kunci}, ["name", "jenis"], as_dict=True)
		)

	def show_unique_validation_message(self, e):
		"""The framework's words for a key that is taken: of two reports at one moment the second learns the first's number."""
		self.tolak_bila_ada(
			frappe.db.get_value(
				"Klaim", {"kunci": self.kunci}, ["name", "jenis"], as_dict=True, for_update=True
			)
		)
		super().show_unique_validation_message(e)

	def tolak_bila_ada(self, ada) -> None:
		if ada:
			frappe.throw(
				_("{0} untuk kejadian ini sudah dilaporkan dengan nomor {1}. Lengkapi laporan itu.").format(
					ada.jenis, frappe.bold(ada.name)
				),
				KlaimGanda,
				title=_("Sudah dilaporkan"),
			)

	def periksa_keterangan_dokter(self):
		if self.jenis == "JKM":
			self.keterangan_dokter_pada = self.akibat = None
		elif self.keterangan_dokter_pada and not (
			tenggat.menit(self.waktu_kejadian) <= get_datetime(self.keterangan_dokter_pada) <= now_datetime()
		):
			frappe.throw(_("Keterangan Dokter Pada harus antara Waktu Kejadian dan saat ini."))

	def lepas_kunci(self):
		"""A claim that was refused for good or withdrawn stands no longer in the way of another."""
		sebelum = self.get_doc_before_save()
		ditolak = sebelum and sebelum.status == "Ditolak BPJS" and self.status == "Ditutup"
		if ditolak or self.status == "Ditarik":
			self.kunci = None

	def rapikan_no_hp(self):
		with menurut_aturan():
			self.hp_pelapor = nomor_hp_e164(self.hp_pelapor)

	def periksa_kelengkapan(self):
		kurang = dokumen.kurang(self)
		if self.jenis != "JKM" and not self.keterangan_dokter_pada:
			kurang.append(_("Tanggal dan jam keterangan dokter (kolom Keterangan Dokter Pada)"))
		if kurang:
			tolak_dengan_daftar(
				_("Dokumen wajib belum lengkap:"), kurang, DokumenBelumLengkap, _("Dokumen belum lengkap")
			)


def on_doctype_update():
	pasang_indeks("Klaim")
	frappe.db.add_index("Klaim", ["kegiatan"])
