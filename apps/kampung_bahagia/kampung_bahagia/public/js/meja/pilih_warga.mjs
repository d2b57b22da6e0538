// Many residents at a time: a search field and a list of boxes, in place of one link field per person.

frappe.provide("kampung_bahagia");

/**
 * Ask which of `warga` ({name, nama, nik_samar, tertutup, catatan}) are meant; `pakai` receives their rows.
 * `tertutup`, when set, says why one cannot be chosen; `catatan` what to look at before.
 */
kampung_bahagia.pilih_warga = function ({ judul, tombol, warga, pakai }) {
	if (!warga.some((w) => !w.tertutup)) {
		frappe.msgprint({
			title: judul,
			message: __("Tidak ada lagi warga RT ini yang dapat dipilih. Yang belum tercatat didaftarkan dahulu pada menu Warga."),
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
	const aman = frappe.utils.escape_html;
	for (const w of warga) {
		const keterangan = w.tertutup || w.catatan;
		$(`<label><input type="checkbox" ${w.tertutup ? "disabled" : ""}><span>${aman(w.nama)}</span>
			<span class="text-muted">${aman(w.nik_samar || "")}</span>
			${keterangan ? `<small class="kb-keterangan">${aman(keterangan)}</small>` : ""}</label>`)
			.toggleClass("kb-tertutup", Boolean(w.tertutup))
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
