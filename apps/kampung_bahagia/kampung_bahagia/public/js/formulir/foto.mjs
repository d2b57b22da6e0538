// A photo of a phone has several megabytes; a poor network and the file need a twentieth of that.

const SISI_TERPANJANG = 1280; // pixels
const TERBESAR = 300_000; // bytes

const jadi_jpeg = (kanvas, mutu) => new Promise((selesai) => kanvas.toBlob(selesai, "image/jpeg", mutu));

/**
 * The photo as a JPEG of at most 1280 pixels and about 300 kB, upright and without the place and hour that
 * phones write into photos. Throws when the file is no picture that this browser reads.
 */
export async function perkecil(berkas) {
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
