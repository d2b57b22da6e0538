frappe.listview_settings["Warga"] = { hide_name_column: true };
