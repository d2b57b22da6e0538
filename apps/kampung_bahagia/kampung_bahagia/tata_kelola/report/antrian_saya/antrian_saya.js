frappe.query_reports["Antrian Saya"] = {
	formatter(value, row, column, data, bawaan) {
		if (column.fieldname === "sisa_jam") return kampung_bahagia.sel_tenggat(data?.tenggat_pada);
		return bawaan(value, row, column, data);
	},
};
