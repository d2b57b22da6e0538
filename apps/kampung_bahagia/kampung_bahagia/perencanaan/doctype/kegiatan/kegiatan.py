from decimal import ROUND_HALF_UP, Decimal

import frappe
from frappe import _
from frappe.utils import cint, flt, formatdate, getdate, now_datetime

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.bilangan import periksa_rupiah
from kampung_bahagia.aturan.iuran import dasar_iuran
from kampung_bahagia.aturan.kemiripan import jarak, periksa_titik
from kampung_bahagia.aturan.pagu import periksa_pagu
from kampung_bahagia.aturan.pokja import kekurangan_pokja
from kampung_bahagia.aturan.rab import selisih_harga
from kampung_bahagia.aturan.tenggat import jumlah_hari_kerja
from kampung_bahagia.izin.dokumen import DokumenBeralur, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perencanaan.doctype.lpj_kegiatan.lpj_kegiatan import kekurangan_lpj
from kampung_bahagia.perencanaan.foto import lekatkan, periksa_foto
from kampung_bahagia.perencanaan.pagu import pemakaian_pagu
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar

JAUH_DARI_RT = 5  # kilometres from which on the point of a kegiatan is asked about
ISI_FOTO = ("tahap", "foto", "tanggal", "keterangan")
NILAI_TERBESAR = 10**12  # rupiah; what a Currency column holds
TERIKAT_PAGU = (
	"Diajukan",
	"Diverifikasi Lurah",
	"Disetujui DPMPPA",
)  # steps that ask for room in the ceiling
# what an approved addendum puts in place of the values before
KOLOM_ADENDUM = ("tanggal_mulai", "tanggal_selesai", "masa_pemeliharaan", "ppn", "swadaya")
KOLOM_RAB = ("uraian", "jenis", "volume", "satuan", "harga_satuan", "dasar_iuran", "standar_harga")


class UsulanTidakSah(frappe.ValidationError):
	pass


class MelebihiPagu(frappe.ValidationError):
	pass


class KegiatanBelumLengkap(frappe.ValidationError):
	pass


class LPJBelumDiterima(frappe.ValidationError):
	pass


class Kegiatan(DokumenBeralur):
	kolom_menyusul = frozenset({"kemajuan", "tambahan_iuran", "tanda_ganda", "tanda_pecah", "bukti_tanda"})

	def check_if_latest(self):
		# the RT before the file: two files of one RT that are decided at once wait here, not for each other's rows
		if not self.is_new() and (self.status in TERIKAT_PAGU or self.flags.adendum):
			frappe.db.get_value("RT", self.rt, "name", for_update=True)
		super().check_if_latest()

	def validate(self):
		self.periksa_alur()
		self.periksa_musyawarah()
		self.periksa_usulan()
		self.periksa_masa()
		self.periksa_lokasi()
		self.periksa_foto()
		if self.sedang_disusun():
			self.catatan_harga = bandingkan_harga(self.rab, self.tanggal_mulai)
			self.hitung_nilai()
			self.isi_jadwal()
			self.bersihkan_perlindungan()
		if self.baru_berstatus("Diajukan"):
			self.periksa_kelengkapan()
		if self.baru_berstatus(*TERIKAT_PAGU):
			self.periksa_pagu()

	def before_update_after_submit(self):
		self.periksa_alur()
		self.periksa_foto()
		self.periksa_bukti_awal()
		if self.flags.adendum:
			self.catatan_harga = bandingkan_harga(self.rab, self.tanggal_mulai)
			self.hitung_nilai()
			self.isi_jadwal()
			self.periksa_pagu()
		if self.baru_berstatus("Berjalan"):
			self.dimulai_pada = now_datetime()
		if self.baru_berstatus("Serah Terima"):
			self.periksa_foto_sesudah()
		if self.baru_berstatus("Selesai"):
			self.periksa_lpj()
		if self.baru_berstatus("Selesai", "Dihentikan"):
			self.diselesaikan_pada = now_datetime()

	def on_update(self):
		sebelum = self.get_doc_before_save()
		lekatkan(self, {f.foto for f in self.foto} - {f.foto for f in (sebelum.foto if sebelum else ())})

	def on_update_after_submit(self):
		self.on_update()

	def periksa_musyawarah(self):
		"""No kegiatan without a legitimate musyawarah of the same RT. Raises UsulanTidakSah."""
		m = frappe.db.get_value(
			"Musyawarah",
			self.musyawarah,
			["rt", "status", "kuorum_tercapai"],
			as_dict=True,
			for_update=self.is_new(),  # two kegiatan for one usulan wait for each other here
		)
		if not m or m.status != "Disahkan" or not m.kuorum_tercapai:
			frappe.throw(
				_(
					"Musyawarah {0} belum disahkan lurah. Kegiatan hanya dapat dibuat dari musyawarah yang sah."
				).format(self.musyawarah),
				UsulanTidakSah,
			)
		if m.rt != self.rt:
			frappe.throw(_("Musyawarah {0} bukan milik RT ini.").format(self.musyawarah), UsulanTidakSah)

	def periksa_usulan(self):
		"""The usulan was decided there, and no other kegiatan carries it out. Raises UsulanTidakSah."""
		u = frappe.db.get_value(
			"Usulan",
			{"name": self.usulan, "parent": self.musyawarah, "parenttype": "Musyawarah"},
			["judul", "kategori", "keputusan"],
			as_dict=True,
		)
		if not u or u.keputusan != "Diputuskan":
			frappe.throw(
				_("Pilih usulan yang berkeputusan Diputuskan pada musyawarah {0}.").format(self.musyawarah),
				UsulanTidakSah,
			)
		self.usulan_judul, self.kategori = u.judul, u.kategori
		lain = frappe.db.get_value(
			"Kegiatan",
			{"usulan": self.usulan, "name": ["!=", self.name], "status": ["!=", "Ditolak"]},
			"name",
			for_update=self.is_new(),
		)
		if lain:
			frappe.throw(_("Usulan ini sudah menjadi kegiatan {0}.").format(lain), UsulanTidakSah)

	def periksa_lpj(self):
		if kurang := kekurangan_lpj(self.name):
			frappe.throw(kurang, LPJBelumDiterima, title=_("LPJ belum diterima"))

	def periksa_masa(self):
		if getdate(self.tanggal_selesai) < getdate(self.tanggal_mulai):
			frappe.throw(_("Rencana Selesai tidak boleh mendahului Rencana Mulai."))

	def periksa_lokasi(self):
		"""A point in Indonesia, or none."""
		with menurut_aturan():
			periksa_titik(flt(self.lintang), flt(self.bujur))

	def ingatkan_jauh(self, titik_rt: tuple[float, float]):
		"""Tell who is writing that the point lies far from the RT's own; it may be right all the same."""
		titik = (flt(self.lintang), flt(self.bujur))
		if all(titik) and all(titik_rt) and (km := jarak(titik, titik_rt) / 1000) > JAUH_DARI_RT:
			frappe.msgprint(
				_("Titik lokasi berjarak {0} km dari titik RT. Periksa kembali.").format(round(km)),
				indicator="orange",
				alert=True,
			)

	def periksa_foto(self):
		for f in self.foto:
			periksa_foto(f.foto, _("Foto baris {0}").format(f.idx))
			if f.tanggal and getdate(f.tanggal) > getdate():
				frappe.throw(_("Foto baris {0}: tanggal tidak boleh sesudah hari ini.").format(f.idx))

	def periksa_bukti_awal(self):
		"""What the place looked like before is evidence once the plan was approved: more may come, nothing goes."""
		kini = {f.name: f for f in self.foto}
		for lama in self.get_doc_before_save().foto:
			if lama.tahap == "Sebelum" and not (
				lama.name in kini and all(_sama(lama.get(x), kini[lama.name].get(x)) for x in ISI_FOTO)
			):
				frappe.throw(
					_(
						"Foto baris {0} (Sebelum) menjadi bukti sejak kegiatan disetujui, sehingga tidak dapat dihapus "
						"atau diubah. Tambahkan foto baru bila perlu."
					).format(lama.idx),
					DokumenTerkunci,
				)

	def periksa_foto_sesudah(self):
		if self._foto_wajib() and not any(f.tahap == "Sesudah" for f in self.foto):
			frappe.throw(
				_("Unggah sedikitnya satu foto Sesudah pada bagian Foto, lalu serah terimakan."),
				KegiatanBelumLengkap,
				title=_("Foto belum lengkap"),
			)

	@staticmethod
	def _foto_wajib() -> bool:
		return bool(cint(frappe.get_cached_doc("Pengaturan Kampung Bahagia").foto_wajib))

	def bersihkan_perlindungan(self):
		if self.konstruksi:
			self.perlindungan_lain = None
		if self.perlindungan_lain != "Tanpa Risiko Kerja":
			self.alasan_perlindungan = None

	def isi_jadwal(self):
		"""Budget year, working days by the national calendar, and the window of the RT's group in that year."""
		mulai, selesai = getdate(self.tanggal_mulai), getdate(self.tanggal_selesai)
		self.tahun_anggaran = mulai.year
		self.hari_kerja = jumlah_hari_kerja(mulai, selesai)
		rt = frappe.db.get_value("RT", self.rt, ["kelompok", "lintang", "bujur"], as_dict=True)
		self.ingatkan_jauh((flt(rt.lintang), flt(rt.bujur)))
		self.kelompok = rt.kelompok
		jendela = self.kelompok and frappe.db.get_value(
			"Jendela Pelaksanaan",
			{"tahun": mulai.year, "kelompok": self.kelompok},
			["mulai", "selesai"],
			as_dict=True,
		)
		self.jendela_mulai, self.jendela_selesai = (
			(jendela.mulai, jendela.selesai) if jendela else (None, None)
		)
		self.di_luar_jendela = int(bool(jendela and (mulai < jendela.mulai or selesai > jendela.selesai)))
		if not self.di_luar_jendela:
			self.alasan_di_luar_jendela = None

	def periksa_kelengkapan(self):
		"""Raises KegiatanBelumLengkap, naming all that lacks at once."""
		if kurang := self.kekurangan():
			tolak_dengan_daftar(
				_("Kegiatan belum dapat diajukan:"),
				kurang,
				KegiatanBelumLengkap,
				_("Kegiatan belum lengkap"),
			)

	def kekurangan(self) -> list[str]:
		"""What the plan still lacks before it may be submitted, in words for the Ketua RT."""
		kurang = []
		if pokja := self.kekurangan_pokja():
			kurang.append(
				_("Pokja RT belum memiliki: {0}. Mintalah DPMPPA melengkapi Pokja pada data RT.").format(
					", ".join(pokja)
				)
			)
		if self._foto_wajib() and not any(f.tahap == "Sebelum" for f in self.foto):
			kurang.append(_("Foto lokasi sebelum pekerjaan belum diunggah (bagian Foto, tahap Sebelum)."))
		if not self.konstruksi and not self.perlindungan_lain:
			kurang.append(_("Bukan konstruksi: pilih Perlindungan Lain bagi warga yang bekerja."))
		if self.perlindungan_lain == "Tanpa Risiko Kerja" and not (self.alasan_perlindungan or "").strip():
			kurang.append(_("Tulis mengapa kegiatan ini tanpa risiko kerja."))
		if self.di_luar_jendela and not (self.alasan_di_luar_jendela or "").strip():
			kurang.append(
				_(
					"Waktu kegiatan di luar jendela Kelompok {0} ({1} sampai {2}). Ubah waktunya atau isi Alasan di "
					"Luar Jendela."
				).format(self.kelompok, formatdate(self.jendela_mulai), formatdate(self.jendela_selesai))
			)
		return kurang

	def kekurangan_pokja(self) -> list[str]:
		syarat = (frappe.get_cached_doc("Pengaturan Kampung Bahagia").syarat_pokja or "").splitlines()
		anggota = frappe.get_all(
			"Anggota Pokja",
			{"parent": self.rt, "parenttype": "RT"},
			["jabatan", "unsur"],
			order_by="idx",
			as_list=True,
		)
		return kekurangan_pokja(anggota, [s.strip() for s in syarat if s.strip()])

	def periksa_pagu(self):
		"""The programme's money fits what the RT has left in its year. Raises MelebihiPagu with the numbers."""
		self.ketentuan_pagu, pemakaian = pemakaian_pagu(
			self.rt, self.tahun_anggaran, self.tanggal_mulai, kecuali=self.name, kunci=True
		)
		try:
			sisa = periksa_pagu(self.dana_program(), pemakaian)
		except AturanError as galat:
			frappe.throw(
				str(galat), MelebihiPagu, title=_("Melebihi pagu RT {0}").format(self.tahun_anggaran)
			)
		self.pagu, self.pagu_sisa = float(pemakaian.pagu), float(sisa)
		self.pagu_terpakai = float(pemakaian.terpakai)
		self.pagu_direncanakan = float(pemakaian.direncanakan)

	def dana_program(self) -> Decimal:
		"""Rupiah that count against the ceiling: the value less the residents' own share."""
		return desimal(self.nilai_kegiatan) - desimal(self.swadaya)

	def hitung_nilai(self):
		nilai, dasar = jumlahkan_rab(self)
		self.nilai_kegiatan, self.dasar_iuran = float(nilai), float(dasar)

	def terapkan_adendum(self, adendum) -> None:
		"""Put the values of an approved addendum in place of those before it; the addendum keeps both.

		Called in the transaction of its approval, under the approver's office; the ceiling is checked again.
		"""
		self.update({kolom: adendum.get(kolom) for kolom in KOLOM_ADENDUM})
		self.set("rab", [{kolom: b.get(kolom) for kolom in KOLOM_RAB} for b in adendum.rab])
		self.versi = adendum.versi
		self.flags.update({"adendum": adendum.name, "oleh_sistem": True, "ignore_permissions": True})
		self.flags.ignore_validate_update_after_submit = (
			True  # the framework lets nothing of this change otherwise
		)
		self.siapkan_jejak("Terapkan Adendum", jabatan="DPMPPA", dari=self.status)
		self.save()


def _sama(lama, baru) -> bool:
	return str(lama or "") == str(baru or "")


def jumlahkan_rab(rencana) -> tuple[Decimal, Decimal]:
	"""Sum of the lines and base of the premium (chosen lines less PPN), in whole rupiah per line.

	`rencana` is a Kegiatan or its Adendum; each line's `jumlah` is written. Throws for a sum of nothing, and for
	PPN above the base or residents' own share above the sum.
	"""
	nilai = dasar = Decimal(0)
	for baris in rencana.rab:
		jumlah = desimal(baris.volume) * desimal(baris.harga_satuan)
		with menurut_aturan():
			periksa_rupiah(jumlah, f"Jumlah RAB baris {baris.idx}")
		jumlah = jumlah.quantize(Decimal(1), ROUND_HALF_UP)
		baris.jumlah = float(jumlah)
		nilai += jumlah
		if baris.dasar_iuran:
			dasar += jumlah
	if nilai >= NILAI_TERBESAR:
		frappe.throw(_("Nilai kegiatan terlalu besar. Periksa volume dan harga pada RAB."))
	if nilai <= 0:
		frappe.throw(_("Isi volume dan harga pada RAB; nilai kegiatan masih nol."))
	with menurut_aturan():
		dasar = dasar_iuran(dasar, desimal(rencana.ppn))
		swadaya = periksa_rupiah(desimal(rencana.swadaya), _("Swadaya Warga"))
	if swadaya > nilai:
		frappe.throw(_("Swadaya Warga melebihi nilai kegiatan."))
	return nilai, dasar


def bandingkan_harga(rab: list, pada) -> str | None:
	"""Set each line beside the price list in force on the date `pada`; say which are far off, None when none is.

	A line finds its price by the link, or by the same words and unit; `standar_harga`, `harga_acuan` and
	`selisih_persen` are written to it, where it keeps them. Nothing is refused for its price: the list may be behind
	the market, and whoever decides sees the difference. Throws for a unit that is not the list's.
	"""
	standar = _standar_harga(rab, pada)
	nama = {s.name: s for s in standar}
	kata = {(s.uraian.casefold(), s.satuan.casefold()): s for s in standar}
	batas = flt(frappe.get_cached_doc("Pengaturan Kampung Bahagia").batas_selisih_harga)
	jauh = []
	for b in rab:
		s = nama.get(b.standar_harga) or kata.get((b.uraian.strip().casefold(), b.satuan.strip().casefold()))
		if s and s.satuan.casefold() != b.satuan.strip().casefold():
			frappe.throw(
				_("RAB baris {0}: satuan {1} berbeda dari standar harga ({2}). Samakan satuannya.").format(
					b.idx, frappe.bold(b.satuan), frappe.bold(s.satuan)
				)
			)
		b.standar_harga, b.harga_acuan, b.selisih_persen = (s.name, s.harga, None) if s else (None, 0, 0)
		if s:
			with menurut_aturan():
				b.selisih_persen = float(selisih_harga(desimal(b.harga_satuan), desimal(s.harga)))
			if abs(b.selisih_persen) > batas:
				arah = _("di atas") if b.selisih_persen > 0 else _("di bawah")
				jauh.append(
					_("Baris {0}, {1}: {2}% {3} harga acuan.").format(
						b.idx, b.uraian, f"{abs(b.selisih_persen):.0f}", arah
					)
				)
	return "\n".join(jauh) or None


def _standar_harga(rab: list, pada) -> list:
	s = frappe.qb.DocType("Standar Harga")
	tautan = sorted({b.standar_harga for b in rab if b.standar_harga})
	return (
		frappe.qb.from_(s)
		.select(s.name, s.uraian, s.satuan, s.harga)
		.where(s.uraian.isin(sorted({b.uraian.strip() for b in rab})) | s.name.isin(tautan or [""]))
		.where(s.berlaku_mulai <= pada)
		.where(s.berlaku_sampai.isnull() | (s.berlaku_sampai >= pada))
		.orderby(s.name)
		.run(as_dict=True)
	)


def on_doctype_update():
	pasang_indeks("Kegiatan")
