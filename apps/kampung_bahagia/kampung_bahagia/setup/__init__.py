"""Everything the app needs beside its DocTypes; run on install and on every migrate, idempotent."""

from kampung_bahagia.setup.catatan import muat_catatan
from kampung_bahagia.setup.keamanan import kunci_situs
from kampung_bahagia.setup.situs import atur_situs
from kampung_bahagia.setup.wilayah import muat_wilayah
from kampung_bahagia.tata_kelola.doctype.sertifikat_elektronik.sertifikat_elektronik import (
	pasang_sertifikat_uji,
)
from kampung_bahagia.tata_kelola.jejak import pasang_penjaga
from kampung_bahagia.tata_kelola.kabar import mulai as mulai_kabar
from kampung_bahagia.tata_kelola.penomoran import siapkan_deret


def siapkan() -> None:
	muat_catatan()
	muat_wilayah()
	atur_situs()
	pasang_sertifikat_uji()
	pasang_penjaga()
	siapkan_deret()
	mulai_kabar()
	kunci_situs()
