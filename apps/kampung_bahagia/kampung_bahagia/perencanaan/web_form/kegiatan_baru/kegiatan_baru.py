from typing import Any

from kampung_bahagia.tata_kelola.formulir import isi_konteks


def get_context(context):
	isi_konteks(context)


def hasil(doc) -> dict[str, Any]:
	"""What the phone shows of a kegiatan that arrived, in rupiah."""
	return {"nilai_kegiatan": doc.nilai_kegiatan, "perkiraan_iuran": doc.perkiraan_iuran}
