frappe.query_reports["Daftar Peserta"] = {
	filters: [
		kampung_bahagia.laporan.tahun(),
		kampung_bahagia.laporan.bulan(),
		...kampung_bahagia.laporan.wilayah(),
		{ fieldname: "kegiatan", label: __("Kegiatan"), fieldtype: "Link", options: "Kegiatan" },
		kampung_bahagia.laporan.pilihan("status", __("Status"), ["Diusulkan", "Terdaftar", "Terlindungi", "Berakhir"]),
		kampung_bahagia.laporan.pilihan("sk", __("Surat Keputusan"), [
			"Belum Ada SK",
			"Belum Ditandatangani",
			"Ditandatangani",
		]),
		{ fieldname: "perlu_konfirmasi", label: __("Usia perlu dikonfirmasi"), fieldtype: "Check" },
	],
	formatter: kampung_bahagia.laporan.tebalkan_jumlah,
};
