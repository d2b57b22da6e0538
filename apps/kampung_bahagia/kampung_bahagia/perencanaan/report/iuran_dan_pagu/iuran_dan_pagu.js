frappe.query_reports["Iuran dan Pagu"] = {
	filters: [
		{ ...kampung_bahagia.laporan.tahun(), reqd: 1 },
		kampung_bahagia.laporan.tingkat(),
		...kampung_bahagia.laporan.wilayah(),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
