frappe.ui.form.on("Kemajuan Kegiatan", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({ filters: { status: "Berjalan" } }));
	},

	async onload(frm) {
		if (!frm.is_new() || frm.doc.kegiatan) return;
		const berjalan = await frappe.db.get_list("Kegiatan", { filters: { status: "Berjalan" }, limit: 2 });
		if (berjalan.length === 1 && !frm.doc.kegiatan) frm.set_value("kegiatan", berjalan[0].name);
	},
});
