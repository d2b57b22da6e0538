// Many residents at a time: a search field and a list of boxes, in place of one link field per person.

frappe.provide("kampung_bahagia");

/**
 * Ask which of `warga` ({name, nama, nik_samar}) are meant; `pakai` receives their rows.
 */
kampung_bahagia.pilih_warga = function ({ judul, tombol, warga, pakai }) {
	if (!warga.length) {
		frappe.msgprint({
			title: judul,
			message: __("Semua warga RT ini sudah tercatat. Warga yang belum ada didaftarkan dahulu pada menu Warga."),
		});
		return;
	}
	const dipilih = new Set();
	const dialog = new frappe.ui.Dialog({
		title: judul,
		fields: [
			{ fieldname: "cari", fieldtype: "Data", label: __("Cari nama") },
			{ fieldname: "daftar", fieldtype: "HTML" },
		],
		primary_action_label: tombol,
		primary_action() {
			if (!dipilih.size) return;
			dialog.hide();
			pakai(warga.filter((w) => dipilih.has(w.name)));
		},
		secondary_action_label: __("Batal"),
		secondary_action: () => dialog.hide(),
	});
	const $daftar = $('<div class="kb-pilihan"></div>').appendTo(dialog.get_field("daftar").$wrapper);
	for (const w of warga) {
		$(`<label><input type="checkbox"><span>${frappe.utils.escape_html(w.nama)}</span>
			<span class="text-muted">${frappe.utils.escape_html(w.nik_samar || "")}</span></label>`)
			.attr("data-cari", w.nama.toLowerCase())
			.appendTo($daftar)
			.find("input")
			.on("change", function () {
				dipilih[this.checked ? "add" : "delete"](w.name);
				dialog.get_primary_btn().text(dipilih.size ? `${tombol} (${dipilih.size})` : tombol);
			});
	}
	dialog.get_field("cari").$input.on("input", function () {
		const kata = this.value.trim().toLowerCase();
		$daftar.children().each((_i, baris) => {
			$(baris).toggle(baris.dataset.cari.includes(kata));
		});
	});
	dialog.show();
};
