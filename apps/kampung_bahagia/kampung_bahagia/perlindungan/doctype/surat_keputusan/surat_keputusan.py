import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perlindungan import perubahan_sk
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.naskah import susun_dasar
from kampung_bahagia.tata_kelola.surat_resmi import SuratResmi

KEGIATAN_DISETUJUI = ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan")


class SuratKeputusan(SuratResmi):
	sumber_wilayah = "kegiatan"
	jenis_dokumen = "Keputusan Ketua RT"
	sebutan = "SK"

	def before_validate(self):
		if self.is_new():
			self.isi_usulan_awal()
		perubahan_sk.susun_lampiran(self)

	def validate(self):
		self.periksa_alur()
		self.periksa_kegiatan()
		self.periksa_masa()
		perubahan_sk.periksa(self)
		self.periksa_lampiran()
		self.periksa_belum_dipindai()

	def on_submit(self):
		super().on_submit()  # first: a signing service may take its time, and others wait for the people's rows
		if self.jenis == perubahan_sk.PENETAPAN or self.dokumen_resmi:
			self.sebut_peserta()

	def on_update_after_submit(self):
		if self.baru_berstatus("Dicabut", "Diganti"):
			self.lepas_peserta()
		elif self.jenis != perubahan_sk.PENETAPAN and self.baru_resmi():
			self.sebut_peserta()

	def baru_resmi(self) -> bool:
		"""True when this very save brings the signed scan."""
		return bool(self.dokumen_resmi and not self.get_doc_before_save().dokumen_resmi)

	def isi_usulan_awal(self):
		"""What the kegiatan already knows: title, period and everyone not yet named in an SK."""
		k = frappe.db.get_value(
			"Kegiatan", self.kegiatan, ["judul", "tanggal_mulai", "tanggal_selesai"], as_dict=True
		)
		if not k:
			return
		if self.jenis in perubahan_sk.ATAS_SK:
			perubahan_sk.isi_usulan(self)
		self.tentang = self.tentang or f"Penugasan Warga dalam Kegiatan {k.judul}"
		self.berlaku_mulai = self.berlaku_mulai or k.tanggal_mulai
		self.berlaku_sampai = self.berlaku_sampai or k.tanggal_selesai
		if not self.lampiran and self.jenis != perubahan_sk.PENCABUTAN:
			for p in perubahan_sk.belum_disebut(self.kegiatan):
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
		if self.jenis == perubahan_sk.PENCABUTAN:
			return
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

	def tetapkan(self):
		super().tetapkan()
		# as they stand today: a later template leaves this decree as it was signed
		dasar = susun_dasar(self, getdate(self.ditetapkan_pada))
		self.mengingat = dasar["mengingat"]
		self.menimbang = dasar["menimbang"] if self.jenis == perubahan_sk.PENETAPAN else None

	def jadikan_resmi(self, cara: str, kode: str | None = None):
		super().jadikan_resmi(cara, kode)
		perubahan_sk.berlakukan(self)
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

	def pengganti_resmi(self) -> str | None:
		"""That of the newest signed decree of the kegiatan."""
		if self.status != "Diganti":
			return None
		return frappe.db.get_value(
			"Surat Keputusan",
			{
				"kegiatan": self.kegiatan,
				"status": "Ditetapkan",
				"jenis": ["!=", perubahan_sk.PENCABUTAN],
				"dokumen_resmi": ["is", "set"],
				"ditetapkan_pada": [">", self.ditetapkan_pada],
			},
			"dokumen_resmi",
			order_by="ditetapkan_pada desc",
		)

	def sebut_peserta(self):
		perubahan_sk.tulis_peserta(self)
		self.diserahkan_bpjs = frappe.db.get_value("Kegiatan", self.kegiatan, "diserahkan_bpjs")
		frappe.db.set_value(
			self.doctype, self.name, "diserahkan_bpjs", self.diserahkan_bpjs, update_modified=False
		)
		if self.jenis != perubahan_sk.PENCABUTAN:
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
