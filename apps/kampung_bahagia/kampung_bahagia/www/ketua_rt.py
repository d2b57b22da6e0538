"""Start page of the phone forms: what may be filled in, the drafts and what waits for the network."""

from kampung_bahagia.tata_kelola.formulir import arahkan_tamu, formulir_hp

no_cache = 1


def get_context(context):
	arahkan_tamu("ketua-rt")
	context.base_template = None  # the page is whole
	context.definisi = {
		"judul": "Ketua RT",
		"beranda": [
			{
				"formulir": f.name,
				"judul": f.title,
				"alamat": f"/{f.route}",
				"keterangan": f.meta_description or "",
			}
			for f in formulir_hp()
		],
	}
