"""The rounds of a claim at BPJS: each submission with what was mended or objected to, and what was decided on it."""

from __future__ import annotations

from frappe.utils import now_datetime

PUTUSAN = {"Disetujui BPJS": "Disetujui", "Ditolak BPJS": "Ditolak"}


def terbuka(klaim) -> bool:
	"""Whether papers, heirs and account may still change: before BPJS has them, and after it refused until they go back."""
	sebelum = klaim.get_doc_before_save()
	return not klaim.diserahkan_bpjs or bool(sebelum and sebelum.status == "Ditolak BPJS")


def catat(klaim) -> None:
	"""Write the round that begins or ends with this save. A new round begins without the decision of the last one."""
	if klaim.baru_berstatus("Diajukan ke BPJS"):
		klaim.append("riwayat_pengajuan", {"diajukan_pada": klaim.diajukan_pada, "perbaikan": klaim.alasan})
		klaim.nilai_disetujui, klaim.keputusan = 0, None
	elif klaim.baru_berstatus(*PUTUSAN) and klaim.riwayat_pengajuan:
		klaim.riwayat_pengajuan[-1].update(
			{
				"diputus_pada": now_datetime(),
				"putusan": PUTUSAN[klaim.status],
				"nilai_disetujui": klaim.nilai_disetujui if klaim.status == "Disetujui BPJS" else 0,
				"keterangan": klaim.keputusan,
			}
		)
