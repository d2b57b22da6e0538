// Susun LPJ: what each line of the budget really cost, with its receipt. It may be sent several times.
// Sums as in aturan/pertanggungjawaban.py.

import { h, rupiah } from "../dom.mjs";
import { angka } from "../isian.mjs";

const kegiatan = ({ data, isi }) => data.kegiatan.find((k) => k.name === isi.kegiatan);
const jumlah = (baris, kolom) => baris.reduce((n, b) => n + (angka(b[kolom]) || 0), 0);
/** The residents' own share is spent first; what is left over is the programme's money. */
function sisa(baris, konteks) {
	const swadaya = Number(kegiatan(konteks)?.swadaya) || 0;
	const realisasi = jumlah(baris, "realisasi");
	const sisa_program = jumlah(baris, "anggaran") - swadaya - Math.max(realisasi - swadaya, 0);
	return [
		`Realisasi ${rupiah(realisasi)}`,
		swadaya && `Swadaya ${rupiah(swadaya)} terpakai lebih dahulu`,
		`Sisa dana program ${rupiah(sisa_program)}`,
	]
		.filter(Boolean)
		.join("\n");
}

export default {
	sumber: { kegiatan: "kampung_bahagia.perencanaan.web_form.lpj_kegiatan.lpj_kegiatan.dapat_dilaporkan" },
	tutup: ({ data }) =>
		data.kegiatan.length
			? ""
			: "Belum ada kegiatan yang dipertanggungjawabkan. LPJ disusun setelah kegiatan dimulai, sampai diajukan kepada lurah.",
	pokok: "kegiatan",
	terikat: true,
	pilihan: { kegiatan: ({ data }) => data.kegiatan.map((k) => ({ nilai: k.name, label: k.judul, keterangan: k.name })) },
	berubah(nama, konteks) {
		if (nama !== "kegiatan") return false;
		const k = kegiatan(konteks);
		if (k) konteks.ubah({ realisasi: k.baris.map((b) => ({ ...b })), uraian_pelaksanaan: k.uraian_pelaksanaan });
		return true;
	},
	tabel: {
		realisasi: {
			tetap: true,
			kolom: ["realisasi", "bukti", "keterangan"],
			nama_baris: (b) => b.uraian,
			ringkas: (b) => `Anggaran ${rupiah(b.anggaran)}${b.ada_bukti && !b.bukti ? "; bukti sudah ada" : ""}`,
			jumlah: sisa,
		},
	},
	kata: { realisasi: sisa },
	judul: (isi, konteks) => kegiatan(konteks)?.judul,
	periksa: (isi) => ({
		realisasi:
			jumlah(isi.realisasi || [], "realisasi") > jumlah(isi.realisasi || [], "anggaran")
				? "Jumlah realisasi melebihi jumlah anggaran."
				: "",
	}),
	berhasil: (hasil) => [
		h("p", {}, `Realisasi ${rupiah(hasil.jumlah_realisasi)} dari ${rupiah(hasil.jumlah_anggaran)}, sisa dana program ${rupiah(hasil.sisa)}.`),
		h("p", {}, "LPJ dapat dilengkapi lagi dari formulir ini. Setelah serah terima, buka LPJ lalu pilih ", h("b", {}, "Tindakan › Ajukan"), "."),
	],
	buka: "Buka LPJ",
};
