// The phone forms of the Ketua RT. The page carries the description of its form; see tata_kelola/formulir.py.

import { beranda } from "./formulir/beranda.mjs";
import { h } from "./formulir/dom.mjs";
import { pengguna } from "./formulir/gudang.mjs";
import kecelakaan from "./formulir/isi/kecelakaan.mjs";
import kegiatan from "./formulir/isi/kegiatan.mjs";
import kemajuan from "./formulir/isi/kemajuan.mjs";
import lpj from "./formulir/isi/lpj.mjs";
import musyawarah from "./formulir/isi/musyawarah.mjs";
import undangan from "./formulir/isi/undangan.mjs";
import { jalankan } from "./formulir/wizard.mjs";

const MODUL = {
	"catatan-musyawarah": musyawarah,
	"kegiatan-baru": kegiatan,
	"kemajuan-kegiatan": kemajuan,
	"laporan-kecelakaan": kecelakaan,
	"lpj-kegiatan": lpj,
	"undangan-musyawarah": undangan,
};

const akar = document.getElementById("aplikasi");
const definisi = JSON.parse(document.getElementById("definisi").textContent);

if (!pengguna()) {
	akar.replaceChildren(
		h("main", {}, h("h1", {}, "Kampung Bahagia"), h("p", {}, "Masuklah dahulu untuk melihat isian Anda."), h("a", { class: "tombol utama", href: `/login?redirect-to=${location.pathname}` }, "Masuk"))
	);
} else if (definisi.beranda) {
	beranda(akar, definisi);
} else {
	jalankan(akar, definisi, MODUL[definisi.formulir] || {});
}

// without it the forms still work where there is network
navigator.serviceWorker?.register("/sw.js", { scope: "/ketua-rt" }).catch(() => {});
