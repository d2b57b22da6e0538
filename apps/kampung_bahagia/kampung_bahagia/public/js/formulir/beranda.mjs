// Start page of the phone: which forms there are, what is unfinished, what waits for the network, what was sent.

import { antrean, jalankan_antrean, kirim_semua, panggil } from "./antrean.mjs";
import { bingkai, pita } from "./bingkai.mjs";
import { alamat_meja, h, tanggal_jam } from "./dom.mjs";
import * as gudang from "./gudang.mjs";

export async function beranda(akar, definisi) {
	const layar = bingkai(akar, definisi.judul, true);
	layar.tindakan();
	await gudang.rapikan();

	const baris = (d, keterangan, ...tombol) =>
		h("li", {}, h("div", {}, h("b", {}, d.judul), h("small", {}, keterangan)), h("div", { class: "deret" }, tombol));
	const buka = (d, kata) => h("a", { class: "tombol garis kecil", href: `${d.alamat}/new#draf=${d.kunci}` }, kata);
	const hapus = (d) =>
		h(
			"button",
			{
				type: "button",
				class: "tautan",
				"aria-label": `Hapus draf ${d.judul}`,
				async onclick() {
					if (!confirm(`Hapus "${d.judul}" dari HP?`)) return;
					await gudang.hapus_draf(d.kunci);
					gambar();
				},
			},
			"Hapus draf"
		);
	const bagian = (judul, isi, ...lain) =>
		isi.length ? h("section", {}, h("h2", {}, judul), lain, h("ul", { class: "daftar" }, isi)) : null;

	async function gambar() {
		const semua = await gudang.semua_draf();
		const menurut = (keadaan) => semua.filter((d) => d.keadaan === keadaan);
		const kuitansi = await gudang.semua_kuitansi();
		layar.tampilkan(
			antrean.keadaan === "masuk" &&
				pita("gagal", "Sesi Anda sudah berakhir. ", h("a", { href: "/login?redirect-to=/ketua-rt" }, "Masuk lagi"), " agar kiriman berjalan."),
			bagian(
				"Perlu diperbaiki",
				menurut("ditolak").map((d) => baris(d, d.pesan, buka(d, "Perbaiki"), hapus(d)))
			),
			bagian(
				antrean.keadaan === "mengirim" ? "Mengirim…" : "Menunggu jaringan",
				menurut("antre").map((d) => baris(d, `Sejak ${tanggal_jam(d.diubah)}`, buka(d, "Lihat"))),
				h("button", { type: "button", class: "tombol garis kecil", onclick: () => kirim_semua(true) }, "Kirim sekarang")
			),
			h(
				"section",
				{},
				h("h2", {}, "Isi formulir"),
				h(
					"ul",
					{ class: "menu" },
					definisi.beranda.map((f) =>
						h("li", {}, h("a", { href: `${f.alamat}/new` }, h("b", {}, f.judul), h("small", {}, f.keterangan)))
					)
				)
			),
			bagian(
				"Draf di HP ini",
				menurut("draf").map((d) => baris(d, `Terakhir diubah ${tanggal_jam(d.diubah)}`, buka(d, "Lanjutkan"), hapus(d)))
			),
			bagian(
				"Sudah terkirim",
				kuitansi.slice(0, 10).map((k) =>
					baris(k, `${k.name}, ${tanggal_jam(k.waktu)}`, h("a", { class: "tombol garis kecil", href: alamat_meja(k) }, "Buka"))
				)
			),
			h(
				"section",
				{ class: "kaki" },
				h("a", { class: "tombol garis", href: "/app" }, "Buka meja kerja"),
				h("button", { type: "button", class: "tautan", onclick: () => keluar(semua.length) }, "Keluar"),
				h("p", { class: "petunjuk" }, "Draf dan foto tersimpan hanya di HP ini, dan terhapus setelah terkirim atau ketika Anda keluar.")
			)
		);
	}

	async function keluar(belum) {
		if (belum && !confirm(`${belum} isian belum terkirim dan akan terhapus dari HP ini. Tetap keluar?`)) return;
		try {
			await panggil("/api/method/logout");
		} catch {
			return alert("Belum keluar: tidak ada jaringan. Coba lagi ketika ada jaringan.");
		}
		await gudang.kosongkan();
		location.href = "/login";
	}

	antrean.addEventListener("berubah", gambar);
	await gambar();
	jalankan_antrean();
}
