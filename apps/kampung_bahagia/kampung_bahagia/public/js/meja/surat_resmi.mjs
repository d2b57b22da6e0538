// Letters that a Ketua RT signs: print, sign with ink and upload, or sign electronically.

const SURAT = {
	"Surat Keputusan": { cetak: "Cetak SK", unggah: "Unggah SK Bertanda Tangan" },
	"Surat Tugas": { cetak: "Cetak", unggah: "Unggah Pindaian" },
};

const perilaku = {
	refresh(frm) {
		if (frm.is_new()) return;
		const sebutan = SURAT[frm.doctype];
		frm.add_custom_button(frm.doc.docstatus ? __(sebutan.cetak) : __("Lihat Rancangan"), () => {
			const alamat = new URLSearchParams({ doctype: frm.doctype, name: frm.docname });
			window.open(`/api/method/frappe.utils.print_format.download_pdf?${alamat}`);
		});
		if (frappe.user.has_role("Ketua RT") && frm.doc.status === "Ditetapkan" && !frm.doc.dokumen_resmi) {
			frm.add_custom_button(__(sebutan.unggah), () => unggah(frm));
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
};

for (const doctype of Object.keys(SURAT)) frappe.ui.form.on(doctype, perilaku);

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
