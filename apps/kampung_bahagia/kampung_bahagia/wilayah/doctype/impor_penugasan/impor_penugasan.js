kampung_bahagia.impor("Impor Penugasan", {
	tanya: ({ doc }) =>
		__("Terapkan {0} penugasan baru dan {1} perubahan?", [doc.jumlah_baru, doc.jumlah_diubah]),
	setelah(frm) {
		frm.add_custom_button(__("Cetak Slip Masuk"), () => frappe.set_route("jabatan-kelurahan"));
	},
});
