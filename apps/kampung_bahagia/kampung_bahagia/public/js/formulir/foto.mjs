// A photo of a phone has several megabytes; a poor network and the file need a twentieth of that. A PDF goes as it is.

const SISI_TERPANJANG = 1280; // pixels
const TERBESAR = 300_000; // bytes
const ASLI_TERBESAR = 60_000_000; // bytes; beyond it an inexpensive phone has no memory to read the photo

export const megabita = (bita) => `${Math.floor(bita / 100_000) / 10} MB`.replace(".", ",");

/**
 * What the form keeps of a file that was chosen: a photo made small, or, where `pdf` may come along, a PDF of at
 * most `terbesar` bytes. Throws an Error with the words for the user.
 */
export async function siapkan(berkas, pdf, terbesar) {
	if (!berkas.size) throw new Error(`${berkas.name}: berkas ini kosong. Bila tersimpan di awan, unduh dahulu.`);
	if (berkas.type === "application/pdf" || /\.pdf$/i.test(berkas.name)) {
		if (!pdf) throw new Error(`${berkas.name}: di sini hanya foto, bukan PDF.`);
		if (berkas.size > terbesar) {
			throw new Error(
				`${berkas.name}: PDF ${megabita(berkas.size)} terlalu besar, paling besar ${megabita(terbesar)}. Foto saja lembarnya.`
			);
		}
		const isi = await berkas.arrayBuffer(); // a copy: the phone may move the original
		if (!new TextDecoder("latin1").decode(isi.slice(0, 5)).startsWith("%PDF-")) {
			throw new Error(`${berkas.name}: PDF ini rusak. Pilih berkas lain.`);
		}
		return new File([isi], berkas.name, { type: "application/pdf" });
	}
	if (berkas.size > ASLI_TERBESAR) {
		throw new Error(`${berkas.name}: foto ${megabita(berkas.size)} terlalu besar. Pilih foto lain.`);
	}
	try {
		return await perkecil(berkas);
	} catch {
		const heic = /hei[cf]/i.test(berkas.type) || /\.hei[cf]$/i.test(berkas.name);
		throw new Error(
			heic
				? `${berkas.name}: foto HEIC tidak terbaca di HP ini. Atur kamera ke format JPEG, lalu foto lagi.`
				: `${berkas.name}: bukan foto yang dapat dibaca, atau rusak. Pilih foto lain.`
		);
	}
}

const jadi_jpeg = (kanvas, mutu) => new Promise((selesai) => kanvas.toBlob(selesai, "image/jpeg", mutu));

/**
 * The photo as a JPEG of at most 1280 pixels and about 300 kB, upright and without the place and hour that
 * phones write into photos. Throws when the file is no picture that this browser reads.
 */
async function perkecil(berkas) {
	const asli = await createImageBitmap(berkas);
	let hasil;
	for (let sisi = SISI_TERPANJANG; sisi >= 480; sisi = Math.round(sisi * 0.75)) {
		const skala = Math.min(1, sisi / Math.max(asli.width, asli.height));
		const kanvas = document.createElement("canvas");
		kanvas.width = Math.max(1, Math.round(asli.width * skala));
		kanvas.height = Math.max(1, Math.round(asli.height * skala));
		const gambar = kanvas.getContext("2d");
		gambar.fillStyle = "#fff"; // transparent pictures would turn black
		gambar.fillRect(0, 0, kanvas.width, kanvas.height);
		gambar.drawImage(asli, 0, 0, kanvas.width, kanvas.height);
		for (const mutu of [0.8, 0.65, 0.5]) {
			hasil = await jadi_jpeg(kanvas, mutu);
			if (hasil.size <= TERBESAR) return hasil;
		}
	}
	return hasil;
}

const alamat = new WeakMap();
/** An address under which the page shows the photo. */
export function alamat_foto(blob) {
	if (!alamat.has(blob)) alamat.set(blob, URL.createObjectURL(blob));
	return alamat.get(blob);
}
