// what an addendum takes over from the kegiatan as it stands, to be changed there
const DISALIN = ["tanggal_mulai", "tanggal_selesai", "masa_pemeliharaan", "ppn", "swadaya"];
const BARIS_RAB = ["uraian", "jenis", "volume", "satuan", "harga_satuan", "dasar_iuran", "standar_harga", "jumlah"];

frappe.ui.form.on("Adendum Kegiatan", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({
			filters: { status: ["in", ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"]] },
		}));
		frm.set_query("musyawarah", () => ({
			filters: { jenis: "Perubahan", status: "Disahkan", kegiatan: frm.doc.kegiatan || "" },
		}));
	},

	onload(frm) {
		if (frm.is_new() && frm.doc.kegiatan && !(frm.doc.rab || []).length) salin(frm);
	},

	kegiatan: salin,

	refresh: bandingkan,
});

frappe.ui.form.on("RAB Adendum", {
	volume: hitung_baris,
	harga_satuan: hitung_baris,
});

function hitung_baris(frm, cdt, cdn) {
	const baris = locals[cdt][cdn];
	frappe.model.set_value(cdt, cdn, "jumlah", flt(baris.volume * baris.harga_satuan, 0));
}

async function salin(frm) {
	const { kegiatan } = frm.doc;
	if (!kegiatan || !frm.is_new()) return;
	const k = await frappe.db.get_doc("Kegiatan", kegiatan);
	if (frm.doc.kegiatan !== kegiatan) return;
	await frm.set_value(Object.fromEntries(DISALIN.map((kolom) => [kolom, k[kolom]])));
	frm.clear_table("rab");
	for (const baris of k.rab) frm.add_child("rab", Object.fromEntries(BARIS_RAB.map((kolom) => [kolom, baris[kolom]])));
	frm.refresh_field("rab");
}

/** Before, after and difference of everything that an addendum can change, line by line. */
function bandingkan(frm) {
	const d = frm.doc;
	const kolom = frm.get_field("perbandingan");
	if (frm.is_new() || !d.rab_lama) {
		kolom.html(`<p class="text-muted">${__("Perbandingan tampil setelah disimpan.")}</p>`);
		return;
	}
	const uang = (n) => format_currency(n);
	const beda_uang = (n) => (n > 0 ? "+" : "") + uang(n);
	const tanggal = (t) => frappe.datetime.str_to_user(t);
	const beda_hari = (a, b, satuan) => `${b - a > 0 ? "+" : ""}${b - a} ${satuan}`;
	const hari = __("hari");
	const baris = [
		[__("Nilai kegiatan"), uang(d.nilai_lama), uang(d.nilai_baru), beda_uang(d.selisih_nilai)],
		[__("PPN"), uang(d.ppn_lama), uang(d.ppn), beda_uang(d.ppn - d.ppn_lama)],
		[__("Swadaya warga"), uang(d.swadaya_lama), uang(d.swadaya), beda_uang(d.swadaya - d.swadaya_lama)],
		[
			__("Dasar iuran"),
			uang(d.dasar_iuran_lama),
			uang(d.dasar_iuran_baru),
			beda_uang(d.dasar_iuran_baru - d.dasar_iuran_lama),
		],
		[__("Perkiraan iuran BPJS"), uang(d.iuran_lama), uang(d.iuran_baru), beda_uang(d.selisih_iuran)],
		[
			__("Mulai"),
			tanggal(d.tanggal_mulai_lama),
			tanggal(d.tanggal_mulai),
			beda_hari(0, frappe.datetime.get_day_diff(d.tanggal_mulai, d.tanggal_mulai_lama), hari),
		],
		[
			__("Selesai"),
			tanggal(d.tanggal_selesai_lama),
			tanggal(d.tanggal_selesai),
			beda_hari(0, frappe.datetime.get_day_diff(d.tanggal_selesai, d.tanggal_selesai_lama), hari),
		],
		[__("Hari kerja"), d.hari_kerja_lama, d.hari_kerja_baru, beda_hari(d.hari_kerja_lama, d.hari_kerja_baru, hari)],
		[
			__("Masa pemeliharaan"),
			`${d.masa_pemeliharaan_lama} ${hari}`,
			`${d.masa_pemeliharaan} ${hari}`,
			beda_hari(d.masa_pemeliharaan_lama, d.masa_pemeliharaan, hari),
		],
		[
			__("Peserta"),
			d.jumlah_peserta_lama,
			d.jumlah_peserta,
			beda_hari(d.jumlah_peserta_lama, d.jumlah_peserta, __("orang")),
		],
	];
	const aman = frappe.utils.escape_html;
	const isi = baris
		.map(([nama, lama, baru, selisih]) => {
			const tetap = String(lama) === String(baru);
			return `<tr class="${tetap ? "text-muted" : ""}"><th scope="row">${nama}</th>
				<td data-judul="${__("Semula")}">${lama}</td><td data-judul="${__("Menjadi")}">${baru}</td>
				<td data-judul="${__("Selisih")}">${tetap ? "–" : `<b>${selisih}</b>`}</td></tr>`;
		})
		.join("");
	const rab = JSON.parse(d.rab_lama)
		.map(
			(b) => `<tr><th scope="row">${aman(b.uraian)}</th>
				<td data-judul="${__("Volume")}">${aman(String(b.volume))} ${aman(b.satuan)}</td>
				<td data-judul="${__("Harga Satuan")}">${uang(b.harga_satuan)}</td>
				<td data-judul="${__("Jumlah")}">${uang(b.jumlah)}</td></tr>`
		)
		.join("");
	kolom.html(`<div class="kb-banding"><table class="table table-bordered">
		<thead><tr><th></th><th>${__("Semula")}</th><th>${__("Menjadi")}</th><th>${__("Selisih")}</th></tr></thead>
		<tbody>${isi}</tbody></table></div>`);
	frm.get_field("tampil_rab_lama").html(`<div class="kb-banding"><table class="table table-bordered">
		<thead><tr><th>${__("Uraian")}</th><th>${__("Volume")}</th><th>${__("Harga Satuan")}</th><th>${__("Jumlah")}</th></tr></thead>
		<tbody>${rab}</tbody></table></div>`);
}
