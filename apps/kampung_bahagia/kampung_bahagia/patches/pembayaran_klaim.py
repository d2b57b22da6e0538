"""Payments of a claim are rows, and its rounds at BPJS are kept; whoever was paid is named in the row only."""

import frappe

from kampung_bahagia.aturan.manfaat import KELOMPOK, SELURUH
from kampung_bahagia.klaim.pengajuan import PUTUSAN
from kampung_bahagia.setup.catatan import lengkapi_alur

AWALAN = (  # how the lines of an estimate were worded
	("Pengobatan", "PERAWATAN"),
	("Transportasi", "TRANSPORTASI"),
	("Pengganti upah", "STMB"),
	("Santunan cacat", "CACAT"),
	("Santunan kematian", "SANTUNAN"),
	("Santunan berkala", "BERKALA"),
	("Biaya pemakaman", "PEMAKAMAN"),
	("Beasiswa", "BEASISWA"),
)


def execute() -> None:
	lengkapi_alur("Klaim", [("Disetujui BPJS", "Ajukan Keberatan")])
	for awal, kode in AWALAN:
		frappe.db.sql(
			"update `tabRincian Manfaat` set manfaat = %s where manfaat is null and uraian like %s",
			(KELOMPOK[kode], f"{awal}%"),
		)
	if frappe.db.has_column("Klaim", "bukti_bayar"):
		_pindahkan_pembayaran()
	_catat_pengajuan()


def _pindahkan_pembayaran() -> None:
	for k in frappe.db.sql(
		"""select name, dibayar_pada, nilai_dibayar, penerima, bukti_bayar from `tabKlaim`
		where ifnull(nilai_dibayar, 0) > 0
		and not exists (select 1 from `tabPembayaran Klaim` p where p.parent = `tabKlaim`.name)
		order by name""",
		as_dict=True,
	):
		_sisipkan(
			k.name,
			"pembayaran",
			"Pembayaran Klaim",
			manfaat=SELURUH,
			tanggal=k.dibayar_pada,
			jumlah=k.nilai_dibayar,
			penerima=k.penerima,
			bukti=k.bukti_bayar,
		)
	frappe.db.sql("update `tabKlaim` set penerima = null, bukti_bayar = null")


def _catat_pengajuan() -> None:
	"""The rounds that the ledger knows of; what was decided of the last one stands on the claim."""
	for nama in frappe.get_all("Klaim", {"diserahkan_bpjs": 1}, pluck="name", order_by="name"):
		if frappe.db.exists("Pengajuan Klaim", {"parent": nama}):
			continue
		babak = []
		for j in frappe.get_all(
			"Jejak Keputusan",
			{"rujukan_doctype": "Klaim", "rujukan_nama": nama, "ke": ["in", ("Diajukan ke BPJS", *PUTUSAN)]},
			["ke", "waktu", "alasan"],
			order_by="urutan",
		):
			if j.ke == "Diajukan ke BPJS":
				babak.append({"diajukan_pada": j.waktu, "perbaikan": j.alasan})
			elif babak and not babak[-1].get("putusan"):
				babak[-1] |= {"diputus_pada": j.waktu, "putusan": PUTUSAN[j.ke], "keterangan": j.alasan}
		if babak and babak[-1].get("putusan"):
			nilai, keterangan = frappe.db.get_value("Klaim", nama, ["nilai_disetujui", "keputusan"])
			babak[-1] |= {"nilai_disetujui": nilai or 0, "keterangan": keterangan}
		for idx, satu in enumerate(babak, 1):
			_sisipkan(nama, "riwayat_pengajuan", "Pengajuan Klaim", idx, **satu)


def _sisipkan(klaim: str, kolom: str, doctype: str, idx: int = 1, **isi) -> None:
	frappe.get_doc(
		doctype=doctype,
		parenttype="Klaim",
		parent=klaim,
		parentfield=kolom,
		idx=idx,
		docstatus=frappe.db.get_value("Klaim", klaim, "docstatus"),
		**isi,
	).db_insert()
