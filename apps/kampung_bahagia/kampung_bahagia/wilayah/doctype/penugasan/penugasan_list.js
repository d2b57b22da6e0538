frappe.listview_settings["Penugasan"] = { hide_name_column: true };
