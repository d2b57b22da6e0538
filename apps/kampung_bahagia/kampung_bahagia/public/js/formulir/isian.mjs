// One question of a form: its label, its control for a thumb, and the place for its error beside it.

import { pisahkan_foto } from "./antrean.mjs";
import { h, id_baru, rupiah } from "./dom.mjs";
import { alamat_foto, megabita, siapkan } from "./foto.mjs";

const RADIO_TERBANYAK = 6;

export const kosong = (nilai) =>
	nilai === undefined || nilai === null || nilai === "" || (Array.isArray(nilai) && !nilai.length);

/** The number in what was typed the Indonesian way ("1.500.000", "2,5"); NaN when it is none. */
export function angka(teks) {
	if (typeof teks === "number") return teks;
	const polos = String(teks).replace(/[\sRp]/g, "");
	// points part thousands only after a number that can have them: "0.125" is less than one
	const bersih = (/^-?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/.test(polos) ? polos.replaceAll(".", "") : polos).replace(",", ".");
	return bersih === "" ? NaN : Number(bersih);
}

/** Options of a Select as { nilai, label, keterangan }. */
const sebagai_pilihan = (pilihan) => pilihan.map((p) => (typeof p === "string" ? { nilai: p, label: p } : p));

const masukan = (atribut) => h("input", { class: "kotak", ...atribut });

function tulisan(kolom, nilai, ubah, atribut) {
	const jenis = /^hp_|_hp$|^no_hp/.test(kolom.nama) ? { type: "tel", autocomplete: "tel" } : { type: "text" };
	const kotak = masukan({ ...jenis, ...atribut, oninput: () => ubah(kotak.value) });
	kotak.value = nilai ?? "";
	return kotak;
}

function paragraf(_kolom, nilai, ubah, atribut) {
	const kotak = h("textarea", { class: "kotak", rows: 3, ...atribut, oninput: () => ubah(kotak.value) });
	kotak.value = nilai ?? "";
	return kotak;
}

function bilangan(kolom, nilai, ubah, atribut) {
	const uang = kolom.jenis === "Currency";
	const tampil = (n) => (kosong(n) ? "" : Number.isNaN(angka(n)) ? n : angka(n).toLocaleString("id-ID"));
	const kotak = masukan({
		type: "text",
		inputmode: kolom.jenis === "Float" ? "decimal" : "numeric",
		autocomplete: "off",
		...atribut,
		oninput: () => ubah(kotak.value.trim() === "" ? "" : Number.isNaN(angka(kotak.value)) ? kotak.value : angka(kotak.value)),
		onblur: () => {
			kotak.value = tampil(kotak.value);
		},
	});
	kotak.value = tampil(nilai);
	return uang ? h("span", { class: "uang" }, h("span", { "aria-hidden": "true" }, "Rp"), kotak) : kotak;
}

function waktu(kolom, nilai, ubah, atribut) {
	const jenis = kolom.jenis === "Date" ? "date" : "datetime-local";
	const kotak = masukan({ type: jenis, ...atribut, onchange: () => ubah(kotak.value.replace("T", " ")) });
	kotak.value = (nilai || "").slice(0, 16).replace(" ", "T");
	return kotak;
}

function centang(kolom, nilai, ubah, atribut) {
	const kotak = h("input", { type: "checkbox", ...atribut, onchange: () => ubah(kotak.checked ? 1 : 0) });
	kotak.checked = Boolean(Number(nilai));
	return h("label", { class: "centang" }, kotak, h("span", {}, kolom.label));
}

function pilih(kolom, nilai, ubah, atribut) {
	const pilihan = sebagai_pilihan(kolom.pilihan);
	if (pilihan.length <= RADIO_TERBANYAK && !kolom.ringkas) {
		const nama = id_baru();
		return h(
			"div",
			{
				class: "pilihan",
				role: "radiogroup",
				"aria-labelledby": atribut["aria-labelledby"],
				"aria-describedby": atribut["aria-describedby"],
				"aria-invalid": atribut["aria-invalid"],
			},
			pilihan.map((p) => {
				const radio = h("input", { type: "radio", name: nama, value: p.nilai, onchange: () => ubah(p.nilai) });
				radio.checked = p.nilai === nilai;
				return h(
					"label",
					{ class: "kartu-pilihan" },
					radio,
					h("span", {}, p.label, p.keterangan ? h("small", {}, p.keterangan) : null)
				);
			})
		);
	}
	const kotak = h(
		"select",
		{ class: "kotak", ...atribut, onchange: () => ubah(kotak.value) },
		h("option", { value: "" }, "Pilih…"),
		pilihan.map((p) => h("option", { value: p.nilai }, p.keterangan ? `${p.label} (${p.keterangan})` : p.label))
	);
	kotak.value = nilai ?? "";
	return kotak;
}

/**
 * Those of the chosen files that may come along with what the form holds already, made ready, and in words what is
 * wrong with the others.
 */
async function siapkan_semua(dipilih, pdf, konteks) {
	const { banyak, satu, semua } = konteks.definisi.batas;
	const ada = pisahkan_foto(konteks.isi).foto;
	const hasil = [];
	const galat = [];
	for (const [i, berkas] of dipilih.entries()) {
		if (ada.length + hasil.length >= banyak) {
			galat.push(`Paling banyak ${banyak} foto dan berkas dalam satu kiriman: ${dipilih.length - i} tidak ditambahkan.`);
			break;
		}
		try {
			const siap = await siapkan(berkas, pdf, satu);
			if ([...ada, ...hasil, siap].reduce((bita, b) => bita + b.size, 0) > semua) {
				throw new Error(`${berkas.name}: kiriman akan melebihi ${megabita(semua)}. Kirim dahulu yang ada, lalu tambahkan.`);
			}
			hasil.push(siap);
		} catch (satu_galat) {
			galat.push(satu_galat.message);
		}
	}
	return { hasil, galat: galat.join("\n") };
}

/**
 * A part of a question that draws itself anew by `segarkan`: what comes late, such as a photo that is made small, must
 * not draw the whole step anew under the thumb. `isi(segarkan)` gives its elements as the answers are now.
 */
export function bagian(isi) {
	const gambar = () => {
		const terfokus = wadah.contains(document.activeElement);
		wadah.replaceChildren(...isi(segarkan).filter(Boolean));
		if (terfokus) wadah.querySelector("input, button")?.focus();
	};
	const segarkan = () => {
		if (wadah.isConnected) return gambar();
		// the step was drawn anew meanwhile
		document.querySelectorAll(".bagian").forEach((satu) => satu.dispatchEvent(new Event("segarkan")));
	};
	const wadah = h("div", { class: "bagian", onsegarkan: gambar });
	gambar();
	return wadah;
}

/** Button that opens camera, gallery or, where a PDF may come along, the files; `terima` gets what came. */
function tombol_berkas(label, kolom, { deret = false, jejak = kolom.nama }, terima, atribut, konteks) {
	const pdf = kolom.jenis === "Attach";
	const berkas = h("input", {
		type: "file",
		accept: pdf ? "image/*,application/pdf" : "image/*",
		class: "tersamar",
		multiple: deret,
		...atribut,
		"aria-label": `${label}: ${kolom.label}`,
		onchange() {
			const dipilih = [...berkas.files];
			teks.textContent = "Menyiapkan…";
			konteks.antre(async () => {
				const { hasil, galat } = await siapkan_semua(dipilih, pdf, konteks);
				berkas.value = "";
				teks.textContent = label;
				if (hasil.length) terima(hasil);
				if (galat) konteks.tegur(jejak, galat);
			});
		},
	});
	const teks = h("span", {}, label);
	return h("label", { class: "tombol garis" }, berkas, teks);
}

const gambar = (blob, hapus) => {
	const pdf = blob.type === "application/pdf";
	return h(
		"figure",
		{ class: "foto" },
		pdf ? h("span", { class: "pdf", "aria-hidden": "true" }, "PDF") : h("img", { src: alamat_foto(blob), alt: "Foto terpilih" }),
		h("figcaption", {}, pdf ? `${blob.name}, ` : "", `${Math.ceil(blob.size / 1024)}\u00a0kB`),
		h("button", { type: "button", class: "tautan", onclick: hapus }, pdf ? "Hapus berkas" : "Hapus foto")
	);
};

function foto(kolom, _nilai, ubah, atribut, konteks, jejak) {
	const label = kolom.jenis === "Attach" ? "Ambil foto atau pilih berkas" : "Ambil atau pilih foto";
	return bagian((segarkan) => {
		const nilai = jejak.split(".").reduce((isi, satu) => isi?.[satu], konteks.isi);
		const simpan = (baru) => (ubah(baru), segarkan());
		if (nilai instanceof Blob) return [gambar(nilai, () => simpan(null))];
		return [tombol_berkas(label, kolom, { jejak }, ([satu]) => simpan(satu), atribut, konteks)];
	});
}

/** Rows of a table that are photos and little else: several at once. `tetap`: what each row is given. */
export const deret_foto = (kolom_foto, tetap = {}) =>
	function (kolom, _nilai, ubah, atribut, konteks) {
		const kini = () => konteks.isi[kolom.nama] || [];
		return bagian((segarkan) => {
			const baris = kini();
			const simpan = (baru) => (ubah(baru), segarkan());
			return [
				h(
					"div",
					{ class: "deret-foto" },
					baris.map((b) => gambar(b[kolom_foto], () => simpan(kini().filter((satu) => satu !== b))))
				),
				baris.length
					? h("p", { class: "petunjuk" }, `${baris.length} dari paling banyak ${konteks.definisi.batas.banyak} foto.`)
					: null,
				tombol_berkas(
					baris.length ? "Tambah foto" : "Ambil atau pilih foto",
					kolom,
					{ deret: true },
					(semua) => simpan([...kini(), ...semua.map((satu) => ({ ...tetap, [kolom_foto]: satu }))]),
					atribut,
					konteks
				),
			];
		});
	};

/** The columns of a table that its cards show, in the order of the form's module. */
function kolom_kartu(kolom, konteks) {
	const aturan = konteks.modul.tabel?.[kolom.nama] || {};
	const semua = aturan.kolom ? aturan.kolom.map((nama) => kolom.kolom.find((k) => k.nama === nama)) : kolom.kolom;
	return semua.filter((k) => k && (aturan.tampil?.(k.nama, konteks) ?? true));
}

/**
 * A table as cards, one below the other: a table does not fit a phone. The form's module says in `tabel` what is
 * special: kolom, tampil, mulai (with one row), tetap (rows are given), sebutan, nama_baris, ringkas, jumlah, tambah.
 */
function tabel(kolom, nilai, ubah, _atribut, konteks) {
	const aturan = konteks.modul.tabel?.[kolom.nama] || {};
	const sebutan = aturan.sebutan || "Baris";
	const bagian = kolom_kartu(kolom, konteks);
	const baru = () =>
		Object.fromEntries(bagian.filter((k) => k.bawaan !== "").map((k) => [k.nama, k.jenis === "Check" ? Number(k.bawaan) : k.bawaan]));
	const baris = nilai || [];
	if (!baris.length && aturan.mulai) ubah(baris.concat(baru()), true);
	const isi = konteks.isi[kolom.nama] || [];
	const jumlah = h("p", { class: "jumlah", "aria-live": "polite" });
	const hitung = () => {
		jumlah.textContent = aturan.jumlah ? aturan.jumlah(konteks.isi[kolom.nama] || [], konteks) : "";
	};
	hitung();
	return h(
		"div",
		{},
		isi.map((b, i) => {
			const keterangan = h("output", {});
			const tampil = () => {
				keterangan.textContent = aturan.ringkas ? aturan.ringkas(b) : "";
			};
			tampil();
			return h(
				"fieldset",
				{ class: "kartu", "data-baris": i },
				h("legend", {}, aturan.nama_baris ? aturan.nama_baris(b) : `${sebutan} ${i + 1}`),
				bagian.map((k) =>
					isian(
						{ ...k, ringkas: true },
						b[k.nama],
						(nilai_baru) => {
							// a photo may come when other rows were added, or this one deleted
							const kini = konteks.isi[kolom.nama];
							if (!kini?.includes(b)) return;
							b[k.nama] = nilai_baru;
							konteks.bersihkan(`${kolom.nama}.${i}.${k.nama}`);
							tampil();
							hitung();
							ubah(kini);
						},
						konteks,
						`${kolom.nama}.${i}.${k.nama}`
					)
				),
				keterangan,
				!aturan.tetap && h(
					"button",
					{
						type: "button",
						class: "tautan",
						"aria-label": `Hapus ${sebutan} ${i + 1}`,
						onclick: () => (ubah(isi.filter((_b, j) => j !== i)), konteks.gambar_ulang()),
					},
					"Hapus"
				)
			);
		}),
		jumlah,
		!aturan.tetap && h(
			"button",
			{ type: "button", class: "tombol garis", onclick: () => (ubah([...isi, baru()]), konteks.gambar_ulang()) },
			aturan.tambah || "Tambah baris"
		)
	);
}

const KENDALI = {
	Attach: foto,
	"Attach Image": foto,
	Check: centang,
	Currency: bilangan,
	Date: waktu,
	Datetime: waktu,
	Float: bilangan,
	Int: bilangan,
	Percent: bilangan,
	Select: pilih,
	"Small Text": paragraf,
	Table: tabel,
	Text: paragraf,
};
const BERKELOMPOK = new Set(["Table", "Attach", "Attach Image"]);

/** The question `kolom` with its answer `nilai`; `ubah(nilai)` keeps a new one. `jejak` names it in errors. */
export function isian(kolom, nilai, ubah, konteks, jejak = kolom.nama) {
	const id = id_baru();
	const galat = konteks.galat[jejak];
	const khusus = konteks.modul.isian?.[kolom.nama];
	const kendali = khusus || KENDALI[kolom.jenis] || tulisan;
	const radio = kolom.jenis === "Select" && !khusus && kolom.pilihan.length <= RADIO_TERBANYAK && !kolom.ringkas;
	const berkelompok = khusus || radio || BERKELOMPOK.has(kolom.jenis);
	const atribut = {
		id: berkelompok ? null : id,
		"aria-invalid": galat ? "true" : null,
		"aria-describedby": `${id}-galat ${id}-petunjuk`,
		"aria-labelledby": radio ? `${id}-label` : null,
		"aria-required": kolom.wajib && !berkelompok ? "true" : null,
	};
	const label = kolom.jenis !== "Check" && [
		kolom.label,
		kolom.wajib || /bila ada/i.test(kolom.label) ? null : h("span", { class: "pilihan-isi" }, " (boleh kosong)"),
	];
	return h(
		"div",
		{
			class: galat ? "isian bergalat" : "isian",
			"data-kolom": jejak,
			...(berkelompok && !radio ? { role: "group", "aria-labelledby": `${id}-label` } : {}),
		},
		label &&
			(berkelompok
				? h("p", { class: "label", id: `${id}-label` }, label)
				: h("label", { class: "label", for: id }, label)),
		kolom.keterangan ? h("p", { class: "petunjuk", id: `${id}-petunjuk` }, kolom.keterangan) : null,
		kendali(kolom, nilai, ubah, atribut, konteks, jejak),
		h("p", { class: "galat", role: "alert", id: `${id}-galat` }, galat || "")
	);
}

/** What is wrong with the answer to `kolom`, as { jejak: pesan }. */
export function periksa_isian(kolom, nilai, konteks, jejak = kolom.nama) {
	if (kosong(nilai)) return kolom.wajib && kolom.jenis !== "Check" ? { [jejak]: `${kolom.label} wajib diisi.` } : {};
	if (konteks.modul.isian?.[kolom.nama]) return {}; // a control of its own makes no wrong answers
	if (kolom.jenis === "Select" && !sebagai_pilihan(kolom.pilihan).some((p) => p.nilai === nilai)) {
		return { [jejak]: `${kolom.label}: yang dipilih tidak tersedia lagi. Pilih yang lain.` };
	}
	if (["Int", "Float", "Currency", "Percent"].includes(kolom.jenis)) {
		const n = angka(nilai);
		if (Number.isNaN(n)) return { [jejak]: `${kolom.label}: isi dengan angka.` };
		if (n < 0) return { [jejak]: `${kolom.label} tidak boleh kurang dari nol.` };
		if (kolom.jenis === "Int" && n !== Math.round(n)) return { [jejak]: `${kolom.label}: isi dengan bilangan bulat.` };
	}
	if (kolom.jenis === "Table") {
		const bagian = kolom_kartu(kolom, konteks);
		return Object.assign(
			{},
			...nilai.flatMap((b, i) =>
				bagian.map((k) => periksa_isian(k, b[k.nama], konteks, `${jejak}.${i}.${k.nama}`))
			)
		);
	}
	return {};
}

/** The answer in words, for the last screen; an element for photos. */
export function sebagai_kata(kolom, nilai, konteks) {
	if (kolom.jenis === "Check") return Number(nilai) ? "Ya" : "Tidak";
	if (kosong(nilai)) return "–";
	if (nilai instanceof Blob) {
		if (nilai.type === "application/pdf") return nilai.name;
		return h("img", { src: alamat_foto(nilai), alt: kolom.label, class: "foto-kecil" });
	}
	if (konteks.modul.kata?.[kolom.nama]) return konteks.modul.kata[kolom.nama](nilai, konteks);
	if (kolom.jenis === "Currency") return rupiah(angka(nilai));
	if (kolom.jenis === "Table") return `${nilai.length} baris`;
	if (kolom.jenis === "Select") {
		const pilihan = sebagai_pilihan(kolom.pilihan).find((p) => p.nilai === nilai);
		return [pilihan?.label || nilai, pilihan?.keterangan].filter(Boolean).join(", ");
	}
	return String(nilai);
}
