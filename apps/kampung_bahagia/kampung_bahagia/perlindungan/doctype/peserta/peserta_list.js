frappe.listview_settings["Peserta"] = {
	hide_name_column: true,
	add_fields: ["berhenti_sejak"],
	get_indicator(doc) {
		if (doc.berhenti_sejak) return [__("Berhenti"), "gray", "berhenti_sejak,is,set"];
		const warna = { Diusulkan: "orange", Terdaftar: "blue", Terlindungi: "green", Berakhir: "gray" };
		return [__(doc.status), warna[doc.status], `status,=,${doc.status}`];
	},
};
