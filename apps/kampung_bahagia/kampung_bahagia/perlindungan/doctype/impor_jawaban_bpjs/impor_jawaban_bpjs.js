kampung_bahagia.impor("Impor Jawaban BPJS", {
	ruang: "perlindungan",
	tanya: ({ doc }) =>
		doc.jumlah_ditolak
			? __("Terapkan {0} baris? {1} baris yang ditolak dilewati.", [doc.jumlah_baru, doc.jumlah_ditolak])
			: __("Terapkan {0} baris?", [doc.jumlah_baru]),
});
