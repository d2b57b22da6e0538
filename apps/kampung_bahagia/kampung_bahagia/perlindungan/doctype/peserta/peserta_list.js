frappe.listview_settings["Peserta"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const warna = { Diusulkan: "orange", Terdaftar: "blue", Terlindungi: "green", Berakhir: "gray" };
		return [__(doc.status), warna[doc.status], `status,=,${doc.status}`];
	},
};
