frappe.query_reports["Kemajuan Kegiatan"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("status", __("Status Kegiatan"), kampung_bahagia.laporan.STATUS_KEGIATAN),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
