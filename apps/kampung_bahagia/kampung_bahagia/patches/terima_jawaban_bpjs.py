"""DPMPPA records what BPJS answered on paper, and BPJS asks for corrections without refusing the file."""

from kampung_bahagia.setup.catatan import lengkapi_alur

LANGKAH = {
	"Pendaftaran BPJS": [
		("Dikirim", "Minta Perbaikan"),
		("Dikirim", "Catat Tagihan BPJS"),
		*((keadaan, "Catat Sertifikat BPJS") for keadaan in ("Diangsur", "Lunas")),
		*((keadaan, "Catat Penolakan BPJS") for keadaan in ("Dikirim", "Ditagih", "Diangsur", "Lunas")),
	],
	"Kegiatan": [("Didaftarkan BPJS", "Catat Perlindungan BPJS")],
	"Klaim": [("Diajukan ke BPJS", "Catat Persetujuan BPJS"), ("Diajukan ke BPJS", "Catat Penolakan BPJS")],
}


def execute() -> None:
	for alur, langkah in LANGKAH.items():
		lengkapi_alur(alur, langkah)
