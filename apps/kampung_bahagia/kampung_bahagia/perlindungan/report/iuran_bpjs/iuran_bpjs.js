frappe.query_reports["Iuran BPJS"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		{ ...kampung_bahagia.laporan.tingkat(), options: ["Kecamatan", "Kelurahan", "RT", "Bulan"] },
		...kampung_bahagia.laporan.wilayah(),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
