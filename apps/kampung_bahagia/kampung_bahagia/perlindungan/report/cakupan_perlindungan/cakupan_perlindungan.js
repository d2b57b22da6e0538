frappe.query_reports["Cakupan Perlindungan"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.tingkat(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("status", __("Status Kegiatan"), kampung_bahagia.laporan.STATUS_KEGIATAN),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
