"""The pilot RT, their officials and residents: invented, but the same on every installation.

Serial numbers of NIK and family cards begin at 7001 and mobile numbers with 0812-0000: real ones of a day
in one district stay far below, so nobody's own number stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

import frappe

LABEL = "Data contoh"
BENIH = "kampung-bahagia-2025"
JUMLAH_RT = 67
# the others share a kelurahan with an earlier one, so that "another RT of the same kelurahan" exists
KELURAHAN_BERBEDA = 63
MULAI = "2025-01-01"
KK_DENGAN_BERKAS, KK_TANPA_BERKAS = 12, 6
# RT whose kegiatan are dear enough to need the ceiling of more than 100 households
RT_BESAR = frozenset(range(34)) | {63}

# fmt: off
LAKI_LAKI = (
	"Ahmad Fauzi", "Zulkifli", "M. Yusuf", "Abdul Hamid", "Datuk Sulaiman", "Raden Ismail",
	"Hasan Basri", "Amrullah", "Kemas Arifin", "Sugeng Riyadi", "Bambang Sutrisno", "Joko Susilo",
	"Slamet Widodo", "Suparman", "Eko Prasetyo", "Wahyu Nugroho", "Tri Hartono", "Sutan Rajab",
	"Yusrizal", "Afrizal", "Syahrul Chaniago", "Edi Tanjung", "Irwan Piliang", "Dasril", "Masril Koto",
	"Rahmat Hidayat", "Agus Salim", "Fajar Siddiq", "Iskandar", "Nasrudin", "Mulyadi", "Sopian",
	"Herman", "Rusdi", "Taufik",
)
PEREMPUAN = (
	"Siti Aminah", "Nurhayati", "Zubaidah", "Nyimas Rohani", "Raden Ayu Maimunah", "Halimah",
	"Rosmini", "Fatimah Zahra", "Mastura", "Sri Wahyuni", "Endang Lestari", "Wulandari", "Sumarni",
	"Tri Astuti", "Dwi Rahayu", "Suparti", "Ningsih", "Yusmaniar", "Desmawati", "Elfi Yarni",
	"Rahmi Chaniago", "Gusnimar", "Murniati", "Upik Rasyidah", "Dewi Sartika", "Lina Marlina",
	"Rina Oktavia", "Yanti", "Kartini", "Suryani", "Evi Susanti", "Ratna Sari",
)
# fmt: on
LINTANG_BUJUR = (-1.61, 103.61)


@dataclass(frozen=True)
class Rukun:
	"""A pilot RT before it is a record; `kode` is the name that the record will have."""

	urutan: int
	nomor: int
	kelurahan: str
	nama_kelurahan: str
	kecamatan: str
	nama_kecamatan: str

	@property
	def kode(self) -> str:
		return f"{self.kelurahan.replace('.', '')}-{self.nomor:03}-{MULAI.replace('-', '')}"

	@property
	def judul(self) -> str:
		return f"RT {self.nomor:03} {self.nama_kelurahan}"

	def acak(self, untuk: str) -> Random:
		"""Random numbers that depend on this RT and on what they are for, and on nothing else."""
		return Random(f"{BENIH}/{self.urutan}/{untuk}")  # noqa: S311


@cache
def susun_rt() -> tuple[Rukun, ...]:
	"""The pilot RT over the city's kelurahan, in an order of their own."""
	kelurahan = frappe.get_all("Kelurahan", fields=["name", "nama", "kecamatan"], order_by="name")
	kecamatan = dict(frappe.get_all("Kecamatan", fields=["name", "nama"], order_by="name", as_list=True))
	acak = Random(BENIH)  # noqa: S311
	acak.shuffle(kelurahan)
	kelurahan = kelurahan[:KELURAHAN_BERBEDA]
	nomor = {k.name: acak.sample(range(1, 46), 20) for k in kelurahan}
	return tuple(
		Rukun(i, nomor[k.name][i // len(kelurahan)], k.name, k.nama, k.kecamatan, kecamatan[k.kecamatan])
		for i in range(JUMLAH_RT)
		for k in (kelurahan[i % len(kelurahan)],)
	)


def nama_pejabat(wilayah: str) -> str:
	return Random(f"{BENIH}/{wilayah}").choice(LAKI_LAKI + PEREMPUAN)  # noqa: S311


def catatan_rt(rt: Rukun, kk: list[list[dict]]) -> dict:
	acak = rt.acak("rt")
	jumlah_kk = acak.randint(101, 148) if rt.urutan in RT_BESAR else acak.randint(38, 99)
	dewasa = [k[0]["nama"] for k in kk]
	perempuan = next(w["nama"] for k in kk for w in k if w["jenis_kelamin"] == "Perempuan")
	return {
		"doctype": "RT",
		"nomor": rt.nomor,
		"kelurahan": rt.kelurahan,
		"berlaku_mulai": MULAI,
		"tahap": 2025,
		"kelompok": acak.choice("AB"),
		"jumlah_kk": jumlah_kk,
		"jumlah_jiwa": int(jumlah_kk * acak.uniform(3.2, 4.1)),
		"lintang": round(LINTANG_BUJUR[0] + acak.uniform(-0.06, 0.06), 6),
		"bujur": round(LINTANG_BUJUR[1] + acak.uniform(-0.07, 0.07), 6),
		"bank": "Bank Jambi",
		"nomor_rekening": f"9000{rt.urutan:06}",
		"pokja": [
			{"nama": dewasa[0], "jabatan": "Ketua"},
			{"nama": dewasa[1], "jabatan": "Sekretaris", "unsur": "Pemuda"},
			{"nama": perempuan, "jabatan": "Bendahara", "unsur": "Perempuan"},
			{"nama": dewasa[3], "jabatan": "Anggota", "unsur": "Tokoh Agama"},
		],
	}


def susun_keluarga(rt: Rukun, jumlah_kk: int) -> Iterator[list[dict]]:
	"""Households of the RT, each a list of values for Warga; the first person is its head."""
	acak = rt.acak("warga")
	laki_laki, perempuan = acak.sample(LAKI_LAKI, jumlah_kk), acak.sample(PEREMPUAN, jumlah_kk)
	kecamatan = rt.kecamatan.replace(".", "")
	for i in range(jumlah_kk):
		nomor = rt.urutan * 40 + i * 2
		no_kk = (
			f"{kecamatan}{acak.randint(1, 28):02}{acak.randint(1, 12):02}{acak.randint(10, 24)}{7001 + nomor}"
		)
		alamat = f"Jalan Contoh No. {i + 1}"
		# every sixth household has a woman as its head; one head is past the age that BPJS should confirm
		if i % 6 == 5:
			orang = [("Perempuan", perempuan[i], 1960 + acak.randrange(35))]
		else:
			orang = [("Laki-laki", laki_laki[i], 1955 if i == 4 else 1964 + acak.randrange(38))]
			if i % 3 == 0:
				orang.append(("Perempuan", perempuan[i], 1966 + acak.randrange(36)))
		yield [
			{
				"nama": nama,
				"nik": nik(kecamatan, kelamin, lahir, 7001 + nomor + j),
				"no_kk": no_kk,
				"jenis_kelamin": kelamin,
				"tanggal_lahir": lahir,
				"alamat": alamat,
				"no_hp": f"08120000{nomor + j:04}",
			}
			for j, (kelamin, nama, tahun) in enumerate(orang)
			for lahir in (date(tahun, 1, 1) + timedelta(days=acak.randrange(365)),)
		]


def nik(kecamatan: str, kelamin: str, lahir: date, serial: int) -> str:
	"""A NIK of 16 digits; a woman's day of birth counts from 41."""
	hari = lahir.day + (40 if kelamin == "Perempuan" else 0)
	return f"{kecamatan}{hari:02}{lahir:%m%y}{serial:04}"
