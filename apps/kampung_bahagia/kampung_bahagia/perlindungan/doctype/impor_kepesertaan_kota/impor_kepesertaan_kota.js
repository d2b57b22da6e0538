kampung_bahagia.impor("Impor Kepesertaan Kota", {
	ruang: "perlindungan",
	tanya: ({ doc }) =>
		__("Terapkan {0} kepesertaan baru dan {1} perubahan?", [doc.jumlah_baru, doc.jumlah_diubah]),
});
