frappe.query_reports["Kepatuhan Musyawarah"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("jenis", __("Jenis"), [
			"Kesiapan",
			"Prioritas",
			"Perubahan",
			"Serah Terima",
		]),
		kampung_bahagia.laporan.pilihan("status", __("Status"), [
			"Draf",
			"Diajukan",
			"Ditinjau Pendamping",
			"Disahkan",
			"Dikembalikan",
			"Ditunda",
			"Dibatalkan",
		]),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
