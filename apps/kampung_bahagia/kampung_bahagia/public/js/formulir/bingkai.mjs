// What every page of the phone forms has around it: the head, the state of the network, the bar for the thumb.

import { antrean } from "./antrean.mjs";
import { h } from "./dom.mjs";
import { hanya_di_halaman, pengguna, semua_draf, simpanan } from "./gudang.mjs";

const SIMPANAN = {
	penuh: "Penyimpanan HP penuh: isian terakhir belum tersimpan. Jangan tutup halaman ini sebelum terkirim; hapus foto atau berkas lain dari HP, lalu teruskan mengisi.",
	tertutup:
		"Peramban ini tidak dapat menyimpan isian di HP, misalnya karena mode penyamaran. Isian tetap dapat dikirim, tetapi jangan tutup halaman ini sebelum terkirim.",
};
/** Where the answers are while they wait. */
export const tempat_isian = () =>
	simpanan.sebab ? "Isian hanya ada di halaman ini: jangan tutup." : "Isian tetap tersimpan di HP ini.";

/** Attributes of a link to the sign-in page and back to `alamat`; beside this page when it would be lost with it. */
export const tautan_masuk = (alamat) => ({
	href: `/login?redirect-to=${encodeURIComponent(alamat)}`,
	...(hanya_di_halaman() ? { target: "_blank" } : {}),
});

function tahan(kejadian) {
	if (!hanya_di_halaman()) return;
	kejadian.preventDefault();
	kejadian.returnValue = ""; // older browsers
}

export const pita = (jenis, ...isi) => h("div", { class: `pita ${jenis}` }, ...isi);

export function bingkai(akar, judul, beranda = false) {
	const isi = h("main", {});
	const tindakan = h("div", { class: "tindakan", hidden: true });
	const jaringan = h("p", { class: "jaringan", role: "status" });
	const lain = h("p", { class: "jaringan", role: "status" });
	const simpan = h("p", { class: "jaringan", role: "alert" });
	const nyatakan = async () => {
		jaringan.textContent = navigator.onLine ? "" : `Tidak ada jaringan. ${tempat_isian()}`;
		simpan.textContent = SIMPANAN[simpanan.sebab] || "";
		if (beranda) return; // it lists them
		if (!pengguna()) {
			const masuk = h("a", tautan_masuk(location.pathname), "Masuk lagi");
			return lain.replaceChildren(`Sesi Anda sudah berakhir. ${tempat_isian()} `, masuk);
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
	simpanan.addEventListener("berubah", () => {
		nyatakan();
		// only then: a page that asks before it closes is opened anew each time one comes back to it
		(simpanan.sebab ? addEventListener : removeEventListener)("beforeunload", tahan);
	});
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
		simpan,
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
