// the area that each office is given for; the others stay empty
const WILAYAH_JABATAN = { "Ketua RT": "rt", Pendamping: "rt", Lurah: "kelurahan", Pengawas: "kecamatan" };

frappe.ui.form.on("Penugasan", {
	setup(frm) {
		frm.set_query("pengguna", () => ({ filters: { enabled: 1 } }));
	},

	refresh(frm) {
		// a NIK is no password: the framework would send it away to have its strength judged
		frm.fields_dict.nik.disable_password_checks?.();
	},

	jabatan(frm) {
		for (const wilayah of ["rt", "kelurahan", "kecamatan"]) {
			if (wilayah !== WILAYAH_JABATAN[frm.doc.jabatan]) frm.set_value(wilayah, null);
		}
	},
});
