"""One activity from residents to a paid claim and an accepted account, over HTTP, as each official in turn.

Beside each step that is allowed stand those that must be refused: another RT, another kelurahan, one's own
approval, work without cover, a locked file, states jumped by other doors. Runs against the bench that runs;
every run makes its own residents and files. Exits 1 when anything differs from what is expected.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import weasyprint
from claims import Claims
from closing import Closing
from desk import Desk
from forms import PNG, WIB, equal, moment, only, row
from meetings import INVITED, Meetings
from PIL import Image
from pypdf import PdfReader
from record import Record, Stopped

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
VALUE, PREMIUM, JKK, JKM = 96_500_000, 231_600, 202_650, 28_950
IN_WORDS = "dua ratus tiga puluh satu ribu enam ratus rupiah"
PRESENT, WORKERS = 8, 5


class Journey(Meetings, Claims, Closing):
	"""The officials, what they have made so far, and the way in stages."""

	def __init__(
		self, base: str, accounts: list[dict], administrator: str, out: Path, work: Callable[[], object]
	):
		self.work = work
		self.base, self.accounts, self.administrator_password = base, accounts, administrator
		self.out = out
		self.chance = random.SystemRandom()
		self.today = datetime.now(WIB).date()

	def run(self) -> Record:
		try:
			self.sign_in()
			for stage in (
				self.residents,
				self.postponement,
				self.readiness,
				self.meeting,
				self.programme,
				self.five_years,
				self.activity,
				self.registration,
				self.decree,
				self.claim,
				self.death,
				self.late_and_outside,
				self.notice,
				self.replacement,
				self.assignment,
				self.progress,
				self.change,
				self.handover,
				self.stopped,
				self.complete_file,
				self.ledger,
				self.leaks,
			):
				print(f"\n{stage.__doc__}", flush=True)
				stage()
		except Stopped as step:
			print(f"\nStopped at: {step}", flush=True)
		finally:
			if hasattr(self, "ceiling"):
				self.set_ceiling()
			self.record.write()
		return self.record

	# --- who takes part

	def account(self, office: str, which: int = 0) -> dict:
		"""The account of an office: the first is the one that the bench prints."""
		return [account for account in self.accounts if account["jabatan"] == office][which]

	def desk(self, office: str, which: int = 0) -> Desk:
		account = self.account(office, which)
		return Desk(self.base, account["pengguna"]).sign_in(account["sandi"])

	def sign_in(self) -> None:
		self.dpmppa = self.desk("DPMPPA")
		self.record = Record(self.dpmppa, self.out / "journey.json")
		allowed = self.record.allowed
		self.ketua = allowed("Ketua RT", "signs in", lambda: self.desk("Ketua RT"))
		self.tetangga = allowed("Ketua RT (neighbour)", "signs in", lambda: self.desk("Ketua RT", 1))
		self.ketua_lain = allowed("Ketua RT (elsewhere)", "signs in", lambda: self.desk("Ketua RT", 2))
		self.pendamping = allowed("Pendamping", "signs in", lambda: self.desk("Pendamping"))
		self.pendamping_lain = allowed(
			"Pendamping (elsewhere)", "signs in", lambda: self.desk("Pendamping", 1)
		)
		self.lurah = allowed("Lurah", "signs in", lambda: self.desk("Lurah"))
		self.lurah_lain = allowed("Lurah (elsewhere)", "signs in", lambda: self.desk("Lurah", 1))
		self.bpjs = allowed("BPJS", "signs in", lambda: self.desk("BPJS Ketenagakerjaan"))
		self.pengawas = allowed("Pengawas", "signs in", lambda: self.desk("Pengawas"))
		self.admin = allowed("Admin", "signs in", lambda: self.desk("Admin Kampung Bahagia"))
		self.administrator = allowed(
			"Administrator",
			"signs in",
			lambda: Desk(self.base, "Administrator").sign_in(self.administrator_password),
		)
		self.record.clerk = self.administrator
		rule = only(self.dpmppa.list("Ketentuan Pagu", {"berlaku_sampai": ["is", "not set"]}))["name"]
		self.ceiling = (rule, self.dpmppa.load("Ketentuan Pagu", rule)["lapis"])
		self.guest = Desk(self.base)
		self.rt = allowed(
			"Ketua RT", "sees exactly their own RT", lambda: only(self.ketua.list("RT", fields=["*"]))
		)
		self.rt_lain = only(self.ketua_lain.list("RT", fields=["*"]))

	# --- stages

	def residents(self) -> None:
		"""Residents"""
		record, rt = self.record, self.rt
		people = [self.person(rt) for _ in range(PRESENT)]
		count = ("Warga", {"rt": rt["name"]})
		wrong = self.person(rt) | {"jenis_kelamin": "Perempuan"}
		record.refused(
			"Ketua RT", "records a NIK of the other sex", lambda: self.ketua.new("Warga", **wrong), count
		)
		record.refused(
			"Ketua RT",
			"records a resident in another RT",
			lambda: self.ketua.new("Warga", **self.person(self.rt_lain)),
			("Warga", {"rt": self.rt_lain["name"]}),
		)
		record.refused(
			"Pengawas", "records a resident", lambda: self.pengawas.new("Warga", **people[0]), count
		)
		self.warga = [
			record.allowed("Ketua RT", "records a resident", lambda one=one: self.ketua.new("Warga", **one))[
				"name"
			]
			for one in people
		]
		record.refused(
			"Ketua RT", "records the same NIK again", lambda: self.ketua.new("Warga", **people[0]), count
		)
		record.refused(
			"Ketua RT (elsewhere)",
			"records that NIK too, and learns not whose it is",
			lambda: self.ketua_lain.new("Warga", **people[0] | {"rt": self.rt_lain["name"]}),
			("Warga", {"rt": self.rt_lain["name"]}),
		)
		self.cannot_see("Warga", self.warga[0])
		record.refused(
			"BPJS",
			"reads a resident by URL",
			lambda: self.bpjs.load("Warga", self.warga[0]),
			("Warga", self.warga[0]),
		)
		record.hidden(
			"Pengawas",
			"reads the full NIK on the form",
			lambda: self.pengawas.load("Warga", self.warga[0]),
			people[0]["nik"],
			people[0]["no_kk"],
		)
		self.people = people

	def meeting(self) -> None:
		"""Musyawarah"""
		record, ketua = self.record, self.ketua
		begun = datetime.now(WIB) - timedelta(hours=2)
		values = {
			"jenis": "Prioritas",
			"tanggal": moment(begun),
			"tempat": "Balai RT (perjalanan contoh)",
			"rt": self.rt["name"],
			"kk_diundang": INVITED,
			"catatan": "Perjalanan contoh",
			"usulan": [
				row(
					"Usulan",
					"usulan",
					1,
					# decided anew by each journey: what one left undone is not decided twice
					judul=f"Drainase Lorong Contoh {begun:%d%m%H%M%S}",
					kategori="Sanitasi",
					perkiraan_biaya=VALUE,
					suara=5,
					keputusan="Diputuskan",
				),
				row(
					"Usulan",
					"usulan",
					2,
					judul="Tenda warga",
					kategori="Kelembagaan RT",
					perkiraan_biaya=5_000_000,
					suara=1,
					keputusan="Ditunda",
				),
				row(
					"Usulan",
					"usulan",
					3,
					judul=f"Pelatihan Kader Contoh {begun:%d%m%H%M%S}",
					kategori="Kesehatan",
					perkiraan_biaya=6_000_000,
					suara=3,
					keputusan="Diputuskan",
				),
			],
			"hadirin": [
				row("Hadirin", "hadirin", i, warga=w, mewakili_kk=1) for i, w in enumerate(self.warga[:5], 1)
			],
		}
		count = ("Musyawarah", {"rt": self.rt["name"]})
		record.refused(
			"Ketua RT (neighbour)",
			"records a musyawarah for this RT",
			lambda: self.tetangga.new("Musyawarah", **values),
			count,
		)
		doc = record.allowed(
			"Ketua RT",
			"records a musyawarah with 5 of 12 households",
			lambda: ketua.new("Musyawarah", **values),
		)
		self.m = m = doc["name"]
		file = ("Musyawarah", m)
		record.refused(
			"Ketua RT", "submits it without quorum", lambda: ketua.act(*file, "Ajukan"), file, saying="kuorum"
		)
		record.refused(
			"Ketua RT",
			"plans a kegiatan from it already",
			lambda: ketua.new("Kegiatan", **self.plan(doc["usulan"][0]["name"])),
			("Kegiatan", {"musyawarah": m}),
			saying="belum disahkan",
		)
		self.phones(file)
		present = [row("Hadirin", "hadirin", i, warga=w, mewakili_kk=1) for i, w in enumerate(self.warga, 1)]
		doc = record.allowed(
			"Ketua RT", "adds those who came late: 8 of 12", lambda: ketua.change(*file, hadirin=present)
		)
		self.usulan = [u["name"] for u in doc["usulan"]]
		self.must(
			"Ketua RT", "the quorum is reached", doc["kuorum_tercapai"] == 1 and doc["kk_hadir"] == PRESENT
		)
		record.refused("Lurah", "approves a draft", lambda: self.lurah.act(*file, "Sahkan"), file)
		record.refused(
			"Ketua RT",
			"postpones it although enough came",
			lambda: ketua.act(*file, "Tunda"),
			file,
			saying="tidak perlu ditunda",
		)
		record.refused(
			"Ketua RT",
			"submits it without the signed papers",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="Berita Acara",
		)
		for field, paper in (
			("berita_acara", "berita-acara"),
			("daftar_hadir_bertanda", "daftar-hadir"),
		):
			signed = record.allowed(
				"Ketua RT",
				f"uploads the signed {paper}",
				lambda field=field, paper=paper: self.attach(ketua, file, field, paper),
			)
			ketua.change(*file, **{field: signed})
		record.allowed("Ketua RT", "submits the musyawarah", lambda: ketua.act(*file, "Ajukan"))
		record.refused("Ketua RT", "reviews their own", lambda: ketua.act(*file, "Teruskan ke Lurah"), file)
		record.refused(
			"Ketua RT", "edits what was submitted", lambda: ketua.change(*file, tempat="Tempat lain"), file
		)
		record.refused(
			"Ketua RT",
			"jumps to Disahkan by PUT",
			lambda: ketua.rest("PUT", *file, {"status": "Disahkan", "docstatus": 1}),
			file,
		)
		record.refused(
			"Lurah",
			"jumps over the pendamping by PUT",
			lambda: self.lurah.rest("PUT", *file, {"status": "Disahkan"}),
			file,
		)
		record.refused(
			"Pendamping (elsewhere)",
			"reviews it",
			lambda: self.pendamping_lain.act(*file, "Teruskan ke Lurah"),
			file,
		)
		record.refused(
			"Pendamping",
			"sends it back without a reason",
			lambda: self.pendamping.act(*file, "Kembalikan"),
			file,
		)
		record.allowed(
			"Pendamping", "passes it to the lurah", lambda: self.pendamping.act(*file, "Teruskan ke Lurah")
		)
		self.cannot_see(*file)
		record.refused("Lurah (elsewhere)", "approves it", lambda: self.lurah_lain.act(*file, "Sahkan"), file)
		record.refused(
			"Lurah (elsewhere)",
			"claims it by writing their own kelurahan",
			lambda: self.lurah_lain.rest("PUT", *file, {"kelurahan": self.rt_lain["kelurahan"]}),
			file,
		)
		record.refused("Lurah", "edits it", lambda: self.lurah.change(*file, tempat="Kantor lurah"), file)
		record.refused(
			"Lurah",
			"submits it through the client API, past the workflow",
			lambda: self.lurah.call("frappe.client.submit", doc=self.lurah.load(*file)),
			file,
		)
		record.refused("Administrator", "approves it", lambda: self.administrator.act(*file, "Sahkan"), file)
		record.refused("Admin", "approves it", lambda: self.admin.act(*file, "Sahkan"), file)
		record.allowed("Lurah", "approves the musyawarah", lambda: self.lurah.act(*file, "Sahkan"))

	def programme(self) -> None:
		"""Renja"""
		record, ketua = self.record, self.ketua
		year = self.free_year("Tahunan")
		which = {"rt": self.rt["name"], "jenis": "Tahunan", "tahun_awal": year}
		count = ("Renja", {"rt": self.rt["name"]})
		compose = "kampung_bahagia.perencanaan.doctype.renja.renja.susun_dari_usulan"
		record.refused(
			"Ketua RT (neighbour)",
			"asks for what this RT has decided",
			lambda: self.tetangga.call(compose, **which),
		)
		found = record.allowed(
			"Ketua RT",
			"composes the plan of a year from what is decided and not done",
			lambda: ketua.call(compose, **which)["message"],
		)
		rows = [row("Butir Renja", "butir", i, **one) for i, one in enumerate(found["butir"], 1)]
		self.must(
			"Ketua RT",
			"what this musyawarah decided is in it, what it put off is not",
			self.usulan[0] in (one["usulan"] for one in rows)
			and self.usulan[1] not in (one["usulan"] for one in rows),
		)
		values = which | {"musyawarah": found["musyawarah"], "butir": rows}
		record.refused(
			"Ketua RT (neighbour)",
			"makes the plan of this RT",
			lambda: self.tetangga.new("Renja", **values),
			count,
		)
		record.refused(
			"Ketua RT",
			"plans what was put off",
			lambda: ketua.new(
				"Renja",
				**values | {"butir": [row("Butir Renja", "butir", 1, usulan=self.usulan[1], tahun=year)]},
			),
			count,
		)
		file = (
			"Renja",
			record.allowed("Ketua RT", "makes the plan", lambda: ketua.new("Renja", **values))["name"],
		)
		record.refused("Ketua RT", "makes it again", lambda: ketua.new("Renja", **values), count)
		record.allowed("Ketua RT", "submits the plan", lambda: ketua.act(*file, "Ajukan"))
		record.refused("Ketua RT", "makes it legitimate", lambda: ketua.act(*file, "Sahkan"), file)
		record.refused("Lurah (elsewhere)", "does so", lambda: self.lurah_lain.act(*file, "Sahkan"), file)
		self.cannot_see(*file)
		record.allowed("Lurah", "makes the plan legitimate", lambda: self.lurah.act(*file, "Sahkan"))
		record.refused("Ketua RT", "changes it afterwards", lambda: ketua.change(*file, butir=rows[:1]), file)
		record.refused("Ketua RT", "replaces it", lambda: ketua.act(*file, "Ganti"), file)
		record.refused(
			"Lurah",
			"replaces it without a reason",
			lambda: self.lurah.act(*file, "Ganti"),
			file,
			saying="alasan",
		)
		self.replace(file)
		file = (
			"Renja",
			record.allowed(
				"Ketua RT", "makes the plan of that year anew", lambda: ketua.new("Renja", **values)
			)["name"],
		)
		record.allowed("Ketua RT", "submits it", lambda: ketua.act(*file, "Ajukan"))
		record.allowed("Lurah", "makes it legitimate", lambda: self.lurah.act(*file, "Sahkan"))

	def five_years(self) -> None:
		"""Renja of five years"""
		record, ketua = self.record, self.ketua
		year = self.free_year("Lima Tahunan")
		which = {"rt": self.rt["name"], "jenis": "Lima Tahunan", "tahun_awal": year}
		compose = "kampung_bahagia.perencanaan.doctype.renja.renja.susun_dari_usulan"
		found = record.allowed(
			"Ketua RT",
			"composes the plan of five years",
			lambda: ketua.call(compose, **which)["message"],
		)
		values = which | {"musyawarah": found["musyawarah"]}
		count = ("Renja", {"rt": self.rt["name"]})

		def make(**other) -> dict:
			rows = [row("Butir Renja", "butir", i, **one | other) for i, one in enumerate(found["butir"], 1)]
			return ketua.new("Renja", **values, butir=rows)

		record.refused(
			"Ketua RT", "plans for the sixth year", lambda: make(tahun=year + 5), count, saying="di luar masa"
		)
		file = ("Renja", record.allowed("Ketua RT", "makes the plan", make)["name"])
		record.refused(
			"Ketua RT",
			"makes one that begins in its third year",
			lambda: ketua.new(
				"Renja",
				**values | {"tahun_awal": year + 2},
				butir=[row("Butir Renja", "butir", 1, usulan=self.usulan[0], tahun=year + 2)],
			),
			count,
			saying=file[1],
		)
		record.allowed("Ketua RT", "submits the plan", lambda: ketua.act(*file, "Ajukan"))
		record.refused(
			"Lurah", "sends it back without a reason", lambda: self.lurah.act(*file, "Kembalikan"), file
		)
		self.lurah.change(*file, alasan="Urutan belum sesuai dengan hasil musyawarah.")
		record.allowed("Lurah", "sends it back with a reason", lambda: self.lurah.act(*file, "Kembalikan"))
		record.allowed("Ketua RT", "submits it again", lambda: ketua.act(*file, "Ajukan"))
		record.allowed("Lurah", "makes it legitimate", lambda: self.lurah.act(*file, "Sahkan"))
		self.replace(file)  # the next journey begins in the same year

	def free_year(self, kind: str) -> int:
		"""The first year from this one on for which the RT has no plan of this kind."""
		plans = self.ketua.list("Renja", {"jenis": kind, "status": ["!=", "Diganti"]}, ["tahun_akhir"])
		return max([self.today.year - 1, *(plan["tahun_akhir"] for plan in plans)]) + 1

	def replace(self, file: tuple[str, str]) -> None:
		self.lurah.change(*file, alasan="Rencana disusun kembali (perjalanan contoh).")
		self.record.allowed("Lurah", "replaces it with a reason", lambda: self.lurah.act(*file, "Ganti"))

	def activity(self) -> None:
		"""Kegiatan"""
		record, ketua = self.record, self.ketua
		count = ("Kegiatan", {"musyawarah": self.m})
		record.refused(
			"Ketua RT",
			"plans what was put off",
			lambda: ketua.new("Kegiatan", **self.plan(self.usulan[1])),
			count,
			saying="Diputuskan",
		)
		record.refused(
			"Ketua RT (neighbour)",
			"plans it for their own RT",
			lambda: self.tetangga.new("Kegiatan", **self.plan(self.usulan[0]) | {"rt": self.rt_tetangga()}),
			count,
		)
		record.refused(
			"Ketua RT (neighbour)",
			"plans it here through the web form",
			lambda: self.tetangga.call(
				"frappe.website.doctype.web_form.web_form.accept",
				web_form="kegiatan-baru",
				data=self.plan(self.usulan[0]) | {"doctype": "Kegiatan"},
			),
			count,
		)
		doc = record.allowed(
			"Ketua RT",
			"plans the kegiatan with its RAB",
			lambda: ketua.new("Kegiatan", **self.plan(self.usulan[0])),
		)
		self.k = doc["name"]
		file = ("Kegiatan", self.k)
		self.must(
			"Ketua RT",
			f"the RAB is worth {VALUE} and the premium {PREMIUM}",
			doc["nilai_kegiatan"] == doc["dasar_iuran"] == VALUE and doc["perkiraan_iuran"] == PREMIUM,
		)
		record.refused(
			"Ketua RT",
			"plans the same usulan twice",
			lambda: ketua.new("Kegiatan", **self.plan(self.usulan[0])),
			count,
			saying=self.k,
		)
		people = ("Peserta", {"kegiatan": self.k})
		self.peserta = [
			record.allowed(
				"Ketua RT", "names a peserta", lambda w=w: ketua.new("Peserta", kegiatan=self.k, warga=w)
			)["name"]
			for w in self.warga[:WORKERS]
		]
		record.refused(
			"Ketua RT",
			"names the same person twice",
			lambda: ketua.new("Peserta", kegiatan=self.k, warga=self.warga[0]),
			people,
		)
		foreign = self.ketua_lain.list("Warga")[0]["name"]
		record.refused(
			"Ketua RT",
			"names a resident of another RT",
			lambda: ketua.new("Peserta", kegiatan=self.k, warga=foreign),
			people,
		)
		record.refused(
			"Ketua RT (elsewhere)",
			"names their own resident here",
			lambda: self.ketua_lain.new("Peserta", kegiatan=self.k, warga=foreign),
			people,
		)
		record.refused(
			"Ketua RT",
			"declares a peserta covered",
			lambda: ketua.rest("PUT", "Peserta", self.peserta[0], {"status": "Terlindungi"}),
			("Peserta", self.peserta[0]),
		)
		record.refused("Lurah", "verifies a draft", lambda: self.lurah.act(*file, "Verifikasi"), file)
		record.refused(
			"Ketua RT",
			"submits it without a photo of the place",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="Foto",
		)
		photo = record.allowed(
			"Ketua RT", "uploads the photo", lambda: ketua.upload(*file, "foto", "sebelum.png", PNG)
		)
		photos = [row("Foto Kegiatan", "foto", 1, tahap="Sebelum", foto=photo)]
		record.allowed("Ketua RT", "shows the place", lambda: ketua.change(*file, foto=photos))
		record.refused(
			"Ketua RT",
			"submits more than the RT has left this year",
			lambda: ketua.act(*file, "Ajukan"),
			file,
			saying="melebihi sisa pagu",
		)
		record.refused(
			"Ketua RT",
			"raises the ceiling",
			lambda: ketua.change("Ketentuan Pagu", self.ceiling[0], catatan="Uji"),
			("Ketentuan Pagu", self.ceiling[0]),
		)
		record.allowed("DPMPPA", "raises the ceiling for a while", lambda: self.set_ceiling(10**9))
		record.allowed("Ketua RT", "submits the kegiatan", lambda: ketua.act(*file, "Ajukan"))
		record.refused("Ketua RT", "verifies their own", lambda: ketua.act(*file, "Verifikasi"), file)
		record.refused(
			"Ketua RT",
			"changes the RAB by PUT",
			lambda: ketua.rest("PUT", *file, {"rab": [self.rab_line(harga_satuan=1)]}),
			file,
		)
		record.refused("DPMPPA", "approves before the lurah", lambda: self.dpmppa.act(*file, "Setujui"), file)
		record.refused(
			"Lurah (elsewhere)", "verifies it", lambda: self.lurah_lain.act(*file, "Verifikasi"), file
		)
		record.refused("Lurah", "rejects it without a reason", lambda: self.lurah.act(*file, "Tolak"), file)
		self.cannot_see(*file)
		record.allowed("Lurah", "verifies the kegiatan", lambda: self.lurah.act(*file, "Verifikasi"))
		record.refused("Lurah", "approves in place of DPMPPA", lambda: self.lurah.act(*file, "Setujui"), file)
		record.refused("Administrator", "approves it", lambda: self.administrator.act(*file, "Setujui"), file)
		record.allowed("DPMPPA", "approves the kegiatan", lambda: self.dpmppa.act(*file, "Setujui"))
		record.allowed("DPMPPA", "takes the ceiling back", self.set_ceiling)
		record.refused("Ketua RT", "starts without cover", lambda: ketua.act(*file, "Mulai"), file)
		record.refused(
			"Ketua RT",
			"starts without cover, by PUT",
			lambda: ketua.rest("PUT", *file, {"status": "Berjalan"}),
			file,
		)
		record.refused(
			"DPMPPA",
			"cancels an approved file",
			lambda: self.dpmppa.call("frappe.client.cancel", doctype="Kegiatan", name=self.k),
			file,
		)

	def registration(self) -> None:
		"""Pendaftaran BPJS"""
		record, dpmppa, bpjs = self.record, self.dpmppa, self.bpjs
		count = ("Pendaftaran BPJS", {"kegiatan": self.k})
		record.refused(
			"Ketua RT", "registers it", lambda: self.ketua.new("Pendaftaran BPJS", kegiatan=self.k), count
		)
		record.refused("BPJS", "registers it", lambda: bpjs.new("Pendaftaran BPJS", kegiatan=self.k), count)
		doc = record.allowed(
			"DPMPPA", "prepares the registration", lambda: dpmppa.new("Pendaftaran BPJS", kegiatan=self.k)
		)
		self.p = doc["name"]
		file = ("Pendaftaran BPJS", self.p)
		self.must(
			"DPMPPA",
			f"the working: JKK {JKK} + JKM {JKM} = {PREMIUM}, in words",
			(doc["jkk"], doc["jkm"], doc["iuran"], doc["terbilang"].lower()) == (JKK, JKM, PREMIUM, IN_WORDS)
			and [(r["dasar"], r["jkk"], r["jkm"]) for r in doc["rincian"]] == [(VALUE, JKK, JKM)],
		)
		record.refused(
			"DPMPPA",
			"registers it twice",
			lambda: dpmppa.new("Pendaftaran BPJS", kegiatan=self.k),
			count,
			saying=self.p,
		)
		for doctype, name in (file, ("Kegiatan", self.k), ("Peserta", self.peserta[0])):
			self.unseen("BPJS", bpjs, doctype, name, "before it was sent")
		record.refused("BPJS", "bills before it was sent", lambda: bpjs.act(*file, "Tagih"), file)
		record.refused(
			"DPMPPA",
			"shows the file to BPJS by writing the flag",
			lambda: dpmppa.call(
				"frappe.client.set_value", doctype=file[0], name=self.p, fieldname="diserahkan_bpjs", value=1
			),
			file,
		)
		record.refused(
			"DPMPPA", "writes the premium by hand", lambda: dpmppa.change(*file, iuran=1, tagihan=1), file
		)
		record.allowed("DPMPPA", "sends it to BPJS", lambda: dpmppa.act(*file, "Kirim"))
		record.allowed(
			"BPJS",
			"sees the registration, the kegiatan and its 5 people",
			lambda: (
				bpjs.load(*file),
				bpjs.load("Kegiatan", self.k),
				equal(len(bpjs.list("Peserta", {"kegiatan": self.k})), WORKERS),
			),
		)
		record.refused("DPMPPA", "bills in place of BPJS", lambda: dpmppa.act(*file, "Tagih"), file)
		record.refused(
			"BPJS", "bills without numbers", lambda: bpjs.act(*file, "Tagih"), file, saying="Isi dahulu"
		)
		numbers = {
			"nomor_proyek": f"26{self.digits(6)}",
			"kode_iuran": self.digits(12),
			"tagihan": PREMIUM,
		}
		record.refused(
			"BPJS",
			"bills another sum without a reason",
			lambda: bpjs.change(*file, **numbers | {"tagihan": PREMIUM + 400}),
			file,
			saying="Alasan",
		)
		record.allowed(
			"BPJS", "enters project number, kode iuran and bill", lambda: bpjs.change(*file, **numbers)
		)
		record.allowed("BPJS", "bills", lambda: bpjs.act(*file, "Tagih"))
		record.refused(
			"BPJS", "records the payment in place of DPMPPA", lambda: bpjs.act(*file, "Catat Lunas"), file
		)
		record.refused(
			"DPMPPA",
			"records a payment without proof",
			lambda: dpmppa.act(*file, "Catat Lunas"),
			file,
			saying="Isi",
		)
		proof = record.allowed(
			"DPMPPA",
			"uploads the proof of payment",
			lambda: self.attach(dpmppa, file, "bukti_bayar", "bukti-bayar"),
		)
		record.refused(
			"DPMPPA",
			"dates the payment tomorrow",
			lambda: dpmppa.change(
				*file, dibayar_pada=moment(datetime.now(WIB) + timedelta(days=1)), bukti_bayar=proof
			),
			file,
		)
		record.allowed(
			"DPMPPA",
			"enters the payment",
			lambda: dpmppa.change(*file, dibayar_pada=moment(datetime.now(WIB)), bukti_bayar=proof),
		)
		record.allowed("DPMPPA", "records it as paid", lambda: dpmppa.act(*file, "Catat Lunas"))
		self.evidence_stays("DPMPPA", dpmppa, *file, proof)
		record.refused(
			"Ketua RT",
			"starts although no certificate is there",
			lambda: self.ketua.act("Kegiatan", self.k, "Mulai"),
			("Kegiatan", self.k),
		)
		dates = record.allowed(
			"BPJS",
			"asks for the period of cover",
			lambda: bpjs.call(
				"kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs.usulan_masa_perlindungan",
				pendaftaran=self.p,
			)["message"],
		)
		record.refused(
			"BPJS",
			"certifies cover that begins before the payment",
			lambda: bpjs.change(
				*file,
				**dates | {"nomor_sertifikat": "X", "berlaku_mulai": str(self.today - timedelta(days=2))},
			),
			file,
		)
		record.allowed(
			"BPJS",
			"enters the certificate",
			lambda: bpjs.change(*file, **dates, nomor_sertifikat=f"JKN-{self.digits(7)}"),
		)
		record.refused("DPMPPA", "certifies", lambda: dpmppa.act(*file, "Terbitkan Sertifikat"), file)
		record.allowed("BPJS", "issues the certificate", lambda: bpjs.act(*file, "Terbitkan Sertifikat"))
		record.refused(
			"BPJS", "changes it afterwards", lambda: bpjs.change(*file, nomor_sertifikat="Y"), file
		)
		record.refused(
			"Ketua RT",
			"starts without a decree",
			lambda: self.ketua.act("Kegiatan", self.k, "Mulai"),
			("Kegiatan", self.k),
			saying="SK",
		)
		self.print_pdf("DPMPPA", dpmppa, *file, "rekap-iuran.pdf", "231.600")

	def decree(self) -> None:
		"""Surat Keputusan and start of work"""
		record, ketua = self.record, self.ketua
		count = ("Surat Keputusan", {"kegiatan": self.k})
		record.refused(
			"Lurah", "drafts the SK", lambda: self.lurah.new("Surat Keputusan", kegiatan=self.k), count
		)
		record.refused(
			"Ketua RT (neighbour)",
			"drafts the SK",
			lambda: self.tetangga.new("Surat Keputusan", kegiatan=self.k),
			count,
		)
		doc = record.allowed(
			"Ketua RT",
			"drafts the SK; it names all five",
			lambda: ketua.new("Surat Keputusan", kegiatan=self.k),
		)
		equal(len(doc["lampiran"]), WORKERS)
		self.s = doc["name"]
		file = ("Surat Keputusan", self.s)
		record.refused(
			"Ketua RT",
			"gives it a number of their own",
			lambda: ketua.rest("PUT", *file, {"nomor": "001/KPTS/X"}),
			file,
		)
		record.refused("Lurah", "signs it", lambda: self.lurah.act(*file, "Tetapkan"), file)
		record.refused("Administrator", "signs it", lambda: self.administrator.act(*file, "Tetapkan"), file)
		doc = record.allowed("Ketua RT", "signs the SK", lambda: ketua.act(*file, "Tetapkan"))
		text = self.print_pdf("Ketua RT", ketua, *file, "keputusan-ketua-rt.pdf", doc["nomor"])
		self.must(
			"Ketua RT",
			"the printed SK names everyone, and shows no full NIK",
			all(one["nama"] in text for one in self.people[:WORKERS]) and not re.search(r"\d{16}", text),
		)
		for office, desk in (("Lurah (elsewhere)", self.lurah_lain), ("Guest", self.guest)):
			record.refused(
				office, "prints it", lambda desk=desk: desk.pdf(*file), file, silent=office == "Guest"
			)
		record.refused(
			"Ketua RT",
			"starts before the signed SK is uploaded",
			lambda: ketua.act("Kegiatan", self.k, "Mulai"),
			("Kegiatan", self.k),
			saying="belum diunggah",
		)
		record.refused(
			"Ketua RT", "edits the signed SK", lambda: ketua.change(*file, tentang="Hal lain"), file
		)
		scan = record.allowed(
			"Ketua RT", "uploads the signed scan", lambda: self.attach(ketua, file, "pindaian", "sk-pindaian")
		)
		doc = record.allowed(
			"Ketua RT", "binds the scan to the SK", lambda: ketua.change(*file, pindaian=scan)
		)
		self.must("Ketua RT", "its SHA-256 is kept", re.fullmatch("[0-9a-f]{64}", doc["sidik_pindaian"]))
		record.refused(
			"Ketua RT", "swaps the scan", lambda: ketua.change(*file, pindaian="/private/files/x.pdf"), file
		)
		self.verification(doc)
		for office, desk in (
			("Lurah (elsewhere)", self.lurah_lain),
			("Ketua RT (neighbour)", self.tetangga),
			("Guest", self.guest),
		):
			record.refused(
				office,
				"opens the scan by its file URL",
				lambda desk=desk: desk.request("GET", scan),
				silent=True,
			)
		self.evidence_stays("Ketua RT", ketua, *file, scan)
		record.refused(
			"Ketua RT (neighbour)",
			"starts the work",
			lambda: self.tetangga.act("Kegiatan", self.k, "Mulai"),
			("Kegiatan", self.k),
		)
		doc = record.allowed("Ketua RT", "starts the work", lambda: ketua.act("Kegiatan", self.k, "Mulai"))
		equal(doc["status"], "Berjalan")

	def verification(self, decree: dict) -> None:
		"""The signed decree as anyone can check it."""
		official = self.ketua.load("Dokumen Resmi", decree["dokumen_resmi"])
		file = ("Dokumen Resmi", official["name"])

		def ask(code: str) -> str:
			return self.guest.request("GET", "/verifikasi", params={"t": code}).text

		page = self.record.allowed("Guest", "verifies the SK by its code", lambda: ask(official["kode"]))
		self.must(
			"Guest",
			"it is genuine and valid, and names nobody in full",
			"Asli dan berlaku" in page and not any(one["nama"] in page for one in self.people[:WORKERS]),
		)
		self.record.refused("Guest", "verifies a code of none", lambda: ask("0" * 30), silent=True)
		for office, desk in (("Ketua RT", self.ketua), ("DPMPPA", self.dpmppa)):
			self.record.refused(
				office,
				"ends its validity by hand",
				lambda desk=desk: desk.change(*file, status="Dicabut"),
				file,
			)
		self.cannot_see(*file)

	def claim(self) -> None:
		"""Accident and claim"""
		record, ketua = self.record, self.ketua
		report = {
			"peserta": self.peserta[0],
			"jenis": "JKK Perawatan",
			"waktu_kejadian": moment(datetime.now(WIB)),
			"tempat": "Lorong Contoh",
			"kronologi": "Kaki tertimpa batu saat menurunkan bahan (perjalanan contoh).",
			"nama_pelapor": "Ketua RT",
			"hp_pelapor": "081200009999",
			"saksi": [row("Saksi Klaim", "saksi", 1, nama=self.people[1]["nama"])],
		}
		count = ("Klaim", {"kegiatan": self.k})
		record.refused(
			"Ketua RT (neighbour)",
			"reports the accident",
			lambda: self.tetangga.new("Klaim", **report),
			count,
		)
		record.refused(
			"Ketua RT (elsewhere)",
			"reports it through the web form",
			lambda: self.ketua_lain.call(
				"frappe.website.doctype.web_form.web_form.accept",
				web_form="laporan-kecelakaan",
				data=report | {"doctype": "Klaim", "kegiatan": self.k},
			),
			count,
		)
		tomorrow = moment(datetime.now(WIB) + timedelta(days=1))
		record.refused(
			"Ketua RT",
			"reports an accident of tomorrow",
			lambda: ketua.new("Klaim", **report | {"waktu_kejadian": tomorrow}),
			count,
		)
		doc = record.allowed("Ketua RT", "reports the accident", lambda: ketua.new("Klaim", **report))
		self.c = doc["name"]
		file = ("Klaim", self.c)
		self.must("Ketua RT", "it is judged: Terlindungi", doc["status_pertanggungan"] == "Terlindungi")
		record.refused(
			"Ketua RT", "reports it twice", lambda: ketua.new("Klaim", **report), count, saying=self.c
		)
		rows = doc["dokumen"]
		needed = [i for i, d in enumerate(rows) if d["wajib"]]
		for i in needed[:-1]:
			rows[i]["berkas"] = self.attach(ketua, file, "dokumen", f"dokumen-{i + 1}")
		record.allowed(
			"Ketua RT",
			f"attaches {len(needed) - 1} of {len(needed)} papers",
			lambda: ketua.change(*file, dokumen=rows),
		)
		record.refused("Ketua RT", "verifies their own claim", lambda: ketua.act(*file, "Verifikasi"), file)
		record.refused(
			"Lurah (elsewhere)", "verifies it", lambda: self.lurah_lain.act(*file, "Verifikasi"), file
		)
		stage = {"klaim": self.c, "tahap": "I", "kepada": "BPJS Ketenagakerjaan", "cara": "Daring"}
		noted = "kampung_bahagia.klaim.tenggat.catat_laporan"
		record.refused(
			"Ketua RT (neighbour)",
			"notes that BPJS was told",
			lambda: self.tetangga.call(noted, **stage, pada=moment(datetime.now(WIB))),
			file,
		)
		record.refused(
			"Lurah",
			"notes that BPJS was told tomorrow",
			lambda: self.lurah.call(noted, **stage, pada=tomorrow),
			file,
			saying="saat ini",
		)
		record.allowed(
			"Lurah",
			"notes that BPJS was told in time",
			lambda: self.lurah.call(noted, **stage, pada=moment(datetime.now(WIB))),
		)
		self.must("Lurah", "the first stage was kept", self.lurah.load(*file)["terlambat"] == 0)
		record.allowed("Lurah", "verifies the claim", lambda: self.lurah.act(*file, "Verifikasi"))
		record.refused(
			"Ketua RT",
			"rewrites the chronology",
			lambda: ketua.change(*file, kronologi="Lain", waktu_kejadian=moment(datetime.now(WIB))),
			file,
		)
		record.refused(
			"Ketua RT", "deletes the claim", lambda: ketua.rest("DELETE", *file), file, silent=True
		)
		record.refused(
			"DPMPPA", "sends it before verifying", lambda: self.dpmppa.act(*file, "Ajukan ke BPJS"), file
		)
		record.allowed("DPMPPA", "verifies the claim", lambda: self.dpmppa.act(*file, "Verifikasi"))
		self.unseen("BPJS", self.bpjs, *file, "before it was sent")
		record.refused(
			"DPMPPA",
			"sends it with a paper missing",
			lambda: self.dpmppa.act(*file, "Ajukan ke BPJS"),
			file,
			saying="belum lengkap",
		)
		rows = self.dpmppa.load(*file)["dokumen"]
		rows[needed[-1]]["berkas"] = self.attach(self.dpmppa, file, "dokumen", "dokumen-akhir")
		record.allowed(
			"DPMPPA", "attaches the missing paper", lambda: self.dpmppa.change(*file, dokumen=rows)
		)
		record.refused(
			"DPMPPA",
			"sends it without the hour of the doctor's statement",
			lambda: self.dpmppa.act(*file, "Ajukan ke BPJS"),
			file,
			saying="Keterangan Dokter Pada",
		)
		record.allowed(
			"DPMPPA",
			"writes that hour",
			lambda: self.dpmppa.change(
				*file, keterangan_dokter_pada=moment(datetime.now(WIB)), akibat="Sembuh"
			),
		)
		record.allowed("DPMPPA", "sends the claim to BPJS", lambda: self.dpmppa.act(*file, "Ajukan ke BPJS"))
		record.refused(
			"BPJS", "accepts it without number and sum", lambda: self.bpjs.act(*file, "Setujui"), file
		)
		record.refused(
			"BPJS",
			"marks it paid at once, by PUT",
			lambda: self.bpjs.rest("PUT", *file, {"status": "Dibayar"}),
			file,
		)
		record.refused("DPMPPA", "accepts in place of BPJS", lambda: self.dpmppa.act(*file, "Setujui"), file)
		record.refused("BPJS", "rejects without a reason", lambda: self.bpjs.act(*file, "Tolak"), file)
		record.allowed(
			"BPJS",
			"enters number and sum",
			lambda: self.bpjs.change(*file, nomor_klaim=f"KLM{self.digits(8)}", nilai_disetujui=4_250_000),
		)
		record.allowed("BPJS", "accepts the claim", lambda: self.bpjs.act(*file, "Setujui"))
		record.refused(
			"BPJS", "pays without proof", lambda: self.bpjs.act(*file, "Bayar"), file, saying="Isi dahulu"
		)
		proof = self.attach(self.bpjs, file, "pembayaran", "bukti-klaim")
		paid = {
			"manfaat": "Perawatan",
			"tanggal": str(self.today),
			"jumlah": 4_000_000,
			"penerima": self.people[0]["nama"],
			"bukti": proof,
		}
		record.refused(
			"BPJS",
			"pays more than was granted",
			lambda: self.bpjs.change(*file, pembayaran=[paid | {"jumlah": 4_250_001}]),
			file,
			saying="melebihi",
		)
		record.allowed("BPJS", "enters a first payment", lambda: self.bpjs.change(*file, pembayaran=[paid]))
		record.refused(
			"BPJS",
			"ends the payments short of what was granted",
			lambda: self.bpjs.act(*file, "Bayar"),
			file,
			saying="Baru dibayar",
		)
		rest = paid | {"manfaat": "Transportasi", "jumlah": 250_000}
		record.allowed("BPJS", "enters the rest", lambda: self.bpjs.change(*file, pembayaran=[paid, rest]))
		record.allowed("BPJS", "pays the claim", lambda: self.bpjs.act(*file, "Bayar"))
		record.refused("Lurah", "closes it", lambda: self.lurah.act(*file, "Tutup"), file)
		record.refused("Administrator", "closes it", lambda: self.administrator.act(*file, "Tutup"), file)
		doc = record.allowed("DPMPPA", "closes the claim", lambda: self.dpmppa.act(*file, "Tutup"))
		self.must(
			"DPMPPA", "paid and closed", (doc["status"], doc["nilai_dibayar"]) == ("Ditutup", 4_250_000)
		)
		record.refused(
			"DPMPPA", "changes a closed claim", lambda: self.dpmppa.change(*file, pembayaran=[]), file
		)

	def ledger(self) -> None:
		"""Who decided what, and that nobody rewrites it"""
		entries = self.record.allowed(
			"DPMPPA",
			"reads the ledger of the claim",
			lambda: self.dpmppa.list("Jejak Keputusan", {"rujukan_nama": self.c}, ["*"]),
		)
		steps = [(entry["jabatan"], entry["ke"]) for entry in sorted(entries, key=lambda e: e["urutan"])]
		self.must(
			"DPMPPA",
			"and finds each office with its decision, in order",
			steps[0] == ("Ketua RT", "Dilaporkan")
			and steps[-3:]
			== [
				("BPJS Ketenagakerjaan", "Disetujui BPJS"),
				("BPJS Ketenagakerjaan", "Dibayar"),
				("DPMPPA", "Ditutup"),
			],
		)
		entry = ("Jejak Keputusan", entries[0]["name"])
		for office, desk in (("DPMPPA", self.dpmppa), ("Administrator", self.administrator)):
			self.record.refused(
				office,
				"rewrites an entry",
				lambda desk=desk: desk.rest("PUT", *entry, body={"alasan": "lain"}),
				entry,
				silent=desk is self.dpmppa,
			)
			self.record.refused(
				office,
				"deletes an entry",
				lambda desk=desk: desk.rest("DELETE", *entry),
				entry,
				silent=desk is self.dpmppa,
			)
		self.record.hidden(
			"Lurah (elsewhere)",
			"lists the ledger",
			lambda: self.lurah_lain.list("Jejak Keputusan", fields=["*"]),
			self.c,
		)

	def leaks(self) -> None:
		"""Lists, reports, search and exports"""
		names = (
			self.m,
			self.k,
			self.p,
			self.s,
			self.s2,
			self.t,
			self.c,
			self.r,
			self.a,
			self.l,
			self.k2,
			*self.warga,
			*self.peserta,
		)
		for office, desk in (
			("Lurah (elsewhere)", self.lurah_lain),
			("Ketua RT (neighbour)", self.tetangga),
			("Pendamping (elsewhere)", self.pendamping_lain),
		):
			for doctype in (
				"Warga",
				"Musyawarah",
				"Kegiatan",
				"Peserta",
				"Surat Keputusan",
				"Klaim",
				"Kemajuan Kegiatan",
				"Adendum Kegiatan",
				"LPJ Kegiatan",
			):
				self.record.hidden(
					office,
					f"report view of {doctype}",
					lambda desk=desk, doctype=doctype: desk.call(
						"frappe.desk.reportview.get",
						doctype=doctype,
						fields=[f"`tab{doctype}`.`name`"],
						order_by="creation desc",
						page_length=500,
					),
					*names,
				)
			for doctype, parent in (
				("RAB Kegiatan", "Kegiatan"),
				("Hadirin", "Musyawarah"),
				("Peserta SK", "Surat Keputusan"),
				("RAB Adendum", "Adendum Kegiatan"),
				("Realisasi RAB", "LPJ Kegiatan"),
			):
				self.record.hidden(
					office,
					f"rows of {doctype}",
					lambda desk=desk, doctype=doctype, parent=parent: desk.call(
						"frappe.client.get_list",
						doctype=doctype,
						parent=parent,
						fields=["*"],
						order_by="creation desc",
						limit_page_length=500,
					),
					*names,
				)
			for doctype in ("File", "Workflow Action", "Version", "Comment"):
				self.record.hidden(
					office,
					f"list of {doctype}",
					lambda desk=desk, doctype=doctype: desk.list(doctype, fields=["*"]),
					*names,
				)
			self.record.hidden(
				office,
				"search in a link field",
				lambda desk=desk: desk.call(
					"frappe.desk.search.search_link", doctype="Warga", txt=self.people[0]["nama"]
				),
				self.warga[0],
			)
			self.record.hidden(
				office, "report Cakupan Perlindungan", lambda desk=desk: self.coverage(desk), *self.area()
			)
			self.record.refused(
				office,
				"asks what is linked with the kegiatan",
				lambda desk=desk: desk.call(
					"frappe.desk.form.linked_with.get", doctype="Kegiatan", docname=self.k
				),
			)
			self.record.refused(
				office,
				"attaches a paper to the kegiatan",
				lambda desk=desk: desk.upload("Kegiatan", self.k, "", "titipan.png", PNG),
				("File", {"attached_to_name": self.k}),
			)
		row = self.record.allowed(
			"Lurah", "report Cakupan Perlindungan shows their RT", lambda: self.coverage(self.lurah)
		)
		self.must("Lurah", "and the RT of this journey is in it", self.area()[0] in json.dumps(row))
		for office, desk in (("Ketua RT", self.ketua), ("Lurah", self.lurah)):
			self.record.refused(
				office,
				"shares the kegiatan with a lurah elsewhere",
				lambda desk=desk: desk.call(
					"frappe.share.add", doctype="Kegiatan", name=self.k, user=self.lurah_lain.user, read=1
				),
				("DocShare", {"share_name": self.k}),
			)
		self.record.refused(
			"Ketua RT", "exports residents", lambda: self.export(self.ketua, "Warga"), silent=True
		)
		self.record.allowed(
			"Lurah",
			"finds the closed claim in the list",
			lambda: only(self.lurah.list("Klaim", {"name": self.c})),
		)

	# --- doors tried again and again

	def cannot_see(self, doctype: str, name: str) -> None:
		"""Neighbour, elsewhere, and nobody: by URL and by list."""
		self.unseen("Ketua RT (neighbour)", self.tetangga, doctype, name)
		self.unseen("Lurah (elsewhere)", self.lurah_lain, doctype, name)
		self.record.refused(
			"Guest", f"reads {doctype} by REST", lambda: self.guest.rest("GET", doctype, name), silent=True
		)

	def evidence_stays(self, office: str, desk: Desk, doctype: str, name: str, url: str) -> None:
		"""Whoever uploaded a paper cannot take it away once the file names it."""
		paper = only(desk.list("File", {"file_url": url, "attached_to_name": name}))["name"]
		self.record.refused(
			office,
			f"removes the paper they attached to {doctype}",
			lambda: desk.call("frappe.desk.form.utils.remove_attach", fid=paper, dt=doctype, dn=name),
			("File", {"name": paper}),
			(doctype, name),
		)

	def unseen(self, office: str, desk: Desk, doctype: str, name: str, when: str = "") -> None:
		self.record.refused(office, f"opens {doctype} {when}".strip(), lambda: desk.load(doctype, name))
		self.record.refused(
			office,
			f"reads {doctype} by REST {when}".strip(),
			lambda: desk.rest("GET", doctype, name),
			silent=True,
		)
		self.record.hidden(office, f"lists {doctype} {when}".strip(), lambda: desk.list(doctype), name)

	def must(self, office: str, step: str, true: object) -> None:
		"""A fact that the screen has to show."""
		self.record.allowed(office, step, lambda: equal(bool(true), True))

	def coverage(self, desk: Desk) -> list:
		filters = {"tingkat": "RT", "tahun": self.today.year}
		report = desk.call(
			"frappe.desk.query_report.run", report_name="Cakupan Perlindungan", filters=filters
		)
		return report["message"]["result"]

	def area(self) -> tuple[str, str]:
		return self.rt["judul"], self.rt["name"]

	# --- what is filled in

	def person(self, rt: dict) -> dict:
		"""An invented man of an RT; serial numbers from 9000 on are never reached by real ones."""
		born = datetime(1965, 1, 1).date() + timedelta(days=self.chance.randrange(365 * 35))
		district = rt["kecamatan"].replace(".", "")
		serial = self.chance.randrange(9000, 10000)
		return {
			"nama": f"{self.chance.choice(('Ahmad', 'Sugeng', 'Afrizal', 'Zul', 'Edi'))} Contoh {self.digits(5)}",
			"nik": f"{district}{born:%d%m%y}{serial}",
			"no_kk": f"{district}{self.chance.randint(1, 28):02}0515{self.chance.randrange(9000, 10000)}",
			"jenis_kelamin": "Laki-laki",
			"tanggal_lahir": str(born),
			"rt": rt["name"],
		}

	def plan(self, usulan: str) -> dict:
		return {
			"judul": "Drainase Lorong Contoh",
			"musyawarah": self.m,
			"usulan": usulan,
			"rt": self.rt["name"],
			"konstruksi": 1,
			"lokasi": "Lorong Contoh",
			"tanggal_mulai": str(self.today),
			"tanggal_selesai": str(self.today + timedelta(days=30)),
			"masa_pemeliharaan": 30,
			"alasan_di_luar_jendela": "Perjalanan contoh, dimulai hari ini.",
			"rab": [self.rab_line()],
		}

	def set_ceiling(self, rupiah: int | None = None) -> None:
		"""Give every RT of the highest row so much a year; without a sum, what it had before."""
		name, before = self.ceiling
		rows = [dict(one) for one in before]
		if rupiah:
			rows[-1]["pagu"] = rupiah
		self.dpmppa.change("Ketentuan Pagu", name, lapis=rows)

	def rab_line(self, harga_satuan: int = 100_000) -> dict:
		return row(
			"RAB Kegiatan",
			"rab",
			1,
			uraian="Semen dan pasir",
			jenis="Bahan",
			volume=VALUE // 100_000,
			satuan="paket",
			harga_satuan=harga_satuan,
			dasar_iuran=1,
		)

	def rt_tetangga(self) -> str:
		return only(self.tetangga.list("RT"))["name"]

	def digits(self, count: int) -> str:
		return f"{self.chance.randrange(10**count):0{count}}"

	def attach(self, desk: Desk, file: tuple[str, str], field: str, title: str) -> str:
		if title.startswith("dokumen"):
			return desk.upload(*file, field, f"{title}.png", PNG)
		if field == "pindaian":
			scan = BytesIO()
			Image.effect_noise((1240, 1754), 90).save(scan, "PDF")
			return desk.upload(*file, field, f"{title}.pdf", scan.getvalue())
		html = f"<html lang='id'><h1>{title}</h1><p>Perjalanan contoh {self.digits(6)}</p></html>"
		return desk.upload(*file, field, f"{title}.pdf", weasyprint.HTML(string=html).write_pdf())

	def print_pdf(self, office: str, desk: Desk, doctype: str, name: str, file_name: str, *shows: str) -> str:
		"""Print a document and keep it; return its text without line breaks."""
		content = self.record.allowed(office, f"prints {doctype}", lambda: desk.pdf(doctype, name))
		path = self.out / "journey" / file_name
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_bytes(content)
		text = " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())
		self.must(office, f"{file_name} shows {', '.join(shows)}", all(show in text for show in shows))
		return text

	def export(self, desk: Desk, doctype: str) -> str:
		answer = desk.request(
			"POST",
			"/api/method/frappe.desk.reportview.export_query",
			data={
				"doctype": doctype,
				"fields": json.dumps([f"`tab{doctype}`.`name`"]),
				"file_format_type": "CSV",
				"order_by": "creation desc",
				"title": doctype,
			},
		)
		return answer.text


def run(
	base: str,
	accounts: list[dict],
	administrator: str,
	out: Path,
	work: Callable[[], object] = lambda: None,
) -> Record:
	"""Take the journey at `base`; PDFs and journey.json go to the folder `out`.

	`work` is called when a job waits, for a site that no worker serves.
	"""
	return Journey(base, accounts, administrator, out, work).run()


def main() -> int:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--base", help="address of the web server (of the running bench)")
	parser.add_argument("--out", type=Path, default=VAR)
	given = parser.parse_args()
	base = given.base or f"http://127.0.0.1:{json.loads((VAR / 'ports.json').read_text())['web']}"
	accounts = json.loads((VAR / "akun.json").read_text())
	record = run(base, accounts, json.loads((VAR / "secrets.json").read_text())["administrator"], given.out)
	failed = list(record.failed())
	total = sum(step["ms"] for step in record.steps) / 1000
	refused = sum(step["expected"] == "refused" for step in record.steps)
	print(f"\n{len(record.steps)} steps, {refused} of them refusals, {total:.0f} s, {len(failed)} failed.")
	for step in failed:
		print(f"  {step['office']}: {step['step']} (expected: {step['expected']})")
	return 1 if failed else 0


if __name__ == "__main__":
	sys.exit(main())
