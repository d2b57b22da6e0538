frappe.query_reports["Cakupan Perlindungan"] = {
	filters: [
		{
			fieldname: "tahun",
			label: __("Tahun"),
			fieldtype: "Int",
			default: Number(frappe.datetime.get_today().slice(0, 4)),
		},
		{
			fieldname: "tingkat",
			label: __("Dirinci per"),
			fieldtype: "Select",
			options: ["Kecamatan", "Kelurahan", "RT"],
			default: "Kelurahan",
			reqd: 1,
		},
		{
			fieldname: "kecamatan",
			label: __("Kecamatan"),
			fieldtype: "Link",
			options: "Kecamatan",
			on_change(report) {
				report.set_filter_value("kelurahan", "");
			},
		},
		{
			fieldname: "kelurahan",
			label: __("Kelurahan"),
			fieldtype: "Link",
			options: "Kelurahan",
			get_query() {
				const kecamatan = frappe.query_report.get_filter_value("kecamatan");
				return kecamatan ? { filters: { kecamatan } } : {};
			},
		},
		{
			fieldname: "status",
			label: __("Status Kegiatan"),
			fieldtype: "Select",
			options: [
				"",
				"Draf",
				"Diajukan",
				"Dikembalikan",
				"Diverifikasi Lurah",
				"Ditolak",
				"Disetujui DPMPPA",
				"Didaftarkan BPJS",
				"Terlindungi",
				"Berjalan",
				"Serah Terima",
				"Selesai",
				"Dihentikan",
			],
		},
	],
	formatter(value, row, column, data, default_formatter) {
		const isi = default_formatter(value, row, column, data);
		return data?.bold ? `<b>${isi}</b>` : isi;
	},
};
