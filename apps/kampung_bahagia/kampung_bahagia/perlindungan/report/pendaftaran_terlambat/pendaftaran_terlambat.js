frappe.query_reports["Pendaftaran Terlambat"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("perkara", __("Terlambat"), ["Didaftarkan", "Dibayar"]),
		{ fieldname: "terbuka", label: __("Belum diselesaikan saja"), fieldtype: "Check", default: 0 },
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
