from __future__ import annotations

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import cint, formatdate, get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.kuorum import Kuorum, kuorum_lanjutan, kuorum_tercapai, paling_awal_lanjutan
from kampung_bahagia.aturan.peringkat import METODE, Nilai, susun_peringkat
from kampung_bahagia.aturan.usulan import mirip, rapikan
from kampung_bahagia.izin.data_pribadi import jumlah_kk
from kampung_bahagia.izin.dokumen import KEADAAN_PENYUSUNAN, DokumenBeralur
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.perencanaan.foto import lekatkan, periksa_foto
from kampung_bahagia.perencanaan.usulan import BERJALAN_DI_LURAH, usulan_terbuka
from kampung_bahagia.tata_kelola.jejak import JEJAK
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku

KERTAS, QR = "Daftar Kertas", "QR"
PENGATURAN = "Pengaturan Kampung Bahagia"
# states of a kegiatan about which each kind of meeting may decide
KEADAAN_KEGIATAN = {
	"Perubahan": ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"),
	"Serah Terima": ("Berjalan", "Serah Terima"),
}
KK_TERBANYAK = 2000  # invited; no RT has nearly as many
PENGURUS_POKJA = ("Ketua", "Sekretaris", "Bendahara")


class KuorumBelumTercapai(frappe.ValidationError):
	pass


class TidakPerluDitunda(frappe.ValidationError):
	pass


class LanjutanTidakSah(frappe.ValidationError):
	pass


class UndanganTidakWajar(frappe.ValidationError):
	pass


class UsulanGanda(frappe.ValidationError):
	pass


class SuaraMelebihiHadirin(frappe.ValidationError):
	pass


class KeputusanBelumLengkap(frappe.ValidationError):
	pass


class Musyawarah(DokumenBeralur):
	wajib_pada = {
		"Diajukan": ("berita_acara", "daftar_hadir_bertanda"),
		# or a meeting that nobody held would lower the quorum of the next
		"Ditunda": ("daftar_hadir_bertanda",),
	}
	kolom_jabatan = {"Pendamping": frozenset({"catatan_pendamping"})}

	def before_validate(self):
		if not self.kk_diundang and self.rt:
			self.kk_diundang = frappe.db.get_value("RT", self.rt, "jumlah_kk")

	def validate(self):
		self.periksa_alur()
		if self.sedang_disusun():
			self.gabungkan_hadirin()
			self.periksa_hadirin()
			self.periksa_lanjutan()
			self.periksa_kegiatan()
			self.periksa_undangan()
			self.hitung_kuorum()
			self.periksa_usulan()
			self.hitung_peringkat()
		if self.baru_berstatus("Diajukan", "Disahkan"):
			self.periksa_waktu()
			self.periksa_kuorum()
			self.periksa_keputusan()
		if self.baru_berstatus("Diajukan"):
			self.periksa_usulan_diputuskan()
		if self.baru_berstatus("Ditunda"):
			self.periksa_waktu()
			self.periksa_penundaan()
		self.periksa_isian()
		if self.status not in KEADAAN_PENYUSUNAN:
			self.hadir_terbuka = 0

	def on_update(self):
		sebelum = self.get_doc_before_save()
		lekatkan(
			self,
			{u.foto for u in self.usulan if u.foto} - {u.foto for u in (sebelum.usulan if sebelum else ())},
		)
		if self.baru_berstatus("Disahkan"):
			self.tetapkan_pokja()

	# --- hadirin and quorum

	def gabungkan_hadirin(self):
		"""How and when a person signed in is the system's to say, and a form that is older than a sign-in by QR
		does not undo it: while the list is open, rows from phones come back, and push out their double on paper.
		"""
		sebelum = self.get_doc_before_save()
		tercatat = {h.name: h for h in sebelum.hadirin} if sebelum else {}
		for h in self.hadirin:
			asal = tercatat.get(h.name)
			sama = asal and asal.warga == h.warga
			h.cara, h.waktu_hadir = (asal.cara or KERTAS, asal.waktu_hadir) if sama else (KERTAS, None)
		if not (sebelum and sebelum.hadir_terbuka):
			return
		ada = {h.name for h in self.hadirin}
		hilang = [h for h in sebelum.hadirin if h.cara == QR and h.name not in ada]
		dari_qr = {h.warga for h in hilang}
		self.hadirin = [h for h in self.hadirin if h.warga not in dari_qr]
		for h in hilang:
			self.append("hadirin", h)
		for nomor, h in enumerate(self.hadirin, 1):
			h.idx = nomor

	def periksa_hadirin(self):
		"""Everyone once, and only residents of this RT when they are noted: people move."""
		dihitung = [h.warga for h in self.hadirin if h.warga]
		if ganda := sorted({w for w in dihitung if dihitung.count(w) > 1}):
			nama = frappe.db.get_value("Warga", ganda[0], "nama")
			frappe.throw(_("{0} tercatat hadir lebih dari satu kali.").format(frappe.bold(nama)))
		sebelum = self.get_doc_before_save()
		baru = set(dihitung) - {h.warga for h in (sebelum.hadirin if sebelum else ())}
		w = frappe.qb.DocType("Warga")
		if baru and (
			luar := frappe.qb.from_(w)
			.select(w.nama)
			.where(w.name.isin(sorted(baru)) & (w.rt != self.rt))
			.run(pluck=True)
		):
			frappe.throw(
				_("Bukan warga RT ini: {0}. Hapus dari daftar hadir.").format(frappe.bold(", ".join(luar)))
			)

	def periksa_undangan(self):
		"""A slip of the finger is told from a number of households. Raises UndanganTidakWajar."""
		jumlah_kk = cint(frappe.db.get_value("RT", self.rt, "jumlah_kk"))
		batas = min(2 * jumlah_kk or KK_TERBANYAK, KK_TERBANYAK)
		if cint(self.kk_diundang) > batas:
			frappe.throw(
				_("KK Diundang {0}, padahal RT ini tercatat {1} KK. Isi paling banyak {2}.").format(
					frappe.bold(self.kk_diundang), jumlah_kk, batas
				),
				UndanganTidakWajar,
				title=_("Jumlah KK tidak wajar"),
			)

	def hitung_kuorum(self):
		"""Households, not heads: two of one family card count once. After a postponement its own share applies."""
		self.kk_hadir = self.jumlah_kk_hadir()
		self.rincian_unsur = self.hitung_unsur()
		hasil = self.nilai_kuorum()
		self.kuorum_tercapai = int(hasil.tercapai)
		self.keterangan_kuorum = hasil.teks

	def nilai_kuorum(self) -> Kuorum:
		"""The attendance noted in the document against the rule of its day."""
		ketentuan = self.ketentuan()
		diundang = int(self.kk_diundang or 0)
		with menurut_aturan():
			if self.lanjutan_dari:
				return kuorum_lanjutan(
					self.kk_hadir, diundang, desimal(ketentuan.persen_tunda), bool(ketentuan.lebih_dari_tunda)
				)
			return kuorum_tercapai(
				self.kk_hadir, diundang, desimal(ketentuan.persen_minimum), bool(ketentuan.lebih_dari)
			)

	def ketentuan(self):
		"""The Ketentuan Kuorum in force on the day of the meeting, noted in the document."""
		self.ketentuan_kuorum = yang_berlaku("Ketentuan Kuorum", getdate(self.tanggal))
		if not self.ketentuan_kuorum:
			frappe.throw(
				_("Belum ada Ketentuan Kuorum yang berlaku pada tanggal musyawarah. Hubungi DPMPPA.")
			)
		return frappe.get_cached_doc("Ketentuan Kuorum", self.ketentuan_kuorum)

	def jumlah_kk_hadir(self) -> int:
		return jumlah_kk({h.warga for h in self.hadirin if h.warga and h.mewakili_kk})

	def hitung_unsur(self) -> str:
		"""Heads by element, as "Warga 12, Perempuan 9"; elements without anyone are left out."""
		unsur = [h.unsur or "Warga" for h in self.hadirin if h.warga]
		urutan = frappe.get_meta("Hadirin").get_field("unsur").options.split("\n")
		return ", ".join(f"{satu} {unsur.count(satu)}" for satu in urutan if satu in unsur)

	# --- postponed meetings

	def periksa_lanjutan(self):
		"""It follows a postponed meeting of the same RT and kind, once, and not too early. Raises LanjutanTidakSah."""
		if not self.lanjutan_dari:
			return
		asal = frappe.db.get_value(
			"Musyawarah",
			self.lanjutan_dari,
			["rt", "jenis", "status", "tanggal"],
			as_dict=True,
			for_update=self.is_new(),  # two that follow the same one wait for each other here
		)
		if not asal or (asal.rt, asal.jenis, asal.status) != (self.rt, self.jenis, "Ditunda"):
			frappe.throw(
				_("{0} bukan musyawarah {1} yang ditunda pada RT ini.").format(
					frappe.bold(self.lanjutan_dari), _(self.jenis)
				),
				LanjutanTidakSah,
			)
		lain = frappe.db.get_value(
			"Musyawarah",
			{
				"lanjutan_dari": self.lanjutan_dari,
				"name": ["!=", self.name or ""],
				"status": ["!=", "Dibatalkan"],
			},
			for_update=self.is_new(),
		)
		if lain:
			frappe.throw(
				_("Musyawarah {0} sudah diundang ulang: {1}.").format(self.lanjutan_dari, frappe.bold(lain)),
				LanjutanTidakSah,
			)
		awal = awal_lanjutan(self.lanjutan_dari, asal.tanggal, cint(self.ketentuan().jeda_tunda_hari))
		if getdate(self.tanggal) < awal:
			frappe.throw(
				_("Musyawarah lanjutan paling awal {0}. Ubah tanggalnya.").format(
					frappe.bold(formatdate(awal))
				),
				LanjutanTidakSah,
				title=_("Terlalu cepat"),
			)

	def periksa_penundaan(self):
		if self.kuorum_tercapai:
			frappe.throw(
				_("{0} Musyawarah ini tidak perlu ditunda.").format(self.keterangan_kuorum), TidakPerluDitunda
			)

	# --- what it is about

	def periksa_kegiatan(self):
		"""The kegiatan that a meeting of change or handover is about lies in this RT."""
		if self.jenis not in KEADAAN_KEGIATAN:
			self.kegiatan = None
		elif self.kegiatan and frappe.db.get_value("Kegiatan", self.kegiatan, "rt") != self.rt:
			frappe.throw(_("Kegiatan {0} bukan milik RT ini.").format(frappe.bold(self.kegiatan)))

	def periksa_usulan(self):
		"""No usulan twice, and no more votes than people. Raises UsulanGanda or SuaraMelebihiHadirin."""
		judul: dict[str, int] = {}
		for u in self.usulan:
			periksa_foto(u.foto, _("Foto usulan baris {0}").format(u.idx))
			if (sama := judul.setdefault(rapikan(u.judul), u.idx)) != u.idx:
				frappe.throw(
					_("Usulan {0} tertulis dua kali: baris {1} dan {2}.").format(
						frappe.bold(frappe.utils.escape_html(u.judul)), sama, u.idx
					),
					UsulanGanda,
				)
			if cint(u.suara) > len(self.hadirin):
				frappe.throw(
					_("Usulan {0}: {1} suara, padahal hadirin yang tercatat {2} orang.").format(
						frappe.bold(frappe.utils.escape_html(u.judul)), u.suara, len(self.hadirin)
					),
					SuaraMelebihiHadirin,
				)

	def hitung_peringkat(self):
		metode = frappe.db.get_single_value(PENGATURAN, "metode_peringkat") or METODE[0]
		with menurut_aturan():
			hasil = susun_peringkat([Nilai(cint(u.suara), cint(u.poin)) for u in self.usulan], metode)
		for u, h in zip(self.usulan, hasil, strict=True):
			u.peringkat, u.seri = h.peringkat, int(h.seri)

	def periksa_usulan_diputuskan(self):
		"""What was decided before and is not done yet is not decided again. Raises UsulanGanda; warns of likeness."""
		diputuskan = [u for u in self.usulan if u.keputusan == "Diputuskan"]
		if not diputuskan:
			return
		dekat = []
		for lama in usulan_terbuka(self.rt, BERJALAN_DI_LURAH, kecuali=self.name):
			for u in diputuskan:
				di = _("musyawarah {0} ({1})").format(lama.musyawarah, formatdate(lama.tanggal))
				if rapikan(u.judul) == rapikan(lama.judul):
					frappe.throw(
						_(
							"Usulan {0} sudah diputuskan pada {1} dan belum selesai. Hapus dari usulan ini."
						).format(frappe.bold(frappe.utils.escape_html(u.judul)), di),
						UsulanGanda,
						title=_("Sudah diputuskan"),
					)
				if mirip(u.judul, lama.judul):
					dekat.append(
						_("{0} mirip dengan {1} pada {2}.").format(
							frappe.bold(frappe.utils.escape_html(u.judul)),
							frappe.bold(frappe.utils.escape_html(lama.judul)),
							di,
						)
					)
		if dekat:
			frappe.msgprint("<br>".join(dekat), title=_("Usulan mirip"), indicator="orange")

	# --- steps

	def periksa_waktu(self):
		if get_datetime(self.tanggal) > now_datetime():
			frappe.throw(
				_(
					"Musyawarah belum berlangsung. Ajukan atau tunda setelah waktu musyawarah, {0}, lewat."
				).format(frappe.format(self.tanggal, "Datetime"))
			)

	def periksa_kuorum(self):
		if not self.kuorum_tercapai:
			frappe.throw(
				_("{0} Musyawarah harus ditunda dan diundang ulang.").format(self.keterangan_kuorum),
				KuorumBelumTercapai,
				title=_("Kuorum belum tercapai"),
			)

	def periksa_keputusan(self):
		"""Each kind of meeting has decided what it is held for. Raises KeputusanBelumLengkap."""
		if self.jenis == "Prioritas":
			if not any(u.keputusan == "Diputuskan" for u in self.usulan):
				frappe.throw(
					_("Tandai paling sedikit satu usulan sebagai Diputuskan."), KeputusanBelumLengkap
				)
		elif self.jenis == "Kesiapan":
			self.periksa_kesiapan()
		else:
			self.periksa_keputusan_kegiatan()

	def periksa_kesiapan(self):
		if not self.hasil_kesiapan:
			frappe.throw(_("Pilih Kesiapan RT: Siap atau Belum Siap."), KeputusanBelumLengkap)
		punya = {p.jabatan for p in self.pokja}
		kurang = [j for j in PENGURUS_POKJA if j not in punya]
		if self.hasil_kesiapan == "Siap" and kurang:
			frappe.throw(
				_("Pokja belum lengkap. Isi pada Pokja yang Dibentuk: {0}.").format(
					frappe.bold(", ".join(_(j) for j in kurang))
				),
				KeputusanBelumLengkap,
			)

	def periksa_keputusan_kegiatan(self):
		if not (self.kegiatan and (self.keputusan or "").strip()):
			frappe.throw(
				_("Isi Kegiatan dan Keputusan: apa yang disepakati pada musyawarah {0}.").format(
					_(self.jenis)
				),
				KeputusanBelumLengkap,
			)
		if not self.baru_berstatus("Diajukan"):
			return  # the kegiatan goes its way while the lurah decides
		status = frappe.db.get_value("Kegiatan", self.kegiatan, "status")
		if status not in KEADAAN_KEGIATAN[self.jenis]:
			frappe.throw(
				_("Kegiatan {0} berstatus {1}. Musyawarah {2} untuk kegiatan berstatus {3}.").format(
					self.kegiatan,
					frappe.bold(_(status)),
					_(self.jenis),
					", ".join(_(s) for s in KEADAAN_KEGIATAN[self.jenis]),
				),
				KeputusanBelumLengkap,
			)

	def tetapkan_pokja(self):
		"""The Pokja of a legitimate meeting of readiness becomes the RT's."""
		if self.jenis != "Kesiapan" or self.hasil_kesiapan != "Siap":
			return
		rt = frappe.get_doc("RT", self.rt)
		rt.set("pokja", [{"nama": p.nama, "jabatan": p.jabatan, "unsur": p.unsur} for p in self.pokja])
		rt.flags.oleh_sistem = True
		rt.save(ignore_permissions=True)


def awal_lanjutan(asal: str, tanggal: datetime, jeda: int) -> date:
	"""First day on which a meeting may follow `asal`, which was called for `tanggal` and postponed.

	The gap of `jeda` days runs from the ledger's entry: dates that people type can both lie in the past.
	"""
	ditunda = frappe.db.get_value(
		JEJAK,
		{"rujukan_doctype": "Musyawarah", "rujukan_nama": asal, "ke": "Ditunda"},
		"waktu",
		order_by="urutan desc",
	)
	with menurut_aturan():
		return paling_awal_lanjutan(getdate(ditunda or tanggal), jeda)


def on_doctype_update():
	pasang_indeks("Musyawarah")


@frappe.whitelist()
def usulan_diputuskan(musyawarah: str) -> list[dict]:
	"""Decided usulan of a legitimate musyawarah that no kegiatan carries out yet: name, judul, kategori."""
	doc = frappe.get_doc("Musyawarah", musyawarah)
	doc.check_permission("read")
	if doc.status != "Disahkan":
		return []
	terpakai = set(
		frappe.get_all(
			"Kegiatan",
			filters={"musyawarah": doc.name, "status": ["!=", "Ditolak"]},
			pluck="usulan",
			order_by="name",
		)
	)
	return [
		{"name": u.name, "judul": u.judul, "kategori": u.kategori}
		for u in doc.usulan
		if u.keputusan == "Diputuskan" and u.name not in terpakai
	]


@frappe.whitelist(methods=["POST"])
def undang_ulang(musyawarah: str, tanggal: str) -> str:
	"""Make the draft of the meeting that follows a postponed one, on `tanggal` (WIB); its name.

	Invited are the same households, with the same usulan still undecided. Raises LanjutanTidakSah, PermissionError.
	"""
	asal = frappe.get_doc("Musyawarah", musyawarah)
	asal.check_permission("read")
	kolom = ("judul", "kategori", "lokasi", "perkiraan_biaya")
	baru = frappe.get_doc(
		{
			"doctype": "Musyawarah",
			"lanjutan_dari": asal.name,
			"tanggal": tanggal,
			**{k: asal.get(k) for k in ("jenis", "rt", "tempat", "acara", "kegiatan", "kk_diundang")},
			"usulan": [{k: u.get(k) for k in kolom} for u in asal.usulan],
		}
	)
	return baru.insert().name


@frappe.whitelist()
def lanjutan_paling_awal(musyawarah: str) -> str:
	"""First day (ISO) on which a meeting may follow the postponed one, by the rule in force today."""
	doc = frappe.get_doc("Musyawarah", musyawarah)
	doc.check_permission("read")
	hari_ini = getdate(now_datetime())
	ketentuan = yang_berlaku("Ketentuan Kuorum", hari_ini)
	jeda = frappe.db.get_value("Ketentuan Kuorum", ketentuan, "jeda_tunda_hari") if ketentuan else 0
	return max(awal_lanjutan(doc.name, doc.tanggal, cint(jeda)), hari_ini).isoformat()
