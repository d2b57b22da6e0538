// the framework locks the formats of an app; a copy of one is edited, previewed and made the default in the desk
frappe.ui.form.on("Print Format", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.standard !== "Yes" || !frappe.user.has_role("System Manager")) return;
		frm.add_custom_button(__("Salin untuk Disunting"), async () => {
			const { message } = await frappe.call({
				method: "kampung_bahagia.tata_kelola.cetak.salin_format",
				args: { nama: frm.docname },
				freeze: true,
			});
			frappe.set_route("Form", "Print Format", message);
		});
	},
});
