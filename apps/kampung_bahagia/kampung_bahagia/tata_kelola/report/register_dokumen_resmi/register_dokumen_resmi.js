frappe.query_reports["Register Dokumen Resmi"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("status", __("Status"), ["Berlaku", "Diganti", "Dicabut"]),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
