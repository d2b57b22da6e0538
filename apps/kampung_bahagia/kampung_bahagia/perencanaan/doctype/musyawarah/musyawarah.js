frappe.ui.form.on("Musyawarah", {
	setup(frm) {
		frm.set_query("warga", "hadirin", () => ({ filters: { rt: frm.doc.rt } }));
	},

	refresh(frm) {
		if (frappe.user.has_role("Ketua RT") && ["Draf", "Dikembalikan"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Catat Hadirin"), () => catat_hadirin(frm));
		}
	},

	rt(frm) {
		if (frm.doc.rt && !frm.doc.kk_diundang) {
			frappe.db
				.get_value("RT", frm.doc.rt, "jumlah_kk")
				.then(({ message }) => frm.set_value("kk_diundang", message.jumlah_kk));
		}
	},
});

async function catat_hadirin(frm) {
	if (!frm.doc.rt) {
		frappe.msgprint(__("Pilih RT dahulu."));
		return;
	}
	const hadir = new Set((frm.doc.hadirin || []).map((h) => h.warga));
	const warga = await frappe.db.get_list("Warga", {
		filters: { rt: frm.doc.rt },
		fields: ["name", "nama", "nik_samar"],
		order_by: "nama",
		limit: 0,
	});
	kampung_bahagia.pilih_warga({
		judul: __("Catat Hadirin"),
		tombol: __("Catat"),
		warga: warga.filter((w) => !hadir.has(w.name)),
		pakai(terpilih) {
			for (const w of terpilih) {
				frappe.utils.add_link_title("Warga", w.name, w.nama);
				frm.add_child("hadirin", { warga: w.name, nama: w.nama });
			}
			frm.refresh_field("hadirin");
			frm.dirty();
		},
	});
}
