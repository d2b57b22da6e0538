"""One activity on its way: each method is one step, done by the official whose turn it is."""

from __future__ import annotations

import secrets

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_to_date, get_datetime, getdate, now_datetime, nowdate

from kampung_bahagia.aturan.manfaat import SELURUH
from kampung_bahagia.klaim import ambil_alih, pemberitahuan, tenggat
from kampung_bahagia.perencanaan import hadir
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import KOLOM_ADENDUM, KOLOM_RAB
from kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah import undang_ulang
from kampung_bahagia.perencanaan.doctype.renja.renja import susun_dari_usulan
from kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs import usulan_masa_perlindungan
from kampung_bahagia.perlindungan.doctype.surat_tugas.surat_tugas import catat_kehadiran
from kampung_bahagia.setup.demo import akun
from kampung_bahagia.setup.demo.akun import sebagai
from kampung_bahagia.setup.demo.berkas import lampirkan
from kampung_bahagia.setup.demo.penduduk import KK_DENGAN_BERKAS, Rukun, susun_keluarga
from kampung_bahagia.tata_kelola.resmi import ELEKTRONIK

# work that starts in the story starts today: nothing here is dated back
LANGKAH_MULAI = ("mulai", "serah_terimakan", "selesaikan")

SEKITAR = 0.0003  # degrees around the RT's own point: some 30 metres
DANA_PROGRAM = 100_000_000  # what an RT is given at most; residents bear the rest of a dear work
# uraian, jenis, satuan, harga satuan in rupiah, share of the value in percent
RAB_KONSTRUKSI = (
	("Semen 50 kg", "Bahan", "zak", 78_000, 24),
	("Pasir pasang", "Bahan", "m3", 265_000, 14),
	("Batu belah", "Bahan", "m3", 310_000, 12),
	("Upah tukang", "Upah", "HOK", 165_000, 18),
	("Upah pekerja", "Upah", "HOK", 130_000, 16),
	("Sewa mesin pengaduk", "Alat", "hari", 350_000, 6),
)
RAB_LAIN = (
	("Peralatan", "Alat", "unit", 1_250_000, 60),
	("Pemasangan", "Upah", "HOK", 150_000, 20),
)

# what a decree of the city would say; the wage in RAB_LAIN lies far above it
STANDAR_HARGA = (
	("Semen 50 kg", "Bahan", "zak", 76_000),
	("Pasir pasang", "Bahan", "m3", 260_000),
	("Batu belah", "Bahan", "m3", 300_000),
	("Upah tukang", "Upah", "HOK", 160_000),
	("Upah pekerja", "Upah", "HOK", 130_000),
	("Sewa mesin pengaduk", "Alat", "hari", 350_000),
	("Pemasangan", "Upah", "HOK", 120_000),
)


class Perjalanan:
	"""`kisah` (kisah.Kisah) in the RT `rt`; the records are made one after the other."""

	def __init__(self, kisah, rt: Rukun):
		self.kisah, self.rt = kisah, rt
		self.acak = rt.acak(kisah.judul)
		self.ketua, self.pendamping = akun.surel_ketua(rt), akun.surel_pendamping(rt)
		self.lurah = akun.surel_lurah(rt)
		self.klaim = []

	# --- musyawarah

	def musyawarah(self) -> None:
		sebagai(self.ketua)
		warga = frappe.get_list(
			"Warga",
			filters={"rt": self.rt.kode},
			fields=["name", "nama", "jenis_kelamin"],
			order_by="nik_samar",
		)
		bagian = 0.2 if self.kisah.sepi else 0.8
		datang = sorted(self.acak.sample(warga, int(len(warga) * bagian)), key=lambda w: w.nama)
		k = self.kisah
		malam = get_datetime(add_days(nowdate(), -self.acak.randint(3, 40) + min(k.mulai or 0, 0)))
		malam = malam.replace(hour=19, minute=30)
		self.m = frappe.get_doc(
			{
				"doctype": "Musyawarah",
				"jenis": "Prioritas",
				"tanggal": malam,
				"tempat": self.acak.choice(("Balai RT", "Musala Al-Ikhlas", "Rumah Ketua RT", "Pos ronda")),
				"rt": self.rt.kode,
				"kk_diundang": len(warga) * 3 // 4,
				"pimpinan": frappe.utils.get_fullname(self.ketua),
				"notulen": datang[-1].nama,
				"catatan": k.label,
				"usulan": [
					{
						"judul": k.judul,
						"kategori": k.kategori,
						"perkiraan_biaya": k.nilai,
						"suara": max(len(datang) - 3, 1),
						"keputusan": "Diputuskan",
					},
					{
						"judul": "Kursi dan tenda warga",
						"kategori": "Kelembagaan RT",
						"perkiraan_biaya": 7_500_000,
						"suara": max(len(datang) - 3, 1) if k.seri else min(len(datang), 3),
						"keputusan": "Ditunda",
					},
				],
				"hadirin": [
					{"warga": w.name, "unsur": "Perempuan" if w.jenis_kelamin == "Perempuan" else "Warga"}
					for w in datang
				],
			}
		).insert()
		self.m.berita_acara = lampirkan(self.m, "Berita acara musyawarah", kolom="berita_acara")
		self.m.daftar_hadir_bertanda = lampirkan(
			self.m, "Daftar hadir musyawarah", kolom="daftar_hadir_bertanda"
		)
		self.m.foto = lampirkan(self.m, "Foto musyawarah", gambar=True, kolom="foto")
		self.m.usulan[0].foto = lampirkan(self.m, "Foto tempat yang diusulkan", gambar=True)
		self.m.save()

	def ajukan_musyawarah(self) -> None:
		self.m = self._tindak(self.m, "Ajukan", self.ketua)

	def teruskan_musyawarah(self) -> None:
		self.m = self._tindak(self.m, "Teruskan ke Lurah", self.pendamping)

	def sahkan_musyawarah(self) -> None:
		self.m = self._tindak(self.m, "Sahkan", self.lurah)

	def kembalikan_musyawarah(self) -> None:
		alasan = "Daftar hadir belum mencantumkan unsur pemuda."
		self.m = self._tindak(self.m, "Kembalikan", self.lurah, alasan)

	def tunda_musyawarah(self) -> None:
		self.m = self._tindak(self.m, "Tunda", self.ketua)

	def undang_ulang(self) -> None:
		sebagai(self.ketua)
		malam = get_datetime(add_days(nowdate(), 2)).replace(hour=19, minute=30)
		lanjutan = frappe.get_doc("Musyawarah", undang_ulang(self.m.name, str(malam)))
		lanjutan.catatan = self.kisah.label
		lanjutan.save()

	def catat_hadir_qr(self) -> None:
		"""The meeting is held now, nothing is signed yet, and three who came late scan the QR."""
		sebagai(self.ketua)
		self._isi(
			self.m,
			self.ketua,
			tanggal=now_datetime(),
			berita_acara=None,
			daftar_hadir_bertanda=None,
			foto=None,
		)
		hadir.buka(self.m.name)
		self.m.reload()
		nama = {h.nama for h in self.m.hadirin}
		orang = [
			kepala for kepala, *_ in susun_keluarga(self.rt, KK_DENGAN_BERKAS) if kepala["nama"] not in nama
		]
		sebagai("Guest")
		for satu in orang[:3]:
			hadir.catat(self.m.token_hadir, satu["nik"])

	def batalkan_musyawarah(self) -> None:
		self.m = self._tindak(self.m, "Batalkan", self.ketua)

	# --- kegiatan

	def kegiatan(self) -> None:
		sebagai(self.ketua)
		k = self.kisah
		hari_ini = k.klaim or {k.sampai, *k.lalu} & set(LANGKAH_MULAI)
		jeda = k.mulai if k.mulai is not None else 0 if hari_ini else self.acak.randint(5, 30)
		mulai = add_days(nowdate(), jeda)
		titik = frappe.db.get_value("RT", self.rt.kode, ["lintang", "bujur"])
		self.k = frappe.get_doc(
			{
				"doctype": "Kegiatan",
				"judul": k.judul,
				"musyawarah": self.m.name,
				"usulan": self.m.usulan[0].name,
				"rt": self.rt.kode,
				"konstruksi": int(k.konstruksi),
				**self._perlindungan_lain(),
				"swadaya": max(k.swadaya, k.nilai - DANA_PROGRAM),
				"alasan_di_luar_jendela": "Jadwal kelompok bergeser (data contoh).",
				"lokasi": f"{self.rt.judul} (data contoh)",
				"lintang": round(titik[0] + self.acak.uniform(-SEKITAR, SEKITAR), 6),
				"bujur": round(titik[1] + self.acak.uniform(-SEKITAR, SEKITAR), 6),
				"tanggal_mulai": mulai,
				"tanggal_selesai": add_days(mulai, self.acak.choice((21, 30, 45))),
				"masa_pemeliharaan": self.acak.choice((0, 30, 90)) if k.konstruksi else 0,
				"rab": list(susun_rab(k.nilai, RAB_KONSTRUKSI if k.konstruksi else RAB_LAIN)),
			}
		).insert()
		self._foto("Sebelum")
		calon = [h.warga for h in self.m.hadirin]
		for warga in self.acak.sample(calon, self.acak.randint(5, 9) if k.peserta else 0):
			frappe.get_doc(
				{
					"doctype": "Peserta",
					"kegiatan": self.k.name,
					"warga": warga,
					"tugas": self.acak.choice(("Tenaga gotong royong", "Tukang", "Pengangkut bahan")),
				}
			).insert()

	def _perlindungan_lain(self) -> dict:
		if self.kisah.konstruksi:
			return {}
		if self.kisah.peserta:
			return {"perlindungan_lain": "BPU BPJS Ketenagakerjaan"}
		return {
			"perlindungan_lain": "Tanpa Risiko Kerja",
			"alasan_perlindungan": "Pelatihan di dalam ruangan, tanpa pekerjaan fisik.",
		}

	def _foto(self, tahap: str) -> None:
		sebagai(self.ketua)
		self.k.reload()
		foto = lampirkan(self.k, f"Foto {tahap.lower()} pekerjaan", gambar=True)
		self.k.append("foto", {"tahap": tahap, "foto": foto, "tanggal": nowdate()})
		self.k.save()

	def ajukan(self) -> None:
		self.k = self._tindak(self.k, "Ajukan", self.ketua)

	def verifikasi(self) -> None:
		self.k = self._tindak(self.k, "Verifikasi", self.lurah)

	def setujui(self) -> None:
		self.k = self._tindak(self.k, "Setujui", akun.DPMPPA)

	def kembalikan(self) -> None:
		self.k = self._tindak(
			self.k, "Kembalikan", self.lurah, "Volume pasir belum sesuai dengan gambar kerja."
		)

	def tolak(self) -> None:
		self.k = self._tindak(self.k, "Tolak", akun.DPMPPA, "Lahan belum berstatus milik pemerintah kota.")

	def mulai(self) -> None:
		self.k = self._tindak(self.k, "Mulai", self.ketua)

	def serah_terimakan(self) -> None:
		self._foto("Sesudah")
		self.k = self._tindak(self.k, "Serah Terimakan", self.ketua)

	def susun_renja(self) -> None:
		self._renja("Tahunan", getdate(nowdate()).year, "Ajukan", "Sahkan")

	def susun_renja_lima_tahunan(self) -> None:
		self._renja("Lima Tahunan", getdate(nowdate()).year, "Ajukan", "Sahkan")

	def ajukan_renja_tahun_depan(self) -> None:
		self._renja("Tahunan", getdate(nowdate()).year + 1, "Ajukan")

	def _renja(self, jenis: str, tahun: int, *aksi: str) -> None:
		sebagai(self.ketua)
		isi = susun_dari_usulan(self.rt.kode, jenis, tahun)
		renja = frappe.get_doc(
			{"doctype": "Renja", "rt": self.rt.kode, "jenis": jenis, "tahun_awal": tahun, **isi}
		).insert()
		for satu in aksi:
			renja = self._tindak(renja, satu, self.lurah if satu == "Sahkan" else self.ketua)

	def laporkan_kemajuan(self) -> None:
		sebagai(self.ketua)
		frappe.get_doc(
			{
				"doctype": "Kemajuan Kegiatan",
				"kegiatan": self.k.name,
				"tanggal": nowdate(),
				"persen": 15,
				"foto": lampirkan(self.k, "Foto kemajuan pekerjaan", gambar=True),
				"catatan": "Bahan sudah di lokasi, galian pertama dimulai.",
			}
		).insert()
		self.k.reload()

	def susun_adendum(self) -> None:
		"""Two weeks more, and a cover for the drain where the story adds to the value."""
		m = self._musyawarahkan(
			"Perubahan",
			kegiatan=self.k.name,
			keputusan="Waktu pelaksanaan ditambah dua minggu karena hujan.",
		)
		sebagai(self.ketua)
		self.k.reload()
		rab = [{kolom: b.get(kolom) for kolom in KOLOM_RAB} for b in self.k.rab]
		if self.kisah.tambahan:
			isi = {
				"uraian": "Tutup saluran",
				"jenis": "Bahan",
				"satuan": "paket",
				"volume": 1,
				"dasar_iuran": 1,
			}
			rab.append({**isi, "harga_satuan": self.kisah.tambahan})
		self.adendum = frappe.get_doc(
			{
				"doctype": "Adendum Kegiatan",
				"kegiatan": self.k.name,
				"musyawarah": m.name,
				"alasan_perubahan": "Hujan lebat menghambat pengecoran.",
				**{kolom: self.k.get(kolom) for kolom in KOLOM_ADENDUM},
				"tanggal_selesai": add_days(self.k.tanggal_selesai, 14),
				"rab": rab,
			}
		).insert()

	def ajukan_adendum(self) -> None:
		self.adendum = self._tindak(self.adendum, "Ajukan", self.ketua)

	def setujui_adendum(self) -> None:
		for pengguna, aksi in ((self.lurah, "Verifikasi"), (akun.DPMPPA, "Setujui")):
			self.adendum = self._tindak(self.adendum, aksi, pengguna)
		self.k.reload()

	def susun_lpj(self) -> None:
		"""All is spent but a little, which goes back; of work that was stopped, only the first line."""
		dihentikan = self.k.status == "Dihentikan"
		if not dihentikan:
			self._musyawarahkan(
				"Serah Terima",
				kegiatan=self.k.name,
				keputusan="Hasil kegiatan diterima warga untuk dimanfaatkan dan dipelihara bersama.",
			)
		sebagai(self.ketua)
		lpj = frappe.get_doc({"doctype": "LPJ Kegiatan", "kegiatan": self.k.name}).insert()
		for baris in lpj.realisasi[:1] if dihentikan else lpj.realisasi:
			baris.realisasi = baris.anggaran
			baris.bukti = lampirkan(lpj, f"Nota {baris.uraian}", kolom="bukti")
		lpj.realisasi[0].realisasi -= 100_000
		lpj.bukti_pengembalian = lampirkan(lpj, "Bukti setor sisa dana", kolom="bukti_pengembalian")
		if not dihentikan:
			lpj.berita_acara_serah_terima = lampirkan(
				lpj, "Berita acara serah terima", kolom="berita_acara_serah_terima"
			)
		lpj.uraian_pelaksanaan = (
			"Dihentikan setelah bahan dibeli; bahan disimpan di balai RT."
			if dihentikan
			else "Pekerjaan selesai tepat waktu dan langsung dimanfaatkan warga."
		)
		self.lpj = lpj.save()

	def ajukan_lpj(self) -> None:
		self.lpj = self._tindak(self.lpj, "Ajukan", self.ketua)

	def periksa_lpj(self) -> None:
		self.lpj = self._tindak(self.lpj, "Periksa", self.lurah)

	def terima_lpj(self) -> None:
		self.lpj = self._tindak(self.lpj, "Terima", akun.DPMPPA)

	def nyatakan_siap(self) -> None:
		pokja = frappe.get_doc("RT", self.rt.kode).pokja
		kolom = ("nama", "jabatan", "unsur")
		self._musyawarahkan(
			"Kesiapan", hasil_kesiapan="Siap", pokja=[{k: p.get(k) for k in kolom} for p in pokja]
		)

	def _musyawarahkan(self, jenis: str, **isi):
		"""A legitimate meeting of that kind, held just now by those who planned the kegiatan."""
		sebagai(self.ketua)
		m = frappe.get_doc(
			{
				"doctype": "Musyawarah",
				"jenis": jenis,
				**isi,
				"catatan": self.kisah.label,
				"tanggal": now_datetime(),
				**{
					kolom: self.m.get(kolom)
					for kolom in ("tempat", "rt", "kk_diundang", "pimpinan", "notulen")
				},
				"hadirin": [{"warga": h.warga, "unsur": h.unsur} for h in self.m.hadirin],
			}
		).insert()
		m.berita_acara = lampirkan(m, f"Berita acara musyawarah {jenis.lower()}", kolom="berita_acara")
		m.daftar_hadir_bertanda = lampirkan(m, f"Daftar hadir {jenis.lower()}", kolom="daftar_hadir_bertanda")
		m.save()
		for pengguna, aksi in (
			(self.ketua, "Ajukan"),
			(self.pendamping, "Teruskan ke Lurah"),
			(self.lurah, "Sahkan"),
		):
			m = self._tindak(m, aksi, pengguna)
		return m

	def selesaikan(self) -> None:
		self.k = self._tindak(self.k, "Selesaikan", self.lurah)

	def hentikan(self) -> None:
		self.k = self._tindak(
			self.k, "Hentikan", akun.DPMPPA, "Lokasi tumpang tindih dengan pekerjaan dinas lain."
		)

	# --- perlindungan

	def siapkan_pendaftaran(self) -> None:
		sebagai(akun.DPMPPA)
		self.p = frappe.get_doc({"doctype": "Pendaftaran BPJS", "kegiatan": self.k.name}).insert()

	def kirim(self) -> None:
		self.p = self._tindak(self.p, "Kirim", akun.DPMPPA)

	def tagih(self) -> None:
		self._isi(
			self.p,
			akun.PETUGAS_BPJS,
			nomor_proyek=f"26{self.acak.randrange(10**6):06}",
			kode_iuran=f"{self.acak.randrange(10**12):012}",
			tagihan=self.p.iuran,
		)
		self.p = self._tindak(self.p, "Tagih", akun.PETUGAS_BPJS)

	def lunasi(self) -> None:
		sebagai(akun.DPMPPA)
		bukti = lampirkan(self.p, "Bukti bayar iuran", kolom="bukti_bayar")
		self._isi(self.p, akun.DPMPPA, dibayar_pada=now_datetime(), bukti_bayar=bukti)
		self.p = self._tindak(self.p, "Catat Lunas", akun.DPMPPA)

	def angsur(self) -> None:
		sebagai(akun.DPMPPA)
		pertama = self.p.tagihan // 2
		lunas = {"dibayar_pada": now_datetime(), "bukti": lampirkan(self.p, "Bukti angsuran pertama")}
		termin = [
			{"jatuh_tempo": nowdate(), "jumlah": pertama, **lunas},
			{"jatuh_tempo": add_days(nowdate(), 30), "jumlah": self.p.tagihan - pertama},
		]
		self._isi(self.p, akun.DPMPPA, cara_bayar="Per Termin", termin=termin)
		self.p = self._tindak(self.p, "Catat Angsuran Pertama", akun.DPMPPA)

	def batalkan_pendaftaran(self) -> None:
		alasan = "Kegiatan dihentikan sebelum iuran dibayar."
		self.p = self._tindak(self.p, "Batalkan Pendaftaran", akun.DPMPPA, alasan)

	def sertifikatkan(self) -> None:
		sebagai(akun.PETUGAS_BPJS)
		self._isi(
			self.p,
			akun.PETUGAS_BPJS,
			nomor_sertifikat=f"JKN-{self.acak.randrange(10**7):07}",
			sertifikat=lampirkan(self.p, "Sertifikat kepesertaan", kolom="sertifikat"),
			**usulan_masa_perlindungan(self.p.name),
		)
		self.p = self._tindak(self.p, "Terbitkan Sertifikat", akun.PETUGAS_BPJS)
		self.k.reload()

	def tolak_pendaftaran(self) -> None:
		alasan = "Satu NIK pada daftar tenaga kerja tidak ditemukan."
		self.p = self._tindak(self.p, "Tolak", akun.PETUGAS_BPJS, alasan)

	def perbaiki(self) -> None:
		self.p = self._tindak(self.p, "Perbaiki", akun.DPMPPA)

	def susun_sk(self) -> None:
		sebagai(self.ketua)
		self.sk = frappe.get_doc({"doctype": "Surat Keputusan", "kegiatan": self.k.name}).insert()

	def tetapkan_sk(self) -> None:
		self.sk = self._tindak(self.sk, "Tetapkan", self.ketua)

	def unggah_sk(self) -> None:
		sebagai(self.ketua)
		self._isi(
			self.sk, self.ketua, pindaian=lampirkan(self.sk, f"Pindaian SK {self.sk.nomor}", kolom="pindaian")
		)
		self.k.reload()

	def cabut_sk(self) -> None:
		self.sk = self._tindak(self.sk, "Cabut", self.ketua, "Daftar nama keliru.")

	def ganti_sk(self) -> None:
		self.sk = self._tindak(self.sk, "Ganti", self.ketua, "Dua warga mengundurkan diri.")

	def tandatangani_sk(self) -> None:
		"""Electronically where the site has an address and a certificate, else with ink."""
		sebagai(self.ketua)
		self.sk = frappe.get_doc({"doctype": "Surat Keputusan", "kegiatan": self.k.name})
		if frappe.conf.host_name and frappe.db.exists("Sertifikat Elektronik", {"aktif": 1}):
			self.sk.cara_tanda_tangan = ELEKTRONIK
		self.sk.insert()
		self.tetapkan_sk()
		if self.sk.cara_tanda_tangan != ELEKTRONIK:
			self.unggah_sk()
		self.k.reload()

	def tugaskan(self) -> None:
		"""The first fortnight's work, signed with ink; today all but one came."""
		sebagai(self.ketua)
		self.t = frappe.get_doc(
			{
				"doctype": "Surat Tugas",
				"kegiatan": self.k.name,
				"berlaku_sampai": add_days(self.k.tanggal_mulai, 13),
				"untuk": "membersihkan lokasi\nmemasang pipa dan mengecor dudukannya",
			}
		).insert()
		self.t = self._tindak(self.t, "Tetapkan", self.ketua)
		alamat = lampirkan(self.t, f"Pindaian Surat Tugas {self.t.nomor}", kolom="pindaian")
		self._isi(self.t, self.ketua, pindaian=alamat)
		hadir = [b.peserta for b in self.t.lampiran[1:]]
		catat_kehadiran(self.t.name, nowdate(), frappe.as_json(hadir))

	def ubah_sk(self) -> None:
		"""One of the people stops, and a neighbour who was at the meeting comes in."""
		sebagai(self.ketua)
		bertugas = frappe.get_all("Peserta", {"kegiatan": self.k.name}, ["name", "warga"], order_by="nama")
		sudah = {b.warga for b in bertugas}
		warga = next(h.warga for h in self.m.hadirin if h.warga not in sudah)
		pengganti = frappe.get_doc({"doctype": "Peserta", "kegiatan": self.k.name, "warga": warga}).insert()
		keluar = {
			"peserta": bertugas[0].name,
			"berhenti_sejak": nowdate(),
			"sebab": "Pindah tempat tinggal",
			"pengganti": pengganti.name,
		}
		self.sk = frappe.get_doc(
			{
				"doctype": "Surat Keputusan",
				"kegiatan": self.k.name,
				"jenis": "Perubahan",
				"atas_sk": self.sk.name,
				"pertimbangan": "seorang warga yang ditugaskan pindah tempat tinggal dan perlu digantikan",
				"keluar": [keluar],
			}
		).insert()
		self.tetapkan_sk()
		self.unggah_sk()

	# --- klaim

	def laporkan(self, kisah) -> None:
		sebagai(self.ketua)
		peserta = frappe.get_list(
			"Peserta", filters={"kegiatan": self.k.name}, pluck="name", order_by="nama"
		)[len(self.klaim)]
		self.c = frappe.get_doc(
			{
				"doctype": "Klaim",
				"peserta": peserta,
				"jenis": kisah.jenis,
				"waktu_kejadian": add_to_date(now_datetime(), hours=-kisah.jam),
				"tempat": self.k.lokasi,
				"kronologi": kisah.kronologi,
				"faskes": "Puskesmas setempat (data contoh)",
				"nama_pelapor": frappe.utils.get_fullname(self.ketua),
				"hp_pelapor": "081200009999",
				"saksi": [
					{"nama": h.nama, "keterangan": "Melihat langsung"}
					for h in self.acak.sample(self.m.hadirin, 2)
				],
			}
		).insert()
		self.klaim.append(self.c.name)

	def lengkapi(self, kisah) -> None:
		sebagai(self.ketua)
		for d in self.c.dokumen:
			if d.wajib:
				d.berkas = lampirkan(self.c, d.jenis_dokumen)
		self.c.foto = lampirkan(self.c, "Foto lokasi kejadian", gambar=True, kolom="foto")
		if kisah.jenis != "JKM":
			self.c.keterangan_dokter_pada = now_datetime()
			self.c.akibat = "Meninggal" if kisah.jenis == "JKK Meninggal" else "Sembuh"
		self.c.save()

	def verifikasi_lurah(self, kisah) -> None:
		if kisah.jenis != "JKM":
			sebagai(self.lurah)
			for kepada in (tenggat.BPJS, tenggat.PENGAWAS):
				tenggat.catat_laporan(self.c.name, "I", kepada, str(now_datetime()), "Daring")
			self.c.reload()
		self.c = self._tindak(self.c, "Verifikasi", self.lurah)

	def verifikasi_dpmppa(self, kisah) -> None:
		self.c = self._tindak(self.c, "Verifikasi", akun.DPMPPA)

	def ajukan_ke_bpjs(self, kisah) -> None:
		self.c = self._tindak(self.c, "Ajukan ke BPJS", akun.DPMPPA)

	def setujui_klaim(self, kisah) -> None:
		nilai = self.acak.randrange(15, 90) * 100_000 if kisah.jenis == "JKK Perawatan" else 42_000_000
		self._isi(self.c, akun.PETUGAS_BPJS, nomor_klaim=self._nomor_klaim(), nilai_disetujui=nilai)
		self.c = self._tindak(self.c, "Setujui", akun.PETUGAS_BPJS)

	def tolak_klaim(self, kisah) -> None:
		self._isi(
			self.c,
			akun.PETUGAS_BPJS,
			nomor_klaim=self._nomor_klaim(),
			keputusan="Kejadian di luar masa perlindungan.",
		)
		self.c = self._tindak(self.c, "Tolak", akun.PETUGAS_BPJS, "Kejadian mendahului pembayaran iuran.")

	def tarik_klaim(self, kisah) -> None:
		self.c = self._tindak(self.c, "Tarik Laporan", self.ketua, "Ternyata bukan kecelakaan; salah lapor.")

	def kembalikan_klaim(self, kisah) -> None:
		self.c = self._tindak(self.c, "Kembalikan", self.lurah, "Keterangan dua saksi belum ditandatangani.")

	def bayar(self, kisah) -> None:
		sebagai(akun.PETUGAS_BPJS)
		self._isi(
			self.c,
			akun.PETUGAS_BPJS,
			pembayaran=[
				{
					"manfaat": SELURUH,
					"tanggal": nowdate(),
					"jumlah": self.c.nilai_disetujui,
					"penerima": self.c.nama
					if kisah.jenis == "JKK Perawatan"
					else f"Ahli waris {self.c.nama}",
					"bukti": lampirkan(self.c, "Bukti bayar klaim"),
				}
			],
		)
		self.c = self._tindak(self.c, "Bayar", akun.PETUGAS_BPJS)

	def tutup(self, kisah) -> None:
		self.c = self._tindak(self.c, "Tutup", akun.DPMPPA)

	def _nomor_klaim(self) -> str:
		return f"KLM{self.acak.randrange(10**8):08}"

	# --- pemberitahuan kecelakaan

	def beritahukan(self) -> None:
		"""A family tells of an accident without an account, and the hospital of the same one."""
		orang = next(iter(susun_keluarga(self.rt, KK_DENGAN_BERKAS)))[0]
		self.p = [
			self._beritahukan(orang, "Keluarga", "Istri korban (data contoh)"),
			self._beritahukan(orang, "Klinik atau rumah sakit", "Petugas IGD (data contoh)"),
		]

	def _beritahukan(self, orang: dict, hubungan: str, pelapor: str) -> str:
		waktu = add_to_date(now_datetime(), hours=-1)
		isian = {
			"nama_korban": orang["nama"],
			"nik_korban": orang["nik"],
			"keadaan_korban": "Dirawat atau cedera",
			"kelurahan": self.rt.kelurahan,
			"nomor_rt": str(self.rt.nomor),
			"tanggal": f"{waktu:%Y-%m-%d}",
			"jam": f"{waktu:%H:%M}",
			"tempat": "Lokasi gotong royong RT",
			"kronologi": "Terpeleset saat gotong royong, pergelangan tangan bengkak.",
			"faskes": "Puskesmas setempat (data contoh)",
			"nama_pelapor": pelapor,
			"hp_pelapor": f"08120000{secrets.randbelow(10**4):04}",  # of one telephone only some are taken
			"hubungan": hubungan,
		}
		sebagai("Guest")
		kunci = pemberitahuan.kunci_baru()
		pemberitahuan.terima(kunci, isian)
		nama = pemberitahuan.menurut_tiket(pemberitahuan.tiket_dari(kunci))
		pemberitahuan.kenali(nama)
		return nama

	def ambil_alih_pemberitahuan(self) -> None:
		sebagai(self.ketua)
		peserta = ambil_alih.calon(self.p[0])["peserta"]
		ambil_alih.jadikan_klaim(self.p[0], peserta[0]["name"], "JKK Perawatan")

	def tolak_pemberitahuan(self) -> None:
		"""Both are refused; on the straight way they are not."""
		for nama in self.p:
			doc = frappe.get_doc("Pemberitahuan Kecelakaan", nama)
			self._tindak(doc, "Tolak", self.lurah, "Cedera di rumah sendiri, bukan saat kegiatan.")

	# --- how a step is done

	def _tindak(self, doc, aksi: str, pengguna: str, alasan: str | None = None):
		"""The workflow action as `pengguna`, with its reason where the action asks for one."""
		if alasan:
			self._isi(doc, pengguna, alasan=alasan)
		sebagai(pengguna)
		return apply_workflow(doc, aksi)

	def _isi(self, doc, pengguna: str, **nilai) -> None:
		sebagai(pengguna)
		doc.reload()
		doc.update(nilai)
		doc.save()


def susun_rab(nilai: int, baris):
	"""Lines of a RAB worth `nilai` rupiah to the last one; meals count to the value, not to the premium base."""
	sisa = nilai
	for uraian, jenis, satuan, harga, persen in baris:
		volume = max(1, nilai * persen // 100 // harga)
		sisa -= volume * harga
		yield {"uraian": uraian, "jenis": jenis, "satuan": satuan, "volume": volume, "harga_satuan": harga}
	makan = nilai * 3 // 100 // 25_000
	if makan:
		sisa -= makan * 25_000
		yield {
			"uraian": "Konsumsi gotong royong",
			"jenis": "Lainnya",
			"satuan": "porsi",
			"volume": makan,
			"harga_satuan": 25_000,
			"dasar_iuran": 0,
		}
	yield {
		"uraian": "Bahan penunjang",
		"jenis": "Bahan",
		"satuan": "paket",
		"volume": 1,
		"harga_satuan": sisa,
	}
