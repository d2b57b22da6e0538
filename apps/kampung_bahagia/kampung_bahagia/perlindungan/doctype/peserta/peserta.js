frappe.ui.form.on("Peserta", {
	setup(frm) {
		frm.set_query("warga", () => (frm.rt_kegiatan ? { filters: { rt: frm.rt_kegiatan } } : {}));
	},

	async kegiatan(frm) {
		if (!frm.doc.kegiatan) return;
		const { message } = await frappe.db.get_value("Kegiatan", frm.doc.kegiatan, "rt");
		frm.rt_kegiatan = message.rt;
	},
});
