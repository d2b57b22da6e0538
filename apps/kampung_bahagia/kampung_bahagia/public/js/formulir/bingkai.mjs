// What every page of the phone forms has around it: the head, the state of the network, the bar for the thumb.

import { antrean } from "./antrean.mjs";
import { h } from "./dom.mjs";
import { pengguna, semua_draf } from "./gudang.mjs";

export const pita = (jenis, ...isi) => h("div", { class: `pita ${jenis}` }, ...isi);

export function bingkai(akar, judul, beranda = false) {
	const isi = h("main", {});
	const tindakan = h("div", { class: "tindakan" });
	const jaringan = h("p", { class: "jaringan", role: "status" });
	const lain = h("p", { class: "jaringan", role: "status" });
	const nyatakan = async () => {
		jaringan.textContent = navigator.onLine ? "" : "Tidak ada jaringan. Isian tetap tersimpan di HP ini.";
		if (beranda) return; // it lists them
		if (!pengguna()) {
			const masuk = h("a", { href: `/login?redirect-to=${encodeURIComponent(location.pathname)}` }, "Masuk lagi");
			return lain.replaceChildren("Sesi Anda sudah berakhir. Isian tetap tersimpan di HP ini. ", masuk);
		}
		const kunci = new URLSearchParams(location.hash.slice(1)).get("draf");
		const semua = (await semua_draf()).filter((d) => d.kunci !== kunci);
		const jumlah = (keadaan) => semua.filter((d) => d.keadaan === keadaan).length;
		const kata = [
			[jumlah("antre"), "isian lain menunggu dikirim"],
			[jumlah("ditolak"), "isian lain perlu diperbaiki"],
		].filter(([n]) => n);
		lain.replaceChildren(
			...(kata.length ? [`${kata.map((satu) => satu.join(" ")).join(", ")}. `, h("a", { href: "/ketua-rt" }, "Lihat")] : [])
		);
	};
	for (const kejadian of ["online", "offline"]) addEventListener(kejadian, nyatakan);
	antrean.addEventListener("berubah", nyatakan);
	nyatakan();
	akar.replaceChildren(
		h(
			"header",
			{},
			h(
				"a",
				{ href: beranda ? "/app" : "/ketua-rt", "aria-label": beranda ? "Ke meja kerja" : "Ke beranda Ketua RT" },
				beranda ? h("img", { src: "/assets/kampung_bahagia/images/logo.svg", alt: "" }) : h("span", { "aria-hidden": "true" }, "‹")
			),
			h("h1", {}, judul)
		),
		jaringan,
		lain,
		isi,
		tindakan
	);
	return {
		nyatakan,
		tampilkan: (...anak) => isi.replaceChildren(...anak.flat(Infinity).filter(Boolean)),
		tindakan(...anak) {
			tindakan.replaceChildren(...anak.filter(Boolean));
			tindakan.hidden = !tindakan.children.length;
		},
	};
}
