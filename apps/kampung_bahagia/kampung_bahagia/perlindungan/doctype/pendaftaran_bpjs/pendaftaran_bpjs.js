frappe.ui.form.on("Pendaftaran BPJS", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({
			filters: { status: "Disetujui DPMPPA", konstruksi: 1, pendaftaran: ["is", "not set"] },
		}));
	},

	refresh(frm) {
		const dibayar = ["Diangsur", "Lunas"].includes(frm.doc.status);
		if (dibayar && frappe.user.has_role("BPJS Ketenagakerjaan") && !frm.doc.berlaku_mulai) {
			frm.add_custom_button(__("Isi Masa Perlindungan"), () => isi_masa(frm));
		}
	},

	nomor_sertifikat(frm) {
		if (frm.doc.nomor_sertifikat && !frm.doc.berlaku_mulai) isi_masa(frm);
	},
});

async function isi_masa(frm) {
	frm.set_value(
		await frappe.xcall(
			"kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs.usulan_masa_perlindungan",
			{ pendaftaran: frm.docname }
		)
	);
}
