// The action by which a resident moves to another RT: from the resident's form, or by KTP for one of another area.

const METODE = "kampung_bahagia.wilayah.doctype.perpindahan_warga.perpindahan_warga.pindahkan";
const PEMINDAH = ["Lurah", "DPMPPA"];

const berwenang = () => PEMINDAH.some((jabatan) => frappe.user.has_role(jabatan));

function tanya(frm) {
	const ktp = [
		{ fieldname: "nik", fieldtype: "Data", label: __("NIK"), reqd: 1, description: __("16 angka, sesuai KTP.") },
		{ fieldname: "nama", fieldtype: "Data", label: __("Nama"), reqd: 1, description: __("Sesuai KTP.") },
	];
	const dialog = new frappe.ui.Dialog({
		title: frm ? __("Pindah RT: {0}", [frm.doc.nama]) : __("Terima Warga Pindahan"),
		fields: [
			...(frm ? [] : ktp),
			{
				fieldname: "rt",
				fieldtype: "Link",
				options: "RT",
				label: __("RT Tujuan"),
				reqd: 1,
				get_query: () => ({ filters: frm ? { name: ["!=", frm.doc.rt] } : {} }),
			},
			{
				fieldname: "tanggal",
				fieldtype: "Date",
				label: __("Tanggal Pindah"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			{ fieldname: "alamat", fieldtype: "Small Text", label: __("Alamat Baru") },
			{ fieldname: "alasan", fieldtype: "Small Text", label: __("Alasan"), reqd: 1 },
		],
		primary_action_label: __("Pindahkan"),
		async primary_action(isian) {
			const { warga } = await frappe.xcall(METODE, frm ? { ...isian, warga: frm.docname } : isian);
			dialog.hide();
			frappe.show_alert({ message: __("Perpindahan dicatat."), indicator: "green" });
			if (frm) frm.reload_doc();
			else frappe.set_route("Form", "Warga", warga);
		},
		secondary_action_label: __("Batal"),
		secondary_action: () => dialog.hide(),
	});
	dialog.show();
}

frappe.ui.form.on("Warga", {
	refresh(frm) {
		frm.set_df_property("rt", "read_only", frm.is_new() ? 0 : 1);
		if (!frm.is_new() && berwenang()) frm.add_custom_button(__("Pindah RT"), () => tanya(frm));
	},
});

frappe.provide("kampung_bahagia");
kampung_bahagia.terima_pindahan = (list) => {
	if (berwenang()) list.page.add_inner_button(__("Terima Warga Pindahan"), () => tanya());
};
