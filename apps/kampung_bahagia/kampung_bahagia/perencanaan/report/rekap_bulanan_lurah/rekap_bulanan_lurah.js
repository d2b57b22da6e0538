frappe.query_reports["Rekap Bulanan Lurah"] = {
	filters: [
		{ ...kampung_bahagia.laporan.tahun(), reqd: 1 },
		kampung_bahagia.laporan.bulan(true),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("status", __("Status Kegiatan"), kampung_bahagia.laporan.STATUS_KEGIATAN),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
