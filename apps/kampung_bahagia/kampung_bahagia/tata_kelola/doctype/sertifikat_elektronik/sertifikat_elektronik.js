frappe.ui.form.on("Sertifikat Elektronik", {
	refresh(frm) {
		tampilkan_keadaan(frm);
		if (frm.is_new() || frm.doc.sertifikat || frm.doc.penyedia !== "PKCS#12" || !frm.perm[0].write) return;
		frm.add_custom_button(__("Pasang PKCS#12"), () => pasang(frm)).addClass("btn-primary");
	},
});

function tampilkan_keadaan(frm) {
	const { aktif, dicabut_pada, percobaan, sertifikat, penyedia } = frm.doc;
	frm.set_intro();
	if (frm.is_new()) return;
	if (dicabut_pada) frm.set_intro(__("Sertifikat ini sudah dicabut."), "red");
	else if (!sertifikat && penyedia === "PKCS#12")
		frm.set_intro(__("Pasang berkas PKCS#12 (.p12 atau .pfx) untuk dapat menandatangani."), "blue");
	else if (percobaan) frm.set_intro(__("Sertifikat uji coba: tanda tangannya tidak berkekuatan hukum."), "orange");
	else if (!aktif) frm.set_intro(__("Sertifikat ini tidak aktif."), "blue");
}

/** The file goes to the server in the request alone: an attachment would lie on its disk as it is. */
function pasang(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Pasang PKCS#12"),
		fields: [
			{
				fieldname: "berkas",
				fieldtype: "HTML",
				options: `<div class="form-group"><label class="control-label" for="kb-pkcs12">${__("Berkas .p12 atau .pfx")}</label>
					<input id="kb-pkcs12" type="file" class="form-control" accept=".p12,.pfx,application/x-pkcs12"></div>`,
			},
			// not a Password field: that one sends what is typed to the server, to judge its strength
			{
				fieldname: "kotak_sandi",
				fieldtype: "HTML",
				options: `<div class="form-group"><label class="control-label" for="kb-sandi-pkcs12">${__("Sandi berkas")}</label>
					<input id="kb-sandi-pkcs12" type="password" class="form-control" autocomplete="off"></div>`,
			},
		],
		primary_action_label: __("Pasang"),
		async primary_action() {
			const berkas = dialog.$wrapper.find("#kb-pkcs12")[0].files[0];
			if (!berkas) {
				frappe.msgprint({ message: __("Pilih berkas sertifikatnya."), indicator: "orange" });
				return;
			}
			const isi = await sebagai_base64(berkas);
			frappe.call({
				method: "kampung_bahagia.tata_kelola.doctype.sertifikat_elektronik.sertifikat_elektronik.pasang_pkcs12",
				args: { name: frm.doc.name, isi, sandi: dialog.$wrapper.find("#kb-sandi-pkcs12").val() },
				btn: dialog.get_primary_btn(),
				freeze: true,
				callback() {
					dialog.hide();
					frappe.show_alert({ message: __("Sertifikat terpasang dan aktif."), indicator: "green" });
					frm.reload_doc();
				},
			});
		},
	});
	dialog.show();
}

async function sebagai_base64(berkas) {
	const bita = new Uint8Array(await berkas.arrayBuffer());
	return btoa(Array.from(bita, (satu) => String.fromCharCode(satu)).join(""));
}
