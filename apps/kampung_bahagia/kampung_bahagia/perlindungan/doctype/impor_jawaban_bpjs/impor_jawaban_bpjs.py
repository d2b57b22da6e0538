"""What BPJS answers, from a table: numbers, bills, payments, certificates and decisions on claims.

Each row takes the steps that its values mean, through the Workflow, in a transaction of its own: wholly or not at all.
The trial takes the same steps and undoes them, so that its verdicts are those of the rules themselves. What is recorded
already is left alone: the same table a second time changes nothing.

An officer of BPJS takes the steps of BPJS. DPMPPA takes them from the signed letter of BPJS that is attached here,
by actions of their own (*Catat … BPJS*), so that the ledger tells the two apart; the Workflow opens these only while
such a row is being applied, and never to who prepared or sent the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow
from frappe.utils import get_datetime, getdate, strip_html

from kampung_bahagia.aturan import AturanError
from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.izin.cakupan import BPJS, penugasan_berlaku
from kampung_bahagia.perlindungan.termin import PER_TERMIN
from kampung_bahagia.tata_kelola.jembatan import desimal
from kampung_bahagia.tata_kelola.unduhan import BerkasXLSX
from kampung_bahagia.wilayah import impor
from kampung_bahagia.wilayah.baca_tabel import (
	baca_nomor_panjang,
	baca_rupiah,
	baca_tanggal,
	baca_teks,
)
from kampung_bahagia.wilayah.impor import BARU, DITOLAK, SAMA, BarisTabel, ImporTabel, tolak_yang_diterapkan

DOCTYPE = "Impor Jawaban BPJS"
PENDAFTARAN, KLAIM = "Pendaftaran BPJS", "Klaim"
TERBANYAK = 2_000  # rows: each takes up to three steps
KOLOM = {
	"nomor": ("Nomor Pendaftaran atau Klaim", "Nomor Pendaftaran", "Nomor Klaim", "Nomor"),
	"keputusan": ("Keputusan",),
	"alasan": ("Alasan Penolakan", "Alasan"),
	"nomor_proyek": ("Nomor Kepesertaan Proyek", "Nomor Proyek", "Nomor Kepesertaan"),
	"kode_iuran": ("Kode Iuran", "Kode Billing"),
	"tagihan": ("Nilai Tagihan", "Tagihan"),
	"alasan_selisih": ("Alasan Selisih Tagihan", "Alasan Selisih"),
	"dibayar_pada": ("Dibayar Pada", "Tanggal Bayar"),
	"nilai_dibayar": ("Nilai Dibayar", "Jumlah Dibayar"),
	"nomor_sertifikat": ("Nomor Sertifikat",),
	"berlaku_mulai": ("Perlindungan Mulai", "Berlaku Mulai"),
	"berlaku_sampai": ("Perlindungan Sampai", "Berlaku Sampai"),
	"nomor_klaim": ("Nomor Klaim BPJS",),
	"nilai_disetujui": ("Nilai Disetujui",),
}
KOLOM_WAJIB = ("nomor",)
TANGGAL = ("dibayar_pada", "berlaku_mulai", "berlaku_sampai")
RUPIAH = ("tagihan", "nilai_dibayar", "nilai_disetujui")
PANJANG = ("nomor_proyek", "kode_iuran", "nomor_sertifikat", "nomor_klaim")
DISETUJUI, KEPUTUSAN_DITOLAK = "Disetujui", "Ditolak"
TAGIHAN = ("nomor_proyek", "kode_iuran", "tagihan")
SERTIFIKAT = ("nomor_sertifikat", "berlaku_mulai", "berlaku_sampai")
# columns that answer one kind of file only
KHUSUS = {
	PENDAFTARAN: {*TAGIHAN, "alasan_selisih", "dibayar_pada", "nilai_dibayar", *SERTIFIKAT},
	KLAIM: {"nomor_klaim", "nilai_disetujui"},
}
# states of a registration with BPJS, in their order; paying in terms stands beside paying at once
URUTAN = {"Dikirim": 0, "Ditagih": 1, "Diangsur": 2, "Lunas": 2, "Bersertifikat": 3}
MENUNGGU = tuple(URUTAN)[:-1]


class SuratJawabanBelumAda(frappe.ValidationError):
	pass


class ImporJawabanBPJS(ImporTabel):
	def validate(self):
		sebelum = self.get_doc_before_save()
		if sebelum and sebelum.status == "Diterapkan":
			tolak_yang_diterapkan(sebelum)
		super().validate()

	def terkunci(self) -> bool:
		"""Whether what is stored was applied: its table and letter are evidence then."""
		return frappe.db.get_value(DOCTYPE, self.name, "status") == "Diterapkan"


@dataclass
class Baris(BarisTabel):
	isi: dict[str, Any] = field(default_factory=dict)  # values as they were read, without the empty ones
	nama: str = ""
	keadaan: list[str] = field(default_factory=list)  # states into which the steps lead


# --- doors ---------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def periksa(nama: str) -> None:
	"""Try the table in the background: every verdict, nothing applied."""
	impor.antrekan(frappe.get_doc(DOCTYPE, nama), jalankan, terapkan=False)


@frappe.whitelist(methods=["POST"])
def terapkan(nama: str) -> None:
	"""Apply in the background what the trial accepted. Raises SuratJawabanBelumAda."""
	doc = frappe.get_doc(DOCTYPE, nama)
	periksa_dasar_jawaban(doc)
	impor.antrekan(doc, jalankan, terapkan=True)


@frappe.whitelist()
def templat() -> BerkasXLSX:
	"""The table to fill in, with numbers as text, as XLSX."""
	if not frappe.has_permission(DOCTYPE, "create"):
		raise frappe.PermissionError(_("Jabatan Anda tidak mengimpor jawaban BPJS."))
	contoh = {
		"nomor": "BPJS-2026-00001",
		"keputusan": "",
		"alasan": "",
		"nomor_proyek": "2600000001",
		"kode_iuran": "260000000001",
		"tagihan": "231600",
		"alasan_selisih": "",
		"dibayar_pada": "31-03-2026",
		"nilai_dibayar": "231600",
		"nomor_sertifikat": "S-0001",
		"berlaku_mulai": "01-04-2026",
		"berlaku_sampai": "30-06-2026",
		"nomor_klaim": "",
		"nilai_disetujui": "",
	}
	impor.kirim_templat("templat-jawaban-bpjs", "Jawaban BPJS", KOLOM, contoh)


@frappe.whitelist()
def unduh_hasil(nama: str) -> BerkasXLSX:
	"""The verdict of every row as XLSX."""
	impor.kirim_hasil(frappe.get_doc(DOCTYPE, nama))


def periksa_dasar_jawaban(doc: ImporTabel) -> None:
	"""DPMPPA speaks for BPJS by a signed letter only. Raises SuratJawabanBelumAda."""
	if any(p.jabatan == BPJS for p in penugasan_berlaku(frappe.session.user)):
		return
	if kurang := [
		_(doc.meta.get_label(k)) for k in ("surat_jawaban", "nomor_surat", "tanggal_surat") if not doc.get(k)
	]:
		frappe.throw(
			_(
				"Lengkapi dahulu: {0}. DPMPPA mencatat langkah BPJS berdasarkan surat jawaban yang bertanda tangan."
			).format(frappe.bold(", ".join(kurang))),
			SuratJawabanBelumAda,
		)


# --- the job -------------------------------------------------------------------------


def jalankan(nama: str, terapkan: bool) -> None:
	"""Try or apply; a job that dies leaves whole rows behind, which the next run finds recorded."""
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.check_permission("write")  # the office may have ended while the job waited
	tolak_yang_diterapkan(doc)  # and another job may have been first
	try:
		_jalankan(doc, terapkan)
	except (AturanError, SuratJawabanBelumAda) as galat:
		frappe.db.rollback()
		_selesai(doc, [], "Ditolak", strip_html(str(galat)), None)
	except Exception:
		frappe.db.rollback()
		frappe.log_error(title=f"{DOCTYPE} {nama}")
		catatan = _("Impor terhenti. Yang sudah diterapkan tetap tercatat; jalankan kembali untuk sisanya.")
		_selesai(doc, [], "Gagal", catatan, doc.jejak_berkas)
	frappe.db.commit()
	impor.umumkan_selesai(doc)


def _jalankan(doc: ImporTabel, terapkan: bool) -> None:
	if terapkan:
		periksa_dasar_jawaban(doc)
	tabel, jejak = impor.baca_berkas(doc, KOLOM, KOLOM_WAJIB, terapkan=terapkan)
	kemajuan = impor.kemajuan(doc)
	if len(tabel) > TERBANYAK:
		raise AturanError(f"Berkas memuat lebih dari {TERBANYAK} baris. Bagi menjadi beberapa berkas.")
	baris = baca_baris(tabel)
	for i, b in enumerate(baris):
		if i % 10 == 0:
			kemajuan(10 + 85 * i // len(baris), b.nama)
		if not b.galat:
			_satu_baris(doc, b, terapkan)
		if b.galat:
			b.hasil, b.keadaan = DITOLAK, []
	jumlah = Counter(b.hasil for b in baris)
	_selesai(doc, baris, *_kesimpulan(jumlah, terapkan), jejak)
	if terapkan:
		frappe.db.set_value(DOCTYPE, doc.name, "diterapkan_oleh", frappe.session.user)


def _kesimpulan(jumlah: Mapping[str, int], terapkan: bool) -> tuple[str, str]:
	"""State and note of the import."""
	dilewati = _(" {0} baris yang ditolak dilewati; perbaiki lalu unggah sebagai impor baru.").format(
		jumlah[DITOLAK]
	)
	akhir = dilewati if jumlah[DITOLAK] else ""
	if terapkan:
		return "Diterapkan", _("{0} baris diterapkan, {1} sudah tercatat.").format(
			jumlah[BARU], jumlah[SAMA]
		) + akhir
	if jumlah[BARU]:
		return "Siap Diterapkan", _("{0} baris dapat diterapkan. Belum ada yang diterapkan.").format(
			jumlah[BARU]
		) + akhir
	if jumlah[DITOLAK]:
		return "Ditolak", _("Tidak ada baris yang dapat diterapkan. Perbaiki berkas, lalu unggah ulang.")
	return "Sudah Tercatat", _("Semua baris sudah tercatat. Tidak ada yang berubah.")


def _satu_baris(doc: ImporTabel, b: Baris, terapkan: bool) -> None:
	"""Take the steps of one row; keep them with `terapkan`, undo them without. Its verdict goes into the row."""
	frappe.clear_messages()
	try:
		# the Workflow opens the steps of BPJS to DPMPPA for this file, until the transaction ends
		frappe.db.set_value(DOCTYPE, doc.name, "sedang_menerapkan", b.nama, update_modified=False)
		_terapkan(doc, b)
		b.hasil = BARU if b.keadaan else SAMA
		frappe.db.set_value(DOCTYPE, doc.name, "sedang_menerapkan", None, update_modified=False)
		(frappe.db.commit if terapkan else frappe.db.rollback)()
	except (AturanError, frappe.ValidationError, frappe.PermissionError, frappe.DoesNotExistError) as galat:
		frappe.db.rollback()
		b.galat.append(strip_html(str(galat).replace("<li>", " • ")) or _("Bukan kewenangan Anda."))
	except Exception:
		frappe.db.rollback()
		catatan = frappe.log_error(title=DOCTYPE)
		frappe.db.commit()
		b.galat.append(_("Terjadi kesalahan pada sistem, dicatat dengan nomor {0}.").format(catatan.name))
	finally:
		frappe.clear_messages()


def _selesai(doc: ImporTabel, baris: Sequence[Baris], status: str, catatan: str, jejak: str | None) -> None:
	impor.tulis_hasil(
		doc,
		baris,
		lambda b: {"dokumen": b.nama[:140], "langkah": " → ".join(b.keadaan)[:140]},
		status=status,
		catatan=catatan,
		jejak=jejak,
	)


# --- reading -------------------------------------------------------------------------


def baca_baris(tabel: Sequence[tuple[int, dict]]) -> list[Baris]:
	"""What each row says by itself, and what is wrong with it."""
	hasil, letak = [], {}
	for nomor, nilai in tabel:
		b = Baris(nomor, nilai, nama=baca_teks(nilai["nomor"]) or "")
		hasil.append(b)
		if not b.nama:
			b.galat.append(f"{KOLOM['nomor'][0]} belum diisi.")
		elif (lain := letak.setdefault(b.nama, nomor)) != nomor:
			b.galat.append(f"{b.nama} sudah tertulis pada baris {lain}. Gabungkan menjadi satu baris.")
		for k in KOLOM:
			if k != "nomor" and (isi := impor.coba(b, _pembaca(k), nilai[k], KOLOM[k][0])) is not None:
				b.isi[k] = isi
		if not b.isi and not b.galat:
			b.galat.append("Baris ini tidak memuat jawaban.")
	return hasil


def _pembaca(kolom: str) -> Callable[[Any, str], Any]:
	if kolom in TANGGAL:
		return baca_tanggal
	if kolom in RUPIAH:
		return baca_rupiah
	if kolom in PANJANG:
		return baca_nomor_panjang
	if kolom == "keputusan":
		return _baca_keputusan
	return lambda nilai, _nama: baca_teks(nilai)


def _baca_keputusan(nilai: Any, nama: str) -> str | None:
	if nilai is None:
		return None
	sebutan = {
		"disetujui": DISETUJUI,
		"setuju": DISETUJUI,
		"diterima": DISETUJUI,
		"ditolak": KEPUTUSAN_DITOLAK,
	}
	if (hasil := sebutan.get(str(nilai).casefold())) is None:
		raise AturanError(f"{nama} harus Disetujui atau Ditolak.")
	return hasil


# --- applying ------------------------------------------------------------------------


def _terapkan(doc: ImporTabel, b: Baris) -> None:
	"""Take the steps of a row. Raises AturanError for what contradicts the record, and what the rules raise."""
	jenis = next((j for j in (PENDAFTARAN, KLAIM) if frappe.db.exists(j, b.nama)), None)
	if not jenis or not frappe.has_permission(jenis, "read", doc=b.nama):
		raise AturanError(f"{b.nama} tidak ditemukan di antara berkas yang dapat Anda lihat.")
	berkas = frappe.get_doc(jenis, b.nama, for_update=True)
	asing = KHUSUS[KLAIM if jenis == PENDAFTARAN else PENDAFTARAN] & set(b.isi)
	if asing:
		raise AturanError(
			f"{', '.join(KOLOM[k][0] for k in KOLOM if k in asing)} bukan jawaban atas {_(jenis)}."
		)
	for keadaan, nilai in (_langkah_pendaftaran if jenis == PENDAFTARAN else _langkah_klaim)(berkas, b.isi):
		_pindahkan(berkas, keadaan, jawaban=doc.name, **nilai)
		b.keadaan.append(keadaan)
		berkas.reload()


def _pindahkan(berkas: Document, keadaan: str, **nilai) -> None:
	alur = get_workflow(berkas.doctype)
	berkas.docstatus = int(next(s.doc_status for s in alur.states if s.state == keadaan))
	berkas.pindahkan(keadaan, **nilai)


Langkah = tuple[str, dict[str, Any]]  # a state, and the values that are written on the way into it


def _langkah_pendaftaran(d: Document, isi: Mapping[str, Any]) -> list[Langkah]:
	"""The steps that the values mean for a registration as it stands; none when all of them are recorded."""
	if isi.get("keputusan") == KEPUTUSAN_DITOLAK:
		return _penolakan(d, isi)
	if d.status not in URUTAN:
		raise AturanError(f"Pendaftaran ini berstatus {d.status}, sehingga tidak menunggu jawaban BPJS.")
	langkah: list[Langkah] = []

	def tahap(
		nama: str, kolom: Sequence[str], wajib: Sequence[str], nilai: Callable[[], dict[str, Any]]
	) -> None:
		"""One step: taken when the file (or the step before) waits for it, compared when it was taken before."""
		if not any(k in isi for k in kolom):
			return
		kini = langkah[-1][0] if langkah else d.status
		if URUTAN[kini] >= URUTAN[nama]:
			_samakan(d, isi, kolom)
		elif URUTAN[kini] + 1 < URUTAN[nama]:
			raise AturanError(
				f"{KOLOM[kolom[0]][0]} belum dapat dicatat: pendaftaran masih berstatus {kini}."
			)
		else:
			_lengkap(isi, wajib)
			langkah.append((nama, nilai()))

	tahap("Ditagih", (*TAGIHAN, "alasan_selisih"), TAGIHAN, lambda: _ambil(isi, *TAGIHAN, "alasan_selisih"))
	tahap("Lunas", ("dibayar_pada", "nilai_dibayar"), ("dibayar_pada",), lambda: _pembayaran(d, isi))
	tahap("Bersertifikat", SERTIFIKAT, SERTIFIKAT, lambda: _ambil(isi, *SERTIFIKAT))
	return langkah


def _pembayaran(d: Document, isi: Mapping[str, Any]) -> dict[str, Any]:
	"""BPJS confirms what DPMPPA paid at once: the proof is on the file already. Raises AturanError."""
	if d.cara_bayar == PER_TERMIN:
		raise AturanError("Iuran ini dibayar per termin. DPMPPA mencatat setiap termin pada pendaftaran.")
	if not d.bukti_bayar:
		raise AturanError("Bukti Bayar belum diunggah. DPMPPA mengunggahnya pada pendaftaran ini dahulu.")
	tagihan = isi.get("tagihan", desimal(d.tagihan))
	if isi.get("nilai_dibayar", tagihan) != tagihan:
		raise AturanError(
			f"Nilai Dibayar {format_rupiah(isi['nilai_dibayar'])} tidak sama dengan Nilai Tagihan {format_rupiah(tagihan)}."
		)
	return {"dibayar_pada": d.dibayar_pada or get_datetime(isi["dibayar_pada"])}


def _langkah_klaim(d: Document, isi: Mapping[str, Any]) -> list[Langkah]:
	"""The decision on a claim; payments need their proof, and are recorded on the claim itself."""
	_lengkap(isi, ("keputusan", "nomor_klaim"))
	if isi["keputusan"] == KEPUTUSAN_DITOLAK:
		return _penolakan(d, isi, nomor_klaim=isi["nomor_klaim"], keputusan=isi.get("alasan"))
	_lengkap(isi, ("nilai_disetujui",))
	if d.status in ("Disetujui BPJS", "Dibayar") or (d.status == "Ditutup" and desimal(d.nilai_disetujui)):
		_samakan(d, isi, ("nomor_klaim", "nilai_disetujui"))
		return []
	_harus_menunggu(d, "Diajukan ke BPJS")
	_bukan_putusan_lama(d, "Disetujui", lambda b: desimal(b.nilai_disetujui) == isi["nilai_disetujui"])
	return [("Disetujui BPJS", _ambil(isi, "nomor_klaim", "nilai_disetujui"))]


def _penolakan(d: Document, isi: Mapping[str, Any], **nilai) -> list[Langkah]:
	if lain := [KOLOM[k][0] for k in (*TAGIHAN, "dibayar_pada", *SERTIFIKAT, "nilai_disetujui") if k in isi]:
		raise AturanError(f"Ditolak, tetapi juga memuat {', '.join(lain)}. Pilih salah satu.")
	_lengkap(isi, ("alasan",))
	if d.status == "Ditolak BPJS":
		return []
	_harus_menunggu(d, *(MENUNGGU if d.doctype == PENDAFTARAN else ("Diajukan ke BPJS",)))
	if d.doctype == KLAIM:
		_bukan_putusan_lama(d, "Ditolak", lambda b: b.keterangan == isi["alasan"])
	return [("Ditolak BPJS", {"alasan": isi["alasan"], **nilai})]


def _bukan_putusan_lama(d: Document, putusan: str, sama: Callable[[Any], bool]) -> None:
	"""An answer to an earlier round of a claim, brought again, decides nothing of this one. Raises AturanError."""
	if any(b.putusan == putusan and sama(b) for b in d.riwayat_pengajuan):
		raise AturanError(
			f"Putusan ini sama dengan putusan atas pengajuan sebelumnya ({putusan}). Bila BPJS memutus demikian "
			"lagi, petugas BPJS mencatatnya pada klaim ini."
		)


def _harus_menunggu(d: Document, *keadaan: str) -> None:
	if d.status not in keadaan:
		raise AturanError(f"{_(d.doctype)} ini berstatus {d.status}, sehingga tidak menunggu jawaban BPJS.")


def _lengkap(isi: Mapping[str, Any], wajib: Sequence[str]) -> None:
	if kurang := [KOLOM[k][0] for k in wajib if k not in isi]:
		raise AturanError(f"Isi juga {', '.join(kurang)}.")


def _ambil(isi: Mapping[str, Any], *kolom: str) -> dict[str, Any]:
	return {k: float(isi[k]) if isinstance(isi[k], Decimal) else isi[k] for k in kolom if k in isi}


def _samakan(d: Document, isi: Mapping[str, Any], kolom: Sequence[str]) -> None:
	"""What was recorded before stands; another value is refused with both of them named. Raises AturanError."""
	for k in kolom:
		if k not in isi or k == "alasan_selisih":
			continue
		ada = d.get("tagihan" if k == "nilai_dibayar" else k)
		if k in RUPIAH:
			ada, beda = format_rupiah(desimal(ada)), desimal(ada) != isi[k]
			baru = format_rupiah(isi[k])
		elif k in TANGGAL:
			beda, baru = not ada or getdate(ada) != isi[k], tanggal_indonesia(isi[k])
			ada = tanggal_indonesia(getdate(ada)) if ada else "belum ada"
		else:
			beda, baru = str(ada or "") != isi[k], isi[k]
		if beda:
			raise AturanError(f"{KOLOM[k][0]} yang tercatat {ada}, sedangkan jawaban ini menyebut {baru}.")
