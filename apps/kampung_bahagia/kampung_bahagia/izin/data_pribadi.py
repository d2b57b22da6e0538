"""The personal data of residents, kept in a table of its own to which no role has a permission.

A field above the reader's permlevel is hidden by the framework, and yet can be filtered and sorted by, ends up
in versions and in the JSON of deleted documents. What is not in the document cannot leave with it: `Warga`
holds masks, `Data Pribadi` (a row of the same name) the values, and this module is the only way between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Concat
from frappe.utils import add_to_date, cint, now, nowdate
from pypika.terms import ValueWrapper

from kampung_bahagia.aturan.identitas import samarkan
from kampung_bahagia.aturan.warga_serupa import Orang, nama_baku, sebab_serupa
from kampung_bahagia.izin.cakupan import SEMUA, kriteria, penugasan_berlaku
from kampung_bahagia.tata_kelola.isian import daftar_nama
from kampung_bahagia.tata_kelola.pembatas import masih_boleh

KOLOM = ("nik", "no_kk", "tanggal_lahir", "alamat", "no_hp")
# what a form shows masked, and `buka` opens
TERSAMAR = {
	"Warga": ("nik", "no_kk", "no_hp"),
	"RT": ("nomor_rekening",),
	"Penugasan": ("nik",),
	"Klaim": ("nomor_rekening",),
	"Pemberitahuan Kecelakaan": ("nik_korban",),
}
ALASAN_TERPENDEK = 10
BATAS_PER_JAM = 60
TELAAH_PER_JAM = 600  # of one user; an entry asks twice
SEKALI = 5_000  # values in one question to the database


class TerlaluSeringMembuka(frappe.ValidationError):
	http_status_code = 429


def milik(warga: str) -> frappe._dict:
	"""The values of KOLOM of one resident in full; an empty mapping when nothing is stored. No permission check."""
	return frappe.db.get_value("Data Pribadi", warga, KOLOM, as_dict=True) or frappe._dict()


def simpan(warga: str, nilai: Mapping[str, Any]) -> None:
	"""Write the values of KOLOM of one resident. Raises frappe.UniqueValidationError for a NIK held by another."""
	ganda = False
	try:
		if frappe.db.exists("Data Pribadi", warga):
			frappe.db.set_value("Data Pribadi", warga, dict(nilai))
		else:
			d = frappe.qb.DocType("Data Pribadi")
			waktu, pengguna = now(), frappe.session.user
			frappe.qb.into(d).columns("name", "creation", "modified", "owner", "modified_by", *KOLOM).insert(
				warga, waktu, waktu, pengguna, pengguna, *(nilai.get(k) for k in KOLOM)
			).run()
	except Exception as galat:
		if not frappe.db.is_unique_key_violation(galat):
			raise
		ganda = True
	if ganda:  # outside of the handler: the cause of the error, with the number in it, would go to the log
		tolak_nik_ganda(samarkan(nilai["nik"]))


def tolak_nik_ganda(nik_samar: str) -> None:
	frappe.throw(pesan_nik_ganda(nik_samar), frappe.UniqueValidationError, title=_("NIK sudah terdaftar"))


def pesan_nik_ganda(nik_samar: str) -> str:
	"""The name stays untold: whoever types a NIK must not learn whose it is."""
	return _(
		"NIK {0} sudah terdaftar. Setiap warga cukup dicatat satu kali. Bila warga ini pindah dari RT lain, "
		"mintalah lurah mencatat Pindah RT."
	).format(nik_samar)


def hapus(warga: str) -> None:
	frappe.db.delete("Data Pribadi", {"name": warga})


def warga_ber_nik(nik: str) -> str | None:
	"""Name of the Warga who has this NIK (16 digits), for rules of the program; never an answer to a request."""
	return frappe.db.get_value("Data Pribadi", {"nik": nik})


def tanggal_lahir(warga: Collection[str]) -> dict[str, Any]:
	"""Birth date of each of these Warga, for rules of the program."""
	d = frappe.qb.DocType("Data Pribadi")
	if not warga:
		return {}
	return dict(frappe.qb.from_(d).select(d.name, d.tanggal_lahir).where(d.name.isin(sorted(warga))).run())


def isi_lengkap(warga: Collection[str]) -> dict[str, frappe._dict]:
	"""The values of KOLOM of each of these Warga in full, for files that leave the programme; no permission check.

	Whoever is handed such a file is noted by `catat_unduhan`.
	"""
	d, hasil = frappe.qb.DocType("Data Pribadi"), {}
	nama = sorted(set(warga))
	for awal in range(0, len(nama), SEKALI):
		for baris in (
			frappe.qb.from_(d)
			.select(d.name, *(d[k] for k in KOLOM))
			.where(d.name.isin(nama[awal : awal + SEKALI]))
			.orderby(d.name)
			.run(as_dict=True)
		):
			hasil[baris.pop("name")] = baris
	return hasil


def serupa(orang: Mapping[Hashable, Orang]) -> dict[Hashable, list[tuple[str, str]]]:
	"""(name of the Warga, why) of everyone recorded who may be one of `orang`, by the caller's key; no permission check.

	Asks for those of one family card or birth date by their indexes, and compares the names of these alone.
	"""
	d, w = frappe.qb.DocType("Data Pribadi"), frappe.qb.DocType("Warga")
	tercatat: dict[str, dict[Any, dict[str, Orang]]] = {}
	for kolom in ("no_kk", "tanggal_lahir"):
		tercatat[kolom] = defaultdict(dict)
		nilai = sorted({n for o in orang.values() if (n := getattr(o, kolom))})
		for awal in range(0, len(nilai), SEKALI):
			for nama, sebutan, *isi in (
				frappe.qb.from_(d)
				.join(w)
				.on(w.name == d.name)
				.select(d.name, w.nama, d.no_kk, d.tanggal_lahir)
				.where(d[kolom].isin(nilai[awal : awal + SEKALI]))
				.orderby(d.name)
				.run()
			):
				lain = Orang(nama_baku(sebutan), *isi)
				tercatat[kolom][getattr(lain, kolom)][nama] = lain
	hasil = {}
	for kunci, satu in orang.items():
		calon = tercatat["no_kk"].get(satu.no_kk, {}) | tercatat["tanggal_lahir"].get(satu.tanggal_lahir, {})
		if sama := [(nama, sebab) for nama, lain in calon.items() if (sebab := sebab_serupa(satu, lain))]:
			hasil[kunci] = sama
	return hasil


def serumah(nik: Collection[str]) -> set[str]:
	"""Names of the Warga who stand on a family card of anyone with one of these NIK, themselves included."""
	if not nik:
		return set()
	orang, keluarga = frappe.qb.DocType("Data Pribadi"), frappe.qb.DocType("Data Pribadi").as_("keluarga")
	return set(
		frappe.qb.from_(orang)
		.join(keluarga)
		.on(keluarga.no_kk == orang.no_kk)
		.select(keluarga.name)
		.where(orang.nik.isin(list(nik)))
		.run(pluck=True)
	)


def jumlah_kk(warga: Collection[str]) -> int:
	"""On how many family cards these residents stand."""
	if not warga:
		return 0
	d = frappe.qb.DocType("Data Pribadi")
	return len(frappe.qb.from_(d).select(d.no_kk).distinct().where(d.name.isin(list(warga))).run(pluck=True))


def kelompok_kk(warga: Collection[str]) -> dict[str, int]:
	"""A number for each of these residents, the same for those of one family card; it says nothing else of it."""
	if not warga:
		return {}
	d = frappe.qb.DocType("Data Pribadi")
	kartu: dict[str, int] = {}
	baris = frappe.qb.from_(d).select(d.name, d.no_kk).where(d.name.isin(list(warga))).orderby(d.name).run()
	return {nama: kartu.setdefault(no_kk, len(kartu) + 1) for nama, no_kk in baris}


@frappe.whitelist(methods=["POST"])
def buka(doctype: str, name: str, kolom: list | str, alasan: str) -> dict[str, str | None]:
	"""The masked fields `kolom` of a document in full, in exchange for a reason and a line in Akses Data Pribadi.

	The line is of the same transaction: without it nothing is answered. Raises PermissionError for a document or
	field that the user may not read, ValidationError for a field that is not masked or a reason too short,
	TerlaluSeringMembuka beyond the number per hour in the settings.
	"""
	diminta = daftar_nama(kolom, _("Pilih data yang hendak dibuka."))
	if not diminta or not set(diminta) <= set(TERSAMAR.get(doctype, ())):
		frappe.throw(_("Pilih data yang hendak dibuka."))
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	if not all(boleh_baca_kolom(doctype, satu) for satu in diminta):
		frappe.throw(
			_("Jabatan Anda tidak membuka data pribadi pada {0}.").format(_(doctype)), frappe.PermissionError
		)
	alasan = (alasan or "").strip()
	if len(alasan) < ALASAN_TERPENDEK:
		frappe.throw(_("Tulis alasan membuka data ini, paling sedikit {0} huruf.").format(ALASAN_TERPENDEK))
	periksa_batas()
	catat_akses(doc, diminta, "Dibuka dari Samaran", alasan)
	if doctype == "Warga":
		tersimpan = milik(doc.name)
		return {satu: tersimpan.get(satu) for satu in diminta}
	return {satu: doc.get_password(satu, raise_exception=False) for satu in diminta}


def boleh_baca_kolom(doctype: str, kolom: str, user: str | None = None) -> bool:
	"""Whether `user` reads fields of the permlevel that `kolom` has."""
	user = user or frappe.session.user
	meta = frappe.get_meta(doctype)
	return user == "Administrator" or meta.get_field(kolom).permlevel in meta.get_permlevel_access(
		"read", user=user
	)


def periksa_batas() -> None:
	"""Raises TerlaluSeringMembuka: whoever copies a register opens many, an official one after another.

	The account is locked until the opening is noted, and the notes are read as they are after the lock: of many
	openings at once each counts the ones before it.
	"""
	frappe.db.get_value("User", frappe.session.user, "name", for_update=True)
	batas = (
		cint(frappe.db.get_single_value("Pengaturan Kampung Bahagia", "batas_buka_per_jam")) or BATAS_PER_JAM
	)
	a = frappe.qb.DocType("Akses Data Pribadi")
	sejam = len(
		frappe.qb.from_(a)
		.select(a.name)
		.where(a.pengguna == frappe.session.user)
		.where(a.jenis == "Dibuka dari Samaran")
		.where(a.waktu > add_to_date(now(), hours=-1))
		.for_update()
		.run()
	)
	if sejam >= batas:
		frappe.throw(
			_("Anda sudah membuka data pribadi {0} kali dalam satu jam. Coba lagi nanti.").format(sejam),
			TerlaluSeringMembuka,
			title=_("Terlalu sering"),
		)


def batasi_telaah() -> None:
	"""Count a question that tells whether a number is known. Raises TerlaluSeringMembuka."""
	if not masih_boleh(f"telaah_warga:{frappe.session.user}", TELAAH_PER_JAM, 3600):
		frappe.throw(_("Terlalu banyak pemeriksaan dalam satu jam. Coba lagi nanti."), TerlaluSeringMembuka)


def catat_tampilan(doc: Any, kolom: Collection[str]) -> None:
	"""Note that the present user was shown these fields of `doc` in clear; once a day for each resident."""
	warga = doc.name if doc.doctype == "Warga" else doc.get("warga")
	if not kolom or frappe.db.exists(
		"Akses Data Pribadi",
		{
			"warga": warga,
			"pengguna": frappe.session.user,
			"waktu": [">=", nowdate()],
			"jenis": "Ditampilkan",
			"rujukan_doctype": doc.doctype,
		},
	):
		return
	catat_akses(doc, kolom, "Ditampilkan")
	frappe.local.flags.commit = True  # a form is opened by GET, of which nothing else is kept


def catat_akses(doc: Any, kolom: Collection[str], jenis: str, alasan: str | None = None) -> None:
	user = frappe.session.user
	frappe.get_doc(
		{
			"doctype": "Akses Data Pribadi",
			"waktu": now(),
			"pengguna": user,
			"jabatan": ", ".join(sorted({p.jabatan for p in penugasan_berlaku(user)})),
			"jenis": jenis,
			"alamat_ip": frappe.local.request_ip,
			"rujukan_doctype": doc.doctype,
			"rujukan_nama": doc.name,
			"warga": doc.name if doc.doctype == "Warga" else doc.get("warga"),
			"kolom": ", ".join(_(doc.meta.get_label(satu)) for satu in kolom),
			"alasan": alasan,
			"rt": doc.name if doc.doctype == "RT" else doc.get("rt"),
			"kelurahan": doc.get("kelurahan"),
			"kecamatan": doc.get("kecamatan"),
		}
	).insert(ignore_permissions=True)


def catat_unduhan(doc: Any, warga: Collection[str], kolom: str) -> None:
	"""Note that the present user takes `kolom` of these Warga away in a file of `doc`: a line for each, in one statement.

	Those without data any more are left out.
	"""
	user = frappe.session.user
	w, a = frappe.qb.DocType("Warga"), frappe.qb.DocType("Akses Data Pribadi")
	nilai = {
		"owner": user,
		"modified_by": user,
		"creation": now(),
		"modified": now(),
		"waktu": now(),
		"pengguna": user,
		"jabatan": ", ".join(sorted({p.jabatan for p in penugasan_berlaku(user)})),
		"jenis": "Diunduh",
		"alamat_ip": frappe.local.request_ip,
		"rujukan_doctype": doc.doctype,
		"rujukan_nama": doc.name,
		"kolom": kolom,
	}
	awalan = f"u{frappe.generate_hash(length=8)}"
	nama = sorted(set(warga))
	for awal in range(0, len(nama), SEKALI):
		frappe.qb.into(a).columns("name", "warga", "rt", "kelurahan", "kecamatan", *nilai).from_(w).select(
			Concat(awalan, w.name),
			w.name,
			w.rt,
			w.kelurahan,
			w.kecamatan,
			*(ValueWrapper(v) for v in nilai.values()),
		).where(w.name.isin(nama[awal : awal + SEKALI])).run()


def melihat_akses(user: str) -> bool:
	"""Who saw whose data is for those to know who oversee the whole city."""
	return kriteria("Akses Data Pribadi", user) == SEMUA


def daftar_akses(user: str | None = None) -> str:
	return "" if melihat_akses(user or frappe.session.user) else "(1=0)"


def boleh_akses(doc: Any, ptype: str | None = None, user: str | None = None) -> bool:
	return melihat_akses(user or frappe.session.user)


def tertutup(user: str | None = None) -> str:
	"""List hook of Data Pribadi: nothing, also when a role was given a permission on it."""
	return "(1=0)"


def tertutup_dokumen(doc: Any, ptype: str | None = None, user: str | None = None) -> bool:
	"""Document hook of Data Pribadi; Administrator, whom no hook binds, is named in docs/security.md."""
	return False
