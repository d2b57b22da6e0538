"""The workbook that goes to BPJS: sheets and columns by a mapping that an administrator edits.

BPJS publishes no template, so which column stands where is data (Pemetaan Berkas BPJS); what a column may hold is
this closed list of named sources. The least that the law asks for: names and number of workers, addresses, wages if
known (Permenakertrans 44/2015), and each worker by NIK.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from io import BytesIO

import frappe
from frappe.utils import add_days, get_datetime, getdate
from frappe.utils.password import get_decrypted_password
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from pypika.queries import QueryBuilder

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.izin.data_pribadi import isi_lengkap

PROYEK, TENAGA_KERJA, KLAIM, KEPESERTAAN = "Proyek", "Tenaga Kerja", "Klaim", "Kepesertaan"
TEKS, ANGKA, RUPIAH, TANGGAL = "Teks", "Angka", "Rupiah", "Tanggal"
POLA = {TEKS: "@", ANGKA: "0", RUPIAH: "#,##0", TANGGAL: "dd-mm-yyyy"}
TEKS_TETAP, NOMOR_URUT = "Umum: Teks Tetap", "Umum: Nomor Urut"

Sumber = Callable[[frappe._dict], object]


def _kolom(nama: str) -> Sumber:
	return lambda b: b.get(nama)


# name as it stands in the mapping: what it is read from, in a row of `_proyek`, `_tenaga_kerja`, `_klaim` or
# `_kepesertaan`
SUMBER: dict[str, Sumber] = {
	NOMOR_URUT: _kolom("urut"),
	TEKS_TETAP: lambda b: None,  # the mapping's own text
	"Proyek: Nomor Pendaftaran": _kolom("pendaftaran"),
	"Proyek: Nama": _kolom("judul"),
	"Proyek: Lokasi": _kolom("lokasi"),
	"Proyek: RT": lambda b: f"{int(b.nomor_rt):03}",
	"Proyek: Kelurahan": _kolom("nama_kelurahan"),
	"Proyek: Kecamatan": _kolom("nama_kecamatan"),
	"Proyek: Nilai": _kolom("nilai_kegiatan"),
	"Proyek: PPN": _kolom("ppn"),
	"Proyek: Dasar Iuran": _kolom("dasar_iuran"),
	"Proyek: Tanggal Mulai": _kolom("tanggal_mulai"),
	"Proyek: Tanggal Selesai": _kolom("tanggal_selesai"),
	"Proyek: Masa Pemeliharaan (hari)": _kolom("masa_pemeliharaan"),
	"Proyek: Akhir Pemeliharaan": lambda b: add_days(b.tanggal_selesai, b.masa_pemeliharaan or 0),
	"Proyek: Jumlah Tenaga Kerja": _kolom("jumlah_peserta"),
	"Proyek: Iuran JKK": _kolom("jkk"),
	"Proyek: Iuran JKM": _kolom("jkm"),
	"Proyek: Jumlah Iuran": _kolom("iuran"),
	"Proyek: Nomor Kepesertaan": _kolom("nomor_proyek"),
	"Proyek: Kode Iuran": _kolom("kode_iuran"),
	"Proyek: Nomor SK": _kolom("nomor_sk"),
	"Tenaga Kerja: Nama": _kolom("nama"),
	"Tenaga Kerja: NIK": _kolom("nik"),
	"Tenaga Kerja: Nomor KK": _kolom("no_kk"),
	"Tenaga Kerja: Jenis Kelamin": _kolom("jenis_kelamin"),
	"Tenaga Kerja: Tanggal Lahir": _kolom("tanggal_lahir"),
	"Tenaga Kerja: Alamat": _kolom("alamat"),
	"Tenaga Kerja: Nomor HP": _kolom("no_hp"),
	"Tenaga Kerja: Tugas": _kolom("tugas"),
	"Tenaga Kerja: Upah per Bulan": _kolom("upah_bulanan"),
	"Klaim: Nomor": _kolom("klaim"),
	"Klaim: Jenis": _kolom("jenis"),
	"Klaim: Waktu Kejadian": lambda b: get_datetime(b.waktu_kejadian).strftime("%d-%m-%Y %H.%M"),
	"Klaim: Tempat Kejadian": _kolom("tempat"),
	"Klaim: Kronologi": _kolom("kronologi"),
	"Klaim: Fasilitas Kesehatan": _kolom("faskes"),
	"Klaim: Nama Pelapor": _kolom("nama_pelapor"),
	"Klaim: HP Pelapor": _kolom("hp_pelapor"),
	"Klaim: Nama Penerima": _kolom("penerima_rencana"),
	"Klaim: Bank": _kolom("bank"),
	"Klaim: Nomor Rekening": lambda b: get_decrypted_password(
		"Klaim", b.klaim, "nomor_rekening", raise_exception=False
	),
	"Klaim: Atas Nama": _kolom("atas_nama"),
	"Kepesertaan: Kelompok": _kolom("kelompok"),
	"Kepesertaan: Bulan": lambda b: b.bulan.strftime("%m-%Y"),
	"Kepesertaan: Nama": _kolom("nama"),
	"Kepesertaan: NIK": _kolom("nik"),
	"Kepesertaan: Nomor KPJ": _kolom("kpj"),
	"Kepesertaan: Jenis Kelamin": _kolom("jenis_kelamin"),
	"Kepesertaan: Tanggal Lahir": _kolom("tanggal_lahir"),
	"Kepesertaan: Alamat": _kolom("alamat"),
	"Kepesertaan: Nomor HP": _kolom("no_hp"),
	"Kepesertaan: RT": lambda b: f"{int(b.nomor_rt):03}",
	"Kepesertaan: Kelurahan": _kolom("nama_kelurahan"),
	"Kepesertaan: Kecamatan": _kolom("nama_kecamatan"),
	"Kepesertaan: Mulai": _kolom("mulai"),
	"Kepesertaan: Sampai": _kolom("sampai"),
	"Kepesertaan: Iuran JKK": _kolom("jkk"),
	"Kepesertaan: Iuran JKM": _kolom("jkm"),
	"Kepesertaan: Iuran JHT": _kolom("jht"),
	"Kepesertaan: Jumlah Iuran": _kolom("jumlah"),
	"Kepesertaan: Kode Iuran": _kolom("kode_iuran"),
}


def jenis_baris(sumber: Collection[str]) -> str | None:
	"""What one row of a sheet with these sources is: PROYEK, TENAGA_KERJA, KLAIM or KEPESERTAAN; None when they name none
	of these.

	A row of a worker knows its project, a row of a claim its person and project too.
	"""
	awalan = {s.partition(":")[0] for s in sumber}
	for jenis in (KEPESERTAAN, KLAIM):
		if jenis in awalan:
			return jenis
	if TENAGA_KERJA in awalan:
		return TENAGA_KERJA
	return PROYEK if PROYEK in awalan else None


def susun_buku(
	pemetaan, pendaftaran: Sequence[str], klaim: Sequence[str], iuran_kota: Sequence[str] = ()
) -> tuple[bytes, list[str]]:
	"""The workbook (XLSX) of these registrations, claims and monthly bills by the mapping, and whose data is in it (Warga).

	Raises AturanError when the mapping has no sheet for the people of a bill.
	"""
	proyek = _proyek(pendaftaran)
	baris = {
		PROYEK: proyek,
		TENAGA_KERJA: _tenaga_kerja(proyek),
		KLAIM: _klaim(klaim),
		KEPESERTAAN: _kepesertaan(iuran_kota),
	}
	lembar: dict[str, list] = {}
	for k in pemetaan.kolom:
		lembar.setdefault(k.lembar, []).append(k)
	jenis = {nama: jenis_baris([k.sumber for k in kolom]) for nama, kolom in lembar.items()}
	if iuran_kota and KEPESERTAAN not in jenis.values():
		raise AturanError(
			f"Pemetaan Berkas BPJS {pemetaan.name} belum memuat lembar Kepesertaan. Tambahkan kolomnya dahulu."
		)
	buku = Workbook()
	buku.remove(buku.active)
	berisi = [nama for nama in lembar if baris[jenis[nama]]] or list(lembar)[:1]
	for nama in berisi:
		_tulis_lembar(buku.create_sheet(nama), lembar[nama], baris[jenis[nama]])
	hasil = BytesIO()
	buku.save(hasil)
	return hasil.getvalue(), sorted({b.warga for j in (TENAGA_KERJA, KLAIM, KEPESERTAAN) for b in baris[j]})


def _tulis_lembar(lembar, kolom: Sequence, baris: Sequence[frappe._dict]) -> None:
	for i, k in enumerate(kolom, start=1):
		kepala = _tulis_sel(lembar.cell(1, i), k.judul, TEKS)
		kepala.font = Font(bold=True)
		lembar.column_dimensions[get_column_letter(i)].width = 22
		for n, b in enumerate(baris, start=1):
			b.urut = n
			isi = k.teks_tetap if k.sumber == TEKS_TETAP else SUMBER[k.sumber](b)
			_tulis_sel(lembar.cell(n + 1, i), isi, k.format)
	lembar.freeze_panes = "A2"


def _tulis_sel(sel: Cell, nilai, bentuk: str) -> Cell:
	"""A value in the form that the mapping asks for. Text is text whatever it begins with: no cell becomes a formula."""
	if nilai in (None, ""):
		return sel
	if bentuk in (ANGKA, RUPIAH) and isinstance(nilai, int | float):
		sel.value = nilai
	elif bentuk == TANGGAL and isinstance(nilai, date):
		sel.value = getdate(nilai)
	else:
		sel.value = nilai.strftime("%d-%m-%Y") if isinstance(nilai, date) else str(nilai)
		sel.data_type = "s"
		sel.quotePrefix = True  # also when the cell is edited, or stored as CSV and opened again
		bentuk = TEKS
	sel.number_format = POLA[bentuk]
	return sel


# --- rows


def _dengan_wilayah(query: QueryBuilder, tabel) -> QueryBuilder:
	"""With the area of `tabel` as it is written: nomor_rt, nama_kelurahan, nama_kecamatan."""
	rt, kel, kec = (frappe.qb.DocType(j) for j in ("RT", "Kelurahan", "Kecamatan"))
	return (
		query.join(rt)
		.on(rt.name == tabel.rt)
		.join(kel)
		.on(kel.name == tabel.kelurahan)
		.join(kec)
		.on(kec.name == tabel.kecamatan)
		.select(rt.nomor.as_("nomor_rt"), kel.nama.as_("nama_kelurahan"), kec.nama.as_("nama_kecamatan"))
	)


def _proyek(nama: Sequence[str]) -> list[frappe._dict]:
	"""One row for each registration, in the order given."""
	if not nama:
		return []
	d, k = frappe.qb.DocType("Pendaftaran BPJS"), frappe.qb.DocType("Kegiatan")
	sk = frappe.qb.DocType("Surat Keputusan")
	baris = (
		_dengan_wilayah(frappe.qb.from_(d).join(k).on(k.name == d.kegiatan), k)
		.left_join(sk)
		.on(sk.name == k.surat_keputusan)
		.select(
			d.name.as_("pendaftaran"),
			*(d[f] for f in ("kegiatan", "nilai_kegiatan", "dasar_iuran", "jumlah_peserta")),
			*(d[f] for f in ("jkk", "jkm", "iuran", "nomor_proyek", "kode_iuran")),
			*(k[f] for f in ("judul", "lokasi", "ppn", "tanggal_mulai", "tanggal_selesai")),
			k.masa_pemeliharaan,
			sk.nomor.as_("nomor_sk"),
		)
		.where(d.name.isin(list(nama)))
		.orderby(d.name)
		.run(as_dict=True)
	)
	menurut_nama = {b.pendaftaran: b for b in baris}
	return [menurut_nama[n] for n in nama]


def tenaga_kerja(kegiatan: Sequence[str], *, diserahkan: bool = True) -> list[frappe._dict]:
	"""Who works in these kegiatan: peserta, kegiatan, warga, nama, nik_samar, tugas, upah_bulanan, usia, jenis_kelamin.

	With `diserahkan` those only who were on a list that BPJS received. No permission check.
	"""
	if not kegiatan:
		return []
	p, w = frappe.qb.DocType("Peserta"), frappe.qb.DocType("Warga")
	query = (
		frappe.qb.from_(p)
		.join(w)
		.on(w.name == p.warga)
		.select(
			p.name.as_("peserta"),
			*(p[f] for f in ("kegiatan", "warga", "nama", "nik_samar", "tugas", "upah_bulanan", "usia")),
			w.jenis_kelamin,
		)
		.where(p.kegiatan.isin(list(kegiatan)) & p.berhenti_sejak.isnull())
		.orderby(p.kegiatan, p.nama, p.name)
	)
	if diserahkan:
		query = query.where(p.diserahkan_bpjs == 1)
	return query.run(as_dict=True)


def _tenaga_kerja(baris: Sequence[frappe._dict]) -> list[frappe._dict]:
	"""One row for each worker of these projects, in their order."""
	proyek = {b.kegiatan: b for b in baris}
	orang = tenaga_kerja(list(proyek))
	lengkap = isi_lengkap([o.warga for o in orang])
	urutan = {kegiatan: i for i, kegiatan in enumerate(proyek)}
	return [
		frappe._dict({**proyek[o.kegiatan], **lengkap.get(o.warga, {}), **o})
		for o in sorted(orang, key=lambda o: urutan[o.kegiatan])
	]


def _klaim(nama: Sequence[str]) -> list[frappe._dict]:
	if not nama:
		return []
	kl, p, w = (frappe.qb.DocType(j) for j in ("Klaim", "Peserta", "Warga"))
	kolom = ("warga", "nama", "kegiatan", "jenis", "waktu_kejadian", "tempat", "kronologi", "faskes")
	baris = (
		frappe.qb.from_(kl)
		.join(p)
		.on(p.name == kl.peserta)
		.join(w)
		.on(w.name == kl.warga)
		.select(
			kl.name.as_("klaim"),
			*(kl[f] for f in (*kolom, "nama_pelapor", "hp_pelapor", "penerima_rencana", "bank", "atas_nama")),
			p.tugas,
			p.upah_bulanan,
			w.jenis_kelamin,
		)
		.where(kl.name.isin(list(nama)))
		.orderby(kl.name)
		.run(as_dict=True)
	)
	daftar = dict(
		frappe.get_all(
			"Pendaftaran BPJS",
			{"kegiatan": ["in", [b.kegiatan for b in baris]]},
			["kegiatan", "name"],
			as_list=True,
			order_by="name",
			limit=0,
		)
	)
	proyek = {b.kegiatan: b for b in _proyek(sorted(daftar.values()))}
	lengkap = isi_lengkap([b.warga for b in baris])
	return [frappe._dict({**proyek.get(b.kegiatan, {}), **lengkap.get(b.warga, {}), **b}) for b in baris]


def _kepesertaan(iuran_kota: Sequence[str]) -> list[frappe._dict]:
	"""One row for each person on these monthly bills."""
	if not iuran_kota:
		return []
	r, i, k, w = (
		frappe.qb.DocType(j)
		for j in ("Rincian Iuran Kota", "Iuran Kepesertaan Kota", "Kepesertaan Kota", "Warga")
	)
	baris = (
		_dengan_wilayah(frappe.qb.from_(r), r)
		.join(i)
		.on(i.name == r.iuran_kota)
		.join(k)
		.on(k.name == r.kepesertaan)
		.join(w)
		.on(w.name == r.warga)
		.select(
			*(r[f] for f in ("warga", "kelompok", "bulan", "jkk", "jkm", "jht", "jumlah")),
			i.kode_iuran,
			*(k[f] for f in ("nama", "kpj", "mulai", "sampai")),
			w.jenis_kelamin,
		)
		.where(r.iuran_kota.isin(list(iuran_kota)))
		.orderby(r.kelompok, r.bulan, k.nama, r.name)
		.run(as_dict=True)
	)
	lengkap = isi_lengkap([b.warga for b in baris])
	return [frappe._dict({**lengkap.get(b.warga, {}), **b}) for b in baris]
