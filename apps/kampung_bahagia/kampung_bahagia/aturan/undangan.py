"""The invitation to a musyawarah as a text for WhatsApp."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from kampung_bahagia.aturan.tanggal import HARI, tanggal_indonesia, waktu_indonesia

JUDUL = {
	"Kesiapan": "Musyawarah Kesiapan",
	"Prioritas": "Musyawarah Penentuan Prioritas",
	"Perubahan": "Musyawarah Perubahan Kegiatan",
	"Serah Terima": "Musyawarah Serah Terima",
}


@dataclass(frozen=True, slots=True)
class Undangan:
	"""`waktu` is aware; `acara` one line each; `kegiatan` and `lanjutan_dari` (its day) where they apply."""

	jenis: str
	rt: str
	kelurahan: str
	waktu: datetime
	tempat: str
	acara: Sequence[str] = ()
	pengundang: str = ""
	kegiatan: str = ""
	lanjutan_dari: datetime | None = None


def teks_undangan(u: Undangan) -> str:
	"""The invitation in official, polite Indonesian; asterisks are WhatsApp's bold. Raises AturanError for a naive hour."""
	tanggal, _pukul, jam = waktu_indonesia(u.waktu).partition(" pukul ")
	baris = [
		"*UNDANGAN*",
		f"*{JUDUL[u.jenis]}* {u.rt}",
		f"Kelurahan {u.kelurahan}",
		"",
		f"Yth. Bapak/Ibu Warga {u.rt}",
		"",
		"Dengan hormat, kami mengundang Bapak/Ibu untuk menghadiri musyawarah pada:",
		"",
		f"Hari, tanggal: {HARI[u.waktu.weekday()]}, {tanggal}",
		f"Pukul: {jam}",
		f"Tempat: {u.tempat}",
	]
	if u.kegiatan:
		baris.append(f"Kegiatan: {u.kegiatan}")
	if u.acara:
		baris += ["Acara:", *(f"{nomor}. {satu}" for nomor, satu in enumerate(u.acara, 1))]
	if u.lanjutan_dari:
		baris += [
			"",
			f"Musyawarah ini melanjutkan musyawarah tanggal {tanggal_indonesia(u.lanjutan_dari.date())} "
			"yang ditunda karena kuorum belum tercapai.",
		]
	baris += [
		"",
		"Mohon setiap kepala keluarga hadir atau mengutus satu wakil. Kehadiran Bapak/Ibu sangat kami harapkan.",
		"",
		"Hormat kami,",
		*([u.pengundang] if u.pengundang else []),
		f"Ketua {u.rt}",
	]
	return "\n".join(baris)


def tautan_wa(teks: str) -> str:
	"""Address that opens WhatsApp with `teks` ready to send, to whom the sender chooses."""
	return f"https://wa.me/?text={quote(teks, safe='')}"
