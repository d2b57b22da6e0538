frappe.listview_settings["Surat Keputusan"] = { onload: kampung_bahagia.cetak_banyak };
