const MODUL = "kampung_bahagia.perlindungan.doctype.iuran_kepesertaan_kota.iuran_kepesertaan_kota";

frappe.ui.form.on("Iuran Kepesertaan Kota", {
	refresh(frm) {
		const { name, status, catatan_anggaran } = frm.doc;
		if (frm.is_new()) return;
		frm.toggle_display("catatan_anggaran", false); // the line above the form says the same
		if (catatan_anggaran) {
			const lebih = catatan_anggaran.startsWith("Melebihi") || catatan_anggaran.startsWith("Belum");
			frm.set_intro(frappe.utils.escape_html(catatan_anggaran), lebih ? "orange" : "blue");
		}
		if (frappe.model.can_read("Rincian Iuran Kota")) {
			frm.add_custom_button(__("Lihat Peserta"), () =>
				frappe.set_route("List", "Rincian Iuran Kota", { iuran_kota: name })
			);
		}
		if (status === "Lunas") return frm.disable_form();
		if (!frm.perm[0]?.write || frm.is_dirty()) return;
		frm.add_custom_button(__("Hitung Ulang"), async () => {
			await frappe.call({ method: `${MODUL}.hitung_ulang`, args: { nama: name }, freeze: true });
			frm.reload_doc();
		});
	},
});
