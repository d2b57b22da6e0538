frappe.query_reports["Klaim"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("jenis", __("Jenis"), kampung_bahagia.laporan.JENIS_KLAIM),
		kampung_bahagia.laporan.pilihan("status", __("Status"), [
			"Dilaporkan",
			"Dikembalikan",
			"Diverifikasi Lurah",
			"Diverifikasi DPMPPA",
			"Diajukan ke BPJS",
			"Disetujui BPJS",
			"Ditolak BPJS",
			"Dibayar",
			"Ditutup",
			"Ditarik",
		]),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
