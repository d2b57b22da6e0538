// The outbox. A document waits here from "Kirim" until the server has answered; it is sent with the key of its
// draft, so that the server knows it again when only the answer was lost.

import * as gudang from "./gudang.mjs";

const METODE = "/api/method/kampung_bahagia.tata_kelola.kiriman";
const JEDA = 4000; // milliseconds before the second attempt; doubled after each
const JEDA_TERPANJANG = 300_000;
const BATAS_WAKTU = 90_000;
const GALAT_TERBANYAK = 5; // answers that say that the server itself failed

/** Events: "berubah" (something in the outbox), and `keadaan`: "", "luring", "mengirim", "masuk". */
export const antrean = Object.assign(new EventTarget(), { keadaan: "" });
const kabari = (keadaan) => {
	antrean.keadaan = keadaan ?? antrean.keadaan;
	antrean.dispatchEvent(new Event("berubah"));
};

/**
 * An answer of the server as JSON. Throws the answer with its `status`, or an error without one: no network, or an
 * answer that was cut off on its way or comes from somebody else, such as the sign-in page of a public hotspot.
 */
export async function panggil(alamat, pilihan = {}) {
	const batal = new AbortController();
	const jam = setTimeout(() => batal.abort(), BATAS_WAKTU);
	try {
		const jawaban = await fetch(alamat, { credentials: "same-origin", signal: batal.signal, ...pilihan });
		const isi = await (jawaban.ok ? jawaban.json() : jawaban.json().catch(() => ({})));
		if (!jawaban.ok) throw Object.assign(new Error(pesan_server(isi)), { status: jawaban.status, isi });
		return isi;
	} finally {
		clearTimeout(jam);
	}
}

/** The words of the server to its user, without markup. */
function pesan_server(isi) {
	let semua = [];
	try {
		semua = JSON.parse(isi._server_messages || "[]").map((satu) => JSON.parse(satu).message);
	} catch {
		// another shape of an answer
	}
	const teks = semua.length ? semua.join("\n") : "Kiriman tidak dapat diterima. Periksa isian, lalu kirim lagi.";
	return new DOMParser().parseFromString(teks.replace(/<(br|li|p)\b/g, "\n<$1"), "text/html").body.textContent.trim();
}

/** The fields with each photo replaced by the name of its part, and the photos. */
export function pisahkan_foto(isi) {
	const foto = [];
	const ganti = (nilai) => {
		if (nilai instanceof Blob) return `berkas:${foto.push(nilai) - 1}`;
		if (Array.isArray(nilai)) return nilai.map(ganti);
		if (nilai && typeof nilai === "object") {
			return Object.fromEntries(Object.entries(nilai).map(([k, v]) => [k, ganti(v)]));
		}
		return nilai;
	};
	return { isi: ganti(isi), foto };
}

let jadwal;
function jadwalkan(waktu) {
	clearTimeout(jadwal);
	jadwal = setTimeout(kirim_semua, Math.max(0, waktu - Date.now()));
}

async function tunda(dokumen) {
	dokumen.percobaan = (dokumen.percobaan || 0) + 1;
	dokumen.berikutnya = Date.now() + Math.min(JEDA * 2 ** (dokumen.percobaan - 1), JEDA_TERPANJANG);
	await gudang.simpan_draf(dokumen);
}

const bersama = (kerja) => (navigator.locks ? navigator.locks.request("antrean-formulir", kerja) : kerja());

/** Send what waits and is due; `segera`: also what would wait for its next attempt. */
export function kirim_semua(segera = false) {
	return bersama(async () => {
		const siapa = gudang.pengguna();
		if (!siapa) return kabari("masuk");
		const menunggu = (await gudang.semua_draf(siapa)).filter((d) => d.keadaan === "antre").reverse();
		if (!menunggu.length) return kabari("");
		if (!navigator.onLine) return kabari("luring");
		const jatuh_tempo = menunggu.filter((d) => segera === true || (d.berikutnya || 0) <= Date.now());
		if (jatuh_tempo.length) {
			kabari("mengirim");
			kabari(await kirim_menurut_sesi(siapa, jatuh_tempo));
		}
		const sisa = (await gudang.semua_draf(siapa)).filter((d) => d.keadaan === "antre");
		if (sisa.length && antrean.keadaan !== "masuk") jadwalkan(Math.min(...sisa.map((d) => d.berikutnya || 0)));
	});
}

async function kirim_menurut_sesi(siapa, dokumen) {
	let sesi;
	try {
		sesi = (await panggil(`${METODE}.sesi`)).message;
	} catch (galat) {
		if (galat.status === 401 || galat.status === 403) return "masuk";
		for (const satu of dokumen) await tunda(satu);
		return "luring";
	}
	if (sesi.pengguna !== siapa) return "masuk";
	let keadaan = "";
	for (const satu of dokumen) keadaan = (await kirim_satu(satu, sesi.token)) || keadaan;
	return keadaan;
}

/** Counts a failure of the server (or of the token, 400), which another attempt may find mended. */
function masih_dicoba(dokumen, status) {
	if (status < 500 && status !== 400) return false;
	dokumen.galat_server = (dokumen.galat_server || 0) + 1;
	return dokumen.galat_server < GALAT_TERBANYAK;
}

/** Send one document; "luring" when it has to wait, "masuk" when the session ended. */
async function kirim_satu({ kunci }, token) {
	const dokumen = await gudang.draf(kunci);
	if (dokumen?.keadaan !== "antre") return ""; // taken back meanwhile
	const { isi, foto } = pisahkan_foto(dokumen.isi);
	const badan = new FormData();
	badan.append("kunci", dokumen.kunci);
	badan.append("formulir", dokumen.formulir);
	badan.append("isi", JSON.stringify(isi));
	foto.forEach((satu, i) => badan.append(`berkas-${i}`, satu, satu.name || `foto-${i}.jpg`));
	let jawaban;
	try {
		jawaban = (
			await panggil(`${METODE}.kirim`, {
				method: "POST",
				body: badan,
				headers: { "X-Frappe-CSRF-Token": token, Accept: "application/json" },
			})
		).message;
	} catch (galat) {
		if (galat.status === 409 && galat.isi?.terkirim) {
			jawaban = { ...galat.isi.terkirim, hasil: {}, catatan: galat.message };
		} else if (galat.isi?.session_expired) {
			return "masuk";
		} else if (!galat.status || [408, 429].includes(galat.status) || masih_dicoba(dokumen, galat.status)) {
			await tunda(dokumen);
			return "luring";
		} else {
			Object.assign(dokumen, {
				keadaan: "ditolak",
				pesan:
					galat.status === 413
						? "Kiriman terlalu besar. Kurangi foto atau berkas."
						: galat.status >= 500
							? "Server bermasalah. Kirim lagi nanti; bila tetap gagal, hubungi Admin Kampung Bahagia."
							: galat.message,
				galat_server: 0,
				terpakai: galat.status === 410, // by a document that is gone; only its sender may want another
				kolom: galat.isi?.kolom || [],
			});
			await gudang.simpan_draf(dokumen);
			return "";
		}
	}
	await gudang.simpan_kuitansi({
		kunci: dokumen.kunci,
		pengguna: dokumen.pengguna,
		formulir: dokumen.formulir,
		judul: dokumen.judul,
		waktu: Date.now(),
		...jawaban,
	});
	await gudang.hapus_draf(dokumen.kunci);
	return "";
}

/** The key of a new draft (a UUID; older phones have no crypto.randomUUID). */
export function kunci_baru() {
	const b = crypto.getRandomValues(new Uint8Array(16));
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	const x = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
	return [x.slice(0, 8), x.slice(8, 12), x.slice(12, 16), x.slice(16, 20), x.slice(20)].join("-");
}

export function jalankan_antrean() {
	addEventListener("online", () => kirim_semua(true));
	addEventListener("offline", () => kirim_semua());
	document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && kirim_semua(true));
	return kirim_semua(true);
}
