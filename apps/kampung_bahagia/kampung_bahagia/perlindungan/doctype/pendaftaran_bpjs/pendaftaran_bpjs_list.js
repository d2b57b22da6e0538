// until it is sent, a file that is past its limit stands out
const BELUM_DIKIRIM = ["Disiapkan"];

frappe.listview_settings["Pendaftaran BPJS"] = {
	add_fields: ["terlambat_daftar"],
	formatters: {
		batas_pendaftaran(nilai, _df, doc) {
			if (!nilai) return "";
			const hari_ini = frappe.datetime.get_today();
			const lewat = doc.terlambat_daftar || (BELUM_DIKIRIM.includes(doc.status) && nilai < hari_ini);
			const tanggal = frappe.datetime.str_to_user(nilai);
			return lewat ? `<span class="text-danger">${tanggal} ${__("(lewat)")}</span>` : tanggal;
		},
	},
};
