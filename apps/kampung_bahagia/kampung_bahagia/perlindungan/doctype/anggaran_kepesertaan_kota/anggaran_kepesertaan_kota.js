frappe.ui.form.on("Anggaran Kepesertaan Kota", {
	refresh(frm) {
		const anggaran = frm.doc.__onload?.anggaran;
		if (frm.is_new() || !anggaran) return;
		const rupiah = (nilai) => `Rp${Math.round(nilai).toLocaleString("id-ID")}`;
		const { rencana, realisasi, sisa, lebih } = anggaran;
		frm.dashboard.add_indicator(__("Rencana setahun {0}", [rupiah(rencana)]), lebih ? "orange" : "blue");
		frm.dashboard.add_indicator(__("Dibayar {0}", [rupiah(realisasi)]), "green");
		frm.dashboard.add_indicator(__("Sisa pagu {0}", [rupiah(sisa)]), sisa < 0 ? "red" : "blue");
		if (lebih) {
			frm.set_intro(
				__("Rencana setahun {0} melebihi pagu {1} sebesar {2}. Tambah pagu atau kurangi peserta.", [
					rupiah(rencana),
					rupiah(frm.doc.pagu),
					rupiah(lebih),
				]),
				"orange"
			);
		}
	},
});
