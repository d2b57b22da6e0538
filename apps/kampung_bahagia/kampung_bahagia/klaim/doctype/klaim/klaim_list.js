frappe.listview_settings["Klaim"] = {
	hide_name_column: true, // the deadline takes its place
	add_fields: ["tenggat_jenis"],
	formatters: {
		tenggat_pada(nilai, _df, doc) {
			const sisa = kampung_bahagia.sel_tenggat(nilai);
			return sisa && `${sisa} <span class="text-muted">${frappe.utils.escape_html(doc.tenggat_jenis || "")}</span>`;
		},
	},
};
