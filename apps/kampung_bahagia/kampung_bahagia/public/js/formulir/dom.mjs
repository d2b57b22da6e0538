// Elements without a framework: the phone forms load nothing else.

/** An element with its attributes, listeners (onclick, …) and children; text is never read as HTML. */
export function h(nama, atribut = {}, ...anak) {
	const elemen = document.createElement(nama);
	for (const [kunci, nilai] of Object.entries(atribut)) {
		if (nilai === false || nilai === null || nilai === undefined) continue;
		if (kunci.startsWith("on")) elemen.addEventListener(kunci.slice(2), nilai);
		else elemen.setAttribute(kunci, nilai === true ? "" : nilai);
	}
	elemen.append(...anak.flat(Infinity).filter((satu) => satu !== null && satu !== undefined && satu !== false));
	return elemen;
}

/** An amount in words of the screen, which does not part "Rp" from its number. */
export const rupiah = (nilai) => `Rp\u00a0${Math.round(nilai || 0).toLocaleString("id-ID")}`;

export const tanggal_jam = (waktu) =>
	new Date(waktu).toLocaleString("id-ID", {
		day: "numeric",
		month: "long",
		year: "numeric",
		hour: "2-digit",
		minute: "2-digit",
		timeZone: "Asia/Jakarta",
	}) + " WIB";

/** A date of the server (YYYY-MM-DD, with or without an hour) in words. */
export function tanggal_kata(nilai) {
	if (!nilai) return "";
	const [hari, jam] = nilai.split(/[ T]/);
	const kata = new Date(`${hari}T00:00:00Z`).toLocaleDateString("id-ID", {
		day: "numeric",
		month: "long",
		year: "numeric",
		timeZone: "UTC",
	});
	return jam ? `${kata} pukul ${jam.slice(0, 5).replace(":", ".")} WIB` : kata;
}

/** Where the desk shows a document. */
export const alamat_meja = ({ doctype, name }) => `/app/${doctype.toLowerCase().replace(/ /g, "-")}/${name}`;

let nomor = 0;
export const id_baru = () => `k${++nomor}`;
