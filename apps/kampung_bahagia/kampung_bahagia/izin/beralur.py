"""The files that go through a Workflow. Imports nothing: hooks.py reads it too."""

BERALUR = (
	"Musyawarah",
	"Renja",
	"Kegiatan",
	"Adendum Kegiatan",
	"LPJ Kegiatan",
	"Surat Keputusan",
	"Surat Tugas",
	"Pendaftaran BPJS",
	"Klaim",
	"Pemberitahuan Kecelakaan",
)
