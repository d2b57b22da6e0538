// A form, one group of questions at a time: kept on the phone at every keystroke, sent through the outbox.

import { antrean, jalankan_antrean, kirim_semua, kunci_baru, panggil, pisahkan_foto } from "./antrean.mjs";
import { alamat_meja, h, tanggal_jam, tanggal_kata } from "./dom.mjs";
import * as gudang from "./gudang.mjs";
import { angka, isian, kosong, periksa_isian, sebagai_kata } from "./isian.mjs";
import { bingkai, pita, tautan_masuk, tempat_isian } from "./bingkai.mjs";

const TUNGGU_PILIHAN = 3000; // milliseconds for fresh lists, when the phone has older ones
const JEDA_SIMPAN = 250;

/** The lists that a form chooses from: fresh, or those that the phone kept. null: none of both. */
async function muat_pilihan(siapa, metode) {
	const lama = await gudang.pilihan(siapa, metode);
	const segar = panggil(`/api/method/${metode}`)
		.then(async ({ message }) => {
			await gudang.simpan_pilihan(siapa, metode, message);
			return message;
		})
		.catch(() => lama);
	if (!lama) return segar;
	return Promise.race([segar, new Promise((selesai) => setTimeout(selesai, TUNGGU_PILIHAN, lama))]);
}

export async function jalankan(akar, definisi, modul) {
	const siapa = gudang.pengguna();
	const layar = bingkai(akar, definisi.judul);
	layar.tampilkan(h("p", { class: "petunjuk", role: "status" }, "Menyiapkan formulir…"));
	await gudang.rapikan();
	jalankan_antrean();

	const data = {};
	const muat_data = () =>
		Promise.all(
			Object.entries(modul.sumber || {}).map(async ([nama, metode]) => (data[nama] = await muat_pilihan(siapa, metode)))
		);
	await muat_data();
	if (Object.values(data).some((isi) => !isi)) {
		return layar.tampilkan(
			h("h2", {}, "Belum dapat dibuka"),
			h("p", {}, "Daftar pilihan formulir ini belum pernah diunduh ke HP ini. Buka sekali ketika ada jaringan."),
			h("button", { type: "button", class: "tombol utama", onclick: () => location.reload() }, "Coba lagi")
		);
	}

	definisi.langkah.unshift(...(modul.langkah_awal || []));
	const kolom_semua = definisi.langkah.flatMap((l) => l.kolom);
	let draf_lain = []; // of this form, about other subjects
	let dokumen = await draf_awal();
	let dilanjutkan = dokumen.diubah > 0;
	let sudah_tampil = false;

	const konteks = {
		modul,
		data,
		definisi,
		galat: {},
		get isi() {
			return dokumen.isi;
		},
		kolom: (nama) => kolom_semua.find((k) => k.nama === nama),
		/** Give a field another value, or several their own. */
		ubah(nilai) {
			Object.assign(dokumen.isi, nilai);
			Object.keys(nilai).forEach(konteks.bersihkan);
			simpan();
		},
		bersihkan(jejak) {
			if (!konteks.galat[jejak]) return;
			delete konteks.galat[jejak];
			const isian_nya = isian_tampak(jejak);
			isian_nya?.classList.remove("bergalat");
			const galat_nya = isian_nya?.querySelector(":scope > .galat");
			if (galat_nya) galat_nya.textContent = "";
			isian_nya?.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
		},
		/** Say beside the field `jejak` what is wrong with it. */
		tegur(jejak, pesan) {
			konteks.galat[jejak] = pesan;
			const isian_nya = isian_tampak(jejak);
			if (!isian_nya) return;
			isian_nya.classList.add("bergalat");
			isian_nya.querySelector(":scope > .galat").textContent = pesan;
			isian_nya.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
		},
		gambar_ulang: () => gambar_langkah(false),
		/** Work on the answers that takes its time, one after the other; the next step waits for it. */
		antre(kerja) {
			siap = siap.then(kerja);
		},
	};
	let siap = Promise.resolve();
	const isian_tampak = (jejak) => akar.querySelector(`[data-kolom="${jejak}"]`);

	async function draf_awal() {
		const kunci = new URLSearchParams(location.hash.slice(1)).get("draf");
		const semua = await gudang.semua_draf(siapa);
		draf_lain = semua.filter((d) => d.formulir === definisi.formulir && ["draf", "ditolak"].includes(d.keadaan));
		if (kunci) {
			const ada = semua.find((d) => d.kunci === kunci);
			if (ada) return ada;
			const kuitansi = await gudang.kuitansi(kunci);
			if (kuitansi?.pengguna === siapa) return { kunci, keadaan: "terkirim", isi: {}, diubah: 0 };
		}
		return draf_lain.find((d) => d.keadaan === "draf") || draf_baru();
	}

	function draf_baru() {
		const bawaan = kolom_semua.filter((k) => k.bawaan !== "" && k.jenis !== "Table");
		const isi = Object.fromEntries(bawaan.map((k) => [k.nama, k.jenis === "Check" ? Number(k.bawaan) : k.bawaan]));
		return {
			kunci: kunci_baru(),
			pengguna: siapa,
			formulir: definisi.formulir,
			alamat: definisi.alamat,
			judul: definisi.judul,
			isi: { ...isi, ...modul.awal?.(data) }, // what is filled in by itself is no draft yet
			langkah: 0,
			keadaan: "draf",
			diubah: 0,
			disentuh: false, // beyond the choice of its subject
		};
	}

	let tertunda;
	function simpan() {
		dokumen.diubah = Date.now();
		clearTimeout(tertunda);
		tertunda = setTimeout(simpan_sekarang, JEDA_SIMPAN);
	}
	async function simpan_sekarang() {
		clearTimeout(tertunda);
		tertunda = null;
		if (dokumen.keadaan !== "draf" && dokumen.keadaan !== "ditolak") return;
		// nobody else's draft is written when the session changed hands in another tab
		const kini = gudang.pengguna();
		if (!dokumen.diubah || (kini && kini !== siapa)) return;
		dokumen.judul = judul_draf();
		history.replaceState(null, "", `#draf=${dokumen.kunci}`);
		await gudang.simpan_draf(dokumen);
		if (!kini) layar.nyatakan();
	}
	function judul_draf() {
		const rincian = modul.judul?.(dokumen.isi, konteks);
		return rincian ? `${definisi.judul}: ${rincian}` : dokumen.judul; // also when what it is about is gone
	}
	document.addEventListener("visibilitychange", () => tertunda && simpan_sekarang());
	addEventListener("pagehide", () => tertunda && simpan_sekarang());

	const tampil = (kolom) => !kolom.tersembunyi && (modul.tampil?.(kolom.nama, konteks) ?? true);
	const langkah_tampil = () => definisi.langkah.filter((l) => l.kolom.some(tampil));

	/** The field with the choices that its form's module has for it. */
	function lengkap(kolom) {
		const pilihan = modul.pilihan?.[kolom.nama]?.(konteks);
		return pilihan ? { ...kolom, pilihan, jenis: "Select" } : kolom;
	}

	function periksa(langkah) {
		const kolom = langkah.kolom.filter(tampil).map(lengkap);
		const galat = Object.assign({}, ...kolom.map((k) => periksa_isian(k, dokumen.isi[k.nama], konteks)));
		const khusus = modul.periksa?.(dokumen.isi, konteks) || {};
		for (const [jejak, pesan] of Object.entries(khusus)) {
			if (pesan && !galat[jejak] && kolom.some((k) => k.nama === jejak.split(".")[0])) galat[jejak] = pesan;
		}
		const { banyak } = definisi.batas;
		const berkas = (isi) => pisahkan_foto(isi).foto.length;
		if (berkas(dokumen.isi) > banyak) {
			for (const { nama } of kolom.filter((k) => berkas(dokumen.isi[k.nama]))) {
				galat[nama] = `Paling banyak ${banyak} foto dan berkas dalam satu kiriman; ada ${berkas(dokumen.isi)}.`;
			}
		}
		return galat;
	}

	function gambar() {
		if (dokumen.keadaan === "antre" || dokumen.keadaan === "terkirim") return gambar_kiriman();
		if (dokumen.keadaan === "ditolak") {
			konteks.galat = galat_server();
			const pertama = Object.keys(konteks.galat)[0]?.split(".")[0];
			const nomor = langkah_tampil().findIndex((l) => l.kolom.some((k) => k.nama === pertama));
			if (nomor >= 0) dokumen.langkah = nomor;
		}
		tegur_pokok_hilang();
		gambar_langkah(true);
	}

	/** What the draft is about may have been sent on or deleted meanwhile. */
	function tegur_pokok_hilang() {
		const kolom = konteks.kolom(modul.pokok);
		const galat = kolom && periksa_isian({ ...lengkap(kolom), wajib: false }, dokumen.isi[kolom.nama], konteks);
		if (!galat?.[kolom.nama]) return;
		konteks.galat = galat;
		dokumen.langkah = langkah_tampil().findIndex((l) => l.kolom.includes(kolom));
	}

	/** The server's refusal beside the fields that it names. */
	function galat_server() {
		const hasil = {};
		for (const k of dokumen.kolom || []) {
			const kolom = konteks.kolom(k.tabel || k.kolom);
			if (!kolom || !tampil(kolom)) continue;
			const jejak = k.baris && k.kolom ? `${k.tabel}.${k.baris - 1}.${k.kolom}` : kolom.nama;
			hasil[jejak] = dokumen.pesan;
			return hasil; // the others are in the same sentence
		}
		return hasil;
	}

	function gambar_langkah(dari_atas) {
		const langkah = langkah_tampil();
		const nomor = Math.min(dokumen.langkah, langkah.length);
		const terakhir = nomor === langkah.length;
		const aktif = document.activeElement?.closest?.("[data-kolom]")?.dataset.kolom;
		layar.tampilkan(
			kemajuan(nomor + 1, langkah.length + 1),
			dilanjutkan && pita_draf(),
			dokumen.keadaan === "ditolak" &&
				pita(
					"gagal",
					h("b", {}, dokumen.terpakai ? "Tidak dikirim lagi. " : "Belum diterima. "),
					dokumen.pesan,
					" Isian Anda masih utuh."
				),
			h("h2", { tabindex: "-1" }, terakhir ? "Periksa sebelum dikirim" : langkah[nomor].judul),
			terakhir ? ringkasan(langkah) : pertanyaan(langkah[nomor], nomor)
		);
		layar.tindakan(
			nomor > 0 && h("button", { type: "button", class: "tombol garis", onclick: () => pindah(nomor - 1) }, "Kembali"),
			terakhir
				? h("button", { type: "button", class: "tombol utama", onclick: kirim }, definisi.tombol)
				: h("button", { type: "button", class: "tombol utama", onclick: () => lanjut(langkah[nomor], nomor) }, "Lanjut")
		);
		if (dari_atas) {
			scrollTo(0, 0);
			if (sudah_tampil) akar.querySelector("h2").focus();
			sudah_tampil = true;
			if (Object.keys(konteks.galat).length) tunjukkan_galat();
		} else if (aktif) {
			akar.querySelector(`[data-kolom="${aktif}"] :is(input, select, textarea, button)`)?.focus();
		}
	}

	const kemajuan = (nomor, jumlah) =>
		h(
			"div",
			{ class: "kemajuan" },
			h("p", {}, `Langkah ${nomor} dari ${jumlah}`),
			h("progress", { max: jumlah, value: nomor, "aria-label": `Langkah ${nomor} dari ${jumlah}` })
		);

	const pita_draf = () => {
		const rincian = judul_draf().slice(definisi.judul.length + 2);
		return pita(
			"draf",
			`Draf${rincian ? ` "${rincian}"` : ""} dilanjutkan, terakhir diubah ${tanggal_jam(dokumen.diubah)}.`,
			h(
				"div",
				{ class: "deret" },
				h("button", { type: "button", class: "tombol garis kecil", onclick: isi_baru }, "Isi baru"),
				!tanpa_pokok_lain() && h("button", { type: "button", class: "tautan", onclick: hapus }, "Hapus draf")
			)
		);
	};

	function pertanyaan(langkah, nomor) {
		return [
			nomor === 0 && definisi.pengantar ? h("p", { class: "petunjuk" }, definisi.pengantar) : null,
			langkah.keterangan ? h("p", { class: "petunjuk" }, langkah.keterangan) : null,
			...langkah.kolom.filter(tampil).map((kolom) => {
				return isian(
					lengkap(kolom),
					dokumen.isi[kolom.nama],
					(nilai, diam) => {
						if (kolom.nama === modul.pokok && !ganti_pokok(nilai)) return gambar_langkah(false);
						dokumen.isi[kolom.nama] = nilai;
						if (diam) return;
						if (kolom.nama !== modul.pokok) dokumen.disentuh = true;
						konteks.bersihkan(kolom.nama);
						simpan();
						if (modul.berubah?.(kolom.nama, konteks)) gambar_langkah(false);
					},
					konteks
				);
			}),
		];
	}

	function ringkasan(langkah) {
		return langkah.map((l, nomor) =>
			h(
				"section",
				{ class: "ringkasan" },
				h("div", { class: "kepala" }, h("h3", {}, l.judul), h("button", { type: "button", class: "tautan", "aria-label": `Ubah ${l.judul}`, onclick: () => pindah(nomor) }, "Ubah")),
				h(
					"dl",
					{},
					l.kolom.filter(tampil).map((kolom) => {
						const nilai = dokumen.isi[kolom.nama];
						const kata = ["Date", "Datetime"].includes(kolom.jenis) ? tanggal_kata(nilai) || "–" : null;
						return [
							h("dt", {}, kolom.label),
							h("dd", {}, kata || sebagai_kata(lengkap(kolom), nilai, konteks)),
						];
					})
				)
			)
		);
	}

	function pindah(nomor) {
		dokumen.langkah = nomor;
		konteks.galat = {};
		dilanjutkan = false;
		simpan();
		gambar_langkah(true);
	}

	async function lanjut(langkah, nomor) {
		await siap;
		konteks.galat = periksa(langkah);
		if (!Object.keys(konteks.galat).length) return pindah(nomor + 1);
		gambar_langkah(false);
		tunjukkan_galat();
	}

	function tunjukkan_galat() {
		const pertama = akar.querySelector(".bergalat .bergalat") || akar.querySelector(".bergalat");
		pertama?.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
		pertama?.scrollIntoView({ block: "center" });
	}

	async function kirim() {
		await siap;
		for (const [nomor, langkah] of langkah_tampil().entries()) {
			const galat = periksa(langkah);
			if (!Object.keys(galat).length) continue;
			konteks.galat = galat;
			dokumen.langkah = nomor;
			return gambar_langkah(true);
		}
		if (dokumen.terpakai && !confirm("Kirim isian ini sebagai berkas baru?")) return;
		for (const kolom of kolom_semua) {
			if (["Int", "Float", "Currency"].includes(kolom.jenis) && !kosong(dokumen.isi[kolom.nama])) {
				dokumen.isi[kolom.nama] = angka(dokumen.isi[kolom.nama]);
			}
		}
		const kunci_lama = dokumen.kunci;
		if (dokumen.terpakai) Object.assign(dokumen, { kunci: kunci_baru(), terpakai: false });
		dokumen.diubah = Date.now();
		await simpan_sekarang();
		if (dokumen.kunci !== kunci_lama) await gudang.hapus_draf(kunci_lama);
		Object.assign(dokumen, { keadaan: "antre", pesan: "", kolom: [], percobaan: 0, berikutnya: 0 });
		await gudang.simpan_draf(dokumen);
		gambar_kiriman();
		kirim_semua(true);
	}

	async function hapus() {
		if (!confirm("Hapus draf ini dari HP?")) return;
		await siap;
		clearTimeout(tertunda);
		tertunda = null;
		await gudang.hapus_draf(dokumen.kunci);
		mulai_baru();
	}

	/** Whether an empty form would be about what this draft is about: there is one draft for each. */
	function tanpa_pokok_lain() {
		return !modul.pokok || (draf_baru().isi[modul.pokok] || "") === (dokumen.isi[modul.pokok] || "");
	}

	async function isi_baru() {
		if (tanpa_pokok_lain()) return hapus();
		await siap;
		await simpan_sekarang();
		mulai_baru();
	}

	async function mulai_baru() {
		await muat_data(); // what was sent has changed them
		history.replaceState(null, "", location.pathname);
		draf_lain = (await gudang.semua_draf(siapa)).filter((d) => d.formulir === definisi.formulir && d.keadaan !== "antre");
		buka(draf_baru(), false);
	}

	function buka(draf, lama) {
		dokumen = draf;
		dilanjutkan = lama;
		konteks.galat = {};
		gambar();
	}

	/** Whether the draft at hand may be about `nilai` from now on. Nothing typed goes over to another subject when
	 * it would be dropped there: it stays a draft of its own. */
	function ganti_pokok(nilai) {
		const ada = draf_lain.find((d) => d.kunci !== dokumen.kunci && d.isi[modul.pokok] === nilai);
		const tersentuh = dokumen.disentuh !== false;
		if (nilai && ada) {
			if (!confirm(`Di HP ini sudah ada draf "${ada.judul}". Buka draf itu?`)) return false;
			tinggalkan(tersentuh).then(() => buka(ada, true));
			return false;
		}
		if (!modul.terikat || !tersentuh || !dokumen.isi[modul.pokok]) return true;
		const { label, keterangan } = modul.pilihan[modul.pokok](konteks).find((p) => p.nilai === nilai) || {};
		const baru = label ? ` "${[label, keterangan].filter(Boolean).join(", ")}"` : " baru";
		if (!confirm(`Isian "${judul_draf()}" belum dikirim dan tetap tersimpan sebagai draf. Mulai isian${baru}?`)) return false;
		tinggalkan(true);
		dokumen = draf_baru();
		dilanjutkan = false;
		return true;
	}

	/** Go over to another draft; one that holds nothing but its subject goes. */
	function tinggalkan(simpan) {
		if (simpan) {
			if (!draf_lain.includes(dokumen)) draf_lain.push(dokumen);
			return simpan_sekarang();
		}
		clearTimeout(tertunda);
		tertunda = null;
		return gudang.hapus_draf(dokumen.kunci);
	}

	/** The screen after "Kirim": waiting, sent, or back to the form. */
	async function gambar_kiriman() {
		const ada = await gudang.draf(dokumen.kunci, siapa);
		if (ada) {
			if (ada.keadaan === "ditolak") {
				dokumen = ada;
				return gambar();
			}
			return gambar_menunggu();
		}
		const kuitansi = await gudang.kuitansi(dokumen.kunci);
		if (!kuitansi) return;
		dokumen.keadaan = "terkirim";
		layar.tampilkan(
			h("div", { class: "selesai", role: "status" }, h("span", { class: "tanda", "aria-hidden": "true" }, "✓"), h("h2", { tabindex: "-1" }, "Terkirim")),
			kuitansi.catatan ? pita("draf", kuitansi.catatan) : null,
			h("p", {}, "Nomor ", h("b", {}, kuitansi.name), ". Draf di HP ini sudah dihapus."),
			...(Object.keys(kuitansi.hasil || {}).length ? modul.berhasil?.(kuitansi.hasil, kuitansi) || [] : []),
			h("a", { class: "tombol utama", href: modul.tujuan?.(kuitansi) || alamat_meja(kuitansi) }, modul.buka || "Buka berkas"),
			h("a", { class: "tombol garis", href: "/ketua-rt" }, "Ke beranda Ketua RT"),
			h("button", { type: "button", class: "tautan", onclick: mulai_baru }, "Isi formulir ini lagi")
		);
		layar.tindakan();
		scrollTo(0, 0);
		akar.querySelector("h2").focus();
	}

	function gambar_menunggu() {
		const masuk = antrean.keadaan === "masuk";
		const mengirim = ["", "mengirim"].includes(antrean.keadaan); // "": about to
		layar.tampilkan(
			h(
				"div",
				{ role: "status" },
				h("h2", {}, masuk ? "Masuk lagi untuk mengirim" : mengirim ? "Mengirim…" : "Menunggu jaringan"),
				h(
					"p",
					{},
					masuk
						? `Sesi Anda sudah berakhir. ${tempat_isian()} Isian dikirim setelah Anda masuk.`
						: mengirim
							? `Isian Anda sedang dikirim. Bila jaringan terputus, isian menunggu. ${tempat_isian()}`
							: gudang.simpanan.sebab
								? `${tempat_isian()} Ketika ada jaringan, isian dikirim sendiri, dan tidak akan tercatat dua kali.`
								: "Isian tersimpan di HP ini. Biarkan halaman ini terbuka, atau buka lagi ketika ada jaringan: isian lalu dikirim sendiri, dan tidak akan tercatat dua kali."
				)
			),
			masuk
				? h("a", { class: "tombol utama", ...tautan_masuk(definisi.alamat) }, "Masuk")
				: h("button", { type: "button", class: "tombol utama", disabled: mengirim, onclick: () => kirim_semua(true) }, "Kirim sekarang"),
			!mengirim && h("button", { type: "button", class: "tombol garis", onclick: ubah_lagi }, "Ubah isian"),
			h("a", { class: "tombol garis", href: "/ketua-rt" }, "Ke beranda Ketua RT")
		);
		layar.tindakan();
	}

	async function ubah_lagi() {
		dokumen = (await gudang.draf(dokumen.kunci, siapa)) || dokumen;
		Object.assign(dokumen, { keadaan: "draf", diubah: Date.now() });
		await gudang.simpan_draf(dokumen);
		gambar();
	}

	antrean.addEventListener("berubah", () => dokumen.keadaan === "antre" && gambar_kiriman());

	const alasan = dokumen.diubah ? "" : modul.tutup?.(konteks);
	if (alasan) {
		return layar.tampilkan(
			h("h2", {}, "Belum dapat diisi"),
			h("p", {}, alasan),
			h("a", { class: "tombol utama", href: "/ketua-rt" }, "Ke beranda Ketua RT")
		);
	}
	gambar();
}
