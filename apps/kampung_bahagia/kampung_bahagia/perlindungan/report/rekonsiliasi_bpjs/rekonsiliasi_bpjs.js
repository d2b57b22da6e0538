frappe.query_reports["Rekonsiliasi BPJS"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		kampung_bahagia.laporan.pilihan("keadaan", __("Keadaan"), [
			"Lewat Batas",
			"Menunggu Jawaban",
			"Berbeda",
			"Perlu Perbaikan",
			"Sesuai",
		]),
		{ fieldname: "batas_hari", label: __("Batas Jawaban (hari)"), fieldtype: "Int", default: 7, reqd: 1 },
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
