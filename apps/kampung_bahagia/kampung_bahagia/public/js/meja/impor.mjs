// Forms of imports: try the file, see the verdicts, apply; progress comes from the job.

frappe.provide("kampung_bahagia");

const WARNA = {
	Ditolak: "red",
	Gagal: "red",
	Berjalan: "orange",
	Diterapkan: "green",
	"Siap Diterapkan": "blue",
};

/**
 * `tanya(frm)` is the question before applying; `setelah(frm)` adds what an applied import offers; `ruang` is the
 * room of the app in which the DocType lies.
 */
kampung_bahagia.impor = function (doctype, { tanya, setelah = () => {}, ruang = "wilayah" }) {
	const nama_modul = frappe.model.scrub(doctype);
	const metode = `kampung_bahagia.${ruang}.doctype.${nama_modul}.${nama_modul}`;
	const unduh = (fungsi, isian) => open_url_post(`/api/method/${metode}.${fungsi}`, isian);

	frappe.ui.form.on(doctype, {
		setup(frm) {
			frappe.realtime.on(`${nama_modul}_kemajuan`, ({ persen, keterangan }) => {
				frm.dashboard.show_progress(__("Impor"), persen, keterangan);
			});
			frappe.realtime.on(nama_modul, ({ nama }) => {
				frm.dashboard.hide_progress();
				if (nama === frm.doc.name) frm.reload_doc();
			});
		},

		refresh(frm) {
			const { status, name, catatan, hasil } = frm.doc;
			frm.get_field("hasil").grid.cannot_add_rows = true;
			frm.add_custom_button(__("Unduh Templat"), () => unduh("templat"));
			if (frm.is_new()) return;
			if (catatan) frm.set_intro(frappe.utils.escape_html(catatan), WARNA[status]);
			const jalankan = (fungsi) =>
				frappe.call({
					method: `${metode}.${fungsi}`,
					args: { nama: name },
					callback: () => frm.dashboard.show_progress(__("Impor"), 1, __("Menunggu giliran")),
				});
			const terapkan = () => frappe.confirm(tanya(frm), () => jalankan("terapkan"));
			if (frm.doc.jejak_berkas || hasil?.length) {
				frm.add_custom_button(__("Unduh Hasil"), () => unduh("unduh_hasil", { nama: name }));
			}
			if (status === "Diterapkan") return setelah(frm);
			if (status === "Berjalan" || frm.is_dirty()) return;
			if (status === "Siap Diterapkan") {
				frm.add_custom_button(__("Periksa Ulang"), () => jalankan("periksa"));
				frm.page.set_primary_action(__("Terapkan"), terapkan);
			} else {
				frm.page.set_primary_action(__("Periksa"), () => jalankan("periksa"));
			}
			if (frm.doc.sampai_baris) frm.page.set_primary_action(__("Lanjutkan"), terapkan);
		},
	});
};
