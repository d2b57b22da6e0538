frappe.ui.form.on("Dokumen Resmi", {
	refresh(frm) {
		frm.add_custom_button(__("Buka Berkas"), () => window.open(frm.doc.berkas));
		frm.add_custom_button(__("Halaman Verifikasi"), () =>
			window.open(`/verifikasi?t=${encodeURIComponent(frm.doc.kode)}`),
		);
	},
});
