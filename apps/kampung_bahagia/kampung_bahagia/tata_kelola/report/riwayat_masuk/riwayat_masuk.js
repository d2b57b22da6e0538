frappe.query_reports["Riwayat Masuk"] = {
	filters: [
		{
			fieldname: "dari",
			label: __("Dari"),
			fieldtype: "Date",
			default: frappe.datetime.add_days(frappe.datetime.get_today(), -7),
			reqd: 1,
		},
		{
			fieldname: "sampai",
			label: __("Sampai"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{
			fieldname: "rangkum",
			label: __("Rangkum"),
			fieldtype: "Select",
			options: ["Setiap Kejadian", "Per Pengguna", "Per Alamat"],
			default: "Setiap Kejadian",
		},
		{
			fieldname: "hasil",
			label: __("Hasil"),
			fieldtype: "Select",
			options: ["", "Berhasil", "Gagal"],
		},
		{ fieldname: "pengguna", label: __("Pengguna"), fieldtype: "Link", options: "User" },
	],
};
