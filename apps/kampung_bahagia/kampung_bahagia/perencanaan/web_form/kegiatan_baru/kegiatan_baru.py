from kampung_bahagia.tata_kelola.formulir import isi_konteks


def get_context(context):
	isi_konteks(context)
