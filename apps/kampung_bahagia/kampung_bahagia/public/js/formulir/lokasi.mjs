// A point on the map from the phone itself.

import { h } from "./dom.mjs";

const PILIHAN = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 };

/** Control of the field `lintang`; it fills in `bujur` along with it. */
export function titik(_kolom, lintang, ubah, _atribut, konteks) {
	const ada = Number(lintang) || Number(konteks.isi.bujur);
	const keterangan = h(
		"p",
		{ class: "petunjuk", role: "status" },
		ada ? `${Number(lintang).toFixed(5)}, ${Number(konteks.isi.bujur).toFixed(5)}` : "Belum ada titik."
	);
	const cari = () => {
		keterangan.textContent = "Mencari lokasi…";
		navigator.geolocation.getCurrentPosition(
			({ coords }) => {
				konteks.ubah({ bujur: +coords.longitude.toFixed(6) });
				ubah(+coords.latitude.toFixed(6));
				konteks.gambar_ulang();
			},
			() => {
				keterangan.textContent =
					"Lokasi tidak dapat dibaca. Nyalakan lokasi HP dan beri izin, atau lanjutkan tanpa titik.";
			},
			PILIHAN
		);
	};
	return h(
		"div",
		{},
		keterangan,
		navigator.geolocation && h("button", { type: "button", class: "tombol garis", onclick: cari }, "Pakai lokasi saya"),
		ada
			? h(
					"button",
					{ type: "button", class: "tautan", onclick: () => (konteks.ubah({ lintang: "", bujur: "" }), konteks.gambar_ulang()) },
					"Hapus titik"
				)
			: null
	);
}
