const HARI = 24 * 60; // minutes

frappe.listview_settings["Klaim"] = {
	hide_name_column: true, // the deadline takes its place
	add_fields: ["tenggat_jenis"],
	formatters: {
		tenggat_pada(nilai, _df, doc) {
			if (!nilai) return "";
			const menit = moment(nilai).diff(moment(frappe.datetime.now_datetime()), "minutes");
			if (menit > 180 * HARI) return ""; // the years of expiry are no news yet
			const jenis = `<span class="text-muted">${frappe.utils.escape_html(doc.tenggat_jenis || "")}</span>`;
			if (menit < 0) return `<b class="text-danger">${__("Lewat batas")}</b> ${jenis}`;
			const sisa = menit < 4 * HARI ? __("{0} jam lagi", [Math.floor(menit / 60)]) : __("{0} hari lagi", [Math.floor(menit / HARI)]);
			return `<b class="${menit < HARI / 2 ? "text-danger" : ""}">${sisa}</b> ${jenis}`;
		},
	},
};
