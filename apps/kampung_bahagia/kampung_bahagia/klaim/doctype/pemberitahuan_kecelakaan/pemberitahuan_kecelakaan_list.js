frappe.listview_settings["Pemberitahuan Kecelakaan"] = {
	hide_name_column: true, // the deadline takes its place
	add_fields: ["pertama"],
	formatters: {
		batas_tahap_satu(nilai, _df, doc) {
			if (!nilai || doc.status !== "Diterima") return "";
			const sama = doc.pertama
				? ` <span class="text-muted">${__("sama dengan {0}", [frappe.utils.escape_html(doc.pertama)])}</span>`
				: "";
			const menit = moment(nilai).diff(moment(frappe.datetime.now_datetime()), "minutes");
			if (menit < 0) return `<b class="text-danger">${__("Lewat batas")}</b>${sama}`;
			return `<b class="${menit < 720 ? "text-danger" : ""}">${__("{0} jam lagi", [Math.floor(menit / 60)])}</b>${sama}`;
		},
	},
};
