// A Ketua RT's new documents belong to their own RT.

for (const doctype of ["Warga", "Musyawarah", "Renja", "Kegiatan", "Pemberitahuan Kecelakaan"]) {
	frappe.ui.form.on(doctype, {
		onload(frm) {
			const rt = frappe.boot.kampung_bahagia.rt;
			if (frm.is_new() && !frm.doc.rt && rt.length === 1) frm.set_value("rt", rt[0]);
		},
	});
}
