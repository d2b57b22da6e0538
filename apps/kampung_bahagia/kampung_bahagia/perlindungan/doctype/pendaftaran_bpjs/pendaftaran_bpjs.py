import frappe
from frappe import _
from frappe.utils import add_days, formatdate, get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.tenggat import batas_bayar
from kampung_bahagia.izin.dokumen import DokumenBeralur, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perlindungan import termin, upah
from kampung_bahagia.perlindungan.doctype.tarif_iuran.tarif_iuran import iuran_menurut_tarif
from kampung_bahagia.perlindungan.tenggat_pendaftaran import TIDAK_DIKERJAKAN, terlambat
from kampung_bahagia.tata_kelola.jembatan import desimal

# what DPMPPA records after an addendum, once BPJS has lengthened the cover or taken the difference
PERPANJANGAN = ("perpanjangan_sampai", "bukti_perpanjangan")
ANGSURAN = ("cara_bayar", "termin")
TAMBAHAN = ("tambahan_dibayar", "tambahan_dibayar_pada", "bukti_bayar_tambahan")


class TagihanBerbeda(frappe.ValidationError):
	pass


class PenyesuaianTidakSah(frappe.ValidationError):
	pass


class PembatalanTidakSah(frappe.ValidationError):
	pass


class PendaftaranBPJS(DokumenBeralur):
	sumber_wilayah = "kegiatan"
	kolom_jabatan = {
		"DPMPPA": frozenset(
			{"dibayar_pada", "bukti_bayar", *upah.KOLOM, *ANGSURAN, *PERPANJANGAN, *TAMBAHAN}
		),
		"BPJS Ketenagakerjaan": frozenset(
			{
				"nomor_proyek",
				"kode_iuran",
				"tagihan",
				"alasan_selisih",
				"nomor_sertifikat",
				"sertifikat",
				"berlaku_mulai",
				"berlaku_sampai",
			}
		),
	}
	wajib_pada = {
		"Ditagih": ("nomor_proyek", "kode_iuran", "tagihan"),
		"Diangsur": ("dibayar_pada", "bukti_bayar"),
		"Lunas": ("dibayar_pada", "bukti_bayar"),
		"Bersertifikat": ("nomor_sertifikat", "berlaku_mulai", "berlaku_sampai"),
	}

	def validate(self):
		self.periksa_alur()
		if self.is_new():
			self.periksa_kegiatan()
		if self.sedang_disusun():
			self.hitung_peserta()
			self.hitung_iuran()
			self.hapus_tambahan()
		else:
			upah.periksa_tetap(self)
		self.periksa_belum_disesuaikan()
		if self.baru_berstatus("Dikirim", "Ditagih", "Diangsur", "Lunas"):
			self.periksa_kegiatan_berlanjut()
		if self.baru_berstatus("Dibatalkan"):
			self.periksa_pembatalan()
		termin.hitung(self)
		self.periksa_isian()
		self.periksa_tagihan()
		self.periksa_pembayaran()
		self.periksa_masa()
		if self.baru_berstatus("Dikirim"):
			self.diserahkan_bpjs = 1
		self.catat_keterlambatan()

	def before_update_after_submit(self):
		self.periksa_alur()
		diperpanjang, dibayar = (
			any(map(self.has_value_changed, kolom)) for kolom in (PERPANJANGAN, TAMBAHAN)
		)
		if diperpanjang:
			self.perpanjang()
		if dibayar:
			self.lunasi_tambahan()
		if diperpanjang or dibayar:
			self.siapkan_jejak("Catat Penyesuaian", jabatan="DPMPPA", dari=self.status)
		elif termin.catat(self):
			self.siapkan_jejak("Catat Termin", jabatan="DPMPPA", dari=self.status)

	def on_update(self):
		if not self.get_doc_before_save():
			frappe.db.set_value(
				"Kegiatan",
				self.kegiatan,
				{"pendaftaran": self.name, "status_pendaftaran": self.status},
				update_modified=False,
			)
		elif self.has_value_changed("status"):
			self.teruskan_ke_kegiatan()

	def periksa_kegiatan(self):
		"""Only an approved construction activity, and one registration for each."""
		k = frappe.db.get_value("Kegiatan", self.kegiatan, ["status", "konstruksi"], as_dict=True)
		if k.status != "Disetujui DPMPPA":
			frappe.throw(
				_("Kegiatan didaftarkan setelah disetujui DPMPPA. Status sekarang: {0}.").format(
					frappe.bold(k.status)
				)
			)
		if not k.konstruksi:
			frappe.throw(
				_(
					"Kegiatan ini bukan konstruksi, sehingga tidak dapat didaftarkan pada program Jasa Konstruksi."
				)
			)
		if lain := frappe.db.get_value("Pendaftaran BPJS", {"kegiatan": self.kegiatan}, "name"):
			frappe.throw(_("Kegiatan ini sudah memiliki pendaftaran {0}.").format(frappe.bold(lain)))

	def periksa_kegiatan_berlanjut(self):
		"""No premium is asked or paid for what was stopped."""
		status = frappe.db.get_value("Kegiatan", self.kegiatan, "status")
		if status not in ("Disetujui DPMPPA", "Didaftarkan BPJS"):
			frappe.throw(
				_("Kegiatan berstatus {0}; pendaftarannya tidak dilanjutkan.").format(frappe.bold(status))
			)

	def catat_keterlambatan(self):
		"""By how many days the file came and was paid late; it goes on all the same."""
		if self.is_new():
			self.batas_pendaftaran = frappe.db.get_value("Kegiatan", self.kegiatan, "batas_pendaftaran")
		if self.baru_berstatus("Dikirim") and not self.dikirim_pada:  # once: BPJS may send it back later
			self.dikirim_pada = now_datetime()
			self.terlambat_daftar = terlambat(self.batas_pendaftaran, self.dikirim_pada)
		if self.dibayar_pada and self.has_value_changed("dibayar_pada"):
			mulai = frappe.db.get_value("Kegiatan", self.kegiatan, "tanggal_mulai")
			self.terlambat_bayar = terlambat(batas_bayar(mulai), self.dibayar_pada)

	def periksa_pembatalan(self):
		"""Called off is what was stopped before anything was paid for it."""
		status = frappe.db.get_value("Kegiatan", self.kegiatan, "status")
		if status not in TIDAK_DIKERJAKAN:
			frappe.throw(
				_("Kegiatan berstatus {0}. Pendaftaran dibatalkan setelah kegiatannya dihentikan.").format(
					frappe.bold(status)
				),
				PembatalanTidakSah,
			)
		if self.dibayar_pada:
			frappe.throw(
				_("Iuran sudah dibayar, sehingga pendaftaran tidak dapat dibatalkan. Hubungi BPJS."),
				PembatalanTidakSah,
			)

	def hitung_peserta(self):
		self.jumlah_peserta = frappe.db.count(
			"Peserta", {"kegiatan": self.kegiatan, "berhenti_sejak": ["is", "not set"]}
		)
		if self.baru_berstatus("Dikirim") and not self.jumlah_peserta:
			frappe.throw(_("Belum ada peserta. BPJS memerlukan daftar nama tenaga kerja."))

	def hitung_iuran(self):
		"""Premium by the tariff in force on the planned start, with its working: by value, or by wages when known."""
		k = frappe.db.get_value(
			"Kegiatan",
			self.kegiatan,
			["nilai_kegiatan", "dasar_iuran", "tanggal_mulai", "tanggal_selesai"],
			as_dict=True,
		)
		self.nilai_kegiatan = k.nilai_kegiatan
		if self.cara_hitung == upah.UPAH:
			self.tarif, hasil = upah.hitung(self, k)
		else:
			upah.kosongkan(self)
			self.tarif, hasil = iuran_menurut_tarif(desimal(k.dasar_iuran), k.tanggal_mulai)
		self.dasar_iuran = float(hasil.dasar)
		self.jkk, self.jkm, self.iuran = float(hasil.jkk), float(hasil.jkm), float(hasil.total)
		self.terbilang = hasil.terbilang
		self.set("rincian", [])
		for r in hasil.rincian:
			self.append(
				"rincian",
				{
					"dari": float(r.dari),
					"sampai": float(r.sampai or 0),
					"dasar": float(r.dasar),
					"jkk_persen": float(r.jkk_persen),
					"jkm_persen": float(r.jkm_persen),
					"jkk": float(r.jkk),
					"jkm": float(r.jkm),
				},
			)

	def hapus_tambahan(self):
		"""The premium that is computed now holds what addenda added; nothing of it waits apart any more."""
		frappe.db.set_value("Kegiatan", self.kegiatan, "tambahan_iuran", 0, update_modified=False)

	def periksa_belum_disesuaikan(self):
		if not self.docstatus and any(self.get(f) for f in (*PERPANJANGAN, *TAMBAHAN)):
			frappe.throw(
				_("Perpanjangan dan iuran tambahan dicatat setelah sertifikat terbit."), PenyesuaianTidakSah
			)

	def perpanjang(self):
		"""Lengthen the cover by BPJS's own paper. Never shortens it. Raises PenyesuaianTidakSah."""
		if not self.perpanjangan_sampai or not self.bukti_perpanjangan:
			frappe.throw(
				_("Isi Perlindungan Diperpanjang Sampai bersama Bukti Perpanjangan dari BPJS."),
				PenyesuaianTidakSah,
			)
		if getdate(self.perpanjangan_sampai) < getdate(self.berlaku_sampai):
			frappe.throw(
				_("Perpanjangan tidak boleh mendahului akhir perlindungan sekarang, {0}.").format(
					formatdate(self.berlaku_sampai)
				),
				PenyesuaianTidakSah,
			)
		self.berlaku_sampai = self.perpanjangan_sampai

	def lunasi_tambahan(self):
		"""Settle with BPJS what addenda changed in the premium, or a part of it.

		`tambahan_dibayar` is the sum of all such payments (less than zero: BPJS paid back); what it grows by goes
		off the kegiatan's `tambahan_iuran`, whose sign it must have and which it cannot exceed. Raises
		PenyesuaianTidakSah.
		"""
		if not all(self.get(f) for f in TAMBAHAN):
			frappe.throw(
				_("Isi Iuran Tambahan Dibayar bersama waktu dan buktinya."),
				PenyesuaianTidakSah,
			)
		if get_datetime(self.tambahan_dibayar_pada) > now_datetime():
			frappe.throw(_("Iuran Tambahan Dibayar Pada tidak boleh sesudah saat ini."), PenyesuaianTidakSah)
		if self.cara_hitung == upah.UPAH:
			return  # BPJS computes it from wages and months, which no addendum tells
		terbuka = desimal(frappe.db.get_value("Kegiatan", self.kegiatan, "tambahan_iuran", for_update=True))
		bayar = desimal(self.tambahan_dibayar) - desimal(self.get_doc_before_save().tambahan_dibayar)
		if bayar:
			if not min(terbuka, 0) <= bayar <= max(terbuka, 0):
				frappe.throw(
					_("Yang dicatat {0}, sedangkan selisih iuran yang belum diselesaikan {1}.").format(
						format_rupiah(bayar), format_rupiah(terbuka)
					),
					PenyesuaianTidakSah,
				)
			frappe.db.set_value(
				"Kegiatan", self.kegiatan, "tambahan_iuran", float(terbuka - bayar), update_modified=False
			)

	def periksa_tagihan(self):
		"""BPJS may round otherwise; then the difference needs a reason. Raises TagihanBerbeda."""
		sebelum = self.get_doc_before_save()
		if sebelum and sebelum.status in ("Ditagih", "Diangsur", "Lunas") and sebelum.tagihan != self.tagihan:
			frappe.throw(_("Nilai Tagihan tidak dapat diubah setelah ditagih."), DokumenTerkunci)
		beda = desimal(self.tagihan) - desimal(self.iuran)
		if self.tagihan and beda and not (self.alasan_selisih or "").strip():
			frappe.throw(
				_("Tagihan berbeda {0} dari hasil perhitungan {1}. Isi Alasan Selisih Tagihan.").format(
					format_rupiah(abs(beda)), format_rupiah(desimal(self.iuran))
				),
				TagihanBerbeda,
			)

	def periksa_pembayaran(self):
		if self.dibayar_pada and get_datetime(self.dibayar_pada) > now_datetime():
			frappe.throw(_("Dibayar Pada tidak boleh sesudah saat ini."))

	def periksa_masa(self):
		if not self.berlaku_mulai or not self.berlaku_sampai:
			return
		if getdate(self.berlaku_sampai) < getdate(self.berlaku_mulai):
			frappe.throw(_("Perlindungan Sampai tidak boleh mendahului Perlindungan Mulai."))
		if self.dibayar_pada and getdate(self.berlaku_mulai) < getdate(self.dibayar_pada):
			frappe.throw(_("Perlindungan tidak dapat mulai sebelum iuran dibayar."))

	def teruskan_ke_kegiatan(self):
		"""The kegiatan and its people follow what BPJS has received and confirmed."""
		kegiatan = frappe.get_doc("Kegiatan", self.kegiatan)
		pertama_dikirim = self.status == "Dikirim" and kegiatan.status == "Disetujui DPMPPA"
		frappe.db.set_value(
			"Kegiatan",
			self.kegiatan,
			{"status_pendaftaran": self.status, "diserahkan_bpjs": self.diserahkan_bpjs},
			update_modified=False,
		)
		kegiatan.reload()
		if self.status == "Dikirim":
			self._tulis_peserta("Diusulkan", "Terdaftar")
			upah.laporkan(self)
		if pertama_dikirim:
			kegiatan.pindahkan("Didaftarkan BPJS")
			frappe.db.set_value(
				"Surat Keputusan", {"kegiatan": self.kegiatan, "docstatus": 1}, "diserahkan_bpjs", 1
			)
		elif self.status == "Bersertifikat":
			kegiatan.pindahkan("Terlindungi")
			self._tulis_peserta("Terdaftar", "Terlindungi")

	def _tulis_peserta(self, dari: str, status: str):
		"""Only who was on the list that BPJS received goes on; who came later waits."""
		p = frappe.qb.DocType("Peserta")
		frappe.qb.update(p).set(p.status, status).set(p.diserahkan_bpjs, 1).where(
			(p.kegiatan == self.kegiatan) & (p.status == dari) & p.berhenti_sejak.isnull()
		).run()


def on_doctype_update():
	pasang_indeks("Pendaftaran BPJS")


@frappe.whitelist()
def usulan_masa_perlindungan(pendaftaran: str) -> dict[str, str]:
	"""Dates to offer on the certificate: from the later of payment and start, to the end of maintenance."""
	doc = frappe.get_doc("Pendaftaran BPJS", pendaftaran)
	doc.check_permission("read")
	k = frappe.db.get_value(
		"Kegiatan", doc.kegiatan, ["tanggal_mulai", "tanggal_selesai", "masa_pemeliharaan"], as_dict=True
	)
	mulai = max(filter(None, [getdate(k.tanggal_mulai), doc.dibayar_pada and getdate(doc.dibayar_pada)]))
	return {
		"berlaku_mulai": str(mulai),
		"berlaku_sampai": str(add_days(k.tanggal_selesai, k.masa_pemeliharaan or 0)),
	}
