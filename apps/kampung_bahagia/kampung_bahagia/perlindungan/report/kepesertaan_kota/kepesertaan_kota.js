frappe.query_reports["Kepesertaan Kota"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		{
			...kampung_bahagia.laporan.tingkat(),
			options: ["Kelompok", "Kecamatan", "Kelurahan", "RT"],
			default: "Kelompok",
		},
		{ fieldname: "kelompok", label: __("Kelompok"), fieldtype: "Link", options: "Kelompok Kepesertaan" },
		...kampung_bahagia.laporan.wilayah(),
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
