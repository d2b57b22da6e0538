"""Demonstration data: the pilot of 2025 with invented people, and files in every state of every workflow.

Everything goes through the controllers and the workflow, as the official whose turn it is. Whatever a run
that was cut off has committed stays, and the next run goes on from there.
"""

import time

import frappe

from kampung_bahagia.setup.demo import akun
from kampung_bahagia.setup.demo.hemat import hemat
from kampung_bahagia.setup.demo.kisah import KISAH, jalankan, sudah
from kampung_bahagia.setup.demo.penduduk import (
	KK_DENGAN_BERKAS,
	KK_TANPA_BERKAS,
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
	akun.buat_pejabat_kota()
	semua = susun_rt()
	baru = [rt for rt in semua if not frappe.db.exists("RT", rt.kode)]
	for i, rt in enumerate(baru, 1):
		buat_rt(rt)
		frappe.db.commit()
		if i % 10 == 0 or i == len(baru):
			print(f"  RT, pejabat dan warga: {i} dari {len(baru)}", flush=True)


def buat_rt(rt: Rukun) -> None:
	"""The RT by DPMPPA, its officials by the admin, its residents by the Ketua RT."""
	kk = list(susun_keluarga(rt, KK_DENGAN_BERKAS if rt.urutan in RT_DENGAN_BERKAS else KK_TANPA_BERKAS))
	akun.sebagai(akun.DPMPPA)
	nama = frappe.get_doc(catatan_rt(rt, kk)).insert().name
	akun.sebagai(akun.ADMIN)
	akun.angkat(akun.surel_ketua(rt), kk[0][0]["nama"], "Ketua RT", rt=nama)
	akun.angkat(akun.surel_pendamping(rt), nama_pejabat(rt.kecamatan), "Pendamping", rt=nama)
	akun.sebagai(akun.surel_ketua(rt))
	for warga in (w for keluarga in kk for w in keluarga):
		frappe.get_doc({"doctype": "Warga", "rt": nama, **warga}).insert()


def muat_berkas() -> None:
	rt = susun_rt()
	baru = [kisah for kisah in KISAH if not sudah(kisah)]
	for i, kisah in enumerate(baru, 1):
		buat_lurah(rt[kisah.rt])
		jalankan(kisah, rt[kisah.rt])
		frappe.db.commit()
		if i % 5 == 0 or i == len(baru):
			print(f"  Musyawarah sampai klaim: {i} dari {len(baru)}", flush=True)


def buat_lurah(rt: Rukun) -> None:
	"""Of the kelurahan that have files."""
	akun.sebagai(akun.ADMIN)
	akun.angkat(akun.surel_lurah(rt), nama_pejabat(rt.kelurahan), "Lurah", kelurahan=rt.kelurahan)
