// The letters of a file, each as a PDF of its own, in one menu of the form.

const NASKAH = {
	Musyawarah: ["Undangan Musyawarah", "Daftar Hadir Musyawarah", "Berita Acara Musyawarah"],
	Kegiatan: ["Proposal Kegiatan", "RAB Kegiatan", "Surat Pengantar Lurah", "Berita Acara Serah Terima"],
	"LPJ Kegiatan": ["Laporan Pertanggungjawaban"],
};

for (const [doctype, daftar] of Object.entries(NASKAH)) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new() || !frappe.model.can_print(doctype)) return;
			for (const format of daftar) {
				frm.add_custom_button(
					__(format),
					() => {
						const alamat = new URLSearchParams({ doctype, name: frm.docname, format });
						window.open(`/api/method/frappe.utils.print_format.download_pdf?${alamat}`);
					},
					__("Cetak")
				);
			}
		},
	});
}
