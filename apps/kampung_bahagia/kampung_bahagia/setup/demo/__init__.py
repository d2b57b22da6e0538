"""Demonstration data: the pilot of 2025 with invented people, and files in every state of every workflow.

Everything goes through the controllers and the workflow, as the official whose turn it is. Whatever a run
that was cut off has committed stays, and the next run goes on from there.
"""

import time
from collections.abc import Callable, Sequence

import frappe

from kampung_bahagia.setup.demo import akun, kepesertaan
from kampung_bahagia.setup.demo.hemat import hemat
from kampung_bahagia.setup.demo.kisah import KISAH, jalankan, sudah
from kampung_bahagia.setup.demo.langkah import STANDAR_HARGA
from kampung_bahagia.setup.demo.penduduk import (
	KK_DENGAN_BERKAS,
	KK_TANPA_BERKAS,
	LABEL,
	MULAI,
	Rukun,
	catatan_rt,
	nama_pejabat,
	susun_keluarga,
	susun_rt,
)

# Kept in the database and not only in the configuration: a backup of a real site, restored here, has none.
TANDA = "kb_data_contoh"
RT_DENGAN_BERKAS = {kisah.rt for kisah in KISAH}
ISI_NYATA = ("RT", "Warga", "Penugasan")


def muat() -> None:
	"""Load what is missing. Does nothing on a site that is not meant for it or holds data of its own."""
	if not situs_contoh():
		return
	mulai = time.monotonic()
	pemakai, frappe.flags.mute_emails = frappe.session.user, True
	try:
		with hemat():
			muat_wilayah_dan_warga()
			muat_berkas()
			kepesertaan.muat(susun_rt(), keluarga)
		frappe.set_user("Administrator")
		akun.tulis_akun()
	finally:
		frappe.db.rollback()  # what a failed unit had begun; the others are committed
		frappe.set_user(pemakai)
	frappe.clear_cache()
	print(f"Data contoh lengkap setelah {time.monotonic() - mulai:.0f} detik.", flush=True)


def situs_contoh() -> bool:
	"""True on a site configured with `kb_demo` that was empty when the demonstration data first came."""
	if not frappe.conf.get("kb_demo"):
		print("Data contoh tidak dimuat: kb_demo tidak diaktifkan pada site_config.json.")
		return False
	# asked of the database itself: after a restore the cache may still answer for the site before
	if frappe.db.exists("DefaultValue", {"parent": "__global", "defkey": TANDA}):
		return True
	if isi := [doctype for doctype in ISI_NYATA if frappe.db.count(doctype)]:
		print(f"Data contoh tidak dimuat: situs ini sudah berisi {', '.join(isi)}.")
		return False
	frappe.db.set_global(TANDA, "1")
	frappe.db.commit()
	return True


def muat_wilayah_dan_warga() -> None:
	"""The RT by DPMPPA, their officials by the admin, their residents by each Ketua RT."""
	akun.buat_pejabat_kota()
	buat_standar_harga()
	for judul, buat in (("RT", buat_rt), ("Pejabat RT", buat_pejabat), ("Warga RT", buat_warga)):
		_tiap(judul, susun_rt(), buat, jeda=20)


def buat_standar_harga() -> None:
	if frappe.db.count("Standar Harga"):
		return
	akun.sebagai(akun.DPMPPA)
	for uraian, jenis, satuan, harga in STANDAR_HARGA:
		frappe.get_doc(
			{
				"doctype": "Standar Harga",
				"uraian": uraian,
				"jenis": jenis,
				"satuan": satuan,
				"harga": harga,
				"berlaku_mulai": MULAI,
				"dasar_hukum": f"{LABEL}. Bukan harga resmi.",
			}
		).insert()
	frappe.db.commit()


def buat_rt(rt: Rukun) -> None:
	if not frappe.db.exists("RT", rt.kode):
		akun.sebagai(akun.DPMPPA)
		frappe.get_doc(catatan_rt(rt, keluarga(rt))).insert()


def buat_pejabat(rt: Rukun) -> None:
	akun.sebagai(akun.ADMIN)
	ketua = keluarga(rt)[0][0]
	akun.angkat(akun.surel_ketua(rt), ketua["nama"], "Ketua RT", nik=ketua["nik"], rt=rt.kode)
	akun.angkat(akun.surel_pendamping(rt), nama_pejabat(rt.kecamatan), "Pendamping", rt=rt.kode)
	if rt.urutan in RT_DENGAN_BERKAS:
		akun.angkat(akun.surel_lurah(rt), nama_pejabat(rt.kelurahan), "Lurah", kelurahan=rt.kelurahan)


def buat_warga(rt: Rukun) -> None:
	if not frappe.db.exists("Warga", {"rt": rt.kode}):
		akun.sebagai(akun.surel_ketua(rt))
		for warga in (w for satu in keluarga(rt) for w in satu):
			frappe.get_doc({"doctype": "Warga", "rt": rt.kode, **warga}).insert()


def keluarga(rt: Rukun) -> list[list[dict]]:
	return list(susun_keluarga(rt, KK_DENGAN_BERKAS if rt.urutan in RT_DENGAN_BERKAS else KK_TANPA_BERKAS))


def muat_berkas() -> None:
	"""Each story in one transaction."""
	rt = susun_rt()
	baru = [kisah for kisah in KISAH if not sudah(kisah)]
	_tiap("Musyawarah sampai klaim", baru, lambda kisah: jalankan(kisah, rt[kisah.rt]), jeda=6)


def _tiap(judul: str, semua: Sequence, kerjakan: Callable, jeda: int) -> None:
	"""Work through `semua`, one transaction each, and say so after every `jeda` of them."""
	for i, satu in enumerate(semua, 1):
		kerjakan(satu)
		frappe.db.commit()
		if i % jeda == 0 or i == len(semua):
			print(f"  {judul}: {i} dari {len(semua)}", flush=True)
