import frappe
from frappe import _
from frappe.utils import get_datetime, get_fullname, getdate, now_datetime

from kampung_bahagia.aturan.nomor_surat import susun_nomor
from kampung_bahagia.izin.dokumen import DokumenBeralur, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan
from kampung_bahagia.tata_kelola.penomoran import ambil_nomor
from kampung_bahagia.tata_kelola.pindaian import periksa_pindaian

KEGIATAN_DISETUJUI = ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan")


class SuratKeputusan(DokumenBeralur):
	sumber_wilayah = "kegiatan"

	def before_validate(self):
		if self.is_new():
			self.isi_usulan_awal()

	def validate(self):
		self.periksa_alur()
		self.periksa_kegiatan()
		self.periksa_masa()
		self.periksa_lampiran()
		self.periksa_belum_dipindai()

	def before_submit(self):
		self.tetapkan()

	def before_update_after_submit(self):
		self.periksa_alur()
		self.bubuhkan_pindaian()
		if self.baru_berstatus("Dicabut", "Diganti"):
			self.akhiri_dokumen()

	def on_submit(self):
		if self.cara_tanda_tangan == resmi.ELEKTRONIK:
			self.tandatangani_elektronik()  # first: a service may take its time, and others wait for the people's rows
		self.sebut_peserta()

	def on_update_after_submit(self):
		if self.baru_berstatus("Dicabut", "Diganti"):
			self.lepas_peserta()

	def isi_usulan_awal(self):
		"""What the kegiatan already knows: title, period and everyone not yet named in an SK."""
		k = frappe.db.get_value(
			"Kegiatan", self.kegiatan, ["judul", "tanggal_mulai", "tanggal_selesai"], as_dict=True
		)
		if not k:
			return
		self.tentang = self.tentang or f"Penugasan Warga dalam Kegiatan {k.judul}"
		self.berlaku_mulai = self.berlaku_mulai or k.tanggal_mulai
		self.berlaku_sampai = self.berlaku_sampai or k.tanggal_selesai
		if not self.lampiran:
			for p in frappe.get_all(
				"Peserta",
				filters={"kegiatan": self.kegiatan, "surat_keputusan": ["is", "not set"]},
				fields=["name", "tugas"],
				order_by="nama",
			):
				self.append("lampiran", {"peserta": p.name, "tugas": p.tugas})

	def periksa_kegiatan(self):
		if not self.sedang_disusun():
			return
		status = frappe.db.get_value("Kegiatan", self.kegiatan, "status")
		if status not in KEGIATAN_DISETUJUI:
			frappe.throw(
				_("SK dibuat setelah kegiatan disetujui DPMPPA. Status kegiatan sekarang: {0}.").format(
					frappe.bold(status)
				)
			)

	def periksa_masa(self):
		if getdate(self.berlaku_sampai) < getdate(self.berlaku_mulai):
			frappe.throw(_("Berlaku Sampai tidak boleh mendahului Berlaku Mulai."))

	def periksa_lampiran(self):
		"""Names people of this kegiatan, each once; the names stand here as they were when it was signed."""
		if not self.lampiran:
			frappe.throw(_("Daftarkan dahulu peserta kegiatan; SK harus menyebut nama warga."))
		orang = {
			p.name: p
			for p in frappe.get_all(
				"Peserta",
				filters={"name": ["in", [b.peserta for b in self.lampiran]], "kegiatan": self.kegiatan},
				fields=["name", "nama", "nik_samar"],
				order_by="nama",
			)
		}
		for baris in self.lampiran:
			p = orang.pop(baris.peserta, None)
			if not p:
				frappe.throw(
					_("Lampiran baris {0} bukan peserta kegiatan ini, atau disebut dua kali.").format(
						baris.idx
					)
				)
			baris.nama, baris.nik_samar = p.nama, p.nik_samar

	def periksa_belum_dipindai(self):
		"""What is not signed yet has no signed scan; one put in early would escape its fingerprint."""
		if self.pindaian:
			frappe.throw(_("Pindaian diunggah setelah SK ditetapkan dan ditandatangani."), DokumenTerkunci)

	def tetapkan(self):
		"""Number, date and signatory, in the transaction that makes the decree final.

		The counter row stays locked until that transaction ends, and a rollback gives its number back: the
		numbers of an RT run through the year without a gap.
		"""
		self.ditetapkan_pada = now_datetime()
		self.penanda_tangan = frappe.session.user
		self.nama_penanda_tangan = get_fullname(frappe.session.user)
		# the legal bases as they stand today: a later change of the settings leaves this decree as it was signed
		self.mengingat = frappe.db.get_single_value("Pengaturan Kampung Bahagia", "dasar_mengingat")
		tanggal = getdate(self.ditetapkan_pada)
		rt = frappe.db.get_value("RT", self.rt, ["nomor", "kelurahan"], as_dict=True)
		templat = frappe.db.get_single_value("Pengaturan Kampung Bahagia", "templat_nomor_sk")
		kelurahan = frappe.db.get_value("Kelurahan", rt.kelurahan, "nama").upper()
		while True:
			seq = ambil_nomor(f"SK {self.rt} {tanggal.year} ")
			with menurut_aturan():
				self.nomor = susun_nomor(templat, seq=seq, tanggal=tanggal, rt=rt.nomor, KEL=kelurahan)
			# a counter that was set back must not give a number twice
			if not frappe.db.exists("Surat Keputusan", {"rt": self.rt, "nomor": self.nomor}):
				return

	def bubuhkan_pindaian(self):
		"""The signed scan, uploaded once, makes the decree official. Raises DokumenTerkunci on a second one, and
		PindaianTidakTerbaca.
		"""
		sebelum = self.get_doc_before_save()
		if self.pindaian == sebelum.pindaian:
			return
		if self.status != "Ditetapkan" or sebelum.status != "Ditetapkan":
			frappe.throw(
				_("Unggah SK bertanda tangan saat berstatus Ditetapkan, terpisah dari tindakan lain."),
				DokumenTerkunci,
			)
		if sebelum.dokumen_resmi:
			frappe.throw(_("Pindaian SK yang sudah diunggah tidak dapat diganti."), DokumenTerkunci)
		nama = frappe.db.get_value(
			"File",
			{"file_url": self.pindaian, "attached_to_doctype": self.doctype, "attached_to_name": self.name},
			"name",
		)
		if not nama:
			frappe.throw(_("Unggah pindaian melalui formulir SK ini."))
		isi = frappe.get_doc("File", nama).isi_byte()
		periksa_pindaian(isi)
		self.sidik_pindaian = resmi.sidik_berkas(isi)
		self.jadikan_resmi(resmi.BASAH)
		self.siapkan_jejak("Bubuhkan Tanda Tangan", jabatan="Ketua RT", dari=self.status)

	def tandatangani_elektronik(self):
		"""Render, sign and make official, in the transaction of *Tetapkan*. Raises TandaTanganDitolak."""
		berkas = resmi.tandatangani(
			self, self.jabatan_penanda_tangan(), f"{self.nomor} tentang {self.tentang}"
		)
		self.pindaian, self.sidik_pindaian = berkas.alamat, berkas.sidik
		self.jadikan_resmi(resmi.ELEKTRONIK, berkas.kode)
		self.db_set(
			{kolom: self.get(kolom) for kolom in ("pindaian", "sidik_pindaian", "dokumen_resmi")},
			update_modified=False,
		)

	def jabatan_penanda_tangan(self) -> str:
		rt = frappe.db.get_value("RT", self.rt, "nomor")
		return f"Ketua RT {rt:03} Kelurahan {frappe.db.get_value('Kelurahan', self.kelurahan, 'nama')}"

	def jadikan_resmi(self, cara: str, kode: str | None = None):
		self.dokumen_resmi = resmi.terbitkan(
			self,
			jenis="Keputusan Ketua RT",
			perihal=self.tentang,
			penerbit=self.jabatan_penanda_tangan(),
			penanda_tangan=self.penanda_tangan,
			nama_penanda_tangan=self.nama_penanda_tangan,
			tanggal=getdate(self.ditetapkan_pada),
			nama=[b.nama for b in self.lampiran],
			cara=cara,
			berkas=self.pindaian,
			sidik=self.sidik_pindaian,
			kode=kode,
		).name
		# those that were replaced while this one waited for its signature
		for lama in frappe.get_all(
			"Surat Keputusan",
			filters={"kegiatan": self.kegiatan, "status": "Diganti", "dokumen_resmi": ["is", "set"]},
			fields=["dokumen_resmi", "dicabut_pada", "ditetapkan_pada"],
			order_by="name",
		):
			tanpa_pengganti = not frappe.db.get_value(resmi.RESMI, lama.dokumen_resmi, "diganti_oleh")
			if tanpa_pengganti and lama.ditetapkan_pada < get_datetime(self.ditetapkan_pada):
				resmi.akhiri(lama.dokumen_resmi, resmi.DIGANTI, lama.dicabut_pada, self.dokumen_resmi)

	def akhiri_dokumen(self):
		"""Revoked or replaced, also for who asks by its code: by the newest signed decree of the kegiatan."""
		self.dicabut_pada = self.dicabut_pada or now_datetime()
		if not self.dokumen_resmi:
			return
		pengganti = None
		if self.status == "Diganti":
			pengganti = frappe.db.get_value(
				"Surat Keputusan",
				{
					"kegiatan": self.kegiatan,
					"status": "Ditetapkan",
					"dokumen_resmi": ["is", "set"],
					"ditetapkan_pada": [">", self.ditetapkan_pada],
				},
				"dokumen_resmi",
				order_by="ditetapkan_pada desc",
			)
		resmi.akhiri(self.dokumen_resmi, self.status, self.dicabut_pada, pengganti)

	def sebut_peserta(self):
		p = frappe.qb.DocType("Peserta")
		frappe.qb.update(p).set(p.surat_keputusan, self.name).where(
			p.name.isin([b.peserta for b in self.lampiran])
		).run()
		self.diserahkan_bpjs = frappe.db.get_value("Kegiatan", self.kegiatan, "diserahkan_bpjs")
		frappe.db.set_value(
			self.doctype, self.name, "diserahkan_bpjs", self.diserahkan_bpjs, update_modified=False
		)
		frappe.db.set_value("Kegiatan", self.kegiatan, "surat_keputusan", self.name)

	def lepas_peserta(self):
		"""People of a revoked decree are named in none, until a new one names them."""
		p = frappe.qb.DocType("Peserta")
		frappe.qb.update(p).set(p.surat_keputusan, None).where(p.surat_keputusan == self.name).run()
		kegiatan = frappe.qb.DocType("Kegiatan")
		frappe.qb.update(kegiatan).set(kegiatan.surat_keputusan, None).where(
			(kegiatan.name == self.kegiatan) & (kegiatan.surat_keputusan == self.name)
		).run()


def on_doctype_update():
	pasang_indeks("Surat Keputusan")
