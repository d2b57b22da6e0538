"""Stages of the journey in which people are hurt or die, and what their families are told at each step."""

import re
import time
from datetime import datetime, timedelta

from forms import WIB, equal, moment, row

KABAR = "kampung_bahagia.klaim.kabar_keluarga.untuk_keluarga"
STAGE, PAPER = "kampung_bahagia.klaim.tenggat.catat_laporan", "kampung_bahagia.klaim.dokumen.periksa"
PAID = 42_000_000

NOTICE = "Pemberitahuan Kecelakaan"
SECONDS = 90  # until a worker has looked at a notice


class Claims:
	"""Part of Journey: uses its officials, its record and what it has made so far."""

	def accident_report(self, person: int, **values) -> dict:
		return {
			"peserta": self.peserta[person],
			"jenis": "JKK Perawatan",
			"waktu_kejadian": moment(datetime.now(WIB)),
			"tempat": "Lorong Contoh",
			"kronologi": "Terjatuh dari dudukan (perjalanan contoh).",
			"nama_pelapor": "Keluarga",
			"hp_pelapor": "081200008888",
			**values,
		}

	def told(self, claim: str, *words: str) -> None:
		"""Print what the family is told now, which must hold `words`."""
		text = self.dpmppa.call(KABAR, klaim=claim)["message"]["teks"]
		print(f"      → {text}", flush=True)
		self.must("Family", "is told where the claim stands", all(w in text for w in words))

	def attach_all(self, desk, file) -> None:
		rows = desk.load(*file)["dokumen"]
		for i, paper in enumerate(rows):
			if paper["wajib"] and not paper.get("berkas") and not paper.get("sumber"):
				paper["berkas"] = self.attach(desk, file, "dokumen", f"dokumen-{i + 1}")
		desk.change(*file, dokumen=rows)

	def death(self) -> None:
		"""A death with heirs"""
		record, ketua, lurah, dpmppa, bpjs = self.record, self.ketua, self.lurah, self.dpmppa, self.bpjs
		heirs = [
			row("Ahli Waris Klaim", "ahli_waris", 1, nama="Ibu Contoh", hubungan="Orang Tua"),
			row(
				"Ahli Waris Klaim",
				"ahli_waris",
				2,
				nama="Istri Contoh",
				hubungan="Istri",
				tanggal_lahir="1988-01-01",
			),
		]
		doc = record.allowed(
			"Ketua RT",
			"reports a death by accident",
			lambda: ketua.new("Klaim", **self.accident_report(2, jenis="JKK Meninggal")),
		)
		self.c_death = doc["name"]
		file = ("Klaim", self.c_death)
		self.told(self.c_death, "Lurah sedang memeriksanya", "Surat Keterangan Ahli Waris")
		record.refused(
			"Ketua RT",
			"claims the same death a second time, as no accident",
			lambda: ketua.new("Klaim", **self.accident_report(2, jenis="JKM")),
			("Klaim", {"kegiatan": self.k}),
			saying=self.c_death,
		)
		person = doc["warga"]
		record.refused(
			"Ketua RT",
			"changes the record of who died",
			lambda: ketua.change("Warga", person, alamat="Lain"),
			("Warga", person),
			saying="dikunci",
		)
		doc = record.allowed(
			"Ketua RT", "writes down the family", lambda: ketua.change(*file, ahli_waris=heirs)
		)
		equal([h["berhak"] for h in doc["ahli_waris"]], [0, 1])
		account = {"bank": "BRI", "nomor_rekening": "123456789012345", "atas_nama": "Istri Contoh"}
		record.refused(
			"Ketua RT",
			"gives the account of somebody who does not inherit",
			lambda: ketua.change(*file, penerima_rencana="Ibu Contoh", **account),
			file,
			saying="Istri Contoh",
		)
		record.allowed(
			"Ketua RT",
			"gives the widow's account and the doctor's hour",
			lambda: ketua.change(
				*file,
				penerima_rencana="Istri Contoh",
				**account,
				keterangan_dokter_pada=moment(datetime.now(WIB)),
				akibat="Meninggal",
			),
		)
		record.allowed("Ketua RT", "attaches every paper", lambda: self.attach_all(ketua, file))
		paper = next(d for d in lurah.load(*file)["dokumen"] if d.get("berkas"))
		record.allowed(
			"Lurah",
			"sends one paper back",
			lambda: lurah.call(
				PAPER, klaim=self.c_death, dokumen=paper["name"], hasil="Ditolak", alasan="Tidak terbaca."
			),
		)
		self.told(self.c_death, "Tidak terbaca")
		record.allowed("Ketua RT", "brings it again", lambda: self.bring_again(ketua, file, paper["name"]))
		for kepada in ("BPJS Ketenagakerjaan", "Pengawas Ketenagakerjaan"):
			record.allowed(
				"Lurah",
				f"notes stage one to {kepada}",
				lambda kepada=kepada: lurah.call(
					STAGE,
					klaim=self.c_death,
					tahap="I",
					kepada=kepada,
					cara="Daring",
					pada=moment(datetime.now(WIB)),
				),
			)
		for office, desk, action in (
			("Lurah", lurah, "Verifikasi"),
			("DPMPPA", dpmppa, "Verifikasi"),
			("DPMPPA", dpmppa, "Ajukan ke BPJS"),
		):
			record.allowed(
				office, f"{action} (death)", lambda desk=desk, action=action: desk.act(*file, action)
			)
			self.told(self.c_death)
		record.refused(
			"Ketua RT", "withdraws it when BPJS has it", lambda: ketua.act(*file, "Tarik Laporan"), file
		)
		record.allowed(
			"BPJS",
			"enters number and sum",
			lambda: bpjs.change(*file, nomor_klaim=f"KLM{self.digits(8)}", nilai_disetujui=PAID - 10_000_000),
		)
		record.allowed("BPJS", "accepts the death, for too little", lambda: bpjs.act(*file, "Setujui"))
		record.refused(
			"DPMPPA",
			"objects without saying to what",
			lambda: dpmppa.act(*file, "Ajukan Keberatan"),
			file,
			saying="alasan",
		)
		record.allowed(
			"DPMPPA",
			"objects to the sum",
			lambda: (
				dpmppa.change(*file, alasan="Biaya pemakaman belum dihitung."),
				dpmppa.act(*file, "Ajukan Keberatan"),
			),
		)
		self.told(self.c_death, "diajukan ulang")
		record.allowed(
			"BPJS",
			"grants the whole",
			lambda: (bpjs.change(*file, nilai_disetujui=PAID), bpjs.act(*file, "Setujui")),
		)
		self.told(self.c_death, "menyetujui", "42.000.000")
		proof = self.attach(bpjs, file, "pembayaran", "bukti-duka")
		paid = {"manfaat": "Seluruh Manfaat", "tanggal": str(self.today), "jumlah": PAID}
		paid |= {"penerima": "Istri Contoh", "bukti": proof}
		record.allowed(
			"BPJS",
			"pays the widow",
			lambda: (
				bpjs.change(*file, pembayaran=[paid]),
				bpjs.act(*file, "Bayar"),
			),
		)
		record.allowed("DPMPPA", "closes it", lambda: dpmppa.act(*file, "Tutup"))
		self.told(self.c_death, "BPJS membayar", "Istri Contoh")

	def bring_again(self, desk, file, name: str) -> None:
		rows = desk.load(*file)["dokumen"]
		for paper in rows:
			if paper["name"] == name:
				paper["berkas"] = self.attach(desk, file, "dokumen", "terbaca")
		desk.change(*file, dokumen=rows)

	def notice(self) -> None:
		"""A family and a hospital tell of an accident without account"""
		record, ketua, lurah = self.record, self.ketua, self.lurah
		now = datetime.now(WIB) - timedelta(minutes=2)
		told = {
			"nama_korban": self.people[3]["nama"],
			"nik_korban": self.people[3]["nik"],
			"keadaan_korban": "Dirawat atau cedera",
			"kelurahan": self.rt["kelurahan"],
			"tanggal": f"{now:%Y-%m-%d}",
			"jam": f"{now:%H:%M}",
			"tempat": "Lorong Contoh",
			"kronologi": "Terjatuh dari tangga (perjalanan contoh).",
			"nama_pelapor": "Istri Contoh",
			"hp_pelapor": f"0812{self.digits(8)}",
			"hubungan": "Keluarga",
		}
		count = (NOTICE, {"rt": self.rt["name"]})
		for what, wrong in (
			("without saying what happened", {"kronologi": ""}),
			("of tomorrow", {"tanggal": str(self.today + timedelta(days=1))}),
		):
			record.refused(
				"Guest",
				f"tells of an accident {what}",
				lambda wrong=wrong: self.tell(told | wrong),
				count,
				saying="Ada yang perlu diperbaiki",
			)
		ticket = record.allowed("Guest", "the wife tells of an accident", lambda: self.tell(told))
		self.follows(ticket, "sedang memeriksanya")
		stranger = record.allowed(
			"Guest",
			"somebody tells of one with a NIK of nobody",
			lambda: self.tell(
				told | {"nik_korban": self.person(self.rt)["nik"], "nama_korban": "Orang Contoh"}
			),
		)
		self.follows(stranger, "sedang memeriksanya")
		other = record.allowed(
			"Guest",
			"the hospital tells of the same",
			lambda: self.tell(told | {"nama_pelapor": "IGD", "hubungan": "Klinik atau rumah sakit"}),
		)
		record.refused(
			"Guest",
			"asks with a ticket of nothing",
			lambda: self.track("ABCD-EFGH-JKMN"),
			saying="tidak dikenal",
		)
		self.work()
		first, second = record.allowed("Ketua RT", "finds both in their list", self.both_notices)
		self.must("Ketua RT", "the second is marked as the same accident", second["pertama"] == first["name"])
		self.cannot_see(NOTICE, first["name"])
		door = "kampung_bahagia.klaim.ambil_alih"
		take = {"pemberitahuan": first["name"], "peserta": self.peserta[3], "jenis": "JKK Perawatan"}
		record.refused(
			"Ketua RT (neighbour)",
			"takes it over",
			lambda: self.tetangga.call(f"{door}.jadikan_klaim", **take),
			(NOTICE, first["name"]),
		)
		record.refused(
			"Ketua RT",
			"refuses it",
			lambda: ketua.act(NOTICE, first["name"], "Tolak"),
			(NOTICE, first["name"]),
		)
		claim = record.allowed(
			"Ketua RT", "makes a claim of it", lambda: ketua.call(f"{door}.jadikan_klaim", **take)
		)["message"]
		self.must(
			"Ketua RT",
			"both notices went to one claim",
			[n["klaim"] for n in self.notices(first, second)] == [claim, claim],
		)
		for one in (ticket, other):
			self.follows(one, "Lurah sedang memeriksanya")
		record.refused(
			"Ketua RT",
			"makes another claim of the second",
			lambda: ketua.call(f"{door}.jadikan_klaim", **take | {"pemberitahuan": second["name"]}),
			("Klaim", {"kegiatan": self.k}),
			saying=claim,
		)
		record.allowed("Lurah", "verifies it", lambda: lurah.act("Klaim", claim, "Verifikasi"))
		self.follows(ticket, "DPMPPA yang memeriksa")

	def tell(self, told: dict) -> str:
		"""Fill in the page for guests; the ticket."""
		page = self.guest.request("GET", "/lapor-kecelakaan").text
		key = re.search(r'name="kunci" value="(\w+)"', page)[1]
		answer = self.guest.request("POST", "/lapor-kecelakaan", data={**told, "kunci": key}).text
		return re.search(r'class="tiket">([^<]+)', answer)[1]

	def track(self, ticket: str) -> str:
		return self.guest.request("POST", "/lacak", data={"tiket": ticket}).text

	def follows(self, ticket: str, words: str) -> None:
		"""Print what the page says of a ticket: `words` and nothing of the person."""
		text = re.search(r'role="status"[^>]*><p>([^<]+)', self.track(ticket))[1]
		print(f"      → {text}", flush=True)
		person = self.people[3]
		self.must(
			"Family",
			"follows it by its ticket",
			words in text and person["nama"] not in text and person["nik"] not in text,
		)

	def both_notices(self) -> tuple[dict, dict]:
		"""The first and the second of the person, as soon as they were recognised."""
		for _ in range(SECONDS):
			found = self.ketua.list(NOTICE, {"warga": self.warga[3]}, ["name", "pertama", "klaim"])
			if len(found) == 2:
				second, first = found
				return first, second
			time.sleep(1)
		raise AssertionError(f"{len(found)} notices instead of 2")

	def notices(self, *which: dict) -> list[dict]:
		return [self.ketua.load(NOTICE, one["name"]) for one in which]

	def late_and_outside(self) -> None:
		"""A late notice of an accident before there was cover, and one reported twice"""
		record, ketua, lurah = self.record, self.ketua, self.lurah
		when = moment(datetime.now(WIB) - timedelta(hours=60))
		doc = record.allowed(
			"Ketua RT",
			"reports an accident of sixty hours ago, before cover",
			lambda: ketua.new("Klaim", **self.accident_report(3, waktu_kejadian=when)),
		)
		file = ("Klaim", doc["name"])
		equal((doc["status_pertanggungan"], doc["terlambat"]), ("Di Luar Masa", 1))
		self.told(doc["name"], "di luar masa perlindungan", "BPJS yang memutuskan", "lewat dari 2×24 jam")
		record.refused(
			"Ketua RT",
			"reports it once more",
			lambda: ketua.new("Klaim", **self.accident_report(3, waktu_kejadian=when)),
			("Klaim", {"kegiatan": self.k}),
			saying=doc["name"],
		)
		record.refused("Lurah", "withdraws it", lambda: lurah.act(*file, "Tarik Laporan"), file)
		record.refused(
			"Ketua RT",
			"withdraws it without a reason",
			lambda: ketua.act(*file, "Tarik Laporan"),
			file,
			saying="alasan",
		)
		record.allowed("Lurah", "verifies it all the same", lambda: lurah.act(*file, "Verifikasi"))
		self.told(doc["name"], "DPMPPA")
