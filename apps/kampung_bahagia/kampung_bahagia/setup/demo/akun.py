"""Accounts of the demonstration: one official per office and area, and the few that can sign in."""

import json
import os
import secrets
from pathlib import Path

import frappe
from frappe.utils.password import update_password

from kampung_bahagia.izin.cakupan import BPJS
from kampung_bahagia.setup.demo.penduduk import LABEL, MULAI, Rukun, susun_rt

DOMAIN = "contoh.invalid"  # .invalid never resolves: no letter can leave by mistake
ADMIN, DPMPPA, DPMPPA_KEDUA, PETUGAS_BPJS, PENGAWAS = (
	f"{nama}@{DOMAIN}" for nama in ("admin", "dpmppa", "dpmppa2", "bpjs", "pengawas")
)
PEJABAT_KOTA = (
	(ADMIN, "Yulia Fitriani", "Admin Kampung Bahagia"),
	(DPMPPA, "Hendra Gunawan", "DPMPPA"),
	(DPMPPA_KEDUA, "Ratna Dewi", "DPMPPA"),
	(PETUGAS_BPJS, "Andika Pratama", BPJS),
	(PENGAWAS, "Syafrida", "Pengawas"),
)


def sebagai(pengguna: str) -> None:
	"""Go on as this user. Frappe empties this process's cache then; the DocTypes in it are everyone's."""
	if frappe.session.user == pengguna:
		return
	kunci = frappe.cache.make_key("doctype_meta")
	doctype = frappe.local.cache.get(kunci, {})
	frappe.set_user(pengguna)
	frappe.local.cache[kunci] = doctype


def surel_ketua(rt: Rukun) -> str:
	return f"ketua.{rt.kode[:10]}.{rt.nomor:03}@{DOMAIN}"


def surel_lurah(rt: Rukun) -> str:
	return f"lurah.{rt.kode[:10]}@{DOMAIN}"


def surel_pendamping(rt: Rukun) -> str:
	return f"pendamping.{rt.kecamatan.replace('.', '')}@{DOMAIN}"


def buat_pejabat_kota() -> None:
	"""The admin first: Frappe makes the first desk user System Manager, so it must be this one."""
	for surel, nama, jabatan in PEJABAT_KOTA:
		sebagai("Administrator" if surel == ADMIN else ADMIN)
		angkat(surel, nama, jabatan)
		frappe.db.commit()


def angkat(surel: str, nama: str, jabatan: str, nik: str | None = None, **wilayah: str) -> None:
	"""A desk user without a password, who cannot sign in yet, and the Penugasan that gives the office."""
	if not frappe.db.exists("User", surel):
		frappe.get_doc(
			{
				"doctype": "User",
				"email": surel,
				"first_name": nama,
				"language": "id",
				"time_zone": "Asia/Jakarta",
				"send_welcome_email": 0,
				"roles": [{"role": "System Manager"}] if surel == ADMIN else [],
			}
		).insert()
	if not frappe.db.exists("Penugasan", {"pengguna": surel, "jabatan": jabatan, **wilayah}):
		frappe.get_doc(
			{
				"doctype": "Penugasan",
				"pengguna": surel,
				"jabatan": jabatan,
				"mulai": MULAI,
				"dasar_hukum": LABEL,
				"nik": nik,
				**wilayah,
			}
		).insert()


def daftar_masuk() -> list[dict]:
	"""Who can sign in: first one of each office, then those whom one needs to try what must be refused."""
	rt = susun_rt()
	sendiri = rt[0]
	tetangga = next(r for r in rt if r.kelurahan == sendiri.kelurahan and r.kode != sendiri.kode)
	lain = next(r for r in rt if r.kecamatan != sendiri.kecamatan)
	utama = (
		("Ketua RT", surel_ketua(sendiri), sendiri.judul),
		("Pendamping", surel_pendamping(sendiri), f"Kecamatan {sendiri.nama_kecamatan}"),
		("Lurah", surel_lurah(sendiri), sendiri.nama_kelurahan),
		("DPMPPA", DPMPPA, "Kota"),
		(BPJS, PETUGAS_BPJS, "Kota"),
		("Pengawas", PENGAWAS, "Kota"),
		("Admin Kampung Bahagia", ADMIN, "Kota"),
	)
	tambahan = (
		("Ketua RT", surel_ketua(tetangga), tetangga.judul),
		("Ketua RT", surel_ketua(lain), lain.judul),
		("Pendamping", surel_pendamping(lain), f"Kecamatan {lain.nama_kecamatan}"),
		("Lurah", surel_lurah(lain), lain.nama_kelurahan),
		("DPMPPA", DPMPPA_KEDUA, "Kota"),
	)
	return [
		{"jabatan": jabatan, "pengguna": pengguna, "wilayah": wilayah, "utama": daftar is utama}
		for daftar in (utama, tambahan)
		for jabatan, pengguna, wilayah in daftar
	]


def tulis_akun() -> None:
	"""Give each of them a password of this installation and write it to the file named by `kb_berkas_akun`.

	Passwords in that file stay; one that it lacks is made anew, for the stored hash tells nobody. The file
	is written last: without it no password is known, and the next run sets them again.
	"""
	berkas = Path(frappe.conf.kb_berkas_akun or frappe.get_site_path("private", "akun.json"))
	lama = {a["pengguna"]: a["sandi"] for a in json.loads(berkas.read_text())} if berkas.is_file() else {}
	semua = daftar_masuk()
	for akun in semua:
		akun["sandi"] = lama.get(akun["pengguna"]) or secrets.token_urlsafe(12)
		if akun["pengguna"] not in lama or not punya_sandi(akun["pengguna"]):
			update_password(akun["pengguna"], akun["sandi"])
	frappe.db.commit()
	baru = berkas.with_name(berkas.name + ".new")
	with open(os.open(baru, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as f:
		json.dump(semua, f, indent=1)
	baru.replace(berkas)


def punya_sandi(surel: str) -> bool:
	auth = frappe.qb.Table("__Auth")
	return bool(
		frappe.qb.from_(auth)
		.select(auth.name)
		.where((auth.doctype == "User") & (auth.name == surel) & (auth.fieldname == "password"))
		.run()
	)
