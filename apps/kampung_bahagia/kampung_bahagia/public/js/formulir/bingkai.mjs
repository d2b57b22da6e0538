// What every page of the phone forms has around it: the head, the state of the network, the bar for the thumb.

import { antrean } from "./antrean.mjs";
import { h } from "./dom.mjs";

export const pita = (jenis, ...isi) => h("div", { class: `pita ${jenis}` }, ...isi);

export function bingkai(akar, judul, beranda = false) {
	const isi = h("main", {});
	const tindakan = h("div", { class: "tindakan" });
	const jaringan = h("p", { class: "jaringan", role: "status" });
	const nyatakan = () => {
		jaringan.textContent = navigator.onLine ? "" : "Tidak ada jaringan. Isian tetap tersimpan di HP ini.";
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
		isi,
		tindakan
	);
	return {
		tampilkan: (...anak) => isi.replaceChildren(...anak.flat(Infinity).filter(Boolean)),
		tindakan(...anak) {
			tindakan.replaceChildren(...anak.filter(Boolean));
			tindakan.hidden = !tindakan.children.length;
		},
	};
}
