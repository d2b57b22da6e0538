frappe.listview_settings["Kepesertaan Kota"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const warna = { "Belum Mulai": "blue", Aktif: "green", "Akan Habis": "orange", Habis: "gray", Berhenti: "gray" };
		return [__(doc.status), warna[doc.status], `status,=,${doc.status}`];
	},
};
