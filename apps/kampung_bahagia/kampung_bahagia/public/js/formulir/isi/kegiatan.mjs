// Ajukan Kegiatan: from a decided usulan, with its budget.

import { h, rupiah } from "../dom.mjs";
import { angka, deret_foto } from "../isian.mjs";
import { titik } from "../lokasi.mjs";

const nilai_baris = (b) => (angka(b.volume) || 0) * (angka(b.harga_satuan) || 0);
const jumlah_rab = (rab) => rab.reduce((jumlah, b) => jumlah + nilai_baris(b), 0);

export default {
	sumber: { usulan: "kampung_bahagia.perencanaan.layar.usulan_tersedia" },
	tutup: ({ data }) =>
		data.usulan.length
			? ""
			: "Belum ada usulan yang dapat diajukan. Usulan muncul di sini setelah diputuskan musyawarah RT Anda dan disahkan lurah.",
	pokok: "usulan",
	pilihan: {
		usulan({ data: { usulan } }) {
			const satu_rt = new Set(usulan.map((u) => u.rt)).size === 1;
			return usulan.map((u) => ({ nilai: u.usulan, label: u.judul, keterangan: satu_rt ? "" : u.nama_rt }));
		},
	},
	berubah(nama, konteks) {
		if (nama === "konstruksi" || nama === "perlindungan_lain") return true;
		if (nama !== "usulan") return false;
		const { usulan } = konteks.data;
		const { judul } = konteks.isi;
		const u = usulan.find((satu) => satu.usulan === konteks.isi.usulan);
		const judul_sendiri = judul && !usulan.some((satu) => satu.judul === judul);
		if (u) konteks.ubah({ musyawarah: u.musyawarah, rt: u.rt, judul: judul_sendiri ? judul : u.judul });
		return true;
	},
	tampil: (nama, { isi }) =>
		nama === "perlindungan_lain"
			? !isi.konstruksi
			: nama !== "alasan_perlindungan" || (!isi.konstruksi && isi.perlindungan_lain === "Tanpa Risiko Kerja"),
	isian: { foto: deret_foto("foto", { tahap: "Sebelum" }), lintang: titik },
	tabel: {
		rab: {
			sebutan: "Baris",
			tambah: "Tambah baris",
			mulai: true,
			kolom: ["uraian", "jenis", "volume", "satuan", "harga_satuan", "dasar_iuran"],
			ringkas: (b) => rupiah(nilai_baris(b)),
			jumlah: (rab) => `Jumlah: ${rupiah(jumlah_rab(rab))}`,
		},
	},
	kata: {
		foto: (foto) => `${foto.length} foto`,
		lintang: (lintang, { isi }) => `${Number(lintang).toFixed(5)}, ${Number(isi.bujur).toFixed(5)}`,
		rab: (rab) => `${rab.length} baris, ${rupiah(jumlah_rab(rab))}`,
	},
	judul: (isi) => isi.judul,
	periksa: (isi) => ({
		perlindungan_lain: isi.konstruksi || isi.perlindungan_lain ? "" : "Pilih perlindungan lain bagi yang bekerja.",
		alasan_perlindungan: isi.alasan_perlindungan ? "" : "Tulis mengapa pekerjaan ini tanpa risiko kerja.",
		tanggal_selesai:
			isi.tanggal_mulai && isi.tanggal_selesai && isi.tanggal_selesai < isi.tanggal_mulai
				? "Rencana selesai tidak boleh mendahului rencana mulai."
				: "",
		rab: isi.rab?.length && jumlah_rab(isi.rab) <= 0 ? "Isi volume dan harga satuan; jumlahnya masih nol." : "",
	}),
	berhasil: (hasil) => [
		h(
			"p",
			{},
			"Nilai ",
			h("b", {}, rupiah(hasil.nilai_kegiatan)),
			", perkiraan iuran BPJS ",
			h("b", {}, rupiah(hasil.perkiraan_iuran)),
			"."
		),
		h("p", {}, "Berikutnya: buka kegiatan ini, tekan ", h("b", {}, "Tambah Peserta"), ", lalu pilih ", h("b", {}, "Tindakan › Ajukan"), " agar sampai kepada lurah."),
	],
	buka: "Buka kegiatan",
};
