frappe.query_reports["Siapa Melihat Data Pribadi"] = {
	filters: [
		{
			fieldname: "dari",
			label: __("Dari Tanggal"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -1),
			reqd: 1,
		},
		{
			fieldname: "sampai",
			label: __("Sampai Tanggal"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
			reqd: 1,
		},
		{ fieldname: "pengguna", label: __("Pengguna"), fieldtype: "Link", options: "User" },
		{ fieldname: "warga", label: __("Warga"), fieldtype: "Link", options: "Warga" },
		{ fieldname: "kecamatan", label: __("Kecamatan"), fieldtype: "Link", options: "Kecamatan" },
		{ fieldname: "kelurahan", label: __("Kelurahan"), fieldtype: "Link", options: "Kelurahan" },
		{ fieldname: "rt", label: __("RT"), fieldtype: "Link", options: "RT" },
	],
};
