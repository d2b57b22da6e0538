// What the phone forms keep on the device, for each user apart: drafts with their photos, the outbox, receipts,
// and the lists of the server that a form chooses from. The server empties it when somebody signs out
// (Clear-Site-Data); what has been sent is deleted at once, a draft that nobody touches after a month.
//
// A device may refuse to keep anything: its storage is full, or its browser is in private mode. What it refuses
// lives as long as the page, which then says so.

const NAMA = "kampung-bahagia-formulir";
const SEHARI = 86_400_000;
const UMUR_DRAF = 30 * SEHARI;
const UMUR_PILIHAN = 7 * SEHARI;
const KUNCI = { draf: "kunci", pilihan: "id", kuitansi: "kunci" };
const BATAS_BUKA = 5000; // milliseconds; some browsers never answer

/** By store and key: what the device did not take. null: what it did not delete. */
const ingatan = { draf: new Map(), pilihan: new Map(), kuitansi: new Map() };

/** Event "berubah"; `sebab`: why the device keeps no draft, "penuh" or "tertutup"; "" while it does. */
export const simpanan = Object.assign(new EventTarget(), { sebab: "" });

function tepat_waktu(janji) {
	return Promise.race([
		janji,
		new Promise((_, gagal) => setTimeout(() => gagal(new Error("IndexedDB does not answer")), BATAS_BUKA)),
	]);
}

let tersambung;
let buntu = false; // this browser has no database for us
function basis() {
	tersambung ||= tepat_waktu(
		new Promise((selesai, gagal) => {
			const permintaan = indexedDB.open(NAMA, 1);
			permintaan.onupgradeneeded = () => {
				for (const [wadah, kunci] of Object.entries(KUNCI)) {
					permintaan.result.createObjectStore(wadah, { keyPath: kunci }).createIndex("pengguna", "pengguna");
				}
			};
			permintaan.onsuccess = () => {
				const db = permintaan.result;
				db.onclose = () => (tersambung = null);
				db.onversionchange = () => db.close();
				selesai(db);
			};
			permintaan.onerror = () => gagal(permintaan.error);
		})
	).catch((galat) => {
		buntu = true;
		nyatakan("tertutup");
		throw galat;
	});
	return tersambung;
}

async function lakukan(wadah, cara, kerja) {
	const db = await basis();
	return new Promise((selesai, gagal) => {
		const transaksi = db.transaction(wadah, cara);
		const permintaan = kerja(transaksi.objectStore(wadah));
		// kept also when the page ends before it could hear that it was: a write of its last moment otherwise is not
		if (cara === "readwrite") transaksi.commit?.();
		transaksi.oncomplete = () => selesai(permintaan.result);
		transaksi.onerror = transaksi.onabort = () => gagal(transaksi.error);
	});
}

/** As `lakukan`, once more over a new connection when a phone has closed the old one behind the page's back. */
async function lakukan_teguh(wadah, cara, kerja) {
	try {
		return await lakukan(wadah, cara, kerja);
	} catch (galat) {
		if (galat?.name !== "InvalidStateError") throw galat;
		tersambung = null;
		return lakukan(wadah, cara, kerja);
	}
}

/** Whether something typed would be lost with this page. */
export const hanya_di_halaman = () => [...ingatan.draf.values()].some(Boolean);

function nyatakan(sebab) {
	const baru = buntu ? "tertutup" : hanya_di_halaman() ? sebab : "";
	if (baru === simpanan.sebab) return;
	simpanan.sebab = baru;
	simpanan.dispatchEvent(new Event("berubah"));
}

async function ubah(wadah, kunci, isi, kerja) {
	try {
		await lakukan_teguh(wadah, "readwrite", kerja);
		ingatan[wadah].delete(kunci);
		nyatakan(simpanan.sebab);
	} catch (galat) {
		ingatan[wadah].set(kunci, isi);
		nyatakan(galat?.name === "QuotaExceededError" ? "penuh" : "tertutup");
	}
}

const taruh = (wadah, isi) => ubah(wadah, isi[KUNCI[wadah]], { ...isi }, (w) => w.put(isi));
const hapus = (wadah, kunci) => ubah(wadah, kunci, null, (w) => w.delete(kunci));

async function ambil(wadah, kunci) {
	if (ingatan[wadah].has(kunci)) return ingatan[wadah].get(kunci);
	return lakukan_teguh(wadah, "readonly", (w) => w.get(kunci)).catch(() => null);
}

async function milik(wadah, pengguna) {
	const tersimpan = await lakukan_teguh(wadah, "readonly", (w) => w.index("pengguna").getAll(pengguna)).catch(() => []);
	const teringat = [...ingatan[wadah].values()].filter((satu) => satu?.pengguna === pengguna);
	return [...tersimpan.filter((satu) => !ingatan[wadah].has(satu[KUNCI[wadah]])), ...teringat];
}

/** Who is signed in, as far as the browser knows without network; null for nobody. */
export function pengguna() {
	const cocok = document.cookie.match(/(?:^|; )user_id=([^;]*)/);
	const nama = cocok && decodeURIComponent(cocok[1]);
	return nama && nama !== "Guest" ? nama : null;
}

/** All drafts and waiting documents of the user, the newest first. */
export async function semua_draf(siapa = pengguna()) {
	return siapa ? (await milik("draf", siapa)).sort((a, b) => b.diubah - a.diubah) : [];
}

/** One draft, if it is the user's own. */
export async function draf(kunci, siapa = pengguna()) {
	const ada = await ambil("draf", kunci);
	return ada && ada.pengguna === siapa ? ada : null;
}

export async function simpan_draf(isi) {
	await taruh("draf", isi);
	minta_tetap();
}
export const hapus_draf = (kunci) => hapus("draf", kunci);

export const simpan_kuitansi = (isi) => taruh("kuitansi", isi);
export const kuitansi = (kunci) => ambil("kuitansi", kunci);
export async function semua_kuitansi() {
	const siapa = pengguna();
	return siapa ? (await milik("kuitansi", siapa)).sort((a, b) => b.waktu - a.waktu) : [];
}

export const simpan_pilihan = (siapa, metode, isi) =>
	taruh("pilihan", { id: `${siapa}|${metode}`, pengguna: siapa, waktu: Date.now(), isi });
export async function pilihan(siapa, metode) {
	const ada = await ambil("pilihan", `${siapa}|${metode}`);
	return ada && Date.now() - ada.waktu < UMUR_PILIHAN ? ada.isi : null;
}

/** Drop what is too old to be of use, of every user of this device; what waits to be sent stays. */
export async function rapikan() {
	const batas = { draf: UMUR_DRAF, pilihan: UMUR_PILIHAN, kuitansi: UMUR_PILIHAN };
	for (const [wadah, umur] of Object.entries(batas)) {
		const isi = await lakukan_teguh(wadah, "readonly", (w) => w.getAll()).catch(() => []);
		for (const satu of isi) {
			const lama = Date.now() - (satu.diubah || satu.waktu) > umur;
			if (lama && (wadah !== "draf" || satu.keadaan === "draf")) await hapus(wadah, satu[KUNCI[wadah]]);
		}
	}
}

export async function kosongkan() {
	for (const wadah of Object.keys(KUNCI)) {
		ingatan[wadah].clear();
		await lakukan_teguh(wadah, "readwrite", (w) => w.clear()).catch(() => {});
	}
}

const TANDA_TETAP = `${NAMA}-tetap`;
/** Ask the browser, once, not to throw the drafts away when the phone runs short of room. */
function minta_tetap() {
	try {
		if (localStorage.getItem(TANDA_TETAP)) return;
		localStorage.setItem(TANDA_TETAP, "1");
		navigator.storage?.persist?.().catch(() => {});
	} catch {
		// a browser that keeps nothing has nothing to promise
	}
}
