// A point on the map from the phone itself.

import { h } from "./dom.mjs";
import { bagian } from "./isian.mjs";

const PILIHAN = { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 };

/** Control of the field `lintang`; it fills in `bujur` along with it. */
export const titik = (_kolom, _lintang, ubah, _atribut, konteks) =>
	bagian((segarkan) => {
		const { lintang, bujur } = konteks.isi;
		const ada = Number(lintang) || Number(bujur);
		const simpan = (baru) => {
			konteks.ubah({ bujur: baru.bujur });
			ubah(baru.lintang);
			segarkan();
		};
		const keterangan = h(
			"p",
			{ class: "petunjuk", role: "status" },
			ada ? `${Number(lintang).toFixed(5)}, ${Number(bujur).toFixed(5)}` : "Belum ada titik."
		);
		const cari = () => {
			keterangan.textContent = "Mencari lokasi…";
			navigator.geolocation.getCurrentPosition(
				({ coords }) => simpan({ lintang: +coords.latitude.toFixed(6), bujur: +coords.longitude.toFixed(6) }),
				() => {
					keterangan.textContent =
						"Lokasi tidak dapat dibaca. Nyalakan lokasi HP dan beri izin, atau lanjutkan tanpa titik.";
				},
				PILIHAN
			);
		};
		return [
			keterangan,
			navigator.geolocation && h("button", { type: "button", class: "tombol garis", onclick: cari }, "Pakai lokasi saya"),
			ada &&
				h("button", { type: "button", class: "tautan", onclick: () => simpan({ lintang: "", bujur: "" }) }, "Hapus titik"),
		];
	});
