frappe.ui.form.on("Keputusan Massal", {
	refresh(frm) {
		frm.disable_save();
		const { status, jumlah, berhasil, ditolak } = frm.doc;
		const selesai = berhasil + ditolak;
		frm.set_intro(
			status === "Selesai"
				? __("Selesai: {0} berhasil, {1} ditolak.", [berhasil, ditolak])
				: __("Sedang diproses: {0} dari {1} berkas. Anda boleh meninggalkan halaman ini.", [selesai, jumlah]),
			status !== "Selesai" ? "blue" : ditolak ? "orange" : "green"
		);
		frm.dashboard.hide_progress();
		if (status === "Selesai") return;
		frm.dashboard.show_progress(__("Kemajuan"), (100 * selesai) / jumlah, "");
		setTimeout(() => {
			if (cur_frm === frm && frappe.get_route_str().endsWith(frm.docname)) frm.reload_doc();
		}, 1500);
	},
});

// the name of each file leads to it
frappe.ui.form.on("Keputusan Massal", "onload", (frm) => {
	frm.fields_dict.baris.grid.update_docfield_property("berkas", "formatter", (nama) =>
		nama ? frappe.utils.get_form_link(frm.doc.jenis_berkas, nama, true) : ""
	);
});
