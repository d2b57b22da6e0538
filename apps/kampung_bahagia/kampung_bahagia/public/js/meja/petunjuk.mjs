// What the office whose turn it is does in each state, in plain words. Keys: DocType, then status (for a
// Kegiatan at BPJS: the status of its registration).

const LENGKAPI = "Perbaiki menurut alasan di atas, simpan, lalu kirim kembali melalui tombol <b>Tindakan</b>.";

export default {
	Musyawarah: {
		Draf: "Catat hadirin dan keputusan, unggah berita acara dan daftar hadir bertanda tangan, lalu pilih <b>Tindakan › Ajukan</b>. Bila kuorum tidak tercapai, pilih <b>Tindakan › Tunda</b>.",
		Diajukan: "Periksa daftar hadir, kuorum, dan berita acara, tulis catatan Anda, lalu teruskan ke lurah atau kembalikan.",
		"Ditinjau Pendamping": "Periksa kuorum dan usulan yang diputuskan, lalu sahkan atau kembalikan.",
		Dikembalikan: LENGKAPI,
	},
	Renja: {
		Draf: "Susun dari usulan yang diputuskan, sesuaikan tahunnya, simpan, lalu pilih <b>Tindakan › Ajukan</b>.",
		Diajukan: "Periksa butir dan tahunnya, lalu sahkan atau kembalikan.",
		Dikembalikan: LENGKAPI,
	},
	Kegiatan: {
		Draf: "Lengkapi RAB, foto lokasi, dan peserta, simpan, lalu pilih <b>Tindakan › Ajukan</b>.",
		Diajukan: "Periksa RAB, sisa pagu, dan peserta, lalu verifikasi, kembalikan, atau tolak.",
		"Diverifikasi Lurah": "Periksa dasar iuran dan masa kegiatan, lalu setujui, kembalikan, atau tolak.",
		"Bukan konstruksi": "Tetapkan SK bila ada peserta, lalu pilih <b>Tindakan › Mulai</b>. Pendaftaran Jasa Konstruksi tidak diperlukan.",
		"Disetujui DPMPPA": "Siapkan pendaftaran BPJS sebelum pekerjaan dimulai.",
		Disiapkan: "Buka pendaftaran BPJS kegiatan ini, lalu kirim.",
		Dikirim: "Buka pendaftaran BPJS kegiatan ini, lalu isi kode iuran dan tagihan.",
		Ditagih: "Bayar iuran, lalu catat bukti bayar pada pendaftaran BPJS.",
		Diangsur: "Buka pendaftaran BPJS kegiatan ini, lalu terbitkan sertifikat.",
		Lunas: "Buka pendaftaran BPJS kegiatan ini, lalu terbitkan sertifikat.",
		"Ditolak BPJS": "Buka pendaftaran BPJS kegiatan ini, lalu perbaiki menurut alasan BPJS.",
		Diperbaiki: "Buka pendaftaran BPJS kegiatan ini, lalu kirim kembali.",
		Bersertifikat: "Tetapkan SK, unggah SK bertanda tangan, lalu pilih <b>Tindakan › Mulai</b>.",
		Terlindungi: "Tetapkan SK, unggah SK bertanda tangan, lalu pilih <b>Tindakan › Mulai</b>.",
		Berjalan: "Catat kemajuan dengan foto. Setelah selesai, unggah foto Sesudah, lalu pilih <b>Tindakan › Serah Terimakan</b>.",
		Dikembalikan: LENGKAPI,
	},
	"Adendum Kegiatan": {
		Draf: "Ubah waktu, RAB, atau jumlah peserta sesuai berita acara perubahan, simpan, lalu pilih <b>Tindakan › Ajukan</b>.",
		Diajukan: "Bandingkan nilai semula dan menjadi dengan berita acara, lalu verifikasi, kembalikan, atau tolak.",
		"Diverifikasi Lurah": "Periksa selisih nilai dan iuran, lalu setujui. Kegiatan langsung berubah menjadi versi baru.",
		Dikembalikan: LENGKAPI,
	},
	"Surat Keputusan": {
		Draf: "Periksa nama pada lampiran dan masa berlaku. Setelah ditetapkan, isi SK tidak dapat diubah; perubahan memerlukan SK baru.",
	},
	"Surat Tugas": {
		Draf: "Periksa nama, hari, tempat, dan pekerjaannya. Setelah ditetapkan, hanya kehadiran yang dapat dicatat.",
		Ditetapkan: "Unggah surat tugas bertanda tangan. Setiap selesai bekerja, pilih <b>Catat Kehadiran</b>.",
	},
	"Pendaftaran BPJS": {
		Disiapkan: "Periksa perhitungan iuran dan jumlah peserta, lalu pilih <b>Tindakan › Kirim</b>.",
		Dikirim: "Isi nomor kepesertaan proyek, kode iuran, dan nilai tagihan, simpan, lalu pilih <b>Tindakan › Tagih</b>.",
		Ditagih: "Setelah membayar, isi waktu dan bukti bayar, simpan, lalu pilih <b>Tindakan › Catat Lunas</b>. Bila diangsur, pilih Cara Bayar Per Termin, isi termin dan bukti angsuran pertama, lalu pilih <b>Tindakan › Catat Angsuran Pertama</b>.",
		Diangsur: "Angsuran pertama sudah dibayar. Isi nomor sertifikat dan masa perlindungan, simpan, lalu pilih <b>Tindakan › Terbitkan Sertifikat</b>.",
		Lunas: "Isi nomor sertifikat dan masa perlindungan, simpan, lalu pilih <b>Tindakan › Terbitkan Sertifikat</b>.",
		"Ditolak BPJS": "Baca alasan BPJS, lalu pilih <b>Tindakan › Perbaiki</b>.",
		Diperbaiki: "Perbaiki menurut alasan BPJS, simpan, lalu pilih <b>Tindakan › Kirim</b>.",
	},
	"LPJ Kegiatan": {
		Draf: "Isi realisasi dan bukti setiap baris serta berita acara serah terima, simpan, lalu pilih <b>Tindakan › Ajukan</b>.",
		Diajukan: "Periksa realisasi, bukti, dan berita acara serah terima, lalu pilih periksa atau kembalikan.",
		"Diperiksa Lurah": "Periksa realisasi, bukti, dan pengembalian sisa dana, lalu terima atau kembalikan.",
		Dikembalikan: LENGKAPI,
	},
	"Pemberitahuan Kecelakaan": {
		Diterima: "Hubungi pelapor, lalu pilih <b>Jadikan Klaim</b>, atau <b>Gabungkan dengan Klaim</b> bila kejadian ini sudah dilaporkan.",
		Ditolak: "Bila ternyata benar kecelakaan kerja, pilih <b>Jadikan Klaim</b>: pemberitahuan ini dibuka kembali.",
	},
	Klaim: {
		Dilaporkan: "Periksa kejadian, saksi, dan dokumen, lalu verifikasi atau kembalikan.",
		"Diverifikasi Lurah": "Periksa pertanggungan dan dokumen, lalu verifikasi atau kembalikan.",
		"Diverifikasi DPMPPA": "Lengkapi dokumen wajib, lalu pilih <b>Tindakan › Ajukan ke BPJS</b>.",
		"Diajukan ke BPJS": "Isi nomor klaim dan nilai disetujui, simpan, lalu setujui atau tolak.",
		"Disetujui BPJS": "Isi tabel Pembayaran BPJS beserta buktinya, simpan, lalu pilih <b>Tindakan › Bayar</b>.",
		"Ditolak BPJS": "Baca keputusan BPJS, perbaiki dokumen atau data, lalu ajukan ulang; atau tutup.",
		Dibayar: "Pastikan keluarga telah menerima, lalu pilih <b>Tindakan › Tutup</b>.",
		Dikembalikan: LENGKAPI,
	},
};
