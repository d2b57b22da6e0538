frappe.listview_settings["Peserta"] = {
	hide_name_column: true,
	add_fields: ["berhenti_sejak"],
	onload(list) {
		if (!frappe.model.can_print("Peserta")) return;
		list.page.add_actions_menu_item(__("Cetak Kartu Peserta"), () => {
			const isi = new URLSearchParams({ peserta: JSON.stringify(list.get_checked_items(true)) });
			window.open(`/api/method/kampung_bahagia.perlindungan.kartu.lembar?${isi}`);
		});
	},
	get_indicator(doc) {
		if (doc.berhenti_sejak) return [__("Berhenti"), "gray", "berhenti_sejak,is,set"];
		const warna = { Diusulkan: "orange", Terdaftar: "blue", Terlindungi: "green", Berakhir: "gray" };
		return [__(doc.status), warna[doc.status], `status,=,${doc.status}`];
	},
};
