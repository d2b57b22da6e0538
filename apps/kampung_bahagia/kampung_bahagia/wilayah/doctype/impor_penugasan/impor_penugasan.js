const METODE_IMPOR = "kampung_bahagia.wilayah.doctype.impor_penugasan.impor_penugasan";

frappe.ui.form.on("Impor Penugasan", {
	setup(frm) {
		frappe.realtime.on("impor_penugasan_kemajuan", ({ persen, keterangan }) => {
			frm.dashboard.show_progress(__("Impor"), persen, keterangan);
		});
		frappe.realtime.on("impor_penugasan", ({ nama }) => {
			frm.dashboard.hide_progress();
			if (nama === frm.doc.name) frm.reload_doc();
		});
	},

	refresh(frm) {
		frm.get_field("hasil").grid.cannot_add_rows = true;
		frm.add_custom_button(__("Unduh Templat"), () => open_url_post(`/api/method/${METODE_IMPOR}.templat`));
		if (frm.is_new()) return;
		const warna = { Ditolak: "red", Gagal: "red", Diterapkan: "green", "Siap Diterapkan": "blue" };
		if (frm.doc.catatan) frm.set_intro(frappe.utils.escape_html(frm.doc.catatan), warna[frm.doc.status]);
		const jalankan = (metode) =>
			frappe.call({
				method: `${METODE_IMPOR}.${metode}`,
				args: { nama: frm.doc.name },
				callback: () => frm.dashboard.show_progress(__("Impor"), 1, __("Menunggu giliran")),
			});
		if (frm.doc.hasil?.length) {
			frm.add_custom_button(__("Unduh Hasil"), () =>
				open_url_post(`/api/method/${METODE_IMPOR}.unduh_hasil`, { nama: frm.doc.name })
			);
		}
		if (frm.doc.status === "Diterapkan") {
			frm.add_custom_button(__("Cetak Slip Masuk"), () => frappe.set_route("jabatan-kelurahan"));
			return;
		}
		if (frm.is_dirty()) return;
		if (frm.doc.status === "Siap Diterapkan") {
			frm.add_custom_button(__("Periksa Ulang"), () => jalankan("periksa"));
			frm.page.set_primary_action(__("Terapkan"), () =>
				frappe.confirm(
					__("Terapkan {0} penugasan baru dan {1} perubahan?", [
						frm.doc.jumlah_baru,
						frm.doc.jumlah_diubah,
					]),
					() => jalankan("terapkan")
				)
			);
		} else {
			frm.page.set_primary_action(__("Periksa"), () => jalankan("periksa"));
		}
	},
});
