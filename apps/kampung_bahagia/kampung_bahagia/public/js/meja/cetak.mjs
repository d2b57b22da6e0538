// The letters of a file, each as a PDF of its own, in one menu of the form.

const NASKAH = {
	Musyawarah: ["Undangan Musyawarah", "Daftar Hadir Musyawarah", "Berita Acara Musyawarah"],
	Kegiatan: ["Proposal Kegiatan", "RAB Kegiatan", "Surat Pengantar Lurah", "Berita Acara Serah Terima"],
	Peserta: ["Kartu Peserta", "Petikan Keputusan"],
	"Adendum Kegiatan": ["Berita Acara Perubahan Kegiatan"],
	"LPJ Kegiatan": ["Laporan Pertanggungjawaban"],
};

for (const [doctype, daftar] of Object.entries(NASKAH)) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new() || !frappe.model.can_print(doctype)) return;
			if (doctype === "Peserta" && !frm.doc.surat_keputusan) return; // they are made from the decree
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
			if (doctype === "Kegiatan") {
				frm.add_custom_button(__("Berkas Lengkap"), () => berkas_lengkap(frm.docname), __("Cetak"));
				if (frm.doc.surat_keputusan) {
					frm.add_custom_button(
						__("Kartu Peserta"),
						() => window.open(`/api/method/${KARTU}?${new URLSearchParams({ kegiatan: frm.docname })}`),
						__("Cetak")
					);
				}
			}
		},
	});
}

const KARTU = "kampung_bahagia.perlindungan.kartu.lembar";
const LENGKAP = "kampung_bahagia.perlindungan.berkas_lengkap";
const JEDA = 1000; // milliseconds between two questions how far it is

/** Built in the background; the page shows how far it is, and fetches it when it is done. */
async function berkas_lengkap(kegiatan) {
	const judul = __("Berkas Lengkap");
	const kode = await frappe.xcall(`${LENGKAP}.susun`, { kegiatan });
	let keadaan = { persen: 0, pesan: __("Menunggu giliran") };
	try {
		while (keadaan.persen < 100) {
			frappe.show_progress(judul, keadaan.persen, 100, keadaan.pesan);
			await new Promise((lanjut) => setTimeout(lanjut, JEDA));
			keadaan = await frappe.xcall(`${LENGKAP}.keadaan`, { kode });
		}
		frappe.show_progress(judul, 100, 100, keadaan.pesan);
	} finally {
		setTimeout(() => frappe.hide_progress(), 500);
	}
	if (keadaan.gagal) frappe.msgprint({ title: judul, message: keadaan.pesan, indicator: "red" });
	else window.location.assign(`/api/method/${LENGKAP}.unduh?kode=${kode}`);
}
