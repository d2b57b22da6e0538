"""What a registration needs: complete only when nothing lacks, and each lack names who ends it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kampung_bahagia.aturan.kelengkapan import KeadaanPendaftaran, butir_pendaftaran, persen_lengkap

LENGKAP = KeadaanPendaftaran(
	dasar_iuran=Decimal(96_500_000),
	berjangka=True,
	peserta=10,
	tanpa_alamat=0,
	tanpa_upah=0,
	ber_sk=True,
	tanpa_sk=0,
	dikirim=True,
	peserta_baru=0,
	ditagih=True,
	dibayar=True,
	sisa_tagihan=Decimal(0),
	bersertifikat=True,
	perlindungan_cukup=True,
	selisih=Decimal(0),
)


def kurang(**beda) -> dict[str, tuple[str, str]]:
	return {b.kode: (b.pembawa, b.kurang) for b in butir_pendaftaran(replace(LENGKAP, **beda)) if b.kurang}


def test_nothing_lacks_when_everything_is_there():
	assert not kurang()
	assert persen_lengkap(butir_pendaftaran(LENGKAP)) == 100


@pytest.mark.parametrize(
	("beda", "kode", "pembawa", "kata"),
	[
		({"dasar_iuran": Decimal(0)}, "DASAR", "Ketua RT", "nol"),
		({"berjangka": False}, "MASA", "Ketua RT", "belum lengkap"),
		({"peserta": 0}, "PESERTA", "Ketua RT", "Belum ada peserta"),
		(
			{"tanpa_alamat": 3, "tanpa_upah": 2},
			"DATA",
			"Ketua RT",
			"3 orang tanpa alamat, 2 orang tanpa upah",
		),
		({"ber_sk": False, "tanpa_sk": 10}, "SK", "Ketua RT", "belum ada"),
		({"tanpa_sk": 1}, "SK", "Ketua RT", "1 orang belum disebut"),
		({"dikirim": False, "peserta_baru": 10}, "KIRIM", "DPMPPA", "Belum dikirim"),
		({"peserta_baru": 2}, "KIRIM", "DPMPPA", "2 orang bergabung"),
		({"ditagih": False}, "TAGIHAN", "BPJS Ketenagakerjaan", "Belum ditagih"),
		({"dibayar": False}, "BAYAR", "DPMPPA", "belum dibayar"),
		({"sisa_tagihan": Decimal(100_000)}, "BAYAR", "DPMPPA", "Rp100.000"),
		({"bersertifikat": False}, "SERTIFIKAT", "BPJS Ketenagakerjaan", "belum terbit"),
		({"perlindungan_cukup": False}, "SERTIFIKAT", "BPJS Ketenagakerjaan", "sebelum pemeliharaan"),
		({"selisih": Decimal(46_400)}, "SELISIH", "DPMPPA", "kurang Rp46.400"),
		({"selisih": Decimal(-1_000)}, "SELISIH", "DPMPPA", "lebih Rp1.000"),
	],
)
def test_each_lack_names_what_and_who(beda, kode, pembawa, kata):
	hasil = kurang(**beda)
	assert list(hasil) == [kode]
	assert hasil[kode][0] == pembawa and kata in hasil[kode][1]
	assert persen_lengkap(butir_pendaftaran(replace(LENGKAP, **beda))) < 100
