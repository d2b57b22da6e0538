// Catat Musyawarah: who came, what was proposed and voted, what was decided. It may be sent several times; the
// server applies what changed since this phone last looked.

import { h, tanggal_kata } from "../dom.mjs";
import { angka } from "../isian.mjs";

const UNSUR = ["Warga", "Perempuan", "Pemuda", "Tokoh Agama", "Tokoh Masyarakat"];
const rapat = ({ data, isi }) => data.terbuka.musyawarah.find((m) => m.name === isi.musyawarah);
const warga = (konteks) => konteks.data.terbuka.warga[rapat(konteks)?.rt] || [];
const jumlah_kk = (konteks) => {
	const kk = new Map(warga(konteks).map((w) => [w.name, w.kk]));
	return new Set((konteks.isi.hadirin || []).map((h) => kk.get(h.warga))).size;
};

/** The residents with a box each, and a search field that stays in sight. */
function daftar_hadir(_kolom, nilai, ubah, _atribut, konteks) {
	const hadir = new Map((nilai || []).map((h) => [h.warga, h]));
	const hitungan = h("p", { class: "hitungan", role: "status" });
	const hitung = () => {
		const m = rapat(konteks);
		const kk = jumlah_kk(konteks);
		const kurang = m.kk_minimum - kk;
		hitungan.textContent = `${hadir.size} orang, ${kk} dari ${m.kk_diundang} KK. ${
			kurang > 0 ? `Kuorum kurang ${kurang} KK.` : "Kuorum tercapai."
		}`;
	};
	const simpan = () => {
		ubah([...hadir.values()]);
		hitung();
	};
	const baris = warga(konteks).map((w) => {
		const unsur = h(
			"select",
			{
				class: "kotak",
				"aria-label": `Unsur ${w.nama}`,
				onchange: () => {
					hadir.get(w.name).unsur = unsur.value;
					simpan();
				},
			},
			UNSUR.map((u) => h("option", {}, u))
		);
		const kotak = h("input", {
			type: "checkbox",
			onchange: () => {
				if (kotak.checked) hadir.set(w.name, { warga: w.name, unsur: unsur.value });
				else hadir.delete(w.name);
				unsur.hidden = !kotak.checked;
				simpan();
			},
		});
		kotak.checked = hadir.has(w.name);
		unsur.hidden = !kotak.checked;
		unsur.value = hadir.get(w.name)?.unsur || (w.perempuan ? "Perempuan" : "Warga");
		return h(
			"li",
			{ "data-cari": w.nama.toLowerCase() },
			h("label", { class: "centang" }, kotak, h("span", {}, w.nama, h("small", {}, `Keluarga ${w.kk}`))),
			unsur
		);
	});
	const cari = h("input", {
		class: "kotak",
		type: "search",
		placeholder: "Cari nama",
		"aria-label": "Cari nama warga",
		oninput: () => {
			const kata = cari.value.trim().toLowerCase();
			for (const satu of baris) satu.hidden = !satu.dataset.cari.includes(kata);
		},
	});
	hitung();
	return h("div", {}, h("div", { class: "lekat" }, cari, hitungan), h("ul", { class: "hadirin" }, baris));
}

export default {
	sumber: { terbuka: "kampung_bahagia.perencanaan.web_form.catatan_musyawarah.catatan_musyawarah.terbuka" },
	langkah_awal: [
		{
			judul: "Musyawarah yang mana",
			keterangan: "",
			kolom: [
				{ nama: "musyawarah", jenis: "Select", label: "Musyawarah", keterangan: "", wajib: true, bawaan: "", pilihan: [] },
			],
		},
	],
	tutup: ({ data }) =>
		data.terbuka.musyawarah.length
			? ""
			: "Belum ada musyawarah yang dapat dicatat. Buat undangannya dahulu, atau tunggu bila musyawarah sedang diperiksa.",
	pokok: "musyawarah",
	terikat: true,
	pilihan: {
		musyawarah: ({ data }) =>
			data.terbuka.musyawarah.map((m) => ({ nilai: m.name, label: m.jenis, keterangan: tanggal_kata(m.tanggal) })),
	},
	tampil(nama, konteks) {
		const jenis = rapat(konteks)?.jenis;
		if (nama === "musyawarah") return true;
		if (konteks.isi.musyawarah && !jenis) return false; // it was sent on or deleted since the draft was begun
		if (nama === "usulan") return jenis === "Prioritas";
		if (nama === "hasil_kesiapan") return jenis === "Kesiapan";
		if (nama === "keputusan") return jenis === "Perubahan" || jenis === "Serah Terima";
		return true;
	},
	isian: { hadirin: daftar_hadir },
	berubah(nama, konteks) {
		if (nama !== "musyawarah") return false;
		const m = rapat(konteks);
		if (!m) return true;
		const { hadirin, usulan, hasil_kesiapan, keputusan, pimpinan, notulen, catatan } = m;
		const dilihat = () => JSON.parse(JSON.stringify({ hadirin, usulan, hasil_kesiapan, keputusan, pimpinan, notulen, catatan }));
		konteks.ubah({ ...dilihat(), semula: dilihat() });
		return true;
	},
	tabel: {
		usulan: {
			sebutan: "Usulan",
			tambah: "Tambah usulan",
			kolom: ["judul", "kategori", "lokasi", "perkiraan_biaya", "foto", "suara", "poin", "keputusan"],
			tampil: (kolom, konteks) =>
				(kolom !== "poin" || konteks.data.terbuka.metode === "Jumlah Poin") &&
				(kolom !== "suara" || konteks.data.terbuka.metode !== "Jumlah Poin"),
		},
	},
	kata: {
		hadirin: (hadirin, konteks) => `${hadirin.length} orang, ${jumlah_kk(konteks)} KK`,
		usulan: (usulan) => `${usulan.length} usulan: ${usulan.map((u) => u.judul).join("; ")}`,
	},
	judul: (isi, konteks) => {
		const m = rapat(konteks);
		return m && `${m.jenis}, ${tanggal_kata(m.tanggal)}`;
	},
	periksa(isi) {
		const hadir = (isi.hadirin || []).length;
		const galat = {};
		(isi.usulan || []).forEach((u, i) => {
			if (angka(u.suara) > hadir) galat[`usulan.${i}.suara`] = `Suara lebih banyak daripada hadirin (${hadir} orang).`;
		});
		return galat;
	},
	berhasil: (hasil) => [
		h("p", {}, hasil.keterangan_kuorum),
		hasil.usulan.length
			? h(
					"ol",
					{},
					hasil.usulan.map((u) =>
						h("li", {}, u.judul, u.seri ? " (seri)" : "", u.keputusan ? h("b", {}, ` ${u.keputusan}`) : "")
					)
				)
			: null,
		h("p", {}, "Catatan dapat ditambah lagi dari formulir ini. Setelah lengkap dengan berita acara dan daftar hadir bertanda tangan, buka musyawarah lalu pilih ", h("b", {}, "Tindakan › Ajukan"), "."),
	],
	buka: "Buka musyawarah",
};
