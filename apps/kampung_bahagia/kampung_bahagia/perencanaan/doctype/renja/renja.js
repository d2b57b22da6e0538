const TURUNAN = ["usulan", "judul", "tahun", "peringkat", "kategori", "perkiraan_biaya", "keadaan", "musyawarah", "kegiatan"];

frappe.ui.form.on("Renja", {
	setup(frm) {
		frm.set_query("musyawarah", () => ({ filters: { rt: frm.doc.rt, jenis: "Prioritas", status: "Disahkan" } }));
	},

	onload(frm) {
		if (frm.is_new() && !frm.doc.tahun_awal) {
			frm.set_value("tahun_awal", Number(frappe.datetime.get_today().slice(0, 4)) + 1);
		}
		if (frm.is_new() && !(frm.doc.butir || []).some((b) => b.usulan)) {
			frm.clear_table("butir"); // the empty row that a required table begins with
			if (frm.doc.musyawarah) susun(frm); // it was opened from that meeting
		}
	},

	refresh(frm) {
		// rows come from decided usulan; by hand they are put into another year or left out
		frm.set_df_property("butir", "cannot_add_rows", true);
		if (!frappe.user.has_role("Ketua RT")) return;
		if (["Draf", "Dikembalikan"].includes(frm.doc.status || "Draf")) {
			frm.add_custom_button(__("Susun dari Usulan"), () => susun(frm));
		}
		if (frm.doc.status === "Disahkan") {
			frm.add_custom_button(__("Lanjutkan ke {0}", [frm.doc.tahun_akhir + 1]), () => lanjutkan(frm));
		}
	},
});

const ambil = (doc) =>
	frappe.xcall("kampung_bahagia.perencanaan.doctype.renja.renja.susun_dari_usulan", {
		rt: doc.rt,
		jenis: doc.jenis,
		tahun_awal: doc.tahun_awal,
	});

const salin = (asal) => Object.fromEntries(TURUNAN.map((kolom) => [kolom, asal[kolom]]));

async function susun(frm) {
	if (!frm.doc.rt || !frm.doc.tahun_awal) {
		frappe.msgprint(__("Isi RT dan Tahun Awal dahulu."));
		return;
	}
	const isi = async () => {
		const { butir, musyawarah } = await ambil(frm.doc);
		frm.clear_table("butir");
		for (const satu of butir) frm.add_child("butir", salin(satu));
		frm.refresh_field("butir");
		if (!frm.doc.musyawarah) frm.set_value("musyawarah", musyawarah);
		frm.dirty();
	};
	if ((frm.doc.butir || []).some((b) => b.usulan)) {
		frappe.confirm(__("Butir yang ada diganti dengan susunan baru. Lanjutkan?"), isi);
	} else {
		await isi();
	}
}

/** The plan that follows: what this one did not reach stands in it again. */
async function lanjutkan(frm) {
	const baru = frappe.model.get_new_doc("Renja");
	Object.assign(baru, { rt: frm.doc.rt, jenis: frm.doc.jenis, tahun_awal: frm.doc.tahun_akhir + 1 });
	const { butir, musyawarah } = await ambil(baru);
	baru.musyawarah = musyawarah;
	for (const satu of butir) Object.assign(frappe.model.add_child(baru, "Butir Renja", "butir"), salin(satu));
	frappe.set_route("Form", "Renja", baru.name);
}
