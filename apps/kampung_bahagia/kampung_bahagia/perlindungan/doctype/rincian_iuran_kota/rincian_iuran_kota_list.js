frappe.listview_settings["Rincian Iuran Kota"] = { hide_name_column: true };
