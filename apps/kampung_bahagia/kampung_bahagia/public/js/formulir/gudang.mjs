// What the phone forms keep on the device, for each user apart: drafts with their photos, the outbox, receipts,
// and the lists of the server that a form chooses from. The server empties it when somebody signs out
// (Clear-Site-Data); what has been sent is deleted at once, a draft that nobody touches after a month.

const NAMA = "kampung-bahagia-formulir";
const SEHARI = 86_400_000;
const UMUR_DRAF = 30 * SEHARI;
const UMUR_PILIHAN = 7 * SEHARI;

let tersambung;
function basis() {
	tersambung ||= new Promise((selesai, gagal) => {
		const permintaan = indexedDB.open(NAMA, 1);
		permintaan.onupgradeneeded = () => {
			const db = permintaan.result;
			for (const [wadah, kunci] of [["draf", "kunci"], ["pilihan", "id"], ["kuitansi", "kunci"]]) {
				db.createObjectStore(wadah, { keyPath: kunci }).createIndex("pengguna", "pengguna");
			}
		};
		permintaan.onsuccess = () => selesai(permintaan.result);
		permintaan.onerror = () => gagal(permintaan.error);
	});
	return tersambung;
}

async function lakukan(wadah, cara, kerja) {
	const db = await basis();
	return new Promise((selesai, gagal) => {
		const transaksi = db.transaction(wadah, cara);
		const permintaan = kerja(transaksi.objectStore(wadah));
		transaksi.oncomplete = () => selesai(permintaan.result);
		transaksi.onerror = transaksi.onabort = () => gagal(transaksi.error);
	});
}

const milik = (wadah, pengguna) => lakukan(wadah, "readonly", (w) => w.index("pengguna").getAll(pengguna));

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
	const ada = await lakukan("draf", "readonly", (w) => w.get(kunci));
	return ada && ada.pengguna === siapa ? ada : null;
}

export const simpan_draf = (isi) => lakukan("draf", "readwrite", (w) => w.put(isi));
export const hapus_draf = (kunci) => lakukan("draf", "readwrite", (w) => w.delete(kunci));

export const simpan_kuitansi = (isi) => lakukan("kuitansi", "readwrite", (w) => w.put(isi));
export const kuitansi = (kunci) => lakukan("kuitansi", "readonly", (w) => w.get(kunci));
export async function semua_kuitansi() {
	const siapa = pengguna();
	return siapa ? (await milik("kuitansi", siapa)).sort((a, b) => b.waktu - a.waktu) : [];
}

export const simpan_pilihan = (siapa, metode, isi) =>
	lakukan("pilihan", "readwrite", (w) =>
		w.put({ id: `${siapa}|${metode}`, pengguna: siapa, waktu: Date.now(), isi })
	);
export async function pilihan(siapa, metode) {
	const ada = await lakukan("pilihan", "readonly", (w) => w.get(`${siapa}|${metode}`));
	return ada && Date.now() - ada.waktu < UMUR_PILIHAN ? ada.isi : null;
}

/** Drop what is too old to be of use, of every user of this device; what waits to be sent stays. */
export async function rapikan() {
	const batas = { draf: UMUR_DRAF, pilihan: UMUR_PILIHAN, kuitansi: UMUR_PILIHAN };
	for (const [wadah, umur] of Object.entries(batas)) {
		const isi = await lakukan(wadah, "readonly", (w) => w.getAll());
		for (const satu of isi) {
			const lama = Date.now() - (satu.diubah || satu.waktu) > umur;
			if (lama && (wadah !== "draf" || satu.keadaan === "draf")) {
				await lakukan(wadah, "readwrite", (w) => w.delete(satu.kunci || satu.id));
			}
		}
	}
}

export async function kosongkan() {
	for (const wadah of ["draf", "pilihan", "kuitansi"]) await lakukan(wadah, "readwrite", (w) => w.clear());
}
