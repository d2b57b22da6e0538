frappe.query_reports["Hari Kegiatan Tak Terlindungi"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("jenis", __("Jenis"), ["Konstruksi", "Bukan Konstruksi"]),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
