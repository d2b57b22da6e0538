frappe.ui.form.on("Surat Keputusan", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({
			filters: {
				status: ["in", ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"]],
			},
		}));
		frm.set_query("peserta", "lampiran", () => ({ filters: { kegiatan: frm.doc.kegiatan } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(frm.doc.docstatus ? __("Cetak SK") : __("Lihat Rancangan"), () => {
			const alamat = new URLSearchParams({ doctype: frm.doctype, name: frm.docname });
			window.open(`/api/method/frappe.utils.print_format.download_pdf?${alamat}`);
		});
		if (frappe.user.has_role("Ketua RT") && frm.doc.status === "Ditetapkan" && !frm.doc.dokumen_resmi) {
			frm.add_custom_button(__("Unggah SK Bertanda Tangan"), () => unggah(frm));
		}
	},

	async before_workflow_action(frm) {
		const elektronik = frm.doc.cara_tanda_tangan === "Elektronik";
		if (frm.selected_workflow_action !== "Tetapkan" || !elektronik) return;
		const { message: perlu } = await frappe.call("kampung_bahagia.tata_kelola.resmi.perlu_otp");
		if (!perlu) return;
		frappe.dom.unfreeze();
		await new Promise((lanjut, batal) => {
			let dikirim = false;
			const dialog = frappe.prompt(
				{
					fieldname: "otp",
					fieldtype: "Data",
					label: __("OTP dari layanan tanda tangan"),
					reqd: 1,
				},
				async ({ otp }) => {
					dikirim = true;
					await frappe.call({
						method: "kampung_bahagia.tata_kelola.resmi.titip_otp",
						args: { otp },
						error: batal,
					});
					lanjut();
				},
				__("Tanda Tangan Elektronik"),
				__("Tandatangani"),
			);
			// the dialog closes a moment before it hands over what was typed
			dialog.onhide = () => setTimeout(() => dikirim || batal());
		});
	},

	async kegiatan(frm) {
		if (!frm.doc.kegiatan) return;
		const { message } = await frappe.db.get_value("Kegiatan", frm.doc.kegiatan, [
			"judul",
			"tanggal_mulai",
			"tanggal_selesai",
		]);
		frm.set_value({
			tentang: __("Penugasan Warga dalam Kegiatan {0}", [message.judul]),
			berlaku_mulai: message.tanggal_mulai,
			berlaku_sampai: message.tanggal_selesai,
		});
	},
});

function unggah(frm) {
	new frappe.ui.FileUploader({
		doctype: frm.doctype,
		docname: frm.docname,
		fieldname: "pindaian",
		folder: "Home/Attachments",
		allow_multiple: false,
		restrictions: { allowed_file_types: [".pdf", "image/*"] },
		async on_success(berkas) {
			await frm.set_value("pindaian", berkas.file_url);
			frm.save("Update");
		},
	});
}
