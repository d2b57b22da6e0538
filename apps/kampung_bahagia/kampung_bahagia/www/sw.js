// Keeps the pages of the phone forms and their assets on the phone, so that they open without network.
// Kept is only what is the same for everyone: no answer of the server about anyone.

const ASET = "{{ aset }}".split(" ");
const HALAMAN = "{{ halaman }}".split(" ");
const WADAH = "formulir-{{ versi }}";
const TUNGGU = 6000; // milliseconds for which a page may keep a phone waiting that has it already

const simpan = async (wadah, permintaan, jawaban) => {
	// not where a redirection leads, which is the sign-in page
	if (jawaban.ok && !jawaban.redirected) await wadah.put(permintaan, jawaban.clone());
	return jawaban;
};

const ambil = async (wadah, alamat) => {
	try {
		await simpan(wadah, alamat, await fetch(alamat, { credentials: "same-origin" }));
	} catch {
		// it is fetched when it is opened
	}
};

self.addEventListener("install", (kejadian) => {
	kejadian.waitUntil(
		caches.open(WADAH).then(async (wadah) => {
			await wadah.addAll(ASET);
			await Promise.all(HALAMAN.map((alamat) => ambil(wadah, alamat)));
			await self.skipWaiting();
		})
	);
});

self.addEventListener("activate", (kejadian) => {
	kejadian.waitUntil(
		caches
			.keys()
			.then((semua) => Promise.all(semua.filter((w) => w !== WADAH).map((w) => caches.delete(w))))
			.then(() => self.clients.claim())
	);
});

const halaman = async (permintaan) => {
	const wadah = await caches.open(WADAH);
	const alamat = new URL(permintaan.url).pathname;
	const tersimpan = (await wadah.match(alamat)) || (await wadah.match(`${alamat}/new`));
	const jaringan = fetch(permintaan).then((jawaban) => simpan(wadah, alamat, jawaban));
	if (!tersimpan) return jaringan;
	jaringan.catch(() => {});
	const lambat = new Promise((selesai) => setTimeout(selesai, TUNGGU, tersimpan));
	return Promise.race([jaringan.catch(() => tersimpan), lambat]);
};

self.addEventListener("fetch", (kejadian) => {
	const { request: permintaan } = kejadian;
	const { pathname: alamat } = new URL(permintaan.url);
	if (permintaan.method !== "GET") return;
	if (permintaan.mode === "navigate") kejadian.respondWith(halaman(permintaan));
	else if (ASET.includes(alamat)) {
		kejadian.respondWith(caches.match(alamat).then((tersimpan) => tersimpan || fetch(permintaan)));
	}
});
