// Catat Kemajuan: how far the work has come, with a photo.

import { h } from "../dom.mjs";

const hari_ini = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Jakarta" }); // YYYY-MM-DD
const kegiatan = ({ data, isi }) => data.berjalan.find((k) => k.name === isi.kegiatan);

export default {
	sumber: { berjalan: "kampung_bahagia.perencanaan.web_form.kemajuan_kegiatan.kemajuan_kegiatan.berjalan" },
	tutup: ({ data }) =>
		data.berjalan.length ? "" : "Belum ada kegiatan yang berjalan. Kemajuan dicatat setelah kegiatan dimulai.",
	awal: (data) => ({ tanggal: hari_ini(), ...(data.berjalan.length === 1 ? { kegiatan: data.berjalan[0].name } : {}) }),
	pokok: "kegiatan",
	pilihan: {
		kegiatan: ({ data }) =>
			data.berjalan.map((k) => ({ nilai: k.name, label: k.judul, keterangan: `${k.name}, terakhir ${k.kemajuan}%` })),
	},
	judul: (isi, konteks) => kegiatan(konteks)?.judul,
	periksa(isi, konteks) {
		const lama = kegiatan(konteks)?.kemajuan || 0;
		return {
			tanggal: isi.tanggal > hari_ini() ? "Tanggal kemajuan tidak boleh sesudah hari ini." : "",
			persen: isi.persen > 100 ? "Kemajuan paling besar 100%." : "",
			catatan:
				isi.persen !== "" && isi.persen < lama && isi.tanggal === hari_ini() && !isi.catatan
					? `Kemajuan turun dari ${lama}%. Tulis sebabnya.`
					: "",
		};
	},
	berhasil: (hasil) => [h("p", {}, "Kemajuan kegiatan sekarang ", h("b", {}, `${hasil.kemajuan}%`), ".")],
	buka: "Buka catatan kemajuan",
};
