const MODUL_KIRIMAN = "kampung_bahagia.perlindungan.doctype.kiriman_bpjs.kiriman_bpjs";

frappe.ui.form.on("Kiriman BPJS", {
	refresh(frm) {
		if (frm.doc.status !== "Gagal Tetap" || !frappe.model.can_write("Berkas BPJS")) return;
		frm.set_intro(
			__("Kiriman ini tidak dicoba lagi. Atasi sebabnya lalu pilih Kirim Ulang, atau pilih Serahkan Manual."),
			"red"
		);
		frm.page.set_primary_action(__("Kirim Ulang"), () => kirim_ulang(frm));
		frm.add_custom_button(__("Serahkan Manual"), () => serahkan_manual(frm));
	},
});

function kirim_ulang(frm) {
	frappe.confirm(__("Kirim ulang {0} ke layanan BPJS?", [frm.doc.berkas]), async () => {
		await frappe.xcall(`${MODUL_KIRIMAN}.kirim_ulang`, { nama: frm.doc.name });
		frm.reload_doc();
	});
}

async function serahkan_manual(frm) {
	await new Promise((siap) => frappe.model.with_doctype("Berkas BPJS", siap));
	const semua = frappe.meta.get_docfield("Berkas BPJS", "jalur").options.split("\n").slice(1);
	const dialog = new frappe.ui.Dialog({
		title: __("Serahkan Manual"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("Unduh ZIP dari Berkas BPJS dan serahkan sendiri. Kiriman ini tidak dicoba lagi.")}</p>`,
			},
			{
				fieldname: "jalur",
				fieldtype: "Select",
				label: __("Jalur"),
				options: semua.filter((nama) => nama !== "Sambungan HTTPS"),
				reqd: 1,
			},
			{
				fieldname: "dikirim_pada",
				fieldtype: "Datetime",
				label: __("Dikirim Pada (WIB)"),
				default: frappe.datetime.now_datetime(),
				reqd: 1,
			},
			{ fieldname: "catatan", fieldtype: "Small Text", label: __("Catatan Pengiriman") },
		],
		primary_action_label: __("Simpan"),
		async primary_action(isian) {
			await frappe.xcall(`${MODUL_KIRIMAN}.serahkan_manual`, { nama: frm.doc.name, ...isian });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}
