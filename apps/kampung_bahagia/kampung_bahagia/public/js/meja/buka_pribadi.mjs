// Masked personal data is opened one document at a time, with a reason that is noted (izin/data_pribadi.py).

const TERSAMAR = {
	Warga: ["nik", "no_kk", "no_hp"],
	RT: ["nomor_rekening"],
	Penugasan: ["nik"],
	Klaim: ["nomor_rekening"],
	"Pemberitahuan Kecelakaan": ["nik_korban"],
};

for (const doctype of Object.keys(TERSAMAR)) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			tutup(frm);
			const kolom = TERSAMAR[doctype].filter((k) => frm.doc[k] && frm.perm[frm.fields_dict[k].df.permlevel]?.read);
			if (frm.is_new() || !kolom.length) return;
			frm.add_custom_button(__("Buka Data Pribadi"), () => tanya(frm, kolom));
		},
	});
}

function tutup(frm) {
	frm.layout.wrapper.find(".kb-pribadi").remove();
}

function tanya(frm, kolom) {
	const dialog = new frappe.ui.Dialog({
		title: __("Buka Data Pribadi"),
		fields: [
			...kolom.map((fieldname) => ({
				fieldname,
				fieldtype: "Check",
				label: frm.fields_dict[fieldname].df.label,
				default: kolom.length === 1,
			})),
			{
				fieldname: "alasan",
				fieldtype: "Small Text",
				label: __("Alasan"),
				reqd: 1,
				description: __("Nama, jabatan, waktu, dan alasan Anda dicatat. Buka hanya yang diperlukan."),
			},
		],
		primary_action_label: __("Buka"),
		async primary_action(isian) {
			const nilai = await frappe.xcall("kampung_bahagia.izin.data_pribadi.buka", {
				doctype: frm.doctype,
				name: frm.docname,
				kolom: kolom.filter((k) => isian[k]),
				alasan: isian.alasan,
			});
			dialog.hide();
			tampilkan(frm, nilai);
		},
		secondary_action_label: __("Batal"),
		secondary_action: () => dialog.hide(),
	});
	dialog.show();
}

/** Beside the form and not in it: a value in the form would be kept in the browser with its draft. */
function tampilkan(frm, nilai) {
	tutup(frm);
	const baris = Object.entries(nilai).map(
		([k, isi]) =>
			`<div><dt>${__(frm.fields_dict[k].df.label)}</dt><dd>${frappe.utils.escape_html(isi || "-")}</dd></div>`
	);
	$(`<section class="kb-pribadi" aria-live="polite"><dl>${baris.join("")}</dl>
		<button class="btn btn-xs btn-default">${__("Tutup Kembali")}</button></section>`)
		.prependTo(frm.layout.wrapper)
		.find("button")
		.on("click", () => tutup(frm));
}

// A number typed into a filter would stand in the address and in the saved settings of the list; and the list
// holds masks, so that nothing would be found by it.
const pilihan = frappe.ui.FieldSelect.prototype.add_field_option;
frappe.ui.FieldSelect.prototype.add_field_option = function (df) {
	if (!df.report_hide) pilihan.call(this, df);
};
