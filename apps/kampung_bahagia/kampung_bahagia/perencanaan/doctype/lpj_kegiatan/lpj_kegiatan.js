frappe.ui.form.on("LPJ Kegiatan", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({ filters: { status: ["in", ["Berjalan", "Serah Terima", "Dihentikan"]] } }));
		frm.set_query("musyawarah", () => ({
			filters: { kegiatan: frm.doc.kegiatan, jenis: "Serah Terima", status: "Disahkan" },
		}));
	},

	refresh(frm) {
		// the rows are those of the RAB
		frm.set_df_property("realisasi", "cannot_add_rows", true);
		frm.set_df_property("realisasi", "cannot_delete_rows", true);
	},
});

frappe.ui.form.on("Realisasi RAB", {
	// shown while typing; what is stored is computed on the server
	realisasi(frm) {
		const jumlah = (frm.doc.realisasi || []).reduce((n, baris) => n + flt(baris.realisasi), 0);
		const program = Math.max(jumlah - flt(frm.doc.swadaya), 0);
		frm.set_value({
			jumlah_realisasi: jumlah,
			realisasi_program: program,
			sisa: flt(frm.doc.dana_program) - program,
		});
	},
});
