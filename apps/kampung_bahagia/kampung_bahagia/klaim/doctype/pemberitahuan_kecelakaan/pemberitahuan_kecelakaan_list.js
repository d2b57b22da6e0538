frappe.listview_settings["Pemberitahuan Kecelakaan"] = {
	hide_name_column: true, // the deadline takes its place
	add_fields: ["pertama"],
	formatters: {
		batas_tahap_satu(nilai, _df, doc) {
			if (doc.status !== "Diterima") return "";
			const sama = doc.pertama
				? ` <span class="text-muted">${__("sama dengan {0}", [frappe.utils.escape_html(doc.pertama)])}</span>`
				: "";
			return kampung_bahagia.sel_tenggat(nilai) + sama;
		},
	},
};
