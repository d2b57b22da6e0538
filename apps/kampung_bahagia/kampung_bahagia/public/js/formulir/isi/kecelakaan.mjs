// Lapor Kecelakaan: the report that starts a claim.

import { h, tanggal_kata } from "../dom.mjs";

const JENIS_KEJADIAN = [
	{ nilai: "JKK Perawatan", label: "Luka atau sakit karena kecelakaan kerja" },
	{ nilai: "JKK Meninggal", label: "Meninggal karena kecelakaan kerja" },
	{ nilai: "JKM", label: "Meninggal, bukan karena kecelakaan kerja" },
];
// asked of an accident only
const KECELAKAAN = ["dalam_perjalanan", "di_luar_lokasi", "lalu_lintas"];
const sekarang_wib = () =>
	new Date().toLocaleString("sv-SE", { timeZone: "Asia/Jakarta" }).slice(0, 16); // YYYY-MM-DD HH:MM

const nama_sendiri = () => {
	const cocok = document.cookie.match(/(?:^|; )full_name=([^;]*)/);
	return cocok ? decodeURIComponent(cocok[1]) : "";
};
const peserta = ({ data, isi }) => data.kegiatan.find((k) => k.kegiatan === isi.kegiatan)?.peserta || [];

export default {
	sumber: { kegiatan: "kampung_bahagia.klaim.layar.peserta_tersedia" },
	tutup: ({ data }) =>
		data.kegiatan.length
			? ""
			: "Belum ada peserta kegiatan yang dapat Anda laporkan. Daftarkan dahulu peserta pada kegiatan RT Anda, atau hubungi lurah.",
	awal: (data) => ({
		nama_pelapor: nama_sendiri(),
		...(data.kegiatan.length === 1 ? { kegiatan: data.kegiatan[0].kegiatan } : {}),
	}),
	pokok: "peserta",
	pilihan: {
		kegiatan: ({ data }) => data.kegiatan.map((k) => ({ nilai: k.kegiatan, label: k.judul, keterangan: k.kegiatan })),
		peserta: (konteks) => peserta(konteks).map((p) => ({ nilai: p.name, label: p.nama })),
		jenis: () => JENIS_KEJADIAN,
	},
	tampil(nama, { isi }) {
		if (KECELAKAAN.includes(nama)) return isi.jenis !== "JKM";
		return nama !== "peserta" || Boolean(isi.kegiatan);
	},
	berubah(nama, konteks) {
		if (nama !== "kegiatan") return false;
		konteks.ubah({ peserta: "" });
		return true;
	},
	judul: (isi, konteks) => peserta(konteks).find((p) => p.name === isi.peserta)?.nama,
	periksa: (isi) => ({
		waktu_kejadian:
			isi.waktu_kejadian && isi.waktu_kejadian > sekarang_wib() ? "Waktu kejadian tidak boleh sesudah saat ini." : "",
	}),
	berhasil: (hasil) => [
		h("p", {}, "Catat nomor ini. Penilaian awal pertanggungan: ", h("b", {}, hasil.status_pertanggungan), "."),
		hasil.batas_tahap_satu // a death that was no accident has none
			? h(
					"p",
					{},
					hasil.terlambat
						? `Batas lapor Tahap I (${tanggal_kata(hasil.batas_tahap_satu)}) sudah lewat. ${hasil.akibat_terlambat}`
						: `Batas lapor Tahap I ke BPJS: ${tanggal_kata(hasil.batas_tahap_satu)}.`
				)
			: null,
		h(
			"p",
			{},
			"Berikutnya: lurah memeriksa laporan ini, lalu DPMPPA meneruskannya kepada BPJS.",
			hasil.dokumen_kurang ? ` Sambil menunggu, lengkapi ${hasil.dokumen_kurang} dokumen wajib.` : ""
		),
	],
	buka: "Lengkapi dokumen",
};
