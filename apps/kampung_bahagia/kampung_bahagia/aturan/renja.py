"""Years and states of an RT's plan (Rencana Kerja)."""

from math import ceil

from kampung_bahagia.aturan.galat import AturanError

LAMA = {"Tahunan": 1, "Lima Tahunan": 5}  # years that a plan covers
BELUM, DIRENCANAKAN, DIKERJAKAN, SELESAI, DIHENTIKAN = KEADAAN = (
	"Belum Dikerjakan",
	"Direncanakan",
	"Dikerjakan",
	"Selesai",
	"Dihentikan",
)
_MENURUT_KEGIATAN = {
	"Berjalan": DIKERJAKAN,
	"Serah Terima": DIKERJAKAN,
	"Selesai": SELESAI,
	"Dihentikan": DIHENTIKAN,
	"Ditolak": BELUM,
}


def tahun_akhir(jenis: str, tahun_awal: int) -> int:
	"""Last year of a plan. Raises AturanError for an unknown kind or a year that cannot be meant."""
	if jenis not in LAMA:
		raise AturanError(f"Jenis rencana {jenis} tidak dikenal.")
	if not 2020 <= tahun_awal <= 2100:
		raise AturanError("Tahun Awal harus antara 2020 dan 2100.")
	return tahun_awal + LAMA[jenis] - 1


def bagi_tahun(jumlah: int, awal: int, akhir: int) -> list[int]:
	"""A year for each of `jumlah` items in the order of their rank: as many each year, the first ones earliest."""
	if not jumlah:
		return []
	per_tahun = ceil(jumlah / (akhir - awal + 1))
	return [awal + nomor // per_tahun for nomor in range(jumlah)]


def keadaan_butir(status_kegiatan: str | None) -> str:
	"""How far an item has come, by the state of the kegiatan that carries it out (None: there is none)."""
	if not status_kegiatan:
		return BELUM
	return _MENURUT_KEGIATAN.get(status_kegiatan, DIRENCANAKAN)
