frappe.listview_settings["Klaim"] = {
	hide_name_column: true, // the deadline takes its place
	add_fields: ["tenggat_jenis", "terlambat"],
	formatters: {
		tenggat_pada(nilai, _df, doc) {
			if (!nilai) return "";
			const menit = moment(nilai).diff(moment(frappe.datetime.now_datetime()), "minutes");
			const jenis = frappe.utils.escape_html(doc.tenggat_jenis || "");
			if (menit < 0) return `<span class="text-danger" title="${jenis}">${__("Lewat {0}", [frappe.datetime.str_to_user(nilai)])}</span>`;
			if (menit >= 4 * 1440) return `<span title="${jenis}">${__("{0} hari lagi", [Math.floor(menit / 1440)])}</span>`;
			return `<b class="${menit < 12 * 60 ? "text-danger" : ""}" title="${jenis}">${__("{0} jam lagi", [Math.floor(menit / 60)])}</b>`;
		},
	},
};
