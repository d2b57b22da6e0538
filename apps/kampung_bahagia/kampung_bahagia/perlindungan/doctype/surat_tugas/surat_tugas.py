import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perlindungan.doctype.surat_keputusan.surat_keputusan import KEGIATAN_DISETUJUI
from kampung_bahagia.perlindungan.perubahan_sk import PENCABUTAN
from kampung_bahagia.tata_kelola.doctype.templat_surat.templat_surat import templat_pada
from kampung_bahagia.tata_kelola.masa_berlaku import periksa_urutan
from kampung_bahagia.tata_kelola.naskah import tanggal_indonesia
from kampung_bahagia.tata_kelola.surat_resmi import SuratResmi

DIKERJAKAN = ("Berjalan", "Serah Terima")  # presence is written down until the account of the work is closed


class SuratTugas(SuratResmi):
	sumber_wilayah = "kegiatan"
	jenis_dokumen = "Surat Tugas"
	sebutan = "surat tugas"

	def before_validate(self):
		if self.is_new():
			self.isi_usulan_awal()

	def validate(self):
		self.periksa_alur()
		self.periksa_belum_dipindai()
		if self.kehadiran:
			frappe.throw(_("Kehadiran dicatat setelah surat tugas ditetapkan."), DokumenTerkunci)
		if self.sedang_disusun():
			self.periksa_dasar_penugasan()
			self.periksa_petugas()

	def before_update_after_submit(self):
		super().before_update_after_submit()
		self.periksa_kehadiran()

	def isi_usulan_awal(self):
		"""What the signed decree and the kegiatan say: period, place, work, legal bases and everyone named."""
		k = frappe.db.get_value(
			"Kegiatan", self.kegiatan, ["judul", "lokasi", "tanggal_mulai", "tanggal_selesai"], as_dict=True
		)
		if not k:
			return
		self.surat_keputusan = self.surat_keputusan or frappe.db.get_value(
			"Surat Keputusan",
			{
				"kegiatan": self.kegiatan,
				"status": "Ditetapkan",
				"dokumen_resmi": ["is", "set"],
				"jenis": ["!=", PENCABUTAN],
			},
			"name",
			order_by="ditetapkan_pada desc",
		)
		sk = self.sk()
		if not sk:
			frappe.throw(
				_(
					"Kegiatan ini belum memiliki SK bertanda tangan yang berlaku. Tetapkan dan tanda tangani dahulu SK-nya."
				)
			)
		mulai, sampai = max(sk.berlaku_mulai, k.tanggal_mulai), min(sk.berlaku_sampai, k.tanggal_selesai)
		self.tentang = self.tentang or f"Pelaksanaan Kegiatan {k.judul}"
		self.berlaku_mulai = self.berlaku_mulai or mulai
		self.berlaku_sampai = self.berlaku_sampai or sampai
		self.tempat = self.tempat or k.lokasi
		self.untuk = self.untuk or f"melaksanakan pekerjaan {k.judul}"
		self.dasar = self.dasar or self.usulan_dasar(sk)
		if not self.lampiran:
			for p in self.warga_dalam_sk().values():
				self.append("lampiran", {"peserta": p.name, "tugas": p.tugas})

	def usulan_dasar(self, sk: frappe._dict) -> str:
		"""The legal bases of today's template, and the decree, one a line."""
		keputusan = (
			f"{self.jabatan_penerbit(sk.rt)} Nomor {sk.nomor} tanggal {tanggal_indonesia(sk.ditetapkan_pada)}"
		)
		dasar = templat_pada(self.jenis_dokumen, getdate(nowdate())).mengingat
		return f"{dasar.strip()}\nKeputusan {keputusan} tentang {sk.tentang}"

	@staticmethod
	def jabatan_penerbit(rt: str) -> str:
		return f"Ketua Rukun Tetangga {frappe.db.get_value('RT', rt, 'nomor'):03}"

	def sk(self) -> frappe._dict | None:
		kolom = (
			"kegiatan",
			"rt",
			"nomor",
			"tentang",
			"status",
			"ditetapkan_pada",
			"dokumen_resmi",
			"berlaku_mulai",
			"berlaku_sampai",
		)
		return self.surat_keputusan and frappe.db.get_value(
			"Surat Keputusan", self.surat_keputusan, kolom, as_dict=True
		)

	def warga_dalam_sk(self) -> dict[str, frappe._dict]:
		"""Peserta whom the decree names and who have not left, by name."""
		p, b = frappe.qb.DocType("Peserta"), frappe.qb.DocType("Peserta SK")
		baris = (
			frappe.qb.from_(b)
			.join(p)
			.on(p.name == b.peserta)
			.select(p.name, p.nama, p.nik_samar, b.tugas)
			.where((b.parent == self.surat_keputusan) & (b.parenttype == "Surat Keputusan"))
			.where((p.kegiatan == self.kegiatan) & (p.surat_keputusan == self.surat_keputusan))
			.orderby(b.idx)
			.run(as_dict=True)
		)
		return {satu.name: satu for satu in baris}

	def periksa_dasar_penugasan(self):
		"""Under a signed decree in force, within its period and the kegiatan's."""
		k = frappe.db.get_value(
			"Kegiatan", self.kegiatan, ["status", "tanggal_mulai", "tanggal_selesai"], as_dict=True
		)
		if k.status not in KEGIATAN_DISETUJUI:
			frappe.throw(
				_(
					"Surat tugas dibuat setelah kegiatan disetujui dan sebelum diserahterimakan. Status sekarang: {0}."
				).format(frappe.bold(k.status))
			)
		sk = self.sk()
		if not sk or sk.kegiatan != self.kegiatan or sk.status != "Ditetapkan" or not sk.dokumen_resmi:
			frappe.throw(_("Pilih SK kegiatan ini yang sudah bertanda tangan dan masih berlaku."))
		periksa_urutan(self)
		awal = max(getdate(sk.berlaku_mulai), getdate(k.tanggal_mulai))
		akhir = min(getdate(sk.berlaku_sampai), getdate(k.tanggal_selesai))
		if getdate(self.berlaku_mulai) < awal or getdate(self.berlaku_sampai) > akhir:
			frappe.throw(
				_("Hari bertugas harus dalam masa SK dan kegiatan: {0} sampai {1}.").format(
					formatdate(awal), formatdate(akhir)
				)
			)

	def periksa_petugas(self):
		"""People of the decree who have not left, each once; the names stand here as they were."""
		if not self.lampiran:
			frappe.throw(_("Pilih dahulu warga yang bertugas dari lampiran SK."))
		orang = self.warga_dalam_sk()
		for baris in self.lampiran:
			p = orang.pop(baris.peserta, None)
			if not p:
				frappe.throw(
					_(
						"Baris {0}: tidak disebut dalam SK, sudah tidak bertugas, atau disebut dua kali."
					).format(baris.idx)
				)
			baris.nama, baris.nik_samar = p.nama, p.nik_samar

	def periksa_kehadiran(self):
		"""Each person of the letter once for each day, on days of work that have come."""
		sebelum = {(getdate(b.tanggal), b.peserta): b.hadir for b in self.get_doc_before_save().kehadiran}
		sesudah = {(getdate(b.tanggal), b.peserta): int(bool(b.hadir)) for b in self.kehadiran}
		if len(sesudah) < len(self.kehadiran):
			frappe.throw(_("Kehadiran setiap orang dicatat satu kali untuk setiap hari."))
		if sesudah == sebelum:
			return
		if self.status != "Ditetapkan" or self.get_doc_before_save().status != "Ditetapkan":
			frappe.throw(_("Kehadiran dicatat saat surat tugas berstatus Ditetapkan."), DokumenTerkunci)
		if sebelum.keys() - sesudah.keys():
			frappe.throw(
				_("Hari yang sudah dicatat tidak dihapus. Ubah tanda hadirnya bila keliru."), DokumenTerkunci
			)
		nama = {b.peserta: b.nama for b in self.lampiran}
		self.periksa_hari({hari for hari, _p in sesudah if sebelum.get((hari, _p)) != sesudah[hari, _p]})
		for baris in self.kehadiran:
			if baris.peserta not in nama:
				frappe.throw(_("Kehadiran baris {0}: bukan warga dalam surat tugas ini.").format(baris.idx))
			baris.nama = nama[baris.peserta]
		self.siapkan_jejak("Catat Kehadiran", jabatan="Ketua RT", dari=self.status)

	def periksa_hari(self, hari: set):
		"""Raises ValidationError for a day outside the letter, in the future, or on which no work was under way."""
		k = frappe.db.get_value("Kegiatan", self.kegiatan, ["status", "dimulai_pada"], as_dict=True)
		if k.status not in DIKERJAKAN or not k.dimulai_pada:
			frappe.throw(
				_("Kehadiran dicatat selama kegiatan dikerjakan. Status kegiatan sekarang: {0}.").format(
					frappe.bold(k.status)
				)
			)
		awal = max(getdate(self.berlaku_mulai), getdate(k.dimulai_pada))
		akhir = min(getdate(self.berlaku_sampai), getdate(nowdate()))
		if lain := sorted(h for h in hari if not awal <= h <= akhir):
			frappe.throw(
				_("{0} bukan hari bertugas yang sudah dijalani ({1} sampai {2}).").format(
					formatdate(lain[0]), formatdate(awal), formatdate(akhir)
				)
			)


@frappe.whitelist()
def usulan(kegiatan: str) -> dict:
	"""Values of a new Surat Tugas of the kegiatan, to whoever may make one; raises PermissionError."""
	doc = frappe.new_doc("Surat Tugas")
	doc.kegiatan = kegiatan
	doc.check_permission("create")
	doc.isi_usulan_awal()
	kolom = ("surat_keputusan", "tentang", "berlaku_mulai", "berlaku_sampai", "tempat", "untuk", "dasar")
	orang = doc.warga_dalam_sk().values()
	return {k: doc.get(k) for k in kolom} | {
		"lampiran": [
			{"peserta": p.name, "nama": p.nama, "nik_samar": p.nik_samar, "tugas": p.tugas} for p in orang
		]
	}


@frappe.whitelist(methods=["POST"])
def catat_kehadiran(nama: str, tanggal: str, hadir: str | list[str]) -> None:
	"""Write down who of a Surat Tugas was there on a day: `hadir` names their Peserta (a list, or one as JSON).

	Whoever is not named was absent. A day may be written again while the work lasts; the ledger keeps both.
	"""
	doc = frappe.get_doc("Surat Tugas", nama)
	doc.check_permission("write")
	try:
		hari, ada = getdate(tanggal), {str(satu) for satu in frappe.parse_json(hadir)}
	except (TypeError, ValueError, frappe.ValidationError):
		frappe.throw(
			_("Tanggal atau daftar hadir tidak dikenali. Buka kembali formulirnya, lalu catat lagi.")
		)
	if asing := ada - {b.peserta for b in doc.lampiran}:
		frappe.throw(_("{0} bukan warga dalam surat tugas ini.").format(frappe.bold(sorted(asing)[0])))
	tercatat = {b.peserta: b for b in doc.kehadiran if getdate(b.tanggal) == hari}
	for petugas in doc.lampiran:
		baris = tercatat.get(petugas.peserta) or doc.append(
			"kehadiran", {"tanggal": hari, "peserta": petugas.peserta}
		)
		baris.hadir = int(petugas.peserta in ada)
	doc.save()


def on_doctype_update():
	pasang_indeks("Surat Tugas")
