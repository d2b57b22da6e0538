frappe.ui.form.on("Pengaturan Sambungan BPJS", {
	setup(frm) {
		frm.set_query("peninjau", () => ({ filters: { enabled: 1 } }));
	},

	refresh(frm) {
		const { gagal_beruntun, sisa_istirahat, galat_jawaban } = frm.doc.__onload || {};
		if (frm.doc.jalur !== "HTTPS") return;
		if (sisa_istirahat) {
			const menit = Math.ceil(sisa_istirahat / 60);
			frm.set_intro(
				__("{0} panggilan gagal berturut-turut. Layanan BPJS dicoba lagi dalam {1} menit.", [gagal_beruntun, menit]),
				"red"
			);
		}
		if (galat_jawaban) frm.set_intro(frappe.utils.escape_html(galat_jawaban), "orange");
		frm.add_custom_button(__("Lihat Kiriman"), () => frappe.set_route("List", "Kiriman BPJS"));
	},
});
