frappe.query_reports["Peserta Ganda"] = {
	filters: [
		{
			fieldname: "jenis",
			label: __("Yang Dicari"),
			fieldtype: "Select",
			options: ["Warga yang Sama", "Warga Serupa"],
			default: "Warga yang Sama",
			reqd: 1,
		},
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		{ fieldname: "kegiatan", label: __("Kegiatan"), fieldtype: "Link", options: "Kegiatan" },
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
