"""A city full of files, set by set: what the controllers and the Workflow would have left, without asking them.

Everything is drawn from one seed, so that two runs measure the same rows. `check` loads and saves a sample
through the controllers and says where a file differs from what they make of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice, pairwise
from random import Random

import frappe
from frappe.model.workflow import get_workflow
from frappe.utils.password import encrypt

from kampung_bahagia.aturan.identitas import samarkan, samarkan_hp, umur
from kampung_bahagia.aturan.kuorum import kuorum_tercapai
from kampung_bahagia.aturan.nomor_surat import susun_nomor
from kampung_bahagia.aturan.peringkat import METODE, Nilai, susun_peringkat
from kampung_bahagia.aturan.rantai import sidik_entri
from kampung_bahagia.aturan.tenggat import batas_bayar, batas_pendaftaran, jumlah_hari_kerja
from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.izin.cakupan import BPJS
from kampung_bahagia.izin.dokumen import kolom_berubah
from kampung_bahagia.izin.layar import tahap_utama
from kampung_bahagia.klaim import dokumen, manfaat, pertanggungan, tenggat
from kampung_bahagia.perlindungan.doctype.tarif_iuran.tarif_iuran import iuran_menurut_tarif
from kampung_bahagia.perlindungan.tenggat_pendaftaran import terlambat
from kampung_bahagia.setup.demo.penduduk import LAKI_LAKI, PEREMPUAN, nik
from kampung_bahagia.setup.situs import PROFIL_KANTOR
from kampung_bahagia.tata_kelola.jejak import ISI, JEJAK, KEPALA, buktikan
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku
from kampung_bahagia.tests import pabrik

DOMAIN = "kinerja.invalid"
BEGIN = date(2025, 1, 1)  # of the programme: RT, offices and the quorum rule are in force from here
RT_OF_CITY, KELURAHAN_OF_CITY = 1_650, 68
INVITED, PRESENT, TOO_FEW = 22, 12, 4  # households
PAPER, PHOTO = "/private/files/kinerja.pdf", "/private/files/kinerja.png"
BATCH = 5_000

# Shares in percent: most files of five years are done. Then docstatus, state of the registration, and whether
# the people are named in a signed decree.
KEGIATAN = (
	("Draf", 4, 0, None, False),
	("Diajukan", 5, 0, None, False),
	("Diverifikasi Lurah", 8, 0, None, False),
	("Dikembalikan", 1, 0, None, False),
	("Ditolak", 1, 0, None, False),
	("Disetujui DPMPPA", 2, 1, None, False),
	("Disetujui DPMPPA", 2, 1, "Disiapkan", False),
	("Didaftarkan BPJS", 1, 1, "Dikirim", False),
	("Didaftarkan BPJS", 1, 1, "Ditagih", False),
	("Didaftarkan BPJS", 1, 1, "Lunas", True),
	("Terlindungi", 3, 1, "Bersertifikat", True),
	("Berjalan", 10, 1, "Bersertifikat", True),
	("Serah Terima", 2, 1, "Bersertifikat", True),
	("Selesai", 58, 1, "Bersertifikat", True),
	("Dihentikan", 1, 1, "Bersertifikat", True),
)
MUSYAWARAH_OPEN = ("Draf", "Diajukan", "Ditinjau Pendamping", "Dikembalikan", "Ditunda")
STARTED = ("Berjalan", "Serah Terima", "Selesai", "Dihentikan")
ENDED = ("Selesai", "Dihentikan")
REPORTS = ((5, 30), (15, 60))  # of progress: days after the start, percent
HANDED_OVER = ("Serah Terima", "Selesai")
KLAIM = (
	("Dilaporkan", 4),
	("Diverifikasi Lurah", 4),
	("Diverifikasi DPMPPA", 3),
	("Dikembalikan", 2),
	("Diajukan ke BPJS", 6),
	("Disetujui BPJS", 4),
	("Ditolak BPJS", 2),
	("Dibayar", 5),
	("Ditutup", 70),
)
# how many steps brought a claim into its state
STEPS_OF_CLAIM = {
	"Dilaporkan": 0,
	"Diverifikasi Lurah": 1,
	"Dikembalikan": 1,
	"Diverifikasi DPMPPA": 2,
	"Diajukan ke BPJS": 3,
	"Disetujui BPJS": 4,
	"Ditolak BPJS": 4,
	"Dibayar": 5,
	"Ditutup": 6,
}
BEFORE_BPJS = ("Dilaporkan", "Diverifikasi Lurah", "Diverifikasi DPMPPA", "Dikembalikan")
APPROVED_BY_BPJS = ("Disetujui BPJS", "Dibayar", "Ditutup")
PAID_BY_BPJS = ("Dibayar", "Ditutup")
BENEFITS = (("Perawatan", 1_200_000), ("Transportasi", 300_000))
PAID = sum(amount for _benefit, amount in BENEFITS)


@dataclass(frozen=True)
class Size:
	"""How much of each; `warga` is per RT, `peserta` per kegiatan."""

	rt: int
	kegiatan: int
	klaim: int
	warga: int = 74
	peserta: int = 30


FULL = Size(rt=RT_OF_CITY, kegiatan=10_000, klaim=3_000)  # 300,000 peserta
SMALL = Size(rt=16, kegiatan=100, klaim=30)  # 3,000 peserta, as many per RT as in the full city
TINY = Size(rt=3, kegiatan=30, klaim=6, warga=24, peserta=4)


def sow(size: Size, *, commit: Callable[[], None], say: Callable[[str], None] = print) -> None:
	"""Fill the connected site, which holds no files yet. `commit` is called after each set of rows."""
	city = _City(size)
	for what, work in (
		("RT", city.areas),
		("accounts and Penugasan", city.offices),
		("warga", city.residents),
		("kepesertaan kota", city.memberships),
		("bills of kepesertaan kota", city.bills),
		("musyawarah", city.meetings),
		("kegiatan", city.activities),
		("reports of progress", city.progress),
		("peserta", city.participants),
		("surat keputusan", city.decrees),
		("pendaftaran", city.registrations),
		("klaim", city.claims),
		("attachments", city.papers),
		("workflow actions", city.queues),
		("entries of the ledger", city.ledger),
		("series", city.numbers),
	):
		begin = datetime.now()
		count = work()
		commit()
		say(f"  {count:>9,} {what} ({(datetime.now() - begin).total_seconds():.0f} s)")
	frappe.clear_cache()


def insert(doctype: str, rows: Iterable[dict]) -> int:
	"""Insert rows of equal keys by many-row statements; return how many."""
	rows = iter(rows)
	total = 0
	while batch := list(islice(rows, BATCH)):
		columns = list(batch[0])
		frappe.db._cursor.executemany(
			f"INSERT INTO `tab{doctype}` ({', '.join(f'`{c}`' for c in columns)}) "  # noqa: S608
			f"VALUES ({', '.join(['%s'] * len(columns))})",
			[list(row.values()) for row in batch],
		)
		total += len(batch)
	return total


def hour(day: date, minute: int) -> datetime:
	"""A moment of an office day: `minute` counts from 8 o'clock."""
	return datetime(day.year, day.month, day.day, 8) + timedelta(minutes=minute)


def children(
	doctype: str, parent: str, field: str, rows: dict[str, list[dict]], random: Random, **own
) -> int:
	"""Insert the rows of tables: `rows` by the name of their parent; `own` values are common to all."""
	stamp = hour(BEGIN, 0)
	return insert(
		doctype,
		(
			{
				"name": f"{random.getrandbits(40):010x}",
				"parent": name,
				"parenttype": parent,
				"parentfield": field,
				"idx": idx,
				"owner": "Administrator",
				"modified_by": "Administrator",
				"creation": stamp,
				"modified": stamp,
				**own,
				**row,
			}
			for name, its in rows.items()
			for idx, row in enumerate(its, 1)
		),
	)


@dataclass
class _RT:
	name: str
	number: int
	kelurahan: str
	kelurahan_name: str
	kecamatan: str
	chairman: str
	companion: str
	lurah: str

	@property
	def area(self) -> dict[str, str]:
		return {"rt": self.name, "kelurahan": self.kelurahan, "kecamatan": self.kecamatan}


class _City:
	def __init__(self, size: Size):
		self.size = size
		self.random = Random("kinerja")  # noqa: S311
		self.today = frappe.utils.getdate()
		self.rt = list(self._rt())
		self.officers = {
			"DPMPPA": [f"dpmppa.{i:02}@{DOMAIN}" for i in range(12)],
			BPJS: [f"bpjs.{i:02}@{DOMAIN}" for i in range(6)],
			"Pengawas": [f"pengawas.{i:02}@{DOMAIN}" for i in range(5)],
			"Admin Kampung Bahagia": [f"admin.{i:02}@{DOMAIN}" for i in range(2)],
		}
		self.warga: dict[str, list[dict]] = {}  # by RT: name, nama, nik_samar, born
		self.kegiatan: list[dict] = []
		self.peserta: dict[str, list[dict]] = {}  # by kegiatan
		self.files: list[dict] = []
		self.series: dict[str, int] = {}  # last number given, by series

	def _rt(self) -> Iterator[_RT]:
		kelurahan = frappe.get_all("Kelurahan", fields=["name", "nama", "kecamatan"], order_by="name desc")
		of_size = max(1, round(self.size.rt * KELURAHAN_OF_CITY / RT_OF_CITY))
		for i in range(self.size.rt):
			k, number = kelurahan[i % of_size], i // of_size + 1
			yield _RT(
				name=f"{k.name.replace('.', '')}-{number:03}-{BEGIN:%Y%m%d}",
				number=number,
				kelurahan=k.name,
				kelurahan_name=k.nama,
				kecamatan=k.kecamatan,
				chairman=f"ketua.{k.name}.{number:02}@{DOMAIN}",
				companion=f"pendamping.{i // 15:03}@{DOMAIN}",
				lurah=f"lurah.{k.name}@{DOMAIN}",
			)

	def _number(self, prefix: str, year: int) -> str:
		"""The next name of the series, which goes on from what the site holds."""
		series = f"{prefix}-{year}-"
		return f"{series}{self._count(series):05}"

	def _count(self, series: str) -> int:
		if series not in self.series:
			known = frappe.db.sql("SELECT current FROM `tabSeries` WHERE name = %s", series)
			self.series[series] = known[0][0] if known else 0
		self.series[series] += 1
		return self.series[series]

	def numbers(self) -> int:
		"""Let the next number of each series follow those given here."""
		frappe.db._cursor.executemany(
			"INSERT INTO `tabSeries` (name, current) VALUES (%s, %s) "
			"ON DUPLICATE KEY UPDATE current = VALUES(current)",
			list(self.series.items()),
		)
		return len(self.series)

	def _name(self) -> str:
		return f"n{self.random.getrandbits(40):010x}"

	def _record(
		self, name: str, owner: str, made: datetime, changed: datetime | None = None, **values
	) -> dict:
		return {
			"name": name,
			"owner": owner,
			"modified_by": owner,
			"creation": made,
			"modified": changed or made,
			**values,
		}

	# --- areas, offices, residents

	def areas(self) -> int:
		pabrik.pagu()  # the works are dear and many: what is measured is not stopped by the ceiling
		return insert(
			"RT",
			(
				self._record(
					rt.name,
					"Administrator",
					hour(BEGIN, i % 480),
					judul=f"RT {rt.number:03} {rt.kelurahan_name}",
					nomor=rt.number,
					kelurahan=rt.kelurahan,
					kecamatan=rt.kecamatan,
					berlaku_mulai=BEGIN,
					tahap=2025,
					jumlah_kk=60,
					jumlah_jiwa=220,
				)
				for i, rt in enumerate(self.rt)
			),
		)

	def offices(self) -> int:
		held: list[tuple[str, str, dict]] = []
		for rt in self.rt:
			held += [
				(rt.chairman, "Ketua RT", {"rt": rt.name}),
				(rt.companion, "Pendamping", {"rt": rt.name}),
			]
		lurah = {rt.lurah: rt.kelurahan for rt in self.rt}
		held += [(user, "Lurah", {"kelurahan": kelurahan}) for user, kelurahan in lurah.items()]
		held += [(user, office, {}) for office, users in self.officers.items() for user in users]
		offices = {user: office for user, office, _area in held}
		made = hour(BEGIN, 0)
		insert(
			"User",
			(
				self._record(
					user,
					"Administrator",
					made,
					email=user,
					username=user.split("@")[0],
					first_name=self.random.choice(LAKI_LAKI),
					full_name=user.split("@")[0],
					enabled=1,
					user_type="System User",
					language="id",
					time_zone="Asia/Jakarta",
					module_profile=PROFIL_KANTOR,
				)
				for user in offices
			),
		)
		roles = {user: [{"role": office}] for user, office in offices.items()}
		children("Has Role", "User", "roles", roles, self.random)
		blocked = frappe.get_all("Block Module", {"parent": PROFIL_KANTOR}, pluck="module", order_by="idx")
		modules = [{"module": module} for module in blocked]
		children("Block Module", "User", "block_modules", dict.fromkeys(offices, modules), self.random)
		own = {user: nik("157101", "Laki-laki", date(1970, 5, 1), 1 + i) for i, user in enumerate(offices)}
		rows = [
			self._record(
				self._name(),
				"Administrator",
				made,
				pengguna=user,
				jabatan=office,
				mulai=BEGIN,
				dasar_hukum="Keputusan Lurah 1/2025",
				nik="*" * 16,
				nik_samar=samarkan(own[user]),
				**dict.fromkeys(("rt", "kelurahan", "kecamatan")) | area,
			)
			for user, office, area in held
		]
		frappe.db.bulk_insert(
			"__Auth",
			("doctype", "name", "fieldname", "password", "encrypted"),
			(("Penugasan", row["name"], "nik", encrypt(own[row["pengguna"]]), 1) for row in rows),
		)
		return insert("Penugasan", rows)

	def residents(self) -> int:
		serial: dict[str, int] = defaultdict(int)
		for rt in self.rt:
			kecamatan = rt.kecamatan.replace(".", "")
			people = []
			for i in range(self.size.warga):
				n = serial[kecamatan]
				serial[kecamatan] += 1
				sex = "Laki-laki" if i % 2 == 0 else "Perempuan"
				born = date(1964, 1, 1) + timedelta(days=n % 13_000)
				# two of one household follow each other
				household = date(2010, 1, 1) + timedelta(days=n // 2 % 5_000)
				people.append(
					{
						"name": self._name(),
						"nama": self.random.choice(LAKI_LAKI if i % 2 == 0 else PEREMPUAN),
						"jenis_kelamin": sex,
						"nik": nik(kecamatan, sex, born, 7_001 + n // 13_000),
						"no_kk": nik(kecamatan, "Laki-laki", household, 7_001 + n // 10_000),
						"tanggal_lahir": born,
						"alamat": f"Jalan Melati No. {i // 2 + 1}",
						"no_hp": f"+62812{n:07}",
					}
				)
			self.warga[rt.name] = people
		everyone = [
			(rt, w, hour(BEGIN + timedelta(days=i % 20), i % 480))
			for rt in self.rt
			for i, w in enumerate(self.warga[rt.name])
		]
		insert(
			"Data Pribadi",
			(
				self._record(w["name"], rt.chairman, made, **{k: w[k] for k in data_pribadi.KOLOM})
				for rt, w, made in everyone
			),
		)
		return insert(
			"Warga",
			(
				self._record(
					w["name"],
					rt.chairman,
					made,
					nama=w["nama"],
					jenis_kelamin=w["jenis_kelamin"],
					nik=samarkan(w["nik"]),
					nik_samar=samarkan(w["nik"]),
					no_kk=samarkan(w["no_kk"]),
					no_hp=samarkan_hp(w["no_hp"]),
					**rt.area,
				)
				for rt, w, made in everyone
			),
		)

	def memberships(self) -> int:
		"""Six people of each RT in groups that the city pays for."""
		groups = frappe.get_all("Kelompok Kepesertaan", pluck="name", order_by="name")
		stamp, officer = hour(BEGIN, 0), self.officers["DPMPPA"][0]
		ends = (None, None, None, self.today + timedelta(days=20), self.today - timedelta(days=20))
		return insert(
			"Kepesertaan Kota",
			(
				self._record(
					self._name(),
					officer,
					stamp,
					warga=w["name"],
					nama=w["nama"],
					nik_samar=samarkan(w["nik"]),
					kelompok=groups[i % len(groups)],
					mulai=BEGIN,
					sampai=ends[i % len(ends)],
					status=("Aktif", "Aktif", "Aktif", "Akan Habis", "Habis")[i % len(ends)],
					**rt.area,
				)
				for rt in self.rt
				for i, w in enumerate(self.warga[rt.name][:6])
			),
		)

	def bills(self) -> int:
		"""The months of this year, all but the last paid."""
		count = 0
		for group in frappe.get_all("Kelompok Kepesertaan", pluck="name", order_by="name"):
			budget = {"tahun": self.today.year, "kelompok": group, "pagu": 10**9, "nomor_dpa": "DPA-1"}
			known = {k: budget[k] for k in ("tahun", "kelompok")}
			if not frappe.db.exists("Anggaran Kepesertaan Kota", known):
				budget |= {"doctype": "Anggaran Kepesertaan Kota", "dasar_hukum": "Uji"}
				frappe.get_doc(budget).insert()
			for month in range(1, self.today.month + 1):
				bill = {"kelompok": group, "bulan": date(self.today.year, month, 1)}
				if frappe.db.exists("Iuran Kepesertaan Kota", bill):
					continue
				bill = frappe.get_doc({"doctype": "Iuran Kepesertaan Kota", **bill}).insert()
				if month < self.today.month:
					bill.update({"kode_iuran": "1", "dibayar_pada": self.today})
					bill.bukti_bayar = "/private/files/bukti.pdf"
					bill.save()
				count += 1
		return count

	# --- planning

	def meetings(self) -> int:
		"""Two kegiatan from each meeting, and some meetings that are still on their way."""
		self._plan()
		quorum = {n: kuorum_tercapai(n, INVITED, Decimal(50), True) for n in (PRESENT, TOO_FEW)}
		rule = yang_berlaku("Ketentuan Kuorum", BEGIN)
		records, proposals, present = [], {}, {}
		for meeting in self._meetings():
			rt = meeting["rt"]
			came = TOO_FEW if meeting["status"] == "Ditunda" else PRESENT
			papers = dict.fromkeys(
				("berita_acara", "daftar_hadir_bertanda"),
				None if meeting["status"] == "Draf" else PAPER,
			)
			for field in (f for f, paper in papers.items() if paper):
				self._paper("Musyawarah", meeting["name"], field, rt.chairman, hour(meeting["day"], 700))
			records.append(
				self._record(
					meeting["name"],
					rt.chairman,
					hour(meeting["day"], 0),
					hour(meeting["day"] + timedelta(days=3), self.random.randrange(480)),
					docstatus=int(meeting["status"] == "Disahkan"),
					status=meeting["status"],
					jenis="Prioritas",
					tanggal=hour(meeting["day"], 690),
					tempat="Pos Ronda",
					kk_diundang=INVITED,
					kk_hadir=came,
					rincian_unsur=f"Warga {came}",
					kuorum_tercapai=int(quorum[came].tercapai),
					keterangan_kuorum=quorum[came].teks,
					ketentuan_kuorum=rule,
					pimpinan="Ketua RT",
					notulen="Sekretaris RT",
					alasan="Daftar hadir belum ditandatangani."
					if meeting["status"] == "Dikembalikan"
					else None,
					diajukan_oleh=None if meeting["status"] in ("Draf", "Ditunda") else rt.chairman,
					**papers,
					**rt.area,
				)
			)
			proposals[meeting["name"]] = meeting["usulan"]
			people = self.warga[rt.name]
			first = self.random.randrange(len(people) // 2)
			present[meeting["name"]] = [
				{
					"warga": w["name"],
					"nama": w["nama"],
					"unsur": "Warga",
					"mewakili_kk": 1,
					"cara": "Daftar Kertas",
				}
				for i in range(came)
				for w in (people[(2 * (first + i)) % (len(people) - len(people) % 2)],)
			]
		children("Usulan", "Musyawarah", "usulan", proposals, self.random)
		children("Hadirin", "Musyawarah", "hadirin", present, self.random)
		return insert("Musyawarah", records)

	def _plan(self) -> None:
		"""Draw every kegiatan: its RT, state and days."""
		states = [row[0:1] + row[2:] for row in KEGIATAN]
		drawn = self.random.choices(states, [row[1] for row in KEGIATAN], k=self.size.kegiatan)
		for i, (status, docstatus, registration, decree) in enumerate(drawn):
			under_way = 5 if status in ENDED else 0
			# whatever waits is of the last weeks; what is done lies anywhere since the beginning
			if under_way:
				begin = BEGIN + timedelta(days=60 + self.random.randrange(440))
			elif status in STARTED:
				begin = self.today - timedelta(days=20 + self.random.randrange(10))
			else:
				begin = self.today - timedelta(days=self.random.randrange(12))
			made = hour(begin - timedelta(days=15), self.random.randrange(480))
			self.kegiatan.append(
				{
					"name": self._number("KGT", made.year),
					"rt": self.rt[i % len(self.rt)],
					"status": status,
					"docstatus": docstatus,
					"registration": registration,
					"pendaftaran": self._number("BPJS", made.year) if registration else None,
					"sk": self._number("SK", made.year) if decree else None,
					"made": made,
					"begin": begin,
					"end": begin + timedelta(days=30),
					"meeting": (i % len(self.rt), i // len(self.rt) // 2),
					"building": bool(registration) or self.random.random() < 0.85,
					"work": self.random.randrange(len(WORKS)),
				}
			)

	def _meetings(self) -> Iterator[dict]:
		together: dict[tuple, list[dict]] = defaultdict(list)
		for kegiatan in self.kegiatan:
			together[kegiatan["meeting"]].append(kegiatan)

		def meeting(rt: _RT, day: date, status: str, usulan: list[dict]) -> dict:
			name = self._number("MSY", day.year)
			ranks = susun_peringkat([Nilai(u["suara"], u["poin"]) for u in usulan], METODE[0])
			for u, its in zip(usulan, ranks, strict=True):
				u |= {"peringkat": its.peringkat, "seri": int(its.seri)}
			return {"name": name, "rt": rt, "day": day, "status": status, "usulan": usulan}

		for both in together.values():
			usulan = []
			for kegiatan in both:
				kegiatan["usulan"] = self._name()
				title, category = WORKS[kegiatan["work"]][:2]
				usulan.append(self._proposal(title, category, "Diputuskan") | {"name": kegiatan["usulan"]})
			usulan.append(self._proposal("Lampu jalan", "Infrastruktur Lingkungan", "Ditunda"))
			day = min(k["made"] for k in both).date() - timedelta(days=5)
			its = meeting(both[0]["rt"], day, "Disahkan", usulan)
			for kegiatan in both:
				kegiatan["musyawarah"] = its["name"]
			yield its
		for i in range(max(len(MUSYAWARAH_OPEN), self.size.kegiatan // 16)):
			day = self.today - timedelta(days=4 + i % 20)
			status = MUSYAWARAH_OPEN[i % len(MUSYAWARAH_OPEN)]
			its = self._proposal("Saluran air", "Sanitasi", "Diputuskan")
			if status == "Ditunda":  # nothing is decided without quorum
				its |= {"suara": 0, "keputusan": None}
			yield meeting(self.rt[i % len(self.rt)], day, status, [its])

	def _proposal(self, title: str, category: str, decision: str) -> dict:
		return {
			"name": self._name(),
			"judul": title,
			"kategori": category,
			"perkiraan_biaya": 50_000_000,
			"suara": self.random.randrange(5, PRESENT),
			"poin": self.random.randrange(10, 40),
			"keputusan": decision,
		}

	def activities(self) -> int:
		records, budget, photos = [], {}, {}
		for k in self.kegiatan:
			rt, (title, category, lines) = k["rt"], WORKS[k["work"]]
			k["worth"] = sum(volume * price for _what, _kind, volume, _unit, price in lines)
			k["changed"] = hour(
				(k["end"] if k["status"] in ENDED else k["made"].date()) + timedelta(days=1),
				self.random.randrange(480),
			)
			k["started"] = hour(k["begin"], 30) if k["status"] in STARTED else None
			k["finished"] = hour(k["end"], 400) if k["status"] in ENDED else None
			budget[k["name"]] = [
				{
					"uraian": what,
					"jenis": kind,
					"volume": volume,
					"satuan": unit,
					"harga_satuan": price,
					"jumlah": volume * price,
					"dasar_iuran": 1,
				}
				for what, kind, volume, unit, price in lines
			]
			photos[k["name"]] = [{"tahap": "Sebelum", "foto": PHOTO, "tanggal": k["made"].date()}]
			if k["status"] in HANDED_OVER:
				photos[k["name"]].append(
					{"tahap": "Sesudah", "foto": PHOTO, "tanggal": min(k["end"], self.today)}
				)
			k["reports"] = [*REPORTS] if k["status"] in STARTED else []
			if k["status"] in HANDED_OVER:
				k["reports"].append((18, 100))
			stopped = k["status"] in ("Dikembalikan", "Ditolak", "Dihentikan")
			records.append(
				self._record(
					k["name"],
					rt.chairman,
					k["made"],
					k["changed"],
					docstatus=k["docstatus"],
					status=k["status"],
					judul=f"{title} {rt.kelurahan_name}",
					musyawarah=k["musyawarah"],
					usulan=k["usulan"],
					usulan_judul=title,
					kategori=category,
					konstruksi=int(k["building"]),
					lokasi="Gang Melati",
					tanggal_mulai=k["begin"],
					tanggal_selesai=k["end"],
					masa_pemeliharaan=30,
					hari_kerja=_working_days(k["begin"], k["end"]),
					tahun_anggaran=k["begin"].year,
					versi=1,
					kemajuan=k["reports"][-1][1] if k["reports"] else 0,
					nilai_kegiatan=k["worth"],
					ppn=0,
					dasar_iuran=k["worth"],
					perkiraan_iuran=float(_premium(k["worth"])[1].total) if k["building"] else 0,
					batas_pendaftaran=_limit(k["made"].date()) if k["building"] and k["docstatus"] else None,
					pendaftaran=k["pendaftaran"],
					status_pendaftaran=k["registration"],
					diserahkan_bpjs=int(self._handed_over(k)),
					surat_keputusan=k["sk"],
					dimulai_pada=k["started"],
					diselesaikan_pada=k["finished"],
					alasan="RAB belum sesuai harga setempat." if stopped else None,
					diajukan_oleh=None if k["status"] == "Draf" else rt.chairman,
					**rt.area,
				)
			)
		children("RAB Kegiatan", "Kegiatan", "rab", budget, self.random)
		children("Foto Kegiatan", "Kegiatan", "foto", photos, self.random)
		return insert("Kegiatan", records)

	def progress(self) -> int:
		return insert(
			"Kemajuan Kegiatan",
			(
				self._record(
					self._number("KMJ", day.year),
					k["rt"].chairman,
					hour(day, 480),
					kegiatan=k["name"],
					tanggal=day,
					persen=percent,
					foto=PHOTO,
					**k["rt"].area,
				)
				for k in self.kegiatan
				for after, percent in k["reports"]
				for day in (k["begin"] + timedelta(days=after),)
			),
		)

	@staticmethod
	def _handed_over(k: dict) -> bool:
		return k["registration"] not in (None, "Disiapkan")

	# --- cover

	def participants(self) -> int:
		return insert("Peserta", self._participants())

	def _participants(self) -> Iterator[dict]:
		for k in self.kegiatan:
			people = self.warga[k["rt"].name]
			first = self.random.randrange(len(people))
			status = {None: "Diusulkan", "Disiapkan": "Diusulkan", "Bersertifikat": "Terlindungi"}.get(
				k["registration"], "Terdaftar"
			)
			self.peserta[k["name"]] = its = []
			for i in range(self.size.peserta):
				w = people[(first + i) % len(people)]
				p = {
					"name": self._name(),
					"warga": w["name"],
					"nama": w["nama"],
					"nik_samar": samarkan(w["nik"]),
				}
				its.append(p)
				yield self._record(
					p["name"],
					k["rt"].chairman,
					k["made"] + timedelta(minutes=i),
					k["changed"] + timedelta(seconds=i),
					**{key: value for key, value in p.items() if key != "name"},
					kegiatan=k["name"],
					tugas="Tenaga gotong royong",
					status=status,
					usia=umur(w["tanggal_lahir"], k["begin"]),
					catatan_usia="",
					surat_keputusan=k["sk"],
					diserahkan_bpjs=int(self._handed_over(k)),
					**k["rt"].area,
				)

	def decrees(self) -> int:
		template, bases = frappe.db.get_value(
			"Templat Surat", {"jenis_dokumen": "Keputusan Ketua RT"}, ["templat", "mengingat"]
		)
		records, named = [], {}
		for k in self.kegiatan:
			if not k["sk"]:
				continue
			rt, name, signed = k["rt"], k["sk"], k["made"] + timedelta(days=2)
			k["signed"] = signed
			series = f"SK {rt.name} {signed.year} "
			records.append(
				self._record(
					name,
					rt.chairman,
					signed - timedelta(hours=1),
					signed + timedelta(hours=2),
					docstatus=1,
					status="Ditetapkan",
					kegiatan=k["name"],
					nomor=susun_nomor(
						template,
						seq=self._count(series),
						tanggal=signed.date(),
						rt=rt.number,
						KEL=rt.kelurahan_name.upper(),
					),
					tentang=f"Penugasan Warga dalam Kegiatan {k['name']}",
					ditetapkan_pada=signed,
					berlaku_mulai=k["begin"],
					berlaku_sampai=k["end"],
					penanda_tangan=rt.chairman,
					nama_penanda_tangan=rt.chairman.split("@")[0],
					mengingat=bases,
					pindaian=PAPER,
					sidik_pindaian="0" * 64,
					diajukan_oleh=rt.chairman,
					diserahkan_bpjs=int(self._handed_over(k)),
					**rt.area,
				)
			)
			self._paper("Surat Keputusan", name, "pindaian", rt.chairman, signed)
			named[name] = [
				{
					"peserta": p["name"],
					"nama": p["nama"],
					"nik_samar": p["nik_samar"],
					"tugas": "Tenaga gotong royong",
				}
				for p in self.peserta[k["name"]]
			]
		children("Peserta SK", "Surat Keputusan", "lampiran", named, self.random, docstatus=1)
		return insert("Surat Keputusan", records)

	def registrations(self) -> int:
		records, slices = [], {}
		for n, k in enumerate(self.kegiatan):
			status = k["registration"]
			if not status:
				continue
			rt, name, office = k["rt"], k["pendaftaran"], self.random.choice(self.officers["DPMPPA"])
			tariff, premium = _premium(k["worth"])
			billed, paid = (
				status in ("Ditagih", "Lunas", "Bersertifikat"),
				status in ("Lunas", "Bersertifikat"),
			)
			certified = status == "Bersertifikat"
			# two thirds of what is finished was registered and paid too late
			late = timedelta(days=22 if n % 3 and k["status"] in ENDED else 0)
			k["paid"] = k["made"] + timedelta(days=6) + late if paid else None
			limit, sent = (
				_limit(k["made"].date()),
				None if status == "Disiapkan" else k["made"] + timedelta(days=4) + late,
			)
			records.append(
				self._record(
					name,
					office,
					k["made"] + timedelta(days=3),
					k["changed"],
					docstatus=int(certified),
					status=status,
					kegiatan=k["name"],
					jumlah_peserta=self.size.peserta,
					batas_pendaftaran=limit,
					dikirim_pada=sent,
					terlambat_daftar=terlambat(limit, sent) if sent else 0,
					terlambat_bayar=terlambat(batas_bayar(k["begin"]), k["paid"]) if paid else 0,
					tarif=tariff,
					nilai_kegiatan=k["worth"],
					dasar_iuran=k["worth"],
					jkk=float(premium.jkk),
					jkm=float(premium.jkm),
					iuran=float(premium.total),
					terbilang=premium.terbilang,
					nomor_proyek=f"26-{n:06}" if billed else None,
					kode_iuran=f"88{n:06}" if billed else None,
					tagihan=float(premium.total) if billed else 0,
					cara_bayar="Lunas Sekaligus",
					terbayar=float(premium.total) if paid else 0,
					sisa_tagihan=float(premium.total) if billed and not paid else 0,
					dibayar_pada=k["paid"],
					bukti_bayar=PAPER if paid else None,
					nomor_sertifikat=f"S-{n:06}" if certified else None,
					berlaku_mulai=max(k["begin"], k["paid"].date()) if certified else None,
					berlaku_sampai=k["end"] + timedelta(days=30) if certified else None,
					diajukan_oleh=None if status == "Disiapkan" else office,
					diserahkan_bpjs=int(self._handed_over(k)),
					**rt.area,
				)
			)
			if paid:
				self._paper("Pendaftaran BPJS", name, "bukti_bayar", office, k["paid"])
			slices[name] = [
				{
					"dari": float(r.dari),
					"sampai": float(r.sampai or 0),
					"dasar": float(r.dasar),
					"jkk_persen": float(r.jkk_persen),
					"jkm_persen": float(r.jkm_persen),
					"jkk": float(r.jkk),
					"jkm": float(r.jkm),
				}
				for r in premium.rincian
			]
		children("Rincian Iuran", "Pendaftaran BPJS", "rincian", slices, self.random)
		return insert("Pendaftaran BPJS", records)

	# --- claims

	def claims(self) -> int:
		"""Judged by the controller's own methods: the words of its verdict are many."""
		open_ = [k for k in self.kegiatan if k["status"] in STARTED]
		struck: set[tuple] = set()
		parents, tables = [], defaultdict(list)
		for n, k in enumerate(self.random.choices(open_, k=self.size.klaim)):
			status = self.random.choices([s for s, _ in KLAIM], [share for _, share in KLAIM])[0]
			happened = hour(k["begin"] + timedelta(days=n % 15), n % 480)
			# one claim per person, day and kind
			p = next(p for p in self.peserta[k["name"]] if (p["warga"], happened.date()) not in struck)
			struck.add((p["warga"], happened.date()))
			doc = self._claim(k, p, status, happened, self._number("KLM", happened.year))
			parents.append(doc.get_valid_dict())
			for child in doc.get_all_children():
				tables[child.doctype].append(child.get_valid_dict())
		for doctype, rows in tables.items():
			insert(doctype, rows)
		return insert("Klaim", parents)

	def _claim(self, k: dict, p: dict, status: str, happened: datetime, name: str):
		rt, paper = k["rt"], None if status in BEFORE_BPJS else PAPER
		approved, paid = status in APPROVED_BY_BPJS, status in PAID_BY_BPJS
		reported = happened + timedelta(hours=6)
		# each step takes eight hours to six days, and none lies ahead
		pace = timedelta(hours=8 + int(name[-5:]) * 7 % 136)
		steps, now = STEPS_OF_CLAIM[status], datetime.combine(self.today, datetime.min.time())
		if steps:
			pace = max(min(pace, (now - reported) / steps), timedelta(minutes=1))
		doc = frappe.get_doc(
			self._record(name, rt.chairman, reported, reported + pace * steps)
			| {
				"doctype": "Klaim",
				"docstatus": int(status == "Ditutup"),
				"peserta": p["name"],
				"nama": p["nama"],
				"warga": p["warga"],
				"kegiatan": k["name"],
				"jenis": "JKK Perawatan",
				"kunci": f"{p['warga']}|JKK Perawatan|{happened.date()}",
				"waktu_kejadian": happened,
				"dilaporkan_pada": reported,
				"keterangan_dokter_pada": reported,
				"diajukan_pada": reported + pace * 3 if status not in BEFORE_BPJS else None,
				"tempat": "Gang Melati",
				"kronologi": "Terpeleset saat mengangkat semen.",
				"nama_pelapor": "Ketua RT",
				"hp_pelapor": "+6281234567890",
				"saksi": [
					{"nama": w["nama"], "keterangan": "Melihat langsung"} for w in self.warga[rt.name][:2]
				],
				"status": status,
				"alasan": "Keterangan dua saksi belum ditandatangani." if status == "Dikembalikan" else None,
				"diserahkan_bpjs": int(status not in BEFORE_BPJS),
				"nomor_klaim": f"KLM{name[-5:]}" if approved or status == "Ditolak BPJS" else None,
				"keputusan": "Di luar masa perlindungan." if status == "Ditolak BPJS" else None,
				"nilai_disetujui": PAID if approved else 0,
				"dibayar_pada": (reported + pace * 5).date() if paid else None,
				"nilai_dibayar": PAID if paid else 0,
				"pembayaran": [
					{
						"manfaat": benefit,
						"tanggal": (reported + pace * 5).date(),
						"jumlah": amount,
						"penerima": p["nama"],
						"bukti": PAPER,
					}
					for benefit, amount in BENEFITS
				]
				if paid
				else [],
				"biaya_perawatan": 1_100_000,
				**rt.area,
			}
		)
		manfaat.nilai(doc)
		dokumen.susun(doc)
		pertanggungan.nilai(doc)
		for row in doc.dokumen:
			row.berkas = paper
		dokumen.hitung(doc)
		tenggat.hitung(doc)
		for child in doc.get_all_children():
			child.update(self._record(self._name(), rt.chairman, reported) | {"parent": name})
		if paper:
			self._paper("Klaim", name, "berkas", rt.chairman, reported)
		return doc

	# --- what hangs on them

	def _paper(self, doctype: str, name: str, field: str, owner: str, made: datetime) -> None:
		self.files.append(
			self._record(
				self._name(),
				owner,
				made,
				file_name=PAPER.rsplit("/", 1)[1],
				file_url=PAPER,
				file_size=1_000,
				is_private=1,
				folder="Home/Attachments",
				attached_to_doctype=doctype,
				attached_to_name=name,
				attached_to_field=field,
			)
		)

	def papers(self) -> int:
		with open(frappe.get_site_path(PAPER.lstrip("/")), "wb") as paper:
			paper.write(b"%PDF-1.4\n%%EOF\n")
		return insert("File", self.files)

	def queues(self) -> int:
		"""Which role each file waits for, as the framework notes it at each step."""
		return sum(queue(doctype, doctype, self.random) for doctype in BERALUR)

	def ledger(self) -> int:
		"""Two entries for each file, made and brought to its state; each step of a claim. The chain ends at its head."""
		entries = list(self._ledger())
		total = insert(JEJAK, entries)
		head = frappe.qb.Table(KEPALA)
		newest = entries[-1]
		frappe.qb.update(head).set(head.urutan, newest["urutan"]).set(head.hash, newest["hash"]).run()
		return total

	def _ledger(self) -> Iterator[dict]:
		holders = {office: users[0] for office, users in self.officers.items()}
		head = frappe.qb.Table(KEPALA)
		((number, last),) = frappe.qb.from_(head).select(head.urutan, head.hash).run()
		for doctype in BERALUR:
			workflow = get_workflow(doctype)
			first = workflow.states[0].state
			by = {step.next_state: step for step in reversed(workflow.transitions)}
			for file in frappe.get_all(
				doctype,
				filters={"owner": ["like", f"%@{DOMAIN}"]},
				fields=["name", "status", "owner", "creation", "modified", "rt", "kelurahan", "kecamatan"],
				order_by="modified, name",
			):
				way = [by[file.status]] if file.status != first else []
				if doctype == "Klaim" and way:
					way = _way(workflow, by, file.status)
				steps = [("Buat", None, first, file.owner, None, file.creation)]
				for i, step in enumerate(way, 1):
					user = holders.get(step.allowed, file.owner)
					when = file.creation + (file.modified - file.creation) * i / len(way)
					steps.append((step.action, step.state, step.next_state, user, step.allowed, when))
				for action, before, after, user, office, when in steps:
					number += 1
					entry = dict.fromkeys(ISI) | {
						"urutan": number,
						"rujukan_doctype": doctype,
						"rujukan_nama": file.name,
						"dari": before,
						"ke": after,
						"aksi": action,
						"pengguna": user,
						"nama_pejabat": user.split("@")[0],
						"jabatan": office,
						"rt": file.rt,
						"kelurahan": file.kelurahan,
						"kecamatan": file.kecamatan,
						"waktu": when,
						"hash_dokumen": f"{number:064x}",
					}
					entry |= {"hash_sebelum": last, "hash": sidik_entri(entry, last)}
					last = entry["hash"]
					yield self._record(str(number), user, when, **entry)


def _way(workflow, by: dict, state: str) -> list:
	"""The steps from the first state to this one, on the main way as far as it goes."""
	main = tahap_utama(workflow)
	if state not in main:
		return [*_way(workflow, by, by[state].state), by[state]]
	states = main[: main.index(state) + 1]
	return [
		next(t for t in workflow.transitions if (t.state, t.next_state) == step) for step in pairwise(states)
	]


def queue(doctype: str, workflow_of: str, random: Random, of: list[str] | None = None) -> int:
	"""Write the open Workflow Actions of the files of `doctype` (or `of` these), by the Workflow of `workflow_of`."""
	roles: dict[str, set[str]] = defaultdict(set)
	for step in get_workflow(workflow_of).transitions:
		if not step.condition:
			roles[step.state].add(step.allowed)
	filters = {"status": ["in", sorted(roles)]}
	if of:
		filters["name"] = ["in", of]
	waiting = frappe.get_all(
		doctype,
		filters=filters,
		fields=["name", "status", "modified"],
		order_by="name",
	)
	names = {file.name: f"{random.getrandbits(40):010x}" for file in waiting}
	children(
		"Workflow Action Permitted Role",
		"Workflow Action",
		"permitted_roles",
		{names[f.name]: [{"role": role} for role in sorted(roles[f.status])] for f in waiting},
		random,
	)
	return insert(
		"Workflow Action",
		(
			{
				"name": names[file.name],
				"owner": "Administrator",
				"modified_by": "Administrator",
				"creation": file.modified,
				"modified": file.modified,
				"status": "Open",
				"reference_doctype": doctype,
				"reference_name": file.name,
				"workflow_state": file.status,
			}
			for file in waiting
		),
	)


@cache
def _working_days(begin: date, end: date) -> int:
	return jumlah_hari_kerja(begin, end)


@cache
def _limit(approved: date) -> date:
	return batas_pendaftaran(approved)


@cache
def _premium(base: int):
	return iuran_menurut_tarif(Decimal(base), BEGIN)


def _works() -> list[tuple]:
	"""Forty kinds of work with four lines each, worth 20 to 300 million rupiah."""
	kinds = (
		("Perbaikan Drainase", "Sanitasi"),
		("Jalan Lingkungan", "Infrastruktur Lingkungan"),
		("Bank Sampah", "Persampahan"),
		("Pos Ronda", "Kebersihan dan Keamanan"),
	)
	return [
		(
			*kinds[i % 4],
			(
				("Semen", "Bahan", 100 + 35 * i, "zak", 75_000),
				("Pasir", "Bahan", 20 + 3 * i, "m3", 220_000),
				("Tukang", "Upah", 30 + 5 * i, "hari", 150_000),
				("Molen", "Alat", 5 + i, "hari", 350_000),
			),
		)
		for i in range(40)
	]


WORKS = _works()


def check(each: int = 3) -> list[str]:
	"""Load and save files of every state through their controllers; return what they refuse or change."""
	wrong = []
	for doctype, by in (
		("RT", "tahap"),
		("Warga", "jenis_kelamin"),
		("Penugasan", "jabatan"),
		("Musyawarah", "status"),
		("Kegiatan", "status"),
		("Peserta", "status"),
		("Kepesertaan Kota", "status"),
		("Surat Keputusan", "status"),
		("Pendaftaran BPJS", "status"),
		("Klaim", "status"),
	):
		values = frappe.get_all(doctype, pluck=by, distinct=True, order_by=by)
		for value in values:
			for name in frappe.get_all(doctype, {by: value}, pluck="name", order_by="name", limit=each):
				before = frappe.get_doc(doctype, name)
				try:
					after = frappe.get_doc(doctype, name).save()
				except Exception as error:
					wrong.append(f"{doctype} {name} ({value}): {type(error).__name__}: {error}")
					continue
				changed = {
					f for f in kolom_berubah(before, after) if _content(before, f) != _content(after, f)
				}
				if changed:
					wrong.append(f"{doctype} {name} ({value}): {', '.join(sorted(changed))} changed")
	proof = buktikan()
	return wrong if proof["utuh"] else [*wrong, f"Jejak Keputusan: {proof}"]


def _content(doc, field: str):
	"""A value; the rows of a table without their names, which a controller may write anew."""
	value = doc.get(field)
	return [row.as_dict(no_default_fields=True) for row in value] if isinstance(value, list) else value
