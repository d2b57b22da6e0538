"""Answers that the service of BPJS holds for us: each becomes one Impor Jawaban BPJS, tried and never applied by itself.

The service lists them since a cursor; that, and each table, is believed only with its signature over this very request.
What was stored is known by its number, so a cursor that was lost, or goes back, brings nothing twice.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from urllib.parse import quote

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import make_notification_logs
from frappe.utils.background_jobs import is_job_enqueued

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.perlindungan.doctype.impor_jawaban_bpjs.impor_jawaban_bpjs import DOCTYPE, jalankan
from kampung_bahagia.perlindungan.doctype.pengaturan_sambungan_bpjs.pengaturan_sambungan_bpjs import (
	GALAT_JAWABAN,
	Sambungan,
	meninjau,
	sambungan,
)
from kampung_bahagia.perlindungan.pertukaran import https, pemutus
from kampung_bahagia.perlindungan.pertukaran.https import Balasan
from kampung_bahagia.wilayah import impor

KURSOR = "kb_jawaban_bpjs_kursor"
PEKERJAAN = "ambil_jawaban_bpjs"
TABEL_TERBESAR = 5 * 2**20  # bytes of one answer
SEKALI = 20  # answers in one run
ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
NAMA = re.compile(r"[\w .()-]{1,100}\.(?:xlsx|csv)", re.IGNORECASE)
SIDIK = re.compile(r"[0-9a-f]{64}")

DITUNDA = "Layanan BPJS berkali-kali gagal dihubungi. Jawaban diambil lagi setelah jedanya selesai."
TAK_SAH = "Jawaban layanan BPJS tidak bertanda tangan sah, sehingga tidak diambil."
DAFTAR_ANEH = "Daftar jawaban layanan BPJS tidak dapat dibaca."
TABEL_ANEH = "Isi jawaban {0} tidak sama dengan yang diumumkan layanan BPJS."
TANPA_PENINJAU = "Jawaban belum diambil: pejabat pada Ditinjau Oleh tidak lagi bertugas di DPMPPA. Minta Admin menggantinya."


@dataclass(frozen=True)
class Jawaban:
	id: str
	nama: str
	sidik: str


def jadwalkan() -> None:
	"""Every few minutes: fetch in the background, where the network may be waited for."""
	atur = sambungan()
	if atur and atur.peninjau and pemutus.sisa_istirahat() == 0 and not is_job_enqueued(PEKERJAAN):
		waktu = int(atur.layanan.detik_semua) * (SEKALI + 1)
		frappe.enqueue(ambil, queue="long", timeout=waktu, job_id=PEKERJAAN)


def ambil() -> int:
	"""Background job: store the answers that are new; how many. One worker at a time does.

	Why it could not is told on the settings.
	"""
	frappe.set_user("Administrator")
	atur = sambungan()
	if not (atur and atur.peninjau):
		return 0
	# freed by the database itself when the worker dies
	kunci = f"{frappe.conf.db_name}.{PEKERJAAN}"
	if frappe.db.sql("SELECT GET_LOCK(%s, 0)", kunci) != ((1,),):
		return 0
	jumlah, galat = 0, None
	try:
		for jawaban in _baru(atur):
			_simpan(jawaban, _tabel(jawaban, atur), atur.peninjau)
			jumlah += 1
	except AturanError as e:
		galat = str(e)
	except Exception:
		frappe.db.rollback()
		galat = f"Jawaban tidak dapat disimpan. Sampaikan nomor {frappe.log_error(title=DOCTYPE).name} kepada Admin."
		frappe.db.commit()
	finally:
		frappe.db.rollback()
		frappe.set_user("Administrator")
		if (frappe.db.get_global(GALAT_JAWABAN) or None) != galat:
			frappe.db.set_global(GALAT_JAWABAN, galat or "")
		frappe.db.commit()
		frappe.db.sql("SELECT RELEASE_LOCK(%s)", kunci)
	return jumlah


def _baru(atur: Sambungan):
	"""The answers since the cursor that are not stored yet, in the order of the service; then the cursor moves on.

	Raises AturanError.
	"""
	if not meninjau(atur.peninjau):
		raise AturanError(TANPA_PENINJAU)
	kursor = frappe.db.get_value("DefaultValue", {"parent": "__global", "defkey": KURSOR}, "defvalue") or ""
	balasan = _panggil(atur, f"/jawaban?sejak={quote(kursor, safe='')}")
	daftar, berikutnya = _baca_daftar(balasan)
	ada = set(
		frappe.get_all(
			DOCTYPE,
			{"id_jawaban": ["in", [j.id for j in daftar]]},
			pluck="id_jawaban",
			order_by="name",
			limit=0,
		)
	)
	yield from (j for j in daftar if j.id not in ada)
	frappe.set_user("Administrator")
	frappe.db.set_global(KURSOR, berikutnya)
	frappe.db.commit()


def _baca_daftar(balasan: Balasan) -> tuple[list[Jawaban], str]:
	"""The first SEKALI answers of a list and the cursor behind them. Raises AturanError."""
	try:
		isi = json.loads(balasan.badan)
		semua = [(Jawaban(b["id"], b["nama"], b["sidik"]), b["kursor"]) for b in isi["jawaban"][:SEKALI]]
		sah = all(
			ID.fullmatch(j.id)
			and NAMA.fullmatch(j.nama)
			and SIDIK.fullmatch(j.sidik)
			and ID.fullmatch(kursor)
			for j, kursor in semua
		)
		berikutnya = semua[-1][1] if semua else isi["kursor"]
		if not sah or not (berikutnya == "" or ID.fullmatch(berikutnya)):
			raise AturanError(DAFTAR_ANEH)
	except (ValueError, TypeError, KeyError):
		raise AturanError(DAFTAR_ANEH) from None
	return [j for j, _kursor in semua], berikutnya


def _tabel(jawaban: Jawaban, atur: Sambungan) -> bytes:
	"""The table of an answer. Raises AturanError."""
	balasan = _panggil(atur, f"/jawaban/{jawaban.id}", TABEL_TERBESAR)
	if hashlib.sha256(balasan.badan).hexdigest() != jawaban.sidik:
		raise AturanError(TABEL_ANEH.format(jawaban.id))
	return balasan.badan


def _panggil(atur: Sambungan, jalan: str, terbesar: int = https.TERBESAR) -> Balasan:
	"""A signed answer of the service. Raises AturanError, also while the service is left alone."""
	frappe.db.commit()  # no transaction stays open for the call
	detik = int(atur.layanan.detik_sambung + atur.layanan.detik_semua) + 1
	if not pemutus.boleh(atur.gagal_beruntun, detik):
		raise AturanError(DITUNDA)
	balasan = https.ambil(atur.layanan, jalan, str(uuid.uuid4()), terbesar)
	if balasan.status == 200 and balasan.sah:
		pemutus.berhasil()
		return balasan
	pemutus.gagal(atur.gagal_beruntun, atur.istirahat_menit)
	if balasan.status == 200:
		raise AturanError(TAK_SAH)
	raise AturanError(balasan.galat or f"Layanan BPJS tidak memberi jawaban (kode {balasan.status}).")


def _simpan(jawaban: Jawaban, isi: bytes, peninjau: str) -> None:
	"""Store an answer as the official who looks at it, whole or not at all; then try it, and tell them."""
	frappe.set_user(peninjau)
	file = frappe.get_doc(
		{"doctype": "File", "file_name": jawaban.nama, "is_private": 1, "content": isi}
	).insert()
	doc = frappe.get_doc({"doctype": DOCTYPE, "berkas": file.file_url}).insert()
	doc.db_set("id_jawaban", jawaban.id)  # read-only fields are not taken from a form
	make_notification_logs(
		frappe._dict(
			type="Alert",
			document_type=DOCTYPE,
			document_name=doc.name,
			subject=_("Jawaban BPJS baru menunggu ditinjau: {0}").format(doc.name),
			email_content=_("Periksa hasil setiap baris, lampirkan surat jawaban BPJS, lalu terapkan."),
			from_user="Administrator",
		),
		[frappe.db.get_value("User", peninjau, "email")],
	)
	frappe.db.commit()
	impor.antrekan(doc, jalankan, terapkan=False)
