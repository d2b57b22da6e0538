"""The outbox: one row (Kiriman BPJS) for each package that goes by HTTPS, written with the step that sends it.

Sending happens afterwards and may fail as often as it likes: the row stays until BPJS has signed a receipt for it, and
every attempt carries the same key, by which the service knows a package that it already has. No lock is held during a
call: the row is claimed before and judged after it, each in a transaction of its own, and a claim whose worker died is
taken up again once its call must be over.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.model.document import Document
from frappe.utils import add_to_date, get_datetime, now_datetime
from frappe.utils.background_jobs import is_job_enqueued
from pypika.terms import Criterion

from kampung_bahagia.aturan.coba_lagi import jeda_coba_lagi
from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.perlindungan.doctype.pengaturan_sambungan_bpjs.pengaturan_sambungan_bpjs import (
	Sambungan,
	sambungan,
)
from kampung_bahagia.perlindungan.pertukaran import pemutus
from kampung_bahagia.perlindungan.pertukaran.https import Balasan, kirim
from kampung_bahagia.tata_kelola.kabar import pemegang_jabatan

DOCTYPE = "Kiriman BPJS"
MENUNGGU, SEDANG, SEMENTARA = "Menunggu", "Sedang Dikirim", "Gagal Sementara"
DITERIMA, TETAP, DIALIHKAN = "Diterima", "Gagal Tetap", "Dialihkan"
CADANGAN_DETIK = 60  # beyond the time of a call, before its worker is given up
KURAS_TERLAMA = 900  # seconds of one run, which takes up what is due
SEKALI = 50
PEKERJAAN = "kirim_bpjs"
# 4xx by which the service does not refuse the package; 409 comes with the receipt of the first time
BUKAN_PENOLAKAN = (408, 409, 425, 429)
SALAH_SAMBUNGAN = (401, 403, 404)  # refusals that would meet every other package, too
NOMOR = re.compile(r"[\w./ -]{1,100}", re.ASCII)

TANPA_TANDA_TERIMA = (
	"Layanan BPJS menjawab tanpa tanda terima yang sah, sehingga penerimaannya belum dapat dipercaya."
)


@dataclass(frozen=True)
class TandaTerima:
	nomor: str
	pada: datetime  # naive, WIB


@dataclass(frozen=True)
class Hasil:
	"""What an attempt comes to: a receipt, or why there is none and whether it is tried again."""

	tanda_terima: TandaTerima | None = None
	galat: str = ""
	coba_lagi: bool = True
	kode: int = 0  # of the answer; 0 when none came
	tunggu: int | None = None
	sehat: bool = False  # whether the service works


def antre(berkas: Document) -> None:
	"""Write the row of a package that is being sent; it leaves once this transaction is committed.

	Noted like a download: everybody in the ZIP is told of to BPJS by the present user.
	"""
	kiriman = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"berkas": berkas.name,
			"sidik": berkas.sidik,
			"kunci": kunci(berkas),
			"coba_lagi_pada": now_datetime(),
		}
	)
	kiriman.flags.oleh_sistem = True
	kiriman.insert(ignore_permissions=True)
	berkas.catat_pembukaan(_("Isi ZIP, dikirim kepada BPJS"))
	segerakan(kiriman.name)


def kunci(berkas: Document) -> str:
	"""The idempotency key: the same for this content of this package, however often it is sent."""
	return f"{berkas.name}.{berkas.sidik[:40]}"


def segerakan(nama: str) -> None:
	"""Try after this transaction, without waiting for the next run."""
	frappe.enqueue(usahakan, queue="long", timeout=KURAS_TERLAMA * 2, enqueue_after_commit=True, nama=nama)


def lanjutkan() -> None:
	"""Every few minutes: take up what is due, and what a killed worker left."""
	atur = sambungan()
	if atur and pemutus.sisa_istirahat() == 0 and _jatuh_tempo(atur, 1) and not is_job_enqueued(PEKERJAAN):
		frappe.enqueue(kuras, queue="long", timeout=KURAS_TERLAMA * 2, job_id=PEKERJAAN)


def kuras() -> None:
	"""Background job: one attempt for each message that is due, until the service fails too often or time is over."""
	mulai = time.monotonic()
	atur = sambungan()
	for nama in _jatuh_tempo(atur, SEKALI) if atur else ():
		if time.monotonic() - mulai > KURAS_TERLAMA or not usahakan(nama):
			break


def usahakan(nama: str) -> bool:
	"""Background job: one attempt to deliver this message, if it is due. False when the service is left alone now."""
	frappe.set_user("Administrator")  # the step was the user's; what becomes of it is the system's to note
	atur = sambungan()
	if not atur or not pemutus.boleh(atur.gagal_beruntun, _detik_sewa(atur)):
		return False
	kiriman = _ambil(nama, atur)
	if not kiriman:
		pemutus.lepas()
		return True
	hasil = _kirim(kiriman, atur)
	_catat(kiriman, hasil, atur)
	frappe.db.commit()
	if hasil.sehat:
		pemutus.berhasil()
	else:
		pemutus.gagal(atur.gagal_beruntun, atur.istirahat_menit)
	return True


def alihkan(berkas: str) -> None:
	"""The package reached, or goes to, BPJS by hand: its message, if any, is not sent any more."""
	t = frappe.qb.DocType(DOCTYPE)
	(
		frappe.qb.update(t)
		.set(t.status, DIALIHKAN)
		.set(t.coba_lagi_pada, None)
		.set(t.modified, now_datetime())
		.where((t.berkas == berkas) & t.status.notin((DITERIMA, DIALIHKAN)))
		.run()
	)


# --- one attempt


def _jatuh_tempo(atur: Sambungan, jumlah: int) -> list[str]:
	t = frappe.qb.DocType(DOCTYPE)
	return (
		frappe.qb.from_(t)
		.select(t.name)
		.where(_syarat_tempo(t, atur))
		.orderby(t.coba_lagi_pada, t.name)
		.limit(jumlah)
		.run(pluck=True)
	)


def _syarat_tempo(t, atur: Sambungan) -> Criterion:
	kini = now_datetime()
	menunggu = t.status.isin((MENUNGGU, SEMENTARA)) & (t.coba_lagi_pada <= kini)
	return menunggu | ((t.status == SEDANG) & (t.mulai_pada < add_to_date(kini, seconds=-_detik_sewa(atur))))


def _detik_sewa(atur: Sambungan) -> int:
	"""Seconds after which the call of a claimed message is over, whatever became of it."""
	return int(atur.layanan.detik_sambung + atur.layanan.detik_semua) + CADANGAN_DETIK


def _ambil(nama: str, atur: Sambungan) -> frappe._dict | None:
	"""Claim a message that is due, committed: name, berkas, sidik, kunci, and its `percobaan`. None when it is not."""
	frappe.db.rollback()
	t = frappe.qb.DocType(DOCTYPE)
	ada = (
		frappe.qb.from_(t)
		.select(t.name, t.berkas, t.sidik, t.kunci, t.percobaan)
		.where((t.name == nama) & _syarat_tempo(t, atur))
		.for_update()
		.run(as_dict=True)
	)
	if ada:
		ada[0].percobaan += 1
		_tulis(nama, status=SEDANG, percobaan=ada[0].percobaan, mulai_pada=now_datetime())
	frappe.db.commit()
	return ada[0] if ada else None


def _kirim(kiriman: frappe._dict, atur: Sambungan) -> Hasil:
	letak = frappe.get_doc("Berkas BPJS", kiriman.berkas).letak_arsip()
	frappe.db.commit()  # the call may take minutes: no transaction stays open
	if not letak:
		return Hasil(
			galat=_("ZIP berkas ini sudah dihapus. Buat Berkas BPJS baru."), coba_lagi=False, sehat=True
		)
	with letak.open("rb") as isi:
		utuh = hashlib.file_digest(isi, "sha256").hexdigest() == kiriman.sidik
	if not utuh:
		return Hasil(
			galat=_("Isi ZIP berbeda dari yang disusun. Buat Berkas BPJS baru."), coba_lagi=False, sehat=True
		)
	return nilai(kirim(atur.layanan, "/berkas", kiriman.kunci, letak, kiriman.sidik), kiriman)


def nilai(balasan: Balasan, kiriman: frappe._dict) -> Hasil:
	"""What an answer means for the message that was sent."""
	kode = balasan.status
	if kode is None:
		return Hasil(galat=balasan.galat)
	if 200 <= kode < 300 or kode == 409:
		if tanda := baca_tanda_terima(balasan, kiriman):
			return Hasil(tanda, kode=kode, sehat=True)
		return Hasil(galat=TANPA_TANDA_TERIMA, kode=kode, tunggu=balasan.tunggu)
	if 400 <= kode < 500 and kode not in BUKAN_PENOLAKAN:
		return Hasil(
			galat=_("Layanan BPJS menolak kiriman ini (kode {0}).").format(kode),
			coba_lagi=False,
			kode=kode,
			sehat=kode not in SALAH_SAMBUNGAN,
		)
	pesan = (
		_(
			"Layanan BPJS mengalihkan ke alamat lain (kode {0}). Data tidak dikirim ke sana; periksa alamatnya."
		)
		if 300 <= kode < 400
		else _("Layanan BPJS belum dapat menerima kiriman (kode {0}).")
	)
	return Hasil(galat=pesan.format(kode), kode=kode, tunggu=balasan.tunggu)


def baca_tanda_terima(balasan: Balasan, kiriman: frappe._dict) -> TandaTerima | None:
	"""The receipt: signed, for this key and this content, with a number and the hour. None for anything less."""
	if not balasan.sah:
		return None
	try:
		isi = json.loads(balasan.badan)
		pada = datetime.fromisoformat(isi["diterima_pada"])
		if (isi["kunci"], isi["sidik"]) != (kiriman.kunci, kiriman.sidik) or not NOMOR.fullmatch(
			isi["nomor"]
		):
			return None
		pada = pada.astimezone(WIB) if pada.tzinfo else pada
		return TandaTerima(isi["nomor"], pada.replace(tzinfo=None, microsecond=0))
	except (ValueError, TypeError, KeyError, OverflowError):
		return None


def _catat(kiriman: frappe._dict, hasil: Hasil, atur: Sambungan) -> None:
	"""Write what an attempt came to. One that is older than what is known changes nothing; a receipt always counts."""
	tersimpan = frappe.db.get_value(
		DOCTYPE, kiriman.name, ["status", "percobaan"], as_dict=True, for_update=True
	)
	if tersimpan.status == DITERIMA:
		return
	if hasil.tanda_terima:
		_catat_diterima(kiriman, hasil)
		return
	if tersimpan.status != SEDANG or tersimpan.percobaan != kiriman.percobaan:
		return
	nilai = {"galat": hasil.galat, "kode_jawaban": hasil.kode, "mulai_pada": None}
	if hasil.coba_lagi and kiriman.percobaan < atur.percobaan:
		jeda = jeda_coba_lagi(
			kiriman.percobaan, atur.jeda_awal, atur.jeda_terlama, SystemRandom().random(), hasil.tunggu
		)
		pada = now_datetime() + timedelta(seconds=jeda)
		_tulis(kiriman.name, status=SEMENTARA, coba_lagi_pada=pada, **nilai)
	else:
		_tulis(kiriman.name, status=TETAP, coba_lagi_pada=None, **nilai)
		_kabarkan(kiriman, hasil.galat)


def _catat_diterima(kiriman: frappe._dict, hasil: Hasil) -> None:
	tanda = hasil.tanda_terima
	_tulis(
		kiriman.name,
		status=DITERIMA,
		nomor_tanda_terima=tanda.nomor,
		diterima_pada=tanda.pada,
		coba_lagi_pada=None,
		mulai_pada=None,
		kode_jawaban=hasil.kode,
		galat=None,
	)
	berkas = frappe.get_doc("Berkas BPJS", kiriman.berkas, for_update=True)
	if berkas.status == "Dikirim":  # else it was recorded by hand meanwhile
		# the clocks of two machines differ: neither before it was sent nor to come
		pada = min(max(tanda.pada, get_datetime(berkas.dikirim_pada)), now_datetime())
		berkas.catat_penerimaan(pada, _("Layanan BPJS"), nomor_tanda_terima=tanda.nomor)


def _tulis(nama: str, **nilai) -> None:
	frappe.db.set_value(DOCTYPE, nama, nilai)


def _kabarkan(kiriman: frappe._dict, galat: str) -> None:
	"""Tell DPMPPA and the administrator of a message that is not tried any more."""
	make_notification_logs(
		frappe._dict(
			type="Alert",
			document_type=DOCTYPE,
			document_name=kiriman.name,
			subject=_("{0} tidak sampai ke BPJS: {1}").format(kiriman.berkas, galat),
			email_content=_(
				"Periksa penyebabnya, lalu pilih Kirim Ulang atau Serahkan Manual pada kiriman ini."
			),
			from_user="Administrator",
		),
		pemegang_jabatan("DPMPPA", "Admin Kampung Bahagia"),
	)
