frappe.listview_settings["Warga"] = { hide_name_column: true, onload: kampung_bahagia.terima_pindahan };
