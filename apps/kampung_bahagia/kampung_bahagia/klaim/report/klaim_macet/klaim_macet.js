frappe.query_reports["Klaim Macet"] = {
	filters: [
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("jabatan", __("Giliran"), [
			"Ketua RT",
			"Lurah",
			"DPMPPA",
			"BPJS Ketenagakerjaan",
		]),
		kampung_bahagia.laporan.pilihan("jenis", __("Jenis"), kampung_bahagia.laporan.JENIS_KLAIM),
		kampung_bahagia.laporan.pilihan("sebab", __("Sebab"), [
			"Terlalu Lama",
			"Tenggat Lewat",
			"Keduanya",
		]),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
