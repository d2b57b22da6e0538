const MODUL_IURAN = "kampung_bahagia.perlindungan.doctype.iuran_kepesertaan_kota.iuran_kepesertaan_kota";

frappe.listview_settings["Iuran Kepesertaan Kota"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const warna = { "Belum Dibayar": "orange", Lunas: "green" };
		return [__(doc.status), warna[doc.status], `status,=,${doc.status}`];
	},
	onload(list) {
		if (!frappe.model.can_create("Iuran Kepesertaan Kota")) return;
		frappe.realtime.on("iuran_kepesertaan_kota", ({ persen, keterangan: teks }) => {
			const keterangan = frappe.utils.escape_html(teks);
			frappe.show_progress(__("Menyusun iuran"), persen, 100, keterangan, true);
			if (persen < 100) return;
			frappe.show_alert({ message: keterangan, indicator: "blue" }, 15);
			list.refresh();
		});
		list.page.add_inner_button(__("Susun Satu Bulan"), () =>
			frappe.prompt(
				{
					fieldname: "bulan",
					fieldtype: "Date",
					label: __("Bulan"),
					description: __("Tanggal mana pun dalam bulan itu. Yang sudah lunas tidak berubah."),
					default: frappe.datetime.get_today(),
					reqd: 1,
				},
				(isian) => frappe.call({ method: `${MODUL_IURAN}.susun_bulan`, args: isian }),
				__("Susun iuran semua kelompok"),
				__("Susun")
			)
		);
	},
};
