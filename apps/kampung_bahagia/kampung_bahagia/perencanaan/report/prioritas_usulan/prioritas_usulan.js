frappe.query_reports["Prioritas Usulan"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("keadaan", __("Keadaan"), [
			"Belum Dikerjakan",
			"Direncanakan",
			"Dikerjakan",
			"Selesai",
			"Dihentikan",
		]),
		kampung_bahagia.laporan.pilihan("kategori", __("Kategori"), [
			"Infrastruktur Lingkungan",
			"Sanitasi",
			"Persampahan",
			"Ekonomi",
			"Kelembagaan RT",
			"Kebersihan dan Keamanan",
			"Pendidikan",
			"Kesehatan",
		]),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
