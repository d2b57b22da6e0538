frappe.query_reports["Manfaat Dibayar"] = {
	filters: [
		{
			...kampung_bahagia.laporan.tingkat(),
			options: ["Bulan", "Kecamatan", "Kelurahan", "RT", "Jenis Klaim", "Manfaat"],
			default: "Bulan",
		},
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("jenis", __("Jenis Klaim"), kampung_bahagia.laporan.JENIS_KLAIM),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
