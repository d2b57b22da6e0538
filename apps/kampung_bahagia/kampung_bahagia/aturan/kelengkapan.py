"""What a registration with BPJS needs from its beginning to its certificate, and which office brings each part."""

from dataclasses import dataclass
from decimal import Decimal

from kampung_bahagia.aturan.bilangan import format_rupiah

KETUA, DPMPPA, BPJS = "Ketua RT", "DPMPPA", "BPJS Ketenagakerjaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeadaanPendaftaran:
	"""The facts: numbers of people who still take part, rupiah, and which papers there are.

	`peserta_baru` came after the list was sent. `selisih` is what addenda changed in the premium and is not settled.
	`perlindungan_cukup`: the certified cover reaches to the end of maintenance.
	"""

	dasar_iuran: Decimal
	berjangka: bool
	peserta: int
	tanpa_alamat: int
	tanpa_upah: int
	ber_sk: bool
	tanpa_sk: int
	dikirim: bool
	peserta_baru: int
	ditagih: bool
	dibayar: bool
	sisa_tagihan: Decimal
	bersertifikat: bool
	perlindungan_cukup: bool
	selisih: Decimal


@dataclass(frozen=True, slots=True)
class Butir:
	"""One thing that is needed: `kurang` says what is missing, and is empty once it is there."""

	kode: str
	judul: str
	pembawa: str
	kurang: str = ""


def butir_pendaftaran(k: KeadaanPendaftaran) -> tuple[Butir, ...]:
	"""Everything that a registration needs, in the order in which it comes."""
	orang = "Belum ada peserta." if not k.peserta else ""
	data = [f"{n} orang tanpa {apa}" for n, apa in ((k.tanpa_alamat, "alamat"), (k.tanpa_upah, "upah")) if n]
	sk = "SK bertanda tangan belum ada." if not k.ber_sk else ""
	if k.ber_sk and k.tanpa_sk:
		sk = f"{k.tanpa_sk} orang belum disebut dalam SK."
	kirim = "" if k.dikirim else "Belum dikirim ke BPJS."
	if k.dikirim and k.peserta_baru:
		kirim = f"{k.peserta_baru} orang bergabung setelah daftar dikirim dan belum dilaporkan."
	bayar = "" if k.dibayar else "Iuran belum dibayar."
	if k.dibayar and k.sisa_tagihan:
		bayar = f"Termin yang belum dibayar {format_rupiah(k.sisa_tagihan)}."
	sertifikat = "" if k.bersertifikat else "Sertifikat belum terbit."
	if k.bersertifikat and not k.perlindungan_cukup:
		sertifikat = "Perlindungan berakhir sebelum pemeliharaan selesai."
	butir = [
		Butir("DASAR", "Dasar iuran dari RAB", KETUA, "" if k.dasar_iuran > 0 else "Dasar iuran masih nol."),
		Butir("MASA", "Masa kegiatan dan pemeliharaan", KETUA, "" if k.berjangka else "Masa belum lengkap."),
		Butir("PESERTA", "Daftar peserta", KETUA, orang),
		Butir("DATA", "Data setiap peserta", KETUA, f"{', '.join(data)}." if data else ""),
		Butir("SK", "SK Ketua RT bertanda tangan", KETUA, sk),
		Butir("KIRIM", "Pendaftaran dikirim", DPMPPA, kirim),
		Butir(
			"TAGIHAN", "Nomor proyek, kode iuran, dan tagihan", BPJS, "" if k.ditagih else "Belum ditagih."
		),
		Butir("BAYAR", "Bukti bayar iuran", DPMPPA, bayar),
		Butir("SERTIFIKAT", "Sertifikat dan masa perlindungan", BPJS, sertifikat),
	]
	if k.selisih:
		kata = "kurang" if k.selisih > 0 else "lebih"
		teks = f"Iuran {kata} {format_rupiah(abs(k.selisih))} sesudah adendum."
		butir.append(Butir("SELISIH", "Selisih iuran adendum", DPMPPA, teks))
	return tuple(butir)


def persen_lengkap(butir: tuple[Butir, ...]) -> int:
	"""Share of what is there, in whole percent; 100 only when nothing lacks."""
	return 100 * sum(not satu.kurang for satu in butir) // len(butir)
