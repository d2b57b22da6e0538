// Undang Musyawarah: the invitation, then its text for WhatsApp.

import { h } from "../dom.mjs";

const BERKEGIATAN = ["Perubahan", "Serah Terima"];
const rt = ({ data, isi }) => data.pilihan.rt.find((r) => r.name === isi.rt);
const kegiatan = ({ data, isi }) =>
	data.pilihan.kegiatan.filter((k) => k.rt === isi.rt && k.jenis.includes(isi.jenis));

export default {
	sumber: { pilihan: "kampung_bahagia.perencanaan.web_form.undangan_musyawarah.undangan_musyawarah.pilihan" },
	tutup: ({ data }) =>
		data.pilihan.rt.length ? "" : "Undangan musyawarah dibuat oleh Ketua RT. Anda tidak menjabat Ketua RT saat ini.",
	awal: (data) => {
		const [satu, ...lain] = data.pilihan.rt;
		return satu && !lain.length ? { rt: satu.name, kk_diundang: satu.jumlah_kk || "", jenis: "Prioritas" } : {};
	},
	pilihan: {
		rt: ({ data }) => data.pilihan.rt.map((r) => ({ nilai: r.name, label: r.judul })),
		kegiatan: (konteks) => kegiatan(konteks).map((k) => ({ nilai: k.name, label: k.judul })),
	},
	tampil: (nama, { data, isi }) =>
		nama === "kegiatan" ? BERKEGIATAN.includes(isi.jenis) : nama !== "rt" || data.pilihan.rt.length > 1,
	berubah(nama, konteks) {
		if (nama !== "rt" && nama !== "jenis") return false;
		konteks.ubah({ kegiatan: "" });
		if (nama === "rt") konteks.ubah({ kk_diundang: rt(konteks)?.jumlah_kk || "" });
		return true;
	},
	periksa: (isi, konteks) => ({
		kegiatan: !isi.kegiatan && BERKEGIATAN.includes(isi.jenis)
			? kegiatan(konteks).length
				? "Pilih kegiatan yang dibahas."
				: `Belum ada kegiatan yang dapat dibahas dalam musyawarah ${isi.jenis}.`
			: "",
		kk_diundang: isi.kk_diundang === 0 ? "Jumlah KK yang diundang belum diisi." : "",
	}),
	judul: (isi) => isi.jenis,
	berhasil: (hasil) => [
		h("p", {}, "Bagikan undangan ini kepada warga:"),
		h("pre", { class: "surat" }, hasil.teks),
		h("a", { class: "tombol utama", href: hasil.tautan, rel: "noopener" }, "Bagikan lewat WhatsApp"),
	],
	buka: "Buka musyawarah",
};
