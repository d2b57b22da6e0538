frappe.listview_settings["Kiriman BPJS"] = {
	get_indicator({ status }) {
		const warna = {
			Menunggu: "blue",
			"Sedang Dikirim": "blue",
			"Gagal Sementara": "orange",
			Diterima: "green",
			"Gagal Tetap": "red",
			Dialihkan: "gray",
		};
		return [__(status), warna[status], `status,=,${status}`];
	},
};
