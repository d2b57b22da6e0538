from typing import Any

from kampung_bahagia.klaim import dokumen
from kampung_bahagia.tata_kelola.formulir import isi_konteks


def get_context(context):
	isi_konteks(context)


def hasil(doc) -> dict[str, Any]:
	"""What the phone shows of a report that arrived: the judgement of cover, the clock, papers still missing."""
	return {
		"status_pertanggungan": doc.status_pertanggungan,
		"batas_tahap_satu": str(doc.batas_tahap_satu or ""),
		"terlambat": doc.terlambat,
		"akibat_terlambat": doc.akibat_terlambat,
		"dokumen_kurang": len(dokumen.kurang(doc)),
	}
