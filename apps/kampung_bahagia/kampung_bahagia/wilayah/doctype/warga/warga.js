const METODE_WARGA = "kampung_bahagia.wilayah.doctype.warga.warga";

const baru_diketik = (nilai) => nilai && !nilai.includes("*");

function telaah(frm, ...kolom) {
	const isian = Object.fromEntries(kolom.map((k) => [k, frm.doc[k] || null]));
	return frappe.xcall(`${METODE_WARGA}.telaah`, { ...isian, warga: frm.is_new() ? null : frm.docname });
}

frappe.ui.form.on("Warga", {
	async nik(frm) {
		const nik = frm.doc.nik;
		frm.set_df_property("nik", "description", frm.keterangan_nik);
		if (!baru_diketik(nik) || nik.replace(/\D/g, "").length !== 16) return;
		const { isi, pesan } = await telaah(frm, "nik");
		if (frm.doc.nik !== nik) return; // typed on meanwhile
		for (const kolom of ["jenis_kelamin", "tanggal_lahir"]) if (isi[kolom]) frm.set_value(kolom, isi[kolom]);
		const terbit = isi.tempat_terbit ? [__("Pertama kali terbit di {0}.", [isi.tempat_terbit])] : [];
		const tulisan = [...terbit, ...pesan].map(frappe.utils.escape_html).join("<br>");
		frm.set_df_property("nik", "description", tulisan || frm.keterangan_nik);
	},

	onload(frm) {
		frm.keterangan_nik = frm.fields_dict.nik.df.description;
	},

	async validate(frm) {
		const isian = ["nik", "no_kk", "nama", "tanggal_lahir"];
		const kini = JSON.stringify(isian.map((k) => frm.doc[k]));
		const berubah = frm.is_new() || kini !== frm.isian_semula;
		if (!berubah || kini === frm.isian_diterima || !frm.doc.nama) return;
		const { serupa, serupa_lain } = await telaah(frm, ...isian.slice(1));
		if (!serupa.length && !serupa_lain) return;
		frappe.validated = await tanyakan(serupa, serupa_lain);
		if (frappe.validated) frm.isian_diterima = kini;
	},

	refresh(frm) {
		frm.isian_semula = JSON.stringify(["nik", "no_kk", "nama", "tanggal_lahir"].map((k) => frm.doc[k]));
	},
});

/** Whether the entry is saved although these residents resemble it. */
function tanyakan(serupa, serupa_lain) {
	const baris = serupa.map(
		(w) => `<li><a href="/app/warga/${encodeURIComponent(w.warga)}" target="_blank">${frappe.utils.escape_html(
			w.nama
		)}</a>, ${frappe.utils.escape_html(w.rt)}: ${frappe.utils.escape_html(w.sebab)}</li>`
	);
	if (serupa_lain) {
		baris.push(
			`<li>${__("{0} warga di luar wilayah Anda. Tanyakan kepada kelurahan sebelum menyimpan.", [serupa_lain])}</li>`
		);
	}
	return new Promise((selesai) => {
		const dialog = frappe.warn(
			__("Mungkin sudah tercatat"),
			`<p>${__("Warga berikut mirip dengan yang Anda isi:")}</p><ul>${baris.join("")}</ul>
			<p>${__("Simpan hanya bila memang orang yang berbeda.")}</p>`,
			() => selesai(true),
			__("Tetap Simpan")
		);
		dialog.set_secondary_action_label(__("Periksa Lagi"));
		dialog.onhide = () => selesai(false); // of the two answers the first counts
	});
}
