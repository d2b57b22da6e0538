"""Stages of the journey from work that goes on to its accepted account: progress, addendum, handover, LPJ."""

import json
import time
from datetime import datetime, timedelta
from io import BytesIO

from forms import PNG, WIB, equal, moment, row
from pypdf import PdfReader

# what the addendum adds to the work (borne by the residents), and to the premium at 0.24 %
ADDED, ADDED_PREMIUM = 3_500_000, 8_400
LEFT = 1_000_000  # what the Pokja does not spend
OTHER_VALUE, OTHER_SWADAYA, OTHER_SPENT = 6_000_000, 1_000_000, 2_000_000
PLAN = ("uraian", "jenis", "volume", "satuan", "harga_satuan", "dasar_iuran")
MINUTES = 2  # within which the complete file is ready


class Closing:
	"""Part of Journey: uses its officials, its record and what it has made so far."""

	def replacement(self) -> None:
		"""SK Perubahan: somebody stops, somebody comes, BPJS is told"""
		record, ketua, dpmppa = self.record, self.ketua, self.dpmppa
		newcomer = record.allowed(
			"Ketua RT",
			"names a sixth peserta",
			lambda: ketua.new("Peserta", kegiatan=self.k, warga=self.warga[len(self.peserta)]),
		)["name"]
		leaves = {
			"peserta": self.peserta[1],
			"berhenti_sejak": str(self.today),
			"sebab": "Mengundurkan diri",
			"pengganti": newcomer,
		}
		values = {
			"kegiatan": self.k,
			"jenis": "Perubahan",
			"atas_sk": self.s,
			"pertimbangan": "seorang warga mengundurkan diri dan digantikan warga lain",
		}
		count = ("Surat Keputusan", {"kegiatan": self.k})

		def draft(desk, **other):
			rows = [row("Peserta Berhenti", "keluar", 1, **leaves | other)]
			return desk.new("Surat Keputusan", **values, keluar=rows)

		for office, desk in (("Lurah", self.lurah), ("Ketua RT (neighbour)", self.tetangga)):
			record.refused(office, "changes the SK", lambda desk=desk: draft(desk), count)
		for what, other in (
			("lets somebody stop tomorrow", {"berhenti_sejak": str(self.today + timedelta(days=1))}),
			("replaces somebody by one who works already", {"pengganti": self.peserta[0]}),
			("lets somebody stop who does not work here", {"peserta": newcomer, "pengganti": None}),
		):
			record.refused(
				"Ketua RT", what, lambda other=other: draft(ketua, **other), count, saying="Berhenti"
			)
		doc = record.allowed("Ketua RT", "drafts the change; who stops is off the list", lambda: draft(ketua))
		people = [b["peserta"] for b in doc["lampiran"]]
		equal((self.peserta[1] in people, newcomer in people, len(people)), (False, True, len(self.peserta)))
		self.s2 = doc["name"]
		file, before = ("Surat Keputusan", self.s2), ("Surat Keputusan", self.s)
		doc = record.allowed("Ketua RT", "signs the change", lambda: ketua.act(*file, "Tetapkan"))
		text = self.print_pdf("Ketua RT", ketua, *file, "keputusan-perubahan.pdf", doc["nomor"])
		self.must("Ketua RT", "the letter says who stops", "DAFTAR WARGA YANG BERHENTI" in text)
		self.must("Ketua RT", "the SK before still stands", ketua.load(*before)["status"] == "Ditetapkan")
		told = {"sk": self.s2, "dilaporkan_pada": str(self.today)}
		method = "kampung_bahagia.perlindungan.layar.lapor_perubahan"
		record.refused("DPMPPA", "tells BPJS before it is signed", lambda: dpmppa.call(method, **told), file)
		scan = record.allowed(
			"Ketua RT",
			"uploads the signed change",
			lambda: self.attach(ketua, file, "pindaian", "sk-perubahan"),
		)
		doc = record.allowed("Ketua RT", "binds the scan", lambda: ketua.change(*file, pindaian=scan))
		self.must(
			"Ketua RT", "there is a day by which BPJS hears of it", doc["batas_lapor"] > str(self.today)
		)
		self.must("Ketua RT", "the SK before is replaced", ketua.load(*before)["status"] == "Diganti")
		gone = ketua.load("Peserta", self.peserta[1])
		self.must(
			"Ketua RT",
			"who stopped is named in none and covered no longer",
			(gone.get("surat_keputusan"), gone["status"], gone["berhenti_sejak"])
			== (None, "Berakhir", str(self.today)),
		)
		official = ketua.load("Dokumen Resmi", ketua.load(*before)["dokumen_resmi"])
		page = self.guest.request("GET", "/verifikasi", params={"t": official["kode"]}).text
		self.must("Guest", "the old SK names its successor", "Sudah diganti" in page and doc["nomor"] in page)
		record.refused("Ketua RT", "says that BPJS was told", lambda: ketua.call(method, **told), file)
		record.allowed("DPMPPA", "has told BPJS", lambda: dpmppa.call(method, **told))
		self.must(
			"Ketua RT",
			"the newcomer is covered",
			ketua.load("Peserta", newcomer)["status"] == "Terlindungi",
		)
		record.refused("DPMPPA", "tells BPJS twice", lambda: dpmppa.call(method, **told), file)

	def assignment(self) -> None:
		"""Surat Tugas: who works on which days, and who came"""
		record, ketua = self.record, self.ketua
		count = ("Surat Tugas", {"kegiatan": self.k})
		for office, desk in (("Lurah", self.lurah), ("Ketua RT (neighbour)", self.tetangga)):
			record.refused(
				office, "assigns", lambda desk=desk: desk.new("Surat Tugas", kegiatan=self.k), count
			)
		doc = record.allowed(
			"Ketua RT", "drafts it from the SK", lambda: ketua.new("Surat Tugas", kegiatan=self.k)
		)
		self.must("Ketua RT", "it stands on the SK in force", doc["surat_keputusan"] == self.s2)
		people = [b["peserta"] for b in doc["lampiran"]]
		self.must("Ketua RT", "it leaves out who stopped", self.peserta[1] not in people)
		self.t = doc["name"]
		file = ("Surat Tugas", self.t)
		doc = record.allowed("Ketua RT", "issues it", lambda: ketua.act(*file, "Tetapkan"))
		text = self.print_pdf("Ketua RT", ketua, *file, "surat-tugas.pdf", doc["nomor"])
		self.must("Ketua RT", "there is a sheet to sign", "DAFTAR HADIR" in text)
		scan = record.allowed(
			"Ketua RT", "uploads the signed one", lambda: self.attach(ketua, file, "pindaian", "surat-tugas")
		)
		doc = record.allowed("Ketua RT", "binds the scan", lambda: ketua.change(*file, pindaian=scan))
		self.must("Ketua RT", "it is official", bool(doc["dokumen_resmi"]))
		method = "kampung_bahagia.perlindungan.doctype.surat_tugas.surat_tugas.catat_kehadiran"
		day = {"nama": self.t, "tanggal": str(self.today), "hadir": json.dumps(people[1:])}
		later = day | {"tanggal": str(self.today + timedelta(days=1))}
		record.refused("Ketua RT", "writes down tomorrow", lambda: ketua.call(method, **later), file)
		record.refused("Lurah", "writes down who came", lambda: self.lurah.call(method, **day), file)
		record.allowed("Ketua RT", "writes down who came", lambda: ketua.call(method, **day))
		came = [b["peserta"] for b in ketua.load(*file)["kehadiran"] if b["hadir"]]
		self.must("Ketua RT", "those who came are known", came == people[1:])

	def progress(self) -> None:
		"""Kemajuan"""
		record, ketua = self.record, self.ketua
		photo = ketua.upload("Kegiatan", self.k, "", "selama.png", PNG)
		values = {"kegiatan": self.k, "tanggal": str(self.today), "persen": 40, "foto": photo}
		count = ("Kemajuan Kegiatan", {"kegiatan": self.k})
		for office, desk in (("Ketua RT (neighbour)", self.tetangga), ("Lurah", self.lurah)):
			record.refused(
				office, "reports progress", lambda desk=desk: desk.new("Kemajuan Kegiatan", **values), count
			)
		for what, other in (
			("reports tomorrow's progress", {"tanggal": str(self.today + timedelta(days=1))}),
			("reports progress before the start", {"tanggal": str(self.today - timedelta(days=1))}),
			("reports more than everything", {"persen": 140}),
			("reports without a photo", {"foto": None}),
		):
			record.refused(
				"Ketua RT",
				what,
				lambda other=other: ketua.new("Kemajuan Kegiatan", **values | other),
				count,
			)
		self.r = record.allowed(
			"Ketua RT", "reports 40 % with a photo", lambda: ketua.new("Kemajuan Kegiatan", **values)
		)["name"]
		record.refused(
			"Ketua RT",
			"reports the same day twice",
			lambda: ketua.new("Kemajuan Kegiatan", **values | {"persen": 50}),
			count,
			saying=self.r,
		)
		self.cannot_see("Kemajuan Kegiatan", self.r)
		self.must(
			"Lurah", "the kegiatan stands at 40 %", self.lurah.load("Kegiatan", self.k)["kemajuan"] == 40
		)

	def change(self) -> None:
		"""Adendum"""
		record, ketua, work = self.record, self.ketua, ("Kegiatan", self.k)
		before = ketua.load(*work)
		until = str(self.today + timedelta(days=44))
		same = {
			**{
				f: before[f]
				for f in ("tanggal_mulai", "tanggal_selesai", "masa_pemeliharaan", "ppn", "swadaya")
			},
			"kegiatan": self.k,
			"alasan_perubahan": "Hujan menghambat pengecoran, dan saluran perlu tutup.",
			"rab": [
				self.added_line(i, **{f: line[f] for f in PLAN}) for i, line in enumerate(before["rab"], 1)
			],
		}
		cover = self.added_line(2, **{f: before["rab"][0][f] for f in PLAN})
		cover |= {"uraian": "Tutup saluran", "volume": ADDED // 100_000, "harga_satuan": 100_000}
		values = same | {"tanggal_selesai": until, "swadaya": ADDED, "rab": [*same["rab"], cover]}
		count = ("Adendum Kegiatan", {"kegiatan": self.k})

		def write(desk=ketua, **other) -> dict:
			return desk.new("Adendum Kegiatan", **values | other)

		record.refused(
			"Ketua RT",
			"changes the end of an approved kegiatan",
			lambda: ketua.change(*work, tanggal_selesai=until),
			work,
		)
		record.refused(
			"Ketua RT",
			"writes an addendum without a meeting on it",
			lambda: write(musyawarah=self.m),
			count,
			saying="Perubahan",
		)
		values["musyawarah"] = meeting = self.decide(
			"Perubahan", "Waktu ditambah dua minggu, saluran ditutup."
		)
		record.refused(
			"Ketua RT",
			"writes an addendum that changes nothing",
			lambda: ketua.new("Adendum Kegiatan", **same, musyawarah=meeting),
			count,
			saying="Belum ada yang berubah",
		)
		record.refused("Ketua RT (neighbour)", "writes the addendum", lambda: write(self.tetangga), count)
		record.refused("Lurah", "writes the addendum", lambda: write(self.lurah), count)
		dropped = (
			"Adendum Kegiatan",
			record.allowed("Ketua RT", "writes the addendum", write)["name"],
		)
		record.refused("Ketua RT", "writes a second one", write, count, saying=dropped[1])
		record.refused("Lurah", "calls it off", lambda: self.lurah.act(*dropped, "Batalkan"), dropped)
		record.allowed("Ketua RT", "calls it off", lambda: ketua.act(*dropped, "Batalkan"))
		record.refused("Ketua RT", "submits it after that", lambda: ketua.act(*dropped, "Ajukan"), dropped)
		doc = record.allowed("Ketua RT", "writes it anew, from the same meeting", write)
		self.a = doc["name"]
		file = ("Adendum Kegiatan", self.a)
		self.must(
			"Ketua RT",
			f"it shows {ADDED} more value and {ADDED_PREMIUM} more premium",
			(doc["selisih_nilai"], doc["selisih_iuran"]) == (ADDED, ADDED_PREMIUM),
		)
		self.must(
			"Ketua RT",
			"it says that the cover ends too early",
			"berakhir" in (doc["catatan_perlindungan"] or ""),
		)
		record.refused(
			"Ketua RT",
			"writes the premium by hand",
			lambda: ketua.rest("PUT", *file, {"iuran_baru": 1}),
			file,
		)
		record.refused(
			"Ketua RT",
			"submits it over the ceiling",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="melebihi sisa pagu",
		)
		record.allowed("DPMPPA", "raises the ceiling for a while", lambda: self.set_ceiling(10**9))
		record.allowed("Ketua RT", "submits the addendum", lambda: ketua.act(*file, "Ajukan"))
		record.refused("Ketua RT", "verifies their own", lambda: ketua.act(*file, "Verifikasi"), file)
		record.refused(
			"DPMPPA", "approves it before the lurah", lambda: self.dpmppa.act(*file, "Setujui"), file
		)
		record.refused(
			"Lurah (elsewhere)", "verifies it", lambda: self.lurah_lain.act(*file, "Verifikasi"), file
		)
		record.refused("Lurah", "rejects it without a reason", lambda: self.lurah.act(*file, "Tolak"), file)
		self.cannot_see(*file)
		record.allowed("Lurah", "verifies the addendum", lambda: self.lurah.act(*file, "Verifikasi"))
		record.refused("Lurah", "approves it too", lambda: self.lurah.act(*file, "Setujui"), file, work)
		self.must("Ketua RT", "nothing has changed yet", ketua.load(*work)["versi"] == 1)
		record.allowed("DPMPPA", "approves the addendum", lambda: self.dpmppa.act(*file, "Setujui"))
		record.allowed("DPMPPA", "takes the ceiling back", self.set_ceiling)
		after = ketua.load(*work)
		self.worth = before["nilai_kegiatan"] + ADDED
		self.must(
			"Ketua RT",
			f"the kegiatan has its second version, worth {self.worth:.0f}",
			(after["versi"], after["tanggal_selesai"], after["nilai_kegiatan"], after["swadaya"])
			== (2, until, self.worth, ADDED),
		)
		record.refused(
			"Ketua RT", "changes the approved addendum", lambda: ketua.change(*file, swadaya=0), file
		)
		self.settle(str(self.today + timedelta(days=44 + before["masa_pemeliharaan"])))

	def added_line(self, idx: int, **values) -> dict:
		return row("RAB Adendum", "rab", idx, **values)

	def settle(self, until: str) -> None:
		"""DPMPPA records what the addendum changed with BPJS: the difference of the premium, and longer cover."""
		record, dpmppa, file, work = (
			self.record,
			self.dpmppa,
			("Pendaftaran BPJS", self.p),
			("Kegiatan", self.k),
		)
		self.must(
			"DPMPPA",
			f"{ADDED_PREMIUM} of premium wait to be settled",
			dpmppa.load(*work)["tambahan_iuran"] == ADDED_PREMIUM,
		)
		proof = self.attach(dpmppa, file, "bukti_bayar_tambahan", "bukti-tambahan")
		paid = {
			"tambahan_dibayar": ADDED_PREMIUM,
			"tambahan_dibayar_pada": moment(datetime.now(WIB)),
			"bukti_bayar_tambahan": proof,
		}
		tomorrow = moment(datetime.now(WIB) + timedelta(days=1))
		for office, desk in (("Ketua RT", self.ketua), ("Lurah", self.lurah), ("BPJS", self.bpjs)):
			record.refused(
				office, "settles the difference", lambda desk=desk: desk.change(*file, **paid), file, work
			)
		for what, other in (
			("settles it without proof", {"bukti_bayar_tambahan": None}),
			("dates it tomorrow", {"tambahan_dibayar_pada": tomorrow}),
			("settles more than was asked", {"tambahan_dibayar": ADDED_PREMIUM + 1}),
		):
			record.refused(
				"DPMPPA", what, lambda other=other: dpmppa.change(*file, **paid | other), file, work
			)
		record.allowed("DPMPPA", "settles the difference with proof", lambda: dpmppa.change(*file, **paid))
		self.must("DPMPPA", "nothing waits any more", dpmppa.load(*work)["tambahan_iuran"] == 0)
		record.refused(
			"DPMPPA",
			"settles it once more",
			lambda: dpmppa.change(*file, tambahan_dibayar=2 * ADDED_PREMIUM),
			file,
		)
		paper = self.attach(dpmppa, file, "bukti_perpanjangan", "perpanjangan")
		record.refused(
			"DPMPPA",
			"lengthens the cover without BPJS's paper",
			lambda: dpmppa.change(*file, perpanjangan_sampai=until),
			file,
		)
		record.refused(
			"DPMPPA",
			"shortens the cover",
			lambda: dpmppa.change(*file, perpanjangan_sampai=str(self.today), bukti_perpanjangan=paper),
			file,
		)
		doc = record.allowed(
			"DPMPPA",
			"records the longer cover",
			lambda: dpmppa.change(*file, perpanjangan_sampai=until, bukti_perpanjangan=paper),
		)
		self.must("BPJS", "the cover lasts as long as the work", doc["berlaku_sampai"] == until)

	def handover(self) -> None:
		"""Serah terima and LPJ"""
		record, ketua, work = self.record, self.ketua, ("Kegiatan", self.k)
		record.refused(
			"Ketua RT",
			"hands over without a photo of the result",
			lambda: ketua.act(*work, "Serah Terimakan"),
			work,
			saying="Sesudah",
		)
		self.show(work, "Sesudah")
		record.refused(
			"Lurah", "closes what is not handed over", lambda: self.lurah.act(*work, "Selesaikan"), work
		)
		record.refused(
			"Ketua RT (neighbour)",
			"hands it over",
			lambda: self.tetangga.act(*work, "Serah Terimakan"),
			work,
		)
		record.allowed("Ketua RT", "hands the work over", lambda: ketua.act(*work, "Serah Terimakan"))
		record.refused(
			"Lurah",
			"closes it without its account",
			lambda: self.lurah.act(*work, "Selesaikan"),
			work,
			saying="LPJ",
		)
		meeting = self.decide("Serah Terima", "Warga menerima hasil pekerjaan.")
		count = ("LPJ Kegiatan", {"kegiatan": self.k})
		for office, desk in (("Ketua RT (neighbour)", self.tetangga), ("Lurah", self.lurah)):
			record.refused(
				office,
				"accounts for it",
				lambda desk=desk: desk.new("LPJ Kegiatan", kegiatan=self.k),
				count,
			)
		doc = record.allowed(
			"Ketua RT", "begins the account", lambda: ketua.new("LPJ Kegiatan", kegiatan=self.k)
		)
		self.l = doc["name"]
		file = ("LPJ Kegiatan", self.l)
		self.must(
			"Ketua RT",
			"it has each line of the changed RAB, and the meeting",
			[line["anggaran"] for line in doc["realisasi"]] == [self.worth - ADDED, ADDED]
			and doc["musyawarah"] == meeting,
		)
		record.refused(
			"Ketua RT",
			"accounts for it twice",
			lambda: ketua.new("LPJ Kegiatan", kegiatan=self.k),
			count,
			saying=self.l,
		)
		record.refused(
			"Ketua RT",
			"spends more than there was",
			lambda: self.spend(file, self.worth - ADDED, ADDED + 1),
			file,
			saying="melebihi",
		)
		doc = record.allowed(
			"Ketua RT",
			f"enters what was spent; {LEFT} are left",
			lambda: self.spend(file, self.worth - ADDED - LEFT, ADDED),
		)
		self.must(
			"Ketua RT",
			"the residents' share was spent first, and what is left goes back",
			(doc["swadaya"], doc["sisa"]) == (ADDED, LEFT),
		)
		signed = self.attach(ketua, file, "berita_acara_serah_terima", "serah-terima")
		ketua.change(*file, berita_acara_serah_terima=signed)
		record.refused(
			"Ketua RT",
			"submits it without receipts",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="bukti",
		)
		photo = ketua.load(*work)["foto"][0]["foto"]
		record.allowed("Ketua RT", "names a photo of the work as receipt", lambda: self.receipts(file, photo))
		record.refused(
			"Ketua RT",
			"submits it with that",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="bukan lampiran LPJ ini",
		)
		receipt = self.attach(ketua, file, "bukti", "nota")
		record.allowed("Ketua RT", "adds the receipts", lambda: self.receipts(file, receipt))
		record.refused(
			"Ketua RT",
			"submits it without proof that the rest went back",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="pengembalian",
		)
		back = self.attach(ketua, file, "bukti_pengembalian", "bukti-setor")
		record.allowed("Ketua RT", "adds that proof", lambda: ketua.change(*file, bukti_pengembalian=back))
		record.allowed("Ketua RT", "submits the account", lambda: ketua.act(*file, "Ajukan"))
		self.evidence_stays("Ketua RT", ketua, *file, receipt)
		record.refused("Ketua RT", "examines their own", lambda: ketua.act(*file, "Periksa"), file)
		record.refused(
			"Ketua RT", "spends more now", lambda: self.spend(file, self.worth - ADDED, ADDED), file
		)
		record.refused(
			"DPMPPA", "accepts it before the lurah", lambda: self.dpmppa.act(*file, "Terima"), file
		)
		record.refused(
			"Lurah (elsewhere)", "examines it", lambda: self.lurah_lain.act(*file, "Periksa"), file
		)
		record.refused(
			"Lurah", "sends it back without a reason", lambda: self.lurah.act(*file, "Kembalikan"), file
		)
		self.cannot_see(*file)
		record.allowed("Lurah", "examines the account", lambda: self.lurah.act(*file, "Periksa"))
		record.refused("Lurah", "accepts it too", lambda: self.lurah.act(*file, "Terima"), file)
		record.refused(
			"Lurah",
			"closes the kegiatan before DPMPPA has accepted",
			lambda: self.lurah.act(*work, "Selesaikan"),
			work,
			saying=self.l,
		)
		record.allowed("DPMPPA", "accepts the account", lambda: self.dpmppa.act(*file, "Terima"))
		record.refused(
			"DPMPPA", "changes it afterwards", lambda: self.dpmppa.change(*file, musyawarah=None), file
		)
		record.refused(
			"Lurah (elsewhere)", "closes it", lambda: self.lurah_lain.act(*work, "Selesaikan"), work
		)
		record.refused("Ketua RT", "closes it", lambda: ketua.act(*work, "Selesaikan"), work)
		doc = record.allowed("Lurah", "closes the kegiatan", lambda: self.lurah.act(*work, "Selesaikan"))
		equal(doc["status"], "Selesai")

	def stopped(self) -> None:
		"""Work that is stopped, and its money"""
		record, ketua = self.record, self.ketua
		count = ("Kegiatan", {"musyawarah": self.m})
		line = self.rab_line() | {
			"uraian": "Bahan latihan",
			"volume": OTHER_VALUE // 100_000,
			"dasar_iuran": 0,
		}
		plan = self.plan(self.usulan[2]) | {
			"judul": "Pelatihan Kader Contoh",
			"konstruksi": 0,
			"masa_pemeliharaan": 0,
			"swadaya": OTHER_SWADAYA,
			"rab": [line],
		}
		record.refused(
			"Ketua RT",
			"lets the residents give more than the work costs",
			lambda: ketua.new("Kegiatan", **plan | {"swadaya": OTHER_VALUE + 1}),
			count,
			saying="Swadaya",
		)
		doc = record.allowed(
			"Ketua RT", "plans work that builds nothing", lambda: ketua.new("Kegiatan", **plan)
		)
		self.k2 = doc["name"]
		work = ("Kegiatan", self.k2)
		self.must("Ketua RT", "no premium of Jasa Konstruksi is asked", doc["perkiraan_iuran"] == 0)
		self.show(work, "Sebelum")
		record.refused(
			"Ketua RT",
			"submits it without any other cover",
			lambda: ketua.act(*work, "Ajukan"),
			work,
			saying="Perlindungan Lain",
		)
		ketua.change(*work, perlindungan_lain="BPU BPJS Ketenagakerjaan")
		record.allowed("DPMPPA", "raises the ceiling for a while", lambda: self.set_ceiling(10**9))
		for office, desk, step, action in (
			("Ketua RT", ketua, "submits it", "Ajukan"),
			("Lurah", self.lurah, "verifies it", "Verifikasi"),
			("DPMPPA", self.dpmppa, "approves it", "Setujui"),
		):
			record.allowed(office, step, lambda desk=desk, action=action: desk.act(*work, action))
		record.allowed("DPMPPA", "takes the ceiling back", self.set_ceiling)
		record.refused(
			"DPMPPA",
			"registers it for Jasa Konstruksi",
			lambda: self.dpmppa.new("Pendaftaran BPJS", kegiatan=self.k2),
			("Pendaftaran BPJS", {"kegiatan": self.k2}),
			saying="bukan konstruksi",
		)
		record.refused(
			"Ketua RT",
			"accounts for what has not begun",
			lambda: ketua.new("LPJ Kegiatan", kegiatan=self.k2),
			("LPJ Kegiatan", {"kegiatan": self.k2}),
		)
		record.allowed("Ketua RT", "starts it", lambda: ketua.act(*work, "Mulai"))
		for office, desk in (("Ketua RT", ketua), ("Lurah", self.lurah)):
			record.refused(office, "stops it", lambda desk=desk: desk.act(*work, "Hentikan"), work)
		record.refused(
			"DPMPPA",
			"stops it without a reason",
			lambda: self.dpmppa.act(*work, "Hentikan"),
			work,
			saying="alasan",
		)
		self.dpmppa.change(*work, alasan="Balai dipakai posko banjir (perjalanan contoh).")
		record.allowed("DPMPPA", "stops it with a reason", lambda: self.dpmppa.act(*work, "Hentikan"))
		record.refused("Ketua RT", "starts it again", lambda: ketua.act(*work, "Mulai"), work)
		record.refused(
			"Ketua RT",
			"reports progress of it",
			lambda: ketua.new(
				"Kemajuan Kegiatan",
				kegiatan=self.k2,
				tanggal=str(self.today),
				persen=10,
				foto=ketua.load(*work)["foto"][0]["foto"],
			),
			("Kemajuan Kegiatan", {"kegiatan": self.k2}),
		)
		file = (
			"LPJ Kegiatan",
			record.allowed(
				"Ketua RT", "accounts for its money", lambda: ketua.new("LPJ Kegiatan", kegiatan=self.k2)
			)["name"],
		)
		doc = self.spend(file, OTHER_SPENT)
		self.must(
			"Ketua RT",
			"the programme's money that was not spent goes back",
			doc["sisa"] == (OTHER_VALUE - OTHER_SWADAYA) - (OTHER_SPENT - OTHER_SWADAYA),
		)
		self.receipts(file, self.attach(ketua, file, "bukti", "nota"))
		record.refused(
			"Ketua RT",
			"submits it without proof that the rest went back",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="pengembalian",
		)
		ketua.change(*file, bukti_pengembalian=self.attach(ketua, file, "bukti_pengembalian", "bukti-setor"))
		for office, desk, step, action in (
			("Ketua RT", ketua, "submits it; nothing is handed over", "Ajukan"),
			("Lurah", self.lurah, "examines it", "Periksa"),
			("DPMPPA", self.dpmppa, "accepts it", "Terima"),
		):
			record.allowed(office, step, lambda desk=desk, action=action: desk.act(*file, action))

	def complete_file(self) -> None:
		"""Every paper of the kegiatan in one PDF"""
		record, ketua, door = self.record, self.ketua, "kampung_bahagia.perlindungan.berkas_lengkap"

		def ask(desk) -> str:
			return desk.call(f"{door}.susun", kegiatan=self.k)["message"]

		def fetch(desk, code: str) -> bytes:
			answer = desk.request("GET", f"/api/method/{door}.unduh", params={"kode": code})
			equal(answer.headers["Content-Type"], "application/pdf")
			return answer.content

		for office, desk in (
			("Ketua RT (neighbour)", self.tetangga),
			("Lurah (elsewhere)", self.lurah_lain),
			("Guest", self.guest),
		):
			record.refused(office, "asks for the complete file", lambda desk=desk: ask(desk))
		code = record.allowed("Ketua RT", "asks for the complete file", lambda: ask(ketua))
		record.refused("Ketua RT", "fetches it before it is there", lambda: fetch(ketua, code))
		self.work()
		record.allowed("Ketua RT", "waits until it is there", lambda: self.wait(f"{door}.keadaan", code))
		for office, desk in (("Lurah", self.lurah), ("Guest", self.guest)):
			record.refused(office, "fetches what another asked for", lambda desk=desk: fetch(desk, code))
		content = record.allowed("Ketua RT", "fetches the complete file", lambda: fetch(ketua, code))
		path = self.out / "journey/berkas-lengkap.pdf"
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_bytes(content)
		parts = " ".join(str(part.title) for part in flat(PdfReader(BytesIO(content)).outline))
		named = (self.a, self.l, "Proposal Kegiatan", "Rekap Iuran", "Berita Acara Serah Terima", "Kemajuan")
		self.must("Ketua RT", "its bookmarks name every part", all(part in parts for part in named))

	def wait(self, door: str, code: str) -> None:
		until = time.monotonic() + 60 * MINUTES
		while (state := self.ketua.call(door, kode=code)["message"])["persen"] < 100:
			if time.monotonic() > until:
				raise AssertionError(f"not ready after {MINUTES} minutes: {state}")
			time.sleep(0.5)
		equal(bool(state["gagal"]), False)

	def show(self, work: tuple[str, str], when: str) -> None:
		"""Add a photo of the place to a kegiatan."""
		photo = self.ketua.upload(*work, "foto", f"{when.lower()}.png", PNG)
		photos = self.ketua.load(*work).get("foto") or []
		photos.append(row("Foto Kegiatan", "foto", len(photos) + 1, tahap=when, foto=photo))
		self.record.allowed("Ketua RT", f"shows it: {when}", lambda: self.ketua.change(*work, foto=photos))

	def spend(self, file: tuple[str, str], *rupiah: float) -> dict:
		"""Enter what was spent on each line of an account."""
		lines = self.ketua.load(*file)["realisasi"]
		spent = [line | {"realisasi": each} for line, each in zip(lines, rupiah, strict=True)]
		return self.ketua.change(*file, realisasi=spent)

	def receipts(self, file: tuple[str, str], paper: str) -> dict:
		"""Put the same paper beside each line of an account."""
		lines = [line | {"bukti": paper} for line in self.ketua.load(*file)["realisasi"]]
		return self.ketua.change(*file, realisasi=lines)


def flat(outline: list) -> list:
	"""The bookmarks of a PDF, those below others too."""
	return [one for part in outline for one in (flat(part) if isinstance(part, list) else [part])]
