"""Stages of the journey about meetings: one that too few came to, one of readiness, and those about a kegiatan."""

from datetime import datetime, timedelta

from forms import WIB, moment, row

INVITED = 12


class Meetings:
	"""Part of Journey: uses its officials, its record and what it has made so far."""

	def invitation(self, kind: str, present: list[str], **values) -> dict:
		"""What is filled in for a meeting that was held a minute ago."""
		return {
			"jenis": kind,
			"tanggal": moment(datetime.now(WIB) - timedelta(minutes=1)),
			"tempat": "Balai RT (perjalanan contoh)",
			"rt": self.rt["name"],
			"kk_diundang": INVITED,
			"catatan": "Perjalanan contoh",
			"hadirin": [
				row("Hadirin", "hadirin", i, warga=w, mewakili_kk=1) for i, w in enumerate(present, 1)
			],
			**values,
		}

	def postponement(self) -> None:
		"""Musyawarah that too few came to"""
		record, ketua = self.record, self.ketua
		idea = row("Usulan", "usulan", 1, judul="Lampu lorong", kategori="Infrastruktur Lingkungan")
		values = self.invitation("Prioritas", self.warga[:2], usulan=[idea])
		name = record.allowed(
			"Ketua RT",
			"records a musyawarah with 2 of 12 households",
			lambda: ketua.new("Musyawarah", **values),
		)["name"]
		file, count = ("Musyawarah", name), ("Musyawarah", {"rt": self.rt["name"]})
		again = {"musyawarah": name, "tanggal": self.evening(1)}
		record.refused(
			"Ketua RT",
			"postpones it without the signed list of who came",
			lambda: ketua.act(*file, "Tunda"),
			file,
			saying="Daftar Hadir",
		)
		record.refused(
			"Ketua RT", "invites again before it is postponed", lambda: self.invite(ketua, **again), count
		)
		signed = self.attach(ketua, file, "daftar_hadir_bertanda", "daftar-hadir")
		record.allowed(
			"Ketua RT", "uploads the signed list", lambda: ketua.change(*file, daftar_hadir_bertanda=signed)
		)
		for office, desk in (("Ketua RT (neighbour)", self.tetangga), ("Pendamping", self.pendamping)):
			record.refused(office, "postpones it", lambda desk=desk: desk.act(*file, "Tunda"), file)
		record.allowed("Ketua RT", "postpones the musyawarah", lambda: ketua.act(*file, "Tunda"))
		record.refused("Ketua RT", "submits it all the same", lambda: ketua.act(*file, "Ajukan"), file)
		record.refused(
			"Ketua RT",
			"adds people afterwards",
			lambda: ketua.change(*file, hadirin=values["hadirin"][:1]),
			file,
		)
		record.refused(
			"Ketua RT",
			"invites again for the same day",
			lambda: self.invite(ketua, **again | {"tanggal": self.evening(0)}),
			count,
			saying="paling awal",
		)
		record.refused(
			"Ketua RT (neighbour)",
			"invites in their place",
			lambda: self.invite(self.tetangga, **again),
			count,
		)
		next_one = (
			"Musyawarah",
			record.allowed("Ketua RT", "invites again for the next day", lambda: self.invite(ketua, **again)),
		)
		record.refused(
			"Ketua RT",
			"invites twice",
			lambda: self.invite(ketua, **again),
			count,
			saying=next_one[1],
		)
		paper = self.attach(ketua, next_one, "berita_acara", "berita-acara")
		held = {"berita_acara": paper, "daftar_hadir_bertanda": paper, "hadirin": values["hadirin"]}
		ketua.change(*next_one, catatan=values["catatan"], **held)
		record.refused(
			"Ketua RT",
			"submits what is only held tomorrow",
			lambda: ketua.act(*next_one, "Ajukan"),
			next_one,
			saying="belum berlangsung",
		)
		record.allowed("Ketua RT", "calls it off", lambda: ketua.act(*next_one, "Batalkan"))

	def invite(self, desk, **given) -> str:
		door = "kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah.undang_ulang"
		return desk.call(door, **given)["message"]

	def evening(self, days: int) -> str:
		return moment(
			datetime.combine(self.today + timedelta(days=days), datetime.min.time()).replace(hour=23)
		)

	def readiness(self) -> None:
		"""Musyawarah of readiness, which elects the Pokja"""
		record, ketua = self.record, self.ketua
		now = self.dpmppa.load("RT", self.rt["name"])["pokja"]  # who is in office is elected again
		pokja = [
			row("Anggota Pokja", "pokja", i, nama=p["nama"], jabatan=p["jabatan"], unsur=p["unsur"])
			for i, p in enumerate(now, 1)
		]
		record.refused(
			"Ketua RT",
			"writes the Pokja into the RT by hand",
			lambda: ketua.change("RT", self.rt["name"], pokja=pokja[:1]),
			("RT", self.rt["name"]),
		)
		doc = record.allowed(
			"Ketua RT",
			"records the meeting of readiness",
			lambda: ketua.new(
				"Musyawarah",
				**self.invitation("Kesiapan", self.warga, hasil_kesiapan="Siap", pokja=pokja[:1]),
			),
		)
		file = ("Musyawarah", doc["name"])
		self.sign(file)
		record.refused(
			"Ketua RT",
			"submits it with one member of the Pokja",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="Pokja belum lengkap",
		)
		record.allowed("Ketua RT", "adds all of them", lambda: ketua.change(*file, pokja=pokja))
		self.legitimate(file)
		after = self.dpmppa.load("RT", self.rt["name"])["pokja"]
		self.must("DPMPPA", "the RT has its Pokja", [p["nama"] for p in after] == [p["nama"] for p in now])

	def phones(self, file: tuple[str, str]) -> None:
		"""One more resident signs in by the QR of the meeting `file`, and nobody else."""
		record, ketua, door = self.record, self.ketua, "kampung_bahagia.perencanaan.hadir"
		for office, desk in (("Ketua RT (neighbour)", self.tetangga), ("Lurah", self.lurah)):
			record.refused(
				office,
				"opens the list to phones",
				lambda desk=desk: desk.call(f"{door}.buka", musyawarah=file[1]),
				file,
			)
		shown = record.allowed(
			"Ketua RT", "opens the list to phones", lambda: ketua.call(f"{door}.buka", musyawarah=file[1])
		)["message"]
		code = shown["alamat"].partition("?t=")[2]
		nik = self.people[5]["nik"]
		stranger = record.allowed(
			"Ketua RT (elsewhere)",
			"has a resident of their own",
			lambda: self.ketua_lain.new("Warga", **(one := self.person(self.rt_lain))) and one["nik"],
		)
		for what, given in (
			("signs in as a resident of another RT", (code, stranger)),
			("signs in with a NIK of nobody", (code, self.person(self.rt)["nik"])),
			("signs in with a word", (code, "sayahadir")),
			("signs in to no meeting", ("x" * len(code), nik)),
		):
			record.refused("Guest", what, lambda given=given: self.scan(*given), file)
		record.allowed("Guest", "a resident signs in by QR", lambda: self.scan(code, nik))
		before = self.dpmppa.load(*file)
		self.must(
			"Ketua RT",
			"that resident is on the list, as sixth household",
			(before["kk_hadir"], before["hadirin"][-1]["cara"]) == (6, "QR"),
		)
		record.allowed("Guest", "the same resident signs in again", lambda: self.scan(code, nik))
		self.must("Ketua RT", "and is counted once", self.dpmppa.load(*file)["kk_hadir"] == 6)
		record.allowed("Ketua RT", "closes the list", lambda: ketua.call(f"{door}.tutup", musyawarah=file[1]))
		record.refused(
			"Guest",
			"signs in after it was closed",
			lambda: self.scan(code, self.people[6]["nik"]),
			file,
			saying="ditutup",
		)

	def scan(self, code: str, nik: str) -> str:
		"""What the page behind the QR answers to a phone."""
		return self.guest.request("POST", "/hadir", data={"t": code, "nik": nik}).text

	def decide(self, kind: str, decision: str) -> str:
		"""Hold a legitimate meeting of this kind about the kegiatan; its name."""
		values = self.invitation(kind, self.warga, kegiatan=self.k, keputusan=decision)
		doc = self.record.allowed(
			"Ketua RT", f"records the musyawarah {kind}", lambda: self.ketua.new("Musyawarah", **values)
		)
		file = ("Musyawarah", doc["name"])
		self.sign(file)
		self.legitimate(file)
		return doc["name"]

	def sign(self, file: tuple[str, str]) -> None:
		papers = {
			field: self.attach(self.ketua, file, field, field)
			for field in ("berita_acara", "daftar_hadir_bertanda")
		}
		self.ketua.change(*file, **papers)

	def legitimate(self, file: tuple[str, str]) -> None:
		for office, desk, step, action in (
			("Ketua RT", self.ketua, "submits it", "Ajukan"),
			("Pendamping", self.pendamping, "passes it to the lurah", "Teruskan ke Lurah"),
			("Lurah", self.lurah, "makes it legitimate", "Sahkan"),
		):
			self.record.allowed(office, step, lambda desk=desk, action=action: desk.act(*file, action))
