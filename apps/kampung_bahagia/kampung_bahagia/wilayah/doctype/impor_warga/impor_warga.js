kampung_bahagia.impor("Impor Warga", {
	tanya: ({ doc }) =>
		__("Terapkan {0} warga baru dan {1} perubahan? {2} baris yang ditolak dilewati.", [
			doc.jumlah_baru,
			doc.jumlah_diubah,
			doc.jumlah_ditolak,
		]),
});
