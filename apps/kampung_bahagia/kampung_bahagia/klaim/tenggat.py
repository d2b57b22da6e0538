"""The clocks of a claim on the claim itself: counted at each save, told of before they end, and written down when a
stage was reported.
"""

from __future__ import annotations

from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import add_to_date, flt, get_datetime, getdate, now_datetime

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.tanggal import waktu_indonesia
from kampung_bahagia.aturan.tenggat_klaim import (
	AKIBAT_TAHAP_SATU,
	BatasKlaim,
	KeadaanKlaim,
	Tenggat,
	tenggat_klaim,
	yang_berjalan,
)
from kampung_bahagia.izin.cakupan import menjabat, penugasan_atas
from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.klaim.doctype.ketentuan_klaim.ketentuan_klaim import BATAS, ketentuan_pada
from kampung_bahagia.klaim.manfaat import denda
from kampung_bahagia.klaim.pertanggungan import SELESAI, simpan_diam
from kampung_bahagia.tata_kelola.jejak import catat
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan, waktu_wib

BPJS, PENGAWAS = "BPJS Ketenagakerjaan", "Pengawas Ketenagakerjaan"
PELAPOR = ("DPMPPA", "Lurah", "Ketua RT")  # whoever of them reaches BPJS first
KOLOM = (
	"batas_tahap_satu",
	"tahap_satu_pada",
	"terlambat",
	"akibat_terlambat",
	"batas_tahap_dua",
	"terlambat_tahap_dua",
	"batas_bayar",
	"kedaluwarsa_pada",
	"tenggat_jenis",
	"tenggat_pada",
	"pengingat",
)
# level of the reminder -> the method by which the Notification records of a claim know it
INGAT, ESKALASI, LEWAT = 1, 2, 3
KABAR = {INGAT: "tenggat_mendekat", ESKALASI: "tenggat_mendesak", LEWAT: "tenggat_lewat"}


def hitung(klaim) -> None:
	"""Set KOLOM from what happened so far; an hour that has passed counts as missed from that hour on."""
	semua = {t.kode: t for t in tenggat(klaim)}
	sekarang = waktu_wib(now_datetime())
	satu, dua, bayar = (semua.get(kode) for kode in ("TAHAP_I_BPJS", "TAHAP_II", "PEMBAYARAN"))
	klaim.batas_tahap_satu = _polos(satu and satu.batas)
	klaim.tahap_satu_pada = _polos(satu and satu.selesai)
	klaim.terlambat = int(bool(satu and satu.lewat(sekarang)))
	klaim.akibat_terlambat = AKIBAT_TAHAP_SATU if klaim.terlambat else None
	klaim.batas_tahap_dua = _polos(dua and dua.batas)
	klaim.terlambat_tahap_dua = int(bool(dua and dua.lewat(sekarang)))
	klaim.batas_bayar = bayar.batas.date() if bayar else None
	klaim.kedaluwarsa_pada = _polos(semua["KEDALUWARSA"].batas)
	jalan = None if klaim.status in SELESAI else yang_berjalan(tuple(semua.values()))
	pada = _polos(jalan and jalan.batas)
	if (klaim.tenggat_jenis, klaim.tenggat_pada and get_datetime(klaim.tenggat_pada)) != (
		jalan and jalan.nama,
		pada,
	):
		klaim.tenggat_jenis, klaim.tenggat_pada, klaim.pengingat = jalan and jalan.nama, pada, 0


def tenggat(klaim) -> tuple[Tenggat, ...]:
	"""The clocks of the claim, by the rule in force on the day of the accident."""
	batas = ketentuan_pada(getdate(klaim.waktu_kejadian))
	terakhir = {(b.tahap, b.kepada): b.pada for b in klaim.laporan_tahap}  # a later row mends an earlier one
	with menurut_aturan():
		return tenggat_klaim(
			KeadaanKlaim(
				is_jkk=klaim.jenis != "JKM",
				kejadian=waktu_wib(klaim.waktu_kejadian),
				tahap_satu_bpjs=waktu_wib(terakhir.get(("I", BPJS))),
				tahap_satu_pengawas=waktu_wib(terakhir.get(("I", PENGAWAS))),
				keterangan_dokter=waktu_wib(klaim.keterangan_dokter_pada),
				tahap_dua=waktu_wib(terakhir.get(("II", BPJS))),
				diajukan=waktu_wib(klaim.diajukan_pada),
				dibayar=waktu_wib(klaim.dibayar_pada),
				diputus_tolak=klaim.status == "Ditolak BPJS",
			),
			BatasKlaim(**{kolom: batas[kolom] for kolom in BATAS}),
		)


def menit(waktu) -> datetime:
	"""The minute of a stored hour: people write no seconds, and one may follow another within a minute."""
	return get_datetime(waktu).replace(second=0, microsecond=0)


def _polos(waktu):
	return waktu and waktu.replace(tzinfo=None)


@frappe.whitelist()
def tenggat_untuk_layar(klaim: str) -> list[dict]:
	"""The clocks of a claim as its form shows them: `nama`, `batas` and `selesai` (hours in WIB, as text), `lewat`,
	and a `catatan` or None.

	Raises PermissionError for a claim that the user may not read.
	"""
	doc = frappe.get_doc("Klaim", klaim)
	doc.check_permission("read")
	sekarang = waktu_wib(now_datetime())
	return [
		{
			"nama": t.nama,
			"batas": str(_polos(t.batas)),
			"selesai": t.selesai and str(_polos(t.selesai)),
			"lewat": t.lewat(sekarang),
			"dasar_hukum": t.dasar_hukum,
			"catatan": _denda(doc, t, sekarang) if t.kode == "PEMBAYARAN" else None,
		}
		for t in tenggat(doc)
		if doc.status not in SELESAI or t.selesai
	]


def _denda(klaim, bayar: Tenggat, sekarang) -> str | None:
	"""What BPJS owes for paying late, for information."""
	hari = ((bayar.selesai or sekarang).date() - bayar.batas.date()).days
	if hari < 1 or not flt(klaim.nilai_disetujui) or not klaim.ketentuan_manfaat:
		return None
	jumlah = denda(desimal(klaim.nilai_disetujui), hari, getdate(klaim.waktu_kejadian))
	return _("terlambat {0} hari, denda BPJS menurut aturan {1} (perkiraan)").format(
		hari, format_rupiah(jumlah)
	)


@frappe.whitelist(methods=["POST"])
def catat_laporan(
	klaim: str, tahap: str, kepada: str, pada: str, cara: str, tanda_terima: str | None = None
) -> dict:
	"""Write down that a stage was reported: `tahap` I or II, `kepada` BPJS Ketenagakerjaan or Pengawas
	Ketenagakerjaan, `pada` an hour in WIB, `cara` Daring or Luring. Rows stay; a later one mends an earlier one.

	Returns `terlambat` (0 or 1) of stage one. Raises JabatanTidakBerwenang for who holds none of PELAPOR over the
	claim, ValidationError for an hour that cannot be and for a claim that is closed or has no stages.
	"""
	doc = frappe.get_doc("Klaim", klaim, for_update=True)
	doc.check_permission("read")
	jabatan = next((j for j in PELAPOR if menjabat(frappe.session.user, j, doc)), None)
	if not jabatan:
		frappe.throw(
			_("Laporan tahap dicatat oleh DPMPPA, lurah, atau Ketua RT di wilayah klaim ini."),
			JabatanTidakBerwenang,
		)
	baris = doc.append(
		"laporan_tahap",
		{
			"tahap": tahap,
			"kepada": kepada,
			"pada": pada,
			"cara": cara,
			"tanda_terima": tanda_terima,
			"dicatat_oleh": frappe.session.user,
		},
	)
	doc.periksa_bentuk()
	_periksa_laporan(doc, baris)
	hitung(doc)
	simpan_diam(doc, KOLOM)
	catat(
		doc,
		aksi=f"Catat Laporan Tahap {tahap}",
		dari=doc.status,
		jabatan=jabatan,
		penugasan=penugasan_atas(frappe.session.user, jabatan, doc),
	)
	return {"terlambat": doc.terlambat}


def _periksa_laporan(doc, baris) -> None:
	if doc.status in SELESAI:
		frappe.throw(_("Klaim ini sudah {0}.").format(frappe.bold(doc.status.lower())))
	if doc.jenis == "JKM":
		frappe.throw(_("Laporan Tahap I dan II hanya untuk kecelakaan kerja (JKK)."))
	if baris.tahap == "II" and baris.kepada != BPJS:
		frappe.throw(_("Laporan Tahap II disampaikan kepada BPJS Ketenagakerjaan."))
	if baris.tahap == "II" and not doc.keterangan_dokter_pada:
		frappe.throw(_("Isi dahulu Keterangan Dokter Pada, lalu catat Laporan Tahap II."))
	awal = menit(doc.waktu_kejadian if baris.tahap == "I" else doc.keterangan_dokter_pada)
	if not awal <= get_datetime(baris.pada) <= now_datetime():
		frappe.throw(
			_("Disampaikan Pada harus antara {0} dan saat ini.").format(
				frappe.bold(waktu_indonesia(waktu_wib(awal)))
			)
		)


def ingatkan() -> int:
	"""Tell of clocks that are about to end, then those above, then all when one was missed; each once. Returns how many
	claims were told of. Called every few minutes; what one claim breaks does not keep back the others.
	"""
	sekarang = now_datetime()
	k = frappe.qb.DocType("Klaim")
	jauh = add_to_date(sekarang, hours=jam_ingat_terjauh())
	n = 0
	for nama in (
		frappe.qb.from_(k)
		.select(k.name)
		.where((k.tenggat_pada <= jauh) & (k.pengingat < LEWAT) & k.status.notin(SELESAI))
		.orderby(k.tenggat_pada)
		.run(pluck=True)
	):
		frappe.db.savepoint("tenggat_klaim")
		try:
			n += _ingatkan_satu(frappe.get_doc("Klaim", nama), sekarang)
		except Exception:
			frappe.db.rollback(save_point="tenggat_klaim")
			frappe.clear_messages()
			frappe.log_error(f"Tenggat Klaim {nama}")
	return n


def _ingatkan_satu(klaim, sekarang) -> int:
	tingkat = tingkat_pengingat(klaim.tenggat_pada, sekarang, getdate(klaim.waktu_kejadian))
	if tingkat <= klaim.pengingat:
		return 0
	hitung(klaim)
	klaim.pengingat = tingkat
	simpan_diam(klaim, KOLOM)
	klaim.run_method(KABAR[tingkat])
	return 1


def tingkat_pengingat(batas, sekarang: datetime, hari: date) -> int:
	"""Who is to be told now of a clock that ends at `batas` (0: nobody yet), by the rule in force on the day `hari`."""
	ketentuan = ketentuan_pada(hari)
	sisa = (get_datetime(batas) - sekarang).total_seconds() / 3600
	if sisa < 0:
		return LEWAT
	return ESKALASI if sisa <= ketentuan.jam_eskalasi else INGAT if sisa <= ketentuan.jam_ingat else 0


def jam_ingat_terjauh() -> int:
	return max(frappe.get_all("Ketentuan Klaim", pluck="jam_ingat", order_by="name"), default=0)
